"""Where the fields of a Whoosh schema are kept in the engine's segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from morgue.engine.files.segment import Segment


class Number(NamedTuple):
    """A number column of the engine as a NUMERIC or DATETIME of Whoosh's.

    Attributes:
        column: its name in the engine. bits: of Whoosh's field.
        offset, scale: the terms of Whoosh's field are `value * scale + offset`, which is never negative.
        lowered: what Whoosh's column holds is less than that by so much.
    """

    column: str
    bits: int
    offset: int
    scale: int = 1
    lowered: int = 0


class Layout(NamedTuple):
    """The fields of a schema.

    Attributes:
        words: Whoosh's field of words -> searchable field of the engine.
        values: Whoosh's field of whole values -> value column.
        columns: Whoosh's field with a column of texts -> value column, whose first value of a document counts.
        numbers: Whoosh's field -> number column.
        stored: returns the stored fields of a document of a segment.
        identity: the field of the engine's ids.
        spelling: the field that lists the printed words of the text.
    """

    words: Mapping[str, str]
    values: Mapping[str, str]
    columns: Mapping[str, str]
    numbers: Mapping[str, Number]
    stored: Callable[[Segment, int], dict[str, Any]]
    identity: str
    spelling: str
