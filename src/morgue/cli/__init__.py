"""The commands: options in, a library call, a renderer, an exit code. Nothing else of morgue prints or exits.

`command.py` says what a command and its options are; every other module named after a command holds that one. A
command line that is right is read by `words.py` without Typer; help, completion and mistakes go through `app.py`,
which builds the Typer application from the same functions.
"""
