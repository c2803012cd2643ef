"""The writing side of an ingest: what is new, what replaces what, what is gone; commits and the file cache."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from morgue import schema
from morgue.engines import engine_of
from morgue.errors import IndexProblem, MorgueError
from morgue.ingestion.discover import Source
from morgue.ingestion.options import STDIN, Committed, IngestOptions
from morgue.ingestion.pool import Resolved, Task
from morgue.model import IngestReport, Notice

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader, IndexWriter
    from morgue.ingestion.file_cache import Entry, FileCache

MAX_DOUBTFUL_KEPT = 1000  # in a report
_NUMBERED = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12}){0,5}")  # of a version


class _Version(NamedTuple):
    """A version of an article.

    Attributes:
        digest: of what it was made from. path: of its file.
        moment: POSIX seconds when it was updated or published, None for unknown.
        number: its version as agencies count them, part by part (`2.1` is (2, 1)), () without one.
    """

    digest: int
    path: str
    moment: int | None
    number: tuple[int, ...]

    @classmethod
    def of(cls, resolved: Resolved) -> _Version:
        numbers = resolved.document.numbers
        moment = numbers.get("updated_from", numbers.get("published_from"))
        path = next(iter(resolved.document.values.get("path", ())), "")
        return cls(resolved.digest, path, moment, _version_number(resolved.document.stored))

    def older_than(self, other: _Version) -> bool:
        """Whether it is an earlier version: by the time if both have one, else by the number."""
        if self.moment is not None and other.moment is not None and self.moment != other.moment:
            return self.moment < other.moment
        return bool(self.number and other.number) and self.number < other.number


def _version_number(stored: bytes) -> tuple[int, ...]:
    """The number of the version of a stored article."""
    if b'"version"' not in stored:
        return ()
    from morgue.json_record import from_stored

    version = str(from_stored(stored).get("version") or "")
    return tuple(map(int, version.split("."))) if _NUMBERED.fullmatch(version) else ()


class Filing:
    """The writing side of an ingest: compares with the archive, adds, deletes, commits, keeps the file cache.

    With `dry_run` it only counts.
    """

    def __init__(
        self, index: Path, options: IngestOptions, report: IngestReport, committed: Committed | None = None
    ) -> None:
        self.index = index
        self._options = options
        self._report = report
        self._committed = committed
        self._durable = (0, 0, 0)  # added, updated and removed as of the last commit
        self._fingerprint = options.fingerprint
        self._filed: dict[str, _Version] = {}
        self._removed: set[str] = set()
        self._older: dict[str, set[str]] = {}  # path of a file -> articles of which the archive has later versions
        self.superseded = 0
        self.replaced: list[str] = []  # articles that a later record of their file replaced, and the file
        self._uncommitted = 0
        self._since = 0.0  # when the first of them was added, on the monotonic clock
        self._writer: IndexWriter | None = None
        self._snapshot: IndexReader | None = None
        self._cache: FileCache | None = None

    def __enter__(self) -> Filing:
        from morgue.ingestion.file_cache import FileCache

        options, engine = self._options, engine_of(self.index)
        try:
            if not options.dry_run:
                self._writer = engine.open_writer(
                    self.index, wait=options.wait, memory=options.memory, settings=schema.settings()
                )
            if engine.exists(self.index):
                self._snapshot = engine.open_reader(self.index)
                schema.check_settings(self._snapshot.settings, self.index)
            if self._writer or self._snapshot:
                self._cache = FileCache(self.index, read_only=options.dry_run)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        # What was added since the last commit is lost.
        for part in (self._cache, self._snapshot):
            if part:
                part.close()
        if self._writer:
            self._writer.cancel()

    def known_file(self, source: Source) -> Entry | None:
        """The file cache's entry of a regular file that was read under the same settings, or None."""
        if not self._cache or not source.regular:
            return None
        entry = self._cache.get(source.real)
        return entry if entry and entry.settings == self._settings(source) else None

    def path_of(self, source: Source) -> str:
        """The path that a file's articles carry: as it was first given, or resolved if another file has that one."""
        if not self._cache or not source.regular:
            return source.path
        if known := self._cache.get(source.real):
            return known.path
        return source.real if self._cache.others(source.path, source.real) else source.path

    def articles_of(self, path: str) -> int:
        """How many articles in the archive came from a path."""
        return len(self._ids_of(path))

    def unchanged(self, task: Task) -> bool:
        """Whether the archive has the article just as the task would make it."""
        filed = self._filed.get(task.identity)
        if filed is not None:
            return filed.digest == task.digest
        if task.identity in self._removed:
            return False
        number = self._snapshot.docnum(task.identity) if self._snapshot else None
        return number is not None and self._snapshot.number("digest", number) == task.digest  # type: ignore[union-attr]

    def add(self, resolved: Resolved) -> None:
        """Add an article, unless the archive has a later version; commit when a batch is full."""
        identity = resolved.document.id
        version = _Version.of(resolved)
        filed = self._filed.get(identity)
        known = filed or self._stored_version(identity)
        report = self._report
        # Of a file that was read before, the last reading counts: it was corrected.
        if known and (filed or known.path != version.path) and version.older_than(known):
            report.unchanged += 1
            self.superseded += 1
            if self._options.prune:
                self._older.setdefault(version.path.partition("!/")[0], set()).add(identity)
            return
        if filed and filed.path == version.path and not filed.older_than(version):
            self.replaced.append(f"{identity} ({version.path})")
        self._filed[identity] = version
        if known:
            report.updated += 1
        else:
            report.added += 1
        for name in resolved.missing:
            report.missing[name] = report.missing.get(name, 0) + 1
        if len(report.doubtful) < MAX_DOUBTFUL_KEPT:
            report.doubtful.extend(resolved.doubtful)
        if self._writer:
            self._writer.add(resolved.document)
        if not self._uncommitted:
            self._since = time.monotonic()
        self._uncommitted += 1
        if self._uncommitted >= self._options.batch:
            self.commit()

    def _stored_version(self, identity: str) -> _Version | None:
        snapshot = self._snapshot
        number = snapshot.docnum(identity) if snapshot and identity not in self._removed else None
        if snapshot is None or number is None:
            return None
        moment = snapshot.number("updated_from", number)
        if moment is None:
            moment = snapshot.number("published_from", number)
        path = next(iter(snapshot.values("path", number)), "")
        digest = snapshot.number("digest", number) or 0
        return _Version(digest, path, moment, _version_number(snapshot.stored(number)))

    def file_read(self, source: Source, digest: str, articles: int) -> None:
        """Enter a file that was read whole; if it was moved (same bytes, old path gone), drop the old articles.

        Args:
            source: the file. digest: sha256 (hex) of its bytes. articles: how many it holds.
        """
        if not self._cache or self._options.dry_run:
            return
        from morgue.ingestion.file_cache import Entry

        for old in self._cache.same_bytes(digest):
            if old.real != source.real and not os.path.exists(old.real):
                if old.path != source.path:
                    self._remove_all(old)
                self._cache.drop(old.real)
        settings = self._settings(source)
        self._cache.add(Entry(source.real, source.path, digest, settings, articles, 0))

    def prune_records(self, path: str, seen: set[str]) -> None:
        """Drop the articles that came from a file and are no longer in it, nor in one that was read before it.

        Args:
            path: that the articles carry. seen: ids of the articles that are in it now.
        """
        self._remove(self._ids_of(path) - seen - self._filed.keys())

    def prune_files(self, paths: list[str]) -> None:
        """Drop the articles of files that are gone, among those given or under the folders given.

        A folder that is not there or empty (a disk not mounted) says nothing about its files.
        """
        if not self._cache:
            return
        kept: dict[str, int] = {}
        for path in paths:
            top = os.path.realpath(path)
            gone = [e for e in self._cache.entries() if _within(e.real, top) and not os.path.lexists(e.real)]
            if path == STDIN or not gone:
                continue
            if not _holds_files(os.path.dirname(top) if gone[0].real == top else top):
                kept[path] = len(gone)
                continue
            for entry in gone:
                self._remove_all(entry)
                self._cache.drop(entry.real)
        for path, count in kept.items():
            files = (
                "1 file is gone, and its articles stay" if count == 1 else f"{count:,} files are gone and stay in it"
            )
            self._report.notices.append(
                Notice("not-pruned", f"{path} is missing or empty: {files}", "delete them by query if that is meant")
            )

    def _remove_all(self, entry: Entry) -> None:
        """Drop the articles of a file that is gone, unless another file has the path that they carry."""
        if self._cache and not self._cache.others(entry.path, entry.real):
            self._remove(self._ids_of(entry.path) - self._filed.keys())

    def returning(self, path: str) -> set[str]:
        """The ids of a file's articles that were left out for later versions, which this run removed since."""
        wanted = self._older.pop(path, set()) & self._removed
        self.superseded -= len(wanted)
        self._report.unchanged -= len(wanted)
        return wanted

    def due(self, seconds: float) -> float | None:
        """Return in how many seconds what waits longest for a commit will be `seconds` old; None if nothing waits."""
        return self._since + seconds - time.monotonic() if self._uncommitted else None

    def commit(self) -> None:
        """Commit what was added, then save the file cache."""
        report = self._report
        if self._writer:
            self._writer.commit()
        self._uncommitted = 0
        report.committed = report.added + report.updated
        self._durable = (report.added, report.updated, report.removed)
        if self._committed:
            self._committed(report)
        if self._writer and self._cache:
            self._cache.save()

    def rescue(self) -> None:
        """Commit what can be committed after an interrupt; the report counts only what is on disk.

        An interrupt that was not shielded (a library's caller) may have hit the writer between two of its steps: then
        nothing more is committed.
        """
        try:
            self.commit()
        except MorgueError as error:
            report = self._report
            report.added, report.updated, report.removed = self._durable
            if isinstance(error, IndexProblem):
                raise

    def _remove(self, identities: Iterable[str]) -> None:
        for identity in sorted(identities):
            self._removed.add(identity)
            self._report.removed += 1
            if self._writer:
                self._writer.delete(identity)

    def _ids_of(self, path: str) -> set[str]:
        if not self._snapshot:
            return set()
        from morgue.query.tree import Value

        snapshot = self._snapshot
        return {snapshot.identity(number) for number in snapshot.docs(Value("path", path))}

    def _settings(self, source: Source) -> str:
        """Fingerprint of the options and of the file's sidecar."""
        return self._fingerprint + (hash_file(source.sidecar)[:16] if source.sidecar else "")


def hash_file(path: str) -> str:
    """Return the sha256 (hex) of a file's bytes."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _within(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def _holds_files(folder: str) -> bool:
    """Whether a folder is there and not empty."""
    try:
        with os.scandir(folder) as listing:
            return next(listing, None) is not None
    except OSError:
        return False
