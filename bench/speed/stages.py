"""What is measured, step by step: building, asking, changing, whole processes. In each, the engines take turns."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.speed import usage
from bench.speed.build import folder_size
from bench.speed.corpus import Article, Question, articles, lines
from bench.speed.engines import HOME, Engine, load
from bench.speed.sheet import Figure, Sheet
from morgue.errors import FOUND, SOME_REJECTED

TEN = 10
ADDS = 17  # additions of ten, the first a warm-up: enough for merges of the small segments that they leave
COMMIT = 10_000  # articles per commit when an index is grown, as an ingest does it

INDEXING = Figure("indexing", "articles/s", more=True)
INDEXING_CPU = Figure("indexing by CPU", "articles/s", more=True)
INGEST = Figure("indexing, morgue's as `morgue ingest` end to end", "articles/s", more=True)
INGEST_CPU = Figure("indexing by CPU, morgue's as `morgue ingest` end to end", "articles/s", more=True)
MEMORY = Figure("peak memory of indexing", "MB")
INGEST_MEMORY = Figure("peak memory of indexing, morgue's as `morgue ingest` with its helpers", "MB")
INGEST_SIZE = Figure("index bytes per byte of text, morgue's as `morgue ingest` stores it", "bytes")
SIZE = Figure("index bytes per byte of text", "bytes")
ADD = Figure("adding ten", "ms")
ADD_CPU = Figure("adding ten by CPU", "ms")
ADD_LONGEST = Figure("adding ten, the longest", "ms")
ADD_SHARE = Figure("adding ten, on average, of building it, by CPU", "%")
DELETE = Figure("deleting ten", "ms")
OPTIMIZE = Figure("optimizing", "s")
OPTIMIZE_CPU = Figure("optimizing by CPU", "s")
INGESTED = "ingested"  # the name of the index that `morgue ingest` makes


class Broken(Exception):
    """A command that is measured does not work."""


@dataclass
class Bench:
    """A run under way.

    Attributes:
        corpus: JSON Lines, plain or gzip. stop: number of its articles, 0 for all. scratch: a folder for the indexes.
        engines: their names. rounds: how often a step is repeated. patience: seconds after which it is not.
        cpu: time questions and processes by CPU, not by the clock.
        built, text: engine -> CPU seconds that its index took from nothing, and bytes of text in it.
    """

    corpus: Path
    stop: int
    scratch: Path
    engines: list[str]
    rounds: int
    patience: float
    cpu: bool
    sheet: Sheet = field(default_factory=Sheet)
    built: dict[str, float] = field(default_factory=dict)
    text: dict[str, float] = field(default_factory=dict)

    def folder(self, name: str) -> Path:
        """Return where an engine's index is."""
        return self.scratch / HOME.get(name, name)

    @property
    def builders(self) -> list[str]:
        """The engines with an index of their own."""
        return [name for name in self.engines if name not in HOME]

    def opened(self) -> dict[str, Engine]:
        """Return the engines, opened."""
        engines = {name: load(name, self.folder(name)) for name in self.engines}
        for engine in engines.values():
            engine.open()
        return engines

    def turns(self, names: list[str]) -> Iterator[tuple[int, str]]:
        """Yield (round, engine), engines in alternation, until each has had its rounds or tries one's patience."""
        spent = dict.fromkeys(names, 0.0)
        for turn in range(self.rounds):
            for name in names:
                if not turn or spent[name] < self.patience:
                    begun = time.perf_counter()
                    yield turn, name
                    spent[name] += time.perf_counter() - begun

    def say(self, text: str) -> None:
        """Tell whoever waits."""
        print(text, file=sys.stderr, flush=True)


def build(bench: Bench) -> None:
    """Index the articles from nothing, each time in a new process; the last index stays."""
    ingest = [INGESTED] if "morgue" in bench.engines else []
    for turn, name in bench.turns([*bench.builders, *ingest]):
        if name == INGESTED:
            _ingest(bench, turn)
            continue
        _emptied(bench.folder(name))
        found = extend(bench, name, 0, bench.stop, 0)
        bench.say(f"built {name}: {json.dumps(found)}")
        bench.built[name] = min(found["cpu_s"], bench.built.get(name, found["cpu_s"]))
        add, count = bench.sheet.add, found["articles"]
        add(INDEXING, name, count / found["wall_s"])
        add(INDEXING_CPU, name, count / found["cpu_s"])
        add(MEMORY, name, found["peak_mb"])
        add(SIZE, name, found["index_bytes"] / found["text_bytes"])
        if ingest and name != "morgue":
            add(INGEST_SIZE, name, found["index_bytes"] / found["text_bytes"])
            add(INGEST, name, count / found["wall_s"])
            add(INGEST_CPU, name, count / found["cpu_s"])
            add(INGEST_MEMORY, name, found["peak_mb"])


def extend(bench: Bench, name: str, start: int, stop: int, commit: int) -> dict[str, float]:
    """Add the articles from number `start` to `stop` to an engine's index; return what `bench.speed.build` says."""
    command = [
        sys.executable, "-m", "bench.speed.build", name, str(bench.corpus), str(bench.folder(name)),
        str(start), str(stop), str(commit),
    ]  # fmt: skip
    used = usage.run(command)
    if used.code:
        raise Broken(f"building with {name} failed: {used.err}")
    found: dict[str, float] = json.loads(used.out)
    return found


