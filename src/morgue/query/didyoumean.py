"""Spelling correction: a query's rare or unknown words replaced by similar words of the index.

The corrected queries are candidates: the caller runs them and offers one that finds more.
"""

from __future__ import annotations

from dataclasses import dataclass

from morgue.analysis import fold
from morgue.model import Notice
from morgue.query import fields
from morgue.query.options import Parsed, Vocabulary
from morgue.query.tree import Node, Not, Word, walk

_CORRECTED_UP_TO_DF = 2  # articles; a word in more of them is not corrected
_MIN_RATIO = 20  # df of a correction / df of the word as typed
_MAX_WORDS = 8  # of a query, that are checked


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected query.

    Attributes:
        text: the query with words replaced, all else as typed. notices: one per word, code `did-you-mean`.
    """

    text: str
    notices: tuple[Notice, ...]


def corrections(parsed: Parsed, vocabulary: Vocabulary) -> list[Correction]:
    """Return corrections of a `parsed` query by a `vocabulary`, the likeliest first; none when all words are frequent.

    The first has the best word in every doubtful place; the others the second-best in one of them.
    """
    doubtful = [
        (node, offers)
        for node in _candidates(parsed.tree)[:_MAX_WORDS]
        if (offers := _offers(node, parsed.text, vocabulary))
    ]
    if not doubtful:
        return []
    best = [(node, offers[0]) for node, offers in doubtful]
    found = [_corrected(parsed.text, best)]
    for number, (node, offers) in enumerate(doubtful):
        for other in offers[1:3]:
            found.append(_corrected(parsed.text, [*best[:number], (node, other), *best[number + 1 :]]))
    return found


def _candidates(tree: Node) -> list[Word]:
    """The words that were typed as words and are wanted, in order, each place once."""
    found: dict[tuple[int, int], Word] = {}
    for node in walk(tree, without=(Not,)):
        if not isinstance(node, Word) or any(map(str.isdigit, node.text)):
            continue
        if 0 <= node.start < node.end and len(node.text) > 2:
            found[node.start, node.end] = node
    return [found[place] for place in sorted(found)]


def _offers(node: Word, text: str, vocabulary: Vocabulary) -> list[str]:
    """Corrections of a word, best first; none when it is frequent or the query has something else at its place."""
    typed = text[node.start : node.end]
    if fold(typed.strip("\"'=\\")) != fold(node.text):
        return []
    known = vocabulary.df(Word(node.text, node.field))
    if known > _CORRECTED_UP_TO_DF:
        return []
    least = max(1, known * _MIN_RATIO) if known else 1
    offers = []
    for word, df in vocabulary.suggest(node.field, node.text):
        if df >= least and fold(word) != fold(node.text) and (not known or _slip(fold(word), fold(node.text))):
            offers.append(_in_case(word, node.text))
    return offers[:3]


def _slip(word: str, typed: str) -> bool:
    """Return whether the words differ by one letter inserted, deleted, replaced or swapped, other than the first."""
    if word[:1] != typed[:1] or abs(len(word) - len(typed)) > 1:
        return False
    start = 0
    while start < min(len(word), len(typed)) and word[start] == typed[start]:
        start += 1
    right, wrong = word[start:], typed[start:]
    swapped = right[:2] == wrong[1::-1] and right[2:] == wrong[2:]
    return swapped or wrong[1:] in (right, right[1:]) or right[1:] == wrong


def _in_case(word: str, typed: str) -> str:
    """The correction in the typed word's case: capitals, or a capital first."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word


def _corrected(text: str, changes: list[tuple[Word, str]]) -> Correction:
    notices = []
    for node, word in changes:
        where = "" if node.field == "text" else f" in {fields.BY_NAME[node.field].aliases[0]}"
        notices.append(Notice("did-you-mean", f"did you mean {word}{where}", f"not {node.text}", node.start, node.end))
    for node, word in sorted(changes, key=lambda change: -change[0].start):
        typed = text[node.start : node.end]
        lead = typed[: len(typed) - len(typed.lstrip("\"'=\\"))]
        tail = typed[len(typed.rstrip("\"'")) :]
        text = text[: node.start] + lead + word + tail + text[node.end :]
    return Correction(text, tuple(notices))
