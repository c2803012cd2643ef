"""AP Media API: the JSON of an item (`data.item`), of a feed (`data.items[].item`), or of an item by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, PlaceClaim, Rejected
from morgue.readers import markup
from morgue.readers.fields import NoArticle, body_of, texts
from morgue.readers.json.items import claim_all, read_as
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom, nitf

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_TAKEN = name_set(
    "uri headline slugline copyrightnotice language versioncreated firstcreated pubstatus ednote embargoed provider "
    "source located dateline byline keywords body_nitf body_html body_xhtml body story"
)
# List of `Draft` -> the keys that state it.
_CLAIMS = {
    "published": "firstcreated versioncreated",
    "updated": "versioncreated",
    "embargo": "embargoed embargodate",
    "version": "version",
    "status": "pubstatus",
    "language": "language",
    "byline": "byline",
    "dateline": "dateline",
    "slug": "slugline",
    "rights": "copyrightnotice",
    "note": "ednote",
}
_BODIES = ("body_nitf", "body_xhtml", "body_html", "body", "story", "main")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def is_item(value: JsonObject) -> bool:
    """True for an AP item, or an object that wraps one as feeds do."""
    inner = value.get("item", value)
    return isinstance(inner, dict) and isinstance(ids := inner.get("altids"), dict) and "itemid" in ids


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the item `value` (record `number`, sha256 `digest`); `NoArticle` when it holds no story."""
    item = value.get("item", value) if isinstance(value, dict) else None
    if not isinstance(item, dict):
        raise NoArticle("is not an item of the AP Media API")
    draft = Draft(format="apmedia", record=number, digest=digest)
    for key in ("headline", "headline_extended", "title"):
        for text in texts(item.get(key)):
            claim(draft.headline, markup.plain(text), f"apmedia:{key}")
    _body(draft, item)
    kind = str(item.get("type", "text")).lower()
    if kind != "text" and not draft.body:
        raise NoArticle(f"is of type {kind[:40]} and holds no story")
    _identity(draft, item)
    _credits(draft, item)
    _description(draft, item)
    claim_all(draft, item, _CLAIMS, "apmedia")
    draft.extra = {key: found for key, found in item.items() if key not in _TAKEN or not isinstance(found, str)}
    if not draft.body and not draft.headline:
        raise NoArticle("holds no headline and no text")
    return draft


def _body(draft: Draft, item: JsonObject) -> None:
    for key in _BODIES:
        for text in texts(item.get(key)):
            if draft.body:
                return
            if text.lstrip()[:200].startswith(("<nitf", "<?xml", "<body.content", "<block")):
                _nitf(draft, text)
            else:
                set_body(draft, *body_of(text))


def _nitf(draft: Draft, text: str) -> None:
    try:
        root = dom.parse_text(text)
    except dom.BadXml:
        set_body(draft, *body_of(text))
        return
    story = root if root.tag == "nitf" else root.find(".//nitf")
    if story is not None:
        nitf.fill(draft, story)
    else:
        set_body(draft, *dom.paragraphs(root))


def _identity(draft: Draft, item: JsonObject) -> None:
    ids = item.get("altids")
    if isinstance(ids, dict):
        for text in texts(ids.get("itemid")):
            claim(draft.ids, text, "apmedia:altids.itemid")
    for text in texts(item.get("uri")):
        # Links carry the customer's query and key after the question mark.
        claim(draft.ids, text.partition("?")[0], "apmedia:uri")


def _credits(draft: Draft, item: JsonObject) -> None:
    bylines = item.get("bylines")
    for found in bylines[:50] if isinstance(bylines, list) else ():
        if isinstance(found, dict):
            name = " ".join(texts(found.get("by"))) or " ".join(texts(found.get("name")))
            title = " ".join(texts(found.get("title")))
            claim(draft.byline, f"{name}, {title}" if name and title and title not in name else name, "apmedia:bylines")
    where = item.get("datelinelocation")
    if isinstance(where, dict):
        city, region, country = (
            next((text for key in keys for text in texts(where.get(key))), "")
            for keys in (("city", "name"), ("countryareaname", "countryareacode"), ("countryname", "countrycode"))
        )
        if city or country:
            draft.places.append(PlaceClaim(how="apmedia:datelinelocation", city=city, region=region, country=country))
    for text in texts(item.get("located")):
        draft.places.append(PlaceClaim(how="apmedia:located", raw=text))


def _description(draft: Draft, item: JsonObject) -> None:
    sources = item.get("sources")
    for found in [*(sources if isinstance(sources, list) else ()), item.get("source"), item.get("provider")]:
        for text in texts(found):
            claim(draft.source, text, "apmedia:source")
    for key in ("keywords", "subject"):
        for text in texts(item.get(key))[:100]:
            claim(draft.keywords, text, f"apmedia:{key}")
