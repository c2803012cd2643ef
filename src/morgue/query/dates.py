"""Dates in words and numbers (`2026-01`, `last week`, `since monday`, `7d`) to a span of moments in the user's zone.

Weeks begin on Monday (ISO 8601). A day lasts from its first to its last local second, 23 or 25 hours long when the
clocks change. Relative dates count from `now` as seen on a clock in the zone.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from morgue.errors import UsageError

DAY_SECONDS = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip
_UNITS = {"h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "d": "day", "w": "week",
          "wk": "week", "wks": "week", "m": "month", "mo": "month", "mon": "month", "mos": "month", "q": "quarter",
          "y": "year", "yr": "year", "yrs": "year"}  # fmt: skip
_UNIT_NAMES = ("minute", "hour", "day", "week", "month", "quarter", "year")
_MAX_COUNT = 40_000  # of any unit

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?(z|utc|[+-]\d{2}:?\d{2}|)?)?"
)
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_QUARTER = re.compile(r"(?:(\d{4})-?q([1-4])|q([1-4]) (\d{4}))")
_BACK = re.compile(r"-?(\d{1,6}) ?([a-z]+)")
_NOW = re.compile(r"now(?:([+-])(\d{1,6})([a-z]+))?(?:/d)?")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


class DateError(ValueError):
    """A text that is not a date.

    Attributes:
        message: what is wrong. hint: what can be written. suggestions: texts that would be understood.
    """

    def __init__(self, message: str, *, hint: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from first to last second, inclusive; None for an open end.

    Attributes:
        low, high: POSIX seconds (UTC).
        low_local, high_local: the same on the user's wall clock, as seconds since 1970 as if that clock were UTC.
    """

    low: int | None
    high: int | None
    low_local: int | None
    high_local: int | None


class Zone:
    """The user's time zone: turns wall clock to POSIX seconds and back.

    Args:
        name: an IANA name (`Asia/Tokyo`), `UTC`, or None or "" for the machine's own zone.

    Raises:
        UsageError: the zone is unknown.
    """

    __slots__ = ("_zone",)

    def __init__(self, name: str | None = None) -> None:
        self._zone: tzinfo | None = None
        if name and name.upper() in ("UTC", "Z"):
            self._zone = UTC
        elif name:
            from zoneinfo import ZoneInfo

            try:
                self._zone = ZoneInfo(name)
            # zoneinfo raises KeyError or ValueError for a bad name, and OSError when the name is a folder's.
            except (KeyError, ValueError, OSError):
                raise UsageError(
                    f"unknown time zone {name!r}", hint="use an IANA name such as Europe/Paris or UTC"
                ) from None

    def seconds(self, wall: int) -> int:
        """Return the POSIX seconds of a wall clock time (seconds as if UTC).

        A time that the clock skips counts by the offset before the change, one that it shows twice by the first.
        """
        moment = _naive(wall)
        if self._zone is not None:
            try:
                offset = moment.replace(tzinfo=self._zone).utcoffset()
            except OverflowError:  # within a day of year 1 or 9999
                return wall
            return wall - int((offset or timedelta()).total_seconds())
        try:
            return int(moment.timestamp())
        except (OverflowError, ValueError, OSError):  # beyond what the platform's localtime knows
            return wall

    def wall(self, seconds: int) -> int:
        """Return the wall clock (seconds as if UTC) at a moment (POSIX seconds)."""
        try:
            moment = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        except (OverflowError, ValueError, OSError):
            return seconds
        return seconds + int((moment.utcoffset() or timedelta()).total_seconds())


def _naive(wall: int) -> datetime:
    day, second = divmod(wall, DAY_SECONDS)
    return datetime.fromordinal(min(max(day + _EPOCH, 1), 3_652_059)) + timedelta(seconds=second)


def _day_start(ordinal: int) -> int:
    """Return the wall clock seconds of a day's first moment (ordinal as in `date.toordinal`)."""
    return (ordinal - _EPOCH) * DAY_SECONDS


@dataclass(frozen=True, slots=True)
class _Wall:
    """A span on the wall clock, inclusive; `low_at`/`high_at` are given when the moments are known by themselves."""

    low: int | None
    high: int | None
    low_at: int | None = None
    high_at: int | None = None


def _days(first: int, last: int) -> _Wall:
    """From the first moment of a day to the last of another (ordinals)."""
    if first < 1 or last > 3_652_059:
        raise DateError("the date lies outside the years 1 to 9999")
    return _Wall(_day_start(first), _day_start(last + 1) - 1)


