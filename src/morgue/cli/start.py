"""Entry point of every command line: reads it, runs it, returns an exit code."""

from __future__ import annotations

import os
import sys

from morgue.cli.outcome import perform
from morgue.cli.streams import prepare

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
    from morgue.cli.argv import Unclear, moved, read
    from morgue.cli.table import COMMANDS, load

    args = moved(args)
    if args and args[0] in COMMANDS and not os.environ.get("_MORGUE_COMPLETE"):
        command = load(args[0])
        try:
            values = read(command, args[1:])
        except Unclear:
            pass
        else:
            return perform(command.run, values)
    from morgue.cli.typer_app import run_typer

    return run_typer(args)


def exit_with(code: int) -> None:
    """Flush stdout and end the process with an exit code."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        from morgue.cli.streams import abandon

        abandon(sys.stdout)
    sys.exit(code)
