"""Compiles a query and its filters to one tree for the engine, and collects the notices of a result."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from morgue import analysis, query
from morgue.errors import UsageError
from morgue.fields import FIELDS
from morgue.model import Notice, SearchOptions
from morgue.query import Parsed
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader

# Statuses hidden by default. An embargo that is over no longer counts.
UNPUBLISHED = ("canceled", "withheld", "embargoed")

Sort = str | Sequence[tuple[str, bool]]
_SORTS: Mapping[str, tuple[str, bool]] = {
    "newest": ("published_from", True),
    "oldest": ("published_from", False),
    "date": ("published_from", False),
    "updated": ("updated_from", False),
    "ingested": ("ingested_from", False),
    "words": ("words", False),
}
SORTS = ("relevance", *_SORTS)

# Fields tried when a word is in no text, and the hint's wording; slugs last.
_NAME_FIELDS = {
    field.name: field.elsewhere
    for field in sorted(FIELDS, key=lambda field: (field.first_claim, field.words))
    if field.elsewhere
}
_FILTERS = ("since", "until", "on", "byline", "location", "source", "country", "language")
_CORRECTED_UP_TO = 10  # articles found; with more, no corrected spelling is looked for
_MAX_RELAXATIONS = 40  # changes tried for a query that finds nothing


@dataclass(frozen=True, slots=True)
class Request:
    """A compiled query.

    Attributes:
        query: text as typed. shown: the same in canonical form, filters included.
        parsed: the query alone, as understood. core: its tree, expanded if the options say so.
        filters: conditions of the options. hidden: condition of the articles hidden by default (unpublished), or None.
        notices: warnings from parsing. tree: what the engine searches; one object, so that it is planned once.
    """

    query: str
    shown: str
    parsed: Parsed
    core: t.Node
    filters: tuple[t.Node, ...]
    hidden: t.Node | None
    notices: tuple[Notice, ...]
    tree: t.Node = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", self.whole(self.core))

    def whole(self, core: t.Node) -> t.Node:
        """Return another query's tree with the filters of this request."""
        node = filtered(core, self.filters)
        return node if self.hidden is None else t.Filter(node, t.Not(self.hidden))

    def closing_notices(self, snapshot: IndexReader, total: int, options: SearchOptions) -> list[Notice]:
        """Return the notices that depend on the total: uncertain dates, hidden articles, queries that find more.

        Args:
            snapshot: the index. total: articles found. options: those the request was compiled with.
        """
        notices = [*self._uncertain(snapshot, total, options), *self._left_out(snapshot)]
        elsewhere = () if total else (*self._unfiltered(snapshot, options), *self._elsewhere(snapshot))
        notices.extend(elsewhere)
        if total <= _CORRECTED_UP_TO and not elsewhere:
            better = self.correction(snapshot, total, options)
            if better:
                found = snapshot.count(better.tree)
                notices.append(
                    Notice(
                        "did-you-mean",
                        f"did you mean {better.query} ({found:,} {_articles(found)})?",
                        "--fix searches for it",
                    )
                )
            elif not total:
                notices.extend(self._relaxed(snapshot, options))
        return notices

    def correction(self, snapshot: IndexReader, total: int, options: SearchOptions) -> Request | None:
        """Return the request with its spelling corrected, or None if that does not find more than `total` articles.

        `snapshot` is the index, `options` those the request was compiled with.
        """
        from morgue.query.didyoumean import corrections

        if options.syntax != "native":  # a correction is written in the native language
            return None
        for correction in corrections(self.parsed, snapshot):
            better = compile_query(snapshot, correction.text, replace(options, expand=False))
            if snapshot.count(better.tree) > total:
                return better
        return None

    def _uncertain(self, snapshot: IndexReader, total: int, options: SearchOptions) -> Iterator[Notice]:
        if options.overlap or not any(isinstance(node, t.DateRange) for node in t.walk(self.tree)):
            return
        wider = snapshot.count(t.transform(self.tree, _overlapping)) - total
        if wider > 0:
            known = "is dated" if wider == 1 else "are dated"
            yield Notice(
                "date-uncertain",
                f"{wider:,} more {_articles(wider)} {known} only by month or year and may lie in the range",
                "--overlap includes them",
            )

    def _left_out(self, snapshot: IndexReader) -> Iterator[Notice]:
        if self.hidden is None:
            return
        hidden = snapshot.count(t.Filter(filtered(self.core, self.filters), self.hidden))
        if hidden:
            left = "is" if hidden == 1 else "are"
            yield Notice(
                "unpublished-hidden",
                f"{hidden:,} canceled, withheld or embargoed {_articles(hidden)} {left} left out",
                "--include-canceled shows them",
            )

    def _unfiltered(self, snapshot: IndexReader, options: SearchOptions) -> Iterator[Notice]:
        """How many articles the query finds without the filters, when they exclude all."""
        found = snapshot.count(replace(self, filters=()).tree) if self.filters and self.query.strip() else 0
        if found:
            names = " and ".join(f"--{name}" for name in _FILTERS if getattr(options, name))
            yield Notice("would-find", f"without {names}: {found:,} {_articles(found)}")

    def _elsewhere(self, snapshot: IndexReader) -> Iterator[Notice]:
        """The first other field that has the words: a name that occurs only as a byline, a place, an agency."""
        for field, where in _NAME_FIELDS.items():
            tree = _moved(self.core, field)
            if tree is None:
                return
            found = snapshot.count(self.whole(tree))
            if found:
                yield Notice(
                    "other-field",
                    f"{where}: {found:,} {_articles(found)}",
                    f"try: {query.to_text(tree)}",
                )
                return

    def _relaxed(self, snapshot: IndexReader, options: SearchOptions) -> Iterator[Notice]:
        """The smallest change to a query that finds nothing with which it finds something."""
        from itertools import islice

        from morgue.query.relax import relaxations

        for change in islice(relaxations(self.core, tz=options.tz or None), _MAX_RELAXATIONS):
            found = snapshot.count(self.whole(change.tree))
            if found:
                yield Notice(
                    "would-find",
                    f"{change.what}: {found:,} {_articles(found)}",
                    f"try: {query.to_text(change.tree, tz=options.tz or None)}",
                )
                return


