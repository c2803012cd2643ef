"""Mail: single messages (.eml) and mailboxes (mbox), the latter message by message as they stream in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import BinaryIO

from morgue.lexicon import BY, HEADLINE, REPLY, either, spelled, words
from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers import exports, markup
from morgue.readers.encoding import NotText, decode
from morgue.readers.options import ReadOptions, read_whole, size
from morgue.readers.story import claim, note_encoding

_FROM = re.compile(rb"From \S.{0,300}\d\d:\d\d.{0,60}$")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
# Without "De:" and "Da:", the sender's line of a forwarded message in Romance languages.
_BYLINE = re.compile(
    rf"(?:{either(spelled(words(BY), str.title, str.upper))})[: ]\s?[A-ZÀ-Þ][\w.'’-]+(?:\s+[\w.'’,&-]+){{1,9}}(?<!\.)$"
)
_LOOSE_WORD = re.compile(r"=\?[\w-]{1,40}\?[qQ]\?([^?\r\n]{0,2000})\?=")
_HEADLINE = re.compile(rf"^(?:{either(words(HEADLINE))})[ \t]*:[ \t]*(\S[^\n]{{2,250}})$", re.I | re.MULTILINE)
_MAX_PARTS = 500  # of one message
_MAX_HEADER = 8_000  # characters of a header that are read
_LIST_TAG = re.compile(r"^\[[^\]]{1,60}\]\s*")
_REPLY = re.compile(rf"^(?:(?:{either(words(REPLY))})\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for the message in `stream`, or for each of a mailbox, called `name`, read as `options` say."""
    first, rest = _first_line(stream)
    if _FROM.match(first.rstrip()):
        yield from _mailbox(rest, name, options)
        return
    data = first + b"".join([read_whole(rest, options)])
    yield from _drafts(data, name, 0, options, "eml")


def _first_line(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    line = stream.readline(100_000)
    for _ in range(20):
        if line.strip(b" \t\r\n\xef\xbb\xbf\0"):
            break
        line = stream.readline(100_000)
    return line.lstrip(b"\xef\xbb\xbf"), stream


def _mailbox(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Messages are separated by `From ` lines that follow a blank line and come before a header."""
    lines: list[bytes] = []
    number, total, blank = 1, 0, True
    held = b""
    while line := stream.readline(1 << 20):
        if held:
            if _HEADER.match(line):
                yield from _message(lines, total, name, number, options)
                lines, total, number = [], 0, number + 1
            else:
                lines.append(held)
            held = b""
        if blank and line.startswith(b"From ") and _FROM.match(line.rstrip()):
            held = line
            continue
        blank = not line.strip()
        total += len(line)
        if total <= options.max_bytes:
            lines.append(line)
    yield from _message(lines, total, name, number, options)


def _message(
    lines: list[bytes], total: int, name: str, number: int, options: ReadOptions
) -> Iterator[Draft | Rejected]:
    if total > options.max_bytes:
        yield Rejected(name, number, f"a message larger than the limit of {size(options.max_bytes)}")
        return
    yield from _drafts(_QUOTED_FROM.sub(rb"\1", b"".join(lines)), name, number, options, "mbox")


def _drafts(data: bytes, name: str, number: int, options: ReadOptions, format_name: str) -> Iterator[Draft | Rejected]:
    """The message, or the articles of the download that a press database sent in it."""
    draft = _draft(data, name, number, options, format_name)
    articles = exports.taken_apart(draft.body, name, options) if isinstance(draft, Draft) else None
    if articles is None:
        yield draft
    else:
        yield from articles


def _draft(data: bytes, name: str, number: int, options: ReadOptions, format_name: str) -> Draft | Rejected:
    draft = Draft(format=format_name, record=number, layout="wire", digest=hashlib.sha256(data).hexdigest())
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)
        parts = _parts(message)
        _set_headers(draft, message)
        _set_text(draft, parts, options)
        _set_sender(draft, _header(message, "From"))
        if labelled := _HEADLINE.search(draft.body[:2_000]):
            draft.headline.insert(0, Claim(labelled.group(1).strip(), "mail:Headline line"))
    except (ValueError, LookupError, RecursionError, AssertionError, TypeError, IndexError) as error:
        # The standard library's mail parser raises all of these for damaged headers and parts.
        return Rejected(name, number, f"a message that cannot be read: {type(error).__name__}: {error}"[:300])
    if not draft.body and not draft.headline:
        return Rejected(name, number, "a message without subject and text")
    return draft


def _parts(message: Message) -> list[Message]:
    """The message's leaf parts, forwarded messages not opened."""
    found: list[Message] = []
    stack = [message]
    while stack and len(found) < _MAX_PARTS:
        part = stack.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            stack += [inner for inner in reversed(payload) if isinstance(inner, Message)]
        else:
            found.append(part)
    return found


def _set_headers(draft: Draft, message: Message) -> None:
    subject = _header(message, "Subject")
    plain = _REPLY.sub("", _LIST_TAG.sub("", subject)).strip() or subject
    claim(draft.headline, plain, "mail:Subject")
    claim(draft.published, _header(message, "Date"), "mail:Date")
    claim(draft.ids, _header(message, "Message-ID").strip("<>"), "mail:Message-ID")
    claim(draft.keywords, _header(message, "Keywords"), "mail:Keywords")
    claim(draft.language, _header(message, "Content-Language").split(",")[0], "mail:Content-Language")


def _set_sender(draft: Draft, sender: str) -> None:
    """Name the sender as the author, unless the text opens with a byline of its own."""
    found = re.match(r'"?([^"<@]{2,100}?)"?\s*<[^>]*>', sender) or re.search(r"\(([^()]{2,100})\)", sender)
    if found and not any(_BYLINE.match(line.strip()) for line in draft.body[:3_000].split("\n")[:20]):
        claim(draft.people, found.group(1), "mail:From")


def _header(message: Message, name: str) -> str:
    """A header's text: encoded words decoded, raw bytes by the encoding rule, white space made single."""
    from email.header import decode_header

    value = message.get(name)
    if value is None:
        return ""
    raw = (str(value) if isinstance(value, str) else value.encode())[:_MAX_HEADER]
    if any("\udc80" <= char <= "\udcff" for char in raw):
        raw = decode(raw.encode("ascii", "surrogateescape")).text
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


def _set_text(draft: Draft, parts: list[Message], options: ReadOptions) -> None:
    plain: list[str] = []
    pages: list[str] = []
    for part in parts:
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            label = f"{name or 'unnamed'} ({part.get_content_type()})"
            draft.problems.append(
                Remark(field="body", value=label[:200], why="an attachment, not read", how="mail:part")
            )
        elif text := _text(part, options, draft):
            (pages if part.get_content_subtype() == "html" else plain).append(text)
    body = "\n\n".join(plain).strip()
    if body or not pages:
        draft.body = body.replace("\r\n", "\n")
        return
    texts = [markup.paragraphs(page) for page in pages]
    draft.layout = "wire"
    draft.body = "\n\n".join(text for text, _ in texts)
    if len(texts) == 1:
        draft.subheads = texts[0][1]


def _text(part: Message, options: ReadOptions, draft: Draft) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        decoded = decode(payload, declared=part.get_content_charset(), override=options.encoding)
    except NotText:
        return ""
    note_encoding(draft, decoded.problem)
    return decoded.text
