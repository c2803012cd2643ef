"""A recognised page: blocks of printed lines of words, and how they become paragraphs.

The readers of ALTO, PAGE XML and hOCR give a `Page`; what all of them need is here: the order of blocks, broken
words, paragraphs within a block, and how sure the recognition was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from morgue.model import Draft, Remark
from morgue.readers.hyphens import Joiner, is_broken

LEAST_CONFIDENCE = 0.65  # mean of the words; recognition below it is remarked
_MAX_SORTED = 2_000  # blocks of a page
_MOVES_BACK = 0.3  # of the steps of an order that is not one of reading
_STEPS_ACROSS = 0.6
_CLIPPING = 3_000  # characters: a shorter text may be one article with its head, a longer one is a page
_TAIL = re.compile(r"\W+$")
_ENDS = ".!?:;\"'”’»)"

Role = Literal["", "heading", "margin", "number"]


class Box(NamedTuple):
    """A rectangle in the units of the file: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


class Word(NamedTuple):
    """A recognised word.

    Attributes:
        text: as printed. name: its identifier in the file.
        whole: of the part of a broken word, the word that the file states; "" for none.
        part: 1 or 2 for the parts of a broken word, else 0.
        confidence: 0 to 1; below 0 when not stated.
    """

    text: str
    name: str = ""
    whole: str = ""
    part: int = 0
    confidence: float = -1.0


@dataclass(slots=True)
class Line:
    """A printed line.

    Attributes:
        words: in order. name: its identifier in the file. broken: whether its last word goes on in the next line.
        box: where it is, or None. article: the name of the article that the file says it belongs to, or "".
    """

    words: list[Word]
    name: str = ""
    broken: bool = False
    box: Box | None = None
    article: str = ""

    @property
    def text(self) -> str:
        """The line as printed."""
        text = " ".join([word.text for word in self.words])
        return f"{text}-" if self.broken and not is_broken(text) else text


