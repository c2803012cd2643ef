"""ALTO, versions 1 to 4: the recognised text of a page. A file without an issue's METS beside it is an article a page.

Names of elements are the same in all versions; namespaces are not looked at. The time of recognition in the
description is not a date of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised import paths
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.leaders import is_led
from morgue.readers.digitised.pages import Block, Box, Line, Page, Role, Word, fill_page, ordered
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim
from morgue.readers.xml.stories import Story, read_as

_MARGINS = ("TopMargin", "BottomMargin", "LeftMargin", "RightMargin")
_ROLES: dict[str, Role] = {"heading": "heading", "headline": "heading", "title": "heading", "page-number": "number"}
_HYPHENATED = {"HypPart1": 1, "HypPart2": 2}


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per page of `stream`, called `name`, read as `options` say; none when an issue's file lists it.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    if not is_led(options.beside):
        yield from read_as(stream, name, options, partial(_stories, name))


def _stories(name: str, root: Element) -> list[Story] | str:
    elements, found = list(root.iter("Page")), pages(root)
    if not any(page.blocks for page in found):
        return "is an ALTO file without a word of text"
    stories: list[Story] = []
    for number, (element, page) in enumerate(zip(elements, found, strict=True), 1):
        stories.append((number if len(found) > 1 else 0, element, partial(_draft, page, name)))
    return stories


def _draft(page: Page, name: str) -> Draft:
    draft = Draft(format="alto")
    fill_page(draft, page, "alto")
    claim(draft.language, code(page.language), "alto:LANG")
    paths.fill(draft, name)
    claim(draft.page, page.number, "alto:PRINTED_IMG_NR")
    return draft


def pages(root: Element) -> list[Page]:
    """The pages of an ALTO document."""
    labels = {tag.get("ID", ""): (tag.get("TYPE") or tag.get("LABEL") or "").lower() for tag in root.iterfind("Tags/*")}
    return [_page(element, labels) for element in root.iter("Page")]


def _page(element: Element, labels: dict[str, str]) -> Page:
    page = Page(
        name=element.get("ID", ""),
        number=element.get("PRINTED_IMG_NR", ""),
        confidence=_number(element.get("PC"), -1.0),
    )
    for part in element:
        if part.tag == "PrintSpace" or part.tag in _MARGINS:
            page.blocks += _blocks(part, (), "margin" if part.tag in _MARGINS else "", labels)
    sequence = [ref.get("REF", "") for ref in element.iterfind(".//ReadingOrder//ElementRef")]
    if sequence:
        rank = {name: number for number, name in reversed(list(enumerate(sequence)))}
        page.blocks.sort(key=lambda block: min((rank[n] for n in block.names if n in rank), default=len(rank)))
    else:
        top = [block for block in page.blocks if block.role == "margin"]
        page.blocks = top + ordered([block for block in page.blocks if block.role != "margin"])
    page.language = next((found for block in element.iter("TextBlock") if (found := _language(block))), "")
    return page


def _language(block: Element) -> str:
    return block.get("LANG") or block.get("language") or ""


def _blocks(parent: Element, names: tuple[str, ...], role: Role, labels: dict[str, str]) -> Iterator[Block]:
    for element in parent:
        if element.tag == "ComposedBlock":
            yield from _blocks(element, (element.get("ID", ""), *names), role, labels)
        elif element.tag == "TextBlock":
            tags = [labels.get(ref, "") for ref in element.get("TAGREFS", "").split()]
            kind = next((_ROLES[tag] for tag in tags if tag in _ROLES), role)
            lines = [_line(line) for line in element.iterfind("TextLine")]
            lines = [line for line in lines if line.words]
            if lines:
                name = element.get("ID", "")
                yield Block((name, *names), lines, kind, _box(element), element.get("IDNEXT", ""))


def _line(element: Element) -> Line:
    words: list[Word] = []
    broken = False
    for item in element:
        if item.tag == "String" and (text := item.get("CONTENT", "").strip()):
            part = _HYPHENATED.get(item.get("SUBS_TYPE", ""), 0)
            whole = item.get("SUBS_CONTENT", "").strip() if part else ""
            words.append(Word(text, item.get("ID", ""), whole, part, _confidence(item)))
        elif item.tag == "HYP":
            broken = bool(words)
    return Line(words, element.get("ID", ""), broken, _box(element))


def _confidence(item: Element) -> float:
    """The confidence of a word, 0 to 1: its own, or that of its letters (0 is sure and 9 is not)."""
    if (value := item.get("WC")) is not None:
        return _number(value, -1.0)
    digits = [int(char) for char in item.get("CC", "") if char in "0123456789"]
    return 1 - sum(digits) / (9 * len(digits)) if digits else -1.0


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if value == value and abs(value) < 1e9 else default


def _box(element: Element) -> Box | None:
    left, top, width, height = (_number(element.get(name), -1.0) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return Box(left, top, left + width, top + height) if min(left, top, width, height) >= 0 else None
