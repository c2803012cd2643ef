"""Where sentences begin: for `w/s` and for snippets that start and stop where a reader would."""

from __future__ import annotations

import re

# A mark that may end a sentence, what closes after it, white space, and something a sentence can begin with; the full
# stops of Chinese and Japanese need no white space. Tried only where such a mark stands, each repeat over a class of
# its own: time grows with the text.
_END = re.compile(
    r"""[.!?…]['"”’»)\]]{0,4}\s{1,8}(?=[«"'“‘„¿¡(\[]{0,4}[^\W_a-z]) | [。！？][」』”’）)]{0,4}\s{0,8}""", re.VERBOSE
)

# Before a name: never the end. Months and the like only before a number.
_BEFORE_NAME = """
mr mrs ms mx messrs mme mlle m dr drs prof sen sens rep reps gov govs lt gen col maj capt cmdr adm sgt cpl pvt pfc brig
cdr rev fr msgr hon pres supt det insp atty st ste mt ft vs v cf viz eg ie al ph hr frl bzw ca z sr sra srta dott sig
fig figs vol art sect ch pp op ed eds
"""
_BEFORE_NUMBER = "jan feb mar apr jun jul aug sep sept oct nov dec no nos nr art vol ch fig p pp par"
# After an acronym with dots (U.S., p.m.) only these tell that a sentence begins.
_OPENERS = """
a an the this that these those he she it they we i you his her its their our my there here in on at by for from with
after before but and or so if when while as however also yet meanwhile since no not one some many most all both last
what who why how
"""
_TITLES, _COUNTED, _STARTERS = (frozenset(text.split()) for text in (_BEFORE_NAME, _BEFORE_NUMBER, _OPENERS))
_OPENING = "\"'“‘([«„"
_WORD = re.compile(r"\w+")
_LOOK_BACK = 24


def _ends(paragraph: str, mark: int, after: int) -> bool:
    """Whether the full stop at `mark` ends a sentence, if the next would begin at `after`."""
    before = (paragraph[max(0, mark - _LOOK_BACK) : mark].split() or [""])[-1].lstrip(_OPENING)
    if not before or not before[-1].isalpha():
        return True
    lowered = before.lower()
    if lowered in _COUNTED and paragraph[after].isdigit():
        return False
    if lowered in _TITLES:
        return False
    if len(before) == 1:
        return not before.isupper()
    if "." in before and len(before.rsplit(".", 1)[1]) == 1:
        following = _WORD.search(paragraph, after, after + 40)
        return following is not None and following[0].lower() in _STARTERS
    return True


def sentences(paragraph: str) -> list[int]:
    """Return the character offset of each sentence of a paragraph; the first is 0.

    Abbreviations before names and numbers (Sen., Jan. 13, No. 5), initials and acronyms with dots do not end one; a
    closing quote or bracket belongs to the sentence it ends.
    """
    starts = [0]
    for match in _END.finditer(paragraph):
        after, mark = match.end(), match.start()
        if after >= len(paragraph) or paragraph[after].islower():
            continue
        if paragraph[mark] != "." or _ends(paragraph, mark, after):
            starts.append(after)
    return starts
