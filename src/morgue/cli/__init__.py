"""The command line: options in, a library call, a renderer, an exit code. No other package prints or exits.

`declaration.py` defines commands and their options; `commands/` has a module for each command. `argv.py` reads valid
command lines without Typer; help, completion and mistakes go through `app.py`, which builds the Typer application
from the same functions.
"""
