"""The figures of a run: what was measured of which engine, and how they compare."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MORGUE = ("morgue", "library")
PEERS = ("whoosh", "fts5", "tantivy")


class Figure(NamedTuple):
    """A line of the table: what is measured, in which unit, and whether more of it is better."""

    label: str
    unit: str
    more: bool = False


class Sheet:
    """Figures of several engines.

    Attributes:
        samples: figure -> engine -> what was measured, in order. share: of the samples of a figure, that which is told:
            0.5 for the median. A figure with `p95` in its label is told at 0.95.
    """

    def __init__(self) -> None:
        self.samples: dict[Figure, dict[str, list[float]]] = {}

    def add(self, figure: Figure, engine: str, *values: float) -> None:
        """Note what was measured."""
        self.samples.setdefault(figure, {}).setdefault(engine, []).extend(values)

    def value(self, label: str, engine: str) -> float | None:
        """Return what is told of a figure by its label, None when it was not measured."""
        for figure, engines in self.samples.items():
            if figure.label == label and engine in engines:
                return _told(label, engines[engine])
        return None

    def ratio(self, label: str, ours: str, theirs: str) -> float | None:
        """Return how many times better one engine is than another."""
        a, b = self.value(label, ours), self.value(label, theirs)
        if not a or not b:
            return None
        return a / b if any(f.more for f in self.samples if f.label == label) else b / a

    def engines(self) -> list[str]:
        """Return the engines that something was measured of."""
        return list(dict.fromkeys(name for engines in self.samples.values() for name in engines))

    def table(self) -> str:
        """Return all figures as Markdown."""
        engines = self.engines()
        rows = []
        for figure in self.samples:
            found = (self.value(figure.label, name) for name in engines)
            rows.append([f"{figure.label}, {figure.unit}", *(number(value) for value in found)])
        return markdown(["", *engines], rows)

    def ratios(self) -> str:
        """Return how many times better morgue is than each peer, as Markdown."""
        pairs = [(ours, theirs) for ours in MORGUE for theirs in PEERS]
        rows = []
        for figure in self.samples:
            found = [self.ratio(figure.label, *pair) for pair in pairs]
            if any(found):
                rows.append([figure.label, *(number(value) for value in found)])
        return markdown(["", *(f"{ours} : {theirs}" for ours, theirs in pairs)], rows)

    def raw(self) -> list[dict[str, object]]:
        """Return every sample, for JSON."""
        return [{**figure._asdict(), "samples": engines} for figure, engines in self.samples.items()]


def _told(label: str, values: Sequence[float]) -> float:
    if "p95" in label:
        return sorted(values)[int(len(values) * 0.95)]
    return max(values) if "longest" in label or "peak" in label else statistics.median(values)


def number(value: float | None) -> str:
    """Return a figure to three digits."""
    return "–" if value is None else f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
