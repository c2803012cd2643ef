"""The format that a command prints, and its style: from options, settings and whether stdout is a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from morgue.cli.output_options import Formats, Layout, Passages
from morgue.cli.streams import is_terminal
from morgue.config import Settings
from morgue.errors import FOUND, UsageError
from morgue.model import SearchResult
from morgue.render.console import terminal_width, wants_color
from morgue.render.fields import FORMAT_VERSION, NAMES, choose
from morgue.render.formats import FORMATS, aliased, writer
from morgue.render.style import Style


class Choice:
    """A format together with its style.

    Attributes:
        name: of the format. for_person: whether it is a table at a terminal, followed by a line about the answer.
        with_passages: whether passages are printed; a search makes them only then.
    """

    __slots__ = ("for_person", "name", "style", "with_passages")

    def __init__(self, name: str, style: Style) -> None:
        self.name = name
        self.style = style
        self.for_person = name == "table" and style.terminal
        self.with_passages = FORMATS[name].passages or "{snippet" in style.template
        if style.fields:
            self.with_passages = bool({"snippet", "snippets", "headline", "label"} & set(style.fields))

    def write(self, result: SearchResult, out: TextIO) -> None:
        """Write `result` to `out` in this format."""
        if result.hits or self.name != "table":  # for an empty table Rich is not imported
            writer(self.name)(result, out, self.style)


def output(settings: Settings, formats: Formats, layout: Layout, passages: Passages | None = None) -> Choice:
    """Return the format chosen by a command line, with its style.

    Args:
        settings: values of options that are not given.
        formats, layout, passages: the options; passages for their marks, None for a command without such options.

    Raises:
        UsageError: two formats at once, an unknown field or template name, or another format version.
    """
    terminal = is_terminal(sys.stdout)
    name = _format(settings, formats, layout, terminal)
    if layout.format_version not in (None, FORMAT_VERSION):
        raise UsageError(
            f"unsupported format version {layout.format_version}", hint=f"this morgue writes {FORMAT_VERSION}"
        )
    fields = settings.pick("fields", layout.fields) if name not in ("ids", "paths", "template") else ""
    template = layout.template or ""
    if template:
        from morgue.render.template import parse

        parse(template, NAMES)
    width = settings.pick("width", layout.width)
    marks = passages or Passages()
    return Choice(
        name,
        Style(
            fields=choose(fields) if fields else (),
            template=template,
            mark_open=_unescaped(marks.mark_open) or settings.pick("mark-open") or None,
            mark_close=_unescaped(marks.mark_close) or settings.pick("mark-close") or None,
            headers=layout.headers,
            raw=layout.raw,
            null=layout.null,
            meta=layout.meta,
            color=wants_color(settings.pick("color", layout.color), terminal),
            terminal=terminal,
            width=width or (terminal_width() if terminal else 0),
        ),
    )


def _format(settings: Settings, formats: Formats, layout: Layout, terminal: bool) -> str:
    if chosen := formats.chosen(*(["template"] if layout.template else [])):
        return chosen
    if layout.null:
        return "ids"
    if layout.meta:
        return "json"
    configured = aliased(settings.pick("format"))
    if formats.format_ != "auto" and configured != "auto":
        if configured not in FORMATS:
            raise UsageError(f"unknown format {configured!r} in settings", hint=f"known: auto, {', '.join(FORMATS)}")
        return configured
    return "table" if terminal else "text"


def _unescaped(mark: str | None) -> str | None:
    r"""Return `mark` with `\e` replaced by ESC, nothing else."""
    return mark.replace("\\e", "\x1b") if mark else mark


def listed_fields() -> int:
    """Print the names of the fields (`--fields` without a value); return the exit code."""
    sys.stdout.write("\n".join(NAMES) + "\n")
    return FOUND
