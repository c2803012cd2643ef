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
    if not ids:
        raise UsageError("missing ID", hint="- reads ids from stdin")
    folder, seconds = settings.pick("index", index), settings.pick("wait", wait)
    waiting: list[str] = []
    missing: list[str] = []
    deleted = 0

    def answer(*, last: bool = False) -> None:
        """Delete what has been named so far: at the end, and before a pipe is waited for."""
        nonlocal deleted
        if not waiting and not last:
            return
        count, unknown = Archive.delete(folder, waiting, wait=seconds)
        deleted += count
        missing.extend(unknown)
        waiting.clear()
        for identity in unknown:
            voice.warn(f"no such article: {identity!r}")

    with politely():
        for identity in identities(ids, null=null, idle=answer):
            waiting.append(identity)
        answer(last=not deleted and not missing)
    if json:
        print_json({"deleted": deleted, "missing": missing})
    voice.say(f"{deleted:,} deleted")
    return NOTHING_FOUND if missing or not deleted else FOUND
