"""An index folder as a reader sees it: the segments of one commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from morgue.engine.files import deletions, manifest, toc
from morgue.engine.files.container import Container, damaged
from morgue.engine.files.durable import readable
from morgue.engine.files.manifest import Manifest, SegmentRecord
from morgue.engine.files.segment import Segment
from morgue.errors import IndexProblem

if TYPE_CHECKING:
    from morgue.json_types import Json

_OPEN_ATTEMPTS = 50  # while other commits take files away


def exists(directory: str | Path) -> bool:
    """Return whether there is an index in a folder (whole or damaged)."""
    return (Path(directory) / manifest.NAME).exists()


def open_segment(directory: Path, record: SegmentRecord, known: Iterable[Segment] = ()) -> Segment:
    """Open a segment as of a commit.

    Args:
        directory: the index folder. record: the segment in the commit record.
        known: open segments; the file of one that is the same is shared.

    Raises:
        FileNotFoundError: a file is gone. IndexDamaged: it is not what was written.
    """
    with readable(directory):
        mask = deletions.read(directory, record.deletions, record.docs) if record.deletions else None
        for segment in known:
            container = segment.container
            if (segment.name, container.size, container.checksum) == (record.name, record.size, record.checksum):
                return segment if segment.deleted == mask else segment.copy(mask)
        container = Container(directory / record.name, size=record.size, checksum=record.checksum)
    segment = Segment(container, record.name, mask)
    if segment.doc_count != record.docs:
        raise damaged(segment.path, f"{segment.doc_count} documents instead of {record.docs}")
    return segment


def languages(segments: Iterable[Segment]) -> Iterator[str]:
    """Yield the languages of the stemmers that segments were written with (ISO 639-1), maybe repeatedly."""
    return (language for segment in segments for language in segment.languages)


class Store:
    """The segments of one commit of an index. Later commits do not disturb it; `refresh` moves on to the newest.

    Attributes:
        directory: the index folder.
        generation: number of the commit, from 1.
        segments: oldest first; of two documents with one id, the live one is in the later segment.
        bases: for each segment, how many documents (deleted ones included) the segments before it hold.
        settings: what the index's creator recorded (analyzer and schema settings), JSON values.
        doc_count: live documents of all segments.
        total_count: documents of all segments, deleted ones included (the N of scores).
    """

    directory: Path
    generation: int
    segments: tuple[Segment, ...]
    bases: tuple[int, ...]
    settings: Mapping[str, Json]
    doc_count: int
    total_count: int

    def __init__(self, directory: Path, record: Manifest, segments: tuple[Segment, ...]) -> None:
        """Use `Store.open`."""
        self.directory = directory
        self._set(record, segments)

    def _set(self, record: Manifest, segments: tuple[Segment, ...]) -> None:
        counts = [segment.doc_count for segment in segments]
        self._record = record
        self.generation = record.generation
        self.settings = record.settings
        self.segments = segments
        self.bases = tuple(accumulate(counts, initial=0))[:-1]
        self.total_count = sum(counts)
        self.doc_count = sum(segment.live_count for segment in segments)

    @classmethod
    def open(cls, directory: str | Path) -> Store:
        """Open the newest commit of an index.

        Raises:
            IndexMissing: there is none. IndexTooNew: a later morgue wrote it. IndexDamaged: a file is missing, cut
                short or not what was written.
        """
        path = Path(directory)
        record, segments = _read(path)
        toc.heal(path, record, languages(segments))
        return cls(path, record, segments)

    def refresh(self) -> bool:
        """Move to the newest commit; return whether there was one. Segments that stay are kept open."""
        if manifest.read(self.directory) == self._record:  # not by its number: the index may have been replaced
            return False
        self._set(*_read(self.directory, self.segments))
        return True

    def zone_totals(self) -> tuple[int, int, int]:
        """Return the words of headlines, leads and rests over all documents."""
        totals = [segment.zone_totals for segment in self.segments]
        return sum(t[0] for t in totals), sum(t[1] for t in totals), sum(t[2] for t in totals)

    def field_total(self, field: str) -> int:
        """Return the words of a field over all documents."""
        return sum(segment.field_total(field) for segment in self.segments)

    def close(self) -> None:
        """Close every segment."""
        for segment in self.segments:
            segment.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _read(directory: Path, known: Iterable[Segment] = ()) -> tuple[Manifest, tuple[Segment, ...]]:
    """Read the newest commit and open its files; again when another commit took them away meanwhile."""
    record = manifest.read(directory)
    for _ in range(_OPEN_ATTEMPTS):
        try:
            return record, tuple(open_segment(directory, segment, known) for segment in record.segments)
        except FileNotFoundError as error:
            newer = manifest.read(directory)
            if newer == record:
                raise damaged(str(error.filename), "it is missing") from error
            record = newer
    raise IndexProblem(f"index {directory} changes faster than it can be opened")
