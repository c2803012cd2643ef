"""What is written about a command: one page, from its declaration, for help, docs/commands.md and the man pages.

Neither Typer nor Rich is needed for it, so that the man pages can be made while the package is built.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from textwrap import dedent
from typing import NamedTuple

from morgue.cli.declaration import Arg, Command, Opt, Param
from morgue.cli.table import GROUPS
from morgue.errors import BUG, FOUND, INDEX_PROBLEM, INTERRUPTED, LOCKED, NOTHING_FOUND, SOME_REJECTED, USAGE

PROGRAM = "morgue"
HELP_NAMES = ("-h", "--help")
EXIT_STATUS = {
    FOUND: "success",
    NOTHING_FOUND: "nothing found",
    USAGE: "invalid usage or query",
    INDEX_PROBLEM: "missing or damaged index",
    SOME_REJECTED: "some input rejected",
    LOCKED: "locked by another process",
    BUG: "bug in morgue",
    INTERRUPTED: "interrupted",
}
# Options before the command's name: names -> help. The two in the middle are Typer's.
MAIN_OPTIONS = {
    ("-V", "--version"): "Show the version and exit.",
    ("--install-completion",): "Install completion for the current shell.",
    ("--show-completion",): "Show completion for the current shell, to copy it or customize the installation.",
    HELP_NAMES: "Show this message and exit.",
}
_ABOUT = (
    "Full-text search for news articles.",
    "Add articles with `morgue ingest FOLDER`, find them with `morgue search WORDS`, read them with `morgue show ID`.",
)
_EXAMPLES = ("morgue ingest corpus", "morgue search cocoa --since 1987-03", "morgue show hg-2024-0210")
_OPTIONS = "Options"


class Entry(NamedTuple):
    """A row: an option, an argument or a command.

    Attributes:
        names: of the option, short ones first, or the one name. value: what follows an option, "" for nothing.
        text: the help, with what the declaration adds to it in brackets.
    """

    names: tuple[str, ...]
    value: str
    text: str


class Section(NamedTuple):
    """Rows under a heading."""

    heading: str
    entries: tuple[Entry, ...]


class Page(NamedTuple):
    """All that is written about a command, or about the program.

    Attributes:
        title: the command line without options and words (`morgue search`). usage: what may follow it.
        about: paragraphs, the first a summary. examples: command lines. closing: a paragraph at the end, or "".
    """

    title: str
    usage: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    examples: tuple[str, ...] = ()
    closing: str = ""


def about(command: Command) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paragraphs and the examples of the docstring of `command`."""
    text, _, examples = inspect.cleandoc(command.function.__doc__ or "").partition("Examples:\n")
    return paragraphs(text), tuple(dedent(examples).strip().splitlines())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of `text`, each on one line."""
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n") if part)


def usage(command: Command) -> str:
    """Return what may follow the name of `command`: `[OPTIONS] [QUERY]...`, `[OPTIONS] ID...`."""
    pieces = [f"[{_OPTIONS.upper()}]"]
    for param in command.words:
        name = str(param.declared.metavar)
        pieces.append((name if param.required else f"[{name}]") + _dots(param))
    return " ".join(pieces)


def _dots(param: Param) -> str:
    """Return `...` for a list, unless its name says what the words are (`NAME [QUERY]`)."""
    return "..." if param.many and " " not in str(param.declared.metavar) else ""


def command_page(command: Command, title: str = "") -> Page:
    """Return the page of `command`; `title` is its command line if that is not `morgue` and its name."""
    rows: dict[str, list[Entry]] = {}
    for param in command.params:
        declared = param.declared
        heading = "Arguments" if isinstance(declared, Arg) else declared.panel or _OPTIONS
        rows.setdefault(heading, []).append(_entry(param))
    rows.setdefault(_OPTIONS, []).append(Entry(HELP_NAMES, "", MAIN_OPTIONS[HELP_NAMES]))
    if _OPTIONS in rows:  # the general ones last
        rows[_OPTIONS] = rows.pop(_OPTIONS)
    text, examples = about(command)
    sections = tuple(Section(heading, tuple(entries)) for heading, entries in rows.items())
    return Page(title or f"{PROGRAM} {command.name}", usage(command), text, sections, examples)


def main_page(
    title: str = PROGRAM,
    options: Iterable[Entry] = (),
    commands: dict[str, dict[str, str]] = GROUPS,
) -> Page:
    """Return the page of the program.

    Args:
        title: its command line.
        options: those before the command's name, `MAIN_OPTIONS` if there are none.
        commands: heading -> name -> summary.
    """
    options = options or [Entry(names, "", text) for names, text in MAIN_OPTIONS.items()]
    codes = ", ".join(f"{code} {meaning}" for code, meaning in EXIT_STATUS.items())
    groups = [
        Section(heading, tuple(Entry((name,), "", text) for name, text in group.items()))
        for heading, group in commands.items()
    ]
    return Page(
        title,
        "[OPTIONS] COMMAND [ARGS]...",
        _ABOUT,
        (*groups, Section(_OPTIONS, tuple(options))),
        _EXAMPLES,
        closing=f"Exit codes: {codes}.",
    )


def _entry(param: Param) -> Entry:
    declared = param.declared
    if isinstance(declared, Arg):
        return Entry((f"{declared.metavar}{_dots(param)}",), "", declared.help)
    names = tuple(sorted((name for name, _ in param.names()), key=lambda name: name.startswith("--")))
    value = "" if param.flag else declared.metavar or param.type.__name__.upper()
    text = " ".join([declared.help, *_notes(param, declared)])
    return Entry(names, f"[{value}]" if declared.bare is not None else value, text)


def _notes(param: Param, declared: Opt) -> list[str]:
    """Return what the declaration says and the help may not, in brackets."""
    notes = []
    named = set(re.findall(r"[\w-]+", declared.help))
    if declared.choices and not named & set(declared.choices):
        notes.append(f"[one of {', '.join(declared.choices)}]")
    if param.many and "repeatable" not in named:
        notes.append("[repeatable]")
    known = "default" in named or (not declared.choices and str(param.default) in named)
    if param.default not in (None, "", []) and param.default is not False and not known:
        notes.append(f"[default: {declared.names[0].partition('/')[0] if param.flag else param.default}]")
    if declared.minimum is not None and declared.minimum > 1:
        notes.append(f"[at least {declared.minimum:g}]")
    return notes
