"""What is typed as one word, to nodes: punctuation inside, wildcards, acronyms with and without dots, stop words."""

from __future__ import annotations

import re
import unicodedata

from morgue import analysis
from morgue.analysis import fold
from morgue.query.fields import ZONES
from morgue.query.problems import Placed
from morgue.query.tree import AllCaps, Node, Pattern, Phrase, Word

_COMMON = """
    a about after all also am an and any are as at be because been before being but by can could did do does for from
    had has have he her here him his how i if in into is it its me more most my no not of off on or our out over
    own said she so some such than that the their them then there these they this those through to too under until up
    us very was we were what when where which while who whom why will with would you your"""
STOP_WORDS = frozenset(_COMMON.split())
# Acronyms that are common words when written small (un, eu: in French, Spanish, Portuguese): typed in capitals they
# mean the capitals.
_CLASHES = frozenset(("us", "it", "who", "un", "eu"))
_AS_LETTERS = {ord("*"): "x", ord("?"): "x"}
# Not part of any word and not to be seen: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark.
INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)))


def _tidy(raw: str) -> str:
    """Return a typed word composed (NFC), without invisible characters, with straight apostrophes."""
    if raw.isascii():
        return raw
    return unicodedata.normalize("NFC", raw.translate(INVISIBLE)).replace("’", "'").replace("‘", "'")


def is_stop(text: str) -> bool:
    """Return whether a typed word is too common to be required; US, IT and WHO in capitals are not."""
    folded = fold(text)
    return folded in STOP_WORDS and not (text.isupper() and folded in _CLASHES)


def acronym(text: str, field: str, start: int, end: int) -> Node | None:
    """Return US, IT, WHO, UN and EU typed in capitals, or with dots, as what is printed in capitals; None for others.

    `text` is the word, from `start` to `end` of the query, searched in `field`. Their keys are those of common words.
    Every other acronym matches its form with or without dots by its key alone.
    """
    bare = fold(text).replace(".", "")
    if bare not in _CLASHES or field not in ZONES or not (text.isupper() or "." in text):
        return None
    return AllCaps(Word(text, field, start=start, end=end), start=start, end=end)


def pieces(
    raw: str, field: str, start: int, end: int, *, exact: bool = False, literal: bool = False, phrase: bool = False
) -> list[Node]:
    """Return the words of a text without white space, as positional nodes in order.

    Args:
        raw: as typed, escapes and suffixes taken off. field: where it is searched.
        start, end: its character offsets in the query.
        exact: no stemming. literal: nothing in it is special. phrase: it is part of a phrase, whose members are plain.
    """
    clean = _tidy(raw)
    kept = len(clean) == len(raw) == end - start  # so that offsets in `clean` are offsets in the query
    # Wildcards count as letters while the words are found.
    shape = clean if literal else clean.translate(_AS_LETTERS)
    found: list[Node] = []
    parts = analysis.words(shape)
    plain = exact or literal or phrase or len(parts) > 1
    for _, low, high in parts:
        text = clean[low:high]
        place = (start + low, start + high) if kept else (start, end)
        node: Node | None
        if not literal and ("*" in text or "?" in text):
            node = _pattern(text, field, *place)
        else:
            node = None if plain else acronym(text, field, *place)
            node = node or Word(text, field, exact, start=place[0], end=place[1])
        if node is not None:
            found.append(node)
    return found


def _pattern(text: str, field: str, start: int, end: int) -> Pattern | None:
    """A prefix or wildcard pattern, or None when no letter is left."""
    folded = fold(text)
    if len(analysis.surfaces(folded.translate(_AS_LETTERS))) > 1:
        folded = text  # ¼ folds to 1⁄4, which typed would be two words; a search folds it again
    folded = re.sub(r"\*+", "*", folded)
    if not has_word(folded):
        return None
    stem = folded[:-1]
    if folded.endswith("*") and "*" not in stem and "?" not in stem:
        return Pattern("prefix", stem, field, start=start, end=end)
    return Pattern("wildcard", folded, field, start=start, end=end)


def has_word(text: str) -> bool:
    """Return whether a text has any letter or digit."""
    return any(map(str.isalnum, text))


def as_phrase(items: list[Node], at: Placed) -> Node | None:
    """Return one node for words (`items`) at a place (`at`): None for none, the word for one, else a Phrase."""
    if len(items) <= 1:
        return items[0] if items else None
    return Phrase(tuple(items), start=at.start, end=at.end)
