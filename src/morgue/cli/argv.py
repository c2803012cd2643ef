"""Command lines split into options and words, and valid ones read without Typer, whose import would delay a search.

A line with a mistake or `--help` is left to Typer, which explains it. Both split the line with `sort_out`, so they
agree on what is an option and what is a word of the query.
"""

from __future__ import annotations

from typing import Any

from morgue.cli.declaration import Command, Opt, Param

# Options that may also come before the command's name: those with a value, and those without.
_WITH_VALUE = ("--index", "-i", "--color")
_ALONE = ("--quiet", "-q", "--no-pager")


class Unclear(Exception):
    """The line has a mistake or requests help; Typer explains it."""


class Sorted:
    """A command line split up, each list in order.

    Attributes:
        options: names with their values, None for flags. words: the arguments. unknown: options that are not valid.
        unfinished: the option at the end of the line whose value is missing, or "".
    """

    __slots__ = ("options", "unfinished", "unknown", "words")

    def __init__(self) -> None:
        self.options: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.unknown: list[str] = []
        self.unfinished = ""

    def line(self) -> list[str]:
        """Return the command line in an unambiguous form: options, `--`, words; or options, the unfinished one."""
        out: list[str] = []
        for name, value in self.options:
            out.append(name)
            if value is not None:
                out.append(value)
        out += self.unknown
        return [*out, self.unfinished] if self.unfinished else [*out, "--", *self.words]


def sort_out(command: Command, args: list[str]) -> Sorted:
    """Split `args`, the line after the name of `command`, into options and words.

    `--` ends the options. A lone `-` is a word. Text that begins with one dash is an option if it can be read as one
    (`-n`, `-n5`, `-lq`); else, for a command that takes a query, it is a word of the query (`-shrine`: not that word).
    """
    found = Sorted()
    place = 0
    while place < len(args):
        text = args[place]
        place += 1
        if text == "--":
            found.words += args[place:]
            break
        if not text.startswith("-") or text == "-":
            found.words.append(text)
        elif text.startswith("--"):
            place = _long(command, text, args, place, found)
        elif not _short(command, text, found):
            name = text[:2]
            if len(text) == 2 and name in command.options:
                place = _valued(command.options[name][0], name, args, place, found)
            elif command.dashed and len(text) > 2:
                found.words.append(text)
            else:
                found.unknown.append(text)
    return found


def _long(command: Command, text: str, args: list[str], place: int, found: Sorted) -> int:
    name, equals, value = text.partition("=")
    if name not in command.options:
        found.unknown.append(text)
        return place
    param = command.options[name][0]
    if equals and not param.flag:
        found.options.append((name, value))
    elif equals:
        found.unknown.append(text)
    elif param.flag:
        found.options.append((name, None))
    else:
        return _valued(param, name, args, place, found)
    return place


def _valued(param: Param, name: str, args: list[str], place: int, found: Sorted) -> int:
    bare = param.declared.bare if isinstance(param.declared, Opt) else None
    following = args[place] if place < len(args) else None
    if bare is not None and (following is None or (following.startswith("-") and following != "-")):
        found.options.append((name, bare))
        return place
    if following is None:
        found.unfinished = name
        return place
    found.options.append((name, following))
    return place + 1


def _short(command: Command, text: str, found: Sorted) -> bool:
    """Take `-lq` (flags) or `-n5` (a letter and its value); False when `text` is neither."""
    letters = [f"-{letter}" for letter in text[1:]]
    if all(name in command.options and command.options[name][0].flag for name in letters):
        found.options += [(name, None) for name in letters]
        return True
    name, value = text[:2], text[2:]
    if not value or name not in command.options or command.options[name][0].flag:
        return False
    try:
        _convert(command.options[name][0], value)
    except Unclear:
        return False
    # -xfoo, where -x takes any text, is ambiguous: read it as a word of the query
    if command.dashed and command.options[name][0].type is str and not _choices(command.options[name][0]):
        return False
    found.options.append((name, value))
    return True


def _choices(param: Param) -> tuple[str, ...]:
    return param.declared.choices if isinstance(param.declared, Opt) else ()


def _convert(param: Param, text: str) -> str | float:
    """Return `text` as a value of the type of `param`.

    Raises:
        Unclear: it is not of that type, below the minimum, or not among the choices.
    """
    choices = _choices(param)
    if choices and text not in choices:
        raise Unclear
    if param.type is str:
        return text
    try:
        number: float = param.type(text)
    except ValueError:
        raise Unclear from None
    minimum = param.declared.minimum if isinstance(param.declared, Opt) else None
    if not text.isascii() or "_" in text or text != text.strip() or (minimum is not None and not number >= minimum):
        raise Unclear
    return number


def invalid(command: Command, found: Sorted) -> str:
    """Return what is wrong with the first invalid value of an option in `found`, a line of `command`; "" for none."""
    for name, text in found.options:
        param = command.options[name][0]
        try:
            if text is not None:
                _convert(param, text)
        except Unclear:
            return f"invalid {name} {text!r}: expected {_expected(param)}"
    return ""


def _expected(param: Param) -> str:
    if choices := _choices(param):
        return f"one of {', '.join(choices)}"
    minimum = param.declared.minimum if isinstance(param.declared, Opt) else None
    kind = "a whole number" if param.type is int else "a number"
    return kind if minimum is None else f"{kind}, {minimum:g} or more"


def read(command: Command, args: list[str]) -> dict[str, object]:
    """Return the parameters of `command` by name, read from `args`, the line after the command's name.

    Raises:
        Unclear: the line has a mistake or requests help.
    """
    found = sort_out(command, args)
    if found.unknown or found.unfinished:
        raise Unclear
    values: dict[str, Any] = {
        param.name: [] if param.many and param.default is None else param.default for param in command.params
    }
    for name, text in found.options:
        param, flag = command.options[name]
        if param.many:
            values[param.name] = [*values[param.name], _convert(param, text or "")]
        else:
            values[param.name] = flag if param.flag else _convert(param, text or "")
    _hand_out(command, found.words, values)
    return values


def _hand_out(command: Command, words: list[str], values: dict[str, object]) -> None:
    """Assign the words to the command's arguments: one each, but a list takes all that remain."""
    left = list(words)
    for param in command.words:
        if param.required and not left:
            raise Unclear
        if param.many:
            values[param.name], left = left, []
        elif left:
            values[param.name] = _convert(param, left.pop(0))
    if left:
        raise Unclear


def moved(args: list[str]) -> list[str]:
    """Return the line with the shared options before the command's name moved behind it."""
    place = 0
    while place < len(args):
        name, equals, _ = args[place].partition("=")
        if name in _WITH_VALUE and (equals or place + 1 < len(args)):
            place += 1 if equals else 2
        elif args[place] in _ALONE:
            place += 1
        else:
            break
    if place == 0 or place >= len(args) or args[place].startswith("-"):
        return args
    return [args[place], *args[:place], *args[place + 1 :]]
