"""METS of a newspaper issue with ALTO or PAGE beside it: the articles of its logical structure, or its pages.

What the parts of an article are comes from the types of the structure's divisions, which libraries name in their own
ways; an article's text is what its areas mean: blocks, lines, or words from one to another, across pages. Areas
stand in the logical structure, or in the physical one behind a structural link.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected, Remark
from morgue.readers.digitised import alto, pagexml, paths
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.leaders import located
from morgue.readers.digitised.pages import (
    Block,
    Page,
    Role,
    confidence,
    fill_page,
    paragraphs,
    remark_confidence,
)
from morgue.readers.encoding import NotText
from morgue.readers.hyphens import Joiner
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

# Types of divisions, in lower case without separators.
_AROUND = name_set(
    "newspaper periodical volume year month day issue content section supplement npissue newspaperissue frontmatter "
    "mainmatter mainsection bodymatter multivolumework monograph document ephemeraissue npreel physsequence boundbook"
)
_ARTICLES = name_set("article newsarticle editorial obituary letter interview review story item feature")
_BESIDE = name_set(
    "titlesection pagenumber runningtitle masthead imprint cover tableofcontents contents page illustration image "
    "picture photo map graphic"
)
# Text of a page that belongs to no article.
_LOOSE = name_set("paragraph text textblock body bodycontent line textline")
_HEADS = name_set("heading headline title maintitle overline kicker ocrheadline articletitle headingtitle titleblock")
_SUBHEADS = name_set("subheadline subheading subtitle subhead crossheading crosshead intertitle")
_AUTHORS = name_set("author byline authors creator")
_LABELLED = name_set("section supplement column rubric")
_NOT_LETTERS = re.compile(r"[^a-z]")
_TEXT_ROOTS = {"alto": alto.pages, "PcGts": pagexml.pages}
_UNTITLED = re.compile(r"\W*(?:untitled(?: article)?|no title|sans titre|ohne titel|zonder titel)\W*", re.IGNORECASE)
_DATED = re.compile(r"\d{4}[-/.]\d")
_TRAILING_DATE = re.compile(r"[,.]?\s*(?:\(?\d{4}-\d\d-\d\d\)?|\d{1,2}\.\d{1,2}\.\d{4})\s*$")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per article of the issue `stream`, called `name`, read as `options` say, or one per page.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    yield from read_as(stream, name, options, lambda root: _Issue(root, name, options).stories())


def kind_of(div: Element) -> str:
    """The type of a division as it is compared: lower case, letters only, without a prefix (`np:page`)."""
    return _NOT_LETTERS.sub("", (div.get("TYPE") or "").rpartition(":")[2].lower())


@dataclass(slots=True)
class _Article:
    """A division that is an article, and the label of the section that it is in."""

    div: Element
    section: str


@dataclass(slots=True)
class _Parts:
    """Blocks of an article's parts, in the order of the structure.

    Attributes:
        blocks: with their role (headings of the body have it). heads, authors: blocks of headlines and credits.
        pages: numbers of the pages that they are on.
    """

    blocks: list[Block] = field(default_factory=list)
    heads: list[Block] = field(default_factory=list)
    authors: list[Block] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


class _Issue:
    """An issue's METS document with the text of its pages."""

    def __init__(self, root: Element, name: str, options: ReadOptions) -> None:
        self._root = root
        self._name = name
        self._options = options
        self._texts: dict[str, list[Page]] = {}  # identifier of a file -> its pages
        self._missing: list[str] = []
        self._joiners: dict[tuple[str, ...], Joiner] = {}
        self._files = {
            file.get("ID", ""): locator.get("href", "")
            for file in root.iter("file")
            if (locator := file.find("FLocat")) is not None
        }
        self._descriptions = {section.get("ID", ""): section for section in root.iter("dmdSec")}
        maps = root.findall("structMap")
        self._logical = [item for item in maps if (item.get("TYPE") or "").upper() == "LOGICAL"] or maps
        self._divs = {div.get("ID", ""): div for item in maps for div in item.iter("div") if div.get("ID")}
        self._links: dict[str, list[str]] = {}
        for link in root.iter("smLink"):
            self._links.setdefault(link.get("from", "").lstrip("#"), []).append(link.get("to", "").lstrip("#"))
        for group in root.iter("smLinkGrp"):
            first, *others = [link.get("href", "").lstrip("#") for link in group.iterfind("smLocatorLink")] or [""]
            self._links.setdefault(first, []).extend(others)
        physical = [item for item in maps if (item.get("TYPE") or "").upper() == "PHYSICAL"] or maps
        self._page_divs = [div for item in physical for div in item.iter("div") if kind_of(div).endswith("page")]
        self._numbers: dict[str, str] = {}
        for count, div in enumerate(self._page_divs, 1):
            number = _page_number(div, self._descriptions, count)
            for name in _pointed(div):
                self._numbers.setdefault(name, number)
        self._issue = self._issue_descriptions()

    def _issue_descriptions(self) -> list[Element]:
        """Descriptions of the issue and of what it is in, the issue's first."""
        found: list[Element] = []

        def follow(div: Element) -> None:
            for child in div:
                if child.tag == "div" and kind_of(child) in _AROUND and kind_of(child) not in _LABELLED:
                    follow(child)
            found.extend(self._described(div))

        for item in self._root.iterfind("structMap"):
            for div in item.iterfind("div"):
                follow(div)
        unique = list({id(section): section for section in found}.values())
        return unique or list(self._descriptions.values())[:1]

    def _described(self, div: Element) -> list[Element]:
        names = (div.get("DMDID") or "").split()
        return [self._descriptions[name] for name in names if name in self._descriptions]

    def stories(self) -> list[Story] | str:
        """The articles of the issue, or its pages; a sentence on why there are none."""
        found = [
            article for item in self._logical for div in item.iterfind("div") for article in self._articles(div, "")
        ]
        if any(self._areas(article.div) for article in found):
            sections = {id(article.div): article.section for article in found}
            parts = {id(article.div): self._parts(article.div) for article in found}
            if any(part.blocks for part in parts.values()):
                made = [article.div for article in found if parts[id(article.div)].blocks or self._title(article.div)]
                return each_made(made, lambda div: self._article(div, parts[id(div)], sections[id(div)]))
        elif self._has_contents():
            return []
        elif pages := self._page_stories():
            return pages
        if titled := [article.div for article in found if self._title(article.div)]:
            return each_made(titled, lambda div: self._article(div, _Parts(), ""))
        return self._without_text()

    def _has_contents(self) -> bool:
        """Whether another METS file, which is read too, has the articles of the issue (as the BnF's tables do)."""
        beside = self._options.beside
        if beside is None:
            return False
        told = [located(beside, href) for href in self._files.values() if "toc" in href.lower()]
        if any(name.lower().endswith(".xml") and beside.has(name) for name in (*told, *beside.listed("toc"))):
            beside.used = True
            return True
        return False

    def _without_text(self) -> str:
        if self._options.beside is None:
            return "an issue's METS file; the text of its pages is in files beside it, which cannot be opened from here"
        names = ", ".join(name[:80] for name in self._missing[:3])
        return (
            f"an issue's METS file, and no ALTO or PAGE file of its pages is beside it{f': {names}' if names else ''}"
        )

    def _articles(self, div: Element, section: str) -> Iterator[_Article]:
        kind = kind_of(div)
        children = [child for child in div if child.tag == "div"]
        told = div.get("DMDID") or div.get("LABEL")
        if kind in _BESIDE or kind in _HEADS | _SUBHEADS | _AUTHORS or (kind in _LOOSE and not told and not children):
            return
        if kind not in _AROUND and (kind in _ARTICLES or ((told or not children) and self._areas(div))):
            yield _Article(div, section)
            return
        inner = (div.get("LABEL") or self._title(div) or section).strip() if kind in _LABELLED else section
        found = [article for child in children for article in self._articles(child, inner)]
        if not found and kind in _LABELLED and self._areas(div):
            found = [_Article(div, section)]
        yield from found

    def _areas(self, div: Element) -> list[Element]:
        """The areas of files that a division means, its own first, then those behind structural links."""
        found = [area for area in div.iter("area") if area.get("BEGIN")]
        if found:
            return found
        for inner in div.iter("div"):
            for name in self._links.get(inner.get("ID", ""), ()):
                target = self._divs.get(name)
                if target is not None and not kind_of(target).endswith("page"):
                    found += [area for area in target.iter("area") if area.get("BEGIN")]
        return found

    def _parts(self, div: Element) -> _Parts:
        parts = _Parts()
        if any(area.get("BEGIN") for area in div.iter("area")):
            self._collect(div, parts, "", within_body=False)
        else:
            for area in self._areas(div):
                self._take(area, parts, parts.blocks, "")
        return parts

    def _collect(self, div: Element, parts: _Parts, role: Role, *, within_body: bool) -> None:
        for child in div:
            if child.tag == "div":
                kind = kind_of(child)
                if kind in _HEADS | _SUBHEADS:
                    self._collect(child, parts, "heading", within_body=within_body or kind in _SUBHEADS)
                elif kind in _AUTHORS:
                    blocks = parts.blocks
                    parts.blocks = parts.authors
                    self._collect(child, parts, "", within_body=True)
                    parts.blocks = blocks
                else:
                    self._collect(child, parts, role, within_body=within_body or kind.startswith("body"))
            else:
                for area in child.iter("area"):
                    if area.get("BEGIN"):
                        top = role == "heading" and not within_body and not parts.blocks
                        self._take(area, parts, parts.heads if top else parts.blocks, role)

    def _take(self, area: Element, parts: _Parts, into: list[Block], role: Role) -> None:
        name = area.get("FILEID", "")
        for page in self._text(name):
            found = page.selected(area.get("BEGIN", ""), area.get("END", ""))
            if found:
                into.extend(Block(block.names, block.lines, role or block.role) for block in found)
                number = self._numbers.get(name) or page.number
                if number and number not in parts.pages:
                    parts.pages.append(number)

    def _text(self, name: str) -> list[Page]:
        """The pages of a file that holds recognised text; none for another or a missing one."""
        if name not in self._texts:
            self._texts[name] = self._read(self._files.get(name, ""))
        return self._texts[name]

    def _read(self, href: str) -> list[Page]:
        beside = self._options.beside
        if beside is None or not href.lower().rpartition(".")[2].startswith("xml"):
            return []
        found = located(beside, href)
        stream = beside.open(found) if found else None
        if stream is None:
            self._missing.append(href)
            return []
        with stream:
            try:
                packed = cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if found.endswith(".gz") else stream
                root, _ = dom.parse(read_whole(packed, self._options), self._options.encoding)
            except (dom.BadXml, NotText, TooLarge, OSError, EOFError, zlib.error):
                self._missing.append(href)
                return []
        reader = _TEXT_ROOTS.get(root.tag)
        return reader(root) if reader else []

    def _joiner(self, names: tuple[str, ...]) -> Joiner:
        """A joiner that knows the words of files."""
        if names not in self._joiners:
            pages = (page for name in names for page in self._text(name))
            self._joiners[names] = Joiner([line.text for page in pages for line in page.lines()])
        return self._joiners[names]

    def _article(self, div: Element, parts: _Parts, section: str) -> Draft:
        draft = Draft(format="mets")
        joiner = self._joiner(tuple(dict.fromkeys(area.get("FILEID", "") for area in self._areas(div))))
        title, printed = self._title(div), " ".join(text for text, _ in paragraphs(parts.heads, joiner))
        if title.endswith(("...", "…")) and printed.startswith(title.rstrip(" .…")):
            title = printed  # libraries cut long titles
        claim(draft.headline, title, "mets:title")
        claim(draft.headline, printed, "mets:heading")
        for text, _ in paragraphs(parts.authors, joiner):
            claim(draft.byline, text, "mets:author")
        found = paragraphs(parts.blocks, joiner)
        subheads = tuple(number for number, (_, role) in enumerate(found) if role == "heading")
        set_body(draft, "\n\n".join(text for text, _ in found), subheads)
        if not found:
            why = "its text is not in the files beside the issue's METS file"
            draft.problems.append(Remark(field="body", value="", why=why, how="mets:area"))
        remark_confidence(draft, confidence([*parts.heads, *parts.blocks]), "mets:confidence")
        for description in self._described(div):
            _describe_article(draft, description)
        kind = kind_of(div)
        claim(draft.section, section, "mets:section")
        if kind not in ("article", "newsarticle"):
            claim(draft.section, (div.get("TYPE") or "").replace("_", " ").capitalize(), "mets:type")
        claim(draft.page, ", ".join(parts.pages), "mets:page")
        self._identify(draft, div.get("ID", ""))
        return draft

    def _title(self, div: Element) -> str:
        titles = [title for section in self._described(div) if (title := _title_of(section))]
        label = div.get("LABEL") or ""
        return (titles or ["" if _UNTITLED.fullmatch(label) else label])[0].strip()

    def _identify(self, draft: Draft, name: str) -> None:
        """Add what the issue's description says, and the identity of a part called `name`."""
        draft.digest = hashlib.sha256(draft.body.encode("utf-8", "surrogatepass")).hexdigest()
        identifier = self._root.get("OBJID") or ""
        if identifier and name:
            claim(draft.ids, f"{identifier}/{name}", "mets:OBJID")
        for description in self._issue:
            _describe_issue(draft, description)
        label = _TRAILING_DATE.sub("", self._root.get("LABEL") or "").strip(" ,")
        claim(draft.source, label, "mets:LABEL")
        paths.fill(draft, self._name)
        if not draft.published and (found := re.search(r"\d{4}-\d\d-\d\d", self._root.get("LABEL") or "")):
            claim(draft.published, found.group(), "mets:LABEL")

    def _page_stories(self) -> list[Story]:
        """The pages of the issue that have text."""
        elements: list[Element] = []
        found: dict[int, tuple[Page, str]] = {}
        divs = self._page_divs or [pointer for item in self._logical for pointer in item.iter("div")]
        seen: set[str] = set()
        for div in divs:
            for name in _pointed(div):
                if name in seen:
                    continue
                seen.add(name)
                pages = [page for page in self._text(name) if page.blocks]
                if pages and id(div) not in found:
                    elements.append(div)
                    found[id(div)] = (pages[0], self._numbers.get(name) or pages[0].number)
        return each_made(elements, lambda div: self._page(div, *found[id(div)]))

    def _page(self, div: Element, page: Page, number: str) -> Draft:
        draft = Draft(format="mets")
        fill_page(draft, page, "mets")
        claim(draft.language, code(page.language), "mets:LANG")
        claim(draft.page, number, "mets:page")
        self._identify(draft, div.get("ID", ""))
        return draft


