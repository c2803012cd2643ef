"""The spellings of an index that fit a pattern: prefix, wildcard, fuzzy word, regular expression."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from morgue import analysis
from morgue.engine.files.segment import Segment
from morgue.engine.search.automata import Levenshtein, TimeUp, end_of, regex, walk, wildcard
from morgue.query.regex import PatternError
from morgue.query.tree import Pattern

__all__ = ["MAX_EXPANSION_SECONDS", "MAX_SPELLINGS", "Expansion", "PatternError", "expand", "like"]

MAX_SPELLINGS = 20_000
"""Spellings of one pattern that a search uses; of more, the first in order, and `Expansion.cut` is set."""

MAX_EXPANSION_SECONDS = 2.0
"""Seconds that one search for the spellings of a pattern may take."""


class Expansion(NamedTuple):
    """The spellings that fit a pattern.

    Attributes:
        spellings: per segment the indices into `Segment.surfaces(field).words` of the spellings to use.
        fitting: how many different spellings fit (of those read within MAX_EXPANSION_SECONDS).
        used: how many of them are used. cut: whether some are not.
    """

    spellings: list[list[int]]
    fitting: int
    used: int
    cut: bool


def expand(segments: Iterable[Segment], field: str, pattern: Pattern, limit: int = MAX_SPELLINGS) -> Expansion:
    """Return the spellings of an index field that fit a pattern.

    Args:
        segments: to search. field: the index field. pattern: what to match.
        limit: most different spellings to use; the first in order are.

    Raises:
        PatternError: a regular expression that cannot be used.
    """
    until = time.monotonic() + MAX_EXPANSION_SECONDS
    found: list[tuple[Sequence[str], list[int]]] = []
    late = False
    for segment in segments:
        surfaces = segment.surfaces(field)
        indices: list[int] = []
        try:
            for index in fitting(surfaces.text, surfaces.words, pattern, until):
                indices.append(index)
                if len(indices) % 64 == 0 and time.monotonic() > until:
                    raise TimeUp
        except TimeUp:
            late = True
        found.append((surfaces.words, indices))
    distinct = {words[index] for words, indices in found for index in indices}
    if len(distinct) <= limit:
        return Expansion([indices for _, indices in found], len(distinct), len(distinct), late)
    last = sorted(distinct)[limit - 1]
    kept = [[index for index in indices if words[index] <= last] for words, indices in found]
    return Expansion(kept, len(distinct), limit, True)


def _fold_pattern(text: str) -> str:
    """Return a prefix or wildcard as spellings are folded, its `*` and `?` kept."""
    return "".join(part if part in ("*", "?") else analysis.fold(part) for part in re.split(r"([*?])", text) if part)


def fitting(text: str, words: Sequence[str], pattern: Pattern, until: float = inf) -> Iterator[int]:
    """Yield the indices of the words that fit a pattern, in order.

    Args:
        text: the words, each between line feeds. words: sorted by code point.
        until: `time.monotonic()` seconds.

    Raises:
        TimeUp: a regular expression takes longer.
        PatternError: a regular expression that cannot be used.
    """
    if pattern.kind == "prefix":
        yield from range(*_starting(words, analysis.fold(pattern.text)))
    elif pattern.kind == "wildcard":
        yield from _wild(text, words, _fold_pattern(pattern.text))
    elif pattern.kind == "fuzzy":
        word = analysis.fold(pattern.text)
        fixed = word[: pattern.prefix]
        low, high = _starting(words, fixed)
        yield from like(text, words, word[len(fixed) :], pattern.distance, low, high, len(fixed))
    else:
        expression, start = regex(_fold_regex(pattern.text))
        expression.until = until
        yield from walk(words, expression, *_starting(words, start))


def like(
    text: str, words: Sequence[str], word: str, distance: int, low: int, high: int, skip: int = 0
) -> Iterator[int]:
    """Yield the indices of the words from `low` to `high` that are spelled like `word` after `skip` characters.

    If a word is cut into `distance` + 1 pieces, `distance` changes leave one of them unchanged: only words that hold a
    piece are compared.

    Args:
        text, words: as `fitting` takes them. word: folded, without its first `skip` characters.
        distance: insertions, deletions and replacements, at most. low, high: range of indices.
        skip: characters that all these words begin with.
    """
    automaton = Levenshtein(word, distance)
    size = len(word) // (distance + 1)
    if size < 2:  # such pieces are in too many words
        yield from walk(words, automaton, low, high, skip)
        return
    cuts = [*range(0, size * (distance + 1), size), len(word)]
    lines = text if high - low == len(words) else "\n".join(["", *words[low:high], ""])
    held = {line for start, end in pairwise(cuts) for line in _holding(lines, word[start:end])}
    shortest, longest = skip + len(word) - distance, skip + len(word) + distance
    for spelling in sorted(held):
        if shortest <= len(spelling) <= longest and automaton.fits(spelling[skip:]):
            index = bisect_left(words, spelling, low, high)
            while index < high and words[index] == spelling:  # once for every term it belongs to, one per language
                yield index
                index += 1


def _holding(lines: str, piece: str) -> Iterator[str]:
    """Yield the lines that hold a piece."""
    place = lines.find(piece)
    while place >= 0:
        end = lines.index("\n", place)
        yield lines[lines.rindex("\n", 0, place) + 1 : end]
        place = lines.find(piece, end)


def _fold_regex(text: str) -> str:
    """Return an expression in lower case except for its escapes (`\\W`): spellings are folded."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else _lower(part[0]), text, flags=re.DOTALL)


def _lower(text: str) -> str:
    # Character by character, so that offsets in messages stay right; accents are removed as in words.
    folded = (analysis.fold(char) if char.isalpha() else char for char in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))


def _starting(words: Sequence[str], prefix: str) -> tuple[int, int]:
    """Return the range of words that begin with a prefix."""
    if not prefix:
        return 0, len(words)
    low = bisect_left(words, prefix)
    return low, end_of(words, prefix, low, len(words))


def _wild(text: str, words: Sequence[str], wild: str) -> Iterator[int]:
    start = re.split(r"[*?]", wild, maxsplit=1)[0]
    low, high = _starting(words, start)
    if start or wild.count("*") > 2:
        yield from walk(words, wildcard(wild), low, high)
        return
    # Without a fixed beginning, one scan in C over all spellings; two stars take at worst quadratic time in a word's
    # length.
    expression = "".join({"*": "[^\n]*", "?": "[^\n]"}.get(char, re.escape(char)) for char in wild)
    last = -1
    for match in re.finditer(f"(?<=\n){expression}(?=\n)", text):
        # A spelling is listed once for every term it belongs to (one per language).
        last = max(bisect_left(words, match[0], last + 1), last + 1)
        yield last
