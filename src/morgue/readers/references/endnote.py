"""EndNote's XML: a `record` an entry, its values in `style` elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.references.entry import Value, draft
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

# Field of a draft, path below a record, name of the value; best first.
_PATHS = (
    ("headline", "titles/title", "title"),
    ("source", "titles/secondary-title", "secondary-title"),
    ("source", "periodical/full-title", "full-title"),
    ("source", "alt-periodical/full-title", "full-title"),
    ("people", "contributors/authors/author", "author"),
    ("language", "language", "language"),
    ("keywords", "keywords/keyword", "keyword"),
    ("url", "urls/related-urls/url", "url"),
    ("url", "urls/web-urls/url", "url"),
    ("page", "pages", "pages"),
    ("section", "section", "section"),
    ("edition", "edition", "edition"),
    ("ids", "accession-num", "accession-num"),
    ("abstract", "abstract", "abstract"),
    ("note", "notes", "notes"),
    ("", "pub-location", "pub-location"),
    ("", "publisher", "publisher"),
    ("", "remote-database-name", "remote-database-name"),
    ("", "isbn", "isbn"),
    ("", "electronic-resource-num", "electronic-resource-num"),
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each record of `stream`, called `name`, read as `options` say."""

    def stories(root: Element) -> list[Story] | str:
        records = [root] if root.tag == "record" else list(root.iter("record"))
        return each_made(records, lambda record: draft("endnote", 0, "", _values(record))) or "holds no record"

    yield from read_as(stream, name, options, stories)


def _values(record: Element) -> Iterator[Value]:
    kind = dom.first(record, "ref-type")
    yield Value("", kind.get("name", "") if kind is not None else "", "ref-type")
    year, day = (dom.text_of(dom.first(record, path)) for path in ("dates/year", "dates/pub-dates/date"))
    yield Value("published", day if year in day else f"{day} {year}", "date")
    issue = [
        f"{word} {text}"
        for path, word in (("volume", "Vol."), ("number", "No."))
        if (text := dom.text_of(dom.first(record, path)))
    ]
    for field, path, how in _PATHS:
        for element in dom.each(record, path):
            text = "".join(element.itertext())
            yield Value(field, text if field == "abstract" else " ".join(text.split()), how)
    yield Value("edition", ", ".join(issue), "number")
