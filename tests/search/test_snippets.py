"""Passages and marks from positions: the words that the index counted, and the best of several passages."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from morgue import analysis
from morgue.engine.sentences import outline
from morgue.index.values import Span, Structure
from morgue.search.snippets import marks, passages

PIECES = st.sampled_from([
    "oil", "Reports", "U.S.", "p.m.", "1,000.5", "AT&T", "don’t", "(so)", "--", "naïve", "東京都", "x\u200by", "C-130",
    "10:30", '"Yes."', "e\u0301t\u00e9", "ไทย", "a" * 300, "«oil»", "16s", "…", "'90s", "\ud800", "ﬁ", "Mr.", "!",
])  # fmt: skip
BODIES = st.lists(st.tuples(PIECES, st.sampled_from([" ", "\n", "  ", "\n\n", "\u00a0", "\t", ""])), max_size=40)


def structure(body: str, headline_words: int = 0) -> Structure:
    """What the index tells of a body."""
    starts, opens = outline(body)
    ends = [*starts[1:], len(body)]
    words = [len(analysis.surfaces(body[start:end])) for start, end in zip(starts, ends, strict=False)]
    gaps = [count + new for count, new in zip(words, opens[1:], strict=False)]
    return Structure(list(accumulate(gaps, initial=headline_words)) if starts else [], starts, opens)


class Case(NamedTuple):
    """A body, its structure, and per word its position and offsets."""

    body: str
    structure: Structure
    words: dict[int, tuple[int, int]]


def case(pieces: list[tuple[str, str]]) -> Case:
    return case_of("".join(part for piece in pieces for part in piece))


def case_of(body: str) -> Case:
    known = structure(body)
    words = {}
    for position, start, end in zip(known.positions, known.offsets, [*known.offsets[1:], len(body)], strict=False):
        for number, (first, last) in enumerate(analysis.offsets(body[start:end])):
            words[position + number] = (start + first, start + last)
    return Case(body, known, words)


@given(BODIES)
def test_every_word_is_marked_where_analysis_finds_it(pieces: list[tuple[str, str]]) -> None:
    body, known, words = case(pieces)
    spans = [Span("text", position, position, (position,)) for position in words]
    found = marks({"headline": "", "body": body}, spans, known)

    assert [(mark.start, mark.end) for mark in found["body"]] == sorted(words.values())


def test_words_of_a_text_without_full_stops_are_marked_like_those_of_short_sentences() -> None:
    body, known, words = case_of("word, naïve (C-130) -- don’t 東京都 " * 2_000)
    assert len(known.offsets) == 1
    spans = [Span("text", position, position, (position,)) for position in words]

    found = marks({"headline": "", "body": body}, spans, known)

    assert [(mark.start, mark.end) for mark in found["body"]] == sorted(words.values())


@given(BODIES, st.integers(0, 50), st.integers(10, 300))
def test_a_passage_is_a_piece_of_the_body_and_marks_lie_in_it(
    pieces: list[tuple[str, str]], position: int, length: int
) -> None:
    body, known, words = case(pieces)
    spans = [Span("text", place, place, (place,)) for place in (position, position + 3) if place in words]
    quotes = passages({"headline": None, "body": body}, spans, known, limit=1, length=length)

    for quote in quotes:
        assert quote.text == body[quote.start : quote.end]
        assert {(word.start, word.end) for word in quote.words} <= set(words.values())
        assert all(quote.start <= word.start and word.end <= quote.end for word in quote.words)
    assert not spans or any(quote.words for quote in quotes)


def test_of_two_passages_with_the_same_words_the_earlier_is_taken() -> None:
    """The sum of 0.1, 0.2 and 0.3 is more in one order than in another, and the later passage won by that."""
    body, known, words = case_of("Cocoa beans are ample. Nothing else.\n\nAmple beans are cocoa.")
    rarity = {"ample": 0.1, "beans": 0.2, "cocoa": 0.3}
    spans = [Span("text", n, n, (n,)) for n, (start, end) in words.items() if body[start:end].lower() in rarity]
    (quote,) = passages({"body": body}, spans, known, limit=1, length=30, rarity=lambda word: rarity[word])

    assert quote.text == "Cocoa beans are ample."
    assert len(quote.words) == 3
