"""Places: which country a dateline's place lies in, and the parts of its name.

Order of belief (AP's rules, then the table of cities): a region or country given after the comma, the cities that
AP lets stand alone, capitals, names of countries, the largest city of that name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from morgue.model import Place
from morgue.wire.names import fold, table
from morgue.wire.regions import ALONE, NOWHERE, division_country, state_country

# Names of countries that wires print and CLDR does not, among them those of countries that have gone.
_COUNTRIES = {
    "us": "US", "usa": "US", "u s": "US", "u s a": "US", "united states of america": "US", "uk": "GB", "u k": "GB",
    "britain": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "uae": "AE", "u a e": "AE", "emirates": "AE", "west germany": "DE", "east germany": "DE", "frg": "DE", "gdr": "DE",
    "federal republic of germany": "DE", "soviet union": "RU", "ussr": "RU", "u s s r": "RU", "russian federation": "RU",
    "czechoslovakia": "CZ", "czech republic": "CZ", "yugoslavia": "RS", "serbia and montenegro": "RS", "burma": "MM",
    "zaire": "CD", "congo": "CG", "dr congo": "CD", "democratic republic of congo": "CD", "rep of congo": "CG",
    "democratic republic of the congo": "CD", "republic of congo": "CG", "republic of the congo": "CG",
    "ivory coast": "CI", "cote d ivoire": "CI", "upper volta": "BF", "ceylon": "LK", "persia": "IR", "siam": "TH",
    "east timor": "TL", "swaziland": "SZ", "macedonia": "MK", "holland": "NL", "the netherlands": "NL", "turkey": "TR",
    "turkiye": "TR", "cape verde": "CV", "the gambia": "GM", "the bahamas": "BS", "the philippines": "PH",
    "korea": "KR", "south korea": "KR", "north korea": "KP", "republic of korea": "KR", "rok": "KR", "dprk": "KP",
    "s korea": "KR", "n korea": "KP", "vatican": "VA", "holy see": "VA", "palestine": "PS", "palestinian territories": "PS",
    "palestinian territory": "PS", "west bank": "PS", "gaza strip": "PS", "gaza": "PS", "p r china": "CN", "prc": "CN",
    "people s republic of china": "CN", "republic of china": "TW", "bosnia": "BA", "bosnia herzegovina": "BA",
    "bosnia and herzegovina": "BA", "trinidad": "TT", "trinidad and tobago": "TT", "tahiti": "PF", "hawaii": "US",
    "puerto rico": "PR", "rhodesia": "ZW", "west berlin": "DE", "republic of ireland": "IE", "eire": "IE",
    "hongkong": "HK", "hong kong sar": "HK", "macao sar": "MO", "macau": "MO", "el salvador": "SV", "salvador": "SV", "abyssinia": "ET", "kosovo": "XK",
    "south africa": "ZA", "new zealand": "NZ", "n z": "NZ", "ksa": "SA", "kingdom of saudi arabia": "SA",
    "крым": "UA", "рф": "RU", "сша": "US", "великобритания": "GB", "белоруссия": "BY", "англия": "GB",
}  # fmt: skip
_COUNTRIES |= {"brd": "DE", "ddr": "DE", "grossbritannien": "GB", "ee uu": "US", "eeuu": "US", "etats unis": "US",
    "gran bretana": "GB", "inglaterra": "GB", "angleterre": "GB", "inghilterra": "GB", "olanda": "NL", "holanda": "NL",
    "espana": "ES", "brasil": "BR", "belgique": "BE", "suisse": "CH", "schweiz": "CH", "svizzera": "CH", "stati uniti": "US",
    "gb": "GB",
}  # fmt: skip

# Historic and other city names; the table has only what GeoNames lists as a main name.
_CITIES = {
    "peking": "CN", "canton": "CN", "bombay": "IN", "madras": "IN", "calcutta": "IN", "leningrad": "RU", "saigon": "VN",
    "rangoon": "MM", "constantinople": "TR", "danzig": "PL", "bonn": "DE", "sarajevo": "BA", "east berlin": "DE",
    "brunei": "BN", "kuwait": "KW", "hongkong": "HK", "gaza": "PS", "vatican city": "VA", "tel aviv": "IL",
    "ワシントン": "US", "ニューヨーク": "US", "워싱턴": "US", "뉴욕": "US", "华盛顿": "US", "華盛頓": "US", "纽约": "US", "紐約": "US",
    "вашингтон": "US", "нью иорк": "US", "واشنطن": "US", "نيويورك": "US",
    "camp david": "US", "capitol hill": "US", "wall street": "US", "dallas fort worth": "US", "the white house": "US",
    "guantanamo bay": "CU", "guantanamo bay naval base": "CU", "brasilia": "BR", "astana": "KZ", "ho chi minh": "VN",
    "salvador": "BR", "sao paulo": "BR", "washington d c": "US", "washington dc": "US", "london ont": "CA",
    "strasbourg": "FR", "cambridge": "GB", "davos": "CH", "cannes": "FR", "the hague": "NL", "gstaad": "CH",
    "hollywood": "US", "manhattan": "US", "brooklyn": "US", "queens": "US", "new york city": "US", "kabul": "AF",
    "sinai": "EG", "rafah": "PS", "khan younis": "PS", "khan yunis": "PS", "bethlehem": "PS", "hebron": "PS",
    "jenin": "PS", "nablus": "PS", "diego garcia": "IO", "panmunjom": "KR", "cape canaveral": "US",
    "basle": "CH", "zeebrugge": "BE", "brugge": "BE", "luxembourg": "LU", "luxemburg": "LU", "monte carlo": "MC", "nicosia": "CY", "lefkosa": "CY", "el aaiun": "EH",
}  # fmt: skip

_JOINT = re.compile(r"\s*/\s*|\s+(?:and|AND|&|und|et|y|e|og|och|en)\s+")
_ARABIC_COMMA = str.maketrans({"،": ",", "、": ",", "，": ","})


@lru_cache(maxsize=4096)
def country(name_or_code: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country given by code or name.

    Names may be in any language of the vendored table, abbreviated as wires do, or historic ("West Germany" -> "DE").
    Three-letter ISO codes of a few that feeds use are understood too.
    """
    text = name_or_code.strip()
    if len(text) == 2 and text.isascii() and text.isalpha() and text.upper() in _english():
        return text.upper()
    key = fold(text)
    if not key:
        return None
    if key in _COUNTRIES:
        return _COUNTRIES[key]
    if len(text) == 3 and text.isascii() and text.isupper():
        return _ISO3.get(text)
    return table("country_names.txt" if key.isascii() else "country_scripts.txt").get(key) or (
        None if key.isascii() else table("country_names.txt").get(key)
    )


