"""A command line, sorted into options and words, and read without Typer when nothing is wrong with it.

Typer takes longer to start than a search takes. So a line that reads cleanly is turned into the command's arguments
here; anything else (a mistake, `--help`) is left to Typer, which explains it. Both sort the line with `sort_out`, so
they agree on what is an option and what is a word of the query.
"""

from __future__ import annotations

from typing import Any

from morgue.cli.declaration import Command, Opt, Param


class Unclear(Exception):
    """The line is not for the quick reader: Typer reads it, and says what is wrong with it."""


class Sorted:
    """A command line in order: options with their values (None for flags) and the words that are left."""

    __slots__ = ("options", "unknown", "words")

    def __init__(self) -> None:
        self.options: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.unknown: list[str] = []

    def line(self) -> list[str]:
        """The same command line in a form that can be read in one way only."""
        out: list[str] = []
        for name, value in self.options:
            out.append(name)
            if value is not None:
                out.append(value)
        return [*out, *self.unknown, "--", *self.words]


def sort_out(command: Command, args: list[str]) -> Sorted:
    """Separate the options of `args` from its words.

    `--` ends the options. A lone `-` is a word. Something that begins with one dash is an option when it reads as one
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
        found.unknown.append(name)
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
        convert(command.options[name][0], value)
    except Unclear:
        return False
    # -xfoo for an option that takes any text could as well be a word of the query
    if command.dashed and command.options[name][0].type is str and not _choices(command.options[name][0]):
        return False
    found.options.append((name, value))
    return True


def _choices(param: Param) -> tuple[str, ...]:
    return param.declared.choices if isinstance(param.declared, Opt) else ()


def convert(param: Param, text: str) -> Any:
    """Return `text` as the parameter's type.

    Raises:
        Unclear: it is not of that type, below the minimum, or none of the choices.
    """
    choices = _choices(param)
    if choices and text not in choices:
        raise Unclear
    if param.type is str:
        return text
    try:
        number = param.type(text)
    except ValueError:
        raise Unclear from None
    minimum = param.declared.minimum if isinstance(param.declared, Opt) else None
    if not text.isascii() or "_" in text or text != text.strip() or (minimum is not None and not number >= minimum):
        raise Unclear
    return number


def read(command: Command, args: list[str]) -> dict[str, Any]:
    """Return the arguments for the command's function.

    Raises:
        Unclear: the line has a mistake in it, or asks for help.
    """
    found = sort_out(command, args)
    if found.unknown:
        raise Unclear
    values: dict[str, Any] = {
        param.name: [] if param.many and param.default is None else param.default for param in command.params
    }
    for name, text in found.options:
        param, flag = command.options[name]
        if param.many:
            values[param.name] = [*values[param.name], convert(param, text or "")]
        else:
            values[param.name] = flag if param.flag else convert(param, text or "")
    _hand_out(command, found.words, values)
    return values


def _hand_out(command: Command, words: list[str], values: dict[str, Any]) -> None:
    """Give the words to the command's arguments: single ones take one each, the last may take all that are left."""
    left = list(words)
    for param in command.words:
        if param.required and not left:
            raise Unclear
        if param.many:
            values[param.name], left = left, []
        elif left:
            values[param.name] = convert(param, left.pop(0))
    if left:
        raise Unclear
