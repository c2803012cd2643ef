"""Random query trees for property tests: every kind of node that the parser can make."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from morgue.analysis import surfaces
from morgue.query import tree as t
from morgue.query.dates import DateError, Span, range_of

ZONES = ("text", "headline", "lead", "hlead", "body")
SMALL = ("byline", "contributor", "location", "source", "slug", "keywords", "note")
WORDS = ("deer", "shrine", "Reports", "US", "U.S.", "the", "and", "NOT", "don't", "é", "1,000", "C", "130", "or", "WHO")
NOW = 1_795_410_000.0
DATES = ("2026", "2026-01", "2026-01-13", "2026-01..2026-03", "..2019", ">=2026-01", "2026-01-13T08:00Z..", "7d", "12h",
         "2026-03-29", "2026-11-01..2026-11-02", "2020-02-29")  # fmt: skip


@cache
def words(field: str, pool: tuple[str, ...] = WORDS) -> st.SearchStrategy[t.Word]:
    """Words, each of which is one: what holds several (`C-130`) is read as a phrase of them."""
    single = [word for word in pool if len(surfaces(word)) == 1]
    return st.builds(t.Word, st.sampled_from(single), st.just(field), st.booleans())


@cache
def patterns(field: str, pool: tuple[str, ...] = WORDS) -> st.SearchStrategy[t.Pattern]:
    stems = st.sampled_from([word.lower() for word in pool if word.isalnum() and len(word) > 2])
    return st.one_of(
        stems.map(lambda stem: t.Pattern("prefix", stem[:3], field)),
        stems.map(lambda stem: t.Pattern("wildcard", stem[:1] + "*" + stem[-1:], field)),
        stems.map(lambda stem: t.Pattern("wildcard", stem[:-1] + "?", field)),
        st.builds(
            lambda stem, far, fixed: t.Pattern("fuzzy", stem, field, far, fixed),
            stems,
            st.sampled_from((1, 2)),
            st.sampled_from((1, 0, 2, 9)),
        ),
        stems.map(lambda stem: t.Pattern("regex", stem[:2] + ".*", field)),
    )


@cache
def leaves(field: str, pool: tuple[str, ...] = WORDS) -> st.SearchStrategy[t.Node]:
    one = st.one_of(words(field, pool), patterns(field, pool))
    several = st.lists(one, min_size=2, max_size=2, unique=True).map(lambda items: t.Or(tuple(items)))
    phrase = st.lists(st.one_of(one, one, several), min_size=2, max_size=3).map(lambda items: t.Phrase(tuple(items)))
    return st.one_of(words(field, pool), words(field, pool), patterns(field, pool), phrase)


def nears(parts: st.SearchStrategy[t.Node], *, sentences: bool) -> st.SearchStrategy[t.Near]:
    counted = st.builds(
        t.Near, parts, parts, st.integers(1, 30), st.just("word"), ordered=st.booleans(), negated=st.booleans()
    )
    if not sentences:
        return counted
    units = st.sampled_from(("sentence", "paragraph"))
    return st.one_of(
        counted, st.builds(t.Near, parts, parts, st.just(0), units, ordered=st.booleans(), negated=st.booleans())
    )


@cache
def positional(field: str, pool: tuple[str, ...] = WORDS) -> st.SearchStrategy[t.Node]:
    text = field in ZONES
    return st.recursive(
        leaves(field, pool),
        lambda parts: st.one_of(
            nears(parts, sentences=text),
            st.lists(parts, min_size=2, max_size=3).map(lambda items: t.Or(tuple(items))),
            parts.map(t.AllCaps),
            *([st.builds(t.FirstWords, st.integers(1, 60), parts)] if text else []),
        ),
        max_leaves=4,
    )


@st.composite
def date_ranges(draw: st.DrawFn, tz: str) -> t.DateRange:
    span: Span
    try:
        span = range_of(draw(st.sampled_from(DATES)), tz, NOW)
    except DateError as error:  # the table above is wrong
        raise AssertionError(error.message) from None
    field = draw(st.sampled_from(("published", "updated", "ingested")))
    return t.DateRange(field, span.low, span.high, span.low_local, span.high_local, draw(st.booleans()))


@cache
def conditions(tz: str) -> st.SearchStrategy[t.Node]:
    numbers = st.tuples(st.integers(0, 5000), st.integers(0, 5000)).map(sorted)
    return st.one_of(
        numbers.map(lambda pair: t.NumberRange("words", pair[0], pair[1])),
        st.integers(0, 5000).map(lambda low: t.NumberRange("words", low, None)),
        st.integers(0, 5000).map(lambda high: t.NumberRange("words", None, high)),
        date_ranges(tz),
        st.sampled_from(("JP", "GB", "FR")).map(lambda code: t.Value("country", code)),
        st.sampled_from(("usable", "canceled")).map(lambda status: t.Value("status", status)),
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
        .filter(lambda text: text.strip() and text != "*")
        .map(lambda text: t.Value("id", text)),
        st.sampled_from(("byline", "location", "published", "headline", "words")).map(t.Has),
    )


@cache
def trees(tz: str = "UTC", pool: tuple[str, ...] = WORDS) -> st.SearchStrategy[t.Node]:
    """Trees as the parser makes them."""
    fields = (*ZONES, "text", "text", "byline", "location")
    atoms = st.one_of(*(positional(field, pool) for field in fields), conditions(tz), st.just(t.Everything()))
    return st.recursive(
        atoms,
        lambda parts: st.one_of(
            st.lists(parts, min_size=2, max_size=3).map(lambda items: t.And(tuple(items))),
            st.lists(parts, min_size=2, max_size=3).map(lambda items: t.Or(tuple(items))),
            parts.map(t.Not),
            st.builds(t.AtLeast, st.integers(1, 5), positional("text", pool)),
            st.builds(t.Filter, parts, parts),
            st.builds(t.Optional, parts, parts),
            st.builds(t.Boost, parts, st.floats(0.01, 1000).map(lambda factor: round(factor, 4))),
            st.just(t.Nothing()),
        ),
        max_leaves=6,
    )
