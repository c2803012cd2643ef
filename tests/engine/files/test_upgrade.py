"""Indexes of other versions: distinguished from damage, and rebuilt by one command from what they hold.

`tests/data/frozen-index-v1` was made by the first version with `python -m engine.files.test_upgrade` in `tests/` (run
again only to freeze the format of a new version under a new name). It must stay readable, or be rebuilt by
`morgue repair`, for good.
"""

from __future__ import annotations

import json
import shutil
import zlib
from pathlib import Path

import pytest

from morgue import Archive, IngestOptions, ingest, schema
from morgue.engine.files import container, manifest
from morgue.errors import IndexOutdated, IndexTooNew
from support.cli_process import ARTICLES, morgue
from support.paths import TESTS

FROZEN = TESTS / "data" / "frozen-index-v1"
FILLERS = tuple(
    {"id": f"filler-{n}", "headline": f"Filler {n}", "body": f"Nothing of note on day {n}."} for n in range(6)
)
IDS = {"cocoa", "zürich/oil", "later", "shrine", *(str(filler["id"]) for filler in FILLERS)}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FROZEN, tmp_path / "index"))


def ids(index: Path) -> set[str]:
    with Archive.open(index) as archive:
        return {record["id"] for record in archive.records()}


def test_the_frozen_index_is_still_answered_from_or_rebuilt(old: Path) -> None:
    ended = morgue("search", "cocoa", "--index", str(old), "-l")
    if ended.code == 3:
        assert "morgue repair" in ended.err
        assert morgue("repair", "--index", str(old)).code == 0
        ended = morgue("search", "cocoa", "--index", str(old), "-l")

    assert (ended.code, ended.out) == (0, "cocoa\n")
    assert ids(old) == IDS
    assert Archive.check(old) == []
    with Archive.open(old) as archive:
        record = archive.record("shrine")
        assert record is not None
        assert record["headline"] == "Deer seen again at shrine"
        assert record["body"] == ARTICLES[0]["body"]


def test_a_rebuild_of_the_frozen_index_keeps_every_record(old: Path) -> None:
    before = salvaged(old)
    done = Archive.repair(old, rebuild=True)

    assert (done["kept"], done["lost"]) == (len(IDS), [])
    assert ids(old) == IDS
    assert salvaged(old) == before


