"""`morgue ingest`."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

from morgue.cli import input_options as r
from morgue.cli import options as o
from morgue.cli.commit_lines import Commits, summary
from morgue.cli.declaration import Arg, Opt
from morgue.cli.signals import politely
from morgue.cli.streams import Voice, is_terminal
from morgue.config import Settings
from morgue.errors import FOUND, INTERRUPTED, SOME_REJECTED, UsageError
from morgue.model import IngestReport
from morgue.render.console import wants_color
from morgue.runtime.interrupts import shielded

if TYPE_CHECKING:
    from morgue.ingestion.options import IngestOptions


def ingest(
    paths: Annotated[list[str], Arg(metavar="PATH", help="Files or folders to read, or - for stdin.")] = [],  # noqa: B006
    *,
    index: o.IndexFolder = None,
    files: r.Files,
    prune: Annotated[bool, Opt("--prune", help="Delete articles whose file no longer exists.")] = False,
    dry_run: Annotated[bool, Opt("--dry-run", help="Report what would change, without writing.")] = False,
    jobs: Annotated[
        int | None, Opt("--jobs", "-j", metavar="N", minimum=0, help="Use N worker processes (default: 0, automatic).")
    ] = None,
    memory: Annotated[
        str | None, Opt("--memory", metavar="SIZE", help="Memory for postings, such as 64M or 1G (default: 256M).")
    ] = None,
    batch: Annotated[
        int | None, Opt("--batch", metavar="N", minimum=1, help="Commit every N articles (default: 10000).")
    ] = None,
    commit_every: Annotated[
        float | None,
        Opt(
            "--commit-every",
            metavar="SECONDS",
            minimum=0,
            help="Commit what came through a pipe after SECONDS, so that searches find it (default: 5).",
        ),
    ] = None,
    wait: o.Wait = None,
    copy: r.Copy,
    report: Annotated[
        str | None,
        Opt(
            "--report",
            metavar="FILE",
            help="Write rejected input and doubtful values to FILE as JSON Lines.",
            panel=o.OUTPUT,
        ),
    ] = None,
    json: Annotated[bool, Opt("--json", help="Print the summary as a JSON object.", panel=o.OUTPUT)] = False,
    jsonl: Annotated[
        bool, Opt("--jsonl", help="Print a JSON object per commit, then the summary.", panel=o.OUTPUT)
    ] = False,
    color: o.Color = None,
    quiet: o.Quiet = False,
) -> int:
    """Read files and folders into the archive.

    Formats are detected from content. Unchanged files are skipped; changed articles replace their earlier version.
    Ctrl-C keeps what was read so far.

    Examples:
    morgue ingest corpus
    zcat wire.jsonl.gz | morgue ingest -
    find . -name '*.txt' -print0 | morgue ingest --files-from - -0
    morgue ingest clippings --year 1987 --source Reuters --report doubts.jsonl
    """
    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    wanted = r.listed(paths, files)
    if not wanted:
        raise UsageError("missing PATH", hint="name files or folders, or - for stdin")
    options = r.ingest_options(
        settings,
        files,
        copy,
        prune=prune,
        dry_run=dry_run,
        jobs=settings.pick("jobs", jobs),
        memory=_bytes(settings.pick("memory", memory)),
        batch=settings.pick("batch", batch) or 10_000,
        commit_every=settings.pick("commit-every", commit_every),
        wait=settings.pick("wait", wait),
    )
    from morgue.render.reports import ingest_lines

    with politely():
        commits = Commits() if jsonl else None
        done = _run(wanted, settings.pick("index", index), options, voice, settings.pick("color", color), commits)
        with shielded(last=True):  # a signal has nothing left to stop
            if report:
                _write_report(done, report)
            summary(done, json=json, jsonl=jsonl)
            for line in ingest_lines(done):
                voice.say(line)
    if done.interrupted:
        return INTERRUPTED
    return SOME_REJECTED if done.rejected_count else FOUND


def _run(
    paths: list[str], index: str, options: "IngestOptions", voice: Voice, color: str, commits: Commits | None
) -> IngestReport:
    from morgue.ingestion.ingest import ingest as read_in

    stdin = sys.stdin.buffer if "-" in paths else None
    if voice.quiet or not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        return read_in(paths, index, options, stdin=stdin, committed=commits)
    from morgue.render.progress import Bar

    with Bar(sys.stderr, color=wants_color(color, terminal=True)) as bar:
        return read_in(paths, index, options, stdin=stdin, progress=bar, committed=commits)


def _bytes(text: str) -> int:
    """Return a size such as `256M` or `1G` in bytes, 0 for ""."""
    if not text:
        return 0
    units = {"K": 10, "M": 20, "G": 30}
    clean = text.strip().upper().removesuffix("IB").removesuffix("B")
    number, unit = (clean[:-1], clean[-1]) if clean[-1:] in units else (clean, "")
    if not number.isascii() or not number.isdecimal():
        raise UsageError(f"invalid --memory {text!r}: expected a size such as 256M or 1G")
    return int(number) << units.get(unit, 0)


def _write_report(report: IngestReport, path: str) -> None:
    from morgue.render.as_json import dump
    from morgue.render.reports import report_records

    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        for record in report_records(report):
            stream.write(dump(record) + "\n")
