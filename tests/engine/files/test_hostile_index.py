"""An index that came from somewhere else: it runs nothing, follows nothing out of its folder, and ends in an error."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import shutil
import sqlite3
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, IngestOptions, ingest
from morgue.errors import IndexDamaged, IndexOutdated, IndexProblem, IndexTooNew
from support.cli_process import morgue, process
from support.paths import ROOT

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    rows = [{"id": f"s{n}", "headline": f"Story {n}", "body": f"Ship {n} left port."} for n in range(12)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ingest([str(tmp_path / "a.jsonl")], folder, IngestOptions(jobs=1))
    Archive.delete(folder, ["s3"])
    return folder


def seal(index: Path, content: dict[str, Any]) -> None:
    """Write a commit record with a right checksum."""
    content.pop("checksum", None)
    content["checksum"] = zlib.crc32(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
    (index / "morgue.json").write_bytes(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")


def record(index: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((index / "morgue.json").read_bytes())
    return content


class Bomb:
    """A pickle that leaves a mark where it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.mark,))


def test_planted_pickles_are_not_loaded(index: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    bomb = pickle.dumps(Bomb(mark))
    pickle.loads(bomb)
    assert mark.exists(), "the bomb is no bomb"
    mark.unlink()
    copy = tmp_path / "copy"
    uses = (
        lambda: Archive.open(copy).search("ship"),
        lambda: Archive.check(copy),
        lambda: Archive.repair(copy),
        lambda: ingest([str(tmp_path / "a.jsonl")], copy),
    )
    names = [path.name for path in index.iterdir()]
    for name in (*names, "MAIN_WRITELOCK", "_MAIN_1.toc", "schema.pickle", "morgue.begun"):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(index, copy)
        (copy / name).write_bytes(bomb)
        for use in uses:
            with contextlib.suppress(IndexProblem):
                use()
    assert not mark.exists()


def test_no_pickle_is_read_but_from_workers() -> None:
    """The one module that loads pickles reads them from processes that it started."""
    source = ROOT / "src" / "morgue"
    using = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("pickle.load", "Unpickler", "marshal.load", "shelve"))
    }

    assert using <= {"runtime/workers.py"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("segments", 0, "name"), "../000001.seg"),
        (("segments", 0, "name"), "/etc/passwd"),
        (("segments", 0, "name"), "000001.seg\0.seg"),
        (("segments", 0, "name"), 7),
        (("segments", 0, "size"), 2**70),
        (("segments", 0, "size"), "big"),
        (("segments", 0, "docs"), 2**40),
        (("segments", 0, "docs"), -1),
        (("segments", 0, "docs"), True),
        (("segments", 0, "deletions"), None),
        (("segments", 0, "deletions"), []),
        (("segments", 0, "deletions", "name"), "../../x.del"),
        (("segments", 0, "deletions", "size"), 2**62),
        (("segments", 0, "deletions", "size"), 2**70),
        (("segments", 0, "deletions", "size"), -1),
        (("segments", 0, "deletions", "size"), "x"),
        (("segments", 0, "deletions", "count"), 10**9),
        (("segments", 0, "deletions", "checksum"), None),
        (("segments",), {}),
        (("segments",), 5),
        (("settings",), []),
        (("generation",), "x"),
        (("version",), None),
        (("version",), [1]),
    ],
)
def test_a_forged_commit_record_is_an_error_and_no_crash(index: Path, path: tuple[Any, ...], value: object) -> None:
    content = record(index)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    seal(index, content)

    with pytest.raises(IndexProblem), Archive.open(index) as archive:
        archive.search("ship")
    ended = morgue("search", "ship", "--index", str(index))
    assert ended.code == 3
    assert "Traceback" not in ended.err


def test_json_nested_without_end(index: Path) -> None:
    (index / "morgue.json").write_bytes(b'{"segments":' + b"[" * 200_000)

    with pytest.raises(IndexDamaged):
        Archive.open(index)
    assert Archive.check(index)


