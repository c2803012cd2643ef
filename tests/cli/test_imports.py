"""What a command loads: start-up is counted in imports, which no busy machine changes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.cli_process import environment

HEAVY = {"typer", "rich", "numpy", "whoosh", "yaml", "selectolax", "pydantic", "sqlite3", "asyncio"}


def modules(*args: str) -> set[str]:
    """Modules in memory once a command line has run."""
    code = (
        "import sys\nfrom morgue.cli.start import run\ncode = run(sys.argv[1:])\n"
        "sys.stderr.write('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, env=environment(), timeout=60, check=True
    )
    return set(done.stderr.decode().splitlines()[-1].split())


def loaded(*args: str) -> set[str]:
    """Top-level modules in memory once a command line has run."""
    return {name.partition(".")[0] for name in modules(*args)}


@pytest.mark.parametrize(
    "args", [["search", "oil"], ["search", "oil", "--json"], ["search", "oil", "-l"], ["count", "oil"]]
)
def test_a_search_in_a_pipe_loads_no_library_it_does_not_need(sample_index: str, args: list[str]) -> None:
    assert loaded(*args, "-i", sample_index) & HEAVY == set()


def test_a_search_at_a_terminal_loads_rich_and_no_more(sample_index: str) -> None:
    assert loaded("search", "oil", "--table", "-i", sample_index) & HEAVY == {"rich"}


@pytest.mark.parametrize("args", [["--help"], ["search", "--help"], ["help", "search"]])
def test_help_loads_typer_and_no_more(args: list[str]) -> None:
    assert loaded(*args) & HEAVY == {"typer"}


@pytest.mark.parametrize(
    ("args", "commands"),
    [(["--help"], set()), (["show", "--help"], {"show"}), (["show"], {"show"}), (["help", "show"], {"help_", "show"})],
)
def test_help_loads_the_commands_that_it_is_about(args: list[str], commands: set[str]) -> None:
    room = "morgue.cli.commands."

    assert {name.removeprefix(room) for name in modules(*args) if name.startswith(room)} == commands


def test_the_library_loads_neither_typer_nor_rich() -> None:
    code = "import sys, morgue; morgue.Archive; morgue.ingest; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), timeout=60, check=True)

    assert set(done.stdout.decode().split()) & {"typer", "rich", "pydantic"} == set()
