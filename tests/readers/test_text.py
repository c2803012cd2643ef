"""Plain text files: bytes to drafts."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions, TooLarge
from morgue.readers.text import read


def _read(data: bytes, **options: object) -> list[Draft | Rejected]:
    return list(read(io.BytesIO(data), "a.txt", ReadOptions(**options)))  # type: ignore[arg-type]


def test_a_file_is_one_story() -> None:
    (draft,) = _read("OSLO (AP) — Tin.\n".encode())

    assert isinstance(draft, Draft)
    assert (draft.format, draft.record, draft.layout, draft.body) == ("text", 0, "wire", "OSLO (AP) — Tin.\n")
    assert len(draft.digest) == 64


def test_pairs_of_zczc_and_nnnn_separate_stories() -> None:
    drafts = _read(b"ZCZC A1\nOne.\n\nNNNN\n\nZCZC A2\nTwo.\nNNNN\n")

    assert [d.record for d in drafts if isinstance(d, Draft)] == [1, 2]
    assert "One." in drafts[0].body  # type: ignore[union-attr]
    assert "Two." not in drafts[0].body  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [b"One.\nNNNN\nTwo.\nNNNN\n", b"ZCZC A1\nOne.\nZCZC A2\nTwo.\nNNNN\n", b"One.\n___\nTwo.\n", b"One.\n\x0cTwo.\n",
     b"ZCZC A1\nOne.\nNNNN\nbetween\nZCZC A2\nTwo.\nNNNN\n"],
)  # fmt: skip
def test_doubtful_separators_separate_nothing(data: bytes) -> None:
    assert len(_read(data)) == 1


def test_latin_bytes_are_read() -> None:
    (draft,) = _read("Müller in Zürich".encode("cp1252"))

    assert isinstance(draft, Draft)
    assert draft.body == "Müller in Zürich"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"one\x00two and three", b"\x89PNG\r\n\x1a\n\x00"])
def test_nothing_to_read_is_rejected_with_a_reason(data: bytes) -> None:
    (rejected,) = _read(data)

    assert isinstance(rejected, Rejected)
    assert rejected.why


def test_encoding_may_be_fixed() -> None:
    (draft,) = _read("Привет".encode("koi8-r"), encoding="koi8-r")

    assert isinstance(draft, Draft)
    assert draft.body == "Привет"


def test_too_large_a_file_is_the_callers_business() -> None:
    with pytest.raises(TooLarge):
        _read(b"x" * 2000, max_bytes=1000)
