"""Articles to index and questions to ask, the same for every engine."""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

T = TypeVar("T")

QUESTIONS = 10
_WORD = re.compile(r"[a-z]{4,}")
_SAMPLE = 3000
_HANDFUL = 500


class Article(NamedTuple):
    """One article. day: ISO date or ""."""

    id: str
    title: str
    body: str
    day: str
    byline: str
    location: str

    @property
    def size(self) -> int:
        """Bytes of text."""
        return len(self.title.encode()) + len(self.body.encode())


def lines(path: Path, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of a file (gzip or plain) from `start` to `stop`."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from islice(enumerate(file), start, stop)


def articles(path: Path, start: int = 0, stop: int | None = None) -> Iterator[Article]:
    """Yield the articles of a JSON Lines file (gzip or plain) from number `start` to `stop`."""
    with closing(lines(path, start, stop)) as found:
        for number, line in found:
            row = json.loads(line)
            yield Article(
                str(row.get("id") or number),
                row.get("title") or "",
                row.get("body") or "",
                (row.get("date") or "")[:10],
                _text(row.get("byline")),
                _text(row.get("location")),
            )


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


class Reader:
    """Articles read a handful at a time, so that the time that reading takes can be told from that of indexing.

    Attributes:
        wall, cpu: seconds spent on reading. count, text: articles handed out, and bytes of text in them.
    """

    def __init__(self, path: Path, start: int = 0, stop: int | None = None) -> None:
        self.wall = self.cpu = 0.0
        self.count = self.text = 0
        self._rows = articles(path, start, stop)

    def __iter__(self) -> Iterator[Article]:
        while handful := self._handful():
            yield from handful

    def _handful(self) -> list[Article]:
        # The thread's time: an engine's own threads may go on meanwhile.
        wall, cpu = time.perf_counter(), time.thread_time()
        handful = list(islice(self._rows, _HANDFUL))
        self.count += len(handful)
        self.text += sum(row.size for row in handful)
        self.wall += time.perf_counter() - wall
        self.cpu += time.thread_time() - cpu
        return handful


def words_of(article: Article) -> list[str]:
    """Return the words that questions are made of, in order."""
    return _WORD.findall(f"{article.title} {article.body}".lower())


class Question(NamedTuple):
    """What is asked. kind: what class it belongs to. words: of the question. first, last: days of a range, or ""."""

    kind: str
    words: tuple[str, ...]
    first: str = ""
    last: str = ""


def questions(path: Path, limit: int | None, seed: int = 1) -> dict[str, list[Question]]:
    """Return ten questions of each kind, drawn from a sample of the articles by how common their words are."""
    chance = random.Random(seed)
    dfs: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    days: list[str] = []
    count = 0
    for article in articles(path, 0, min(limit or _SAMPLE, _SAMPLE)):
        words = words_of(article)
        dfs.update(set(words))
        pairs.update(set(pairwise(words)))
        days.append(article.day)
        count += 1

    def between(low: float, high: float) -> list[str]:
        return sorted(word for word, df in dfs.items() if low <= df / count <= high and word not in STOP)

    common, middle, rare = between(0.1, 0.5), between(0.03, 0.12), between(0.001, 0.004)
    phrases = sorted(p for p, df in pairs.items() if df >= count * 0.004 and not STOP & set(p))
    stems = sorted({word[:4] for word in middle if len(word) > 5})
    known = sorted(day for day in days if day)
    return {
        "common term": [Question("term", (word,)) for word in _draw(chance, common)],
        "rare term": [Question("term", (word,)) for word in _draw(chance, rare)],
        "and": [Question("and", (a, b)) for a, b in zip(_draw(chance, common), _draw(chance, middle), strict=True)],
        "or of three": [Question("or", tuple(_draw(chance, middle, 3))) for _ in range(QUESTIONS)],
        "phrase": [Question("phrase", pair) for pair in _draw(chance, phrases)],
        "proximity": [
            Question("near", (a, b)) for a, b in zip(_draw(chance, common), _draw(chance, middle), strict=True)
        ],
        "prefix": [Question("prefix", (stem,)) for stem in _draw(chance, stems)],
        "fuzzy": [Question("fuzzy", (word,)) for word in _draw(chance, [w for w in middle if len(w) > 5])],
        "date range": [Question("range", (word,), *sorted(chance.sample(known, 2))) for word in _draw(chance, common)],
        "sort by date": [Question("sort", (word,)) for word in _draw(chance, common)],
        "facet": [Question("facet", (word,)) for word in _draw(chance, common)],
    }


def _draw(chance: random.Random, pool: list[T], count: int = QUESTIONS) -> list[T]:
    return chance.sample(pool, count) if len(pool) >= count else chance.choices(pool, k=count)


_STOP_WORDS = """
that with from this have will been were their which they would about more after than also said other some when there
what into over could only your must such then them these those
"""
STOP = frozenset(_STOP_WORDS.split())
