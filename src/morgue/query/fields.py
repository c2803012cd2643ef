"""The fields that a query can name: their aliases and what each holds."""

from __future__ import annotations

from collections.abc import Mapping

from morgue.fields import FIELDS as TABLE
from morgue.fields import Kind


class Field:
    """A field of the tree: of kind text (has words), value (compared as a whole), date or number (have ranges)."""

    __slots__ = ("aliases", "kind", "name")

    def __init__(self, name: str, kind: Kind, aliases: tuple[str, ...]) -> None:
        self.name = name
        self.kind = kind
        self.aliases = aliases


# The first alias is the one that canonical queries use.
FIELDS = tuple([Field(field.name, field.kind, tuple(field.query.split())) for field in TABLE if field.query])
BY_ALIAS = {alias: field for field in FIELDS for alias in field.aliases}
BY_NAME = {field.name: field for field in FIELDS}
STATUSES = {
    "usable": "usable", "embargoed": "embargoed", "withheld": "withheld", "canceled": "canceled",
    "cancelled": "canceled", "killed": "canceled",
}  # fmt: skip
# Zones of the one numbered text: words of these can be near each other.
ZONES = frozenset(("text", "headline", "lead", "hlead", "body"))


def family(field: str) -> str:
    """Return what numbers the words of a field: `text` for its zones, else the field itself."""
    return "text" if field in ZONES else field


def tagged(name: str, tags: Mapping[str, str]) -> str | None:
    """Return the field that a dialect, or else our language, calls `name`; `tags`: the dialect's names of fields."""
    own = BY_ALIAS.get(name.lower())
    return tags.get(name.lower()) or (own.name if own else None)


def closest(name: str) -> list[str]:
    """Return field names that are spelled like `name`, best first."""
    from difflib import get_close_matches

    return get_close_matches(name.casefold(), sorted(BY_ALIAS), n=3, cutoff=0.7)


def language(text: str) -> str | None:
    """Return the ISO 639 code of a language given by its English name or its code, or None."""
    from morgue.languages import LANGUAGES

    name = text.strip().casefold()
    for known in LANGUAGES:
        if name in known.names.split():
            return known.code
    parts = name.replace("_", "-").split("-")
    if name.isascii() and 2 <= len(parts[0]) <= 3 and all(part.isalnum() for part in parts) and parts[0].isalpha():
        return name.replace("_", "-")
    return None
