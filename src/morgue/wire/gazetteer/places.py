"""Places: the country of a dateline's place, and the parts of its name.

Order of precedence (AP's rules, then the table of cities): a region or country given after the comma, the cities that
AP prints without a country, capitals, names of countries, the largest city of that name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from morgue.model import Place
from morgue.wire.gazetteer.regions import NOWHERE, alone, division_country, state_country
from morgue.wire.names import fold, lines, table

# Names that wires print and GeoNames and CLDR do not list, or rank otherwise: abbreviations, countries and cities that
# have been renamed or have gone. Edited manually, unlike the tables that tools/build_places.py makes.
_MORE_COUNTRIES = "country_names_more.txt"
_MORE_CITIES = "cities_more.txt"

_OTHER_COMMAS = str.maketrans({"،": ",", "、": ",", "，": ","})


@lru_cache(maxsize=4096)
def country(name_or_code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country given by code or name.

    Names may be in any language of the vendored table, abbreviated as wires do, or historic ("West Germany" -> "DE").
    The three-letter codes that feeds use are understood too.
    """
    text = name_or_code.strip()
    if len(text) == 2 and text.isascii() and text.isalpha() and text.upper() in _english():
        return text.upper()
    key = fold(text)
    if not key:
        return None
    if found := table(_MORE_COUNTRIES).get(key):
        return found
    if len(text) == 3 and text.isascii() and text.isupper():
        return table("alpha3.txt").get(text)
    return table("country_names.txt" if key.isascii() else "country_scripts.txt").get(key) or (
        None if key.isascii() else table("country_names.txt").get(key)
    )


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """Return code -> English name."""
    return {code: name for code, _, name in (line.partition("\t") for line in lines("countries.txt"))}


def country_name(code: str) -> str:
    """Return the English name of a country ("JP" -> "Japan"); an unknown code comes back as it is."""
    return _english().get(code.upper(), code)


@lru_cache(maxsize=8192)
def city(name: str) -> tuple[str, str] | None:
    """Return `(country, how)` of a city named alone, `how` as in `Place.country_how`; None when it is unknown."""
    key = fold(name)
    if not key or key in NOWHERE:
        return None
    if key in alone():
        return alone()[key], "ap-standalone"
    if found := table("capitals.txt").get(key):
        return found, "capital"
    if found := table(_MORE_CITIES).get(key):
        return found, "gazetteer"
    if found := country(name) if len(key) > 3 else None:
        return found, "stated"
    if found := table("cities.txt").get(key) or table("other_names.txt").get(key) or table("towns.txt").get(key):
        return found, "gazetteer"
    if not key.isascii() and (found := table("scripts.txt").get(key) or _municipal(key) or _behind_country(key)):
        return found, "gazetteer"
    return None


def _municipal(key: str) -> str | None:
    """Return the country of a Chinese or Japanese city that the table lists with its rank: 横浜 as 横浜市."""
    if key[0] < "\u2e7f" or not 2 <= len(key) <= 4:
        return None
    cities = table("scripts.txt")
    return next((found for rank in "市縣县區" if (found := cities.get(key + rank))), None)


def _behind_country(key: str) -> str | None:
    """Return the country of a city that a Chinese or Japanese text writes behind its country or state: 印尼雅加达."""
    if key[0] < "\u2e7f" or len(key) < 4:
        return None
    cities = table("scripts.txt")
    return next((found for size in (2, 3, 4) if (found := cities.get(key[size:]))), None)


def known(name: str) -> bool:
    """Return whether a name printed without date or agency can be taken for a place: a main name in the table."""
    key = fold(name)
    if len(key) < 3:
        return False
    return (
        key in alone()
        or key in NOWHERE - {"undated", "internet", "online"}
        or key in table("capitals.txt")
        or key in table(_MORE_CITIES)
        or key in table("cities.txt")
        or (not key.isascii() and key in table("scripts.txt"))
        or (len(key) > 3 and country(name) is not None)
    )


def region_country(name: str, town: str = "") -> str | None:
    """Return the country of a name behind a town's comma: a state, a country or another division."""
    return _region(name, town)[0]


