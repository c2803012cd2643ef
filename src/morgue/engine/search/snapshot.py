"""The reader of one commit: search, count, facets, spans, explanations. Documents are numbered across all segments.

Opening it reads no postings and imports neither numpy nor Whoosh.
"""

from __future__ import annotations

import contextlib
import functools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from morgue import analysis
from morgue.engine.files import deletions, manifest
from morgue.engine.files.commit import Store
from morgue.engine.files.container import DAMAGE, damaged
from morgue.engine.files.segment import Segment
from morgue.engine.search import filters
from morgue.engine.search.arrays import Docs, DocSet, Ops
from morgue.engine.search.bm25f import FieldScale, home
from morgue.engine.search.nodes import Node, Term
from morgue.engine.search.plan import Planner, keys_of
from morgue.engine.search.positions import span
from morgue.engine.search.sort import first_by_columns
from morgue.index.document import FIELDS
from morgue.index.values import DEFAULT, Clause, Ranking, Sort, Span, Spelling, Structure, TopDocs, Totals
from morgue.query import tree

if TYPE_CHECKING:
    pass

P = ParamSpec("P")
R = TypeVar("R")

_MAX_PLANS = 4  # plans kept, for spans and facets after a search
_MAX_CACHED = 4096  # words whose df, and values whose presence, is kept for the commit
_UNKNOWN = -1


def _checked(method: Callable[P, R]) -> Callable[P, R]:
    """Decorate a method: raise IndexDamaged if reading a file fails and a checksum is wrong."""

    @functools.wraps(method)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except DAMAGE:
            args[0].blame()  # type: ignore[attr-defined]
            raise

    return wrapper


