"""`morgue translate`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND

DIALECTS = ("native", "lexis", "factiva", "lucene", "whoosh")


def translate(
    words: o.Query,
    *,
    source: Annotated[
        str,
        Opt(
            "--from",
            metavar="SYNTAX",
            choices=DIALECTS,
            help="Syntax of QUERY: native, lexis, factiva, lucene or whoosh.",
        ),
    ] = "native",
    target: Annotated[
        str,
        Opt(
            "--to",
            metavar="SYNTAX",
            choices=DIALECTS,
            help="Syntax to print: native, lexis, factiva, lucene or whoosh.",
        ),
    ] = "native",
    tz: o.Zone = None,
    tree: Annotated[bool, Opt("--tree", help="Print the parsed query as an outline.")] = False,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Translate a query to another query syntax. Differences in meaning are reported on stderr.

    Examples:
    morgue translate --from lexis 'HEADLINE(oil) w/5 recycl!'
    morgue translate --from factiva 'oil near5 spill and hd=tanker'
    morgue translate --to lucene 'oil w/5 spill' --json
    morgue translate --from whoosh '"oil spill"~5 ANDMAYBE tanker'
    """
    from morgue.cli.notices import report
    from morgue.query import ParseOptions, outline, parse
    from morgue.query.translation import translate as put

    settings = Settings()
    zone = settings.pick("tz", tz) or None
    text = o.query_text(words)
    voice = Voice(quiet=settings.pick("quiet", quiet))
    if tree:
        parsed = parse(text, options=ParseOptions(tz=zone), syntax=source)
        sys.stdout.write("\n".join(outline(parsed.tree, tz=zone)) + "\n")
        report(parsed.notices, voice, text)
        return FOUND
    found = put(text, source, target, ParseOptions(tz=zone))
    if json:
        from morgue.render.as_json import notice_values

        notes = [notice_values(note) for note in found.notes]
        print_json({"query": text, "from": source, "to": target, "text": found.text, "notes": notes})
    else:
        sys.stdout.write(found.text + "\n")
    report(found.notes, voice, text)
    return FOUND
