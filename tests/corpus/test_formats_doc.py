"""docs/formats.md says what the registry, the alias table and the limits say."""

from __future__ import annotations

import pytest

from morgue.readers import FORMATS, Format, ReadOptions
from morgue.readers.formats import signed
from morgue.readers.options import MEBIBYTE
from morgue.readers.streams import HEAD
from support.paths import ROOT
from support.update_formats_doc import updated

TEXT = (ROOT / "docs/formats.md").read_text("utf-8")


def rows(width: int) -> list[list[str]]:
    """The cells of the table rows of so many columns."""
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in TEXT.splitlines() if line.startswith("| ")
    ]
    return [row for row in cells if len(row) == width]


def test_the_tables_are_those_of_the_registry_and_of_the_fields() -> None:
    assert updated(TEXT) == TEXT  # else run tests/support/update_formats_doc.py


@pytest.mark.parametrize("item", FORMATS.values(), ids=FORMATS)
def test_every_entry_is_whole(item: Format) -> None:
    cells = item.stated.split(" | ")

    assert all((item.title, item.suffixes, item.mime, item.module, item.gives, item.example))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in item.suffixes)
    assert len(cells) == 6
    assert all(cell[0] in "●◐○–a" for cell in cells)  # "as HTML"
    assert f"extra `{item.extra}`" in TEXT or not item.extra


def test_no_bytes_or_elements_prove_two_formats() -> None:
    roots = [root for item in FORMATS.values() for root in item.roots]

    assert len(roots) == len(set(roots))
    for item in FORMATS.values():
        proven, why = signed((ROOT / item.example).read_bytes()[:HEAD])
        assert proven == (item.name if item.signatures else "")
        assert why in [signature.why for signature in item.signatures] + [""]


def test_limits_are_those_of_the_options() -> None:
    defaults = ReadOptions()
    limits = [row[1] for row in rows(3)]

    assert limits[1:] == [
        f"{defaults.max_bytes // MEBIBYTE} MiB",
        "16 MiB",
        f"{defaults.max_ratio} times",
        f"{defaults.max_depth}",
        f"{defaults.max_members:,}",
        f"{defaults.max_total // MEBIBYTE // 1024} GiB",
    ]
