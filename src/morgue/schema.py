"""Article to index document: texts that are searched word by word, value and number columns, the stored record.

Which field is indexed how is declared in fields.py; here it is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from morgue.errors import IndexOutdated, IndexTooNew
from morgue.fields import SCHEMA_VERSION, names
from morgue.json_record import to_brief, to_stored
from morgue.model import Article, Person, Place, Published

if TYPE_CHECKING:
    from morgue.index.document import Document
    from morgue.json_types import Json


def settings() -> dict[str, int]:
    """Return the settings that a new index records: {"schema": SCHEMA_VERSION}."""
    return {"schema": SCHEMA_VERSION}


def check_settings(settings: Mapping[str, Json], path: object) -> None:
    """Refuse an index that was made under another schema.

    Args:
        settings: of the index, JSON values. path: of the index, for the message.

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


# A date is three number columns: the first and the last second that it covers, and whether they are wall clock (1) or
# UTC (0).
_DATES = names(lambda field: field.column == "date" and field.shape == "date")
_DATE_COLUMNS = {name: tuple(f"{name}_{part}" for part in ("from", "to", "local")) for name in (*_DATES, "ingested")}
# Texts of an article that are indexed as they are: word by word, and as a value.
_TEXTS = names(lambda field: field.words and field.shape == "text")
_VALUES = names(lambda field: field.column == "value" and field.shape == "text" and field.name != "language")


def document(article: Article, *, digest: int = 0) -> Document:
    """Return what the engine is to index for an article.

    Args:
        article: the article.
        digest: 64-bit signed fingerprint of what the article was made from; an ingest compares it to skip what is
            unchanged.
    """
    from morgue.index.document import Document

    words = article.words
    numbers = {"words": words, "digest": digest}
    for name in _DATES:
        published = getattr(article, name)
        if published is not None:
            _add_date(numbers, name, published)
    if article.origin.ingested:
        _add_date(numbers, "ingested", _instant(article.origin.ingested))
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
    for name in _TEXTS:
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


# The same few people and places recur in most articles: their texts and values are cached.
@lru_cache(maxsize=1 << 12)
def _place_texts(places: tuple[Place, ...]) -> tuple[str, ...]:
    """Return the texts that find an article by its places: as printed, then the countries' English names."""
    from morgue.wire.gazetteer.places import country_name

    if not places:
        return ()
    printed = [place.raw for place in places]
    names = _unique(country_name(place.country) for place in places if place.country)
    together = " ".join(printed).casefold()
    return (*printed, *(name for name in names if name and name.casefold() not in together))


def _values(article: Article) -> dict[str, tuple[str, ...]]:
    origin = article.origin
    values: dict[str, tuple[str, ...]] = {}
    for name in _VALUES:
        value = getattr(article, name)
        if value:
            values[name] = (value,)
    if article.byline:
        values["byline"] = _people(article.byline)
    if article.contributors:
        values["contributor"] = _people(article.contributors)
    if article.location or article.other_locations:
        for column, places in zip(("location", "region", "country"), _place_values(_places(article)), strict=True):
            if places:
                values[column] = places
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
    """Return cities, regions and countries as facets show them."""
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
    """Return a name in capitals as a list shows it: `NARA` -> `Nara`, `PAUL BYRNE` -> `Paul Byrne`."""
    return display_name(name) if name.isupper() and len(name) > 3 else name


def display_name(name: str) -> str:
    """Return a name printed in capitals in upper and lower case, word by word, also behind hyphens and apostrophes."""
    out: list[str] = []
    start = True
    for character in name:
        out.append(character if start else character.lower())
        start = not (character.isalpha() or character in "’'.") or (character in "’'" and len(out) == 2)
    return "".join(out)
