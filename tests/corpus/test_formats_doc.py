"""docs/formats.md says what the registry, the alias table and the limits say."""

from __future__ import annotations

import re

from morgue.readers import FORMATS, ReadOptions
from morgue.readers.fields import ALIASES
from morgue.readers.options import MEBIBYTE
from support.paths import ROOT

TEXT = (ROOT / "docs/formats.md").read_text("utf-8")


def rows(width: int) -> list[list[str]]:
    """The cells of the table rows of so many columns."""
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in TEXT.splitlines() if line.startswith("| ")
    ]
    return [row for row in cells if len(row) == width]


def test_every_format_has_a_row_with_its_example() -> None:
    listed = {re.findall(r"`(\w+)`", row[0])[0]: row[7].strip("` |") for row in rows(8) if row[0].startswith("`")}

    assert listed == {name: item.example for name, item in FORMATS.items()}


def test_extras_are_named() -> None:
    extras = {item.extra for item in FORMATS.values() if item.extra and item.extra != "html"}

    assert all(f"extra `{extra}`" in TEXT for extra in extras)


def test_aliases_are_those_of_the_table() -> None:
    wanted = [f"| {field} | {', '.join(f'`{alias}`' for alias in aliases)} |" for field, aliases in ALIASES.items()]

    assert [row for row in wanted if row not in TEXT.splitlines()] == []  # what is listed belongs into the page


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
