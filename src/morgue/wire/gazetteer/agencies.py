"""News agencies and wires: how datelines and credits name them, and the desks that their systems give for a place."""

from __future__ import annotations

import re
from functools import lru_cache

from morgue.wire.names import SHORT, fold, lines, words

# Places that an agency's system writes into `located` by default; they are ignored there.
DESKS = {
    "reuters": frozenset({"bangalore", "bengaluru"}),
    "ap": frozenset({"new york"}),
}

_SPLIT = re.compile(r"[\s/,&+=·|-]+")
# Names that mean an agency only in brackets, slashes or alone, and never as a word behind others.
_AMBIGUOUS = words(
    """
    trend nova beta mia map tap ana ina ata sita sta mehr fars nan staff agence newsroom pa ep ins uni app ats ots
    sid abi aa cp apa mna tna pna cna gna ena kna bna ona qna spa wam aps nna agencies stt fana petra
    arka jis acn aim rna sbs aki walta birn kabar angop rthk mia مهر فارس
    """
)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {fold(name): name for name in spellings()}


@lru_cache(maxsize=1)
def spellings() -> frozenset[str]:
    """Return the agencies' names as they spell them."""
    return frozenset(lines("agencies.txt"))


def parts() -> frozenset[str]:
    """Return the words of the agencies' names, folded, and the short forms that `fold` spells out."""
    return frozenset(word for name in _names() for word in name.split()) | SHORT.keys()


@lru_cache(maxsize=4096)
def known(text: str) -> bool:
    """Return whether a text in brackets or slashes is an agency, or one beside initials ("dpa/lni", "ats afp")."""
    if len(text) > 60:
        return False
    names = _names()
    if fold(text) in names:
        return True
    parts = [part for part in _SPLIT.split(text) if part]
    return 1 < len(parts) <= 4 and any(fold(part) in names for part in parts)


@lru_cache(maxsize=4096)
def bare(text: str) -> bool:
    """Return whether words without brackets (`AFP`, `Reuter`, `РИА Новости`) are surely an agency."""
    key = fold(text)
    return key in _names() and key not in _AMBIGUOUS and (not text.isascii() or not text.islower() or key == "dpa")


def organisation(text: str) -> bool:
    """Return whether a text is the name of an agency or wire, whole."""
    return fold(text) in _names()


def is_desk(source: str, city: str) -> bool:
    """Return whether a city in a structured field is only the desk that the system of `source`, an agency, fills in."""
    key = fold(source)
    return any(fold(city) in cities for agency, cities in DESKS.items() if agency == key or agency in key.split())
