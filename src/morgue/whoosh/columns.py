"""Columns of a segment as Whoosh's columns, and numbers as the terms that Whoosh's ranges are made of.

Whoosh indexes a number under several terms, the number shifted right by 0, s, 2s … bits, and compiles a range to terms
of many bits at its ends and of few in the middle. Here no such terms are stored: a term is a range of values, looked up
in the order that the column keeps. So s can be 1, with which a range has the fewest terms, and the terms of a field
are its numbers alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh import columns

from morgue.engine.files.columns import NumberColumn
from morgue.engine.files.segment import Segment
from morgue.whoosh.layout import Layout, Number


class ColumnReader(columns.ColumnReader):
    """A column of ids, of numbers, or of the first value of each document."""

    def __init__(self, segment: Segment, layout: Layout, name: str, column: columns.Column) -> None:
        """Read a column.

        Args:
            segment: holds it. layout: of the schema. name: Whoosh's field.
            column: Whoosh's kind of column, for its default value.
        """
        self._doccount = segment.doc_count
        self._default = column.default_value()
        self._reverse = False
        self._number = layout.numbers.get(name)
        self._get = self._reader(segment, layout, name)

    def _reader(self, segment: Segment, layout: Layout, name: str) -> Callable[[int], Any]:
        if name == layout.identity:
            return lambda doc: segment.id(doc).encode("utf-8", "surrogatepass")
        number = self._number
        column = segment.numbers.get(number.column) if number else None
        if number is not None and column is not None:
            get, scale, offset = column.get, number.scale, number.offset - number.lowered

            def scaled(doc: int) -> int | None:
                value = get(doc)
                return None if value is None else value * scale + offset

            return scaled
        values = segment.values.get(layout.columns.get(name, ""))
        if values is None:
            return lambda _: None
        texts: dict[int, bytes] = {}

        def first(doc: int) -> bytes | None:
            numbers = values.of(doc)
            if not len(numbers):
                return None
            found = texts.get(numbers[0])
            if found is None:
                found = texts[numbers[0]] = values.display(numbers[0]).encode("utf-8", "surrogatepass")
            return found

        return first

    def __getitem__(self, docnum: int) -> Any:
        value = self._get(docnum)
        return self._default if value is None else value

    def sort_key(self, docnum: int) -> Any:
        """Return what documents are sorted by; those without a number are last in both directions."""
        value = self._get(docnum)
        if value is None:
            return self._default
        return -value if self._reverse else value

    def set_reverse(self) -> None:
        """Let `sort_key` give the reverse order.

        Raises:
            NotImplementedError: a column of texts, as Whoosh's are.
        """
        if self._number is None:
            raise NotImplementedError
        self._reverse = True


class NumberTerms:
    """The terms of a number field in one segment."""

    def __init__(self, column: NumberColumn, number: Number) -> None:
        """Set the column, and what Whoosh makes of it."""
        self._column = column
        self._scale = number.scale
        self._offset = number.offset
        self._bytes = number.bits // 8  # of a term, after the byte of its shift
        self._tiers: dict[int, list[int]] = {}

    @cached_property
    def _sortable(self) -> list[int]:
        """The distinct numbers as Whoosh sorts them, ascending."""
        get = self._column.get
        values = {get(doc) for doc in self._column.order}
        return [value * self._scale + self._offset for value in sorted(v for v in values if v is not None)]

    def _tier(self, shift: int) -> list[int]:
        """Return the distinct numbers shifted right by `shift` bits, ascending."""
        if shift not in self._tiers:
            self._tiers[shift] = list(dict.fromkeys(number >> shift for number in self._sortable))
        return self._tiers[shift]

    def texts(self, start: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of the shift that `start` has, from it on, in order: those of no shift are the numbers."""
        shift = start[0] if start else 0
        tier = self._tier(shift)
        begin = bisect_left(tier, int.from_bytes(start[1:].ljust(self._bytes, b"\0"), "big"))
        for number in tier[begin:]:
            yield bytes((shift,)) + number.to_bytes(self._bytes, "big")

    def docs(self, text: bytes) -> Sequence[int]:
        """Return the documents that hold a term, ascending."""
        if len(text) != 1 + self._bytes:
            return ()
        shift, number = text[0], int.from_bytes(text[1:], "big")
        low = (number << shift) - self._offset
        high = ((number + 1) << shift) - 1 - self._offset
        scale = self._scale
        return sorted(self._column.between(-(-low // scale), high // scale))
