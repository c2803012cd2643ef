"""Which segments are merged, and when. How is in files/segment_write.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from morgue.engine.files import segment_write
from morgue.engine.files.segment import MAX_DOCS, Segment
from morgue.engine.files.segment_write import SegmentArrays
from morgue.engine.write.batch import MAX_OCCURRENCES

MERGE_FACTOR = 4  # segments of a like size that become one
SMALLEST_TIER = 64 * MERGE_FACTOR  # live documents; segments below count as of a like size
CHUNK_OCCURRENCES = 1 << 20  # handled at a time


class Shape(NamedTuple):
    """The sizes of a segment by which merges are planned: documents, live ones, occurrences."""

    docs: int
    live: int
    occurrences: int

    @classmethod
    def of(cls, segment: Segment) -> Shape:
        """Return the shape of a segment."""
        return cls(segment.doc_count, segment.live_count, int(segment.meta["occurrences"]))

    @property
    def half_full(self) -> bool:
        """Whether it has half of what a segment may hold, and is left alone."""
        return 2 * self.live > MAX_DOCS or 2 * self.occurrences > MAX_OCCURRENCES


def _tier(live: int) -> int:
    tier, bound = 0, SMALLEST_TIER
    while live >= bound:
        tier, bound = tier + 1, bound * MERGE_FACTOR
    return tier


def plan(shapes: Sequence[Shape], *, everything: bool = False) -> list[list[int]]:
    """Return groups of indices to merge, each into one segment.

    MERGE_FACTOR segments of a like size become one, so that a document is rewritten a few times in its life and the
    segments grow in number with the logarithm of the documents (once they are full, with the documents). A segment of
    which two documents in five are deleted is rewritten alone.

    Args:
        shapes: of the segments, oldest first.
        everything: merge all that fits, and rewrite each segment with deletions.
    """
    if everything:
        groups = list(_packed(shapes, range(len(shapes))))
        return [group for group in groups if len(group) > 1 or shapes[group[0]].live < shapes[group[0]].docs]
    groups, taken = [], set()
    tiers: dict[int, list[int]] = defaultdict(list)
    for index, shape in enumerate(shapes):
        if not shape.half_full:
            tiers[_tier(shape.live)].append(index)
    for members in tiers.values():
        if len(members) < MERGE_FACTOR:
            continue
        packed = list(_packed(shapes, members))
        # What is left over when one is full waits for more, rather than being rewritten twice.
        for group in packed[:-1] or packed:
            if len(group) > 1:
                groups.append(group)
                taken.update(group)
    for index, shape in enumerate(shapes):
        if index not in taken and shape.live * 5 <= shape.docs * 3:
            groups.append([index])
    return groups


def _packed(shapes: Sequence[Shape], members: Sequence[int]) -> Iterator[list[int]]:
    """Yield the members in groups that fit into one segment each."""
    group: list[int] = []
    docs = occurrences = 0
    for index in members:
        shape = shapes[index]
        if group and (docs + shape.live > MAX_DOCS or occurrences + shape.occurrences > MAX_OCCURRENCES):
            yield group
            group, docs, occurrences = [], 0, 0
        group.append(index)
        docs += shape.live
        occurrences += shape.occurrences
    if group:
        yield group


def merge(segments: Sequence[Segment]) -> SegmentArrays:
    """Return the live documents of several segments as one, in order."""
    return segment_write.merge(segments, CHUNK_OCCURRENCES)
