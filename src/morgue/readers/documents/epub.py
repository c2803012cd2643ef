"""EPUB files: a chapter is an article, with the publication and the date of its issue (news downloads, magazines).

Order is the spine's; the table of contents names articles and sections, and says where one file holds several of them
or several files hold one. Covers, title pages, contents and lists of links are passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from morgue.lexicon import BOOK_PARTS, either, words
from morgue.model import Draft, Rejected
from morgue.readers import markup
from morgue.readers.documents.package import BadDocument, Package, opened, resolved
from morgue.readers.encoding import NotText, decode
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim, credit, set_body
from morgue.readers.xml import dom

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
# Parts of a book that are not of its text, as `epub:type` and the guide name them.
_APPARATUS = name_set(
    "cover toc title-page titlepage halftitlepage halftitle copyright-page copyright landmarks loi lot lov index "
    "colophon dedication page-list seriespage other-credits"
)
_BY_LABEL = re.compile(rf"(?:{either(words(BOOK_PARTS))})", re.IGNORECASE)
_ISSUE = re.compile(r"(?P<name>.+?)\s*[\[(](?P<date>[^\])]*\d[^\])]*)[\])]\s*")  # The Post [Tue, 13 Jan 2026]
_ALONE = re.compile(
    r"<((?!(?:br|hr|img|meta|link|input|col|area|base|wbr|embed|source|track)\b)[a-z][\w:-]*)([^<>]*)/>", re.I
)
_HEADER = re.compile(r"<(/?)header\b", re.I)  # of an article, not of a site: its text is read
_EPUB_TYPE = re.compile(r"<(?:body|section|div|nav|article)\b[^<>]*\bepub:type\s*=\s*[\"']([^\"']*)", re.I)
_SPLIT = re.compile(r"_split_?\d+", re.IGNORECASE)  # calibre's name for the parts of a long chapter
_BAR = "[class*=calibre_navbar], [class*=calibre_rescale_navbar], nav"
_CREDIT = "[class*=byline], [class*=author], [rel=author]"
_STAMP = "time[datetime]"
_MAX_CREDIT = 120  # characters
_MIN_LISTED, _MIN_UNLISTED = 4, 20  # words of an article that the contents name, and of another
_MIN_PER_LINK = 60  # words for each link to another chapter; fewer make a list of links
_MAX_ENTRIES = 20_000  # of a table of contents
_MAX_LEVELS = 20


class Entry(NamedTuple):
    """A line of the table of contents: its label, that of the line above, its page and the place in it.

    `leaf` is true when no other lines are below it.
    """

    label: str
    section: str
    page: str
    anchor: str
    leaf: bool


class Piece(NamedTuple):
    """An article in the making: its line in the contents or None, its first page and place there, and its HTML."""

    entry: Entry | None
    page: str
    markup: list[str]


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the articles of the EPUB `stream`, called `name`, within the limits of `options`."""
    data = read_whole(stream, options)
    count = 0
    try:
        with opened(data, options, "EPUB") as package:
            book = _Book(package, options)
            for draft in book.articles():
                count += 1
                draft.record = count
                yield draft
    except BadDocument as error:
        yield Rejected(name, count + 1 if count else 0, str(error))
        return
    if not count:
        yield Rejected(name, 0, "an EPUB without a chapter of text")


