"""Write the table of docs/formats.md from the registry: `PYTHONPATH=src:tests python -m support.update_formats_doc`."""

from __future__ import annotations

from morgue.readers import FORMATS
from support.paths import ROOT

DOCUMENT = ROOT / "docs" / "formats.md"
HEADING = "| format | headline | date | byline | place | id | version, status, embargo | example |\n"


def table() -> str:
    """The table: a heading, and a row for each format in the order of the registry."""
    rows = [HEADING, "|---" * (HEADING.count("|") - 1) + "|\n"]
    for item in FORMATS.values():
        extra = f" (extra `{item.extra}`)" if item.extra else ""
        rows.append(f"| `{item.name}` {item.title}{extra} | {item.stated} | `{item.example}` |\n")
    return "".join(rows)


def updated(text: str) -> str:
    """The document with the table in place of the one that it holds."""
    start = text.index(HEADING)
    return text[:start] + table() + text[text.index("\n\n", start) + 1 :]


if __name__ == "__main__":
    DOCUMENT.write_text(updated(DOCUMENT.read_text("utf-8")), "utf-8", newline="\n")
