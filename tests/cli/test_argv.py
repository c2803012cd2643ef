"""What of a command line is an option and what is a word: the quick reader and Typer must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from morgue.cli.argv import Unclear, moved, read, sort_out
from morgue.cli.declaration import Opt, Options, Param
from morgue.cli.table import COMMANDS, load
from morgue.cli.typer_app import application

SEARCH = load("search")


@pytest.mark.parametrize(
    ("line", "options", "words"),
    [
        (["oil", "-n", "5"], [("-n", "5")], ["oil"]),
        (["-n5", "oil"], [("-n", "5")], ["oil"]),
        (["oil", "--limit=5", "gas"], [("--limit", "5")], ["oil", "gas"]),
        (["deer", "-shrine"], [], ["deer", "-shrine"]),
        (["deer", "-nuclear"], [], ["deer", "-nuclear"]),
        (["deer", "-lq"], [("-l", None), ("-q", None)], ["deer"]),
        (["deer", "-fjson"], [("-f", "json")], ["deer"]),
        (["deer", "-fire"], [], ["deer", "-fire"]),
        (["deer", "--", "--limit", "-l"], [], ["deer", "--limit", "-l"]),
        (["-"], [], ["-"]),
        (["oil", "--fields"], [("--fields", "?")], ["oil"]),
        (["oil", "--fields", "--json"], [("--fields", "?"), ("--json", None)], ["oil"]),
        (["oil", "--fields", "id,date"], [("--fields", "id,date")], ["oil"]),
        (["oil", "--since", "-7d"], [("--since", "-7d")], ["oil"]),
        (['-"deer shrine"', "oil"], [], ['-"deer shrine"', "oil"]),
        (["-byline:Souza", "oil"], [], ["-byline:Souza", "oil"]),
    ],
)
def test_options_stand_before_and_after_the_words(
    line: list[str], options: list[tuple[str, str | None]], words: list[str]
) -> None:
    found = sort_out(SEARCH, line)

    assert (found.options, found.words, found.unknown) == (options, words, [])


@pytest.mark.parametrize(
    "line", [["oil", "--nope"], ["oil", "-z"], ["--limit"], ["--json=yes"], ["-n", "x"], ["-n", "-1"]]
)
def test_a_line_with_a_mistake_is_left_to_typer(line: list[str]) -> None:
    with pytest.raises(Unclear):
        read(SEARCH, line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["--index", "x", "search", "oil"], ["search", "--index", "x", "oil"]),
        (["-q", "--index=x", "search", "oil"], ["search", "-q", "--index=x", "oil"]),
        (["search", "oil"], ["search", "oil"]),
        (["--help"], ["--help"]),
        (["--index", "x"], ["--index", "x"]),
    ],
)
def test_shared_options_may_stand_before_the_command(line: list[str], expected: list[str]) -> None:
    assert moved(line) == expected


TOKENS = st.sampled_from(
    ["oil", "-shrine", "--", "-n", "5", "-n7", "--limit", "0", "--all", "-l", "-lq", "--json", "--csv", "--since",
     "2026", "--byline", "Ana", "--byline=Bo", "--fields", "id", "--no-headers", "--headers", "-f", "csv", "-fjson",
     "--sort", "newest", "--color", "never", "--any", "-", "--snippets=3", "--tz", "UTC", "-x", "--nope", "a:b",
     "-i", "x", "-é"]
)  # fmt: skip


APPLICATION = get_command(application())


def by_typer(name: str, line: list[str]) -> dict[str, Any]:
    """The arguments of a command as Typer reads them."""
    seen: dict[str, Any] = {}

    def remember(**values: Any) -> int:
        for key, value in values.items():
            seen.update(vars(value) if isinstance(value, Options) else {key: value})
        return 0

    declared = APPLICATION.commands[name].declared  # type: ignore[attr-defined]
    declared.function, kept = remember, declared.function
    try:
        APPLICATION.main([name, *line], prog_name="morgue", standalone_mode=False)
    finally:
        declared.function = kept
    return seen


def value_of(param: Param) -> list[str]:
    """A valid value of an option that is not its default; nothing for a flag."""
    if param.flag:
        return []
    assert isinstance(param.declared, Opt)
    return [param.declared.choices[-1] if param.declared.choices else "77" if param.type is not str else "some text"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])  # which the group answers itself
def test_every_option_of_every_command_is_read_alike(name: str) -> None:
    command = load(name)
    words = ["word" for param in command.words if param.required]
    lines = [words, *([*words, option, *value_of(param)] for option, (param, _) in command.options.items())]

    for line in lines:
        assert by_typer(name, line) == read(command, line), line


@settings(max_examples=60, deadline=None)
@given(st.lists(TOKENS, max_size=7))
def test_the_quick_reader_and_typer_read_the_same(line: list[str]) -> None:
    try:
        quick = read(SEARCH, line)
    except Unclear:
        return

    assert by_typer("search", line) == quick


@pytest.mark.parametrize("line", [["oil", "--since"], ["--json", "oil", "-n"]])
def test_an_option_without_its_value_does_not_take_the_dashes_that_end_the_options(line: list[str]) -> None:
    assert sort_out(SEARCH, line).line()[-1] == line[-1]
