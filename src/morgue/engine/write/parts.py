"""Numbers for the parts of texts between white space: `str.split` and a dictionary, for a million parts at a time.

Nearly every part of a text is short and ASCII. Its characters are two 64-bit numbers then, and all parts of a text are
looked up in a hash table together, with a few array operations (open addressing with linear probing; keys are compared
whole, so that only the time depends on the hash). Longer and other parts go through a dictionary.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.files.arraytools import Flags, Ints

# Whether characters are white space to `str.split`, by code point; none from the last on is.
_WHITE = np.array([chr(code).isspace() for code in range(0x3002)])
_SHORT_CHARACTERS = 16  # of a part in the hash table, at most
_KNOWN_PART_LIMIT = 40  # characters; longer parts, as unspaced scripts have, seldom come again and are not kept
_FIRST_BITS = 12  # of a slot number: the table begins with 4,096

# The first k of eight characters.
_KEPT = np.array([(1 << 8 * k) - 1 for k in range(9)], "u8")


def code_points(text: str) -> Ints:
    """Return the characters of a text as numbers: of one byte when all are ASCII, of four otherwise."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), "u1")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


class Parted(NamedTuple):
    """A text's parts: the number of each, and the offset of its first character; an array each, in step."""

    numbers: Ints
    starts: Ints


