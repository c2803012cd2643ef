"""Paragraphs of a raw text: by blank lines, by indents, or line by line, with hard-wrapped lines joined."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_MAX_WIDTH = 120  # characters: a text with longer lines than this inside its blocks is not hard-wrapped
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
_END = re.compile(r"""[.!?:…。！？؟।]["'”’»)\]]*$""")
_ITEM = re.compile(r"\s*(?:[-*•·▪‣–—]|\d{1,2}[.)])\s+\S")


class Line(NamedTuple):
    """A line that is not blank: its text, its indent in columns, whether a blank line is above it."""

    text: str
    indent: int
    apart: bool


def lines(text: str) -> list[Line]:
    """Return the lines of a text that hold something."""
    found: list[Line] = []
    apart = True
    for raw in text.splitlines():
        stripped = raw.strip()
        if not stripped:
            apart = True
            continue
        indent = 0
        if raw[0] != stripped[0]:
            indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(4))
        found.append(Line(stripped, indent, apart))
        apart = False
    return found


def wrapped(rows: list[Line]) -> bool:
    """Return whether lines are cut at a column: none that another follows directly is long, and most nearly fill it.

    A full line that breaks off inside a sentence is evidence too, however many short ones surround it.
    """
    followed = [row.text for row, after in pairwise(rows) if not after.apart]
    if not followed:
        return False
    width = max(len(text) for text in followed)
    if not 30 <= width <= _MAX_WIDTH:
        return False
    full = sum(len(text) >= 0.65 * width for text in followed)
    broken = width >= 55 and any(len(text) >= 0.85 * width and not _END.search(text) for text in followed)
    if full * 2 < len(followed) and not broken:
        return False
    return not any(len(row.text) > 1.4 * width + 20 and " " in row.text for row in rows)


def group(rows: list[Line]) -> list[str]:
    """Join lines to paragraphs.

    A blank line ends a paragraph, and so does a line that is indented more than the one before it. In text that is
    not hard-wrapped each line is a paragraph. In wrapped text without either mark a short line that ends a sentence
    ends the paragraph. Lines of a table stay lines of one paragraph.
    """
    if not rows:
        return []
    if not wrapped(rows):
        return [row.text for row in rows]
    width = max(len(row.text) + row.indent for row in rows)
    marked = any(row.apart for row in rows[1:]) or any(b.indent > a.indent for a, b in pairwise(rows))
    found: list[list[Line]] = [[rows[0]]]
    for before, row in pairwise(rows):
        if row.apart or _begins(before, row, width, marked=marked):
            found.append([row])
        else:
            found[-1].append(row)
    return [_joined(block) for block in found]


def _begins(before: Line, row: Line, width: int, *, marked: bool) -> bool:
    """Return whether a line begins a paragraph without a blank line above it."""
    if row.indent > before.indent + 1 or row.text.startswith("#"):
        return True
    if _ITEM.match(row.text) and _END.search(before.text):
        return True
    if row.indent == before.indent >= 2 and _fresh(before, row, width):
        return True
    return _ended(before, row, width * (0.55 if marked else 0.8))


def _fresh(before: Line, row: Line, width: int) -> bool:
    """Return whether an indented line below an indented one is a paragraph of its own."""
    return len(before.text) + before.indent < width * 0.75 or (bool(_END.search(before.text)) and row.text[0].isupper())


def _ended(before: Line, row: Line, width: float) -> bool:
    return len(before.text) < width and bool(_END.search(before.text)) and not row.text[0].islower()


def _joined(block: list[Line]) -> str:
    if len(block) > 1 and sum(1 for row in block if _COLUMNS.search(row.text)) * 2 > len(block):
        return "\n".join(row.text for row in block)
    out = block[0].text
    for row in block[1:]:
        # A hyphen at the line's end belongs to the word ("per-share"); a dash is between words.
        word = out.endswith("-") and out[-2:-1].isalpha() and row.text[:1].islower()
        unspaced = out[-1] > "\u2e7f" and row.text[0] > "\u2e7f" and not "\uac00" <= out[-1] <= "\ud7a3"
        out += row.text if word or unspaced else f" {row.text}"
    return out
