"""`morgue optimize`."""

from morgue.cli import options as o
from morgue.cli.signals import politely
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND


def optimize(
    *, index: o.IndexFolder = None, wait: o.Wait = None, json: o.AsJson = False, quiet: o.Quiet = False
) -> int:
    """Merge the archive's segments into as few as possible, and reclaim the space of deleted articles.

    Examples:
    morgue optimize
    """
    from morgue.archive import Archive
    from morgue.render.reports import size

    settings = Settings()
    with politely():
        done = Archive.optimize(settings.pick("index", index), wait=settings.pick("wait", wait))
    if json:
        print_json(done)
    Voice(quiet=settings.pick("quiet", quiet)).say(
        f"{_segments(done['segments_before'])} ({size(done['bytes_before'])}) before, "
        f"{_segments(done['segments'])} ({size(done['bytes'])}) now"
    )
    return FOUND


def _segments(count: int) -> str:
    return f"{count:,} segment{'' if count == 1 else 's'}"
