"""MODS, the libraries' record of a title: `mods` elements, alone or in a `modsCollection`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.references.entry import Value, draft
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

_PATHS = (
    ("published", "originInfo/dateIssued", "dateIssued"),
    ("published", "relatedItem[@type='host']/part/date", "date"),
    ("published", "relatedItem[@type='host']/originInfo/dateIssued", "dateIssued"),
    ("published", "part/date", "date"),
    ("published", "originInfo/dateCreated", "dateCreated"),
    ("language", "language/languageTerm", "languageTerm"),
    ("keywords", "subject/topic", "topic"),
    ("keywords", "subject/geographic", "geographic"),
    ("url", "location/url", "url"),
    ("url", "identifier[@type='uri']", "identifier"),
    ("abstract", "abstract", "abstract"),
    ("note", "note", "note"),
    ("rights", "accessCondition", "accessCondition"),
    ("edition", "originInfo/edition", "edition"),
    ("", "genre", "genre"),
    ("", "originInfo/publisher", "publisher"),
    ("", "originInfo/place/placeTerm", "placeTerm"),
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each title of `stream`, called `name`, read as `options` say."""

    def stories(root: Element) -> list[Story] | str:
        records = [root] if root.tag == "mods" else list(root.iter("mods"))
        return each_made(records, lambda record: draft("mods", 0, "", _values(record))) or "holds no record"

    yield from read_as(stream, name, options, stories)


def _values(record: Element) -> Iterator[Value]:
    yield Value("headline", _title(record), "title")
    for path in ("relatedItem[@type='host']", "relatedItem[@type='series']"):
        for host in dom.each(record, path):
            yield Value("source", _title(host), "relatedItem")
            yield from _part(host)
    yield from _part(record)
    for person in dom.each(record, "name"):
        role = " ".join(dom.text_of(term).lower() for term in dom.each(person, "role/roleTerm"))
        yield Value(
            "people" if role.split()[:1] in ([], ["author"], ["aut"], ["creator"], ["cre"]) else "",
            _name(person),
            "name",
        )
    for field, path, how in _PATHS:
        for element in dom.each(record, path):
            yield Value(field, dom.text_of(element), how)
    for element in dom.each(record, "recordInfo/recordIdentifier", "identifier"):
        yield Value("ids" if element.get("type") in (None, "local") else "", dom.text_of(element), "identifier")


def _title(element: Element) -> str:
    info = dom.first(element, "titleInfo")
    if info is None:
        return ""
    start, title, rest = (dom.text_of(dom.first(info, part)) for part in ("nonSort", "title", "subTitle"))
    return ": ".join(filter(None, (f"{start} {title}".strip(), rest)))


def _name(person: Element) -> str:
    parts = {part.get("type", ""): dom.text_of(part) for part in dom.each(person, "namePart")}
    if parts.get("family"):
        return ", ".join(filter(None, (parts["family"], parts.get("given"))))
    return parts.get("", "")


def _part(element: Element) -> Iterator[Value]:
    for detail in dom.each(element, "part/detail"):
        number = dom.text_of(dom.first(detail, "number", "caption"))
        kind = detail.get("type", "")
        yield Value({"page": "page", "section": "section"}.get(kind, "edition"), number, kind or "detail")
    for extent in dom.each(element, "part/extent"):
        first, last = (dom.text_of(dom.first(extent, name)) for name in ("start", "end"))
        yield Value("page", f"{first}-{last}" if last and last != first else first, "extent")
