"""`morgue explain`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.command import Opt
from morgue.cli.completing import articles
from morgue.cli.streams import is_terminal
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND
from morgue.render.console import terminal_width, wants_color


def explain(
    words: o.Query = [],  # noqa: B006
    *,
    article: Annotated[
        str | None,
        Opt("--article", "--id", metavar="ID", help="Why this article matches, or why not.", complete=articles),
    ] = None,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    reading: o.Reading,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    color: o.Color = None,
) -> int:
    """Tell how a query is understood, and why an article matches or not.

    Examples:
    morgue explain 'oil w/5 price*'
    morgue explain 'cocoa -brazil' --article press/2.txt
    """
    from morgue.archive import Archive
    from morgue.render.reports import write_explanation

    settings = Settings()
    wished = o.search_options(settings, filters, reading, unpublished=unpublished)
    query = o.query_text(words)
    o.needs_words(query, wished)
    with Archive.open(settings.pick("index", index)) as archive:
        found = archive.explain(query, article, wished)
    if json:
        from morgue.render.as_json import dump

        sys.stdout.write(dump(found, indent=2) + "\n")
    else:
        terminal = is_terminal(sys.stdout)
        colored = wants_color(settings.pick("color", color), terminal)
        write_explanation(found, sys.stdout, color=colored, width=terminal_width() if terminal else 0)
    matched = found.get("matched", found.get("total"))
    return FOUND if matched else NOTHING_FOUND
