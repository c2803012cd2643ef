"""Word documents (DOCX): the text with its headings, the title by its style.

The dates of the metadata are those of the document, not of publication: they are kept beside the article only.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers import exports
from morgue.readers.encoding import NotText
from morgue.readers.options import ReadOptions, read_whole, size
from morgue.readers.story import claim, set_styled
from morgue.readers.xml import dom

_DROPPED = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "footnoteReference", "pict"})
_TITLES = ("title", "subtitle")
_BOLD_OFF = ("0", "false", "off", "none")


class _BadDocument(ValueError):
    """A document that cannot be read; its text is a reason for a `Rejected`."""


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the document `stream`, called `name`, within the limits of `options`."""
    data = read_whole(stream, options)
    try:
        yield from _articles(data, name, options)
    except (_BadDocument, dom.BadXml, NotText) as error:
        yield Rejected(name, 0, str(error))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        # zipfile raises all of these for damaged, encrypted and unknown members.
        yield Rejected(name, 0, f"a damaged Word document: {error}"[:300])


def _articles(data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = _part(archive, "word/document.xml", options)
        if main is None:
            raise _BadDocument("a ZIP file without word/document.xml")
        styles = _styles(_part(archive, "word/styles.xml", options))
        core = _part(archive, "docProps/core.xml", options)
    body = dom.first(main, "body")
    if body is None:
        raise _BadDocument("a Word document without a body")
    paragraphs = list(_paragraphs(body, styles))
    if articles := exports.taken_apart("\n\n".join(text for text, _ in paragraphs), name, options):
        yield from articles
        return
    draft = Draft(format="docx", digest=hashlib.sha256(data).hexdigest())
    set_styled(draft, [item for item in paragraphs if item[0]], "docx:title")
    _set_core(draft, core)
    if not draft.body and not draft.headline:
        raise _BadDocument("a Word document without text")
    yield draft


def _part(archive: zipfile.ZipFile, name: str, options: ReadOptions) -> Element | None:
    """A part's XML, unpacked within limits; None when the package has no such part."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    with archive.open(info) as member:
        data = member.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise _BadDocument(f"{name} unpacks to more than the limit of {size(options.max_bytes)}")
    if len(data) > options.free_bytes and len(data) > options.max_ratio * max(info.compress_size, 1):
        raise _BadDocument(f"{name} unpacks to more than {options.max_ratio} times its size: refused as a bomb")
    return dom.parse(data).root


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
