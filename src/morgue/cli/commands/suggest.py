"""`morgue suggest`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.completion import columns
from morgue.cli.declaration import Arg, Opt
from morgue.cli.streams import print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND
from morgue.fields import VALUE_FACETS


def suggest(
    prefix: Annotated[str, Arg(metavar="PREFIX", help="First letters of a word or name.")],
    *,
    field: Annotated[
        str,
        Opt(
            "--field",
            metavar="NAME",
            help=f"Complete values of field NAME: text, {', '.join(VALUE_FACETS)}.",
            complete=columns,
        ),
    ] = "text",
    limit: Annotated[int, Opt("--limit", "-n", metavar="N", minimum=1, help="Show at most N suggestions.")] = 10,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
) -> int:
    """Complete a word, byline or place found in the archive. Print count<TAB>value lines, most frequent first.

    Examples:
    morgue suggest coc
    morgue suggest 'Sa' --field location
    """
    from morgue.archive import Archive
    from morgue.render.safe import line

    with Archive.open(Settings().pick("index", index)) as archive:
        found = archive.suggest(prefix, field, limit)
    if json:
        print_json([{"value": facet.value, "count": facet.count} for facet in found])
    else:
        sys.stdout.writelines(f"{facet.count}\t{line(facet.value)}\n" for facet in found)
    return FOUND if found else NOTHING_FOUND
