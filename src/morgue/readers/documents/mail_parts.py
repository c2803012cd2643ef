"""The parts of a message: the text that holds the story, and what is attached."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from pathlib import PurePosixPath

from morgue.lexicon import UNSUBSCRIBE, VIEW_ONLINE, words
from morgue.readers import markup
from morgue.readers.documents import forwards
from morgue.readers.encoding import NotText, decode
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions

_MAX_PARTS = 500  # of one message
_MAX_DEPTH = 100  # of parts in parts
_MAX_HEADER = 8_000  # characters of a header that are read
# Attachments that are read as documents, by media type and by the end of the name.
_DOCUMENT_TYPES = (
    "application/pdf", "application/x-pdf", "application/msword", "application/rtf", "text/rtf", "application/epub+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.", "application/vnd.oasis.opendocument.text",
    "application/vnd.ms-word.", "text/plain", "text/html", "text/markdown", "message/rfc822", "application/xhtml+xml",
)  # fmt: skip
_DOCUMENT_SUFFIXES = name_set(".pdf .docx .docm .dotx .doc .odt .ott .fodt .rtf .txt .md .html .htm .eml .epub")
_CONTINUED = re.compile(r"ATT\d+\.(?:txt|html?)", re.IGNORECASE)  # how Exchange calls the text after an attachment
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?!\s*[.\d]*[1-9])"
    r"|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$|!)",
    re.IGNORECASE,
)  # fmt: skip
_BREAK_BEFORE_LABEL = re.compile(
    rf"<br\s*/?>(?=(?:\s|&nbsp;|<[^<>]{{0,300}}>){{0,12}}{forwards.LABEL}(?:\s|&nbsp;|<[^<>]{{0,300}}>){{0,12}}:)", re.I
)
_ELSEWHERE = words(VIEW_ONLINE)
_LEAVE = words(UNSUBSCRIBE)
_URL = re.compile(r"<?\b(?:https?://|www\.)\S+|\[[^\]\n]{0,80}\](?=\(|<)")
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MAX_NOTICE = 45  # words of a paragraph that says where else the text is, or how not to get it
_NOTICES_AT_TOP, _NOTICES_AT_END = 4, 10  # paragraphs that may be such
_STUB = 0.6  # of the words of the HTML part: a plain part with fewer is not the text
_LOOSE_WORD = re.compile(r"=\?[\w-]{1,40}\?[qQ]\?([^?\r\n]{0,2000})\?=")


@dataclass(slots=True)
class Attached:
    """A file attached to a message; `data` is None for one that is not a document."""

    name: str
    kind: str
    data: bytes | None


@dataclass(slots=True)
class Letter:
    """What a message holds.

    Attributes:
        text: of the parts that are its text. subheads: numbers of its paragraphs that are headings (HTML alone).
        attached: its attachments, in order. problem: of the encoding of its text, a sentence, "" for none.
    """

    text: str = ""
    subheads: tuple[int, ...] = ()
    attached: list[Attached] = field(default_factory=list)
    problem: str = ""


@dataclass(slots=True)
class _Text:
    text: str
    subheads: tuple[int, ...] = ()
    problem: str = ""


def of(message: Message, options: ReadOptions) -> Letter:
    """Take `message` apart, its text decoded as `options` say."""
    reader = _Reader(options)
    texts = reader.read(message, 0)
    letter = Letter("\n\n".join(text.text for text in texts), attached=reader.attached)
    letter.problem = next((text.problem for text in texts if text.problem), "")
    if len(texts) == 1:
        letter.subheads = texts[0].subheads
    return letter


class _Reader:
    def __init__(self, options: ReadOptions) -> None:
        self.attached: list[Attached] = []
        self._options = options
        self._count = 0

    def read(self, part: Message, depth: int) -> list[_Text]:
        """The texts of a part, in order; attachments are put aside."""
        self._count += 1
        if self._count > _MAX_PARTS or depth > _MAX_DEPTH:
            return []
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            inner = [item for item in payload if isinstance(item, Message)]
            if part.get_content_subtype() == "alternative":
                return _chosen([self.read(item, depth + 1) for item in inner])
            return [text for item in inner for text in self.read(item, depth + 1)]
        if part.get_content_type() in ("message/rfc822", "message/global"):
            self.attached.append(Attached(self._name(part, "message.eml"), "message/rfc822", _whole(part)))
            return []
        return self._leaf(part)

    def _leaf(self, part: Message) -> list[_Text]:
        name, kind = filename(part), part.get_content_type()
        plain = kind in ("text/plain", "text/html") and (not name or _CONTINUED.fullmatch(name) is not None)
        if plain and (part.get_content_disposition() != "attachment" or name):
            source, problem = _decoded(part, self._options)
            if kind == "text/html" or (source and markup.is_markup(source) and _is_page(source)):
                found = _Text(*_of_html(source), problem)
            else:
                found = _Text(_without_notices(source.replace("\r\n", "\n")), problem=problem)
            return [found] if found.text.strip() else []
        if part.get_content_maintype() == "multipart" or (kind == "text/plain" and not name and not part.get_payload()):
            return []
        document = kind.startswith(_DOCUMENT_TYPES) or PurePosixPath(name).suffix.lower() in _DOCUMENT_SUFFIXES
        data = part.get_payload(decode=True) if document else None
        self.attached.append(Attached(self._name(part, "unnamed"), kind, data if isinstance(data, bytes) else None))
        return []

    def _name(self, part: Message, otherwise: str) -> str:
        """A name for an attachment that no other of the message has."""
        base = name = (filename(part) or otherwise).replace("/", "_").replace("\\", "_")[:200]
        taken = {other.name for other in self.attached}
        number = 1
        while name in taken:
            number += 1
            name = f"{number}-{base}"
        return name


def _whole(part: Message) -> bytes | None:
    """The bytes of an attached message."""
    payload = part.get_payload()
    if not isinstance(payload, list) or not payload or not isinstance(payload[0], Message):
        return None
    inner = payload[0]
    body = inner.get_payload()
    if (
        not inner.keys()
        and isinstance(body, str)
        and part.get("Content-Transfer-Encoding", "").strip().lower() == "base64"
    ):
        return base64.b64decode(body.encode("ascii", "ignore"))  # no standard allows it, and some programs do it
    return inner.as_bytes()


def _is_page(source: str) -> bool:
    """True for a plain part that is an HTML page all the same."""
    return re.match(r"\s*(?:<!doctype html|<html|<head|<body|<table|<div|<style)", source, re.IGNORECASE) is not None


def _chosen(alternatives: list[list[_Text]]) -> list[_Text]:
    """The alternative that holds the story: the first, which is the plain one, unless a later has much more."""
    filled = [texts for texts in alternatives if texts]
    if not filled:
        return []
    fullest = max(filled, key=_count)
    return filled[0] if _count(filled[0]) >= _STUB * _count(fullest) else fullest


def _count(texts: Iterable[_Text]) -> int:
    return sum(len(_WORD.findall(_URL.sub(" ", text.text))) for text in texts)


def _decoded(part: Message, options: ReadOptions) -> tuple[str, str]:
    """The text of a part, and what is to be said of its encoding."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return "", ""
    try:
        text, _, _, problem = decode(payload, declared=part.get_content_charset(), override=options.encoding)
    except NotText:
        return "", ""
    if "flowed" in str(part.get("Content-Type", "")).lower():
        text = _flowed(text, remove=str(part.get_param("delsp", "")).lower() == "yes")
    return text, problem


