"""JSON files of items: one, a list of them, or an object around a list; a format says how an item becomes a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, TypeGuard

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import NoArticle, resolve, texts
from morgue.readers.json.text import NotJson, parse
from morgue.readers.names import names
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, note_encoding

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

    _Maker = Callable[[Json, int, str], Draft]

# Members that hold the list of articles in an API's response or an export, likeliest first.
_LISTS = names(
    "articles items results docs documents stories posts entries records news hits data item feed content response "
    "value collection _items newsItems contentItems @graph"
)


_WRAPPERS = names("data item article response result content story document doc")


def read_as(stream: BinaryIO, name: str, options: ReadOptions, make: _Maker) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say.

    `make` turns a value, its record number (from 1; 0 for a single item) and its sha256 into a draft.
    """
    try:
        data = read_whole(stream, options)
        decoded = decode(data, override=options.encoding)
        value = parse(decoded.text)
    except (NotText, NotJson, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    for item in _items(_unwrapped(value), data, name, make):
        if isinstance(item, Draft):
            note_encoding(item, decoded.problem)
        yield item


def _items(value: Any, data: bytes, name: str, make: _Maker) -> Iterator[Draft | Rejected]:
    items = value if isinstance(value, list) else _listed(value)
    if items is None:
        yield _draft(value, name, 0, hashlib.sha256(data).hexdigest(), make)
        return
    if not items:
        yield Rejected(name, 0, "holds an empty list: no articles")
    for number, item in enumerate(items, 1):
        yield _draft(item, name, number, digest_of(item), make)


def claim_all(draft: Draft, item: dict[str, Any], table: Mapping[str, str], prefix: str) -> None:
    """Add the texts of `item` to the claims of `draft`.

    `table`: list of `Draft` -> the keys that state it, in order; `prefix`: of the keys in the provenance.
    """
    for attribute, keys in table.items():
        for key in keys.split():
            for text in texts(item.get(key)):
                claim(getattr(draft, attribute), text, f"{prefix}:{key}")


def digest_of(value: Any) -> str:
    """sha256 of a value's canonical JSON: for a record whose own bytes are not apart in the file."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _draft(value: Json, name: str, number: int, digest: str, make: _Maker) -> Draft | Rejected:
    try:
        return make(value, number, digest)
    except (NoArticle, NotJson) as error:
        return Rejected(name, number, str(error))


def _unwrapped(value: Json) -> Json:
    """The one article that an API's response wraps (`{"data": {"item": {…}}}`), else the value itself."""
    inner = value
    for _ in range(3):
        if not isinstance(inner, dict) or _is_article(inner):
            break
        inner = next((inner[key] for key in _WRAPPERS if isinstance(inner.get(key), dict)), None)
    return inner if isinstance(inner, dict) and _is_article(inner) else value


def _is_article(value: JsonObject) -> bool:
    if "altids" in value or resolve(value, "headline") or resolve(value, "headlines"):
        return True
    if any(key in value for key in ("body", "byline", "body_html", "body_text")):
        return True
    return "title" in value and not any(_holds_objects(value.get(key)) for key in _LISTS)


def _holds_objects(value: Json) -> TypeGuard[list[Json]]:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _listed(value: Json, depth: int = 0) -> list[Json] | None:
    """The list of articles that an object wraps, at most three objects down; None when it is an article itself."""
    if not isinstance(value, dict) or depth > 3 or _is_article(value):
        return None
    for key in _LISTS:
        inner = value.get(key)
        if _holds_objects(inner):
            return inner
        if isinstance(inner, dict) and (found := _listed(inner, depth + 1)) is not None:
            return found
    return None
