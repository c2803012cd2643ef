"""A segment to merge from: its live documents and the numbers they get."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from morgue.engine.files.arraytools import Flags, Ints
from morgue.engine.files.segment import Segment


class MergeSource:
    """A segment of a merge.

    Attributes:
        segment: the segment.
        live: whether each of its documents is live.
        whole: whether all are.
        target: the number that each live document gets; that of a deleted one has no meaning.
    """

    live: Flags
    target: Ints

    def __init__(self, segment: Segment, base: int) -> None:
        """Take all of `segment`; its first live document gets the number `base`."""
        self.segment = segment
        deleted = np.frombuffer(segment.deleted, "u1") if segment.deleted else np.zeros(segment.doc_count, "u1")
        self.live = deleted == 0
        self.target = np.cumsum(self.live) - 1 + base
        self.whole = bool(self.live.all())

    def live_docs(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the live documents from `start` to `end` (exclusive)."""
        return [doc + start for doc in np.flatnonzero(self.live[start:end]).tolist()]

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> list[MergeSource]:
        """Return the sources of a merge of segments, in order."""
        found, base = [], 0
        for segment in segments:
            found.append(cls(segment, base))
            base += segment.live_count
        return found