def _ingest(bench: Bench, turn: int) -> None:
    """Read the file, understand the copy, index and sync: the command, with as many processes as it thinks right."""
    source, folder = plain(bench), bench.folder(INGESTED)
    _emptied(folder)
    used = usage.run(morgue("ingest", str(source), "--index", str(folder)), environment(bench), memory=True)
    if used.code not in (FOUND, SOME_REJECTED):
        raise Broken(f"morgue ingest failed: {used.err}")
    with source.open("rb") as file:
        count = sum(1 for _ in file)
    bench.say(f"ingested {count} articles: {used._replace(out='', err='')}")
    bench.sheet.add(INGEST, "morgue", count / used.wall)
    bench.sheet.add(INGEST_CPU, "morgue", count / used.cpu)
    bench.built[INGESTED] = min(used.cpu, bench.built.get(INGESTED, used.cpu))
    if used.peak_mb:
        bench.sheet.add(INGEST_MEMORY, "morgue", used.peak_mb)
    if not turn:
        text = sum(row.size for row in articles(bench.corpus, 0, bench.stop or None))
        bench.sheet.add(INGEST_SIZE, "morgue", folder_size(folder) / text)


def plain(bench: Bench) -> Path:
    """Return the articles as a plain file, as many as are measured."""
    path = bench.scratch / "articles.jsonl"
    if not path.exists():
        with path.open("w", encoding="utf-8") as out:
            out.writelines(line for _, line in lines(bench.corpus, 0, bench.stop or None))
    return path


def ask(bench: Bench, asked: Mapping[str, list[Question]]) -> None:
    """Time every question; the first round only warms up, and who tries one's patience answers but once more."""
    clock = time.process_time if bench.cpu else time.perf_counter
    engines = bench.opened()
    spent = dict.fromkeys(engines, 0.0)
    for turn in range(bench.rounds + 1):
        patient = [name for name in engines if turn < 2 or spent[name] < bench.patience]
        for kind, group in asked.items():
            for snippets in (False,) if group[0].kind == "facet" else (True, False):
                for name in patient:
                    times = [_timed(engines[name], question, snippets, clock) for question in group]
                    spent[name] += sum(filter(None, times))
                    if turn and None not in times:
                        told = kind if snippets or group[0].kind == "facet" else f"{kind}, no snippets"
                        milliseconds = [1e3 * taken for taken in times if taken is not None]
                        bench.sheet.add(Figure(f"{told}, p50", "ms"), name, *milliseconds)
                        bench.sheet.add(Figure(f"{told}, p95", "ms"), name, *milliseconds)


def _timed(engine: Engine, question: Question, snippets: bool, clock: Callable[[], float]) -> float | None:
    begun = clock()
    found = engine.ask(question, snippets)
    return None if found < 0 else clock() - begun


def change(bench: Bench) -> None:
    """Add ten articles and delete ten, a few times."""
    engines = {name: load(name, bench.folder(name)) for name in bench.builders}
    some = list(articles(bench.corpus, 0, TEN))
    fresh = [[Article(f"new-{turn}-{i}", *row[1:]) for i, row in enumerate(some)] for turn in range(ADDS)]
    spent = dict.fromkeys(engines, 0.0)
    for turn, rows in enumerate(fresh):
        for name, engine in engines.items():
            wall, cpu = _spent(lambda engine=engine, rows=rows: engine.add(rows))
            if not turn:  # it only warms up
                continue
            for figure, taken in ((ADD, wall), (ADD_CPU, cpu), (ADD_LONGEST, wall)):
                bench.sheet.add(figure, name, 1e3 * taken)
            spent[name] += cpu
    for name, cpu in spent.items():
        bench.sheet.add(ADD_SHARE, name, 100 * cpu / (ADDS - 1) / bench.built[name])
    for rows in fresh:
        for name, engine in engines.items():
            wall, _ = _spent(lambda engine=engine, rows=rows: engine.delete([row.id for row in rows]))
            bench.sheet.add(DELETE, name, 1e3 * wall)


def optimize(bench: Bench, limit: float) -> None:
    """Optimize an index that has lost every hundredth article.

    Engines that took more than `limit` CPU seconds to build are left out: this takes them as long again.
    """
    gone = [row.id for row in articles(bench.corpus, 0, bench.stop or None)][::100]
    for name in bench.builders:
        if bench.built[name] > limit:
            bench.say(f"not optimized: {name}, which took {bench.built[name]:.0f} s to build")
            continue
        engine = load(name, bench.folder(name))
        engine.delete(gone)
        wall, cpu = _spent(engine.optimize)
        bench.sheet.add(OPTIMIZE, name, wall)
        bench.sheet.add(OPTIMIZE_CPU, name, cpu)


def _spent(do: Callable[[], None]) -> tuple[float, float]:
    """Return wall and CPU seconds that something takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - wall, time.process_time() - cpu


def _emptied(folder: Path) -> None:
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file():
            path.unlink()


def morgue(*args: str) -> list[str]:
    """Return the command line that runs morgue in this interpreter."""
    return [sys.executable, "-m", "morgue", *args]


def environment(bench: Bench) -> dict[str, str]:
    """Return the surroundings of a command as installed: compiled once, whatever ours say of writing bytecode."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(bench.scratch / "bytecode"), "MORGUE_CONFIG": ""}
