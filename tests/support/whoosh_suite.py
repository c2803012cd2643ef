"""A plugin for pytest that runs Whoosh's own tests over the engine's segments and our codec.

Every index that a test makes becomes a folder of the engine's, whatever its schema: `Index` maps its fields.

- Fields with positions or frequencies are the engine's small fields of words. The words are what the test's analyzer
  made, each spelled so that morgue.analysis leaves it as it is; a gap in their positions holds words that are no term.
- Other fields are value columns; numbers and dates are number columns; what is sorted by is a value column as well.
- Stored fields are pickled (nothing of the product is).

What an engine made for articles has no place for raises `Unsupported`.
"""

from __future__ import annotations

import copy
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import columns, fields
from whoosh import index as stock
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.index import LockError
from whoosh.searching import Searcher
from whoosh.writing import IndexingError, IndexWriter

from morgue.engine.files import manifest
from morgue.engine.write.writer import Writer
from morgue.errors import IndexMissing, LockTimeout
from morgue.index.document import SMALL_FIELDS, Document
from morgue.whoosh.codec import ArchiveCodec, ArchiveSegment, DocumentReader, TermsReader
from morgue.whoosh.columns import ColumnReader
from morgue.whoosh.index import Segments
from morgue.whoosh.layout import Layout, Number

_GAP = "z"
_LONGEST_TERM = 99  # bytes, which are two characters each in a key


class Unsupported(NotImplementedError):
    """The engine has no place for what a test wants."""


def encoded(term: bytes) -> str:
    """Return a word that is its own key and sorts as `term` does."""
    if len(term) > _LONGEST_TERM:
        raise Unsupported("a long term")
    return "q" + term.hex()


def decoded(key: bytes) -> bytes:
    return bytes.fromhex(key[1:].decode())


# -- reading -------------------------------------------------------------------------------------------------------


class Terms(TermsReader):
    """The codec's, of encoded terms."""

    def _coded(self, fieldname: str, term: bytes) -> bytes:
        return term if fieldname in self.layout.numbers or len(term) > _LONGEST_TERM else encoded(term).encode()

    def _find(self, fieldname: str, text: bytes) -> Any:
        return super()._find(fieldname, self._coded(fieldname, text))

    def _valued(self, fieldname: str, text: bytes) -> Any:
        return super()._valued(fieldname, self._coded(fieldname, text))

    def _texts(self, fieldname: str, start: bytes = b"") -> Iterator[bytes]:
        if fieldname in self.layout.numbers:
            yield from super()._texts(fieldname, start)
            return
        for text in super()._texts(fieldname, encoded(start[:_LONGEST_TERM]).encode()):
            if text != _GAP.encode() and (term := decoded(text)) >= start:
                yield term


class Pickled(ColumnReader):
    """A column of any values."""

    def _reader(self, segment: Any, layout: Layout, name: str) -> Any:
        get = super()._reader(segment, layout, name)
        if name in layout.numbers:
            return get

        def value(doc: int) -> Any:
            found = get(doc)
            return None if found is None else pickle.loads(decoded(found))

        return value


class Documents(DocumentReader):
    """The codec's, with columns of any values, and without vectors."""

    def has_vector(self, *_: Any) -> bool:
        return False

    def column_reader(self, fieldname: str, column: columns.Column) -> ColumnReader:
        return Pickled(self.segment, self.layout, fieldname, column)


