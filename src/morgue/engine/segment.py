"""One immutable segment of an index, read through a memory map; nothing is decoded before it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from morgue.engine.columns import NumberColumn, ValueColumn
from morgue.engine.postings import Entry, Postings


class Structure(NamedTuple):
    """Where the sentences of a body begin.

    Attributes:
        positions: number of each sentence's first word in the field `text` (a sentence without words shares it with
            the next).
        offsets: each sentence's first character, an offset into the body.
        paragraphs: whether each sentence is the first of its paragraph.
    """

    positions: list[int]
    offsets: list[int]
    paragraphs: list[bool]


class Surfaces(NamedTuple):
    """Every folded spelling of a field, sorted, and the terms they belong to.

    Attributes:
        text: the spellings, each on a line of its own ("\\n" before the first and after the last), so that one
            regular expression finds all that match.
        words: the spellings as a list (made from `text`; sorted by code point).
        ordinals: the term of each spelling (`I` view), for `Segment.terms`.
    """

    text: str
    words: list[str]
    ordinals: memoryview


class Segment:
    """A segment, and which of its documents are deleted as of one commit.

    Attributes:
        name: the segment's name in the commit record.
        doc_count: its documents, deleted ones included; document numbers run from 0 and stay below 65,535.
        live_count: its documents that are not deleted.
        deleted: one byte per document, 1 for deleted; None when none is.
        zone_lengths: words per document in headline, lead and rest (three views).
        zone_totals: their sums over all documents, deleted ones included, as Whoosh counts them.
        numbers, values: columns by name (only those that some document uses).
    """

    name: str
    doc_count: int
    live_count: int
    deleted: bytes | None
    zone_lengths: tuple[memoryview, memoryview, memoryview]
    zone_totals: tuple[int, int, int]
    numbers: Mapping[str, NumberColumn]
    values: Mapping[str, ValueColumn]

    def find(self, id: str) -> int | None:
        """Return the number of the live document with this id, or None. O(log n)."""
        raise NotImplementedError

    def id(self, doc: int) -> str:
        """Return a document's id."""
        raise NotImplementedError

    def stored(self, doc: int) -> bytes:
        """Return a document's stored record, byte for byte."""
        raise NotImplementedError

    def structure(self, doc: int) -> Structure:
        """Return where the sentences and paragraphs of a document's body begin."""
        raise NotImplementedError

    def field_lengths(self, field: str) -> Sequence[int] | None:
        """Return the words per document in a small text field; None when the segment has none."""
        raise NotImplementedError

    def field_total(self, field: str) -> int:
        """Return the sum of a field's words over all documents (`text`: of all zones)."""
        raise NotImplementedError

    def entry(self, field: str, key: str) -> Entry | None:
        """Return a term, or None when the segment does not have it."""
        raise NotImplementedError

    def entries(self, field: str, start: str = "", prefix: str = "") -> Iterator[Entry]:
        """Yield the terms of a field in order of key, from `start` on, that begin with `prefix`."""
        raise NotImplementedError

    def terms(self, ordinals: Iterable[int]) -> list[Entry]:
        """Return terms by number (from `Surfaces.ordinals`)."""
        raise NotImplementedError

    def surfaces(self, field: str) -> Surfaces:
        """Return every folded spelling of a field (kept after the first call)."""
        raise NotImplementedError

    def forms(self, entry: Entry) -> tuple[str, ...]:
        """Return the spellings of a term as printed; the index is the form code, 0 the most frequent."""
        raise NotImplementedError

    def cf(self, entry: Entry) -> int:
        """Return how often a term occurs, over all documents."""
        raise NotImplementedError

    def postings(self, entry: Entry) -> Postings:
        """Return a term's postings; nothing is decoded yet."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file. Views taken from it stay valid until they are dropped."""
        raise NotImplementedError