@dataclass(slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        names: identifiers in the file: its own and those of the blocks around it.
        role: what the file says it is: a heading, what is in the margins (running heads, signatures), a page's number.
        following: identifier of the block that is read next, where the file says so.
    """

    names: tuple[str, ...]
    lines: list[Line]
    role: Role = ""
    box: Box | None = None
    following: str = ""


@dataclass(slots=True)
class Page:
    """A page.

    Attributes:
        blocks: in reading order. name: its identifier in the file.
        number: as printed or counted, where the file states it. language: of its text, where stated.
        confidence: of the whole page where no word has one; below 0 when not stated.
    """

    blocks: list[Block] = field(default_factory=list)
    name: str = ""
    number: str = ""
    language: str = ""
    confidence: float = -1.0

    def lines(self) -> Iterator[Line]:
        """All lines in order."""
        for block in self.blocks:
            yield from block.lines

    def selected(self, begin: str, end: str = "") -> list[Block]:
        """The block, line or word with the identifier `begin`; with `end`, all from there to that one."""
        if not end or end == begin:
            if found := [block for block in self.blocks if begin in block.names]:
                return found
            end = begin
        found, inside = [], False
        for block in self.blocks:
            lines: list[Line] = []
            inside = inside or begin in block.names
            last = end in block.names
            for line in block.lines:
                words: list[Word] = []
                inside = inside or line.name == begin
                for word in line.words:
                    inside = inside or word.name == begin
                    if inside:
                        words.append(word)
                    if word.name == end and inside:
                        inside, last = False, False
                        break
                if words:
                    whole = len(words) == len(line.words)
                    lines.append(line if whole else Line(words, line.name, line.broken and inside, line.box))
                if line.name == end:
                    inside = False
            if lines:
                found.append(block if lines == block.lines else Block(block.names, lines, block.role, block.box))
            if last:
                inside = False
        return found


def ordered(blocks: list[Block]) -> list[Block]:
    """Blocks in reading order: by what the file says of their sequence, else as they are, else by columns.

    The order of the file counts unless it goes back up within columns, or goes row by row across them: then it is
    that in which blocks were found.
    """
    if any(block.following for block in blocks):
        return _chained(blocks)
    boxes = [block.box for block in blocks if block.box]
    if len(boxes) < len(blocks) or not 3 <= len(blocks) <= _MAX_SORTED:
        return blocks
    return _by_columns(blocks) if _goes_back(boxes) or _goes_across(boxes) else blocks


def _goes_back(boxes: list[Box]) -> bool:
    """Whether boxes often lie above the one that was last in their column."""
    back = 0
    for number, box in enumerate(boxes):
        last = next((other for other in reversed(boxes[:number]) if _same_column(box, other)), None)
        back += last is not None and box.bottom <= last.top
    return back > _MOVES_BACK * (len(boxes) - 1)


def _goes_across(boxes: list[Box]) -> bool:
    """Whether most steps lead to a box beside, or back to the left and down."""
    beside = returns = 0
    for one, two in pairwise(boxes):
        if not _same_column(one, two):
            shared = min(one.bottom, two.bottom) - max(one.top, two.top)
            beside += two.left >= one.right and shared > 0.5 * min(one.bottom - one.top, two.bottom - two.top)
            returns += two.right <= one.left and two.top >= one.bottom - 1
    return beside > 0 and returns > 0 and beside + returns > _STEPS_ACROSS * (len(boxes) - 1)


def _chained(blocks: list[Block]) -> list[Block]:
    by_name = {name: block for block in reversed(blocks) for name in block.names[:1]}
    targets = {block.following for block in blocks}
    starts = [block for block in blocks if not targets & set(block.names[:1])]
    found: list[Block] = []
    seen: set[int] = set()
    for start in (*starts, *blocks):
        block: Block | None = start
        while block is not None and id(block) not in seen:
            seen.add(id(block))
            found.append(block)
            block = by_name.get(block.following)
    return found


def _same_column(one: Box, two: Box) -> bool:
    shared = min(one.right, two.right) - max(one.left, two.left)
    return shared > 0.5 * min(one.right - one.left, two.right - two.left) > 0


def _by_columns(blocks: list[Block]) -> list[Block]:
    """Blocks cut apart at white space that runs through, columns from left to right, each from top to bottom."""
    if len(blocks) < 2:
        return blocks
    for axis in (0, 1):  # gaps between columns, then between rows
        groups = _cut(blocks, axis)
        if len(groups) > 1:
            return [block for group in groups for block in _by_columns(group)]
    return sorted(blocks, key=lambda block: (block.box.top, block.box.left) if block.box else (0.0, 0.0))


def _cut(blocks: list[Block], axis: int) -> list[list[Block]]:
    edges = sorted(
        ((block.box[axis], block.box[axis + 2], block) for block in blocks if block.box), key=lambda e: e[:2]
    )
    groups: list[list[Block]] = []
    end = float("-inf")
    for begin, finish, block in edges:
        if begin >= end:
            groups.append([])
        groups[-1].append(block)
        end = max(end, finish)
    return groups


def paragraphs(blocks: Iterable[Block], joiner: Joiner) -> list[tuple[str, Role]]:
    """Texts of the paragraphs of `blocks`, with the role of their block; broken words joined by `joiner`.

    A paragraph whose last word is broken goes on in the next block.
    """
    found: list[tuple[str, Role]] = []
    flow = _Flow(joiner)
    for block in blocks:
        role: Role = block.role
        for lines in _parted(block.lines):
            if not flow.open:
                flow = _Flow(joiner)
                found.append(("", role))
            for line in lines:
                flow.add(line)
            found[-1] = (flow.text(), found[-1][1])
    return [(text, role) for text, role in found if text]


class _Flow:
    """Words of lines as one text."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner
        self._words: list[str] = []
        self._whole = ""  # the word that the file states for the part that ended the last line
        self.open = False  # whether the last word goes on

    def add(self, line: Line) -> None:
        """Add a printed line."""
        for number, word in enumerate(line.words):
            if self.open and number == 0:
                self._complete(word)
            elif word.text:
                self._words.append(word.text)
        last = line.words[-1] if line.words else None
        if last is None:
            return
        self._whole = last.whole if last.part == 1 else ""
        self.open = line.broken or bool(self._whole) or is_broken(last.text)

    def _complete(self, word: Word) -> None:
        if self._whole and self._words:
            rest = _TAIL.search(word.text)
            self._words[-1] = self._whole
            if word.part == 2 or self._whole.casefold().endswith(word.text.rstrip(".,;:!?").casefold()):
                if rest and not self._whole.endswith(rest.group()):
                    self._words[-1] += rest.group()
            else:
                self._words.append(word.text)
        elif self._words and word.text:
            self._words[-1] = self._joiner.join(self._words[-1], word.text)
        self._whole = ""
        self.open = False

    def text(self) -> str:
        """All words so far; of a word that is still open, what the file states of it, or the printed part."""
        if not self._words:
            return ""
        last = self._whole or (
            self._words[-1] if not self.open or is_broken(self._words[-1]) else f"{self._words[-1]}-"
        )
        return " ".join([*self._words[:-1], last]).strip()


def _parted(lines: list[Line]) -> list[list[Line]]:
    """Lines of a block by paragraphs: one begins at an indented line below a line that ends a sentence."""
    boxes = [line.box for line in lines if line.box]
    if len(boxes) < len(lines) or len(lines) < 4:
        return [lines] if lines else []
    margin = _median(box.left for box in boxes)
    step = 0.4 * _median(box.bottom - box.top for box in boxes)
    groups: list[list[Line]] = [lines[:1]]
    for before, line in pairwise(lines):
        indented = line.box is not None and line.box.left - margin > max(step, 1.0)
        if indented and before.text[-1:] in _ENDS and not before.broken:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def confidence(blocks: Iterable[Block]) -> float:
    """Mean confidence of the words of `blocks`, 0 to 1; below 0 when the file states none."""
    found = [word.confidence for block in blocks for line in block.lines for word in line.words if word.confidence >= 0]
    return sum(found) / len(found) if any(found) else -1.0


def _median(values: Iterable[float]) -> float:
    found = sorted(values)
    return found[len(found) // 2]


def remark_confidence(draft: Draft, value: float, how: str) -> None:
    """Add a remark to `draft` if a mean confidence `value` (0 to 1; below 0 for none), stated at `how`, is low."""
    if 0 <= value < LEAST_CONFIDENCE:
        why = "the mean confidence of the text recognition is low: words may be wrong or missing"
        draft.problems.append(Remark(field="body", value=f"{value:.2f}", why=why, how=how))


def fill_page(draft: Draft, page: Page, prefix: str) -> None:
    """Fill `draft` with a `page` that is not parted into articles; `prefix` of the provenance is the format's name.

    What is in its margins is read too, for the paper's name and the date, and taken out of the text later.
    """
    joiner = Joiner([line.text for line in page.lines()])
    found = paragraphs((block for block in page.blocks if block.role != "number"), joiner)
    set_page(draft, [text for text, _ in found])
    value = confidence(page.blocks)
    remark_confidence(draft, value if value >= 0 else page.confidence, f"{prefix}:confidence")


def set_page(draft: Draft, texts: list[str]) -> None:
    """Set the body of `draft` from the paragraphs `texts` of a page; a short one is a clipping with its head."""
    draft.body = "\n\n".join(texts)
    draft.layout = "wire" if len(draft.body) < _CLIPPING else "page"
