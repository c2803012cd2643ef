"""Colours, widths and Rich consoles: what the terminal and the user's wishes allow."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 110  # columns beyond which lines of text are no longer read easily
NARROWEST = 40


def wants_color(choice: str, terminal: bool, environment: Mapping[str, str] | None = None) -> bool:
    """Return whether to colour.

    Args:
        choice: `auto`, `always` or `never` (`--color`), which outranks the environment.
        terminal: whether the output is a terminal.
        environment: looked up for NO_COLOR (no-color.org), FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM.
    """
    if choice != "auto":
        return choice == "always"
    variables = os.environ if environment is None else environment
    if variables.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if variables.get(name, "0") not in ("", "0", "false"):
            return True
    if variables.get("CLICOLOR") == "0" or variables.get("TERM") in ("dumb", "unknown"):
        return False
    return terminal


def terminal_width(environment: Mapping[str, str] | None = None) -> int:
    """Return the columns of the terminal: COLUMNS when set, else what the terminal says, at most `WIDEST`."""
    variables = os.environ if environment is None else environment
    columns = variables.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(int(columns), NARROWEST)
    for stream in (1, 2, 0):
        try:
            return max(min(os.get_terminal_size(stream).columns, WIDEST), NARROWEST)
        except (OSError, ValueError):
            continue
    return 80


def console(out: TextIO, *, color: bool, width: int, terminal: bool = True) -> Console:
    """Return a Rich console that takes text as it is: no markup, no emoji names, no highlighting of its own.

    Args:
        width: columns; 0 for lines as long as they come.
    """
    from rich.console import Console

    return Console(
        file=out,
        width=width or 1_000_000,
        force_terminal=color,
        no_color=not color,
        color_system="truecolor" if color and _rich_colors() else "standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False if color or not terminal else None,
    )


def _rich_colors() -> bool:
    return os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
