"""A dateline as found: its parts as printed."""

from __future__ import annotations

from typing import NamedTuple


class Dateline(NamedTuple):
    """A dateline as found.

    Attributes:
        raw: the text of it, separator included. end: where the story begins.
        place: as printed, without date and agency, or "". agency: as printed, or "".
        year, month, day: 0 where not given (a day may come without its month). weekday: 0 (Monday) .. 6, or -1.
        byline: names given in the same bracket (Japanese and Korean copy), or "".
    """

    raw: str = ""
    end: int = 0
    place: str = ""
    agency: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    byline: str = ""

    @property
    def dated(self) -> bool:
        """Whether it gives a day or a weekday."""
        return bool(self.day) or self.weekday >= 0
