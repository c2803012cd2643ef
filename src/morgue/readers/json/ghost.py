"""Ghost's export: an article a post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.json.file import Records
from morgue.readers.json.items import read_as
from morgue.readers.json.shapes import shaped
from morgue.readers.options import ReadOptions


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per post of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, Records(options, "ghost").draft, shaped)
