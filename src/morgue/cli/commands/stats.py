"""`morgue stats`."""

import sys

from morgue.cli import options as o
from morgue.cli.streams import is_terminal, print_json
from morgue.config import Settings
from morgue.errors import FOUND
from morgue.render.console import terminal_width, wants_color


def stats(*, index: o.IndexFolder = None, json: o.AsJson = False, color: o.Color = None) -> int:
    """Show archive statistics: articles, dates, size, most frequent values.

    Examples:
    morgue stats
    morgue stats --json | jq .articles
    """
    from morgue.archive import Archive
    from morgue.render.reports import stats_values, write_stats

    settings = Settings()
    with Archive.open(settings.pick("index", index)) as archive:
        found = archive.stats()
    if json:
        print_json(stats_values(found), indent=2)
    else:
        terminal = is_terminal(sys.stdout)
        colored = wants_color(settings.pick("color", color), terminal)
        write_stats(found, sys.stdout, color=colored, width=terminal_width() if terminal else 0)
    return FOUND
