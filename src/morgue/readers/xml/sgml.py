"""SGML collections: Reuters-21578 (`<REUTERS>`), TREC newswire and LDC Gigaword (`<DOC>`), a document at a time."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Claim, Draft, Rejected
from morgue.readers.encoding import NotText, decode, recoded
from morgue.readers.options import ReadOptions, size
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, note_encoding

_CHUNK = 1 << 18  # bytes
_START = re.compile(rb"<(REUTERS|DOC)(?=[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]{0,30})((?:\s[^<>]{0,500})?)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w-]{0,30})\s*=\s*["']?([^"'\s<>]{1,200})""")
_CONTROL = re.compile(r"&#(?:[0-8]|1[1-9]|2\d|3[01]|127);")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?=[.-]\d)|^[A-Z]{2,4}(\d\d)(\d\d)(\d\d)-\d+$")
_SLUG = re.compile(r"^\s*[a-z] [a-z] (\S.*?)\s+\d\d-\d\d \d{4}\s*$", re.MULTILINE)
_MAX_FIELDS = 400  # elements of one document
# Field -> the elements that hold it, most trusted first, in the collections' many vocabularies.
_HEADLINES = ("HEADLINE", "HEAD", "HL", "TITLE", "TTL", "TI", "HT", "H3")
_BYLINES = ("BYLINE", "AUTHOR", "BY")
_DATES = ("DATE_TIME", "DATE", "DATETIME", "PUBDATE", "DATE1", "DD", "PD")
_TEXTS = ("BODY", "TEXT", "STORY", "BODYTEXT")
_LEADS = ("LEADPARA", "LP", "LEAD")
_KEYWORDS = (
    "TOPICS",
    "PLACES",
    "PEOPLE",
    "ORGS",
    "EXCHANGES",
    "COMPANIES",
    "KEYWORDS",
    "SUBJECT",
    "DESCRIPT",
    "CN",
    "IN",
    "GV",
)
_SOURCES = ("SOURCE", "PUB", "SO", "PUBLICATION")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per document of `stream`, called `name`, read as `options` say; records from 1."""
    try:
        pieces = _documents(recoded(stream, options.encoding), options.max_bytes)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    number = 0
    for number, (piece, problem) in enumerate(pieces, start=1):
        yield Rejected(name, number, problem) if problem else _draft(piece, name, number, options)
    if not number:
        yield Rejected(name, 0, "SGML without a <REUTERS> or <DOC> element")


def _documents(stream: BinaryIO, limit: int) -> Iterator[tuple[bytes, str]]:
    """(bytes of a document, "") or (b"", why it cannot be read)."""
    buffer = b""
    ended = False
    while not ended or buffer:
        start = _START.search(buffer)
        if start is None:
            chunk = b"" if ended else stream.read(_CHUNK)
            if not chunk:
                return
            buffer = buffer[-16:] + chunk
            continue
        buffer = buffer[start.start() :]
        close = b"</" + start.group(1).upper() + b">"
        end = looked = 0
        while (end := _find(buffer, close, looked)) < 0 and not ended and len(buffer) <= limit:
            looked = max(len(buffer) - len(close) - 1, 0)
            chunk = stream.read(_CHUNK)
            ended = not chunk
            buffer += chunk
        if end < 0:
            why = f"a document larger than the limit of {size(limit)}" if len(buffer) > limit else ""
            yield b"", why or "the file ends in the middle of a document"
            return
        yield buffer[: end + len(close)], ""
        buffer = buffer[end + len(close) :]


def _find(buffer: bytes, close: bytes, start: int) -> int:
    at = buffer.find(close, start)
    return at if at >= 0 else buffer.find(close.lower(), start)


def _draft(piece: bytes, name: str, number: int, options: ReadOptions) -> Draft | Rejected:
    try:
        decoded = decode(_without_controls(piece), declared="latin-1", override=options.encoding)
    except NotText as error:
        return Rejected(name, number, str(error))
    document = _Document(decoded.text)
    draft = Draft(format="sgml", record=number, digest=hashlib.sha256(piece).hexdigest())
    _set_identity(draft, document)
    _set_claims(draft, document)
    _set_text(draft, document)
    note_encoding(draft, decoded.problem)
    if not draft.body and not draft.headline:
        return Rejected(name, number, "a document without title and text")
    return draft


def _without_controls(piece: bytes) -> bytes:
    return piece.translate(None, bytes(code for code in range(32) if code not in (9, 10, 13)) + b"\x7f")


class _Document:
    """The elements of one document: name in upper case -> texts with their attributes."""

    def __init__(self, text: str) -> None:
        text = _CONTROL.sub("", text)
        root = _TAG.match(text)
        self.root = root.group(2).upper() if root else ""
        self.attributes = {k.upper(): v for k, v in _ATTRIBUTE.findall(root.group(3))} if root else {}
        self.fields: dict[str, list[tuple[str, str]]] = {}
        at = root.end() if root else 0
        upper = text.upper()
        if len(upper) != len(text):  # a letter whose capital is longer; offsets must stay the same
            upper = text
        for _ in range(_MAX_FIELDS):
            tag = _TAG.search(text, at)
            if tag is None:
                break
            end = upper.find(f"</{tag.group(2).upper()}>", tag.end()) if not tag.group(1) else -1
            at = tag.end()
            if end >= 0:
                self.fields.setdefault(tag.group(2).upper(), []).append((text[tag.end() : end], tag.group(3)))
                at = tag.end() if tag.group(2).upper() in ("TEXT", "ARTICLE") else end
        self.text = text

    def first(self, names: tuple[str, ...]) -> tuple[str, str]:
        """(plain text, name) of the first element of the names that holds any, else ("", "")."""
        return next(((text, name) for name in names for text in self.all(name)), ("", ""))

    def all(self, name: str) -> list[str]:
        """Plain texts of the elements of a name that are not empty."""
        return [found for raw, _ in self.fields.get(name, ()) if (found := " ".join(_plain(raw).split()))]

    def raw(self, names: tuple[str, ...]) -> tuple[str, str]:
        """(text with its lines, attributes) of the first element of the names."""
        return next(((_plain(*item[:1]), item[1]) for name in names for item in self.fields.get(name, ())), ("", ""))


def _plain(raw: str) -> str:
    """Text without tags; `<P>` parts paragraphs."""
    if "<" in raw:
        raw = re.sub(r"<\s*/?\s*(?:P|BR|LP|HR)\s*/?>", "\n\n", raw, flags=re.IGNORECASE)
        raw = _TAG.sub("", raw)
    return html.unescape(raw) if "&" in raw else raw


def _set_identity(draft: Draft, document: _Document) -> None:
    if number := document.attributes.get("NEWID"):
        claim(draft.ids, f"reuters-{number}", "sgml:NEWID")
        draft.extra.update({key.lower(): value for key, value in document.attributes.items() if key != "NEWID"})
        draft.source.append(Claim("Reuters", "sgml:REUTERS"))
        draft.language.append(Claim("en", "sgml:REUTERS"))
        if slug := _SLUG.search(document.raw(("UNKNOWN",))[0]):
            claim(draft.slug, slug.group(1), "sgml:UNKNOWN")
        return
    for name in ("DOCNO", "DOCID", "ID"):
        for value in document.all(name):
            claim(draft.ids, value, f"sgml:{name}")
    claim(draft.ids, document.attributes.get("ID") or document.attributes.get("DOCID"), "sgml:DOC[id]")
    claim(draft.language, document.first(("LANGUAGE",))[0], "sgml:LANGUAGE")


def _set_claims(draft: Draft, document: _Document) -> None:
    for names, into in (
        (_BYLINES, draft.byline),
        (_SOURCES, draft.source),
        (("DATELINE",), draft.dateline),
        (_HEADLINES, draft.headline),
        (_DATES, draft.published),
    ):
        for name in names:
            for value in document.all(name):
                claim(into, value, f"sgml:{name}")
    for name in _KEYWORDS:
        for raw, _ in document.fields.get(name, ()):
            parts = re.findall(r"<D>(.*?)</D>", raw, re.IGNORECASE) or re.split(r"[;,\n]", _plain(raw))
            for part in parts:
                claim(draft.keywords, html.unescape(part), f"sgml:{name}")
    if not draft.published and draft.ids and (day := _DAY.search(draft.ids[0].value)):
        year, month, date = day.group(1, 2, 3) if day.group(1) else (f"19{day.group(4)}", day.group(5), day.group(6))
        draft.published.append(Claim(f"{year}-{month}-{date}", draft.ids[0].how))


def _set_text(draft: Draft, document: _Document) -> None:
    text, attributes = document.raw(_TEXTS)
    kind = next((value for key, value in _ATTRIBUTE.findall(attributes) if key.upper() == "TYPE"), "")
    if document.root == "REUTERS" and "BODY" not in document.fields:
        # BRIEF documents are a title alone; UNPROC ones hold the message as it came.
        raw = document.fields.get("TEXT", [("", "")])[0]
        kind = kind or next((v for k, v in _ATTRIBUTE.findall(raw[1]) if k.upper() == "TYPE"), "")
        text = _plain(raw[0]) if kind.upper() == "UNPROC" else ""
        draft.layout = "wire" if text.strip() else "story"
    lead = document.raw(_LEADS)[0].strip()
    body = plain_paragraphs(text) if draft.layout == "story" else text.strip("\n")
    draft.body = f"{plain_paragraphs(lead)}\n\n{body}".strip() if lead else body
    if not draft.body and not document.fields.get("TEXT") and document.root != "REUTERS":
        draft.body = plain_paragraphs(_plain(document.text))
