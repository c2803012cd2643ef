"""`morgue parse`."""

import sys
from typing import Annotated

from morgue.cli import input_options as r
from morgue.cli import options as o
from morgue.cli.declaration import Arg, Opt
from morgue.cli.streams import Voice, flushed, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, SOME_REJECTED, UsageError


def parse(
    paths: Annotated[list[str], Arg(metavar="PATH", help="Files or folders to read, or - for stdin.")] = [],  # noqa: B006
    *,
    files: r.Files,
    copy: r.Copy,
    explain: Annotated[
        bool,
        Opt("--explain", help="Print each field with its provenance, and refused values, for reading.", panel=o.OUTPUT),
    ] = False,
    fields: Annotated[
        str | None,
        Opt(
            "--fields",
            metavar="NAMES",
            bare="?",
            help="Print these fields, comma-separated; --fields alone lists all.",
            panel=o.OUTPUT,
        ),
    ] = None,
    quiet: o.Quiet = False,
) -> int:
    """Print what `morgue ingest` would store, as JSON Lines. No archive is needed.

    Examples:
    morgue parse corpus | jq -r '[.date, .location, .headline] | @tsv'
    morgue parse --explain corpus/wire
    """
    from morgue.ingestion.ingest import parse as read_files
    from morgue.json_record import KEYS, to_record
    from morgue.model import Rejected
    from morgue.render.fields import choose
    from morgue.render.reports import explained

    if fields == "?":
        sys.stdout.write("\n".join(KEYS) + "\n")
        return FOUND
    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    wanted = r.listed(paths, files)
    if not wanted:
        raise UsageError("missing PATH", hint="name files or folders, or - for stdin")
    names = choose(fields, KEYS) if fields else ()
    options = r.ingest_options(settings, files, copy)
    rejected = articles = 0
    for item in read_files(wanted, options, stdin=sys.stdin.buffer if "-" in wanted else None, idle=flushed):
        if isinstance(item, Rejected):
            rejected += 1
            voice.warn(f"{item.where}: {item.why}")
            continue
        articles += 1
        record = to_record(item, words=item.words)
        if explain:
            sys.stdout.write(explained(record) + "\n\n")
        else:
            print_json({name: record.get(name) for name in names} if names else record)
    if rejected:
        return SOME_REJECTED
    return FOUND if articles else NOTHING_FOUND
