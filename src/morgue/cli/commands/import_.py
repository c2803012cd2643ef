"""`morgue import`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.commit_lines import Commits, summary
from morgue.cli.declaration import Arg, Opt
from morgue.cli.signals import politely
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND, INTERRUPTED, SOME_REJECTED, UsageError


def import_(
    path: Annotated[str, Arg(metavar="FILE", help="Export to read (.jsonl or .jsonl.gz), or - for stdin.")],
    *,
    index: o.IndexFolder = None,
    wait: o.Wait = None,
    json: Annotated[bool, Opt("--json", help="Print the summary as a JSON object.", panel=o.OUTPUT)] = False,
    jsonl: Annotated[
        bool, Opt("--jsonl", help="Print a JSON object per commit, then the summary.", panel=o.OUTPUT)
    ] = False,
    quiet: o.Quiet = False,
) -> int:
    """Add articles from an export of `morgue export`, without loss. Articles with the same id are replaced.

    Examples:
    morgue import archive.jsonl.gz
    morgue export --index old --since 2020 | morgue import --index new -
    """
    import gzip

    from morgue.archive import Archive
    from morgue.render.reports import ingest_lines

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    with politely(), stream:
        peeked = stream.peek(2)[:2] if hasattr(stream, "peek") else b""
        try:
            source = gzip.GzipFile(fileobj=stream) if peeked == b"\x1f\x8b" else stream
            report = Archive.load(
                settings.pick("index", index),
                source,  # type: ignore[arg-type]  # GzipFile reads as a BinaryIO
                wait=settings.pick("wait", wait),
                committed=Commits() if jsonl else None,
            )
        except (EOFError, gzip.BadGzipFile) as error:
            raise UsageError(f"{path} is damaged: {error}") from None
    summary(report, json=json, jsonl=jsonl)
    for line in ingest_lines(report):
        voice.say(line)
    if report.interrupted:
        return INTERRUPTED
    return SOME_REJECTED if report.rejected_count else FOUND
