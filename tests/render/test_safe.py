"""Hostile text: nothing a terminal, a page or a spreadsheet would obey gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.render.safe import defused, line, pieces, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("[sic] and :smile: stay", "[sic] and :smile: stay"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 del\x7f nul\x00", "bell␇ del␡ nul␀"),
        ("\x9b31m", "<U+009B>31m"),
        ("evil\u202etxt.exe", "evil<U+202E>txt.exe"),
        ("\u2066isolated\u2069", "<U+2066>isolated<U+2069>"),
        ("zero\u200bwidth\ufeff", "zero<U+200B>width<U+FEFF>"),
        ("tag\U000e0041", "tag<U+E0041>"),
        ("caf\udce9.txt", "caf<xE9>.txt"),
        ("half \ud800", "half <U+D800>"),
        ("line\nbreak\ttab", "line\nbreak\ttab"),
        ("\r\x0b", "␍␋"),
        # scripts and emoji that need joiners and direction marks keep them
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍🚒", "👩‍🚒"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("ad\u200dmin", "ad<U+200D>min"),
        ("Zürich “quoted” – naïve 東京", "Zürich “quoted” – naïve 東京"),
    ],
)
def test_controls_are_shown_and_not_obeyed(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = line(text)

    assert all(character not in shown for character in "\x00\x07\x08\x1b\x7f\x9b\n\r\t\u202e\u2066\u200b")
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
    assert line(shown) == shown


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|'/c calc'!A0", "'+cmd|'/c calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("-3.5", "-3.5"),
        ("+4", "+4"),
        ("-", "'-"),
        ("-nan", "'-nan"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_spreadsheet_takes_no_cell_for_a_formula(cell: str, expected: str) -> None:
    assert defused(cell) == expected


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=5))
def test_pieces_make_up_the_text_whatever_the_marks(text: str, words: list[tuple[int, int]]) -> None:
    assert "".join(piece for piece, _ in pieces(text, words)) == text


def test_pieces_are_cut_at_the_words() -> None:
    assert pieces("the oil price", [(4, 7)]) == [("the ", False), ("oil", True), (" price", False)]
    assert pieces("oil", [(0, 2), (1, 3)]) == [("oi", True), ("l", True)]
