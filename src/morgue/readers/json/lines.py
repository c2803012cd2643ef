"""JSON Lines, and JSON texts one after the other: articles read as they stream in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, recoded
from morgue.readers.fields import NoArticle
from morgue.readers.json.file import Records
from morgue.readers.json.items import items_of
from morgue.readers.json.records import Record, records
from morgue.readers.json.text import NotJson
from morgue.readers.options import ReadOptions, read_lines


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per record of `stream`, called `name`, read as `options` say; they count lines."""
    try:
        lines = read_lines(recoded(stream, options.encoding), options.max_bytes)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    yield from drafts(records(lines, name, options.max_bytes), name, Records(options, "jsonl"))


def drafts(found: Iterable[Record | Rejected], name: str, made: Records) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each record, or for each item of one that is a list or holds one.

    Args:
        found: the records. name: of the input. made: makes drafts.
    """
    shift = 0  # of the numbers behind a record with several articles
    for record in found:
        if isinstance(record, Rejected):
            yield record
            continue
        number = record.number + shift
        try:
            yield made.draft(record.value, number, hashlib.sha256(record.data).hexdigest())
        except NotJson as error:
            yield Rejected(name, number, str(error))
        except NoArticle as error:
            items = items_of(record.value)
            if not items or not any(isinstance(item, dict) for item in items):
                yield Rejected(name, number, str(error))
                continue
            for place, item in enumerate(items):
                yield made.item(item, name, number + place)
            shift += len(items) - 1
