"""`morgue facets`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.notices import report
from morgue.cli.streams import Voice, is_terminal, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError


def facets(
    words: o.Query = [],  # noqa: B006
    *,
    by: o.By = "source",
    limit: Annotated[
        int,
        Opt(
            "--limit",
            "-n",
            metavar="N",
            minimum=0,
            help="Show at most N values (0: all); years, months and days are never cut.",
        ),
    ] = 20,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    reading: o.Reading,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    csv: Annotated[bool, Opt("--csv", help="Print comma-separated values.", panel=o.OUTPUT)] = False,
    color: o.Color = None,
    width: o.Width = None,
    quiet: o.Quiet = False,
) -> int:
    """Count matching articles by person, place, source or time.

    Without QUERY, count all articles. At a terminal, draw bars; in a pipe, print count<TAB>value lines.

    Examples:
    morgue facets cocoa --by country
    morgue facets --by year
    morgue facets 'interest rates' --by month --since 1987 --csv
    """
    if json and csv:
        raise UsageError("one format at a time, not json and csv")
    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    options = o.search_options(settings, filters, reading, words, unpublished=unpublished)
    query = o.query_text(words)
    from morgue.archive import Archive
    from morgue.render.reports import facet_rows, write_bars

    with Archive.open(settings.pick("index", index)) as archive:
        timed = by in ("year", "month", "day")
        found, total, notices = archive.facets(
            query or "*", by, limit=None if timed or not limit else limit, options=options
        )
    if json:
        values = [{"value": facet.value, "count": facet.count} for facet in found]
        print_json({"by": by, "total": total, "values": values})
    elif csv:
        facet_rows(found, by, sys.stdout)
    elif is_terminal(sys.stdout) or width:
        from morgue.render.console import terminal_width, wants_color

        colored = wants_color(settings.pick("color", color), is_terminal(sys.stdout))
        write_bars(found, sys.stdout, width=width or terminal_width(), color=colored)
    else:
        from morgue.render.safe import line

        sys.stdout.writelines(f"{facet.count}\t{line(facet.value)}\n" for facet in found)
    report(notices, voice, query)
    if total and not found:
        voice.say(f"none of {total:,} articles has a value for {by}")
    return FOUND if total else NOTHING_FOUND