def test_an_index_of_the_version_before_is_searched_added_to_and_merged_without_a_rebuild(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of its files: the schema, which says what a word is, is taken for the same."""
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 1)
    before = salvaged(old)
    (old.parent / "a.jsonl").write_text('{"id": "x", "headline": "Cocoa again", "body": "New cocoa."}\n')
    ingest([str(old.parent / "a.jsonl")], old)

    assert {path.read_bytes()[8] for path in old.glob("*.seg")} == {1, container.VERSION}
    with Archive.open(old) as archive:
        assert {hit.id for hit in archive.search("cocoa").hits} == {"cocoa", "x"}
    assert Archive.check(old) == []
    Archive.optimize(old)

    assert [path.read_bytes()[8] for path in old.glob("*.seg")] == [container.VERSION]
    after = salvaged(old)
    assert {name: after[name] for name in before} == before
    assert set(after) == IDS | {"x"}
    assert Archive.check(old) == []


def salvaged(index: Path) -> dict[str, object]:
    from morgue.engine.files.check import salvage
    from morgue.json_record import from_stored

    return {name: from_stored(stored) for name, stored in salvage(index).records.items()}


def test_a_format_of_a_later_version_rebuilds_an_index_of_this_one(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the format had moved on: the frozen index is of an earlier version then."""
    for module in (manifest, container):
        monkeypatch.setattr(module, "OLDEST", module.VERSION + 1)
        monkeypatch.setattr(module, "VERSION", module.VERSION + 1)

    with pytest.raises(IndexOutdated, match="earlier morgue"):
        Archive.open(old)
    for command in (["search", "cocoa"], ["check"], ["ingest", str(old.parent)], ["delete", "cocoa"], ["optimize"]):
        ended = morgue(*command, "--index", str(old))
        assert (ended.code, "morgue repair" in ended.err) == (3, True), ended
    ended = morgue("repair", "--index", str(old), "--json")

    assert ended.code == 0
    assert json.loads(ended.out)["kept"] == len(IDS)
    assert ids(old) == IDS
    assert Archive.check(old) == []
    assert morgue("repair", "--index", str(old)).code == 0  # nothing left to do


def test_a_schema_of_a_later_version_rebuilds_an_index_of_this_one(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)

    for command in (["search", "cocoa"], ["ingest", str(old.parent)], ["delete", "cocoa"], ["optimize"]):
        ended = morgue(*command, "--index", str(old))
        assert (ended.code, "morgue repair" in ended.err) == (3, True), ended
    done = Archive.repair(old)

    assert (done["repaired"], done["kept"]) == (True, len(IDS))
    assert ids(old) == IDS


@pytest.mark.parametrize("newer", ["format", "schema"])
def test_an_index_of_a_later_version_is_left_alone(old: Path, newer: str) -> None:
    content = json.loads((old / "morgue.json").read_bytes())
    del content["checksum"]
    if newer == "format":
        content["version"] = manifest.VERSION + 1
    else:
        content["settings"]["schema"] = schema.SCHEMA_VERSION + 1
    content["checksum"] = zlib.crc32(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
    (old / "morgue.json").write_bytes(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    (old.parent / "a.jsonl").write_text('{"id": "x", "headline": "h", "body": "b"}\n')

    with pytest.raises(IndexTooNew):
        Archive.open(old)
    lines = [["search", "cocoa"], ["ingest", str(old.parent / "a.jsonl")], ["delete", "cocoa"], ["optimize"]]
    for command in [*lines, ["repair"], ["repair", "--rebuild"], ["import", str(old.parent / "a.jsonl")]]:
        ended = morgue(*command, "--index", str(old))
        assert (ended.code, "upgrade" in ended.err) == (3, True), (command, ended)
    after = {path.name: path.read_bytes() for path in old.iterdir() if path.name != "morgue.lock"}
    assert after == {name: data for name, data in before.items() if name != "morgue.lock"}


def test_there_is_nothing_to_repair_where_nothing_is(tmp_path: Path) -> None:
    for command in (["repair"], ["repair", "--rebuild"], ["optimize"], ["check"]):
        assert morgue(*command, "--index", str(tmp_path / "none")).code == 3
    assert not (tmp_path / "none").exists()


def test_a_commit_record_that_vanished_is_rebuilt_and_no_ingest_buries_it(old: Path) -> None:
    (old / "morgue.json").unlink()
    (old.parent / "a.jsonl").write_text('{"id": "x", "headline": "h", "body": "b"}\n')

    ended = morgue("ingest", str(old.parent / "a.jsonl"), "--index", str(old))
    assert (ended.code, "morgue repair" in ended.err) == (3, True)
    assert morgue("repair", "--index", str(old)).code == 0
    assert ids(old) >= IDS - {"shrine"}


def freeze(folder: Path) -> None:
    """Make the frozen index: two segments and a file of deletions, one article replaced, one deleted."""
    import tempfile

    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "sample.jsonl")
        extra = {"id": "gone", "headline": "Gone", "body": "Deleted since."}
        path.write_text("".join(json.dumps(row) + "\n" for row in (*ARTICLES, *FILLERS, extra)), encoding="utf-8")
        with path.open("rb") as stream:
            ingest(["-"], folder, IngestOptions(jobs=1), stdin=stream)
        later = [
            {**ARTICLES[0], "headline": "Deer seen again at shrine"},
            {"id": "later", "headline": "Port opens", "body": "Ships returned to the harbour of Nara.", "date": "2026"},
        ]
        path.write_text("".join(json.dumps(row) + "\n" for row in later), encoding="utf-8")
        with path.open("rb") as stream:
            ingest(["-"], folder, IngestOptions(jobs=1), stdin=stream)
    Archive.delete(folder, ["gone"])
    for name in ("morgue.lock", "ledger.sqlite3"):
        (folder / name).unlink()


if __name__ == "__main__":
    freeze(FROZEN)
