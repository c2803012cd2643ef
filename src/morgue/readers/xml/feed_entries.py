"""A feed cut into entries, and what an entry's elements say, whatever namespace prefixes the feed uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, cast
from urllib.parse import parse_qs, urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from morgue.readers.encoding import decode, recoded
from morgue.readers.options import ReadOptions, size
from morgue.readers.xml import dom

_CHUNK = 1 << 16  # bytes
_MAX_PROLOG = 1 << 20  # bytes before the first entry
_NAMESPACE = re.compile(r"""xmlns:([\w.-]{1,40})\s*=\s*("[^"<]{0,300}"|'[^'<]{0,300}')""")
_DEFAULT = re.compile(
    r"""<(?:feed|entry|rss|(?:\w+:)?RDF)\b[^>]{0,4000}?\sxmlns\s*=\s*("[^"<]{0,300}"|'[^'<]{0,300}')"""
)
_PREFIX = re.compile(r"</?([\w.-]{1,40}):[\w]|\s([\w.-]{1,40}):[\w.-]{1,60}\s*=")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
# Parts of namespace addresses -> the prefix that this module calls them by; "" for a feed's own vocabulary.
_NAMES = (
    ("purl.org/dc/elements", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("search.yahoo.com/mrss", "media"),
    ("feedburner", "feedburner"),
    ("itunes.com/dtds", "itunes"),
    ("wordpress.org/export", "wp"),
    ("wordpress.org/export/excerpt", "excerpt"),
    ("w3.org/2005/Atom", ""),
    ("purl.org/atom", ""),
    ("purl.org/rss/1.0/", ""),
    ("netscape.com/rdf", ""),
    ("backend.userland.com", ""),
    ("blogs.law.harvard.edu", ""),
)
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MAIL_AND_NAME = re.compile(r"\S{1,200}@\S{1,200}\s*\(([^()]{1,200})\)|([^<>@]{1,200})<\s*\S{1,200}@[^<>\s]{1,200}\s*>")
_REDIRECT = re.compile(r"https?://(?:www\.)?(?:google\.[a-z.]{2,6}/url|bing\.com/news/apiclick\.aspx)\?", re.IGNORECASE)
_USUAL = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


class Entries:
    """The entries of a feed as bytes, in order; `channel` is known once the first has been read.

    Args:
        stream: the feed. options: the encoding, and the largest entry. names: of the elements that are entries.

    Attributes:
        channel: what the feed says of itself. refused: why reading ended before the end of the feed, or "".
    """

    def __init__(self, stream: BinaryIO, options: ReadOptions, names: tuple[str, ...] = ("item", "entry")) -> None:
        self._start = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:%s))(?=[\s>/])" % "|".join(names).encode())
        self._stream = recoded(stream, options.encoding)
        self._limit = options.max_bytes
        self.channel = Channel(b"")
        self.refused = ""

    def __iter__(self) -> Iterator[bytes]:
        buffer = self._prolog()
        while (start := self._start.search(buffer)) is not None or (buffer := self._more(buffer[-64:])):
            if start is None:
                continue
            close = b"</" + start.group(1)
            buffer, end = buffer[start.start() :], -1
            looked = 0
            while (end := _end(buffer, close, looked)) < 0:
                looked = max(0, len(buffer) - len(close) - 2)
                chunk = self._stream.read(_CHUNK)
                if not chunk:
                    self.refused = "the file ends in the middle of an entry"
                    return
                buffer += chunk
                if len(buffer) > self._limit:
                    self.refused = f"an entry larger than the limit of {size(self._limit)}"
                    return
            yield buffer[:end]
            buffer = buffer[end:]

    def _more(self, kept: bytes) -> bytes:
        chunk = self._stream.read(_CHUNK)
        return kept + chunk if chunk else b""

    def _prolog(self) -> bytes:
        """Read up to the first entry; returns what was read from there on."""
        buffer = b""
        while (start := self._start.search(buffer)) is None and len(buffer) < _MAX_PROLOG:
            chunk = self._stream.read(_CHUNK)
            if not chunk:
                break
            buffer += chunk
        self.channel = Channel(buffer[: start.start()] if start else buffer)
        if b"<!ENTITY" in self.channel.prolog:
            self.refused = "declares entities, which are not read from news files"
            return b""
        if start is None:
            self.refused = "a feed without entries" if buffer.strip() else "is empty"
            return b""
        return buffer[start.start() :]


