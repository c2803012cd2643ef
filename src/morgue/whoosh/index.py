"""An archive as a Whoosh index: what Whoosh's file of contents calls, and what opens one without it.

The file (engine/files/toc.py) names `schema` and `segments` of this module, which Whoosh calls when it opens an index.
`FileIndex` has no other way to say who writes an index and how it is scored, so importing this module teaches it:
`writer` and `searcher` of an index whose segments are an archive's are the archive's, of any other index Whoosh's own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh import index as stock
from whoosh.filedb.filestore import FileStorage

from morgue.engine.files import manifest
from morgue.engine.files.commit import languages, open_segment
from morgue.engines import engine_of
from morgue.errors import IndexMissing
from morgue.index.values import Ranking
from morgue.schema import check_settings, settings
from morgue.whoosh.codec import ArchiveSegment
from morgue.whoosh.schema import copied, schema_of
from morgue.whoosh.scoring import Weighting
from morgue.whoosh.searcher import ArchiveSearcher

__all__ = [
    "ArchiveIndex",
    "ArchiveSearcher",
    "Segments",
    "Weighting",
    "create_in",
    "exists_in",
    "open_dir",
    "schema",
    "segments",
]

_NAME = "MAIN"


class Segments(list[ArchiveSegment]):
    """The segments of a commit. They mark an index as an archive, and are not joined with those of an older commit."""

    def extend(self, _segments: Any) -> None:
        """Do nothing: Whoosh's refresh would bring back the segments that a commit has merged."""


def segments(text: str) -> Segments:
    """Return the segments that the commit record names; called by what Whoosh unpickles.

    Args:
        text: see manifest.segments_text.
    """
    return Segments(ArchiveSegment(record) for record in manifest.segments_from(text))


def schema(text: str) -> fields.Schema:
    """Return the schema of an archive; called by what Whoosh unpickles.

    Args:
        text: JSON, {"languages": [ISO 639-1]}.
    """
    return copied(tuple(json.loads(text)["languages"]))


def _is_archive(index: Any) -> bool:
    return isinstance(index._read_toc().segments, Segments)


class ArchiveIndex(stock.FileIndex):
    """An archive opened by `open_dir` of this module: as `whoosh.index.open_dir` gives it, but nothing is unpickled."""

    def __init__(self, folder: str | Path, ranking: Ranking | None = None) -> None:
        """Open an archive.

        Args:
            folder: the archive. ranking: the parameters of relevance, None for the defaults.

        Raises:
            IndexMissing, IndexDamaged, IndexTooNew, IndexOutdated: see errors.py.
        """
        self.ranking = ranking or Ranking()
        self._folder = Path(folder)
        self.storage = FileStorage(str(folder))
        self.indexname = _NAME
        self._schema = None
        self._languages: tuple[int, frozenset[str]] = (-1, frozenset())
        check_settings(self._manifest().settings, folder)

    def _manifest(self) -> manifest.Manifest:
        return manifest.read(self._folder)

    def _read_toc(self) -> stock.TOC:
        record = self._manifest()
        if self._languages[0] != record.generation:
            opened = (open_segment(self._folder, segment) for segment in record.segments)
            self._languages = record.generation, frozenset(languages(opened))
        found = Segments(ArchiveSegment(segment) for segment in record.segments)
        return stock.TOC(copied(tuple(sorted(self._languages[1]))), found, record.generation)

    def latest_generation(self) -> int:
        return self._manifest().generation

    def last_modified(self) -> float:  # type: ignore[override]  # as FileStorage has it
        return (self._folder / manifest.NAME).stat().st_mtime

    def searcher(self, **kwargs: Any) -> ArchiveSearcher:
        reader: Any = self.reader()  # type: ignore[no-untyped-call]
        return ArchiveSearcher(reader, fromindex=self, **{"weighting": Weighting(self.ranking), **kwargs})


def open_dir(folder: str | Path, *, ranking: Ranking | None = None) -> ArchiveIndex:
    """Open an archive as a Whoosh index, without unpickling anything.

    Args:
        folder: the archive. ranking: the parameters of relevance, None for the defaults.

    Raises:
        IndexMissing, IndexDamaged, IndexTooNew, IndexOutdated: see errors.py.
    """
    return ArchiveIndex(folder, ranking)


def exists_in(folder: str | Path) -> bool:
    """Whether a folder holds an archive."""
    return engine_of(folder).exists(folder)


def create_in(folder: str | Path, schema: fields.Schema | None = None) -> ArchiveIndex:
    """Make an archive, for a program that calls `whoosh.index.create_in`; one that is there is opened as it is.

    Args:
        folder: made when missing.
        schema: the fields that the program uses, for programs that give one: each must be a field of an archive.

    Raises:
        UnknownFieldError: an archive has no such field. IndexProblem: the folder cannot be written.
    """
    known = schema_of(())
    missing = [
        name for name in (fields.ensure_schema(schema).names() if schema is not None else ()) if name not in known
    ]
    if missing:
        raise fields.UnknownFieldError(f"an archive has no field {missing[0]!r}; it has {', '.join(known.names())}")
    try:
        return ArchiveIndex(folder)
    except IndexMissing:
        with engine_of(folder).open_writer(folder, wait=5.0, settings=settings()) as writer:
            writer.commit()
        return ArchiveIndex(folder)


def _teach() -> None:
    """Let Whoosh's FileIndex hand out an archive's writer and searcher where its segments are an archive's."""
    plain_writer, plain_searcher = stock.FileIndex.writer, stock.FileIndex.searcher

    def writer(self: Any, procs: int = 1, **kwargs: Any) -> Any:
        if not _is_archive(self):
            return plain_writer(self, procs=procs, **kwargs)
        from morgue.whoosh.writer import ArchiveWriter

        return ArchiveWriter(self, **kwargs)

    def searcher(self: Any, **kwargs: Any) -> Any:
        if not _is_archive(self):
            return plain_searcher(self, **kwargs)
        return ArchiveSearcher(self.reader(), fromindex=self, **kwargs)

    stock.FileIndex.writer, stock.FileIndex.searcher = writer, searcher  # type: ignore[method-assign]


_teach()
