"""The postings of a term as Whoosh asks for them, and the counts of every term in the zones of the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from morgue.engine.files.postings import ESCAPE, TRIPLES, Entry
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import CHOOSER, Ops
from morgue.engine.search.bm25f import ZONES, FieldScale, home
from morgue.engine.search.term_postings import SegmentPostings, key_postings
from morgue.index.document import TEXT, body_start

_ALL_POSITIONS_FROM = 16  # documents per request of positions, below which those of all documents are read together


class Postings:
    """The documents that hold a term in one segment, deleted ones included.

    Attributes:
        docs: ascending.
    """

    docs: Sequence[int]

    def __init__(self, docs: Sequence[int]) -> None:
        self.docs = docs

    def weights(self) -> Sequence[float]:
        """Return the occurrences of the term in each document."""
        return [1.0] * len(self.docs)

    def lengths(self) -> Sequence[int]:
        """Return the words of the field in each document; 0 where they are not counted, as Whoosh has it."""
        return [0] * len(self.docs)

    def positions(self, index: int) -> Sequence[int]:
        """Return the positions of the term in a document, by its index in `docs`."""
        del index
        return (0,)

    def scores(self, factor: float, scale: FieldScale) -> list[float] | None:
        """Return the score of each document, `factor` and `scale` being a Scorer's; None for a term without a score."""
        del factor, scale
        return None


class WordPostings(Postings):
    """Those of a word."""

    def __init__(self, segment: Segment, field: str, entries: Sequence[Entry]) -> None:
        """Join the postings of a term's keys.

        Args:
            segment: holds them. field: the engine's searchable field. entries: of the dictionary.
        """
        found = (key_postings(segment, entry, field, None) for entry in entries)
        self._joined = SegmentPostings(segment, [key for key in found if key is not None])
        self._segment = segment
        self._field = field
        self._entries = entries
        self._requests = 0  # for positions
        docs = self._joined.docs
        super().__init__(docs if isinstance(docs, list) else list(docs))

    def weights(self) -> Sequence[float]:
        return [float(sum(self._joined.counts(doc))) for doc in self.docs]

    @cached_property
    def _lengths(self) -> Sequence[int]:
        return field_lengths(self._segment, self._field)

    def lengths(self) -> Sequence[int]:
        lengths = self._lengths
        return [lengths[doc] for doc in self.docs]

    def positions(self, index: int) -> Sequence[int]:
        self._requests += 1
        if len(self._entries) == 1 and self._requests * _ALL_POSITIONS_FROM > len(self.docs):
            starts, positions = self._positions
            return positions[starts[index] : starts[index + 1]]
        doc = self.docs[index]
        found = self._joined.positions(doc)
        if self._field in ("lead", "body"):  # the body's first word is 0
            start = body_start(self._segment.zone_lengths[0][doc])
            return [position - start for position in found]
        return found

    @cached_property
    def _positions(self) -> tuple[list[int], list[int]]:
        """Where the positions of each document begin, and the end; the positions of all documents."""
        import numpy as np

        from morgue.engine.search import postings_numpy

        postings = self._segment.postings(self._entries[0])
        _, starts, positions, _ = postings_numpy.formed(self._segment, postings, range(256), ZONES.get(self._field))
        if self._field not in ("lead", "body"):
            return starts.tolist(), positions.tolist()
        headlines = np.asarray(self._segment.zone_lengths[0])[np.asarray(self.docs)].astype(np.intp)
        begin = np.repeat(body_start(headlines), np.diff(np.asarray(starts)))
        return starts.tolist(), (np.asarray(positions) - begin).tolist()

    def scores(self, factor: float, scale: FieldScale) -> list[float]:
        ops: Ops = CHOOSER.ops(len(self.docs))
        docs = ops.sequence(self.docs)
        column: Any = ops.saturate(factor, self._joined.tf(ops, scale, docs), scale.norms(ops, self._segment, docs))
        scores: list[float] = column.tolist() if hasattr(column, "tolist") else column
        return scores


_LENGTHS: WeakKeyDictionary[Segment, dict[str, Sequence[int]]] = WeakKeyDictionary()


def field_lengths(segment: Segment, field: str) -> Sequence[int]:
    """Return the words of each document of `segment` in a searchable `field` (computed once)."""
    known = _LENGTHS.setdefault(segment, {})
    if field not in known:
        if field in ZONES:
            parts = [lengths for lengths, included in zip(segment.zone_lengths, ZONES[field], strict=True) if included]
            known[field] = parts[0] if len(parts) == 1 else list(map(sum, zip(*parts, strict=True)))
        else:
            known[field] = segment.field_lengths(field) or [0] * segment.doc_count
    return known[field]


class ZoneCounts:
    """Documents and occurrences of every term of the text in the zones of one searchable field.

    Attributes:
        dfs, cfs: by the term's number in the field `text`.
    """

    def __init__(self, segment: Segment, field: str) -> None:
        """Count the terms of `segment` in `field`: one pass over the bytes of its postings."""
        import numpy as np

        terms = segment.field_terms(TEXT)
        self._base = terms.base if terms else 0
        if terms is None or not terms.count:
            self.dfs: list[int] = []
            self.cfs: list[int] = []
            return
        firsts = np.asarray(segment.first_postings[terms.base : terms.base + terms.count + 1], dtype=np.intp)
        begin, end = int(firsts[0]), int(firsts[-1])
        tables = segment.posting_tables
        zones = ZONES[field]
        by_code = np.array([sum(n for n, wanted in zip(t, zones, strict=True) if wanted) for t in TRIPLES])
        codes = np.frombuffer(tables.codes, dtype=np.uint8)[begin:end]
        counts = by_code[codes]
        if (codes == ESCAPE).any():
            for number, triple in tables.escapes(begin, end).items():
                counts[number] = sum(n for n, wanted in zip(triple, zones, strict=True) if wanted)
        self.dfs = np.add.reduceat(counts > 0, firsts[:-1] - begin, dtype=int).tolist()
        self.cfs = np.add.reduceat(counts, firsts[:-1] - begin, dtype=int).tolist()

    def df(self, entry: Entry) -> int:
        """Return how many documents hold a term in the field."""
        return self.dfs[entry.ordinal - self._base]

    def cf(self, entry: Entry) -> int:
        """Return how often a term occurs in the field."""
        return self.cfs[entry.ordinal - self._base]


_ZONES: WeakKeyDictionary[Segment, dict[str, ZoneCounts]] = WeakKeyDictionary()


def zone_counts(segment: Segment, field: str) -> ZoneCounts | None:
    """Return the counts of `segment` for a `field` that is a part of the text (computed once); None for others."""
    if home(field) != TEXT or all(ZONES[field]):
        return None
    known = _ZONES.setdefault(segment, {})
    if field not in known:
        known[field] = ZoneCounts(segment, field)
    return known[field]
