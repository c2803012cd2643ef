"""Segments behind Whoosh's codec interface: its readers, matchers, scorers, collectors and columns work over them.

A posting's weight is tf', a field's length dl' (search/bm25f.py), so that Whoosh's BM25F computes the same scores. The
zones of the text are fields of their own. Read-only: no Whoosh file is written, and nothing is unpickled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from whoosh import columns
from whoosh.codec import base
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo

from morgue.engine.files.postings import RUN
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import PYTHON, Column, Numbers, Ops
from morgue.engine.search.bm25f import ZONES, FieldScale, home
from morgue.engine.search.term_postings import KeyPostings, WholeKey, key_postings
from morgue.index.document import SMALL_FIELDS

Scale = Callable[[str], FieldScale]

WORD_FIELDS = (*ZONES, *SMALL_FIELDS)


def read_only() -> TypeError:
    """Return the error of writing through Whoosh."""
    return TypeError("this index is written through morgue.engine.write.writer.Writer")


class MorgueSegment(base.Segment):
    """A segment as a Whoosh segment."""

    def __init__(self, segment: Segment, scale: Scale) -> None:
        self.ours = segment
        self.scale = scale
        self.indexname = "morgue"
        self.segid = segment.name
        self.compound = False

    def codec(self) -> MorgueCodec:
        return MorgueCodec()

    def delete_document(self, *_: Any, **__: Any) -> None:
        """Raise TypeError."""
        raise read_only()

    def doc_count_all(self) -> int:
        return self.ours.doc_count

    def deleted_count(self) -> int:
        return self.ours.doc_count - self.ours.live_count

    def deleted_docs(self) -> Iterator[int]:
        return (doc for doc, gone in enumerate(self.ours.deleted or b"") if gone)

    def is_deleted(self, docnum: int) -> bool:
        # Whoosh's NOT reads one document past the end.
        return docnum < self.ours.doc_count and not self.ours.alive(docnum)


class MorgueCodec(base.Codec):
    """Opens segments for Whoosh."""

    def terms_reader(self, _storage: Any, segment: MorgueSegment) -> MorgueTerms:
        return MorgueTerms(segment)

    def per_document_reader(self, _storage: Any, segment: MorgueSegment) -> MorgueDocuments:
        return MorgueDocuments(segment)

    def postings_reader(self, *_: Any, **__: Any) -> Any:
        raise read_only()

    per_document_writer = field_writer = postings_writer = new_segment = postings_reader


class MorgueDocuments(base.PerDocumentReader):
    """The data of each document: lengths, columns, the record."""

    def __init__(self, segment: MorgueSegment) -> None:
        self._segment = segment
        self._ours = segment.ours

    def doc_count(self) -> int:
        return self._ours.live_count

    def doc_count_all(self) -> int:
        return self._ours.doc_count

    def has_deletions(self) -> bool:
        return self._ours.deleted is not None

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: float = 0) -> float:
        return self._segment.scale(fieldname).length(self._ours, docnum) if fieldname in WORD_FIELDS else default

    def field_length(self, fieldname: str) -> float:
        if fieldname not in WORD_FIELDS:
            return 0
        if fieldname in ZONES:
            return self._segment.scale(fieldname).count(self._ours.zone_totals)
        return self._ours.field_total(fieldname)

    def min_field_length(self, fieldname: str) -> float:
        return min(self._lengths(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> float:
        return max(self._lengths(fieldname), default=0)

    def _lengths(self, fieldname: str) -> Iterator[float]:
        return (self.doc_field_length(doc, fieldname) for doc in range(self._ours.doc_count))

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == "id" or fieldname in self._ours.numbers or fieldname in self._ours.values

    def list_columns(self) -> list[str]:
        return ["id", *self._ours.numbers, *self._ours.values]

    def column_reader(self, fieldname: str, column: Any) -> columns.ColumnReader:
        return MorgueColumn(self._ours, fieldname, column)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {"id": self._ours.id(docnum), "record": self._ours.stored(docnum)}


class MorgueColumn(columns.ColumnReader):
    """A number column, or the first value of a value column, as a Whoosh column."""

    def __init__(self, segment: Segment, name: str, column: Any) -> None:
        self._doccount = segment.doc_count
        self._default = column.default_value()
        self._sign = 1
        self._get = self._reader(segment, name)

    def _reader(self, segment: Segment, name: str) -> Callable[[int], Any]:
        if name == "id":
            return lambda doc: segment.id(doc).encode("utf-8", "surrogatepass")
        if name in segment.numbers:
            return segment.numbers[name].get
        values = segment.values[name]

        def first(doc: int) -> bytes | None:
            numbers = values.of(doc)
            return values.display(numbers[0]).encode("utf-8", "surrogatepass") if len(numbers) else None

        return first

    def __getitem__(self, docnum: int) -> Any:
        value = self._get(docnum)
        return self._default if value is None else value

    def sort_key(self, docnum: int) -> Any:
        value = self[docnum]
        return self._sign * value if isinstance(value, int) else value

    def set_reverse(self) -> None:
        self._sign = -1


class MorgueTerms(base.TermsReader):
    """The dictionary: words of the text fields, ids, values of the other columns."""

    def __init__(self, segment: MorgueSegment) -> None:
        self._segment = segment
        self._ours = segment.ours
        # Whoosh looks up each term of a query several times.
        self._piece = lru_cache(maxsize=256)(self._find)
        self._info = lru_cache(maxsize=256)(self._describe)

    def _find(self, fieldname: str, text: bytes) -> KeyPostings | None:
        if fieldname not in WORD_FIELDS:
            docs = self._valued(fieldname, text.decode("utf-8", "surrogatepass"))
            return _ValuePiece(docs) if len(docs) else None
        entry = self._ours.entry(home(fieldname), text.decode("utf-8", "surrogatepass"))
        return None if entry is None else key_postings(self._ours, entry, fieldname, None)

    def _valued(self, fieldname: str, text: str) -> Sequence[int]:
        if fieldname == "id":
            doc = self._ours.find(text)
            return () if doc is None else (doc,)
        values = self._ours.values.get(fieldname)
        number = -1 if values is None else values.find(text)
        return () if values is None or number < 0 else values.docs(number)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._piece(*term) is not None

    def _texts(self, fieldname: str, start: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of a field from `start` on. Of a zone each is looked up: it may lack the word."""
        if fieldname in WORD_FIELDS:
            for entry in self._ours.entries(home(fieldname), start.decode("utf-8", "surrogatepass")):
                if fieldname not in ZONES or all(ZONES[fieldname]) or key_postings(self._ours, entry, fieldname, None):
                    yield entry.key.encode("utf-8", "surrogatepass")
        elif fieldname == "id":
            names = (self._ours.id(doc) for doc in range(self._ours.doc_count) if self._ours.alive(doc))
            yield from (name for name in sorted(n.encode("utf-8", "surrogatepass") for n in names) if name >= start)
        elif fieldname in self._ours.values:
            values = self._ours.values[fieldname]
            folded = (values.folded(number).encode("utf-8", "surrogatepass") for number in range(len(values)))
            yield from (name for name in folded if name >= start)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in sorted(self.indexed_field_names()):
            for text in self._texts(fieldname):
                yield fieldname, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for text in self._texts(fieldname, prefix):
            yield fieldname, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def indexed_field_names(self) -> list[str]:
        zones = list(ZONES) if "text" in self._ours.fields else []
        words = [field for field in self._ours.fields if field not in ZONES]
        return ["id", *zones, *words, *(name for name in self._ours.values if name not in WORD_FIELDS)]

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return self._info(fieldname, text)

    def _describe(self, fieldname: str, text: bytes) -> TermInfo:
        piece = self._piece(fieldname, text)
        if piece is None:
            raise KeyError((fieldname, text))
        docs = piece.docs
        if isinstance(piece, _ValuePiece):
            return _info(len(docs), len(docs), 1, 1, 1.0, docs[0], docs[-1])
        scale = self._segment.scale(fieldname)
        weights = piece.tf(PYTHON, scale, None)
        # A scorer needs only bounds of the lengths.
        shortest = min((scale.count(block.least) for block in piece.postings.blocks()), default=0) if isinstance(
            piece, WholeKey
        ) and fieldname in ZONES else min(scale.length(self._ours, doc) for doc in docs)  # fmt: skip
        longest = max(scale.length(self._ours, doc) for doc in (docs[0], docs[-1]))
        return _info(sum(weights), len(docs), shortest, longest, max(weights), docs[0], docs[-1])

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        piece = self._piece(fieldname, text)
        return 0 if piece is None else len(piece.docs)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> MorgueMatcher:
        piece = self._piece(fieldname, text)
        if piece is None:
            from whoosh.reading import TermNotFound

            raise TermNotFound(f"{fieldname}:{text!r}")
        scale = None if isinstance(piece, _ValuePiece) else self._segment.scale(fieldname)
        return MorgueMatcher(self._ours, piece, scale, format_, (fieldname, text), scorer)

    def cursor(self, fieldname: str, _fieldobj: Any) -> MorgueCursor:
        return MorgueCursor(self, fieldname)


