"""What ingest and import print on stdout: a line for each commit with `--jsonl`, then the summary."""

from __future__ import annotations

import sys

from morgue.cli.streams import abandon
from morgue.model import IngestReport


class Commits:
    """Prints a JSON line for each commit, for `ingest(committed=…)`; what a line counts is on disk.

    The work goes on when the reader closes the pipe.
    """

    def __call__(self, report: IngestReport) -> None:
        from morgue.render.as_json import dump
        from morgue.render.reports import commit_values

        _print_line(dump(commit_values(report)))


def _print_line(text: str) -> None:
    """Print a line of data and flush it; a pipe closed by its reader is ignored."""
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        abandon(sys.stdout)


def summary(report: IngestReport, *, json: bool, jsonl: bool) -> None:
    """Print `report` as a JSON object with `json`, as the last line with `jsonl`; nothing without either."""
    from morgue.render.as_json import dump
    from morgue.render.reports import ingest_values

    if jsonl:
        _print_line(dump({"type": "summary", **ingest_values(report)}))
    elif json:
        _print_line(dump(ingest_values(report)))