def _flowed(text: str, *, remove: bool) -> str:
    """Text whose lines that end in a space go on in the next (RFC 3676); with `remove` the space is not the text's."""
    found: list[str] = []
    goes_on = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw[1:] if raw.startswith(" ") else raw
        quoted = line.startswith(">")
        if goes_on and not quoted and line != "-- ":
            found[-1] += line
        else:
            found.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not quoted
        if goes_on and remove:
            found[-1] = found[-1][:-1]
    return "\n".join(found)


def _of_html(source: str) -> tuple[str, tuple[int, ...]]:
    """The text of an HTML part without what is hidden, and the numbers of its headings."""
    from selectolax.lexbor import LexborHTMLParser

    source = _BREAK_BEFORE_LABEL.sub("<br><br>", source)
    if _HIDDEN.search(source) and not markup.too_costly(source):
        tree = LexborHTMLParser(source)
        for node in tree.css("[style]"):
            if _HIDDEN.search(node.attributes.get("style") or ""):
                node.decompose()
        source = tree.html or ""
    text, heads = markup.paragraphs(source)
    paragraphs = text.split("\n\n")
    kept = _kept(paragraphs)
    place = {number: at for at, number in enumerate(kept)}
    return "\n\n".join(paragraphs[n] for n in kept), tuple(place[n] for n in heads if n in place)


