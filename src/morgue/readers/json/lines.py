"""JSON Lines, and JSON texts one after the other: articles read as they stream in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.day_order import settled
from morgue.readers.encoding import NotText, recoded
from morgue.readers.json.file import Records
from morgue.readers.json.records import drafts, records
from morgue.readers.options import ReadOptions, read_lines


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per record of `stream`, called `name`, read as `options` say; they count lines."""
    try:
        lines = read_lines(recoded(stream, options.encoding), options.max_bytes)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    found = drafts(records(lines, name, options.max_bytes), name, Records(options, "jsonl").draft)
    yield from found if options.live else settled(found)
