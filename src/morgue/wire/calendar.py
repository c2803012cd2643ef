"""Names of months and weekdays in the languages that wires write."""

from __future__ import annotations

from functools import cache

from morgue.wire.names import fold, table

# What newsrooms abbreviate and CLDR does not list.
_MONTHS = {
    "sept": 9, "sett": 9, "okt": 10, "dez": 12, "mrz": 3, "maerz": 3, "jaen": 1, "jan": 1, "jaenner": 1, "janner": 1,
    "feber": 2, "genn": 1, "febb": 2, "magg": 5, "giugn": 6, "lugl": 7, "agos": 8, "setiembre": 9, "setbre": 9,
    "janv": 1, "fevr": 2, "juil": 7, "aout": 8, "dec": 12, "mars": 3, "avr": 4, "kolovoza": 8, "июля": 7, "сен": 9,
    "januarja": 1, "februarja": 2, "junija": 6, "julija": 7, "avgusta": 8, "oktobra": 10,
    "birzelio": 6, "rugpjucio": 8, "vasario": 2, "sausio": 1, "kovo": 3, "liepos": 7, "gruodzio": 12,
}  # fmt: skip
_MONTHS |= {
    # Levantine and Maghreb names of the months beside the ones CLDR gives.
    "كانون الثاني": 1, "شباط": 2, "اذار": 3, "نيسان": 4, "ايار": 5, "حزيران": 6, "تموز": 7, "اب": 8, "ايلول": 9,
    "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الاول": 12, "جانفي": 1, "فيفري": 2, "افريل": 4, "ماي": 5, "جوان": 6,
    "جويلية": 7, "اوت": 8, "اغشت": 8,
}  # fmt: skip

_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip


@cache
def _months() -> dict[str, int]:
    return _MONTHS | {name: int(number) for name, number in table("months.txt").items()}


@cache
def _weekdays() -> dict[str, int]:
    return {name: int(number) for name, number in table("weekdays.txt").items()} | _SHORT_WEEKDAYS


@cache
def month(name: str) -> int:
    """Return 1..12 for the name of a month in any language of the table ("Okt", "juil.", "января"), else 0."""
    return _months().get(fold(name), 0)


@cache
def weekday(name: str) -> int:
    """Return 0 (Monday) .. 6 for the name of a weekday in any language of the table, else -1."""
    return _weekdays().get(fold(name), -1)


def names_of_days_and_months() -> frozenset[str]:
    """Return every word of the names of months and weekdays, folded."""
    return frozenset(word for name in (*_months(), *_weekdays()) for word in name.split())
