"""Columns of a segment: numbers and exact values per document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class NumberColumn:
    """A 64-bit integer per document, or none.

    Values are kept as `base + raw[doc]`, so that a range can be tested on the raw view without decoding.

    Attributes:
        name: the column's name.
        base: what is added to a raw value.
        raw: one unsigned number per document (`B`, `H`, `I` or `Q` view).
        missing: the raw value that stands for "none", or -1 when no document lacks one.
        minimum, maximum: over all documents that have a value; None when none has.
        order: documents that have a value, ascending by value then number (`H` view).
    """

    name: str
    base: int
    raw: memoryview
    missing: int
    minimum: int | None
    maximum: int | None
    order: memoryview

    def get(self, doc: int) -> int | None:
        """Return a document's value, None when it has none."""
        raise NotImplementedError

    def between(self, low: int | None, high: int | None) -> memoryview:
        """Return the documents (in order of value) whose value lies in [low, high]; None is open. O(log n)."""
        raise NotImplementedError


class ValueColumn:
    """Exact values per document, any number of them.

    Values that differ only by case share a number; they are numbered in the order of their folded text. For `id` and
    `path` case counts.

    Attributes:
        name: the column's name.
        single: True when no document has more than one value; then `ordinals` holds one number per document.
        ordinals: `H` or `I` view: per document the number of its value plus one, 0 for none (only when `single`).
    """

    name: str
    single: bool
    ordinals: memoryview

    def __len__(self) -> int:
        """Return the number of distinct values."""
        raise NotImplementedError

    def find(self, text: str) -> int:
        """Return the number of a value, case folded, or -1."""
        raise NotImplementedError

    def display(self, ordinal: int) -> str:
        """Return a value as first written."""
        raise NotImplementedError

    def folded(self, ordinal: int) -> str:
        """Return a value's folded text, by which values are sorted and told apart."""
        raise NotImplementedError

    def prefix(self, text: str) -> range:
        """Return the numbers of the values whose folded text begins with the folded `text`."""
        raise NotImplementedError

    def docs(self, ordinal: int) -> memoryview:
        """Return the documents that hold a value, ascending (`H` view; deleted ones included)."""
        raise NotImplementedError

    def of(self, doc: int) -> Sequence[int]:
        """Return the numbers of a document's values, in the document's order."""
        raise NotImplementedError

    def having(self) -> memoryview:
        """Return the documents that hold any value, ascending (`H` view)."""
        raise NotImplementedError

    def values(self) -> Iterator[tuple[str, int]]:
        """Yield each value's display text and number of documents, in order of folded text."""
        raise NotImplementedError
