"""Writing and merging of what postings.py reads: documents, frequency codes, positions and printed forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from morgue.engine.files import postings
from morgue.engine.files.arraytools import Ints, joined, smallest, stable_order, starts_of
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.merge_source import MergeSource
from morgue.engine.files.postings import ESCAPE, LONG_BITS, MANY, RUN, SHORT_BITS, TOTALS, TRIPLES, PostingTables

_CHUNK_OCCURRENCES = 1 << 20  # packed at a time
_FAR_ONE_IN = 6  # occurrences that does not fit two bytes; with more, all get four
_MAX_LENGTH_WORDS = 0xFFFF  # of a zone in post.least; longer ones count as this

_TRIPLES = np.array(TRIPLES, "u4")
_TOTALS = np.frombuffer(TOTALS, "u1")
_SPAN = tuple(max(triple[zone] for triple in TRIPLES) + 1 for zone in range(3))


def _code_cube() -> Ints:
    cube = np.full(_SPAN, ESCAPE, "u1")
    for code, triple in enumerate(TRIPLES[:ESCAPE]):
        cube[triple] = code
    return cube


_CODE_OF = _code_cube().ravel()


def encoded(counts: Ints) -> tuple[Ints, Ints]:
    """Return the code of each row (headline, lead, rest), and the indices of those that need the escape."""
    headline, lead, rest = counts.T
    small = (headline < _SPAN[0]) & (lead < _SPAN[1]) & (rest < _SPAN[2])
    codes = _CODE_OF[np.where(small, (headline * _SPAN[1] + lead) * _SPAN[2] + rest, 0)]
    codes[~small] = ESCAPE
    return codes, np.flatnonzero(codes == ESCAPE)


def _none() -> Ints:
    return np.zeros(0, "u4")


@dataclass
class PostingArrays:
    """Postings and occurrences in the order of the file.

    Attributes:
        docs, codes, totals: of each posting: document, frequency code, occurrences.
        escapes: numbers of the postings with the escape code. escaped: their counts per zone, a row each.
        positions, forms: of each occurrence: position, form code.
    """

    docs: Ints = field(default_factory=_none)
    codes: Ints = field(default_factory=_none)
    totals: Ints = field(default_factory=_none)
    escapes: Ints = field(default_factory=_none)
    escaped: Ints = field(default_factory=lambda: np.zeros((0, 3), "u4"))
    positions: Ints = field(default_factory=_none)
    forms: Ints = field(default_factory=_none)


def write(out: ContainerWriter, arrays: PostingArrays, zones: Sequence[Ints]) -> None:
    """Write the postings of a segment.

    Args:
        out: the segment's file. arrays: the postings.
        zones: words per document of headline, lead and rest.
    """
    docs, codes, totals = arrays.docs, arrays.codes, arrays.totals.astype("i8", copy=False)
    out.add_array(postings.DOCS, docs.astype("u2", copy=False))
    out.add_array(postings.CODES, codes.astype("u1", copy=False))
    out.add_array(postings.ESCAPED, arrays.escapes.astype("u4", copy=False))
    out.add_array(postings.COUNTS, arrays.escaped.astype("u4", copy=False).ravel())
    runs = np.arange(0, len(docs), RUN)
    sums = np.add.reduceat(totals, runs) if len(runs) else totals
    out.add_array(postings.AT, starts_of(sums).astype("u4"))
    _write_places(out, arrays.positions, arrays.forms)
    _write_bounds(out, arrays, zones, runs)


def _write_places(out: ContainerWriter, positions: Ints, forms: Ints) -> None:
    bits, kind = SHORT_BITS, "u2"
    far = _far(positions, forms, bits, 16 - bits)
    if len(far) * _FAR_ONE_IN > len(positions):
        bits, kind = LONG_BITS, "u4"
        far = _far(positions, forms, bits, 32 - bits)
    places = np.empty(len(positions), kind)
    for start in range(0, len(places), _CHUNK_OCCURRENCES):
        part = slice(start, start + _CHUNK_OCCURRENCES)
        places[part] = forms[part].astype("u4") << bits | positions[part]  # what does not fit is set next
    places[far] = np.iinfo(kind).max
    out.add_array(postings.PLACES, places)
    out.add_array(postings.FAR, far.astype("u4"))
    out.add_array(postings.FAR_POSITION, positions[far].astype("u4"))
    out.add_array(postings.FAR_FORM, forms[far].astype("u4"))


def _far(positions: Ints, forms: Ints, bits: int, form_bits: int) -> Ints:
    return np.flatnonzero((positions >= (1 << bits) - 1) | (forms >= (1 << form_bits) - 1))


def _write_bounds(out: ContainerWriter, arrays: PostingArrays, zones: Sequence[Ints], runs: Ints) -> None:
    most, least = np.zeros((len(runs), 3), "u1"), np.zeros((len(runs), 3), "u2")
    for zone in range(3 if len(runs) else 0):
        counts = _TRIPLES[:, zone][arrays.codes]
        counts[arrays.escapes] = arrays.escaped[:, zone]
        most[:, zone] = np.minimum(np.maximum.reduceat(counts, runs), MANY)
        lengths = np.minimum(zones[zone].astype("u4", copy=False), _MAX_LENGTH_WORDS)[arrays.docs]
        least[:, zone] = np.minimum.reduceat(lengths, runs)
    out.add_array(postings.MOST, most.ravel())
    out.add_array(postings.LEAST, least.ravel())


class TermSlice(NamedTuple):
    """Consecutive terms of a segment that is merged.

    Attributes:
        terms: number of each in the merge's range of terms, ascending.
        first: number of each one's first posting, and the end.
        spellings: numbers of their spellings in the merge, by term and form code.
        begins: where each term's spellings begin in those.
    """

    terms: Ints
    first: Ints
    spellings: Ints
    begins: Ints


@dataclass
class _Piece:
    """Postings of some terms, renumbered: `terms` to `totals` and `spellings`, `positions` of each occurrence."""

    terms: Ints
    docs: Ints
    codes: Ints
    escaped: Ints
    totals: Ints
    spellings: Ints
    positions: Ints


def weights(source: MergeSource, first: Ints) -> Ints:
    """Return about how many occurrences and postings each term has, by runs of postings.

    Args:
        source: the segment. first: number of each term's first posting, and the end.
    """
    at = np.asarray(source.segment.posting_tables.at).astype("i8")
    return np.diff(at[np.minimum(first // RUN, len(at) - 1)]) + np.diff(first)


def read(source: MergeSource, part: TermSlice) -> _Piece:
    """Return the live postings of the terms in `part`, which are of the segment in `source`, renumbered."""
    tables = source.segment.posting_tables
    begin, stop = int(part.first[0]), int(part.first[-1])
    local = np.repeat(np.arange(len(part.terms)), np.diff(part.first))
    docs = np.asarray(tables.docs)[begin:stop]
    codes = np.asarray(tables.codes)[begin:stop]
    from_row, to_row = np.searchsorted(np.asarray(tables.escape), (begin, stop)).tolist()
    escaped = np.asarray(tables.counts).reshape(-1, 3)[from_row:to_row]
    totals = _TOTALS[codes].astype("i8")
    totals[codes == ESCAPE] = escaped.sum(axis=1)
    at = source.segment.occurrence_of(begin)
    positions, forms = _places(tables, at, at + int(totals.sum()))
    spelled = part.spellings[np.repeat(part.begins[local], totals) + forms]
    if source.whole:
        return _Piece(part.terms[local], source.target[docs], codes, escaped, totals, spelled, positions)
    kept = source.live[docs]
    those = np.repeat(kept, totals)
    return _Piece(
        part.terms[local[kept]], source.target[docs[kept]], codes[kept], escaped[kept[codes == ESCAPE]], totals[kept],
        spelled[those], positions[those],
    )  # fmt: skip


def _places(tables: PostingTables, begin: int, end: int) -> tuple[Ints, Ints]:
    """Return positions and form codes of a segment's occurrences from `begin` to `end`."""
    places = np.asarray(tables.places)[begin:end]
    positions = (places & ((1 << tables.bits) - 1)).astype("u4")
    forms = (places >> tables.bits).astype("i8")
    far = np.asarray(tables.far)
    low, high = np.searchsorted(far, (begin, end)).tolist()
    those = far[low:high].astype("i8") - begin
    positions[those] = np.asarray(tables.far_position)[low:high]
    forms[those] = np.asarray(tables.far_form)[low:high]
    return positions, forms


