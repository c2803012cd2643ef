"""Care of an archive: delete, import, check, repair, optimize."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from morgue import schema
from morgue.engine.writer import Writer
from morgue.errors import IndexOutdated
from morgue.ledger import Ledger
from morgue.model import Article, IngestReport, Rejected

_BATCH = 10_000
_KEPT = 1000
_LONGEST = 64 << 20  # bytes of a record


def delete(path: Path, identities: Iterable[str], *, wait: float) -> tuple[int, list[str]]:
    """Delete articles by id; return how many were deleted and the ids that are not there."""
    from morgue.engine.snapshot import Snapshot

    deleted = 0
    unknown: list[str] = []
    forgotten: set[str] = set()
    with Snapshot.open(path) as before, Writer(path, wait=wait) as writer:
        before.refresh()  # another writer may have committed while this one waited for the lock
        for identity in dict.fromkeys(identities):
            number = before.docnum(identity)
            if number is None:
                unknown.append(identity)
                continue
            record = json.loads(before.stored(number))
            forgotten.add(str(record["origin"]["path"]))
            writer.delete(identity)
            deleted += 1
        if deleted:
            # Forgotten first: a file that is read again costs time, one that is not would cost its articles.
            ledger = Ledger(path)
            ledger.forget(forgotten)
            ledger.close()
            writer.commit()
    return deleted, unknown


def load(path: Path, stream: BinaryIO, *, wait: float) -> IngestReport:
    """Add the records of an export as they are; equal ids are replaced."""
    from morgue.engine.snapshot import Snapshot
    from morgue.engine.store import exists
    from morgue.readers.options import read_lines

    report = IngestReport(files=1)
    begun = time.monotonic()
    filed: set[str] = set()
    with Writer(path, wait=wait, settings=schema.settings()) as writer, ExitStack() as stack:
        before = stack.enter_context(Snapshot.open(path)) if exists(path) else None
        for number, line in read_lines(stream, _LONGEST):
            if line is not None and not line.strip():
                continue
            article = _article(line, number)
            if isinstance(article, Rejected):
                report.rejected_count += 1
                report.rejected.extend([article] if len(report.rejected) < _KEPT else [])
                continue
            if article.id in filed or (before is not None and before.docnum(article.id) is not None):
                report.updated += 1
            else:
                report.added += 1
            filed.add(article.id)
            writer.add(schema.document(article))
            if (report.added + report.updated) % _BATCH == 0:
                writer.commit()
                report.committed = report.added + report.updated
        writer.commit()
    report.committed = report.added + report.updated
    report.seconds = time.monotonic() - begun
    return report


def _article(line: bytes | None, number: int) -> Article | Rejected:
    from morgue.record import to_article

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
    from morgue.engine.check import check as check_index

    return [
        {"file": fault.file, "fault": fault.what, "articles": None if fault.ids is None else list(fault.ids)}
        for fault in check_index(path, fast=fast).faults
    ]


def repair(path: Path, *, rebuild: bool, wait: float) -> Mapping[str, Any]:
    """Build an archive anew from the articles that can be read, if it is damaged or `rebuild` asks for it.

    Everything that can be read is read before anything is written, and the old files stay until the new commit is
    whole; where articles are lost, the damaged files are kept in a folder beside them.
    """
    from morgue.engine.check import salvage

    if not rebuild and not check(path, fast=False):
        from morgue.engine.snapshot import Snapshot

        with Snapshot.open(path) as sound:
            if _current(sound.settings, path):
                return {"kept": sound.doc_count, "lost": [], "generation": sound.generation, "repaired": False}
    with Writer(path, wait=wait, afresh=True, settings=schema.settings()) as writer:
        found = salvage(path)
        lost = list(found.lost)
        kept = 0
        for identity, stored in found.records.items():
            if _add_stored(writer, stored):
                kept += 1
            else:
                lost.append(identity)
        kept_aside = _set_aside(path, writer.generation) if lost else None
        if lost:
            Ledger.discard(path)  # every file is read again, and brings back what it can
        generation = writer.commit()
    return {"kept": kept, "lost": lost, "generation": generation, "repaired": True, "damaged": kept_aside}


def _current(settings: Mapping[str, Any], path: Path) -> bool:
    try:
        schema.check_settings(settings, path)
    except IndexOutdated:
        return False
    return True


def _add_stored(writer: Writer, stored: bytes) -> bool:
    from morgue.record import to_article

    try:
        article = to_article(json.loads(stored))
    except (ValueError, RecursionError):
        return False
    writer.add(schema.document(article))
    return True


def _set_aside(path: Path, generation: int) -> str:
    """Copy the files of a damaged index to a folder of their own, for whoever can read more of them."""
    from shutil import copy2

    aside = path / f"damaged-{generation}"
    aside.mkdir(exist_ok=True)
    for file in path.iterdir():
        if file.suffix in (".seg", ".del", ".json") and file.is_file():
            copy2(file, aside / file.name)
    return str(aside)


def optimize(path: Path, *, wait: float) -> Mapping[str, Any]:
    """Merge all segments and drop what was deleted."""
    from morgue.engine.snapshot import Snapshot

    with Snapshot.open(path) as before:
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
    return sum(file.stat().st_size for file in path.iterdir() if file.is_file())
