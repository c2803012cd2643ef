"""XML of trafilatura: the fields as attributes of `<doc>`, the text in `<main>`; one document or many in a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import Mapper, NoArticle, mapper
from morgue.readers.options import ReadOptions
from morgue.readers.story import note_encoding, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.feed_entries import Entries

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

_AS_HTML = {
    "head": "h2", "list": "ul", "item": "li", "lb": "br", "quote": "blockquote", "row": "tr", "cell": "td",
    "hi": "span", "ref": "span", "code": "pre",
}  # fmt: skip


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per document of `stream`, called `name`, as `options` say; records from 1."""
    number = 0
    fields = mapper(options.field_map, "trafilatura")
    try:
        documents = Entries(stream, options, ("doc",))
        for number, piece in enumerate(documents, start=1):
            yield _document(piece, documents.channel.declared, name, number, options, fields)
        if documents.refused:
            why = documents.refused if number else "holds no <doc>"
            yield Rejected(name, number + 1 if number else 0, why)
    except NotText as error:
        yield Rejected(name, 0, str(error))


def _document(
    piece: bytes, declared: str | None, name: str, number: int, options: ReadOptions, fields: Mapper
) -> Draft | Rejected:
    try:
        decoded = decode(piece, declared=declared, override=options.encoding)
        root = dom.parse_text(decoded.text)
        main = dom.first(root, "main")
        body, subheads = _story(main) if main is not None else ("", ())
        record: JsonObject = {**root.attrib, "body": body}
        if comments := dom.text_of(root.find("comments")):
            record["comments"] = comments
        digest = hashlib.sha256(piece).hexdigest()
        draft = fields.draft(record, Draft(format="trafilatura", record=number, digest=digest))
    except (NotText, dom.BadXml, NoArticle) as error:
        return Rejected(name, number, str(error))
    set_body(draft, body, subheads)
    note_encoding(draft, decoded.problem)
    return draft


def _story(main: Element) -> tuple[str, tuple[int, ...]]:
    for element in main.iter():
        element.tag = _AS_HTML.get(element.tag, element.tag)
    return dom.paragraphs(main)
