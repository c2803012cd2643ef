"""Writing to an index: add, replace, delete, commit."""

from __future__ import annotations

import contextlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from morgue.engine.files import deletions, manifest, segment_write, toc
from morgue.engine.files.commit import languages, open_segment
from morgue.engine.files.container import damaged
from morgue.engine.files.documents import id_bytes
from morgue.engine.files.durable import TEMPORARY, explained, make_directory, remove, sync_directory
from morgue.engine.files.lock import WriteLock
from morgue.engine.files.manifest import Manifest, SegmentRecord
from morgue.engine.files.segment import Segment
from morgue.engine.files.segment_write import SegmentArrays
from morgue.engine.write import merge
from morgue.engine.write.batch import Batch
from morgue.engine.write.vocabulary import Vocabulary
from morgue.errors import IndexMissing, IndexProblem, MorgueError
from morgue.index.document import Document

if TYPE_CHECKING:
    from morgue.json_types import Json

MEMORY = 256 << 20  # bytes of a batch, by default
_NAMES = "|".join((manifest.SEGMENT_NAME.pattern, manifest.DELETIONS_NAME.pattern))
_INDEX_FILE = re.compile(rf"(?:{_NAMES})(?:{re.escape(TEMPORARY)})?")
_UNFINISHED = re.compile(rf"(?:{re.escape(manifest.NAME)}|{toc.NAME.pattern}){re.escape(TEMPORARY)}")
_IN_BATCH = -1  # in place of a segment's number: the document is in the batch, not written yet


@dataclass
class OpenSegment:
    """A segment of the next commit: its record, the segment opened, and its deletions if they have changed."""

    record: SegmentRecord
    segment: Segment
    mask: bytearray | None = None

    def delete(self, doc: int) -> None:
        """Mark a document as deleted."""
        if self.mask is None:
            self.mask = bytearray(self.segment.deleted or bytes(self.segment.doc_count))
            self.segment = self.segment.copy(self.mask)  # shares the mask: later marks need no copy
        if not self.mask[doc]:
            self.mask[doc] = 1
            self.segment.live_count -= 1


