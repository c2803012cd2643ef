"""`morgue similar`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from morgue.cli import options as o
from morgue.cli.completion import articles
from morgue.cli.declaration import Arg
from morgue.cli.ids import near
from morgue.cli.notices import report
from morgue.cli.output_options import Formats, Layout
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError

if TYPE_CHECKING:
    from morgue.archive import Archive
    from morgue.model import Article


def similar(
    article: Annotated[str, Arg(help="Article id, or a file with an article.", metavar="ID|FILE", complete=articles)],
    *,
    filters: o.Filters,
    unpublished: o.Unpublished = False,
    tz: o.Zone = None,
    limit: o.Limit = None,
    collapse: o.Collapse = False,
    formats: Formats,
    fields: o.Fields = None,
    null: o.Null = False,
    color: o.Color = None,
    width: o.Width = None,
    index: o.IndexFolder = None,
    quiet: o.Quiet = False,
) -> int:
    """Find articles similar to an article or file: those that share its most distinctive words.

    Examples:
    morgue similar corpus/wire/ap/japan-skorea-remains.txt
    morgue similar README.md -n 5 --jsonl
    """
    from morgue.archive import Archive
    from morgue.cli.output import listed_fields, output

    if fields == "?":
        return listed_fields()
    settings = Settings()
    choice = output(settings, formats, Layout(fields=fields, null=null, color=color, width=width))
    voice = Voice(quiet=settings.pick("quiet", quiet))
    most = settings.pick("limit", limit)
    options = o.search_options(
        settings,
        filters,
        o.Reading(tz=tz),
        [],
        unpublished=unpublished,
        limit=most or None,
        collapse=collapse,
        snippets=1,
    )
    with Archive.open(settings.pick("index", index)) as archive:
        result = archive.similar(_article(archive, article), options)
        choice.write(result, sys.stdout)
    sys.stdout.flush()
    report(result.notices, voice, "")
    return FOUND if result.total else NOTHING_FOUND


def _article(archive: "Archive", named: str) -> "str | Article":
    """Return `named` if it is an id in the archive, else the first article in the file of that name."""
    if archive.record(named) is not None:
        return named
    if not Path(named).is_file():
        raise UsageError(f"no such article or file: {named!r}", hint=near(archive, named))
    from morgue.ingestion.ingest import parse
    from morgue.model import Rejected

    for found in parse([named]):
        if isinstance(found, Rejected):
            raise UsageError(f"{found.where}: {found.why}")
        return found
    raise UsageError(f"no article in {named}")
