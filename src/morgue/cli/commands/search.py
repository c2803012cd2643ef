"""`morgue search`."""

import sys
from typing import TYPE_CHECKING, Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt, Options
from morgue.cli.notices import remark, warn
from morgue.cli.output_options import Formats, Layout, Passages
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, USAGE

if TYPE_CHECKING:
    from morgue.cli.output import Choice
    from morgue.model import SearchResult


class Ranking(Options):
    """What else is searched for, and in which order hits come."""

    fix: Annotated[bool, Opt("--fix", help="Search for the corrected spelling if it finds more.", panel=o.HOW)] = False
    expand: Annotated[
        bool, Opt("--expand", help="Add words from the top hits to the query, and list them.", panel=o.HOW)
    ] = False
    recency: Annotated[
        str | None,
        Opt("--recency", metavar="TIME", help="Halve relevance with each TIME of age (30d, 6 months).", panel=o.HOW),
    ] = None
    collapse: o.Collapse = False
    keep: Annotated[
        str | None,
        Opt("--keep", metavar="WHICH", choices=("best", "first", "last", "longest"), panel=o.HOW,
            help="Copy to show per story: best (the default), first, last or longest; implies --collapse."),
    ] = None  # fmt: skip
    sort: Annotated[
        str | None,
        Opt(
            "--sort",
            "--sort-by",
            metavar="ORDER",
            help="Sort by relevance (the default), newest, oldest, date, updated, ingested or words.",
            panel=o.HOW,
        ),
    ] = None
    reverse: Annotated[bool, Opt("--reverse", help="Reverse the sort order.", panel=o.HOW)] = False


class Paging(Options):
    """Which of the hits are shown."""

    limit: o.Limit = None
    offset: Annotated[int, Opt("--offset", metavar="N", minimum=0, help="Skip the first N hits.", panel=o.HOW)] = 0
    page: Annotated[int, Opt("--page", metavar="N", minimum=1, help="Show page N of --limit hits.", panel=o.HOW)] = 1
    all_: Annotated[bool, Opt("--all", "-a", help="Show all hits.", panel=o.HOW)] = False

    def window(self, settings: Settings) -> tuple[int | None, int]:
        """Return the number of hits to show (None: all) and the number to skip before them."""
        most = 0 if self.all_ else settings.pick("limit", self.limit)
        return most or None, self.offset + (self.page - 1) * most


def search(
    words: o.Query = [],  # noqa: B006  # a declaration: the list is replaced, never changed
    *,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    reading: o.Reading,
    ranking: Ranking,
    paging: Paging,
    queries: Annotated[
        str | None,
        Opt("--queries", metavar="FILE", help="Run each line of FILE as a query (- for stdin).", panel=o.HOW),
    ] = None,
    jobs: Annotated[
        int | None,
        Opt(
            "--jobs",
            "-j",
            metavar="N",
            minimum=0,
            help="Use N processes for --queries (default: 0, automatic).",
            panel=o.HOW,
        ),
    ] = None,
    passages: Passages,
    formats: Formats,
    count: Annotated[
        bool, Opt("--count", "-c", help="Print only the number of matching articles.", panel=o.OUTPUT)
    ] = False,
    layout: Layout,
    exit_zero: Annotated[
        bool, Opt("--exit-zero", help="Exit with 0 even if nothing is found.", panel=o.OUTPUT)
    ] = False,
    index: o.IndexFolder = None,
    quiet: o.Quiet = False,
) -> int:
    """Find articles, most relevant first, and show matching passages.

    Words are joined by AND; -WORD excludes articles with WORD. Put -- before a query whose -WORD could be read as an
    option.

    Examples:
    morgue search 'forced laborers w/5 remains' --location Nara
    morgue search cocoa --since 1987-03 --jsonl | jq -r .headline
    morgue search byline:Ishikawa -editorial --sort newest
    morgue search 'budget OR deficit' --all --csv > hits.csv
    """
    from morgue.cli.output import listed_fields, output

    if layout.fields == "?":
        return listed_fields()
    settings = Settings()
    choice = output(settings, formats, layout, passages)
    voice = Voice(quiet=settings.pick("quiet", quiet))
    limit, offset = paging.window(settings)
    options = o.search_options(
        settings,
        filters,
        reading,
        words if queries is None else ["@"],
        unpublished=unpublished,
        sort=settings.pick("sort", ranking.sort),
        reverse=ranking.reverse,
        limit=limit,
        offset=offset,
        snippets=settings.pick("snippets", passages.snippets) if choice.with_passages else 0,
        snippet_length=settings.pick("snippet-length", passages.snippet_length),
        passages=passages.passages and choice.with_passages,
        fix=ranking.fix,
        expand=ranking.expand,
        recency=ranking.recency or "",
        collapse=ranking.collapse or ranking.keep is not None,
        keep=ranking.keep or "best",
    )
    from morgue.archive import Archive

    if queries is not None:
        from morgue.cli.batch import answer_all

        folder = str(settings.pick("index", index))
        with Archive.open(folder) as archive:
            found, failed = answer_all(archive, folder, queries, options, choice, voice, settings.pick("jobs", jobs))
        return USAGE if failed else FOUND if found or exit_zero else NOTHING_FOUND
    query = o.query_text(words)
    o.needs_words(query, options)
    with Archive.open(settings.pick("index", index)) as archive:
        if count:
            total, notices = archive.count(query, options)
            sys.stdout.write(f"{total}\n")
        else:
            result = archive.search(query, options)
            total, notices = result.total, result.notices
            choice.write(result, sys.stdout)
    sys.stdout.flush()
    warn(notices, voice, query)
    if not count:
        _sum_up(result, choice, voice)
    remark(notices, voice)
    return FOUND if total or exit_zero else NOTHING_FOUND


def _sum_up(result: "SearchResult", choice: "Choice", voice: Voice) -> None:
    """Print a line about the whole answer on stderr, if it is shown as a table at a terminal."""
    if not choice.for_person:
        return
    shown = len(result.hits)
    if not result.total:
        voice.say("nothing found")
        return
    articles = "1 article" if result.total == 1 else f"{result.total:,} articles"
    if shown < result.total:
        first = result.offset + 1
        part = f"{first:,}–{first + shown - 1:,} of {articles}" if shown else f"none of {articles}"
        more = result.offset + shown
        rest = f" · next: --offset {more}" if shown and more < result.total else ""
        voice.say(f"\n{part} in {_took(result.took)}{rest}")
    else:
        voice.say(f"\n{articles} in {_took(result.took)}")


def _took(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
