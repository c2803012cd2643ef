"""What a command line consists of: options and arguments declared on a function, read from its annotations.

A command is a function whose parameters are `Annotated[type, Opt(...)]` or `Annotated[type, Arg(...)]`. From that one
declaration `argv.py` reads a command line and `typer_app.py` builds the Typer command. Types: `bool` (a flag), `str`,
`int`, `float`, each also with `| None`, and `list[str]` (an option given several times, or all remaining words).
Options that several commands share are declared once as `Options`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import get_args, get_origin

# (what was typed so far, the other parameters by name) -> (value, help) pairs.
Complete = Callable[[str, "Mapping[str, object]"], "list[tuple[str, str]]"]


class Opt:
    """An option.

    Attributes:
        names: `-n`, `--limit` …; a flag may have its opposite as `--prune/--no-prune`.
        help: one line or two.
        metavar: the value's name in help.
        choices: the valid values, () for any.
        minimum: the least valid number.
        bare: its value if nothing follows it (`--fields` alone), None if a value must follow.
        complete: completes its value.
        panel: heading in help.
    """

    __slots__ = ("bare", "choices", "complete", "help", "metavar", "minimum", "names", "panel")

    def __init__(
        self,
        *names: str,
        help: str,
        metavar: str | None = None,
        choices: tuple[str, ...] = (),
        minimum: float | None = None,
        bare: str | None = None,
        complete: Complete | None = None,
        panel: str = "",
    ) -> None:
        self.names = names
        self.help = help
        self.metavar = metavar
        self.choices = choices
        self.minimum = minimum
        self.bare = bare
        self.complete = complete
        self.panel = panel


class Arg:
    """A word that is not an option: one, or all that remain (`list[str]`)."""

    __slots__ = ("complete", "dashed", "help", "metavar")

    def __init__(self, *, help: str, metavar: str, dashed: bool = False, complete: Complete | None = None) -> None:
        """`dashed`: words such as `-shrine` belong to it (a query) unless they can be read as options."""
        self.help = help
        self.metavar = metavar
        self.dashed = dashed
        self.complete = complete


class Param:
    """A parameter of a command: its name in the function, its declaration, type and default."""

    __slots__ = ("declared", "default", "many", "name", "required", "type")

    def __init__(self, name: str, annotation: object, default: object) -> None:
        kind, declared = get_args(annotation)[:2]
        inner = [choice for choice in get_args(kind) if choice is not type(None)]
        self.name = name
        self.declared: Opt | Arg = declared
        self.many = get_origin(kind) is list
        self.type: type = inner[0] if inner else kind
        self.required = default is inspect.Parameter.empty
        self.default = None if self.required else default

    @property
    def flag(self) -> bool:
        """Whether it takes no value."""
        return self.type is bool

    def names(self) -> list[tuple[str, bool]]:
        """Return each name of the option with the value that a flag of that name sets."""
        if isinstance(self.declared, Arg):
            return []
        pairs: list[tuple[str, bool]] = []
        for name in self.declared.names:
            positive, _, negative = name.partition("/")
            pairs.append((positive, True))
            if negative:
                pairs.append((negative, False))
        return pairs


class Options:
    """Options that several commands share: a subclass declares them as annotated attributes, a command takes them all
    in one parameter of that type. The module of a subclass must not postpone the evaluation of annotations.
    """

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)

    @classmethod
    def declared(cls) -> list[Param]:
        """Return its options."""
        return [Param(name, annotation, getattr(cls, name)) for name, annotation in cls.__annotations__.items()]


class Command:
    """A command: its name, the function that runs it, and its parameters, those of its `Options` among them."""

    __slots__ = ("function", "name", "options", "params", "shared", "words")

    def __init__(self, name: str, function: Callable[..., int]) -> None:
        self.name = name
        self.function = function
        self.params: list[Param] = []
        self.shared: dict[str, tuple[type[Options], list[Param]]] = {}
        for parameter in inspect.signature(function).parameters.values():
            if isinstance(parameter.annotation, type) and issubclass(parameter.annotation, Options):
                declared = parameter.annotation.declared()
                self.shared[parameter.name] = (parameter.annotation, declared)
                self.params += declared
            else:
                self.params.append(Param(parameter.name, parameter.annotation, parameter.default))
        self.words = [param for param in self.params if isinstance(param.declared, Arg)]
        self.options = {name: (param, value) for param in self.params for name, value in param.names()}

    def run(self, **values: object) -> int:
        """Run the function with these values of the parameters; return the exit code."""
        for name, (kind, declared) in self.shared.items():
            values[name] = kind(**{param.name: values.pop(param.name) for param in declared})
        return self.function(**values)

    @property
    def dashed(self) -> bool:
        """Whether words of this command may begin with a dash."""
        return any(isinstance(param.declared, Arg) and param.declared.dashed for param in self.words)
