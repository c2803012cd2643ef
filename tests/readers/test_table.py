"""CSV, TSV and their kin."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream


def read(data: bytes | str, name: str = "a.csv", **options: Any) -> list[Draft | Rejected]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), name, ReadOptions(**options)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_quotes_and_line_ends_in_cells(delimiter: str) -> None:
    rows = ["Title,Published At,Text,Rating", '"A; b, ""c""",2026-01-02,"One.\r\n\r\nTwo.",5', "B,,x,", ",,,"]
    first, second = read("\r\n".join(row.replace(",", delimiter) for row in rows))

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert first.headline[0].value == f'A; b{delimiter} "c"'
    assert first.body == "One.\n\nTwo."
    assert [(c.value, c.how) for c in first.published] == [("2026-01-02", "csv:Published At")]
    assert (first.extra, second.extra) == ({"Rating": "5"}, {"Rating": ""})
    assert (first.record, second.record) == (1, 2)


def test_rows_of_the_wrong_length() -> None:
    items = read("title,text\nA,x\nB,y,z\nC\nD,y,\n")

    assert [item.why if isinstance(item, Rejected) else item.headline[0].value for item in items] == [
        "A",
        "has 3 values for 2 columns",
        "C",
        "D",
    ]


def test_the_users_map_names_columns_of_any_language() -> None:
    (item,) = read("Kopf;Rumpf;Deich\nA;B;Husum\n", field_map={"headline": "Kopf", "body": "Rumpf"})

    assert isinstance(item, Draft)
    assert (item.headline[0].value, item.body, item.extra) == ("A", "B", {"Deich": "Husum"})


def test_a_header_without_a_known_column_is_told() -> None:
    assert read("x,y\n1,2\n") == [
        Rejected("a.csv", 0, "none of its columns is known (x, y); name them with --map headline=… body=…")
    ]


def test_a_huge_cell_and_an_overlong_one() -> None:
    big = "x" * 300_000
    items = read(f"title,text\nA,{big}\nB,{'y' * 600_000}\nC,z\n", max_bytes=500_000)

    assert isinstance(items[0], Draft)
    assert len(items[0].body) == 300_000
    assert items[1] == Rejected("a.csv", 2, "line 3 is longer than 488 KiB")
    assert isinstance(items[2], Draft)


def test_encodings_line_by_line() -> None:
    items = read("title,text\nZoë,x\n".encode() + "Zoë,y\n".encode("cp1252"))
    wide = read("title,text\nZoë,x\n".encode("utf-16"))

    assert [item.headline[0].value for item in [*items, *wide] if isinstance(item, Draft)] == ["Zoë"] * 3


@pytest.mark.parametrize(
    "data",
    [
        "sep=;\ntitle;text\nA;x\n",
        '"sep=;"\r\ntitle;text\r\nA;x\r\n',
        "SEP=\t\ntitle\ttext\nA\tx\n",
        "\ufeffsep=^\ntitle^text\nA^x\n",
        "\n\ntitle,text\nA,x\n",
        "Search:,trams\nFrom:,2026-01-01\n\ntitle,author,text\nA,,x\n",
        "Report of the week\ntitle;date;text\nA;;x\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_above_the_names_of_columns_are_skipped(data: str, encoding: str) -> None:
    (item,) = read(data.encode(encoding))

    assert isinstance(item, Draft)
    assert (item.headline[0].value, item.body, item.record) == ("A", "x", 1)


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "-"])
def test_single_zero_bytes_are_left_out_with_a_remark(name: str) -> None:
    first, second, third = read(b"title,date,text\nA\0,,x\0y\nB,,y\nC,,\0\n", name)

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert isinstance(third, Draft)
    assert (first.headline[0].value, first.body) == ("A", "xy")
    assert [item.why for item in first.problems] == ["2 zero bytes within the text left out"]
    assert [item.why for item in third.problems] == ["1 zero byte within the text left out"]
    assert second.problems == []


def test_many_zero_bytes_are_binary_data() -> None:
    (item,) = read(b"title,text\nA,x" + b"\0" * 99 + b"\n", format_in="csv")

    assert item == Rejected("a.csv", 1, "line 2 holds 99 zero bytes: binary data, not text")
    assert isinstance(read(b"title,text\nA,x" + b"\0" * 99 + b"\n")[0], Rejected)


@pytest.mark.parametrize("data", ["", "title,text\n", "title,text"])
def test_no_rows(data: str) -> None:
    assert all(isinstance(item, Rejected) for item in read(data))


@given(st.text(alphabet='a,;"\n\r\t|é\0', max_size=120))
def test_no_text_makes_it_raise(text: str) -> None:
    read("title,text\n" + text)
    read(text, format_in="csv")


@given(st.binary(max_size=120))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    read(b"title,text\n" + data, format_in="csv")
