"""The interface of an index. An engine is a package that offers the functions of `Engine`; `engines.py` chooses it.

For annotations only: never imported at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from morgue.index.document import Document
from morgue.index.values import Clause, Fault, Ranking, Salvage, Sort, Span, Spelling, Structure, TopDocs, Totals
from morgue.query import tree

if TYPE_CHECKING:
    from morgue.json_types import Json


class IndexReader(Protocol):
    """One commit of an index. Every method reads that commit until `refresh`.

    Articles are identified by document numbers (`docnum`), which are valid until `refresh`. A `node` is a query.
    """

    @property
    def location(self) -> str:
        """The index's folder or address."""

    @property
    def generation(self) -> int:
        """Number of the commit."""

    @property
    def settings(self) -> Mapping[str, Json]:
        """JSON values that the index's creator recorded."""

    @property
    def doc_count(self) -> int:
        """Number of articles."""

    def totals(self) -> Totals:
        """Return the size of the index."""

    def refresh(self) -> bool:
        """Change to the newest commit; return whether there was a newer one."""

    def close(self) -> None:
        """Release files or connections."""

    def guarded(self) -> AbstractContextManager[None]:
        """Return a block that raises IndexDamaged if values read from this reader in it are damaged."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...

    # -- documents

    def docnum(self, id: str, /) -> int | None:
        """Return the number of the article with an id, or None."""

    def identity(self, docnum: int, /) -> str:
        """Return the id of an article."""

    def identities(self) -> Iterator[str]:
        """Yield the ids of all articles."""

    def stored(self, docnum: int, /) -> bytes:
        """Return the stored record of an article."""

    def stored_each(self, docnums: Iterable[int], /) -> list[bytes]:
        """Return the stored records of several articles."""

    def structure(self, docnum: int, /) -> Structure:
        """Return where the sentences and paragraphs of an article's body begin."""

    def structure_each(self, docnums: Iterable[int], /) -> list[Structure]:
        """Return the `structure` of several articles."""

    def number(self, column: str, docnum: int, /) -> int | None:
        """Return the value of article `docnum` in a number `column`, or None."""

    def values(self, column: str, docnum: int, /) -> list[str]:
        """Return the values of article `docnum` in a value `column`."""

    # -- queries

    def search(
        self, node: tree.Node, *, limit: int | None = 10, offset: int = 0, sort: Sort = ..., ranking: Ranking = ...
    ) -> TopDocs:
        """Return the exact number of matching articles, and those on a page.

        Args:
            node: the query. limit: articles (None: all). offset: articles to skip.
            sort: see values.Sort. ranking: the parameters of relevance.

        Raises:
            TypeError: `sort` is any other string.
        """

    def count(self, node: tree.Node, /) -> int:
        """Return how many articles match."""

    def docs(self, node: tree.Node, /) -> list[int]:
        """Return the numbers of the articles that match, in order of filing."""

    def facets(
        self, node: tree.Node, column: str, limit: int | None = None, zone: tzinfo | None = None
    ) -> list[tuple[str, int]]:
        """Return the values of a column among the articles that match, and how many have each.

        Args:
            node: the query.
            column: a value column (most frequent first), or `year`, `month`, `day` (in order of time).
            limit: how many of the most frequent (None: all).
            zone: time zone of the years, months and days (None: UTC).
        """

    def spans(self, node: tree.Node, docnum: int, /) -> list[Span]:
        """Return the matches of the query `node` in article `docnum`, by field and position; none if it does not match.

        Filters and excluded clauses have none.
        """

    def spans_each(self, node: tree.Node, docnums: Iterable[int], /) -> list[list[Span]]:
        """Return the `spans` of the query `node` in each of the articles `docnums`."""

    def explain(self, node: tree.Node, docnum: int, ranking: Ranking = ...) -> Clause:
        """Return each clause of the query `node` for article `docnum`, scored under `ranking`."""

    # -- vocabulary

    def languages(self) -> tuple[str, ...]:
        """Return the languages that articles were stemmed in (ISO 639-1), English when an article states none."""

    def has_field(self, field: str, /) -> bool:
        """Whether any article has a word or value in `field` (a field or column)."""

    def has_value(self, column: str, value: str, /) -> bool:
        """Whether any article has `value` in `column`."""

    def extent(self, column: str, /) -> tuple[int, int] | None:
        """Return the smallest and largest value of a number column; None if it is empty."""

    def df(self, node: tree.Word | tree.Pattern, /) -> int:
        """Return how many articles hold a word or pattern (until the next merge, replaced versions included)."""

    def expand(self, pattern: tree.Pattern, limit: int | None = None) -> tuple[list[Spelling], bool]:
        """Return the spellings that fit `pattern`, most frequent first, and whether there are more.

        At most `limit` (None: a large number) are returned, the first in alphabetical order.

        Raises:
            PatternError: a regular expression that cannot be used.
        """

    def expansions(self, pattern: tree.Pattern, /) -> tuple[int, int]:
        """Return how many spellings fit a pattern, and how many of them a search uses.

        Raises:
            PatternError: a regular expression that cannot be used.
        """

    def suggest(self, field: str, word: str, limit: int = 8) -> list[tuple[str, int]]:
        """Return up to `limit` words of `field` spelled like `word`, with their number of articles, best first."""

    def complete(self, field: str, prefix: str, limit: int = 10) -> list[tuple[str, int]]:
        """Return up to `limit` completions of `prefix` with the number of articles, most frequent first.

        They are values if `field` is a column, else words.
        """


