"""Public functions say what they take and raise."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from support.paths import SOURCE

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Errors that callers are meant to catch are defined in the package; these come from Python and mean a broken promise.
BUILT_IN = {"AssertionError", "AttributeError", "NotImplementedError", "StopIteration"}


class Public(NamedTuple):
    """A public function or method: where it is, its class ("" for none), itself."""

    where: str
    owner: str
    node: Function

    @property
    def name(self) -> str:
        return f"{self.where}:{self.owner + '.' if self.owner else ''}{self.node.name}"

    @property
    def doc(self) -> str:
        return ast.get_docstring(self.node) or ""


@cache
def bases() -> dict[str, tuple[str, ...]]:
    """Class, or path of a module -> the names of its bases and of the protocols that its docstring names."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.Module):
                name = node.name if isinstance(node, ast.ClassDef) else path.relative_to(SOURCE).as_posix()
                above = [ast.unparse(base).rpartition(".")[2] for base in getattr(node, "bases", ())]
                found[name] = (*above, *re.findall(r"`index\.protocol\.(\w+)`", ast.get_docstring(node) or ""))
    return found


@cache
def functions() -> list[Public]:
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, Function):
                found.append(Public(where, "", node))
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found += [Public(where, node.name, item) for item in node.body if isinstance(item, Function)]
    return [public for public in found if not public.node.name.startswith("_")]


def parameters(node: Function) -> list[str]:
    args = node.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]
    return [arg.arg for arg in every if arg.arg not in ("self", "cls")]


def overrides(public: Public) -> bool:
    """Whether a method takes its meaning from a base, ours (documented there) or another library's."""
    above = list(bases().get(public.owner or public.where, ()))
    while above:
        name = above.pop()
        if name not in bases() and name not in ("NamedTuple", "Protocol", "ValueError", "Exception", "OSError"):
            return True
        if any(other.owner == name and other.node.name == public.node.name for other in functions()):
            return True
        above += bases().get(name, ())
    return False


def is_command(public: Public) -> bool:
    """Whether a function is a command: its docstring is printed as its help, its parameters have help texts."""
    return public.where == f"cli/commands/{public.node.name}.py"


def raised(node: Function) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Raise) and isinstance(part.exc, ast.Call):
            name = ast.unparse(part.exc.func).rpartition(".")[2]
            if name[:1].isupper() and name not in BUILT_IN:
                yield name


def undescribed(public: Public) -> list[str]:
    """The parameters of a function of two or more that its docstring does not name."""
    names = parameters(public.node)
    if len(names) < 2 or is_command(public) or overrides(public):
        return []
    if any(ast.unparse(decorator) == "overload" for decorator in public.node.decorator_list):
        return []
    return [name for name in names if not re.search(rf"\b{name.strip('_')}\b", public.doc)]


def unsaid(public: Public) -> list[str]:
    """The errors that a function raises and its docstring does not name."""
    if is_command(public) or overrides(public):
        return []
    return sorted({name for name in raised(public.node) if name not in public.doc})


def missing(check: Callable[[Public], list[str]]) -> list[str]:
    return [f"{public.name} ({', '.join(left)})" for public in functions() if (left := check(public))]


def test_a_function_names_its_parameters() -> None:
    assert missing(undescribed) == []


def test_a_function_names_the_errors_that_it_raises() -> None:
    assert missing(unsaid) == []


@pytest.mark.parametrize(
    ("doc", "parameters", "errors"),
    [("Return a of b. Raises: Odd.", [], []), ("Return a.", ["b"], ["Odd"])],
)
def test_what_a_docstring_leaves_out_is_found(doc: str, parameters: list[str], errors: list[str]) -> None:
    node = ast.parse(f'def f(a, b):\n    """{doc}"""\n    raise Odd(a)\n').body[0]
    assert isinstance(node, ast.FunctionDef)
    function = Public("x", "", node)

    assert undescribed(function) == parameters
    assert unsaid(function) == errors
