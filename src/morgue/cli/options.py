"""Options that several commands share, and the library's options made from them and the settings."""

from typing import TYPE_CHECKING, Annotated, Any

from morgue.cli.completion import articles, columns, fields, query_words, values_of
from morgue.cli.declaration import Arg, Opt, Options
from morgue.errors import UsageError
from morgue.fields import FACETS

if TYPE_CHECKING:
    from morgue.config import Settings
    from morgue.model import SearchOptions

WHICH = "Filters"
HOW = "Search options"
OUTPUT = "Output options"

IndexFolder = Annotated[
    str | None,
    Opt(
        "--index",
        "-i",
        metavar="FOLDER",
        help="Archive folder (default: MORGUE_INDEX, else morgue.toml, else ./index).",
    ),
]
Quiet = Annotated[bool, Opt("--quiet", "-q", help="Print only errors on stderr.")]
Wait = Annotated[
    float | None,
    Opt("--wait", metavar="SECONDS", minimum=0, help="Wait up to SECONDS for another writer (default: 5)."),
]
Query = Annotated[
    list[str], Arg(metavar="QUERY", help="Words and operators (see docs/query.md).", dashed=True, complete=query_words)
]
Ids = Annotated[
    list[str], Arg(metavar="ID", help="Article ids; - reads them from stdin, one per line.", complete=articles)
]
AsJson = Annotated[bool, Opt("--json", help="Print JSON.", panel=OUTPUT)]
Color = Annotated[
    str | None,
    Opt(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        help="Use color: auto (the default), always or never.",
        panel=OUTPUT,
    ),
]
Width = Annotated[
    int | None,
    Opt(
        "--width",
        metavar="COLUMNS",
        minimum=20,
        help="Wrap to COLUMNS (default: terminal width, up to 110).",
        panel=OUTPUT,
    ),
]
Limit = Annotated[
    int | None,
    Opt("--limit", "-n", metavar="N", minimum=0, help="Show at most N hits (default: 10; 0: all).", panel=HOW),
]
Collapse = Annotated[bool, Opt("--collapse", help="Show one article per story; fold copies and versions.", panel=HOW)]
Null = Annotated[bool, Opt("--null", "-0", help="End records with NUL instead of newline.", panel=OUTPUT)]
NoPager = Annotated[bool, Opt("--no-pager", help="Do not use a pager.", panel=OUTPUT)]

Since = Annotated[
    str | None, Opt("--since", metavar="DATE", help="Published on or after DATE (2026-01, 7d).", panel=WHICH)
]
Until = Annotated[str | None, Opt("--until", metavar="DATE", help="Published on or before DATE.", panel=WHICH)]
On = Annotated[
    str | None, Opt("--on", metavar="DATE", help="Published within DATE (a day, month or year).", panel=WHICH)
]
Byline = Annotated[
    list[str],
    Opt("--byline", metavar="NAME", help="Credited to NAME (repeatable).", panel=WHICH, complete=values_of("byline")),
]
Location = Annotated[
    list[str],
    Opt("--location", metavar="PLACE", help="Filed from PLACE, a city, region or country (repeatable).", panel=WHICH,
        complete=values_of("location")),
]  # fmt: skip
Source = Annotated[
    list[str],
    Opt(
        "--source",
        metavar="NAME",
        help="From agency or publisher NAME (repeatable).",
        panel=WHICH,
        complete=values_of("source"),
    ),
]
Country = Annotated[
    list[str],
    Opt("--country", metavar="COUNTRY", help="Filed from COUNTRY, a code or name: JP, Japan (repeatable).", panel=WHICH,
        complete=values_of("country")),
]  # fmt: skip
Language = Annotated[
    list[str],
    Opt(
        "--language",
        metavar="CODE",
        help="Written in language CODE: en, de (repeatable).",
        panel=WHICH,
        complete=values_of("language"),
    ),
]
Unpublished = Annotated[
    bool,
    Opt("--include-canceled", "--unpublished", help="Include canceled, withheld and embargoed articles.", panel=WHICH),
]
Overlap = Annotated[
    bool, Opt("--overlap", help="Include articles whose partial date may lie in the range.", panel=WHICH)
]
AnyWord = Annotated[bool, Opt("--any", "--or", help="Match any of the words instead of all.", panel=HOW)]
Lenient = Annotated[bool, Opt("--lenient", help="Report query errors as warnings and search the rest.", panel=HOW)]
Syntax = Annotated[
    str | None,
    Opt("--syntax", metavar="NAME", choices=("native", "lexis", "factiva", "lucene", "whoosh"), panel=HOW,
        help="Query syntax: native (the default), lexis, factiva, lucene or whoosh."),
]  # fmt: skip
Zone = Annotated[
    str | None,
    Opt("--tz", metavar="ZONE", help="Time zone of dates, such as Europe/Paris (default: local).", panel=HOW),
]
Fields = Annotated[
    str | None,
    Opt("--fields", metavar="NAMES", bare="?", complete=fields, panel=OUTPUT,
        help="Print these fields, in order; --fields alone lists all."),
]  # fmt: skip
By = Annotated[
    str,
    Opt("--by", metavar="COLUMN", help=f"Count by COLUMN: {', '.join(FACETS)}.", complete=columns),
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
