"""JSON files: one article, a list of them, or an object around a list (`{"articles": [...]}`)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import listed
from morgue.readers.fields import NoArticle, bookmark, mapper
from morgue.readers.json import exported
from morgue.readers.json.items import read_as
from morgue.readers.json.shapes import is_telling, shaped
from morgue.readers.json.text import NotJson, check_keys
from morgue.readers.options import ReadOptions

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject


class Records:
    """Turns parsed JSON objects into drafts, whichever of the JSON formats each of them is in."""

    def __init__(self, options: ReadOptions, format_name: str) -> None:
        self._mapper = mapper(options.field_map, "json")
        self._format = format_name
        self._mapped = bool(options.field_map)
        self._beside = options.beside

    def draft(self, value: Json, number: int, digest: str) -> Draft:
        """A draft of `value`, the record `number` with the sha256 `digest`.

        Raises:
            NoArticle: when it is not an object or has no text.
            NotJson: when a key has two values.
        """
        if not isinstance(value, dict):
            raise NoArticle(f"is {_title(value)}, not an object with an article's fields")
        check_keys(value)
        if "provenance" in value and exported.is_record(value):
            return exported.draft_of(value, number, digest, self._format)
        if not self._mapped and (found := _vendor(value, number, digest)):
            return found
        if "extended" in value and "href" in value:
            value = bookmark(value)
        if self._beside is not None and listed.is_omnivore(value):
            value = {**value, "content": listed.page(self._beside, f"content/{value['slug']}.html")}
        return self._mapper.draft(_opened(value), self._new(number, digest))

    def _new(self, number: int, digest: str) -> Draft:
        return Draft(format=self._format, record=number, digest=digest)


# Members that hold the article itself: of a hit of Elasticsearch, of GraphQL, JSON:API, an extraction service.
_INNER = ("_source", "node", "attributes", "article")


def _opened(value: JsonObject) -> JsonObject:
    """The record inside another, with the other's identifier; the value itself when it is none of these."""
    for key in _INNER:
        inner = value.get(key)
        if isinstance(inner, dict) and inner and (key == "_source" or is_telling(inner)) and not is_telling(value, key):
            return {"id": value.get("_id", value.get("id")), **inner}
    return value


def _title(value: Json) -> str:
    if value is None:
        return "null"
    return {list: "a list", str: "a text", bool: "true or false"}.get(type(value), "a number")


# Key that the items of a library's format have -> its module; `is_item` of the module decides.
_LIBRARIES = {
    "heading": "trove",
    "articleText": "trove",
    "ft": "impresso",
    "transcript": "impresso",
    "r": "impresso",
    "i": "impresso",
    "d": "impresso",
    "dataProvider": "europeana",
    "proxies": "europeana",
    "object": "europeana",
    "value": "europeana",
    "lccn": "chronam",
}


def _vendor(value: JsonObject, number: int, digest: str) -> Draft | None:
    """The draft of an object in one of the news formats that have a reader of their own, else None."""
    if not _LIBRARIES.keys().isdisjoint(value):
        for name in {_LIBRARIES[key]: None for key in value if key in _LIBRARIES}:
            module = importlib.import_module(f"morgue.readers.digitised.{name}")
            if module.is_item(value):
                draft: Draft = module.draft_of(value, number, digest)
                return draft
    if "altids" in value or "item" in value:
        from morgue.readers.json import apmedia

        if apmedia.is_item(value):
            return apmedia.draft_of(value, number, digest)
    if "components" in value:
        from morgue.readers.json import applenews

        if applenews.is_item(value):
            return applenews.draft_of(value, number, digest)
    if "uri" in value or "guid" in value:
        from morgue.readers.json import ninjs

        if ninjs.is_item(value):
            return ninjs.draft_of(value, number, digest)
    return None


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say."""
    made = Records(options, "json")

    def one_by_one(data: bytes, why: NotJson) -> Iterator[Draft | Rejected]:
        from morgue.readers.json.records import Record, drafts, records

        found = list(records(enumerate(data.splitlines(keepends=True), 1), name, options.max_bytes))
        if any(isinstance(record, Record) and isinstance(record.value, dict) for record in found):
            yield from drafts(found, name, made.draft)
        else:
            yield Rejected(name, 0, str(why))

    yield from read_as(stream, name, options, made.draft, shaped, one_by_one)
