"""The application that other programs import: it does what the program does, from the same declarations."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from morgue.cli import app
from morgue.cli.help_text import help_text
from morgue.cli.pages import main_page
from morgue.cli.table import COMMANDS, GROUPS
from support.cli_process import Ended, environment, morgue, sample
from support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def by_runner(*args: str, stdin: bytes = b"", tool: typer.Typer = app, **changes: str | None) -> Ended:
    """Run a command line with Typer's own runner."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment(**changes))
    try:
        result = CliRunner().invoke(tool, list(args), input=stdin)
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    out = result.stdout_bytes.decode("utf-8", "surrogateescape")
    return Ended(result.exit_code, out, result.stderr_bytes.decode("utf-8", "replace"))


def command_lines(text: str) -> list[str]:
    """Every command line of `morgue` in the code blocks of a document, in pipes, too; without what follows `>`."""
    found = []
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = shlex.shlex(line.partition(" #")[0], posix=True, punctuation_chars=True)
            words.whitespace_split = True
            parts: list[list[str]] = [[]]
            for word in words:
                if re.fullmatch("[();<>|&]+", word):
                    parts.append([])
                else:
                    parts[-1].append(word)
            for part in parts:
                places = [place for place, word in enumerate(part) if word.rpartition("/")[2] == "morgue"]
                if places:
                    found.append(shlex.join(part[places[0] + 1 :]))
    return found


LINES = command_lines(README)


def desk(folder: Path, index: str) -> Path:
    """Make what the README's lines name: folders of clippings, a story, queries, an index and a home."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copytree(index, folder / "index")
    for name in ("corpus", "home/wire", "home/clippings"):
        (folder / name).mkdir(parents=True)
        stories = sample(folder / name)
        os.utime(stories, (1e9, 1e9))
    (folder / "story.txt").write_text(
        "NARA, Japan (AP) — Hungry deer charged at visitors on Tuesday.\n", encoding="utf-8"
    )
    (folder / "watchlist.txt").write_text("cocoa\noil\tpric*\n", encoding="utf-8")
    return folder


TIMES = re.compile(r"""[\d.]+(?= m?s\b|,"generation)|(?<="ingested":")[^"]+""")


def without_times(ended: Ended) -> tuple[int, str, str]:
    """How a process ended, however long it took."""
    out, err = (TIMES.sub("0", text) for text in ended[1:])
    return ended.code, out, err


