"""Postings of a query's terms: the occurrences of one word, or of all the words that fit a pattern, merged as one term.

A term of a query may be several keys of a segment's dictionary (one a language, or all that fit a pattern). Of each key
all occurrences count (`WholeKey`), those in some zones (`_ZoneKey`), or those in some printed forms (`_FormKey`); the
occurrences of several keys in an article are added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from heapq import merge
from itertools import accumulate, chain, compress, repeat
from operator import add
from typing import Protocol

from morgue.engine.files.postings import ESCAPE, TRIPLES, Entry, Postings
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import CHOOSER, PYTHON, Column, Docs, DocSet, Numbers, Ops, place
from morgue.engine.search.bm25f import ZONES, FieldScale, Zones, home, idf
from morgue.index.document import TEXT, body_start, lead_end

Counts = tuple[int, int, int]
Accept = Callable[[str], bool]

_BISECTION_COST = 8  # entries of a dict that are made in the time of one bisection
_OWNER_MAP_AFTER = 0.25  # lookups / postings of a term after which the map document -> keys is made
_BULK_FROM_DOCS = 4  # from which positions are read together
NUMPY_FROM_POSTINGS = 48  # from which numpy is faster in choosing those of some printed forms


class KeyPostings(Protocol):
    """Occurrences of one key in one segment."""

    docs: Sequence[int]

    def tf(self, ops: Ops, scale: FieldScale, indices: Numbers | None) -> Column:
        """Return tf' of the postings at `indices` (None: all) under `scale`, as a column of `ops`."""

    def counts(self, index: int) -> Counts:
        """Return the occurrences per zone of a posting."""

    def positions(self, index: int) -> Sequence[int]:
        """Return the ascending positions of a posting."""

    def bulk(self, indices: Sequence[int]) -> list[Sequence[int]]:
        """Return the positions of some postings."""


class WholeKey:
    """Every occurrence of a key."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self.docs: Sequence[int] = postings.docs
        self.counts = postings.counts
        self.positions = postings.positions

    def tf(self, ops: Ops, scale: FieldScale, indices: Numbers | None) -> Column:
        """Return tf' of the postings at `indices` (None: all) under `scale`, as a column of `ops`."""
        codes = self.postings.codes
        picked = codes if indices is None else ops.pick(codes, indices)
        column = ops.pick(scale.by_code(ops), picked)
        if indices is None:
            for index, counts in self._escapes.items():
                column[index] = scale.count(counts)
        else:
            for row in ops.rows(picked, ESCAPE):
                column[row] = scale.count(self._escapes[int(indices[row])])
        return column

    @cached_property
    def _escapes(self) -> dict[int, Counts]:
        return self.postings.escapes()

    def bulk(self, indices: Sequence[int]) -> list[Sequence[int]]:
        if len(indices) * _BISECTION_COST < len(self.docs):
            return list(map(self.postings.positions, indices))
        starts, every = self.postings.starts(), self.postings.all_positions()
        return [every[starts[index] : starts[index + 1]] for index in indices]


class _ZoneKey:
    """The occurrences of a key in some zones of the text."""

    def __init__(self, segment: Segment, postings: Postings, zones: Zones) -> None:
        self._segment = segment
        self._zones = zones
        self._whole = WholeKey(postings)
        flags = postings.codes.tobytes().translate(_zone_flags(zones))
        if ESCAPE in postings.codes.tobytes():
            marked = bytearray(flags)
            for index, counts in postings.escapes().items():
                marked[index] = any(compress(counts, zones))
            flags = bytes(marked)
        self._indices = list(compress(range(len(flags)), flags))
        self.docs: Sequence[int] = list(compress(postings.docs, flags))

    def tf(self, ops: Ops, scale: FieldScale, indices: Numbers | None) -> Column:
        return self._whole.tf(ops, scale, self._indices if indices is None else ops.pick(self._indices, indices))

    def counts(self, index: int) -> Counts:
        counts = self._whole.counts(self._indices[index])
        return tuple(count * zone for count, zone in zip(counts, self._zones, strict=True))  # type: ignore[return-value]

    def positions(self, index: int) -> Sequence[int]:
        positions = self._whole.positions(self._indices[index])
        return _within_zones(self._segment, self.docs[index], positions, self._zones)

    def bulk(self, indices: Sequence[int]) -> list[Sequence[int]]:
        found = zip(indices, self._whole.bulk([self._indices[index] for index in indices]), strict=True)
        return [_within_zones(self._segment, self.docs[index], places, self._zones) for index, places in found]


