"""Ingest: what is filed, what is the same, what is refused, and what an interruption leaves."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, IngestOptions, ingest, parse
from morgue.errors import MorgueError
from morgue.model import Article, IngestReport, Rejected

pytestmark = pytest.mark.usefixtures("here")


def story(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"s{number}", "headline": f"Story {number}", "body": f"The {number}th ship left port.", **more}


def lines(*stories: Any) -> str:
    return "".join((s if isinstance(s, str) else json.dumps(s)) + "\n" for s in stories)


def counts(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed, report.rejected_count


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ids(index: str = "ix", query: str = "*") -> set[str]:
    with Archive.open(index) as archive:
        return {str(record["id"]) for record in archive.records(query)}


def run(*paths: str, stdin: str | None = None, **options: Any) -> IngestReport:
    stream = io.BytesIO(stdin.encode()) if stdin is not None else None
    return ingest(paths, "ix", IngestOptions(**options), stdin=stream)


def test_ingesting_twice_does_nothing_the_second_time() -> None:
    Path("a.jsonl").write_text(lines(story(1), story(2)))
    Path("b.txt").write_text("OSLO, Norway (AP) — A ship left port on Monday.\n")

    assert counts(run(".")) == (3, 0, 0, 0, 0)
    with Archive.open("ix") as archive:
        generation = archive.generation

    again = run(".")

    assert counts(again) == (0, 0, 3, 0, 0)
    assert again.files_unchanged == 2
    with Archive.open("ix") as archive:
        assert archive.generation == generation


def test_a_changed_record_is_replaced_and_the_others_are_left() -> None:
    Path("a.jsonl").write_text(lines(story(1), story(2)))
    run("a.jsonl")
    Path("a.jsonl").write_text(lines(story(1), story(2, headline="Changed"), story(3)))

    assert counts(run("a.jsonl")) == (1, 1, 1, 0, 0)
    assert ids(query="headline:changed") == {"s2"}
    assert len(ids()) == 3


def test_one_id_twice_in_a_batch_is_one_article_the_last() -> None:
    Path("a.jsonl").write_text(lines(story(1), story(1, headline="Later"), story(1, headline="Last")))

    report = run("a.jsonl")

    assert counts(report) == (1, 2, 0, 0, 0)
    with Archive.open("ix") as archive:
        assert len(archive) == 1
        assert archive.search("ship").total == 1
        assert archive.record("s1")["headline"] == "Last"  # type: ignore[index]


def test_an_older_version_does_not_replace_a_later_one() -> None:
    Path("a.jsonl").write_text(lines(story(1, headline="Second", updated="2026-01-14T09:00:00Z")))
    Path("b.jsonl").write_text(lines(story(1, headline="First", updated="2026-01-13T09:00:00Z")))

    report = run("a.jsonl", "b.jsonl")

    assert counts(report) == (1, 0, 1, 0, 0)
    assert [notice.code for notice in report.notices] == ["older-version"]
    assert counts(run("b.jsonl")) == (0, 0, 1, 0, 0)
    assert ids(query="headline:second") == {"s1"}
    Path("a.jsonl").write_text(lines(story(1, headline="Second, dated right", updated="2026-01-12T09:00:00Z")))
    assert counts(run("a.jsonl")) == (0, 1, 0, 0, 0)  # the same file, corrected


def test_one_file_by_two_paths_is_one_article(here: Path) -> None:
    Path("d").mkdir()
    Path("d/a.txt").write_text("OSLO, Norway (AP) — A ship left port.\n")

    run("d/a.txt")
    run(str(here / "d" / "a.txt"), "./d//a.txt", "d")

    assert ids() == {os.path.join("d", "a.txt")}


def test_a_moved_file_is_one_article() -> None:
    Path("old.txt").write_text("OSLO, Norway (AP) — A ship left port.\n")
    run("old.txt")
    Path("old.txt").rename("new.txt")

    report = run("new.txt")

    assert report.removed == 1
    assert ids() == {"new.txt"}


def test_a_copy_beside_the_original_is_a_second_article() -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("OSLO, Norway (AP) — A ship left port.\n")

    run(".")

    assert ids() == {"a.txt", "b.txt"}


def test_prune_drops_what_is_gone_and_nothing_else() -> None:
    for folder in ("in", "out"):
        Path(folder).mkdir()
        Path(folder, "a.jsonl").write_text(lines(*(story(n, id=f"{folder}{n}") for n in (1, 2))))
        Path(folder, "b.txt").write_text(f"OSLO, Norway (AP) — A ship left {folder}.\n")
    run(".")
    for folder in ("in", "out"):
        Path(folder, "a.jsonl").write_text(lines(story(2, id=f"{folder}2")))
        Path(folder, "b.txt").unlink()

    assert counts(run(".")) == (0, 0, 2, 0, 0)
    assert counts(run("in", prune=True)) == (0, 0, 1, 2, 0)
    assert ids() == {"in2", "out1", "out2", os.path.join("out", "b.txt")}


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("b", "a")])
def test_prune_keeps_a_record_that_moved_to_another_file(old: str, new: str) -> None:
    Path(f"{old}.jsonl").write_text(lines(story(1), story(2)))
    run(".")
    Path(f"{old}.jsonl").write_text(lines(story(1)))
    Path(f"{new}.jsonl").write_text(lines(story(2)))

    run(".", prune=True)

    assert ids() == {"s1", "s2"}


@pytest.mark.parametrize("gone", [True, False], ids=["file", "record"])
def test_an_older_version_comes_back_when_the_later_one_is_pruned(gone: bool) -> None:
    Path("a.jsonl").write_text(lines(story(1, body="A heron stood there.", date="2026-01-01"), story(2)))
    Path("b.jsonl").write_text(lines(story(1, body="An egret stood there.", date="2026-01-02"), story(3)))
    run(".")
    if gone:
        Path("b.jsonl").unlink()
    else:
        Path("b.jsonl").write_text(lines(story(3)))

    report = run(".", prune=True)

    assert ids(query="heron") == {"s1"}
    assert ids() == ({"s1", "s2"} if gone else {"s1", "s2", "s3"})
    assert not report.notices
    assert counts(run(".", prune=True)) == (0, 0, 2 if gone else 3, 0, 0)


@pytest.mark.parametrize("earlier_first", [True, False])
@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"updated": "2026-01-02T10:00:00Z"}, {"updated": "2026-01-02T12:00:00Z"}),
        ({"version": "9"}, {"version": "10"}),
        ({"version": "2.9"}, {"version": "2.10"}),
        ({"version": "9", "updated": "2026-01-02T10:00:00Z"}, {"version": "8", "updated": "2026-01-02T12:00:00Z"}),
    ],
)
@pytest.mark.parametrize("files", [("a.jsonl", "a.jsonl"), ("a.jsonl", "b.jsonl")], ids=["one-file", "two-files"])
def test_the_later_version_stays_in_any_order(
    files: tuple[str, str], earlier: dict[str, str], later: dict[str, str], earlier_first: bool
) -> None:
    versions = [story(1, body="A heron stood there.", **earlier), story(1, body="An egret stood there.", **later)]
    for name, version in zip(files, versions if earlier_first else versions[::-1], strict=True):
        with open(name, "a", encoding="utf-8") as file:
            file.write(lines(version))

    report = run(*dict.fromkeys(files))

    assert ids(query="egret") == {"s1"}
    assert [notice.code for notice in report.notices] == ([] if earlier_first else ["older-version"])


def test_an_article_of_seventy_thousand_words_is_stored_beside_a_short_one() -> None:
    Path("a.jsonl").write_text(lines(story(1), story(2, body="word " * 70_000 + "end")))

    assert counts(run("a.jsonl")) == (2, 0, 0, 0, 0)
    assert ids(query="word") == {"s2"}
    assert ids(query='"word end"') == {"s2"}
    assert ids(query="words:>65535") == {"s2"}


def test_two_articles_of_one_file_with_one_id_are_told_of() -> None:
    Path("a.jsonl").write_text(lines(story(7), story(7, body="Another ship sank."), story(8), story(8)))

    report = run("a.jsonl")

    assert [(notice.code, "s7 (a.jsonl)" in notice.message) for notice in report.notices] == [("same-id", True)]
    assert "1 record replaced" in report.notices[0].message


def test_files_of_one_name_in_two_folders_are_two_articles(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("one", "two"):
        Path(folder).mkdir()
        Path(folder, "1.txt").write_text(f"OSLO, Norway (AP) — A ship left {folder}.\n")

    for _ in range(2):
        for folder in ("one", "two"):
            monkeypatch.chdir(here / folder)
            ingest(["."], "../ix", IngestOptions())

    assert ids("../ix") == {"1.txt", str((here / "two" / "1.txt").resolve())}
    Path("1.txt").unlink()
    Path("2.txt").write_text("OSLO, Norway (AP) — A boat left.\n")
    ingest(["."], "../ix", IngestOptions(prune=True))
    assert ids("../ix") == {"1.txt", "2.txt"}
    assert ids("../ix", "two") == set()


def test_a_folder_whose_parent_was_renamed_keeps_its_articles(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("one/wire").mkdir(parents=True)
    for name in ("a", "b"):
        Path(f"one/wire/{name}.txt").write_text(f"OSLO, Norway (AP) — Ship {name} left port.\n")
    monkeypatch.chdir("one")
    ingest(["wire"], "../ix", IngestOptions())
    monkeypatch.chdir(here)
    Path("one").rename("two")
    monkeypatch.chdir("two")

    for prune in (False, True):
        report = ingest(["wire"], "../ix", IngestOptions(prune=prune))

        assert counts(report) == (0, 0, 2, 0, 0)
    assert len(ids("../ix")) == 2


@pytest.mark.parametrize("gone", ["missing", "empty"])
def test_prune_of_a_folder_that_is_away_removes_nothing(gone: str) -> None:
    Path("wire").mkdir()
    for name in ("a", "b"):
        Path(f"wire/{name}.txt").write_text(f"OSLO, Norway (AP) — Ship {name} left port.\n")
    run("wire")
    Path("wire").rename("elsewhere")
    if gone == "empty":
        Path("wire").mkdir()

    report = run("wire", prune=True)

    assert report.removed == 0
    assert [notice.code for notice in report.notices] == ["not-pruned"]
    assert len(ids()) == 2


def test_prune_keeps_the_articles_of_a_file_that_cannot_be_read_now() -> None:
    Path("wire").mkdir()
    for number in (1, 2):
        Path(f"wire/{number}.json").write_text(json.dumps(story(number)))
    Path("wire/3.jsonl").write_text(lines(story(3), story(4), story(5)))
    run("wire")
    Path("wire/1.json").write_text('{"id":"s1","bo')
    Path("wire/2.json").unlink()
    Path("wire/3.jsonl").write_text(lines(story(3), '{"id":"s4","bo'))

    report = run("wire", prune=True)

    assert report.removed == 1
    assert ids() == {"s1", "s3", "s4", "s5"}


def test_a_dry_run_tells_and_writes_nothing() -> None:
    Path("a.jsonl").write_text(lines(story(1), "{broken"))

    report = run("a.jsonl", dry_run=True)

    assert counts(report) == (1, 0, 0, 0, 1)
    assert not Path("ix").exists()
    run("a.jsonl")
    Path("a.jsonl").write_text(lines(story(1), story(2)))
    assert counts(run("a.jsonl", dry_run=True)) == (1, 0, 1, 0, 0)
    assert ids() == {"s1"}


def test_stdin_twice_is_the_same_and_two_pipes_do_not_meet() -> None:
    nameless = {"headline": "No name", "body": "A ship left port."}
    other = {"headline": "No name either", "body": "A ship came in."}

    assert counts(run("-", stdin=lines(nameless))) == (1, 0, 0, 0, 0)
    assert counts(run("-", stdin=lines(nameless))) == (0, 0, 1, 0, 0)
    assert counts(run("-", stdin=lines(other))) == (1, 0, 0, 0, 0)
    assert len(ids()) == 2


def test_helpers_give_the_same_archive() -> None:
    Path("a.jsonl").write_text(lines(*(story(n) for n in range(700)), story(3, headline="Again")))

    one = ingest(["a.jsonl"], "one", IngestOptions(jobs=1))
    two = ingest(["a.jsonl"], "two", IngestOptions(jobs=2))

    assert counts(one) == counts(two) == (700, 1, 0, 0, 0)
    with Archive.open("one") as first, Archive.open("two") as second:
        found = [archive.search("ship 3th", limit=None, any_=True) for archive in (first, second)]
    assert [(h.id, h.score) for h in found[0].hits] == [(h.id, h.score) for h in found[1].hits]


def test_a_sidecar_states_what_the_file_does_not() -> None:
    Path("a.txt").write_text("A ship left port on Tuesday, officials said. It carried timber.\n")
    Path("a.txt.meta.json").write_text('{"headline": "Timber", "date": "2026-01-14", "keywords": ["ports"], "desk": 7}')
    run("a.txt")

    with Archive.open("ix") as archive:
        record = archive.record("a.txt")

    assert record is not None
    assert (record["headline"], record["keywords"], record["extra"]) == ("Timber", ["ports"], {"desk": 7})
    assert record["provenance"]["headline"] == "stated:sidecar:headline"
    Path("a.txt.meta.json").write_text("{")
    assert counts(run("a.txt")) == (0, 0, 0, 0, 1)


# -- bad input: each gives a clear sentence, and the good beside it is kept


FOUR_OF_FIVE = lines(story(1), story(2), '{"id": "s3", ', story(4), story(5)).encode()
CUT = gzip.compress(json.dumps([story(n) for n in range(500)]).encode())[:-200]


@pytest.mark.parametrize(
    ("name", "content", "good", "why"),
    [
        ("empty.txt", b"", 0, "is empty"),
        ("binary.bin", bytes(range(256)) * 40, 0, "holds a zero byte at offset 0: binary data, not text"),
        (
            "bad.jsonl",
            lines(story(1), story(2), '{"id": "s3", ', story(4), story(5)).encode(),
            4,
            "broken JSON: Expecting property name",
        ),
        (
            "cut.json.gz",
            gzip.compress(json.dumps([story(n) for n in range(500)]).encode())[:-200],
            0,
            "compressed data is cut short after",
        ),
    ],
)
def test_bad_input_is_named(name: str, content: bytes, good: int, why: str) -> None:
    Path("good.jsonl").write_text(lines(story(9)))
    Path(name).write_bytes(content)

    report = run(".")

    assert (report.added, report.rejected_count) == (good + 1, 1)
    assert report.rejected[0].path == name
    assert report.rejected[0].record == (3 if name == "bad.jsonl" else 0)
    assert report.rejected[0].why.startswith(why)


def test_invalid_utf8_is_read_as_what_it_may_be() -> None:
    Path("a.txt").write_bytes("MÜNCHEN, Germany (AP) — Ein Schiff verließ den Hafen.\n".encode("cp1252"))
    run("a.txt")

    assert ids(query="schiff") == {"a.txt"}


def test_a_missing_and_an_unreadable_file_are_rejections() -> None:
    Path("a.jsonl").write_text(lines(story(1)))
    Path("locked.txt").write_text("OSLO, Norway (AP) — Text.\n")
    Path("locked.txt").chmod(0)

    report = run("a.jsonl", "nowhere.txt", "locked.txt")

    assert report.added >= 1
    assert Rejected("nowhere.txt", 0, "no such file or folder") in report.rejected
    if sys.platform != "win32" and os.geteuid() != 0:  # the superuser may read everything
        assert Rejected("locked.txt", 0, "no permission to read it") in report.rejected


def test_rejections_are_told_again_though_nothing_changed() -> None:
    Path("bad.jsonl").write_text(lines(story(1), "{broken", story(2)))

    run("bad.jsonl")

    assert counts(run("bad.jsonl")) == (0, 0, 2, 0, 1)


def test_a_very_long_line_is_a_rejection_in_bounded_memory() -> None:
    with Path("long.jsonl").open("wb") as file:
        file.write(lines(story(1)).encode())
        file.write(b'{"id": "huge", "body": "')
        for _ in range(80):
            file.write(b"x" * (1 << 20))
        file.write(b'"}\n' + lines(story(2)).encode())

    report = run("long.jsonl")

    assert (report.added, report.rejected_count) == (2, 1)
    assert report.rejected[0].record == 2


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be changed there")
def test_a_file_that_changes_while_it_is_read_is_told_and_read_again() -> None:
    path = Path("growing.jsonl")
    path.write_text(lines(*(story(n) for n in range(300))))
    grown = False

    def grow(**_: object) -> None:
        nonlocal grown
        if not grown:
            grown = True
            with path.open("a") as file:
                file.write(lines(story(900)))

    report = ingest([str(path)], "ix", progress=grow)

    assert [notice.code for notice in report.notices] == ["file-changed"]
    assert run(str(path)).unchanged >= 300
    assert "s900" in ids()


def test_an_interruption_keeps_what_was_read() -> None:
    Path("a.jsonl").write_text(lines(*(story(n) for n in range(300))))

    def interrupt(*, articles: int, **_: object) -> None:
        if articles >= 128:
            raise KeyboardInterrupt

    report = ingest(["a.jsonl"], "ix", progress=interrupt)

    assert report.interrupted
    assert len(ids()) == report.added == report.committed >= 128
    assert counts(run("a.jsonl")) == (300 - report.added, 0, report.added, 0, 0)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_an_index_without_permission_is_a_sentence() -> None:
    Path("a.jsonl").write_text(lines(story(1)))
    Path("ix").mkdir(mode=0o500)

    with pytest.raises(MorgueError, match="ix"):
        run("a.jsonl")


def test_an_index_that_cannot_be_made_is_a_sentence() -> None:
    Path("a.jsonl").write_text(lines(story(1)))
    Path("ix").write_text("a file, not a folder")

    with pytest.raises(MorgueError, match="ix"):
        run("a.jsonl")


def test_parse_yields_what_ingest_would_store() -> None:
    Path("a.jsonl").write_text(lines(story(1), "{broken", story(2)))

    found = list(parse(["a.jsonl"]))

    assert [item.id if isinstance(item, Article) else item.where for item in found] == ["s1", "a.jsonl#2", "s2"]
    run("a.jsonl")
    with Archive.open("ix") as archive:
        stored = archive.get("s1")
    assert isinstance(found[0], Article)
    assert stored is not None
    assert stored.headline == found[0].headline


def test_what_lacks_a_field_is_counted() -> None:
    Path("a.jsonl").write_text(lines(story(1), story(2, location="Oslo, Norway", date="2026-01-13", byline="Ada Lind")))

    assert run("a.jsonl").missing == {"published": 1, "byline": 1, "location": 1}


def test_what_was_deleted_comes_back_from_a_container_too() -> None:
    with zipfile.ZipFile("a.zip", "w") as container:
        container.writestr("inside.txt", "OSLO, Norway (AP) — A ship left port.\n")
    run("a.zip")
    (identity,) = ids()

    assert Archive.delete("ix", [identity])[0] == 1
    assert counts(run("a.zip")) == (1, 0, 0, 0, 0)
