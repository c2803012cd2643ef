"""`morgue count`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.notices import report
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND


def count(
    words: o.Query = [],  # noqa: B006
    *,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    reading: o.Reading,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    exit_zero: Annotated[bool, Opt("--exit-zero", help="Exit with 0 even if nothing is found.")] = False,
    quiet: o.Quiet = False,
) -> int:
    """Count matching articles.

    Examples:
    morgue count cocoa --since 1987-03
    morgue count '*' --location Brazil
    """
    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    options = o.search_options(settings, filters, reading, words, unpublished=unpublished)
    query = o.query_text(words)
    o.needs_words(query, options)
    from morgue.archive import Archive

    with Archive.open(settings.pick("index", index)) as archive:
        total, notices = archive.count(query, options)
        if json:
            from morgue.render.as_json import notice_values
            from morgue.render.fields import FORMAT_VERSION

            values = {"format_version": FORMAT_VERSION, "query": query, "total": total}
            warnings = [notice_values(notice) for notice in notices]
            print_json({**values, "generation": archive.generation, "warnings": warnings})
        else:
            sys.stdout.write(f"{total}\n")
    report(notices, voice, query)
    return FOUND if total or exit_zero else NOTHING_FOUND
