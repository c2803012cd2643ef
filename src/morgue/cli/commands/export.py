"""`morgue export`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND


def export(
    words: o.Query = [],  # noqa: B006
    *,
    output: Annotated[
        str | None,
        Opt(
            "--output", "-o", metavar="FILE", help="Write to FILE, gzip-compressed if it ends in .gz (default: stdout)."
        ),
    ] = None,
    filters: o.Filters,
    reading: o.Reading,
    index: o.IndexFolder = None,
    quiet: o.Quiet = False,
) -> int:
    """Export all articles, or those that match, as JSON Lines without loss.

    Examples:
    morgue export -o archive.jsonl.gz
    morgue export --since 2026 --location Japan | jq -r .headline
    """
    from morgue.archive import Archive
    from morgue.cli.output_file import written
    from morgue.render.as_json import dump

    settings = Settings()
    options = o.search_options(settings, filters, reading, words)
    number = 0
    with Archive.open(settings.pick("index", index)) as archive, written(output) as out:
        for record in archive.records(o.query_text(words), options):
            out.write((dump(record) + "\n").encode())
            number += 1
    Voice(quiet=settings.pick("quiet", quiet) or (output is None and not sys.stderr.isatty())).say(
        f"{number:,} articles exported"
    )
    return FOUND if number else NOTHING_FOUND
