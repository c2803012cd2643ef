"""Ranking settings that would do better on judged queries, and whether the gain would last.

Settings are tried one parameter at a time from the defaults on, twice round. What is reported is the gain under
cross-validation: for each fold of the queries the best setting of the others is chosen and scored on the fold, so that
no query votes on the setting that it is scored with (Hastie, Tibshirani & Friedman, "The Elements of Statistical
Learning", 7.10). The gain on all queries at once is reported too; the difference of the two is the over-fitting.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Settings = tuple[tuple[str, float], ...]  # sorted (name, value) pairs; () for the defaults
Score = Callable[[Settings], Mapping[str, float]]  # a setting -> the measure by query

GRID: Mapping[str, Sequence[float]] = {
    "k1": (0.6, 0.9, 1.2, 1.5, 1.8, 2.2, 2.8),
    "b": (0.2, 0.4, 0.55, 0.65, 0.75, 0.9),
    "headline": (1.0, 1.5, 2.0, 3.0, 4.0),
    "lead": (1.0, 1.2, 1.5, 2.0),
    "expand": (0.0, 1.0),
}
_ROUNDS = 2  # passes over the grid


@dataclass(frozen=True, slots=True)
class Tuned:
    """What tuning found.

    Attributes:
        tried: how many settings were scored. default: mean of the measure with the defaults.
        best: the setting best on all queries, and its mean there. held_out: mean when each fold is scored with the
            setting that was best on the others. chosen: those settings, one a fold.
    """

    tried: int
    default: float
    best: Settings
    best_mean: float
    held_out: float
    chosen: tuple[Settings, ...]


def tune(score: Score, *, folds: int = 5, progress: Callable[[int], None] | None = None) -> Tuned:
    """Search settings and cross-validate the search.

    Args:
        score: scores a setting on every judged query.
        folds: parts that the queries are split into at random (always the same way).
        progress: called with the number of settings scored.
    """
    pool: dict[Settings, Mapping[str, float]] = {}

    def mean(settings: Settings, queries: Sequence[str] | None = None) -> float:
        if settings not in pool:
            pool[settings] = score(settings)
            if progress:
                progress(len(pool))
        values = pool[settings]
        chosen = list(values) if queries is None else queries
        return sum(values[query] for query in chosen) / max(len(chosen), 1)

    best: Settings = ()
    default = mean(best)
    for _ in range(_ROUNDS):
        before = best
        for name, values in GRID.items():
            best = max((_with(best, name, value) for value in values), key=mean, default=best)
        if best == before:
            break
    if mean(best) <= default:
        best = ()
    queries = sorted(pool[()])
    random.Random(1).shuffle(queries)
    held_out = 0.0
    chosen: list[Settings] = []
    for fold in range(min(folds, len(queries))):
        inside = queries[fold::folds]
        outside = [query for query in queries if query not in set(inside)]
        winner = max(pool, key=lambda settings: mean(settings, outside))
        chosen.append(winner)
        held_out += sum(pool[winner][query] for query in inside)
    return Tuned(len(pool), default, best, mean(best), held_out / max(len(queries), 1), tuple(chosen))


def _with(settings: Settings, name: str, value: float) -> Settings:
    return tuple(sorted({**dict(settings), name: value}.items()))
