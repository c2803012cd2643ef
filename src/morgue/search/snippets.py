"""Matched words to quotable passages: whole sentences where they fit, the best first, offsets that can be checked.

A passage is `article[field][start:end]`, to the letter. It never crosses a paragraph. Boilerplate cannot appear: the
wire grammar took it out of the body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, islice
from math import fsum
from typing import TYPE_CHECKING

from morgue import analysis
from morgue.model import Mark, Snippet
from morgue.query.tree import HEADLINE_GAP

if TYPE_CHECKING:
    from morgue.index.values import Span, Structure
    from morgue.json_types import Record

_BOUNDARIES = " \n\t\u00a0"
_SPARE_PASSAGES = 1  # built beyond those wanted
_MAX_CACHED_CHARACTERS = 40  # of a part of a text whose number of words is cached
_MAX_CACHED_PARTS = 1 << 16
_PUNCTUATION = ".,;:!?()[]<>\"'-*/&$%"  # common before or after a word


# A match in characters: where its first word begins, where its last ends, and each matched word.
Located = tuple[int, int, tuple[tuple[int, int], ...]]
Rarity = Callable[[str], float]


def passages(
    record: Record,
    spans: Iterable[Span],
    structure: Structure,
    *,
    limit: int | None,
    length: int,
    rarity: Rarity = lambda _: 1.0,
) -> tuple[Snippet, ...]:
    """Return what to quote of an article: the headline if it matched, other fields that matched, the best passages.

    Args:
        record: the article's record. spans: where it matched. structure: of its body.
        limit: most passages of the body; None for one for every match with its sentence (a concordance).
        length: characters that a passage should stay within; a longer sentence is cut at words.
        rarity: weight of a word as printed; rarer words make better passages.

    Without a match in the body the first passage is its opening, unmarked, so that a hit always shows some text
    (not in a concordance).
    """
    body = _Body(record.get("body") or "", structure)
    headline, in_body, others = _sorted_out(record, spans, body)
    found: list[Snippet] = []
    if headline:
        found.append(_whole("headline", str(record["headline"]), headline))
    if limit is None:
        found.extend(_concordance(body, in_body, length))
    elif limit > 0:
        found.extend(_choose(body, in_body, limit, length, rarity) or _opening(body, length))
    found.extend(others)
    return tuple(found)


def marks(record: Record, spans: Iterable[Span], structure: Structure) -> dict[str, list[Mark]]:
    """Return the matched words (`spans`) of a record's headline and body as offsets, in order: what `show` highlights.

    `structure` has the sentences and paragraphs of the body.
    """
    body = _Body(record.get("body") or "", structure)
    headline, in_body, _ = _sorted_out(record, spans, body)
    return {
        name: [Mark(*word) for word in sorted({word for match in located for word in match[2]})]
        for name, located in (("headline", headline), ("body", body.located(in_body)))
    }


class _Counts(dict[str, int]):
    """Part of a text between white space, which no word holds -> number of words in it. Fills itself.

    Attributes:
        single: the parts that are known to hold one word.
    """

    def __init__(self) -> None:
        self.single: set[str] = set()

    def __missing__(self, part: str) -> int:
        word = part.strip(_PUNCTUATION)
        count = 1 if _plain(word) else len(analysis.surfaces(part))
        if len(part) <= _MAX_CACHED_CHARACTERS:
            if len(self) >= _MAX_CACHED_PARTS:
                self.clear()
                self.single.clear()
            self[part] = count
            if count == 1:
                self.single.add(part)
        return count


_COUNTS = _Counts()


def _plain(word: str) -> bool:
    """Whether what is left of a part without the punctuation about it is sure to be one word."""
    return word.isalpha() and word.isascii() and len(word) <= analysis.MAX_RUN


_LONG_SENTENCE = 20_000  # characters


def _word(text: str, number: int, start: int = 0) -> tuple[int, int] | None:
    """Offsets of a word of a text by its number, None if there are fewer words. `start`: of the text itself."""
    parts = text.split(None, number + 1)
    rest = parts.pop() if len(parts) > number + 1 else ""
    index, before = number, number
    if len(parts) <= number or not _COUNTS.single.issuperset(parts):
        behind = list(accumulate(map(_COUNTS.__getitem__, parts)))
        if rest and behind[-1] <= number:  # some parts hold no word
            parts, rest = text.split(), ""
            behind = list(accumulate(map(_COUNTS.__getitem__, parts)))
        index = bisect_right(behind, number)
        if index == len(parts):
            return None
        if index < len(parts) - 1:
            rest = ""
        before = behind[index - 1] if index else 0
    part = parts[index]
    begin = len(text) - len(rest) - len(part) - 1
    if not rest or not text.startswith(part, begin):  # not just one white space before the rest
        begin = len(text) - len(text.split(None, index)[index])
    begin += start
    if part.isalpha() and part.isascii() and len(part) <= analysis.MAX_RUN:
        return begin, begin + len(part)
    word = part.strip(_PUNCTUATION)
    if _plain(word):
        begin += part.index(word)
        return begin, begin + len(word)
    first, last = next(islice(analysis.located(part), number - before, None))
    return begin + first, begin + last


class _Body:
    """The body with its sentences: from word numbers to characters, a sentence at a time and each only once."""

    __slots__ = ("_known", "_words", "offsets", "paragraphs", "positions", "text")

    def __init__(self, text: str, structure: Structure) -> None:
        self.text = text
        self.positions = structure.positions
        self.offsets = structure.offsets
        self.paragraphs = structure.paragraphs
        self._known: dict[int, tuple[int, int] | None] = {}
        self._words: dict[int, list[tuple[int, int]]] = {}  # of long sentences, each by its number

    def sentence_at(self, position: int) -> int:
        """Number of the sentence that a word is in; -1 if it is before the body (in the headline)."""
        return bisect_right(self.positions, position) - 1

    def end(self, sentence: int) -> int:
        """Offset behind a sentence's last character, white space left out."""
        text, offsets = self.text, self.offsets
        return _rstrip(text, offsets[sentence + 1] if sentence + 1 < len(offsets) else len(text))

    def word(self, position: int) -> tuple[int, int] | None:
        """Offsets of a word by its number."""
        if position in self._known:
            return self._known[position]
        sentence = bisect_right(self.positions, position) - 1
        if sentence < 0:
            return None
        offsets = self.offsets
        start = offsets[sentence]
        text = self.text[start : offsets[sentence + 1]] if sentence + 1 < len(offsets) else self.text[start:]
        number = position - self.positions[sentence]
        if len(text) > _LONG_SENTENCE:
            found = self._in_long(sentence, text, number, start)
        else:
            found = _word(text, number, start)
        self._known[position] = found
        return found

    def _in_long(self, sentence: int, text: str, number: int, start: int) -> tuple[int, int] | None:
        """As `_word`, for a text without full stops: it is divided once and not for every hit."""
        if sentence not in self._words:
            self._words[sentence] = analysis.offsets(text)
        words = self._words[sentence]
        return (start + words[number][0], start + words[number][1]) if number < len(words) else None

    def match(self, span: Span) -> Located | None:
        """A match in characters; None when none of its words is there."""
        words = span.words
        if len(words) != 1:
            known = [word for word in map(self.word, words) if word]
            return _located(known) if known else None
        only = self.word(words[0])
        return only and (only[0], only[1], (only,))

    def located(self, spans: Sequence[Span]) -> list[Located]:
        """Matches in characters, in order, each once."""
        found = [match for match in map(self.match, spans) if match]
        return sorted(set(found)) if len(found) > 1 else found

    def paragraph_of(self, sentence: int) -> int:
        """Number of the paragraph (from 0) that a sentence is in."""
        return sum(self.paragraphs[: sentence + 1]) - 1

    def same_paragraph(self, first: int, last: int) -> bool:
        """Whether no paragraph begins behind `first` up to `last`."""
        return True not in self.paragraphs[first + 1 : last + 1]

    def followed(self, sentence: int, end: int, most: int) -> tuple[int, int]:
        """The last of the sentences that follow one in its paragraph and end by `most`, and the end of it.

        `end`: of the sentence.
        """
        paragraphs, count = self.paragraphs, len(self.offsets)
        following = sentence + 1
        while following < count and not paragraphs[following]:
            further = self.end(following)
            if further > most:
                break
            end = further
            following += 1
        return following - 1, end


