"""JSON that is not one value a line: noise, values over several lines, lists, separators; each record is read alone."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.readers import Draft, ReadOptions, Rejected, read_stream, sniff

A = {"id": "a", "headline": "Pier closes", "body": "The pier closes.\nIn May."}
B = {"id": "b", "headline": "Lamps {lit}", "body": "Lamps ] burn."}
C = {"id": "c", "headline": "Café", "body": "Open again."}
LINES = [json.dumps(row) for row in (A, B, C)]
PRETTY = [json.dumps(row, indent=2) for row in (A, B, C)]
BROKEN = LINES[1][:30]


def outline(data: str | bytes, name: str = "-", *, live: bool = True) -> list[str]:
    """The id of each article, and the number of each rejection as `!n`, in order."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_stream(io.BytesIO(raw), name, ReadOptions(live=live)))
    return [f"!{item.record}" if isinstance(item, Rejected) else item.ids[0].value for item in found]


CASES: list[tuple[str, str, list[str]]] = [
    ("lines", "\n".join(LINES), ["a", "b", "c"]),
    ("noise in line 2", "\n".join([LINES[0], "Warning: retrying", *LINES[1:]]), ["a", "!2", "b", "c"]),
    ("noise at the end", "\n".join([*LINES, "done."]), ["a", "b", "c", "!4"]),
    ("null in line 2", "\n".join([LINES[0], "null", *LINES[1:]]), ["a", "!2", "b", "c"]),
    ("a comment in line 2", "\n".join([LINES[0], "# more", *LINES[1:]]), ["a", "!2", "b", "c"]),
    ("a line cut short", "\n".join([LINES[0], BROKEN, *LINES[1:]]), ["a", "!2", "b", "c"]),
    ("the last line cut short", "\n".join([*LINES, BROKEN]), ["a", "b", "c", "!4"]),
    ("commas behind lines", ",\n".join(LINES), ["a", "b", "c"]),
    ("a list over lines", "[\n" + ",\n".join(LINES) + "\n]\n", ["a", "b", "c"]),
    ("pretty-printed", "\n".join(PRETTY), ["a", "b", "c"]),
    ("pretty-printed without indent", "\n".join(json.dumps(row, indent=0) for row in (A, B, C)), ["a", "b", "c"]),
    ("pretty-printed, one cut short", "\n".join([PRETTY[0], PRETTY[1][:40], LINES[2]]), ["a", "!6", "c"]),
    ("on one line", "".join(LINES), ["a", "b", "c"]),
    ("on one line, spaced", " ".join(LINES), ["a", "b", "c"]),
    ("RFC 7464", "".join(f"\x1e{text}\n" for text in PRETTY), ["a", "b", "c"]),
    ("an answer on one line", json.dumps({"articles": [A, B]}) + "\n" + LINES[2], ["a", "b", "c"]),
    ("a list on one line", json.dumps([A, B, C]), ["a", "b", "c"]),
    ("byte order mark", "\ufeff" + "\n".join(LINES), ["a", "b", "c"]),
    ("blank lines", "\n\n".join(LINES) + "\n\n", ["a", "b", "c"]),
    ("CRLF", "\r\n".join(LINES) + "\r\n", ["a", "b", "c"]),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_every_record_of_a_stream_is_read(data: str, expected: list[str]) -> None:
    assert outline(data) == expected


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.log", "a", "a.jsonl"])
def test_noise_between_lines_costs_one_line_under_any_name(name: str) -> None:
    """It was taken for front matter that text follows, and 499 of 500 articles were lost in silence."""
    data = "\n".join([LINES[0], "Warning: retrying", *LINES[1:]])
    assert outline(data, name, live=False) == ["a", "!2", "b", "c"]


@pytest.mark.parametrize("name", ["-", "a.json", "a.jsonl"])
def test_a_first_line_longer_than_any_buffer(name: str) -> None:
    long = json.dumps({**A, "body": "The pier closes. " * 20_000})
    assert outline("\n".join([long, *LINES[1:]]), name, live=name == "-") == ["a", "b", "c"]


def test_front_matter_in_json_is_still_markdown() -> None:
    assert sniff(b'{"title": "Pier"}\n\nThe pier *closes* in May.\n', "a.md").format == "markdown"


def test_records_are_numbered_by_lines() -> None:
    found = list(read_stream(io.BytesIO("\n".join(PRETTY).encode()), "-", ReadOptions(live=True)))
    assert [item.record for item in found] == [1, 6, 11]


def test_numbers_are_never_given_twice() -> None:
    data = json.dumps({"articles": [A, B]}) + "\n" + "".join(LINES) + "\n" + LINES[0]
    numbers = [item.record for item in read_stream(io.BytesIO(data.encode()), "-", ReadOptions(live=True))]
    assert numbers == sorted(set(numbers))


def test_a_record_beyond_the_limit_is_rejected_and_the_next_one_read() -> None:
    data = "\n".join([json.dumps({**A, "body": "x" * 3000}, indent=1), LINES[1]])
    found = list(read_stream(io.BytesIO(data.encode()), "-", ReadOptions(live=True, max_bytes=2000)))
    assert [type(item) for item in found][-1] is Draft
    assert any(isinstance(item, Rejected) for item in found)


ROWS = st.lists(
    st.builds(
        lambda n, text: {"id": f"r{n}", "headline": f"A boat {text}", "body": f"It sank. {text}"},
        st.integers(0, 10**6),
        st.text(st.characters(codec="utf-8"), max_size=20),
    ),
    min_size=1,
    max_size=8,
)


@given(rows=ROWS, seed=st.integers(0, 2**32))
def test_whatever_the_layout_of_each_record_all_are_read(rows: list[dict[str, Any]], seed: int) -> None:
    chance, parts = random.Random(seed), []
    for row in rows:
        indent = chance.choice([None, None, 0, 1, 4])
        parts.append(
            chance.choice(["", "", "\x1e"]) + json.dumps(row, indent=indent, ensure_ascii=chance.random() < 0.5)
        )
    data = "\n".join(parts)
    if all("\n" not in part for part in parts) and len(parts) > 1:
        data = chance.choice(["\n", "", " ", ",\n"]).join(parts)
    assert outline(data) == [row["id"] for row in rows]


@given(data=st.binary(max_size=300))
def test_nothing_makes_it_raise(data: bytes) -> None:
    list(read_stream(io.BytesIO(b"{" + data), "-", ReadOptions(live=True)))
    list(read_stream(io.BytesIO(LINES[0].encode() + b"\n" + data), "a.jsonl", ReadOptions()))
