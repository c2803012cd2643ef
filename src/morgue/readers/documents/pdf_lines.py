"""Printed lines to paragraphs: running heads put aside, words that were broken at a line's end joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from morgue.lexicon import PAGE, PAGE_OF, PAGE_SHORT, either, words
from morgue.readers.documents.pdf_layout import Line
from morgue.readers.hyphens import Joiner, is_broken, mended

__all__ = ["Furniture", "Line", "cleaned", "dates", "headline", "paragraphs", "printed", "without_furniture"]

_LABELLED = rf"(?:{either(words(PAGE))}|(?:{either(PAGE_SHORT)})\.)"
_COUNTED = rf"\d{{1,4}}\s*(?:/|{either(words(PAGE_OF))})\s*\d{{1,4}}"
_PAGE_NUMBER = re.compile(
    rf"\W{{0,4}}(?:{_LABELLED}\s*)?\d{{1,4}}(?:\s*(?:/|{either(words(PAGE_OF))})\s*\d{{1,4}})?\W{{0,4}}", re.IGNORECASE
)
_CERTAIN_NUMBER = re.compile(rf"\W{{0,4}}(?:{_LABELLED}\s*(?:\d{{1,4}}|{_COUNTED})|{_COUNTED})\W{{0,4}}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = ".!?:\"'”’»)"
_ITEM = re.compile(r"(?:[•▪‣·–—*-]|\d{1,2}[.)])\s")
_ALONE = 2.5  # of the letters' size: white space round a page number
_APART = 1.7  # of the letters' size: between base lines of a running head and the text
_MIN_SHARE = 0.3  # of the pages on which a running head is; left and right pages may have different ones
_MAX_CAPTION = 6  # lines in smaller letters than the text's
_SMALL = 0.92  # of the text's size
# A date in a running head, not what it means: digits, or a word between digits or before them.
_DATE = re.compile(
    r"(?<![\d.:/-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}\s?년\s?\d{1,2}\s?월\s?\d{1,2}\s?일"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s+(?:(?:de|of)\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?![\d:/-])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_ADDRESS = re.compile(r"https?://\S+")


class Furniture(NamedTuple):
    """The pages without running heads and page numbers, and the texts of those heads, each once."""

    pages: list[list[Line]]
    heads: list[str]


def cleaned(text: str) -> str:
    """A line with ligatures' leftovers and control characters taken out, white space made single."""
    text = text.replace("\x02", "-").replace("\ufffe", "-")
    return " ".join("".join(char for char in text if char.isprintable() or char in " \t\xad").split())


def printed(pages: list[list[Line]]) -> str:
    """The pages as they are printed, line for line, with a form feed between them."""
    return "\n\f\n".join(mended("\n".join(line.text for line in page)) for page in pages)


def without_furniture(pages: list[list[Line]]) -> Furniture:
    """Put aside the lines at top or bottom that return on several pages, and page numbers."""
    edges = [_edge(page) for page in pages]
    counts = Counter(shape for edge in edges for shape in {_shape(line.text) for line in edge})
    often = {shape for shape, count in counts.items() if shape and count >= 2 and count >= _MIN_SHARE * len(pages)}
    usual = _median_size(line for page in pages for line in page)
    numbers = sum(any(_PAGE_NUMBER.fullmatch(line.text) for line in edge) for edge in edges)
    kept: list[list[Line]] = []
    heads: dict[str, None] = {}
    for page, edge in zip(pages, edges, strict=True):
        dropped = set()
        for line in edge:
            number = _PAGE_NUMBER.fullmatch(line.text) is not None
            if _shape(line.text) in often and not number and _is_apart(line, page, often, usual):
                dropped.add(id(line))
                heads.setdefault(line.text)
            elif _CERTAIN_NUMBER.fullmatch(line.text) or (number and (numbers >= 2 or _is_alone(line, page))):
                dropped.add(id(line))
        kept.append([line for line in page if id(line) not in dropped])
    return Furniture(kept, list(heads))


def _edge(page: list[Line]) -> list[Line]:
    """The two first and two last lines of a page that hold text, from top to bottom."""
    filled = sorted((line for line in page if line.text), key=lambda line: -line.base)
    return filled[:2] + filled[max(len(filled) - 2, 2) :]


def _median_size(lines: Iterable[Line]) -> float:
    """The size of the text's letters, 0 when not measured."""
    sizes = [line.size for line in lines if line.size > 0 and len(line.text) > 20]
    return median(sizes) if sizes else 0.0


