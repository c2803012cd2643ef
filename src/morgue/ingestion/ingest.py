"""Files to archive: find, read, resolve, store, report.

report = ingest(["corpus"], index="index")
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

from morgue import schema
from morgue.engines import engine_of
from morgue.errors import IndexProblem, MorgueError
from morgue.ingestion.discover import Source, find, meaningful_times
from morgue.ingestion.pool import OrderedPool, Resolved, Task, resolve_article
from morgue.model import Article, Context, IngestReport, Notice, Rejected
from morgue.runtime.interrupts import shielded
from morgue.runtime.live import Idle, live
from morgue.version import __version__
from morgue.wire import PARSER_VERSION

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader, IndexWriter
    from morgue.ingestion.file_cache import Entry, FileCache
    from morgue.json_types import JsonObject
    from morgue.readers.beside import Beside, Files
    from morgue.readers.options import ReadOptions

MAX_DOUBTFUL_KEPT = 1000  # in a report
STDIN = "-"
_MAX_EXAMPLES = 3  # in a notice
_NUMBERED = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12}){0,5}")  # of a version
_BUFFER_BYTES = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest.

    Attributes:
        include, exclude: globs on file names or paths (`*.xml`, `drafts/*`); hidden files are skipped unless named.
        prune: drop articles whose file is gone, or no longer holds them, among the files and folders given.
        dry_run: read and report, write nothing.
        jobs: worker processes for parsing (0: as the machine and the amount of work suggest; 1: none beside this one).
        date: EDTF-like date that undated copy is anchored at.
        format_in, encoding, field_map: see readers.ReadOptions.
        source: agency or publisher of articles that do not name one.
        wait: seconds to wait for the write lock. memory: bytes of postings kept before a segment is written (0:
            the engine's default). batch: articles per commit.
        commit_every: seconds after which what came through a pipe is committed, so that searches find it.
        modified: whether modification times may serve as anchors: `auto` (when they are spread), `always`, `never`.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prune: bool = False
    dry_run: bool = False
    jobs: int = 0
    date: str = ""
    format_in: str = ""
    encoding: str = ""
    field_map: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    wait: float = 5.0
    memory: int = 0
    batch: int = 10_000
    commit_every: float = 5.0
    modified: str = "auto"

    @property
    def fingerprint(self) -> str:
        """Hash (16 hex digits) of the version and the options that decide how bytes are understood."""

        parts = [__version__, PARSER_VERSION, self.date, self.format_in, self.encoding, self.source]
        parts.append(sorted(self.field_map.items()))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def read_options(self, beside: Beside | None) -> ReadOptions:
        """The options for the readers of a file, given the files `beside` it (None: it may open none)."""
        from morgue.readers.options import ReadOptions

        return ReadOptions(
            format_in=self.format_in or None,
            encoding=self.encoding or None,
            field_map=dict(self.field_map),
            beside=beside,
        )


class Committed(Protocol):
    """Called after a commit with the report so far. Every article that it counts is on disk."""

    def __call__(self, report: IngestReport) -> None: ...


class Progress(Protocol):
    """Called between records. Sizes are in bytes; `path` is the file being read, "" at the end."""

    def __call__(self, *, done_bytes: int, total_bytes: int, articles: int, path: str, committed: int) -> None: ...


def ingest(
    paths: Iterable[str],
    index: str | Path,
    options: IngestOptions | None = None,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    committed: Committed | None = None,
) -> IngestReport:
    """Bring an archive up to date with files.

    Args:
        paths: files, folders (walked) and `-` (read from `stdin`). A path that does not exist is a rejection.
        index: folder of the archive; made when missing.
        options: defaults if None. stdin: what `-` reads.
        progress: called after every file and every 64 records.
        committed: called after each commit.

    Raises:
        LockTimeout, IndexDamaged, IndexTooNew, MorgueError: nothing more is written; commits stay.
            KeyboardInterrupt is caught: what was read is committed and the report has `interrupted` set.
    """
    options = options or IngestOptions()
    report = IngestReport(dry_run=options.dry_run)
    begun = time.monotonic()
    try:
        with ExitStack() as stack:
            filing = stack.enter_context(_Filing(Path(index), options, report, committed))
            pool: OrderedPool[_FileRead] = stack.enter_context(OrderedPool(options.jobs))
            run = _Run(options, filing, pool, report, progress)
            try:
                run.read(list(paths), stdin)
                run.finish()
            except KeyboardInterrupt:
                report.interrupted = True
                with shielded(last=True):
                    run.rescue()
    except KeyboardInterrupt:  # before anything was filed, or while it ended
        report.interrupted = True
    except IndexProblem as error:
        if report.committed:
            error.hint = "; ".join(filter(None, [error.hint, f"{report.committed:,} articles were filed before"]))
        raise
    report.seconds = time.monotonic() - begun
    return report


def parse(
    paths: Iterable[str],
    options: IngestOptions | None = None,
    *,
    stdin: BinaryIO | None = None,
    idle: Idle = lambda: None,
) -> Iterator[Article | Rejected]:
    """Yield what an ingest would store, without an index: articles and rejections in the order of the files.

    Args:
        paths: as for `ingest`. options: defaults if None. stdin: what `-` reads.
        idle: called before a pipe is waited for; see `runtime.live.Idle`.
    """
    options = options or IngestOptions()
    sources, rejected = _sources(list(paths), options)
    yield from rejected
    anchors, files = _anchors_allowed(sources, options), _files(sources)
    for source in sources:
        with _opened(source, stdin, idle) as stream:
            if isinstance(stream, Rejected):
                yield stream
                continue
            for task in _tasks(source, stream.buffered(), options, _beside(source, files), modified=anchors):
                yield task if isinstance(task, Rejected) else resolve_article(task)


@dataclass
class _Run:
    """One ingest: reads files, sends drafts to the pool, stores the results."""

    options: IngestOptions
    filing: _Filing
    pool: OrderedPool[_FileRead]
    report: IngestReport
    progress: Progress | None
    done_bytes: int = 0
    total_bytes: int = 0
    files: Files = field(init=False)

    def read(self, paths: list[str], stdin: BinaryIO | None) -> None:
        """Read all files."""
        sources, rejected = _sources(paths, self.options, str(self.filing.index))
        for rejection in rejected:
            self.report.reject(rejection)
        anchors, self.files = _anchors_allowed(sources, self.options), _files(sources)
        self.total_bytes = sum(source.size for source in sources)
        self.pool.expect(self.total_bytes)
        for source in sources:
            self.read_file(source, stdin, modified=anchors)
            self.done_bytes += source.size
            self.show(source.path)
        if self.options.prune:
            with shielded():
                self.collect(self.pool.drain())
                self.filing.prune_files(paths)
            for source in sources:
                if wanted := self.filing.returning(source.path):
                    self.read_again(source, wanted, modified=anchors)

    def read_again(self, source: Source, wanted: set[str], *, modified: bool) -> None:
        """Store the articles with the ids `wanted` of a file: their later versions, of other files, are gone."""
        with _opened(source, None, self.idle) as stream:
            if isinstance(stream, Rejected):
                return
            for task in _tasks(source, stream.buffered(), self.options, _beside(source, self.files), modified=modified):
                if isinstance(task, Task) and task.identity in wanted:
                    self.submit(task)

    def read_file(self, source: Source, stdin: BinaryIO | None, *, modified: bool) -> None:
        """Read one file, unless it was read before and has not changed."""
        self.report.files += 1
        known = self.filing.known_file(source)
        # An unchanged file is read again to prune what an earlier version of it left behind.
        stale = known and self.options.prune and self.filing.articles_of(known.path) != known.articles
        if known and not stale and known.sha256 == _file_digest(source):
            self.report.files_unchanged += 1
            self.report.unchanged += known.articles
            return
        source = source.known_as(self.filing.path_of(source))
        with _opened(source, stdin, self.idle) as stream:
            if isinstance(stream, Rejected):
                self.report.reject(stream)
                return
            # What came through a pipe is nowhere else: it is interrupted only where it waits for more.
            with nullcontext() if source.regular else shielded():
                self.read_stream(source, stream, modified=modified)

    def read_stream(self, source: Source, stream: _Tally, *, modified: bool) -> None:
        articles = rejected = 0
        seen: set[str] = set()
        beside = _beside(source, self.files)
        for task in _tasks(source, stream.buffered(), self.options, beside, modified=modified):
            if isinstance(task, Rejected):
                rejected += 1
                self.report.reject(task)
                continue
            articles += 1
            if self.options.prune:
                seen.add(task.identity)
            if self.filing.unchanged(task):
                self.report.unchanged += 1
            else:
                self.submit(task)
            if articles % 64 == 0:
                self.show(source.path, stream.count)
                if not source.regular:
                    self.commit_in_time()
        stream.drain()
        if not source.regular:
            return
        if stream.changed(source):
            self.report.notices.append(
                Notice("file-changed", f"{source.path} changed while it was read", "ingest it again")
            )
        elif not rejected and not beside.used:  # one that depends on other files is read each time
            self.submit(_FileRead(source, stream.digest, articles))
        if self.options.prune and not rejected:  # what is rejected may be one of its articles, half written
            with shielded():
                self.filing.prune_records(source.path, seen)

    def collect(self, resolved: Iterable[Resolved | Rejected | _FileRead]) -> None:
        """Store results of the pool."""
        for result in resolved:
            with shielded():
                if isinstance(result, Rejected):
                    self.report.reject(result)
                elif isinstance(result, _FileRead):
                    self.filing.file_read(result.source, result.digest, result.articles)
                else:
                    self.filing.add(result)

    def submit(self, item: Task | _FileRead) -> None:
        """Send a task or a mark to the pool, and store what is ready; an interrupt comes before or after that."""
        with shielded():
            self.collect(self.pool.submit(item) if isinstance(item, Task) else self.pool.submit_mark(item))

    def idle(self) -> float | None:
        """Store what is read while a pipe is silent, and commit it when it is old enough; see `runtime.live.Idle`."""
        self.collect(self.pool.drain())
        return self.commit_in_time()

    def commit_in_time(self) -> float | None:
        """Commit what has waited for `commit_every` seconds; return in how many the rest will have, None for none."""
        left = self.filing.due(self.options.commit_every)
        if left is None or left > 0:
            return left
        with shielded():
            self.filing.commit()
        return None

    def rescue(self) -> None:
        """After an interrupt: store what was read, as far as that is possible, and commit it."""
        try:
            self.collect(self.pool.drain())
        except (MorgueError, OSError, EOFError):  # workers that were interrupted too
            self.pool.drop()
        self.filing.rescue()

    def finish(self) -> None:
        """Store the rest and commit. An interrupt comes after that: what is read would be stored all the same."""
        with shielded():
            self.collect(self.pool.drain())
            self.filing.commit()
        if self.filing.superseded:
            count = self.filing.superseded
            older = "is an older version of one" if count == 1 else "are older versions of articles"
            self.report.notices.append(
                Notice("older-version", f"{count:,} {older} in the archive, which stays as it is", "")
            )
        if replaced := self.filing.replaced:
            records = "1 record" if len(replaced) == 1 else f"{len(replaced):,} records"
            named = ", ".join(replaced[:_MAX_EXAMPLES]) + (" …" if len(replaced) > _MAX_EXAMPLES else "")
            self.report.notices.append(
                Notice("same-id", f"{records} replaced an earlier one of the same file with the same id: {named}", "")
            )
        self.show("")

    def show(self, path: str, within: int = 0) -> None:
        if self.progress:
            report = self.report
            self.progress(
                done_bytes=self.done_bytes + within,
                total_bytes=self.total_bytes,
                articles=report.added + report.updated + report.unchanged,
                path=path,
                committed=report.committed,
            )


@dataclass(frozen=True, slots=True)
class _FileRead:
    """A file read to its end without a rejection; travels through the pool behind the file's articles."""

    source: Source
    digest: str
    articles: int


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