class _FormKey:
    """The occurrences of a key in some printed forms (an exact word, a pattern, words in capitals)."""

    docs: Sequence[int]
    _starts: Sequence[int]
    _places: list[int] | memoryview

    def __init__(self, segment: Segment, postings: Postings, accepted: frozenset[int], field: str) -> None:
        self._segment = segment
        self._field = field
        self._columns: Sequence[Sequence[int]] | None = None  # counts per zone, if known
        if CHOOSER.arrays() and len(postings.docs) >= NUMPY_FROM_POSTINGS:
            from morgue.engine.search import postings_numpy

            zones = ZONES.get(field)
            self.docs, self._starts, self._places, self._columns = postings_numpy.formed(
                segment, postings, accepted, zones
            )
        else:
            self.docs, self._starts, self._places = self._formed(postings, accepted)

    def _formed(self, postings: Postings, accepted: frozenset[int]) -> tuple[Sequence[int], Sequence[int], list[int]]:
        """Return the documents, where the positions of each begin, and the end, and the positions."""
        flags = map(accepted.__contains__, postings.all_forms())
        starts = postings.starts()
        totals = map(int.__sub__, starts[1:], starts[:-1])
        owners = chain.from_iterable(map(repeat, postings.docs, totals))
        found: dict[int, list[int]] = {}
        for doc, position in compress(zip(owners, postings.all_positions(), strict=True), flags):
            found.setdefault(doc, []).append(position)
        zones = ZONES.get(self._field)
        if zones is not None and not all(zones):
            kept = {doc: _within_zones(self._segment, doc, positions, zones) for doc, positions in found.items()}
            found = {doc: list(positions) for doc, positions in kept.items() if positions}
        begins = list(accumulate(map(len, found.values()), initial=0))
        return list(found), begins, list(chain.from_iterable(found.values()))

    def tf(self, ops: Ops, scale: FieldScale, indices: Numbers | None) -> Column:
        chosen: Iterable[int] = range(len(self.docs)) if indices is None else indices
        if self._columns is None:
            return ops.column([scale.count(self.counts(index)) for index in chosen])
        columns = self._columns if indices is None else [ops.pick(column, indices) for column in self._columns]
        return ops.combine(0.0, list(zip(scale.weights, columns, strict=True)))

    def counts(self, index: int) -> Counts:
        if self._columns is not None:
            headline, lead, rest = (column[index] for column in self._columns)
            return headline, lead, rest
        positions = self.positions(index)
        if home(self._field) != TEXT:
            return (0, 0, len(positions))
        body, behind = _zone_borders(self._segment, self.docs[index])
        headline = bisect_left(positions, body)
        lead = bisect_left(positions, behind) - headline
        return (headline, lead, len(positions) - headline - lead)

    def positions(self, index: int) -> Sequence[int]:
        found = self._places[self._starts[index] : self._starts[index + 1]]
        return found if isinstance(found, list) else found.tolist()

    def bulk(self, indices: Sequence[int]) -> list[Sequence[int]]:
        return list(map(self.positions, indices))


def _zone_flags(zones: Zones) -> bytes:
    return bytes(any(compress(triple, zones)) for triple in TRIPLES)


