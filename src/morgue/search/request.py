"""A question as asked -> one tree of query and filters for the engine, and what there is to say of the answer."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from morgue import analysis, query
from morgue.errors import UsageError
from morgue.model import Notice, SearchOptions
from morgue.query import Parsed
from morgue.query import tree as t

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader

# Statuses that are left out unless they are asked for. An embargo that is over no longer counts.
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

# Where a name may stand that no text holds, and how that is said.
_NAMES = {
    "byline": "in bylines",
    "contributor": "among contributors",
    "location": "as a place",
    "source": "as a source",
    "keywords": "among keywords",
    "slug": "in slugs",
}
_FILTERS = ("since", "until", "on", "byline", "location", "source", "country", "language")
_FEW = 10  # answers up to which a corrected spelling is looked for
_RELAXATIONS = 40  # changes tried for a query without answers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready for the engine.

    Attributes:
        query: as typed. shown: in canonical form, filters included.
        parsed: the query alone, as understood. core: its tree, widened when that was asked for.
        filters: conditions of the options. hidden: what is left out unasked (unpublished articles), None for nothing.
        notices: warnings from understanding it. tree: what the engine gets; one object, so that it is planned once.
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
        """Return another query with the filters of this question."""
        node = filtered(core, self.filters)
        return node if self.hidden is None else t.Filter(node, t.Not(self.hidden))

    def closing_notices(self, snapshot: IndexReader, total: int, options: SearchOptions) -> list[Notice]:
        """Return what there is to say once the total is known: uncertain dates, hidden articles, what finds more."""
        notices = [*self._uncertain(snapshot, total, options), *self._left_out(snapshot)]
        elsewhere = () if total else (*self._unfiltered(snapshot, options), *self._elsewhere(snapshot))
        notices.extend(elsewhere)
        if total <= _FEW and not elsewhere:
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

    def correction(self, snapshot: IndexReader, total: int, options: SearchOptions) -> Asked | None:
        """Return the question with its spelling corrected, if that finds more than `total` articles."""
        from morgue.query.didyoumean import corrections

        if options.syntax != "native":  # a correction is written in the native language
            return None
        for correction in corrections(self.parsed, IndexVocabulary(snapshot)):
            better = ask(snapshot, correction.text, replace(options, expand=False))
            if snapshot.count(better.tree) > total:
                return better
        return None

    def _uncertain(self, snapshot: IndexReader, total: int, options: SearchOptions) -> Iterator[Notice]:
        if options.overlap or not _has_dates(self.tree):
            return
        wider = snapshot.count(_overlapping(self.tree)) - total
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
        """What there would be without the filters, when they leave nothing."""
        found = snapshot.count(replace(self, filters=()).tree) if self.filters and self.query.strip() else 0
        if found:
            names = " and ".join(f"--{name}" for name in _FILTERS if getattr(options, name))
            yield Notice("would-find", f"without {names}: {found:,} {_articles(found)}")

    def _elsewhere(self, snapshot: IndexReader) -> Iterator[Notice]:
        """Where words that no text holds stand instead: a name that is only ever a byline, a place, an agency."""
        for field, where in _NAMES.items():
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
        """The smallest change to a query without answers that has some."""
        from itertools import islice

        from morgue.query.relax import relaxations

        for change in islice(relaxations(self.core, tz=options.tz or None), _RELAXATIONS):
            found = snapshot.count(self.whole(change.tree))
            if found:
                yield Notice(
                    "would-find",
                    f"{change.what}: {found:,} {_articles(found)}",
                    f"try: {query.to_text(change.tree, tz=options.tz or None)}",
                )
                return


def ask(snapshot: IndexReader, text: str, options: SearchOptions) -> Asked:
    """Return a question ready for the engine.

    Raises:
        QueryError: the query cannot be understood. UsageError: a filter cannot.
    """
    vocabulary = IndexVocabulary(snapshot)
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
        parsed = query.parse(text, options=parse_options, vocabulary=vocabulary, syntax=options.syntax)
    else:
        parsed = Parsed(t.Everything(), (), text)
    hides = not options.unpublished and any(vocabulary.has_value("status", status) for status in UNPUBLISHED)
    asked = Asked(
        query=text,
        shown=query.to_text(filtered(parsed.tree, filters), tz=options.tz or None),
        parsed=parsed,
        core=parsed.tree,
        filters=filters,
        hidden=_unpublished(options) if hides else None,
        notices=parsed.notices,
    )
    return _expanded(snapshot, asked) if options.expand else asked


def _expanded(snapshot: IndexReader, asked: Asked) -> Asked:
    from morgue.search.expansion import expand

    wider = expand(snapshot, asked.core, asked.tree)
    if not wider.added:
        return asked
    notice = Notice("expanded", "also searched: " + ", ".join(word for word, _ in wider.added))
    return replace(asked, core=wider.tree, notices=(*asked.notices, notice))


def filtered(node: t.Node, filters: Sequence[t.Node]) -> t.Node:
    """Return a query with conditions laid over it."""
    if not filters:
        return node
    return t.Filter(node, filters[0] if len(filters) == 1 else t.And(tuple(filters)))


def sort_keys(options: SearchOptions) -> Sort:
    """Return what the engine is to sort by.

    Raises:
        UsageError: there is no such order.
    """
    if options.sort == "relevance":
        if options.reverse:
            raise UsageError("relevance cannot be sorted in reverse", hint="leave out --reverse, or sort by a date")
        return "relevance"
    found = _SORTS.get(options.sort)
    if found is None:
        raise UsageError(f"cannot sort by {options.sort!r}", hint=f"known: {', '.join(SORTS)}")
    column, descending = found
    return ((column, descending != options.reverse),)


class _MachineZone(tzinfo):
    """The zone that the machine is set to, summer time and all."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        if moment is None:
            return timedelta()
        return moment.replace(tzinfo=None).astimezone().utcoffset() or timedelta()

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002  # the offset tells it already
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


