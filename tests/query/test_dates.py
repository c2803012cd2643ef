"""Dates as typed, to moments: local days across clock changes, relative words at any hour in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.errors import UsageError
from morgue.query.dates import DateError, range_of


def at(text: str) -> int:
    """POSIX seconds of an ISO instant."""
    return int(datetime.fromisoformat(text).timestamp())


def days(span) -> str:
    """The local days of a span, `first..last`."""
    first, last = (
        "" if wall is None else datetime.fromtimestamp(wall, UTC).date().isoformat()
        for wall in (span.low_local, span.high_local)
    )
    return first if first == last else f"{first}..{last}"


# Wednesday 14 January 2026, 00:30 in Tokyo: still the 13th in UTC and in New York.
NOW = at("2026-01-14T00:30:00+09:00")

SPOKEN = (
    ("today", "2026-01-14"), ("yesterday", "2026-01-13"), ("tomorrow", "2026-01-15"),
    ("this week", "2026-01-12..2026-01-18"), ("last week", "2026-01-05..2026-01-11"),
    ("next week", "2026-01-19..2026-01-25"), ("this month", "2026-01-01..2026-01-31"),
    ("last month", "2025-12-01..2025-12-31"), ("last year", "2025-01-01..2025-12-31"),
    ("this year", "2026-01-01..2026-12-31"), ("last quarter", "2025-10-01..2025-12-31"),
    ("last weekend", "2026-01-10..2026-01-11"), ("this weekend", "2026-01-17..2026-01-18"),
    ("wednesday", "2026-01-14"), ("last wednesday", "2026-01-07"), ("next wednesday", "2026-01-21"),
    ("thursday", "2026-01-08"), ("Mon", "2026-01-12"), ("last monday", "2026-01-12"), ("sunday", "2026-01-11"),
    ("january", "2026-01-01..2026-01-31"), ("february", "2025-02-01..2025-02-28"),
    ("last january", "2025-01-01..2025-01-31"), ("dec", "2025-12-01..2025-12-31"),
    ("sept 2024", "2024-09-01..2024-09-30"), ("January 2024", "2024-01-01..2024-01-31"),
    ("13 January 2024", "2024-01-13"), ("January 13, 2024", "2024-01-13"), ("Jan. 13, 2024", "2024-01-13"),
    ("Tuesday, Jan. 13, 2026", "2026-01-13"), ("13th January 2024", "2024-01-13"),
    ("January 13", "2026-01-13"), ("January 15", "2025-01-15"),
    ("7d", "2026-01-07..2026-01-14"), ("-7d", "2026-01-07..2026-01-14"), ("2w", "2025-12-31..2026-01-14"),
    ("1m", "2025-12-14..2026-01-14"), ("1y", "2025-01-14..2026-01-14"), ("past week", "2026-01-07..2026-01-14"),
    ("last 3 days", "2026-01-11..2026-01-14"), ("past two weeks", "2025-12-31..2026-01-14"),
    ("3 days ago", "2026-01-11"), ("a week ago", "2026-01-07"), ("two months ago", "2025-11-14"),
    ("since monday", "2026-01-12.."), ("since yesterday", "2026-01-13.."), ("since 2025", "2025-01-01.."),
    ("before 2020", "..2019-12-31"), ("after 2020", "2021-01-01.."), ("until 2020", "..2020-12-31"),
    ("from 2025-12 to 2026-01", "2025-12-01..2026-01-31"), ("between jan 1 and jan 3", "2026-01-01..2026-01-03"),
    ("last_week", "2026-01-05..2026-01-11"), ("LAST WEEK", "2026-01-05..2026-01-11"),
    ("yesterday..", "2026-01-13.."), ("last week..yesterday", "2026-01-05..2026-01-13"),
)  # fmt: skip

WRITTEN = (
    ("2026", "2026-01-01..2026-12-31"), ("2026-02", "2026-02-01..2026-02-28"), ("2024-02", "2024-02-01..2024-02-29"),
    ("2026-01-13", "2026-01-13"), ("2026-1-3", "2026-01-03"), ("20260113", "2026-01-13"), ("2026/01/13", "2026-01-13"),
    ("2026-01..2026-03", "2026-01-01..2026-03-31"), ("..2019", "..2019-12-31"), ("2019..", "2019-01-01.."),
    (">=2026-01", "2026-01-01.."), (">2026-01", "2026-02-01.."), ("<2026", "..2025-12-31"), ("<=2026", "..2026-12-31"),
    ("=2026", "2026-01-01..2026-12-31"), ("2026-W03", "2026-01-12..2026-01-18"), ("2026-Q2", "2026-04-01..2026-06-30"),
    ("Q2 2026", "2026-04-01..2026-06-30"), ("1990s", "1990-01-01..1999-12-31"), ("0001", "0001-01-01..0001-12-31"),
    ("9999", "9999-01-01..9999-12-31"), ("2026-01-13...2026-01-14", "2026-01-13..2026-01-14"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*SPOKEN, *WRITTEN], ids=[row[0] for row in (*SPOKEN, *WRITTEN)])
def test_a_text_names_days(text, expected):
    assert days(range_of(text, "Asia/Tokyo", NOW)) == expected


@pytest.mark.parametrize(
    ("text", "zone", "low", "high"),
    [
        ("today", "Asia/Tokyo", "2026-01-14T00:00:00+09:00", "2026-01-14T23:59:59+09:00"),
        ("today", "UTC", "2026-01-13T00:00:00Z", "2026-01-13T23:59:59Z"),
        ("today", "America/New_York", "2026-01-13T00:00:00-05:00", "2026-01-13T23:59:59-05:00"),
        ("yesterday", "Pacific/Kiritimati", "2026-01-13T00:00:00+14:00", "2026-01-13T23:59:59+14:00"),
        # 23 and 25 hours: the clocks go forward and back
        ("2026-03-29", "Europe/Berlin", "2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59+02:00"),
        ("2026-10-25", "Europe/Berlin", "2026-10-25T00:00:00+02:00", "2026-10-25T23:59:59+01:00"),
        ("2026-03", "America/New_York", "2026-03-01T00:00:00-05:00", "2026-03-31T23:59:59-04:00"),
        # a midnight that there was not: São Paulo's clocks went from 23:59:59 to 01:00
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-04T23:59:59-02:00"),
        ("2018-11-03", "America/Sao_Paulo", "2018-11-03T00:00:00-03:00", "2018-11-03T23:59:59-03:00"),
        # a midnight that there was twice: Havana's clocks go from 00:59:59 to 00:00
        ("2025-11-02", "America/Havana", "2025-11-02T00:00:00-04:00", "2025-11-02T23:59:59-05:00"),
        ("2026-01-13T08:00Z", "Asia/Tokyo", "2026-01-13T08:00:00Z", "2026-01-13T08:00:59Z"),
        ("2026-01-13T08:00", "Asia/Tokyo", "2026-01-13T08:00:00+09:00", "2026-01-13T08:00:59+09:00"),
        ("2026-01-13 08", "Asia/Tokyo", "2026-01-13T08:00:00+09:00", "2026-01-13T08:59:59+09:00"),
        ("2026-01-13T08:00:00+01:00", "Asia/Tokyo", "2026-01-13T07:00:00Z", "2026-01-13T07:00:00Z"),
        ("12h", "Asia/Tokyo", "2026-01-13T12:30:00+09:00", "2026-01-14T00:30:00+09:00"),
        ("now", "Asia/Tokyo", "2026-01-14T00:30:00+09:00", "2026-01-14T00:30:00+09:00"),
        ("now-2d..now", "Asia/Tokyo", "2026-01-12T00:30:00+09:00", "2026-01-14T00:30:00+09:00"),
    ],
)
def test_days_are_those_of_the_zone(text, zone, low, high):
    span = range_of(text, zone, NOW)

    assert (span.low, span.high) == (at(low), at(high))


ZONES = st.sampled_from(
    ("UTC", "Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu",
     "America/St_Johns", "America/Sao_Paulo", "Africa/Casablanca")
)  # fmt: skip
MOMENTS = st.integers(at("1975-01-01T00:00:00Z"), at("2035-01-01T00:00:00Z"))


@settings(max_examples=300, deadline=None)
@given(now=MOMENTS, zone=ZONES)
def test_today_and_yesterday_touch_and_hold_now(now, zone):
    today, yesterday = range_of("today", zone, now), range_of("yesterday", zone, now)

    assert today.low <= now <= today.high
    assert yesterday.high + 1 == today.low
    local = datetime.fromtimestamp(now, ZoneInfo(zone)).date()
    assert days(today) == local.isoformat()
    assert days(yesterday) == (local - timedelta(days=1)).isoformat()


@settings(max_examples=200, deadline=None)
@given(day=st.dates(date(1970, 1, 2), date(2036, 12, 30)), zone=ZONES)
def test_days_follow_each_other_without_gap_or_overlap(day, zone):
    this, following = range_of(day.isoformat(), zone, 0), range_of((day + timedelta(days=1)).isoformat(), zone, 0)

    assert this.high + 1 == following.low
    assert this.high - this.low + 1 in (0, *(hours * 1800 for hours in range(45, 52)))


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=30) | st.from_regex(r"(last|since|>=|\d{1,8}|[a-z]{3,9}|-|\.\.| ){1,6}", fullmatch=True))
def test_any_text_is_a_span_or_a_date_error(text):
    try:
        span = range_of(text, "Europe/London", NOW)
    except DateError:
        return
    assert span.low is not None or span.high is not None


@pytest.mark.parametrize(
    "text",
    ["", " ", "..", "foo", "2026-13", "2026-02-30", "0000", "13/01/2026", "24:00", "2026-W54", "last", "since", ">",
     "yesterday ago", "2026-03..2026-01", ">=2026..2027", "9" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateError):
        range_of(text, "UTC", NOW)


def test_the_machines_own_zone_is_the_default(monkeypatch):
    import time

    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this platform cannot be set")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert range_of("today", None, NOW) == range_of("today", "Asia/Tokyo", NOW)
        assert range_of("2026", None, NOW) == range_of("2026", "Asia/Tokyo", NOW)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_unknown_zone_is_a_usage_error():
    with pytest.raises(UsageError):
        range_of("today", "Mars/Olympus", NOW)