def _rstrip(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _sorted_out(record: Record, spans: Iterable[Span], body: _Body) -> tuple[list[Located], list[Span], list[Snippet]]:
    """Matches of the headline in characters, those of the body as they are, and snippets of other fields."""
    headline: list[Span] = []
    in_body: list[Span] = []
    others: dict[str, set[int]] = {}
    first = body.positions[0] if body.text and body.positions else None
    for span in spans:
        if span.field != "text":
            others.setdefault(span.field, set()).update(span.words)
        elif first is not None and span.start >= first:
            in_body.append(span)
        else:
            headline.append(span)
    located: list[Located] = []
    if headline:
        text = str(record.get("headline") or "")
        inside = ([known for known in [_word(text, word) for word in span.words] if known] for span in headline)
        found = [_located(known) for known in inside if known]
        located = sorted(set(found)) if len(found) > 1 else found
    snippets = [snippet for name, positions in others.items() for snippet in _small(name, record, positions)]
    return located, in_body, snippets


def _located(words: Sequence[tuple[int, int]]) -> Located:
    if len(words) == 1:
        return words[0][0], words[0][1], (words[0],)
    known = sorted(set(words))
    return known[0][0], max([end for _, end in known]), tuple(known)


# Where a record keeps the values of a small text field, as schema.py hands them to the index.
def _values(name: str, record: Record) -> list[str]:
    if name == "contributor":
        return [str(person["name"]) for person in record.get("contributors") or ()]
    if name == "location":
        places = [record.get("location"), *(other["raw"] for other in record.get("other_locations") or ())]
        return [str(place) for place in places if place]
    value = record.get(name)
    if name == "byline" and not value:
        value = record.get("byline_raw")
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []


def _small(name: str, record: Record, positions: set[int]) -> Iterable[Snippet]:
    """Snippets of a small field: each value that matched, whole."""
    first = 0
    for value in _values(name, record):
        words = analysis.offsets(value)
        matched = tuple(Mark(*word) for number, word in enumerate(words, first) if number in positions)
        if matched:
            yield Snippet(field=name, text=value, start=0, end=len(value), spans=matched, words=matched)
        first += len(words) + HEADLINE_GAP


def _whole(name: str, text: str, matches: list[Located]) -> Snippet:
    spans, words = _marks(matches)
    return Snippet(field=name, text=text, start=0, end=len(text), spans=spans, words=words)


def _marks(matches: Sequence[Located]) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The matches (which are in order) from first to last word, those that overlap made one; and the matched words."""
    if len(matches) == 1 and len(matches[0][2]) == 1:
        only = (Mark(matches[0][0], matches[0][1]),)
        return only, only
    spans: list[tuple[int, int]] = []
    last = -1
    for start, end, _ in matches:
        if start < last:
            last = max(last, end)
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((start, end))
            last = end
    marks = tuple([Mark(start, end) for start, end in spans])
    words = sorted({word for match in matches for word in match[2]})
    return marks, marks if words == spans else tuple([Mark(start, end) for start, end in words])


# A passage to be: start and end of it, its first sentence, and the matches in it.
_Candidate = tuple[int, int, int, list[Located]]


def _choose(body: _Body, spans: list[Span], limit: int, length: int, rarity: Rarity) -> list[Snippet]:
    """Pick passages greedily: each adds most rare words not yet shown; then more words; then the earlier one.

    Only the sentences with the most matched words, and the first, are considered: one more than are wanted.
    """
    if not spans:
        return []
    by_sentence: dict[int, list[Span]] = {}
    positions = body.positions
    for span in spans:
        number = bisect_right(positions, span.start) - 1
        if number in by_sentence:
            by_sentence[number].append(span)
        else:
            by_sentence[number] = [span]
    looked_at: Iterable[int] = by_sentence
    if len(by_sentence) > limit + _SPARE_PASSAGES:
        ranked = sorted([(-_count(inside), number) for number, inside in by_sentence.items()])
        looked_at = {*[number for _, number in ranked[: limit + _SPARE_PASSAGES]], min(by_sentence)}
    candidates = [c for c in [_candidate(body, by_sentence, n, length) for n in looked_at] if c]
    if len(candidates) > 1:
        candidates = _best(body, candidates, limit, rarity)
    return [_snippet(body, candidate) for candidate in candidates]


def _best(body: _Body, candidates: Sequence[_Candidate], limit: int, rarity: Rarity) -> list[_Candidate]:
    """The best of some passages that do not overlap, best first."""
    left = [(candidate, _weights(body, candidate[3], rarity)) for candidate in candidates]
    chosen: list[_Candidate] = []
    shown: set[str] = set()
    while left and len(chosen) < limit:
        ranked = [(_worth(weights, shown, len(c[3])), -c[0], -n) for n, (c, weights) in enumerate(left)]
        best, weights = left[-max(ranked)[2]]
        chosen.append(best)
        if len(chosen) < limit:
            shown.update(weights)
            left = [item for item in left if item[0][1] <= best[0] or item[0][0] >= best[1]]
    return chosen


def _count(spans: Sequence[Span]) -> int:
    """The distinct words of some matches."""
    return len(spans[0].words) if len(spans) == 1 else len(set().union(*[span.words for span in spans]))


def _weights(body: _Body, matches: Sequence[Located], rarity: Rarity) -> dict[str, float]:
    """The distinct words that matched in a passage, and how rare they are."""
    text, fold = body.text, analysis.fold
    return {surface: rarity(surface) for surface in {fold(text[a:b]): 0 for match in matches for a, b in match[2]}}


def _worth(weights: Mapping[str, float], shown: set[str], matches: int) -> float:
    # fsum: the sum does not depend on the order of the words, so that of equal passages the earlier one is taken.
    if not shown:
        return fsum(weights.values()) + 0.05 * matches
    return fsum(value * (0.1 if word in shown else 1.0) for word, value in weights.items()) + 0.05 * matches


def _concordance(body: _Body, spans: list[Span], length: int) -> list[Snippet]:
    """Every match with the sentences it runs through."""
    candidates = (
        _candidate(body, {number: [span]}, number, length)
        for span in spans
        for number in (body.sentence_at(span.start),)
    )
    return [_snippet(body, candidate) for candidate in sorted(filter(None, candidates))]


def _candidate(body: _Body, by_sentence: Mapping[int, list[Span]], begin: int, length: int) -> _Candidate | None:
    """The passage that begins with a sentence: all that its first match runs through, and following sentences of the
    paragraph as long as they fit."""
    mine = by_sentence[begin]
    first = body.match(mine[0])
    if first is None:
        return None
    first_word, last_word, _ = first
    finish = begin if len(mine[0].words) == 1 else body.sentence_at(max(mine[0].words))
    start, end = body.offsets[begin], body.end(finish)
    if last_word - first_word > length or (finish > begin and not body.same_paragraph(begin, finish)):
        # A match of many sentences or paragraphs (a wide proximity): quote it from its first to its last word.
        end = max(last_word, end) if end - start <= 2 * length else last_word
        start = start if last_word - start <= 2 * length else first_word
    elif end - start > length:
        start, end = _cut(body.text, start, end, first_word, last_word, length)
    else:
        finish, end = body.followed(finish, end, start + length)
    inside = mine
    for number in range(begin + 1, finish + 1):
        if number in by_sentence:
            inside = inside + by_sentence[number]
    located = [first] if len(inside) == 1 else body.located(inside)
    return start, end, begin, [match for match in located if match[0] >= start and match[1] <= end]


def _cut(text: str, start: int, end: int, first_word: int, last_word: int, length: int) -> tuple[int, int]:
    """Cut a long sentence at words, the match, which begins and ends at words, a third of the way in."""
    room = length - (last_word - first_word)
    first = max(start, first_word - room // 3)
    last = min(end, first + length)
    first = max(start, last - length)
    if first > start:
        while first < first_word and text[first - 1] not in _BOUNDARIES:
            first += 1
    if last < end:
        while last > last_word and text[last] not in _BOUNDARIES:
            last -= 1
        last = max(_rstrip(text, last), last_word)
    return first, last


def _opening(body: _Body, length: int) -> list[Snippet]:
    """The body's first sentences, unmarked."""
    if not body.text or not body.offsets:
        return []
    start = body.offsets[0]
    if body.end(0) - start > length:
        start, end = _cut(body.text, start, body.end(0), start, start, length)
    else:
        end = body.followed(0, body.end(0), start + length)[1]
    return [_snippet(body, (start, end, 0, []))]


def _snippet(body: _Body, candidate: _Candidate) -> Snippet:
    start, end, sentence, matches = candidate
    spans, words = _marks(matches)
    return Snippet(
        field="body",
        text=body.text[start:end],
        start=start,
        end=end,
        paragraph=body.paragraph_of(sentence),
        spans=spans,
        words=words,
    )
