"""Other XML: an agency's or a content system's own records, read by the names of their elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.fields import ALIASES, bookmark, checked_map, mapper, normal
from morgue.readers.options import ReadOptions
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_MAX_DEPTH = 20  # elements within each other


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the records of `stream`, called `name`, read as `options` say.

    A record is an element whose children name a headline or text and something more.
    """
    fields = mapper(options.field_map, "xml")

    def stories(root: Element) -> list[Story] | str:
        records = _records(root, options)
        if not records:
            return f"its first element is <{root.tag}>: no elements in it that name a headline or text"
        return each_made(records, lambda record: fields.draft(_record(record), Draft(format="xml")))

    yield from read_as(stream, name, options, stories)


def _records(root: Element, options: ReadOptions) -> list[Element]:
    """The outermost elements that look like an article: by their children's names, or by the user's map."""
    mapped = {path.partition(".")[0].partition("[")[0] for path in checked_map(options.field_map).values()}
    heads = {normal(alias) for alias in ALIASES["headline"]}
    texts = {normal(alias) for alias in ALIASES["body"]}
    others = {normal(alias) for field in ("published", "id", "byline", "url", "slug") for alias in ALIASES[field]}
    found: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        children = {child.tag for child in element if isinstance(child.tag, str)}
        names = {normal(tag) for tag in children}
        kinds = sum(1 for known in (heads, texts, others) if names & known)
        if (
            _is_bookmark(element)
            or (mapped and children & mapped)
            or (not mapped and kinds >= 2 and names & (heads | texts))
        ):
            found.append(element)
        else:
            stack.extend(reversed(list(element)))
    return found


def _is_bookmark(element: Element) -> bool:
    return "href" in element.attrib and "description" in element.attrib and "extended" in element.attrib


def _record(element: Element) -> JsonObject:
    values = _values(element, 0)
    return bookmark(values) if _is_bookmark(element) else values


def _values(element: Element, depth: int) -> JsonObject:
    """Children as a record: a text for a leaf, an object for others, a list where a name repeats."""
    record: JsonObject = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.get("nil") == "true":
            value: Json = None
        elif len(child) and depth < _MAX_DEPTH and not _is_markup(child):
            value = _values(child, depth + 1)
        elif len(child):
            value = dom.paragraphs(child)[0]
        else:
            value = (child.text or "").strip()
        _add(record, child.tag, value)
    for name, value in element.attrib.items():
        record.setdefault(name, value)
    return record


def _is_markup(element: Element) -> bool:
    """True for an element that holds running text in paragraphs, not values of its own."""
    tags = {child.tag.lower() for child in element.iter() if isinstance(child.tag, str)}
    return bool(tags & {"p", "br", "div", "span", "em", "strong", "h2"}) or bool((element.text or "").strip())


def _add(record: JsonObject, name: str, value: Json) -> None:
    if name not in record:
        record[name] = value
    elif isinstance(known := record[name], list):
        known.append(value)
    else:
        record[name] = [known, value]
