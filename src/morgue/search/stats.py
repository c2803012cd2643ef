"""What an archive holds, in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from morgue.engine.files.manifest import VERSION
from morgue.model import Facet, Stats
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.engine.files.columns import NumberColumn
    from morgue.engine.search.snapshot import Snapshot

_TOP = 10
_COLUMNS = ("source", "country", "location", "byline", "language", "format", "status")
_MISSING = ("headline", "published", "byline", "location", "country", "source", "language")


def stats(snapshot: Snapshot) -> Stats:
    """Return what an archive holds."""
    total = snapshot.doc_count
    dated = [
        (first.minimum, last.maximum)
        for first, last in _dates(snapshot)
        if first.minimum is not None and last.maximum is not None
    ]
    return Stats(
        path=str(snapshot.directory),
        generation=snapshot.generation,
        format_version=VERSION,
        articles=total,
        words=sum(sum(segment.zone_totals) for segment in snapshot.segments),
        segments=len(snapshot.segments),
        deleted=sum(segment.doc_count - segment.live_count for segment in snapshot.segments),
        bytes_=sum(path.stat().st_size for path in snapshot.directory.iterdir() if path.is_file()),
        first=_day(min(first for first, _ in dated)) if dated else "",
        last=_day(max(last for _, last in dated)) if dated else "",
        missing={name: total - snapshot.count(t.Has(name)) for name in _MISSING},
        top={
            name: tuple(Facet(value=value, count=count) for value, count in snapshot.facets(t.Everything(), name, _TOP))
            for name in _COLUMNS
        },
        languages=dict(snapshot.facets(t.Everything(), "language", None)),
    )


def _dates(snapshot: Snapshot) -> Iterator[tuple[NumberColumn, NumberColumn]]:
    for segment in snapshot.segments:
        if "published_from" in segment.numbers:
            yield segment.numbers["published_from"], segment.numbers["published_to"]


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > -62_135_596_800 else ""