class Writer:
    """The one writer of an index, from construction (which takes the lock) to `cancel`.

    As a context manager it commits at the end of the block, and cancels when the block raises. When `commit` returns,
    the commit is on disk; what was added since the last one is lost if the process dies.

    Attributes:
        directory: the index folder. generation: the newest commit's number; 0 before the first.
        mended: whether opening it wrote what a crash had left out of the newest commit.
    """

    def __init__(
        self,
        directory: str | Path,
        *,
        wait: float = 5.0,
        memory: int = MEMORY,
        settings: Mapping[str, Json] | None = None,
        overwrite: bool = False,
    ) -> None:
        """Lock an index folder for writing, making it when there is none.

        Args:
            directory: the index folder.
            wait: seconds to wait for another writer.
            memory: bytes that the documents of a batch may take before they are written to a segment.
            settings: recorded in a new index; an old one keeps its own.
            overwrite: begin without documents, even if the folder holds an index, damaged or not: the first commit
                replaces it, and until then the old index stays.

        Raises:
            LockTimeout: another process holds the lock. IndexProblem: the index cannot be read or written.
        """
        self.directory = Path(directory)
        self._memory = memory
        self._overwrite = overwrite
        with explained(self.directory):
            make_directory(self.directory)
        self._lock = WriteLock(self.directory, wait)
        try:
            self._manifest = self._begin(settings or {})
            self._parts = [
                OpenSegment(record, open_segment(self.directory, record)) for record in self._manifest.segments
            ]
            self.mended = False
            if not overwrite:
                self._sweep()
                self.mended = toc.mend(self.directory, self._manifest, self._languages())
        except BaseException as error:
            self._lock.release()
            if isinstance(error, FileNotFoundError):
                raise damaged(str(error.filename), "it is missing") from error
            raise
        self._next = self._manifest.next
        self._vocabulary = Vocabulary()
        self._reset()

    @property
    def generation(self) -> int:
        """Number of the newest commit; 0 before the first."""
        return self._manifest.generation

    def _begin(self, settings: Mapping[str, Json]) -> Manifest:
        """Return the commit to begin from: the newest, or an empty one."""
        if self._overwrite:
            return manifest.blank(self.directory, settings)
        try:
            return manifest.read(self.directory)
        except IndexMissing:
            if found := toc.foreign(self.directory):
                raise IndexProblem(
                    f"{self.directory} holds an index of Whoosh's own ({found[0]})",
                    hint="give the archive a folder of its own: --index FOLDER",
                ) from None
            manifest.begin(self.directory)
            return Manifest(settings=dict(settings))

    def _languages(self) -> set[str]:
        return set(languages(part.segment for part in self._parts))

    def _reset(self) -> None:
        self._batch = Batch(self._vocabulary)
        self._filled: list[OpenSegment] = []  # segments written since the last commit
        self._latest: dict[str, tuple[int, int]] = {}  # id -> filled segment (or _IN_BATCH), document in it
        self._dead: set[int] = set()  # documents of the batch that were replaced or deleted again
        self._changed = self._overwrite
        self._optimize = False
        self._failed = False

    def add(self, document: Document) -> None:
        """Add a document; it replaces any other with its id at the next commit.

        Raises:
            IndexProblem: it cannot be written. After any error the writer can only be cancelled.
        """
        self._check()
        self._failed = True
        self._forget(document.id)
        self._latest[document.id] = (_IN_BATCH, self._batch.add(document))
        if self._batch.full or self._batch.memory > self._memory:
            self._flush()
        self._failed = False

    def _check(self) -> None:
        if not self._lock.held:
            raise MorgueError(f"the writer of index {self.directory} is closed")
        if self._failed:
            raise MorgueError(f"writing to index {self.directory} failed before; cancel it")

    def _forget(self, id: str) -> bool:
        """Mark the document added under an id since the last commit as deleted; return whether there was one."""
        place = self._latest.pop(id, None)
        if place is None:
            return False
        number, doc = place
        if number == _IN_BATCH:
            self._dead.add(doc)
        else:
            self._filled[number].delete(doc)
        return True

    def delete(self, id: str) -> bool:
        """Delete a document, committed or only added; return whether there was one."""
        self._check()
        found = self._forget(id)
        for part in self._parts:
            doc = part.segment.find(id)
            if doc is not None:
                part.delete(doc)
                found = self._changed = True
        return found

    def optimize(self) -> None:
        """Merge as far as possible at the next commit, and drop deleted documents."""
        self._optimize = True

    def _write(self, arrays: SegmentArrays) -> OpenSegment:
        """Write a segment to disk, synced; no commit names it yet."""
        name = f"{self._next:06}.seg"
        self._next += 1
        out = segment_write.write(self.directory / name, arrays)
        record = SegmentRecord(name, out.size, out.checksum, len(arrays.ids))
        with explained(self.directory):
            return OpenSegment(record, open_segment(self.directory, record))

    def _flush(self) -> None:
        """Write the batch to a segment of the next commit."""
        if len(self._batch):
            part, number = self._write(self._batch.arrays()), len(self._filled)
            for doc in self._dead:
                part.delete(doc)
            self._filled.append(part)
            self._changed = True
            for doc, id in enumerate(part.segment.all_ids()):
                if self._latest.get(id) == (_IN_BATCH, doc):
                    self._latest[id] = (number, doc)
        self._dead = set()
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)

    def commit(self) -> int:
        """Make everything added and deleted durable and visible; return the generation. The writer stays usable.

        Raises:
            IndexProblem: it cannot be written; the commit before stays, and the writer can only be cancelled.
        """
        self._check()
        self._failed = True
        self._flush()
        self._replace()
        self._parts += self._filled
        self._merge()
        self._parts = [part for part in self._parts if part.segment.live_count]
        if self._changed or not self._manifest.generation:
            self._switch()
        self._reset()
        return self._manifest.generation

    def _replace(self) -> None:
        """Delete from older segments the documents that were added again since the last commit."""
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
        with contextlib.suppress(OSError):  # the commit stands; a later command writes it
            toc.write(self.directory, new, self._languages())
            sync_directory(self.directory)
        self._overwrite = False
        self._sweep()

    def _sweep(self, *, ending: bool = False) -> None:
        """Delete files of the index that the newest commit does not name.

        Readers of older commits have their files mapped, which outlives the name; one that is opening tries again.
        """
        kept = self._manifest.files()
        begun = False
        try:
            # Read again: a commit that was interrupted after its switch is not in self._manifest.
            kept |= manifest.read(self.directory).files()
        except IndexMissing:
            begun = True
        except IndexProblem:
            return
        with explained(self.directory):
            names = [path.name for path in self.directory.iterdir()]
        for name in names:
            if (name not in kept and _INDEX_FILE.fullmatch(name)) or _UNFINISHED.fullmatch(name):
                remove(self.directory / name)
        if not begun or ending:  # last: while it exists, the other files are no lost index
            remove(self.directory / manifest.BEGUN)

    def cancel(self) -> None:
        """Drop what was not committed and release the lock. Does nothing the second time."""
        if self._lock.held:
            try:
                # When overwriting, files of the old commit would go; without the lock, those of another writer.
                if not self._overwrite and self._lock.intact:
                    self._sweep(ending=True)
            finally:
                self._parts = self._filled = []
                self._lock.release()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            if kind is None and self._lock.held:
                self.commit()
        finally:
            self.cancel()