def test_the_readme_has_command_lines_of_every_kind() -> None:
    assert len(LINES) > 20
    assert {line.split()[0] for line in LINES} >= {
        "ingest",
        "parse",
        "search",
        "show",
        "count",
        "facets",
        "match",
        "saved",
    }


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_readme_gives_the_same_through_typers_runner(
    sample_index: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    ends: list[Any] = []
    for run in (morgue, by_runner):
        folder = desk(tmp_path / "desk", sample_index)
        monkeypatch.chdir(folder)
        home = str(folder / "home")
        words = [word.replace("~", home, 1) if word.startswith("~") else word for word in shlex.split(line)]
        ends.append(without_times(run(*words, stdin=Path("corpus/sample.jsonl").read_bytes(), HOME=home)))
    monkeypatch.chdir(ROOT)

    assert ends[0] == ends[1]
    assert ends[0][0] in (0, 1, 2)


# Command line -> exit code, stdout, what stderr ends with.
AWKWARD = [
    ("search oil -l", 0, "zürich/oil\n", ""),
    ("search -l -n 1 oil", 0, "zürich/oil\n", ""),
    ("search oil -n1 -l", 0, "zürich/oil\n", ""),
    ("search oil -lq", 0, "zürich/oil\n", ""),
    ("count -- oil -i", 0, "1\n", ""),
    ("search -l -- oil -gas", 1, "", ""),
    ("search -l prices -oil", 0, "cocoa\n", ""),
    ("search -l prices --byline Ana --byline Nobody", 0, "cocoa\n", ""),
    ("search -l prices --any oil --country=JP --country=CH", 0, "zürich/oil\n", ""),
    ("search oil --csv --no-headers --fields id", 0, "zürich/oil\n", ""),
    ("search oil --csv --no-headers --headers --fields id", 0, "id\nzürich/oil\n", ""),
    ("-q search oil -l", 0, "zürich/oil\n", ""),
    ("--color never search oil -l", 0, "zürich/oil\n", ""),
    ("count oil --since -7d", 1, "0\n", ""),
    ("search oil -n -5", 2, "", "Error: invalid -n '-5': expected a whole number, 0 or more\n"),
    ("search oil --limit=two", 2, "", "Error: invalid --limit 'two': expected a whole number, 0 or more\n"),
    ("search oil --keep second", 2, "",
     "Error: invalid --keep 'second': expected one of best, first, last, longest\n"),
    ("search oil --since", 2, "", "Error: Option '--since' requires an argument.\n"),
    ("search oil --json=yes", 2, "", "Error: Option '--json' does not take a value.\n"),
    ("search oil -z", 2, "", "Try 'morgue search -h' for help.\n\nError: No such option: -z\n"),
    ("show", 2, "", "Usage: morgue show [OPTIONS] ID...\nTry 'morgue show -h' for help.\n\n"
     "Error: Missing argument 'ID'.\n"),
    ("config index limit", 2, "", " (limit)\n"),
    ("serch oil", 2, "", "Error: No such command 'serch'. Did you mean 'search'?\n"),
    ("help serch", 2, "", "Error: No such command 'serch'. Did you mean 'search'?\n"),
    ("--nope", 2, "", "Error: No such option: --nope\n"),
    ("-V", 0, "morgue 0.1.0\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "out", "err"), AWKWARD)
def test_an_awkward_line_is_read_alike(sample_index: str, line: str, code: int, out: str, err: str) -> None:
    by_program = morgue(*shlex.split(line), MORGUE_INDEX=sample_index)

    assert (by_program.code, by_program.out) == (code, out)
    assert by_program.err.endswith(err)
    assert by_runner(*shlex.split(line), MORGUE_INDEX=sample_index) == by_program


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_the_same_however_it_is_requested(name: str) -> None:
    shown = morgue(name, "--help")

    assert shown.out.startswith(f"Usage: morgue {name} [OPTIONS]")
    assert morgue(name, "-h") == morgue("help", name) == shown
    assert by_runner(name, "--help") == by_runner("help", name) == shown


def test_help_of_the_program_is_the_same_however_it_is_requested() -> None:
    shown = morgue("--help")

    assert morgue("-h") == morgue("help") == by_runner("--help") == by_runner("help") == shown
    assert morgue() == by_runner() == Ended(2, "", shown.out)


def test_help_asked_for_behind_words_with_a_dash_is_help() -> None:
    assert morgue("search", "-shrine", "--help") == morgue("search", "--help")


def test_help_of_the_program_has_the_options_that_the_documents_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert morgue("--help", COLUMNS="80").out == help_text(main_page())


def test_the_application_is_a_part_of_another_program(sample_index: str) -> None:
    tool = typer.Typer()
    tool.add_typer(app, name="news")

    @tool.command()
    def hello() -> None: ...

    def run(*args: str) -> Ended:
        return by_runner("news", *args, tool=tool, MORGUE_INDEX=sample_index)

    assert run("search", "oil", "-l") == (0, "zürich/oil\n", "")
    assert run("-q", "search", "zzzz", "-l") == (1, "", "")
    assert run("search", "oil", "-n", "x").code == 2
    assert run("help", "search") == run("search", "--help")
    assert run("search", "--help").out.startswith("Usage: root news search [OPTIONS] [QUERY]...\n")
    assert run("--help").out.startswith("Usage: root news [OPTIONS] COMMAND [ARGS]...\n")
    assert "--install-completion" not in run("--help").out


def test_a_program_adds_a_command_of_its_own() -> None:
    from morgue.cli.typer_app import application

    own = application()

    @own.command(rich_help_panel=next(iter(GROUPS)))
    def hello() -> None:
        """Say hello."""
        print("hello")

    assert by_runner("hello", tool=own) == (0, "hello\n", "")
    assert "  hello      Say hello.\n" in by_runner("--help", tool=own).out
    assert "hello" not in by_runner("--help").out


def test_typers_own_tool_writes_the_documentation() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "typer", "morgue.cli", "utils", "docs"],
        capture_output=True,
        env=environment(),
        timeout=60,
        check=True,
    )
    page = done.stdout.decode()

    assert [name for name in COMMANDS if f"\n## `morgue {name}`\n" in page] == list(COMMANDS)
    assert "\n    morgue search cocoa --since 1987-03 --jsonl | jq -r .headline\n" in page


def test_headings_of_help_are_panels_of_the_application() -> None:
    panels: dict[str, list[str]] = {}
    for info in app.registered_commands:
        assert isinstance(info.rich_help_panel, str)
        panels.setdefault(info.rich_help_panel, []).append(str(info.name))

    assert panels == {heading: list(names) for heading, names in GROUPS.items()}