def _is_apart(line: Line, page: list[Line], often: set[str], usual: float) -> bool:
    """True for a line that the page sets off from its text, by the size of its letters or by white space.

    Args:
        line: at the page's edge. page: its lines. often: what returns on other pages. usual: the text's size.
    """
    if not usual or not line.size or abs(line.size - usual) > 0.05 * usual:
        return True
    text = [abs(other.base - line.base) for other in page if other.text and _shape(other.text) not in often]
    return bool(text) and min(text) > _APART * line.size


def _is_alone(line: Line, page: list[Line]) -> bool:
    """True for a line with much white space between it and the others."""
    others = [abs(other.base - line.base) for other in page if other.text and other is not line]
    return line.size > 0 and bool(others) and min(others) > _ALONE * max(line.size, 8.0)


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text).casefold()


def dates(heads: Iterable[str]) -> list[str]:
    """The dates in running heads, without those of a time of day, which is when the page was printed."""
    return [found[0] for head in heads if not _CLOCK.search(head) for found in [_DATE.search(head)] if found]


def address(heads: Iterable[str]) -> str:
    """The address that a browser prints on each page, "" for none."""
    return next((found[0].rstrip(".,;…") for head in heads if (found := _ADDRESS.search(head))), "")


def headline(pages: list[list[Line]]) -> tuple[str, list[list[Line]]]:
    """The largest lines near the top of the first page if larger than the rest, and the pages without them."""
    first = pages[0] if pages else []
    sizes = [line.size for line in first if len(line.text) > 20 and line.size > 0]
    if not sizes:
        return "", pages
    top = [(number, line) for number, line in enumerate(first[:25]) if line.text and line.size > 0]
    largest = max((line.size for _, line in top if len(line.text.split()) > 2), default=0.0)
    if largest < 1.15 * median(sizes):
        return "", pages
    begin = next(number for number, line in top if line.size == largest and len(line.text.split()) > 2)
    end = begin
    while end < len(first) and (not first[end].text or first[end].size >= 0.95 * largest):
        end += 1
    lines = [line.text for line in first[begin:end] if line.text]
    title = _joined(lines, Joiner(line.text for page in pages for line in page))
    if len(title) > 300:
        return "", pages
    return title, [[*first[:begin], Line(""), *first[end:]], *pages[1:]]


def _joined(lines: list[str], joiner: Joiner) -> str:
    """Lines of one paragraph as one text."""
    found: list[str] = []
    for line in lines:
        if found and is_broken(found[-1]):
            begun, space, first = found[-1].rpartition(" ")
            last, gap, rest = line.partition(" ")
            found[-1] = f"{begun}{space}{joiner.join(first, last)}{gap}{rest}"
        else:
            found.append(line)
    return " ".join(found).replace("\xad", "")


def paragraphs(pages: list[list[Line]]) -> str:
    """The text of the pages, a blank line between paragraphs; a paragraph may run on over a page's end or a caption.

    A line that is visibly shorter than the others and ends a sentence ends its paragraph, as does a blank line.
    """
    lines = [line for page in pages for line in page if line.text]
    joiner = Joiner(line.text for line in lines)
    widths = sorted(len(line.text) for line in lines)
    full = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    small = _SMALL * _median_size(lines)
    found: list[str] = []
    open_lines: list[str] = []

    def close() -> None:
        if open_lines:
            found.append(_joined(open_lines, joiner))
            open_lines.clear()

    for page in pages:
        for number, block in enumerate(_blocks(page)):
            if open_lines and len(block) <= _MAX_CAPTION and all(0 < line.size < small for line in block):
                # A caption or note between the lines of a paragraph is a paragraph of its own before it.
                if open_lines[-1][-1] in _ENDS:
                    close()
                found.append(_joined([line.text for line in block], joiner))
                continue
            if number and open_lines and not _goes_on(open_lines[-1], block[0].text):
                close()
            for line in block:
                text = line.text
                if _ITEM.match(text) or "  " in text:
                    close()
                if "  " in text:  # a row of a table
                    found.append(text)
                    continue
                open_lines.append(text)
                short = len(text) < 0.8 * full and (text[-1] in _ENDS or len(text) < 0.55 * full)
                if short and not is_broken(text):
                    close()
        if open_lines and open_lines[-1][-1] in ".!?":
            close()
    close()
    return "\n\n".join(text for text in found if text)


def _goes_on(last: str, text: str) -> bool:
    """True when a line ends within a word, or within a sentence that `text` goes on with."""
    return is_broken(last) or (last[-1] not in _ENDS and text[0].islower())


def _blocks(page: list[Line]) -> list[list[Line]]:
    """The lines between the empty ones."""
    found: list[list[Line]] = [[]]
    for line in page:
        if line.text:
            found[-1].append(line)
        else:
            found.append([])
    return [block for block in found if block]
