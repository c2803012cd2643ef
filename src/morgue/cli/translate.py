"""`morgue translate`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.command import Opt
from morgue.cli.streams import Voice
from morgue.config import Settings
from morgue.errors import FOUND

DIALECTS = ("native", "lexis", "factiva", "lucene")


def translate(
    words: o.Query,
    *,
    source: Annotated[
        str, Opt("--from", metavar="SYNTAX", choices=DIALECTS, help="native, lexis, factiva or lucene.")
    ] = "native",
    tz: o.Zone = None,
    tree: Annotated[bool, Opt("--tree", help="Print how it is understood, an outline.")] = False,
    quiet: o.Quiet = False,
) -> int:
    """Put a query from another query language into morgue's own.

    Examples:
    morgue translate --from lexis 'HEADLINE(oil) w/5 recycl!'
    morgue translate --from factiva 'oil near5 spill and hd=tanker'
    """
    from morgue.cli.search import tell
    from morgue.query import ParseOptions, outline, parse, to_text

    settings = Settings()
    zone = settings.pick("tz", tz) or None
    parsed = parse(o.query_text(words), options=ParseOptions(tz=zone), syntax=source)
    if tree:
        sys.stdout.write("\n".join(outline(parsed.tree, tz=zone)) + "\n")
    else:
        sys.stdout.write(to_text(parsed.tree, tz=zone) + "\n")
    tell(parsed.notices, Voice(quiet=settings.pick("quiet", quiet)), parsed.text)
    return FOUND
