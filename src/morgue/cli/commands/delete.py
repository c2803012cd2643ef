"""`morgue delete`."""

from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.ids import identities
from morgue.cli.signals import politely
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError


def delete(
    ids: o.Ids = [],  # noqa: B006
    *,
    null: Annotated[bool, Opt("--null", "-0", help="Ids on stdin end with NUL.")] = False,
    index: o.IndexFolder = None,
    wait: o.Wait = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Delete articles from the archive by id. The files they were read from are not touched.

    Examples:
    morgue delete press/2.txt
    morgue search status:canceled --include-canceled --all -0 | morgue delete -0 -
    """
    from morgue.archive import Archive

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    wanted = identities(ids, null=null)
    if not wanted and not ids:
        raise UsageError("missing ID", hint="- reads ids from stdin")
    with politely():
        deleted, missing = Archive.delete(settings.pick("index", index), wanted, wait=settings.pick("wait", wait))
    if json:
        print_json({"deleted": deleted, "missing": missing})
    for identity in missing:
        voice.warn(f"no such article: {identity!r}")
    voice.say(f"{deleted:,} deleted")
    return NOTHING_FOUND if missing or not deleted else FOUND
