"""Who may know whom: each library in its rooms, and no arrow that points back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "morgue"

# Library -> the rooms (folders or modules directly under morgue) that may import it.
ONLY_IN = {
    "typer": {"cli"},
    "rich": {"cli", "render"},
    "whoosh": {"engine"},
    "Stemmer": {"analysis"},
}
# Room -> rooms of ours that it must not import.
NEVER = {
    "model": {"*"},
    "errors": {"*"},
    "render": {"cli", "archive", "engine", "query", "ingesting", "readers", "wire"},
    "readers": {"cli", "render", "archive", "engine", "query", "wire"},
    "wire": {"cli", "render", "archive", "engine", "query", "readers"},
    "query": {"cli", "render", "archive", "engine", "readers"},
    "engine": {"cli", "render", "archive", "readers", "wire", "ingesting"},
    "archive": {"cli", "render"},
    "ingesting": {"cli", "render"},
    "record": {"cli", "render", "archive", "engine", "query", "readers", "wire"},
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module with the room it is in."""
    for path in sorted(SOURCE.rglob("*.py")):
        first = path.relative_to(SOURCE).parts[0]
        yield first.removesuffix(".py"), path


@cache
def imports(path: Path) -> frozenset[str]:
    """Full names of what a module imports, anywhere in it, other than for type checking alone."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            skipped.update(child for statement in node.body for child in ast.walk(statement))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names if node.module == "morgue")


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    rooms = {room for room, path in modules() if any(name.split(".")[0] == library for name in imports(path))}

    assert rooms <= ONLY_IN[library]


@pytest.mark.parametrize("room", NEVER)
def test_no_arrow_points_back(room: str) -> None:
    known = {
        name.split(".")[1]
        for place, path in modules()
        if place == room
        for name in imports(path)
        if name.startswith("morgue.")
    } - {room, "records"}  # how values are defined is no room but a tool of all

    assert not (known if NEVER[room] == {"*"} else known & NEVER[room])


def test_nothing_but_the_commands_prints_or_exits() -> None:
    guilty = []
    for room, path in modules():
        if room in ("cli", "__main__"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            if called in ("print", "sys.exit", "exit", "quit", "os._exit"):
                guilty.append(f"{path.relative_to(SOURCE)}:{node.lineno}")

    assert guilty == []
