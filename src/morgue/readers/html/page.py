"""HTML pages: what their metadata claim, and the article's text.

Claims come from schema.org JSON-LD (the node that is about this page), the visible heading, OpenGraph and other meta
tags, microdata and marked elements, each named in `how`. The text comes from the page itself, which is walked a second
time with fewer marks of furniture when the text found is probably not the article's. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.lexicon import AND, AND_OR_NAME, AUTHOR, BY, BY_OR_NAME, TEXT, WITH, either, spelled, words
from morgue.model import Claim, Draft, PlaceClaim, Rejected, Remark
from morgue.readers import exports, listed, markup
from morgue.readers.encoding import NotText, decode
from morgue.readers.html import blocks, guard, linkeddata, meta, provenance, scripts
from morgue.readers.html import body as bodies
from morgue.readers.html import headline as headlines
from morgue.readers.options import MEBIBYTE, ReadOptions, read_whole, size
from morgue.readers.story import note_encoding

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

MAX_PAGE = 16 * MEBIBYTE
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_SEVERAL = re.compile(
    rf",|;|/|\||&|\s(?:{either(words(AND), words(AND_OR_NAME), words(WITH, 'en', 'de'))}|in|for)\s"
    rf"|^(?:{either(words(BY), ('da',))})\s",  # not "de", as in "De Jong"
    re.I,
)
_LABELS = spelled((*words(BY_OR_NAME), *words(AUTHOR), *words(TEXT), "reporter"), str.title)
_BYLINE = re.compile(
    rf"(?:{either(spelled(words(BY), str.title, str.upper), _LABELS)})[: ]\s?"
    r"(?:[A-ZÀ-ÞŁŚŽŠČ][\w.'’-]+|[a-z]{2,3})(?:,?\s+[\w.'’&-]+){1,9}$"
)
_LIVE = re.compile(
    r"\b(?:live|liveblog|live-?ticker|newsblog|newsticker|en direct|en vivo|minuto a minuto|diretta)\b", re.I
)
_SECOND_WALK_MIN_RATIO = 1.5  # of its text's characters to those that the first walk found
_MAX_DATE_LINE = 100  # characters
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the page in `stream`, called `name`, as `options` say; Rejected when it cannot be read."""
    if options.beside is not None and listed.elsewhere(options.beside):
        return
    data = read_whole(stream, options)
    try:
        articles = exports.page_taken_apart(
            data, lambda: decode(data, declared=_declared(data[:4096]), override=options.encoding).text, name, options
        )
    except NotText:
        articles = None
    if articles is None:
        yield page(data, name, options)
    else:
        yield from articles


def page(data: bytes, name: str, options: ReadOptions, *, url: str = "", charset: str = "") -> Draft | Rejected:
    """The article of one page.

    Args:
        data: the page's bytes. name: for rejections. options: encoding and limits.
        url: where it was fetched from, when the archive says so, or "".
        charset: the encoding that its HTTP header declared, or "".
    """
    if len(data) > MAX_PAGE:
        return Rejected(name, 0, f"HTML of {size(len(data))}; the limit for a page is {size(MAX_PAGE)}")
    try:
        decoded = decode(data, declared=charset or _declared(data[:4096]), override=options.encoding)
    except NotText as error:
        return Rejected(name, 0, str(error))
    if reason := guard.too_costly(decoded.text, data):
        return Rejected(name, 0, reason)
    draft = from_text(decoded.text, url=url)
    draft.digest = hashlib.sha256(data).hexdigest()
    note_encoding(draft, decoded.problem)
    if not draft.body and not draft.headline:
        return Rejected(name, 0, "HTML without a headline or text")
    return draft


def _declared(head: bytes) -> str | None:
    match = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return match.group(1).decode("ascii") if match else None


def from_text(text: str, *, url: str = "") -> Draft:
    """Return the draft of a decoded page without a digest; `text` is its HTML, `url` its address or ""."""
    from selectolax.lexbor import LexborHTMLParser

    text = text.replace("\0", "") if "\0" in text else text
    found = _Page(text, LexborHTMLParser(text), url)
    draft = Draft(format="html", layout="story")
    found.fill(draft)
    draft.crawled = provenance.archived_at(text)
    return draft