def compile_query(snapshot: IndexReader, text: str, options: SearchOptions) -> Request:
    """Return a query and its filters ready for the engine.

    Args:
        snapshot: the index. text: the query; empty with filters for every article.
        options: how to read it, filters, expansion.

    Raises:
        QueryError: the query cannot be understood. UsageError: a filter is invalid.
    """
    parse_options = query.ParseOptions(
        any_=options.any_,
        lenient=options.lenient,
        tz=options.tz or None,
        now=options.now,
        overlap=options.overlap,
        saved=options.saved,
    )
    filters = tuple(_filters(options))
    if text.strip() or not filters:
        parsed = query.parse(text, options=parse_options, vocabulary=snapshot, syntax=options.syntax)
    else:
        parsed = Parsed(t.Everything(), (), text)
    hides = not options.unpublished and any(snapshot.has_value("status", status) for status in UNPUBLISHED)
    request = Request(
        query=text,
        shown=query.to_text(filtered(parsed.tree, filters), tz=options.tz or None),
        parsed=parsed,
        core=parsed.tree,
        filters=filters,
        hidden=_unpublished(options) if hides else None,
        notices=parsed.notices,
    )
    return _expanded(snapshot, request) if options.expand else request


def _expanded(snapshot: IndexReader, request: Request) -> Request:
    from morgue.search.expansion import expand

    wider = expand(snapshot, request.core, request.tree)
    if not wider.added:
        return request
    notice = Notice("expanded", "also searched: " + ", ".join(word for word, _ in wider.added))
    return replace(request, core=wider.tree, notices=(*request.notices, notice))


def filtered(node: t.Node, filters: Sequence[t.Node]) -> t.Node:
    """Return a query's tree (`node`) restricted to what meets all `filters`."""
    if not filters:
        return node
    return t.Filter(node, filters[0] if len(filters) == 1 else t.And(tuple(filters)))


