"""`morgue check`."""

from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Opt
from morgue.cli.streams import Voice, complain, print_json
from morgue.config import Settings
from morgue.errors import FOUND, INDEX_PROBLEM


def check(
    *,
    fast: Annotated[bool, Opt("--fast", help="Check only files, sizes and counts, not checksums.")] = False,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Check every file of the archive against its checksums and counts. Exit with 3 if any is damaged.

    Examples:
    morgue check
    morgue check --fast --quiet || echo 'the archive is damaged'
    """
    from morgue.archive import Archive

    settings = Settings()
    folder = settings.pick("index", index)
    faults = Archive.check(folder, fast=fast)
    if json:
        print_json({"path": str(folder), "sound": not faults, "faults": faults}, indent=2)
    for fault in faults:
        ids = list(fault.get("articles") or ())
        named = ", ".join(ids[:5]) + (f" and {len(ids) - 5:,} more" if len(ids) > 5 else "")
        complain(f"{fault['file']}: {fault['fault']}" + (f" (articles: {named})" if named else ""))
    if faults:
        complain(f"{folder} is damaged", "morgue repair rebuilds what can be rebuilt")
        return INDEX_PROBLEM
    Voice(quiet=settings.pick("quiet", quiet)).say(f"{folder} is sound")
    return FOUND
