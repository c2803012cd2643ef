"""Files to archive: find, read, resolve, store, report.

report = ingest(["corpus"], index="index")
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from morgue.errors import IndexProblem, MorgueError
from morgue.ingestion.discover import Source, find, meaningful_times
from morgue.ingestion.filing import Filing, hash_file
from morgue.ingestion.options import STDIN, Committed, IngestOptions
from morgue.ingestion.pool import OrderedPool, Resolved, Task, resolve_article
from morgue.model import Article, Context, IngestReport, Notice, Rejected
from morgue.runtime.interrupts import shielded
from morgue.runtime.live import Idle, live

if TYPE_CHECKING:
    from morgue.json_types import JsonObject
    from morgue.readers.beside import Beside, Files

_MAX_EXAMPLES = 3  # in a notice
_BUFFER_BYTES = 1 << 18


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
            filing = stack.enter_context(Filing(Path(index), options, report, committed))
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
    filing: Filing
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
        return hash_file(source.here)
    except OSError:
        return ""