def _zone_borders(segment: Segment, doc: int) -> tuple[int, int]:
    """Return the positions where a document's body begins and where its lead ends (exclusive)."""
    headline, lead, _ = segment.zone_lengths
    return body_start(headline[doc]), lead_end(headline[doc], lead[doc])


def _within_zones(segment: Segment, doc: int, positions: Sequence[int], zones: Zones) -> Sequence[int]:
    """Return those of a document's `positions` that are in `zones`; these are adjacent, so the result is one slice."""
    body, rest = _zone_borders(segment, doc)
    start = 0 if zones[0] else bisect_left(positions, body if zones[1] else rest)
    end = len(positions) if zones[2] else bisect_left(positions, rest if zones[1] else body)
    return positions[start:end]


class SegmentPostings:
    """A term's occurrences in one segment."""

    def __init__(self, segment: Segment, keys: Sequence[KeyPostings]) -> None:
        self.segment = segment
        self.keys = keys
        self._lookups = 0  # of a document in a key, so far
        self._size = sum([len(key.docs) for key in keys])

    @cached_property
    def docs(self) -> Sequence[int]:
        """The documents, ascending, deleted ones included."""
        if len(self.keys) == 1:
            return self.keys[0].docs
        if CHOOSER.arrays():
            from morgue.engine.search import postings_numpy

            return postings_numpy.merged([key.docs for key in self.keys], self.segment.doc_count)
        return sorted(set().union(*(key.docs for key in self.keys)))

    def tf(self, ops: Ops, scale: FieldScale, docs: Docs) -> Column:
        """Return tf' of `docs`, all of which hold the term, under `scale`, as a column of `ops`."""
        if len(self.keys) == 1:
            key = self.keys[0]
            return key.tf(ops, scale, None if len(docs) == len(key.docs) else self.indices(ops, docs))
        parts = [(key.docs, key.tf(ops, scale, None)) for key in self.keys]
        return ops.summed(parts, docs, self.segment.doc_count)

    def indices(self, ops: Ops, docs: Docs) -> Sequence[int]:
        """Return the index of each of `docs` (of the type of `ops`), all of which hold the term; one key only."""
        every = self.keys[0].docs
        if ops is PYTHON and len(docs) * _BISECTION_COST >= len(every):
            return list(map(self._places.__getitem__, docs))
        return ops.locate(every, docs)

    @cached_property
    def _places(self) -> dict[int, int]:
        docs = self.keys[0].docs
        return dict(zip(docs, range(len(docs)), strict=True))

    @cached_property
    def _owners(self) -> dict[int, list[tuple[KeyPostings, int]]]:
        """The keys that hold each document, for a term of many keys."""
        owners: dict[int, list[tuple[KeyPostings, int]]] = {}
        for key in self.keys:
            for index, doc in enumerate(key.docs):
                owners.setdefault(doc, []).append((key, index))
        return owners

    def _holding(self, doc: int) -> list[tuple[KeyPostings, int]]:
        """Return the keys that hold a document, and its index in each."""
        self._lookups += len(self.keys)
        if self._lookups > _OWNER_MAP_AFTER * self._size:
            return self._owners.get(doc, [])
        return [(p, i) for p, i in ((key, place(key.docs, doc)) for key in self.keys) if i >= 0]

    def positions(self, doc: int) -> Sequence[int]:
        """Return the ascending positions of the term in a document; empty when it does not hold the term."""
        if len(self.keys) == 1:
            key = self.keys[0]
            index = place(key.docs, doc)
            return key.positions(index) if index >= 0 else ()
        found = [key.positions(index) for key, index in self._holding(doc)]
        return found[0] if len(found) == 1 else list(merge(*found))

    def bulk(self, docs: Sequence[int]) -> list[Sequence[int]]:
        """Return the positions of the term in each of some documents."""
        if len(self.keys) > 1 or len(docs) < _BULK_FROM_DOCS:
            return list(map(self.positions, docs))
        key = self.keys[0]
        indices = list(map(self._places.get, docs)) if len(docs) * _BISECTION_COST >= len(key.docs) else None
        if indices is not None and None not in indices:
            return key.bulk(indices)  # type: ignore[arg-type]
        places = [(row, index) for row, index in enumerate(place(key.docs, doc) for doc in docs) if index >= 0]
        found: list[Sequence[int]] = [()] * len(docs)
        for (row, _), positions in zip(places, key.bulk([index for _, index in places]), strict=True):
            found[row] = positions
        return found

    def counts(self, doc: int) -> Counts:
        """Return the occurrences per zone in a document."""
        total = (0, 0, 0)
        for key, index in self._holding(doc):
            total = tuple(map(add, total, key.counts(index)))
        return total