def _end(buffer: bytes, close: bytes, looked: int) -> int:
    """The offset after an entry's end tag, -1 when it is not there yet; end tags within CDATA do not count."""
    at = looked
    while (at := buffer.find(close, at)) >= 0:
        end = buffer.find(b">", at)
        if end < 0:
            return -1
        named = buffer[at + len(close)] in b">/ \t\r\n"  # and not </item-list>
        if named and buffer.count(b"<![CDATA[", 0, at) <= buffer.count(b"]]>", 0, at):
            return end + 1
        at = end
    return -1


class Channel:
    """What a feed says of itself before its first entry.

    Attributes:
        prolog: those bytes. declared: its encoding, or None. format: `rss`, `atom` or `wxr`.
        title, language, rights: of the feed, "" when not stated. people: login -> display name (WordPress).
        base: the address that relative links count from, or "". authors: of every entry that names none (Atom).
    """

    def __init__(self, prolog: bytes) -> None:
        self.prolog = prolog
        found = _DECLARED.search(prolog[:1000])
        self.declared = found.group(1).decode("ascii") if found else None
        text = decode(prolog, declared=self.declared).text if prolog.strip(b"\0 \r\n\t") else ""
        self._namespaces = dict(_NAMESPACE.findall(text))
        default = _DEFAULT.search(text)
        self._default = f" xmlns={default.group(1)}" if default else ""
        self.format = "wxr" if "wordpress.org/export" in text else "atom" if "<feed" in text else "rss"
        self.title = self.language = self.rights = ""
        self.people: dict[str, str] = {}
        self.base = ""
        self.authors: list[str] = []
        if "<!ENTITY" not in text:
            self._read(text)

    def wrapped(self, entry: str) -> str:
        """An entry as a document of its own, every prefix in it declared."""
        if "<!ENTITY" in entry or "<!DOCTYPE" in entry[:2000]:
            entry = entry.replace("<!DOCTYPE", "&lt;!DOCTYPE") if "<![CDATA[" not in entry else entry
        prefixes = {one or other for one, other in _PREFIX.findall(entry)} - {"xml", "xmlns"}
        prefixes -= set(_NAMESPACE.findall(entry) and [name for name, _ in _NAMESPACE.findall(entry)])
        declared = "".join(
            f" xmlns:{prefix}={self._namespaces.get(prefix) or repr(_USUAL.get(prefix, 'urn:unknown:' + prefix))}"
            for prefix in sorted(prefixes)
            if re.match(r"[A-Za-z_]", prefix)
        )
        return f"<entries{self._default}{declared}>{entry}</entries>"

    def _read(self, text: str) -> None:
        parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(events=("start", "end"))
        try:
            parser.feed(text.lstrip())
            events = cast("list[tuple[str, Element]]", list(parser.read_events()))
        except ElementTree.ParseError:
            return
        path: list[str] = []
        links: list[str] = []
        author: dict[str, str] = {}
        for event, element in events:
            name = _local(element.tag)
            if event == "start":
                path.append(name)
                self.language = self.language or element.get(f"{_XML}lang", "")
                self.base = self.base or element.get(f"{_XML}base", "")
                continue
            path.pop()
            value = " ".join((element.text or "").split())
            if path[-1:] in (["channel"], ["feed"]):
                self._set(name, value)
                if name == "link" and element.get("rel", "alternate") in ("alternate", "self"):
                    links.append(value or element.get("href", ""))
                elif (
                    name in ("author", "creator") and (people := people_of(element)) and not author.get("author_login")
                ):
                    self.authors = self.authors or people
            if path[-1:] == ["author"]:
                author[name] = value
            if name == "author" and author.get("author_login"):
                self.people[author["author_login"]] = author.get("author_display_name") or author["author_login"]
                author = {}
        if not self.base:
            self.base = next((link for link in links if link.startswith(("http://", "https://"))), "")

    def _set(self, name: str, value: str) -> None:
        if name == "title":
            self.title = self.title or value
        elif name == "language":
            self.language = self.language or value
        elif name in ("copyright", "rights"):
            self.rights = self.rights or value


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name(tag: str) -> str:
    """An element's name with the prefix that this module knows its namespace by: `dc:creator`, `title`."""
    uri, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
    if not uri:
        return local
    for part, prefix in reversed(_NAMES):
        if part in uri:
            return f"{prefix}:{local}" if prefix else local
    return f"other:{local}"