@lru_cache(maxsize=4096)
def _region(name: str, town: str) -> tuple[str | None, str]:
    """Return `(country, how)` for the text behind a town.

    Two letters are a state first (`CA`, `GA`), except a Swiss canton's where the town is Swiss; Georgia is a state
    unless the town is the country's.
    """
    code = name.strip().rstrip(".")
    if len(code) == 2 and town and division_country(code) == "CH" and (city(town) or ("", ""))[0] == "CH":
        return "CH", "region"
    if found := state_country(name):
        if fold(name) == "georgia" and (city(town) or ("", ""))[0] == "GE":
            return "GE", "stated"
        return found, "region"
    if found := country(name):
        return found, "stated"
    found = division_country(name)
    return found, "region" if found else ""


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what separates towns, and what separates towns that have regions of their own behind a comma."""
    # A search imports this module for countries; the lexicon is not loaded then.
    from morgue.lexicon import AND, AND_OR_NAME, either, words

    between_regions = either(words(AND, "en", "de", "fr"), words(AND_OR_NAME, "es"))
    between_towns = either(words(AND, "sv", "no"), words(AND_OR_NAME, "nl"))
    return (
        re.compile(rf"\s*/\s*|\s+(?:{between_regions}|{between_towns}|AND|&)\s+"),
        re.compile(rf"\s+(?:{between_regions}|AND|&)\s+|\s*;\s*"),
    )


def _split_cities(text: str) -> list[str]:
    """Split a joint dateline's towns: WASHINGTON/LONDON, SAN FRANCISCO & TEL AVIV, but not Frankfurt/Main."""
    parts = [part.strip(" ,.") for part in _joints()[0].split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and (known(text) or ("/" in text and city(parts[0]) and not city(parts[-1]))):
        return [text]
    return parts


def resolve(raw: str) -> tuple[Place, ...]:
    """Return the places that a dateline's place part names, the first one first; () for an empty text.

    The first place's `raw` is the whole text. A region behind a joint dateline is the last town's, and the others' too
    where nothing else is known of them.

    >>> resolve("NARA, Japan")[0].country
    'JP'
    """
    text = " ".join(raw.split()).strip(" ,;")
    parts = [part.strip() for part in text.translate(_OTHER_COMMAS).split(",") if part.strip()]
    if not parts:
        return ()
    if len(segments := _joints()[1].split(text)) > 1 and _each_has_region(segments):
        places = [place for segment in segments for place in resolve(segment)]
        return (replace(places[0], raw=text), *places[1:])
    head, rest = parts[0], parts[1:]
    if not rest:
        head, rest = split_state(head)
    towns = _split_cities(head)
    while rest and _is_more_towns(rest[0], head):
        towns += _split_cities(rest.pop(0))
    last = len(towns) - 1
    found = tuple(
        _place(text if number == 0 else town, town, rest, last=number == last) for number, town in enumerate(towns)
    )
    if rest[-1:] == ["Switzerland"] and "Switzerland" not in text:  # a canton said so, not the text
        return tuple(replace(place, country_how="region") for place in found)
    return found


def _each_has_region(segments: list[str]) -> bool:
    """Return whether all but the last part of a joint dateline have regions of their own: `OSLO, Norway and …`."""
    halves = [segment.partition(",") for segment in segments]
    return all(town.strip() for town, _, _ in halves) and all(
        region.strip() and region_country(region.strip(), town) for town, _, region in halves[:-1]
    )


def split_state(text: str) -> tuple[str, list[str]]:
    """Split a state off a town without a comma: `FARMINGTON Conn.`, `WASHINGTON DC`, `Chur GR`."""
    words = text.split(" ")
    if len(words) < 2 or not (words[-1].endswith(".") or words[-1].isupper() or words[0].isupper()):
        return text, []
    for size in (2, 1):
        last = " ".join(words[-size:])
        if len(words) <= size or known(text):
            continue
        if len(last) == 2 and words[0].istitle() and division_country(last) == "CH" and not state_country(last):
            return " ".join(words[:-size]), [last, "Switzerland"]  # as the Swiss agency writes; GR alone is Greece
        postal = len(last) == 2 and last.isupper() and (state_country(last) or division_country(last))
        written = last[0].isupper() and not last.isupper() and words[0].isupper() and state_country(last)
        if written or (
            postal and (state_country(last) == "US" or region_country(last, " ".join(words[:-size])) == "CH")
        ):
            return " ".join(words[:-size]), [last]
    return text, []


def _is_more_towns(part: str, head: str) -> bool:
    """Return whether what follows a comma is another town and not a region of the first: LONDON, PARIS and BERLIN."""
    towns = _split_cities(part)
    return part[:2].isupper() and not region_country(part, head) and all(known(town) for town in towns)


def _place(raw: str, town: str, rest: list[str], *, last: bool) -> Place:
    by_itself = city(town)
    if not last and by_itself and by_itself[1] in ("ap-standalone", "capital", "stated"):
        return Place(raw=raw, city=town, country=by_itself[0], country_how=by_itself[1])
    for part in reversed(rest):
        code, how = _region(part, town)
        if code:
            return Place(raw=raw, city=town, region=_without_country(rest, code), country=code, country_how=how)
    code, how = by_itself or (None, "")
    return Place(raw=raw, city=town, region=", ".join(rest) or None, country=code, country_how=how)


def _without_country(rest: list[str], code: str) -> str | None:
    """Return the state or division among the parts behind a town, without the country's own name."""
    return ", ".join(part for part in rest if country(part) != code or state_country(part) == code) or None
