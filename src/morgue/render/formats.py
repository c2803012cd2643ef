"""The output formats of hits and of whole articles. To add one, write a function and enter it here.

Options, help and completion of the commands are made from the entries (cli/output_options.py); a test compares
docs/output.md with them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

from morgue.runtime.frozen import attribute, record

if TYPE_CHECKING:
    from morgue.model import SearchResult
    from morgue.render.article import Shown
    from morgue.render.style import Style

Writer: TypeAlias = "Callable[[SearchResult, TextIO, Style], None]"
ArticleWriter: TypeAlias = "Callable[[Shown, TextIO, Style, str, bool], None]"


@record
class Format:
    """An output format and the function that writes it, imported on use.

    Attributes:
        name: for `--format`. module: of `morgue.render`. function: in it.
        flags: options that choose it, its own name first; () if `--format` does not take it.
        help: of these options. aliases: further names for `--format`.
        passages: whether it prints passages; without, a search makes them only for fields that have them.
        many: whether `--queries` can print it.
    """

    name: str
    module: str
    function: str
    flags: tuple[str, ...] = ()
    help: str = ""
    aliases: tuple[str, ...] = ()
    passages: bool = attribute(default=False, kw_only=True)
    many: bool = attribute(default=False, kw_only=True)


# Of hits. Without a choice it is `table` at a terminal and `text` in a pipe.
FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("table", "as_table", "write_table", ("--table", "-t"), "Print a table.", passages=True, many=True),
        Format("text", "as_lines", "write_text", ("--text",), "Print one line per hit.", many=True),
        Format("json", "as_json", "write_json", ("--json",), "Print a JSON array.", passages=True, many=True),
        Format("jsonl", "as_json", "write_jsonl", ("--jsonl", "--ndjson", "--nl"), "Print one JSON object per line.",
               ("ndjson", "nl"), passages=True, many=True),
        Format("csv", "as_sheet", "write_csv", ("--csv",), "Print comma-separated values.", passages=True),
        Format("tsv", "as_sheet", "write_tsv", ("--tsv",), "Print tab-separated values.", passages=True, many=True),
        Format("ids", "as_lines", "write_ids", ("--ids", "-l", "--ids-only"), "Print only ids.", many=True),
        Format("paths", "as_lines", "write_paths", ("--paths",), "Print only file paths, without duplicates."),
        Format("markdown", "as_markup", "write_markdown", ("--markdown", "--md"), "Print Markdown.",
               ("md",), passages=True),
        Format("html", "as_markup", "write_html", ("--html",), "Print an HTML page.", passages=True),
        Format("template", "as_lines", "write_template"),
    )
}  # fmt: skip

# Of whole articles. Without a choice it is `auto`.
ARTICLE_FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("text", "article", "write_text", ("--text",), "Print plain text."),
        Format("json", "article", "write_json", ("--json",),
               "Print the whole record as JSON (an array for several ids)."),
        Format("jsonl", "article", "write_jsonl", ("--jsonl",), "Print one JSON object per line."),
        Format("markdown", "article", "write_markdown", ("--markdown", "--md"), "Print Markdown.", ("md",)),
        Format("html", "article", "write_html", ("--html",), "Print an HTML page."),
        Format("auto", "article", "write_screen"),
    )
}  # fmt: skip


def aliased(name: str) -> str:
    """Return the name of the format of hits that `name` is an alias of, else `name`."""
    return next((item.name for item in FORMATS.values() if name in item.aliases), name)


def writer(name: str) -> Writer:
    """Return the function that writes hits in the format of this name."""
    found: Writer = _function(FORMATS[name])
    return found


def article_writer(name: str) -> ArticleWriter:
    """Return the function that writes articles in the format of this name."""
    found: ArticleWriter = _function(ARTICLE_FORMATS[name])
    return found


def _function(item: Format) -> Any:
    return getattr(import_module(f"morgue.render.{item.module}"), item.function)
