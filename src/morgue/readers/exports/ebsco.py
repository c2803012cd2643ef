"""EBSCOhost: records as text, saved or sent by mail, with or without their full text.

A record has labelled lines (`Title:`, `Authors:`, `Source:` … `Accession Number:`, `Database:`), each value on the line
of its label or below it. The full text follows, and ends with a line of tildes, the author and a notice of copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.exports import labelled
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim
from morgue.readers.texts import read_text

_HOW = "ebsco"
_NAMES = {
    label: name
    for name, labels in {
        "headline": "title",
        "other_title": "alternate title|translated title",
        "byline": "author|authors|author(s)",
        "source": "source|publication|journal",
        "published": "publication date|date",
        "language": "language",
        "keywords": "subject terms|subjects|subject|geographic terms|people|company/entity|company|"
        "author-supplied keywords|keywords|reviews & products",
        "abstract": "abstract|abstract (english)",
        "length": "full text word count|word count",
        "issn": "issn|isbn",
        "doi": "doi",
        "document_type": "document type|publication type",
        "affiliation": "author affiliations|affiliations",
        "industry": "naics/industry codes|industry codes",
        "id": "accession number",
        "url": "persistent link to this record (permalink)|persistent link to this record|permalink|plink",
        "paste": "cut and paste",
        "database": "database",
        "section": "section",
    }.items()
    for label in labels.split("|")
}
_MARKS = (
    re.compile(r"^[ \t]*Accession Number[ \xa0]?:", re.MULTILINE),
    re.compile(r"^[ \t]*Persistent link to this record", re.MULTILINE),
    re.compile(r"^[ \t]*(?:Database|Full Text Word Count|Cut and Paste)[ \xa0]?:", re.MULTILINE),
    re.compile(r"^[ \t]*Title[ \xa0]?:", re.MULTILINE),
)
_RECORD = re.compile(r"^[ \t]*(?:Record ?:? \d+(?: of \d+)?|EBSCO Publishing[^\n]*|[_=-]{10,})[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^[ \t]*Title[ \xa0]?:", re.MULTILINE)
_RIGHTS = re.compile(
    r"^[ \t]*(?:Copyright of .{0,200}?is the property of|©|\(c\) ?(?:Copyright )?(?:19|20)\d\d"
    r"|Copyright (?:\(c\) |© )?(?:19|20)\d\d)"
    r"(?:[^\n]|\n(?!\n))*",
    re.MULTILINE,
)
_TILDES = re.compile(r"^[ \t]*~{4,}[ \t]*$", re.MULTILINE)
_BY = re.compile(r"^[ \t]*(?P<line>By [^\n]{3,120})$", re.MULTILINE)
_SECTION = re.compile(r"\s*Section[ \xa0]?:[ \t]*(?P<section>[^\n]{1,80})\n")
_NOTE = re.compile(
    r"^[ \t]*(?:The link information (?:above|below)|This (?:e-?mail|message) was generated|Comments:)"
    r"[^\n]*(?:\n(?!\n)[^\n]*)*",
    re.M,
)


def recognises(text: str) -> bool:
    """True for a text with at least three of the labels that records of EBSCO have."""
    return sum(1 for mark in _MARKS if mark.search(text)) >= 3


def articles(text: str, name: str, _options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each record in `text`, read from `name`; no options are needed."""
    text = _NOTE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    starts = [found.start() for found in _TITLE.finditer(text)] or [0]
    # A title of the full text is no record: each record has its own number.
    pieces = [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    whole: list[str] = []
    for piece in pieces:
        if whole and not _MARKS[0].search(piece):
            whole[-1] += piece
        else:
            whole.append(piece)
    for count, piece in enumerate(whole, start=1):
        yield _article(_RECORD.sub("", piece), name, count if len(whole) > 1 else 0)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the records of the download in `stream`, called `name`, as `options` say."""
    yield from read_text(articles, stream, name, options)


def _article(piece: str, name: str, record: int) -> Draft | Rejected:
    fields, body = _parts(piece)
    found = labelled.record(fields.split("\n"), _NAMES, "body")
    found.top.clear()
    found.fields["headline"] = found.fields.get("headline", "").removesuffix(".")  # the database ends titles so
    rights = [" ".join(line[0].split()) for line in _RIGHTS.finditer(body)]
    body = _RIGHTS.sub("", body)
    if section := _SECTION.match(body):
        found.fields.setdefault("section", section["section"].strip())
        body = body[section.end() :]
    tildes = list(_TILDES.finditer(body))
    credit = _BY.search(body, tildes[-1].end()) if tildes else None
    found.body = _TILDES.sub("", body[: credit.start()] + body[credit.end() :] if credit else body)
    found.fields.pop("paste", None)
    item = labelled.draft_of(found, piece, _HOW, name, record)
    if isinstance(item, Draft):
        claim(item.rights, " ".join(rights), f"{_HOW}:copyright")
        if credit:
            claim(item.byline, credit["line"], f"{_HOW}:credit")
    return item


def _parts(piece: str) -> tuple[str, str]:
    """The labelled lines of a record, and what follows them: its full text."""
    lines = piece.split("\n")
    last = max((n for n, line in enumerate(lines) if labelled.label_of(line, _LAST)), default=-1)
    if last < 0:
        return piece, ""
    label = labelled.label_of(lines[last], _LAST)
    end = last + 1
    if label and not label[1]:  # the value is below its label
        while end < len(lines) and not lines[end].strip():
            end += 1
        end += 1
    return "\n".join(lines[:end]), "\n".join(lines[end:])


# One of these ends the labelled lines.
_LAST = {label: name for label, name in _NAMES.items() if name in ("database", "id", "url", "paste")}