# The alpha-3 codes that cannot be told from the first two letters, and the commonest ones that can.
_ISO3 = {
    "USA": "US", "GBR": "GB", "DEU": "DE", "FRA": "FR", "ITA": "IT", "ESP": "ES", "PRT": "PT", "NLD": "NL", "BEL": "BE",
    "CHE": "CH", "AUT": "AT", "SWE": "SE", "NOR": "NO", "DNK": "DK", "FIN": "FI", "ISL": "IS", "IRL": "IE", "POL": "PL",
    "CZE": "CZ", "SVK": "SK", "HUN": "HU", "ROU": "RO", "BGR": "BG", "GRC": "GR", "TUR": "TR", "RUS": "RU", "UKR": "UA",
    "BLR": "BY", "EST": "EE", "LVA": "LV", "LTU": "LT", "SRB": "RS", "HRV": "HR", "SVN": "SI", "BIH": "BA", "MKD": "MK",
    "ALB": "AL", "MNE": "ME", "CHN": "CN", "JPN": "JP", "KOR": "KR", "PRK": "KP", "TWN": "TW", "HKG": "HK", "IND": "IN",
    "PAK": "PK", "BGD": "BD", "LKA": "LK", "NPL": "NP", "AFG": "AF", "IRN": "IR", "IRQ": "IQ", "SYR": "SY", "LBN": "LB",
    "ISR": "IL", "PSE": "PS", "JOR": "JO", "SAU": "SA", "ARE": "AE", "QAT": "QA", "KWT": "KW", "OMN": "OM", "YEM": "YE",
    "EGY": "EG", "LBY": "LY", "TUN": "TN", "DZA": "DZ", "MAR": "MA", "ZAF": "ZA", "NGA": "NG", "KEN": "KE", "ETH": "ET",
    "SDN": "SD", "UGA": "UG", "TZA": "TZ", "GHA": "GH", "ZWE": "ZW", "CAN": "CA", "MEX": "MX", "BRA": "BR", "ARG": "AR",
    "CHL": "CL", "COL": "CO", "PER": "PE", "VEN": "VE", "ECU": "EC", "BOL": "BO", "URY": "UY", "PRY": "PY", "CUB": "CU",
    "HND": "HN", "GTM": "GT", "SLV": "SV", "NIC": "NI", "CRI": "CR", "PAN": "PA", "AUS": "AU", "NZL": "NZ", "IDN": "ID",
    "MYS": "MY", "SGP": "SG", "THA": "TH", "VNM": "VN", "PHL": "PH", "MMR": "MM", "KHM": "KH", "KAZ": "KZ", "UZB": "UZ",
}  # fmt: skip


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """Return code -> English name."""
    return {code: name for name, code in _english_lines()}


def _english_lines() -> list[tuple[str, str]]:
    from importlib.resources import files

    lines = files("morgue.wire").joinpath("data", "countries.txt").read_text(encoding="utf-8").splitlines()
    return [(name, code) for code, _, name in (line.partition("\t") for line in lines)]


def country_name(code: str) -> str:
    """Return the English name of a country ("JP" -> "Japan"); an unknown code comes back as it is."""
    return _english().get(code.upper(), code)


