"""Articles that belong together: copies and versions of one story, and articles like another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from morgue import analysis
from morgue.errors import UsageError
from morgue.json_record import from_stored
from morgue.model import Article
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader
    from morgue.json_types import Record

KEEP = ("best", "first", "last", "longest")
_QUERY_WORDS = 30  # words of an article, the heaviest, by which similar ones are found
_MIN_KEY_CHARACTERS = 3


class Story(NamedTuple):
    """A result: document number, score, and the number of other copies of the story that it represents."""

    number: int
    score: float
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Copies:
    """A group of copies: (id, date or "", headline or "", words) of each, earliest first."""

    members: tuple[tuple[str, str, str, int], ...]


def collapse(snapshot: IndexReader, hits: Sequence[tuple[int, float]], keep: str) -> list[Story]:
    """Return one of each story, in the order of the best-ranked copy.

    Args:
        snapshot: holds the articles. hits: document numbers and scores, best first.
        keep: which copy represents its story: the best ranked, the first or last published, or the longest.

    Raises:
        UsageError: `keep` is none of KEEP.
    """
    from morgue.search.minhash import groups

    if keep not in KEEP:
        raise UsageError(f"invalid --keep {keep!r}", hint=f"known: {', '.join(KEEP)}")
    bodies = [str(from_stored(snapshot.stored(number))["body"] or "") for number, _ in hits]
    copies = {place: group for group in groups(bodies) for place in group}
    stories: list[Story] = []
    done: set[int] = set()
    for place, (_, score) in enumerate(hits):
        if place in done:
            continue
        group = copies.get(place, [place])
        done.update(group)
        chosen = _kept(snapshot, [hits[member][0] for member in group], keep)
        stories.append(Story(chosen, score, len(group) - 1))
    return stories


def _kept(snapshot: IndexReader, numbers: list[int], keep: str) -> int:
    if keep == "longest":
        return max(numbers, key=lambda number: snapshot.number("words", number) or 0)
    if keep == "best":
        return numbers[0]
    dated = [(date, number) for number in numbers if (date := snapshot.number("published_from", number)) is not None]
    if not dated:
        return numbers[0]
    return (min if keep == "first" else max)(dated)[1]


def copies(snapshot: IndexReader, node: t.Node) -> list[Copies]:
    """Return the groups of copies among the articles of `snapshot` that match a query (`node`), largest first."""
    from morgue.search.minhash import groups

    records = [_outline(snapshot, number) for number in snapshot.docs(node)]
    found = [
        Copies(tuple(sorted((records[place][0] for place in group), key=lambda row: (row[1] or "9999", row[0]))))
        for group in groups(body for _, body in records)
    ]
    return sorted(found, key=lambda group: (-len(group.members), group.members[0][0]))


def _outline(snapshot: IndexReader, number: int) -> tuple[tuple[str, str, str, int], str]:
    record = from_stored(snapshot.stored(number))
    return (record["id"], record["date"] or "", record["headline"] or "", record["words"]), record["body"] or ""


def likeness(snapshot: IndexReader, article: Article | Record) -> t.Node:
    """Return a query for articles like one: its heaviest words, each weighted by frequency and rarity.

    The weights are those of tf-idf with saturated frequencies; words of the headline count twice.

    Args:
        snapshot: the index, for the rarity of words. article: an article or its record.

    Raises:
        UsageError: the article has no words to compare.
    """
    if isinstance(article, Article):
        headline, body, language = article.headline, article.body, article.language
    else:
        headline, body = article["headline"] or "", article["body"] or ""
        language = article["language"] or ""
    weights = _heaviest(snapshot, (headline, headline, body), language[:2].lower())
    if not weights:
        raise UsageError("the article has no words to compare")
    heaviest = max(weight for _, weight in weights)
    return t.Or(tuple(t.Boost(t.Word(word), weight / heaviest) for word, weight in weights))


def _heaviest(snapshot: IndexReader, texts: Iterable[str], language: str) -> list[tuple[str, float]]:
    from morgue.query.words import is_stop

    counts: Counter[str] = Counter()
    spellings: dict[str, str] = {}
    for text in texts:
        for surface in analysis.surfaces(text):
            key = analysis.key(surface, language)
            counts[key] += 1
            spellings.setdefault(key, analysis.fold(surface))
    total = max(snapshot.doc_count, 1)
    weighed: list[tuple[str, float]] = []
    for key, count in counts.most_common(400):
        word = spellings[key]
        if len(key) < _MIN_KEY_CHARACTERS or is_stop(word):
            continue
        df = snapshot.df(t.Word(word))
        if df:
            weighed.append((word, count / (count + 1.2) * math.log(1 + (total - df + 0.5) / (df + 0.5))))
    return sorted(weighed, key=lambda item: -item[1])[:_QUERY_WORDS]
