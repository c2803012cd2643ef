"""The postings of one term in one segment: documents, frequencies per zone, positions, printed forms.

Nothing is decoded until asked. `docs` and `codes` are views of the mapped file, usable as they are by plain Python
(indexing, bisect, slicing) and by numpy (`numpy.frombuffer`), so that a term costs nothing before its first posting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """A term of a segment's dictionary.

    Attributes:
        field: `text` or a small text field.
        key: the index key.
        ordinal: the term's number in the segment's dictionary, over all fields.
        first: number of its first posting in the segment.
        df: number of documents (deleted ones included).
    """

    field: str
    key: str
    ordinal: int
    first: int
    df: int


class Block(NamedTuple):
    """Bounds over a run of a term's postings, for leaving out what cannot enter the top.

    Attributes:
        start, end: indices of the postings (end exclusive) that the bounds cover.
        most: the most occurrences per zone (headline, lead, rest), each at least as high as in any posting.
        least: the fewest words per zone of any document in it, each at least as low as in any document.
    """

    start: int
    end: int
    most: tuple[int, int, int]
    least: tuple[int, int, int]


class Postings:
    """Postings of a term, ascending by document number. Deleted documents are still among them.

    Attributes:
        docs: document numbers (`H` view). codes: one byte per posting, an index into `zones.TRIPLES`; `zones.ESCAPE`
            where the counts stand in `escapes()`.
    """

    docs: memoryview
    codes: memoryview

    def __len__(self) -> int:
        """Return the number of postings."""
        raise NotImplementedError

    def escapes(self) -> dict[int, tuple[int, int, int]]:
        """Return index of posting -> counts per zone, for the postings whose code is ESCAPE (mostly empty)."""
        raise NotImplementedError

    def counts(self, index: int) -> tuple[int, int, int]:
        """Return how often the term stands in headline, lead and rest of a posting's document."""
        raise NotImplementedError

    def starts(self) -> Sequence[int]:
        """Return where each posting's occurrences begin in `all_positions()`; one more at the end: the cf."""
        raise NotImplementedError

    def positions(self, index: int) -> Sequence[int]:
        """Return the ascending positions of one posting, read without touching the others."""
        raise NotImplementedError

    def all_positions(self) -> memoryview:
        """Return the positions of all postings, one after the other (`H` or `I` view)."""
        raise NotImplementedError

    def forms(self, index: int) -> Sequence[int]:
        """Return the form codes of one posting's occurrences, in step with `positions(index)`."""
        raise NotImplementedError

    def all_forms(self) -> Sequence[int]:
        """Return the form codes of all occurrences, in step with `all_positions()`; bytes unless a term has > 255."""
        raise NotImplementedError

    def blocks(self) -> list[Block]:
        """Return bounds for each run of up to 128 postings, in order."""
        raise NotImplementedError
