"""`morgue show`."""

import sys
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, TextIO

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.ids import identities, near
from morgue.cli.output_options import ArticleFormats
from morgue.cli.pager import paged
from morgue.cli.streams import complain, is_terminal
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError
from morgue.render.console import terminal_width, wants_color
from morgue.render.style import Style

if TYPE_CHECKING:
    from morgue.render.article import Shown
    from morgue.render.article_parts import Words


def show(
    ids: o.Ids,
    *,
    query: Annotated[
        str | None, Opt("--query", metavar="QUERY", help="Highlight matches of QUERY.", panel=o.OUTPUT)
    ] = None,
    index: o.IndexFolder = None,
    null: Annotated[bool, Opt("--null", "-0", help="Ids on stdin end with NUL.")] = False,
    formats: ArticleFormats,
    fields: Annotated[
        str | None,
        Opt("--fields", metavar="NAMES", help="With JSON, print only these fields, comma-separated.", panel=o.OUTPUT),
    ] = None,
    provenance: Annotated[
        bool, Opt("--provenance", help="Also print where each field comes from.", panel=o.OUTPUT)
    ] = False,
    raw: Annotated[bool, Opt("--raw", help="Do not escape control characters.", panel=o.OUTPUT)] = False,
    color: o.Color = None,
    width: o.Width = None,
    no_pager: o.NoPager = False,
) -> int:
    """Print whole articles; at a terminal, through a pager (MORGUE_PAGER, else PAGER, else less).

    Examples:
    morgue show hg-2024-0210 --query cocoa
    morgue show hg-2024-0210 --json | jq .provenance
    morgue search cocoa -l | morgue show --markdown - > cocoa.md
    """
    settings = Settings()
    name = formats.chosen() or "auto"
    if fields and name not in ("json", "jsonl"):
        raise UsageError("--fields needs --json or --jsonl", hint="add --json")
    terminal = is_terminal(sys.stdout)
    style = Style(
        color=wants_color(settings.pick("color", color), terminal),
        terminal=terminal,
        width=settings.pick("width", width) or (terminal_width() if terminal else 0),
        raw=raw,
    )
    from morgue.archive import Archive

    known: dict[str, str] = {}
    if query and "@" in query:
        from morgue.saved import texts

        known = texts(settings)
    missing = 0
    with Archive.open(settings.pick("index", index)) as archive:

        def articles() -> "Shown":
            nonlocal missing
            for identity in identities(ids, null=null):
                record = archive.record(identity)
                if record is None:
                    missing += 1
                    complain(f"no such article: {identity!r}", near(archive, identity))
                    continue
                marks: dict[str, Words] = {}
                if query:
                    found = archive.highlights(identity, query, saved=known)
                    marks = {field: [(mark.start, mark.end) for mark in places] for field, places in found.items()}
                yield record, marks

        def write(out: TextIO) -> None:
            from morgue.render.formats import article_writer

            article_writer(name)(chain(first, shown), out, style, fields or "", provenance)

        shown = iter(articles())
        first = list(islice(shown, 1))
        if not first and name != "json":
            return NOTHING_FOUND
        if terminal and not no_pager and name in ("auto", "text", "markdown"):
            paged(write, settings, color=style.color)
        else:
            write(sys.stdout)
    return NOTHING_FOUND if missing else FOUND
