"""Article <-> record: the JSON values that the index stores, `show --json` prints and `import` reads back.

A record loses nothing: `article(record(a)) == a`. Its keys are promised in docs/output.md. What is unknown is null, a
list without members is `[]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from morgue.model import Article, Origin, Person, Place, Published, Remark

# The keys of every record, in the order they are printed.
KEYS = (
    "id", "headline", "date", "date_precision", "byline", "location", "city", "region", "country", "source", "body",
    "updated", "embargo", "byline_raw", "credits", "contributors", "other_locations", "slug", "keywords", "language",
    "url", "rights", "status", "version", "note", "words", "subheads", "furniture", "provenance", "remarks", "extra",
    "origin", "date_raw", "updated_precision", "updated_raw", "embargo_precision", "embargo_raw", "country_how",
)  # fmt: skip

# Text keys that are the Article's attribute of the same name, null when empty.
_TEXTS = ("headline", "body", "byline_raw", "source", "slug", "language", "url", "rights", "version", "note")


_LISTS = (
    "byline", "credits", "contributors", "other_locations", "keywords", "subheads", "furniture", "remarks",
)  # fmt: skip
_MAPPINGS = ("provenance", "extra", "origin")

_EMPTY: dict[str, Any] = {**dict.fromkeys(KEYS), "words": 0}
_from_json = json.JSONDecoder().raw_decode
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_record(article: Article, *, words: int = 0) -> dict[str, Any]:
    """Return an article as JSON values, every key of `KEYS` present.

    Args:
        article: the article.
        words: its number of words (headline and body), which is told but not read back.
    """
    place = article.location
    record: dict[str, Any] = {
        "id": article.id,
        "headline": article.headline or None,
        "date": None,
        "date_precision": None,
        "byline": [person.name for person in article.byline],
        "location": place.raw if place else None,
        "city": place.city if place else None,
        "region": place.region if place else None,
        "country": place.country if place else None,
        "source": article.source or None,
        "body": article.body or None,
        "updated": None,
        "embargo": None,
        "byline_raw": article.byline_raw or None,
        "credits": _credits(article.byline),
        "contributors": [_person(person) for person in article.contributors],
        "other_locations": [_place(other) for other in article.other_locations],
        "slug": article.slug or None,
        "keywords": list(article.keywords),
        "language": article.language or None,
        "url": article.url or None,
        "rights": article.rights or None,
        "status": article.status,
        "version": article.version or None,
        "note": article.note or None,
        "words": words,
        "subheads": list(article.subheads),
        "furniture": [list(piece) for piece in article.furniture],
        "provenance": dict(article.provenance),
        "remarks": [{"field": r.field, "value": r.value, "why": r.why, "how": r.how or None} for r in article.remarks],
        "extra": dict(article.extra),
        "origin": {
            "path": article.origin.path,
            "record": article.origin.record,
            "format": article.origin.format or None,
            "sha256": article.origin.sha256 or None,
            "ingested": article.origin.ingested or None,
        },
        "date_raw": None,
        "updated_precision": None,
        "updated_raw": None,
        "embargo_precision": None,
        "embargo_raw": None,
        "country_how": place.country_how or None if place else None,
    }
    for key, published in (("date", article.published), ("updated", article.updated), ("embargo", article.embargo)):
        if published:
            record[key] = published.value
            record[f"{key}_precision"] = published.precision
            record[f"{key}_raw"] = published.raw or None
    return record


def to_stored(record: Mapping[str, Any]) -> bytes:
    """Return a record as the index keeps it: JSON in UTF-8 without the keys that are empty, half the bytes of a brief.

    A body follows in plain UTF-8 after a line feed, so that it need not be unescaped. See `from_stored`.
    """
    kept = {key: value for key, value in record.items() if value or value == ""}
    body = kept.pop("body", None)
    text = _to_json(kept) if body is None else f"{_to_json(kept)}\n{body}"
    return text.encode("utf-8", "surrogatepass")


def from_stored(stored: bytes) -> dict[str, Any]:
    """Return the record that `to_stored` was given, now or when it kept the body among the JSON.

    Raises:
        ValueError: it is not JSON, or no record.
    """
    record = _EMPTY.copy()
    for key in _LISTS:
        record[key] = []
    for key in _MAPPINGS:
        record[key] = {}
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
    return record


def to_article(record: Mapping[str, Any]) -> Article:
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


def _credits(byline: tuple[Person, ...]) -> list[dict[str, str | None]]:
    """The people of the byline with all that is known of them; empty where names are all there is."""
    if all(person == Person(name=person.name) for person in byline):
        return []
    return [_person(person) for person in byline]


def _person(person: Person) -> dict[str, str | None]:
    return {
        "name": person.name,
        "role": person.role or None,
        "organisation": person.organisation or None,
        "place": person.place or None,
    }


def _place(place: Place) -> dict[str, str | None]:
    return {
        "raw": place.raw,
        "city": place.city,
        "region": place.region,
        "country": place.country,
        "country_how": place.country_how or None,
    }


def _published(record: Mapping[str, Any], key: str) -> Published | None:
    value = _text(record, key)
    if not value:
        return None
    precision = _text(record, f"{key}_precision") or "day"
    if precision not in ("instant", "day", "month", "year", "none"):
        raise ValueError(f"'{key}_precision' is {precision!r}")
    return Published(value=value, precision=precision, raw=_text(record, f"{key}_raw"))  # type: ignore[arg-type]


def _read_person(person: Mapping[str, Any]) -> Person:
    return Person(
        name=_text(person, "name"),
        role=_text(person, "role"),
        organisation=_text(person, "organisation"),
        place=_text(person, "place"),
    )


def _read_place(place: Mapping[str, Any], raw_key: str) -> Place:
    return Place(
        raw=_text(place, raw_key),
        city=_text(place, "city") or None,
        region=_text(place, "region") or None,
        country=_text(place, "country") or None,
        country_how=_text(place, "country_how"),
    )


def _read_remark(remark: Mapping[str, Any]) -> Remark:
    return Remark(**{key: _text(remark, key) for key in ("field", "value", "why", "how")})


def _read_origin(origin: Mapping[str, Any]) -> Origin:
    number = origin.get("record") or 0
    if not isinstance(number, int):
        raise ValueError("'origin.record' is not a number")
    return Origin(record=number, **{key: _text(origin, key) for key in ("path", "format", "sha256", "ingested")})


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"'{key}' is not a text")
    return value


def _list(record: Mapping[str, Any], key: str, kind: type) -> list[Any]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(member, kind) for member in value):
        raise ValueError(f"'{key}' is not a list of {kind.__name__}")
    return value


def _pairs(record: Mapping[str, Any], key: str) -> list[Any]:
    pairs = _list(record, key, list)
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError(f"'{key}' is not a list of pairs")
    return pairs


def _mapping(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ValueError(f"'{key}' is not an object")
    return value