def _pointed(div: Element) -> list[str]:
    """Identifiers of the files that a division itself points to."""
    pointers = [item for pointer in div.iterfind("fptr") for item in pointer.iter()]
    return [name for item in pointers if (name := item.get("FILEID", ""))]


def _page_number(div: Element, descriptions: dict[str, Element], count: int) -> str:
    for name in (div.get("DMDID") or "").split():
        description = descriptions.get(name)
        detail = dom.first(description, ".//part/detail[@type='page number']/number", ".//part/extent/start")
        if number := dom.text_of(detail):
            return number
    label = (div.get("ORDERLABEL") or "").strip()
    order = (div.get("ORDER") or "").strip()
    return label if label and label not in ("-", "uncounted") else order or str(count)


def _title_of(description: Element) -> str:
    """The title in a MODS or Dublin Core description, or "": the abbreviated and uniform forms are left out."""
    for info in description.iterfind(".//mods/titleInfo"):
        if not info.get("type"):
            parts = (dom.text_of(info.find(tag)) for tag in ("nonSort", "title"))
            title = " ".join(part for part in parts if part)
            if any(char.isalnum() for char in title) and not _UNTITLED.fullmatch(title):
                return title
    title = dom.text_of(description.find(".//xmlData/*/title") or description.find(".//xmlData/title"))
    return "" if _UNTITLED.fullmatch(title) else title


