"""The command line: options in, a library call, a renderer, an exit code. No other package prints or exits.

`declaration.py` defines commands and their options; `commands/` has a module for each command. `argv.py` reads valid
command lines without Typer; completion, mistakes and help go through `typer_app.py`, which builds the Typer application
from the same declarations. `from morgue.cli import app` is that application, for other programs and their tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typer import Typer

    app: Typer

__all__ = ["app"]


def __getattr__(name: str) -> Any:
    # Made when asked for: a command line that is read without Typer must not import it.
    if name == "app":
        from morgue.cli.typer_app import application

        globals()["app"] = made = application()
        return made
    raise AttributeError(f"module 'morgue.cli' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
