"""What of a command line is an option and what is a word: the quick reader and Typer must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from morgue.cli.argv import Unclear, moved, read, sort_out
from morgue.cli.declaration import Options
from morgue.cli.table import load
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


APPLICATION = get_command(application(["search"]))


def by_typer(line: list[str]) -> dict[str, Any]:
    """The arguments as Typer reads them."""
    seen: dict[str, Any] = {}

    def remember(**values: Any) -> int:
        for name, value in values.items():
            seen.update(vars(value) if isinstance(value, Options) else {name: value})
        return 0

    declared = APPLICATION.commands["search"].declared  # type: ignore[attr-defined]
    declared.function, kept = remember, declared.function
    try:
        APPLICATION.main(["search", *line], prog_name="morgue", standalone_mode=False)
    finally:
        declared.function = kept
    return seen


@settings(max_examples=60, deadline=None)
@given(st.lists(TOKENS, max_size=7))
def test_the_quick_reader_and_typer_read_the_same(line: list[str]) -> None:
    try:
        quick = read(SEARCH, line)
    except Unclear:
        return

    assert by_typer(line) == quick


@pytest.mark.parametrize("line", [["oil", "--since"], ["--json", "oil", "-n"]])
def test_an_option_without_its_value_does_not_take_the_dashes_that_end_the_options(line: list[str]) -> None:
    assert sort_out(SEARCH, line).line()[-1] == line[-1]
