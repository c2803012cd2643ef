"""The file in which Whoosh looks for an index: written after each commit, healed after a crash, not Whoosh's own."""

from __future__ import annotations

import json
import os
import pickletools
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from whoosh import index as stock
from whoosh.fields import ID, Schema

from morgue import Archive, IngestOptions, ingest
from morgue.engine.files import manifest, toc
from morgue.engine.files.check import check
from morgue.engine.write.writer import Writer
from morgue.errors import IndexProblem
from morgue.index.document import Document
from morgue.schema import settings
from support.cli_process import environment, morgue

STORED = b'{"origin":{"path":"x"}}'


def document(name: str, text: str = "oil") -> Document:
    return Document(name, "Head", f"{text} body", "en", {}, {}, {}, STORED)


def add(folder: Path, *names: str) -> int:
    with Writer(folder, settings=settings()) as writer:
        for name in names:
            writer.add(document(name))
        return writer.commit()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if toc.NAME.fullmatch(path.name))


def seen(folder: Path) -> tuple[int, int]:
    """The generation and number of documents that Whoosh sees."""
    ix = stock.open_dir(str(folder))
    return ix.latest_generation(), ix.doc_count()


def test_each_commit_is_seen_by_whoosh(tmp_path: Path) -> None:
    assert not stock.exists_in(str(tmp_path))
    for generation, name in enumerate(("a", "b", "c"), 1):
        assert add(tmp_path, name) == generation
        assert stock.exists_in(str(tmp_path))
        assert seen(tmp_path) == (generation, generation)
    assert names(tmp_path) == ["_MAIN_2.toc", "_MAIN_3.toc"]
    assert check(tmp_path).ok


def test_nothing_in_it_is_a_pickled_object(tmp_path: Path) -> None:
    add(tmp_path, "a")
    data = (tmp_path / "_MAIN_1.toc").read_bytes()
    for begin in (data.index(b"\x80\x02"), data.rindex(b"\x80\x02")):
        steps = [(opcode.name, argument) for opcode, argument, _ in pickletools.genops(data[begin:])]
        assert [name for name, _ in steps] == ["PROTO", "GLOBAL", "BINUNICODE", "TUPLE1", "REDUCE", "STOP"]
        assert str(steps[1][1]).startswith("morgue.whoosh.index ")


# Writes a commit and dies between the commit record and the file for Whoosh.
CRASH = """
import os, sys
from pathlib import Path
from morgue.engine.files import toc
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
toc.write = lambda *_: os._exit(9)
with Writer(Path(sys.argv[1])) as writer:
    writer.add(Document("late", "Head", "oil body", "en", {}, {}, {}, b'{"origin":{"path":"x"}}'))
    writer.delete("a")
    writer.optimize()
    writer.commit()
"""


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    add(folder, "a", "b", "c")
    ended = subprocess.run([sys.executable, "-c", CRASH, str(folder)], env=environment(), timeout=60, check=False)
    assert ended.returncode == 9
    assert manifest.read(folder).generation == 2
    return folder


def test_after_a_crash_between_the_two_whoosh_sees_the_commit_before_whole(crashed: Path) -> None:
    assert seen(crashed) == (1, 3)
    with stock.open_dir(str(crashed)).searcher() as searcher:
        assert sorted(fields["id"] for fields in searcher.documents()) == ["a", "b", "c"]
    assert [fault.file for fault in check(crashed).faults] == ["_MAIN_2.toc"]


@pytest.mark.parametrize(
    "command", [["count", "*"], ["search", "oil"], ["stats"], ["repair"], ["delete", "b"], ["optimize"]], ids=" ".join
)
def test_the_next_command_heals_it(crashed: Path, command: list[str]) -> None:
    ended = morgue(*command, "--index", str(crashed))
    assert ended.code in (0, 1), ended
    assert seen(crashed)[0] >= 2
    assert stock.open_dir(str(crashed)).doc_count() == manifest_live(crashed)
    assert check(crashed).ok


def manifest_live(folder: Path) -> int:
    segments = manifest.read(folder).segments
    return sum(segment.docs - (segment.deletions.count if segment.deletions else 0) for segment in segments)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_folder_that_cannot_be_written_is_read_as_it_is(crashed: Path) -> None:
    crashed.chmod(0o500)
    try:
        assert morgue("count", "*", "--index", str(crashed)).code == 0
    finally:
        crashed.chmod(0o700)
    assert seen(crashed) == (1, 3)


def test_an_archive_without_it_is_sound_and_gets_it_with_its_next_commit(tmp_path: Path) -> None:
    add(tmp_path, "a")
    (tmp_path / "_MAIN_1.toc").unlink()
    assert check(tmp_path).ok
    assert morgue("count", "*", "--index", str(tmp_path)).code == 0
    assert names(tmp_path) == []
    add(tmp_path, "b")
    assert seen(tmp_path) == (2, 2)


