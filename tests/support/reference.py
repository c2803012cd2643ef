"""A matcher to measure the engine against: one article at a time, one word at a time, as slow and plain as it gets.

Written from the docstrings of morgue/query/tree.py and from docs/query.md alone. What a word, its key and its folded
spelling are is analysis.py's business; where a sentence begins is morgue.engine.sentences's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from morgue import analysis
from morgue.engine.sentences import outline
from morgue.index.document import Document
from morgue.query import tree as t

SMALL = ("byline", "contributor", "location", "source", "slug", "keywords", "note")


@dataclass(frozen=True)
class Token:
    """One word of an article: where it stands and what it belongs to."""

    family: str  # `text` or a small field
    zone: str  # headline, lead or rest; "" in small fields
    position: int
    surface: str
    sentence: tuple[str, int, int]
    paragraph: tuple[str, int]
    rank: int  # number of the word in the headline, the body or the small field


@dataclass(frozen=True)
class Hit:
    """A match: the field family and the first and last position of its span."""

    family: str
    first: int
    last: int


class Reference:
    """One article, read word by word."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = [*self._headline(), *self._body(), *self._small()]
        self.at = {(token.family, token.position): token for token in self.tokens}
        self.whole = self

    def _headline(self) -> Iterator[Token]:
        for number, surface in enumerate(analysis.surfaces(self.document.headline)):
            yield Token("text", "headline", number, surface, ("headline", 0, 0), ("headline", 0), number)

    def _body(self) -> Iterator[Token]:
        position = len(analysis.surfaces(self.document.headline)) + t.HEADLINE_GAP
        rank = 0
        for number, paragraph in enumerate(self.document.body.split("\n\n")):
            begins = outline(paragraph)[0] or [0]
            for surface, offset, _ in analysis.words(paragraph):
                sentence = max(index for index, begin in enumerate(begins) if begin <= offset)
                zone = "lead" if number < 2 else "rest"
                yield Token("text", zone, position, surface, ("body", number, sentence), ("body", number), rank)
                position += 1
                rank += 1
            position += 1

    def _small(self) -> Iterator[Token]:
        for field in SMALL:
            position = 0
            for number, value in enumerate(self.document.texts.get(field, ())):
                for surface in analysis.surfaces(value):
                    yield Token(field, "", position, surface, (field, number, 0), (field, number), position)
                    position += 1
                position += t.HEADLINE_GAP

    # -- articles ----------------------------------------------------------------------------------------------

    def matches(self, node: t.Node) -> bool:
        """Return whether the article is one of the query's."""
        match node:
            case t.And(children=children):
                return all(map(self.matches, children))
            case t.Or(children=children):
                return any(map(self.matches, children))
            case t.Not(child=child):
                return not self.matches(child)
            case t.Filter(child=child, condition=condition):
                return self.matches(child) and self.matches(condition)
            case t.Optional(child=child) | t.Boost(child=child):
                return self.matches(child)
            case t.Everything():
                return True
            case t.Nothing():
                return False
            case t.Value():
                return self._value(node)
            case t.NumberRange(field=field, low=low, high=high):
                number = self.document.numbers.get(field)
                return number is not None and (low is None or low <= number) and (high is None or number <= high)
            case t.DateRange():
                return self._dated(node)
            case t.Has(field=field):
                return self._has(field)
            case t.AtLeast(count=count, child=child):
                return len({(hit.family, hit.first) for hit in self.hits(child)}) >= count
        return bool(self.hits(node))

    def _value(self, node: t.Value) -> bool:
        if node.field == "id":
            return self.document.id == node.text
        return node.text.casefold() in [value.casefold() for value in self.document.values.get(node.field, ())]

    def _has(self, field: str) -> bool:
        if field in ("headline", "body"):
            return any(
                token.family == "text" and (token.zone == "headline") == (field == "headline") for token in self.tokens
            )
        numbers, values = self.document.numbers, self.document.values
        return (
            field in numbers
            or f"{field}_from" in numbers
            or bool(values.get(field))
            or any(token.family == field for token in self.tokens)
        )

    def _dated(self, node: t.DateRange) -> bool:
        numbers = self.document.numbers
        first, last = numbers.get(f"{node.field}_from"), numbers.get(f"{node.field}_to")
        if first is None or last is None:
            return False
        on_the_wall = numbers.get(f"{node.field}_local") == 1
        low, high = (node.low_local, node.high_local) if on_the_wall else (node.low, node.high)
        if node.overlap:
            return (high is None or first <= high) and (low is None or last >= low)
        return (low is None or first >= low) and (high is None or last <= high)

    # -- matches within an article -----------------------------------------------------------------------------

    def hits(self, node: t.Node) -> set[Hit]:
        """Return all matches of a positional node."""
        match node:
            case t.Word() | t.Pattern():
                return {Hit(token.family, token.position, token.position) for token in self._tokens(node)}
            case t.Or(children=children):
                return set().union(*map(self.hits, children))
            case t.Phrase(children=items):
                return self._phrase(items)
            case t.Near():
                return self._near(node)
            case t.FirstWords(count=count, child=child):
                return {hit for hit in self.hits(child) if self.at[hit.family, hit.last].rank < count}
            case t.AllCaps(child=child):
                return self._capitals(child)
            case t.Boost(child=child):
                return self.hits(child)
        raise TypeError(node)

    def _tokens(self, node: t.Word | t.Pattern) -> Iterator[Token]:
        for token in self.tokens:
            if in_field(token, node.field) and self._same(node, token):
                yield token

    def _same(self, node: t.Word | t.Pattern, token: Token) -> bool:
        folded = analysis.fold(token.surface)
        if isinstance(node, t.Pattern):
            return spelled(node, folded)
        if node.exact:
            return folded == analysis.fold(node.text)
        stem, language = token.family == "text", self.document.language
        return analysis.key(token.surface, language, stem=stem) == analysis.key(node.text, language, stem=stem)

    def _phrase(self, items: tuple[t.Node, ...]) -> set[Hit]:
        found = self.hits(items[0])
        for item in items[1:]:
            found = {
                Hit(hit.family, hit.first, follower.last)
                for hit in found
                for follower in self.hits(item)
                if follower.family == hit.family and follower.first == hit.last + 1
            }
        return found

    def _near(self, node: t.Near) -> set[Hit]:
        # What must not be near is no word of the match: capitals are not asked of it.
        lefts, rights = self.hits(node.left), (self.whole if node.negated else self).hits(node.right)
        pairs = [(left, right) for left in lefts for right in rights if self._close(node, left, right)]
        if node.negated:
            return lefts - {left for left, _ in pairs}
        return {Hit(a.family, min(a.first, b.first), max(a.last, b.last)) for a, b in pairs}

    def _close(self, node: t.Near, left: Hit, right: Hit) -> bool:
        if left.family != right.family:
            return False
        before, after = sorted((left, right), key=lambda hit: hit.first)
        if after.first <= before.last or (node.ordered and before is not left):
            return False
        if node.unit == "word":
            return after.first - before.last - 1 <= node.distance - 1
        ends = [self.at[hit.family, place] for hit in (left, right) for place in (hit.first, hit.last)]
        return len({end.sentence if node.unit == "sentence" else end.paragraph for end in ends}) == 1

    def _capitals(self, child: t.Node) -> set[Hit]:
        """Matches made only of words in capitals: those of the article with all other words struck out."""
        only = Reference.__new__(Reference)
        only.document = self.document
        only.tokens = [token for token in self.tokens if token.surface.isupper()]
        only.at = self.at
        only.whole = self.whole
        return only.hits(child)


def in_field(token: Token, field: str) -> bool:
    """Return whether a word belongs to a field of the query."""
    zones = {
        "text": ("headline", "lead", "rest"), "headline": ("headline",), "lead": ("lead",),
        "hlead": ("headline", "lead"), "body": ("lead", "rest"),
    }  # fmt: skip
    return token.zone in zones[field] if field in zones else token.family == field


def spelled(node: t.Pattern, word: str) -> bool:
    """Return whether a folded word fits a pattern."""
    if node.kind == "prefix":
        return word.startswith(node.text)
    if node.kind == "wildcard":
        return wild(node.text, word)
    if node.kind == "regex":
        return re.fullmatch(node.text, word) is not None
    return word[: node.prefix] == node.text[: node.prefix] and edit_distance(word, node.text) <= node.distance


def wild(pattern: str, word: str) -> bool:
    """Return whether a word fits a pattern with * and ?."""
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(wild(pattern[1:], word[cut:]) for cut in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and wild(pattern[1:], word[1:])


def edit_distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row[0] = row[0], number
        for column, other_letter in enumerate(other, 1):
            above, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, above + (letter != other_letter)),
            )
    return row[-1]
