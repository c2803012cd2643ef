"""What the shell is offered: commands, options, fields, and values from the index."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.cli_process import environment


def offered(line: str, index: str) -> list[str]:
    """What bash gets for a line whose last word is being typed."""
    words = line.split(" ")
    variables = environment(
        COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _MORGUE_COMPLETE="complete_bash", MORGUE_INDEX=index
    )
    command = [sys.executable, "-m", "morgue"]
    done = subprocess.run(command, env=variables, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return done.stdout.decode().split("\n")[:-1] if done.stdout.strip() else []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("morgue se", ["search"]),
        ("morgue help se", ["search"]),
        ("morgue --inst", ["--install-completion"]),
        ("morgue search --loc", ["--location"]),
        ("morgue search bylin", ["byline:"]),
        ("morgue search byline:Ma", ["byline:Mari"]),
        ("morgue search --byline A", ["Ana Souza"]),
        ("morgue search --source R", ["Reuters"]),
        ("morgue search --country J", ["JP"]),
        ("morgue search oil --fields id,headl", ["id,headline"]),
        ("morgue facets --by ye", ["year"]),
        ("morgue show shri", ["shrine"]),
        ("morgue search --format ht", ["html"]),
        ("morgue similar --format ndj", ["ndjson"]),
        ("morgue ingest --format-in newsml", ["newsmlg2", "newsml1"]),
    ],
)
def test_completion_offers(sample_index: str, line: str, expected: list[str]) -> None:
    assert offered(line, sample_index) == expected


def test_completion_without_an_index_is_silent(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert offered("morgue search --byline A", str(tmp_path_factory.mktemp("none") / "index")) == []
