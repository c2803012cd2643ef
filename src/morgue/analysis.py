"""Text to words to index terms: the one place that says what a word is.

A *surface* is a word as printed ("Reports"). Folding it ("reports") forgets case, accents and the apostrophe's shape.
Its *key* is what it is indexed under ("report"): the folded word without a possessive, stemmed in the article's
language. Index and query both go through here, so that what is typed meets what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Han, kana and the like are written without spaces: every character is a word, and a query of several is a phrase.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

# An acronym with dots (U.S.), a number with its separators (1,000.5), a word with inner apostrophes (don't), or one
# character of an unspaced script.
WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)*(?![^\W\d_])|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*"
)

# ISO 639-1 codes with a Snowball stemmer.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def surfaces(text: str) -> list[str]:
    """Return the words of a text as printed, in order."""
    return WORD.findall(text)


@lru_cache(maxsize=1 << 17)
def fold(surface: str) -> str:
    """Return a word without case, compatibility forms, accents and typographic apostrophes ("Café’s" -> "cafe's")."""
    if surface.isascii():
        return surface.lower()
    text = unicodedata.normalize("NFKC", surface).casefold().replace("’", "'")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=32)
def _stemmer(language: str):  # type: ignore[no-untyped-def]
    import Stemmer

    name = STEMMERS.get(language, "english" if not language else "")
    return Stemmer.Stemmer(name).stemWord if name in Stemmer.algorithms() else None


def key(surface: str, language: str = "en", *, stem: bool = True) -> str:
    """Return the index key of a word.

    Args:
        surface: the word as printed or typed.
        language: ISO 639-1 code of the text; "" counts as English; a language without a stemmer is only folded.
        stem: False for names (bylines, places), which are folded but not stemmed.
    """
    folded = fold(surface)
    if folded.endswith("'s"):
        folded = folded[:-2]
    if folded[0].isdigit():
        return folded.replace(",", "")
    if "." in folded:
        return folded.rstrip(".")
    if not stem:
        return folded
    stemmer = _stemmer(language)
    return stemmer(folded) if stemmer else folded  # type: ignore[no-any-return]
