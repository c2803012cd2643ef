"""A page as help: plain text in a pipe, Rich's panels at a terminal. Rich is imported for a terminal alone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from textwrap import wrap

from morgue.cli.pages import Entry, Page, Section
from morgue.cli.streams import is_terminal
from morgue.render.console import terminal_width, wants_color

_MAX_COLUMNS = 100
_NAMES_SHARE = 0.4  # of the columns, at most; longer names are on a line of their own
_GAP = 2  # columns between names and text
# Colours of the fixed part of the 256, with a contrast of at least 3 to dark and to light backgrounds. What the first
# 16 look like is up to the terminal: where there are no others, names are bold and nothing is coloured.
_STYLES = ("bold color(31)", "color(130)", "color(244)")  # names, values, borders
_FEW_COLORS_STYLES = ("bold", "", "")
_NOTE = re.compile(r"\[(?:default|at least)[^]]*]")  # is not broken


def help_text(page: Page) -> str:
    """Return `page` as it is to be printed on stdout."""
    width = min(terminal_width(), _MAX_COLUMNS)
    if is_terminal(sys.stdout) and os.environ.get("TERM") not in ("dumb", "unknown"):
        return _panels(page, width, color=wants_color("auto", terminal=True))
    return _plain(page, width)


def _plain(page: Page, width: int) -> str:
    out = [*_usage(page, width), ""]
    for paragraph in page.about:
        out += [*(f"  {line}" for line in _wrapped(paragraph, width - 2)), ""]
    for section in page.sections:
        out += [f"{section.heading}:", *(f"  {''.join(parts)}" for parts in _rows(page, section, width - 2)), ""]
    if page.examples:
        out += ["Examples:", *(f"  {line}".rstrip() for line in page.examples), ""]
    out += _wrapped(page.closing, width)
    return "\n".join(out).rstrip() + "\n"


def _panels(page: Page, width: int, *, color: bool) -> str:
    from io import StringIO

    from rich.box import ROUNDED
    from rich.console import Console
    from rich.panel import Panel
    from rich.text import Text

    deep = "256" in os.environ.get("TERM", "") or os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system=("256" if deep else "standard") if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    names_style, value_style, border = _STYLES if deep else _FEW_COLORS_STYLES
    first, *rest = _usage(page, width)
    console.print(Text.assemble(("Usage:", "bold"), first.removeprefix("Usage:")), *rest, sep="\n")
    for paragraph in page.about:
        console.print("", *_wrapped(paragraph, width), sep="\n")
    console.print()
    for section in page.sections:
        rows = [
            Text.assemble((names, names_style), (value, value_style), text)
            for names, value, text in _rows(page, section, width - 4)
        ]
        title = Text(section.heading, "bold default")
        console.print(Panel(Text("\n").join(rows), box=ROUNDED, title=title, title_align="left", border_style=border))
    if page.examples:
        console.print("", Text("Examples:", "bold"), sep="\n")
        for line in page.examples:  # in no panel and never broken, as they are to be copied
            console.print(f"  {line}", soft_wrap=True)
    if page.closing:
        console.print("", *_wrapped(page.closing, width), sep="\n")
    return out.getvalue()


def _usage(page: Page, width: int) -> list[str]:
    start = f"Usage: {page.title} "
    return wrap(page.usage, width, initial_indent=start, subsequent_indent=" " * len(start))


def _wrapped(text: str, width: int) -> list[str]:
    held = _NOTE.sub(lambda note: note[0].replace(" ", "\xa0"), text)
    return [line.replace("\xa0", " ") for line in wrap(held, width, break_long_words=False, break_on_hyphens=False)]


def _rows(page: Page, section: Section, width: int) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of a section, each as names, value and rest. All texts of a page begin in one column."""
    entries = [
        entry for other in page.sections for entry in other.entries if _dashed(entry) == _dashed(section.entries[0])
    ]
    widths = [len("".join(_names(entry))) for entry in entries]
    most = int(width * _NAMES_SHARE)
    column = max((size for size in widths if size <= most), default=most) + _GAP
    for entry in section.entries:
        names, value = _names(entry)
        text = _wrapped(entry.text, width - column)
        before = " " * (column - len(names) - len(value))
        if len(before) < _GAP:
            yield names, value, ""
        else:
            yield names, value, before + text.pop(0)
        for line in text:
            yield "", "", " " * column + line


def _dashed(entry: Entry) -> bool:
    return entry.names[0].startswith("-")


def _names(entry: Entry) -> tuple[str, str]:
    """Return `-n, --limit ` and `N`; an option without a letter is indented by the width of one."""
    indent = "    " if entry.names[0].startswith("--") else ""
    return f"{indent}{', '.join(entry.names)}{' ' if entry.value else ''}", entry.value
