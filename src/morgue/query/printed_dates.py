"""A DateRange as text: `2026-01`, `2026-01-13..2026-02-01`, or moments with a zone where it is not whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from morgue.query.dates import DAY_SECONDS, Zone, low_of_next
from morgue.query.tree import DateRange

_EPOCH = date(1970, 1, 1).toordinal()


def date_range(node: DateRange, tz: str | None) -> str:
    """Return the value of `node` after the colon; `tz`: IANA zone that it was meant in, None for the machine's."""
    zone = Zone(tz)
    mark = "~" if node.overlap else ""
    low = _first_day(node.low, node.low_local, zone)
    high = _last_day(node.high, node.high_local, zone)
    if low is not None and high is not None and low <= high:
        whole = _period(low, high)
        if whole:
            return mark + whole
    start = "" if node.low is None else _day(low) if low is not None else _moment(node.low)
    end = "" if node.high is None else _day(high) if high is not None else _moment(node.high)
    return f"{mark}{start}..{end}" if start != end else mark + start


def _first_day(at: int | None, wall: int | None, zone: Zone) -> int | None:
    """The day (ordinal) that begins at a moment, or None."""
    if at is None or wall is None or wall % DAY_SECONDS or zone.seconds(wall) != at:
        return None
    return wall // DAY_SECONDS + _EPOCH


def _last_day(at: int | None, wall: int | None, zone: Zone) -> int | None:
    """The day (ordinal) that ends at a moment, or None."""
    if at is None or wall is None or (wall + 1) % DAY_SECONDS or zone.seconds(wall + 1) - 1 != at:
        return None
    return wall // DAY_SECONDS + _EPOCH


def _period(low: int, high: int) -> str:
    """The year, month or day that two days bound, or ""."""
    if not 1 <= low <= high <= 3_652_059:
        return ""
    first, last = date.fromordinal(low), date.fromordinal(high)
    if low == high:
        return first.isoformat()
    if first.day != 1 or low_of_next(last.year, last.month) != high + 1:
        return ""
    start, end = f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
    if first.month == 1 and last.month == 12:
        start, end = start[:4], end[:4]
    return start if start == end else f"{start}..{end}"


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), 3_652_059)).isoformat()


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except (OverflowError, ValueError, OSError):  # outside the years 1 to 9999
        return "0001-01-01T00:00:00Z" if seconds < 0 else "9999-12-31T23:59:59Z"
