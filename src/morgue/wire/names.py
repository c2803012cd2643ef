"""Folding of names for look-ups, and loading of the vendored tables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_PUNCTUATION = re.compile(r"[\s.,'’`´ʻʼ\-‐‑–/()\"]+")
_DIGIT = re.compile(r"\d")
_CACHED_UP_TO = 80  # characters of a name
SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def fold(name: str) -> str:
    """Return a name as it is looked up: lower case, without accents and punctuation, "St." and "Ft." spelt out.

    >>> fold("ST. LOUIS"), fold("São Paulo"), fold("N.Y.")
    ('saint louis', 'sao paulo', 'n y')
    """
    return _recurring(name) if len(name) <= _CACHED_UP_TO else _folded(name)


def _folded(name: str) -> str:
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in name if not unicodedata.combining(c))
        name = (
            unicodedata.normalize("NFC", name).replace("ø", "o").replace("Ø", "o").replace("ł", "l").replace("Ł", "l")
        )
    words = _PUNCTUATION.sub(" ", name.casefold()).split()
    if words and words[0] in SHORT and len(words) > 1:
        words[0] = SHORT[words[0]]
    return " ".join(words)


_recurring = lru_cache(maxsize=8192)(_folded)


def lowered(text: str) -> str:
    """Return a text in lower case, of the same length, as a regular expression with IGNORECASE compares it."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").replace("ı", "i").replace("ſ", "s").lower()


def has_digit(text: str) -> bool:
    """Return whether a text holds a digit of any script, superscripts included."""
    return bool(_DIGIT.search(text)) or (not text.isascii() and any(c.isdigit() for c in text))


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is easier to read as a text."""
    return frozenset(text.split())


def lines(name: str) -> list[str]:
    """Return the lines of a vendored file."""
    from importlib.resources import files

    return files("morgue.wire").joinpath("data", name).read_text(encoding="utf-8").splitlines()


@cache
def table(name: str) -> dict[str, str]:
    """Return a vendored table as folded name -> value.

    The files hold lines of `value TAB name;name;…` (see tools/build_places.py).
    """
    found: dict[str, str] = {}
    for line in lines(name):
        value, _, names = line.partition("\t")
        for key in names.split(";"):
            found[key] = value
    return found