class _Reader:
    """Reads one text; a method per form of date, each returning None when the text is not of its kind."""

    def __init__(self, zone: Zone, now: float) -> None:
        self.zone = zone
        self.now = int(now)
        self.wall = zone.wall(self.now)
        self.today = date.fromordinal(min(max(self.wall // DAY_SECONDS + _EPOCH, 400), 3_652_059 - 400))

    def read(self, text: str) -> _Wall:
        """Return the span of a text without open ends or ranges."""
        for way in (self._iso, self._word, self._relative, self._back, self._named, self._calendar, self._now):
            found = way(text)
            if found is not None:
                return found
        raise _unreadable(text)

    def _iso(self, text: str) -> _Wall | None:
        if re.fullmatch(r"\d{4}", text):
            return self._months(int(text), 1, 12)
        if match := re.fullmatch(r"(\d{4})[-/](\d{1,2})", text):
            return self._months(int(match[1]), int(match[2]), int(match[2]))
        if match := re.fullmatch(r"(\d{3}0)s", text):
            first = self._months(int(match[1]), 1, 12)
            return _Wall(first.low, self._months(int(match[1]) + 9, 1, 12).high)
        text = re.sub(r"^(\d{4})/(\d{1,2})/(\d{1,2})", r"\1-\2-\3", text)
        text = re.sub(r"^(\d{4})(\d{2})(\d{2})(?=$|t)", r"\1-\2-\3", text)
        match = _ISO.fullmatch(text)
        if match is None:
            return self._week(text)
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return _days(day, day)
        return self._instant(day, match)

    def _instant(self, day: int, match: re.Match[str]) -> _Wall:
        hour, minute, second = int(match[4]), int(match[5] or 0), int(match[6] or 0)
        if hour > 23 or minute > 59 or second > 59:
            raise DateError(f"invalid time of day in '{match[0]}'")
        length = 1 if match[6] else 60 if match[5] else 3600
        low = _day_start(day) + hour * 3600 + minute * 60 + second
        zone = match[7]
        if not zone:
            return _Wall(low, low + length - 1)
        offset = 0
        if zone not in ("z", "utc"):
            digits = zone[1:].replace(":", "")
            offset = (int(digits[:2]) * 3600 + int(digits[2:]) * 60) * (-1 if zone[0] == "-" else 1)
        return self._moments(low - offset, low - offset + length - 1)

    def _moments(self, low: int, high: int) -> _Wall:
        return _Wall(self.zone.wall(low), self.zone.wall(high), low, high)

    def _week(self, text: str) -> _Wall | None:
        if match := _WEEK.fullmatch(text):
            try:
                first = date.fromisocalendar(int(match[1]), int(match[2]), 1).toordinal()
            except ValueError:
                raise DateError(f"{match[1]} has no week {match[2]}") from None
            return _days(first, first + 6)
        if match := _QUARTER.fullmatch(text):
            year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
            return self._months(year, quarter * 3 - 2, quarter * 3)
        return None

    def _months(self, year: int, first: int, last: int) -> _Wall:
        low = _date(year, first, 1)
        return _days(low, low_of_next(year, last) - 1)

    def _word(self, text: str) -> _Wall | None:
        offset = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}.get(text)
        if offset is None:
            return None
        day = self.today.toordinal() + offset
        return _days(day, day)

    def _relative(self, text: str) -> _Wall | None:
        match = re.fullmatch(r"(?:the )?(last|past|previous|this|current|next) (?:(\d{1,6}|[a-z]+) )?([a-z]+)", text)
        if match is None:
            return None
        which, many, unit = match[1], match[2], match[3].removesuffix("s")
        if unit in _UNIT_NAMES and many is not None:
            count = _count(many)
            return self._since(count, unit) if which in ("last", "past", "previous") and count else None
        if many is not None:
            return None
        if unit in _UNIT_NAMES:
            step = {"this": 0, "current": 0, "next": 1}.get(which, -1)
            return self._since(1, unit) if which == "past" else self._period(unit, step)
        return self._named_relative(which, match[3])

    def _named_relative(self, which: str, name: str) -> _Wall | None:
        day, month = _index(name, _DAYS), _index(name, _MONTHS)
        if day is not None:
            back = (self.today.weekday() - day) % 7
            back = {"bare": back, "this": back, "current": back, "next": back - 7}.get(which, back or 7)
            return _days(self.today.toordinal() - back, self.today.toordinal() - back)
        if month is not None:
            year = self.today.year - (month + 1 > self.today.month)
            if which not in ("this", "current", "next") and month + 1 == self.today.month:
                year -= 1
            if which == "next":
                year += 1
            return self._months(self.today.year if which in ("this", "current") else year, month + 1, month + 1)
        if name in ("weekend", "weekends"):
            saturday = self.today.toordinal() - self.today.weekday() + 5
            saturday += {"this": 0, "current": 0, "next": 7}.get(which, -7)
            return _days(saturday, saturday + 1)
        return None

    def _period(self, unit: str, step: int) -> _Wall | None:
        """The calendar day, week, month, quarter or year that lies `step` from the present one."""
        today = self.today
        if unit == "day":
            return _days(today.toordinal() + step, today.toordinal() + step)
        if unit == "week":
            monday = today.toordinal() - today.weekday() + 7 * step
            return _days(monday, monday + 6)
        if unit == "year":
            return self._months(today.year + step, 1, 12)
        if unit == "month":
            year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
            return self._months(year, month + 1, month + 1)
        if unit == "quarter":
            year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
            return self._months(year, quarter * 3 + 1, quarter * 3 + 3)
        length = 3600 if unit == "hour" else 60
        low = self.now - self.now % length + step * length
        return self._moments(low, low + length - 1)

    def _since(self, count: int, unit: str) -> _Wall:
        """From the start of the day `count` units ago to the end of today; hours and minutes: to the second."""
        if unit in ("hour", "minute"):
            return self._moments(self.now - count * (3600 if unit == "hour" else 60), self.now)
        return _days(self._ago(count, unit), self.today.toordinal())

    def _ago(self, count: int, unit: str) -> int:
        if count > _MAX_COUNT:
            raise DateError(f"{count} {unit}s is too long ago")
        if unit in ("day", "week"):
            return self.today.toordinal() - count * (7 if unit == "week" else 1)
        months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - months, 12)
        if year < 1:
            raise DateError(f"{count} {unit}s is too long ago")
        last = low_of_next(year, month + 1) - _date(year, month + 1, 1)
        return _date(year, month + 1, min(self.today.day, last))

    def _back(self, text: str) -> _Wall | None:
        if match := re.fullmatch(r"(\d{1,6}|[a-z]+) ([a-z]+) ago", text):
            count, unit = _count(match[1]), _unit(match[2])
            if count is None or unit is None:
                return None
            if unit in ("hour", "minute"):
                low = self.now - count * (3600 if unit == "hour" else 60)
                return self._moments(low, low + (3599 if unit == "hour" else 59))
            return _days(self._ago(count, unit), self._ago(count, unit))
        if match := _BACK.fullmatch(text):
            unit = _unit(match[2])
            return None if unit is None else self._since(int(match[1]), unit)
        return None

    def _named(self, text: str) -> _Wall | None:
        """A bare weekday or month: the latest one that has begun."""
        return self._named_relative("bare", text) if _index(text, _MONTHS) is None else self._month(text)

    def _month(self, text: str) -> _Wall:
        month = (_index(text, _MONTHS) or 0) + 1
        year = self.today.year - (month > self.today.month)
        return self._months(year, month, month)

    def _calendar(self, text: str) -> _Wall | None:
        """`January 2026`, `13 January 2026`, `Jan. 13, 2026`, `January 13` (the latest that is not to come)."""
        words = re.sub(r"[.,]", " ", text).split()
        if words and _index(words[0], _DAYS) is not None:
            words = words[1:]
        if not 2 <= len(words) <= 3:
            return None
        if _index(words[0], _MONTHS) is None and _index(words[1], _MONTHS) is not None:
            words[0], words[1] = words[1], words[0]
        month = _index(words[0], _MONTHS)
        if month is None:
            return None
        if len(words) == 2 and re.fullmatch(r"\d{4}", words[1]):
            return self._months(int(words[1]), month + 1, month + 1)
        match = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", words[1])
        if match is None or (len(words) == 3 and not re.fullmatch(r"\d{4}", words[2])):
            return None
        year = int(words[2]) if len(words) == 3 else self.today.year
        if len(words) == 2 and (month + 1, int(match[1])) > (self.today.month, self.today.day):
            year -= 1
        day = _date(year, month + 1, int(match[1]))
        return _days(day, day)

    def _now(self, text: str) -> _Wall | None:
        match = _NOW.fullmatch(text)
        if match is None:
            return None
        moment = self.now
        if match[1]:
            unit = _unit(match[3])
            if unit is None:
                return None
            count = int(match[2]) * (1 if match[1] == "+" else -1)
            if unit in ("hour", "minute"):
                moment += count * (3600 if unit == "hour" else 60)
            elif count > 0:
                moment += count * DAY_SECONDS * {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}[unit]
            else:
                moment = self.zone.seconds(_day_start(self._ago(-count, unit)) + self.wall % DAY_SECONDS)
        if text.endswith("/d"):
            day = self.zone.wall(moment) // DAY_SECONDS + _EPOCH
            return _days(day, day)
        return self._moments(moment, moment)


def _unit(text: str) -> str | None:
    name = text.removesuffix("s") if len(text) > 3 else text
    return name if name in _UNIT_NAMES else _UNITS.get(text)


def _count(text: str) -> int | None:
    return int(text) if text.isdigit() and text.isascii() else _NUMBERS.get(text)


def _index(name: str, names: tuple[str, ...]) -> int | None:
    """Number of a month or weekday by its name or an abbreviation of at least three letters."""
    name = name.rstrip(".")
    if len(name) < 3:
        return None
    if name == "sept":
        return 8 if names is _MONTHS else None
    for number, full in enumerate(names):
        if name == full or (len(name) <= 5 and full.startswith(name)):
            return number
    return None


def _date(year: int, month: int, day: int) -> int:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        if year < 1:
            message = "invalid year 0"
        elif not 1 <= month <= 12:
            message = f"invalid month {month}"
        else:
            message = f"invalid day {year:04d}-{month:02d}-{day:02d}"
        raise DateError(message, hint="write year-month-day, such as 2026-01-13") from None


def low_of_next(year: int, month: int) -> int:
    """Return the ordinal of the first day after a month (1 to 12) of a year."""
    return _date(year, 12, 31) + 1 if month == 12 else _date(year, month + 1, 1)


def _unreadable(text: str) -> DateError:
    if match := _NUMERIC.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), match[4]
        readings = [
            f"{year}-{m:02d}-{d:02d}" for m, d in ((second, first), (first, second)) if m <= 12 and 1 <= d <= 31
        ]
        return DateError(
            f"{text} can be read as day and month or as month and day",
            hint="write year-month-day",
            suggestions=tuple(dict.fromkeys(readings)),
        )
    return DateError(
        f"invalid date '{text}'" if text else "the date is missing",
        hint='write 2026-01-13, 2026-01, 2026, 2026-01..2026-03, >=2026-01, 7d, yesterday or "last week"',
    )


