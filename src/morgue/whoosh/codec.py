"""Segments behind Whoosh's codec interface: its readers, matchers, collectors and columns work over them.

A posting's weight is the number of occurrences and a field's length its number of words, so that every weighting of
Whoosh's computes what it would over a stock index; `Weighting` (scoring.py) takes the scores from the engine. Nothing
is unpickled here, and nothing written: see writer.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from morgue import analysis
from morgue.engine.files.commit import open_segment
from morgue.engine.files.manifest import SegmentRecord
from morgue.engine.files.postings import Entry
from morgue.engine.files.segment import Segment
from morgue.engine.search.bm25f import ZONES, home
from morgue.index.document import SMALL_FIELDS, TEXT
from morgue.json_record import from_stored
from morgue.whoosh.columns import ColumnReader, NumberTerms
from morgue.whoosh.layout import Layout
from morgue.whoosh.matcher import Matcher
from morgue.whoosh.postings import Postings, WordPostings, field_lengths, zone_counts
from morgue.whoosh.schema import NUMBERS, SPELLING, STEMMED, UNION, VALUE_COLUMNS, VALUES, stored_fields

_CACHED_TERMS = 1024
_OPEN: WeakValueDictionary[tuple[str, SegmentRecord], Segment] = WeakValueDictionary()


def _stored(segment: Segment, docnum: int) -> dict[str, Any]:
    columns = {number.column for number in NUMBERS.values()} & segment.numbers.keys()
    numbers = {name: segment.numbers[name].get(docnum) for name in columns}
    return {"id": segment.id(docnum)} | stored_fields(from_stored(segment.stored(docnum)), numbers)


ARCHIVE = Layout(
    words={**STEMMED, **{name: name for name in SMALL_FIELDS}},
    values=VALUES,
    columns=VALUE_COLUMNS,
    numbers=NUMBERS,
    stored=_stored,
    identity="id",
    spelling=SPELLING,
)


def read_only() -> TypeError:
    """Return the error of writing segments through Whoosh's own writer."""
    return TypeError("an archive is written through its own writer: open_dir(folder).writer()")


class ArchiveSegment(base.Segment):
    """A segment of a commit. Not equal to any other, so that readers are not taken over from an older commit."""

    def __init__(self, record: SegmentRecord) -> None:
        """Take the segment's entry in the commit record; its file is opened by a reader."""
        self.record = record
        self.indexname = "MAIN"
        self.segid = record.name.partition(".")[0]
        self.compound = False

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def codec(self) -> ArchiveCodec:
        return ArchiveCodec()

    def opened(self, storage: Any) -> Segment:
        """Return the open file, which readers of one commit share.

        Raises:
            FileNotFoundError: a later commit deleted it. IndexDamaged: it is not what was written.
        """
        token = (str(storage.folder), self.record)
        segment = _OPEN.get(token)
        if segment is None:
            segment = _OPEN[token] = open_segment(Path(storage.folder), self.record)
        return segment

    def doc_count_all(self) -> int:
        return self.record.docs

    def deleted_count(self) -> int:
        return self.record.deletions.count if self.record.deletions else 0

    def deleted_docs(self, *_: Any) -> Any:
        raise read_only()

    is_deleted = delete_document = set_doc_count = deleted_docs

    def should_assemble(self) -> bool:
        return False


class ArchiveCodec(base.Codec):
    """Opens segments for Whoosh.

    Attributes:
        layout: where the fields of the schema are kept.
    """

    layout = ARCHIVE

    def terms_reader(self, storage: Any, segment: ArchiveSegment) -> TermsReader:
        return TermsReader(segment.opened(storage), self.layout)

    def per_document_reader(self, storage: Any, segment: ArchiveSegment) -> DocumentReader:
        return DocumentReader(segment.opened(storage), self.layout)

    def postings_reader(self, *_: Any, **__: Any) -> Any:
        raise read_only()

    per_document_writer = field_writer = postings_writer = new_segment = postings_reader


