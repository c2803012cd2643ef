"""Wire transmissions as ANPA and IPTC laid down: messages framed by control bytes (SOH, STX, ETX, EOT)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.options import ReadOptions, size
from morgue.readers.story import note_encoding

SOH, STX, ETX, EOT = b"\x01", b"\x02", b"\x03", b"\x04"
_CHUNK = 1 << 16  # bytes
# Everything below space but tab and line ends, and DEL: it steered printers and typesetters.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13)) + b"\x7f"


class Message(NamedTuple):
    """One transmission, its parts as text without control characters, ends of line as `\\n`."""

    header: str
    text: str
    trailer: str
    digest: str
    problem: str


class Format(NamedTuple):
    """A format of transmissions: its name, and what fills a draft from a message of it."""

    name: str
    fill: Callable[[Draft, Message], None]


def drafts(stream: BinaryIO, name: str, options: ReadOptions, form: Format) -> Iterator[Draft | Rejected]:
    """Yield a draft, filled as `form` does, for each transmission of `stream`, called `name`, read as `options` say."""
    for number, message in _messages(stream, name, options):
        if isinstance(message, Rejected):
            yield message
            continue
        draft = Draft(format=form.name, record=number, digest=message.digest)
        form.fill(draft, message)
        note_encoding(draft, message.problem)
        empty = not draft.body and not draft.headline
        yield Rejected(name, number, "a transmission without text") if empty else draft


def _messages(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[tuple[int, Message | Rejected]]:
    """The transmissions of a stream with their numbers (0 for a single one)."""
    waiting: bytes | None = None
    number = 0
    for data in _frames(stream, options.max_bytes):
        if waiting is not None:
            number += 1
            yield number, _message(waiting, name, number, options)
        waiting = data
    if waiting is not None:
        number = number + 1 if number else 0
        yield number, _message(waiting, name, number, options)


def _frames(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Bytes from each SOH up to the next EOT or SOH (a lost end byte must not swallow the next message)."""
    buffer = b""
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while (found := _next(buffer)) is not None:
            frame, buffer = found
            yield frame
        if len(buffer) > limit:
            break
    if STX in buffer or buffer.strip(_CONTROLS + b" \r\n\t"):
        yield buffer


def _next(buffer: bytes) -> tuple[bytes, bytes] | None:
    start = buffer.find(SOH)
    if start < 0:
        return None
    end = buffer.find(EOT, start)
    again = buffer.find(SOH, start + 1)
    if again >= 0 and (end < 0 or again < end):
        return buffer[start:again], buffer[again:]
    return (buffer[start : end + 1], buffer[end + 1 :]) if end >= 0 else None


def _message(data: bytes, name: str, number: int, options: ReadOptions) -> Message | Rejected:
    if len(data) > options.max_bytes:
        return Rejected(name, number, f"larger than the limit of {size(options.max_bytes)} for one record")
    header, _, rest = data.partition(STX)
    text, _, trailer = rest.partition(ETX)
    if not rest:
        return Rejected(name, number, "a transmission without the byte that starts its text (STX)")
    try:
        decoded = decode(_plain(text), override=options.encoding)
        head, tail = (decode(_plain(part), override=options.encoding).text for part in (header, trailer))
    except NotText as error:
        return Rejected(name, number, str(error))
    return Message(head, decoded.text, tail, hashlib.sha256(data).hexdigest(), decoded.problem)


def _plain(data: bytes) -> bytes:
    return data.translate(None, _CONTROLS).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
