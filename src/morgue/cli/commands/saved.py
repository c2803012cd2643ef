"""`morgue saved`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Arg
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError

ACTIONS = ("add", "list", "rm", "run")


def saved(
    action: Annotated[str, Arg(metavar="ACTION", help="One of add, list (the default), rm or run.")] = "list",
    words: Annotated[
        list[str], Arg(metavar="NAME [QUERY]", help="Name of the query; for add, also the query.", dashed=True)
    ] = [],  # noqa: B006
    *,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Add, list, remove or run saved queries. Use @NAME in any query to insert a saved one.

    Saved queries are stored in morgue.saved.json beside the nearest morgue.toml, else in ~/.config/morgue; a [saved]
    table in morgue.toml defines more. `run NAME` is `morgue search @NAME`, which takes all search options.

    Examples:
    morgue saved add desk 'cocoa OR coffee'
    morgue search '@desk price*' --sort newest
    morgue saved list
    morgue saved run desk
    morgue saved rm desk
    """
    from morgue import saved as store

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    name = words[0].removeprefix("@") if words else ""
    if action == "list" and not words:
        return _list(settings, json=json)
    if action == "add" and len(words) > 1:
        path = store.save(settings, name, o.query_text(words[1:]))
        voice.say(f"@{name} is saved in {path}")
        return FOUND
    if action == "rm" and len(words) == 1:
        if store.remove(settings, name):
            return FOUND
        raise UsageError(f"no such saved query: @{name}", hint="morgue saved list shows them")
    if action == "run" and len(words) == 1:
        from morgue.cli.start import dispatch

        options = [*(["--index", index] if index else []), *(["--json"] if json else []), *(["-q"] if quiet else [])]
        return dispatch(["search", f"@{name}", *options])
    wanted = {"add": "a name and a query", "list": "nothing", "rm": "a name", "run": "a name"}
    if action not in wanted:
        raise UsageError(f"unknown action {action!r}", hint=f"known: {', '.join(ACTIONS)}")
    raise UsageError(f"saved {action} takes {wanted[action]}", hint="morgue saved --help shows examples")


def _list(settings: Settings, *, json: bool) -> int:
    from morgue.render.safe import line
    from morgue.saved import saved_queries

    found = saved_queries(settings)
    if json:
        values = [{"name": name, "query": each.query, "origin": each.origin} for name, each in found.items()]
        print_json(values)
    else:
        sys.stdout.writelines(f"{name}\t{line(each.query)}\n" for name, each in found.items())
    return FOUND if found else NOTHING_FOUND
