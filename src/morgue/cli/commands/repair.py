"""`morgue repair`."""

from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.signals import politely
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, SOME_REJECTED

_LOST_SHOWN = 20  # lost articles listed by id


def repair(
    *,
    rebuild: Annotated[bool, Opt("--rebuild", help="Rebuild the whole archive, even if it is not damaged.")] = False,
    index: o.IndexFolder = None,
    wait: o.Wait = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Rebuild a damaged or outdated archive from its stored articles. Lost articles are listed; then exit with 4.

    Examples:
    morgue repair
    morgue repair --rebuild
    """
    from morgue.archive import Archive

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    with politely():
        done = Archive.repair(settings.pick("index", index), rebuild=rebuild, wait=settings.pick("wait", wait))
    lost = list(done.get("lost") or ())
    if json:
        print_json(done, indent=2)
    for identity in lost[:_LOST_SHOWN]:
        voice.warn(f"lost: {identity}")
    if len(lost) > _LOST_SHOWN:
        voice.warn(f"lost: {len(lost) - _LOST_SHOWN:,} more", "--json lists all")
    voice.say(f"{done.get('kept', 0):,} articles kept, {len(lost):,} lost")
    return SOME_REJECTED if lost else FOUND