class IndexWriter(Protocol):
    """A writer of an index. At the end of a `with` block it commits; if the block raises, it cancels."""

    @property
    def generation(self) -> int:
        """Number of the newest commit; 0 before the first."""

    def add(self, document: Document, /) -> None:
        """Add a document; it replaces any other with its id at the next commit.

        Raises:
            IndexProblem: it cannot be written; the writer can then only be cancelled.
        """

    def delete(self, id: str, /) -> bool:
        """Delete a document; return whether there was one."""

    def optimize(self) -> None:
        """Merge as far as possible at the next commit, and drop what is deleted."""

    def commit(self) -> int:
        """Make everything added and deleted durable and visible; return the generation.

        Raises:
            IndexProblem: it cannot be written; the previous commit stays the newest.
        """

    def cancel(self) -> None:
        """Discard what was not committed and release the index. Does nothing the second time."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None: ...


class Engine(Protocol):
    """Opens and maintains the indexes of one kind; a module with these functions is an engine."""

    def exists(self, location: str | Path, /) -> bool:
        """Whether there is an index (whole or damaged)."""

    def open_reader(self, location: str | Path, /) -> IndexReader:
        """Open the newest commit.

        Raises:
            IndexMissing, IndexDamaged, IndexTooNew: see errors.py.
        """

    def open_writer(
        self,
        location: str | Path,
        /,
        *,
        wait: float,
        memory: int = 0,
        settings: Mapping[str, Json] | None = None,
        replace: bool = False,
    ) -> IndexWriter:
        """Open an index for writing, creating it if there is none.

        Args:
            location: the index's folder or address.
            wait: seconds to wait for another writer. memory: bytes to collect before they are written (0: the default).
            settings: recorded in a new index; an old one keeps its own.
            replace: begin empty; the first commit replaces the old index, damaged or not.

        Raises:
            LockTimeout: another process is writing. IndexProblem: the index cannot be read or written.
        """

    def check(self, location: str | Path, /, *, fast: bool) -> Sequence[Fault]:
        """Compare the index at `location` with what was written; return the differences.

        `fast`: without reading every byte.

        Raises:
            IndexMissing, IndexTooNew, IndexOutdated: see errors.py.
        """

    def mend(self, location: str | Path, /, *, wait: float) -> bool:
        """Write again what the index at `location` offers other programs; return whether it was missing or wrong.

        `wait`: seconds to wait for another writer.

        Raises:
            LockTimeout: another process is writing. IndexProblem: the index cannot be read or written.
        """

    def salvage(self, location: str | Path, /) -> Salvage:
        """Read every readable article of an index, however damaged, without changing it."""

    def set_aside(self, location: str | Path, generation: int, /) -> str:
        """Copy the damaged index at `location` before the commit after `generation` replaces it; return where to.

        Raises:
            IndexProblem: it cannot be copied; no part of the copy is left.
        """
