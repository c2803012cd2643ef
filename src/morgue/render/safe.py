"""Text from articles made safe: they may contain controls for a terminal or formulas for a spreadsheet."""

from __future__ import annotations

import re

# Control characters, bidi embeddings, overrides and isolates, invisible fillers, tag characters, lone surrogates.
_RISKY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# Joiners and direction marks, which Arabic, Hebrew, Indic scripts and emoji need between their own characters.
_JOINING = "\u200c\u200d\u200e\u200f\u061c"
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_FORMULA = "=+-@\t\r"


def visible(text: str) -> str:
    """Return `text` with control and invisible characters spelled out.

    ESC becomes `␛` (Unicode's control pictures), others `<U+202E>`; a byte of a file name that is not UTF-8 becomes
    `<xFF>`. Line feeds and tabs stay. Joiners stay where a script needs them.
    """
    return _RISKY.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in _JOINING:
        text, place = match.string, match.start()
        around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        if any(ord(neighbour) >= 0x590 and not _RISKY.match(neighbour) for neighbour in around):
            return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:
        return f"<x{code - 0xDC00:02X}>"
    return f"<U+{code:04X}>"


def line(text: str) -> str:
    """Return `text` on one line: breaks and tabs become spaces, the rest as `visible`."""
    return visible(_BREAKS.sub(" ", text).strip())


def flat(text: str) -> str:
    """Return `text` on one line with every other character as it is (`--raw`)."""
    return _BREAKS.sub(" ", text).strip()


def columns(text: str) -> int:
    """Return the columns of `text` at a terminal (two for East Asian wide characters, none for combining ones)."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def defused(cell: str) -> str:
    """Return a cell that is not a formula to a spreadsheet: an apostrophe goes before `= + - @`, tab and return.

    A number (`-3`, `+4.5`) stays as it is. Rule: OWASP, "CSV Injection".
    """
    if not cell or cell[0] not in _FORMULA:
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell if cell[0] in "+-" and not cell.strip("+-0123456789.eE") else f"'{cell}"


def pieces(text: str, words: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut `text` at the matched words: (piece, whether it matched), empty pieces left out.

    Args:
        words: start and end of each, offsets in `text`; those that overlap or lie outside are joined or cut.
    """
    out: list[tuple[str, bool]] = []
    place = 0
    for start, end in sorted(words):
        start, end = max(start, place), min(end, len(text))
        if start >= end:
            continue
        if start > place:
            out.append((text[place:start], False))
        out.append((text[start:end], True))
        place = end
    if place < len(text):
        out.append((text[place:], False))
    return out
