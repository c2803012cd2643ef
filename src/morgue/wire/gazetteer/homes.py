"""A national agency's own country: taken for towns that are in no table or have larger namesakes abroad."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from morgue.model import Place
from morgue.wire.names import fold, lines, table

_AGENCIES = "agency_homes.txt"  # edited manually: agencies that report mostly from one country
_TOWNS = "home_towns.txt"  # edited manually: towns with larger namesakes abroad, under their country


@lru_cache(maxsize=1024)
def country(agency: str) -> str | None:
    """Return the country that an agency mostly reports from ("dpa/lni" -> "DE"), None for one of the whole world."""
    homes = table(_AGENCIES)
    if found := homes.get(fold(agency)):
        return found
    parts = [part for part in re.split(r"[\s/,+=]+", agency) if part]
    return next((found for part in parts[:4] if (found := homes.get(fold(part)))), None)


def at_home(place: Place, agency: str) -> Place:
    """Return a place with the agency's country where the copy and the tables leave it open."""
    if place.country_how not in ("gazetteer", "") or not place.city or not agency:
        return place
    home = country(agency)
    if home is None or place.country == home:
        return place
    if not place.region and fold(place.city) in _namesakes(home):
        return replace(place, country=home, country_how="agency")
    return place


@lru_cache(maxsize=64)
def _namesakes(home: str) -> frozenset[str]:
    found = (line.partition("\t") for line in lines(_TOWNS))
    return frozenset(name for code, _, names in found if code == home for name in names.split(";"))
