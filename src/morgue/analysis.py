"""Text to words to index terms: the definition of a word.

A *surface* is a word as printed ("Reports"). Folding it ("reports") removes case, width, accents, invisible characters
and the apostrophe's shape. Its *key* is what it is indexed under ("report"): the folded word without a possessive and
without an acronym's dots, stemmed in the article's language. Index and query are both analysed here, so that a
typed word matches a stored one; a typed word that holds several words of a text (`AT&T`, `C-130`, `10:30`, a URL) is a
phrase of them.

What a word is:

- letters with the digits and accents that follow: `covid19`, `F16`, `naïve` (also with the accent a character apart);
- with apostrophes and invisible characters inside: `don't`, `shi’ite`, a soft hyphen or zero-width space amid a word;
- what is elided before a word, and the word, in any language: `l’ | Union`, `dell’ | arte`, `qu’ | on`, `O’ | Brien`;
- an acronym with dots: `U.S.`, `p.m.`, `U.S.A` (at least two single letters);
- a number with its separators and what is glued to it: `1,000`, `2.5`, `16s`, `1990's`, `3rd`, `1.5bn`, `10.0.0.1`;
- one character of a script written without spaces (Han, kana, Thai, Lao, Khmer, Burmese), with its vowel signs, or of
  Korean, whose particles are written onto the word.

Hyphens, slashes, colons, `&`, `@`, `_` and everything else separate words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from morgue.languages import LANGUAGES

if TYPE_CHECKING:
    import Stemmer

MAX_RUN = 255
"""Most letters or digits in a row that are one word; longer runs (base64) are cut into several."""

MAX_KEY = 200
"""Most characters of a key; a longer one is cut."""

_MAX_DESIGNATION = 4  # characters of a designation's number in the plural

LANGUAGE_MARK = "\x1f"
"""Separates stem and language in the keys of languages other than English; occurs in no word."""

# ASCII replacements of other characters while words are found (see `_shadow`): besides these three, letters become "x",
# digits "0", everything else a space.
_UNSPACED = "\x01"
_MARK = "\x02"
_JOINER = "\x03"

# What is elided before a word, or opens a name, in any language: the apostrophe behind it separates words.
_ELIDED = """
    l d j m t s n c v o qu gl un ch dell all nell sull dall coll quell quest sant bell tutt cent senz anch nessun
    jusqu lorsqu puisqu quoiqu quelqu presqu
"""
# At an apostrophe: none behind such a word that at least two letters follow.
_GUARD = (
    "(?=[{a}])(?!(?:"
    + "|".join(
        rf"(?<=(?<![A-Za-z0-9])(?<![A-Za-z0-9]')[{word[0].upper()}{word[0]}]{word[1:]})" for word in _ELIDED.split()
    )
    + "|".join(("", *(rf"(?<=(?<![A-Za-z0-9]){word.upper()})" for word in _ELIDED.split() if len(word) > 1)))
    + ")'{w}{w})"
)

_WORD = r"""
    [A-Za-z]
    (?: {m} \.[A-Za-z]{m} (?: \.[A-Za-z]{m} ){{0,16}} (?!{w}) \.?          # U.S., p.m.
      | {w}{{1,255}}+ (?: GUARD [{a}]{{1,3}}+ {w}{{1,255}}+ ){{0,8}}+       # covid19, don't
      | (?: GUARD [{a}]{{1,3}}+ {w}{{1,255}}+ ){{0,8}}+                     # shi'ite, a
    )
  | [0-9]{{1,255}}+ (?: ,[0-9]{{3}}(?![0-9]) | \.[0-9]{{1,255}} ){{0,16}}+  # 1,000.5
    (?: {w}{{1,255}}+ )?+ (?: [{a}]{w}{{1,255}}+ )?+                        # 16s, 1990's
