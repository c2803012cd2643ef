"""Avro container files, as snapshots of Factiva are delivered: an article a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, cast

from morgue.model import Draft, Rejected
from morgue.readers.fields import NoArticle, mapper
from morgue.readers.options import ReadOptions, TooLarge, size
from morgue.readers.texts import digest

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each record of `stream`, called `name`, read as `options` say; records from 1."""
    import fastavro

    fields = mapper(options.field_map, "avro")
    number = 0
    try:
        for number, record in enumerate(fastavro.reader(cast(BinaryIO, _Counted(stream, options.max_bytes))), 1):
            if not isinstance(record, dict):
                yield Rejected(name, number, "a value, not a record")
                continue
            try:
                values: JsonObject = {key: _value(value) for key, value in record.items()}
                text = json.dumps(values, ensure_ascii=False)
                yield fields.draft(values, Draft(format="avro", record=number, digest=digest(text)))
            except NoArticle as error:
                yield Rejected(name, number, str(error))
    except TooLarge as error:
        yield Rejected(name, number + 1, str(error))
    except Exception as error:
        yield Rejected(name, number + 1, f"Avro that cannot be read: {type(error).__name__}: {error}"[:300])


def _value(value: object) -> Json:
    """A value of a record as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if value is None or isinstance(value, str | int | float) else str(value)


class _Counted:
    """A stream of whose bytes no read asks for more than `limit`: a damaged length must not fill the memory."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit = stream, limit

    def read(self, count: int = -1) -> bytes:
        if count > self._limit:
            raise TooLarge(f"a block larger than the limit of {size(self._limit)}")
        return self._stream.read(count)
