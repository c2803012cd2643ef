"""Article to JSON record and back: what the index stores, `show --json` prints and `import` reads.

Lossless: `to_article(to_record(a)) == a`. The keys are promised in docs/output.md. Unknown values are null, empty lists
`[]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from morgue.fields import names, record_keys
from morgue.model import Article, Origin, Person, Place, Published, Remark

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject, Record

T = TypeVar("T")

# The keys of every record, in the order they are printed.
KEYS = record_keys()

# Text keys that are the Article's attribute of the same name, null when empty.
_TEXTS = names(lambda field: field.shape == "text" and field.name not in ("id", "status"))
# Those that a brief holds as they are.
_PLAIN = names(lambda field: field.shape == "text" and field.name not in ("id", "headline"))

_EMPTY: JsonObject = {**dict.fromkeys(KEYS), "words": 0}
_from_json = json.JSONDecoder().raw_decode
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_record(article: Article, *, words: int = 0) -> Record:
    """Return an article as JSON values, every key of `KEYS` present.

    Args:
        article: the article.
        words: its number of words (headline and body); `to_article` ignores it.
    """
    return _blank() | to_brief(article, words=words)  # type: ignore[return-value]  # as KEYS say


def _blank() -> JsonObject:
    """Return a record with every key empty."""
    # A single display: this runs for every article read.
    return {
        **_EMPTY,
        "byline": [],
        "credits": [],
        "contributors": [],
        "other_locations": [],
        "keywords": [],
        "subheads": [],
        "furniture": [],
        "remarks": [],
        "provenance": {},
        "extra": {},
        "origin": {},
    }


def to_brief(article: Article, *, words: int = 0) -> JsonObject:
    """Return the record of an `article` (with its number of `words`) without empty keys; see `to_record`."""
    brief: JsonObject = {"id": article.id}
    if article.headline:
        brief["headline"] = article.headline
    if article.published:
        _add_date(brief, "date", article.published)
    if article.byline:
        brief["byline"] = [person.name for person in article.byline]
        credits_ = _credits(article.byline)
        if credits_:
            brief["credits"] = credits_
    if article.location:
        _add_place(brief, article.location)
    for key in _PLAIN:
        value = getattr(article, key)
        if value:
            brief[key] = value
    if article.updated:
        _add_date(brief, "updated", article.updated)
    if article.embargo:
        _add_date(brief, "embargo", article.embargo)
    if article.contributors:
        brief["contributors"] = [_person(person) for person in article.contributors]
    if article.other_locations:
        brief["other_locations"] = [_place(other) for other in article.other_locations]
    for key in ("keywords", "subheads"):
        value = getattr(article, key)
        if value:
            brief[key] = list(value)
    if words:
        brief["words"] = words
    if article.furniture:
        brief["furniture"] = [list(piece) for piece in article.furniture]
    if article.provenance:
        brief["provenance"] = dict(article.provenance)
    if article.remarks:
        brief["remarks"] = [
            {"field": r.field, "value": r.value, "why": r.why, "how": r.how or None} for r in article.remarks
        ]
    if article.extra:
        brief["extra"] = dict(article.extra)
    origin = article.origin
    brief["origin"] = {
        "path": origin.path,
        "record": origin.record,
        "format": origin.format or None,
        "sha256": origin.sha256 or None,
        "ingested": origin.ingested or None,
    }
    return brief


def _add_date(brief: JsonObject, key: str, published: Published) -> None:
    brief[key] = published.value
    brief[f"{key}_precision"] = published.precision
    if published.raw:
        brief[f"{key}_raw"] = published.raw


def _add_place(brief: JsonObject, place: Place) -> None:
    brief["location"] = place.raw
    if place.city is not None:
        brief["city"] = place.city
    if place.region is not None:
        brief["region"] = place.region
    if place.country is not None:
        brief["country"] = place.country
    if place.country_how:
        brief["country_how"] = place.country_how


def to_stored(brief: Mapping[str, object]) -> bytes:
    """Return the result of `to_brief` as the index stores it: JSON in UTF-8, without empty keys.

    A body follows in plain UTF-8 after a line feed, so that it need not be unescaped. See `from_stored`.
    """
    kept = dict(brief)
    body = kept.pop("body", None)
    text = _to_json(kept) if body is None else f"{_to_json(kept)}\n{body}"
    return text.encode("utf-8", "surrogatepass")


def from_stored(stored: bytes) -> Record:
    """Return the complete record of a stored one, also of the older form with the body inside the JSON.

    Raises:
        ValueError: it is not JSON, or not a record.
    """
    record = _blank()
    text = stored.decode("utf-8", "surrogatepass")
    head, feed, body = text.partition("\n")
    values, end = _from_json(head)
    if end != len(head):
        raise ValueError("a stored article is followed by something else")
    if not isinstance(values, dict):
        raise ValueError("a stored article is not a JSON object")
    record.update(values)
    if feed:
        record["body"] = body
    return record  # type: ignore[return-value]  # as `to_stored` was given it


def to_article(record: Mapping[str, object]) -> Article:
    """Return the article that a record describes.

    Args:
        record: JSON values; keys beyond `KEYS` are ignored, missing ones count as null.

    Raises:
        ValueError: the record has no id, or a value of the wrong type; the message names the key.
    """
    identity = record.get("id")
    if not isinstance(identity, str) or not identity:
        raise ValueError("the record has no 'id'")
    texts = {key: _text(record, key) for key in _TEXTS}
    status = _text(record, "status") or "usable"
    if status not in ("usable", "embargoed", "withheld", "canceled"):
        raise ValueError(f"'status' is {status!r}; known: usable, embargoed, withheld, canceled")
    people = _list(record, "credits", dict) or [{"name": name} for name in _list(record, "byline", str)]
    return Article(
        id=identity,
        subheads=tuple(_list(record, "subheads", int)),
        published=_published(record, "date"),
        updated=_published(record, "updated"),
        embargo=_published(record, "embargo"),
        byline=tuple(_read_person(person) for person in people),
        contributors=tuple(_read_person(person) for person in _list(record, "contributors", dict)),
        location=_read_place(record, "location") if record.get("location") is not None else None,
        other_locations=tuple(_read_place(place, "raw") for place in _list(record, "other_locations", dict)),
        keywords=tuple(_list(record, "keywords", str)),
        status=status,  # type: ignore[arg-type]  # checked above
        furniture=tuple((str(kind), str(text)) for kind, text in _pairs(record, "furniture")),
        provenance={str(k): str(v) for k, v in _mapping(record, "provenance").items()},
        remarks=tuple(_read_remark(remark) for remark in _list(record, "remarks", dict)),
        extra=dict(_mapping(record, "extra")),
        origin=_read_origin(_mapping(record, "origin")),
        **texts,
    )


def _credits(byline: tuple[Person, ...]) -> list[Json]:
    """Return the people of the byline in full; empty if nothing but names is known."""
    if all(person == Person(name=person.name) for person in byline):
        return []
    return [_person(person) for person in byline]


def _person(person: Person) -> JsonObject:
    return {"name": person.name, **{key: getattr(person, key) or None for key in ("role", "organisation", "place")}}


def _place(place: Place) -> JsonObject:
    return {
        "raw": place.raw,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "country_how": place.country_how or None,
    }


def _published(record: Mapping[str, object], key: str) -> Published | None:
    value = _text(record, key)
    if not value:
        return None
    precision = _text(record, f"{key}_precision") or "day"
    if precision not in ("instant", "day", "month", "year", "none"):
        raise ValueError(f"'{key}_precision' is {precision!r}")
    return Published(value=value, precision=precision, raw=_text(record, f"{key}_raw"))  # type: ignore[arg-type]


def _read_person(person: Mapping[str, object]) -> Person:
    return Person(**{key: _text(person, key) for key in ("name", "role", "organisation", "place")})


def _read_place(place: Mapping[str, object], raw_key: str) -> Place:
    return Place(
        raw=_text(place, raw_key),
        city=_text(place, "city") or None,
        region=_text(place, "region") or None,
        country=_text(place, "country") or None,
        country_how=_text(place, "country_how"),
    )


def _read_remark(remark: Mapping[str, object]) -> Remark:
    return Remark(**{key: _text(remark, key) for key in ("field", "value", "why", "how")})


def _read_origin(origin: Mapping[str, object]) -> Origin:
    number = origin.get("record") or 0
    if not isinstance(number, int):
        raise ValueError("'origin.record' is not a number")
    return Origin(record=number, **{key: _text(origin, key) for key in ("path", "format", "sha256", "ingested")})


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"'{key}' is not a text")
    return value


def _list(record: Mapping[str, object], key: str, kind: type[T]) -> list[T]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(member, kind) for member in value):
        raise ValueError(f"'{key}' is not a list of {kind.__name__}")
    return value


def _pairs(record: Mapping[str, object], key: str) -> list[list[Json]]:
    pairs = _list(record, key, list)
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError(f"'{key}' is not a list of pairs")
    return pairs


def _mapping(record: Mapping[str, object], key: str) -> JsonObject:
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"'{key}' is not an object")
    return value
