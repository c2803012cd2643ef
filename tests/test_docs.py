"""What is promised in words: every command has help with an example, and the documents name what there is."""

from __future__ import annotations

import re
import shlex

import pytest

from morgue.cli.argv import read
from morgue.cli.declaration import Opt
from morgue.cli.table import COMMANDS, load
from morgue.config import SETTINGS
from morgue.json_record import KEYS
from morgue.render.fields import NAMES
from morgue.render.formats import ARTICLE_FORMATS, FORMATS, Format
from morgue.search.request import SORTS
from support.cli_process import morgue
from support.paths import ROOT

OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")


def examples(name: str) -> list[str]:
    """The lines under `Examples:` of a command's help."""
    _, _, below = (load(name).function.__doc__ or "").partition("Examples:\n")
    return [line.strip() for line in below.splitlines() if line.strip()]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples_that_read(name: str) -> None:
    ended = morgue(name, "--help")

    assert ended.code == 0
    assert "Examples:" in ended.out
    assert examples(name)
    for example in examples(name):
        for part in re.split(r"\s*(?:\||\|\|)\s*(?![^']*'(?:[^']*'[^']*')*[^']*$)", example):
            words = shlex.split(part.split(" > ")[0])
            if words[:2] == ["morgue", name]:
                read(load(name), words[2:])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    for param in load(name).params:
        assert param.declared.help.strip().endswith((".", ")")), param.name
        if isinstance(param.declared, Opt):
            assert all(option.startswith("-") for option, _ in param.names())


def test_main_help_lists_every_command() -> None:
    shown = morgue("--help").out

    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", [*NAMES, *KEYS])
def test_every_field_is_promised_in_the_document(name: str) -> None:
    assert f"`{name}`" in OUTPUT


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_table_of_the_readme(name: str) -> None:
    _, _, table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Commands")

    assert f"`{name}`" in table.partition("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_document(name: str) -> None:
    assert f"`{name}" in OUTPUT or f"`morgue {name}" in OUTPUT


def test_the_table_of_formats_is_that_of_the_registry() -> None:
    _, _, section = OUTPUT.partition("## Formats of `morgue search`\n")
    rows = re.findall(r"^\| (`.*?) \| .{8,} \|$", section.partition("\n## ")[0], re.MULTILINE)

    def cell(item: Format) -> str:
        more = ", ".join(f"`{flag}`" for flag in item.flags[1:])
        return f"`{item.name}`" + (f" ({more})" if more else "")

    assert rows == [cell(item) for item in FORMATS.values() if item.flags]


def test_the_formats_of_whole_articles_are_in_the_document() -> None:
    (line,) = re.findall(r"^- `morgue show`: (.*)$", OUTPUT, re.MULTILINE)

    assert re.findall(r"`(\w+)`", line) == [item.name for item in ARTICLE_FORMATS.values() if item.flags]


@pytest.mark.parametrize("code", ["0", "1", "2", "3", "4", "5", "70", "130"])
def test_every_exit_code_is_in_the_document(code: str) -> None:
    assert re.search(rf"^\| {code} \|", OUTPUT, re.MULTILINE)


@pytest.mark.parametrize(
    ("command", "setting"),
    [("search", "limit"), ("search", "snippets"), ("search", "snippet-length"), ("search", "sort"),
     ("search", "syntax"), ("search", "jobs"), ("ingest", "wait"), ("ingest", "batch"), ("ingest", "jobs"),
     ("show", "color")],
)  # fmt: skip
def test_help_names_the_default_of_a_setting(command: str, setting: str) -> None:
    param, _ = load(command).options[f"--{setting}"]
    default = SETTINGS[setting].default

    shown = f"{default:g}" if isinstance(default, float) else str(default)
    assert re.search(rf"default: {shown}\b|\b{shown} \(the default\)", param.declared.help)


def test_help_names_every_order_of_hits() -> None:
    param, _ = load("search").options["--sort"]

    assert [word for word in re.findall(r"\w+", param.declared.help) if word in SORTS] == list(SORTS)
