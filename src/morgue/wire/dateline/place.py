"""The place in a dateline's head: which words can be one, and how much other evidence it needs."""

from __future__ import annotations

import re

from morgue.lexicon import AND, BY, NOT_PLACES, OFFICES, PLACE_PARTICLES, TITLES, either, spelled, words
from morgue.wire.gazetteer import places
from morgue.wire.names import fold
from morgue.wire.names import words as listed

_BAD = re.compile(r"""[\d!?;:"“”„«»$%@#*+=<>{}\[\]()|\\]""")
_PREFIXED = re.compile(r"(?:Mc|Mac|De|La|Le|Du|D'|O'|al|El|Van)['’]?[A-Z]{2,}[A-Z'’]*")
_STATE = re.compile(r"[A-Z]{2}|(?:[A-Z][a-z]{0,4}\.\s?){1,2}")
_TITLED = re.compile(
    rf"(?:{either(spelled(words(BY, 'en', 'de', 'fr', 'es'), str.title), TITLES, OFFICES)}"
    r"|BY|In|From|At|With|Senator|Congress(?:wo)?man|U\.S)\b"
)
_JOINT = re.compile(rf"\s*/\s*|\s+(?:{either(words(AND, 'en'))}|AND|&)\s+")
PARTICLES = frozenset(PLACE_PARTICLES)
_NOT_PLACES = frozenset(words(NOT_PLACES))
# Names in the table of cities that are common words too: they need more than capitals and a dash.
_WORDS_TOO = listed(
    """
    acre airport alliance along anew angers anyi as bank banning bar bath battle bay bear begun bell bend best bona
    bone bono boom borne bow brick bury butterfly buy caller can cat centennial central champlin cheng cocoa coin
    come commerce commonwealth concord condado corona crystal dar date deal defiance delta derby dig dinar dire dome
    drama dual eagle eden elk enterprise erode esperanza este evergreen fate federal fishers fleet forest frontera
    gap gay genes gente goes gold golden green hang hire hit ho holiday hook hope hub hull humble hurricane ina
    independence is justicia keystone kilo largo latina lend lens liberal libertad liberty limo lion lira lista
    logos lone luck male man manage manning march marina marks mentor metro mile mine mission mobile most much nada
    name nan nica nice normal of officer opera opportunity oral orange orchards pace para paramount pare parole pau
    peer pen pest pets plantation plaque plunge police pop pristine pueblo punch reading republic reservoir rest
    retiro retreat rich roles sake sale salt same san savage save say sedan semi shaping shoreline solo soul split
    spring sterling sue sulphur summit sunset superior sur surprise tank tape tema temple terminus than tienen time
    tire to tomar torn torrent tour tours ufa una union universidad university upland valley van wean wedding wil
    young
    """
)


def is_capitals(city: str) -> bool:
    """Return whether a city is printed in capitals; small particles and Mc/Mac/De/La prefixes are allowed."""
    if city.isupper():
        return True
    big = 0
    for word in city.replace("/", " ").replace("-", " ").split():
        if not any(c.islower() for c in word):
            big += any(c.isalpha() for c in word)
        elif word in PARTICLES:
            continue
        elif not _PREFIXED.fullmatch(word):
            return False
        else:
            big += 1
    return big > 0


def is_titled(city: str) -> bool:
    """Return whether a city is printed in upper and lower case: every word but particles begins with a capital."""
    parts = city.replace("/", " ").split()
    return (
        bool(parts)
        and not parts[0][0].islower()
        and all(not word[0].islower() or word.lower() in PARTICLES or word[1:2] in ("'", "’") for word in parts)
    )


def region_known(place: str) -> bool:
    """Return whether a known state, country or other division follows a comma."""
    city, comma, rest = place.replace("،", ",").partition(",")
    return bool(comma) and any(places.region_country(part.strip(), city) for part in rest.split(",") if part.strip())


def known(city: str) -> bool:
    """Return whether the table has a city, or each of the cities of a joint dateline."""
    if places.known(city):
        return True
    parts = _JOINT.split(city)
    return len(parts) > 1 and all(places.known(part) for part in parts if part)


def located(city: str) -> bool:
    """Return whether a table has the city's country, under this name or another."""
    return any(places.city(part) for part in _JOINT.split(city) if part)


def is_place(text: str, *, sure: bool, dated: bool, agency: str, sep: str) -> bool:
    """Decide whether the words before date and agency are a place.

    Args:
        sure: a known agency follows. dated: a day follows. agency: a known or unknown agency, or "".
        sep: the separator's text.
    """
    if len(text) > 110 or _BAD.search(text):
        return False
    city, *regions = [part.strip() for part in text.replace("،", ",").split(",")]
    regions = [part for part in regions if part]
    if not regions:
        city, regions = places.split_state(city)
        if regions[1:] == ["Switzerland"] and not (sure or located(city)):
            return False  # Testa Holding AG: a company, not a town in the canton
    if len(city) < 2 or not city[0].isalpha() or len(city.split()) > 8 or len(regions) > 4:
        return False
    if any(not is_titled(part.removeprefix("the ")) or len(part.split()) > 5 for part in regions) or stopped(city):
        return False
    capitals = is_capitals(city)
    if _TITLED.match(city) or (not capitals and not is_titled(city)):
        return False
    if capitals and (sure or dated):
        return True
    region = bool(regions) and any(places.region_country(part, city) for part in regions)
    if sure or dated:
        return len(city.split()) <= 5 and (sure or region or located(city))
    if agency:
        return region or known(city)
    return _is_undated_place(city, regions, capitals=capitals, region=region, sep=sep)


def stopped(city: str) -> bool:
    """Return whether capitals are a label (UPDATE, FACTBOX, MONDAY) and not a place."""
    key = fold(city)
    return key.replace(" ", "") in _NOT_PLACES or all(word in _NOT_PLACES for word in key.split())


def _is_undated_place(city: str, regions: list[str], *, capitals: bool, region: bool, sep: str) -> bool:
    """Decide about a place with neither date nor agency: it needs the table of cities or a known region."""
    if region:
        return capitals or located(city) or (_STATE.fullmatch(regions[0]) is not None)
    if sep[0] in ":：":
        return not regions and known(city) and places.country(city) is None
    if regions:
        return capitals and known(city) and not _country_only(city) and all(len(part.split()) < 3 for part in regions)
    if fold(city) in _WORDS_TOO or _country_only(city):
        return False
    if known(city):
        return True
    if len(city) < 4 or not located(city):
        return False
    # A town under a name or of a size that the first table does not have.
    return sep == ".-" or (capitals and (sep[0] in "—–―─" or (len(city) > 5 and " " not in city)))


def _country_only(city: str) -> bool:
    """Return whether a name is a country's and not a town's: "CHINA - The giant" is a headline's beginning."""
    found = places.city(city)
    return found is not None and found[1] == "stated"
