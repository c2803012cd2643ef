"""Fuzzy words: whatever is left out unseen, the spellings found are those within the edit distance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from morgue.engine.search.patterns import fitting
from morgue.query.tree import Pattern

WORDS = st.text("abcno", min_size=1, max_size=9)


def distance(one: str, other: str) -> int:
    """The edit distance by its definition."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = _next(row, i, a, other)
    return row[-1]


def _next(before: list[int], first: int, char: str, other: str) -> list[int]:
    row = [first]
    for j, b in enumerate(other, 1):
        row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != b)))
    return row


@given(st.lists(WORDS, max_size=60), WORDS, st.integers(1, 3), st.integers(0, 3))
def test_fuzzy_words_are_those_within_the_distance(words: list[str], word: str, most: int, fixed: int) -> None:
    words = sorted([*words, word, *words[:5]])  # a spelling stands once for every term it belongs to
    text = "\n".join(["", *words, ""])
    found = list(fitting(text, words, Pattern("fuzzy", word, distance=most, prefix=fixed)))

    start = word[:fixed]
    assert found == [
        n for n, w in enumerate(words) if w.startswith(start) and distance(w[len(start) :], word[len(start) :]) <= most
    ]
