"""Evernote's ENEX: an article a note, read as the file streams in; attachments are left out.

A note's dates say when it was made, and its author is whose account it was: neither is a claim about the article.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers import markup
from morgue.readers.encoding import NotText, decode
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, note_encoding, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.feed_entries import Entries

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

_RESOURCE = re.compile(rb"<resource>.*?</resource\s*>", re.DOTALL)
_PROLOG = re.compile(r"\s*(?:<\?xml[^>]{0,500}\?>|<!DOCTYPE[^>]{0,500}>|\s)*", re.IGNORECASE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per note of `stream`, called `name`, read as `options` say; records from 1."""
    number = 0
    try:
        notes = Entries(stream, options, ("note",))
        for number, piece in enumerate(notes, start=1):
            yield _note(piece, notes.channel.declared, name, number, options)
        if notes.refused:
            why = notes.refused if number else "holds no notes"
            yield Rejected(name, number + 1 if number else 0, why)
    except NotText as error:
        yield Rejected(name, 0, str(error))


def _note(piece: bytes, declared: str | None, name: str, number: int, options: ReadOptions) -> Draft | Rejected:
    try:
        decoded = decode(_RESOURCE.sub(b"", piece), declared=declared, override=options.encoding)
        note = dom.parse_text(decoded.text)
    except (NotText, dom.BadXml) as error:
        return Rejected(name, number, str(error))
    draft = Draft(format="enex", record=number, digest=hashlib.sha256(piece).hexdigest())
    claim(draft.headline, dom.text_of(note.find("title")), "enex:title")
    attributes = note.find("note-attributes")
    address = dom.text_of(dom.first(attributes, "source-url"))
    if address.startswith(("http://", "https://")):
        claim(draft.url, address, "enex:source-url")
        claim(draft.ids, address, "enex:source-url")
    for tag in note.findall("tag"):
        claim(draft.keywords, dom.text_of(tag), "enex:tag")
    created = dom.text_of(note.find("created"))
    draft.crawled = _moment(created)
    content = note.find("content")
    text = "".join(content.itertext()) if content is not None else ""
    set_body(draft, *markup.paragraphs(text[_PROLOG.match(text).end() :]))  # type: ignore[union-attr]  # it matches ""
    draft.extra = _rest(note, attributes)
    note_encoding(draft, decoded.problem)
    if not draft.headline and not draft.body:
        return Rejected(name, number, "is a note without title and text")
    return draft


def _moment(text: str) -> str:
    """`20180311T081500Z` as ISO 8601, "" for anything else."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""


def _rest(note: Element, attributes: Element | None) -> JsonObject:
    found: JsonObject = {tag: text for tag in ("created", "updated") if (text := dom.text_of(note.find(tag)))}
    for part in attributes if attributes is not None else ():
        if part.tag != "source-url" and (text := dom.text_of(part)):
            found[str(part.tag)] = text
    return found
