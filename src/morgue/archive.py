"""The archive: a folder with an index, opened, filled and searched. The library's public face.

from morgue import Archive

with Archive.open("index") as archive:
    for hit in archive.search("cocoa w/5 harvest", limit=5).hits:
        print(hit.record["headline"])
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from morgue.engines import engine_of
from morgue.errors import IndexProblem, UsageError
from morgue.fields import FACETS, VALUE_FACETS
from morgue.json_record import from_stored
from morgue.model import Facet, Hit, Notice, SearchOptions, SearchResult
from morgue.query import to_text
from morgue.query import tree as t
from morgue.schema import check_settings
from morgue.search.ranking import ranked
from morgue.search.request import Request, compile_query, zone_of

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader
    from morgue.ingestion.options import Committed
    from morgue.json_types import Explanation, FaultReport, OptimizeReport, Record, RepairReport
    from morgue.model import Article, IngestReport, Mark, Snippet, Stats
    from morgue.search.duplicates import Copies, Story
    from morgue.search.snippets import Rarity

_PAGE_HITS = 64  # whose matches and sentences are read together


class Archive:
    """An archive opened for reading. Every method reads one whole commit; `refresh` moves to the newest."""

    def __init__(self, snapshot: IndexReader) -> None:
        self._snapshot = snapshot

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open the archive in a folder.

        Raises:
            IndexMissing, IndexDamaged, IndexTooNew, IndexOutdated: see errors.py.
        """
        snapshot = engine_of(path).open_reader(path)
        try:
            check_settings(snapshot.settings, path)
        except IndexProblem:
            snapshot.close()
            raise
        return cls(snapshot)

    def close(self) -> None:
        """Close the files. Results returned before stay valid."""
        self._snapshot.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def refresh(self) -> bool:
        """Move to the newest commit; return whether it is another one."""
        return self._snapshot.refresh()

    @property
    def generation(self) -> int:
        """Number of the commit being read."""
        return self._snapshot.generation

    def __len__(self) -> int:
        return self._snapshot.doc_count

    # -- queries -----------------------------------------------------------------------------------------------

    def search(self, query: str, options: SearchOptions | None = None, **changes: Any) -> SearchResult:
        """Return the articles that match, best first.

        Args:
            query: in the language of docs/query.md; "" together with filters means all that pass them.
            options: how to search; `changes` are single options by name (`limit=5`).

        Raises:
            QueryError: the query cannot be understood (not with `lenient`).
            UsageError: an option has no meaning (an unknown column to sort by).
        """
        begun = time.perf_counter()
        options = _options(options, changes)
        request = compile_query(self._snapshot, query, options)
        request, _ = self._corrected(request, options)
        tree = request.tree
        page = ranked(self._snapshot, tree, options)
        return SearchResult(
            query=query,
            parsed=request.shown,
            total=page.total,
            offset=options.offset,
            hits=self._hits(tree, options, page.stories),
            notices=(
                *request.notices,
                *page.notices,
                *request.closing_notices(self._snapshot, page.total, options),
            ),
            took=time.perf_counter() - begun,
            generation=self.generation,
        )

    def similar(self, article: str | Article, options: SearchOptions | None = None, **changes: Any) -> SearchResult:
        """Return the articles most like one, best first, itself left out.

        Args:
            article: an id in the archive, or an article that need not be in it.
            options: filters and page; `changes` are single options by name.

        Raises:
            UsageError: the id is unknown, or the article has no words to compare.
        """
        from morgue.search.duplicates import likeness

        begun = time.perf_counter()
        options = _options(options, changes)
        request = compile_query(self._snapshot, "*", options)
        identity = article if isinstance(article, str) else article.id
        known = self.record(identity)
        if isinstance(article, str) and known is None:
            raise UsageError(f"no such article: {article!r}", hint="morgue search -l lists ids")
        like = likeness(self._snapshot, known if known is not None else article)  # type: ignore[arg-type]
        conditions = (request.tree, t.Not(t.Value("id", identity)))
        page = ranked(self._snapshot, t.Filter(like, t.And(conditions)), options)
        return SearchResult(
            query=identity,
            parsed=to_text(like),
            total=page.total,
            offset=options.offset,
            hits=self._hits(like, options, page.stories),
            notices=page.notices,
            took=time.perf_counter() - begun,
            generation=self.generation,
        )

    def run(self, text: str, options: SearchOptions | None = None, **changes: Any) -> list[tuple[str, float]]:
        """Return ids and scores of what answers a text taken as plain words joined by OR, as search engines are judged.

        Stop words are left out, unless there is nothing else.

        Args:
            text: plain words. options: how to search; `changes` are single options by name.
        """
        from morgue.quality.evaluation import bag

        options = _options(options, changes)
        core = bag(text)
        if options.expand:
            from morgue.search.expansion import expand

            core = expand(self._snapshot, core, core).tree
        page = ranked(self._snapshot, core, options)
        return [(self._snapshot.identity(story.number), story.score) for story in page.stories]

    def dupes(self, query: str = "", options: SearchOptions | None = None, **changes: Any) -> list[Copies]:
        """Return the groups of copies and versions of one story, largest first.

        Args:
            query: among which articles; "" for all. options: how to search; `changes` are single options by name.

        Raises:
            QueryError: the query cannot be understood.
        """
        from morgue.search.duplicates import copies

        request = compile_query(self._snapshot, query or "*", _options(options, changes))
        return copies(self._snapshot, request.tree)

    def count(self, query: str, options: SearchOptions | None = None, **changes: Any) -> tuple[int, tuple[Notice, ...]]:
        """Return how many articles match, and the notices that go with it.

        Args:
            query: as in `search`. options: how to search; `changes` are single options by name.

        Raises:
            QueryError: the query cannot be understood (not with `lenient`).
        """
        options = _options(options, changes)
        request, total = self._corrected(compile_query(self._snapshot, query, options), options)
        if total is None:
            total = self._snapshot.count(request.tree)
        return total, (*request.notices, *request.closing_notices(self._snapshot, total, options))

    def facets(
        self, query: str, by: str, *, limit: int | None = 20, options: SearchOptions | None = None, **changes: Any
    ) -> tuple[list[Facet], int, tuple[Notice, ...]]:
        """Return the values of a column among the articles found, most frequent first (years, months and days in
        order of time), how many articles were found, and notices.

        Args:
            query: as in `search`.
            by: byline, contributor, location, region, country, source, language, status, keywords, format, path,
                year, month or day.
            limit: how many values (None: all). options: how to search; `changes` are single options by name.

        Raises:
            UsageError: `by` is unknown. QueryError: the query cannot be understood (not with `lenient`).
        """
        if by not in FACETS:
            raise UsageError(f"unknown facet {by!r}", hint=f"known: {', '.join(FACETS)}")
        options = _options(options, changes)
        request = compile_query(self._snapshot, query, options)
        total = self._snapshot.count(request.tree)
        values = self._snapshot.facets(request.tree, by, limit, zone_of(options))
        facets = [Facet(value=value, count=count) for value, count in values]
        return facets, total, (*request.notices, *request.closing_notices(self._snapshot, total, options))

    def get(self, identity: str) -> Article | None:
        """Return an article by its id, or None."""
        from morgue.json_record import to_article

        record = self.record(identity)
        return None if record is None else to_article(record)

    def record(self, identity: str) -> Record | None:
        """Return an article's record (docs/output.md) by its id, or None."""
        number = self._snapshot.docnum(identity)
        return None if number is None else self._record(number)

    def similar_ids(self, identity: str, limit: int = 3) -> list[str]:
        """Return the ids (at most `limit`) that are closest to a mistyped one (`identity`), closest first."""
        from difflib import get_close_matches

        return get_close_matches(identity, self._snapshot.identities(), n=limit, cutoff=0.6)

    def records(self, query: str = "", options: SearchOptions | None = None, **changes: Any) -> Iterator[Record]:
        """Yield every record (or every one that matches), in order of filing.

        Args:
            query: as in `search`; "" for all. options: filters; `changes` are single options by name.

        Raises:
            QueryError: the query cannot be understood.
        """
        options = _options(options, {"unpublished": True, **changes})
        request = compile_query(self._snapshot, query or "*", options)
        for number in self._snapshot.docs(request.tree):
            yield self._record(number)

    def highlights(
        self, identity: str, query: str, options: SearchOptions | None = None, **changes: Any
    ) -> Mapping[str, list[Mark]]:
        """Return field -> Marks (offsets in headline and body) of what matches in one article; {} if it is unknown.

        Args:
            identity: the article's id. query: as in `search`. options: how to search; `changes`: single ones by name.

        Raises:
            QueryError: the query cannot be understood.
        """
        from morgue.search.snippets import marks

        number = self._snapshot.docnum(identity)
        if number is None:
            return {}
        request = compile_query(self._snapshot, query, _options(options, changes))
        spans = self._snapshot.spans(request.tree, number)
        with self._snapshot.guarded():
            return marks(self._record(number), spans, self._snapshot.structure(number))

    def suggest(self, prefix: str, field: str = "text", limit: int = 10) -> list[Facet]:
        """Return completions of a word, a byline or a place in the index, most frequent first.

        Args:
            prefix: how the word begins, in any case.
            field: `text` (words of headline and body), or a column such as byline or location.
            limit: how many, at most.

        Raises:
            UsageError: `field` is unknown.
        """
        if field != "text" and field not in VALUE_FACETS:
            raise UsageError(f"unknown field {field!r}", hint=f"known: text, {', '.join(VALUE_FACETS)}")
        found = self._snapshot.complete(field, prefix, limit)
        return [Facet(value=value, count=count) for value, count in found]

    def explain(
        self, query: str, identity: str | None = None, options: SearchOptions | None = None, **changes: Any
    ) -> Explanation:
        """Return how a query was understood and, with an id, each term's share of the score or why it fails.

        JSON values: `query`, `parsed`, `tree` (lines), `terms` [{field, word, df, key or spellings}], `total`,
        `notices`; with an id also `id`, `matched`, `hidden` (canceled, withheld or embargoed), `score`, `clauses`
        [{clause, depth, matched, score …}], and where it does not match `relaxations` [{query, what, total}], the
        smallest first.

        Args:
            query: as in `search`. identity: the id; None for the query alone.
            options: how to search; `changes` are single options by name.

        Raises:
            QueryError: the query cannot be understood (not with `lenient`). UsageError: the id is unknown.
        """
        from morgue.search.explanation import explain

        return explain(self._snapshot, query, identity, _options(options, changes))

    def stats(self) -> Stats:
        """Return what the archive holds."""
        from morgue.search.stats import stats

        return stats(self._snapshot)

    # -- maintenance -------------------------------------------------------------------------------------------

    @staticmethod
    def delete(path: str | Path, identities: Iterable[str], *, wait: float = 5.0) -> tuple[int, list[str]]:
        """Delete articles by id; return how many were deleted and the ids that are not in the archive.

        The files that they came from are forgotten, so that an ingest of the same files brings them back.

        Args:
            path: the archive's folder. identities: of the articles. wait: seconds to wait for another writer.

        Raises:
            IndexProblem: the archive cannot be read or written. LockTimeout: another process is writing.
        """
        from morgue.maintenance import delete

        return delete(Path(path), identities, wait=wait)

    @staticmethod
    def load(
        path: str | Path, stream: BinaryIO, *, wait: float = 5.0, committed: Committed | None = None
    ) -> IngestReport:
        """Add the records of an export (JSON Lines) as they are; equal ids are replaced.

        Args:
            path: the archive's folder. stream: the export. wait: seconds to wait for another writer.
            committed: called after each commit with the report so far.

        Raises:
            IndexProblem: the archive cannot be read or written. LockTimeout: another process is writing.
        """
        from morgue.maintenance import load

        return load(Path(path), stream, wait=wait, committed=committed)

    @staticmethod
    def check(path: str | Path, *, fast: bool = False) -> list[FaultReport]:
        """Return the faults found in the files of an archive: [{file, fault, articles: [ids]}], empty when sound.

        Args:
            path: the archive's folder. fast: without reading every byte.

        Raises:
            IndexMissing, IndexTooNew, IndexOutdated: see errors.py.
        """
        from morgue.maintenance import check

        return check(Path(path), fast=fast)

    @staticmethod
    def repair(path: str | Path, *, rebuild: bool = False, wait: float = 5.0) -> RepairReport:
        """Rebuild what can be rebuilt from the stored articles; return {kept, lost: [ids], generation}.

        Args:
            path: the archive's folder. rebuild: even if it is sound. wait: seconds to wait for another writer.

        Raises:
            IndexMissing, IndexTooNew, IndexDamaged, LockTimeout: see errors.py.
        """
        from morgue.maintenance import repair

        return repair(Path(path), rebuild=rebuild, wait=wait)

    @staticmethod
    def optimize(path: str | Path, *, wait: float = 5.0) -> OptimizeReport:
        """Merge all segments and drop what was deleted; return {segments_before, segments, bytes_before, bytes}.

        Args:
            path: the archive's folder. wait: seconds to wait for another writer.

        Raises:
            IndexProblem: the archive cannot be read or written. LockTimeout: another process is writing.
        """
        from morgue.maintenance import optimize

        return optimize(Path(path), wait=wait)

    # -- inside ------------------------------------------------------------------------------------------------

    def _record(self, number: int) -> Record:
        return from_stored(self._snapshot.stored(number))

    def _hits(self, tree: t.Node, options: SearchOptions, stories: Iterable[Story]) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        rarity = self._rarity()
        every = iter(stories)
        while page := list(islice(every, _PAGE_HITS)):
            numbers = [story.number for story in page]
            records = [from_stored(stored) for stored in self._snapshot.stored_each(numbers)]
            quotes = self._quotes(tree, options, numbers, records, rarity)
            hits.extend(
                Hit(rank=rank, score=story.score, record=record, snippets=found, folded=story.folded)
                for rank, (story, record, found) in enumerate(
                    zip(page, records, quotes, strict=True), options.offset + 1 + len(hits)
                )
            )
        return tuple(hits)

    def _quotes(
        self, tree: t.Node, options: SearchOptions, numbers: list[int], records: list[Record], rarity: Rarity
    ) -> list[tuple[Snippet, ...]]:
        """What to quote of some articles."""
        if not (options.snippets or options.passages):
            return [()] * len(numbers)
        from morgue.search.snippets import passages

        limit = None if options.passages else options.snippets
        spans, structures = self._snapshot.spans_each(tree, numbers), self._snapshot.structure_each(numbers)
        with self._snapshot.guarded():
            return [
                passages(record, found, structure, limit=limit, length=options.snippet_length, rarity=rarity)
                for record, found, structure in zip(records, spans, structures, strict=True)
            ]

    def _rarity(self) -> Rarity:
        """Weight of a word for choosing passages: its inverse document frequency."""
        from functools import cache
        from math import log

        snapshot = self._snapshot
        total = max(snapshot.doc_count, 1)
        return cache(lambda word: log(1 + total / (1 + snapshot.df(t.Word(word)))))

    def _corrected(self, request: Request, options: SearchOptions) -> tuple[Request, int | None]:
        """With `fix`, the corrected query when it finds more; the total of what is returned where it was counted."""
        if not options.fix:
            return request, None
        total = self._snapshot.count(request.tree)
        better = request.correction(self._snapshot, total, options)
        if better is None:
            return request, total
        notice = Notice("corrected", f"searched for {better.query} instead of {request.query}")
        return replace(better, notices=(notice, *better.notices)), None


def _options(options: SearchOptions | None, changes: Mapping[str, Any]) -> SearchOptions:
    options = options or SearchOptions()
    return replace(options, **changes) if changes else options
