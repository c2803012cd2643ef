"""JSON Lines: an article a line, read as it streams in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.encoding import LineDecoder, NotText, recoded
from morgue.readers.fields import NoArticle
from morgue.readers.json.file import Records
from morgue.readers.json.text import NotJson, parse
from morgue.readers.options import ReadOptions, read_lines, size
from morgue.readers.story import note_encoding

_BOM = b"\xef\xbb\xbf"


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per line of `stream`, called `name`, read as `options` say; records count lines."""
    records = Records(options, "jsonl")
    try:
        lines = read_lines(recoded(stream, options.encoding), options.max_bytes)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    decoder = LineDecoder()
    for number, line in lines:
        if line is None:
            yield Rejected(name, number, f"line is longer than {size(options.max_bytes)}")
            continue
        line = line.strip()
        if number == 1 and line.startswith(_BOM):
            line = line[3:].lstrip()
        if line:
            yield _record(line, name, number, records, decoder)


def _record(line: bytes, name: str, number: int, records: Records, decoder: LineDecoder) -> Draft | Rejected:
    try:
        draft = records.draft(parse(decoder.decode(line)), number, hashlib.sha256(line).hexdigest())
        note_encoding(draft, decoder.problem)
        return draft
    except (NotJson, NotText, NoArticle) as error:
        return Rejected(name, number, str(error))
