"""JSON Lines and JSON files: good records are kept, bad ones are told with number and reason."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream


def read(data: bytes | str, name: str = "a.jsonl", **options: Any) -> list[Draft | Rejected]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), name, ReadOptions(**options)))


def heads(items: list[Draft | Rejected]) -> list[str]:
    return [item.headline[0].value for item in items if isinstance(item, Draft)]


GOOD = '{"title": "Ferry sinks", "text": "A ferry sank."}'


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"title": "x",', "broken JSON: Expecting property name enclosed in double quotes at column 15"),
        ("null", "is null, not an object with an article's fields"),
        ("3", "is a number, not an object with an article's fields"),
        ("[1]", "is a list, not an object with an article's fields"),
        ('"x"', "is a text, not an object with an article's fields"),
        ("true", "is true or false, not an object with an article's fields"),
        ('{"title": "a", "title": "b"}', "key 'title' occurs twice in one object"),
        ('{"title": NaN}', "NaN is not a JSON value"),
        ('{"title": "x", "n": 1e999}', "number 1e999 is out of range"),
        ('{"title": "\\ud800"}', "holds half of a surrogate pair: no valid Unicode text"),
        ("[" * 500 + "]" * 500, "nested more than 120 deep"),
        ('{"a":' * 100_000, "nested more than 120 deep"),
        (
            '{"foo": 1}',
            "no headline and no text found in its fields (foo); name them with --map headline=… body=…",
        ),
    ],
)
def test_a_bad_line_is_rejected_with_its_number_and_the_others_are_kept(line: str, why: str) -> None:
    items = read(f"{GOOD}\n{GOOD}\n{line}\n\n{GOOD}\n")

    assert heads(items) == ["Ferry sinks"] * 3
    assert [item for item in items if isinstance(item, Rejected)] == [Rejected("a.jsonl", 3, why)]
    assert [item.record for item in items] == [1, 2, 3, 5]


def test_a_line_longer_than_the_limit_is_skipped_without_being_held() -> None:
    class Endless(io.RawIOBase):
        """A good line, 300 MB without a line end, a good line."""

        def __init__(self) -> None:
            self.parts = iter([(GOOD + "\n").encode(), *[b"x" * 1_000_000] * 300, ("\n" + GOOD + "\n").encode()])
            self.held = b""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.held = self.held or next(self.parts, b"")
            count = min(len(buffer), len(self.held))
            buffer[:count], self.held = self.held[:count], self.held[count:]
            return count

    items = list(read_stream(io.BufferedReader(Endless()), "-", ReadOptions(max_bytes=1 << 20, format_in="jsonl")))

    assert heads(items) == ["Ferry sinks"] * 2
    assert items[1] == Rejected("-", 2, "line is longer than 1 MiB")


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff".encode() + (GOOD + "\n" + GOOD).encode(),
        (GOOD + "\r\n" + GOOD + "\r\n").encode(),
        (GOOD + "\n" + GOOD).encode("utf-16"),
        (GOOD + "\n" + GOOD).encode("utf-16-le"),
        (GOOD + "\n" + GOOD).encode("utf-16-be"),
    ],
)
def test_marks_line_ends_and_wide_encodings(data: bytes) -> None:
    assert heads(read(data)) == ["Ferry sinks"] * 2


def test_a_line_in_windows_1252_among_utf8_lines() -> None:
    items = read('{"title": "Zoë"}\n'.encode() + '{"title": "Zoë"}\n'.encode("cp1252"))

    assert heads(items) == ["Zoë", "Zoë"]


def test_raw_line_ends_in_strings_are_taken() -> None:
    (item,) = read('{"title": "Ferry\tsinks", "body": "One.\n\nTwo."}', "a.json")

    assert isinstance(item, Draft)
    assert item.body == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("document", "titles", "numbers"),
    [
        ({"title": "A"}, ["A"], [0]),
        ([{"title": "A"}, {"title": "B"}], ["A", "B"], [1, 2]),
        ({"status": "ok", "totalResults": 1, "articles": [{"title": "A"}, 3]}, ["A"], [1, 2]),
        ({"response": {"docs": [{"headline": {"main": "A"}}]}}, ["A"], [1]),
        ({"hits": {"hits": [{"_id": "7", "_source": {"title": "A"}}]}}, ["A"], [1]),
        ({"data": {"article": {"title": "A"}}}, ["A"], [0]),
    ],
)
def test_json_files_hold_one_article_or_a_list(document: Any, titles: list[str], numbers: list[int]) -> None:
    items = read(json.dumps(document), "a.json")

    assert heads(items) == titles
    assert [item.record for item in items] == numbers


def test_an_empty_list_is_said_so() -> None:
    assert read("[]", "a.json") == [Rejected("a.json", 0, "holds an empty list: no articles")]


def test_the_digest_is_of_the_lines_bytes_and_not_of_its_end() -> None:
    one, two = read(f"{GOOD}\n{GOOD}")

    assert isinstance(one, Draft)
    assert isinstance(two, Draft)
    assert one.digest == two.digest
    assert len(one.digest) == 64


def test_keys_repeated_deeper_down_keep_all_their_values() -> None:
    (item,) = read('{"title": "A", "media": {"v": 1, "v": 2}}')

    assert isinstance(item, Draft)
    assert item.extra == {"media": {"v": [1, 2]}}


def test_an_export_read_back_keeps_what_was_known() -> None:
    record = {
        "id": "tag:1",
        "headline": "Ferry sinks",
        "date": "2026-01",
        "date_precision": "month",
        "byline": ["Ana Reis"],
        "location": "NARA, Japan",
        "city": "NARA",
        "country": "JP",
        "body": "One.\n\nHead\n\nTwo.",
        "subheads": [1],
        "contributors": [{"name": "Bo Ek", "role": None, "organisation": None, "place": "Oslo"}],
        "provenance": {"published": "derived:copyright", "location": "stated:dateline"},
        "furniture": [["dateline", "NARA, Japan (AP) —"]],
        "extra": {"rating": 3},
        "origin": {"path": "a.txt"},
        "words": 3,
    }
    (item,) = read(json.dumps(record))

    assert isinstance(item, Draft)
    assert (item.body, item.subheads, item.extra) == (record["body"], (1,), {"rating": 3})
    assert [(c.value, c.how) for c in item.published] == [("2026-01", "export:derived:copyright")]
    assert [c.value for c in item.people] == ["Ana Reis"]
    assert [c.value for c in item.contributors] == ["Bo Ek in Oslo"]
    assert [(p.raw, p.city, p.country) for p in item.places] == [("NARA, Japan", "NARA", "JP")]
    assert item.locked == {"published", "location"}


def test_the_depth_of_hostile_text_is_measured_in_time() -> None:
    for text in ("{" * 200 + '"' + '\\"' * 300_000, "[" * 200 + '"' * 300_000, '["' * 200_000, "[{}" * 200_000):
        (item,) = read(text, format_in="jsonl")
        assert isinstance(item, Rejected)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["title", "body", "authors", "byline", "date", "location", "tags", "url", "uri", "type", "x"])


@given(st.dictionaries(keys, values, max_size=8))
def test_any_values_under_known_keys_end_as_draft_or_rejection(record: dict[str, Any]) -> None:
    items = read(json.dumps(record) + "\n")

    assert len(items) == 1
    assert all(isinstance(item, Draft | Rejected) for item in items)


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_no_bytes_make_the_reader_raise(lines: list[bytes]) -> None:
    read(b"\n".join(lines), format_in="jsonl")
    read(b"\n".join(lines), format_in="json")


@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=20), max_size=6))
def test_what_no_field_takes_is_kept_as_it_was(record: dict[str, str]) -> None:
    (item,) = read(json.dumps({"headline": "H"} | {f"own {key}": value for key, value in record.items()}))

    assert isinstance(item, Draft)
    assert item.extra == {f"own {key}": value for key, value in record.items()}