def _describe_article(draft: Draft, description: Element) -> None:
    for person in description.iterfind(".//mods/name"):
        parts = {part.get("type") or "": dom.text_of(part) for part in person.iterfind("namePart")}
        given, family = parts.get("given", ""), parts.get("family", "")
        claim(
            draft.people,
            f"{given} {family}".strip() or parts.get("") or dom.text_of(person.find("displayForm")),
            "mods:name",
        )
    for element in description.iterfind(".//mods/language/languageTerm"):
        claim(draft.language, code(dom.text_of(element)), "mods:language")
    for element in description.iterfind(".//mods/identifier"):
        claim(draft.ids, dom.text_of(element), "mods:identifier")
    for element in description.iterfind(".//mods/subject/topic"):
        claim(draft.keywords, dom.text_of(element), "mods:subject")


def _describe_issue(draft: Draft, description: Element) -> None:
    for path in (".//mods/originInfo/dateIssued", ".//mods/part/date", ".//mods/relatedItem/part/date"):
        dates = sorted(description.iterfind(path), key=lambda date: date.get("keyDate") != "yes")
        for element in dates:
            if not element.get("point"):
                claim(draft.published, dom.text_of(element), "mods:dateIssued")
    paper = _title_of(description)
    if not _DATED.match(paper):  # the issue's own title, not the paper's
        claim(draft.source, paper, "mods:title")
    for element in description.iterfind(".//mods/relatedItem[@type='host']/titleInfo/title"):
        claim(draft.source, dom.text_of(element), "mods:relatedItem/title")
    for kind in ("edition", "issue", "number"):
        for element in description.iterfind(f".//part/detail[@type='{kind}']/number"):
            claim(draft.edition, dom.text_of(element), f"mods:part/{kind}")
    for element in description.iterfind(".//mods/titleInfo/partNumber"):
        claim(draft.edition, dom.text_of(element), "mods:partNumber")
    for element in description.iterfind(".//mods/language/languageTerm"):
        claim(draft.language, code(dom.text_of(element)), "mods:language")
    for element in description.iterfind(".//mods/accessCondition"):
        claim(draft.rights, dom.text_of(element), "mods:accessCondition")
    place = dom.text_of(description.find(".//mods/originInfo/place/placeTerm"))
    if place:
        draft.extra.setdefault("place_of_publication", place)
    lccn = dom.text_of(description.find(".//identifier[@type='lccn']"))
    if lccn:
        draft.extra.setdefault("lccn", lccn)
    for path in (".//xmlData/date", ".//xmlData/*/date"):
        claim(draft.published, dom.text_of(description.find(path)), "dc:date")
