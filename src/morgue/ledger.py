"""Which files were read, and what was in them when they were: so that an unchanged file costs no more than its hash.

The ledger is a cache beside the index. Losing it loses nothing but time: every article is told apart by its own digest
as well. A file is entered only after the commit that holds all of its articles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

NAME = "ledger.sqlite3"
_SCHEMA = 1


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


class Ledger:
    """The table of files read. A damaged or foreign ledger is dropped and begun anew."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._path = folder / NAME
        self._pending: dict[str, Entry] = {}
        try:
            self._db = self._open(read_only)
        except sqlite3.DatabaseError:
            if not read_only:
                self._path.unlink(missing_ok=True)
            self._db = self._open(read_only)

    @staticmethod
    def discard(folder: Path) -> None:
        """Drop the ledger of an index, so that every file is read again."""
        for path in (folder / NAME, folder / f"{NAME}-journal"):
            path.unlink(missing_ok=True)

    def _open(self, read_only: bool) -> sqlite3.Connection:
        if read_only:  # a dry run on a ledger that may not exist: look at a copy in memory
            db = sqlite3.connect(":memory:", isolation_level=None)
            if self._path.exists():
                with sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True) as disk:
                    disk.backup(db)
                disk.close()
        else:
            db = sqlite3.connect(self._path, isolation_level=None, timeout=10)
        try:
            db.execute("PRAGMA trusted_schema = OFF")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _SCHEMA):
                raise sqlite3.DatabaseError("another version's ledger")
            db.execute(
                "CREATE TABLE IF NOT EXISTS files (real TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL,"
                " settings TEXT NOT NULL, articles INTEGER NOT NULL, rejected INTEGER NOT NULL) WITHOUT ROWID"
            )
            db.execute("CREATE INDEX IF NOT EXISTS files_path ON files (path)")
            db.execute("CREATE INDEX IF NOT EXISTS files_sha256 ON files (sha256)")
            db.execute(f"PRAGMA user_version = {_SCHEMA}")
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def get(self, real: str) -> Entry | None:
        """Return what is known of a file, by its resolved path."""
        row = self._db.execute("SELECT * FROM files WHERE real = ?", (real,)).fetchone()
        return Entry(*row) if row else None

    def entries(self) -> Iterator[Entry]:
        """Yield every file known, in order of their resolved paths."""
        for row in self._db.execute("SELECT * FROM files ORDER BY real"):
            yield Entry(*row)

    def same_bytes(self, sha256: str) -> list[Entry]:
        """Return the files that held these very bytes when they were read."""
        return [Entry(*row) for row in self._db.execute("SELECT * FROM files WHERE sha256 = ?", (sha256,))]

    def add(self, entry: Entry) -> None:
        """Note a file that was read whole; written by the next `save`."""
        self._pending[entry.real] = entry

    def save(self) -> None:
        """Write what was noted. Call it after the commit that holds the articles of the files noted."""
        if not self._pending:
            return
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", self._pending.values())
            self._db.execute("COMMIT")
        self._pending.clear()

    def drop(self, real: str) -> None:
        """Drop one file."""
        self._db.execute("DELETE FROM files WHERE real = ?", (real,))

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files by the path their articles carry, so that the next ingest reads them again."""
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the ledger; what was noted and not saved is lost."""
        self._db.close()
