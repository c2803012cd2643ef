"""Printed lines to paragraphs: running heads dropped, words that were broken at a line's end joined."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import NamedTuple

from morgue.lexicon import PAGE, PAGE_OF, PAGE_SHORT, either, words

_BREAK = "\ufffe"  # how pdfium marks a hyphen at the end of a line
_PAGE_NUMBER = re.compile(
    rf"\W{{0,4}}(?:(?:{either(words(PAGE))}|(?:{either(PAGE_SHORT)})\.)\s*)?"
    rf"\d{{1,4}}(?:\s*(?:/|{either(words(PAGE_OF))})\s*\d{{1,4}})?\W{{0,4}}",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[^\W\d_]-$")
_DIGITS = re.compile(r"\d+")
_ENDS = ".!?:\"'”’»)"
_ITEM = re.compile(r"(?:[•▪‣·–—*-]|\d{1,2}[.)])\s")


class Line(NamedTuple):
    """A printed line and the size of its letters in points (0 when not measured)."""

    text: str
    size: float = 0.0


def cleaned(text: str) -> str:
    """A line with ligatures' leftovers and control characters taken out, white space made single."""
    text = text.replace("\x02", _BREAK).replace("\xad", _BREAK if text.rstrip().endswith("\xad") else "")
    return " ".join("".join(char for char in text if char.isprintable() or char in f" \t{_BREAK}").split())


def printed(pages: list[list[Line]]) -> str:
    """The pages as they are printed, line for line, with a form feed between them."""
    text = "\n\f\n".join("\n".join(line.text for line in page) for page in pages)
    return text.replace(f"{_BREAK}\n", "").replace(_BREAK, "")


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers, and without the lines at top or bottom that return on most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line.text) for line in _edge(page)})
    often = {shape for shape, count in edges.items() if shape and count >= 2 and count > 0.5 * len(pages)}
    kept = []
    for page in pages:
        edge = {id(line) for line in _edge(page)}
        kept.append(
            [
                line
                for line in page
                if not (id(line) in edge and (_shape(line.text) in often or _PAGE_NUMBER.fullmatch(line.text)))
            ]
        )
    return kept


def _edge(page: list[Line]) -> list[Line]:
    """The two first and two last lines of a page that hold text."""
    filled = [line for line in page if line.text]
    return filled[:2] + filled[-2:]


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text).casefold()


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
    title = _joined([line.text for line in first[begin:end] if line.text])
    if len(title) > 300:
        return "", pages
    return title, [[*first[:begin], Line(""), *first[end:]], *pages[1:]]


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph as one text."""
    text = ""
    for line in lines:
        if text.endswith(_BREAK) or (_HYPHEN.search(text) and line[:1].islower()):
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text.rstrip(_BREAK).replace(_BREAK, "")


def paragraphs(pages: list[list[Line]]) -> str:
    """The text of the pages, a blank line between paragraphs; a paragraph may run on over a page's end.

    A line that is visibly shorter than the others and ends a sentence ends its paragraph, as does a blank line.
    """
    widths = sorted(len(line.text) for page in pages for line in page if line.text)
    full = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    found: list[str] = []
    open_lines: list[str] = []
    for page in pages:
        for line in page:
            text = line.text
            if open_lines and (not text or _ITEM.match(text)):
                found.append(_joined(open_lines))
                open_lines = []
            if not text:
                continue
            open_lines.append(text)
            if len(text) < 0.8 * full and (text[-1] in _ENDS or len(text) < 0.55 * full) and not text.endswith(_BREAK):
                found.append(_joined(open_lines))
                open_lines = []
        if open_lines and open_lines[-1][-1] in ".!?":
            found.append(_joined(open_lines))
            open_lines = []
    if open_lines:
        found.append(_joined(open_lines))
    return "\n\n".join(text for text in found if text)
