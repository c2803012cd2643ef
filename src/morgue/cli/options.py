"""Options that several commands share, and the library's options made from them and the settings."""

from typing import TYPE_CHECKING, Annotated, Any

from morgue.cli.completion import articles, columns, fields, query_words, values_of
from morgue.cli.declaration import Arg, Opt, Options
from morgue.errors import UsageError

if TYPE_CHECKING:
    from morgue.config import Settings
    from morgue.model import SearchOptions

WHICH = "Which articles"
HOW = "How to search"
OUTPUT = "Output"

IndexFolder = Annotated[
    str | None,
    Opt("--index", "-i", metavar="FOLDER", help="The archive's folder (else MORGUE_INDEX, morgue.toml, ./index)."),
]
Quiet = Annotated[bool, Opt("--quiet", "-q", help="Say nothing on stderr but errors.")]
Wait = Annotated[
    float | None, Opt("--wait", metavar="SECONDS", minimum=0, help="Wait so long for another writer (default 5).")
]
Query = Annotated[
    list[str], Arg(metavar="QUERY", help="Words and operators, see docs/query.md.", dashed=True, complete=query_words)
]
Ids = Annotated[list[str], Arg(metavar="ID", help="Ids of articles; - reads them from stdin.", complete=articles)]
AsJson = Annotated[bool, Opt("--json", help="Print JSON.", panel=OUTPUT)]
Color = Annotated[
    str | None,
    Opt("--color", metavar="WHEN", choices=("auto", "always", "never"), help="auto, always or never.", panel=OUTPUT),
]
Width = Annotated[int | None, Opt("--width", metavar="COLUMNS", minimum=20, help="Fill so many columns.", panel=OUTPUT)]
Limit = Annotated[
    int | None, Opt("--limit", "-n", metavar="N", minimum=0, help="Show so many (default 10, 0: all).", panel=HOW)
]
Collapse = Annotated[
    bool, Opt("--collapse", help="One article for each story, its copies and versions folded.", panel=HOW)
]
Null = Annotated[bool, Opt("--null", "-0", help="End records with a zero byte.", panel=OUTPUT)]
NoPager = Annotated[bool, Opt("--no-pager", help="Print without a pager.", panel=OUTPUT)]

Since = Annotated[str | None, Opt("--since", metavar="DATE", help="From DATE on (2026-01, yesterday).", panel=WHICH)]
Until = Annotated[str | None, Opt("--until", metavar="DATE", help="Up to and including DATE.", panel=WHICH)]
On = Annotated[str | None, Opt("--on", metavar="DATE", help="On that day, month or year.", panel=WHICH)]
Byline = Annotated[
    list[str],
    Opt("--byline", metavar="NAME", help="By one of these people.", panel=WHICH, complete=values_of("byline")),
]
Location = Annotated[
    list[str],
    Opt("--location", metavar="PLACE", help="Filed from here: city, region or country.", panel=WHICH,
        complete=values_of("location")),
]  # fmt: skip
Source = Annotated[
    list[str],
    Opt("--source", metavar="NAME", help="From this agency or publisher.", panel=WHICH, complete=values_of("source")),
]
Country = Annotated[
    list[str],
    Opt("--country", metavar="CODE", help="Filed from this country (JP, Japan).", panel=WHICH,
        complete=values_of("country")),
]  # fmt: skip
Language = Annotated[
    list[str],
    Opt("--language", metavar="CODE", help="In this language (en, de).", panel=WHICH, complete=values_of("language")),
]
Unpublished = Annotated[
    bool,
    Opt("--include-canceled", "--unpublished", help="Canceled, withheld and embargoed articles too.", panel=WHICH),
]
Overlap = Annotated[
    bool, Opt("--overlap", help="A date that may lie in the range is enough (year-only articles).", panel=WHICH)
]
AnyWord = Annotated[bool, Opt("--any", "--or", help="Any of the words, not all of them.", panel=HOW)]
Lenient = Annotated[bool, Opt("--lenient", help="Mistakes in the query are warnings.", panel=HOW)]
Syntax = Annotated[
    str | None,
    Opt("--syntax", metavar="NAME", choices=("native", "lexis", "factiva", "lucene", "whoosh"), panel=HOW,
        help="Read the query as native, lexis, factiva, lucene or whoosh."),
]  # fmt: skip
Zone = Annotated[str | None, Opt("--tz", metavar="ZONE", help="Time zone that dates are meant in.", panel=HOW)]
Fields = Annotated[
    str | None,
    Opt("--fields", metavar="NAMES", bare="?", complete=fields, panel=OUTPUT,
        help="These fields in this order; --fields alone lists them."),
]  # fmt: skip
By = Annotated[
    str,
    Opt(
        "--by", metavar="COLUMN", help="Count this: byline, location, country, source, year and more.", complete=columns
    ),
]


class Filters(Options):
    """Which articles, besides the query."""

    since: Since = None
    until: Until = None
    on: On = None
    byline: Byline = []  # noqa: RUF012  # a declaration: the list is replaced, never changed
    location: Location = []  # noqa: RUF012
    source: Source = []  # noqa: RUF012
    country: Country = []  # noqa: RUF012
    language: Language = []  # noqa: RUF012
    overlap: Overlap = False


class Reading(Options):
    """How the query is to be read."""

    any_: AnyWord = False
    lenient: Lenient = False
    syntax: Syntax = None
    tz: Zone = None


def query_text(words: list[str]) -> str:
    """Return the words of a command line as one query."""
    return " ".join(words).strip()


def needs_words(query: str, options: "SearchOptions") -> None:
    """Check that `query` has words or `options` a filter.

    Raises:
        UsageError: neither was given.
    """
    filters = (options.since, options.until, options.on, options.byline, options.location, options.source)
    if not query and not any((*filters, options.country, options.language)):
        raise UsageError("missing QUERY", hint="give words or a filter; '*' matches every article")


def search_options(
    settings: "Settings", filters: Filters, reading: Reading, words: list[str], **more: Any
) -> "SearchOptions":
    """Return the library's options from the common ones of a command line.

    Args:
        settings: values of options that are not given. filters, reading: the common options.
        words: of the query; saved queries are loaded if one has an `@`.
        more: further options by name.
    """
    from morgue.model import SearchOptions

    if any("@" in word for word in words):
        from morgue.saved import texts

        more["saved"] = texts(settings)
    return SearchOptions(
        since=filters.since or "",
        until=filters.until or "",
        on=filters.on or "",
        byline=tuple(filters.byline),
        location=tuple(filters.location),
        source=tuple(filters.source),
        country=tuple(filters.country),
        language=tuple(filters.language),
        overlap=filters.overlap,
        any_=settings.pick("any", reading.any_),
        lenient=settings.pick("lenient", reading.lenient),
        syntax=settings.pick("syntax", reading.syntax),
        tz=settings.pick("tz", reading.tz),
        **more,
    )
