"""Writing an archive through Whoosh: Whoosh's methods over the archive's own lock, analysis and commits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from whoosh.fields import UnknownFieldError
from whoosh.index import LockError
from whoosh.writing import IndexingError, IndexWriter

from morgue.engines import engine_of
from morgue.errors import LockTimeout
from morgue.ingestion.file_cache import FileCache
from morgue.json_record import to_article, to_record
from morgue.model import Article, Origin, Person, Place, Published
from morgue.schema import document
from morgue.schema import settings as new_settings
from morgue.whoosh.schema import stored_fields
from morgue.whoosh.searcher import ArchiveSearcher

_FORMAT = "whoosh"


class Locked(LockTimeout, LockError):
    """Another process is writing: Whoosh's error and ours."""


class ArchiveWriter(IndexWriter):
    """The writer of an archive, as `index.writer()` returns it.

    A document is an article: its fields are stored and indexed as they are given, without the grammar that an ingest
    applies to copy. Where it differs from Whoosh's: a document with the `id` of another replaces it, also by
    `add_document`; one without an `id` gets its `path`, or a hash of its content; boosts and values that are stored
    differently from what is indexed (`_stored_x`) are refused, as an archive has no place for them.
    """

    def __init__(self, ix: Any, timeout: float = 0.0, delay: float = 0.1, **_: Any) -> None:
        """Take the write lock.

        Args:
            ix: the index. timeout: seconds to wait for another writer. delay: accepted, as Whoosh's further options
                (`limitmb`, `procs` …) are, and not needed.

        Raises:
            Locked: another process is writing. IndexProblem: the archive cannot be read or written.
        """
        del delay
        self._folder = Path(ix.storage.folder)
        self.indexname = ix.indexname
        self.schema = ix.schema
        try:
            self._writer = engine_of(self._folder).open_writer(
                self._folder, wait=float(timeout), settings=new_settings()
            )
        except LockTimeout as error:
            raise Locked(error.message, hint=error.hint) from error
        self._reader = ix.reader()  # of the commit that no other writer can change now
        self._added: set[str] = set()
        self._forgotten: set[str] = set()
        self.is_closed = False
        self.optimize = False

    # -- reading what is there

    def reader(self, **_: Any) -> Any:
        self._check()
        return self._reader

    def searcher(self, **kwargs: Any) -> Any:
        self._check()
        return ArchiveSearcher(self._reader, closereader=False, **kwargs)

    def doc_count(self) -> int:
        """Return how many documents were added since the writer was opened."""
        return len(self._added)

    def has_deletions(self) -> bool:
        return bool(self._reader.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._reader.is_deleted(docnum))

    def _check(self) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed")

    # -- writing

    def add_document(self, **fields: Any) -> None:
        """Add an article.

        Args:
            fields: of the schema; names of people, places and keywords as a text (separated by `;`) or a list, dates
                as a datetime, a date, or a text as exact as it is known (`2026`, `2026-01-13T08:00Z`); `record`, a
                whole record (docs/output.md), whose values the other fields replace.

        Raises:
            UnknownFieldError: the schema has no such field. ValueError: a value cannot be taken.
        """
        self._check()
        article = article_of(fields)
        self._writer.add(document(article))
        self._added.add(article.id)

    def update_document(self, **fields: Any) -> None:
        """Add an article in place of the one with its id; see `add_document`, which does the same."""
        self.add_document(**fields)

    def add_reader(self, reader: Any) -> None:
        """Add what another index stores of its documents, as far as an archive has fields for it."""
        for _, stored in reader.iter_docs():
            self.add_document(**{name: value for name, value in stored.items() if name in self.schema})

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete an article.

        Args:
            docnum: its number in `reader()`. delete: must be true: nothing comes back.

        Raises:
            ValueError: `delete` is false. IndexingError: there is no such number.
        """
        self._check()
        if not delete:
            raise ValueError("a deletion cannot be taken back")
        if not 0 <= docnum < self._reader.doc_count_all():
            raise IndexingError(f"No document ID {docnum!r} in this index")
        stored = self._reader.stored_fields(docnum)
        if stored["id"] not in self._added:  # else it is replaced at the commit, and must not go with the old one
            self._writer.delete(stored["id"])
        path = str(stored["path"])
        self._forgotten.update((path, path.partition("!/")[0]))  # a member, and the file that holds it

    def add_field(self, fieldname: str, fieldtype: Any, **_: Any) -> None:  # noqa: ARG002
        """Raise UnknownFieldError, whatever `fieldname` and `fieldtype` are: the fields of an archive are fixed."""
        raise UnknownFieldError(f"the fields of an archive are fixed: {fieldname!r} cannot be added")

    def remove_field(self, fieldname: str, **_: Any) -> None:
        """Raise UnknownFieldError, whatever `fieldname` is: the fields of an archive are fixed."""
        raise UnknownFieldError(f"the fields of an archive are fixed: {fieldname!r} cannot be removed")

    # -- ending

    def commit(  # type: ignore[override]  # named as those of SegmentWriter
        self, mergetype: Any = None, optimize: bool | None = None, merge: bool | None = None
    ) -> None:
        """Make everything durable and visible, and release the lock.

        Args:
            mergetype: of Whoosh's, only CLEAR has a meaning: nothing stays but what was added.
            optimize: merge all segments. merge: accepted; the archive merges by its own rules.

        Raises:
            IndexProblem: it cannot be written; the commit before stays.
        """
        from whoosh.writing import CLEAR

        del merge
        self._check()
        try:
            if mergetype is CLEAR:
                for docnum in self._reader.all_doc_ids():
                    self.delete_document(docnum)
            if self.optimize if optimize is None else optimize:
                self._writer.optimize()
            if self._forgotten:  # before the commit: reading a file once more costs time, missing it costs articles
                cache = FileCache(self._folder)
                cache.forget(self._forgotten)
                cache.close()
            self._writer.commit()
        finally:
            self._close()

    def cancel(self, **_: Any) -> None:
        """Discard what was not committed, and release the lock."""
        self._check()
        self._close()

    def __del__(self) -> None:
        # As with Whoosh's writer, one that is given up lets go of the lock.
        if not self.__dict__.get("is_closed", True):
            self._close()

    def _close(self) -> None:
        self.is_closed = True
        self._writer.cancel()
        self._reader.close()


def article_of(fields: Mapping[str, Any]) -> Article:
    """Return the article that a document's fields describe; see ArchiveWriter.add_document.

    Fields that follow from others (`lead`, `words`, `date_from` …) are accepted, so that a hit's fields can be given
    back. Beside a `record`, a field that says what the record says changes nothing.

    Raises:
        UnknownFieldError: a field is unknown. ValueError: a value cannot be taken.
    """
    fields = {name: value for name, value in fields.items() if value is not None}
    for name in fields:
        if name.startswith("_"):
            raise ValueError(f"{name!r}: an archive stores what it indexes, and weighs no documents")
    unknown = sorted(set(fields) - _READERS.keys() - _DERIVED)
    if unknown:
        raise UnknownFieldError(f"an archive has no field {unknown[0]!r}")
    record = fields.pop("record", None)
    if record is not None and not isinstance(record, Mapping):
        raise ValueError("'record' is not a record of docs/output.md")
    identity = str(fields.get("id") or (record or {}).get("id") or fields.get("path") or _hash(fields))
    origin = Origin(path=str(fields.get("path") or ""), format=_FORMAT)
    article = Article(id=identity, origin=origin)
    if record is not None:
        article = to_article({**record, "id": identity})
        known = stored_fields(to_record(article), document(article).numbers)
        fields = {name: value for name, value in fields.items() if known.get(name) != value}
    values: dict[str, Any] = {}
    for name, (attribute, read) in _READERS.items():
        if name in fields and attribute not in values:
            values[attribute] = read(name, fields[name])
    if any(name in fields for name in _PLACE):
        places = _places(fields.get("location") or (article.location.raw if article.location else ""))
        values["location"] = _located(places[0] if places else None, fields)
        values["other_locations"] = places[1:]
    return replace(article, **values)


def _hash(fields: Mapping[str, Any]) -> str:
    content = json.dumps(fields, sort_keys=True, default=str, ensure_ascii=False)
    return f"whoosh:{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _text(name: str, value: Any) -> str:
    if isinstance(value, (list, tuple)):
        value = " ".join(str(part) for part in value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not unicode or sequence")  # as Whoosh says it
    del name
    return value


def _each(name: str, value: Any) -> tuple[str, ...]:
    parts: Iterable[Any] = value if isinstance(value, (list, tuple)) else _text(name, value).split(";")
    return tuple(part for part in (str(part).strip() for part in parts) if part)


def _people(name: str, value: Any) -> tuple[Person, ...]:
    return tuple(Person(name=person) for person in _each(name, value))


def _date(name: str, value: Any) -> Published:
    from morgue.wire.dates import parse

    if isinstance(value, (list, tuple)):
        value = value[0]
    if isinstance(value, datetime):
        return Published(value=value.isoformat(timespec="seconds").replace("+00:00", "Z"), precision="instant")
    if isinstance(value, date):
        return Published(value=value.isoformat(), precision="day")
    found = parse(_text(name, value))
    if found is None:
        raise ValueError(f"{value!r} is not a parseable date")
    return found


def _seconds(name: str, value: Any) -> Published:
    try:
        return _date(name, datetime.fromtimestamp(int(value), UTC))
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise ValueError(f"{value!r} is not a time in seconds since 1970") from error


def _places(value: Any) -> tuple[Place, ...]:
    from morgue.wire.gazetteer.places import resolve

    return tuple(place for raw in _each("location", value) for place in resolve(raw))


def _located(place: Place | None, fields: Mapping[str, Any]) -> Place:
    """Return a place with the city, region and country that a document states."""
    from morgue.wire.gazetteer.places import country

    stated = {name: _text(name, fields[name]) for name in ("city", "region", "country") if name in fields}
    found = place or Place(raw=", ".join(stated.values()))
    code = country(stated["country"]) or stated["country"] if "country" in stated else found.country
    return Place(
        raw=found.raw,
        city=stated.get("city", found.city),
        region=stated.get("region", found.region),
        country=code,
        country_how="stated" if "country" in stated else found.country_how,
    )


def _status(name: str, value: Any) -> str:
    text = _text(name, value)
    if text not in ("usable", "embargoed", "withheld", "canceled"):
        raise ValueError(f"'status' is {text!r}; known: usable, embargoed, withheld, canceled")
    return text


# Whoosh's field -> attribute of Article, and how its value is read; of two with one attribute the first counts.
_READERS = {
    **{name: (name, _text) for name in ("headline", "body", "source", "slug", "note", "language")},
    "title": ("headline", _text),
    "text": ("body", _text),
    "status": ("status", _status),
    "byline": ("byline", _people),
    "contributor": ("contributors", _people),
    "keywords": ("keywords", _each),
    "date": ("published", _date),
    "mtime": ("published", _seconds),
    "updated": ("updated", _date),
}
_PLACE = ("location", "city", "region", "country")
# Fields that are read elsewhere, or follow from others.
_DERIVED = {
    "id", "path", "record", *_PLACE, "lead", "words", "date_from", "date_to", "ingested", "format",
    "spelling",
}  # fmt: skip
