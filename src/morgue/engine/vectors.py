"""Phrases and proximity over all candidates at once, in numpy; for when it is loaded (arrays.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from morgue.engine.leaves import Part, WholePiece
from morgue.engine.zones import TOTALS

WORTH = 48  # candidates from which on reading whole terms beats looking at each candidate
_SHIFT = 32
_TOTALS = np.frombuffer(TOTALS, dtype=np.uint8).astype(np.intp)


def able(parts: Sequence[Part | None]) -> bool:
    """Whether the parts are of a kind that can be read as arrays: all occurrences of one key each."""
    return all(part is not None and len(part.pieces) == 1 and isinstance(part.pieces[0], WholePiece) for part in parts)


def _places(part: Part, wanted: Any) -> Any:
    """Return document << 32 | position of the occurrences in wanted documents (a mask), ascending."""
    postings = part.pieces[0].postings  # type: ignore[attr-defined]
    view, bits, far = postings.packed()
    positions = np.asarray(view).astype(np.int64) & ((1 << bits) - 1)
    for index, (position, _) in far.items():
        positions[index] = position
    counts = _TOTALS[np.asarray(postings.codes)]
    for index, triple in postings.escapes().items():
        counts[index] = sum(triple)
    docs = np.repeat(np.asarray(postings.docs).astype(np.int64), counts)
    kept = wanted[docs]
    return docs[kept] << _SHIFT | positions[kept]


def in_a_row(parts: Sequence[Part], docs: Sequence[int]) -> list[int]:
    """Return those of some documents, all of which hold every term, in which the terms stand in a row."""
    wanted = _mask(parts[0], docs)
    terms = sorted(((_places(part, wanted) - number) for number, part in enumerate(parts)), key=len)
    starts = terms[0]
    for places in terms[1:]:
        if not len(starts) or not len(places):
            return []
        found = np.minimum(np.searchsorted(places, starts), len(places) - 1)
        starts = starts[places[found] == starts]
    return _docs(starts)


def near(one: Part, other: Part, docs: Sequence[int], distance: int, ordered: bool) -> list[int]:
    """Return those of some documents in which two terms stand at most `distance` apart, at different positions."""
    wanted = _mask(one, docs)
    left, right = _places(one, wanted), _places(other, wanted)
    if not len(left) or not len(right):
        return []
    after = np.searchsorted(right, left, side="right")
    close = (after < len(right)) & (right[np.minimum(after, len(right) - 1)] - left <= distance)
    if not ordered:
        before = np.searchsorted(right, left, side="left") - 1
        close |= (before >= 0) & (left - right[np.maximum(before, 0)] <= distance)
    return _docs(left[close])


def _mask(part: Part, docs: Sequence[int]) -> Any:
    mask = np.zeros(part.segment.doc_count, dtype=bool)
    mask[np.asarray(docs, dtype=np.intp)] = True
    return mask


def _docs(places: Any) -> list[int]:
    found: list[int] = np.unique(places >> _SHIFT).tolist()
    return found
