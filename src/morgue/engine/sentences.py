"""Sentence segmentation, for `w/s` and for the bounds of snippets."""

from __future__ import annotations

import re

# A paragraph's end; or a mark that may end a sentence, what closes after it, white space, and something a sentence can
# begin with; the full stops of Chinese and Japanese need no white space. One set in front makes the scan fast; each
# repeat is over a class of its own and bounded, so that the time is linear.
_BREAK = re.compile(
    r"""[\n.!?…。！？]
    (?: (?<=\n) \n
      | (?<!\n) ['"”’»)\]]{0,4} (?:[^\S\n]|\n(?!\n)){1,8} (?=[«"'“‘„¿¡(\[]{0,4}[^\W_a-z])
      | (?<=[。！？]) [」』”’）)]{0,4} [^\S\n]{0,8} (?!\n\n|\Z) )""",
    re.VERBOSE,
)

# Before a name: never the end. Months and the like only before a number.
_BEFORE_NAME = """
mr mrs ms mx messrs mme mlle m dr drs prof sen sens rep reps gov govs lt gen col maj capt cmdr adm sgt cpl pvt pfc brig
cdr rev fr msgr hon pres supt det insp atty st ste mt ft vs v cf viz eg ie al ph hr frl bzw ca z sr sra srta dott sig
fig figs vol art sect ch pp op ed eds
"""
_BEFORE_NUMBER = "jan feb mar apr jun jul aug sep sept oct nov dec no nos nr art vol ch fig p pp par"
# After an acronym with dots (U.S., p.m.) a sentence begins only with one of these.
_OPENERS = """
a an the this that these those he she it they we i you his her its their our my there here in on at by for from with
after before but and or so if when while as however also yet meanwhile since no not one some many most all both last
what who why how
"""
_TITLES, _COUNTED, _STARTERS = (frozenset(text.split()) for text in (_BEFORE_NAME, _BEFORE_NUMBER, _OPENERS))
ABBREVIATIONS = _TITLES | _COUNTED
NOT_ABBREVIATED = 1 + max(map(len, ABBREVIATIONS))
"""Letters of a word that is too long to be one of ABBREVIATIONS."""

_OPENING = "\"'“‘([«„"
_WORD = re.compile(r"\w+")
_WORD_LIMIT = 24  # characters before a full stop that are searched for its word


def ends(body: str, mark: int, after: int) -> bool:
    """Whether a full stop ends a sentence.

    Args:
        body: the text. mark: the full stop's offset. after: where the next sentence would begin.
    """
    if mark == 0 or not body[mark - 1].isalpha():
        return True
    if (
        mark >= NOT_ABBREVIATED and body[mark - NOT_ABBREVIATED : mark].isalpha()
    ):  # most sentences: longer than an abbreviation
        return True
    before = body[max(0, mark - _WORD_LIMIT) : mark].split()[-1].lstrip(_OPENING)
    if not before:
        return True
    lowered = before.lower()
    if lowered in _COUNTED and body[after].isdigit():
        return False
    if lowered in _TITLES:
        return False
    if len(before) == 1:
        return not before.isupper()
    if "." in before and len(before.rsplit(".", 1)[1]) == 1:
        following = _WORD.search(body, after, after + 40)
        return following is not None and following[0].lower() in _STARTERS
    return True


def outline(body: str) -> tuple[list[int], list[bool]]:
    """Return the character offset of each sentence of a body, and whether a paragraph begins with it.

    Paragraphs are separated by two line feeds; an empty one counts as a sentence. Abbreviations before names and
    numbers (Sen., Jan. 13, No. 5), initials and acronyms with dots do not end a sentence; a closing quote or bracket
    belongs to the sentence it ends.
    """
    if not body:
        return [], []
    starts, opens = [0], [True]
    for match in _BREAK.finditer(body):
        mark, after = match.span()
        what = body[mark]
        if what == "\n":
            starts.append(after)
            opens.append(True)
        elif after < len(body) and not body[after].islower() and (what != "." or ends(body, mark, after)):
            starts.append(after)
            opens.append(False)
    return starts, opens


def begins_after(body: str, mark: int) -> int:
    """Return the offset of the sentence that begins after the mark at offset `mark` of a `body`; -1 for none."""
    found = _BREAK.match(body, mark)
    after = found.end() if found else len(body)
    if after >= len(body) or body[after].islower() or (body[mark] == "." and not ends(body, mark, after)):
        return -1
    return after
