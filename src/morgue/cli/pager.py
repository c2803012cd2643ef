"""A pager for long output at a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from morgue.cli.streams import complain
from morgue.config import Settings


def paged(write: Callable[[TextIO], None], settings: Settings, *, color: bool) -> None:
    """Print what `write` writes to a stream through MORGUE_PAGER (or `pager` of `settings`), else PAGER, else less.

    Text that fits on the screen is not paged; `cat` or an empty MORGUE_PAGER turn paging off. `color`: whether the
    text has colours, which less must then pass on.
    """
    held = io.StringIO()
    write(held)
    text = held.getvalue()
    command = _command(settings)
    if not command or _fits(text) or not _through(command, text, color=color):
        sys.stdout.write(text)


def _command(settings: Settings) -> list[str]:
    import shlex
    import shutil

    if os.environ.get("MORGUE_PAGER") == "":
        return []
    chosen = settings.pick("pager") or os.environ.get("PAGER", "less")
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        return []
    if not words or words[0] == "cat" or shutil.which(words[0]) is None:
        return []
    return words


def _fits(text: str) -> bool:
    try:
        return text.count("\n") < os.get_terminal_size(1).lines - 1
    except OSError:
        return False


def _through(command: list[str], text: str, *, color: bool) -> bool:
    import subprocess

    environment = dict(os.environ)
    # -R passes colours only, -F exits when all fits, -X keeps the text on the screen (as git does)
    environment.setdefault("LESS", "FRX" if color else "FX")
    environment.setdefault("LESSCHARSET", "utf-8")
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError as error:
        complain(f"cannot run the pager {command[0]}: {error.strerror}")
        return False
    try:
        process.communicate(text.encode("utf-8", "replace"))
    except KeyboardInterrupt:
        process.wait()  # the pager handles Ctrl-C
    return True