def sort_keys(options: SearchOptions) -> Sort:
    """Return the engine's sort keys for the options' order.

    Raises:
        UsageError: the order is unknown.
    """
    if options.sort == "relevance":
        if options.reverse:
            raise UsageError("--reverse cannot be used with --sort relevance", hint=f"known: {', '.join(SORTS[1:])}")
        return "relevance"
    found = _SORTS.get(options.sort)
    if found is None:
        raise UsageError(f"unknown sort order {options.sort!r}", hint=f"known: {', '.join(SORTS)}")
    column, descending = found
    return ((column, descending != options.reverse),)


class _MachineZone(tzinfo):
    """The machine's time zone, with its changes of summer time."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        if moment is None:
            return timedelta()
        return moment.replace(tzinfo=None).astimezone().utcoffset() or timedelta()

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002  # the offset includes it
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def zone_of(options: SearchOptions) -> tzinfo:
    """Return the time zone of a request.

    Raises:
        UsageError: the zone is unknown.
    """
    if not options.tz:
        return _MachineZone()
    from zoneinfo import ZoneInfo

    from morgue.query.dates import Zone

    Zone(options.tz)  # refuses a bad name
    return UTC if options.tz.upper() in ("UTC", "Z") else ZoneInfo(options.tz)


def _filters(options: SearchOptions) -> list[t.Node]:
    """The options --since, --until, --on, --byline … as conditions."""
    conditions: list[t.Node] = []
    for name, low, high in (("on", True, True), ("since", True, False), ("until", False, True)):
        text = getattr(options, name)
        if text:
            conditions.append(_dates(name, text, options, low=low, high=high))
    for field in ("byline", "location", "source"):
        conditions.extend(_any([_words(field, text) for text in getattr(options, field)]))
    conditions.extend(_any([_country(text) for text in options.country]))
    conditions.extend(_any([t.Value("language", text.lower()) for text in options.language]))
    return conditions


def _dates(name: str, text: str, options: SearchOptions, *, low: bool, high: bool) -> t.DateRange:
    """A date option: `--since` keeps the start of what is named, `--until` its end, `--on` both."""
    from morgue.query.dates import DateError, range_of

    try:
        span = range_of(text, options.tz or None, options.now)
    except DateError as error:
        raise UsageError(f"--{name}: {error.message}", hint=error.hint) from None
    if (low and not high and span.low is None) or (high and not low and span.high is None):
        raise UsageError(f"invalid --{name} {text!r}: it has no {'start' if low else 'end'}")
    return t.DateRange(
        "published",
        span.low if low else None,
        span.high if high else None,
        span.low_local if low else None,
        span.high_local if high else None,
        overlap=options.overlap,
    )


def _words(field: str, text: str) -> t.Node:
    words = tuple(t.Word(surface, field) for surface in analysis.surfaces(text))
    if not words:
        raise UsageError(f"--{field} needs a word, not {text!r}")
    return words[0] if len(words) == 1 else t.Phrase(words)


def _country(text: str) -> t.Node:
    from morgue.wire.gazetteer.places import country

    code = country(text)
    if code is None:
        raise UsageError(f"unknown country {text!r}", hint="name it in English or by its ISO code: Japan, JP")
    return t.Value("country", code)


def _any(nodes: list[t.Node]) -> list[t.Node]:
    return nodes if len(nodes) < 2 else [t.Or(tuple(nodes))]


def _unpublished(options: SearchOptions) -> t.Node:
    now = int(time.time() if options.now is None else options.now)
    lifted = t.NumberRange("embargo_from", None, now)
    embargoed = t.And((t.Value("status", "embargoed"), t.Not(lifted)))
    return t.Or((t.Value("status", "canceled"), t.Value("status", "withheld"), embargoed))


def _overlapping(node: t.Node) -> t.Node:
    """Return a date range as one that matches overlapping ranges too; other nodes as they are."""
    return replace(node, overlap=True) if isinstance(node, t.DateRange) else node


def _moved(node: t.Node, field: str) -> t.Node | None:
    """The same words in another field, None when the query is more than words of the text."""
    if isinstance(node, t.Word):
        return replace(node, field=field) if node.field == "text" else None
    if not isinstance(node, t.Phrase | t.And):
        return None
    moved = tuple(part for part in (_moved(part, field) for part in node.children) if part is not None)
    return node.with_children(moved) if len(moved) == len(node.children) else None


def _articles(count: int) -> str:
    return "article" if count == 1 else "articles"
