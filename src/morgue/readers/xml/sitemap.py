"""News sitemaps: the titles, dates and addresses that a paper gives to news searches; they hold no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the articles that `stream`, called `name`, lists, read as `options` say; records from 1."""

    def stories(root: Element) -> list[Story] | str:
        if root.tag == "sitemapindex":
            return "an index of sitemaps, which names no articles"
        entries = [entry for entry in root.iter("url") if entry.find("news") is not None]
        if not entries:
            return "a sitemap without titles: it holds addresses alone"
        return each_made(entries, _draft)

    yield from read_as(stream, name, options, stories)


def _draft(entry: Element) -> Draft:
    draft = Draft(format="sitemap")
    for value in _texts(entry, "loc"):
        claim(draft.url, value, "loc")
        claim(draft.ids, value, "loc")
    for value in _texts(entry, "news/title"):
        claim(draft.headline, value, "news:title")
    for value in _texts(entry, "news/publication_date"):
        claim(draft.published, value, "news:publication_date")
    for value in _texts(entry, "lastmod"):
        claim(draft.updated, value, "lastmod")
    for value in _texts(entry, "news/publication/name"):
        claim(draft.source, value, "news:name")
    for value in _texts(entry, "news/publication/language"):
        claim(draft.language, value, "news:language")
    for value in _texts(entry, "news/keywords"):
        for word in value.split(","):
            claim(draft.keywords, word, "news:keywords")
    for key in ("genres", "stock_tickers", "access"):
        if found := _texts(entry, f"news/{key}"):
            draft.extra[key] = found[0]
    return draft


def _texts(entry: Element, path: str) -> list[str]:
    return [found for element in entry.findall(path) if (found := dom.text_of(element))]