@lru_cache(maxsize=8192)
def city(name: str) -> tuple[str, str] | None:
    """Return `(country, how)` of a city named alone, `how` as in `Place.country_how`; None when it is unknown."""
    key = fold(name)
    if not key or key in NOWHERE:
        return None
    if key in ALONE:
        return ALONE[key], "ap-standalone"
    if found := table("capitals.txt").get(key):
        return found, "capital"
    if found := _CITIES.get(key):
        return found, "gazetteer"
    if found := country(name) if len(key) > 3 else None:
        return found, "stated"
    if found := table("cities.txt").get(key) or table("other_names.txt").get(key) or table("towns.txt").get(key):
        return found, "gazetteer"
    if not key.isascii() and (found := table("scripts.txt").get(key)):
        return found, "gazetteer"
    return None


def known(name: str) -> bool:
    """Return whether a name printed without date or agency can be taken for a place: a main name in the table."""
    key = fold(name)
    if len(key) < 3:
        return False
    return (
        key in ALONE
        or key in NOWHERE - {"undated", "internet", "online"}
        or key in table("capitals.txt")
        or key in _CITIES
        or key in table("cities.txt")
        or (not key.isascii() and key in table("scripts.txt"))
        or (len(key) > 3 and country(name) is not None)
    )


def region_country(name: str, town: str = "") -> str | None:
    """Return the country that a name behind a town's comma stands for: a state, a country or another division.

    `GA` is Georgia of the United States and `CA` California: behind a town, two letters are a state first, except a
    Swiss canton's where the town is Swiss.
    """
    code = name.strip().rstrip(".")
    if len(code) == 2 and town and division_country(code) == "CH" and (city(town) or ("", ""))[0] == "CH":
        return "CH"
    if found := state_country(name):
        # Georgia is a state and a country: the capital decides.
        if fold(name) == "georgia" and (city(town) or ("", ""))[0] == "GE":
            return "GE"
        return found
    return country(name) or division_country(name)


def _split_cities(text: str) -> list[str]:
    """Split a joint dateline's towns: WASHINGTON/LONDON, SAN FRANCISCO & TEL AVIV, PARIS and ROME, not Frankfurt/Main."""
    parts = [part.strip(" ,.") for part in _JOINT.split(text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and (known(text) or ("/" in text and city(parts[0]) and not city(parts[-1]))):
        return [text]
    return parts


def resolve(raw: str) -> tuple[Place, ...]:
    """Return the places that a dateline's place part names, the first one first; () for an empty text.

    >>> resolve("NARA, Japan")[0].country
    'JP'
    """
    text = " ".join(raw.translate(_ARABIC_COMMA).split()).strip(" ,;")
    if not text:
        return ()
    head, *rest = [part.strip() for part in text.split(",") if part.strip()] or [""]
    if not rest:
        head, rest = _split_state(head)
    towns = _split_cities(head)
    # Further towns may follow with commas before the last region: LONDON, PARIS and BERLIN.
    while rest and len(rest) >= 1 and _is_more_towns(rest[0], head):
        towns += _split_cities(rest.pop(0))
    places = [_place(text if index == 0 else town, town, rest) for index, town in enumerate(towns)]
    return tuple(places)


def _split_state(text: str) -> tuple[str, list[str]]:
    """Split a state off a town without a comma: `FARMINGTON Conn.`, `WASHINGTON DC`, `Chur GR`."""
    words = text.split(" ")
    for size in (2, 1):
        last = " ".join(words[-size:])
        if len(words) <= size or known(text):
            continue
        postal = len(last) == 2 and last.isupper() and (state_country(last) or division_country(last))
        written = last[0].isupper() and not last.isupper() and words[0].isupper() and state_country(last)
        if written or (
            postal and (state_country(last) == "US" or region_country(last, " ".join(words[:-size])) == "CH")
        ):
            return " ".join(words[:-size]), [last]
    return text, []


def _is_more_towns(part: str, head: str) -> bool:
    """Return whether what follows a comma is another town and not a region of the first."""
    if region_country(part, head):
        return False
    lowered = f" {part} "
    return part.isupper() and (" AND " in lowered or " & " in lowered or " and " in lowered or known(part))


def _place(raw: str, town: str, rest: list[str]) -> Place:
    region = ", ".join(rest) or None
    for part in reversed(rest):
        if found := region_country(part, town):
            how = "stated" if country(part) and not state_country(part) else "region"
            if len(rest) == 1 and how == "stated":
                region = None if False else part
            return Place(raw=raw, city=town or None, region=_region_only(rest), country=found, country_how=how)
    found_city = city(town)
    code, how = found_city or (None, "")
    return Place(raw=raw, city=town or None, region=region, country=code, country_how=how)


def _region_only(rest: list[str]) -> str | None:
    """Return the state or division among the parts behind a town, without the country's own name."""
    parts = [part for part in rest if state_country(part) or not country(part)]
    return ", ".join(parts) or None
