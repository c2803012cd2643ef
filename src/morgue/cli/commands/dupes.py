"""`morgue dupes`."""

import sys

from morgue.cli import options as o
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND


def dupes(
    words: o.Query = [],  # noqa: B006
    *,
    filters: o.Filters,
    reading: o.Reading,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """List duplicate articles: groups of articles that share most of their text.

    Print one article per line as tab-separated id, date, word count and headline, earliest first, with a blank line
    between groups. Without QUERY, compare all articles.

    Examples:
    morgue dupes
    morgue dupes flood --since 2023 --json
    """
    from morgue.archive import Archive

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    options = o.search_options(settings, filters, reading, words, unpublished=True)
    with Archive.open(settings.pick("index", index)) as archive:
        found = archive.dupes(o.query_text(words), options)
    if json:
        keys = ("id", "date", "headline", "words")
        groups = [[dict(zip(keys, member, strict=True)) for member in group.members] for group in found]
        print_json(groups)
    else:
        from morgue.render.safe import line

        for number, group in enumerate(found):
            sys.stdout.write("\n" if number else "")
            for identity, date, headline, count in group.members:
                sys.stdout.write(f"{line(identity)}\t{date}\t{count}\t{line(headline)}\n")
    total = sum(len(group.members) for group in found)
    voice.say(f"{len(found):,} stories in {total:,} articles")
    return FOUND if found else NOTHING_FOUND
