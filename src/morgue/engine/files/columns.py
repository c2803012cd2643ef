"""Columns of a segment: numbers and exact values per document.

In the file:

- a number column `x` is `number.x.raw` (`B`, `H`, `I` or `Q` per document) and, for `H` and `I`, `number.x.order`
  (`H`, the documents that have a value, by value);
- a value column `x` is `value.x.text` (the display texts in UTF-8, one after the other, in order of their folded text),
  `value.x.at` (`I`, where each begins, and the end), `value.x.first` (`I`, where each value's documents begin in
  `value.x.docs`, and the end), `value.x.docs` (`H`), and `value.x.of` (`B`, `H` or `I`): when no document has more
  than one value, per document its value's number plus one, or 0; else the numbers of all documents' values one after
  the other, and `value.x.of_at` (`I`) holds where each document's begin, and the end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypedDict

from morgue.engine.files.container import Container, guarded

# Sections, by column.
RAW, ORDER = "number.{}.raw", "number.{}.order"
TEXT, AT, FIRST, DOCS = "value.{}.text", "value.{}.at", "value.{}.first", "value.{}.docs"
OF, OF_AT = "value.{}.of", "value.{}.of_at"

LOWEST_NUMBER, HIGHEST_NUMBER = -(2**63) + 1, 2**63 - 1  # of a number column
_CASE_COUNTS = frozenset(("path",))  # value columns


class NumberMeta(TypedDict):
    """A number column in the table of contents; `missing`, `min` and `max` as in NumberColumn."""

    base: int
    missing: int
    min: int
    max: int


class ValueMeta(TypedDict):
    """A value column in the table of contents: number of values; whether no document has more than one."""

    count: int
    single: bool


def folded(column: str, text: str) -> str:
    """Return the text that two equal values of a column share.

    Args:
        column: its name. text: a value as written.
    """
    return text if column in _CASE_COUNTS else text.casefold()


class NumberColumn:
    """A 64-bit integer per document, or none.

    Values are kept as `base + raw[doc]`, so that a range can be tested on the raw view without decoding.

    Attributes:
        name: the column's name.
        base: what is added to a raw value.
        raw: one unsigned number per document (`B`, `H`, `I` or `Q` view).
        missing: the raw value of documents without one, or -1 when all have one.
        minimum, maximum: over all documents that have a value.
    """

    def __init__(self, container: Container, name: str, meta: NumberMeta, count: int) -> None:
        """Find the sections of column `name` of `count` documents; `meta`: from the table of contents."""
        self.path = container.path
        self.name = name
        self.base = int(meta["base"])
        self.missing = int(meta["missing"])
        self.minimum: int | None = meta["min"]
        self.maximum: int | None = meta["max"]
        self.raw = container.section(RAW.format(name), count)
        self._container = container

    @cached_property
    def order(self) -> Sequence[int]:
        """Documents that have a value, ascending by value, then number."""
        name = ORDER.format(self.name)
        if name in self._container.sections:
            return self._container.section(name)
        having = [doc for doc, raw in enumerate(self.raw) if raw != self.missing]
        return sorted(having, key=self.raw.__getitem__)

    @guarded
    def get(self, doc: int) -> int | None:
        """Return a document's value, None when it has none."""
        raw = self.raw[doc]
        return None if raw == self.missing else self.base + raw

    @guarded
    def between(self, low: int | None, high: int | None) -> Sequence[int]:
        """Return the documents, in order of value, whose value is in [low, high]; a bound None is open. O(log n)."""
        order, raw = self.order, self.raw.__getitem__
        start = 0 if low is None else bisect_left(order, low - self.base, key=raw)
        end = len(order) if high is None else bisect_left(order, high + 1 - self.base, key=raw)
        return order[start:end]


class ValueColumn:
    """Exact values per document, any number of them.

    Values that differ only by case share a number; they are numbered in the order of their folded text. For `path`
    case counts.

    Attributes:
        name: the column's name.
        single: whether no document has more than one value.
        ordinals: `B`, `H` or `I` view: when `single`, per document the number of its value plus one, 0 for none; else
            the numbers of all documents' values.
        of_at: when not `single`, where each document's values begin in `ordinals`, and the end.
    """

    def __init__(self, container: Container, name: str, meta: ValueMeta, count: int) -> None:
        """Find the sections of column `name` of `count` documents; `meta`: from the table of contents."""
        self.path = container.path
        self.name = name
        self.single = bool(meta["single"])
        self._count = int(meta["count"])
        self._text = container.section(TEXT.format(name))
        self._at = container.section(AT.format(name), self._count + 1)
        self._first = container.section(FIRST.format(name), self._count + 1)
        self._docs = container.section(DOCS.format(name))
        self.ordinals = container.section(OF.format(name), count if self.single else None)
        self.of_at = self.ordinals if self.single else container.section(OF_AT.format(name), count + 1)

    def __len__(self) -> int:
        """Return the number of distinct values."""
        return self._count

    @guarded
    def find(self, text: str) -> int:
        """Return the number of a value, case folded, or -1."""
        wanted = folded(self.name, text)
        place = bisect_left(range(self._count), wanted, key=self.folded)
        return place if place < self._count and self.folded(place) == wanted else -1

    @guarded
    def display(self, ordinal: int) -> str:
        """Return a value as first written."""
        return str(self._text[self._at[ordinal] : self._at[ordinal + 1]], "utf-8", "surrogatepass")

    def folded(self, ordinal: int) -> str:
        """Return a value's folded text, by which values are sorted and compared."""
        return folded(self.name, self.display(ordinal))

    @guarded
    def prefix(self, text: str) -> range:
        """Return the numbers of the values whose folded text begins with the folded `text`."""
        wanted = folded(self.name, text)
        every = range(self._count)
        start = bisect_left(every, wanted, key=self.folded)
        length = len(wanted)
        end = bisect_left(every, True, lo=start, key=lambda i: self.folded(i)[:length] > wanted)
        return range(start, end)

    @guarded
    def docs(self, ordinal: int) -> memoryview:
        """Return the documents that hold a value, ascending (`H` view; deleted ones included)."""
        return self._docs[self._first[ordinal] : self._first[ordinal + 1]]

    @guarded
    def of(self, doc: int) -> Sequence[int]:
        """Return the numbers of a document's values, in the document's order."""
        if self.single:
            number = self.ordinals[doc]
            return (number - 1,) if number else ()
        return self.ordinals[self.of_at[doc] : self.of_at[doc + 1]]

    @guarded
    def having(self) -> list[int]:
        """Return the documents that hold any value, ascending."""
        if self.single:
            return [doc for doc, number in enumerate(self.ordinals) if number]
        at = self.of_at
        return [doc for doc in range(len(at) - 1) if at[doc] != at[doc + 1]]

    @guarded
    def values(self) -> Iterator[tuple[str, int]]:
        """Yield each value's display text and number of documents, in order of folded text."""
        first = self._first
        return iter([(self.display(i), first[i + 1] - first[i]) for i in range(self._count)])
