"""The dictionary of a segment: terms in order, their printed forms, every folded spelling.

In the file, each field `x` has `term.x.text`, a line per term in order of key (by code point):

    key [TAB form]*

The forms are the spellings as printed, by form code; without any, the key itself is the only one. A form that begins
like the key is shortened: `+ed` is the key and `ed`, `^ed` the same with a capital, `!ed` the same in capitals.
`term.x.at` (`I`) holds where every 16th line begins. `term.first` (`I`) holds, over the terms of all fields in turn,
the number of each term's first posting, and the end.

`spell.x.text` is a zlib stream of every folded spelling, in order, on a line of its own; `spell.x.term` (`H` or `I`)
the term of each, counted within the field.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from morgue.engine.files.container import Container, damaged, guarded
from morgue.engine.files.postings import Entry

# Sections, by field; one of all fields.
TERM_TEXT, TERM_AT, SPELL_TEXT, SPELL_TERM = "term.{}.text", "term.{}.at", "spell.{}.text", "spell.{}.term"
TERM_FIRST = "term.first"

STRIDE = 16  # lines per entry of term.x.at


class Surfaces(NamedTuple):
    """Every folded spelling of a field, sorted, and the terms they belong to.

    Attributes:
        text: the spellings, each on a line of its own ("\\n" before the first and after the last), so that one
            regular expression finds all that match.
        words: the spellings as a list (made from `text`; sorted by code point).
        ordinals: the term of each spelling (`H` or `I` view), for `Segment.terms`.
    """

    text: str
    words: list[str]
    ordinals: memoryview


def shorten(key: str, form: str) -> str:
    """Return a printed form of a term with this key as its line holds it."""
    if form.startswith(key):
        return "+" + form[len(key) :]
    head, tail = form[: len(key)], form[len(key) :]
    if head.isascii() and head.lower() == key:
        if head[1:] == key[1:]:
            return "^" + tail
        if form.isascii() and form.upper() == form:
            return "!" + tail.lower()
    return form


def lengthen(key: str, short: str) -> str:
    """Return the printed form that is `short` in the line of a term with this key: the reverse of `shorten`."""
    mark = short[0]
    if mark == "+":
        return key + short[1:]
    if mark == "^":
        return key[0].upper() + key[1:] + short[1:]
    if mark == "!":
        return (key + short[1:]).upper()
    return short


class FieldTerms:
    """The terms of one field, numbered from 0 within it; `base` is the first one's number in the segment."""

    def __init__(
        self, container: Container, field: str, base: int, count: int, spelled: int, first: memoryview
    ) -> None:
        """Find the sections of a field.

        Args:
            container: the segment's file. field: the field's name.
            base: the number of its first term in the segment. count: its terms.
            spelled: bytes of its folded spellings, unpacked.
            first: the section `term.first`.
        """
        self.path = container.path
        self.field = field
        self.base = base
        self.count = count
        self._spelled = spelled
        if base < 0 or count < 0 or base + count >= len(first):
            raise damaged(container.path, f"terms of {field}")
        self._container = container
        self._first = first
        self._text = container.section(TERM_TEXT.format(field))
        self._at = container.section(TERM_AT.format(field), (count + STRIDE - 1) // STRIDE)
        self._surfaces: Surfaces | None = None

    def _block_of(self, key: bytes) -> int:
        """Return the number of the last block whose first key is not after `key`, or -1."""
        text, size = self._text, len(key) + 1
        # Both separators sort before any character of a key, so that the bytes of lines compare like their keys.
        return bisect_right(self._at, key + b"\n", key=lambda at: text[at : at + size].tobytes()) - 1

    def all_lines(self) -> Iterator[str]:
        """Yield the lines of all terms, in order."""
        for block in range(len(self._at)):
            yield from self.lines(block)

    def lines(self, block: int) -> list[str]:
        """Return the lines of a block of up to STRIDE terms."""
        end = self._at[block + 1] if block + 1 < len(self._at) else len(self._text)
        lines = str(self._text[self._at[block] : end], "utf-8", "surrogatepass").split("\n")
        if len(lines) != min(STRIDE, self.count - block * STRIDE) + 1:
            raise damaged(self.path, f"terms of {self.field}")
        lines.pop()
        return lines

    @guarded
    def entry(self, key: str) -> Entry | None:
        """Return a term by key."""
        block = self._block_of(key.encode("utf-8", "surrogatepass"))
        if block < 0:
            return None
        start = key + "\t"
        for number, line in enumerate(self.lines(block)):
            if line == key or line.startswith(start):
                return self._entry(key, block * STRIDE + number)
        return None

    @guarded
    def _entry(self, key: str, number: int) -> Entry:
        ordinal = self.base + number
        first, end = self._first[ordinal], self._first[ordinal + 1]
        if first > end:
            raise damaged(self.path, f"postings of {key}")
        return Entry(self.field, key, ordinal, first, end - first)

    def keys(self, start: str) -> Iterator[tuple[int, str]]:
        """Yield number in the field and key of the terms from `start` on, in order of key."""
        block = max(self._block_of(start.encode("utf-8", "surrogatepass")), 0)
        for number in range(block, len(self._at)):
            for offset, line in enumerate(self._lines_of(number), number * STRIDE):
                key = line.partition("\t")[0]
                if key >= start:
                    yield offset, key

    def entries(self, start: str) -> Iterator[Entry]:
        """Yield the terms from `start` on, in order of key."""
        return (self._entry(key, number) for number, key in self.keys(start))

    @guarded
    def _lines_of(self, block: int) -> list[str]:
        return self.lines(block)

    @guarded
    def line(self, number: int) -> str:
        """Return the line of a term by its number in the field; an IndexError is raised as IndexDamaged."""
        if not 0 <= number < self.count:
            raise IndexError(f"no term {number}")
        return self.lines(number // STRIDE)[number % STRIDE]

    def numbered(self, number: int) -> Entry:
        """Return a term by its number in the field."""
        return self._entry(self.line(number).partition("\t")[0], number)

    @guarded
    def forms(self, number: int) -> tuple[str, ...]:
        """Return the printed forms of a term by its number in the field."""
        key, *short = self.line(number).split("\t")
        return tuple(lengthen(key, form) for form in short) if short else (key,)

    def surfaces(self) -> Surfaces:
        """Return every folded spelling (kept after the first call)."""
        if self._surfaces is None:
            self._surfaces = self._read_surfaces()
        return self._surfaces

    @guarded
    def _read_surfaces(self) -> Surfaces:
        packed = self._container.section(SPELL_TEXT.format(self.field))
        # zlib makes at most 1,032 bytes of one, so that no file takes more memory than it justifies.
        data = zlib.decompressobj().decompress(packed, self._spelled + 1) if self._spelled > 0 else b""
        if len(data) != self._spelled:
            raise ValueError(f"{len(data)} bytes of spellings instead of {self._spelled}")
        text = "\n" + data.decode("utf-8", "surrogatepass")
        words = text[1:-1].split("\n") if len(text) > 1 else []
        return Surfaces(text, words, self._container.section(SPELL_TERM.format(self.field), len(words)))
