"""The order of answers: a page of them by relevance or by a column, freshness blended in, copies folded."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from morgue.errors import UsageError
from morgue.index.values import DEFAULT, Ranking
from morgue.model import Notice, SearchOptions
from morgue.runtime.frozen import replace
from morgue.search.duplicates import Story
from morgue.search.request import sort_keys

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader
    from morgue.query.tree import Node

COLLAPSED_RESULTS = 2000  # the best ones, among which copies are found
_DAY = 86_400.0  # seconds
_UNITS = {"h": _DAY / 24, "d": _DAY, "w": 7 * _DAY, "m": 30.44 * _DAY, "y": 365.25 * _DAY}


class Page(NamedTuple):
    """A page of results, the number of all matching articles, and notices about the order."""

    stories: list[Story]
    total: int
    notices: tuple[Notice, ...] = ()


def ranked(snapshot: IndexReader, tree: Node, options: SearchOptions) -> Page:
    """Return a page of results in the order that the options name.

    Args:
        snapshot: to search. tree: the query. options: limit, offset, sort, recency, collapse, ranking …

    Raises:
        UsageError: an option has no meaning.
    """
    sort = sort_keys(options)
    weights = parameters(options.ranking)
    limit, offset = options.limit, options.offset
    if not options.recency and not options.collapse:
        top = snapshot.search(tree, limit=limit, offset=offset, sort=sort, ranking=weights)
        return Page([Story(*hit) for hit in top.hits], top.total)
    if options.recency and sort != "relevance":
        raise UsageError("--recency cannot be used with --sort")
    wanted = None if options.recency else COLLAPSED_RESULTS
    top = snapshot.search(tree, limit=wanted, sort=sort, ranking=weights)
    hits = list(top.hits)
    if options.recency:
        hits = _freshened(snapshot, hits, half_life(options.recency), options)
    last = None if limit is None else offset + limit
    if not options.collapse:
        return Page([Story(*hit) for hit in hits[offset:last]], top.total)
    from morgue.search.duplicates import collapse

    notices: tuple[Notice, ...] = ()
    if top.total > COLLAPSED_RESULTS:
        notices = (
            Notice(
                "collapse-cut",
                f"copies were looked for among the first {COLLAPSED_RESULTS:,} of {top.total:,} articles",
                "narrow the query to see the rest",
            ),
        )
    return Page(collapse(snapshot, hits[:COLLAPSED_RESULTS], options.keep)[offset:last], top.total, notices)


def parameters(changes: Mapping[str, float]) -> Ranking:
    """Return the parameters of relevance.

    Args:
        changes: attributes of `Ranking` that differ from the defaults.

    Raises:
        UsageError: a name is unknown, or a value out of range.
    """
    if not changes:
        return DEFAULT
    known = {item.name for item in fields(Ranking)}
    for name, value in changes.items():
        if name not in known:
            raise UsageError(f"unknown ranking parameter {name!r}", hint=f"known: {', '.join(sorted(known))}")
        if value < 0 or (name == "b" and value > 1):
            raise UsageError(f"invalid {name} {value:g}: expected {'0 to 1' if name == 'b' else '0 or more'}")
    return replace(DEFAULT, **changes)


def half_life(text: str) -> float:
    """Return the seconds of a duration: `30d`, `2 weeks`, `6 months`, `1y`.

    Raises:
        UsageError: it is not a duration, or 0.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(h|d|w|m|y)[a-z]*\s*", text.casefold())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if not seconds:
        raise UsageError(f"invalid --recency {text!r}", hint="write 12h, 30d, 2w, 6 months or 1y")
    return seconds


def _freshened(
    snapshot: IndexReader, hits: list[tuple[int, float]], half: float, options: SearchOptions
) -> list[tuple[int, float]]:
    """Scores halved for every half-life that has passed since publication; undated articles count as the oldest."""
    now = time.time() if options.now is None else options.now
    dates = [snapshot.number("published_to", number) for number, _ in hits]
    ages = [max(now - date, 0.0) for date in dates if date is not None]
    oldest = max(ages, default=0.0)
    fresh = [
        (number, score * 0.5 ** ((oldest if date is None else max(now - date, 0.0)) / half))
        for (number, score), date in zip(hits, dates, strict=True)
    ]
    return sorted(fresh, key=lambda hit: -hit[1])
