"""`morgue explain`."""

import sys
from typing import TYPE_CHECKING, Annotated

from morgue.cli import options as o
from morgue.cli.completion import articles, query_words
from morgue.cli.declaration import Arg, Opt
from morgue.cli.ids import must_exist
from morgue.cli.streams import is_terminal, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND
from morgue.render.console import wants_color

if TYPE_CHECKING:
    from morgue.archive import Archive


def explain(
    words: Annotated[
        list[str],
        Arg(
            metavar="QUERY [ID]",
            help="A quoted query, optionally followed by an article id.",
            dashed=True,
            complete=query_words,
        ),
    ] = [],  # noqa: B006
    *,
    article: Annotated[
        str | None,
        Opt("--article", "--id", metavar="ID", help="Explain why article ID matches or not.", complete=articles),
    ] = None,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    reading: o.Reading,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    color: o.Color = None,
) -> int:
    """Explain how a query is parsed, and why an article matches or not.

    Examples:
    morgue explain 'cocoa w/5 price*'
    morgue explain 'cocoa price*' hg-2024-0210
    morgue explain 'cocoa w/3 crop' reuters-900001
    """
    from morgue.archive import Archive
    from morgue.render.explanation import write_explanation

    settings = Settings()
    options = o.search_options(settings, filters, reading, words, unpublished=unpublished)
    with Archive.open(settings.pick("index", index)) as archive:
        if article is None:
            words, article = _parted(words, archive)
        query = o.query_text(words)
        o.needs_words(query, options)
        if article is not None:
            must_exist(archive, article)
        found = archive.explain(query, article, options)
    if json:
        print_json(found, indent=2)
    else:
        colored = wants_color(settings.pick("color", color), is_terminal(sys.stdout))
        write_explanation(found, sys.stdout, color=colored)
    matched = found.get("matched", found.get("total"))
    return FOUND if matched else NOTHING_FOUND


def _parted(words: list[str], archive: "Archive") -> tuple[list[str], str | None]:
    """Return the words of the query and the id after them, None without one.

    The last word is an id if it is one in the archive, or if it follows a single quoted query.
    """
    if len(words) > 1 and (archive.record(words[-1]) is not None or (len(words) == 2 and " " in words[0].strip())):
        return words[:-1], words[-1]
    return words, None
