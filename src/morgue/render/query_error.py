"""A query with a caret under the place that is meant."""

from __future__ import annotations

import unicodedata

from morgue.render.safe import line

_CONTEXT_CHARACTERS = 60  # characters of a long query that are shown on either side of the place


def caret_lines(query: str, start: int, end: int) -> list[str]:
    """Return the query on one line and carets under its characters from `start` to `end` (exclusive).

    Nothing is returned for an empty query or a place outside it. Long queries are cut around the place.
    """
    if not query.strip() or start < 0:
        return []
    start, end = min(start, len(query)), min(max(end, start + 1), max(len(query), start + 1))
    left, right = max(0, start - _CONTEXT_CHARACTERS), min(len(query), end + _CONTEXT_CHARACTERS)
    before = ("…" if left else "") + _shown(query[left:start])
    under = _shown(query[start:end]) or " "
    after = _shown(query[end:right]) + ("…" if right < len(query) else "")
    return [f"  {before}{under}{after}".rstrip(), "  " + " " * _columns(before) + "^" * max(_columns(under), 1)]


def _shown(text: str) -> str:
    """One line of text with its blanks at both ends kept."""
    return "".join(" " if character.isspace() else line(character) for character in text)


def _columns(text: str) -> int:
    """How many columns a terminal gives the text (East Asian wide characters take two, combining ones none)."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
