"""Matches within an article: positions of words, next to each other, near each other, in one sentence.

A match is (position of its first word, position of its last, positions of all matched words). Positions of small fields
are shifted by FIELD_STEP per field, so that words of different fields are never near each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from morgue.engine.files.segment import Segment
from morgue.index.document import FIELDS, TEXT, body_start
from morgue.index.values import Span
from morgue.query.tree import HEADLINE_GAP

Match = tuple[int, int, tuple[int, ...]]
Unit = Literal["word", "sentence", "paragraph"]

_new = tuple.__new__  # faster than a NamedTuple's own constructor, for every match that is shown

FIELD_STEP = 1 << 40
MAX_PAIRS = 50_000
"""Pairs of matches that a proximity query forms in one article; a hostile article has millions."""


def shift(field: str) -> int:
    """Return what is added to the positions of an index field."""
    return 0 if field == TEXT else FIELDS.index(field) * FIELD_STEP


def span(match: Match) -> Span:
    """Return a match as a span of its field."""
    if match[0] < FIELD_STEP:
        return _new(Span, (TEXT, *match))
    number, start = divmod(match[0], FIELD_STEP)
    base = number * FIELD_STEP
    return Span(FIELDS[number], start, match[1] - base, tuple(position - base for position in match[2]))


def in_a_row(items: Sequence[list[Match]]) -> list[Match]:
    """Return the matches made of one match of each item, each right after the one before."""
    chains = items[0]
    for matches in items[1:]:
        if not chains:
            return []
        following: dict[int, list[Match]] = {}
        for match in matches:
            following.setdefault(match[0], []).append(match)
        chains = [
            (start, match[1], words + match[2]) for start, end, words in chains for match in following.get(end + 1, ())
        ]
    return unique(chains)


def words_in_a_row(items: Sequence[Sequence[int]]) -> list[int]:
    """Return the first positions of phrases of single words: `in_a_row` for positions alone."""
    rare = min(range(len(items)), key=lambda i: len(items[i]))
    starts: Iterable[int] = [position - rare for position in items[rare]]
    for number, positions in enumerate(items):
        if number != rare:
            held = positions if len(positions) < 8 else set(positions)
            starts = [start for start in starts if start + number in held]
    return list(starts)


def adjacent(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether any position of `other` is one more than a position of `one`; both ascend."""
    if len(one) == 1:
        return one[0] + 1 in other
    return not set(other).isdisjoint([position + 1 for position in one])


def unique(matches: Iterable[Match]) -> list[Match]:
    """Return matches in order, of those with the same first and last word only one."""
    return sorted({(match[0], match[1]): match for match in matches}.values())


class Layout:
    """Where sentences and paragraphs of one document begin; read at the first use."""

    def __init__(self, segment: Segment, doc: int) -> None:
        self._segment = segment
        self._doc = doc
        self._starts: dict[str, list[int]] = {}

    def unit(self, match: Match, unit: Unit) -> int | None:
        """Return the number of the sentence or paragraph (`unit`) that holds `match`; None if several do.

        The headline is one; so is each value of a small field.
        """
        first, last = match[0], match[1]
        if first == last:
            return self._at(first, unit)
        number = self._at(first, unit)
        return number if self._at(last, unit) == number else None

    def _at(self, position: int, unit: Unit) -> int:
        starts = self._of(unit)
        if position < FIELD_STEP:
            return bisect_right(starts, position) - 1
        return position // FIELD_STEP * FIELD_STEP

    def _of(self, unit: Unit) -> list[int]:
        found = self._starts.get(unit)
        if found is None:
            structure = self._segment.structure(self._doc)
            found = list(structure.positions)
            if unit == "paragraph":
                found = [start for start, opens in zip(found, structure.paragraphs, strict=True) if opens]
            self._starts[unit] = found
        return found

    def shared(self, one: Sequence[int], other: Sequence[int], unit: Unit) -> bool:
        """Whether a position of `one` and one of `other` are in the same sentence or paragraph (`unit`) of the text."""
        starts = self._of(unit)
        units = {bisect_right(starts, position) for position in one}
        return any(bisect_right(starts, position) in units for position in other)

    def any_within(self, places: Sequence[int], count: int) -> bool:
        """Whether any of `places`, ascending positions, is among the first `count` words of headline or body."""
        body = body_start(self._segment.zone_lengths[0][self._doc])
        first = bisect_left(places, body)
        if first and self.within(places[0], count):
            return True
        return first < len(places) and self.within(places[first], count)

    def within(self, position: int, count: int) -> bool:
        """Whether `position` is in the first `count` of headline, body or small field; paragraph breaks don't count."""
        if position >= FIELD_STEP:
            return position % FIELD_STEP < count
        body = body_start(self._segment.zone_lengths[0][self._doc])
        if position < body or position - body < count:
            return position % body < count
        return position - body - (bisect_right(self._of("paragraph"), position) - 1) < count


