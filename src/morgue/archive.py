"""The archive: a folder with an index, opened, filled and asked. The library's public face.

from morgue import Archive

with Archive.open("index") as archive:
    for hit in archive.search("cocoa w/5 harvest", limit=5).hits:
        print(hit.record["headline"])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from morgue.model import Article, Facet, Notice, SearchOptions, SearchResult, Stats


class Archive:
    """An archive opened for reading. Every method answers from one whole commit; `refresh` goes on to the newest."""

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open the archive in a folder.

        Raises:
            IndexMissing, IndexDamaged, IndexTooNew: see errors.py.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the files. The results handed out stay good."""

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def refresh(self) -> bool:
        """Go on to the newest commit; True when there was one."""
        raise NotImplementedError

    @property
    def generation(self) -> int:
        """Number of the commit being read."""
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    # -- asking ------------------------------------------------------------------------------------------------

    def search(self, query: str, options: SearchOptions | None = None, **changes: Any) -> SearchResult:
        """Return the articles that match, best first.

        Args:
            query: in the language of docs/query.md; "" together with filters means all that pass them.
            options: how to search; `changes` are single options by name (`limit=5`).

        Raises:
            QueryError: the query cannot be understood (not with `lenient`).
        """
        raise NotImplementedError

    def count(self, query: str, options: SearchOptions | None = None, **changes: Any) -> tuple[int, tuple[Notice, ...]]:
        """Return how many articles match, and the notices that go with it."""
        raise NotImplementedError

    def facets(
        self, query: str, by: str, *, limit: int | None = 20, options: SearchOptions | None = None
    ) -> tuple[list[Facet], int, tuple[Notice, ...]]:
        """Return the values of a column among the articles found, most frequent first (years, months and days in
        order of time), how many articles were found, and notices.

        Args:
            by: byline, contributor, location, region, country, source, language, status, keywords, format, path,
                year, month or day.
        """
        raise NotImplementedError

    def get(self, identity: str) -> Article | None:
        """Return an article by its id, or None."""
        raise NotImplementedError

    def record(self, identity: str) -> Mapping[str, Any] | None:
        """Return an article's record (docs/output.md) by its id, or None."""
        raise NotImplementedError

    def similar_ids(self, identity: str, limit: int = 3) -> list[str]:
        """Return ids that look like a mistyped one, closest first."""
        raise NotImplementedError

    def records(self, query: str = "", options: SearchOptions | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield every record (or every one that matches), in order of filing."""
        raise NotImplementedError

    def highlights(self, identity: str, query: str, options: SearchOptions | None = None) -> Mapping[str, list[Any]]:
        """Return field -> Marks (offsets in headline and body) of what matches the query in one article."""
        raise NotImplementedError

    def suggest(self, prefix: str, field: str = "text", limit: int = 10) -> list[Facet]:
        """Return completions of a word, a byline or a place in the index, most frequent first."""
        raise NotImplementedError

    def explain(
        self, query: str, identity: str | None = None, options: SearchOptions | None = None
    ) -> Mapping[str, Any]:
        """Return how a query was understood and, with an id, each term's share of the score or why it fails.

        JSON values: `query`, `parsed`, `tree` (lines), `terms` [{field, word, key, df, surfaces}], `plan`, `total`,
        `notices`; with an id also `id`, `matched`, `score`, `clauses` [{clause, depth, matched, score, detail}],
        `relaxations` [{query, what}].
        """
        raise NotImplementedError

    def stats(self) -> Stats:
        """Return what the archive holds."""
        raise NotImplementedError

    # -- care --------------------------------------------------------------------------------------------------

    @staticmethod
    def delete(path: str | Path, identities: Iterable[str], *, wait: float = 5.0) -> tuple[int, list[str]]:
        """Delete articles by id; return how many were deleted and the ids that are not in the archive."""
        raise NotImplementedError

    @staticmethod
    def load(path: str | Path, stream: BinaryIO, *, wait: float = 5.0) -> Any:
        """Add the records of an export (JSON Lines) as they are; return an IngestReport."""
        raise NotImplementedError

    @staticmethod
    def check(path: str | Path, *, fast: bool = False) -> list[Mapping[str, Any]]:
        """Return the faults found in the files of an archive: [{file, fault, articles: [ids]}], empty when sound."""
        raise NotImplementedError

    @staticmethod
    def repair(path: str | Path, *, rebuild: bool = False, wait: float = 5.0) -> Mapping[str, Any]:
        """Rebuild what can be rebuilt from the stored articles; {kept, lost: [ids], generation}."""
        raise NotImplementedError

    @staticmethod
    def optimize(path: str | Path, *, wait: float = 5.0) -> Mapping[str, Any]:
        """Merge all segments into one and drop what was deleted; {segments_before, bytes_before, bytes_after}."""
        raise NotImplementedError