class _Filing:
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

    def __enter__(self) -> _Filing:
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
        """Enter a file that was read whole; if it was moved (same bytes, old path gone), drop the old articles."""
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
        """Drop the articles that came from a file and are no longer in it, nor in one that was read before it."""
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
        return self._fingerprint + (_hash_file(source.sidecar)[:16] if source.sidecar else "")


def _sources(paths: list[str], options: IngestOptions, index: str = "") -> tuple[list[Source], list[Rejected]]:
    sources: list[Source] = []
    rejected: list[Rejected] = []
    for path in dict.fromkeys(paths):
        if path == STDIN:
            sources.append(Source(STDIN, STDIN, 0, 0.0, regular=False))
            continue
        for found in find([path], include=options.include, exclude=options.exclude, apart=index):
            if isinstance(found, Rejected):
                rejected.append(found)
            else:
                sources.append(found)
    unique = {source.real: source for source in reversed(sources)}
    return [source for source in sources if unique.get(source.real) is source or source.path == STDIN], rejected


def _anchors_allowed(sources: list[Source], options: IngestOptions) -> bool:
    if options.modified == "auto":
        return meaningful_times(sources, time.time())
    return options.modified == "always"


def _files(sources: list[Source]) -> Files:
    """The files of a run, as readers may open them."""
    from morgue.readers.beside import Files

    return Files((_slashed(source.here) for source in sources if source.regular), lambda path: Path(path).open("rb"))


