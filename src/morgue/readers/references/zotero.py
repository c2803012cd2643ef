"""Zotero's RDF: items with Dublin Core, FOAF and Zotero's own elements; what they appeared in is a node of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.references.entry import Value, draft
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

_NO_ITEMS = name_set("Attachment Memo Collection Journal Newspaper Magazine Periodical Series")
_PATHS = (
    ("headline", "title", "title"),
    ("headline", "shortTitle", "shortTitle"),
    ("published", "date", "date"),
    ("abstract", "abstract", "abstract"),
    ("url", "identifier/URI/value", "URI"),
    ("page", "pages", "pages"),
    ("section", "section", "section"),
    ("edition", "edition", "edition"),
    ("language", "language", "language"),
    ("rights", "rights", "rights"),
    ("", "itemType", "itemType"),
    ("", "libraryCatalog", "libraryCatalog"),
    ("", "dateSubmitted", "dateSubmitted"),
    ("", "description", "description"),
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each item of `stream`, called `name`, read as `options` say."""

    def stories(root: Element) -> list[Story] | str:
        nodes = {about: node for node in root if (about := node.get("about"))}
        items = [
            node
            for node in root
            if node.tag not in _NO_ITEMS and dom.text_of(dom.first(node, "itemType")) not in ("attachment", "note")
        ]
        made = each_made(items, lambda item: draft("zotero", 0, "", _values(item, nodes)))
        return made or "holds no item of Zotero"

    yield from read_as(stream, name, options, stories)


def _values(item: Element, nodes: dict[str, Element]) -> Iterator[Value]:
    for person in item.iterfind("authors/Seq/li/Person"):
        last, first = (
            dom.text_of(dom.first(person, *names)) for names in (("surname", "familyName"), ("givenName", "givenname"))
        )
        yield Value("people", ", ".join(filter(None, (last, first))), "authors")
    for host in _hosts(item, nodes):
        yield Value("source", dom.text_of(dom.first(host, "title")), "isPartOf")
        for field, name, word in (("edition", "volume", "Vol. "), ("edition", "number", "No. ")):
            if text := dom.text_of(dom.first(host, name)):
                yield Value(field, f"{word}{text}", name)
    yield Value("source", dom.text_of(dom.first(item, "publicationTitle")), "publicationTitle")
    for field, path, how in _PATHS:
        for element in dom.each(item, path):
            yield Value(field, "".join(element.itertext()).strip(), how)
    for subject in item.iterfind("subject"):
        yield Value(
            "keywords", dom.text_of(dom.first(subject, "AutomaticTag/value")) or dom.text_of(subject), "subject"
        )
    yield Value("", dom.text_of(dom.first(item, "publisher/Organization/name")), "publisher")


def _hosts(item: Element, nodes: dict[str, Element]) -> Iterator[Element]:
    """What an item appeared in, within it or named by it."""
    for part in item.iterfind("isPartOf"):
        yield from part
        if (named := nodes.get(part.get("resource", ""))) is not None:
            yield named
