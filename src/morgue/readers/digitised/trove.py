"""Trove (National Library of Australia): articles of its API, versions 2 and 3, and rows of the Newspaper Harvester."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import markup
from morgue.readers.fields import NoArticle, body_of, texts
from morgue.readers.json.items import read_as
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_ID = re.compile(r"nla\.(?:gov\.au/nla\.)?news-article(\d+)")
_TAKEN = frozenset(
    {
        "id",
        "heading",
        "title",
        "date",
        "page",
        "edition",
        "section",
        "category",
        "troveUrl",
        "articleText",
        "identifier",
    }
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def is_item(value: JsonObject) -> bool:
    """True for an article of the API."""
    if "heading" not in value and "articleText" not in value:
        return False
    return isinstance(value.get("title"), dict) or "troveUrl" in value or "articleText" in value


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the article `value` (record `number`, sha256 `digest`); `NoArticle` when it is none."""
    if not isinstance(value, dict) or not is_item(value):
        raise NoArticle("is not an article of Trove's API")
    draft = Draft(format="trove", record=number, digest=digest)
    for text in texts(value.get("heading")):
        claim(draft.headline, markup.plain(text), "trove:heading")
    paper = value.get("title")
    for text in texts(paper, ("value", "title", "name")) if isinstance(paper, dict) else texts(paper):
        claim(draft.source, text, "trove:title")
    for key in ("troveUrl", "identifier"):
        for text in texts(value.get(key)):
            if text.startswith("http"):
                claim(draft.url, text, f"trove:{key}")
    for text in texts(value.get("id")):
        claim(draft.ids, f"nla.news-article{text}" if text.isdigit() else text, "trove:id")
    for into, keys in (
        (draft.published, ("date",)),
        (draft.page, ("pageLabel", "page")),
        (draft.edition, ("edition",)),
        (draft.section, ("section", "supplement")),
        (draft.byline, ("author", "contributor")),
    ):
        for key in keys:
            for text in texts(value.get(key)):
                claim(into, text, f"trove:{key}")
    for text in texts(value.get("category")):
        if text.casefold() != "article":
            claim(draft.section, text, "trove:category")
    tags = value.get("tag")
    for text in texts(tags, ("value", "tag")) if isinstance(tags, list) else ():
        claim(draft.keywords, text, "trove:tag")
    set_body(draft, *body_of(value.get("articleText")))
    draft.extra = {key: item for key, item in value.items() if key not in _TAKEN}
    if not draft.body and not draft.headline:
        raise NoArticle("holds no heading and no text")
    return draft
