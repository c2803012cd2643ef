"""One immutable segment of an index, read through a memory map; nothing is decoded before it is used.

In the file (container.py): ids, lengths and sentences (documents.py), records (stored.py), columns (columns.py),
dictionary (terms.py), postings (postings.py). Each has a module beside it that writes and merges it (`*_write.py`,
with numpy, which reading does without).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypedDict, cast

from morgue.engine.files import documents
from morgue.engine.files.columns import NumberColumn, NumberMeta, ValueColumn, ValueMeta
from morgue.engine.files.container import DAMAGE, Container, damaged, guarded
from morgue.engine.files.documents import Ids, Sentences
from morgue.engine.files.postings import Entry, Postings, PostingTables
from morgue.engine.files.stored import Group, Records
from morgue.engine.files.terms import TERM_FIRST, FieldTerms, Surfaces
from morgue.index.document import TEXT
from morgue.index.values import Structure

MAX_DOCS = 65_535

__all__ = ["MAX_DOCS", "Entry", "Meta", "Postings", "Segment", "Surfaces"]


class Meta(TypedDict):
    """The table of contents of a segment, besides the sections.

    Attributes:
        docs: documents, deleted ones included. zone_totals: words of headlines, leads and rests.
        languages: see Segment. lengths: words by small field.
        numbers, values: columns by name.
        fields: by field, the number of its first term, its terms, the bytes of its spellings when unpacked.
        postings, occurrences: how many there are.
    """

    docs: int
    zone_totals: list[int]
    languages: list[str]
    lengths: dict[str, int]
    numbers: dict[str, NumberMeta]
    values: dict[str, ValueMeta]
    fields: dict[str, list[int]]
    postings: int
    occurrences: int


class Segment:
    """A segment, and which of its documents are deleted as of one commit.

    Its methods raise IndexDamaged for a damaged file. The views they return may hold wrong numbers then: code that
    follows those catches `container.DAMAGE`.

    Attributes:
        container, path: its file. meta: the file's table of contents; in a hostile file it may have any shape.
        name: the segment's name in the commit record.
        doc_count: its documents, deleted ones included; document numbers run from 0 and stay below 65,535.
        live_count: its documents that are not deleted.
        deleted: one byte per document, 1 for deleted; None when none is.
        languages: of the stemmers used (ISO 639-1).
        zone_totals: words of headlines, leads and rests over all documents, deleted ones included, as Whoosh counts.
    """

    def __init__(self, container: Container, name: str, deleted: bytes | bytearray | None = None) -> None:
        """Read a mapped file.

        Args:
            container: the file. name: as in the commit record. deleted: see `set_deleted`.
        """
        self.container = container
        self.path: Path = container.path
        self.name = name
        self.meta = meta = cast(Meta, container.meta)
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
        """Set which documents are deleted: one byte per document, 1 for deleted; None for none."""
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
    def _ids(self) -> Ids:
        return Ids(self.container, self.doc_count)

    @guarded
    def find(self, id: str) -> int | None:
        """Return the number of the live document with this id, or None. O(log n)."""
        return next(filter(self.alive, self._ids.find(id)), None)

    @guarded
    def id_hashes(self) -> tuple[memoryview, memoryview]:
        """Return the crc32 of all ids, ascending (`I` view), and the document of each (`H` view)."""
        return self._ids.hashes, self._ids.docs

    @guarded
    def id(self, doc: int) -> str:
        """Return a document's id."""
        return self._ids.id(doc)

    @guarded
    def all_ids(self) -> list[str]:
        """Return the ids of all documents, in order."""
        return self._ids.all()

    @cached_property
    def records(self) -> Records:
        """The stored records."""
        return Records(self.container, self.doc_count)

    @guarded
    def stored(self, doc: int) -> bytes:
        """Return a document's stored record, byte for byte."""
        return self.records.record(doc)

    @guarded
    def groups(self) -> list[Group]:
        """Return the compressed records that another segment can take over as they are; maybe none."""
        return self.records.groups()

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of all bodies."""
        return Sentences(self.container, self.doc_count)

    @guarded
    def structure(self, doc: int) -> Structure:
        """Return where the sentences and paragraphs of a document's body begin."""
        return self.sentences.structure(doc, self.zone_lengths[0][doc])

    # -- lengths

    @cached_property
    def zone_lengths(self) -> tuple[memoryview, memoryview, memoryview]:
        """Words per document in headline, lead and rest (three views)."""
        return documents.zone_lengths(self.container, self.doc_count)

    def field_lengths(self, field: str) -> memoryview | None:
        """Return the words per document in a small text field; None when the segment has none."""
        return documents.field_lengths(self.container, field, self.doc_count)

    @guarded
    def field_total(self, field: str) -> int:
        """Return the sum of a field's words over all documents (`text`: of all zones)."""
        if field == TEXT:
            return sum(self.zone_totals)
        return int(self.meta["lengths"].get(field, 0))

    # -- columns

    @cached_property
    @guarded
    def numbers(self) -> dict[str, NumberColumn]:
        """Number columns by name, those that some document uses."""
        columns = self.meta["numbers"].items()
        return {name: NumberColumn(self.container, name, about, self.doc_count) for name, about in columns}

    @cached_property
    @guarded
    def values(self) -> dict[str, ValueColumn]:
        """Value columns by name, those that some document uses."""
        columns = self.meta["values"].items()
        return {name: ValueColumn(self.container, name, about, self.doc_count) for name, about in columns}

    # -- terms

    @cached_property
    def first_postings(self) -> memoryview:
        """The number of each term's first posting, over all fields, and the end (`I` view)."""
        return self.container.section(TERM_FIRST)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have terms."""
        return tuple(self._fields)

    def field_terms(self, field: str) -> FieldTerms | None:
        """Return the dictionary of a field, or None when it has no terms."""
        terms = self._terms.get(field)
        if terms is None and field in self._fields:
            terms = self._terms[field] = FieldTerms(self.container, field, *self._fields[field], self.first_postings)
        return terms

    def entry(self, field: str, key: str) -> Entry | None:
        """Return the term with this key in a field, or None when the segment does not have it."""
        terms = self.field_terms(field)
        return terms.entry(key) if terms else None

    def entries(self, field: str, start: str = "") -> Iterator[Entry]:
        """Yield the terms of a field in order of key, from `start` on."""
        terms = self.field_terms(field)
        return terms.entries(start) if terms else iter(())

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
        return self.posting_tables.begin(entry.first + entry.df) - self.posting_tables.begin(entry.first)

    @guarded
    def occurrence_of(self, posting: int) -> int:
        """Return the number of a posting's first occurrence."""
        return self.posting_tables.begin(posting)

    @cached_property
    @guarded
    def posting_tables(self) -> PostingTables:
        """The postings of all terms."""
        return PostingTables(self.container, self.meta["postings"], self.meta["occurrences"])

    @guarded
    def postings(self, entry: Entry) -> Postings:
        """Return a term's postings; nothing is decoded yet."""
        return Postings(self.posting_tables, entry.first, entry.df)

    def close(self) -> None:
        """Close the file. Views taken from it stay valid until they are dropped."""
        for name, value in list(vars(type(self)).items()):
            if isinstance(value, cached_property):
                self.__dict__.pop(name, None)
        self._terms.clear()
        self.container.close()
