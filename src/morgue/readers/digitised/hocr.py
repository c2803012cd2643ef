"""hOCR (Tesseract, the Internet Archive, converters of ABBYY's and ALTO's files): a record a page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder

from morgue.model import Draft, Rejected
from morgue.readers.digitised import paths
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.pages import Block, Box, Line, Page, Role, Word, fill_page, ordered
from morgue.readers.encoding import NotText, decode
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim, note_encoding
from morgue.readers.xml import dom

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LINES = name_set("ocr_line ocrx_line ocr_header ocr_caption ocr_textfloat ocr_footer ocr_linear")
_BLOCKS = name_set("ocr_carea ocrx_block ocr_par ocr_column")
_ROLES: dict[str, Role] = {"ocr_footer": "margin", "ocr_pageno": "number"}
_PROPERTY = re.compile(r"(?:^|;)\s*(bbox|x_wconf|x_confs|ppageno)\s+([^;]+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per page of `stream`, called `name`, read as `options` say.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    data = read_whole(stream, options)
    try:
        root, problem = dom.parse(data, options.encoding)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    except dom.BadXml:
        decoded = decode(data, override=options.encoding)
        root, problem = _of_html(decoded.text), decoded.problem
    elements = [element for element in root.iter() if "ocr_page" in _classes(element)]
    if not elements:
        yield Rejected(name, 0, "an hOCR file without a page in it")
        return
    language = root.get("lang") or ""
    for number, element in enumerate(elements, 1):
        record = number if len(elements) > 1 else 0
        page = _page(element)
        if not page.blocks:
            yield Rejected(name, record, "a page without a word of text")
            continue
        draft = Draft(format="hocr", record=record)
        draft.digest = dom.digest_of(element) if record else hashlib.sha256(data).hexdigest()
        fill_page(draft, page, "hocr")
        claim(draft.language, code(page.language or language), "hocr:lang")
        paths.fill(draft, name)
        if record:
            claim(draft.page, page.number, "hocr:ppageno")
        note_encoding(draft, problem)
        yield draft


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _properties(element: Element) -> dict[str, str]:
    return dict(_PROPERTY.findall(element.get("title", "")))


def _page(element: Element) -> Page:
    number = _properties(element).get("ppageno", "").strip()
    page = Page(name=element.get("id", ""), number=str(int(number) + 1) if number.isdigit() else "")
    blocks: list[Block] = []
    _collect(element, blocks, page)
    page.blocks = ordered([block for block in blocks if block.lines])
    return page


def _collect(element: Element, blocks: list[Block], page: Page) -> None:
    """Add the lines below an element to the blocks; each paragraph or area begins one."""
    for child in element:
        classes = set(_classes(child))
        if classes & _LINES or classes & _ROLES.keys():
            role: Role = next((_ROLES[name] for name in classes if name in _ROLES), "")
            if role or not blocks or blocks[-1].role:
                blocks.append(Block(("",), [], role))
            line = _line(child)
            if line.words:
                blocks[-1].lines.append(line)
        elif any(name.startswith("ocrx_word") for name in classes):  # words without lines
            if not blocks:
                blocks.append(Block(("",), []))
            blocks[-1].lines.append(Line(list(_words(child))))
        else:
            if classes & _BLOCKS or child.tag == "p":
                blocks.append(Block((child.get("id", ""),), [], "", _box(child)))
                page.language = page.language or (child.get("lang") or "")
            _collect(child, blocks, page)


def _line(element: Element) -> Line:
    words = [found for child in element.iter() for found in _words(child) if "ocrx_word" in _classes(child)]
    if not words:
        words = [Word(text) for text in "".join(element.itertext()).split()]
    return Line(words, element.get("id", ""), False, _box(element))


def _words(element: Element) -> Iterator[Word]:
    texts = "".join(element.itertext()).split()
    if texts:
        sure = [float(number) for number in _NUMBER.findall(_properties(element).get("x_wconf", ""))]
        yield Word(" ".join(texts), element.get("id", ""), confidence=sure[0] / 100 if sure else -1.0)


def _box(element: Element) -> Box | None:
    numbers = [float(number) for number in _NUMBER.findall(_properties(element).get("bbox", ""))]
    return Box(*numbers) if len(numbers) == 4 else None


def _of_html(text: str) -> Element:
    """The elements of HTML that is not well-formed XML."""
    from selectolax.lexbor import LexborHTMLParser

    builder = TreeBuilder()
    builder.start("html", {})
    body = LexborHTMLParser(text).body
    if body is not None:
        _build(body, builder)
    builder.end("html")
    return builder.close()


def _build(top: LexborNode, builder: TreeBuilder) -> None:
    """Add the elements and texts below a node; without recursion, since what is broken may be nested deep."""
    around: list[LexborNode] = []
    node = top.child
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            builder.data(node.text_content or "")
        elif tag and tag[0] not in "-!":
            builder.start(tag, {key: value or "" for key, value in node.attributes.items()})
            if node.child is not None:
                around.append(node)
                node = node.child
                continue
            builder.end(tag)
        while node.next is None and around:
            node = around.pop()
            builder.end(node.tag or "")
        node = node.next
