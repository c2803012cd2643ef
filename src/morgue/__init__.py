"""Morgue: full-text search for news articles, from a folder of clippings to a quotable answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.version import __version__

if TYPE_CHECKING:
    from morgue.archive import Archive
    from morgue.ingestion.ingest import ingest, parse
    from morgue.ingestion.options import IngestOptions
    from morgue.model import Article, SearchOptions

__all__ = ["Archive", "Article", "IngestOptions", "SearchOptions", "__version__", "ingest", "parse"]

_HOMES = {
    "Archive": "morgue.archive",
    "Article": "morgue.model",
    "IngestOptions": "morgue.ingestion.options",
    "SearchOptions": "morgue.model",
    "ingest": "morgue.ingestion.ingest",
    "parse": "morgue.ingestion.ingest",
}


def __getattr__(name: str) -> object:
    # Importing morgue costs nothing: each name is fetched from its module when it is asked for.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'morgue' has no attribute {name!r}")
