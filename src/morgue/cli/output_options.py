"""Options for what a command prints. Those for formats follow from the tables in render/formats.py."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from morgue.cli import options as o
from morgue.cli.declaration import Opt, Options, Param
from morgue.errors import UsageError
from morgue.render.formats import ARTICLE_FORMATS, FORMATS, Format


class Formats(Options):
    """`--format NAME`, and a flag for each format of a table."""

    _table: ClassVar[Mapping[str, Format]] = FORMATS
    format_: str | None = None

    @classmethod
    def declared(cls) -> list[Param]:
        """Return the options."""
        items = [item for item in cls._table.values() if item.flags]
        names = ["auto", *(item.name for item in items)]
        named = Opt(
            "--format",
            "-f",
            metavar="FORMAT",
            choices=(*names, *(alias for item in items for alias in item.aliases)),
            help=f"Output format: {', '.join(names[:-1])} or {names[-1]}.",
            panel=o.OUTPUT,
        )
        flags = [(item.name, Opt(*item.flags, help=item.help, panel=o.OUTPUT)) for item in items]
        return [
            Param("format_", Annotated[str | None, named], None),
            *(Param(name, Annotated[bool, flag], False) for name, flag in flags),
        ]

    def chosen(self, *others: str) -> str:
        """Return the name of the format that was chosen, "" for none or `auto`; `others` were chosen by other options.

        Raises:
            UsageError: two were chosen.
        """
        named = [item.name for item in self._table.values() if self.format_ in (item.name, *item.aliases)]
        flagged = [name for name in self._table if getattr(self, name, False)]
        found = list(dict.fromkeys([*flagged, *(name for name in named if name != "auto"), *others]))
        if len(found) > 1:
            raise UsageError(f"one format at a time, not {' and '.join(found)}")
        return found[0] if found else ""


class ArticleFormats(Formats):
    """`--format NAME`, and a flag for each format of whole articles."""

    _table = ARTICLE_FORMATS


class Passages(Options):
    """Which passages are shown, and how matched words are marked in them."""

    snippets: Annotated[
        int | None,
        Opt("--snippets", metavar="N", minimum=0, help="Show at most N passages per hit (default: 2).", panel=o.OUTPUT),
    ] = None
    snippet_length: Annotated[
        int | None,
        Opt("--snippet-length", "--snippet-chars", metavar="N", minimum=20, panel=o.OUTPUT,
            help="Cut passages to about N characters (default: 240)."),
    ] = None  # fmt: skip
    passages: Annotated[
        bool, Opt("--passages", help="Show every matching passage, not only the best.", panel=o.OUTPUT)
    ] = False
    mark_open: Annotated[
        str | None, Opt("--mark-open", metavar="TEXT", help="Insert TEXT before each matched word.", panel=o.OUTPUT)
    ] = None
    mark_close: Annotated[
        str | None, Opt("--mark-close", metavar="TEXT", help="Insert TEXT after each matched word.", panel=o.OUTPUT)
    ] = None


class Layout(Options):
    """What a format contains, and its layout."""

    fields: o.Fields = None
    template: Annotated[
        str | None,
        Opt("--template", metavar="TEXT", help="Print each hit by a template: '{date} {headline}'.", panel=o.OUTPUT),
    ] = None
    headers: Annotated[
        bool, Opt("--headers/--no-headers", help="Print a header row (default: yes).", panel=o.OUTPUT)
    ] = True
    null: o.Null = False
    raw: Annotated[
        bool, Opt("--raw", help="Do not escape control characters and spreadsheet formulas.", panel=o.OUTPUT)
    ] = False
    meta: Annotated[
        bool,
        Opt(
            "--meta",
            "--json-envelope",
            help="Wrap JSON hits in an object with query, total and warnings.",
            panel=o.OUTPUT,
        ),
    ] = False
    format_version: Annotated[
        int | None,
        Opt("--format-version", metavar="N", help="Fail unless the JSON format version is N.", panel=o.OUTPUT),
    ] = None
    color: o.Color = None
    width: o.Width = None
