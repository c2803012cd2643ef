"""Texts of databases in which each value stands behind a label, `Publication title: The Lamp`: labels to fields.

Labels are compared without case, accents, white space and punctuation, since some downloads lose spaces within them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

_LABEL = re.compile(
    r"[ \t>*]*(?P<label>[^\W\d_](?:[^\W_]|[ /().'’&,-]){1,48}?)[ \t\xa0]*:(?:[ \t\xa0]+(?P<value>.*)|[ \t\xa0]*)$"
)


class Line(NamedTuple):
    """A line that begins with a label: its key, as `key` makes it, the label as printed, and what follows it."""

    key: str
    label: str
    value: str


def key(label: str) -> str:
    """A label as it is compared."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(char for char in plain if char.isalnum())


def table(listed: Mapping[str, str]) -> dict[str, str]:
    """Return key -> field for a table of field -> its labels, parted by `;`."""
    return {key(label): field for field, labels in listed.items() for label in labels.split(";")}


def read(line: str) -> Line | None:
    """Return the label that a line begins with; None when it begins with none."""
    found = _LABEL.match(line) if ":" in line[:60] else None
    return Line(key(found["label"]), found["label"].strip(), (found["value"] or "").strip()) if found else None