def people_of(part: Element) -> list[str]:
    """Names in an element that states an author: Atom's `name`, `mail (Name)`, `Name <mail>`, or a name."""
    inner = [dom.text_of(child) for child in part if _local(str(child.tag)) == "name"]
    value = inner[0] if inner else dom.text_of(part)
    mail = _MAIL_AND_NAME.fullmatch(value)
    value = (mail.group(1) or mail.group(2)).strip(" \"'") if mail else value
    return [value] if value and "@" not in value else []


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _direct(address: str) -> str:
    """The article's own address in a link of a news search that only leads there."""
    if not _REDIRECT.match(address):
        return address
    values = parse_qs(address.partition("?")[2])
    found = next((value for name in ("url", "q") for value in values.get(name, [])), "")
    return found if found.startswith(("http://", "https://")) else address


class Entry:
    """One parsed entry: its elements by name."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._parts: dict[str, list[Element]] = {}
        for part in element:
            if isinstance(part.tag, str):
                self._parts.setdefault(_name(part.tag), []).append(part)
        for group in self._parts.get("media:group", []):
            for part in group:
                self._parts.setdefault(_name(part.tag), []).append(part)

    def text(self, name: str) -> str:
        """Text of the first element of a name, white space made single; "" for none."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """Texts of all elements of a name that are not empty."""
        return [found for part in self._parts.get(name, []) if (found := dom.text_of(part))]

    def attribute(self, name: str, attribute: str) -> str:
        """An attribute of the first element of a name, or ""."""
        parts = self._parts.get(name)
        return parts[0].get(attribute, "") if parts else ""

    def own(self, attribute: str) -> str:
        """An attribute of the entry itself by its local name, or ""."""
        return next((value for key, value in self._element.attrib.items() if _local(key) == attribute), "")

    def links(self, base: str) -> list[str]:
        """Addresses of the article, best first; relative ones count from `base`, the feed's, and `xml:base`."""
        found = self.texts("feedburner:origLink")
        base = urljoin(base, self._element.get(f"{_XML}base", ""))
        for part in self._parts.get("link", []):
            value = part.get("href") or dom.text_of(part)
            if value and part.get("rel", "alternate") == "alternate":
                found.append(_absolute(urljoin(base, part.get(f"{_XML}base", "")), value))
        return [_direct(address) for address in found if address.startswith(("http://", "https://"))]

    def names(self, name: str) -> list[str]:
        """Names of people: Atom's `author/name`, RSS's `mail (Name)`."""
        return [found for part in self._parts.get(name, []) for found in people_of(part)]

    def source(self) -> str:
        """The paper that an entry was taken from (Atom's has a title among other elements), or ""."""
        for part in self._parts.get("source", []):
            titles = [dom.text_of(child) for child in part if _local(str(child.tag)) == "title"]
            return titles[0] if titles else dom.text_of(part) if not len(part) else ""
        return ""

    def categories(self) -> list[str]:
        """Categories, tags and Atom's terms."""
        return [
            value
            for part in self._parts.get("category", [])
            if part.get("domain", "") not in ("post_format", "nav_menu", "author")
            and (value := part.get("label") or part.get("term") or dom.text_of(part))
        ]

    def content(self, name: str) -> str | Element | None:
        """What an element that holds copy holds: text (or escaped markup), or elements; None without it."""
        for part in self._parts.get(name, []):
            if name == "content" and (part.get("src") or part.get("type", "").startswith(("image", "video", "audio"))):
                continue
            if len(part):
                for element in part.iter():
                    element.tag = _local(element.tag) if isinstance(element.tag, str) else element.tag
                return part
            if part.text and part.text.strip():
                return part.text
        return None
