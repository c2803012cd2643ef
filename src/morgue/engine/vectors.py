"""Phrases and proximity over all candidates at once, in numpy; for when it is loaded (arrays.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from morgue.engine.arrays import Docs
from morgue.engine.document import body_start, lead_end
from morgue.engine.leaves import Part, WholePiece
from morgue.engine.postings import Postings
from morgue.engine.segment import Segment
from morgue.engine.zones import TOTALS

WORTH = 48  # candidates from which on this beats looking at each of them
_SHIFT = 32
_TOTALS = np.frombuffer(TOTALS, dtype=np.uint8).astype(np.intp)


def able(parts: Sequence[Part | None], docs: Docs) -> bool:
    """Whether the parts can be read as arrays (all occurrences of one key each), and candidates are enough for it."""
    return len(docs) >= WORTH and all(
        part is not None and len(part.pieces) == 1 and isinstance(part.pieces[0], WholePiece) for part in parts
    )


def _totals(postings: Postings) -> Any:
    """Return the number of occurrences of each posting."""
    totals = _TOTALS[np.asarray(postings.codes)]
    for index, triple in postings.escapes().items():
        totals[index] = sum(triple)
    return totals


def _places(part: Part, docs: Any) -> Any:
    """Return document << 32 | position of the occurrences in some documents, all of which hold the term, ascending."""
    postings = part.pieces[0].postings  # type: ignore[attr-defined]
    view, bits, far = postings.packed()
    every = np.asarray(postings.docs)
    totals = _totals(postings)
    ends = totals.cumsum()
    chosen = every.searchsorted(docs.astype(every.dtype))
    counts = totals[chosen]
    behind = counts.cumsum()
    # Numbers of the chosen occurrences: where the posting's begin, less those chosen before it, plus 0, 1, 2 ...
    picked = (ends[chosen] - behind).repeat(counts)
    picked += np.arange(len(picked))
    positions = np.asarray(view)[picked].astype(np.int64) & ((1 << bits) - 1)
    if far:
        for row in (positions == (1 << bits) - 1).nonzero()[0].tolist():
            positions[row] = far.get(int(picked[row]), (positions[row],))[0]
    return (docs.astype(np.int64) << _SHIFT).repeat(counts) | positions


def merged(lists: Sequence[Sequence[int]], size: int) -> memoryview:
    """Return the documents of several lists, out of `size`, ascending."""
    held = np.zeros(size, bool)
    for docs in lists:
        held[np.asarray(docs)] = True
    return held.nonzero()[0].astype("u2").data


def formed(
    segment: Segment, postings: Postings, accepted: Iterable[int], zones: Sequence[bool] | None
) -> tuple[memoryview, memoryview, memoryview, list[memoryview]]:
    """Return the documents that hold a term in some printed forms; where the positions in each begin, and the end; the
    positions; and how often it stands in headline, lead and rest of each.

    Args:
        accepted: form codes. zones: of the text, those that count; None for a field that has none.
    """
    view, bits, far = postings.packed()
    packed = np.asarray(view).astype(np.int64)
    positions, forms = packed & ((1 << bits) - 1), packed >> bits
    for index, (position, form) in far.items():
        positions[index], forms[index] = position, form
    kept = np.isin(forms, list(accepted))
    docs = np.asarray(postings.docs).repeat(_totals(postings))[kept]
    positions = positions[kept]
    if zones is None:
        zone = np.full(len(docs), 2)
    else:
        headline, lead = _per_doc(segment.zone_lengths[0], docs), _per_doc(segment.zone_lengths[1], docs)
        zone = (positions >= body_start(headline)).astype(np.intp) + (positions >= lead_end(headline, lead))
        if not all(zones):
            kept = np.array(zones)[zone]
            docs, positions, zone = docs[kept], positions[kept], zone[kept]
    first = np.ones(len(docs), bool)
    first[1:] = docs[1:] != docs[:-1]
    starts = np.append(first.nonzero()[0], len(docs))
    counts = np.bincount((first.cumsum() - 1) * 3 + zone, minlength=3 * len(starts) - 3).reshape(-1, 3)
    columns = [np.ascontiguousarray(column).data for column in counts.T]
    return docs[first].data, starts.data, positions.data, columns


def _per_doc(numbers: Any, docs: Any) -> Any:
    return np.asarray(numbers)[docs].astype(np.int64)


def in_a_row(parts: Sequence[Any], docs: Docs) -> Docs:
    """Return those of some documents, all of which hold every term, in which the terms stand in a row."""
    terms = sorted(((_places(part, docs) - number) for number, part in enumerate(parts)), key=len)
    starts = terms[0]
    for places in terms[1:]:
        if not len(starts) or not len(places):
            return starts[:0]
        found = np.minimum(np.searchsorted(places, starts), len(places) - 1)
        starts = starts[places[found] == starts]
    return _docs(starts)


def near(one: Any, other: Any, docs: Docs, distance: int, ordered: bool) -> Docs:
    """Return those of some documents in which two terms stand at most `distance` apart, at different positions."""
    left, right = _places(one, docs), _places(other, docs)
    if not len(left) or not len(right):
        return left[:0]
    after = np.searchsorted(right, left, side="right")
    close = (after < len(right)) & (right[np.minimum(after, len(right) - 1)] - left <= distance)
    if not ordered:
        before = np.searchsorted(right, left, side="left") - 1
        close |= (before >= 0) & (left - right[np.maximum(before, 0)] <= distance)
    return _docs(left[close])


def _docs(places: Any) -> Docs:
    """Return the documents of ascending places, each once."""
    docs = places >> _SHIFT
    first = np.ones(len(docs), bool)
    first[1:] = docs[1:] != docs[:-1]
    return docs[first]
