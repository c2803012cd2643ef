"""TEI: editions of newspapers. Divisions that are articles become one each, else the document is one.

The header names the source and its date; the edition's own publication, in the same header, counts only where nothing
is said of a source. Line breaks within words (`<lb break="no"/>`) join them; of two readings the regular one is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised.languages import code
from morgue.readers.hyphens import mended
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, credit, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, read_as

_ARTICLES = name_set(
    "article articles artikel news newsarticle item story report letter advertisement advert ad editorial obituary "
    "feature review notice announcement essay column poem entry"
)
_DIVS = frozenset({"div", "div1", "div2", "div3", "div4", "div5"})
_APART = name_set("byline dateline docDate docAuthor note fw figure teiHeader")  # not in the running text
_CHOICES = ("corr", "reg", "expan")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, _stories)


def _stories(root: Element) -> list[Story] | str:
    documents = [root] if root.tag != "teiCorpus" else list(root.iter("TEI")) or list(root.iter("TEI.2"))
    found: list[tuple[Element, partial[Draft]]] = []
    for document in documents:
        text = document.find("text")
        if text is None:
            continue
        articles = list(_articles(text))
        whole = not articles
        for element in articles or [text]:
            found.append((element, partial(_draft, document, element, whole=whole)))
    if not found:
        return "a TEI document without a text"
    return [(number if len(found) > 1 else 0, element, make) for number, (element, make) in enumerate(found, 1)]


def _articles(parent: Element) -> Iterator[Element]:
    """Outermost divisions whose type says that they are articles."""
    for element in parent:
        kind = (element.get("type") or element.get("subtype") or "").lower().replace("-", "").replace("_", "")
        if (element.tag in _DIVS or element.tag == "text") and kind in _ARTICLES:
            yield element
        elif element.tag in _DIVS or element.tag in ("body", "front", "back", "group", "text"):
            yield from _articles(element)


def _draft(document: Element, element: Element, *, whole: bool) -> Draft:
    draft = Draft(format="tei")
    identifier = element.get("id") or (document.get("id") if whole else "")
    claim(draft.ids, identifier, "tei:xml:id")
    head = next((child for child in element.iter("head") if _owner(element, child)), None)
    claim(draft.headline, _inline(head) if head is not None else "", "tei:head")
    lines = [_inline(child) for tag in ("byline", "docAuthor") for child in element.iter(tag)]
    credit(draft.byline, lines, "tei:byline")
    for child in element.iter("dateline"):
        claim(draft.dateline, _inline(child), "tei:dateline")
    kind = (element.get("type") or "").lower()
    if not whole and kind not in ("article", "artikel", "news", "item", "story"):
        claim(draft.section, kind.capitalize(), "tei:div[type]")
    claim(draft.language, code(element.get("lang") or document.get("lang")), "tei:xml:lang")
    _header(draft, document, whole=whole)
    page = next((child.get("n") for child in element.iter("pb")), None) or _page_before(document, element)
    claim(draft.page, page, "tei:pb")
    texts, subheads = _paragraphs(element, head)
    set_body(draft, "\n\n".join(texts), subheads)
    return draft


def _owner(element: Element, head: Element) -> bool:
    """Whether a heading is that of the element: the first child of it, or of what it begins with."""
    for child in element:
        if child is head:
            return True
        if child.tag in _DIVS or child.tag in ("body", "front", "group", "text"):
            return _owner(child, head)
        if child.tag in ("p", "ab"):
            return False
    return False


def _page_before(document: Element, element: Element) -> str | None:
    page = None
    for child in document.iter():
        if child is element:
            return page
        if child.tag == "pb":
            page = child.get("n") or page
    return page


def _header(draft: Draft, document: Element, *, whole: bool) -> None:
    header = document.find("teiHeader")
    source = dom.first(header, "fileDesc/sourceDesc")
    for path in (
        ".//monogr/title",
        ".//biblStruct/title",
        ".//bibl/title[@level='j']",
        ".//series/title",
        ".//bibl/title",
    ):
        for paper in dom.each(source, path):
            claim(draft.source, dom.text_of(paper), "tei:sourceDesc/title")
    dates = [*dom.each(source, ".//imprint/date", ".//date"), *dom.each(header, "profileDesc/creation/date")]
    dates += document.iter("docDate")
    if not dates:
        dates += list(dom.each(header, "fileDesc/publicationStmt/date"))
    for date in dates:
        claim(draft.published, date.get("when") or date.get("when-iso") or dom.text_of(date), "tei:date")
    for number in dom.each(source, ".//biblScope[@unit='issue']", ".//biblScope[@type='issue']"):
        claim(draft.edition, dom.text_of(number), "tei:biblScope")
    for number in dom.each(
        source, ".//biblScope[@unit='page']", ".//biblScope[@type='pp']", ".//biblScope[@unit='pp']"
    ):
        claim(draft.page, dom.text_of(number), "tei:biblScope")
    title = dom.text_of(dom.first(header, "fileDesc/titleStmt/title"))
    if whole:
        claim(draft.headline, title, "tei:titleStmt/title")
        for author in dom.each(header, "fileDesc/titleStmt/author"):
            claim(draft.people, dom.text_of(author), "tei:titleStmt/author")
    else:
        claim(draft.source, re.split(r"\s*[,:]\s*(?=\d|[A-Z][a-z]+day)", title)[0], "tei:titleStmt/title")
    for element in dom.each(header, "profileDesc/langUsage/language"):
        claim(draft.language, code(element.get("ident")), "tei:language")
    for element in dom.each(header, "profileDesc/textClass/keywords//term"):
        claim(draft.keywords, dom.text_of(element), "tei:keywords")
    claim(draft.rights, dom.text_of(dom.first(header, "fileDesc/publicationStmt/availability")), "tei:availability")


def _paragraphs(element: Element, head: Element | None) -> tuple[list[str], tuple[int, ...]]:
    texts: list[str] = []
    subheads: list[int] = []

    def follow(parent: Element) -> None:
        for child in parent:
            if child is head or child.tag in _APART:
                continue
            if child.tag in ("p", "ab", "head", "l", "item", "row", "trailer", "signed", "salute", "speaker", "stage"):
                if text := _inline(child):
                    if child.tag == "head":
                        subheads.append(len(texts))
                    texts.append(text)
            elif isinstance(child.tag, str):
                if len(child) or child.tag in _DIVS:
                    follow(child)
                elif text := dom.text_of(child):
                    texts.append(text)

    follow(element)
    return texts, tuple(subheads)


def _inline(element: Element) -> str:
    """The text of an element on one line, words that a line's or page's end broke joined."""
    parts: list[str] = []

    def follow(node: Element) -> None:
        parts.append(node.text or "")
        for child in node:
            if child.tag in ("lb", "pb", "cb"):
                if child.get("break") == "no":
                    parts[:] = ["".join(parts).rstrip().rstrip("-¬\u00ad\u2010")]
                    parts.append("\0")
                else:
                    parts.append("\n")
            elif child.tag == "choice":
                chosen = next((item for tag in _CHOICES if (item := child.find(tag)) is not None), None)
                if chosen is None and len(child):
                    chosen = child[0]
                if chosen is not None:
                    follow(chosen)
            elif child.tag in ("note", "fw", "figure", "del"):
                pass
            elif isinstance(child.tag, str):
                follow(child)
            parts.append(child.tail or "")

    follow(element)
    text = re.sub(r"\s*\0\s*", "", "".join(parts))
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return " ".join(mended(lines).split())
