"""What grows with an archive and what does not: the same steps again and again while an index gets larger.

Questions are drawn anew at each size, so that they have as many matches in a large archive as in a small one: words in
about 100 articles and in about 2,000, phrases in about 100. What is asked of a "common term" alone grows with it.
"""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

from bench.speed import stages, usage
from bench.speed.corpus import QUESTIONS, STOP, Question, articles, words_of
from bench.speed.sheet import Figure, Sheet, markdown, number

NEW_CPU = Figure("indexing what is new by CPU", "articles/s", more=True)
COMMIT_LONGEST = Figure(f"longest commit of {stages.COMMIT:,} by CPU", "s")
FEW, MANY = 100, 2_000
_TERM = f"term in {FEW}"
ONE_SEARCH = Figure(f"a search for a {_TERM} as a process by CPU", "ms")
SHARE = 0.1  # of the articles, that hold a common word
SEED = 1
_SAMPLE = 3_000


class Census:
    """How many articles of a growing archive hold a word or, of some, a pair of words side by side."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = 0
        self._dfs: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        sample = Counter(pair for row in articles(path, 0, _SAMPLE) for pair in set(pairwise(words_of(row))))
        # Rare enough at first that some have FEW matches at every size.
        self._watched = {pair for pair, count in sample.items() if 1 < count <= FEW and not STOP & set(pair)}

    def grow(self, stop: int) -> None:
        """Count the articles up to number `stop`."""
        for row in articles(self._path, self._count, stop):
            words = words_of(row)
            self._dfs.update(set(words))
            self._pairs.update(self._watched.intersection(pairwise(words)))
        self._count = stop

    def questions(self) -> dict[str, list[Question]]:
        """Return questions with about the same number of matches whatever the size, and one kind that grows."""
        chance = random.Random(SEED)
        few, many, common = self._words(FEW), self._words(MANY), self._words(int(self._count * SHARE))
        phrases = sorted(self._pairs, key=lambda pair: (abs(self._pairs[pair] - FEW), pair))[:QUESTIONS]
        return {
            _TERM: [Question("term", (word,)) for word in few],
            f"term in {MANY}": [Question("term", (word,)) for word in many],
            f"or of three, each in {FEW}": [Question("or", tuple(chance.sample(few, 3))) for _ in few],
            f"common term and one in {FEW}": [Question("and", pair) for pair in zip(common, few, strict=True)],
            f"phrase in {FEW}": [Question("phrase", pair) for pair in phrases],
            "common term": [Question("term", (word,)) for word in common],
            "common term, sort by date": [Question("sort", (word,)) for word in common],
            "common term, facet": [Question("facet", (word,)) for word in common],
        }

    def _words(self, matches: int) -> list[str]:
        """Return the words nearest to a number of matches."""
        words = (word for word in self._dfs if word not in STOP)
        return sorted(words, key=lambda word: (abs(self._dfs[word] - matches), word))[:QUESTIONS]


def grow(bench: stages.Bench, sizes: list[int]) -> dict[int, Sheet]:
    """Grow each engine's index through the sizes, in commits like an ingest's; return what is measured at each."""
    census = Census(bench.corpus)
    sheets = {}
    start = 0
    for size in sizes:
        bench.sheet = sheets[size] = Sheet()
        for name in bench.builders:
            found = stages.extend(bench, name, start, size, stages.COMMIT)
            bench.say(f"{size:,} articles: grown {name}: {found}")
            _note(bench, name, found, size - start)
        stages.change(bench)
        census.grow(size)
        asked = census.questions()
        stages.ask(bench, asked)
        _search(bench, asked[_TERM][0].words[0])
        start = size
    return sheets


def _note(bench: stages.Bench, name: str, found: dict[str, float], added: int) -> None:
    bench.built[name] = bench.built.get(name, 0.0) + found["cpu_s"]
    bench.text[name] = bench.text.get(name, 0.0) + found["text_bytes"]
    add = bench.sheet.add
    add(NEW_CPU, name, added / found["cpu_s"])
    add(COMMIT_LONGEST, name, found["longest_cpu_s"])
    add(stages.MEMORY, name, found["peak_mb"])
    add(stages.SIZE, name, found["index_bytes"] / bench.text[name])


def _search(bench: stages.Bench, word: str) -> None:
    if "morgue" not in bench.engines:
        return
    command = stages.morgue("search", word, "--index", str(bench.folder("morgue")))
    for turn in range(2 * bench.rounds + 1):
        used = usage.run(command, stages.environment(bench))
        if used.code:
            raise stages.Broken(f"morgue search failed: {used.err}")
        if turn:
            bench.sheet.add(ONE_SEARCH, "morgue", 1e3 * used.cpu)


def table(sheets: dict[int, Sheet]) -> str:
    """Return a table for each engine: a column for each size, and how much larger the last figure is than the first."""
    first = next(iter(sheets.values()))
    return "\n\n".join(f"{engine}:\n\n{_table_of(engine, sheets)}" for engine in first.engines())


def _table_of(engine: str, sheets: dict[int, Sheet]) -> str:
    rows = []
    for figure in next(iter(sheets.values())).samples:
        found = [sheet.value(figure.label, engine) for sheet in sheets.values()]
        if found[0] is not None and found[-1] is not None:
            growth = number(found[-1] / found[0]) if found[0] else "–"
            rows.append([f"{figure.label}, {figure.unit}", *map(number, found), growth])
    return markdown(["articles", *(f"{size:,}" for size in sheets), "last : first"], rows)
