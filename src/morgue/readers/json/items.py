"""JSON files of items: one, a list of them, or an object around a list; a format says how an item becomes a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, TypeGuard

from morgue.model import Draft, Rejected
from morgue.readers.day_order import settled
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import NoArticle, resolve, texts
from morgue.readers.json.text import NotJson, parse
from morgue.readers.names import names
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, noted

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

    Maker = Callable[[Json, int, str], Draft]
    _Otherwise = Callable[[bytes, NotJson], Iterator[Draft | Rejected]]

# Members that hold the list of articles in an API's response or an export, likeliest first.
_LISTS = names(
    "articles items results docs documents objects stories posts entries records news hits data item feed content "
    "response value collection _items newsItems contentItems @graph zone category article"
)


_WRAPPERS = names("data item article response result content story document doc")


def _as_it_is(value: Json) -> Json:
    return value


def read_as(
    stream: BinaryIO,
    name: str,
    options: ReadOptions,
    make: Maker,
    shape: Callable[[Json], Json] = _as_it_is,
    otherwise: _Otherwise | None = None,
) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per item of `stream`, called `name`, read as `options` say.

    Args:
        make: turns a value, its record number (from 1; 0 for a single item) and its sha256 into a draft.
        shape: makes a list of items out of a file's value that is another sort of table.
        otherwise: what to yield for bytes that are not one JSON text, and the error; None: the error.
    """
    try:
        data = read_whole(stream, options)
        decoded = decode(data, override=options.encoding)
    except (NotText, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    try:
        value = parse(decoded.text)
    except NotJson as error:
        yield from otherwise(data, error) if otherwise else (Rejected(name, 0, str(error)),)
        return
    yield from noted(_items(shape(value), data, name, make), decoded.problem)


def _items(value: Json, data: bytes, name: str, make: Maker) -> Iterator[Draft | Rejected]:
    items = items_of(value)
    if items is None:
        value = _unwrapped(value)
        yield draft_or_reason(value, name, 0, hashlib.sha256(data).hexdigest(), make)
        return
    if not items:
        yield Rejected(name, 0, "holds an empty list: no articles")
    yield from settled(
        draft_or_reason(item, name, number, digest_of(item), make) for number, item in enumerate(items, 1)
    )


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


def items_of(value: Json) -> list[Json] | None:
    """Return the articles of a list, or of an object around one (an API's answer); None for anything else."""
    value = _unwrapped(value)
    return value if isinstance(value, list) else _listed(value)


def draft_or_reason(value: Json, name: str, number: int, digest: str, make: Maker) -> Draft | Rejected:
    """Return what `make` makes of a `value`, the record `number` (sha256 `digest`) of `name`, or why nothing."""
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
    if any(key in value for key in ("altids", "webTitle", "heading")):
        return True
    if resolve(value, "headline") or resolve(value, "headlines"):
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
            # Lists within a list, as of the parts of a catalogue that was searched.
            within = [_listed(item, depth + 1) for item in inner] if key in ("zone", "category") else []
            return [item for found in within for item in found or ()] if any(within) else inner
        if isinstance(inner, dict) and (found := _listed(inner, depth + 1)) is not None:
            return found
    return None