class Codec(ArchiveCodec):
    """The codec over a layout of its own."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        return Terms(segment.opened(storage), self.layout)

    def per_document_reader(self, storage: Any, segment: Any) -> DocumentReader:
        return Documents(segment.opened(storage), self.layout)


class Segment(ArchiveSegment):
    """A segment of an index."""

    def __init__(self, record: Any, layout: Layout) -> None:
        super().__init__(record)
        self.layout = layout

    def codec(self) -> ArchiveCodec:
        return Codec(self.layout)


def _unpickled(segment: Any, docnum: int) -> dict[str, Any]:
    found: dict[str, Any] = pickle.loads(segment.stored(docnum))
    return found


def _copied(schema: fields.Schema) -> fields.Schema:
    made = fields.Schema()
    made.__dict__.update({name: copy.copy(value) for name, value in schema.__dict__.items()})
    return made


class Index(stock.FileIndex):
    """An index of any schema in the engine's segments."""

    made = 0  # by the test that runs

    def __init__(self, storage: Any, schema: Any, indexname: str) -> None:
        type(self).made += 1
        self.storage, self.indexname = storage, indexname
        self.folder = Path(tempfile.mkdtemp(prefix="engine"))
        self.files = FileStorage(str(self.folder))
        self._schema = fields.ensure_schema(schema)
        self._schema.clean()
        self.layout = Layout({}, {}, {}, {}, _unpickled, "\0id", "\0spelling")
        self.added = 0

    @property
    def schema(self) -> fields.Schema:
        return self._schema

    def manifest(self) -> Any:
        try:
            return manifest.read(self.folder)
        except IndexMissing:
            return None

    def _read_toc(self) -> stock.TOC:
        found = self.manifest()
        records = found.segments if found else ()
        segments = Segments(Segment(record, self.layout) for record in records)
        return stock.TOC(_copied(self._schema), segments, found.generation if found else 0)

    def latest_generation(self) -> int:
        return int(self._read_toc().generation)

    def last_modified(self) -> float:
        return self.folder.stat().st_mtime

    def reader(self, reuse: Any = None) -> Any:
        info = self._read_toc()
        return self._reader(self.files, info.schema, info.segments, info.generation, reuse)

    def writer(self, procs: int = 1, **kwargs: Any) -> Any:
        if procs > 1:
            raise Unsupported("a writer of processes")
        return SuiteWriter(self, **kwargs)

    def searcher(self, **kwargs: Any) -> Searcher:
        return Searcher(self.reader(), fromindex=self, **kwargs)

    # -- fields

    def column_of(self, name: str, field: Any) -> str:
        """Return the engine's name of a field, and note it in the layout."""
        layout: Any = self.layout
        if isinstance(field, fields.NUMERIC):
            signed = 1 << (field.bits - 1)
            lowered = signed if isinstance(field, fields.DATETIME) else 0
            layout.numbers[name] = Number(f"n_{name}", field.bits, offset=signed, lowered=lowered)
            return f"n_{name}"
        if not (field.format.supports("positions") or field.format.supports("frequency")):
            return str(layout.values.setdefault(name, f"v_{name}"))
        if name not in layout.words:
            if len(layout.words) == len(SMALL_FIELDS):
                raise Unsupported("more fields of words than an archive has")
            layout.words[name] = SMALL_FIELDS[len(layout.words)]
        return str(layout.words[name])


# -- writing -------------------------------------------------------------------------------------------------------


def _words(field: Any, value: Any) -> str:
    """Return a text of encoded words at the positions that a field gives its terms."""
    places: dict[int, bytes] = {}
    after = 0
    for term, frequency, weight, vbytes in field.index(value):
        if weight != frequency:
            raise Unsupported("a weight of a term")
        if field.format.supports("positions"):
            at = list(field.format.decode_positions(vbytes))
        else:
            at = list(range(after, after + frequency))
            after += frequency
        for position in at:
            if position in places:
                raise Unsupported("several terms at one position")
            places[position] = term
    if places and max(places) > 10_000:
        raise Unsupported("positions far apart")
    return " ".join(encoded(places[at]) if at in places else _GAP for at in range(max(places, default=-1) + 1))


