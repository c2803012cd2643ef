"""Gale (OneFile, In Context, Academic …): articles as text, of Word and PDF files too.

An article begins with its title, has labelled lines down to `Full Text:`, and ends with how to cite it and the number
of its document, `GALE|A530123456`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Claim, Draft, Rejected
from morgue.readers.exports import labelled
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim
from morgue.readers.texts import read_text

_HOW = "gale"
_NUMBER = re.compile(
    r"^[ \t\xa0]*(?:Gale )?Document Number[ \xa0]?:[ \t\xa0]*(?P<number>(?:GALE\|)?[A-Z]{1,4}\d{6,14})[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BARE = re.compile(r"^[ \t\xa0]*(?P<number>GALE\|[A-Z]{1,4}\d{6,14})[ \t]*$", re.MULTILINE)
_NAMES = {
    label: name
    for name, labels in {
        "headline": "title|article title|document title",
        "byline": "author|authors|author(s)|byline",
        "source": "source|from|publication|publication title|publication name",
        "published": "date|publication date|issue date",
        "section": "section",
        "page": "page|pages|page number|start page",
        "edition": "issue|edition|volume and issue",
        "language": "language",
        "keywords": "subjects|subject|subject terms|subject(s)|topics|keywords|full text subjects",
        "rights": "copyright|copyright statement|rights",
        "url": "document url|url|link",
        "publisher": "publisher",
        "document_type": "document type|content type|article type",
        "length": "length|word count",
        "level": "content level|lexile measure|reading level",
        "volume": "volume",
        "issn": "issn|eissn",
        "place": "geographic code|place of publication",
        "abstract": "abstract|author abstract|summary",
        "body": "full text|article text|main content|text",
    }.items()
    for label in labels.split("|")
}
_CITATION = re.compile(
    r"^[ \t\xa0]*(?:Source Citation|Works? Cited|Citation)\b[^\n]{0,40}$", re.MULTILINE | re.IGNORECASE
)
_RIGHTS = re.compile(r"^[ \t\xa0]*(?:COPYRIGHT|Copyright|©)[ \xa0:(c)©]*\d{4}\b[^\n]*$", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.MULTILINE)
_BYLINE = re.compile(r"\s*Byline:[ \t]*(?P<names>[^\n]{2,200})\n", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"^[ \t]*(?:Disclaimer|Permissions?|Terms of Use)\b.*", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_RULE = re.compile(r"^[ \t]*[-_=*]{5,}[ \t]*$", re.MULTILINE)


def recognises(text: str) -> bool:
    """True for a text with the number of a document of Gale on a line of its own."""
    return _NUMBER.search(text) is not None or _BARE.search(text) is not None


def articles(text: str, name: str, _options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each article in `text`, read from `name`; no options are needed."""
    text = _RULE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    numbers = list(_NUMBER.finditer(text)) or list(_BARE.finditer(text))
    starts = [0, *(found.end() for found in numbers)]
    pieces = [(text[begin : found.start()], found["number"]) for begin, found in zip(starts, numbers, strict=False)]
    if _FULL.search(text, starts[-1]):  # an article whose end was cut off
        pieces.append((text[starts[-1] :], ""))
    for count, (piece, number) in enumerate(pieces, start=1):
        yield _article(piece, number, name, count if len(pieces) > 1 else 0)


_FULL = re.compile(r"^[ \t]*Full Text[ \xa0]?:", re.MULTILINE | re.IGNORECASE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the articles of the download in `stream`, called `name`, as `options` say."""
    yield from read_text(articles, stream, name, options)


def _article(piece: str, number: str, name: str, record: int) -> Draft | Rejected:
    citation = _CITATION.search(piece)
    main = piece[: citation.start()] if citation else piece
    found = labelled.record(main.split("\n"), _NAMES, "body")
    found.body = _DISCLAIMER.sub("", found.body)
    if byline := _BYLINE.match(found.body):
        found.fields.setdefault("byline", byline["names"].strip())
        found.body = found.body[byline.end() :]
    rights = [line[0].strip() for line in _RIGHTS.finditer(found.body)]
    found.body = _ADDRESS.sub("", _RIGHTS.sub("", found.body)) if rights else found.body
    if value := found.fields.get("rights"):
        found.fields["rights"] = _ADDRESS.sub("", value).strip()
    item = labelled.draft_of(found, piece, _HOW, name, record)
    if isinstance(item, Draft):
        claim(item.rights, " ".join(rights), f"{_HOW}:copyright")
        if number:
            item.ids.append(Claim(number, f"{_HOW}:number"))
        if citation:
            text = " ".join(piece[citation.end() :].split())
            item.extra["citation"] = text
            if not item.page and (page := labelled.PAGE.search(text)):
                claim(item.page, page["page"] or page["letter"], f"{_HOW}:citation")
    return item
