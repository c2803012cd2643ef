"""Pieces of printed lines to the order in which they are read: columns one after the other, tables row by row.

A file draws its text in any order, many row by row across all columns. The order of the file is kept where it is one in
which a page can be read; else the white space between the pieces gives it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_MIN_GUTTER = 0.8  # of the letters' size: white space between columns
_SAME_LINE = 0.35  # of the letters' size: between the base lines of pieces of one line
_MIN_LINES = 3  # of each of two columns
_NEW_BLOCK = 3.0  # line distances above what stands below columns, across them
_GAP = 1.4  # line distances above a paragraph that is set off
_INDENT = (0.7, 5.0)  # of the letters' size
_MAX_CELL = 3  # words of a table's cell, at the median
_LOWER = 0.3  # of a column's lines that begin within a sentence
_MAX_PIECES = 2_000  # of a page that is put in order


class Line(NamedTuple):
    """A printed line, or the piece of one that lies in one column.

    Attributes:
        text: of the line. size: of its letters in points, 0 when not measured.
        left, right, base: its edges and its base line, in points from the page's lower left corner.
    """

    text: str
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0


def in_order(pieces: list[Line], split: bool) -> list[Line]:
    """The lines of a page as they are read, an empty one between paragraphs that are set apart.

    Args:
        pieces: in the order of the file. split: whether lines of the file were cut at the space between columns.
    """
    filled = [piece for piece in pieces if piece.text]
    if any(piece.size <= 0 for piece in filled) or len(filled) > _MAX_PIECES:
        return pieces
    if split or _is_jumbled(filled):
        filled = _arranged(sorted(filled, key=lambda piece: (-piece.base, piece.left)))
    return _set_apart(_rows_joined(filled))


def _is_jumbled(pieces: list[Line]) -> bool:
    """True when the file goes up to a line above the one before it, or to and fro between columns."""
    changes = 0
    for before, piece in pairwise(pieces):
        if _overlap(before, piece) and piece.base > before.base + 0.5 * before.size:
            return True
        beside = not _overlap(before, piece) and abs(piece.base - before.base) < 1.5 * before.size
        changes = changes + 1 if beside else 0
        if changes >= 3:
            return True
    return False


def _overlap(one: Line, other: Line) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * min(
        one.right - one.left, other.right - other.left
    )


# --- columns ------------------------------------------------------------------------------------------------------


def _arranged(pieces: list[Line]) -> list[Line]:
    """Pieces, given from top to bottom, with what stands in columns taken column by column."""
    found: list[Line] = []
    at = 0
    while at < len(pieces):
        end, gutter = _columns(pieces, at)
        if gutter is None:
            found.append(pieces[at])
            at += 1
            continue
        run = pieces[at:end]
        left = [piece for piece in run if piece.right <= gutter]
        right = [piece for piece in run if piece.right > gutter]
        if _is_table(left, right):
            found.extend(run)
        else:
            found.extend(_arranged(left))
            found.extend(_arranged(right))
        at = end
    return found


def _columns(pieces: list[Line], start: int) -> tuple[int, float | None]:
    """Where a run of pieces in two columns or more that begins at `start` ends, and the place between two of them."""
    least = _MIN_GUTTER * median(piece.size for piece in pieces)
    taken: list[tuple[float, float]] = []
    best: tuple[int, float | None] = (start + 1, None)
    for at in range(start, len(pieces)):
        piece = pieces[at]
        taken = _with(taken, piece.left, piece.right)
        gaps = [
            (right - left, (left + right) / 2) for (_, left), (right, _) in pairwise(taken) if right - left >= least
        ]
        if not gaps:
            if best[1] is not None or (at > start and len(taken) == 1 and _spans(piece, pieces[start:at])):
                break
            continue
        _, middle = max(gaps)
        best = at + 1, middle
    end, gutter = best
    if gutter is None:
        return best
    end = _without_tail(pieces, start, end, gutter)
    run = pieces[start:end]
    left = [piece for piece in run if piece.right <= gutter]
    right = [piece for piece in run if piece.right > gutter]
    if len(left) < _MIN_LINES or len(right) < _MIN_LINES:
        return start + 1, None
    side_by_side = sum(1 for piece in right if left[-1].base - piece.size < piece.base < left[0].base + piece.size)
    return (end, gutter) if side_by_side >= _MIN_LINES else (start + 1, None)


def _spans(piece: Line, before: list[Line]) -> bool:
    """True for a piece as wide as all before it: no column can begin above it."""
    return piece.right - piece.left >= 0.9 * (max(p.right for p in before) - min(p.left for p in before))


def _with(taken: list[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """Intervals, disjoint and sorted, with one more."""
    found = []
    for low, high in taken:
        if high < left or low > right:
            found.append((low, high))
        else:
            left, right = min(low, left), max(high, right)
    return sorted([*found, (left, right)])


def _without_tail(pieces: list[Line], start: int, end: int, gutter: float) -> int:
    """The end of a run without the lines below its columns, far off or on one side alone."""
    for at in range(start + 1, end):
        above, piece = pieces[at - 1], pieces[at]
        if above.base - piece.base > _NEW_BLOCK * max(above.size, piece.size) * 1.2:
            rest = pieces[at:end]
            if all(other.right <= gutter for other in rest) or all(other.left >= gutter for other in rest):
                return at
    return end


def _is_table(left: list[Line], right: list[Line]) -> bool:
    """True when what looks like two columns has the cells of a table in it and not lines of sentences."""
    return any(
        median(len(piece.text.split()) for piece in side) <= _MAX_CELL
        and sum(piece.text[:1].islower() for piece in side) < _LOWER * len(side)
        and all(len(piece.text) < 40 for piece in side)
        for side in (left, right)
    )


# --- lines and paragraphs -----------------------------------------------------------------------------------------


def _rows_joined(pieces: list[Line]) -> list[Line]:
    """Neighbouring pieces of one printed line as one, two spaces between them."""
    found: list[Line] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before is not None
            and abs(before.base - piece.base) <= _SAME_LINE * max(before.size, piece.size)
            and piece.left >= before.right - 0.2 * piece.size
        ):
            size = before.size if len(before.text) >= len(piece.text) else piece.size
            found[-1] = Line(f"{before.text}  {piece.text}", size, before.left, piece.right, before.base)
        else:
            found.append(piece)
    return found


def _set_apart(lines: list[Line]) -> list[Line]:
    """The lines with an empty one where more space than usual or an indent begins a paragraph, and around captions."""
    pitch = Counter(round(above.base - below.base, 1) for above, below in pairwise(lines) if above.base > below.base)
    usual = pitch.most_common(1)[0][0] if pitch else 0.0
    margins = Counter(round(line.left) for line in lines)
    found: list[Line] = []
    for line in lines:
        if found and found[-1].text and _begins(found[-1], line, usual, margins):
            found.append(Line(""))
        found.append(line)
    return found


def _begins(above: Line, line: Line, usual: float, margins: Counter[int]) -> bool:
    """True when a line does not go on with the one above it in the same column."""
    if abs(above.size - line.size) > 0.08 * max(above.size, line.size):
        return True
    down = above.base - line.base
    if down < -line.size and above.text[-1] in ".!?":  # from the foot of a column to the head of the next
        return True
    if usual and down > _GAP * max(usual, 1.05 * line.size):
        return True
    indent = line.left - above.left
    return (
        _INDENT[0] * line.size <= indent <= _INDENT[1] * line.size
        and down > 0
        and margins[round(above.left)] > margins[round(line.left)]
    )
