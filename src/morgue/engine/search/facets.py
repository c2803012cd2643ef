"""Counts of the values of a column, and of years, months and days, among the articles found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, repeat

from morgue.engine.files.columns import ValueColumn, folded
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import Docs, integers

PERIODS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_PERIOD_SECONDS = {"year": 366 * 86400, "month": 31 * 86400, "day": 86400}  # at most
_OFFSET_STEP = 900  # seconds; every zone's offset is a multiple of it, except some before 1900
_EPOCH = datetime(1970, 1, 1)

Counts = list[tuple[str, int]]


def by_column(found: Iterable[tuple[Segment, Docs]], column: str, limit: int | None) -> Counts:
    """Return the values of a column and how many articles have each, most frequent first, equals by name.

    Args:
        found: the articles, per segment. column: a value column. limit: how many values (None: all).
    """
    tallies: list[tuple[ValueColumn, Counter[int]]] = []
    for segment, docs in found:
        values = segment.values.get(column)
        if values is None:
            continue
        if values.single:
            numbers = _tally(values.ordinals, docs)
            numbers.pop(0, 0)
            numbers = Counter({number - 1: count for number, count in numbers.items()})
        else:
            numbers = Counter(chain.from_iterable(map(values.of, integers(docs))))
        tallies.append((values, numbers))
    return _ranked(tallies, limit)


def _ranked(tallies: list[tuple[ValueColumn, Counter[int]]], limit: int | None) -> Counts:
    if len(tallies) == 1:  # numbers are in order of name: only the names shown are read
        values, numbers = tallies[0]
        first = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [(values.display(number), count) for number, count in first]
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for values, numbers in tallies:
        for number, count in numbers.items():
            display = values.display(number)
            name = folded(values.name, display)
            counts[name] += count
            shown.setdefault(name, display)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [(shown[name], count) for name, count in ranked]


def by_period(
    found: Iterable[tuple[Segment, Docs]], period: str, limit: int | None, zone: tzinfo | None = None
) -> Counts:
    """Return the years, months or days of publication and how many articles each has, in order of time.

    A date that is known less exactly than the period does not count: a year is not a day. Dates without a zone count
    as they are printed.

    Args:
        found: the articles, per segment. period: one of PERIODS. limit: how many of the most frequent (None: all).
        zone: time zone of the periods (None: UTC).
    """
    counts: Counter[str] = Counter()
    form = PERIODS[period]
    for segment, docs in found:
        begin, end = segment.numbers.get("published_from"), segment.numbers.get("published_to")
        if begin is None or end is None:
            continue
        local = segment.numbers.get("published_local")
        listed = integers(docs)
        clocks = repeat(0) if local is None else map(local.raw.__getitem__, listed)
        wall = -1 if local is None else 1 - local.base
        rows = Counter(zip(map(begin.raw.__getitem__, listed), map(end.raw.__getitem__, listed), clocks, strict=False))
        longest, names = _PERIOD_SECONDS[period], {}
        for (first, last, clock), count in rows.items():
            if first == begin.missing or last + end.base - first - begin.base >= longest:
                continue
            moment = (first + begin.base) // _OFFSET_STEP, clock == wall
            if moment not in names:
                names[moment] = _named(moment[0] * _OFFSET_STEP, None if moment[1] else zone, form)
            counts[names[moment]] += count
    return sorted(counts.most_common(limit))


def _named(seconds: int, zone: tzinfo | None, form: str) -> str:
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
        if zone is not None:
            moment = moment.replace(tzinfo=UTC).astimezone(zone)
    except OverflowError:
        return "?"
    year = f"{moment.year:04}"
    return form.replace("%Y", year).replace("%m", f"{moment.month:02}").replace("%d", f"{moment.day:02}")


def _tally(numbers: Sequence[int], docs: Docs) -> Counter[int]:
    if isinstance(docs, (list, range, memoryview)):
        return Counter(map(numbers.__getitem__, docs))
    import numpy

    counts = numpy.bincount(numpy.asarray(numbers)[numpy.asarray(docs)])
    return Counter({int(number): int(counts[number]) for number in numpy.flatnonzero(counts)})
