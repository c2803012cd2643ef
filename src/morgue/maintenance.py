"""Care of an archive: delete, import, check, repair, optimize."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from morgue import schema
from morgue.engine.files.durable import explained
from morgue.engine.write.writer import Writer
from morgue.errors import IndexDamaged, IndexOutdated
from morgue.ingestion.file_cache import FileCache
from morgue.model import Article, IngestReport, Rejected
from morgue.runtime.interrupts import shielded

if TYPE_CHECKING:
    from morgue.engine.search.snapshot import Snapshot
    from morgue.ingestion.ingest import Committed

_BATCH = 10_000
_KEPT = 1000
_LONGEST = 64 << 20  # bytes of a record


def delete(path: Path, identities: Iterable[str], *, wait: float) -> tuple[int, list[str]]:
    """Delete articles by id; return how many were deleted and the ids that are not there."""
    from morgue.engine.search.snapshot import Snapshot
    from morgue.json_record import from_stored

    deleted = 0
    unknown: list[str] = []
    forgotten: set[str] = set()
    with Snapshot.open(path) as before, Writer(path, wait=wait) as writer:
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
            with shielded(last=True):  # what comes now comes too late: it is done, and said to be
                # Forgotten first: a file that is read again costs time, one that is not would cost its articles.
                cache = FileCache(path)
                cache.forget(forgotten)
                cache.close()
                writer.commit()
    return deleted, unknown


def load(path: Path, stream: BinaryIO, *, wait: float, committed: Committed | None = None) -> IngestReport:
    """Add the records of an export as they are; equal ids are replaced.

    KeyboardInterrupt is caught: what was read is committed and the report says `interrupted`.
    """
    from morgue.engine.files.commit import exists
    from morgue.engine.search.snapshot import Snapshot
    from morgue.readers.options import read_lines

    report = IngestReport(files=1)
    begun = time.monotonic()
    with ExitStack() as stack:
        writer = stack.enter_context(Writer(path, wait=wait, settings=schema.settings()))
        before = stack.enter_context(Snapshot.open(path)) if exists(path) else None
        if before is not None:
            schema.check_settings(before.settings, path)
        loading = _Loading(writer, before, report, committed)
        try:
            for number, line in read_lines(stream, _LONGEST):
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
        self, writer: Writer, before: Snapshot | None, report: IngestReport, committed: Committed | None
    ) -> None:
        self._writer = writer
        self._before = before
        self._report = report
        self._committed = committed
        self._filed: set[str] = set()

    def take(self, article: Article | Rejected) -> None:
        """File an article or a refusal; commits when a batch is full."""
        report, before = self._report, self._before
        if isinstance(article, Rejected):
            report.rejected_count += 1
            report.rejected.extend([article] if len(report.rejected) < _KEPT else [])
            return
        if article.id in self._filed or (before is not None and before.docnum(article.id) is not None):
            report.updated += 1
        else:
            report.added += 1
        self._filed.add(article.id)
        self._writer.add(schema.document(article))
        if (report.added + report.updated) % _BATCH == 0:
            self.commit()

    def commit(self) -> None:
        """Put on disk what was added."""
        self._writer.commit()
        self._report.committed = self._report.added + self._report.updated
        if self._committed:
            self._committed(self._report)


def _article(line: bytes | None, number: int) -> Article | Rejected:
    from morgue.json_record import to_article

    if line is None:
        return Rejected("-", number, f"longer than {_LONGEST >> 20} MiB")
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            return Rejected("-", number, "not a JSON object")
        return to_article(record)
    except (ValueError, RecursionError) as error:
        return Rejected("-", number, f"no record of an export: {error}")


def check(path: Path, *, fast: bool) -> list[Mapping[str, Any]]:
    """Return the faults of an archive's files; `articles` is None where any article of the file may be affected."""
    from morgue.engine.files.check import check as check_index

    return [
        {"file": fault.file, "fault": fault.what, "articles": None if fault.ids is None else list(fault.ids)}
        for fault in check_index(path, fast=fast).faults
    ]


