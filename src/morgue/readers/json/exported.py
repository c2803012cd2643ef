"""morgue's own records (`show --json`, `export`) found among JSON: taken as they are, nothing is guessed again.

`morgue import` restores a record exactly; here it becomes a draft like any other source, so that what was
derived is marked as coming from an export; the text does not overrule date and place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.fields import FIELDS
from morgue.model import Claim, Draft, PlaceClaim
from morgue.readers.fields import NoArticle, texts

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

# Key of a record -> list of `Draft` that takes its text.
_CLAIMED = {
    field.keys.split()[0]: field.claims for field in FIELDS if field.claims and field.shape in ("text", "date")
} | {"byline_raw": "byline"}


def is_record(value: JsonObject) -> bool:
    """True for an object with the keys that only morgue's records have together."""
    return "provenance" in value and "origin" in value and "furniture" in value and "id" in value


def draft_of(value: JsonObject, number: int, digest: str, format_name: str) -> Draft:
    """A draft of `value` (record `number`, sha256 `digest`), exported as `format_name`; `NoArticle` without text."""
    draft = Draft(format=format_name, record=number, digest=digest, body=str(value.get("body") or ""))
    provenance = value.get("provenance")
    known = provenance if isinstance(provenance, dict) else {}
    for key, attribute in _CLAIMED.items():
        how = f"export:{known.get('published' if key == 'date' else key, key)}"
        getattr(draft, attribute).extend(Claim(text, how) for text in texts(value.get(key))[:1])
    draft.people.extend(Claim(name, f"export:{known.get('byline', 'byline')}") for name in texts(value.get("byline")))
    draft.keywords.extend(Claim(word, "export:keywords") for word in texts(value.get("keywords")))
    draft.contributors.extend(Claim(text, "export:contributors") for text in _contributors(value.get("contributors")))
    if place := _place(value, f"export:{known.get('location', 'location')}"):
        draft.places.append(place)
    subheads = value.get("subheads")
    if isinstance(subheads, list):
        draft.subheads = tuple(item for item in subheads if isinstance(item, int) and not isinstance(item, bool))
    extra = value.get("extra")
    draft.extra = dict(extra) if isinstance(extra, dict) else {}
    draft.locked = frozenset({"published", "location"})
    if not draft.body and not draft.headline:
        raise NoArticle("holds no headline and no text")
    return draft


def _contributors(value: Json) -> list[str]:
    found = []
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict) and (names := texts(person.get("name"))):
            where = texts(person.get("place"))
            found.append(f"{names[0]} in {where[0]}" if where else names[0])
    return found


def _place(value: JsonObject, how: str) -> PlaceClaim | None:
    raw, city, region, country = (
        next(iter(texts(value.get(key))), "") for key in ("location", "city", "region", "country")
    )
    return PlaceClaim(how=how, raw=raw, city=city, region=region, country=country) if raw or city else None
