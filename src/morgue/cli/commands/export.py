"""`morgue export`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError


def export(
    words: o.Query = [],  # noqa: B006
    *,
    output: Annotated[
        str | None,
        Opt(
            "--output", "-o", metavar="FILE", help="Write to FILE, gzip-compressed if it ends in .gz (default: stdout)."
        ),
    ] = None,
    to: Annotated[
        str,
        Opt(
            "--to",
            choices=("jsonl", "whoosh"),
            help="Format: records as JSON Lines, or an index in Whoosh's own format, in the folder given by -o or as"
            " the first word.",
        ),
    ] = "jsonl",
    filters: o.Filters,
    reading: o.Reading,
    index: o.IndexFolder = None,
    quiet: o.Quiet = False,
) -> int:
    """Export all articles, or those that match, as JSON Lines without loss.

    Examples:
    morgue export -o archive.jsonl.gz
    morgue export --since 2026 --location Japan | jq -r .headline
    morgue export --to whoosh FOLDER
    """
    from morgue.archive import Archive
    from morgue.cli.output_file import written
    from morgue.render.as_json import dump

    settings = Settings()
    if to == "whoosh":
        output, words = (output, words) if output else (next(iter(words), None), words[1:])
        if not output:
            raise UsageError("--to whoosh needs a folder", hint="morgue export --to whoosh FOLDER")
    options = o.search_options(settings, filters, reading, words)
    voice = Voice(quiet=settings.pick("quiet", quiet) or (output is None and not sys.stderr.isatty()))
    if to == "whoosh":
        from morgue.whoosh.export import export as export_to

        with Archive.open(settings.pick("index", index)) as archive:
            number = export_to(archive.records(o.query_text(words), options), str(output))
        voice.say(f"{number:,} articles exported")
        return FOUND if number else NOTHING_FOUND
    number = 0
    with Archive.open(settings.pick("index", index)) as archive, written(output) as out:
        for record in archive.records(o.query_text(words), options):
            out.write((dump(record) + "\n").encode())
            number += 1
    voice.say(f"{number:,} articles exported")
    return FOUND if number else NOTHING_FOUND
