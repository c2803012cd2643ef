"""An index folder as a reader sees it: the segments of one commit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from morgue.engine.segment import Segment


class Store:
    """The segments of one commit of an index. Later commits do not disturb it; `refresh` moves on to the newest.

    Attributes:
        directory: the index folder.
        generation: number of the commit, from 0.
        segments: in the order they were written; documents of later ones are newer.
        bases: for each segment, how many documents (deleted ones included) the segments before it hold.
        settings: what the index's creator recorded (analyzer and schema settings), JSON values.
        doc_count: live documents of all segments.
        total_count: documents of all segments, deleted ones included (the N of scores).
    """

    directory: Path
    generation: int
    segments: tuple[Segment, ...]
    bases: tuple[int, ...]
    settings: Mapping[str, Any]
    doc_count: int
    total_count: int

    @classmethod
    def open(cls, directory: str | Path) -> Store:
        """Open the newest commit of an index.

        Raises:
            IndexMissing: there is none. IndexTooNew: a later morgue wrote it. IndexDamaged: a file is missing, cut
                short or not what was written.
        """
        raise NotImplementedError

    def refresh(self) -> bool:
        """Move to the newest commit; return whether there was one. Segments that stay are kept open."""
        raise NotImplementedError

    def find(self, id: str) -> tuple[Segment, int] | None:
        """Return the segment and number of a live document, or None."""
        raise NotImplementedError

    def zone_totals(self) -> tuple[int, int, int]:
        """Return the words of headlines, leads and rests over all documents."""
        raise NotImplementedError

    def field_total(self, field: str) -> int:
        """Return the words of a field over all documents."""
        raise NotImplementedError

    def close(self) -> None:
        """Close every segment."""
        raise NotImplementedError

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
