"""Europeana: items of its search, records of its API, full texts of its newspapers, and EDM in XML.

The country is that of the library, and the time stamps are those of the catalogue: neither is the paper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised.languages import code
from morgue.readers.fields import NoArticle, body_of, texts
from morgue.readers.json.items import read_as
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom, stories

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_DATED = re.compile(r"(?P<paper>.*?\S)\s*[-–,]\s*(?P<date>\d{4}-\d\d-\d\d)\s*$")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}$")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def read_xml(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for the record of EDM in XML `stream`, called `name`, read as `options` say."""
    yield from stories.read_as(stream, name, options, lambda root: [(0, root, partial(_of_edm, root))])


def is_item(value: JsonObject) -> bool:
    """True for an item of a search, a record, or a full text."""
    if value.get("type") == "FullTextResource" and "value" in value:
        return True
    inner = value.get("object")
    if isinstance(inner, dict) and "proxies" in inner:
        return True
    known = sum(
        key in value for key in ("guid", "edmPreview", "europeanaCompleteness", "edmIsShownAt", "dcTitleLangAware")
    )
    return "proxies" in value or ("dataProvider" in value and known > 0)


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the item `value` (record `number`, sha256 `digest`); `NoArticle` when it is none."""
    if not isinstance(value, dict) or not is_item(value):
        raise NoArticle("is not an item of Europeana")
    draft = Draft(format="europeana", record=number, digest=digest)
    inner = value.get("object")
    if isinstance(inner, dict):
        value = inner
    if isinstance(proxies := value.get("proxies"), list):
        value = {
            key: item for proxy in reversed(proxies) if isinstance(proxy, dict) for key, item in proxy.items()
        } | value
    if value.get("type") == "FullTextResource":
        set_body(draft, *body_of(value.get("value")))
    for key in ("title", "dcTitleLangAware", "dcTitle"):
        for text in _plain(value.get(key))[:1]:
            claim(draft.headline, text, f"europeana:{key}")
    _dates(draft, value)
    for key in ("language", "dcLanguage"):
        for text in _plain(value.get(key)):
            claim(draft.language, code(text), f"europeana:{key}")
    for key in ("guid", "edmIsShownAt"):
        for text in _plain(value.get(key)):
            claim(draft.url, text.partition("?")[0] if key == "guid" else text, f"europeana:{key}")
    for key in ("id", "about"):
        for text in _plain(value.get(key)):
            claim(draft.ids, text, f"europeana:{key}")
    for key in ("dcCreator", "dcCreatorLangAware"):
        for text in _plain(value.get(key)):
            if not text.startswith("http"):
                claim(draft.people, text, f"europeana:{key}")
    for text in _plain(value.get("rights")):
        claim(draft.rights, text, "europeana:rights")
    draft.extra = {key: item for key, item in value.items() if key not in ("title", "id", "guid", "proxies", "value")}
    if not draft.body and not draft.headline:
        raise NoArticle("holds no title and no text")
    return draft


def _plain(value: Json) -> list[str]:
    """Texts of a value, or of its languages: what has none first, English next."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: ("def", "en").index(key) if key in ("def", "en") else 2)
        return [text for key in keys for text in texts(value[key])]
    return texts(value)


def _dates(draft: Draft, value: JsonObject) -> None:
    """Add the date that the record states of the issue, that in its title, and its year."""
    for key in ("dctermsIssued", "dcDate", "dctermsCreated", "edmTimespanLabel", "dcDateLangAware"):
        for text in _plain(value.get(key)):
            if _DATE.fullmatch(text):
                claim(draft.published, text, f"europeana:{key}")
    for headline in draft.headline[:1]:
        if found := _DATED.fullmatch(headline.value):
            claim(draft.published, found["date"], "europeana:title")
            claim(draft.source, found["paper"], "europeana:title")
    for text in _plain(value.get("year")):
        claim(draft.published, text, "europeana:year")
    draft.published.sort(key=lambda known: -len(known.value))


def _of_edm(root: Element) -> Draft:
    draft = Draft(format="edm")
    for element in root.iter():
        name, text = element.tag, dom.text_of(element) if not len(element) else ""
        if name == "ProvidedCHO":
            claim(draft.ids, element.get("about"), "edm:ProvidedCHO")
        elif not text:
            continue
        elif name == "title":
            claim(draft.headline, text, "edm:title")
        elif name in ("issued", "date", "created") and _DATE.fullmatch(text):
            claim(draft.published, text, f"edm:{name}")
        elif name == "language":
            claim(draft.language, code(text), "edm:language")
        elif name == "dataProvider":
            draft.extra["dataProvider"] = text
        elif name == "value" and len(text) > len(draft.body):
            set_body(draft, *body_of("".join(element.itertext())))
    _dates(draft, {})
    return draft
