"""JSON Lines: an article a line, read as it streams in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.day_order import settled
from morgue.readers.encoding import NotText, decode, recoded
from morgue.readers.fields import NoArticle
from morgue.readers.json.file import Records
from morgue.readers.json.text import NotJson, parse
from morgue.readers.options import ReadOptions, read_lines, size

_BOM = b"\xef\xbb\xbf"


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per line of `stream`, called `name`, read as `options` say; records count lines."""
    records = Records(options, "jsonl")
    try:
        lines = read_lines(recoded(stream, options.encoding), options.max_bytes)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    yield from settled(_lines(lines, name, options, records))


def _lines(
    lines: Iterator[tuple[int, bytes | None]], name: str, options: ReadOptions, records: Records
) -> Iterator[Draft | Rejected]:
    for number, line in lines:
        if line is None:
            yield Rejected(name, number, f"line is longer than {size(options.max_bytes)}")
            continue
        line = line.strip()
        if number == 1 and line.startswith(_BOM):
            line = line[3:].lstrip()
        if line:
            yield _record(line, name, number, records)


def _record(line: bytes, name: str, number: int, records: Records) -> Draft | Rejected:
    try:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = decode(line).text
        return records.draft(parse(text), number, hashlib.sha256(line).hexdigest())
    except (NotJson, NotText, NoArticle) as error:
        return Rejected(name, number, str(error))
