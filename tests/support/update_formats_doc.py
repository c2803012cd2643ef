"""Write the tables of docs/formats.md from the registry and from the aliases of fields.

PYTHONPATH=src:tests python -m support.update_formats_doc
"""

from __future__ import annotations

from morgue.fields import FIELDS
from morgue.readers import FORMATS
from support.paths import ROOT

DOCUMENT = ROOT / "docs" / "formats.md"
ALIASES = "| field | keys, best first |\n"
FOREIGN = "| field | keys in other languages |\n"
HEADING = "| format | headline | date | byline | place | id | version, status, embargo | example |\n"


def table() -> str:
    """The table: a heading, and a row for each format in the order of the registry."""
    rows = [HEADING, "|---" * (HEADING.count("|") - 1) + "|\n"]
    for item in FORMATS.values():
        extra = f" (extra `{item.extra}`)" if item.extra else ""
        rows.append(f"| `{item.name}` {item.title}{extra} | {item.stated} | `{item.example}` |\n")
    return "".join(rows)


def aliases() -> str:
    """The table of keys: a row for each field that has any, best key first."""
    rows = [ALIASES, "|---|---|\n"]
    for field in FIELDS:
        if field.aliases:
            keys = ", ".join(f"`{alias}`" for alias in field.aliases.split())
            rows.append(f"| {field.attribute or field.name} | {keys} |\n")
    return "".join(rows)


def foreign() -> str:
    """The table of such keys in other languages than English."""
    rows = [FOREIGN, "|---|---|\n"]
    for field in FIELDS:
        if field.foreign:
            rows.append(f"| {field.attribute or field.name} | {', '.join(field.foreign.split())} |\n")
    return "".join(rows)


def updated(text: str) -> str:
    """The document with the tables in place of those that it holds."""
    for heading, rows in ((HEADING, table()), (ALIASES, aliases()), (FOREIGN, foreign())):
        start = text.index(heading)
        text = text[:start] + rows + text[text.index("\n\n", start) + 1 :]
    return text


if __name__ == "__main__":
    DOCUMENT.write_text(updated(DOCUMENT.read_text("utf-8")), "utf-8", newline="\n")