class _Page:
    """A parsed page on its way to a draft."""

    def __init__(self, text: str, tree: LexborHTMLParser, url: str) -> None:
        self.text = text
        self.tree = tree
        self.marked = meta.Marked(tree)
        self.metas = meta.Metas(self.marked.metas)
        self.microdata = meta.Microdata(self.marked.properties)
        self.addresses = meta.canonical(self.marked, self.metas, self.microdata)
        for address, how in (
            (meta.unarchived(url), "warc:target"),
            (provenance.saved_from(text), "comment:saved from"),
        ):
            if meta.is_page_address(address):
                self.addresses.append((address, how))
        linked = [node.text(deep=True) or "" for node in self.marked.scripts[:40]]
        self.nodes = linkeddata.parse(linked)
        self.has_live_blog = any("LiveBlogPosting" in script for script in linked)
        self.blocks = blocks.Page(tree.body)
        self.headings = [meta.node_text(node) for node in self.marked.headings[:8]]
        self.title = meta.node_text(self.marked.titles[0]) if self.marked.titles else ""
        self.node = linkeddata.article(
            self.nodes, [*self.headings, self.metas.first("og:title"), self.title], [a for a, _ in self.addresses]
        )
        self.lower = self._lower_heading()

    def fill(self, draft: Draft) -> None:
        """Put every claim into the draft."""
        draft.url = [Claim(*found) for found in self.addresses]
        draft.ids = [Claim(value, how) for value, how in self.addresses if how != "warc:target"][:2]
        draft.source = _claims(self._sources())
        draft.headline = _claims(self._headlines())
        draft.published = _claims(self._published())
        draft.updated = _claims(self._updated())
        draft.language = _claims(self._languages())
        draft.keywords = _claims(self._keywords())
        draft.rights = _claims([(value, "meta:" + name) for value, name in self.metas.pairs(meta.RIGHTS)])
        if "h-entry" in self.text:
            self._microformats(draft)
        self._credits(draft)
        self._places(draft)
        description = self._description()
        if description:
            draft.extra["description"] = description
        draft.section = _claims(
            [
                (self._stated("articleSection"), "jsonld:articleSection"),
                (self.metas.first("article:section"), "meta:article:section"),
                (self._stated("printSection"), "jsonld:printSection"),
            ]
        )
        draft.page = _claims([(self._stated(key), f"jsonld:{key}") for key in ("printPage", "pagination", "pageStart")])
        draft.edition = _claims([(self._stated("printEdition"), "jsonld:printEdition")])
        self._body(draft, description)

    def _stated(self, name: str) -> str:
        return linkeddata.text(self.node.get(name)) if self.node else ""

    def _description(self) -> str:
        return self._stated("description") or self.metas.first("og:description") or self.metas.first("description")

    def _sources(self) -> list[tuple[str, str]]:
        found = [(self._stated("publisher"), "jsonld:publisher")]
        publisher = self.node.get("publisher") if self.node else None
        if isinstance(publisher, dict) and "name" not in publisher and isinstance(publisher.get("@id"), str):
            names = [n.get("name") for n in self.nodes if n.get("@id") == publisher["@id"] and "name" in n]
            found = [(linkeddata.text(names[0]) if names else "", "jsonld:publisher")]
        found += [(value, "meta:" + name) for value, name in self.metas.pairs(meta.SOURCES)]
        return [(value, how) for value, how in found if value and not value.startswith("http")]

    def _headlines(self) -> list[tuple[str, str]]:
        sites = tuple(value for value, _ in self._sources())
        logos = {headlines.key(site) for site in sites}
        tops = (self._stated("headline"), *(text for text, _ in self.lower), *self.headings)
        headings = [text for text in tops if headlines.key(text) not in logos]
        found = [(self._stated("headline"), "jsonld:headline")]
        found += [(heading, "h1") for heading in self.headings if heading in headings]
        if self.metas.first("og:title"):
            found.append(
                (headlines.without_site(self.metas.first("og:title"), sites, tuple(headings)), "meta:og:title")
            )
        found += [(value, "itemprop:headline") for value in self.microdata.values("headline")[:2]]
        for value, name in self.metas.pairs(meta.TITLES[1:]):
            found.append((headlines.without_site(value, sites, tuple(headings)), "meta:" + name))
        if self.title:
            found.append((headlines.without_site(self.title, sites, tuple(headings)), "title"))
        return [*self.lower, *headlines.ranked(found)]

    def _lower_heading(self) -> list[tuple[str, str]]:
        """The heading of the second order that is the headline, where the first names a section or the site."""
        whole = self.metas.first("og:title") or self.title
        title = headlines.key(whole)
        if any(headlines.within(headlines.key(heading), title) for heading in self.headings):
            return []
        lower = [(number, block) for number, block in enumerate(self.blocks.blocks) if block.tag in ("h2", "h3")]
        for _, block in lower[:20]:
            if block.linked == 0 and headlines.is_titled(whole, block.text):
                return [(block.text, block.tag)]
        if self._stated("headline"):
            return []
        tops = [number for number, block in enumerate(self.blocks.blocks) if block.tag == "h1"]
        if len(self.headings) != 1 or len(tops) != 1 or not self._is_section(self.headings[0]):
            return []
        for number, block in lower[:20]:
            if number > tops[0] and block.junk < 0 and block.linked == 0 and len(block.text.split()) > 2:
                return [(block.text, block.tag)] if bodies.opens(self.blocks, tops[0], number) else []
        return []

    def _is_section(self, heading: str) -> bool:
        """Whether a short heading is also the text of a link."""
        own = headlines.key(heading)
        if len(own.split()) > 3:
            return False
        return any(headlines.key(meta.node_text(link, 100)) == own for link in self.tree.css("a")[:500])

    def _published(self) -> list[tuple[str, str]]:
        found = [(self._stated("datePublished"), "jsonld:datePublished")]
        names = meta.PUBLISHED
        best, rest = names[: meta.FIRST_HAND], names[meta.FIRST_HAND :]
        found += [(value, "meta:" + name) for value, name in self.metas.pairs(best)]
        found += [(value, "itemprop:datePublished") for value in self.microdata.values("datePublished")]
        found += [(value, "meta:" + name) for value, name in self.metas.pairs(rest)]
        found += meta.times(self.marked.times)
        found.append((self._stated("dateCreated"), "jsonld:dateCreated"))
        return found[:20]

    def _updated(self) -> list[tuple[str, str]]:
        found = [(self._stated("dateModified"), "jsonld:dateModified")]
        found += [(value, "meta:" + name) for value, name in self.metas.pairs(meta.UPDATED)]
        found += [(value, "itemprop:dateModified") for value in self.microdata.values("dateModified")]
        return found[:10]

    def _languages(self) -> list[tuple[str, str]]:
        return [(self._stated("inLanguage"), "jsonld:inLanguage"), *meta.language(self.tree, self.metas)]

    def _keywords(self) -> list[tuple[str, str]]:
        stated = linkeddata.texts(self.node.get("keywords")) if self.node else ()
        found = [(value, "jsonld:keywords") for value in stated]
        for name in meta.KEYWORDS:
            if found:
                break
            for value in self.metas.all(name):
                parts = [value] if name == "article:tag" else re.split(r"[,;،、]", value)
                found += [(part.strip(), "meta:" + name) for part in parts]
        return found[:100]

    def _credits(self, draft: Draft) -> None:
        claims: list[tuple[str, str]] = []
        if self.node:
            for key in ("author", "creator"):
                for name, kind in linkeddata.persons(self.node, self.nodes, key):
                    claims.append((name, f"jsonld:{key}[{kind}]" if kind not in ("", "Person") else f"jsonld:{key}"))
        claims += [(value, "meta:" + name) for value, name in self.metas.pairs(meta.AUTHORS)]
        claims += [(value, "itemprop:author") for value in self.microdata.values("author")]
        sources = {headlines.key(source) for source, _ in self._sources()}
        papers: list[Claim] = []
        taken = ""
        for stated, how in claims:
            group = how.split("[")[0]
            value = meta.without_mail(stated)
            if not meta.is_name(value):
                draft.problems.append(Remark(field="byline", value=value[:200], why="no name of a person", how=how))
            elif how.endswith("Organization]") or headlines.key(value) in sources:
                papers.append(Claim(value, f"{group}[Organization]"))  # a person named elsewhere comes before it
            elif _SEVERAL.search(value):
                draft.byline.append(Claim(value, how))
                taken = taken or group
            elif taken in ("", group):
                draft.people.append(Claim(value, how))
                taken = group
        names = [claim.value.casefold() for claim in draft.people]
        names = names if any(" " in name or not name.isascii() for name in names) else []  # else a desk or a login
        for line in _claims(
            meta.bylines(self.blocks.credits)
        ):  # with names stated, others on the page wrote other articles
            if not names or any(name in line.value.casefold() for name in names):
                draft.byline.append(line)
        draft.byline += papers

    def _microformats(self, draft: Draft) -> None:
        """Add what the classes of an h-entry say of an article, as in Medium's export, where nothing else does."""
        for selector, attribute, into in (
            (".h-entry .p-author", "", draft.people),
            (".h-entry a.p-canonical", "href", draft.url),
            (".h-entry a.u-url", "href", draft.url),
            (".h-entry .dt-published", "datetime", draft.published),
            (".h-entry .dt-updated", "datetime", draft.updated),
        ):
            node = self.tree.css_first(selector) if not into else None
            if node is not None and (value := node.attributes.get(attribute) if attribute else meta.node_text(node)):
                into.append(Claim(value.strip(), f"microformats:{selector.rpartition('.')[2]}"))
        if draft.url and not draft.ids:
            draft.ids.append(draft.url[0])

    def _places(self, draft: Draft) -> None:
        draft.dateline += [Claim(value, how) for value, how in meta.place_lines(self.blocks.places)]
        if not self.node:
            return
        if dateline := self._stated("dateline"):
            draft.dateline.insert(0, Claim(dateline, "jsonld:dateline"))
        for key in ("locationCreated", "contentLocation"):
            value = self.node.get(key)
            for item in (value if isinstance(value, list) else [value])[:3]:
                if place := _place(item, f"jsonld:{key}"):
                    draft.places.append(place)

    def _body(self, draft: Draft, description: str) -> None:
        stated = self._article_body()
        titles = tuple(dict.fromkeys(claim.value for claim in draft.headline))
        body = bodies.extract(self.blocks, titles, description, stated.text, is_live=self._is_live())
        if body.is_weak and stated.size > 1.3 * body.size:
            body = bodies.without_heads(stated, titles)
        if body.is_weak:
            again = bodies.extract(
                blocks.Page(self.tree.body, lenient=True), titles, description, stated.text, is_live=self._is_live()
            )
            body = again if again.size > _SECOND_WALK_MIN_RATIO * body.size else body
        if body.is_weak:
            held = scripts.text(self._scripts())
            body = bodies.without_heads(held, titles) if held.size > _SECOND_WALK_MIN_RATIO * body.size else body
        self._printed(draft, body.above)
        draft.body, draft.subheads = body.text, body.subheads

    def _scripts(self) -> Iterator[str]:
        """The scripts that may hold data, linked data left out."""
        for node in self.tree.css("script:not([src])"):
            kind = node.attributes.get("type") or ""
            if "ld+json" not in kind and (kind in ("", "text/javascript") or "json" in kind):
                yield node.text(deep=True) or ""

    def _is_live(self) -> bool:
        """Whether the page calls itself a live blog."""
        texts = (self.title, *self.headings[:1], *(address for address, _ in self.addresses[:1]))
        return self.has_live_blog or any(_LIVE.search(text) for text in texts)

    def _printed(self, draft: Draft, lines: tuple[str, ...]) -> None:
        """Claim what only the lines above the text say, on pages without metadata."""
        if not draft.people and all(line.how.endswith("[Organization]") for line in draft.byline):
            draft.byline[:0] = [Claim(line, "page:byline") for line in lines if _BYLINE.match(line)][:2]
        dated = [line for line in lines if _YEAR.search(line) and len(line) <= _MAX_DATE_LINE]
        dated = dated[:3] + meta.credit_dates(self.blocks.credits)[:2]
        draft.published += [Claim(line, "page:date") for line in dict.fromkeys(dated)]

    def _article_body(self) -> bodies.Body:
        """The text that the metadata hold (a fallback: often cut, or without paragraphs)."""
        value = self.node.get("articleBody") if self.node else None
        if not isinstance(value, str) or not value.strip():
            return bodies.Body()
        if "<" in value or "&" in value:
            text, subheads = markup.paragraphs(value)
            return bodies.Body(tuple(text.split("\n\n")), subheads) if text else bodies.Body()
        return bodies.Body(tuple(line for part in value.split("\n") if (line := " ".join(part.split()))))


def _place(item: object, how: str) -> PlaceClaim | None:
    if isinstance(item, str):
        return PlaceClaim(how=how, raw=linkeddata.unescaped(item)) if item.strip() else None
    if not isinstance(item, dict):
        return None
    address = item.get("address")
    parts = address if isinstance(address, dict) else {}
    place = PlaceClaim(
        how=how,
        raw=linkeddata.text(item.get("name")) or (address if isinstance(address, str) else ""),
        city=linkeddata.text(parts.get("addressLocality")),
        region=linkeddata.text(parts.get("addressRegion")),
        country=linkeddata.text(parts.get("addressCountry")),
    )
    return place if place.raw or place.city or place.country else None


def _claims(found: list[tuple[str, str]]) -> list[Claim]:
    """Claims of what is not empty, each value once (under its first `how`)."""
    claims: dict[str, Claim] = {}
    for value, how in found:
        value = value.strip()
        if value and value not in claims:
            claims[value] = Claim(value, how)
    return list(claims.values())
