"""ninjs: the IPTC's news in JSON, versions 1.x, 2.x and 3.x, and the variants of superdesk and the agencies.

The versions differ in spelling only where a story is concerned (`versioncreated`, `versionCreated`; `headline`,
`headlines`; `body_html`, `bodies`), so keys are compared in lower case.
"""

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

_MARKERS = name_set(
    "versioncreated firstcreated pubstatus urgency headlines bodies body_xhtml representationtype usageterms "
    "copyrightholder copyrightnotice located renditions associations slugline profile ednote standard descriptions "
    "description_text by infosources"
)
# List of `Draft` -> the keys that state it.
_CLAIMS = {
    "ids": "uri guid",
    "version": "version",
    "status": "pubstatus",
    "language": "language",
    "url": "href canonicalurl url",
    "published": "firstcreated firstpublished datepublished versioncreated contentcreated",
    "updated": "versioncreated contentmodified",
    "embargo": "embargoed embargo",
    "dateline": "dateline",
    "source": "source creditline copyrightholder provider",
    "slug": "slugline",
    "rights": "copyrightnotice",
}
_NO_TEXT = name_set("picture graphic video audio event planning image photo")
_MAX_NAMES = 100
# Keys whose whole content a claim or the body holds; all others are kept in `extra`.
_TAKEN = name_set(
    "uri guid headline byline by located versioncreated firstcreated contentcreated embargoed language slugline "
    "copyrightnotice pubstatus version ednote body_html body_xhtml body_text source keywords"
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def is_item(value: JsonObject) -> bool:
    """True for an object that has a ninjs identity and at least two of its other properties."""
    keys = {key.lower() for key in value if isinstance(key, str)}
    if not keys & {"uri", "guid"}:
        return False
    standard = value.get("standard")
    if isinstance(standard, dict) and standard.get("name") == "ninjs":
        return True
    return len(keys & _MARKERS) >= 2


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the object `value` (record `number`, sha256 `digest`); `NoArticle` when it holds no story."""
    if not isinstance(value, dict):
        raise NoArticle("is not a ninjs object")
    item = {key.lower(): found for key, found in value.items() if isinstance(key, str)}
    draft = Draft(format="ninjs", record=number, digest=digest)
    _headlines(draft, item)
    _body(draft, item)
    kind = str(item.get("type", "")).lower()
    if not draft.body and kind in _NO_TEXT:
        raise NoArticle(f"is of type {kind} and holds no story")
    _credits(draft, item)
    claim_all(draft, item, _CLAIMS, "ninjs")
    for key, text in _all(item, "uri", "guid"):
        if text.startswith(("http://", "https://")):
            claim(draft.url, text, f"ninjs:{key}")
    _description(draft, item)
    if not draft.body:
        _summary(draft, item)
    draft.extra = {key: found for key, found in value.items() if not _is_taken(key, found)}
    if not draft.body and not draft.headline:
        raise NoArticle("holds no headline and no text")
    return draft


def _is_taken(key: str, value: Json) -> bool:
    return key.lower() in _TAKEN and (isinstance(value, str) or value is None)


def _all(item: JsonObject, *keys: str) -> Iterator[tuple[str, str]]:
    """(key, text) for each text that the keys hold."""
    for key in keys:
        for text in texts(item.get(key)):
            yield key, text


def _by_role(values: Json, *roles: str) -> list[JsonObject]:
    """The objects of a list (`headlines`, `bodies`), those with one of the roles first, in the order of roles."""
    found = [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []

    def rank(value: JsonObject) -> int:
        role = str(value.get("role", "")).lower()
        kind = str(value.get("contentType", value.get("contenttype", ""))).lower()
        return next((n for n, wanted in enumerate(roles) if wanted == role or wanted in kind), len(roles))

    return sorted(found, key=rank)


def _headlines(draft: Draft, item: JsonObject) -> None:
    claim(draft.headline, markup.plain(str(item.get("headline") or "")), "ninjs:headline")
    for found in _by_role(item.get("headlines"), "main", "medium"):
        for text in texts(found.get("value")):
            claim(draft.headline, markup.plain(text), "ninjs:headlines")
    for key, text in _all(item, "title", "name"):
        claim(draft.headline, markup.plain(text), f"ninjs:{key}")


def _body(draft: Draft, item: JsonObject) -> None:
    """The story: markup, whose paragraphs are certain, goes before plain text unless it holds far less."""
    plain = next((text for _, text in _all(item, "body_text")), "")
    for key in ("body_html", "body_xhtml", *(key for key in item if key.startswith("body_") and key != "body_text")):
        if not draft.body and isinstance(item.get(key), str):
            set_body(draft, *body_of(item[key]))
    for found in _by_role(item.get("bodies"), "html", "xhtml", "nitf", "plain", "text"):
        if not draft.body:
            _one_body(draft, found)
    if len(draft.body) < 0.6 * len(plain):
        set_body(draft, *body_of(plain))


def _one_body(draft: Draft, body: JsonObject) -> None:
    value = body.get("value")
    if not isinstance(value, str):
        return
    if "<nitf" in value[:2000]:
        try:
            root = dom.parse_text(value)
        except dom.BadXml:
            return
        inner = Draft(format="nitf")
        nitf.fill(inner, root)
        draft.dateline.extend(inner.dateline)
        set_body(draft, inner.body, inner.subheads)
    elif not value.lstrip().startswith("<?xml"):
        set_body(draft, *body_of(value))


def _credits(draft: Draft, item: JsonObject) -> None:
    for key, text in _all(item, "byline", "by"):
        claim(draft.byline, markup.plain(text), f"ninjs:{key}")
    authors = item.get("authors")
    if not draft.byline and isinstance(authors, list):
        for author in authors[:_MAX_NAMES]:
            role = str(author.get("role", "")).lower() if isinstance(author, dict) else ""
            if role in ("", "author", "writer", "reporter"):
                for text in texts(author):
                    claim(draft.people, text, "ninjs:authors")
    for claimed in _located(item.get("located")):
        draft.places.append(claimed)
    for found in _by_role(item.get("infosources"), "source"):
        for text in texts(found.get("name") or found.get("literal")):
            claim(draft.source, text, "ninjs:infosources")


def _located(value: Json) -> list[PlaceClaim]:
    if isinstance(value, str) and value.strip():
        return [PlaceClaim(how="ninjs:located", raw=value.strip())]
    from morgue.readers.fields import places

    return places(value, "ninjs:located") if isinstance(value, dict | list) else []


def _description(draft: Draft, item: JsonObject) -> None:
    for key, text in _all(item, "ednote"):
        claim(draft.note, markup.plain(text), f"ninjs:{key}")
    for key in ("keywords", "subject", "subjects"):
        for _, text in list(_all(item, key))[:_MAX_NAMES]:
            claim(draft.keywords, text, f"ninjs:{key}")


def _summary(draft: Draft, item: JsonObject) -> None:
    """An item without a body is known by its description, as alerts and teasers are."""
    for key in ("description_html", "description_text", "description"):
        if not draft.body and isinstance(item.get(key), str):
            set_body(draft, *body_of(item[key]))
    for found in _by_role(item.get("descriptions"), "main", "lead", "text"):
        if not draft.body:
            _one_body(draft, found)
