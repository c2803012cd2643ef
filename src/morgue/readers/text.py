"""Plain text: wire copy and press releases. The grammar of it belongs to `morgue.wire`; here bytes become stories.

A file is one story, unless it is a log of wire messages, each between a line that begins `ZCZC` and a line `NNNN`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import exports, hyphens
from morgue.readers.digitised import paths
from morgue.readers.digitised.leaders import has_layout, has_metadata, is_harvested
from morgue.readers.digitised.pages import set_page
from morgue.readers.doubtful import why_not
from morgue.readers.encoding import NotText, clean, decode
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import note_encoding, noted
from morgue.readers.streams import HEAD

_START = re.compile(rb"^[ \t]*ZCZC\b", re.MULTILINE)
_STOP = re.compile(rb"^[ \t]*NNNN[ \t]*\r?$", re.MULTILINE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` for the file `stream`, called `name`, or one for each of its wire messages (numbered from 1).

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    beside = options.beside
    if has_metadata(beside) or is_harvested(beside) or has_layout(beside):
        return  # it is read with the file that describes it
    data = read_whole(stream, options)
    messages = split(data)
    for number, message in enumerate(messages, start=1):
        yield from _articles(message, name, number if len(messages) > 1 else 0, options)


def split(data: bytes) -> list[bytes]:
    """Return the messages of a wire log, or the whole as one.

    Only ZCZC/NNNN pairs separate: at least two messages, each begun and ended. Text between an NNNN and the next
    ZCZC other than white space makes the file one text.
    """
    starts = [found.start() for found in _START.finditer(data)]
    if len(starts) < 2 or data[: starts[0]].strip():
        return [data]
    messages = [data[begin:end] for begin, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    for message in messages:
        stops = list(_STOP.finditer(message))
        if not stops or message[stops[-1].end() :].strip():
            return [data]
    return messages


def _articles(data: bytes, name: str, record: int, options: ReadOptions) -> Iterator[Draft | Rejected]:
    try:
        decoded = decode(data, override=options.encoding)
    except NotText as error:
        yield Rejected(name, record, str(error))
        return
    text = clean(decoded.text)
    if not text.strip():
        yield Rejected(name, record, "the file is empty" if not data else "there is nothing but white space")
        return
    # Sniffing has seen the head of the file, and would have said so.
    is_longer = len(data) > HEAD and not record
    if is_longer and (articles := exports.taken_apart(text, name, options)):
        yield from noted(articles, decoded.problem)
        return
    if options.format_in != "text" and (reason := why_not(text)):
        yield Rejected(name, record, f"{reason}; --format-in text stores it all the same")
        return
    digest = hashlib.sha256(data).hexdigest()
    draft = Draft(format="text", record=record, digest=digest, layout="wire", body=text)
    note_encoding(draft, decoded.problem)
    is_page = paths.fill_page(draft, name)
    if is_page or hyphens.is_hyphenated(text):
        draft.body = text = hyphens.mended(text)
    if is_page:
        set_page(draft, plain_paragraphs(text).split("\n\n"))
    yield draft
