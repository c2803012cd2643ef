"""What a page's head, microdata and marked elements claim: meta tags, `<time>`, bylines, titles, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from morgue.lexicon import AUTHOR, BY, BY_OR_NAME, PHOTO, TEXT, either, words
from morgue.readers.html.linkeddata import unescaped

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARCHIVED = re.compile(r"https?://[^/\s]+/(?:[\w-]+/){0,3}(?:\d{4,14}(?:[a-z]{2}_)?|mp_)/(https?://.+)", re.DOTALL)
_MAX_AROUND = 40  # elements around one that are looked at
_MAX_VALUE = 2_000  # characters of a title, name or address that are read

# Names in order of trust; all are compared in lower case with `_` and `-` unchanged.
PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "published",
    "publication_date",
    "publicationdate",
    "publication-date",
    "date.created",
    "date.available",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article_date_original",
    "article:post_date",
    "originalpublicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "dc.date",
    "dc:date",
    "prism.publicationdate",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "ptime",
    "displaydate",
    "article-date",
    "article.created",
    "created",
    "date",
    "dcsext.articlefirstpublished",
)
FIRST_HAND = 8  # the first eight are more reliable than microdata, the rest less
UPDATED = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "date.modified",
    "date.updated",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "last-modified",
    "lastmod",
    "lastmodifieddate",
    "modified",
    "revised",
    "updated",
)
AUTHORS = (
    "article:author_name",
    "author",
    "byl",
    "article:author",
    "og:article:author",
    "og:author",
    "parsely-author",
    "sailthru.author",
    "dcsext.author",
    "cxenseparse:author",
    "article.author",
    "authors",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "citation_author",
    "twitter:creator:name",
)
SOURCES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "article:publisher_name",
    "publisher",
)
KEYWORDS = ("news_keywords", "article:tag", "keywords", "parsely-tags", "sailthru.tags")
_LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")
RIGHTS = ("dc.rights", "dcterms.rights", "copyright", "rights")
TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
    "title",
    "headline",
)

_NO_NAME = re.compile(
    r"https?://|www\.|@\S+\.\S|^[\W\d_]*$|^(?:null|undefined|none|admin|n/?a|author|unknown)$", re.IGNORECASE
)
_MAIL = re.compile(r"[(<\[]?\s*[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})+\s*[)>\]]?")
_PLAUSIBLE = re.compile(r"\W{0,2}(?:\d{4}\W\d{1,2}\W\d{1,2}(?!\d)|\d{8,17}(?!\d)|\d{1,2}\W|[^\W\d])")
_REPORTING = re.compile(
    r"^(?:.{0,40}?\b(?:from|fra|från|aus|desde|depuis|vanuit|из)\s+"
    r"|(?:[^\W\d_]+\s+){0,3}[^\W\d_A-ZÀ-Þ]\w{3,}\s+(?:de|da|en|in|i|à|a|til|w|v)\s+)(?=[A-ZÀ-ÞА-Я])"
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_BY = frozenset((*words(BY), *words(BY_OR_NAME)))
_LABEL = re.compile(rf"^(?:{either(words(AUTHOR), words(TEXT), words(PHOTO))})s?\s*[:：]\s*", re.IGNORECASE)


class Marked:
    """The elements of a page that may hold claims, by kind, found in one walk over the tree."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.metas: list[LexborNode] = []
        self.scripts: list[LexborNode] = []
        self.headings: list[LexborNode] = []
        self.titles: list[LexborNode] = []
        self.times: list[LexborNode] = []
        self.links: list[LexborNode] = []
        self.properties: list[LexborNode] = []
        kinds = {
            "meta": self.metas,
            "script": self.scripts,
            "h1": self.headings,
            "title": self.titles,
            "time": self.times,
            "link": self.links,
        }
        for node in tree.css('meta[content],script[type*="ld+json"],h1,title,time,link[rel],[itemprop]'):
            kind = kinds.get(node.tag or "")
            if kind is not None:
                kind.append(node)
            if kind is None or "itemprop" in node.attributes:
                self.properties.append(node)


