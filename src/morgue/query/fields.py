"""The fields that a query can name: their aliases and what each holds."""

from __future__ import annotations

from typing import Literal

Kind = Literal["text", "value", "date", "number"]


class Field:
    """A field of the tree: of kind text (has words), value (compared as a whole), date or number (have ranges)."""

    __slots__ = ("aliases", "kind", "name")

    def __init__(self, name: str, kind: Kind, aliases: tuple[str, ...]) -> None:
        self.name = name
        self.kind = kind
        self.aliases = aliases


# The first alias is the one that canonical queries use. The aliases are those of LexisNexis segments, Factiva tags,
# the AP Media API and ninjs.
FIELDS = (
    Field("text", "text", ("text", "any", "anywhere")),
    Field("headline", "text", ("headline", "hl", "title", "hd")),
    Field("lead", "text", ("lead", "lp")),
    Field("hlead", "text", ("hlead", "hlp")),
    Field("body", "text", ("body", "td")),
    Field("byline", "text", ("byline", "by", "author")),
    Field("contributor", "text", ("contributor", "contrib", "contributors")),
    Field("location", "text", ("location", "dateline", "filed", "located", "place", "city")),
    Field("source", "text", ("source", "sn", "publication", "agency")),
    Field("slug", "text", ("slug", "slugline")),
    Field("keywords", "text", ("keywords", "keyword", "kw", "subject", "tag", "tags")),
    Field("note", "text", ("note", "ednote")),
    Field("country", "value", ("country",)),
    Field("region", "value", ("region", "state")),
    Field("language", "value", ("language", "lang", "la")),
    Field("status", "value", ("status", "pubstatus")),
    Field("id", "value", ("id", "guid", "itemid")),
    Field("path", "value", ("path", "file")),
    Field("format", "value", ("format",)),
    Field("published", "date", ("date", "pd", "published")),
    Field("updated", "date", ("updated", "upd")),
    Field("ingested", "date", ("ingested", "loaded")),
    Field("words", "number", ("words", "wc", "length", "wordcount")),
)
BY_ALIAS = {alias: field for field in FIELDS for alias in field.aliases}
BY_NAME = {field.name: field for field in FIELDS}
STATUSES = {
    "usable": "usable", "embargoed": "embargoed", "withheld": "withheld", "canceled": "canceled",
    "cancelled": "canceled", "killed": "canceled",
}  # fmt: skip
LANGUAGES = {
    "chinese": "zh", "japanese": "ja", "korean": "ko", "thai": "th", "hebrew": "he", "ukrainian": "uk", "polish": "pl",
    "czech": "cs", "vietnamese": "vi", "persian": "fa", "farsi": "fa", "burmese": "my", "khmer": "km", "lao": "lo",
    "bulgarian": "bg", "croatian": "hr", "slovak": "sk", "slovene": "sl", "urdu": "ur", "bengali": "bn",
}  # fmt: skip

# Zones of the one numbered text: words of these can be near each other.
ZONES = frozenset(("text", "headline", "lead", "hlead", "body"))


def family(field: str) -> str:
    """Return what numbers the words of a field: `text` for its zones, else the field itself."""
    return "text" if field in ZONES else field


def closest(name: str) -> list[str]:
    """Return field names that are spelled like `name`, best first."""
    from difflib import get_close_matches

    return get_close_matches(name.casefold(), sorted(BY_ALIAS), n=3, cutoff=0.7)


def language(text: str) -> str | None:
    """Return the ISO 639 code of a language given by its English name or its code, or None."""
    from morgue.analysis import STEMMERS

    name = text.strip().casefold()
    if name in LANGUAGES:
        return LANGUAGES[name]
    for code, full in STEMMERS.items():
        if full == name:
            return code
    parts = name.replace("_", "-").split("-")
    if name.isascii() and 2 <= len(parts[0]) <= 3 and all(part.isalnum() for part in parts) and parts[0].isalpha():
        return name.replace("_", "-")
    return None
