"""One immutable segment of an index, read through a memory map; nothing is decoded before it is asked for.

In the file (layout.py), besides postings (postings.py), dictionary (terms.py) and columns (columns.py):

- `id.text` the ids in UTF-8, in order of document, `id.at` (`I`) where each begins, and the end; `id.hash` (`I`)
  the crc32 of each id, ascending, `id.doc` (`H`) the document of each hash;
- `stored.*` the records: stored.py;
- `zone.headline`, `zone.lead`, `zone.rest` and `length.x` (`B`, `H` or `I`) words per document;
- `sentence.at` (`I`) where each document's sentences begin, and the end; `sentence.words` (`B`, `H` or `I`) words of
  each; `sentence.step` (`H` or `I`) twice its distance in characters from the start of the sentence before (from the
  body's start for the first), plus one when a paragraph begins with it.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import add
from pathlib import Path
from typing import Any, TypeVar

from morgue.engine.files.columns import NumberColumn, ValueColumn
from morgue.engine.files.container import DAMAGE, Container, damaged, guarded
from morgue.engine.files.postings import Entry, Postings, PostingTables
from morgue.engine.files.stored import Group, Records
from morgue.engine.files.terms import FieldTerms, Surfaces
from morgue.index.document import TEXT, body_start
from morgue.index.values import Structure

MAX_DOCS = 65_535

C = TypeVar("C")

__all__ = ["MAX_DOCS", "Entry", "Postings", "Segment", "Surfaces", "id_bytes"]


def id_bytes(id: str) -> bytes:
    """Return an id as it stands in the file; also one that is not valid Unicode (a file name)."""
    return id.encode("utf-8", "surrogatepass")


class Segment:
    """A segment, and which of its documents are deleted as of one commit.

    What its methods stumble over in a damaged file is raised as IndexDamaged. The views they hand out may hold wrong
    numbers then: who follows them catches `layout.DAMAGE`.

    Attributes:
        name: the segment's name in the commit record.
        path: its file.
        doc_count: its documents, deleted ones included; document numbers run from 0 and stay below 65,535.
        live_count: its documents that are not deleted.
        deleted: one byte per document, 1 for deleted; None when none is.
        languages: those whose stemmers its words went through (ISO 639-1).
        zone_totals: words of headlines, leads and rests over all documents, deleted ones included, as Whoosh counts.
    """

    def __init__(self, container: Container, name: str, deleted: bytes | bytearray | None = None) -> None:
        """Read a mapped file. `deleted`: one byte per document, or None."""
        self.container = container
        self.path: Path = container.path
        self.name = name
        meta = container.meta
        try:
            self.doc_count: int = int(meta["docs"])
            headline, lead, rest = meta["zone_totals"]
            self.zone_totals: tuple[int, int, int] = (int(headline), int(lead), int(rest))
            self.languages: tuple[str, ...] = tuple(str(language) for language in meta["languages"])
            self._fields: dict[str, tuple[int, int, int]] = {
                name: (int(base), int(count), int(spelled)) for name, (base, count, spelled) in meta["fields"].items()
            }
        except DAMAGE as error:
            raise damaged(self.path, f"table of contents: {error}") from error
        if not 0 <= self.doc_count <= MAX_DOCS:
            raise damaged(self.path, f"{self.doc_count} documents")
        self.set_deleted(deleted)
        self._terms: dict[str, FieldTerms] = {}

    def set_deleted(self, deleted: bytes | bytearray | None) -> None:
        """Say which documents are deleted: one byte per document, 1 for deleted; None for none."""
        if deleted is not None and len(deleted) != self.doc_count:
            raise damaged(self.path, "deletions of another segment")
        self.deleted = deleted
        self.live_count = self.doc_count - (deleted.count(1) if deleted else 0)

    def copy(self, deleted: bytes | bytearray | None) -> Segment:
        """Return the same segment with other deletions."""
        return Segment(self.container, self.name, deleted)

    def alive(self, doc: int) -> bool:
        """Return whether a document is not deleted."""
        return not (self.deleted and self.deleted[doc])

    # -- documents

    @cached_property
    def _ids(self) -> tuple[memoryview, memoryview, memoryview, memoryview]:
        count, section = self.doc_count, self.container.section
        return section("id.text"), section("id.at", count + 1), section("id.hash", count), section("id.doc", count)

    @guarded
    def find(self, id: str) -> int | None:
        """Return the number of the live document with this id, or None. O(log n)."""
        text, at, hashes, docs = self._ids
        name = id_bytes(id)
        wanted = zlib.crc32(name)
        for place in range(bisect_left(hashes, wanted), self.doc_count):
            if hashes[place] != wanted:
                break
            doc = docs[place]
            if text[at[doc] : at[doc + 1]] == name and self.alive(doc):
                return doc
        return None

    @guarded
    def id_hashes(self) -> tuple[memoryview, memoryview]:
        """Return the crc32 of all ids, ascending (`I` view), and the document of each (`H` view)."""
        return self._ids[2:]

    @guarded
    def id(self, doc: int) -> str:
        """Return a document's id."""
        text, at = self._ids[:2]
        return str(text[at[doc] : at[doc + 1]], "utf-8", "surrogatepass")

    @guarded
    def all_ids(self) -> list[str]:
        """Return the ids of all documents, in order."""
        text, at = self._ids[0].tobytes(), self._ids[1].tolist()
        return [text[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(at)]

    @cached_property
    def _stored(self) -> Records:
        return Records(self.container, self.doc_count)

    @guarded
    def stored(self, doc: int) -> bytes:
        """Return a document's stored record, byte for byte."""
        return self._stored.record(doc)

    @guarded
    def groups(self) -> list[Group]:
        """Return the records as they are compressed, where another segment can take them over; else none."""
        return self._stored.groups()

    @cached_property
    def _sentences(self) -> tuple[memoryview, memoryview, memoryview]:
        section = self.container.section
        words = section("sentence.words")
        return section("sentence.at", self.doc_count + 1), words, section("sentence.step", len(words))

    @guarded
    def structure(self, doc: int) -> Structure:
        """Return where the sentences and paragraphs of a document's body begin."""
        at, words, steps = self._sentences
        start, end = at[doc], at[doc + 1]
        step = steps[start:end].tolist()
        opens = [number & 1 == 1 for number in step]
        # A sentence begins where the one before ends; a paragraph break takes a number.
        gaps = map(add, words[start:end], opens[1:])
        positions = list(accumulate(gaps, initial=body_start(self.zone_lengths[0][doc]))) if step else []
        return Structure(positions, list(accumulate([number >> 1 for number in step])), opens)

    # -- lengths

    @cached_property
    def zone_lengths(self) -> tuple[memoryview, memoryview, memoryview]:
        """Words per document in headline, lead and rest (three views)."""
        section, count = self.container.section, self.doc_count
        return section("zone.headline", count), section("zone.lead", count), section("zone.rest", count)

    def field_lengths(self, field: str) -> Sequence[int] | None:
        """Return the words per document in a small text field; None when the segment has none."""
        name = f"length.{field}"
        return self.container.section(name, self.doc_count) if name in self.container.sections else None

    @guarded
    def field_total(self, field: str) -> int:
        """Return the sum of a field's words over all documents (`text`: of all zones)."""
        if field == TEXT:
            return sum(self.zone_totals)
        return int(self.container.meta["lengths"].get(field, 0))

    # -- columns

    @cached_property
    def numbers(self) -> dict[str, NumberColumn]:
        """Number columns by name, those that some document uses."""
        return self._columns("numbers", NumberColumn)

    @cached_property
    def values(self) -> dict[str, ValueColumn]:
        """Value columns by name, those that some document uses."""
        return self._columns("values", ValueColumn)

    @guarded
    def _columns(self, kind: str, make: Callable[[Container, str, dict[str, Any], int], C]) -> dict[str, C]:
        columns = self.container.meta[kind]
        return {name: make(self.container, name, about, self.doc_count) for name, about in columns.items()}

    # -- terms

    @cached_property
    def _first(self) -> memoryview:
        return self.container.section("term.first")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have terms."""
        return tuple(self._fields)

    def field_terms(self, field: str) -> FieldTerms | None:
        """Return the dictionary of a field, or None when it has no terms."""
        terms = self._terms.get(field)
        if terms is None and field in self._fields:
            terms = self._terms[field] = FieldTerms(self.container, field, *self._fields[field], self._first)
        return terms

    def entry(self, field: str, key: str) -> Entry | None:
        """Return a term, or None when the segment does not have it."""
        terms = self.field_terms(field)
        return terms.entry(key) if terms else None

    def entries(self, field: str, start: str = "", prefix: str = "") -> Iterator[Entry]:
        """Yield the terms of a field in order of key, from `start` on, that begin with `prefix`."""
        terms = self.field_terms(field)
        return terms.entries(start, prefix) if terms else iter(())

    def terms(self, field: str, ordinals: Iterable[int]) -> list[Entry]:
        """Return terms of a field by number (from `Surfaces.ordinals`), in ascending order, each once."""
        terms = self.field_terms(field)
        return [terms.numbered(number) for number in sorted(set(ordinals))] if terms else []

    def surfaces(self, field: str) -> Surfaces:
        """Return every folded spelling of a field (kept after the first call)."""
        terms = self.field_terms(field)
        return terms.surfaces() if terms else Surfaces("\n", [], memoryview(b"").cast("B"))

    def forms(self, entry: Entry) -> tuple[str, ...]:
        """Return the spellings of a term as printed; the index is the form code, 0 the most frequent."""
        terms = self.field_terms(entry.field)
        return terms.forms(entry.ordinal - terms.base) if terms else ()

    @guarded
    def cf(self, entry: Entry) -> int:
        """Return how often a term occurs, over all documents."""
        return self._postings.begin(entry.first + entry.df) - self._postings.begin(entry.first)

    @guarded
    def occurrence_of(self, posting: int) -> int:
        """Return the number of a posting's first occurrence."""
        return self._postings.begin(posting)

    @cached_property
    def _postings(self) -> PostingTables:
        return self._tables()

    @guarded
    def _tables(self) -> PostingTables:
        return PostingTables(self.container)

    @guarded
    def postings(self, entry: Entry) -> Postings:
        """Return a term's postings; nothing is decoded yet."""
        return Postings(self._postings, entry.first, entry.df)

    def close(self) -> None:
        """Let go of the file. Views taken from it stay valid until they are dropped."""
        for name in ("_ids", "_stored", "_sentences", "zone_lengths", "numbers", "values", "_first", "_postings"):
            self.__dict__.pop(name, None)
        self._terms.clear()
        self.container.close()
