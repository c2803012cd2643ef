"""Postings of a term over all documents at once, in numpy; used if it is loaded (arrays.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from morgue.engine.files.postings import TOTALS, Postings
from morgue.engine.files.segment import Segment
from morgue.index.document import body_start, lead_end

if TYPE_CHECKING:
    from morgue.engine.search.arrays import Array

_TOTALS = np.frombuffer(TOTALS, dtype=np.uint8).astype(np.intp)


def totals_of(postings: Postings) -> Array:
    """Return the number of occurrences of each posting."""
    totals: Array = _TOTALS[np.asarray(postings.codes)]
    for index, triple in postings.escapes().items():
        totals[index] = sum(triple)
    return totals


def merged(lists: Sequence[Sequence[int]], size: int) -> memoryview:
    """Return the documents in any of `lists`, ascending; `size`: number of documents of the segment."""
    held = np.zeros(size, bool)
    for docs in lists:
        held[np.asarray(docs)] = True
    return held.nonzero()[0].astype("u2").data


def formed(
    segment: Segment, postings: Postings, accepted: Iterable[int], zones: Sequence[bool] | None
) -> tuple[memoryview, memoryview, memoryview, list[memoryview]]:
    """Return the documents that hold a term in some printed forms, and its occurrences in them.

    That is: the documents; where the positions of each begin, and the end; the positions; the number of occurrences of
    each in headline, lead and rest.

    Args:
        segment: holds the zones' lengths. postings: of the term.
        accepted: form codes. zones: of the text, those that count; None for a field that has none.
    """
    view, bits, far = postings.packed()
    packed = np.asarray(view).astype(np.int64)
    positions, forms = packed & ((1 << bits) - 1), packed >> bits
    for index, (position, form) in far.items():
        positions[index], forms[index] = position, form
    kept = np.isin(forms, list(accepted))
    docs = np.asarray(postings.docs).repeat(totals_of(postings))[kept]
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


def _per_doc(numbers: Sequence[int], docs: Array) -> Any:
    return np.asarray(numbers)[docs].astype(np.int64)
