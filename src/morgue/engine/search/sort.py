"""Results in the order of number columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from itertools import compress
from typing import Any

from morgue.engine.files.columns import NumberColumn
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import Docs, mask_bytes

Keys = Sequence[tuple[str, bool]]

_LAST = 1 << 80  # sort value of a missing value: after every 64-bit value, in either direction


def first_by_columns(segment: Segment, docs: Docs, keys: Keys, k: int) -> list[tuple[Any, int]]:
    """Return the first k documents of a segment by some columns, with their sort values.

    Documents without a value come last in either direction; equal ones in order of number.

    Args:
        segment: holds the columns. docs: document numbers, ascending.
        keys: (column, descending) pairs, the most significant first. k: how many documents.
    """
    if not len(docs) or k <= 0:
        return []
    if len(keys) == 1:
        column = segment.numbers.get(keys[0][0])
        if column is None:
            return [(_LAST, int(doc)) for doc in docs[:k]]
        if len(docs) * len(docs) > 4 * k * segment.doc_count:
            return _walk(segment, column, docs, keys[0][1], k)
    listed = docs if isinstance(docs, list) else [int(doc) for doc in docs]
    columns = [_values(segment, listed, name, descending) for name, descending in keys]
    values: list[Any] = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    rows: Any = zip(values, listed, strict=True)
    if len(values) > 4 * k:
        most = nsmallest(k, values)[-1]
        rows = compress(rows, (value <= most for value in values))
    return sorted(rows)[:k]


def _values(segment: Segment, docs: Sequence[int], name: str, descending: bool) -> list[int]:
    column = segment.numbers.get(name)
    if column is None:
        return [_LAST] * len(docs)
    base, missing, sign = column.base, column.missing, -1 if descending else 1
    raws = map(column.raw.__getitem__, docs)
    return [_LAST if raw == missing else sign * (base + raw) for raw in raws]


def _walk(segment: Segment, column: NumberColumn, docs: Docs, descending: bool, k: int) -> list[tuple[int, int]]:
    """`first_by_columns` for one column, walking the segment in order of value: fast when many documents match."""
    if isinstance(docs, list):
        wanted: Callable[[int], object] = set(docs).__contains__
    else:
        wanted = mask_bytes(docs, segment.doc_count).__getitem__
    order, raw, sign = column.order, column.raw, -1 if descending else 1
    found: list[tuple[int, int]] = []
    boundary = -1
    for doc in reversed(order) if descending else order:
        value = raw[doc]
        if len(found) >= k and value != boundary:
            break
        if wanted(doc):
            found.append((sign * (column.base + value), doc))
            boundary = value
    found.sort()
    if len(found) < k:
        undated = [int(doc) for doc in docs if raw[doc] == column.missing]
        found.extend((_LAST, doc) for doc in undated[: k - len(found)])
    return found[:k]
