"""Measure morgue beside its peers, in one run, in alternation: `python -m bench.speed --corpus FILE [--limit N]`.

The table gives each figure and its ratio to stock Whoosh's and to FTS5's. Raw numbers go into a folder of --out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.speed.corpus import QUESTIONS, Article, articles, questions
from bench.speed.engines import NAMES, Engine, load

Raw = dict[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    options = _options()
    raw: Raw = {name: {} for name in _installed(options.engines)}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: Path(scratch) / name for name in raw}
        for name, folder in folders.items():
            raw[name]["build"] = _built(name, options.corpus, folder, options.limit)
        engines = {name: load(name, folder) for name, folder in folders.items()}
        for engine in engines.values():
            engine.open()
        _ask(engines, raw, options)
        _change(engines, raw, options)
        _processes(folders, raw, options.rounds)
    report = _table(raw)
    print(report)
    if options.out:
        _keep(options, raw, report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.speed")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/reuters.jsonl.gz"))
    parser.add_argument("--limit", type=int, default=0, help="articles (0: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="+", default=NAMES, choices=NAMES)
    parser.add_argument("--cpu", action="store_true", help="time questions by CPU, for a machine that does other work")
    parser.add_argument("--no-optimize", action="store_true", help="leave out optimizing (minutes, for Whoosh)")
    parser.add_argument("--out", type=Path, help="folder for raw numbers, e.g. bench/runs/2026-01-31-reuters")
    options = parser.parse_args()
    if not options.corpus.exists():
        parser.error(f"no such file: {options.corpus}")
    return options


def _installed(names: list[str]) -> list[str]:
    found = []
    for name in names:
        try:
            load(name, Path())
        except ImportError as error:
            print(f"left out: {name} ({error})", file=sys.stderr)
        else:
            found.append(name)
    return found


def _built(name: str, corpus: Path, folder: Path, limit: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.speed.build", name, str(corpus), str(folder), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"built {name}: {done.stdout.strip()}", file=sys.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _ask(engines: dict[str, Engine], raw: Raw, options: argparse.Namespace) -> None:
    """Time every question, engines taking turns; the first round only warms up."""
    clock = time.process_time if options.cpu else time.perf_counter
    asked = questions(options.corpus, options.limit or None)
    for name in engines:
        raw[name]["ask"] = {}
    for turn in range(options.rounds + 1):
        for kind, group in asked.items():
            for snippets in (True, False):
                label = kind if snippets else f"{kind}, no snippets"
                for name, engine in engines.items():
                    times = [_timed(engine, question, snippets, clock) for question in group]
                    if turn and None not in times:
                        raw[name]["ask"].setdefault(label, []).extend(times)


def _timed(engine: Engine, question: Any, snippets: bool, clock: Callable[[], float]) -> float | None:
    begun = clock()
    found = engine.ask(question, snippets)
    return None if found < 0 else clock() - begun


def _change(engines: dict[str, Engine], raw: Raw, options: argparse.Namespace) -> None:
    some = list(articles(options.corpus, 100))
    for number in range(options.rounds):
        fresh = [Article(f"new-{number}-{i}", *row[1:]) for i, row in enumerate(some[:QUESTIONS])]
        for name, engine in engines.items():
            begun = time.perf_counter()
            engine.add(fresh)
            added = time.perf_counter()
            engine.delete([row.id for row in fresh])
            raw[name].setdefault("add ten", []).append(added - begun)
            raw[name].setdefault("delete ten", []).append(time.perf_counter() - added)
    for name, engine in engines.items() if not options.no_optimize else ():
        begun = time.perf_counter()
        engine.optimize()
        raw[name]["optimize"] = [time.perf_counter() - begun]


_SCRIPTS = {
    "python -c pass": ("pass",),
    "import typer": ("import typer",),
    "whoosh": (
        "import sys; from whoosh import index, qparser; ix = index.open_dir(sys.argv[1]); s = ix.searcher();"
        "r = s.search(qparser.MultifieldParser(['title', 'body'], ix.schema).parse('oil prices'), limit=10);"
        "print([(h['title'], h.highlights('body', top=1)) for h in r])",
        "whoosh",
    ),
}


def _processes(folders: dict[str, Path], raw: Raw, rounds: int) -> None:
    """Time whole processes: a search from the shell with each, and what Python and Typer cost alone."""
    commands = {
        name: [sys.executable, "-c", script, *(str(folders[f]) for f in rest if f in folders)]
        for name, (script, *rest) in _SCRIPTS.items()
        if all(f in folders for f in rest)
    }
    if "morgue" in folders:
        commands["morgue"] = [
            sys.executable, "-m", "morgue", "search", "oil prices", "--index", str(folders["morgue"]),
        ]  # fmt: skip
    if "fts5" in folders:
        database = str(folders["fts5"] / "articles.db")
        query = (
            "select articles.id, title, snippet(words, 1, '[', ']', '...', 40) from words join articles using (rowid)"
            " where words match 'oil prices' order by rank limit 10"
        )
        commands["fts5"] = [sys.executable, "-m", "sqlite_utils", "query", database, query]
    # As installed: compiled once, whatever the surroundings say about writing bytecode.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(next(iter(folders.values())).parent / "bytecode")
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(2 * rounds + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            done = subprocess.run(command, capture_output=True, env=environment)
            if done.returncode in (0, 1):
                times[name].append(time.perf_counter() - begun)
    for name, found in times.items():
        raw.setdefault(name, {})["process"] = found


def _rows(raw: Raw) -> dict[str, dict[str, float]]:
    """Return row -> engine -> figure."""
    rows: dict[str, dict[str, float]] = {}
    for name, found in raw.items():
        built = found.get("build")
        if built:
            rows.setdefault("index, articles/s", {})[name] = built["articles"] / built["wall_s"]
            rows.setdefault("index, by CPU, articles/s", {})[name] = built["articles"] / built["cpu_s"]
            rows.setdefault("peak MB while indexing", {})[name] = built["peak_mb"]
            rows.setdefault("index bytes per byte of text", {})[name] = built["index_bytes"] / built["text_bytes"]
        for label, times in found.get("ask", {}).items():
            rows.setdefault(f"{label}, p50 ms", {})[name] = statistics.median(times) * 1e3
            rows.setdefault(f"{label}, p95 ms", {})[name] = sorted(times)[int(len(times) * 0.95)] * 1e3
        for label in ("add ten", "delete ten", "optimize", "process"):
            if found.get(label):
                rows.setdefault(f"{label}, ms", {})[name] = statistics.median(found[label]) * 1e3
    return rows


def _table(raw: Raw) -> str:
    """Return the figures, and how many times better morgue is than stock Whoosh and than FTS5."""
    names = list(raw)
    lines = [f"| {' | '.join(['', *names, 'x whoosh', 'x fts5'])} |", "|---" * (len(names) + 3) + "|"]
    for label, figures in _rows(raw).items():
        cells = [f"{figures[name]:.3g}" if name in figures else "–" for name in names]
        lines.append(
            f"| {' | '.join([label, *cells, _ratio(label, figures, 'whoosh'), _ratio(label, figures, 'fts5')])} |"
        )
    return "\n".join(lines)


def _ratio(label: str, figures: dict[str, float], peer: str) -> str:
    if "morgue" not in figures or peer not in figures:
        return "–"
    ours, theirs = figures["morgue"], figures[peer]
    return f"{ours / theirs if label.endswith('articles/s') else theirs / ours:.2f}"


def _keep(options: argparse.Namespace, raw: Raw, report: str) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    versions = {}
    for package in ("whoosh3", "numpy", "tantivy", "sqlite-utils"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "-"
    about = {
        "corpus": options.corpus.name,
        "limit": options.limit,
        "rounds": options.rounds,
        "questions_timed_by": "cpu" if options.cpu else "wall",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load_at_end": os.getloadavg(),
        "versions": versions,
    }
    (options.out / "raw.json").write_text(json.dumps({"about": about, "engines": raw}, indent=1))
    (options.out / "table.md").write_text(report + "\n")


if __name__ == "__main__":
    main()
