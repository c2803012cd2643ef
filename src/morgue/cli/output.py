"""Which format a command prints, and how: from options, settings and whether stdout is a terminal."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from morgue.cli.streams import is_terminal
from morgue.config import Settings
from morgue.errors import FOUND, UsageError
from morgue.model import SearchResult
from morgue.render.console import terminal_width, wants_color
from morgue.render.fields import FORMAT_VERSION, NAMES, choose
from morgue.render.formats import ALIASES, FORMATS, WITH_PASSAGES, writer
from morgue.render.style import Style

# Flags that stand for a format, strongest last: `--null` and `--count` go with any of them.
_SHORTCUTS = ("table", "text", "json", "jsonl", "csv", "tsv", "ids", "paths", "markdown", "html")


class Choice:
    """A format together with its style.

    Attributes:
        name: of the format. for_person: whether somebody reads it as it comes, so that a line about the answer helps.
        with_passages: whether passages are printed, and so must be made.
    """

    __slots__ = ("for_person", "name", "style", "with_passages")

    def __init__(self, name: str, style: Style) -> None:
        self.name = name
        self.style = style
        self.for_person = name == "table" and style.terminal
        self.with_passages = name in WITH_PASSAGES or "{snippet" in style.template
        if style.fields:
            self.with_passages = bool({"snippet", "snippets", "headline", "label"} & set(style.fields))

    def write(self, result: SearchResult, out: TextIO) -> None:
        """Write a result in this format."""
        if result.hits or self.name != "table":  # an empty table is not worth loading Rich for
            writer(self.name)(result, out, self.style)


def output(settings: Settings, given: dict[str, Any]) -> Choice:
    """Return the format chosen by a command line.

    Args:
        given: the command's arguments by name.

    Raises:
        UsageError: two formats at once, an unknown field or template name, or a format version that is not ours.
    """
    terminal = is_terminal(sys.stdout)
    name = _format(settings, given, terminal)
    if given.get("format_version") not in (None, FORMAT_VERSION):
        raise UsageError(f"this morgue writes format version {FORMAT_VERSION}, not {given['format_version']}")
    fields = settings.pick("fields", given.get("fields")) if name not in ("ids", "paths", "template") else ""
    template = given.get("template") or ""
    if template:
        from morgue.render.template import parse

        parse(template, NAMES)
    width = settings.pick("width", given.get("width"))
    return Choice(
        name,
        Style(
            fields=choose(fields) if fields else (),
            template=template,
            mark_open=_unescaped(given.get("mark_open")) or settings.pick("mark-open") or None,
            mark_close=_unescaped(given.get("mark_close")) or settings.pick("mark-close") or None,
            headers=given.get("headers", True),
            raw=bool(given.get("raw")),
            null=bool(given.get("null")),
            meta=bool(given.get("meta")),
            color=wants_color(settings.pick("color", given.get("color")), terminal),
            terminal=terminal,
            width=width or (terminal_width() if terminal else 0),
        ),
    )


def _format(settings: Settings, given: dict[str, Any], terminal: bool) -> str:
    asked = [name for name in _SHORTCUTS if given.get(name)]
    named = given.get("format_")
    if named and named != "auto":
        asked.append(ALIASES.get(named, named))
    if given.get("template"):
        asked.append("template")
    if len(set(asked)) > 1:
        raise UsageError(f"one format at a time, not {' and '.join(dict.fromkeys(asked))}")
    if asked:
        return asked[0]
    if given.get("null"):
        return "ids"
    if given.get("meta"):
        return "json"
    configured = ALIASES.get(settings.pick("format"), settings.pick("format"))
    if named != "auto" and configured != "auto":
        if configured not in FORMATS:
            raise UsageError(f"the setting format is {configured!r}", hint=f"known: auto, {', '.join(FORMATS)}")
        return str(configured)
    return "table" if terminal else "text"


def _unescaped(mark: str | None) -> str | None:
    r"""`\e` is how people write ESC on a command line; nothing else is changed."""
    return mark.replace("\\e", "\x1b") if mark else mark


def listed_fields() -> int:
    """Print the names of the fields, for `--fields` without any."""
    sys.stdout.write("\n".join(NAMES) + "\n")
    return FOUND
