"""Who may know whom: ARCHITECTURE.md holds for every module, no circles, each library in its rooms."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from support.cli_process import environment
from support.paths import ROOT, SOURCE

# Library -> the modules or packages of ours that may import it.
ONLY_IN = {
    "typer": {"morgue.cli"},
    "rich": {"morgue.cli", "morgue.render"},
    "whoosh": {"morgue.whoosh"},
    "Stemmer": {"morgue.analysis"},
}
# Entry points, above all rooms.
ENTRIES = ("morgue", "morgue.__main__")


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the package by its full name."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def imports(module: str) -> frozenset[str]:
    """Full names of the modules that a module imports anywhere in it, those for type checking alone among them."""
    return frozenset(_imports(ast.parse(modules()[module].read_text(encoding="utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in modules() else node.module


def ours(module: str) -> set[str]:
    """The modules of ours that a module imports, besides itself."""
    return {name for name in imports(module) if name in modules()} - {module}


def room(module: str) -> str:
    return module.split(".")[1]


def circles(arrows: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The sets of nodes that reach each other (Tarjan's strongly connected components of two nodes or more)."""
    found: list[list[str]] = []
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in arrows.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            start = stack.index(node)
            if len(stack) - start > 1:
                found.append(sorted(stack[start:]))
            del stack[start:]

    for node in arrows:
        if node not in index:
            visit(node)
    return found


def page() -> dict[str, set[str]]:
    """Room -> the rooms that ARCHITECTURE.md says it imports, from the top of the page down."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.findall(r"^### (\w+)\n(?:(?!^###).)*?^Imports: ([\w, ]+)$", text, re.MULTILINE | re.DOTALL)
    return {name: set(listed.split(", ")) - {"nothing"} for name, listed in told}


def test_circles_are_found() -> None:
    assert circles({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["e"], "e": []}) == [["a", "b", "c"]]


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles({module: sorted(ours(module)) for module in modules()}) == []


@pytest.mark.parametrize("folder", sorted({name.rpartition(".")[0] for name in modules()} - {""}))
def test_no_neighbours_in_a_folder_import_each_other_in_a_circle(folder: str) -> None:
    def neighbour(module: str) -> str:
        return module.removeprefix(folder + ".").split(".")[0]

    arrows: dict[str, set[str]] = {}
    for module in modules():
        if module.startswith(folder + "."):
            known = {neighbour(name) for name in ours(module) if name.startswith(folder + ".")}
            arrows.setdefault(neighbour(module), set()).update(known - {neighbour(module)})

    assert circles({name: sorted(others) for name, others in arrows.items()}) == []


def test_the_page_has_every_room() -> None:
    assert sorted(page()) == sorted({room(module) for module in modules() if module not in ENTRIES})


@pytest.mark.parametrize("name", page())
def test_a_room_imports_what_the_page_says(name: str) -> None:
    known = {
        room(other)
        for module in modules()
        if module not in ENTRIES and room(module) == name
        for other in ours(module) - set(ENTRIES)
    }

    assert known - {name} == page()[name]


def test_no_arrow_points_up_the_page() -> None:
    order = list(page())
    upward = [
        (name, other) for name, listed in page().items() for other in listed if order.index(other) < order.index(name)
    ]

    assert upward == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    users = {module for module in modules() if any(name.split(".")[0] == library for name in imports(module))}
    outside = {
        user for user in users if not any(user == home or user.startswith(home + ".") for home in ONLY_IN[library])
    }

    assert users
    assert outside == set()


def test_nothing_but_the_commands_prints_or_exits() -> None:
    guilty = []
    for module, path in modules().items():
        if module == "morgue.__main__" or module.startswith("morgue.cli"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            if called in ("print", "sys.exit", "exit", "quit", "os._exit"):
                guilty.append(f"{path.relative_to(SOURCE)}:{node.lineno}")

    assert guilty == []


def test_only_the_opener_and_whoosh_know_the_engine() -> None:
    users = {module for module in modules() if any(room(other) == "engine" for other in ours(module) - set(ENTRIES))}

    assert {room(user) for user in users if user not in ENTRIES} == {"engine", "engines", "whoosh"}


@pytest.mark.parametrize("module", ["morgue.index.protocol", "morgue.json_types"])
def test_a_module_for_annotations_is_never_loaded(module: str) -> None:
    code = f"import sys, morgue; morgue.Archive; morgue.ingest; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), timeout=60, check=True)

    assert done.stdout.decode().strip() == "False"
