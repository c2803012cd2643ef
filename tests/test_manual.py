"""The manual is written from the declarations: docs/commands.md is not stale, man pages are whole and are installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from morgue.cli.pages import main_page
from morgue.cli.table import COMMANDS
from morgue.config import SETTINGS
from support.paths import ROOT


def script() -> ModuleType:
    """`tools/manual.py` as a module."""
    spec = importlib.util.spec_from_file_location("manual", ROOT / "tools" / "manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MANUAL = script()
MAN_PAGES = MANUAL.man_pages()
NAMES = ["morgue.1", *(f"morgue-{name}.1" for name in COMMANDS)]


def test_the_document_is_what_the_declarations_say() -> None:
    written = (ROOT / "docs" / "commands.md").read_text("utf-8")

    assert written == MANUAL.document(), "run python tools/manual.py"


def test_the_man_pages_are_made_without_any_package(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-I", "-S", str(ROOT / "tools" / "manual.py"), str(tmp_path)], check=True)

    assert {path.name: path.read_text("ascii") for path in tmp_path.iterdir()} == MAN_PAGES


def test_there_is_a_man_page_for_every_command() -> None:
    assert list(MAN_PAGES) == NAMES


def test_the_man_page_of_the_program_names_every_setting() -> None:
    for name in SETTINGS:
        assert f"\\fBMORGUE_{name.upper().replace('-', '_')}\\fR" in MAN_PAGES["morgue.1"]


@pytest.mark.parametrize("name", NAMES)
def test_a_man_page_has_the_usual_sections(name: str) -> None:
    found = re.findall(r"^\.SH (.*)$", MAN_PAGES[name], re.MULTILINE)
    usual = (
        "NAME, SYNOPSIS, DESCRIPTION, ARGUMENTS, COMMANDS, OPTIONS, EXAMPLES, EXIT STATUS, ENVIRONMENT, FILES, SEE ALSO"
    )

    assert found == [heading for heading in usual.split(", ") if heading in found]
    assert {*usual.split(", ")} - {*found} <= {"ARGUMENTS", "COMMANDS"}


def shown(name: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    """A page as groff shows it, with all its warnings."""
    page = MAN_PAGES[name].encode()
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-c", "-P-b", "-P-u", *options]
    return subprocess.run(command, input=page, capture_output=True, check=True)


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
@pytest.mark.parametrize("name", NAMES)
def test_a_man_page_shows_every_text_as_it_is_declared(name: str) -> None:
    command = name.removesuffix(".1").removeprefix("morgue").removeprefix("-")
    page = MANUAL.PAGES[command] if command else main_page()
    done = shown(name)
    text = " ".join(done.stdout.decode().split())

    assert done.stderr == b""
    for entry in (entry for section in page.sections for entry in section.entries):
        terms = f"{', '.join(entry.names)} {entry.value}".strip()
        assert f"{terms} {entry.text}".replace("`", "") in text
    for part in (*page.about, *page.examples):
        assert " ".join(part.replace("`", "").split()) in text


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_what_roff_would_obey_is_shown() -> None:
    text = r".so 'x' \fB ^ ~ ` - -- é “q” %"
    page = f".TH T 1\n.SH NAME\n{MANUAL._roff(text)}\n".encode()
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page, capture_output=True, check=True)

    assert text in done.stdout.decode()


def test_the_wheel_has_the_man_pages(tmp_path: Path) -> None:
    builders = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling")
    (wheel,) = builders.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        pages = {
            path.rpartition("/")[2]: archive.read(path).decode()
            for path in archive.namelist()
            if ".data/data/share/man/man1/" in path
        }

    assert pages == MAN_PAGES