class Metas:
    """The page's meta tags: lower-case name or property -> contents in order, empty ones left out."""

    def __init__(self, nodes: Iterable[LexborNode]) -> None:
        self._values: dict[str, list[str]] = {}
        for node in nodes:
            attributes = node.attributes
            content = (attributes.get("content") or "")[:_MAX_VALUE]
            for key in ("property", "name", "http-equiv", "itemprop"):
                name = attributes.get(key)
                if name and content.strip():
                    prefix = "itemprop:" if key == "itemprop" else ""
                    self._values.setdefault(prefix + name.strip().lower(), []).append(unescaped(content))
                    break

    def all(self, name: str) -> tuple[str, ...]:
        """Every content of a name, without repeats."""
        return tuple(dict.fromkeys(self._values.get(name, ())))

    def first(self, name: str) -> str:
        """The first content of a name, or ""."""
        values = self._values.get(name)
        return values[0] if values else ""

    def pairs(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        """(value, name) of each of the names that is there, in the order of `names`."""
        return [(value, name) for name in names for value in self._values.get(name, ())]


def is_name(value: str) -> bool:
    """False for contents of author fields that are not credits: addresses, numbers, placeholders."""
    return bool(value) and len(value) <= 300 and not _NO_NAME.search(value)


def without_mail(value: str) -> str:
    """A credit without the mail addresses in it: `Ann Birke | ann@lamp.example`."""
    return _MAIL.sub(" ", value).strip(" |·,;-–—/") if "@" in value else value


def _linked(links: list[LexborNode], relation: str) -> str:
    """The address of the first `<link>` of a relation, or ""."""
    for node in links:
        attributes = node.attributes
        if relation in (attributes.get("rel") or "").lower().split():
            return (attributes.get("href") or "").strip()[:_MAX_VALUE]
    return ""


def node_text(node: LexborNode, limit: int = _MAX_VALUE) -> str:
    """The text of `node`, white space made single, cut at `limit` characters."""
    return unescaped(" ".join((node.text(deep=True, separator=" ") or "")[: limit * 4].split())[:limit])


def canonical(marked: Marked, metas: Metas, microdata: Microdata) -> list[tuple[str, str]]:
    """(address, how) of the page from `marked`, `metas` and `microdata`, most trusted first: http(s) with a path."""
    found = [
        (_linked(marked.links, "canonical"), "link[canonical]"),
        (metas.first("og:url"), "meta:og:url"),
        (microdata.main_page(), "itemprop:mainEntityOfPage"),
        (metas.first("twitter:url"), "meta:twitter:url"),
    ]
    return [(url, how) for value, how in found if is_page_address(url := unarchived(value))]


def unarchived(url: str) -> str:
    """The address that an archive's copy of a page was made from (`…/web/20260113081500/https://…`), else `url`."""
    copy = _ARCHIVED.match(url)
    return copy.group(1) if copy else url


def is_page_address(url: str) -> bool:
    """True for an absolute web address that names a page and not a whole site."""
    match = re.match(r"https?://[^/\s]+/(\S*)$", url)
    return bool(match and match.group(1).strip("/"))


class Microdata:
    """The page's microdata properties: name -> elements."""

    def __init__(self, nodes: list[LexborNode]) -> None:
        self._nodes: dict[str, list[LexborNode]] = {}
        for node in nodes[:500]:
            for name in (node.attributes.get("itemprop") or "").split()[:4]:
                self._nodes.setdefault(name, []).append(node)

    def values(self, name: str) -> list[str]:
        """Values of a property: `content`, `datetime`, else the text; those within an image or comment left out."""
        found = []
        for node in self._nodes.get(name, ())[:40]:
            attributes = node.attributes
            value = attributes.get("content") or attributes.get("datetime") or node_text(node, 500)
            if value and value.strip() and not _foreign(node):
                found.append(unescaped(value[:_MAX_VALUE]))
        return list(dict.fromkeys(found))

    def main_page(self) -> str:
        """The `itemid` of the first element with the property `mainEntityOfPage`, or ""."""
        nodes = self._nodes.get("mainEntityOfPage")
        return (nodes[0].attributes.get("itemid") or "").strip() if nodes else ""


def _foreign(node: LexborNode) -> bool:
    """True when the nearest item that a property belongs to is not an article (an image, a comment, a video)."""
    for parent in _around(node):
        if parent.tag in ("figure", "picture", "aside"):
            return True
        if kind := parent.attributes.get("itemtype"):
            return not re.search(r"Article|BlogPosting|Report|WebPage|CreativeWork|Person|Organization", kind)
    return False


def _around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, innermost first, at most `_MAX_AROUND`."""
    parent = node.parent
    for _ in range(_MAX_AROUND):
        if parent is None:
            return
        yield parent
        parent = parent.parent


def times(nodes: list[LexborNode]) -> list[tuple[str, str]]:
    """(value, how) of `<time>` elements that may date the article, most trusted first."""
    marked: list[tuple[str, str]] = []
    inside: list[tuple[str, str]] = []
    outside: list[tuple[str, str]] = []
    for node in nodes[:12]:
        attributes = node.attributes
        stated, printed = (attributes.get("datetime") or "").strip(), node_text(node, 100)
        value = stated if not stated or _PLAUSIBLE.match(stated) else printed
        value = value or printed
        if len(re.findall(r"\d", value)) < 4 or len(value) < 6:  # "2 hours ago", "4:11"
            continue
        role = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
        if re.search(r"modif|updat|aktuali|mise-a-jour", role):
            continue
        if "pubdate" in attributes or re.search(r"datepublished|publish|entry-date", role):
            marked.append((value, "time[pubdate]"))
        else:
            group = inside if _within_article(node) else outside
            group.append((value, "time[datetime]" if stated and value == stated else "time"))
    return marked + (inside + outside)[:3]


def _within_article(node: LexborNode) -> bool:
    inside = takewhile(lambda parent: parent.tag != "body", _around(node))
    return any(parent.tag in ("article", "main") for parent in inside)


def bylines(nodes: Iterable[LexborNode]) -> list[tuple[str, str]]:
    """(text, how) of elements that print the credit, without the date, the mail addresses and the labels in them."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        label = _credit_text(node)
        if 2 < len(label) <= 160 and not re.search(r"\d\d", label) and is_name(label) and not _foreign(node):
            names = (node.attributes.get("class") or node.attributes.get("id") or "author").split()
            found.append((label, "class:" + names[0][:60]))
        if len(found) >= 6:
            break
    return list(dict.fromkeys(found))


def credit_dates(nodes: list[LexborNode]) -> list[str]:
    """Runs of text in elements that print the credit, which have a year in them."""
    runs = (run for node in nodes[:6] if not _foreign(node) for run in _runs(node))
    return [run for run in dict.fromkeys(runs) if len(run) <= 100 and re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", run)]


def _runs(node: LexborNode) -> list[str]:
    return [" ".join(run.split()) for run in (node.text(deep=True, separator="\n") or "")[:1200].split("\n")]


def _credit_text(node: LexborNode) -> str:
    """A credit's text by its runs of text: those with a date or a time, and a second "By", are left out."""
    kept: list[str] = []
    for run in _runs(node):
        if re.search(r"\d\d", run):
            run = " | ".join(part for part in _SEPARATOR.split(run) if not re.search(r"\d\d", part))
        run = without_mail(run)
        if not run:
            continue
        if kept and kept[-1].casefold() in _BY and run.casefold().startswith(kept[-1].casefold() + " "):
            kept.pop()
        kept.append(run)
    return _LABEL.sub("", unescaped(" ".join(kept))).strip(" |·,;-–—/")[:300]


def place_lines(nodes: Iterable[LexborNode]) -> list[tuple[str, str]]:
    """(text, how) of elements that print where an article was filed, without words like "reporting from"."""
    found: list[tuple[str, str]] = []
    for node in nodes:
        text = _REPORTING.sub("", node_text(node, 100)).strip(" |·,;:-–—/")
        if 1 < len(text) <= 60 and not _foreign(node) and "\n" not in text:
            names = (node.attributes.get("class") or node.attributes.get("id") or "place").split()
            found.append((text, "class:" + names[0][:60]))
    return list(dict.fromkeys(found))[:3]


def language(tree: LexborHTMLParser, metas: Metas) -> list[tuple[str, str]]:
    """(code, how) of the page's language by `<html lang>` of `tree` and by `metas`."""
    attributes = tree.root.attributes if tree.root is not None else {}
    found = [((attributes.get("lang") or attributes.get("xml:lang") or "").strip(), "html[lang]")]
    found += [(value, "meta:" + name) for value, name in metas.pairs(_LANGUAGES)]
    return [(value.replace("_", "-"), how) for value, how in found if re.match(r"[A-Za-z]{2,3}(?:[-_]\w+)*$", value)]
