"""Settings: where they come from, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from morgue.config import SETTINGS, Settings, Value
from morgue.errors import UsageError


def settings(folder: Path, **environment: str) -> Settings:
    """Settings of a folder, far from the machine's own."""
    return Settings(
        str(folder), {"XDG_CONFIG_HOME": str(folder / "home"), "APPDATA": str(folder / "home"), **environment}
    )


def test_an_option_outranks_the_environment_and_that_a_file(tmp_path: Path) -> None:
    (tmp_path / "morgue.toml").write_text("limit = 3\n")

    assert settings(tmp_path).pick("limit") == 3
    assert settings(tmp_path, MORGUE_LIMIT="4").pick("limit") == 4
    assert settings(tmp_path, MORGUE_LIMIT="4").pick("limit", 5) == 5
    assert settings(tmp_path, MORGUE_LIMIT="4").pick("limit", 0) == 0


def test_the_nearest_file_counts_and_the_users_own_comes_last(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    own = tmp_path / "a" / "b" / "home" / "morgue"
    own.mkdir(parents=True)
    (own / "morgue.toml").write_text('limit = 1\nsort = "oldest"\n')
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.morgue]\nlimit = 7\n')

    assert settings(below).find("limit") == Value(7, str(tmp_path / "pyproject.toml"))
    assert settings(below).find("sort") == Value("oldest", str(own / "morgue.toml"))
    assert settings(below).find("tz") == Value("", "default")
    (tmp_path / "a" / "morgue.toml").write_text("limit = 8\n")
    assert settings(below).pick("limit") == 8


def test_a_relative_index_starts_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "morgue.toml").write_text('index = "archive"\n')
    (tmp_path / "below").mkdir()

    assert settings(tmp_path / "below").pick("index") == str(tmp_path / "archive")
    assert settings(tmp_path / "below", MORGUE_INDEX="here").pick("index") == "here"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limits = 3\n", "unknown setting 'limits'"),
        ('limit = "3"\n', "invalid limit '3': expected a whole number"),
        ("limit = true\n", "invalid limit True: expected a whole number"),
        ("limit = -1\n", "invalid limit -1: expected 0 or more"),
        ('color = "red"\n', "invalid color 'red': expected one of"),
        ("limit = \n", "cannot read"),
        ("any = 1\n", "invalid any 1: expected true or false"),
        # a file that lies beside the data may be anybody's
        ('pager = "rm -rf /"\n', "runs a program"),
    ],
)
def test_a_file_with_a_mistake_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "morgue.toml").write_text(text)

    with pytest.raises(UsageError) as caught:
        settings(tmp_path).pick(text.split()[0] if text.split()[0] in ("limit", "color", "any") else "limit")
    assert words in caught.value.message
    assert "morgue.toml" in caught.value.message


@pytest.mark.parametrize(
    ("variable", "text"),
    [("MORGUE_LIMIT", "many"), ("MORGUE_ANY", "maybe"), ("MORGUE_COLOR", "red"), ("MORGUE_WAIT", "nan")],
)
def test_a_variable_with_a_mistake_is_named(tmp_path: Path, variable: str, text: str) -> None:
    name = variable.removeprefix("MORGUE_").lower()

    with pytest.raises(UsageError) as caught:
        settings(tmp_path, **{variable: text}).pick(name)
    assert variable in caught.value.message


def test_no_file_is_read_when_the_variable_says_so(tmp_path: Path) -> None:
    (tmp_path / "morgue.toml").write_text("nonsense")

    assert settings(tmp_path, MORGUE_CONFIG="").pick("limit") == SETTINGS["limit"].default
    with pytest.raises(UsageError):
        settings(tmp_path, MORGUE_CONFIG=str(tmp_path / "none.toml")).pick("limit")
