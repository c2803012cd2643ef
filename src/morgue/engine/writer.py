"""Writing to an index: add, replace, delete, commit."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from morgue.engine import deletions, manifest, merge
from morgue.engine.batch import Batch
from morgue.engine.document import Document
from morgue.engine.files import TEMPORARY, explained, make_directory, remove
from morgue.engine.jobs import Worker
from morgue.engine.layout import damaged
from morgue.engine.lock import WriteLock
from morgue.engine.manifest import Manifest, SegmentRecord
from morgue.engine.segment import Segment, id_bytes
from morgue.engine.spellings import Vocabulary
from morgue.engine.store import open_segment
from morgue.engine.tables import Tables, write_file
from morgue.errors import IndexMissing, IndexProblem, MorgueError

MEMORY = 256 << 20
ALONE = 2_000  # documents that a writer inverts itself before it starts processes for the rest
_NAMES = "|".join((manifest.SEGMENT_NAME.pattern, manifest.DELETIONS_NAME.pattern, r"[0-9]{6,18}-[0-9]+-[0-9]+\.seg"))
_OURS = re.compile(rf"(?:{_NAMES})(?:{re.escape(TEMPORARY)})?")
_HERE = -1  # where a document is: in the writer's own batch; in a worker's, from -2 down; in a segment, from 0 up


@dataclass
class Part:
    """A segment of the commit to be: its record, its file opened, and who of its documents is deleted by now."""

    record: SegmentRecord
    segment: Segment
    mask: bytearray | None = None

    def delete(self, doc: int) -> None:
        """Mark a document as deleted."""
        if self.mask is None:
            self.mask = bytearray(self.segment.deleted or bytes(self.segment.doc_count))
            self.segment = self.segment.copy(self.mask)  # shared: what is marked next is seen without a copy
        if not self.mask[doc]:
            self.mask[doc] = 1
            self.segment.live_count -= 1


class Writer:
    """The one writer of an index, from its making (which takes the lock) to `close` or `cancel`.

    As a context manager it commits at the end of the block, and cancels when the block raises. What a commit has
    returned from is on disk, whatever happens next; what was added since the last one is lost if the process dies.

    Attributes:
        directory: the index folder. generation: the newest commit's number; 0 before the first.
    """

    def __init__(
        self,
        directory: str | Path,
        *,
        wait: float = 5.0,
        memory: int = MEMORY,
        jobs: int = 1,
        settings: Mapping[str, Any] | None = None,
        afresh: bool = False,
    ) -> None:
        """Lock an index folder for writing, making it when there is none.

        Args:
            directory: the index folder.
            wait: seconds to wait for another writer.
            memory: bytes that the documents of a batch may take before they are written to a segment.
            jobs: processes that invert documents.
            settings: recorded in a new index; an old one keeps its own.
            afresh: begin with nothing, whatever the folder holds, damaged or not: the first commit takes its place,
                and until then the old index stands.

        Raises:
            LockTimeout: another process holds the lock. IndexProblem: the index cannot be read or written.
        """
        self.directory = Path(directory)
        self._memory = memory
        self._afresh = afresh
        self._jobs = jobs
        with explained(self.directory):
            make_directory(self.directory)
        self._lock = WriteLock(self.directory, wait)
        try:
            self._manifest = self._begin(settings or {})
            self._parts = [Part(record, open_segment(self.directory, record)) for record in self._manifest.segments]
            if not afresh:
                self._sweep()
        except BaseException as error:
            self._lock.release()
            if isinstance(error, FileNotFoundError):
                raise damaged(str(error.filename), "it is missing") from error
            raise
        self._next = self._manifest.next
        self._vocabulary = Vocabulary()
        self._workers: list[Worker] = []
        self._reset()

    @property
    def generation(self) -> int:
        """Number of the newest commit; 0 before the first."""
        return self._manifest.generation

    def _begin(self, settings: Mapping[str, Any]) -> Manifest:
        """Return the commit to begin from: the newest, or one of nothing."""
        if self._afresh:
            return manifest.blank(self.directory, settings)
        try:
            return manifest.read(self.directory)
        except IndexMissing:
            manifest.begin(self.directory)
            return Manifest(settings=dict(settings))

    def _reset(self) -> None:
        self._batch = Batch(self._vocabulary)
        self._filled: list[Part] = []  # segments written since the last commit
        self._latest: dict[str, tuple[int, int]] = {}  # id -> where its document is, and the number of it there
        self._dead: dict[int, set[int]] = {}  # where -> documents of a batch that were replaced or deleted again
        self._turn = 0
        self._changed = self._afresh
        self._optimize = False
        self._failed = False

    def add(self, document: Document) -> None:
        """Add a document; it replaces any other with its id at the next commit.

        Raises:
            IndexProblem: it cannot be written. Whatever is raised, the writer can then only be cancelled.
        """
        self._check()
        self._failed = True
        self._forget(document.id)
        if self._jobs > 1 and len(self._batch) >= ALONE:
            self._latest[document.id] = self._hand_over(document)
        else:
            self._latest[document.id] = (_HERE, self._batch.add(document))
            if self._batch.full or self._batch.memory > self._memory:
                self._flush()
        self._failed = False

    def _hand_over(self, document: Document) -> tuple[int, int]:
        if not self._workers:
            prefix = str(self.directory.absolute() / f"{self._next:06}-")
            with explained(self.directory):
                for number in range(self._jobs):
                    self._workers.append(Worker(f"{prefix}{number}-", self._memory // self._jobs))
        self._turn = (self._turn + 1) % len(self._workers)
        return (_HERE - 1 - self._turn, self._workers[self._turn].add(document))

    def _check(self) -> None:
        if not self._lock.held:
            raise MorgueError(f"the writer of index {self.directory} is closed")
        if self._failed:
            raise MorgueError(f"writing to index {self.directory} failed before; cancel it")

    def _forget(self, id: str) -> bool:
        """Mark the document that this batch added under an id as deleted; return whether there was one."""
        place = self._latest.pop(id, None)
        if place is None:
            return False
        where, doc = place
        if where < 0:
            self._dead.setdefault(where, set()).add(doc)
        else:
            self._filled[where].delete(doc)
        return True

    def delete(self, id: str) -> bool:
        """Delete a document, added before or in this batch; return whether there was one."""
        self._check()
        found = self._forget(id)
        for part in self._parts:
            doc = part.segment.find(id)
            if doc is not None:
                part.delete(doc)
                found = self._changed = True
        return found

    def optimize(self) -> None:
        """Merge as far as possible at the next commit, and drop what is deleted."""
        self._optimize = True

    def _write(self, tables: Tables) -> Part:
        """Write a segment to disk, synced, but named by no commit yet."""
        name = self._name()
        out = write_file(self.directory / name, tables)
        return self._open(SegmentRecord(name, out.size, out.checksum, len(tables.ids)))

    def _name(self) -> str:
        self._next += 1
        return f"{self._next - 1:06}.seg"

    def _open(self, record: SegmentRecord) -> Part:
        with explained(self.directory):
            return Part(record, open_segment(self.directory, record))

    def _flush(self) -> None:
        """Write the batch to a segment."""
        if len(self._batch):
            self._fill(_HERE, 0, self._write(self._batch.tables()))
        self._dead.pop(_HERE, None)
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)

    def _fill(self, where: int, first: int, part: Part) -> None:
        """Take a segment into the commit: it holds the documents from number `first` on that were at `where`."""
        last, number = first + part.record.docs, len(self._filled)
        for doc in self._dead.get(where, ()):
            if first <= doc < last:
                part.delete(doc - first)
        self._filled.append(part)
        self._changed = True
        for doc, id in enumerate(part.segment.all_ids(), first):
            if self._latest.get(id) == (where, doc):
                self._latest[id] = (number, doc - first)

    def _collect(self) -> None:
        """Take over what the workers wrote."""
        for worker in self._workers:
            worker.ask()
        for number, worker in enumerate(self._workers):
            where, first = _HERE - 1 - number, 0
            for path, size, checksum, docs in worker.answer():
                record = SegmentRecord(self._name(), size, checksum, docs)
                with explained(self.directory):
                    os.replace(path, self.directory / record.name)
                self._fill(where, first, self._open(record))
                first += docs
            self._dead.pop(where, None)

    def commit(self) -> int:
        """Make everything added and deleted durable and visible; return the generation. The writer stays usable.

        Raises:
            IndexProblem: it cannot be written; the commit before stands, and the writer can only be cancelled.
        """
        self._check()
        self._failed = True
        self._flush()
        self._collect()
        self._replace()
        self._parts += self._filled
        self._merge()
        self._parts = [part for part in self._parts if part.segment.live_count]
        if self._changed or not self._manifest.generation:
            self._switch()
        self._reset()
        return self._manifest.generation

    def _replace(self) -> None:
        """Delete from older segments what this batch brought anew."""
        if not self._latest or not self._parts:
            return
        names = map(zlib.crc32, map(id_bytes, self._latest))
        hashes = np.unique(np.fromiter(names, "u4", len(self._latest)))
        for part in self._parts:
            theirs, docs = part.segment.id_hashes()
            for doc in np.asarray(docs)[np.isin(np.asarray(theirs), hashes)].tolist():
                if part.segment.alive(doc) and part.segment.id(doc) in self._latest:
                    part.delete(doc)

    def _merge(self) -> None:
        shapes = [merge.Shape.of(part.segment) for part in self._parts]
        for group in merge.plan(shapes, everything=self._optimize):
            chosen = [self._parts[i] for i in group]
            live = [part.segment for part in chosen if part.segment.live_count]
            merged = [self._write(merge.merge(live))] if live else []
            self._changed = True
            for part in chosen:
                part.record = replace(part.record, docs=-1)
            self._parts += merged
        self._parts = [part for part in self._parts if part.record.docs >= 0]

    def _switch(self) -> None:
        generation = self._manifest.generation + 1
        with explained(self.directory):
            for part in self._parts:
                if part.mask is not None:
                    deleted = deletions.write(self.directory, part.record.name, generation, bytes(part.mask))
                    part.record = replace(part.record, deletions=deleted)
                    part.segment.deleted = bytes(part.mask)
                    part.mask = None
            records = tuple(part.record for part in self._parts)
            new = Manifest(generation, self._next, self._manifest.settings, records)
            self._lock.check()
            manifest.write(self.directory, new)
        self._manifest = new
        self._afresh = False
        self._sweep()

    def _sweep(self, *, ending: bool = False) -> None:
        """Delete files of ours that the newest commit does not name.

        Readers of older commits have theirs mapped, which outlives the name; one that is just opening tries again.
        """
        kept = self._manifest.files()
        begun = False
        try:
            # Not by what this writer knows alone: a commit that was interrupted after its switch stands all the same.
            kept |= manifest.read(self.directory).files()
        except IndexMissing:
            begun = True
        except IndexProblem:
            return
        with explained(self.directory):
            names = [path.name for path in self.directory.iterdir()]
        for name in names:
            if (name not in kept and _OURS.fullmatch(name)) or name == manifest.NAME + TEMPORARY:
                remove(self.directory / name)
        if not begun or ending:  # the last of them, as it says that the others are no loss
            remove(self.directory / manifest.BEGUN)

    def cancel(self) -> None:
        """Forget what was not committed, and let go of the lock. Does nothing the second time."""
        if self._lock.held:
            for worker in self._workers:
                worker.close()
            try:
                # Begun afresh, the files that the old commit names would go; without the lock, another writer's.
                if not self._afresh and self._lock.intact:
                    self._sweep(ending=True)
            finally:
                self._parts = self._filled = []
                self._lock.release()

    def close(self) -> None:
        """Let go of the lock; what was not committed is forgotten."""
        self.cancel()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None and self._lock.held:
                self.commit()
        finally:
            self.cancel()