""".replace("GUARD", _GUARD)
_ASCII = re.compile(_WORD.format(w="[A-Za-z0-9]", a="'", m=""), re.VERBOSE)

_APOSTROPHES = "'’‘‛＇´ʼ"
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

# Code points of scripts written without spaces between words.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3021, 0x3029), (0x303B, 0x303B),
    (0x3040, 0x30FF), (0x3100, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x20000, 0x323AF),
    (0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3),
)  # fmt: skip

# Typographic characters that English copy is full of: each becomes one ASCII character, so that most texts need
# nothing more.
_TYPOGRAPHY = (
    ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "), ("…", " "), ("•", " "),
)  # fmt: skip

# ISO 639-1 code -> Snowball stemmer; -> articles and pronouns that are elided before a word (l'Union, dell'arte).
_STEMMERS = {language.code: language.stemmer for language in LANGUAGES if language.stemmer}
_ELISIONS = {language.code: frozenset(language.elisions.split()) for language in LANGUAGES if language.elisions}
_CONTRACTIONS = ("'ll", "'re", "'ve", "'d", "'m", "'t")

# Letters with a stroke or joined, which decompose into nothing.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n"}
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_INVISIBLE)
)

# Accents that searchers leave out: those of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels and the kashida.
# The breve of й makes another letter, as the voicing mark of kana and the vowel signs of India do.
_ACCENTS = (
    "(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)


class _Shadows(dict[int, str]):
    """Character -> the ASCII character that replaces it while words are found; fills itself."""

    def __missing__(self, code: int) -> str:
        shadow = self[code] = _shadow_of(chr(code))
        return shadow


_SHADOWS = _Shadows()


def _shadow_of(char: str) -> str:
    if char in _INVISIBLE:
        return _JOINER
    if char in _APOSTROPHES:
        return "'"
    if char in "．，":
        return unicodedata.normalize("NFKC", char)
    if char in "ﾞﾟ" or unicodedata.category(char)[0] == "M":
        return _MARK
    if char.isdecimal():
        return "0"
    if not char.isalnum():
        return " "
    return _UNSPACED if any(low <= ord(char) <= high for low, high in _UNSPACED_RANGES) else "x"


@lru_cache(maxsize=1)
def _foreign() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of words in a shadow, and of what has to be replaced to make one."""
    word = _WORD.format(w=f"[A-Za-z0-9{_MARK}]", a=f"'{_JOINER}", m=f"{_MARK}{{0,16}}+")
    pattern = re.compile(f"{_UNSPACED}{_MARK}{{0,16}}+ | {word}", re.VERBOSE)
    return pattern, re.compile("[^\x04-\x7f]+")


def _shadow(text: str) -> str:
    """Return a text of the same length with every other character replaced by its ASCII one."""
    return _foreign()[1].sub(lambda run: run[0].translate(_SHADOWS), text)


def _plain(text: str) -> str | None:
    """Return the text in ASCII, of the same length, if all other characters in it are typographic; else None."""
    if text.isascii():
        return text
    for char, ascii_ in _TYPOGRAPHY:
        text = text.replace(char, ascii_)
    return text if text.isascii() else None


def _matches(text: str) -> Iterator[re.Match[str]]:
    plain = _plain(text)
    return _ASCII.finditer(plain) if plain is not None else _foreign()[0].finditer(_shadow(text))


def surfaces(text: str) -> list[str]:
    """Return the words of a text as printed, in order (the apostrophe's shape apart)."""
    plain = _plain(text)
    if plain is not None:
        return _ASCII.findall(plain)
    return [text[start:end] for start, end in map(re.Match.span, _foreign()[0].finditer(_shadow(text)))]


def words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text with their character offsets: (surface, start, end), as many as `surfaces` gives."""
    return [(text[start:end], start, end) for start, end in map(re.Match.span, _matches(text))]


def located(text: str) -> Iterator[tuple[int, int]]:
    """Yield what `offsets` returns one word at a time, so that a caller can stop early."""
    return map(re.Match.span, _matches(text))


def offsets(text: str) -> list[tuple[int, int]]:
    """Return the character offsets (start, end) of the words of a text."""
    return list(located(text))


@lru_cache(maxsize=1)
def _lines() -> re.Pattern[str]:
    return re.compile(rf"\n|{_WORD.format(w='[A-Za-z0-9]', a=chr(39), m='')}", re.VERBOSE)


def surfaces_each(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the `surfaces` of many short texts, one after the other, and how many each has.

    One pass over all texts joined by line feeds, so that none may contain a line feed.
    """
    if not texts:
        return [], []
    lines = "\n".join(texts)
    if not lines.isascii():
        for char, ascii_ in _TYPOGRAPHY:
            lines = lines.replace(char, ascii_)
    foreign: list[int] = []
    if not lines.isascii():
        plain = lines.split("\n")
        foreign = [number for number, text in enumerate(plain) if not text.isascii()]
        for number in foreign:
            plain[number] = ""
        lines = "\n".join(plain)
    found = _lines().findall(f"{lines}\n")
    ends = [place for place, word in enumerate(found) if word == "\n"]
    counts = [end - before - 1 for before, end in pairwise([-1, *ends])]
    if not foreign:
        return [word for word in found if word != "\n"], counts
    flat: list[str] = []
    begin = 0
    for number in foreign:
        end = ends[number]
        flat += found[begin:end]
        words_of = surfaces(texts[number])
        counts[number] = len(words_of)
        flat += words_of
        begin = end
    flat += found[begin:]
    return [word for word in flat if word != "\n"], counts