def join(pieces: Sequence[_Piece]) -> _Piece:
    """Return the pieces of several segments, one after the other."""
    return _Piece(*(np.concatenate([getattr(piece, name) for piece in pieces]) for name in _Piece.__annotations__))


class PostingsMerge:
    """Collects the postings of a merge, one range of terms after the other."""

    def __init__(self) -> None:
        """Begin empty."""
        self._parts: list[PostingArrays] = []
        self._count = 0  # postings

    def add(self, piece: _Piece, terms: int, form: Ints) -> None:
        """Add the postings of a range of terms.

        Args:
            piece: of all segments, joined. terms: how many are in the range. form: of each spelling, its form code.
        """
        by_term = stable_order(piece.terms, terms)
        codes, totals = piece.codes[by_term], piece.totals[by_term]
        rows = np.cumsum(piece.codes == ESCAPE) - 1
        picked = np.repeat(starts_of(piece.totals)[:-1][by_term] - starts_of(totals)[:-1], totals)
        picked += np.arange(len(picked))
        self._parts.append(
            PostingArrays(
                docs=piece.docs[by_term].astype("u2"),
                codes=codes,
                totals=totals.astype("u4"),
                escapes=np.flatnonzero(codes == ESCAPE) + self._count,
                escaped=piece.escaped[rows[by_term][codes == ESCAPE]],
                positions=smallest(piece.positions[picked]),
                forms=smallest(form[piece.spellings[picked]]),
            )
        )
        self._count += len(codes)

    def finish(self) -> PostingArrays:
        """Return all postings."""
        none = PostingArrays()
        return PostingArrays(
            **{name: joined((getattr(part, name) for part in self._parts), empty) for name, empty in vars(none).items()}
        )
