"""PAGE XML (Transkribus, OCR-D, NewsEye): the text of a page by regions, lines and words.

A file is a record, unless its lines are assigned to articles (Transkribus' `structure {id:a1; type:article;}`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised import paths
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.leaders import is_led
from morgue.readers.digitised.pages import (
    Block,
    Box,
    Line,
    Page,
    Role,
    Word,
    confidence,
    fill_page,
    ordered,
    paragraphs,
    remark_confidence,
)
from morgue.readers.hyphens import Joiner
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.xml.stories import Story, read_as

_ROLES: dict[str, Role] = {
    "heading": "heading",
    "headline": "heading",
    "header": "margin",
    "footer": "margin",
    "catch-word": "margin",
    "signature-mark": "margin",
    "page-number": "number",
}
_REGIONS = ("TextRegion", "TableRegion", "TableCell", "AdvertRegion")
_CUSTOM_ORDER = re.compile(r"readingOrder\s*\{[^}]*?index\s*:\s*(\d{1,6})")
_CUSTOM_STRUCTURE = re.compile(r"structure\s*\{([^}]*)\}")
_CUSTOM_VALUE = re.compile(r"(\w+)\s*:\s*([^;}]+)")
_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per page or article of `stream`, called `name`, read as `options` say.

    Yields none when an issue's file lists it. Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    if not is_led(options.beside):
        yield from read_as(stream, name, options, partial(_stories, name))


def _stories(name: str, root: Element) -> list[Story] | str:
    elements, found = list(root.iter("Page")), pages(root)
    if not any(page.blocks for page in found):
        return "is a PAGE file without a word of text"
    made = [
        (element, draft)
        for element, page in zip(elements, found, strict=True)
        for draft in (_articles(page, name) or [partial(_draft, page, name)])
    ]
    return [(number if len(made) > 1 else 0, element, draft) for number, (element, draft) in enumerate(made, 1)]


def _draft(page: Page, name: str) -> Draft:
    draft = Draft(format="pagexml")
    fill_page(draft, page, "pagexml")
    _identify(draft, page, name)
    headings = [block for block in page.blocks if block.role == "heading"]
    if len(headings) == 1 and draft.layout == "wire":
        claim(draft.headline, " ".join(line.text for line in headings[0].lines), "pagexml:heading")
    return draft


def _identify(draft: Draft, page: Page, name: str) -> None:
    numbers = [" ".join(line.text for line in block.lines) for block in page.blocks if block.role == "number"]
    for number in numbers[:1]:
        claim(draft.page, number.strip(" .-–—()[]"), "pagexml:page-number")
    claim(draft.language, code(page.language), "pagexml:primaryLanguage")
    paths.fill(draft, name)
    claim(draft.page, page.number, "pagexml:pageNr")


def _articles(page: Page, name: str) -> list[partial[Draft]]:
    """Makers of the drafts of the articles that lines are assigned to; none where they are not."""
    groups: dict[str, list[Block]] = {}
    for block in page.blocks:
        for line in block.lines:
            if line.article:
                blocks = groups.setdefault(line.article, [])
                if not blocks or blocks[-1].names != block.names:
                    blocks.append(Block(block.names, [], block.role))
                blocks[-1].lines.append(line)
    return [partial(_article, page, name, key, blocks) for key, blocks in groups.items()] if len(groups) > 1 else []


def _article(page: Page, name: str, key: str, blocks: list[Block]) -> Draft:
    draft = Draft(format="pagexml")
    found = paragraphs(blocks, Joiner([line.text for line in page.lines()]))
    claim(draft.headline, next((text for text, role in found[:1] if role == "heading"), ""), "pagexml:heading")
    subheads = tuple(number for number, (_, role) in enumerate(found) if role == "heading")
    set_body(draft, "\n\n".join(text for text, _ in found), subheads)
    draft.extra["article"] = key
    remark_confidence(draft, confidence(blocks), "pagexml:confidence")
    _identify(draft, page, name)
    return draft


def pages(root: Element) -> list[Page]:
    """The pages of a PAGE document."""
    number = next((el.get("pageNr", "") for el in root.iter("TranskribusMetadata")), "")
    return [_page(element, number) for element in root.iter("Page")]


def _page(element: Element, number: str) -> Page:
    page = Page(name=element.get("id", ""), number=number, language=element.get("primaryLanguage", ""))
    rank = _reading_order(element)
    regions = list(_regions(element))
    if rank:
        regions.sort(key=lambda region: rank.get(region.get("id", ""), len(rank)))
    elif any(_custom_index(region) is not None for region in regions):
        regions.sort(key=lambda region: index if (index := _custom_index(region)) is not None else len(regions))
    blocks = [block for region in regions if (block := _block(region)).lines]
    page.blocks = blocks if rank else ordered(blocks)
    return page


def _reading_order(page: Element) -> dict[str, int]:
    """Identifier of a region -> its place in the order that the file gives."""
    found: list[str] = []

    def follow(group: Element) -> None:
        items = list(group)
        if group.tag.startswith("Ordered"):
            items.sort(key=lambda item: int(index) if (index := item.get("index", "")).isdigit() else len(items))
        for item in items:
            if reference := item.get("regionRef"):
                found.append(reference)
            if len(item):
                follow(item)

    order = page.find("ReadingOrder")
    if order is not None:
        follow(order)
    return {name: place for place, name in reversed(list(enumerate(found)))}


def _regions(parent: Element) -> Iterator[Element]:
    """Regions of text in the order of the file, those within others after the lines of these."""
    for element in parent:
        if element.tag in _REGIONS or element.tag.endswith("Region"):
            if element.tag == "TextRegion":
                yield element
            yield from _regions(element)
        elif element.tag == "TableCell":
            yield element


def _custom_index(element: Element) -> int | None:
    found = _CUSTOM_ORDER.search(element.get("custom", ""))
    return int(found[1]) if found else None


def _structure(element: Element) -> dict[str, str]:
    found = _CUSTOM_STRUCTURE.search(element.get("custom", ""))
    return {key: value.strip() for key, value in _CUSTOM_VALUE.findall(found[1])} if found else {}


def _block(region: Element) -> Block:
    structure = _structure(region)
    kind = region.get("type") or structure.get("type", "")
    article = structure.get("id", "") if structure.get("type") == "article" else ""
    elements = region.findall("TextLine")
    if any(_custom_index(line) is not None for line in elements):
        elements.sort(key=lambda line: index if (index := _custom_index(line)) is not None else len(elements))
    lines = [line for element in elements if (line := _line(element, article)).words]
    if not lines:
        text, sure = _text(region)
        lines = [
            Line([Word(word, confidence=sure) for word in row.split()]) for row in text.splitlines() if row.strip()
        ]
        for line in lines:
            line.article = article
    return Block((region.get("id", ""),), lines, _ROLES.get(kind, ""), _box(region))


def _line(element: Element, article: str) -> Line:
    structure = _structure(element)
    if structure.get("type") == "article":
        article = structure.get("id", article)
    text, sure = _text(element)
    words = [Word(word, confidence=sure) for word in text.split()]
    parts = [(_text(word), word.get("id", "")) for word in element.iterfind("Word")]
    if not words or [part for (part, _), _ in parts] == [word.text for word in words]:
        words = [Word(part, name, confidence=certain) for (part, certain), name in parts if part]
    return Line(words, element.get("id", ""), False, _box(element), article)


def _text(element: Element) -> tuple[str, float]:
    """The text of an element and its confidence (below 0 when not stated): the first of its alternatives."""
    best = min(
        enumerate(element.iterfind("TextEquiv")),
        key=lambda item: (int(index) if (index := item[1].get("index", "")).isdigit() else 0, item[0]),
        default=None,
    )
    if best is None:
        return "", -1.0
    text = best[1].findtext("Unicode") or best[1].findtext("PlainText") or ""
    try:
        sure = float(best[1].get("conf", "-1"))
    except ValueError:
        sure = -1.0
    return text.strip(), sure if sure <= 1 else sure / 100 if sure <= 100 else -1.0


def _box(element: Element) -> Box | None:
    coords = element.find("Coords")
    if coords is None:
        return None
    points = [(float(x), float(y)) for x, y in _POINT.findall(coords.get("points", ""))]
    points += [
        (float(x), float(y))
        for point in coords.iterfind("Point")
        if (x := point.get("x", "")).isdigit() and (y := point.get("y", "")).isdigit()
    ]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