def _info(*facts: float) -> TermInfo:
    make: Any = TermInfo  # untyped
    info: TermInfo = make(*facts)
    return info


class MorgueCursor(base.FieldCursor):
    """Walks the terms of a field."""

    def __init__(self, terms: MorgueTerms, fieldname: str) -> None:
        self._terms = terms
        self._fieldname = fieldname
        self.first()

    def first(self) -> str | None:
        self._texts = list(self._terms._texts(self._fieldname))
        self._at = 0
        return self.text()

    def find(self, text: str | bytes) -> str | None:
        wanted = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        self._at = bisect_left(self._texts, wanted)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term, None at the end."""
        return self._texts[self._at].decode("utf-8", "surrogatepass") if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo:
        """Return the statistics of the term."""
        return self._terms.term_info(self._fieldname, self._texts[self._at])

    def is_valid(self) -> bool:
        """Whether there is a term."""
        return self._at < len(self._texts)


class _ValuePiece:
    """The documents that hold an exact value."""

    def __init__(self, docs: Sequence[int]) -> None:
        self.docs = docs

    def tf(self, _ops: Ops, _scale: FieldScale, indices: Numbers | None) -> Column:
        return [1.0] * len(self.docs if indices is None else indices)

    def counts(self, _index: int) -> tuple[int, int, int]:
        return (0, 0, 1)

    def positions(self, _index: int) -> Sequence[int]:
        return (0,)

    def bulk(self, indices: Sequence[int]) -> list[Sequence[int]]:
        return [(0,)] * len(indices)


class MorgueMatcher(LeafMatcher):
    """The postings of a term, for Whoosh's matchers to combine; a block is a run of RUN postings."""

    def __init__(
        self,
        segment: Segment,
        piece: KeyPostings,
        scale: FieldScale | None,
        format_: Any,
        term: tuple[str, bytes],
        scorer: Any = None,
    ) -> None:
        self._segment = segment
        self._piece = piece
        self._scale = scale
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._docs = piece.docs
        self._weights: list[float] | None = None
        self._bounds: dict[int, tuple[float, float]] = {}
        self._i = 0

    def is_active(self) -> bool:
        return self._i < len(self._docs)

    def reset(self) -> None:
        self._i = 0

    def copy(self) -> MorgueMatcher:
        other = MorgueMatcher(self._segment, self._piece, self._scale, self.format, self._term, self.scorer)
        other._weights = self._weights
        other._bounds = self._bounds
        other._i = self._i
        return other

    def id(self) -> int:
        return self._docs[self._i]

    def next(self) -> bool:  # type: ignore[override]
        if not self.is_active():
            raise ReadTooFar
        self._i += 1
        return self._i % RUN == 0 or not self.is_active()

    def skip_to(self, targetid: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._docs, targetid, self._i)

    def _every_weight(self) -> list[float]:
        if self._weights is None:
            self._weights = [1.0] * len(self._docs)
            if self._scale is not None:
                self._weights = list(self._piece.tf(PYTHON, self._scale, None))
        return self._weights

    def weight(self) -> float:
        return self._every_weight()[self._i]

    def supports(self, astype: str) -> bool:
        return astype in ("positions", "frequency", "weight")

    def value_as(self, astype: str) -> Any:
        if astype == "weight":
            return self.weight()
        if astype == "frequency":
            return sum(self._piece.counts(self._i))
        return list(self._piece.positions(self._i))

    def value(self) -> bytes:
        return b"".join(position.to_bytes(4, "little") for position in self._piece.positions(self._i))

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    def _block(self) -> tuple[int, int]:
        start = self._i - self._i % RUN
        return start, min(start + RUN, len(self._docs))

    def _bounds_of_block(self) -> tuple[float, float]:
        """Return the highest weight of a posting, and the least length of a document, of the block."""
        start, end = self._block()
        if start not in self._bounds:
            lengths = [1.0]
            if self._scale is not None:
                lengths = [self._scale.length(self._segment, doc) for doc in self._docs[start:end]]
            self._bounds[start] = max(self._every_weight()[start:end]), min(lengths)
        return self._bounds[start]

    def block_max_weight(self) -> float:
        """Return the highest weight of the block."""
        return self._bounds_of_block()[0]

    def block_min_length(self) -> float:
        """Return the least length of a document of the block."""
        return self._bounds_of_block()[1]

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.scorer.block_quality(self) <= minquality:
            self._i = self._block()[1]
            skipped += 1
        return skipped
