"""What an archive holds, in numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from morgue.model import Facet, Stats
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader

_TOP = 10  # values per column
_COLUMNS = ("source", "country", "location", "byline", "language", "format", "status")
_MISSING = ("headline", "published", "byline", "location", "country", "source", "language")


def stats(snapshot: IndexReader) -> Stats:
    """Return what an archive holds."""
    articles, totals = snapshot.doc_count, snapshot.totals()
    first, last = snapshot.extent("published_from"), snapshot.extent("published_to")
    return Stats(
        path=snapshot.location,
        generation=snapshot.generation,
        format_version=totals.format_version,
        articles=articles,
        words=totals.words,
        segments=totals.segments,
        deleted=totals.deleted,
        bytes_=totals.bytes_,
        first=_day(first[0]) if first else "",
        last=_day(last[1]) if last else "",
        missing={name: articles - snapshot.count(t.Has(name)) for name in _MISSING},
        top={
            name: tuple(Facet(value=value, count=count) for value, count in snapshot.facets(t.Everything(), name, _TOP))
            for name in _COLUMNS
        },
        languages=dict(snapshot.facets(t.Everything(), "language", None)),
    )


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > -62_135_596_800 else ""
