"""Article -> what the engine indexes: which fields are searched, which columns filter, sort and count.

Change a field here; model.py says what it means, docs/query.md what users call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from morgue.errors import IndexOutdated, IndexTooNew
from morgue.json_record import to_brief, to_stored
from morgue.model import Article, Person, Place, Published

if TYPE_CHECKING:
    from morgue.index.document import Document

# Raised when an index made before can no longer answer as one made now would; `morgue repair --rebuild` brings it up.
SCHEMA_VERSION = 1


def settings() -> dict[str, int]:
    """Return what a new index records of how its articles were indexed."""
    return {"schema": SCHEMA_VERSION}


def check_settings(settings: Mapping[str, Any], path: object) -> None:
    """Refuse an index that was made under another schema.

    Raises:
        IndexTooNew: a later morgue wrote it. IndexOutdated: an earlier one did.
    """
    version = settings.get("schema", 0)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise IndexTooNew(f"the index in {path} was written by a later morgue", hint="pip install --upgrade morgue")
    if version < SCHEMA_VERSION:
        raise IndexOutdated(
            f"the index in {path} was written by an earlier morgue",
            hint="morgue repair rebuilds it from its stored articles",
        )


# Small fields that are searched word by word, beside the text itself.
TEXT_FIELDS = ("byline", "contributor", "location", "source", "slug", "keywords", "note")

# Exact values, several per article: filters and facets.
VALUE_COLUMNS = (
    "byline", "contributor", "location", "region", "country", "source", "language", "status", "keywords", "format",
    "path",
)  # fmt: skip

# Whole numbers. A date is three columns: the first and the last second that it covers, and whether they are wall clock
# (1) or UTC (0).
DATES = ("published", "updated", "embargo", "ingested")
_DATE_COLUMNS = {date: tuple(f"{date}_{part}" for part in ("from", "to", "local")) for date in DATES}
NUMBER_COLUMNS = (*(column for columns in _DATE_COLUMNS.values() for column in columns), "words", "digest")


def document(article: Article, *, digest: int = 0) -> Document:
    """Return what the engine is to index for an article.

    Args:
        article: the article.
        digest: 64-bit signed fingerprint of what it was made from, by which an ingest tells that it is unchanged.
    """
    from morgue.index.document import Document

    words = len(article.headline.split()) + len(article.body.split())
    numbers = {"words": words, "digest": digest}
    for name in DATES[:-1]:
        published = getattr(article, name)
        if published is not None:
            _add_date(numbers, name, published)
    if article.origin.ingested:
        _add_date(numbers, DATES[-1], _instant(article.origin.ingested))
    return Document(
        id=article.id,
        headline=article.headline,
        body=article.body,
        language=article.language[:2].lower(),
        texts=_texts(article),
        values=_values(article),
        numbers=numbers,
        stored=to_stored(to_brief(article, words=words)),
    )


def _add_date(numbers: dict[str, int], name: str, published: Published) -> None:
    from morgue.wire.dates import bounds

    covered = bounds(published) if published.value else None
    if covered is not None:
        numbers.update(zip(_DATE_COLUMNS[name], map(int, covered), strict=True))


@lru_cache(maxsize=8)
def _instant(value: str) -> Published:
    return Published(value=value, precision="instant")


def _texts(article: Article) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    if article.byline:
        texts["byline"] = _names(article.byline)
    elif article.byline_raw:
        texts["byline"] = (article.byline_raw,)
    if article.contributors:
        texts["contributor"] = _names(article.contributors)
    if article.location or article.other_locations:
        texts["location"] = _place_texts(_places(article))
    for name in ("source", "slug", "note"):
        value = getattr(article, name)
        if value:
            texts[name] = (value,)
    if article.keywords:
        texts["keywords"] = article.keywords
    return texts


def _names(people: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


def _places(article: Article) -> tuple[Place, ...]:
    if not article.location:
        return article.other_locations
    return (article.location, *article.other_locations) if article.other_locations else (article.location,)


# The same few people and places stand over most articles: what they are indexed as is worked out once.
@lru_cache(maxsize=1 << 12)
def _place_texts(places: tuple[Place, ...]) -> tuple[str, ...]:
    """Every text by which the places of an article may be searched: as printed, then the countries' English names."""
    from morgue.wire.gazetteer.places import country_name

    if not places:
        return ()
    printed = [place.raw for place in places]
    names = _unique(country_name(place.country) for place in places if place.country)
    together = " ".join(printed).casefold()
    return (*printed, *(name for name in names if name and name.casefold() not in together))


def _values(article: Article) -> dict[str, tuple[str, ...]]:
    origin = article.origin
    values: dict[str, tuple[str, ...]] = {"status": (article.status,)}
    if article.byline:
        values["byline"] = _people(article.byline)
    if article.contributors:
        values["contributor"] = _people(article.contributors)
    if article.location or article.other_locations:
        for name, places in zip(("location", "region", "country"), _place_values(_places(article)), strict=True):
            if places:
                values[name] = places
    if article.source:
        values["source"] = (article.source,)
    if article.language:
        values["language"] = (article.language[:2].lower(),)
    if article.keywords:
        values["keywords"] = _unique(article.keywords)
    if origin.format:
        values["format"] = (origin.format,)
    if origin.path:
        values["path"] = (origin.path,)
    return values


@lru_cache(maxsize=1 << 12)
def _place_values(places: tuple[Place, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Cities, regions and countries as facets show them."""
    return (
        _unique(_display(place.city or place.raw) for place in places),
        _unique(_display(place.region) for place in places if place.region),
        _unique(place.country for place in places if place.country),
    )


@lru_cache(maxsize=1 << 12)
def _people(people: tuple[Person, ...]) -> tuple[str, ...]:
    return _unique(_display(person.name) for person in people)


def _unique(values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))  # type: ignore[call-overload]  # any iterable of str


@lru_cache(maxsize=1 << 14)
def _display(name: str) -> str:
    """A name in capitals as it would stand in a list: `NARA` -> `Nara`, `PAUL BYRNE` -> `Paul Byrne`."""
    return display_name(name) if name.isupper() and len(name) > 3 else name


def display_name(name: str) -> str:
    """Return a name printed in capitals in upper and lower case, word by word, also behind hyphens and apostrophes."""
    out: list[str] = []
    start = True
    for character in name:
        out.append(character if start else character.lower())
        start = not (character.isalpha() or character in "’'.") or (character in "’'" and len(out) == 2)
    return "".join(out)


def place_text(place: Place) -> str:
    """Return a place as a list would show it: `Nara, Japan`."""
    city, comma, rest = place.raw.partition(",")
    return _display(city) + comma + rest