class Snapshot:
    """The articles of one commit: an `index.protocol.IndexReader`, which describes its methods.

    Several threads may read one snapshot; each needs its own to `refresh`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reset()

    def _reset(self) -> None:
        self._scales: dict[tuple[str, Ranking], FieldScale] = {}
        self._dead: dict[tuple[int, Ops], DocSet] = {}
        self._languages: tuple[str, ...] | None = None
        self._plans: tuple[tuple[tree.Node, Ranking, Node], ...] = ()
        self._dfs: dict[tuple[str, str], int | None] = {}
        self._held: dict[tuple[str, str], bool] = {}

    @classmethod
    def open(cls, directory: str | Path) -> Snapshot:
        """Open the newest commit of an index.

        Raises:
            IndexMissing, IndexDamaged, IndexTooNew: see errors.py.
        """
        return cls(Store.open(directory))

    def refresh(self) -> bool:
        if not self._store.refresh():
            return False
        self._reset()
        return True

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE:
            self.blame()
            raise

    def blame(self) -> None:
        """Raise IndexDamaged when a checksum is wrong."""
        for segment in self.segments:
            for fault in segment.container.verify():
                raise damaged(segment.path, fault) from None

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # -- the commit

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, oldest first."""
        return self._store.segments

    @property
    def location(self) -> str:
        return str(self._store.directory)

    @property
    def generation(self) -> int:
        return self._store.generation

    @property
    def settings(self) -> Mapping[str, Any]:
        return self._store.settings

    @property
    def doc_count(self) -> int:
        return self._store.doc_count

    def totals(self) -> Totals:
        segments, files = self.segments, self._store.directory.iterdir()
        return Totals(
            words=sum(self._store.zone_totals()),
            segments=len(segments),
            deleted=sum(segment.doc_count - segment.live_count for segment in segments),
            bytes_=sum(map(_size, files)),
            format_version=manifest.VERSION,
        )

    def extent(self, column: str) -> tuple[int, int] | None:
        columns = [segment.numbers[column] for segment in self.segments if column in segment.numbers]
        low = [found.minimum for found in columns if found.minimum is not None]
        high = [found.maximum for found in columns if found.maximum is not None]
        return (min(low), max(high)) if low and high else None

    @_checked
    def languages(self) -> tuple[str, ...]:
        if self._languages is None:
            found = {language for segment in self.segments for language in segment.languages}
            self._languages = tuple(sorted(found)) or ("en",)
        return self._languages

    @_checked
    def has_field(self, field: str) -> bool:
        return any(len(filters.having(segment, field)) for segment in self.segments)

    def has_value(self, column: str, value: str) -> bool:
        found = self._held.get((column, value))
        if found is None:
            if len(self._held) > _MAX_CACHED:
                self._held.clear()
            found = self._held[column, value] = self.count(tree.Value(column, value)) > 0
        return found

    # -- documents

    def _at(self, docnum: int) -> tuple[int, int]:
        """Return segment number and document number of a global document number."""
        store = self._store
        s = bisect_right(store.bases, docnum) - 1
        doc = docnum - store.bases[s]
        if s < 0 or doc >= store.segments[s].doc_count:
            raise LookupError(f"no document {docnum}")
        return s, doc

    def docnum(self, id: str) -> int | None:
        for base, segment in zip(reversed(self._store.bases), reversed(self.segments), strict=True):
            doc = segment.find(id)
            if doc is not None:
                return base + doc
        return None

    def identity(self, docnum: int) -> str:
        s, doc = self._at(docnum)
        return self.segments[s].id(doc)

    def identities(self) -> Iterator[str]:
        for segment in self.segments:
            for doc in range(segment.doc_count):
                if segment.alive(doc):
                    yield segment.id(doc)

    def stored(self, docnum: int) -> bytes:
        s, doc = self._at(docnum)
        return self.segments[s].stored(doc)

    def stored_each(self, docnums: Iterable[int]) -> list[bytes]:
        segments = self.segments
        return [segments[s].stored(doc) for s, doc in map(self._at, docnums)]

    def structure(self, docnum: int) -> Structure:
        s, doc = self._at(docnum)
        return self.segments[s].structure(doc)

    def structure_each(self, docnums: Iterable[int]) -> list[Structure]:
        segments = self.segments
        return [segments[s].structure(doc) for s, doc in map(self._at, docnums)]

    def number(self, column: str, docnum: int) -> int | None:
        s, doc = self._at(docnum)
        found = self.segments[s].numbers.get(column)
        return None if found is None else found.get(doc)

    def values(self, column: str, docnum: int) -> list[str]:
        s, doc = self._at(docnum)
        found = self.segments[s].values.get(column)
        return [] if found is None else [found.display(number) for number in found.of(doc)]

    # -- queries

    @_checked
    def search(
        self,
        node: tree.Node,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        ranking: Ranking = DEFAULT,
    ) -> TopDocs:
        plan = self._plan(node, ranking)
        wanted = self._store.total_count if limit is None else limit + offset
        if isinstance(sort, str):
            if sort != "relevance":
                raise TypeError(f"cannot sort by {sort!r}")
            total, rows = self._by_score(plan, wanted)
        else:
            total, rows = self._by_columns(plan, sort, wanted)
        return TopDocs(total, rows[offset:wanted])

    def _by_score(self, plan: Node, k: int) -> tuple[int, list[tuple[int, float]]]:
        total = 0
        rows: list[tuple[float, int]] = []
        for s, base in enumerate(self._store.bases):
            if k > 0 and isinstance(plan, Term) and (quick := plan.best(s, k)) is not None:
                count, best = quick
            else:
                docs = self._live(plan, s)
                count = len(docs)
                if not plan.scored:
                    rows.extend((0.0, base + int(doc)) for doc in docs[: max(k - len(rows), 0)])
                    total += count
                    continue
                best = plan.ops.best(docs, plan.scores(s, docs), k) if count and k > 0 else []
            total += count
            rows.extend((score, base + doc) for score, doc in best)
        if plan.scored and len(self.segments) > 1:
            rows.sort(key=lambda row: (-row[0], row[1]))
        return total, [(doc, score) for score, doc in rows[:k]]

    def _by_columns(self, plan: Node, keys: Sequence[tuple[str, bool]], k: int) -> tuple[int, list[tuple[int, float]]]:
        total = 0
        rows: list[tuple[Any, int]] = []
        for s, base in enumerate(self._store.bases):
            docs = self._live(plan, s)
            total += len(docs)
            first = first_by_columns(self.segments[s], docs, keys, k)
            rows.extend((value, base + doc) for value, doc in first)
        rows.sort()
        return total, [(doc, 0.0) for _, doc in rows[:k]]

    @_checked
    def count(self, node: tree.Node) -> int:
        plan = self._plan(node)
        return sum(self._count(plan, s) for s in range(len(self.segments)))

    def _count(self, plan: Node, s: int) -> int:
        segment = self.segments[s]
        if segment.deleted is None:
            part = plan.postings.by_segment[s] if isinstance(plan, Term) else None
            if part is not None:
                return len(part.docs)
            return plan.ops.count(plan.docs(s))
        return len(self._live(plan, s))

    @_checked
    def docs(self, node: tree.Node) -> list[int]:
        plan = self._plan(node)
        return [base + int(doc) for s, base in enumerate(self._store.bases) for doc in self._live(plan, s)]

    @_checked
    def facets(
        self, node: tree.Node, column: str, limit: int | None = None, zone: tzinfo | None = None
    ) -> list[tuple[str, int]]:
        from morgue.engine.search import facets

        plan = self._plan(node)
        found = [(segment, self._live(plan, s)) for s, segment in enumerate(self.segments)]
        if column in facets.PERIODS:
            return facets.by_period(found, column, limit, zone)
        return facets.by_column(found, column, limit)

    def spans(self, node: tree.Node, docnum: int) -> list[Span]:
        return self.spans_each(node, (docnum,))[0]

    @_checked
    def spans_each(self, node: tree.Node, docnums: Iterable[int]) -> list[list[Span]]:
        found = self._plan(node).found
        each = [found(s, doc) for s, doc in map(self._at, docnums)]
        return [[span(match) for match in (sorted(set(some)) if len(some) > 1 else some)] for some in each]

    @_checked
    def explain(self, node: tree.Node, docnum: int, ranking: Ranking = DEFAULT) -> Clause:
        from morgue.engine.search.explain import clause

        s, doc = self._at(docnum)
        return clause(self._plan(node, ranking), s, doc)

    # -- words

    @_checked
    def df(self, node: tree.Word | tree.Pattern) -> int:
        if isinstance(node, tree.Word) and not node.exact and node.field == home(node.field):
            token = node.field, node.text
            known = self._dfs.get(token, _UNKNOWN)
            if known == _UNKNOWN:
                if len(self._dfs) > _MAX_CACHED:
                    self._dfs.clear()
                known = self._dfs[token] = self._plain_df(*token)
            if known is not None:
                return known
        planner = self._planner(DEFAULT)
        planner.node(node, capitals=False)
        dfs = [term.df for term in planner.terms.values()]
        return min(dfs, default=0)

    def _plain_df(self, field: str, word: str) -> int | None:
        """Return how many articles hold a word, None if the dictionary alone does not give it."""
        surfaces = analysis.surfaces(word)
        if len(surfaces) != 1 or field not in FIELDS:
            return None
        keys = keys_of(surfaces[0], field, self.languages())
        total = 0
        for segment in self.segments:
            entries = [entry for entry in (segment.entry(field, key) for key in keys) if entry is not None]
            if len(entries) > 1:  # an article may hold several of them
                return None
            total += sum(entry.df for entry in entries)
        return total

    @_checked
    def expand(self, pattern: tree.Pattern, limit: int | None = None) -> tuple[list[Spelling], bool]:
        from morgue.engine.search import patterns

        field = home(pattern.field)
        found = patterns.expand(self.segments, field, pattern, limit or patterns.MAX_SPELLINGS)
        dfs: dict[str, int] = {}
        for segment, indices in zip(self.segments, found.spellings, strict=True):
            surfaces = segment.surfaces(field)
            for index in indices:
                entry = segment.terms(field, (surfaces.ordinals[index],))[0]
                dfs[surfaces.words[index]] = dfs.get(surfaces.words[index], 0) + entry.df
        ranked = sorted(dfs.items(), key=lambda item: (-item[1], item[0]))
        return [Spelling(text, df) for text, df in ranked], found.cut

    @_checked
    def expansions(self, pattern: tree.Pattern) -> tuple[int, int]:
        from morgue.engine.search import patterns

        if home(pattern.field) not in FIELDS:
            return 0, 0
        found = patterns.expand(self.segments, home(pattern.field), pattern)
        return found.fitting + (found.cut and found.fitting == found.used), found.used

    @_checked
    def suggest(self, field: str, word: str, limit: int = 8) -> list[tuple[str, int]]:
        from morgue.engine.search import suggest

        return suggest.similar(self.segments, field, word, limit) if home(field) in FIELDS else []

    @_checked
    def complete(self, field: str, prefix: str, limit: int = 10) -> list[tuple[str, int]]:
        from morgue.engine.search import suggest

        if any(field in segment.values for segment in self.segments):
            return suggest.complete_value(self.segments, field, prefix, limit)
        return suggest.complete_word(self.segments, field, prefix, limit) if home(field) in FIELDS else []

    # -- inside

    def _planner(self, ranking: Ranking) -> Planner:
        return Planner(
            self.segments, self.languages(), self._store.total_count, functools.partial(self.scale, ranking=ranking)
        )

    def _plan(self, node: tree.Node, ranking: Ranking = DEFAULT) -> Node:
        """Return the plan of a query; the last few are kept, for the spans and facets that follow a search."""
        for known, under, plan in self._plans:
            if known is node and (under is ranking or under == ranking):
                return plan
        plan = self._planner(ranking).plan(node)
        self._plans = ((node, ranking, plan), *self._plans[: _MAX_PLANS - 1])
        return plan

    def scale(self, field: str, ranking: Ranking = DEFAULT) -> FieldScale:
        """Return weights and lengths of a searchable `field` under `ranking`."""
        scale = self._scales.get((field, ranking))
        if scale is None:
            scale = self._scales[field, ranking] = FieldScale(field, ranking, functools.partial(self._average, field))
        return scale

    def _average(self, field: str, weights: tuple[float, float, float]) -> float:
        count = self._store.total_count or 1
        if home(field) != "text":
            return self._store.field_total(field) / count
        return sum(weight * total for weight, total in zip(weights, self._store.zone_totals(), strict=True)) / count

    def _live(self, plan: Node, s: int) -> Docs:
        """Return the live documents of segment `s` that match, ascending."""
        segment = self.segments[s]
        if segment.deleted is None:
            return plan.ordered(s)
        ops = plan.ops
        return ops.listed(ops.minus(plan.docs(s), self._deleted(ops, s)))

    def _deleted(self, ops: Ops, s: int) -> DocSet:
        token = s, ops
        if token not in self._dead:
            dead = deletions.numbers(self.segments[s].deleted or b"")
            self._dead[token] = ops.of(dead, self.segments[s].doc_count)
        return self._dead[token]


def _size(path: Path) -> int:
    """Return the bytes of a file; 0 for a folder, or if another writer's commit has just removed it."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0
