"""Dates in fields, and the seconds that they may mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Published
from morgue.wire import dates

READ = [
    ("2026-01-13T08:00:00Z", "2026-01-13T08:00:00Z"),
    ("2026-01-13T08:00:00.123+01:00", "2026-01-13T08:00:00+01:00"),
    ("2026-01-13 08:00", "2026-01-13T08:00:00"),
    ("20140829T135002Z", "2014-08-29T13:50:02Z"),
    ("20140829T134951+0000", "2014-08-29T13:49:51Z"),
    ("20140829", "2014-08-29"),
    ("20131113074500", "2013-11-13T07:45:00"),
    ("2015-02-19T17:18:40+11:00[Australia/Sydney]", "2015-02-19T17:18:40+11:00"),
    ("2026-01", "2026-01"),
    ("2026", "2026"),
    ("2026-1-3", "2026-01-03"),
    ("XXXX-10-12", "XXXX-10-12"),
    ("--10-12", "XXXX-10-12"),
    ("Tue, 13 Jan 2026 08:00:00 +0100", "2026-01-13T08:00:00+01:00"),
    ("Tue, 13 Jan 2026 08:00:00 GMT", "2026-01-13T08:00:00Z"),
    ("Tue Jan 13 08:00:00 EST 2026", "2026-01-13T08:00:00-05:00"),
    ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
    ("January 13, 2026", "2026-01-13"),
    ("Jan 13, 2026 8:00 PM EST", "2026-01-13T20:00:00-05:00"),
    ("Wednesday, 14 January 2026, 12:20 GMT", "2026-01-14T12:20:00Z"),
    ("13. Januar 2026", "2026-01-13"),
    ("13 janvier 2026", "2026-01-13"),
    ("13 de enero de 2026", "2026-01-13"),
    ("13 gennaio 2026", "2026-01-13"),
    ("13 января 2026 г.", "2026-01-13"),
    ("4. syyskuuta 2019 klo 12.30", "2019-09-04T12:30:00"),
    ("١٣ يناير ٢٠٢٦", "2026-01-13"),
    ("2026年1月13日", "2026-01-13"),
    ("2026년 1월 13일", "2026-01-13"),
    ("May 2019", "2019-05"),
    ("Oct 12", "XXXX-10-12"),
    ("06.28.12", "2012-06-28"),
    ("28/06/2012", "2012-06-28"),
    ("4/4/2018", "2018-04-04"),
    ("03/04/2018", "2018"),
    # Feeds: weekdays and months as programs shorten them in their own language.
    ("Mi, 14 Jan 2026 11:41:36", "2026-01-14T11:41:36"),
    ("mer, 14 gen 2026 08:00:00 +0100", "2026-01-14T08:00:00+01:00"),
    ("mar, 13 ott 2026 08:00:00 +0200", "2026-10-13T08:00:00+02:00"),
    ("Ke, 14 Lok 2026 08:00:00 +0000", "2026-10-14T08:00:00Z"),
    ("Qua, 14 Out 2026 08:00:00 -0300", "2026-10-14T08:00:00-03:00"),
    ("śr., 14 sty 2026 08:00:00 +0100", "2026-01-14T08:00:00+01:00"),
    ("Çar, 14 Oca 2026 08:00:00 +0300", "2026-01-14T08:00:00+03:00"),
    ("Ср, 14 янв 2026 08:00:00 +0300", "2026-01-14T08:00:00+03:00"),
    ("Τετ, 14 Ιαν 2026 08:00:00", "2026-01-14T08:00:00"),
    ("Wed, 14 Jan 2026 08:00:00 GMT+1", "2026-01-14T08:00:00+01:00"),
    ("Wed, 14 Jan 2026 08:00:00 GMT+0530", "2026-01-14T08:00:00+05:30"),
    ("28/06/2012 - 08:00", "2012-06-28T08:00:00"),
    ("2026. 1. 14. 오전 8:00", "2026-01-14T08:00:00"),
    ("2026. 1. 14. 오후 8:05", "2026-01-14T20:05:00"),
    ("2026年1月14日 下午8:00", "2026-01-14T20:00:00"),
    ("2026年1月14日（水）午後8時30分", "2026-01-14T20:30:00"),
    ("2026년 1월 14일 오후 3시 20분", "2026-01-14T15:20:00"),
    ("131137 GMT Nov 13", "2013-11-13T11:37:00Z"),
    ("071341 GMT Okt 15", "2015-10-07T13:41:00Z"),
    ("211259 Nov 18", "2018-11-21T12:59:00"),
    ("AP-WF-02-20-16 0337GMT", "2016-02-20T03:37:00Z"),
    ("1768291200", "2026-01-13T08:00:00Z"),
    ("1768291200000", "2026-01-13T08:00:00Z"),
]

NONE = ["", "Tuesday", "Spain", "Yes", "YYYYMMDD000000-HHMM", "2026-13-45", "2024-02-30", "09-12 0344", "March 119",
        "0000-01-01", "Paris, 14 Jan 2026", "12:30", "13", "x" * 10_000, "1" * 300]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ)
def test_date_is_read_as_exactly_as_written(text: str, value: str) -> None:
    found = dates.parse(text)

    assert found is not None
    assert found.value == value
    assert found.raw == text


@pytest.mark.parametrize("text", NONE)
def test_no_date_is_made_up(text: str) -> None:
    assert dates.parse(text) is None


def test_order_of_day_and_month_may_be_given() -> None:
    assert dates.parse("03/04/2018", day_first=True) == Published(value="2018-04-03", precision="day", raw="03/04/2018")
    assert dates.parse("03/04/2018", day_first=False) == Published(
        value="2018-03-04", precision="day", raw="03/04/2018"
    )


def _seconds(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "first", "last", "local"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31, 23, 59, 59), True),
        ("2026-02", (2026, 2, 1), (2026, 2, 28, 23, 59, 59), True),
        ("2026-12", (2026, 12, 1), (2026, 12, 31, 23, 59, 59), True),
        ("2026-01-13", (2026, 1, 13), (2026, 1, 13, 23, 59, 59), True),
        ("2026-01-13T08:00:00", (2026, 1, 13, 8), (2026, 1, 13, 8), True),
        ("2026-01-13T08:00:00+01:00", (2026, 1, 13, 7), (2026, 1, 13, 7), False),
        ("2026-01-13T08:00:00Z", (2026, 1, 13, 8), (2026, 1, 13, 8), False),
    ],
)
def test_bounds(text: str, first: tuple[int, ...], last: tuple[int, ...], local: bool) -> None:
    found = dates.parse(text)

    assert found is not None
    assert dates.bounds(found) == (_seconds(*first), _seconds(*last), local)


def test_no_bounds_without_a_year() -> None:
    assert dates.bounds(Published(value="XXXX-10-12", precision="none")) is None
    assert dates.bounds(Published(value="rubbish", precision="day")) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = dates.parse(text)
    if found and found.precision != "none":
        assert dates.bounds(found) is not None


@given(st.datetimes(min_value=datetime(1601, 1, 1), max_value=datetime(9000, 1, 1)))
def test_iso_goes_round(moment: datetime) -> None:
    text = moment.replace(microsecond=0).isoformat()
    found = dates.parse(text)

    assert found is not None
    assert found.value == text
