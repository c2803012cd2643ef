"""The postings of one term in one segment: documents, frequencies per zone, positions, printed forms.

Nothing is decoded before it is used. `docs` and `codes` are views of the mapped file, usable as they are by plain
Python (indexing, bisect, slicing) and by numpy (`numpy.frombuffer`).

In the file, the postings of all terms follow each other in the order of the dictionary:

- `post.docs` (`H`) and `post.codes` (`B`, see TRIPLES), one each per posting;
- `post.escape` (`I`) the numbers of postings with the escape code, `post.counts` (`I`) three counts for each;
- `post.at` (`I`), for every 128th posting, how many occurrences the postings before it have; one more for all;
- `post.places` (`H`, or `I` where many articles are very long), one per occurrence: the position in the low 12 (24)
  bits, the form code in the high 4 (8); all bits set for an occurrence that does not fit, which is then in
  `post.far` (`I`, numbers of occurrences), `post.far_position` (`I`) and `post.far_form` (`I`);
- `post.most` (`B`) three bytes and `post.least` (`H`) three numbers per 128 postings: see Block.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from morgue.engine.files.container import Container, damaged, guarded

DOCS, CODES, AT = "post.docs", "post.codes", "post.at"
ESCAPED, COUNTS = "post.escape", "post.counts"
PLACES, FAR, FAR_POSITION, FAR_FORM = "post.places", "post.far", "post.far_position", "post.far_form"
MOST, LEAST = "post.most", "post.least"

_RUN_BITS = 7
RUN = 1 << _RUN_BITS  # postings per entry of post.at, post.most and post.least
MANY = 255  # occurrences in post.most: this number or more
SHORT_BITS, LONG_BITS = 12, 24  # of a position in post.places

# The frequency codes. The 255 commonest triples of counts have a code, given by a rule rather than a table in each
# segment, so that segments can be joined by joining their bytes and a scorer can prepare one table for all. On Reuters
# copy 0.3 % of postings need the escape, on long magazine pieces 1.4 %; a table fitted to the text would save half.
ESCAPE = 255


def _triples() -> tuple[tuple[int, int, int], ...]:
    # The 255th weighs 22, which bounds each count.
    every = ((h, lead, rest) for h in range(4) for lead in range(12) for rest in range(23) if h + lead + rest)
    ranked = sorted(every, key=lambda t: (6 * t[0] + 2 * t[1] + t[2], t))
    return tuple(ranked[:ESCAPE])


TRIPLES: tuple[tuple[int, int, int], ...] = (*_triples(), (0, 0, 0))
"""Occurrences in headline, lead and rest, by code; all zero for the escape."""
TOTALS = bytes(sum(triple) for triple in TRIPLES)
"""Occurrences by code, for `codes.translate(TOTALS)`; 0 for the escape."""


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
    """Bounds over a run of a term's postings, for skipping what cannot enter the top.

    Attributes:
        start, end: indices of the postings (end exclusive) that the bounds cover.
        most: upper bounds of the occurrences per zone (headline, lead, rest) in any posting; MANY for 255 and more.
        least: lower bounds of the words per zone of any document.
    """

    start: int
    end: int
    most: tuple[int, int, int]
    least: tuple[int, int, int]


class PostingTables:
    """The sections that hold the postings of a segment.

    Attributes:
        docs, codes, escape, counts, at, places, far, far_position, far_form, most, least: the sections.
        bits: of a position in `places`.
        full: all bits of an element of `places` set: it is in `far`.
    """

    def __init__(self, container: Container, count: int, occurrences: int) -> None:
        """Find the sections of `count` postings with `occurrences`, and check that their sizes agree."""
        runs = (count + RUN - 1) // RUN
        self.path = container.path
        self.docs = container.section(DOCS, count)
        self.codes = container.section(CODES, count)
        self.escape = container.section(ESCAPED)
        self.counts = container.section(COUNTS, 3 * len(self.escape))
        self.at = container.section(AT, runs + 1)
        self.places = container.section(PLACES, occurrences)
        self.bits = SHORT_BITS if self.places.itemsize == 2 else LONG_BITS
        self.full = (1 << 8 * self.places.itemsize) - 1
        self.far = container.section(FAR)
        self.far_position = container.section(FAR_POSITION, len(self.far))
        self.far_form = container.section(FAR_FORM, len(self.far))
        self.most = container.section(MOST, 3 * runs)
        self.least = container.section(LEAST, 3 * runs)

    def begin(self, posting: int) -> int:
        """Return the number of the first occurrence of a posting."""
        run = posting >> _RUN_BITS
        start = run << _RUN_BITS
        before = self.codes[start:posting].tobytes()
        total = self.at[run] + sum(before.translate(TOTALS))
        return total + self._escaped(start, posting) if ESCAPE in before else total

    def _escaped(self, start: int, end: int) -> int:
        low, high = bisect_left(self.escape, start), bisect_left(self.escape, end)
        return sum(self.counts[3 * low : 3 * high])

    def escapes(self, start: int, end: int) -> dict[int, tuple[int, int, int]]:
        """Return posting number - `start` -> counts, for the postings from `start` to `end` with the escape code."""
        low, high = bisect_left(self.escape, start), bisect_left(self.escape, end)
        counts = self.counts
        return {self.escape[i] - start: (counts[3 * i], counts[3 * i + 1], counts[3 * i + 2]) for i in range(low, high)}

    def positions(self, start: int, end: int) -> list[int]:
        """Return the positions of the occurrences from `start` to `end`."""
        mask = (1 << self.bits) - 1
        found = [place & mask for place in self.places[start:end]]
        return self._with_far(found, self.far_position, start, end) if mask in found else found

    def forms(self, start: int, end: int) -> list[int]:
        """Return the form codes of the occurrences from `start` to `end`."""
        bits = self.bits
        found = [place >> bits for place in self.places[start:end]]
        return self._with_far(found, self.far_form, start, end) if self.full >> bits in found else found

    def _with_far(self, found: list[int], values: memoryview, start: int, end: int) -> list[int]:
        for i in range(bisect_left(self.far, start), bisect_left(self.far, end)):
            found[self.far[i] - start] = values[i]
        return found


class Postings:
    """Postings of a term, ascending by document number. Deleted documents are still among them.

    Attributes:
        docs: document numbers (`H` view).
        codes: one byte per posting, an index into TRIPLES; ESCAPE where the counts are in `escapes()`.
    """

    __slots__ = ("_begin", "_end", "_first", "_starts", "_tables", "codes", "docs")

    def __init__(self, tables: PostingTables, first: int, count: int) -> None:
        """Take `count` postings from number `first` on."""
        if first + count > len(tables.docs):
            raise damaged(tables.path, "a term's postings lie outside the file")
        self._tables = tables
        self._first = first
        self._begin = self._end = -1
        self._starts: Sequence[int] | None = None
        self.docs = tables.docs[first : first + count]
        self.codes = tables.codes[first : first + count]

    @property
    def path(self) -> str:
        """The segment's file."""
        return str(self._tables.path)

    def __len__(self) -> int:
        """Return the number of postings."""
        return len(self.docs)

    @guarded
    def escapes(self) -> dict[int, tuple[int, int, int]]:
        """Return index of posting -> counts per zone, for the postings whose code is ESCAPE (mostly empty)."""
        return self._tables.escapes(self._first, self._first + len(self.docs))

    @guarded
    def counts(self, index: int) -> tuple[int, int, int]:
        """Return the occurrences in headline, lead and rest of a posting's document."""
        code = self.codes[index]
        if code != ESCAPE:
            return TRIPLES[code]
        posting = self._first + index % len(self.docs)
        return self._tables.escapes(posting, posting + 1)[0]

    @guarded
    def starts(self) -> Sequence[int]:
        """Return where each posting's occurrences begin in `all_positions()`, and the end, which is the cf."""
        if self._starts is None:
            totals: Sequence[int] = self.codes.tobytes().translate(TOTALS)
            escapes = self.escapes()
            if escapes:
                totals = list(totals)
                for index, counts in escapes.items():
                    totals[index] = sum(counts)
            self._starts = list(accumulate(totals, initial=0))
        return self._starts

    def _range(self, index: int) -> tuple[int, int]:
        """Return first and last (exclusive) occurrence of a posting."""
        if self._starts is not None:
            begin = self._whole()[0]
            return begin + self._starts[index], begin + self._starts[index + 1]
        begin = self._tables.begin(self._first + index)
        code = self.codes[index]
        return begin, begin + (TOTALS[code] if code != ESCAPE else sum(self.counts(index)))

    @guarded
    def positions(self, index: int) -> Sequence[int]:
        """Return the ascending positions of one posting, read without touching the others."""
        start, end = self._range(index)
        return self._tables.positions(start, end)

    @guarded
    def all_positions(self) -> list[int]:
        """Return the positions of all postings, one after the other."""
        return self._tables.positions(*self._whole())

    @guarded
    def forms(self, index: int) -> Sequence[int]:
        """Return the form codes of one posting's occurrences, in step with `positions(index)`."""
        return self._tables.forms(*self._range(index))

    @guarded
    def all_forms(self) -> list[int]:
        """Return the form codes of all occurrences, in step with `all_positions()`."""
        return self._tables.forms(*self._whole())

    def _whole(self) -> tuple[int, int]:
        if self._begin < 0:
            self._begin = self._tables.begin(self._first)
            self._end = self._tables.begin(self._first + len(self.docs))
        return self._begin, self._end

    @guarded
    def packed(self) -> tuple[memoryview, int, dict[int, tuple[int, int]]]:
        """Return all occurrences as they are in the file, for array users.

        Returns:
            `H` or `I` view of `form << bits | position`; bits; and for the occurrences with all bits set, their index
            -> (position, form).
        """
        tables = self._tables
        begin, end = self._whole()
        far = range(bisect_left(tables.far, begin), bisect_left(tables.far, end))
        found = {tables.far[i] - begin: (tables.far_position[i], tables.far_form[i]) for i in far}
        return tables.places[begin:end], tables.bits, found

    @guarded
    def blocks(self) -> list[Block]:
        """Return bounds for each run of up to 128 postings, in order."""
        tables, first, count = self._tables, self._first, len(self.docs)
        found = []
        for run in range(first >> _RUN_BITS, (first + count + RUN - 1) >> _RUN_BITS):
            start = max((run << _RUN_BITS) - first, 0)
            end = min(((run + 1) << _RUN_BITS) - first, count)
            m, s = tables.most[3 * run : 3 * run + 3], tables.least[3 * run : 3 * run + 3]
            found.append(Block(start, end, (m[0], m[1], m[2]), (s[0], s[1], s[2])))
        return found
