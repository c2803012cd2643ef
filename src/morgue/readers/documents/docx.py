"""Word documents (DOCX): the text with its headings, the title by its style.

The dates of the metadata are those of the document, not of publication: they are kept beside the article only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers import exports
from morgue.readers.documents.package import BadDocument, Package, opened
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim, set_styled
from morgue.readers.xml import dom

_DROPPED = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "footnoteReference", "pict"})
_TITLES = ("title", "subtitle")
_BOLD_OFF = ("0", "false", "off", "none")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the document `stream`, called `name`, within the limits of `options`."""
    data = read_whole(stream, options)
    try:
        yield from _articles(data, name, options)
    except BadDocument as error:
        yield Rejected(name, 0, str(error))


def _articles(data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    with opened(data, options, "Word document") as package:
        place = _main_part(package)
        main = package.xml(place)
        styles = _styles(package.xml(package.related(place, "styles") or "word/styles.xml"))
        core = package.xml(package.related("", "core-properties") or "docProps/core.xml")
    body = dom.first(main, "body")
    if body is None:
        raise BadDocument("a Word document without a body")
    paragraphs = list(_paragraphs(body, styles))
    if articles := exports.taken_apart("\n\n".join(text for text, _ in paragraphs), name, options):
        yield from articles
        return
    draft = Draft(format="docx", digest=hashlib.sha256(data).hexdigest())
    set_styled(draft, [item for item in paragraphs if item[0]], "docx:title")
    _set_core(draft, core)
    if not draft.body and not draft.headline:
        raise BadDocument("a Word document without text")
    yield draft


def _main_part(package: Package) -> str:
    """The name of the part with the text: Word calls it word/document.xml, other programs what they like."""
    for name in (package.related("", "officeDocument"), "word/document.xml"):
        if name and package.has(name):
            return name
    raise BadDocument("a ZIP file without word/document.xml")


def _styles(root: Element | None) -> dict[str, str]:
    """Style id -> the style's English name in lower case (ids are translated by Word, names are not)."""
    found: dict[str, str] = {}
    for style in dom.each(root, "style"):
        name = dom.first(style, "name")
        if name is not None:
            found[style.get("styleId", "")] = name.get("val", "").lower()
    return found


def _paragraphs(body: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(text, kind) of each paragraph in order; kind is `title`, `subtitle`, `heading`, `bold` or ""."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == "p":
            yield _text(element), _kind(element, styles)
        elif element.tag == "tr":
            cells = [" ".join(_text(cell).split()) for cell in dom.each(element, "tc")]
            yield "  ".join(cell for cell in cells if cell), ""
        elif element.tag not in _DROPPED:
            stack.append(iter(element))


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == "t":
            parts.append(element.text or "")
        elif element.tag in ("br", "cr"):
            parts.append("\n")
        elif element.tag == "tab":
            parts.append(" ")
        elif element.tag == "noBreakHyphen":
            parts.append("-")
        elif element.tag not in _DROPPED:
            if element.tag == "p":
                parts.append("\n")
            stack.append(iter(element))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _kind(paragraph: Element, styles: dict[str, str]) -> str:
    style = dom.first(paragraph, "pPr/pStyle")
    name = styles.get(style.get("val", ""), style.get("val", "").lower()) if style is not None else ""
    if name in _TITLES:
        return name
    if name.startswith("heading") or dom.first(paragraph, "pPr/outlineLvl") is not None:
        return "heading"
    runs = [run for run in dom.each(paragraph, "r") if dom.first(run, "t") is not None]
    return "bold" if runs and all(_is_bold(run) for run in runs) else ""


def _is_bold(run: Element) -> bool:
    mark = dom.first(run, "rPr/b")
    return mark is not None and mark.get("val", "1").lower() not in _BOLD_OFF


def _set_core(draft: Draft, core: Element | None) -> None:
    for name in ("creator", "created", "modified", "lastModifiedBy", "title"):
        if value := dom.text_of(dom.first(core, name)):
            draft.extra[name] = value
    claim(draft.language, dom.text_of(dom.first(core, "language")), "docx:core/language")
    for word in dom.text_of(dom.first(core, "keywords")).replace(";", ",").split(","):
        claim(draft.keywords, word, "docx:core/keywords")
