"""JSON files: one article, a list of them, or an object around a list (`{"articles": [...]}`)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.fields import NoArticle, mapper
from morgue.readers.json import exported
from morgue.readers.json.items import read_as
from morgue.readers.json.text import check_keys
from morgue.readers.options import ReadOptions

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject


class Records:
    """Turns parsed JSON objects into drafts, whichever of the JSON formats each of them is in."""

    def __init__(self, options: ReadOptions, format_name: str) -> None:
        self._mapper = mapper(options.field_map, "json")
        self._format = format_name
        self._mapped = bool(options.field_map)

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
        source = value.get("_source")  # a hit or a dump of Elasticsearch
        if isinstance(source, dict) and source:
            return self._mapper.draft({"id": value.get("_id"), **source}, self._new(number, digest))
        return self._mapper.draft(value, self._new(number, digest))

    def _new(self, number: int, digest: str) -> Draft:
        return Draft(format=self._format, record=number, digest=digest)


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
    if "uri" in value or "guid" in value:
        from morgue.readers.json import ninjs

        if ninjs.is_item(value):
            return ninjs.draft_of(value, number, digest)
    return None


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, Records(options, "json").draft)