@lru_cache(maxsize=1)
def _accents() -> re.Pattern[str]:
    return re.compile(_ACCENTS)


@lru_cache(maxsize=1 << 17)
def fold(surface: str) -> str:
    """Return a word in its folded spelling: "Café’s" -> "cafe's", "U.S." -> "u.s", "ＡＢＣ" -> "abc".

    Case, width and other compatibility forms, accents, digits of other scripts, invisible characters and typographic
    apostrophes go. Never empty unless the word is; folding what is folded changes nothing.
    """
    if surface.isascii():
        folded = surface.lower()
        return folded.rstrip(".") or folded if folded.endswith(".") else folded
    text = _fold(surface)
    for _ in range(3):  # compatibility forms can contain others: three rounds reach the fixed point of any character
        again = _fold(text)
        if again == text:
            break
        text = again
    return text


def fold_each(words: Sequence[str]) -> list[str]:
    """Return `fold` of each of many words."""
    lowered = "\n".join(words).lower().split("\n") if words else []
    return [
        low if low[-1:].isalnum() and word.isascii() else fold(word) for word, low in zip(words, lowered, strict=True)
    ]


def _fold(surface: str) -> str:
    text = unicodedata.normalize("NFKC", surface).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFC", _accents().sub("", unicodedata.normalize("NFD", text)))
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if not c.isspace())
    return text.rstrip(".") or surface


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language or "en")
    if name is None:
        return None
    import Stemmer

    # No cache in the stemmer: callers that stem many words keep their own.
    return Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None


def key(surface: str, language: str = "en", *, stem: bool = True) -> str:
    """Return the index key of a word; never empty for a word.

    Args:
        surface: the word as printed or typed.
        language: ISO 639-1 code of the text; "" counts as English; a language without a stemmer is only folded.
        stem: False for names (bylines, places), which are folded but not stemmed.

    The key of a word in another language ends with LANGUAGE_MARK and the language, unless it is a number: a stem of one
    language may be a different word in a second one ("rocket" is "rock" to a Dutch stemmer).
    """
    return _key(fold(surface), language, stem)


def key_of_folded(folded: str, language: str, stem: bool) -> str:
    """Return `key` of a folded word, uncached, for callers that cache keys; `language` and `stem` as there."""
    word = folded
    if word.endswith("'s") and len(word) > 2:
        word = word[:-2]
    if word[0].isdigit():
        if len(word) <= _MAX_DESIGNATION and word.endswith("s") and word[:-1].isdigit():
            word = word[:-1]  # two F-16s; not the 1990s
        return word.replace(",", "").replace("'", "")[:MAX_KEY]
    if "." in word:
        word = word.replace(".", "") or word
    if "'" in word:
        word = _without_apostrophe(word, language)
    if stem:
        stemmer = _stemmer(language)
        if stemmer is not None:
            word = stemmer.stemWord(word) or word
        if language not in ("", "en"):
            return f"{word[:MAX_KEY]}{LANGUAGE_MARK}{language}"
    return word[:MAX_KEY]


def keys_of_folded(words: Sequence[str], language: str, stem: bool) -> list[str]:
    """Return `key_of_folded` of each of many folded words, with one `language` and `stem` for all."""
    stemmer = _stemmer(language) if stem else None
    if stemmer is None:
        return [key_of_folded(word, language, stem) for word in words]
    ending = "" if language in ("", "en") else LANGUAGE_MARK + language
    stems = stemmer.stemWords(words)  # not used for words that hold anything but letters
    return [
        (stem or word)[:MAX_KEY] + ending if word.isalpha() else key_of_folded(word, language, stem=True)
        for word, stem in zip(words, stems, strict=True)
    ]


_key = lru_cache(maxsize=1 << 16)(key_of_folded)


def _without_apostrophe(word: str, language: str) -> str:
    """l'a -> a in French, shi'ite -> shiite; don't and we'll stay as they are."""
    first, _, rest = word.partition("'")
    if rest and first in _ELISIONS.get(language, ()):
        word = rest
    if word.endswith(_CONTRACTIONS):
        return word
    return word.replace("'", "") or word
