"""Morgue: full-text search for news articles, from a folder of clippings to a quotable answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from morgue.archive import Archive
    from morgue.ingesting import IngestOptions, ingest, parse
    from morgue.model import Article, SearchOptions

__all__ = ["Archive", "Article", "IngestOptions", "SearchOptions", "__version__", "ingest", "parse"]
__version__ = "0.1.0"

_HOMES = {
    "Archive": "morgue.archive",
    "Article": "morgue.model",
    "IngestOptions": "morgue.ingesting",
    "SearchOptions": "morgue.model",
    "ingest": "morgue.ingesting",
    "parse": "morgue.ingesting",
}


def __getattr__(name: str) -> Any:
    # Importing morgue costs nothing: each name is fetched from its module when it is asked for.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'morgue' has no attribute {name!r}")
