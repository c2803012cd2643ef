"""The file cache: hashes of the files that were read, so that an unchanged file is hashed and not parsed.

It lies beside the index. Losing it costs time only: every article is compared by its own digest as well. A file is
added only after the commit that holds all of its articles, and deleted only after the one that removes them. The cache
may come from another machine, with the index: what differs from what this module writes is deleted before SQLite could
follow it (a link, a journal that names other files, a view that never ends).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from morgue.errors import IndexProblem

NAME = "ledger.sqlite3"
_SCHEMA = 1
_BESIDE = ("-journal", "-wal", "-shm")  # files of SQLite's own
_HEAD = b"SQLite format 3\0"
_PLAIN = b"\1\1"  # at byte 18: a database without a write-ahead log
_TABLES = (
    "CREATE TABLE files (real TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL,"
    " settings TEXT NOT NULL, articles INTEGER NOT NULL, rejected INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX files_path ON files (path)",
    "CREATE INDEX files_sha256 ON files (sha256)",
)
# Errors of the machine; any other one means that the file is damaged.
_CIRCUMSTANCES = (
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM,
)  # fmt: skip


class Entry(NamedTuple):
    """A file as it was when it was last read whole.

    Attributes:
        real: its resolved path, the key. path: the path it was given as, which its articles carry.
        sha256: of its bytes (hex). settings: fingerprint of the options that were in force.
        articles, rejected: how many records of each kind it held.
    """

    real: str
    path: str
    sha256: str
    settings: str
    articles: int
    rejected: int


_TYPES = tuple(int if name in ("articles", "rejected") else bytes for name in Entry._fields)


class _Foreign(Exception):
    """The file is not as this module writes it."""


class FileCache:
    """The table of files read. A damaged or foreign file is replaced by an empty one.

    Its methods raise IndexProblem when the machine does not let it be read or written (a full disk).
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the file cache of the index in `folder`; `read_only`: a copy in memory, empty if there is no file."""
        self._folder = folder
        self._read_only = read_only
        self._added: dict[str, Entry] = {}
        self._dropped: set[str] = set()
        self._db = self._opened()

    @staticmethod
    def discard(folder: Path) -> None:
        """Delete the file cache of an index, so that every file is read again."""
        for suffix in ("", *_BESIDE):
            (folder / f"{NAME}{suffix}").unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        try:
            if not _looks_sound(self._folder):
                return self._emptied()
            return self._read_in() if self._read_only else self._checked(self._connected())
        except (_Foreign, sqlite3.DatabaseError) as error:
            if _circumstances(error):
                raise self._problem(error) from error
            return self._emptied()

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._folder / NAME, isolation_level=None, timeout=10)

    def _read_in(self) -> sqlite3.Connection:
        db = sqlite3.connect(":memory:", isolation_level=None)
        try:
            disk = sqlite3.connect(f"{(self._folder / NAME).resolve().as_uri()}?mode=ro", uri=True, timeout=10)
            with contextlib.closing(disk):
                disk.backup(db)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return self._checked(db)

    def _emptied(self) -> sqlite3.Connection:
        """Begin an empty file cache."""
        try:
            if self._read_only:
                return self._checked(sqlite3.connect(":memory:", isolation_level=None))
            self.discard(self._folder)
            return self._checked(self._connected())
        except (sqlite3.DatabaseError, OSError) as error:
            raise self._problem(error) from error

    def _checked(self, db: sqlite3.Connection) -> sqlite3.Connection:
        """Return a database that holds our table and nothing else, made when it is empty."""
        # Paths need not be valid Unicode (see `_sql_value`), and foreign text must not raise in SQLite's driver.
        db.text_factory = bytes
        try:
            db.execute("PRAGMA trusted_schema = OFF")
            db.execute("PRAGMA cell_size_check = ON")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            made = {row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
            if not made and version == 0:
                db.execute("BEGIN")
                for statement in _TABLES:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_SCHEMA}")
                db.execute("COMMIT")
            elif version != _SCHEMA or made != {statement.encode() for statement in _TABLES}:
                raise _Foreign
        except (_Foreign, sqlite3.DatabaseError):
            db.close()
            raise
        return db

    def _problem(self, error: Exception) -> IndexProblem:
        return IndexProblem(
            f"cannot use {NAME} of the index {self._folder}: {error}",
            hint="it only spares reading files again; without it, every file is read",
        )

    def _run(self, statement: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        """Run a statement; a file that turns out to be damaged is replaced by an empty one."""
        try:
            return self._db.execute(statement, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return []

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        if _circumstances(error):
            self._abandon()
            raise self._problem(error) from error
        self._db.close()
        self._db = self._emptied()

    def _abandon(self) -> None:
        """Leave no journal behind that could not be played back: the file is deleted if in doubt."""
        self._db.close()
        if not self._read_only and any(os.path.lexists(self._folder / f"{NAME}{suffix}") for suffix in _BESIDE):
            with contextlib.suppress(OSError):
                self.discard(self._folder)

    def get(self, real: str) -> Entry | None:
        """Return the entry of a file by its resolved path."""
        found = self._some("WHERE real = ?", real)
        return found[0] if found else None

    def entries(self) -> Iterator[Entry]:
        """Yield all entries in order of their resolved paths."""
        yield from self._some("ORDER BY real")

    def same_bytes(self, sha256: str) -> list[Entry]:
        """Return the entries of files with this hash (hex)."""
        return self._some("WHERE sha256 = ?", sha256)

    def others(self, path: str, real: str) -> list[Entry]:
        """Return the entries of files that are there and whose articles carry a path, without that of `real`."""
        added = [entry for entry in self._added.values() if entry.path == path]
        known = {entry.real: entry for entry in [*self._some("WHERE path = ?", path), *added]}
        return [entry for entry in known.values() if entry.real != real and os.path.exists(entry.real)]

    def _some(self, which: str, *values: str) -> list[Entry]:
        rows = self._run(f"SELECT * FROM files {which}", map(_sql_value, values))
        known = (_entry(row) for row in rows)
        return [entry for entry in known if entry and entry.real not in self._dropped]

    def add(self, entry: Entry) -> None:
        """Add or replace an entry; written by the next `save`."""
        self._dropped.discard(entry.real)
        self._added[entry.real] = entry

    def drop(self, real: str) -> None:
        """Delete the entry of a resolved path; written by the next `save`."""
        self._added.pop(real, None)
        self._dropped.add(real)

    def save(self) -> None:
        """Write additions and deletions. Call it after the commit that holds the files' articles."""
        if not self._added and not self._dropped:
            return
        rows = [tuple(map(_sql_value, entry)) for entry in self._added.values()]
        with self._transaction():
            self._db.executemany("DELETE FROM files WHERE real = ?", ((_sql_value(r),) for r in self._dropped))
            self._db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._added.clear()
        self._dropped.clear()

    def forget(self, paths: Iterable[str]) -> None:
        """Delete entries by the path that their articles carry, so that the next ingest reads the files again."""
        with self._transaction():
            self._db.executemany("DELETE FROM files WHERE path = ?", ((_sql_value(path),) for path in paths))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._db.execute("ROLLBACK")
            self._recover(error)

    def close(self) -> None:
        """Close the file cache; unsaved changes are lost."""
        self._db.close()


