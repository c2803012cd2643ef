"""An archive through Whoosh's own classes beside a stock index of the same articles, in Whoosh's default codec.

`python -m bench.speed.through_whoosh ARTICLES.jsonl.gz [--count N] [--rounds N]` prints a table. The analyzer of
the stock index is the archive's, so that both hold the same words. The two are asked in turn, round after round.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from whoosh import fields, index, query

from bench.speed.corpus import Article, articles, words_of
from morgue.whoosh import create_in
from morgue.whoosh.schema import Words

_SHARES = (0.2, 0.05, 0.01)  # of the articles, that hold the words asked for


def make(path: Path, count: int, folder: Path) -> list[Article]:
    """Make an archive (`ours`) and a stock index (`stock`) of the first `count` articles below `folder`."""
    rows = list(articles(path, 0, count))
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        headline=fields.TEXT(analyzer=Words(True), stored=True),
        body=fields.TEXT(analyzer=Words(True), stored=True),
        date=fields.DATETIME(stored=True, sortable=True),
        city=fields.ID(stored=True, sortable=True),
    )
    (folder / "stock").mkdir()
    ours, stock = create_in(folder / "ours").writer(), index.create_in(str(folder / "stock"), schema).writer()
    for row in rows:
        day = datetime.fromisoformat(row.day) if row.day else None
        place = row.location.partition(",")[0] or None
        ours.add_document(id=row.id, headline=row.title, body=row.body, date=day, location=place)
        stock.add_document(id=row.id, headline=row.title, body=row.body, date=day, city=place)
    ours.commit()
    stock.commit()
    return rows


def questions(rows: list[Article]) -> dict[str, list[query.Query]]:
    """Draw queries from the articles: words in a fifth, a twentieth and a hundredth of them, and pairs side by side."""
    held: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found = words_of(row)
        held.update(set(found))
        pairs.update(set(pairwise(found)))
    words = [
        [word for word, _ in sorted(held.items(), key=lambda item: (abs(item[1] - share * len(rows)), item[0]))[:5]]
        for share in _SHARES
    ]
    common, middle, rare = ([query.Term("body", stem(word)) for word in some] for some in words)
    phrases = sorted(pairs, key=lambda pair: (abs(pairs[pair] - len(rows) // 100), pair))[:5]
    return {
        "term": [*common, *middle, *rare],
        "AND of two": [query.And(pair) for pair in zip(common, middle, strict=True)],
        "OR of three": [query.Or(three) for three in zip(common, middle, rare, strict=True)],
        "phrase": [query.Phrase("body", [stem(word) for word in pair]) for pair in phrases],
        "sorted by date": middle,
        "facets of places": middle,
    }


def stem(word: str) -> str:
    """Return a word as the indexes have it."""
    return next(token.text for token in Words(True)(word))


def measure(folder: Path, asked: dict[str, list[query.Query]], rounds: int) -> dict[str, tuple[float, float]]:
    """Return seconds (stock, ours) by what was asked, the median over the rounds."""
    names = ("stock", "ours")
    opened = {name: index.open_dir(str(folder / name)) for name in names}
    searchers = {name: ix.searcher() for name, ix in opened.items()}
    options: dict[str, dict[str, object]] = {
        "sorted by date": {"sortedby": "date"}, "facets of places": {"groupedby": "city"},
    }  # fmt: skip
    steps: dict[str, Callable[[str], object]] = {
        "open": lambda name: index.open_dir(str(folder / name)),
        "open and make a searcher": lambda name: index.open_dir(str(folder / name)).searcher().close(),
    }

    def search(kind: str, name: str) -> None:
        for one in asked[kind]:
            searchers[name].search(one, limit=10, **options.get(kind, {}))

    steps |= {kind: partial(search, kind) for kind in asked}
    taken: dict[str, dict[str, list[float]]] = {kind: {name: [] for name in names} for kind in steps}
    for number in range(rounds):
        for kind, step in steps.items():
            for name in names if number % 2 else names[::-1]:
                begun = time.perf_counter()
                step(name)
                taken[kind][name].append(time.perf_counter() - begun)
    return {
        kind: (statistics.median(times["stock"]), statistics.median(times["ours"])) for kind, times in taken.items()
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=31)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        asked = questions(make(chosen.articles, chosen.count, Path(scratch)))
        print("| | times stock Whoosh |\n|---|---|")
        for kind, (stock, ours) in measure(Path(scratch), asked, chosen.rounds).items():
            print(f"| {kind} | {stock / ours:.1f} |")


if __name__ == "__main__":
    main()
