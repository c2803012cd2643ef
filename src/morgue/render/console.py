"""Whether to colour, the terminal's width, and Rich consoles."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_MAX_COLUMNS = 110  # unless COLUMNS says more
_MIN_COLUMNS = 40
_DEFAULT_COLUMNS = 80


def wants_color(choice: str, terminal: bool) -> bool:
    """Return whether to colour.

    Args:
        choice: `always` or `never`, or `auto`, for which NO_COLOR (no-color.org), FORCE_COLOR, CLICOLOR_FORCE,
            CLICOLOR and TERM of the environment decide.
        terminal: whether the output is a terminal, which decides when none of them does.
    """
    if choice != "auto":
        return choice == "always"
    variables = os.environ
    if variables.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if variables.get(name, "0") not in ("", "0", "false"):
            return True
    if variables.get("CLICOLOR") == "0" or variables.get("TERM") in ("dumb", "unknown"):
        return False
    return terminal


def terminal_width() -> int:
    """Return the columns to use: COLUMNS if set, else the width of the terminal, at most `_MAX_COLUMNS`."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return max(int(columns), _MIN_COLUMNS)
    for stream in (1, 2, 0):
        try:
            return max(min(os.get_terminal_size(stream).columns, _MAX_COLUMNS), _MIN_COLUMNS)
        except (OSError, ValueError):
            continue
    return _DEFAULT_COLUMNS


def console(out: TextIO, *, color: bool, width: int, terminal: bool = True) -> Console:
    """Return a Rich console on `out` that prints text unchanged: no markup, no emoji names, no highlighting.

    Args:
        color: whether to colour. width: columns; 0 for no wrapping.
        terminal: False for an `out` on which the calls of an old Windows console must not be tried.
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
