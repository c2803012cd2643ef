"""What a person at a terminal sees: the table, colours, the pager, the progress bar."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.cli_process import environment, morgue, sample

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")


def at_terminal(*args: str, columns: int = 80, **changes: str) -> tuple[int, str]:
    """Run the command on a terminal of its own; return its exit code and what the screen got."""
    leader, follower = pty.openpty()
    variables = environment(**{"TERM": "xterm-256color", "COLUMNS": str(columns)} | changes)
    process = subprocess.Popen(
        [sys.executable, "-m", "morgue", *args], stdin=follower, stdout=follower, stderr=follower, env=variables
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not data:
            break
        seen += data
    os.close(leader)
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n")


def plain(text: str) -> str:
    """The text without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def test_a_search_is_a_table_with_the_matches_marked(sample_index: str) -> None:
    code, seen = at_terminal("search", "shrine deer", "-i", sample_index)

    assert code == 0
    assert "\x1b[1;30;43mDeer\x1b[0m" in seen
    lines = plain(seen).splitlines()
    assert lines[:3] == [
        "1  2026-01-13  Deer [sic] attack visitors at :smile: shrine",
        "   NARA, Japan · By Mari Tanaka · AP · shrine",
        "   │ Hungry deer charged at visitors on Tuesday. The shrine deer are used to",
    ]
    assert re.fullmatch(r"1 article in \d+ ms", lines[-1])


def test_no_line_is_wider_than_the_terminal(sample_index: str) -> None:
    _, seen = at_terminal("search", "*", "-i", sample_index, columns=44)

    assert max(map(len, plain(seen).splitlines())) <= 44


def test_hostile_text_is_shown_and_not_obeyed(sample_index: str) -> None:
    for args in (["search", "cocoa"], ["show", "cocoa"], ["search", "cocoa", "--csv"], ["search", "cocoa", "--json"]):
        _, seen = at_terminal(*args, "-i", sample_index, NO_COLOR="1", MORGUE_PAGER="")
        assert "\x1b" not in seen
        assert "\u202e" not in seen


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CLICOLOR": "0"}])
def test_a_terminal_without_colours_gets_none(sample_index: str, changes: dict[str, str]) -> None:
    variables = {"TERM": "xterm"} | changes
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "morgue", "search", "deer", "-i", sample_index],
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env=environment(**variables),
    )
    os.close(follower)
    process.wait(timeout=60)
    seen = os.read(leader, 65536)
    os.close(leader)

    assert b"\x1b" not in seen
    assert b"Deer" in seen


def test_a_long_article_goes_through_the_pager(sample_index: str, tmp_path: Path) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text("import sys\nsys.stdout.write('PAGED ' + str(len(sys.stdin.read().splitlines())))\n")
    changes = {"MORGUE_PAGER": f"{sys.executable} {pager}"}
    _, paged = at_terminal("show", "cocoa", "shrine", "-i", sample_index, **changes)
    _, straight = at_terminal("show", "cocoa", "shrine", "-i", sample_index, "--no-pager", **changes)

    assert re.fullmatch(r"PAGED \d\d", paged)
    assert "PAGED" not in straight
    assert "Cocoa prices" in straight


def test_an_ingest_shows_a_bar_and_ends_with_a_summary(tmp_path: Path) -> None:
    code, seen = at_terminal("ingest", str(sample(tmp_path)), "-i", str(tmp_path / "index"))

    assert code == 0
    assert "0 articles" in plain(seen)
    assert "3 added in" in plain(seen)


def test_a_quiet_ingest_shows_nothing(tmp_path: Path) -> None:
    assert at_terminal("ingest", str(sample(tmp_path)), "-q", "-i", str(tmp_path / "index")) == (0, "")


def test_facets_are_drawn_as_bars(sample_index: str) -> None:
    code, seen = at_terminal("facets", "--by", "country", "-i", sample_index, columns=40, NO_COLOR="1")

    assert code == 0
    assert seen.splitlines() == [f"{country}  1  {'█' * 33}" for country in ("BR", "CH", "JP")]


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("line", ["--help", "search --help", "help ingest", "show -h"])
def test_help_is_in_panels_that_fit_the_terminal(line: str, columns: int) -> None:
    code, seen = at_terminal(*line.split(), columns=columns)
    lines, _, _ = plain(seen).partition("\nExamples:\n")
    frames = [row for row in lines.splitlines() if row.startswith("╭")]

    assert code == 0
    assert frames[-1].startswith("╭─ Options ─")
    assert {len(row) for row in frames} == {min(columns, 100)}
    assert max(map(len, lines.splitlines())) <= min(columns, 100)


def test_examples_in_help_can_be_copied_from_a_narrow_terminal() -> None:
    _, seen = at_terminal("ingest", "--help", columns=40)

    assert "\n  find . -name '*.txt' -print0 | morgue ingest --files-from - -0\n" in seen


def luminance(color: int) -> float:
    """The relative luminance of a colour of the fixed part of the 256, as for contrasts on the web (WCAG 2)."""
    levels = [0, 95, 135, 175, 215, 255]
    cube = (color - 16) // 36, (color - 16) // 6 % 6, (color - 16) % 6
    parts = [8 + 10 * (color - 232)] * 3 if color >= 232 else [levels[part] for part in cube]
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("line", ["--help", "search --help"])
def test_the_colours_of_help_can_be_read_on_black_and_on_white(line: str) -> None:
    _, seen = at_terminal(*line.split())
    styles = set(re.findall(r"\x1b\[([\d;]*)m", seen))
    colors = {int(found) for style in styles for found in re.findall(r"38;5;(\d+)", style)}

    assert len(colors) == 3 if "search" in line else 2
    for color in colors:
        assert color >= 16
        assert (luminance(color) + 0.05) / 0.05 >= 3
        assert 1.05 / (luminance(color) + 0.05) >= 3
    assert {re.sub(r";?38;5;\d+", "", style) for style in styles} <= {"0", "1", "1;39", ""}


@pytest.mark.parametrize(
    ("changes", "panels", "styles"),
    [
        ({"NO_COLOR": "1"}, True, set()),
        ({"CLICOLOR": "0"}, True, set()),
        ({"TERM": "dumb"}, False, set()),
        ({"TERM": "xterm"}, True, {"0", "1", "1;39"}),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True, {"0", "1", "1;39", "1;38;5;31", "38;5;130", "38;5;244"}),
    ],
)
def test_help_has_the_colours_that_the_terminal_has(changes: dict[str, str], panels: bool, styles: set[str]) -> None:
    _, seen = at_terminal("search", "--help", **changes)

    assert ("╭" in seen) == panels
    assert set(re.findall(r"\x1b\[([\d;]*)m", seen)) == styles


def test_a_dumb_terminal_gets_what_a_pipe_gets() -> None:
    assert at_terminal("show", "--help", TERM="dumb") == (0, morgue("show", "--help").out)
