"""Did you mean: a query with its rare or unknown words put right from the index's own vocabulary.

Only a candidate: the caller runs it and offers it when it finds more.
"""

from __future__ import annotations

from dataclasses import dataclass

from morgue.analysis import fold
from morgue.model import Notice
from morgue.query import fields
from morgue.query.options import Parsed, Vocabulary
from morgue.query.tree import Node, Not, Word, walk

_RARE = 2  # articles: a word in no more of them may be mistyped
_TIMES = 20  # how much more frequent a correction of a known word must be
_MOST = 8  # words looked up


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected query.

    Attributes:
        text: the query with words replaced, all else as typed. notices: one per word, code `did-you-mean`.
    """

    text: str
    notices: tuple[Notice, ...]


def corrections(parsed: Parsed, vocabulary: Vocabulary) -> list[Correction]:
    """Return corrected queries, the likeliest first; none when every word is known.

    The first has the best word in every doubtful place; the others the second-best in one of them.
    """
    doubtful = [
        (node, offers)
        for node in _candidates(parsed.tree)[:_MOST]
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
    """Words to put in a word's place, best first; none when it is well known or what stands there is something else."""
    typed = text[node.start : node.end]
    if fold(typed.strip("\"'=\\")) != fold(node.text):
        return []
    known = vocabulary.df(node.field, node.text)
    if known > _RARE:
        return []
    least = max(1, known * _TIMES) if known else 1
    offers = []
    for word, df in vocabulary.suggest(node.field, node.text):
        if df >= least and fold(word) != fold(node.text) and (not known or _slip(fold(word), fold(node.text))):
            offers.append(_in_case(word, node.text))
    return offers[:3]


def _slip(word: str, typed: str) -> bool:
    """Return whether one letter, not the first, put in, left out, changed or swapped makes one word of the other."""
    if word[:1] != typed[:1] or abs(len(word) - len(typed)) > 1:
        return False
    start = 0
    while start < min(len(word), len(typed)) and word[start] == typed[start]:
        start += 1
    ours, theirs = word[start:], typed[start:]
    swapped = ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
    return swapped or theirs[1:] in (ours, ours[1:]) or ours[1:] == theirs


def _in_case(word: str, typed: str) -> str:
    """The correction in the typed word's case, when that says anything."""
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
