"""Pseudo-relevance feedback: adds words to a query from its best-scoring articles.

The relevance model RM3 (Lavrenko & Croft 2001; Abdul-Jaleel et al. 2004): words are weighed by how likely the first
articles are to use them, each article by its rank; the query keeps a share of the weight. Unlike there, weights are
multiplied by the words' inverse document frequency.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from morgue import analysis
from morgue.json_record import from_stored
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader

ARTICLES = 8  # articles that words are taken from
WORDS = 60  # words added
ORIGINAL_WEIGHT = 0.4  # of the original query; the added words share the rest of 1
_MIN_LENGTH = 3  # letters of a word
_MIN_ARTICLES = 2  # of the first, that must use a word
_MAX_DF = 0.3  # of all articles; words in more of them are not added


@dataclass(frozen=True, slots=True)
class Expansion:
    """A widened query: its tree, and the words it did not have, with their weights, heaviest first."""

    tree: t.Node
    added: tuple[tuple[str, float], ...]


def expand(snapshot: IndexReader, core: t.Node, searched: t.Node) -> Expansion:
    """Return a query with words of its best-scoring articles added.

    Args:
        snapshot: the index. core: the query alone. searched: the query with its filters, which selects those articles.
    """
    top = snapshot.search(searched, limit=ARTICLES)
    weights, spelling = _model(snapshot, top.hits)
    candidates = ((spelling[key], weight * _rarity(snapshot, key, spelling[key])) for key, weight in weights.items())
    added = sorted(((word, weight) for word, weight in candidates if weight), key=lambda pair: (-pair[1], pair[0]))
    added = added[:WORDS]
    known = {analysis.key(word.text) for word in _words(core)}
    total = sum(weight for _, weight in added)
    if not total:
        return Expansion(core, ())
    original = max(sum(1 for _ in _words(core)), 1)
    more = tuple(t.Boost(t.Word(word), (1 - ORIGINAL_WEIGHT) * weight / total) for word, weight in added)
    new = tuple((word, weight / total) for word, weight in added if analysis.key(word) not in known)
    return Expansion(t.Or((t.Boost(core, ORIGINAL_WEIGHT / original), *more)), new)


def _model(snapshot: IndexReader, hits: Sequence[tuple[int, float]]) -> tuple[dict[str, float], dict[str, str]]:
    """Weights of the keys used by two or more of the first articles, and the most frequent spelling of each."""
    weights: dict[str, float] = defaultdict(float)
    articles: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for rank, (number, _) in enumerate(hits, 1):
        record = from_stored(snapshot.stored(number))
        surfaces = analysis.surfaces(f"{record['headline'] or ''}\n{record['body'] or ''}")
        language = (record["language"] or "")[:2].lower()
        counts: Counter[str] = Counter()
        for surface in surfaces:
            key = analysis.key(surface, language)
            counts[key] += 1
            spellings[key][analysis.fold(surface)] += 1
        for key, count in counts.items():
            articles[key] += 1
            weights[key] += count / len(surfaces) / rank
    kept = {key: weight for key, weight in weights.items() if articles[key] >= min(_MIN_ARTICLES, len(hits))}
    return kept, {key: spellings[key].most_common(1)[0][0] for key in kept}


def _rarity(snapshot: IndexReader, key: str, word: str) -> float:
    """Inverse document frequency of a word; 0 for a stop word, a number, or one that is too short or too frequent."""
    from morgue.query.words import is_stop

    if len(key) < _MIN_LENGTH or key.isdigit() or is_stop(word):
        return 0.0
    total, df = snapshot.doc_count, snapshot.df(t.Word(word))
    return log(1 + (total - df + 0.5) / (df + 0.5)) if df <= _MAX_DF * total else 0.0


def _words(node: t.Node) -> Iterator[t.Word]:
    """The words that are required or give the score."""
    return (part for part in t.walk(node, without=(t.Not, t.Optional)) if isinstance(part, t.Word))
