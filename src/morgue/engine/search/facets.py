"""Counting the values of a column, and the years, months and days, among what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, repeat
from typing import Any, NamedTuple

from morgue.engine.files.columns import ValueColumn, folded
from morgue.engine.files.segment import Segment

PERIODS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_LONGEST = {"year": 366 * 86400, "month": 31 * 86400, "day": 86400}  # seconds a date may cover to lie in one period
_QUARTER = 900  # every zone's offset is a whole number of quarters of an hour, bar some before 1900
_EPOCH = datetime(1970, 1, 1)


class Facets(NamedTuple):
    """Values and how many articles have each.

    Attributes:
        values: most frequent first, equals by name; periods in order of time.
        distinct: how many values there are, when a limit cut them. missing: articles without any.
    """

    values: list[tuple[str, int]]
    distinct: int
    missing: int


def by_column(found: Iterable[tuple[Segment, Any]], column: str, limit: int | None) -> Facets:
    """Return the values of a column among documents (per segment, ascending)."""
    missing = 0
    tallies: list[tuple[ValueColumn, Counter[int]]] = []
    for segment, docs in found:
        values = segment.values.get(column)
        if values is None:
            missing += len(docs)
            continue
        if values.single:
            numbers = _tally(values.ordinals, docs)
            missing += numbers.pop(0, 0)
            numbers = Counter({number - 1: count for number, count in numbers.items()})
        else:
            lists = [values.of(doc) for doc in _ints(docs)]
            missing += sum(1 for row in lists if not len(row))
            numbers = Counter(chain.from_iterable(lists))
        tallies.append((values, numbers))
    return _ranked(tallies, limit, missing)


def _ranked(tallies: list[tuple[ValueColumn, Counter[int]]], limit: int | None, missing: int) -> Facets:
    if len(tallies) == 1:  # numbers are in order of name: no name is read but those shown
        values, numbers = tallies[0]
        first = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return Facets([(values.display(number), count) for number, count in first], len(numbers), missing)
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for values, numbers in tallies:
        for number, count in numbers.items():
            display = values.display(number)
            name = folded(values.name, display)
            counts[name] += count
            shown.setdefault(name, display)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return Facets([(shown[name], count) for name, count in ranked], len(counts), missing)


def by_period(
    found: Iterable[tuple[Segment, Any]], period: str, limit: int | None, zone: tzinfo | None = None
) -> Facets:
    """Return the years, months or days of publication among documents.

    A date that is known less exactly than the period is missing: a year is no day. Instants count in the time zone
    given (None: UTC), dates without a zone as they are printed. A limit keeps the most frequent.
    """
    counts: Counter[str] = Counter()
    missing = 0
    form = PERIODS[period]
    for segment, docs in found:
        begin, end = segment.numbers.get("published_from"), segment.numbers.get("published_to")
        if begin is None or end is None:
            missing += len(docs)
            continue
        local = segment.numbers.get("published_local")
        listed = _ints(docs)
        clocks = repeat(0) if local is None else map(local.raw.__getitem__, listed)
        wall = -1 if local is None else 1 - local.base
        rows = Counter(zip(map(begin.raw.__getitem__, listed), map(end.raw.__getitem__, listed), clocks, strict=False))
        longest, names = _LONGEST[period], {}
        for (first, last, clock), count in rows.items():
            if first == begin.missing or last + end.base - first - begin.base >= longest:
                missing += count
                continue
            moment = (first + begin.base) // _QUARTER, clock == wall
            if moment not in names:
                names[moment] = _named(moment[0] * _QUARTER, None if moment[1] else zone, form)
            counts[names[moment]] += count
    kept = counts.most_common(limit)
    return Facets(sorted(kept), len(counts), missing)


def _named(seconds: int, zone: tzinfo | None, form: str) -> str:
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
        if zone is not None:
            moment = moment.replace(tzinfo=UTC).astimezone(zone)
    except OverflowError:
        return "?"
    year = f"{moment.year:04}"
    return form.replace("%Y", year).replace("%m", f"{moment.month:02}").replace("%d", f"{moment.day:02}")


def _tally(numbers: Any, docs: Any) -> Counter[int]:
    if isinstance(docs, (list, range, memoryview)):
        return Counter(map(numbers.__getitem__, docs))
    import numpy

    counts = numpy.bincount(numpy.asarray(numbers)[docs])
    return Counter({int(number): int(counts[number]) for number in numpy.flatnonzero(counts)})


def _ints(docs: Any) -> Sequence[int]:
    listed: Sequence[int] = docs.tolist() if hasattr(docs, "tolist") else docs
    return listed
