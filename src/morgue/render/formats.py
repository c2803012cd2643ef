"""The table of output formats: a function for each, loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from morgue.model import SearchResult
    from morgue.render.style import Style

Writer: TypeAlias = "Callable[[SearchResult, TextIO, Style], None]"

# Name -> module and function. `auto` is `table` at a terminal and `text` in a pipe.
FORMATS: dict[str, tuple[str, str]] = {
    "table": ("as_table", "write_table"),
    "text": ("as_lines", "write_text"),
    "json": ("as_json", "write_json"),
    "jsonl": ("as_json", "write_jsonl"),
    "csv": ("as_sheet", "write_csv"),
    "tsv": ("as_sheet", "write_tsv"),
    "ids": ("as_lines", "write_ids"),
    "paths": ("as_lines", "write_paths"),
    "markdown": ("as_markup", "write_markdown"),
    "html": ("as_markup", "write_html"),
    "template": ("as_lines", "write_template"),
}
ALIASES = {"md": "markdown", "ndjson": "jsonl", "nl": "jsonl"}

# Formats that print passages; a search for the others need not make any, unless fields ask for them.
WITH_PASSAGES = frozenset({"table", "json", "jsonl", "csv", "tsv", "markdown", "html"})


def writer(name: str) -> Writer:
    """Return the function that writes a format."""
    module, function = FORMATS[name]
    found: Writer = getattr(import_module(f"morgue.render.{module}"), function)
    return found
