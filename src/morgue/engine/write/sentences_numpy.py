"""`sentences.outline` for many bodies at once.

Nearly every mark that might end a sentence is decided by the characters around it, with a few array operations over
all marks; for the others `sentences.begins_after` decides, mark by mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.files.arraytools import Flags, Ints, sizes
from morgue.engine.sentences import ABBREVIATIONS, NOT_ABBREVIATED, begins_after, outline

UNSPACED_STOPS = "。！？"
"""Marks that end a sentence without white space behind them; bodies that hold one are not for `outlines`."""

_CODE_POINTS = 0x3002  # none of the sets below holds a character from here on
_LINE_FEED, _SPACE, _STOP = map(ord, "\n .")


def _set(characters: str) -> Flags:
    found = np.zeros(_CODE_POINTS, bool)
    found[[ord(character) for character in characters]] = True
    return found


_WHITE = np.array([chr(code).isspace() for code in range(_CODE_POINTS)])
_MARK, _CLOSES, _OPENS = _set(".!?…"), _set("'\"”’»)]"), _set("«\"'“‘„¿¡([")  # as in sentences._BREAK
_WHITE_LIMIT = 8  # characters of white space before a sentence, as there
_SMALL, _CAPITAL = _set("abcdefghijklmnopqrstuvwxyz"), _set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BEGINS = _CAPITAL | _set("0123456789")  # not all that can begin a sentence, but nearly
_LETTER = _SMALL | _CAPITAL


def _spelled(word: str) -> int:
    """Return a word of less than NOT_ABBREVIATED letters as one number, its last letter lowest."""
    return int.from_bytes(word.encode("ascii"), "big")


_ABBREVIATIONS = np.array(sorted(_spelled(word) for word in ABBREVIATIONS), "u8")


class Outlines(NamedTuple):
    """Sentences of several bodies: their first characters, whether a paragraph begins there, sentences per body."""

    starts: Ints
    opens: Flags
    counts: Ints


def outlines(codes: Ints, words: Ints, firsts: Ints, bodies: Sequence[str]) -> Outlines:
    """Return where sentences begin, the same as `sentences.outline` of each body.

    Args:
        codes: code points of a text that holds the bodies, and a space behind each.
        words: offsets in that text where white space ends.
        firsts: offsets in it where each body begins, ascending. The starts returned are such offsets too.
        bodies: the bodies.
    """
    if not bodies:
        return Outlines(np.zeros(0, "i8"), np.zeros(0, bool), np.zeros(0, "i8"))
    low = codes if codes.dtype.itemsize == 1 else np.minimum(codes, _CODE_POINTS - 1).astype("u2")
    low = np.concatenate((low, np.zeros(3, low.dtype)))
    lasts = firsts + sizes(bodies)
    breaks, of_break = _inside(np.flatnonzero((low[:-1] == _LINE_FEED) & (low[1:] == _LINE_FEED)), firsts, lasts - 1)
    marks, of_mark = _inside(np.flatnonzero(_MARK[low]), firsts, lasts - 1)
    after, which = _sentences(low, words, breaks, marks, of_mark, firsts, lasts, bodies)
    held = np.flatnonzero(lasts > firsts)
    starts = np.concatenate((firsts[held], breaks + 2, after))
    opens = np.ones(len(starts), bool)
    opens[len(held) + len(breaks) :] = False
    of_start = np.concatenate((held, of_break, which))
    triples = np.zeros(len(bodies), bool)
    triples[of_break[:-1][(np.diff(breaks) == 1) & (of_break[1:] == of_break[:-1])]] = True
    tripled = np.flatnonzero(triples)
    if len(tripled):  # three line feeds in a row: which two are the break depends on what is before them
        kept = ~np.isin(of_start, tripled)
        outlined = [outline(bodies[body]) for body in tripled.tolist()]
        counts = [len(offsets) for offsets, _ in outlined]
        theirs = np.repeat(firsts[tripled], counts) + np.concatenate([offsets for offsets, _ in outlined])
        starts = np.concatenate((starts[kept], theirs))
        opens = np.concatenate((opens[kept], *[flags for _, flags in outlined]))
        of_start = np.concatenate((of_start[kept], np.repeat(tripled, counts)))
    order = np.lexsort((starts, of_start))  # a body's last sentence may be empty, and begin where the next one's does
    return Outlines(starts[order], opens[order], np.bincount(of_start, minlength=len(bodies)))


def _inside(places: Ints, firsts: Ints, lasts: Ints) -> tuple[Ints, Ints]:
    """Return those of several places that lie in a body and before its last character, and in which."""
    which = np.searchsorted(firsts, places, side="right") - 1
    kept = (which >= 0) & (places < lasts[which])
    return places[kept], which[kept]


def _sentences(
    low: Ints,
    words: Ints,
    breaks: Ints,
    marks: Ints,
    which: Ints,
    firsts: Ints,
    lasts: Ints,
    bodies: Sequence[str],
) -> tuple[Ints, Ints]:
    """Return where sentences begin behind marks, and in which body.

    A mark, up to four that close, up to eight characters of white space without a paragraph's end, and something that
    a sentence can begin with: `sentences._BREAK`. Where more than one closes, or opens, `begins_after` decides.
    """  # fmt: skip
    one, two = low[marks + 1], low[marks + 2]
    closed = _CLOSES[one]
    white = np.where(closed, _WHITE[two] & (marks + 2 < lasts[which]), _WHITE[one])
    unsure = closed & _CLOSES[two]
    kept = white | unsure
    marks, which, closed, unsure = marks[kept], which[kept], closed[kept], unsure[kept]
    after = np.append(words, len(low) - 2)[np.searchsorted(words, marks, side="right")]
    spaces = after - marks - 1 - closed
    possible = (spaces <= _WHITE_LIMIT) & (after < lasts[which])
    possible &= np.searchsorted(breaks, marks) == np.searchsorted(breaks, after)
    kept = possible | unsure
    marks, which, unsure, after = marks[kept], which[kept], unsure[kept], after[kept]
    first, second = low[after], low[after + 1]
    plain = _BEGINS[first] | (_OPENS[first] & _BEGINS[second])
    never = _SMALL[first] | (_OPENS[first] & _SMALL[second])
    unsure |= ~plain & ~never
    stops = np.flatnonzero(plain & ~unsure & (low[marks] == _STOP))
    decided, ended = _words_before(low, marks[stops], firsts[which[stops]])
    unsure[stops[~decided]] = True
    good = plain & ~unsure
    good[stops[decided]] = ended[decided]
    for place in np.flatnonzero(unsure).tolist():
        body, begin = which[place], int(firsts[which[place]])
        begins = begins_after(bodies[body], int(marks[place]) - begin)
        good[place] = begins >= 0
        after[place] = begins + begin
    return after[good], which[good]


def _words_before(low: Ints, marks: Ints, firsts: Ints) -> tuple[Flags, Flags]:
    """Return which full stops are decided by the word before them, and whether those end a sentence.

    Args:
        low: code points. marks: offsets of the full stops. firsts: where the body of each begins.
    """
    letters = np.zeros(len(marks), "i8")
    spelled = np.zeros(len(marks), "u8")
    going = np.ones(len(marks), bool)
    before = np.zeros(len(marks), low.dtype)  # what is before the word
    for back in range(1, NOT_ABBREVIATED + 1):
        codes = low[np.maximum(marks - back, 0)]
        here = marks - back >= firsts
        letter = going & here & _LETTER[codes]
        ended = going & ~letter
        before[ended] = np.where(here[ended], codes[ended], _SPACE)
        going = letter
        letters += letter
        if back < NOT_ABBREVIATED:
            spelled |= np.where(letter, (codes.astype("u8") | np.uint64(0x20)) << np.uint64(8 * (back - 1)), 0).astype(
                "u8"
            )
    word = (letters > 1) & _WHITE[before] & ~np.isin(spelled, _ABBREVIATIONS)
    ended = going | ((letters == 0) & (before < 0x80)) | word
    initial = (letters == 1) & _WHITE[before] & _CAPITAL[low[marks - 1]]
    return ended | initial, ended
