"""Entry point of every command line: reads it, runs it, returns an exit code."""

from __future__ import annotations

import os
import sys

from morgue.cli.outcome import perform
from morgue.cli.streams import prepare

# Options that may also come before the command's name: those with a value, and those without.
_WITH_VALUE = ("--index", "-i", "--color")
_ALONE = ("--quiet", "-q", "--no-pager")


ends_process = False  # whether nothing runs in this process after the command


def main(args: list[str]) -> None:
    """Run a command line (without the program's name) and end the process with its exit code."""
    global ends_process
    ends_process = True
    exit_with(run(args))


def run(args: list[str]) -> int:
    """Run a command line (without the program's name) and return its exit code."""
    prepare()
    return perform(dispatch, {"args": args})


def dispatch(args: list[str]) -> int:
    """Run a command line read by `argv.read`, or through Typer if that cannot read it; return the exit code."""
    from morgue.cli.argv import Unclear, read
    from morgue.cli.table import COMMANDS, load

    args = moved(args)
    if args and args[0] in COMMANDS and not os.environ.get("_MORGUE_COMPLETE"):
        command = load(args[0])
        try:
            values = read(command, args[1:])
        except Unclear:
            from morgue.cli.app import run_command

            return run_command(command, args[1:])
        return perform(command.run, values)
    from morgue.cli.app import run_typer

    return run_typer(args)


def moved(args: list[str]) -> list[str]:
    """Return the line with the shared options before the command's name moved behind it."""
    place = 0
    while place < len(args):
        name, equals, _ = args[place].partition("=")
        if name in _WITH_VALUE and (equals or place + 1 < len(args)):
            place += 1 if equals else 2
        elif args[place] in _ALONE:
            place += 1
        else:
            break
    if place == 0 or place >= len(args) or args[place].startswith("-"):
        return args
    return [args[place], *args[:place], *args[place + 1 :]]


def exit_with(code: int) -> None:
    """Flush stdout and end the process with an exit code."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        from morgue.cli.streams import abandon

        abandon(sys.stdout)
    sys.exit(code)
