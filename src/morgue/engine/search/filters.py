"""Filters by columns: they match articles with score 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress, count

from morgue.engine.files.columns import NumberColumn
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import DocSet
from morgue.engine.search.bm25f import ZONES
from morgue.engine.search.nodes import Condition, Context
from morgue.index.document import TEXT
from morgue.query import tree


def condition(context: Context, node: tree.Value | tree.NumberRange | tree.DateRange | tree.Has) -> Condition:
    """Return the plan of the filter `node` in the plan of `context`."""
    match node:
        case tree.Value():
            return _listed(context, f"{node.field}:{node.text}", _value(node.field, node.text))
        case tree.NumberRange():
            return _number_range(context, node)
        case tree.DateRange():
            return _date_range(context, node)
        case tree.Has():
            return _listed(context, f"{node.field}:*", lambda segment: having(segment, node.field))


def _listed(context: Context, name: str, find: Callable[[Segment], Sequence[int]]) -> Condition:
    """Return a filter whose documents `find` returns; it is called once per segment."""
    known: dict[int, Sequence[int]] = {}
    sets: dict[int, frozenset[int]] = {}

    def docs(segment: Segment) -> Sequence[int]:
        if id(segment) not in known:
            known[id(segment)] = find(segment)
        return known[id(segment)]

    def test(segment: Segment, doc: int) -> bool:
        if id(segment) not in sets:
            sets[id(segment)] = frozenset(docs(segment))
        return doc in sets[id(segment)]

    return Condition(
        context,
        name,
        lambda segment: context.ops.of(docs(segment), segment.doc_count),
        test,
        lambda segment: len(docs(segment)),
    )


def _value(column: str, text: str) -> Callable[[Segment], Sequence[int]]:
    def find(segment: Segment) -> Sequence[int]:
        if column == "id":
            doc = segment.find(text)
            return () if doc is None else (doc,)
        values = segment.values.get(column)
        ordinal = -1 if values is None else values.find(text)
        return () if values is None or ordinal < 0 else values.docs(ordinal)

    return find


def having(segment: Segment, field: str) -> Sequence[int]:
    """Return the documents of `segment` that have any word or value in `field` (a field or column), ascending."""
    if field == TEXT or field in ZONES:
        lengths = compress(segment.zone_lengths, ZONES[field])
        return list(compress(count(), map(sum, zip(*lengths, strict=True))))
    if field == "id":
        return range(segment.doc_count)
    found: set[int] = set()
    if field in segment.values:
        found.update(segment.values[field].having())
    for name in (field, f"{field}_from"):
        if name in segment.numbers:
            found.update(segment.numbers[name].order)
    words = segment.field_lengths(field)
    if words is not None:
        found.update(compress(count(), words))
    return sorted(found)


def _number_range(context: Context, node: tree.NumberRange) -> Condition:
    low, high = node.low, node.high

    def found(segment: Segment) -> Sequence[int]:
        column = segment.numbers.get(node.field)
        return () if column is None else column.between(low, high)

    def test(segment: Segment, doc: int) -> bool:
        column = segment.numbers.get(node.field)
        return column is not None and _inside(column.get(doc), low, high)

    return Condition(
        context,
        f"{node.field}:{_bound(low)}..{_bound(high)}",
        lambda segment: context.ops.of(found(segment), segment.doc_count),
        test,
        lambda segment: len(found(segment)),
    )


def _bound(number: int | None) -> str:
    return "" if number is None else str(number)


def _inside(number: int | None, low: int | None, high: int | None) -> bool:
    return number is not None and (low is None or number >= low) and (high is None or number <= high)


class _Dates:
    """A range of days, looked up in the three columns of a date: from, to, whether local."""

    def __init__(self, node: tree.DateRange) -> None:
        self.node = node

    def columns(self, segment: Segment) -> tuple[NumberColumn, NumberColumn, NumberColumn | None] | None:
        numbers, name = segment.numbers, self.node.field
        first, last = numbers.get(f"{name}_from"), numbers.get(f"{name}_to")
        if first is None or last is None:
            return None
        return first, last, numbers.get(f"{name}_local")

    def docs(self, context: Context, segment: Segment) -> DocSet:
        ops, size, node = context.ops, segment.doc_count, self.node
        columns = self.columns(segment)
        if columns is None:
            return ops.of((), size)
        local = columns[2]
        zoned = self._touching(context, segment, node.low, node.high)
        if (node.low, node.high) == (node.low_local, node.high_local) or local is None or local.maximum in (None, 0):
            return zoned
        clock = self._touching(context, segment, node.low_local, node.high_local)
        if local.minimum == 1 and local.missing < 0:
            return clock
        on_clock = ops.of(local.between(1, None), size)
        return ops.union([ops.minus(zoned, on_clock), ops.both(clock, on_clock)], size)

    def _touching(self, context: Context, segment: Segment, low: int | None, high: int | None) -> DocSet:
        columns = self.columns(segment)
        assert columns is not None
        first, last, _ = columns
        if self.node.overlap:
            begun, ended = first.between(None, high), last.between(low, None)
        else:
            begun, ended = first.between(low, high), last.between(low, high)
        ops = context.ops
        return ops.both(ops.of(begun, segment.doc_count), ops.of(ended, segment.doc_count))

    def test(self, segment: Segment, doc: int) -> bool:
        columns = self.columns(segment)
        if columns is None:
            return False
        first, last, local = columns
        begin, end, node = first.get(doc), last.get(doc), self.node
        if begin is None or end is None:
            return False
        on_clock = local is not None and local.get(doc) == 1
        low, high = (node.low_local, node.high_local) if on_clock else (node.low, node.high)
        if node.overlap:
            return _inside(begin, None, high) and _inside(end, low, None)
        return _inside(begin, low, high) and _inside(end, low, high)

    def size(self, segment: Segment) -> int:
        columns = self.columns(segment)
        if columns is None:
            return 0
        node = self.node
        if node.overlap:
            return len(columns[0].order)
        lows = [bound for bound in (node.low, node.low_local) if bound is not None]
        highs = [bound for bound in (node.high, node.high_local) if bound is not None]
        return len(columns[0].between(min(lows) if lows else None, max(highs) if highs else None))


def _date_range(context: Context, node: tree.DateRange) -> Condition:
    dates = _Dates(node)
    return Condition(
        context,
        f"{node.field}:{_bound(node.low)}..{_bound(node.high)}",
        lambda segment: dates.docs(context, segment),
        dates.test,
        dates.size,
    )