def test_a_claim_of_huge_counts_takes_no_memory(index: Path) -> None:
    """What a table of contents claims is held against the file before anything is allocated."""
    import struct
    import tracemalloc

    (segment,) = index.glob("*.seg")
    data = segment.read_bytes()
    offset, length = struct.unpack_from("<QI", data, len(data) - 24)
    for change in (
        lambda t: t["meta"].update(docs=65_535),
        lambda t: t["meta"].update(postings=2**40, occurrences=2**50),
        lambda t: t["meta"]["fields"].update(text=[0, 2**30, 2**40]),
        lambda t: t["sections"].update({name: [16, 2**40, 0, "B"] for name in t["sections"]}),
        lambda t: t.update(meta=5),
        lambda t: t.update(sections="x"),
        lambda t: t["meta"].update(values=3, numbers=[]),
    ):
        table = json.loads(data[offset : offset + length])
        change(table)
        text = json.dumps(table, separators=(",", ":")).encode()
        forged = data[:offset] + text + struct.pack("<QII8s", offset, len(text), zlib.crc32(text), b"MORGUEND")
        segment.write_bytes(forged)
        content = record(index)
        content["segments"][0].update(size=len(forged), checksum=zlib.crc32(text))
        seal(index, content)
        tracemalloc.start()
        try:
            with Archive.open(index) as archive:
                archive.search("ship*")
                archive.stats()
        except IndexProblem:
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 20_000_000


@needs_links
@pytest.mark.parametrize("name", ["morgue.lock", "morgue.json.tmp", "000002.seg.tmp", "morgue.begun", "ledger.sqlite3",
                                  "ledger.sqlite3-journal", "ledger.sqlite3-wal", "damaged-2"])  # fmt: skip
def test_nothing_is_written_through_a_planted_link(index: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep this")
    (index / name).unlink(missing_ok=True)
    (index / name).symlink_to(victim if name != "damaged-2" else tmp_path)
    (tmp_path / "b.jsonl").write_text('{"id": "new", "headline": "x", "body": "A new ship."}\n')
    before = sorted(path.name for path in tmp_path.iterdir())

    for args in (("ingest", str(tmp_path / "b.jsonl")), ("delete", "s1"), ("optimize",), ("repair", "--rebuild")):
        ended = morgue(*args, "--index", str(index))
        assert "Traceback" not in ended.err
    (segment,) = index.glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-30])
    morgue("repair", "--index", str(index))

    assert victim.read_bytes() == b"keep this"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@needs_links
def test_a_pipe_in_place_of_a_file_is_not_waited_for(index: Path) -> None:
    for name in ("morgue.json", "morgue.lock", "ledger.sqlite3", next(index.glob("*.seg")).name):
        kept = index / "kept"
        (index / name).rename(kept)
        os.mkfifo(index / name)
        begun = time.monotonic()
        for args in (("search", "ship"), ("check",), ("delete", "s1")):
            assert "Traceback" not in process(*args, "--index", str(index)).err
        assert time.monotonic() - begun < 40
        (index / name).unlink()
        kept.rename(index / name)


def new_ledger(index: Path) -> sqlite3.Connection:
    (index / "ledger.sqlite3").unlink()
    return sqlite3.connect(index / "ledger.sqlite3", isolation_level=None)


LEDGERS = {
    "a view that never ends": "CREATE VIEW files AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " SELECT x AS real, x AS path, x AS sha256, x AS settings, x AS articles, x AS rejected FROM n",
    "a trigger": "CREATE TABLE files (real TEXT PRIMARY KEY, path, sha256, settings, articles, rejected);"
    "CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM files; END",
    "other columns": "CREATE TABLE files (a, b, c, d, e, f, g, h)",
    "another version": "PRAGMA user_version = 99",
    "a log of its own": "PRAGMA journal_mode = WAL; CREATE TABLE files (a)",
}


@pytest.mark.parametrize("what", LEDGERS)
def test_a_foreign_ledger_is_thrown_away(index: Path, tmp_path: Path, what: str) -> None:
    db = new_ledger(index)
    db.executescript(LEDGERS[what] + (";PRAGMA user_version = 1" if "version" not in what else ""))
    db.close()

    report = ingest([str(tmp_path / "a.jsonl")], index)

    assert (report.added, report.unchanged) == (1, 11)  # s3 was deleted, and is brought back
    assert ingest([str(tmp_path / "a.jsonl")], index).files_unchanged == 1


