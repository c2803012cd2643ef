"""Commits that hold: kill -9, full disks, two writers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from morgue.engine.files.check import check
from morgue.engine.files.commit import Store, exists
from morgue.engine.write.writer import Writer
from morgue.errors import IndexMissing, IndexProblem, LockTimeout, MorgueError
from morgue.index.document import Document
from support.stores import located


def document(name: str, text: str) -> Document:
    return Document(name, "Head", f"{text} body", "en", {}, {"source": ("x",)}, {"words": 2}, text.encode())


def left_over(folder: Path) -> set[str]:
    """Files that no commit names."""
    from morgue.engine.files import manifest, toc

    record = manifest.read(folder)
    known = record.files() | {"morgue.json", "morgue.lock"}
    known |= {toc.name(generation) for generation in (record.generation, record.generation - 1)}
    return {path.name for path in folder.iterdir()} - known


# Writes batches of three articles (each batch under its own number), replacing the batch before the last; says what is
# committed on stdout.
CHILD = """
import sys, itertools
from morgue.index.document import Document
from morgue.engine.write.writer import Writer
folder, start = sys.argv[1], int(sys.argv[2])
with Writer(folder, memory=20_000) as writer:
    for batch in itertools.count(start):
        for n in range(3):
            writer.add(Document(f"{batch}-{n}", "Head", f"batch{batch} body", "en", {}, {}, {}, b"%d" % batch))
        writer.delete(f"{batch - 2}-0")
        if batch % 7 == 0:
            writer.optimize()
        writer.commit()
        print(batch, flush=True)
"""


def killed_writer(folder: Path, start: int, seconds: float) -> int:
    """Run a writer and kill it; return the last batch it reported as committed."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), str(start)], stdout=subprocess.PIPE)
    assert child.stdout
    last = int(child.stdout.readline())  # begun
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    reported = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return int(reported[-1]) if reported else last


def test_nothing_reported_is_lost_by_kill_9(tmp_path: Path) -> None:
    draw, start = random.Random(3), 0
    for _ in range(6):
        last = killed_writer(tmp_path, start, draw.uniform(0.01, 0.35))
        with Store.open(tmp_path) as store:
            live = {s.id(doc) for s in store.segments for doc in range(s.doc_count) if s.alive(doc)}
            assert store.doc_count == len(live)
        assert check(tmp_path).ok
        # The batch in flight is there whole or not at all.
        top = last + 1 if f"{last + 1}-1" in live else last
        assert live == {f"{b}-{n}" for b in range(top + 1) for n in range(3) if n or b > top - 2}
        start = top + 1
    with Writer(tmp_path):
        pass
    assert not left_over(tmp_path)


def test_a_second_writer_waits_and_names_the_first(tmp_path: Path) -> None:
    with Writer(tmp_path) as first:
        first.add(document("1", "one"))
        with pytest.raises(LockTimeout, match=f"process {os.getpid()}"):
            Writer(tmp_path, wait=0.1)
        release = threading.Timer(0.2, first.cancel)
        release.start()
        with Writer(tmp_path, wait=10) as second:
            second.add(document("2", "two"))
        release.join()
    with Store.open(tmp_path) as store:
        assert located(store, "2")
        assert not located(store, "1")


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    killed_writer(tmp_path, 0, 0)
    Writer(tmp_path, wait=0).cancel()


def test_deletions_of_two_commits_are_both_counted(tmp_path: Path) -> None:
    """The second commit's deletions once hid the first's from the count, and the next merge misplaced articles."""
    with Writer(tmp_path) as writer:
        for n in range(20):
            writer.add(document(str(n), "one"))
    for n in (3, 7):
        with Writer(tmp_path) as writer:
            writer.delete(str(n))
    with Writer(tmp_path) as writer:
        writer.delete("11")
        for n in range(20, 30):
            writer.add(document(str(n), "two"))
        writer.optimize()
    with Store.open(tmp_path) as store:
        (segment,) = store.segments
        assert (segment.doc_count, segment.live_count) == (27, 27)
    assert check(tmp_path).ok


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("limit", [0, 300, 1_000, 6_000])
def test_a_disk_that_takes_no_more_leaves_the_old_index(tmp_path: Path, limit: int) -> None:
    import resource

    with Writer(tmp_path) as writer:
        writer.add(document("1", "one"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".lock"}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(IndexProblem, match="the file would be too large"):
            fill(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert check(tmp_path).ok
    assert not left_over(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".lock"} == before
    with Writer(tmp_path) as writer:
        writer.add(document("2", "two"))


def fill(folder: Path) -> None:
    with Writer(folder) as writer:
        for n in range(200):
            writer.add(document(str(n), f"text{n}"))


def test_a_writer_that_failed_or_was_closed_commits_nothing(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    with pytest.raises(AttributeError):
        writer.add(document("1", "one")._replace(body=3))  # type: ignore[arg-type]
    with pytest.raises(MorgueError, match="cancel"):
        writer.commit()
    writer.cancel()
    with pytest.raises(MorgueError, match="closed"):
        writer.add(document("1", "one"))
    assert not exists(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.add(document("1", "one"))
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(IndexProblem, match="permission denied"):
            Writer(tmp_path)
        with Store.open(tmp_path) as store:
            assert store.doc_count == 1
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(IndexProblem, match="cannot write to the index"):
        Writer(tmp_path / "file" / "index")
    with pytest.raises(IndexMissing):
        Store.open(tmp_path / "file")
    with pytest.raises(IndexMissing):
        Store.open(tmp_path / "none")


def test_cancel_forgets(tmp_path: Path) -> None:
    writer = Writer(tmp_path, memory=1)
    for n in range(3):
        writer.add(document(str(n), "text"))
    writer.cancel()
    writer.cancel()
    assert not exists(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"morgue.lock"}
    with pytest.raises(ZeroDivisionError):
        fail_amid_a_batch(tmp_path)
    assert not exists(tmp_path)


def fail_amid_a_batch(folder: Path) -> None:
    with Writer(folder) as writer:
        writer.add(document("1", "text"))
        raise ZeroDivisionError


def test_settings_are_kept_from_the_first_commit(tmp_path: Path) -> None:
    with Writer(tmp_path, settings={"stem": True}):
        pass
    with Writer(tmp_path, settings={"stem": False}) as writer:
        writer.add(document("1", "one"))
    with Store.open(tmp_path) as store:
        assert (store.settings, store.generation, store.doc_count) == ({"stem": True}, 2, 1)


def test_a_commit_of_nothing_changes_nothing(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.add(document("1", "one"))
        assert writer.commit() == 1
        assert writer.commit() == 1
    with Writer(tmp_path) as writer:
        writer.delete("nobody")
        assert writer.commit() == 1


def test_segments_stay_few_and_adding_stays_cheap(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        for n in range(600):
            writer.add(document(str(n), f"text{n % 7}"))
        rewritten = []
        for n in range(100):
            writer.commit()
            size = {path.name: path.stat().st_size for path in tmp_path.glob("*.seg")}
            rewritten.append(size)
            writer.add(document(f"new{n}", "text"))
    with Store.open(tmp_path) as store:
        assert store.doc_count == 700
        assert len(store.segments) <= 9
    big = max(rewritten[0].values())
    assert all(big in sizes.values() for sizes in rewritten)
