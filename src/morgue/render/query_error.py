"""A query with carets under the place of a mistake."""

from __future__ import annotations

from morgue.render.safe import columns, line

_CONTEXT_CHARACTERS = 60  # of a long query, shown on either side of the place


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
    return [f"  {before}{under}{after}".rstrip(), "  " + " " * columns(before) + "^" * max(columns(under), 1)]


def _shown(text: str) -> str:
    """Return text on one line, without stripping it."""
    return "".join(" " if character.isspace() else line(character) for character in text)
