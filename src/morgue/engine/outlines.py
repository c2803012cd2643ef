"""`structure.outline` for many bodies at once.

Nearly every mark that might end a sentence is told by the characters around it, with a few array operations over all
marks; what they leave open is asked of `structure`, mark by mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.structure import ABBREVIATIONS, LONGER, begins_after, outline
from morgue.engine.tables import Array

UNSPACED_STOPS = "。！？"
"""Marks that end a sentence without white space behind them; bodies that hold one are not for `outlines`."""

_SIZE = 0x3002  # none of the sets below holds a character from here on
_LINE_FEED, _SPACE, _STOP = map(ord, "\n .")


def _set(characters: str) -> Array:
    found = np.zeros(_SIZE, bool)
    found[[ord(character) for character in characters]] = True
    return found


_WHITE = np.array([chr(code).isspace() for code in range(_SIZE)])
_MARK, _CLOSES = _set(".!?…"), _set("'\"”’»)]")  # as in structure._BREAK
_CAPITAL = _set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BEGINS = _CAPITAL | _set("0123456789")  # not all that can begin a sentence, but nearly
_LETTER = _CAPITAL | _set("abcdefghijklmnopqrstuvwxyz")


def _spelled(word: str) -> int:
    """Return a word of less than LONGER letters as one number, its last letter lowest."""
    return int.from_bytes(word.encode("ascii"), "big")


_ABBREVIATIONS = np.array(sorted(_spelled(word) for word in ABBREVIATIONS), "u8")


class Outlines(NamedTuple):
    """Sentences of several bodies: their first characters, whether a paragraph begins there, sentences per body."""

    starts: Array
    opens: Array
    counts: Array


def outlines(codes: Array, firsts: Array, bodies: Sequence[str]) -> Outlines:
    """Return where sentences begin, as `structure.outline` tells it of each body.

    Args:
        codes: code points of a text that holds the bodies, and a space behind each.
        firsts: where each body begins in it, ascending. The starts are counted like that too.
        bodies: the bodies.
    """
    if not bodies:
        return Outlines(np.zeros(0, "i8"), np.zeros(0, bool), np.zeros(0, "i8"))
    low = codes if codes.dtype.itemsize == 1 else np.minimum(codes, _SIZE - 1).astype("u2")
    low = np.concatenate((low, np.zeros(3, low.dtype)))
    lasts = firsts + np.fromiter(map(len, bodies), "i8", len(bodies))
    breaks, of_break = _inside(np.flatnonzero((low[:-1] == _LINE_FEED) & (low[1:] == _LINE_FEED)), firsts, lasts - 1)
    marks, of_mark = _inside(np.flatnonzero(_MARK[low]), firsts, lasts - 1)
    after, which = _sentences(low, marks, of_mark, firsts, lasts, bodies)
    held = np.flatnonzero(lasts > firsts)
    starts = np.concatenate((firsts[held], breaks + 2, after))
    opens = np.ones(len(starts), bool)
    opens[len(held) + len(breaks) :] = False
    of_start = np.concatenate((held, of_break, which))
    tripled = np.unique(of_break[:-1][(np.diff(breaks) == 1) & (of_break[1:] == of_break[:-1])])
    if len(tripled):  # three line feeds in a row: which two are the break depends on what is before them
        kept = ~np.isin(of_start, tripled)
        told = [outline(bodies[body]) for body in tripled.tolist()]
        counts = [len(offsets) for offsets, _ in told]
        theirs = np.repeat(firsts[tripled], counts) + np.concatenate([offsets for offsets, _ in told])
        starts = np.concatenate((starts[kept], theirs))
        opens = np.concatenate((opens[kept], *[flags for _, flags in told]))
        of_start = np.concatenate((of_start[kept], np.repeat(tripled, counts)))
    order = np.lexsort((starts, of_start))  # a body's last sentence may be empty, and begin where the next one's does
    return Outlines(starts[order], opens[order], np.bincount(of_start, minlength=len(bodies)))


def _inside(places: Array, firsts: Array, lasts: Array) -> tuple[Array, Array]:
    """Return those of several places that lie in a body and before its last character, and in which."""
    which = np.searchsorted(firsts, places, side="right") - 1
    kept = (which >= 0) & (places < lasts[which])
    return places[kept], which[kept]


def _sentences(
    low: Array, marks: Array, which: Array, firsts: Array, lasts: Array, bodies: Sequence[str]
) -> tuple[Array, Array]:
    """Return where sentences begin behind marks, and in which body."""
    one, two, three = (low[marks + ahead] for ahead in (1, 2, 3))
    white, closes = _WHITE[one], _CLOSES[one]
    after = np.full(len(marks), -1)
    found = (white | closes) & (two == _SPACE) & _BEGINS[three] & (marks + 3 < lasts[which])
    after[found] = marks[found] + 3
    found = white & _BEGINS[two]
    after[found] = marks[found] + 2
    paragraph = (two == _LINE_FEED) & ((one == _LINE_FEED) | (closes & (three == _LINE_FEED)))
    ended = closes & (marks + 2 >= lasts[which])
    asked = np.flatnonzero((after < 0) & (white | closes) & ~paragraph & ~ended)
    stops = np.flatnonzero((after >= 0) & (low[marks] == _STOP))
    sure, unsure = _after_words(low, marks[stops], firsts[which[stops]])
    after[stops[~sure]] = -1
    asked = np.concatenate((asked, stops[unsure]))
    for place in asked.tolist():
        body, first = which[place], int(firsts[which[place]])
        begins = begins_after(bodies[body], int(marks[place]) - first)
        after[place] = begins + first if begins >= 0 else -1
    kept = after >= 0
    return after[kept], which[kept]


def _after_words(low: Array, marks: Array, firsts: Array) -> tuple[Array, Array]:
    """Return which full stops end a sentence by the word before them, and of which that cannot be told so."""
    letters = np.zeros(len(marks), "i8")
    spelled = np.zeros(len(marks), "u8")
    going = np.ones(len(marks), bool)
    before = np.zeros(len(marks), low.dtype)  # what is before the word
    for back in range(1, LONGER + 1):
        codes = low[np.maximum(marks - back, 0)]
        here = marks - back >= firsts
        letter = going & here & _LETTER[codes]
        ended = going & ~letter
        before[ended] = np.where(here[ended], codes[ended], _SPACE)
        going = letter
        letters += letter
        if back < LONGER:
            spelled |= np.where(letter, (codes.astype("u8") | np.uint64(0x20)) << np.uint64(8 * (back - 1)), 0).astype(
                "u8"
            )
    word = (letters > 1) & _WHITE[before] & ~np.isin(spelled, _ABBREVIATIONS)
    sure = going | ((letters == 0) & (before < 0x80)) | word
    return sure, ~sure