def repair(path: Path, *, rebuild: bool, wait: float) -> Mapping[str, Any]:
    """Build an archive anew from the articles that can be read, if it is damaged or `rebuild` asks for it.

    Everything that can be read is read before anything is written, and the old files stay until the new commit is
    whole; where articles are lost, the damaged files are kept in a folder beside them.
    """
    from morgue.engine.files.check import salvage

    sound = _sound(path, rebuild=rebuild)
    if sound:
        return sound
    with Writer(path, wait=wait, overwrite=True, settings=schema.settings()) as writer:
        found = salvage(path)
        _outdated(found.settings, path)  # another may have written it while this one waited for the lock
        lost = list(found.lost)
        kept = 0
        for identity, stored in found.records.items():
            if _add_stored(writer, stored):
                kept += 1
            else:
                lost.append(identity)
        if lost and not kept:  # an empty archive in its place would be worse than the damaged one
            raise IndexDamaged(f"no article of {path} can be read", hint="nothing was changed")
        kept_aside = _set_aside(path, writer.generation) if lost else None
        if lost:
            FileCache.discard(path)  # every file is read again, and brings back what it can
        generation = writer.commit()
    return {"kept": kept, "lost": lost, "generation": generation, "repaired": True, "damaged": kept_aside}


def _sound(path: Path, *, rebuild: bool) -> Mapping[str, Any] | None:
    """Return what a repair says of an archive that needs none, else None.

    Raises:
        IndexMissing: there is nothing to repair. IndexTooNew: a later morgue wrote it, and this one would lose some.
    """
    from morgue.engine.search.snapshot import Snapshot

    try:
        if check(path, fast=rebuild):
            return None
        with Snapshot.open(path) as sound:
            if _outdated(sound.settings, path) or rebuild:
                return None
            return {"kept": sound.doc_count, "lost": [], "generation": sound.generation, "repaired": False}
    except IndexOutdated:
        return None


def _outdated(settings: Mapping[str, Any], path: Path) -> bool:
    """Whether an earlier morgue indexed the articles. Raises IndexTooNew when a later one did."""
    try:
        schema.check_settings(settings, path)
    except IndexOutdated:
        return True
    return False


def _add_stored(writer: Writer, stored: bytes) -> bool:
    from morgue.json_record import from_stored, to_article

    try:
        article = to_article(from_stored(stored))
    except (ValueError, RecursionError):
        return False
    writer.add(schema.document(article))
    return True


def _set_aside(path: Path, generation: int) -> str:
    """Copy the files of a damaged index to a folder of their own, for whoever can read more of them."""
    from shutil import copy2, rmtree

    aside = path / f"damaged-{generation}"
    with explained(path):
        if aside.is_symlink():
            aside.unlink()
        elif aside.exists():  # of a repair of this very commit that did not come to its end
            rmtree(aside)
        aside.mkdir()
        try:
            for file in path.iterdir():
                if file.suffix in (".seg", ".del", ".json") and stat.S_ISREG(file.lstat().st_mode):
                    copy2(file, aside / file.name, follow_symlinks=False)
        except BaseException:
            rmtree(aside, ignore_errors=True)
            raise
    return str(aside)


def optimize(path: Path, *, wait: float) -> Mapping[str, Any]:
    """Merge all segments and drop what was deleted."""
    from morgue.engine.search.snapshot import Snapshot

    with Snapshot.open(path) as before:
        schema.check_settings(before.settings, path)
        segments, size = len(before.segments), _size(path)
    with Writer(path, wait=wait) as writer:
        writer.optimize()
        writer.commit()
    with Snapshot.open(path) as after:
        return {
            "segments_before": segments,
            "segments": len(after.segments),
            "bytes_before": size,
            "bytes": _size(path),
        }


def _size(path: Path) -> int:
    size = 0
    for file in path.iterdir():
        with suppress(FileNotFoundError):  # another writer's commit swept it away
            size += file.lstat().st_size
    return size
