"""`morgue help`."""

from typing import Annotated

from morgue.cli.completion import command_names
from morgue.cli.declaration import Arg


def help_(
    name: Annotated[
        str | None,
        Arg(metavar="COMMAND", help="Command to show help for (default: list all commands).", complete=command_names),
    ] = None,
) -> int:
    """Show help for a command, or list all commands.

    Examples:
    morgue help
    morgue help search
    """
    from morgue.cli.start import dispatch

    return dispatch([name, "--help"] if name else ["--help"])