def _without_notices(text: str) -> str:
    """Plain text without the paragraphs that only say where else to read it, or how not to get it."""
    if "://" not in text and "www." not in text and "@" not in text:  # nothing to follow
        return text
    if not _says(text, _ELSEWHERE) and not _says(text, _LEAVE):
        return text
    paragraphs = re.split(r"(\n[ \t]*\n\s*)", text.strip("\n"))
    kept = set(_kept(paragraphs[::2]))
    return "".join(paragraphs[2 * n] + "".join(paragraphs[2 * n + 1 : 2 * n + 2]) for n in sorted(kept)).strip("\n")


def _kept(paragraphs: list[str]) -> list[int]:
    """Numbers of the paragraphs that are not notices of a mailing."""
    count = len(paragraphs)
    return [n for n, text in enumerate(paragraphs) if not _is_notice(text, n, count)]


def _is_notice(text: str, number: int, count: int) -> bool:
    if not (number < _NOTICES_AT_TOP or number >= count - _NOTICES_AT_END):
        return False
    if not (_says(text, _ELSEWHERE) or (number and _says(text, _LEAVE))):
        return False
    return len(_WORD.findall(_URL.sub(" ", text))) <= _MAX_NOTICE


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    text = text.lower().replace("’", "'")
    return any(phrase in text for phrase in phrases)


# --- headers ------------------------------------------------------------------------------------------------------


def filename(part: Message) -> str:
    """The name of an attached file, "" for none."""
    name = part.get_filename()
    return decoded_words(str(name)) if name else ""


def header(message: Message, name: str) -> str:
    """A header's text: encoded words decoded, raw bytes by the encoding rule, white space made single.

    Args:
        message: whose header. name: of the header, in any case.
    """
    value = message.get(name)
    return "" if value is None else decoded_words(str(value) if isinstance(value, str) else value.encode())


def decoded_words(raw: str) -> str:
    """A header's value as text."""
    raw = raw[:_MAX_HEADER]
    if not raw.isascii() and any("\udc80" <= char <= "\udcff" for char in raw):
        raw = decode(raw.encode("ascii", "surrogateescape")).text
    if "=?" not in raw:
        return " ".join(raw.split())[:2_000]
    try:
        encoded = decode_header(raw)
    except ValueError:
        encoded = [(raw, None)]
    text = _LOOSE_WORD.sub(_loose, "".join(_word(word, charset) for word, charset in encoded))
    return " ".join(text.split())[:2_000]


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return decode(word, declared=charset).text
    except NotText:
        return word.decode("ascii", "replace")


def _loose(match: re.Match[str]) -> str:
    """An encoded word that holds raw letters, which no standard allows and some mailers send."""
    text = match.group(1).replace("_", " ")
    return re.sub(r"=([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code.group(1)).decode("cp1252", "replace"), text)
