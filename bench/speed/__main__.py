"""Measure morgue beside its peers, in one run, in alternation; print all figures, the ratios, and which aims are met.

  Reuters, 17,000 articles, all engines (3 minutes):
      python -m bench.speed --out bench/runs/DATE-reuters
  press releases, 26,456 long ones (7 minutes, 3 of them stock Whoosh's indexing):
      python -m bench.speed --corpus ../shared/data/press.jsonl.gz --patience 10
  200,000 made articles (10 minutes; stock Whoosh would take an hour):
      python -m bench.speed --make 200000 --patience 10 --optimize 300 --engines morgue library fts5 tantivy
  what grows with an archive and what does not:
      python -m bench.speed --make 200000 --sizes 20000 50000 100000 200000 --rounds 2 --engines morgue fts5

Indexing is told by the clock and by processor time; the latter is the one to go by on a machine that does other work.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.speed import aims, growth, processes, stages
from bench.speed.corpus import questions
from bench.speed.engines import HOME, NAMES, load
from bench.speed.sheet import Sheet

_MAKER = Path("../shared/tools/scale_up.py")
_PACKAGES = ("whoosh3", "numpy", "tantivy", "sqlite-utils")


def main() -> None:
    """Measure and print."""
    options = _options()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        bench = stages.Bench(
            corpus=_made(options, Path(scratch)),
            stop=options.limit,
            scratch=Path(scratch),
            engines=_installed(options.engines),
            rounds=options.rounds,
            patience=options.patience,
            cpu=not options.wall,
        )
        sheets = growth.grow(bench, sorted(options.sizes)) if options.sizes else {0: _compare(bench, options)}
    told = [_conditions(bench, options, time.perf_counter() - begun)]
    if options.sizes:
        told.append(growth.table(sheets))
    else:
        told += [bench.sheet.table(), "How many times better (above 1 morgue is):", bench.sheet.ratios()]
        told += ["Aims:", aims.report(bench.sheet)]
    report = "\n\n".join(told)
    print(report)
    if options.out:
        _keep(options.out, sheets, report)


def _compare(bench: stages.Bench, options: argparse.Namespace) -> Sheet:
    stages.build(bench)
    asked = questions(bench.corpus, bench.stop or None)
    stages.ask(bench, asked)
    processes.time_processes(bench, " ".join(asked["and"][0].words))
    stages.change(bench)
    stages.optimize(bench, options.optimize)
    return bench.sheet


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, prog="python -m bench.speed", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--corpus", type=Path, default=Path("../shared/data/reuters.jsonl.gz"), help="JSON Lines, plain or gzip"
    )
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="articles to use (0: all)")
    parser.add_argument("--make", type=int, default=0, metavar="N", help=f"grow the corpus to N articles by {_MAKER}")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="measure growth at these sizes instead")
    parser.add_argument("--engines", nargs="+", default=NAMES, choices=NAMES)
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each step is repeated")
    parser.add_argument(
        "--patience", type=float, default=20, metavar="S",
        help="seconds after which an engine's step is not repeated (default: 20)",
    )  # fmt: skip
    parser.add_argument(
        "--optimize", type=float, default=20, metavar="S",
        help="optimize engines that take no longer than so many seconds to build, as it takes them as long again"
        " (default: 20, which leaves out stock Whoosh; 60 adds it for Reuters, and a minute)",
    )  # fmt: skip
    parser.add_argument("--wall", action="store_true", help="time questions by the clock, not by CPU")
    parser.add_argument("--scratch", type=Path, help="where the indexes are made (default: the temporary folder)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep raw numbers and tables here")
    options = parser.parse_args()
    if not options.corpus.exists():
        parser.error(f"no such file: {options.corpus}")
    if options.make and not _MAKER.exists():
        parser.error(f"--make needs {_MAKER}")
    for name in options.engines:
        if HOME.get(name, name) not in options.engines:
            parser.error(f"{name} asks the index of {HOME[name]}: name that too")
    return options


def _made(options: argparse.Namespace, scratch: Path) -> Path:
    """Return the file of articles, grown when that is asked for."""
    corpus: Path = options.corpus
    if not options.make:
        return corpus
    source, grown = scratch / "source.jsonl", scratch / "made.jsonl"
    with gzip.open(corpus) if corpus.suffix == ".gz" else corpus.open("rb") as packed, source.open("wb") as out:
        shutil.copyfileobj(packed, out)
    with grown.open("wb") as file:
        command = [sys.executable, str(_MAKER), "--n", str(options.make), "--seed", "1", str(source)]
        subprocess.run(command, stdout=file, check=True)
    source.unlink()
    return grown


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


def _conditions(bench: stages.Bench, options: argparse.Namespace, seconds: float) -> str:
    left_out = ", ".join(name for name in NAMES if name not in bench.engines) or "none"
    clock = "the clock" if options.wall else "CPU"
    made = f"{options.make:,} articles made of it" if options.make else f"{options.limit or 'all'} articles"
    return (
        f"{options.corpus.name}, {made}; engines: {', '.join(bench.engines)} (not run: {left_out}); questions by"
        f" {clock}; took {seconds:.0f} s, load {os.getloadavg()[0]:.1f} at the end."
    )


def _keep(folder: Path, sheets: dict[int, Sheet], report: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    about = {
        "command": " ".join(["python -m bench.speed", *sys.argv[1:]]),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load_at_end": os.getloadavg(),
        "versions": {package: _version(package) for package in _PACKAGES},
    }
    raw = {"about": about, "figures": {size or "all": sheet.raw() for size, sheet in sheets.items()}}
    (folder / "raw.json").write_text(json.dumps(raw, indent=1) + "\n")
    (folder / "table.md").write_text(report + "\n")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


if __name__ == "__main__":
    main()
