"""Which segments are merged: few of them at any time, each article rewritten seldom, no merge larger than a segment."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from morgue.engine.files.segment import MAX_DOCS
from morgue.engine.write.batch import MAX_OCCURRENCES
from morgue.engine.write.merge import Shape, plan

TIERS = 5  # of segments that are not half full
WAITING = 3  # at most, in each


@dataclass
class Archive:
    """An archive of which only the sizes of its segments are kept, and what was rewritten."""

    words: int
    segments: list[Shape] = field(default_factory=list)
    added: int = 0
    rewritten: int = 0
    largest: int = 0

    def add(self, articles: int) -> None:
        """Commit articles, and merge as a writer does."""
        self.added += articles
        self.segments.append(Shape(articles, articles, articles * self.words))
        groups = plan(self.segments)
        merged = []
        for group in groups:
            assert not any(self.segments[index].half_full for index in group)
            docs = sum(self.segments[index].docs for index in group)
            merged.append(Shape(docs, docs, docs * self.words))
            self.rewritten += docs
            self.largest = max(self.largest, docs)
        gone = {index for group in groups for index in group}
        self.segments = [shape for index, shape in enumerate(self.segments) if index not in gone] + merged


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(1, 12_000), min_size=1, max_size=120), st.integers(10, 1_300))
def test_segments_stay_few_and_none_too_large_whatever_is_committed(commits: list[int], words: int) -> None:
    archive = Archive(words)
    for count in commits:
        archive.add(count)

        assert sum(shape.docs for shape in archive.segments) == archive.added
        assert all(shape.docs <= MAX_DOCS for shape in archive.segments)
        assert all(shape.occurrences <= MAX_OCCURRENCES for shape in archive.segments)
        assert sum(not shape.half_full for shape in archive.segments) <= TIERS * WAITING


def test_an_ingest_of_many_articles_rewrites_each_once_and_never_many_at_a_time() -> None:
    archive = Archive(words=150)
    for _ in range(20):
        archive.add(10_000)

    assert [shape.docs for shape in archive.segments] == [40_000] * 5
    assert archive.rewritten == 200_000
    assert archive.largest == 40_000


def test_ten_articles_at_a_time_are_rewritten_a_few_times() -> None:
    archive = Archive(words=150)
    for _ in range(2_000):
        archive.add(10)

    assert archive.rewritten <= 8 * archive.added


def test_what_does_not_fit_into_a_full_segment_waits() -> None:
    # What would be left over is rewritten once, with what comes after it, and not twice.
    shapes = [Shape(docs, docs, docs) for docs in (30_000, 30_000, 30_000, 20_000)]

    assert plan(shapes) == [[0, 1]]


def test_an_optimized_archive_has_no_more_segments_than_it_needs() -> None:
    shapes = [Shape(docs, docs, docs) for docs in (40_000, 20_000, 3_000, 30_000, 30_000)]

    assert plan(shapes, everything=True) == [[0, 1, 2], [3, 4]]
