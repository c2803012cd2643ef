"""XML to elements, safely: no entities, no DTD, bounded size and depth; bytes by the encoding rule."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from morgue.readers.encoding import decode
from morgue.readers.markup import BLOCKS, HEADS, MAX_DEPTH, SKIPPED, Flow

_MAX_ELEMENTS = 1_000_000
_MAX_NESTING = 400
_DECLARATION = re.compile(r"\s*<\?xml\b([^>]{0,1000})\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]{0,2000}(\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[1-24-9]|2\d|3[01])|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_ROOT = re.compile(r"(<[A-Za-z_][\w.:-]*)[^<>]*>")
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]*(?=[\s=/>])")
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_MAX_PREFIXES = 50  # that are declared for a document
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


class BadXml(ValueError):
    """XML that is broken or refused; its text is a reason for a `Rejected`."""


class Parsed(NamedTuple):
    """A document's root element, and a sentence about its encoding when there was something wrong with it."""

    root: Element
    problem: str = ""


def parse(data: bytes, override: str | None = None, *, keep_namespaces: bool = False) -> Parsed:
    """Parse a whole document.

    Args:
        data: its bytes. override: the user's encoding or None.
        keep_namespaces: leave names as `{uri}local`; else they become the local part (attributes too).

    Raises:
        BadXml: for broken XML, entity declarations, too many elements or too deep nesting.
        NotText: for binary data.
    """
    head = data[:1000].decode("ascii", "ignore")
    declaration = _DECLARATION.match(head)
    declared = _ENCODING.search(declaration.group(1)) if declaration else None
    decoded = decode(data, declared=declared.group(1) if declared else None, override=override)
    return Parsed(parse_text(decoded.text, keep_namespaces=keep_namespaces), decoded.problem)


def parse_text(text: str, *, keep_namespaces: bool = False) -> Element:
    """Parse a document that is text already (`keep_namespaces` as for `parse`); raises `BadXml`."""
    text = _without_prolog(text)
    if text.count("<") > 2 * _MAX_ELEMENTS:
        raise BadXml(f"holds more than {_MAX_ELEMENTS} elements")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        root = _repaired(text, error)
    _check_depth(root)
    if not keep_namespaces:
        _drop_namespaces(root)
    return root


def _without_prolog(text: str) -> str:
    """The text from its root element on (comments before it included), declarations checked and dropped."""
    text = text.lstrip("\ufeff \t\r\n\0")
    match = _DECLARATION.match(text)
    text = text[match.end() :] if match else text
    at = _prolog_end(text)
    if not text.startswith("<!DOCTYPE", at):
        return text
    doctype = _DOCTYPE.match(text, at)
    inner = text[at:] if doctype is None else doctype.group(1) or ""
    if "<!ENTITY" in inner:
        raise BadXml("declares entities, which are not read from news files")
    return text if doctype is None else text[doctype.end() :]


def _prolog_end(text: str) -> int:
    """Where the doctype or the root element starts: after comments, instructions and white space."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        end = -1
        if text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at) + 2
        if end < 4:
            return at
        at = end


def _repaired(text: str, error: ElementTree.ParseError) -> Element:
    """The document with HTML's entities, stray `&`, control characters and undeclared prefixes repaired.

    Raises:
        BadXml: when it is still broken.
    """
    text = _ILLEGAL_REFERENCE.sub("", _ILLEGAL.sub("", text))
    text = _BARE.sub("&amp;", _ENTITY.sub(_character, text))
    if "unbound prefix" in str(error):
        text = _bound(text)
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise BadXml(f"broken XML: {reason} at line {line} column {column}") from None


def _bound(text: str) -> str:
    """The document with a declaration of every prefix in its root element that it does not declare there."""
    start = _prolog_end(text)
    root = _ROOT.match(text, start)
    if root is None:
        return text
    used = set(_PREFIX.findall(text)) - set(_DECLARED.findall(root.group())) - {"xml", "xmlns"}
    declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in sorted(used)[:_MAX_PREFIXES])
    return f"{text[: root.end(1)]}{declared}{text[root.end(1) :]}"


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name in _XML_ENTITIES:
        return match.group()
    found = html.unescape(match.group())
    if found == match.group():
        return f"&amp;{name};"
    return found.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _MAX_NESTING:
            raise BadXml(f"nested more than {_MAX_NESTING} deep")
        level = [child for parent in level for child in parent]


def _drop_namespaces(root: Element) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
        for name in [key for key in element.attrib if key[:1] == "{"]:
            element.attrib[name.rpartition("}")[2]] = element.attrib.pop(name)


# --- reading an element -------------------------------------------------------------------------------------------


def text_of(element: Element | None) -> str:
    """All text inside an element, white space made single; "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def first(element: Element | None, *paths: str) -> Element | None:
    """The first element that one of the paths finds (ElementPath syntax), or None."""
    if element is not None:
        for path in paths:
            if (found := element.find(path)) is not None:
                return found
    return None


def each(element: Element | None, *paths: str) -> Iterator[Element]:
    """Elements below `element` (None: none) that the `paths` find, path by path."""
    if element is not None:
        for path in paths:
            yield from element.iterfind(path)


def paragraphs(element: Element) -> tuple[str, tuple[int, ...]]:
    """Text of XHTML or NITF content, paragraphs separated by a blank line, and the numbers of its headings."""
    flow = Flow()
    _flow(element, flow, 0, False)
    return flow.result()


def _flow(element: Element, flow: Flow, depth: int, bold: bool) -> None:
    if element.text:
        flow.source(element.text, bold)
    for child in element:
        tag = child.tag.lower() if isinstance(child.tag, str) else "-comment"
        if tag == "br":
            flow.line_break()
        elif tag in SKIPPED or tag == "-comment":
            pass
        elif depth > MAX_DEPTH:
            flow.text("".join(child.itertext()))
        elif tag == "pre":
            flow.end()
            flow.lines("".join(child.itertext()))
        elif tag in BLOCKS:
            flow.end()
            _flow(child, flow, depth + 1, False)
            flow.end(head=tag in HEADS)
        else:
            _flow(child, flow, depth + 1, bold or tag in ("b", "strong"))
            if tag in ("td", "th"):
                flow.text("  ")
        if child.tail:
            flow.source(child.tail, bold)


def digest_of(element: Element) -> str:
    """sha256 of an element's serialised text: for one of several records of a file."""
    import hashlib

    return hashlib.sha256(ElementTree.tostring(element, encoding="utf-8")).hexdigest()
