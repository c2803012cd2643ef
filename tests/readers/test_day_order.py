"""Whether 02/01/2026 is January or February: a column settles it."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Claim, Context, Draft, Origin, Rejected
from morgue.readers import read_stream
from morgue.readers.day_order import settled
from morgue.wire import resolve_draft


def dates(data: str, name: str) -> list[tuple[str, list[str]]]:
    """The date of each article, and what is remarked about it."""
    found = []
    for item in read_stream(io.BytesIO(data.encode()), name):
        assert isinstance(item, Draft), item
        article = resolve_draft(item, Context(path=name, now=1_800_000_000.0), Origin(path=name))
        assert not isinstance(article, Rejected)
        assert article.published
        found.append((article.published.value, [remark.why for remark in article.remarks]))
    return found


def written(days: list[str], name: str) -> str:
    rows = [{"title": "A", "date": day, "text": "One."} for day in days]
    if name == "a.csv":
        return "".join(["title,date,text\n", *(f"A,{day},One.\n" for day in days)])
    return json.dumps(rows) if name == "a.json" else "\n".join(map(json.dumps, rows))


UNKNOWN = ["whether the day or the month goes first is not known: only the year is believed"]


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl"])
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["02/01/2026", "13/01/2026"], ["2026-01-02", "2026-01-13"]),
        (["13/01/2026", "02/01/2026"], ["2026-01-13", "2026-01-02"]),
        (["02/01/2026", "01/13/2026", "03/04/2026"], ["2026-02-01", "2026-01-13", "2026-03-04"]),
        (["02-01-26 10:00", "31-01-26 11:00"], ["2026-01-02T10:00:00", "2026-01-31T11:00:00"]),
        (["02/01/2026", "2026-01-05", "28/02/2026"], ["2026-01-02", "2026-01-05", "2026-02-28"]),
        (["05/05/2026"], ["2026-05-05"]),
        (["02.01.2026"], ["2026-01-02"]),  # nobody writes the month before a dot
    ],
)
def test_one_date_settles_all(name: str, days: list[str], expected: list[str]) -> None:
    assert dates(written(days, name), name) == [(day, []) for day in expected]


def test_without_such_a_date_only_the_year_is_believed() -> None:
    assert dates(written(["02/01/2026", "03/02/2026"], "a.csv"), "a.csv") == [("2026", UNKNOWN)] * 2


def test_dates_that_contradict_each_other_settle_nothing_further() -> None:
    found = dates(written(["13/01/2026", "02/01/2026", "01/14/2026", "02/01/2026"], "a.csv"), "a.csv")

    assert [day for day, _ in found] == ["2026-01-13", "2026-01-02", "2026-01-14", "2026"]
    assert found[2][1] == [
        "the month goes first here but not in other records of the file: dates that can be read both ways are doubtful"
    ]
    assert found[3][1] == UNKNOWN


def test_the_rows_outweigh_the_language_of_the_columns() -> None:
    table = "titre,date de publication,texte\nA,02/01/2026,Un.\nB,01/13/2026,Deux.\n"

    assert [day for day, _ in dates(table, "a.csv")] == ["2026-02-01", "2026-01-13"]


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("morgue.readers.day_order._MAX_HELD", 10)
    found = dates(written(["02/01/2026"] * 20 + ["13/01/2026", "02/01/2026"], "a.csv"), "a.csv")

    assert [day for day, _ in found] == ["2026"] * 20 + ["2026-01-13", "2026-01-02"]


@given(st.lists(st.tuples(st.integers(1, 31), st.integers(1, 12), st.booleans())))
def test_records_come_out_once_and_in_order(days: list[tuple[int, int, bool]]) -> None:
    items: list[Draft | Rejected] = []
    for number, (day, month, good) in enumerate(days):
        draft = Draft(format="csv", record=number, body="x")
        draft.published.append(Claim(f"{day:02}/{month:02}/2026", "csv:date"))
        items.append(draft if good else Rejected("a", number, "no"))

    assert list(settled(iter(items))) == items