class Parts:
    """Numbers of parts, from 0 in the order in which they were first seen.

    Attributes:
        count: numbers given. new: parts numbered since the list was last emptied, in order.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.count = 0
        self.new: list[str] = []
        self._others: dict[str, int] = {}
        # Odd and random, so that no text can be made whose parts all fall into one slot.
        self._factors = np.frombuffer(os.urandom(16), "u8") | np.uint64(1)
        self._allot(_FIRST_BITS)
        self._short = 0  # parts in the table

    def _allot(self, bits: int) -> None:
        self._bits = bits
        self._low, self._high = np.zeros(1 << bits, "u8"), np.zeros(1 << bits, "u8")
        self._number = np.full(1 << bits, -1, "i4")  # -1: an empty slot

    def numbers(self, text: str, codes: Ints) -> Parted:
        """Return the parts of a text, numbering new ones.

        Args:
            text: the text. codes: its `code_points`.
        """
        plain = codes.itemsize == 1
        data = np.concatenate((codes.astype("u1", copy=False), np.zeros(_SHORT_CHARACTERS + 8, "u1")))
        starts, ends = _bounds(_WHITE[codes] if plain else _WHITE[np.minimum(codes, len(_WHITE) - 1)])
        if not len(starts):
            return Parted(np.zeros(0, "u4"), starts)
        lengths = ends - starts
        short = lengths <= _SHORT_CHARACTERS
        odd = np.flatnonzero(codes == 0 if plain else (codes == 0) | (codes > 0x7F))
        if len(odd):  # NUL as well, which would be taken for the end of its part
            held = np.searchsorted(starts, odd, side="right") - 1
            short[held[(held >= 0) & (odd < ends[held])]] = False
        windows = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))  # the eight bytes at every offset
        low = windows[starts] & _KEPT[np.minimum(lengths, 8)]
        high = windows[starts + 8] & _KEPT[np.clip(lengths - 8, 0, 8)]
        found = self._find(low, high)
        found[~short] = -1
        missing = np.flatnonzero(found < 0)
        if len(missing):
            found[missing] = self._add(text, starts, ends, low, high, missing, short)
        return Parted(found.view("u4"), starts)

    def _slots(self, low: Ints, high: Ints) -> Ints:
        mixed = (low ^ high * self._factors[1]) * self._factors[0]
        slots: Ints = (mixed >> np.uint64(64 - self._bits)).astype("i8")
        return slots

    def _find(self, low: Ints, high: Ints) -> Ints:
        """Return the number of each key, -1 for one that has none."""
        slots = self._slots(low, high)
        found: Ints = self._number[slots]
        others = np.flatnonzero((found >= 0) & ((self._low[slots] != low) | (self._high[slots] != high)))
        while len(others):
            slots[others] = (slots[others] + 1) & (len(self._number) - 1)
            now = slots[others]
            found[others] = self._number[now]
            differs = (self._low[now] != low[others]) | (self._high[now] != high[others])
            others = others[(found[others] >= 0) & differs]
        return found

    def _add(self, text: str, starts: Ints, ends: Ints, low: Ints, high: Ints, missing: Ints, short: Flags) -> Ints:
        """Number the missing parts of a text, in its order; return their numbers."""
        keyed = short[missing]
        in_table, others = missing[keyed], missing[~keyed]
        firsts, ranks = _distinct(low[in_table], high[in_table])
        places = in_table[firsts]  # of the first of each distinct key
        odd = [text[begin:end] for begin, end in zip(starts[others].tolist(), ends[others].tolist(), strict=True)]
        looked_up, new = self._look_up(odd)
        fresh = np.concatenate((places, others[new]))
        order = np.argsort(fresh)
        numbers = np.empty(len(fresh), "i4")
        numbers[order] = np.arange(self.count, self.count + len(fresh))
        bounds = zip(starts[fresh[order]].tolist(), ends[fresh[order]].tolist(), strict=True)
        self.new += [text[begin:end] for begin, end in bounds]
        self.count += len(fresh)
        theirs = numbers[len(places) :].tolist()
        self._others.update(
            (odd[place], number)
            for place, number in zip(new, theirs, strict=True)
            if len(odd[place]) <= _KNOWN_PART_LIMIT
        )
        found = np.empty(len(missing), "i4")
        found[keyed] = numbers[ranks]
        found[~keyed] = [number if number >= 0 else theirs[-1 - number] for number in looked_up]
        self._insert(low[places], high[places], numbers[: len(places)])
        return found

    def _look_up(self, parts: Sequence[str]) -> tuple[list[int], list[int]]:
        """Return the number of each part, or -1 - its place among the new ones; and the places of those in `parts`."""
        known, met = self._others, dict[str, int]()
        numbers: list[int] = []
        new: list[int] = []
        for place, part in enumerate(parts):
            number = known.get(part)
            if number is None:
                number = met.get(part, -1 - len(new))
                if number == -1 - len(new):
                    new.append(place)
                    if len(part) <= _KNOWN_PART_LIMIT:
                        met[part] = number
            numbers.append(number)
        return numbers, new

    def _insert(self, low: Ints, high: Ints, numbers: Ints) -> None:
        """Add distinct keys to the table, none of which is in it."""
        self._short += len(numbers)
        bits = self._bits
        while self._short * 2 > 1 << bits:
            bits += 1
        if bits > self._bits:
            used = self._number >= 0
            low, high = np.concatenate((self._low[used], low)), np.concatenate((self._high[used], high))
            numbers = np.concatenate((self._number[used], numbers))
            self._allot(bits)
        slots = self._slots(low, high)
        left = np.arange(len(numbers))
        while len(left):
            free = left[self._number[slots[left]] < 0]
            self._number[slots[free]] = numbers[free]  # of several, one stays
            written = free[self._number[slots[free]] == numbers[free]]
            self._low[slots[written]], self._high[slots[written]] = low[written], high[written]
            waits = np.ones(len(numbers), bool)
            waits[written] = False
            left = left[waits[left]]
            slots[left] = (slots[left] + 1) & (len(self._number) - 1)


def _bounds(white: Flags) -> tuple[Ints, Ints]:
    """Return where each run of characters that are not white begins, and where it ends."""
    edges = np.flatnonzero(white[1:] != white[:-1]) + 1
    if len(white) and not white[0]:
        edges = np.concatenate(([0], edges))
    if len(edges) % 2:
        edges = np.append(edges, len(white))
    return edges[::2], edges[1::2]


def _distinct(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return the index of the first of each distinct pair, ascending; and for each pair its place among those."""
    order = np.lexsort((low, high))  # stable: of equal ones, the first comes first
    opens = np.ones(len(order), bool)
    opens[1:] = (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])
    firsts = order[opens]
    ascending = np.argsort(firsts)
    rank = np.empty(len(firsts), "i8")
    rank[ascending] = np.arange(len(firsts))
    ranks = np.empty(len(order), "i8")
    ranks[order] = rank[np.cumsum(opens) - 1]
    return firsts[ascending], ranks
