"""OpenDocument texts (ODT; FODT, the same in one XML file): the text with its headings, the title by its style.

The dates of the metadata are those of the document, not of publication: they are kept beside the article only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers import exports
from morgue.readers.documents.package import BadDocument, opened
from morgue.readers.encoding import NotText
from morgue.readers.markup import MAX_DEPTH
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim, set_styled
from morgue.readers.xml import dom

# What is in the text and not of it: notes, comments, deleted text, indexes, readings, declarations, alternatives.
_DROPPED = name_set(
    "note annotation annotation-end tracked-changes table-of-content illustration-index table-index object-index "
    "user-index alphabetical-index bibliography ruby-text sequence-decls variable-decls user-field-decls "
    "dde-connection-decls forms event-listeners hidden-text hidden-paragraph script image object object-ole plugin "
    "covered-table-cell"
)
_PARAGRAPHS = frozenset({"p", "h"})
_FRAMES = frozenset({"frame", "text-box", "custom-shape", "rect", "g"})  # drawn beside the paragraph that holds them
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")  # characters of a style's name: Heading_20_1
_MAX_SPACES = 100  # that one element may stand for
_MAX_PARENTS = 20  # of a style
_BOLD = frozenset({"bold", "600", "700", "800", "900"})


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the document `stream`, called `name`, within the limits of `options`."""
    data = read_whole(stream, options)
    try:
        yield from _articles(data, name, options)
    except (BadDocument, dom.BadXml, NotText) as error:
        yield Rejected(name, 0, str(error))


def _articles(data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    if data.startswith(b"PK"):
        content, styles, meta = _parts(data, options)
    else:
        content = styles = meta = dom.parse(data, options.encoding).root
    text = dom.first(content, "body/text")
    if text is None:
        raise BadDocument("an OpenDocument file without a text")
    paragraphs = list(_paragraphs(text, _Styles(styles, content)))
    if articles := exports.taken_apart("\n\n".join(item[0] for item in paragraphs), name, options):
        yield from articles
        return
    draft = Draft(format="odt", digest=hashlib.sha256(data).hexdigest())
    set_styled(draft, [item for item in paragraphs if item[0]], "odt:title")
    _set_meta(draft, dom.first(meta, "meta"))
    if not draft.body and not draft.headline:
        raise BadDocument("an OpenDocument text without text")
    yield draft


def _parts(data: bytes, options: ReadOptions) -> tuple[Element, Element | None, Element | None]:
    """The document's content, styles and metadata."""
    with opened(data, options, "OpenDocument text") as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("encryption-data"), None) is not None:
            raise BadDocument("an encrypted OpenDocument text")
        content = package.xml("content.xml")
        if content is None:
            raise BadDocument("a ZIP file without content.xml")
        return content, package.xml("styles.xml"), package.xml("meta.xml")


class _Styles:
    """What the styles of a document say of paragraphs: title or heading, and whether the letters are bold."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles = {style.get("name", ""): style for root in roots if root is not None for style in _all(root)}

    def kind(self, name: str) -> str:
        """`title`, `subtitle`, `heading` or "" for a paragraph's style."""
        for style, label in self._line(name):
            if label in ("title", "subtitle"):
                return label
            if label.startswith("heading") or (style is not None and style.get("default-outline-level")):
                return "heading"
        return ""

    def bold(self, name: str) -> bool:
        """True when a style makes letters bold."""
        for style, _ in self._line(name):
            looks = dom.first(style, "text-properties")
            if looks is not None and looks.get("font-weight"):
                return looks.get("font-weight") in _BOLD
        return False

    def _line(self, name: str) -> Iterator[tuple[Element | None, str]]:
        """The style and those that it derives from, with their names in lower case."""
        for _ in range(_MAX_PARENTS):
            if not name:
                return
            style = self._styles.get(name)
            label = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
            yield style, label.lower()
            name = style.get("parent-style-name", "") if style is not None else ""


def _all(root: Element) -> Iterator[Element]:
    for group in ("styles", "automatic-styles"):
        yield from dom.each(root, f"{group}/style")


def _paragraphs(text: Element, styles: _Styles) -> Iterator[tuple[str, str]]:
    """(text, kind) of each paragraph in order; kind is `title`, `subtitle`, `heading`, `bold` or ""."""
    stack = [iter(text)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in _PARAGRAPHS:
            line = _Line(element, styles)
            yield line.text, "heading" if element.tag == "h" else line.kind
            if line.frames:
                stack.append(iter(line.frames))
        elif element.tag == "table-row":
            cells = [cell for cell in element if cell.tag == "table-cell"]
            filled = [row for cell in cells if (row := _cell(cell, styles))]
            if len(filled) == 1:  # a box round the text
                yield from filled[0]
            elif filled:
                yield "  ".join(" ".join(" ".join(item[0] for item in row).split()) for row in filled), ""
        elif element.tag not in _DROPPED:
            stack.append(iter(element))


def _cell(cell: Element, styles: _Styles) -> list[tuple[str, str]]:
    return [item for item in _paragraphs(cell, styles) if item[0]]


class _Line:
    """A paragraph's text and kind, and the `frames` in it, whose text is printed apart."""

    def __init__(self, paragraph: Element, styles: _Styles) -> None:
        self.frames: list[Element] = []
        self._styles = styles
        self._parts: list[str] = []
        self._bold = self._plain = False
        name = paragraph.get("style-name", "")
        self._add(paragraph, styles.bold(name), 0)
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        self.text = "\n".join(line for line in lines if line)
        self.kind = styles.kind(name) or ("bold" if self._bold and not self._plain else "")

    def _add(self, element: Element, bold: bool, depth: int) -> None:
        self._print(element.text, bold)
        for child in element:
            if child.tag == "s":
                count = child.get("c", "1")
                self._parts.append(" " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES))
            elif child.tag == "tab":
                self._parts.append(" ")
            elif child.tag == "line-break":
                self._parts.append("\n")
            elif child.tag in _FRAMES:
                self.frames.append(child)
            elif child.tag not in _DROPPED and depth < MAX_DEPTH:
                own = child.get("style-name") if child.tag == "span" else None
                self._add(child, self._styles.bold(own) or bold if own else bold, depth + 1)
            self._print(child.tail, bold)

    def _print(self, text: str | None, bold: bool) -> None:
        if text:
            self._parts.append(text.replace("\n", " "))
            if text.strip():
                self._bold |= bold
                self._plain |= not bold


def _set_meta(draft: Draft, meta: Element | None) -> None:
    for name in ("creator", "initial-creator", "creation-date", "date", "title"):
        if value := dom.text_of(dom.first(meta, name)):
            draft.extra[name] = value
    claim(draft.language, dom.text_of(dom.first(meta, "language")), "odt:language")
    for keyword in dom.each(meta, "keyword"):
        for word in dom.text_of(keyword).replace(";", ",").split(","):
            claim(draft.keywords, word, "odt:keyword")
