"""Maintenance of an archive: delete, import, check, repair, optimize."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from morgue import schema
from morgue.engines import engine_of
from morgue.errors import IndexDamaged, IndexOutdated
from morgue.ingestion.file_cache import FileCache
from morgue.model import Article, IngestReport, Rejected
from morgue.runtime.interrupts import shielded
from morgue.runtime.live import is_live, live

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader, IndexWriter
    from morgue.ingestion.options import Committed
    from morgue.json_types import FaultReport, Json, OptimizeReport, RepairReport

_COMMIT_AFTER_ARTICLES = 10_000
_COMMIT_AFTER_SECONDS = 5.0  # of what came through a pipe
_MAX_LINE_BYTES = 64 << 20


def delete(path: Path, identities: Iterable[str], *, wait: float) -> tuple[int, list[str]]:
    """Delete articles by id; return how many were deleted and the ids that are not there.

    Args:
        path: the archive. identities: of the articles. wait: seconds to wait for another writer.

    Raises:
        IndexProblem: the archive cannot be read or written.
    """
    from morgue.json_record import from_stored

    deleted = 0
    unknown: list[str] = []
    forgotten: set[str] = set()
    engine = engine_of(path)
    with engine.open_reader(path) as before, engine.open_writer(path, wait=wait) as writer:
        before.refresh()  # another writer may have committed while this one waited for the lock
        schema.check_settings(before.settings, path)
        for identity in dict.fromkeys(identities):
            number = before.docnum(identity)
            if number is None:
                unknown.append(identity)
                continue
            record = from_stored(before.stored(number))
            path_given = str(record["origin"]["path"])
            forgotten.update((path_given, path_given.partition("!/")[0]))  # a member, and the file that holds it
            writer.delete(identity)
            deleted += 1
        if deleted:
            with shielded(last=True):  # an interrupt from here on is too late: the deletion is finished and reported
                # Before the commit: reading a file once more costs time, missing it would cost its articles.
                cache = FileCache(path)
                cache.forget(forgotten)
                cache.close()
                writer.commit()
    return deleted, unknown


def load(path: Path, stream: BinaryIO, *, wait: float, committed: Committed | None = None) -> IngestReport:
    """Add the records of an export as they are; equal ids are replaced.

    KeyboardInterrupt is caught: what was read is committed and the report says `interrupted`.

    Args:
        path: the archive. stream: JSON Lines. wait: seconds to wait for another writer.
        committed: called after each commit with the report so far.

    Raises:
        IndexProblem: the archive cannot be read or written.
    """
    from morgue.readers.options import read_lines

    report = IngestReport(files=1)
    begun = time.monotonic()
    engine = engine_of(path)
    with ExitStack() as stack:
        writer = stack.enter_context(engine.open_writer(path, wait=wait, settings=schema.settings()))
        before = stack.enter_context(engine.open_reader(path)) if engine.exists(path) else None
        if before is not None:
            schema.check_settings(before.settings, path)
        loading = _Loading(writer, before, report, committed)
        try:
            # What came through a pipe is nowhere else: it is interrupted only where it waits for more.
            with shielded() if is_live(stream) else nullcontext():
                for number, line in read_lines(live(stream, loading.idle), _MAX_LINE_BYTES):
                    if line is None or line.strip():
                        article = _article(line, number)
                        with shielded():
                            loading.take(article)
        except KeyboardInterrupt:
            report.interrupted = True
        with shielded(last=True):
            loading.commit()
    report.seconds = time.monotonic() - begun
    return report


class _Loading:
    """An import under way."""

    def __init__(
        self, writer: IndexWriter, before: IndexReader | None, report: IngestReport, committed: Committed | None
    ) -> None:
        self._writer = writer
        self._before = before
        self._report = report
        self._committed = committed
        self._filed: set[str] = set()
        self._since: float | None = None  # when the first uncommitted one was added, on the monotonic clock

    def take(self, article: Article | Rejected) -> None:
        """File an article or a refusal; commits when a batch is full."""
        report, before = self._report, self._before
        if isinstance(article, Rejected):
            report.reject(article)
            return
        if article.id in self._filed or (before is not None and before.docnum(article.id) is not None):
            report.updated += 1
        else:
            report.added += 1
        self._filed.add(article.id)
        self._writer.add(schema.document(article))
        self._since = time.monotonic() if self._since is None else self._since
        if (report.added + report.updated) % _COMMIT_AFTER_ARTICLES == 0:
            self.commit()

    def idle(self) -> float | None:
        """Commit what has waited for long enough while a pipe is silent; see `runtime.live.Idle`."""
        if self._since is None:
            return None
        left = self._since + _COMMIT_AFTER_SECONDS - time.monotonic()
        if left > 0:
            return left
        with shielded():
            self.commit()
        return None

    def commit(self) -> None:
        """Commit what was added."""
        self._writer.commit()
        self._since = None
        self._report.committed = self._report.added + self._report.updated
        if self._committed:
            self._committed(self._report)


def _article(line: bytes | None, number: int) -> Article | Rejected:
    from morgue.json_record import to_article

    if line is None:
        return Rejected("-", number, f"longer than {_MAX_LINE_BYTES >> 20} MiB")
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return Rejected("-", number, "not a JSON object")
        return to_article(record)
    except (ValueError, RecursionError) as error:
        return Rejected("-", number, f"not a record of an export: {error}")


def check(path: Path, *, fast: bool) -> list[FaultReport]:
    """Return the faults of the archive at `path` as {file, fault, articles}; `fast`: without reading every byte.

    `articles` is None where any article of the file may be affected.
    """
    return [
        {"file": fault.file, "fault": fault.what, "articles": None if fault.ids is None else list(fault.ids)}
        for fault in engine_of(path).check(path, fast=fast)
    ]


def repair(path: Path, *, rebuild: bool, wait: float) -> RepairReport:
    """Rebuild an archive from the articles that can be read, if it is damaged or `rebuild` is set.

    Everything that can be read is read before anything is written, and the old files stay until the new commit is
    whole; where articles are lost, the damaged files are kept in a folder beside them.

    Args:
        path: the archive. rebuild: even if it is sound. wait: seconds to wait for another writer.

    Raises:
        IndexMissing, IndexTooNew: see errors.py. IndexDamaged: no article can be read; nothing was changed.
    """
    engine = engine_of(path)
    mended = False
    with suppress(IndexDamaged, IndexOutdated):
        mended = engine.mend(path, wait=wait)
    sound = _sound(path, rebuild=rebuild)
    if sound:
        return {**sound, "repaired": mended}
    with engine.open_writer(path, wait=wait, replace=True, settings=schema.settings()) as writer:
        found = engine.salvage(path)
        _outdated(found.settings, path)  # it may have changed while this process waited for the lock
        lost = list(found.lost)
        kept = 0
        for identity, stored in found.records.items():
            if _add_stored(writer, stored):
                kept += 1
            else:
                lost.append(identity)
        if lost and not kept:  # an empty archive in its place would be worse than the damaged one
            raise IndexDamaged(f"no article of {path} can be read", hint="nothing was changed")
        kept_aside = engine.set_aside(path, writer.generation) if lost else None
        if lost:
            FileCache.discard(path)  # every file is read again, and brings back what it can
        generation = writer.commit()
    return {"kept": kept, "lost": lost, "generation": generation, "repaired": True, "damaged": kept_aside}


def _sound(path: Path, *, rebuild: bool) -> RepairReport | None:
    """Return what a repair says of an archive that needs none, else None.

    Raises:
        IndexMissing: there is nothing to repair. IndexTooNew: a later morgue wrote it, and this one would lose some.
    """

    try:
        if check(path, fast=rebuild):
            return None
        with engine_of(path).open_reader(path) as sound:
            if _outdated(sound.settings, path) or rebuild:
                return None
            return {"kept": sound.doc_count, "lost": [], "generation": sound.generation, "repaired": False}
    except IndexOutdated:
        return None


def _outdated(settings: Mapping[str, Json], path: Path) -> bool:
    """Whether an earlier morgue indexed the articles. Raises IndexTooNew when a later one did."""
    try:
        schema.check_settings(settings, path)
    except IndexOutdated:
        return True
    return False


def _add_stored(writer: IndexWriter, stored: bytes) -> bool:
    from morgue.json_record import from_stored, to_article

    try:
        article = to_article(from_stored(stored))
    except (ValueError, RecursionError):
        return False
    writer.add(schema.document(article))
    return True


def optimize(path: Path, *, wait: float) -> OptimizeReport:
    """Merge all segments and drop what was deleted; return {segments_before, segments, bytes_before, bytes}.

    Args:
        path: the archive. wait: seconds to wait for another writer.

    Raises:
        IndexProblem: the archive cannot be read or written.
    """
    engine = engine_of(path)
    with engine.open_reader(path) as reader:
        schema.check_settings(reader.settings, path)
        before = reader.totals()
    with engine.open_writer(path, wait=wait) as writer:
        writer.optimize()
        writer.commit()
    with engine.open_reader(path) as reader:
        after = reader.totals()
    return {
        "segments_before": before.segments,
        "segments": after.segments,
        "bytes_before": before.bytes_,
        "bytes": after.bytes_,
    }
