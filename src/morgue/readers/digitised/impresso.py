"""impresso: rebuilt articles (`ft`), pages in the canonical format, and items of its API.

An identifier (`GDL-1900-01-02-a-i0007`) begins with the paper, the date and the edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.digitised.pages import Block, Line, Word, paragraphs, set_page
from morgue.readers.fields import NoArticle, texts
from morgue.readers.hyphens import Joiner
from morgue.readers.json.items import read_as
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_ID = re.compile(
    r"(?P<paper>[A-Za-z][\w.]{1,40})-(?P<date>\d{4}-\d\d-\d\d)-(?P<edition>[a-z]{1,2})(?:-[ip](?P<part>\d{4}))?"
)
_KINDS = {
    "ad": "Advertisement", "ob": "Obituary", "w": "Weather", "tb": "Table", "img": "Image", "page": "", "ar": "",
    "article": "", "chapter": "", "section": "",
}  # fmt: skip
# Keys that only make sense within impresso's pictures and indexes.
_DROPPED = frozenset({"ppreb", "lb", "pb", "rb", "ft", "t", "d", "lg", "id", "pp", "r", "transcript", "title", "uid"})


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def is_item(value: JsonObject) -> bool:
    """True for a rebuilt article, a canonical page or issue, or an item of the API."""
    name = value.get("id") or value.get("uid")
    if not isinstance(name, str) or not _ID.fullmatch(name.removesuffix("-issue")):
        return False
    return any(key in value for key in ("ft", "transcript", "r", "i", "d", "excerpt"))


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the item `value` (record `number`, sha256 `digest`); `NoArticle` when it holds no text."""
    if not isinstance(value, dict) or not is_item(value):
        raise NoArticle("is not an item of impresso")
    draft = Draft(format="impresso", record=number, digest=digest)
    name = str(value.get("id") or value.get("uid"))
    claim(draft.ids, name, "impresso:id")
    for key in ("t", "title"):
        for text in texts(value.get(key)):
            claim(draft.headline, text, f"impresso:{key}")
    for into, keys in (
        (draft.published, ("d", "publicationDate", "date")),
        (draft.language, ("lg", "languageCode", "language")),
    ):
        for key in keys:
            for text in texts(value.get(key)):
                claim(into, text, f"impresso:{key}")
    for key in ("pp", "pageNumbers"):
        if pages := texts(value.get(key)):
            claim(draft.page, ", ".join(pages), f"impresso:{key}")
    kind = str(value.get("tp") or value.get("type") or "").lower()
    claim(draft.section, _KINDS.get(kind, kind), "impresso:tp")
    for key in ("mediaUid", "mediaId", "newspaper"):
        for text in texts(value.get(key)):
            claim(draft.source, text, f"impresso:{key}")
    if found := _ID.fullmatch(name):
        claim(draft.source, found["paper"], "derived:id")
        claim(draft.published, found["date"], "derived:id")
        claim(draft.edition, found["edition"], "derived:id")
        if "-p" in name and found["part"]:
            claim(draft.page, str(int(found["part"])), "derived:id")
    if "r" in value:
        set_page(draft, _of_regions(value.get("r")))
    else:
        text = next(iter(texts(value.get("ft")) or texts(value.get("transcript"))), "")
        set_body(draft, _parted(text, value.get("pb") or value.get("rb")))
    draft.extra = {key: item for key, item in value.items() if key not in _DROPPED and item not in (None, [])}
    if not draft.body and not draft.headline:
        why = "lists the articles of an issue and holds no text" if "i" in value else "holds no title and no text"
        raise NoArticle(why)
    return draft


def _parted(text: str, breaks: Json) -> str:
    """Rebuilt text in paragraphs, which begin at the offsets `breaks`."""
    offsets = [item for item in breaks if isinstance(item, int)] if isinstance(breaks, list) else []
    cuts = sorted({0, len(text), *(offset for offset in offsets if 0 < offset < len(text))})
    parts = (" ".join(text[start:end].split()) for start, end in pairwise(cuts))
    return "\n\n".join(part for part in parts if part)


def _of_regions(regions: Json) -> list[str]:
    """Paragraphs of a canonical page: regions of paragraphs of lines of tokens."""
    blocks = []
    for region in regions if isinstance(regions, list) else ():
        for part in _items(region, "p"):
            lines = [line for item in _items(part, "l") if (line := _line(item)).words]
            if lines:
                blocks.append(Block(("",), lines))
    joiner = Joiner([line.text for block in blocks for line in block.lines])
    return [text for text, _ in paragraphs(blocks, joiner)]


def _items(value: Json, key: str) -> list[Json]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _line(item: Json) -> Line:
    if isinstance(item, list):  # old releases have a pair for a line
        item = item[0] if item else None
    words: list[Word] = []
    broken = False
    for token in _items(item, "t"):
        if isinstance(token, dict) and isinstance(text := token.get("tx"), str) and text.strip():
            broken = bool(token.get("hy"))
            words.append(Word(text.strip()))
    return Line(words, broken=broken)