def _same_value(one: Match, other: Match) -> bool:
    """Whether two matches of a small field can be in one value (values are HEADLINE_GAP apart)."""
    return max(one[0], other[0]) - min(one[1], other[1]) <= HEADLINE_GAP


def _overlap(one: Match, other: Match) -> bool:
    """Whether two matches overlap."""
    return one[0] <= other[1] and other[0] <= one[1]


def pairs(
    left: Sequence[Match],
    right: Sequence[Match],
    distance: int,
    unit: Unit,
    ordered: bool,
    layout: Callable[[], Layout],
) -> Iterable[tuple[Match, Match]]:
    """Yield the pairs of a left and a right match that are near each other, as tree.Near defines.

    Args:
        left, right: matches by first word. distance: in words, at most (if `unit` is "word").
        unit: what must hold both. ordered: whether the left one must come first.
        layout: returns the document's sentences; called only if needed.
    """
    if unit == "word":
        yield from _within(left, right, distance, ordered)
        return
    where = layout()
    units: dict[int, list[Match]] = {}
    for match in right:
        number = where.unit(match, unit)
        if number is not None:
            units.setdefault(number, []).append(match)
    for match in left:
        number = where.unit(match, unit)
        for other in units.get(number, ()) if number is not None else ():
            if _overlap(match, other) or (ordered and match[0] > other[0]):
                continue
            if match[0] < FIELD_STEP or _same_value(match, other):
                yield match, other


def _within(
    left: Sequence[Match], right: Sequence[Match], distance: int, ordered: bool
) -> Iterable[tuple[Match, Match]]:
    """Yield pairs at most `distance` words apart: from the earlier one's last to the later one's first."""
    starts = [match[0] for match in right]
    widest = max((match[1] - match[0] for match in right), default=0)
    for match in left:
        first, last, _ = match
        low = bisect_left(starts, last + 1 if ordered else first - distance - widest)
        for index in range(low, bisect_right(starts, last + distance)):
            other = right[index]
            if other[0] > last or (not ordered and other[1] < first and first - other[1] <= distance):
                yield match, other


def joined(one: Match, other: Match) -> Match:
    """Return the match that spans `one` and `other`."""
    return min(one[0], other[0]), max(one[1], other[1]), tuple(sorted({*one[2], *other[2]}))


def near_words(left: Sequence[int], right: Sequence[int], distance: int, ordered: bool) -> bool:
    """Whether two ascending lists of positions have a pair of different positions near each other.

    Args:
        left, right: the positions. distance: from one to the other, at most. ordered: whether `left` must come first.
    """
    if len(left) == 1 and len(right) == 1:
        gap = right[0] - left[0]
        return 0 < gap <= distance or (not ordered and 0 < -gap <= distance)
    i = j = 0
    while i < len(left) and j < len(right):
        gap = right[j] - left[i]
        if 0 < gap <= distance or (not ordered and 0 < -gap <= distance):
            return True
        if gap > 0:
            i += 1
        elif gap < 0 or ordered:
            j += 1
        else:  # the same word on both sides: try its neighbours
            near = (right[j + 1] - left[i] if j + 1 < len(right) else distance + 1,
                    left[i + 1] - right[j] if i + 1 < len(left) else distance + 1)  # fmt: skip
            if min(near) <= distance:
                return True
            i, j = i + 1, j + 1
    return False


def has_lonely(left: Sequence[int], right: Sequence[int], distance: int, ordered: bool) -> bool:
    """Whether any position of `left` has no other one of `right` near it (`distance`, `ordered`: see `near_words`)."""
    for position in left:
        low = bisect_left(right, position + 1 if ordered else position - distance)
        high = bisect_right(right, position + distance)
        near = high - low
        if near == 1 and right[low] == position:  # the same word on both sides is not near itself
            near = 0
        if near <= 0:
            return True
    return False


def narrow(matches: Iterable[Match]) -> list[Match]:
    """Return the matches that contain no other match: those that a proximity search shows."""
    kept: list[Match] = []
    for match in sorted(unique(matches), key=lambda m: (m[0], -m[1])):
        while kept and kept[-1][1] >= match[1]:
            kept.pop()
        kept.append(match)
    return kept