def _beside(source: Source, files: Files) -> Beside:
    from morgue.readers.beside import Beside

    return Beside(files, _slashed(source.here))


def _slashed(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")


def _tasks(
    source: Source, stream: BinaryIO, options: IngestOptions, beside: Beside | None = None, *, modified: bool
) -> Iterator[Task | Rejected]:
    """Read a file with those `beside` it (None: alone) into tasks; `modified`: whether its time may date its copy."""
    from morgue.readers import read_stream

    extra = _sidecar_values(source)
    if isinstance(extra, Rejected):
        yield extra
        return
    fingerprint = options.fingerprint + json.dumps(extra, sort_keys=True) if extra else options.fingerprint
    now = time.time()
    date = str(extra.pop("date", "") or "") if extra else ""
    reading = replace(options.read_options(beside if source.regular else None), live=not source.regular)
    for draft in read_stream(stream, source.path, reading):
        if isinstance(draft, Rejected):
            yield draft
            continue
        context = Context(
            path=draft.path or source.path,
            date=date or options.date,
            modified=source.modified if modified and source.regular else None,
            now=now,
            crawled=draft.crawled,
        )
        yield Task.of(draft, context, fingerprint=fingerprint, source=options.source, overrides=extra)


def _sidecar_values(source: Source) -> JsonObject | Rejected:
    """Return the values of a file's sidecar, {} without one; a sidecar that cannot be read rejects the file."""
    if not source.sidecar:
        return {}
    try:
        values = json.loads(Path(source.sidecar).read_bytes())
    except (OSError, ValueError) as error:
        return Rejected(source.path, 0, f"its sidecar {source.sidecar} cannot be read: {error}")
    if not isinstance(values, dict):
        return Rejected(source.path, 0, f"its sidecar {source.sidecar} is not a JSON object")
    return values


class _Tally(io.RawIOBase):
    """A file being read: counts and hashes its bytes and detects whether the file changed meanwhile."""

    def __init__(self, inner: BinaryIO, source: Source) -> None:
        super().__init__()
        self._inner = inner
        self._read = getattr(inner, "read1", inner.read)  # what is there, without waiting for more
        self._hash = hashlib.sha256()
        self._source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data: bytes = self._read(len(buffer))
        buffer[: len(data)] = data
        self._hash.update(data)
        self.count += len(data)
        return len(data)

    def buffered(self) -> BinaryIO:
        """The same, buffered for readers."""
        return io.BufferedReader(self, _BUFFER_BYTES)

    def drain(self) -> None:
        """Read what the reader left, so that the hash is that of the whole file."""
        if self._source.regular:
            while self.read(1 << 20):
                pass

    @property
    def digest(self) -> str:
        """sha256 (hex) of what was read."""
        return self._hash.hexdigest()

    def changed(self, source: Source) -> bool:
        """Whether size or time of the file differ from what they were when it was found."""
        try:
            status = os.fstat(self._inner.fileno())
        except (OSError, ValueError):
            return False
        return (status.st_size, status.st_mtime) != (source.size, source.modified) or self.count != source.size


@contextmanager
def _opened(source: Source, stdin: BinaryIO | None, idle: Idle) -> Iterator[_Tally | Rejected]:
    """Yield a source's bytes as a `_Tally`, or a Rejected when it cannot be opened; `idle`: see `live`."""
    if source.path == STDIN:
        yield Rejected(STDIN, 0, "standard input is closed") if stdin is None else _Tally(live(stdin, idle), source)
        return
    try:
        file = Path(source.here).open("rb")  # noqa: SIM115  # closed below
    except OSError as error:
        from morgue.ingestion.discover import reason

        yield Rejected(source.path, 0, reason(error))
        return
    with file:
        yield _Tally(file if source.regular else live(file, idle), source)


def _file_digest(source: Source) -> str:
    try:
        return _hash_file(source.here)
    except OSError:
        return ""


def _hash_file(path: str) -> str:
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
