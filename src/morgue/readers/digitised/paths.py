"""What the folders of a newspaper archive say: the Library of Congress's `sn83030214/1918-11-03/ed-1/seq-3/ocr.txt`."""

from __future__ import annotations

import re

from morgue.model import Draft
from morgue.readers.story import claim

_SEQUENCE = re.compile(
    r"(?:(?:^|[/!])(?P<lccn>[a-z]{1,3}\d{8,10})/)?(?P<date>\d{4}-\d\d-\d\d)/ed-(?P<edition>\d{1,3})/seq-(?P<page>\d{1,4})"
    r"(?=/|\.|$)"
)

# A day before 1900, in the name of a file or folder; what is later is looked for in the path of any article.
_OLD_DAY = re.compile(r"(?<!\d)(1[6-8]\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_HOW = "derived:path"


def fill_page(draft: Draft, path: str) -> bool:
    """Add what `path` says of date, edition, page and identity to the claims of `draft`; whether it says any."""
    if "seq-" not in path:
        return False
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


def fill(draft: Draft, path: str) -> None:
    """Add what `path` says to the claims of `draft`, a part of a newspaper: as a page's, else a day before 1900."""
    if not fill_page(draft, path) and not draft.published and (day := _OLD_DAY.search(path.replace("\\", "/"))):
        claim(draft.published, f"{day[1]}-{day[3]}-{day[4]}", _HOW)
