"""`morgue config`."""

import sys
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.declaration import Arg
from morgue.cli.streams import is_terminal, print_json
from morgue.config import SETTINGS, Settings
from morgue.errors import FOUND, UsageError


def config(
    name: Annotated[str | None, Arg(metavar="SETTING", help="Print only the value of SETTING.")] = None,
    *,
    json: o.AsJson = False,
) -> int:
    """Show settings and where each is set.

    Precedence, highest first: command-line option; environment variable (MORGUE_INDEX); the nearest morgue.toml or
    [tool.morgue] of pyproject.toml; ~/.config/morgue/morgue.toml; default.

    Examples:
    morgue config
    morgue config index
    """
    from morgue.render.safe import line

    settings = Settings()
    if name is not None and name not in SETTINGS:
        raise UsageError(f"unknown setting {name!r}", hint=f"known: {', '.join(SETTINGS)}")
    found = {key: settings.find(key) for key in ([name] if name else SETTINGS)}
    if json:
        values = {key: {"value": value.value, "origin": value.origin} for key, value in found.items()}
        print_json(values, indent=2)
    elif name:
        sys.stdout.write(f"{_shown(found[name].value)}\n")
    else:
        wide = is_terminal(sys.stdout)
        for key, value in found.items():
            row = (key, line(_shown(value.value)), line(value.origin))
            sys.stdout.write(f"{row[0]:<15} {row[1]:<12} {row[2]}\n" if wide else "\t".join(row) + "\n")
    return FOUND


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
