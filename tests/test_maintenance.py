"""Check, repair, optimize: what is damaged is found, what can be read is kept, what is lost is named."""

from __future__ import annotations

import contextlib
import json
import random
import sys
from pathlib import Path

import pytest

from morgue import Archive, IngestOptions, ingest
from morgue.errors import IndexDamaged, IndexProblem

COUNT = 40


@pytest.fixture
def index(tmp_path: Path) -> Path:
    rows = [{"id": f"s{n}", "headline": f"Story {n}", "body": f"Ship {n} left port {n % 7}."} for n in range(COUNT)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ingest([str(tmp_path / "a.jsonl")], tmp_path / "ix", IngestOptions(jobs=1))
    return tmp_path / "ix"


def found(index: Path) -> set[str]:
    with Archive.open(index) as archive:
        return {hit.id for hit in archive.search("ship", limit=None).hits}


def test_a_sound_archive_has_no_faults_and_is_left_alone(index: Path) -> None:
    before = {path.name: path.read_bytes() for path in index.iterdir()}

    assert Archive.check(index) == Archive.check(index, fast=True) == []
    assert Archive.repair(index)["repaired"] is False
    assert {path.name: path.read_bytes() for path in index.iterdir()} == before


def test_a_flipped_byte_is_found_and_repair_keeps_all_that_can_be_read(index: Path) -> None:
    (segment,) = index.glob("*.seg")
    good = segment.read_bytes()
    random_ = random.Random(7)
    for _ in range(25):
        data = bytearray(good)
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        segment.write_bytes(data)
        assert Archive.check(index), "a flipped bit went unseen"

    done = Archive.repair(index)

    assert done["kept"] + len(done["lost"]) == COUNT
    assert done["kept"] >= COUNT - 1
    assert Archive.check(index) == []
    assert len(found(index)) == done["kept"]


def test_a_lost_commit_record_is_rebuilt_from_the_segments(index: Path) -> None:
    (index / "morgue.json").write_text("{")

    with pytest.raises(IndexDamaged):
        Archive.open(index)
    done = Archive.repair(index)

    assert (done["kept"], done["lost"]) == (COUNT, [])
    assert len(found(index)) == COUNT


def test_deleted_articles_stay_deleted_through_a_repair(index: Path) -> None:
    Archive.delete(index, ["s3", "s4"])

    Archive.repair(index, rebuild=True)

    assert found(index) == {f"s{n}" for n in range(COUNT)} - {"s3", "s4"}


def test_a_cut_segment_names_what_is_lost_and_keeps_the_damaged_files(index: Path, tmp_path: Path) -> None:
    (segment,) = index.glob("*.seg")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "new", "headline": "x", "body": "A new ship."}) + "\n")
    ingest([str(tmp_path / "b.jsonl")], index)
    segment.write_bytes(segment.read_bytes()[:200])

    done = Archive.repair(index)

    assert done["lost"]
    assert Path(done["damaged"], segment.name).stat().st_size == 200
    assert Archive.check(index) == []
    report = ingest([str(tmp_path / "a.jsonl")], index)  # the file cache is gone: lost articles come back
    assert report.added + report.updated == COUNT
    assert len(found(index)) == COUNT + 1


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on open files there")
def test_want_of_handles_is_no_damage_and_repair_loses_nothing_by_it(index: Path) -> None:
    """A segment that could not be opened for want of memory or handles was once counted as lost."""
    import resource

    Archive.check(index), Archive.repair(index)  # whatever is imported is imported now
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        for limit in range(4, 40):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
            for use in (Archive.check, lambda path: Archive.repair(path, rebuild=True).get("lost")):
                with contextlib.suppress(IndexProblem, OSError):
                    assert not use(index)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert Archive.check(index) == []
    assert len(found(index)) == COUNT


def test_optimize_leaves_one_segment_and_the_same_answers(index: Path, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "new", "headline": "x", "body": "A new ship."}) + "\n")
    ingest([str(tmp_path / "b.jsonl")], index)
    Archive.delete(index, ["s1"])
    before = found(index)

    done = Archive.optimize(index)

    assert done["segments"] == 1
    assert found(index) == before
    with Archive.open(index) as archive:
        assert archive.stats().deleted == 0


def test_a_repair_that_could_keep_nothing_changes_nothing(index: Path) -> None:
    (segment,) = index.glob("*.seg")
    segment.write_bytes(b"\0" * segment.stat().st_size)
    before = {path.name: path.read_bytes() for path in index.glob("*.seg")}

    with pytest.raises(IndexDamaged, match="no article"):
        Archive.repair(index)

    assert {path.name: path.read_bytes() for path in index.glob("*.seg")} == before
    assert (index / "morgue.json").exists()