def zone_of(options: SearchOptions) -> tzinfo:
    """Return the time zone that a question is asked in.

    Raises:
        UsageError: there is no such zone.
    """
    if not options.tz:
        return _MachineZone()
    from zoneinfo import ZoneInfo

    from morgue.query.dates import Zone

    Zone(options.tz)  # refuses a bad name
    return UTC if options.tz.upper() in ("UTC", "Z") else ZoneInfo(options.tz)


class IndexVocabulary:
    """What the query language may ask of the words in an index (query.Vocabulary)."""

    def __init__(self, snapshot: IndexReader) -> None:
        self._snapshot = snapshot

    def df(self, field: str, word: str) -> int:
        """In how many articles a word stands, as a search would look for it."""
        return self._snapshot.df(t.Word(word, field))

    def suggest(self, field: str, word: str) -> Sequence[tuple[str, int]]:
        """Words of the field that are spelled like this one, with their df, best first."""
        return self._snapshot.suggest(field, word)

    def expansions(self, pattern: t.Pattern) -> tuple[int, int]:
        """How many spellings fit a pattern, and how many of them a search uses."""
        return self._snapshot.expansions(pattern)

    def has_field(self, field: str) -> bool:
        """Whether any article has something in a field or column."""
        return self._snapshot.has_field(field)

    def has_value(self, column: str, value: str) -> bool:
        """Whether any article has a value in a column."""
        return self._snapshot.has_value(column, value)


def _filters(options: SearchOptions) -> list[t.Node]:
    """The options --since, --until, --on, --byline … as conditions."""
    conditions: list[t.Node] = []
    for name, low, high in (("on", True, True), ("since", True, False), ("until", False, True)):
        text = getattr(options, name)
        if text:
            conditions.append(_dates(text, options, low=low, high=high))
    for field in ("byline", "location", "source"):
        conditions.extend(_any([_words(field, text) for text in getattr(options, field)]))
    conditions.extend(_any([_country(text) for text in options.country]))
    conditions.extend(_any([t.Value("language", text.lower()) for text in options.language]))
    return conditions


def _dates(text: str, options: SearchOptions, *, low: bool, high: bool) -> t.DateRange:
    """A date option: `--since` keeps the start of what is named, `--until` its end, `--on` both."""
    from morgue.query.dates import DateError, range_of

    try:
        span = range_of(text, options.tz or None, options.now)
    except DateError as error:
        raise UsageError(f"{error.message}: {text!r}", hint=error.hint) from None
    if (low and not high and span.low is None) or (high and not low and span.high is None):
        raise UsageError(f"{text!r} has no {'start' if low else 'end'} that --{'since' if low else 'until'} could use")
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
        raise UsageError(f"there is no country {text!r}", hint="name it in English or by its ISO code: Japan, JP")
    return t.Value("country", code)


def _any(nodes: list[t.Node]) -> list[t.Node]:
    return nodes if len(nodes) < 2 else [t.Or(tuple(nodes))]


def _unpublished(options: SearchOptions) -> t.Node:
    now = int(time.time() if options.now is None else options.now)
    lifted = t.NumberRange("embargo_from", None, now)
    embargoed = t.And((t.Value("status", "embargoed"), t.Not(lifted)))
    return t.Or((t.Value("status", "canceled"), t.Value("status", "withheld"), embargoed))


def _has_dates(node: Any) -> bool:
    if isinstance(node, t.DateRange):
        return True
    return any(_has_dates(child) for child in _children(node))


def _children(node: Any) -> list[Any]:
    found: list[Any] = []
    for attribute in fields(node):
        value = getattr(node, attribute.name)
        found.extend(value if isinstance(value, tuple) else [value])
    return [child for child in found if is_dataclass(child)]


def _overlapping(node: Any) -> Any:
    """The same tree with every date range asking only that the ranges touch."""
    if isinstance(node, t.DateRange):
        return replace(node, overlap=True)
    changes: dict[str, Any] = {}
    for attribute in fields(node):
        value = getattr(node, attribute.name)
        if is_dataclass(value):
            changes[attribute.name] = _overlapping(value)
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[attribute.name] = tuple(_overlapping(child) for child in value)
    return replace(node, **changes) if changes else node


def _moved(node: t.Node, field: str) -> t.Node | None:
    """The same words asked of another field, None when there is more to the query than words of the text."""
    if isinstance(node, t.Word):
        return replace(node, field=field) if node.field == "text" else None
    if not isinstance(node, t.Phrase | t.And):
        return None
    parts = node.items if isinstance(node, t.Phrase) else node.children
    moved = tuple(part for part in (_moved(part, field) for part in parts) if part is not None)
    if len(moved) < len(parts):
        return None
    return replace(node, items=moved) if isinstance(node, t.Phrase) else replace(node, children=moved)


def _articles(count: int) -> str:
    return "article" if count == 1 else "articles"
