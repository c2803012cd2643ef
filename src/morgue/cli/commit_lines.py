"""What commands that write print on stdout: a line for each commit with `--jsonl`, then the summary."""

from __future__ import annotations

import sys

from morgue.cli.streams import abandon
from morgue.model import IngestReport


class Commits:
    """Prints a JSON line for each commit, for `ingest(committed=…)`. What a line counts is on disk.

    A reader that closes the pipe does not stop the work.
    """

    def __call__(self, report: IngestReport) -> None:
        from morgue.render.as_json import dump
        from morgue.render.reports import commit_values

        print_line(dump(commit_values(report)))


def print_line(text: str) -> None:
    """Print a line of data at once; nothing is said to a reader that has gone."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        abandon(sys.stdout)


def summary(report: IngestReport, *, json: bool, jsonl: bool) -> None:
    """Print the summary of an ingest or import as data, with --json or --jsonl."""
    from morgue.render.as_json import dump
    from morgue.render.reports import ingest_values

    if jsonl:
        print_line(dump({"type": "summary", **ingest_values(report)}))
    elif json:
        print_line(dump(ingest_values(report)))
