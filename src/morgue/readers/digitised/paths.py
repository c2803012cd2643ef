"""What the folders of a newspaper archive say: the Library of Congress's `sn83030214/1918-11-03/ed-1/seq-3/ocr.txt`."""

from __future__ import annotations

import re

from morgue.model import Draft
from morgue.readers.story import claim

_SEQUENCE = re.compile(
    r"(?:(?:^|[/!])(?P<lccn>[a-z]{1,3}\d{8,10})/)?(?P<date>\d{4}-\d\d-\d\d)/ed-(?P<edition>\d{1,3})/seq-(?P<page>\d{1,4})"
    r"(?=/|\.|$)"
)

_HOW = "derived:path"


def fill(draft: Draft, path: str) -> bool:
    """Add what `path` says of date, edition, page and identity to the claims of `draft`; whether it says any."""
    found = _SEQUENCE.search(path.replace("\\", "/"))
    if found is None:
        return False
    claim(draft.published, found["date"], _HOW)
    claim(draft.edition, found["edition"], _HOW)
    claim(draft.page, found["page"], _HOW)
    if found["lccn"]:
        claim(draft.ids, found.group().lstrip("/!"), _HOW)
        draft.extra["lccn"] = found["lccn"]
    return True
