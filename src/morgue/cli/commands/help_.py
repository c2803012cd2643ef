"""`morgue help`."""

from typing import Annotated

from morgue.cli.completion import command_names
from morgue.cli.declaration import Arg


def help_(
    name: Annotated[str | None, Arg(metavar="COMMAND", help="Name of a command.", complete=command_names)] = None,
) -> int:
    """Show the help of a command, or the list of all commands.

    Examples:
    morgue help
    morgue help search
    """
    from morgue.cli.start import dispatch

    return dispatch([name, "--help"] if name else ["--help"])
