"""What is said beside an answer, and how an article is explained."""

from __future__ import annotations

import re
import shlex

import pytest

from morgue.cli.table import COMMANDS, load
from support.cli_process import ROOT, morgue


@pytest.fixture(scope="module")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> str:
    from morgue import ingest

    folder = tmp_path_factory.mktemp("asides") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # ids are paths from here
        ingest(["corpus"], folder)
    return str(folder)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (["Tanaka"], "morgue: in bylines: 1 article; try: byline:Tanaka\n"),
        (["Rui", "Costa"], "morgue: in bylines: 1 article; try: byline:Rui AND byline:Costa\n"),
        (['"Mari Tanaka"'], 'morgue: in bylines: 1 article; try: byline:"Mari Tanaka"\n'),
        (["Zurich"], "morgue: as a place: 1 article; try: location:Zurich\n"),
        (["Reuters"], "morgue: as a source: 1 article; try: source:Reuters\n"),
        (["coccoa", "prices"], "morgue: did you mean cocoa prices (1 article)? --fix searches for it\n"),
        (["deer", "oil"], "morgue: without deer: 1 article; try: oil\n"),
        (["cocoa", "--since", "2020"], "morgue: without --since: 1 article\n"),
        (["cocoa", "--byline", "Nobody", "--on", "1987"], "morgue: without --on and --byline: 1 article\n"),
    ],
)
def test_a_search_without_answers_says_what_would_have_some(sample_index: str, query: list[str], said: str) -> None:
    ended = morgue("search", *query, "-i", sample_index)

    assert (ended.code, ended.out, ended.err) == (1, "", said)


def test_what_is_left_out_is_an_aside_and_no_warning(corpus_index: str) -> None:
    ended = morgue("search", "flood OR mine", "-l", "-i", corpus_index)

    assert ended.code == 0
    assert re.fullmatch(r"morgue: \d+ canceled, .* left out; --include-canceled shows them\n", ended.err)


@pytest.mark.parametrize("line", [["deer OR cocoa", "shrine"], ["deer", "--article", "shrine"], ["deer", "shrine"]])
def test_explain_takes_an_id_after_the_query(sample_index: str, line: list[str]) -> None:
    ended = morgue("explain", *line, "-i", sample_index)

    assert ended.code == 0
    assert "\nshrine  matches, score " in ended.out


def test_explain_refuses_an_id_that_is_not_there(sample_index: str) -> None:
    ended = morgue("explain", "deer OR cocoa", "shrin", "-i", sample_index)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "morgue: no such article: 'shrin'; did you mean shrine?\n"


def test_explain_takes_words_without_quotation_marks_for_the_query(sample_index: str) -> None:
    assert morgue("explain", "cocoa", "harvest", "-i", sample_index).out.startswith(
        "Understood as  cocoa AND harvest\n"
    )


def test_explain_names_the_clause_that_fails_and_not_what_nobody_asked(corpus_index: str) -> None:
    ended = morgue("explain", "cocoa -brazil zzzz", "--article", "hg-2024-0210", "-i", corpus_index)

    assert ended.code == 1
    below = ended.out.partition("\nhg-2024-0210")[2].splitlines()
    assert below[0] == "  does not match because of zzzz"
    assert [" ".join(row.split()[:2]) for row in below[1:6]] == ["✗ AND", "✓ cocoa", "✓ NOT", "– brazil", "✗ zzzz"]
    assert all(row.startswith("Would match  ") for row in below[6:])


def lines_of(text: str) -> list[str]:
    """The lines that run morgue and nothing else, up to a pipe, from a code block or a help text."""
    found = []
    for line in text.splitlines():
        line = line.partition(" #")[0].strip()
        if line.startswith("morgue "):
            found.append(line)
    return found


EXAMPLES = sorted({
    line
    for name in COMMANDS
    for line in lines_of((load(name).function.__doc__ or "").partition("Examples:\n")[2])
})  # fmt: skip
READING = {"search", "show", "count", "facets", "similar", "dupes", "suggest", "explain", "translate", "stats",
           "formats", "config", "check"}  # fmt: skip


def alone(line: str) -> list[str]:
    """A line's own words, without what comes after a pipe or goes into a file."""
    words = shlex.split(line)
    ends = [place for place, word in enumerate(words) if word in ("|", "||", ">")]
    return words[1 : min(ends, default=len(words))]


def assert_it_finds_something(line: str, index: str) -> None:
    """Run an example; `explain` may well show why an article does not match."""
    ended = morgue(*alone(line), MORGUE_INDEX=index)

    assert ended.code == 0 or (ended.code == 1 and line.startswith("morgue explain ") and ended.out), ended.err


@pytest.mark.parametrize("line", [line for line in EXAMPLES if line.split()[1] in READING and "@" not in line])
def test_the_examples_in_help_find_something(corpus_index: str, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(ROOT)
    assert_it_finds_something(line, corpus_index)


README = (ROOT / "README.md").read_text(encoding="utf-8")
# those that need a file of the reader's, or show what it is like to find nothing, aside
RUN_IN_README = [
    line
    for line in lines_of(README)
    if line.split()[1] in READING and not any(part in line for part in ("--queries", "zzzz"))
]


@pytest.mark.parametrize("line", RUN_IN_README)
def test_the_examples_in_the_readme_find_something(
    corpus_index: str, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(ROOT)
    assert_it_finds_something(line, corpus_index)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"^\| .*`{name}`.* \|", README, re.MULTILINE)


def test_a_query_of_many_that_is_not_understood_is_named_and_told_by_the_exit_code(sample_index: str) -> None:
    lines = b"desk\tcocoa and prices\nbad(\noil\n"

    ended = morgue("search", "--queries", "-", "-l", "-i", sample_index, stdin=lines)

    assert (ended.code, ended.out) == (2, "desk\tcocoa\n3\tzürich/oil\n")
    assert ended.err == (
        "morgue: warning: query desk: and is read as a word; the operator is written AND\n"
        "morgue: warning: query 2: the parenthesis is not closed; close it, or leave it out\n"
    )


def test_small_or_beside_a_proximity_is_what_the_error_is_about(sample_index: str) -> None:
    ended = morgue("search", "cocoa w/5 (prices or beans)", "-i", sample_index)

    assert ended.code == 2
    assert ended.err.endswith("  or is read as a word; the operator is written OR\n")