_COMPARE = re.compile(r"(>=|<=|=>|=<|>|<|=|since|from|after|before|until|till|up to|through)\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(r"(?:from |between )?(.+?)(?: ?\.\.\.? ?| to | and | until | through | till )(.+)", re.DOTALL)


def range_of(text: str, tz: str | None = None, now: float | None = None) -> Span:
    """Return the moments that a text names.

    Args:
        text: a date, a range or a spoken date (docs/query.md), any case.
        tz: IANA zone; None for the machine's.
        now: POSIX seconds that relative dates start from; None for the clock.

    Raises:
        DateError: the text is not a date, or its range runs backwards.
        UsageError: the zone is unknown.
    """
    zone = Zone(tz)
    reader = _Reader(zone, time.time() if now is None else now)
    clean = " ".join(text.replace("_", " ").replace("–", "..").casefold().split())
    if len(clean) > 80:
        raise _unreadable(clean[:30] + "…")
    low, high = _bounds(reader, clean)
    span = Span(
        None if low is None else zone.seconds(low.low or 0) if low.low_at is None else low.low_at,
        None if high is None else _last(zone, high),
        None if low is None else low.low,
        None if high is None else high.high,
    )
    if span.low_local is not None and span.high_local is not None and span.low_local > span.high_local:
        raise DateError(f"the range {clean} runs backwards", hint="write the earlier date first")
    return span


def _last(zone: Zone, wall: _Wall) -> int:
    if wall.high_at is not None:
        return wall.high_at
    return zone.seconds((wall.high or 0) + 1) - 1


def _bounds(reader: _Reader, text: str) -> tuple[_Wall | None, _Wall | None]:
    """The spans that give the lower and the upper end."""
    if text.strip(". ") == "":
        raise _unreadable(text)
    if text.startswith(".."):
        return None, reader.read(text.lstrip(". "))
    if text.endswith(".."):
        return reader.read(text.rstrip(". ")), None
    if match := _COMPARE.fullmatch(text):
        found = _compared(reader, match[1], match[2])
        if found is not None:
            return found
    if match := _BETWEEN.fullmatch(text):
        return reader.read(match[1]), reader.read(match[2])
    whole = reader.read(text)
    return whole, whole


def _compared(reader: _Reader, sign: str, rest: str) -> tuple[_Wall | None, _Wall | None] | None:
    if sign in ("from", "through") and _BETWEEN.fullmatch(f"from {rest}"):
        return None
    if ".." in rest:
        raise DateError(f"{sign} and .. cannot go together", hint="write a range a..b or a comparison >=a")
    whole = reader.read(rest)
    if sign in (">=", "=>", "since", "from"):
        return whole, None
    if sign in ("<=", "=<", "until", "till", "up to", "through"):
        return None, whole
    if sign in (">", "after"):
        end = (whole.high or 0) + 1
        return _Wall(end, None, None if whole.high_at is None else whole.high_at + 1), None
    if sign in ("<", "before"):
        end = (whole.low or 0) - 1
        return None, _Wall(None, end, None, None if whole.low_at is None else whole.low_at - 1)
    return whole, whole