@pytest.mark.parametrize("change", ["flip", "cut", "empty", "later", "link"])
def test_a_damaged_one_is_a_fault_that_repair_mends_without_a_rebuild(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "index"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "headline": "Oil", "body": "Oil rose."}) + "\n")
    ingest([str(tmp_path / "a.jsonl")], folder, IngestOptions(jobs=1))
    path, record = folder / "_MAIN_1.toc", (folder / "morgue.json").read_bytes()
    data = path.read_bytes()
    match change:
        case "flip":
            path.write_bytes(data[:-20] + bytes((data[-20] ^ 1,)) + data[-19:])
        case "cut":
            path.write_bytes(data[:-30])
        case "empty":
            path.write_bytes(b"")
        case "later":
            other = manifest.Manifest(9, 1, {}, ())
            (folder / "_MAIN_9.toc").write_bytes(toc.encode(other, ["en"]))
        case "link":
            path.unlink()
            path.symlink_to("/dev/null")

    assert morgue("check", "--index", str(folder)).code != 0
    assert Archive.repair(folder)["repaired"]
    assert Archive.check(folder) == []
    assert seen(folder) == (1, 1)
    assert (folder / "morgue.json").read_bytes() == record


def test_an_index_of_whooshs_own_is_not_overwritten(tmp_path: Path) -> None:
    ix = stock.create_in(str(tmp_path), Schema(path=ID(stored=True)))
    with ix.writer() as writer:
        writer.add_document(path="/x")
    with pytest.raises(IndexProblem, match=r"_MAIN_1\.toc"):
        add(tmp_path, "a")
    assert stock.open_dir(str(tmp_path)).doc_count() == 1


def test_an_index_of_whooshs_own_beside_an_archive_is_named_and_set_aside_by_repair(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "headline": "Oil", "body": "Oil rose."}) + "\n")
    folder = tmp_path / "index"
    ingest([str(tmp_path / "a.jsonl")], folder, IngestOptions(jobs=1))
    other = tmp_path / "other"
    other.mkdir()
    for _ in range(3):
        stock.create_in(str(other), Schema(path=ID(stored=True))) if not names(other) else None
        with stock.open_dir(str(other)).writer() as writer:
            writer.add_document(path="/x")
    for name in names(other):
        shutil.copy(other / name, folder / name)

    assert [fault["file"] for fault in Archive.check(folder)] == ["_MAIN_3.toc"]
    add(folder, "b")  # leaves it alone
    assert "_MAIN_3.toc" in names(folder)
    assert Archive.repair(folder)["repaired"]
    assert Archive.check(folder) == []
    assert (folder / "_MAIN_3.toc.foreign").exists()
    assert seen(folder) == (2, 2)


def test_a_full_disk_after_the_commit_record_does_not_undo_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path, "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(toc, "write", full)
        assert add(tmp_path, "b") == 2
    assert seen(tmp_path) == (1, 1)
    assert morgue("count", "*", "--index", str(tmp_path)).code == 0
    assert seen(tmp_path) == (2, 2)


def test_whoosh_reads_whole_commits_while_morgue_writes(tmp_path: Path) -> None:
    """Every batch replaces all documents by ones with another word: a reader must find five of one word."""
    everything = [str(n) for n in range(5)]
    add(tmp_path, *everything)
    done, problems, generations = threading.Event(), [], set()

    def read() -> None:
        held = stock.open_dir(str(tmp_path)).searcher()
        while not done.is_set():
            held = held.refresh()
            fresh = stock.open_dir(str(tmp_path)).searcher()
            for searcher in (held, fresh):
                words = sorted(text for text in searcher.lexicon("body") if text != b"bodi")
                if searcher.doc_count() != 5 or len(words) != 1:
                    problems.append((searcher.doc_count(), words))
            generations.add(held.reader().generation())

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with Writer(tmp_path) as writer:
        for batch in range(40):
            for name in everything:
                writer.add(document(name, f"w{batch}"))
            if batch % 7 == 0:
                writer.optimize()
            writer.commit()
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert len(generations) > 3
    assert stock.open_dir(str(tmp_path)).up_to_date()


def test_a_searcher_knows_when_it_is_out_of_date(tmp_path: Path) -> None:
    add(tmp_path, "a")
    ix = stock.open_dir(str(tmp_path))
    searcher = ix.searcher()
    assert searcher.up_to_date()
    add(tmp_path, "b")
    assert (searcher.up_to_date(), searcher.doc_count()) == (False, 1)
    assert ix.latest_generation() == 2
    fresh = searcher.refresh()
    assert (fresh.up_to_date(), fresh.doc_count()) == (True, 2)
    assert fresh.refresh() is fresh
