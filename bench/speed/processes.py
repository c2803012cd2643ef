"""Whole processes from the shell: a search with each engine, and what Python and Typer cost alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.speed import usage
from bench.speed.corpus import articles, lines
from bench.speed.sheet import Figure
from bench.speed.stages import INGESTED, TEN, Bench, Broken, environment, morgue

SEARCH = Figure("a search as a process", "ms")
SEARCH_CPU = Figure("a search as a process by CPU", "ms")
START = Figure("start-up alone", "ms")
START_CPU = Figure("start-up alone by CPU", "ms")
MORE = Figure("`morgue ingest` of ten more", "ms")
MORE_CPU = Figure("`morgue ingest` of ten more by CPU", "ms")
MORE_SHARE = Figure("`morgue ingest` of ten more, of ingesting all, by CPU", "%")
INDEX_COMMAND = Figure("indexing a folder of text files", "articles/s", more=True)
FILES = 5_000  # articles that whoosh3's command gets at most: a search of so few is measured, in its favour
COMMAND = "`whoosh`"

_BARE = (
    "import sys; from whoosh import index, qparser; ix = index.open_dir(sys.argv[1]); s = ix.searcher();"
    "r = s.search(qparser.MultifieldParser(['title', 'body'], ix.schema).parse(sys.argv[2]), limit=10);"
    "print([(h['title'], h.highlights('body', top=1)) for h in r])"
)
_PYTHON = {"python -c pass": "pass", "import typer": "import typer"}


def time_processes(bench: Bench, words: str) -> None:
    """Time them, searching for some words, in alternation; the first of each only warms up."""
    _whoosh_command(bench)
    commands = list(_commands(bench, words))
    for turn in range(2 * bench.rounds + 1):
        for name, figures, command in commands:
            used = usage.run(command, environment(bench))
            if used.code:
                raise Broken(f"{' '.join(command)} failed: {used.err}")
            if turn:
                for figure, taken in zip(figures, (used.wall, used.cpu), strict=True):
                    bench.sheet.add(figure, name, 1e3 * taken)
    if "morgue" in bench.engines:
        _more(bench)


def _commands(bench: Bench, words: str) -> Iterator[tuple[str, tuple[Figure, Figure], list[str]]]:
    """Yield engine, figures by the clock and by CPU, and command line."""
    searches = (SEARCH, SEARCH_CPU)
    starts = (START, START_CPU)
    for name, script in _PYTHON.items():
        yield name, starts, [sys.executable, "-c", script]
    if "morgue" in bench.engines:
        yield "morgue", starts, morgue("--help")
        yield "morgue", searches, morgue("search", words, "--index", str(bench.folder("morgue")))
    if "whoosh" in bench.engines:
        yield "whoosh", searches, [sys.executable, "-c", _BARE, str(bench.folder("whoosh")), words]
        if _has_command():
            yield COMMAND, starts, [sys.executable, "-m", "whoosh.cli", "--help"]
            yield COMMAND, searches, [
                sys.executable, "-m", "whoosh.cli", "search", words, str(_texts(bench)),
            ]  # fmt: skip
    if "fts5" in bench.engines and find_spec("sqlite_utils"):
        database = str(bench.folder("fts5") / "articles.db")
        yield "fts5", starts, [sys.executable, "-m", "sqlite_utils", "--help"]
        yield "fts5", searches, [
            sys.executable, "-m", "sqlite_utils", "search", database, "articles", words, "--limit", "10",
        ]  # fmt: skip


def _has_command() -> bool:
    return find_spec("whoosh.cli") is not None


def _texts(bench: Bench) -> Path:
    return bench.scratch / "texts"


def _whoosh_command(bench: Bench) -> None:
    """Index a folder of text files with whoosh3's own command, which reads nothing else."""
    if "whoosh" not in bench.engines or not _has_command():
        return
    _texts(bench).mkdir(exist_ok=True)
    count = 0
    for count, row in enumerate(articles(bench.corpus, 0, min(bench.stop or FILES, FILES)), 1):
        (_texts(bench) / f"{count}.txt").write_text(f"{row.title}\n\n{row.body}", encoding="utf-8")
    used = usage.run([sys.executable, "-m", "whoosh.cli", "index", str(_texts(bench))], environment(bench))
    if used.code:
        raise Broken(f"whoosh index failed: {used.err}")
    bench.say(f"whoosh's command has indexed {count} articles as files: {used._replace(out='', err='')}")
    bench.sheet.add(INDEX_COMMAND, COMMAND, count / used.wall)


def _more(bench: Bench) -> None:
    """Ingest ten more articles into the archive that the ingest has made."""
    rows = [json.loads(line) for _, line in lines(bench.corpus, 0, TEN)]
    for turn in range(bench.rounds):
        source = bench.scratch / f"more-{turn}.jsonl"
        fresh = [json.dumps(row | {"id": f"more-{turn}-{number}"}) for number, row in enumerate(rows)]
        source.write_text("\n".join(fresh), encoding="utf-8")
        used = usage.run(morgue("ingest", str(source), "--index", str(bench.folder(INGESTED))), environment(bench))
        if used.code:
            raise Broken(f"morgue ingest failed: {used.err}")
        bench.sheet.add(MORE, "morgue", 1e3 * used.wall)
        bench.sheet.add(MORE_CPU, "morgue", 1e3 * used.cpu)
        bench.sheet.add(MORE_SHARE, "morgue", 100 * used.cpu / bench.built[INGESTED])
