"""Bookmarks and reading lists as HTML: Pocket, Instapaper, and the format of browsers, Pinboard and Raindrop.

Each link is an article that is known by its title and address, and by a note below it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.html import guard
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, note_encoding

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ADDRESS = ("http://", "https://")
_SAVED = ("time_added", "add_date")
_LATEST = 1 << 33  # seconds since 1970


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per link of `stream`, called `name`, read as `options` say; records from 1."""
    try:
        data = read_whole(stream, options)
        decoded = decode(data, declared="utf-8", override=options.encoding)
    except (NotText, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    if reason := guard.too_costly(decoded.text, data):
        yield Rejected(name, 0, reason)
        return
    from selectolax.lexbor import LexborHTMLParser

    number = 0
    for link in LexborHTMLParser(decoded.text).css("a[href]"):
        attributes = link.attributes
        if not (attributes.get("href") or "").startswith(_ADDRESS):
            continue  # a place of a browser's own, or a folder
        number += 1
        item = _bookmark(link, name, number)
        if isinstance(item, Draft):
            note_encoding(item, decoded.problem)
        yield item
    if not number:
        yield Rejected(name, 0, "holds no links to articles")


def _bookmark(link: LexborNode, name: str, number: int) -> Draft | Rejected:
    attributes = {key: value or "" for key, value in link.attributes.items()}
    address = attributes["href"].strip()
    digest = hashlib.sha256((link.html or "").encode("utf-8", "surrogatepass")).hexdigest()
    draft = Draft(format="bookmarks", record=number, digest=digest)
    title = " ".join((link.text(deep=True) or "").split())
    if title != address:
        claim(draft.headline, title, "bookmarks:title")
    claim(draft.url, address, "bookmarks:href")
    claim(draft.ids, address, "bookmarks:href")
    for tag in attributes.get("tags", "").split(","):
        claim(draft.keywords, tag, "bookmarks:tags")
    saved = next((attributes[key] for key in _SAVED if attributes.get(key, "").isdigit()), "")
    if saved and len(saved) <= 16:
        seconds = float(saved)
        while seconds > _LATEST:  # milliseconds, microseconds
            seconds /= 1000
        draft.crawled = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        draft.extra["saved"] = draft.crawled
    draft.body = plain_paragraphs(_note(link))
    if not draft.headline and not draft.body:
        return Rejected(name, number, f"is a link without a title: {address[:200]}")
    return draft


def _note(link: LexborNode) -> str:
    """The text of the <dd> that follows the link's <dt>, without the lists that parsers put into it."""
    item = link.parent
    following = item.next if item is not None and item.tag == "dt" else None
    while following is not None and following.tag == "-text":
        following = following.next
    if following is None or following.tag != "dd":
        return ""
    parts, child = [], following.child
    while child is not None and child.tag not in ("dl", "dt"):
        parts.append(child.text(deep=True) or "" if child.tag != "-text" else child.text_content or "")
        child = child.next
    return "".join(parts).strip()
