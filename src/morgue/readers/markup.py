"""Pieces of HTML and XHTML to text: paragraphs with their sub-heads, and plain titles."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from morgue.readers.names import name_set
from morgue.readers.paragraphs import has_margin, joined, plain_paragraphs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = name_set(
    "p div section article header footer main aside blockquote pre ul ol li dl dt dd table thead tbody tfoot tr "
    "caption figure figcaption h1 h2 h3 h4 h5 h6 hr address form fieldset body html hl2 block body.content content"
)
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hl2"})
SKIPPED = name_set(
    "script style noscript template iframe svg object embed audio video canvas button select input head "
    "figure figcaption picture nav form media header footer aside time"
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b]+")
# In a title only lower-case inline tags are markup: wire copy has tickers in angle brackets (`<CPML>`, `<P>`).
_TAGS = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|font|h[1-6]|i|mark|p|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,2000})?/?>"
)
_MARKUP = re.compile(
    r"<(?:/(?:p|div|h[1-6]|a|em|strong|b|i|u|ul|ol|li|span|figure|article|section|blockquote|body|html|td|pre|font)\s*>"
    r"|(?:br|hr|img)(?:\s[^<>]{0,2000})?/?>|(?-i:p>))",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_OPENING = re.compile(r"<(?:!doctype|html|body|div|p|h[1-6]|article|section)[\s>]", re.IGNORECASE)
MAX_DEPTH = 200
_MAX_OPEN = 4_000  # elements open at a time
_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
# Elements that hold nothing, or that the next of their kind ends.
_ALONE = name_set("area base br col embed hr img input link meta param source track wbr p li dt dd tr td th")
_ATTRIBUTES_COUNTED_FROM = 16 << 10  # characters of a tag
_MAX_ATTRIBUTES = 4_000  # of one tag, by the white space and slashes in it
_SOURCE_LINE = "\r"  # a line feed of the source within running text


def plain(text: str) -> str:
    """A title without tags and entities, white space made single."""
    if "<" in text:
        text = _TAGS.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return _SPACE.sub(" ", text).strip()


def is_markup(text: str) -> bool:
    """True for text with HTML's elements in it; a `<` of a formula or a ticker does not count."""
    if "<" not in text:
        return _looks_escaped(text)
    return _MARKUP.search(text) is not None or _OPENING.match(text.lstrip()) is not None


def _looks_escaped(text: str) -> bool:
    """True for markup that was escaped once too often: `&lt;p&gt;…`."""
    return "<" not in text and "&lt;" in text and ("&lt;p" in text or "&lt;br" in text or "&lt;div" in text)


def paragraphs(fragment: str) -> tuple[str, tuple[int, ...]]:
    """The text of an HTML fragment, paragraphs separated by a blank line, and the numbers of those that are headings.

    Figures, captions, scripts and forms are left out. Two line breaks in a row end a paragraph, one is a line end.
    Markup that would cost the parser the square of its length is only stripped of its tags.
    """
    from selectolax.lexbor import LexborHTMLParser

    if _looks_escaped(fragment):
        fragment = html.unescape(fragment)
    if too_costly(fragment):
        return plain_paragraphs(html.unescape(_ANY_TAG.sub("\n", fragment))), ()
    root = LexborHTMLParser(fragment).body
    if root is None:
        return "", ()
    flow = Flow()
    _walk(root, flow, 0)
    return flow.result()


def too_costly(fragment: str) -> bool:
    """True when the parser might take the square of its length: very many open elements, or attributes in a tag."""
    if fragment.count("<") > _MAX_OPEN and _most_open(fragment) > _MAX_OPEN:
        return True
    return len(fragment) > _ATTRIBUTES_COUNTED_FROM and any(
        len(piece) > _ATTRIBUTES_COUNTED_FROM and sum(map(piece.count, " \t\n/")) > _MAX_ATTRIBUTES
        for piece in fragment.split(">")
    )


def _most_open(fragment: str) -> int:
    """An estimate of how deep elements nest: for each name how many are open, added up, at its peak."""
    is_open: dict[str, int] = {}
    depth = peak = 0
    for match in _NAME.finditer(fragment):
        name = match.group(2).lower()
        if name in _ALONE:
            continue
        if not match.group(1):
            is_open[name] = is_open.get(name, 0) + 1
            depth += 1
            peak = max(peak, depth)
        elif is_open.get(name):
            is_open[name] -= 1
            depth -= 1
    return peak


class Flow:
    """Collects running text into paragraphs."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._heads: list[int] = []
        self._parts: list[str] = []
        self._bold = self._plain = 0
        self._head = False

    def source(self, text: str, bold: bool = False) -> None:
        """Add text of the source, `bold` or not, where line feeds are white space and only <br> makes a line."""
        self.text(text.replace("\n", _SOURCE_LINE), bold)

    def text(self, text: str, bold: bool = False) -> None:
        """Add running text, `bold` or not."""
        self._parts.append(text)
        if text.strip():
            self._bold += bold
            self._plain += not bold

    def lines(self, text: str) -> None:
        """Add preformatted text, whose line ends count, as a paragraph of its own."""
        for line in text.split("\n"):
            if line.strip():
                self._parts.append(line)
                self._plain += 1
            self.line_break()
        self.end()

    def line_break(self) -> None:
        """End the line; a second break in a row ends the paragraph."""
        tail = "".join(self._parts[-3:]).rstrip(" \t\u00a0")
        if tail.endswith("\n"):
            self.end()
        elif self._parts:
            self._parts.append("\n")

    def end(self, head: bool = False) -> None:
        """End the paragraph; `head` says that it was a heading."""
        text = "".join(self._parts)
        self._parts = []
        only_bold, self._bold, self._plain = self._bold > 0 and not self._plain, 0, 0
        if text.count(_SOURCE_LINE) > 3 and has_margin(text.split(_SOURCE_LINE)):
            # Wire copy in one element, unchanged: its indents and blank lines are the paragraphs.
            self._paragraphs.extend(plain_paragraphs(text.replace(_SOURCE_LINE, "\n")).split("\n\n"))
            return
        lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
        text = joined([line for line in lines if line])
        if text:
            if head or (only_bold and is_subhead(text)):
                self._heads.append(len(self._paragraphs))
            self._paragraphs.append(text)

    def result(self) -> tuple[str, tuple[int, ...]]:
        """Paragraphs joined by a blank line, and the numbers of headings."""
        self.end()
        return "\n\n".join(self._paragraphs), tuple(self._heads)


def is_subhead(text: str) -> bool:
    """True for a line short enough, and without a sentence's end, to be a sub-head."""
    return len(text) <= 100 and len(text.split()) <= 12 and "\n" not in text and text[-1] not in ".,;:!)…”\"'»"


def _walk(node: LexborNode, flow: Flow, depth: int, bold: bool = False) -> None:
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            flow.source(child.text_content or "", bold)
        elif tag == "br":
            flow.line_break()
        elif tag in SKIPPED or tag in ("-comment", "_comment"):
            pass
        elif depth > MAX_DEPTH:
            flow.text(child.text(deep=True) or "")
        elif tag == "pre":
            flow.end()
            flow.lines(child.text(deep=True) or "")
        elif tag in BLOCKS:
            flow.end()
            _walk(child, flow, depth + 1)
            flow.end(head=tag in HEADS)
        else:
            _walk(child, flow, depth + 1, bold or tag in ("b", "strong"))
            if tag in _CELLS:
                flow.text("  ")
        child = child.next
