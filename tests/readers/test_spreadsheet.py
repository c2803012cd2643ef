"""Spreadsheets: several sheets, headers below other rows, dates as dates, numbers and text."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from morgue.model import Draft, Rejected
from support.paths import ROOT
from support.reading import articles_of, drafts_of, summary

openpyxl = pytest.importorskip("openpyxl")
HEADER = ["Headline", "Publication", "Published date", "Author", "Section", "Page", "Text"]


def book(*sheets: list[list[object]]) -> bytes:
    """Return an XLSX file of the rows of `sheets`."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def row(date: object, headline: str = "Bell rings", page: object = 4) -> list[object]:
    return [headline, "The Echo", date, "Holt, Runa; Ek, Jens", "Local", page, "The bell rang.\n\nAll came."]


FOUND = {
    "id": "a.xlsx#1",
    "headline": "Bell rings",
    "published": "2019-03-04",
    "byline": ["Runa Holt", "Jens Ek"],
    "source": "The Echo",
    "section": "Local",
    "page": "4",
    "body": "The bell rang.\n\nAll came.",
}


@pytest.mark.parametrize(
    "date",
    [datetime(2019, 3, 4), 43528, 43528.0, "4 March 2019", "2019-03-04"],
    ids=["date", "serial", "float", "words", "iso"],
)
def test_a_row_is_an_article(date: object) -> None:
    (article,) = articles_of(book([HEADER, row(date)]), "a.xlsx")

    assert summary(article) == FOUND


def test_a_time_of_day_stays() -> None:
    (article,) = articles_of(book([HEADER, row(datetime(2019, 3, 4, 9, 15))]), "a.xlsx")

    assert summary(article)["published"] == "2019-03-04T09:15:00"


def test_rows_above_the_header_and_empty_ones_are_left_out() -> None:
    rows = [
        ["Search results for: bell"],
        [],
        ["Date of search", datetime(2024, 5, 1)],
        HEADER,
        row("2019-03-04"),
        [],
        [None] * 7,
    ]
    (article,) = articles_of(book(rows), "a.xlsx")

    assert summary(article) == FOUND


def test_all_sheets_are_read_and_numbered_on() -> None:
    file = book([HEADER, row("2019-03-04")], [], [["Title", "Date"], ["Mill", "2019-03-05"]], [["a", "b"], [1, 2]])

    assert [(a.id, a.headline) for a in articles_of(file, "a.xlsx")] == [
        ("a.xlsx#1", "Bell rings"),
        ("a.xlsx#2", "Mill"),
    ]


def test_numbers_that_are_no_dates_stay_numbers() -> None:
    (article,) = articles_of(book([HEADER, row("2019-03-04", page=43528)]), "a.xlsx")

    assert article.page == "43528"


def test_a_text_that_opens_with_its_headline() -> None:
    (article,) = articles_of(
        book([["Title", "Text"], ["Bell", "Bell\n\n4.03.2019\n\nThe bell rang in the harbour."]]), "a.xlsx"
    )

    assert not article.body.startswith("Bell")


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        ([[["a", "b"], [1, 2]]], "none of its columns is known (a, b)"),
        ([[]], "a spreadsheet without rows"),
        ([[HEADER]], "a spreadsheet without rows"),
    ],
)
def test_what_holds_no_article_is_rejected(sheets: list[list[list[object]]], why: str) -> None:
    (found,) = drafts_of(book(*sheets), "a.xlsx")

    assert isinstance(found, Rejected)
    assert why in found.why


def test_a_row_without_headline_and_text_is_rejected() -> None:
    first, second = drafts_of(book([["Title", "Date"], ["", "2019-03-04"], ["Mill", ""]]), "a.xlsx")

    assert isinstance(first, Rejected)
    assert (first.record, isinstance(second, Draft)) == (1, True)


def test_the_map_names_columns() -> None:
    file = book([["foo", "bar"], ["Bell", "The bell rang."]])
    (draft,) = drafts_of(file, "a.xlsx", field_map={"headline": "foo", "body": "bar"})  # type: ignore[arg-type]

    assert isinstance(draft, Draft)
    assert (draft.headline[0].value, draft.body) == ("Bell", "The bell rang.")


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="String">Title</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Date</Data></Cell></Row><Row><Cell><Data ss:Type="String">Bell</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2019-03-04T00:00:00.000</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


def test_excels_xml() -> None:
    (article,) = articles_of(XML, "a.xls")

    assert summary(article) == {"id": "a.xls#1", "headline": "Bell", "published": "2019-03-04"}


def test_an_old_file() -> None:
    pytest.importorskip("xlrd")
    first, second = articles_of((ROOT / "corpus/formats/xls-1.xls").read_bytes(), "export.xls")

    assert (first.headline, first.published and first.published.value) == (
        "Ferry to the outer isles laid up",
        "2024-01-13",
    )
    assert (second.byline[0].name, second.language) == ("Asta Kvist", "en")


@pytest.mark.parametrize("size", [100, 1500, 4000])
def test_a_file_that_was_cut_off_is_rejected(size: int) -> None:
    data = book([HEADER, *(row("2019-03-04", f"Bell {n}") for n in range(50))])

    assert not [item for item in drafts_of(data[:size], "a.xlsx") if isinstance(item, Draft)]
    old = (ROOT / "corpus/formats/xls-1.xls").read_bytes()
    assert all(isinstance(item, Rejected) for item in drafts_of(old[:size], "a.xls"))