def _looks_sound(folder: Path) -> bool:
    """Whether the file is regular and begins as a database, and SQLite would open no other file with it.

    A process that was killed while writing leaves a journal. It is not played back: it may name other files.
    """
    try:
        if any(os.path.lexists(folder / f"{NAME}{suffix}") for suffix in _BESIDE):
            return False
        if not stat.S_ISREG((folder / NAME).lstat().st_mode):
            return False
        with open(folder / NAME, "rb") as file:
            head = file.read(20)
    except OSError:
        return False
    return head[:16] == _HEAD and head[18:20] == _PLAIN


def _circumstances(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _CIRCUMSTANCES


def _sql_value(value: object) -> object:
    """Return a value as SQLite takes it: a path that is not valid Unicode goes in as bytes."""
    if isinstance(value, str) and not value.isascii():
        data = value.encode("utf-8", "surrogatepass")
        return data if any("\ud800" <= character <= "\udfff" for character in value) else value
    return value


def _entry(row: tuple[object, ...]) -> Entry | None:
    """Return a row as an entry, None when it is not one that this module wrote."""
    if len(row) != len(_TYPES) or not all(isinstance(value, kind) for value, kind in zip(row, _TYPES, strict=True)):
        return None
    try:
        texts = [str(value, "utf-8", "surrogatepass") if isinstance(value, bytes) else value for value in row]
    except UnicodeDecodeError:
        return None
    return Entry(*texts)  # type: ignore[arg-type]  # checked above
