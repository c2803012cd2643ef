"""Phrases and proximity over all candidates at once, in numpy; for when it is loaded (arrays.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from morgue.engine.search.arrays import Docs
from morgue.engine.search.postings_numpy import totals_of
from morgue.engine.search.term_postings import SegmentPostings, WholeKey

WORTH = 48  # candidates from which on this beats looking at each of them
_SHIFT = 32


def able(parts: Sequence[SegmentPostings | None], docs: Docs) -> bool:
    """Whether the parts can be read as arrays (all occurrences of one key each), and candidates are enough for it."""
    return len(docs) >= WORTH and all(
        part is not None and len(part.keys) == 1 and isinstance(part.keys[0], WholeKey) for part in parts
    )


def _places(part: SegmentPostings, docs: Any) -> Any:
    """Return document << 32 | position of the occurrences in some documents, all of which hold the term, ascending."""
    postings = part.keys[0].postings  # type: ignore[attr-defined]
    view, bits, far = postings.packed()
    every = np.asarray(postings.docs)
    totals = totals_of(postings)
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