class SuiteWriter(IndexWriter):
    """Whoosh's methods over the engine's writer."""

    def __init__(self, ix: Index, timeout: float = 0.0, **_: Any) -> None:
        self.ix = ix
        self.schema = _copied(ix.schema)
        self.indexname = ix.indexname
        self.is_closed = False
        try:
            self.engine = Writer(ix.folder, wait=timeout)
        except LockTimeout as error:
            raise LockError from error
        self.own = ix.reader()

    def reader(self, **_: Any) -> Any:
        return self.ix.reader()

    def searcher(self, **kwargs: Any) -> Searcher:
        return Searcher(self.reader(), **kwargs)

    def is_deleted(self, docnum: int) -> bool:
        return bool(self.own.is_deleted(docnum))

    def has_deletions(self) -> bool:
        return bool(self.own.has_deletions())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if not delete:
            raise Unsupported("an undeletion")
        for leaf, offset in self.own.leaf_readers():
            if offset <= docnum < offset + leaf.doc_count_all():
                self.engine.delete(leaf._perdoc.segment.id(docnum - offset))
                return
        raise IndexingError(f"No document ID {docnum!r} in this index")

    def add_document(self, **given: Any) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed")
        names = sorted(name for name in given if not name.startswith("_"))
        for name in names:
            if name not in self.schema:
                raise fields.UnknownFieldError(f"No field named {name!r} in {self.schema}")
        if any(name.endswith("boost") for name in given):
            raise Unsupported("a boost of a document or a field")
        texts: dict[str, tuple[str, ...]] = {}
        values: dict[str, tuple[str, ...]] = {}
        numbers: dict[str, int] = {}
        stored: dict[str, Any] = {}
        for name in names:
            value, field = given[name], self.schema[name]
            if value is not None:
                self._index(name, field, value, texts, values, numbers)
            if field.stored and f"_stored_{name}" not in given and value is not None:
                stored[name] = value
        for name, value in given.items():
            if name.startswith("_stored_") and value is not None:
                stored[name.removeprefix("_stored_")] = value
        self.ix.added += 1
        self.engine.add(Document(f"d{self.ix.added}", "", "", "en", texts, values, numbers, pickle.dumps(stored)))

    def _index(self, name: str, field: Any, value: Any, texts: Any, values: Any, numbers: Any) -> None:
        if field.indexed and field.format:
            column = self.ix.column_of(name, field)
            if isinstance(field, fields.NUMERIC):
                if isinstance(value, (list, tuple)):
                    raise Unsupported("several numbers")
                numbers[column] = int.from_bytes(field.to_bytes(value)[1:], "big") - (1 << (field.bits - 1))
            elif name in self.ix.layout.values:
                values[column] = tuple({encoded(term): None for term, *_ in field.index(value)})
            else:
                texts[column] = (_words(field, value),)
            if field.separate_spelling():
                spelled = field.spelling_fieldname(name)
                words = (encoded(field.to_bytes(word)) for word in field.spellable_words(value))
                texts[self.ix.column_of(spelled, self.schema[spelled])] = (" ".join(words),)
        if field.column_type and name not in self.ix.layout.numbers:
            self.ix.layout.columns[name] = f"c_{name}"  # type: ignore[index]
            values[f"c_{name}"] = ("q" + pickle.dumps(field.to_column_value(value)).hex(),)

    def commit(self, mergetype: Any = None, optimize: bool = False, merge: bool = True) -> None:
        from whoosh.writing import CLEAR

        del merge
        if mergetype is CLEAR:
            for docnum in self.own.all_doc_ids():
                self.delete_document(docnum)
        if optimize:
            self.engine.optimize()
        self.engine.commit()
        self.ix._schema = self.schema
        self.cancel()

    def cancel(self, **_: Any) -> None:
        self.is_closed = True
        self.engine.cancel()
        self.own.close()


# -- pytest --------------------------------------------------------------------------------------------------------

_INDEXES: dict[tuple[Any, str], Index] = {}


def _key(storage: Any, name: str) -> tuple[Any, str]:
    return (storage.folder if isinstance(storage, FileStorage) else storage), name


def _create(storage: Any, schema: Any, indexname: str = "MAIN", indexclass: Any = None) -> Index:
    del indexclass
    made = _INDEXES[_key(storage, indexname)] = Index(storage, schema, indexname)
    return made


def _open(storage: Any, indexname: str = "MAIN", schema: Any = None, indexclass: Any = None) -> Index:
    del schema, indexclass
    try:
        return _INDEXES[_key(storage, indexname)]
    except KeyError:
        raise stock.EmptyIndexError(indexname) from None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: Any) -> Any:  # noqa: ARG001
    patch = pytest.MonkeyPatch()
    patch.setattr(Storage, "create_index", _create)
    patch.setattr(Storage, "open_index", _open)
    Index.made = 0
    try:
        return (yield)
    finally:
        patch.undo()
        _INDEXES.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    if call.when == "call":
        item.user_properties.append(("indexes", Index.made))
    return (yield)
