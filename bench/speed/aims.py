"""What the project has set itself for speed, and whether a run meets it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from bench.speed import processes as p
from bench.speed import stages as s
from bench.speed.sheet import MORGUE, Sheet, markdown, number

TENFOLD = ("common term", "or of three", "and", "phrase", "sort by date", "facet", "date range")
AHEAD = ("or of three", "facet", "sort by date")
KINDS = (
    "common term", "rare term", "and", "or of three", "phrase", "proximity", "prefix", "fuzzy", "date range",
    "sort by date", "facet",
)  # fmt: skip


class Aim(NamedTuple):
    """What is wanted, at least (or, with `most`, at most), and what was measured (None: not in this run)."""

    what: str
    wanted: float
    found: float | None
    most: bool = False

    def row(self) -> list[str]:
        """Return it as cells."""
        if self.found is None:
            verdict = "not measured"
        else:
            verdict = "met" if (self.found <= self.wanted if self.most else self.found >= self.wanted) else "missed"
        return [
            self.what,
            f"{'at most' if self.most else 'at least'} {number(self.wanted)}",
            number(self.found),
            verdict,
        ]


def report(sheet: Sheet) -> str:
    """Return every aim with what was measured, as Markdown."""
    return markdown(["aim", "wanted", "measured", ""], [aim.row() for aim in _aims(sheet)])


def _aims(sheet: Sheet) -> Iterator[Aim]:
    yield Aim("indexing by CPU : stock Whoosh", 8, sheet.ratio(s.INDEXING_CPU.label, "morgue", "whoosh"))
    yield Aim("indexing by CPU : tantivy's one thread", 1, sheet.ratio(s.INDEXING_CPU.label, "morgue", "tantivy"))
    yield Aim(
        "`morgue ingest` by the clock : stock Whoosh indexing alone", 5, sheet.ratio(s.INGEST.label, "morgue", "whoosh")
    )
    for engine in (name for name in MORGUE if name in sheet.engines()):
        whoosh = {kind: sheet.ratio(f"{kind}, p50", engine, "whoosh") for kind in KINDS}
        tenfold = [ratio for kind in TENFOLD if (ratio := whoosh[kind])]
        middle = median(tenfold) if len(tenfold) == len(TENFOLD) else None
        yield Aim(f"{engine}, median of {', '.join(TENFOLD)}: stock Whoosh", 10, middle)
        known = {kind: ratio for kind, ratio in whoosh.items() if ratio}
        slowest = min(known, key=lambda kind: known[kind], default="")
        yield Aim(f"{engine}, slowest kind: stock Whoosh ({slowest})", 1, known.get(slowest))
        fts5 = {kind: sheet.ratio(f"{kind}, p50", engine, "fts5") for kind in KINDS}
        par = [ratio for ratio in fts5.values() if ratio]
        yield Aim(f"{engine}, median of all kinds: FTS5 with snippet()", 1, median(par) if par else None)
        for kind in AHEAD:
            yield Aim(f"{engine}, {kind}: FTS5 with snippet()", 1, fts5[kind])
    search = p.SEARCH.label
    yield Aim("`morgue search`: `sqlite-utils search`", 2, sheet.ratio(search, "morgue", "fts5"))
    yield Aim("`morgue search`: a bare script on stock Whoosh", 1, sheet.ratio(search, "morgue", "whoosh"))
    ours, typer = sheet.value(search, "morgue"), sheet.value(p.START.label, "import typer")
    yield Aim("`morgue search` in times of `import typer`", 2.5, ours / typer if ours and typer else None, most=True)
    share = sheet.value(s.ADD_SHARE.label, "morgue")
    yield Aim("adding ten, % of building, by CPU (meant for 200,000)", 2, share, most=True)
    yield Aim("memory of indexing, MB", 1024, sheet.value(s.MEMORY.label, "morgue"), most=True)
    yield Aim(
        "memory of `morgue ingest` and its helpers, MB", 1024, sheet.value(s.INGEST_MEMORY.label, "morgue"), most=True
    )
    yield Aim("index bytes per byte of text", 1.3, sheet.value(s.SIZE.label, "morgue"), most=True)
    yield Aim("the same by `morgue ingest`", 1.3, sheet.value(s.INGEST_SIZE.label, "morgue"), most=True)