class DocumentReader(base.PerDocumentReader):
    """What is known of each document: lengths, columns, the record."""

    def __init__(self, segment: Segment, layout: Layout) -> None:
        self.segment = segment
        self.layout = layout

    def doc_count(self) -> int:
        return self.segment.live_count

    def doc_count_all(self) -> int:
        return self.segment.doc_count

    def has_deletions(self) -> bool:
        return self.segment.deleted is not None

    def is_deleted(self, docnum: int) -> bool:
        # Whoosh's NOT reads one document past the end.
        return docnum < self.segment.doc_count and not self.segment.alive(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return (doc for doc, gone in enumerate(self.segment.deleted or b"") if gone)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in self.layout.words:
            return default
        return field_lengths(self.segment, self.layout.words[fieldname])[docnum]

    def field_length(self, fieldname: str) -> int:
        field = self.layout.words.get(fieldname)
        if field is None:
            return 0
        if field in ZONES:
            return sum(n for n, counts in zip(self.segment.zone_totals, ZONES[field], strict=True) if counts)
        return self.segment.field_total(field)

    def min_field_length(self, fieldname: str) -> int:
        field = self.layout.words.get(fieldname)
        return 0 if field is None else min(field_lengths(self.segment, field), default=0)

    def max_field_length(self, fieldname: str) -> int:
        field = self.layout.words.get(fieldname)
        return 0 if field is None else max(field_lengths(self.segment, field), default=0)

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        # Whoosh's reader of several segments mistakes documents where one has no column.
        return fieldname in self.list_columns()

    def list_columns(self) -> list[str]:
        return [self.layout.identity, *self.layout.columns, *self.layout.numbers]

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        return ColumnReader(self.segment, self.layout, fieldname, column)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self.layout.stored(self.segment, docnum)


class TermsReader(base.TermsReader):
    """The dictionary: words of the text fields, ids, values, numbers."""

    def __init__(self, segment: Segment, layout: Layout) -> None:
        self.segment = segment
        self.layout = layout
        self._numbers: dict[str, NumberTerms] = {}
        self._cursors: dict[str, list[bytes]] = {}
        # Whoosh looks up each term of a query several times.
        self._entries = lru_cache(maxsize=_CACHED_TERMS)(self._find)
        self._postings = lru_cache(maxsize=_CACHED_TERMS)(self._read)

    # -- terms

    def _find(self, fieldname: str, text: bytes) -> tuple[Entry, ...]:
        """Return the dictionary's entries of a word, or of a stem whatever its language: one, or one per language."""
        field = home(self.layout.words[fieldname])
        key, union, folded = text.decode("utf-8", "surrogatepass").partition(UNION)
        languages = self.segment.languages if field == TEXT else ()
        if union:
            keys = [analysis.key_of_folded(folded, language, True) for language in languages]
        else:
            others = set(languages) - {"", "en"}
            keys = [key, *(f"{key}{analysis.LANGUAGE_MARK}{language}" for language in others)]
        found = [entry for entry in (self.segment.entry(field, k) for k in dict.fromkeys(keys)) if entry is not None]
        counts = zone_counts(self.segment, self.layout.words[fieldname])
        return tuple(found if counts is None else [entry for entry in found if counts.df(entry)])

    def _read(self, fieldname: str, text: bytes) -> Postings | None:
        if fieldname in self.layout.words:
            entries = self._entries(fieldname, text)
            return WordPostings(self.segment, self.layout.words[fieldname], entries) if entries else None
        docs = self._valued(fieldname, text)
        return Postings(docs) if len(docs) else None

    def _valued(self, fieldname: str, text: bytes) -> Sequence[int]:
        if fieldname in self.layout.numbers:
            terms = self._number_terms(fieldname)
            return terms.docs(text) if terms else ()
        value = text.decode("utf-8", "surrogatepass")
        if fieldname == self.layout.identity:
            doc = self.segment.find(value)
            return () if doc is None else (doc,)
        values = self.segment.values.get(self.layout.values.get(fieldname, ""))
        number = -1 if values is None else values.find(value)
        return () if values is None or number < 0 else values.docs(number).tolist()

    def _number_terms(self, fieldname: str) -> NumberTerms | None:
        number = self.layout.numbers[fieldname]
        column = self.segment.numbers.get(number.column)
        if column is None:
            return None
        if fieldname not in self._numbers:
            self._numbers[fieldname] = NumberTerms(column, number)
        return self._numbers[fieldname]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._entries(*term)) if term[0] in self.layout.words else self._postings(*term) is not None

    def _texts(self, fieldname: str, start: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of a field from `start` on."""
        if fieldname in self.layout.words:
            terms = self.segment.field_terms(home(self.layout.words[fieldname]))
            counts = zone_counts(self.segment, self.layout.words[fieldname])
            last = None
            for number, key in terms.keys(start.decode("utf-8", "surrogatepass")) if terms else ():
                stem = key.partition(analysis.LANGUAGE_MARK)[0]
                if stem != last and (counts is None or counts.dfs[number]):
                    yield stem.encode("utf-8", "surrogatepass")
                    last = stem
        elif fieldname in self.layout.numbers:
            numbers = self._number_terms(fieldname)
            yield from numbers.texts(start) if numbers else ()
        elif fieldname == self.layout.spelling:
            words = sorted({word.encode("utf-8", "surrogatepass") for word in self.segment.surfaces(TEXT).words})
            yield from words[bisect_left(words, start) :]
        elif fieldname == self.layout.identity:
            names = (self.segment.id(doc) for doc in range(self.segment.doc_count) if self.segment.alive(doc))
            yield from (name for name in sorted(n.encode("utf-8", "surrogatepass") for n in names) if name >= start)
        elif self.layout.values.get(fieldname) in self.segment.values:
            values = self.segment.values[self.layout.values[fieldname]]
            folded = (values.folded(number).encode("utf-8", "surrogatepass") for number in range(len(values)))
            yield from (name for name in folded if name >= start)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from one on, those of later fields as well.

        Args:
            fieldname: Whoosh's field. prefix: the term's bytes.
        """
        for name in sorted({fieldname, *self.indexed_field_names()}):
            if name >= fieldname:
                for text in self._texts(name, prefix if name == fieldname else b""):
                    yield name, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def indexed_field_names(self) -> list[str]:
        held = self.segment.fields
        words = [name for name, field in self.layout.words.items() if home(field) in held]
        values = [name for name, column in self.layout.values.items() if column in self.segment.values]
        numbers = [name for name, number in self.layout.numbers.items() if number.column in self.segment.numbers]
        return [self.layout.identity, *words, *values, *numbers]

    # -- statistics

    def term_info(self, fieldname: str, text: bytes) -> Statistics:
        if (fieldname, text) not in self:
            raise KeyError((fieldname, text))
        return Statistics(self, fieldname, text)

    def postings(self, fieldname: str, text: bytes) -> Postings:
        """Return the postings of a term that the segment holds.

        Args:
            fieldname: Whoosh's field. text: the term's bytes.

        Raises:
            KeyError: it holds no such term.
        """
        found = self._postings(fieldname, text)
        if found is None:
            raise KeyError((fieldname, text))
        return found

    def frequency(self, fieldname: str, text: bytes) -> float:
        return Statistics(self, fieldname, text).weight() if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if fieldname in self.layout.words:
            entries = self._entries(fieldname, text)
            if len(entries) < 2:
                counts = zone_counts(self.segment, self.layout.words[fieldname])
                return sum(entry.df if counts is None else counts.df(entry) for entry in entries)
        postings = self._postings(fieldname, text)
        return 0 if postings is None else len(postings.docs)

    def total(self, fieldname: str, text: bytes) -> float:
        """Return the occurrences of a term.

        Args:
            fieldname: Whoosh's field. text: the term's bytes.
        """
        if fieldname not in self.layout.words:
            return float(self.doc_frequency(fieldname, text))
        counts = zone_counts(self.segment, self.layout.words[fieldname])
        cf = self.segment.cf if counts is None else counts.cf
        return float(sum(map(cf, self._entries(fieldname, text))))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        postings = self._postings(fieldname, text)
        if postings is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return Matcher(postings, format_, (fieldname, text.partition(UNION.encode())[0]), scorer)

    def cursor(self, fieldname: str, field: Any) -> Cursor:
        if fieldname not in self._cursors:
            self._cursors[fieldname] = list(self._texts(fieldname))
        return Cursor(self, fieldname, field, self._cursors[fieldname])


class Statistics(TermInfo):
    """Statistics of a term in one segment; what is not requested is not computed.

    The attributes are those of Whoosh's TermInfo, which its reader of several segments sets.
    """

    def __init__(self, terms: TermsReader, fieldname: str, text: bytes) -> None:
        self._terms = terms
        self._term = (fieldname, text)

    @cached_property
    def _postings(self) -> Postings:
        return self._terms.postings(*self._term)

    @cached_property
    def _weight(self) -> float:
        return self._terms.total(*self._term)

    @cached_property
    def _df(self) -> int:
        return self._terms.doc_frequency(*self._term)

    @cached_property
    def _minlength(self) -> int:
        return min(self._postings.lengths())

    @cached_property
    def _maxlength(self) -> int:
        return max(self._postings.lengths())

    @cached_property
    def _maxweight(self) -> float:
        return max(self._postings.weights())

    @cached_property
    def _minid(self) -> int:
        return self._postings.docs[0]

    @cached_property
    def _maxid(self) -> int:
        return self._postings.docs[-1]


class Cursor(base.FieldCursor):
    """Walks the terms of a field."""

    def __init__(self, terms: TermsReader, fieldname: str, field: Any, texts: Sequence[bytes]) -> None:
        """Begin at the first of `texts`, the terms of a field of `terms` in order; `field` is Whoosh's."""
        self._terms = terms
        self._fieldname = fieldname
        self._field = field
        self._texts = texts
        self._at = 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, text: Any) -> Any:
        self._at = bisect_left(self._texts, text if isinstance(text, bytes) else self._field.to_bytes(text))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """Return the term as the field reads it, None at the end."""
        return self._field.from_bytes(self._texts[self._at]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term, None at the end."""
        return self._terms.term_info(self._fieldname, self._texts[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term."""
        return self._at < len(self._texts)
