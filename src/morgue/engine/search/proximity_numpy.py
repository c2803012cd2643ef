"""Phrases and proximity over all candidates at once, in numpy; used if it is loaded (arrays.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from morgue.engine.search.arrays import Docs
from morgue.engine.search.postings_numpy import totals_of
from morgue.engine.search.term_postings import SegmentPostings, WholeKey

if TYPE_CHECKING:
    from morgue.engine.search.arrays import Array

NUMPY_FROM_CANDIDATES = 48  # from which this is faster than one by one
_SHIFT = 32


def able(parts: Sequence[SegmentPostings | None], docs: Docs) -> bool:
    """Whether `parts` can be read as arrays (each all occurrences of one key) and candidates (`docs`) are enough."""
    return len(docs) >= NUMPY_FROM_CANDIDATES and all(
        part is not None and len(part.keys) == 1 and isinstance(part.keys[0], WholeKey) for part in parts
    )


def _places(part: SegmentPostings | None, docs: Array) -> Array:
    """Return document << 32 | position of the occurrences in some documents, all of which hold the term, ascending."""
    assert part is not None
    postings = part.keys[0].postings  # type: ignore[attr-defined]
    view, bits, far = postings.packed()
    every = np.asarray(postings.docs)
    totals = totals_of(postings)
    ends = totals.cumsum()
    chosen = every.searchsorted(docs.astype(every.dtype))
    counts = totals[chosen]
    behind = counts.cumsum()
    # Numbers of the chosen occurrences: where the posting's begin, minus the number chosen before it, plus 0, 1, 2 ...
    picked = (ends[chosen] - behind).repeat(counts)
    picked += np.arange(len(picked))
    positions = np.asarray(view)[picked].astype(np.int64) & ((1 << bits) - 1)
    if far:
        for row in (positions == (1 << bits) - 1).nonzero()[0].tolist():
            positions[row] = far.get(int(picked[row]), (positions[row],))[0]
    places: Array = (docs.astype(np.int64) << _SHIFT).repeat(counts) | positions
    return places


def in_a_row(parts: Sequence[SegmentPostings | None], docs: Docs) -> Docs:
    """Return the documents in which terms occur in a row.

    Args:
        parts: the terms in their order. docs: an array of documents, all of which hold every term.
    """
    held = cast("Array", docs)
    terms = sorted(((_places(part, held) - number) for number, part in enumerate(parts)), key=len)
    starts = terms[0]
    for places in terms[1:]:
        if not len(starts) or not len(places):
            return cast("Docs", starts[:0])
        found = np.minimum(np.searchsorted(places, starts), len(places) - 1)
        starts = starts[places[found] == starts]
    return _docs(starts)


def near(one: SegmentPostings | None, other: SegmentPostings | None, docs: Docs, distance: int, ordered: bool) -> Docs:
    """Return the documents in which two terms occur near each other, at different positions.

    Args:
        one, other: the terms. docs: an array of documents, all of which hold both.
        distance: words from one to the other, at most. ordered: whether `one` must come first.
    """
    held = cast("Array", docs)
    left, right = _places(one, held), _places(other, held)
    if not len(left) or not len(right):
        return cast("Docs", left[:0])
    after = np.searchsorted(right, left, side="right")
    close = (after < len(right)) & (right[np.minimum(after, len(right) - 1)] - left <= distance)
    if not ordered:
        before = np.searchsorted(right, left, side="left") - 1
        close |= (before >= 0) & (left - right[np.maximum(before, 0)] <= distance)
    return _docs(left[close])


def _docs(places: Array) -> Docs:
    """Return the documents of ascending places, each once."""
    docs = places >> _SHIFT
    first = np.ones(len(docs), bool)
    first[1:] = docs[1:] != docs[:-1]
    return cast("Docs", docs[first])