@pytest.mark.parametrize("garbage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + bytes(range(256)) * 40])
def test_a_ledger_of_garbage_is_thrown_away(index: Path, tmp_path: Path, garbage: bytes) -> None:
    (index / "ledger.sqlite3").write_bytes(garbage)

    assert ingest([str(tmp_path / "a.jsonl")], index).unchanged == 11
    assert ingest([str(tmp_path / "a.jsonl")], index, IngestOptions(dry_run=True)).files_unchanged == 1


def test_a_ledger_damaged_anywhere_costs_time_only(index: Path, tmp_path: Path) -> None:
    ingest([str(tmp_path / "a.jsonl")], index)
    good = (index / "ledger.sqlite3").read_bytes()
    for at in range(0, len(good), 997):
        (index / "ledger.sqlite3").write_bytes(good[:at] + b"\xff" * 40 + good[at + 40 :])
        assert ingest([str(tmp_path / "a.jsonl")], index, IngestOptions(jobs=1)).unchanged == 12


def test_a_ledger_names_no_file_to_read(index: Path, tmp_path: Path) -> None:
    """A forged entry once made an ingest of one file read another into the archive."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Headline\n\nThe password is swordfish.\n")
    ingest([str(tmp_path / "a.jsonl")], index)
    with sqlite3.connect(index / "ledger.sqlite3") as db:
        db.execute("UPDATE files SET path = ?", (str(secret),))
    db.close()
    with (tmp_path / "a.jsonl").open("a") as file:
        file.write('{"id": "more", "headline": "x", "body": "One more ship."}\n')

    report = ingest([str(tmp_path / "a.jsonl")], index)

    assert (report.added, report.rejected_count) == (1, 0)
    with Archive.open(index) as archive:
        assert archive.count("swordfish")[0] == 0


def test_an_export_that_is_hostile(tmp_path: Path) -> None:
    lines = [
        b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b"5", b'{"id": []}', b'{"id": "x", "byline": {"a": 1}}', b"{}",
        b'{"id": "\\ud800", "headline": "\\udfff", "body": "lone"}', b'{"id": "ok", "words": 1e999}', b"nul\0l",
    ]  # fmt: skip
    report = Archive.load(tmp_path / "index", io.BytesIO(b"\n".join(lines)))

    assert report.added + report.updated + report.rejected_count == len(lines)
    assert Archive.check(tmp_path / "index") == []


@pytest.mark.parametrize(("key", "value", "error"), [("version", 99, IndexTooNew), ("version", 0, IndexOutdated)])
def test_other_formats_are_told_from_damage(index: Path, key: str, value: int, error: type[IndexProblem]) -> None:
    seal(index, record(index) | {key: value})

    with pytest.raises(error):
        Archive.open(index)
    ended = morgue("search", "ship", "--index", str(index))
    assert ended.code == 3
    assert ("upgrade" if error is IndexTooNew else "morgue repair") in ended.err


def test_a_snippet_of_damaged_sentences_is_no_crash(tmp_path: Path) -> None:
    """A flipped bit in where sentences begin once ended a search in a traceback while it quoted."""
    import struct

    index = tmp_path / "index"
    row = {"id": "s1", "headline": "Ships", "body": " ".join(f"Ship {n} left port at noon." for n in range(30))}
    ingest(["-"], index, IngestOptions(jobs=1), stdin=io.BytesIO(json.dumps(row).encode() + b"\n"))
    (segment,) = index.glob("*.seg")
    good = segment.read_bytes()
    offset, length = struct.unpack_from("<QI", good, len(good) - 24)
    sections = json.loads(good[offset : offset + length])["sections"]
    outcomes = set()
    for name in ("sentence.step", "sentence.words", "sentence.at"):
        start, size = sections[name][:2]
        for at in range(start, start + size):
            data = bytearray(good)
            data[at] ^= 0x80
            segment.write_bytes(data)
            try:
                with Archive.open(index) as archive:
                    archive.search("ship left", passages=True, limit=None)
                    archive.highlights("s1", "ship")
                outcomes.add("answered")
            except IndexDamaged:
                outcomes.add("damaged")
    assert "damaged" in outcomes