class _Book:
    """An open EPUB."""

    def __init__(self, package: Package, options: ReadOptions) -> None:
        self._package = package
        self._options = options
        self._opf_name = self._find_opf()
        opf = package.xml(self._opf_name)
        self._metadata = dom.first(opf, "metadata")
        self._items = {item.get("id", ""): item for item in dom.each(opf, "manifest/item") if item.get("href")}
        self._spine = [
            item for ref in dom.each(opf, "spine/itemref")
            if ref.get("linear") != "no" and (item := self._items.get(ref.get("idref", ""))) is not None
        ]  # fmt: skip
        self._guide = {self._path(ref): ref.get("type", "").lower() for ref in dom.each(opf, "guide/reference")}
        self._refuse_protected()
        self._entries = self._contents(opf)
        self._pages = [self._path(item) for item in self._spine if item.get("media-type", "") in (*_PAGES, "")]

    def _find_opf(self) -> str:
        for rootfile in self._package_xml("META-INF/container.xml", "rootfiles/rootfile"):
            path = rootfile.get("full-path", "")
            if self._package.has(path):
                return path
        raise BadDocument("an EPUB without its list of contents (OPF)")

    def _package_xml(self, name: str, path: str) -> list[Element]:
        return list(dom.each(self._package.xml(name), path))

    def _path(self, item: Element) -> str:
        return resolved(self._opf_name, item.get("href", ""))

    def _refuse_protected(self) -> None:
        if not self._package.has("META-INF/encryption.xml"):
            return  # fonts alone may be scrambled, too
        root = self._package.xml("META-INF/encryption.xml")
        protected = {ref.get("URI", "") for ref in (root.iter("CipherReference") if root is not None else ())}
        if any(path.lower().endswith(("html", "htm", "xml")) for path in protected):
            raise BadDocument("a protected EPUB (DRM)")

    # --- table of contents

    def _contents(self, opf: Element | None) -> list[Entry]:
        found: list[Entry] = []
        spine = dom.first(opf, "spine")
        ncx = self._items.get(spine.get("toc", "") if spine is not None else "")
        navigation = next((item for item in self._items.values() if "nav" in item.get("properties", "").split()), None)
        for item in (ncx, navigation):
            if item is None or found:
                continue
            path = self._path(item)
            try:
                root = self._package.xml(path)
            except (dom.BadXml, NotText):
                continue
            if root is not None and root.tag == "ncx":
                for point in dom.each(root, "navMap/navPoint"):
                    self._add_point(found, point, "", path, 0)
            elif root is not None:
                lists = [nav for nav in root.iter("nav") if nav.get("type", "toc") == "toc"]
                for nav in lists[:1]:
                    self._add_list(found, dom.first(nav, "ol"), "", path, 0)
        return found[:_MAX_ENTRIES]

    def _add_point(self, found: list[Entry], point: Element, section: str, base: str, level: int) -> None:
        label = dom.text_of(dom.first(point, "navLabel"))
        content = dom.first(point, "content")
        inner = list(dom.each(point, "navPoint")) if level < _MAX_LEVELS else []
        if content is not None:
            found.append(_entry(label, section, base, content.get("src", ""), not inner))
        for child in inner:
            self._add_point(found, child, label, base, level + 1)

    def _add_list(self, found: list[Entry], items: Element | None, section: str, base: str, level: int) -> None:
        for item in dom.each(items, "li"):
            link = dom.first(item, "a", "span")
            label = dom.text_of(link)
            inner = dom.first(item, "ol") if level < _MAX_LEVELS else None
            if link is not None and link.get("href"):
                found.append(_entry(label, section, base, link.get("href", ""), inner is None))
            if inner is not None:
                self._add_list(found, inner, label, base, level + 1)

    # --- articles

    def articles(self) -> Iterator[Draft]:
        """A draft for each article, in the order of the spine."""
        held: Piece | None = None
        for piece in self._pieces():
            if held is not None and self._continues(piece, held):
                held.markup.extend(piece.markup)
                continue
            if held is not None and (draft := self._draft(held)):
                yield draft
            held = piece
        if held is not None and (draft := self._draft(held)):
            yield draft

    def _pieces(self) -> Iterator[Piece]:
        """The pages of the spine, cut where the contents point into them."""
        for page in self._pages:
            if self._guide.get(page) in _APPARATUS or (data := self._package.part(page)) is None:
                continue
            text = decode(data, override=self._options.encoding).text
            text = _HEADER.sub(r"<\1div", _ALONE.sub(r"<\1\2></\1>", text.replace("\0", "")))
            entries = [entry for entry in self._entries if entry.page == page]
            cuts = sorted((at, n) for n, entry in enumerate(entries) if (at := _place(text, entry.anchor)) >= 0)
            kept: dict[int, Entry] = {}
            for at, number in cuts:  # of lines that point to one place the last is the innermost
                kept[at] = entries[number]
            places = sorted(kept)
            if not places:
                yield Piece(None, page, [text])
                continue
            for at, end in zip(places, [*places[1:], len(text)], strict=True):
                yield Piece(kept[at], page, [text[0 if at == places[0] else at : end]])

    def _continues(self, piece: Piece, before: Piece) -> bool:
        """True for a page that goes on with the article before it: the contents do not name it, and it has no head."""
        if piece.entry is not None or not self._entries:
            return False
        if _SPLIT.search(piece.page) and _SPLIT.split(piece.page)[0] == _SPLIT.split(before.page)[0]:
            return True
        return before.entry is not None and not re.search(r"<h[1-3]\b", piece.markup[0], re.IGNORECASE)

    def _draft(self, piece: Piece) -> Draft | None:
        """The article of a piece; None for what is not one."""
        from selectolax.lexbor import LexborHTMLParser

        whole = "\n".join(piece.markup)
        if _is_apparatus(piece, whole):
            return None
        tree = LexborHTMLParser(whole)
        draft = Draft(format="epub", digest=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest())
        for node in tree.css(_BAR):
            for link in node.css("a[href^=http]"):
                claim(draft.url, link.attributes.get("href"), "epub:source")
            node.decompose()
        if self._is_list(piece, tree):
            return None
        self._set_claims(draft, tree, piece)
        body, subheads = markup.paragraphs(tree.html or "")
        set_body(draft, body, subheads)
        least = _MIN_LISTED if piece.entry is not None and piece.entry.leaf else _MIN_UNLISTED
        return draft if len(draft.body.split()) >= least else None

    def _is_list(self, piece: Piece, tree: LexborHTMLParser) -> bool:
        """True for a page that is mostly links to other pages of the book."""
        links = []
        for link in tree.css("a[href]"):
            target = resolved(piece.page, link.attributes.get("href") or "")
            if target != piece.page and target in self._pages:
                links.append(link.text(deep=True))
        if len(links) < 2:
            return False
        count = len((tree.body.text(deep=True, separator=" ") if tree.body else "").split())
        linked = sum(len(text.split()) for text in links)
        listed = piece.entry is not None and piece.entry.leaf
        return 2 * linked >= count or (not listed and count < _MIN_PER_LINK * len(links))

    def _set_claims(self, draft: Draft, tree: LexborHTMLParser, piece: Piece) -> None:
        metadata = self._metadata
        if piece.entry is not None:
            claim(draft.headline, piece.entry.label, "epub:contents")
        for path in ("h1", "h2", "title"):
            if (node := tree.css_first(path)) is not None:
                claim(draft.headline, _text(node), f"epub:{path}")
        for node in tree.css(_STAMP)[:1]:
            claim(draft.published, node.attributes.get("datetime"), "epub:time")
        credits = [node for node in tree.css(_CREDIT) if 0 < len(_text(node)) <= _MAX_CREDIT]
        credit(draft.byline, [_text(node) for node in credits[:1]], "epub:byline")
        for node in credits[:1]:
            node.decompose()
        title = dom.text_of(dom.first(metadata, "title"))
        issue = _ISSUE.fullmatch(title)
        periodical = issue is not None or self._is_periodical()
        if issue:
            claim(draft.published, issue["date"], "epub:title")
        for date in dom.each(metadata, "date"):
            if date.get("event", "publication") in ("publication", "original-publication"):
                # The time is when the file was made; years before calendars are how calibre says that there is none.
                day = dom.text_of(date).partition("T")[0]
                claim(draft.published, "" if day.startswith("01") else day, "epub:date")
        publication = issue["name"] if issue else title
        claim(draft.source, publication, "epub:title")
        if piece.entry is not None and piece.entry.section != publication:
            claim(draft.section, piece.entry.section, "epub:contents")
        if not periodical:
            creators = [dom.text_of(creator) for creator in dom.each(metadata, "creator")]
            for creator in creators:
                claim(draft.people, creator if creator.lower() != "calibre" else "", "epub:creator")
        language = dom.text_of(dom.first(metadata, "language"))
        claim(draft.language, "" if language.lower() in ("und", "undefined") else language, "epub:language")
        claim(draft.rights, dom.text_of(dom.first(metadata, "rights")), "epub:rights")
        for subject in dom.each(metadata, "subject"):
            claim(draft.keywords, dom.text_of(subject), "epub:subject")
        if identifier := dom.text_of(dom.first(metadata, "identifier")):
            place = piece.page + (f"#{piece.entry.anchor}" if piece.entry and piece.entry.anchor else "")
            claim(draft.ids, f"{identifier}#{place}", "epub:identifier")
        for name in ("publisher", "description"):
            if value := dom.text_of(dom.first(metadata, name)):
                draft.extra[name] = value

    def _is_periodical(self) -> bool:
        """True when the metadata say that this is an issue of a newspaper or magazine."""
        for meta in dom.each(self._metadata, "meta"):
            named = meta.get("name") == "calibre:publication_type" or meta.get("property") == "dcterms:type"
            if named and "periodical" in (meta.get("content") or dom.text_of(meta)).lower():
                return True
        return False


def _entry(label: str, section: str, base: str, target: str, leaf: bool) -> Entry:
    return Entry(label, section, resolved(base, target), target.partition("#")[2], leaf)


def _place(text: str, anchor: str) -> int:
    """Where the element with the id `anchor` starts in a page, 0 for no anchor, -1 when there is none."""
    if not anchor:
        return 0
    match = re.search(rf"<[a-zA-Z][^<>]*\b(?:id|name)\s*=\s*[\"']{re.escape(anchor)}[\"']", text)
    return match.start() if match else -1


def _is_apparatus(piece: Piece, whole: str) -> bool:
    kinds = _EPUB_TYPE.search(whole[:20_000])
    if kinds and _APPARATUS & set(kinds[1].lower().split()):
        return True
    return piece.entry is not None and _BY_LABEL.fullmatch(piece.entry.label.strip(" .:")) is not None


def _text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())