class TermPostings:
    """One term of a query over all segments.

    Attributes:
        field: the searchable field. label: its name in explanations (`oil`, `headline:oil`, `trad*`).
        by_segment: per segment, or None if it has no postings.
    """

    def __init__(self, field: str, label: str, parts: Sequence[SegmentPostings | None], total: int) -> None:
        self.field = field
        self.label = label
        self.by_segment = parts
        self._total = total

    @cached_property
    def df(self) -> int:
        """Documents that hold the term, deleted ones included."""
        return sum(len(local.docs) for local in self.by_segment if local is not None)

    @cached_property
    def idf(self) -> float:
        """The term's inverse document frequency."""
        return idf(self._total, self.df)

    def set(self, ops: Ops, s: int) -> DocSet | None:
        """Return the documents of segment `s` that hold the term, as a set of `ops`; None for none."""
        local = self.by_segment[s]
        return None if local is None else ops.of(local.docs, local.segment.doc_count)

    def scores(self, ops: Ops, scale: FieldScale, s: int, docs: Docs) -> Column:
        """Return the scores under `scale` of `docs` of segment `s`, which all hold the term, as a column of `ops`."""
        local = self.by_segment[s]
        if local is None:
            return ops.zeros(len(docs))
        factor = self.idf * (scale.ranking.k1 + 1)
        return ops.saturate(factor, local.tf(ops, scale, docs), scale.norms(ops, local.segment, docs))

    def partial(self, ops: Ops, scale: FieldScale, s: int, docs: Docs) -> Column:
        """Return `scores` of any `docs` of segment `s` (`ops`, `scale`: as there), 0 for those without the term."""
        local = self.by_segment[s]
        if local is None:
            return ops.zeros(len(docs))
        if ops is PYTHON and len(docs) * 2 >= len(local.docs):  # faster to score all postings than to choose
            every = ops.sequence(local.docs)
            return ops.spread(every, self.scores(ops, scale, s, every), docs, local.segment.doc_count)
        if ops is PYTHON and len(docs) * _BISECTION_COST < len(local.docs):
            holding: Docs = [doc for doc in docs if place(local.docs, doc) >= 0]
        else:
            holding = ops.listed(ops.meet(ops.of(docs, local.segment.doc_count), local.docs))
        return ops.spread(holding, self.scores(ops, scale, s, holding), docs, local.segment.doc_count)


def key_postings(segment: Segment, entry: Entry, field: str, accept: Accept | None) -> KeyPostings | None:
    """Return the occurrences of a key in a searchable field, None for none.

    Args:
        segment: holds the postings. entry: the key's dictionary entry. field: the searchable field.
        accept: which printed forms count; None for all.
    """
    postings = segment.postings(entry)
    if accept is not None:
        forms = segment.forms(entry)
        accepted = frozenset(code for code, form in enumerate(forms) if accept(form))
        if not accepted:
            return None
        if len(accepted) < len(forms):
            key: KeyPostings = _FormKey(segment, postings, accepted, field)
            return key if key.docs else None
    zones = ZONES.get(field)
    if zones is not None and not all(zones):
        key = _ZoneKey(segment, postings, zones)
        return key if key.docs else None
    return WholeKey(postings)
