"""Writing an archive with a program written for Whoosh."""

from __future__ import annotations

import gc
import json
import random
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as stock
from whoosh import query as q
from whoosh.fields import ID, TEXT, Schema, UnknownFieldError
from whoosh.qparser import QueryParser
from whoosh.writing import CLEAR, AsyncWriter, BufferedWriter, IndexingError

from morgue import Archive, IngestOptions, ingest
from morgue.whoosh import create_in, exists_in, open_dir
from support.cli_process import morgue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_in(tmp_path / "index")
    return tmp_path / "index"


def opened(folder: Path) -> Any:
    return stock.open_dir(str(folder))


def stored(folder: Path, identity: str) -> dict[str, Any]:
    with opened(folder).searcher() as searcher:
        return searcher.document(id=identity) or {}


def test_a_program_for_whoosh_fills_an_archive_that_morgue_searches(folder: Path) -> None:
    writer = opened(folder).writer()
    writer.add_document(
        id="1",
        headline="Cocoa pact holds",
        body="Cocoa producers agreed on a price.\n\nBuyers were not present.",
        date=datetime(1987, 3, 12, 9, 30),
        byline="Ann Lee; Bo Xi",
        contributor=["Cy Young"],
        location="NARA, Japan",
        source="Satara Press",
        keywords="cocoa; trade",
        language="en",
    )
    writer.commit()

    with Archive.open(folder) as archive:
        for query in ('headline:"cocoa pact"', "by:lee", "location:nara", "country:JP", "date:1987-03-12", "kw:trade"):
            assert archive.count(query)[0] == 1, query
        record = archive.record("1")
    assert record is not None
    assert (record["byline"], record["city"], record["country"], record["date"]) == (
        ["Ann Lee", "Bo Xi"], "NARA", "JP", "1987-03-12T09:30:00",
    )  # fmt: skip
    found = stored(folder, "1")
    assert (found["headline"], found["date"], found["byline"]) == (
        "Cocoa pact holds", datetime(1987, 3, 12, 9, 30), "Ann Lee; Bo Xi",
    )  # fmt: skip
    assert found["body"].startswith("Cocoa producers")
    assert morgue("search", "cocoa", "-l", "--index", str(folder)).out.strip() == "1"


def test_what_is_given_is_kept_as_it_is(folder: Path) -> None:
    """An ingest would take the dateline out of the text; a program gets back what it put in."""
    body = "NARA, Japan (AP) - Cocoa rose.\n\n(Reporting by Ann Lee)"
    with opened(folder).writer() as writer:
        writer.add_document(id="1", headline="By Ann Lee", body=body)
    found = stored(folder, "1")
    assert (found["headline"], found["body"]) == ("By Ann Lee", body)
    assert "byline" not in found


@pytest.mark.parametrize(
    ("value", "expected", "first"),
    [
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02T03:00:00Z", datetime(2026, 1, 2, 3)),
        (datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=9))), "2026-01-02T03:00:00+09:00",
         datetime(2026, 1, 1, 18)),
        (date(2026, 1, 2), "2026-01-02", datetime(2026, 1, 2)),
        ("2026-01", "2026-01", datetime(2026, 1, 1)),
        ("1987", "1987", datetime(1987, 1, 1)),
        ("3 March 1987", "1987-03-03", datetime(1987, 3, 3)),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are_given(folder: Path, value: Any, expected: str, first: datetime) -> None:
    with opened(folder).writer() as writer:
        writer.add_document(id="1", body="Cocoa.", date=value)
    found = stored(folder, "1")
    assert (found["record"]["date"], found["date"], found["date_from"]) == (expected, first, first)
    assert found["date_to"] >= first
    with opened(folder).searcher() as searcher:
        assert len(searcher.search(q.DateRange("date", first, first))) == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"content": "x"}, UnknownFieldError),
        ({"body": 7}, ValueError),
        ({"date": "no date"}, ValueError),
        ({"status": "spiked"}, ValueError),
        ({"_stored_body": "y", "body": "x"}, ValueError),
        ({"_boost": 2.0, "body": "x"}, ValueError),
        ({"record": "x"}, ValueError),
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(
    folder: Path, fields: dict[str, Any], error: type[Exception]
) -> None:
    def program() -> None:
        with opened(folder).writer() as writer:
            writer.add_document(id="good", body="Cocoa.")
            writer.add_document(id="bad", **fields)

    with pytest.raises(error):
        program()
    assert opened(folder).doc_count() == 0
    opened(folder).writer().cancel()  # the lock is free


def test_one_id_is_one_article(folder: Path) -> None:
    with opened(folder).writer() as writer:
        writer.add_document(id="1", body="first")
        writer.update_document(id="1", body="second")
    with opened(folder).writer() as writer:
        writer.update_document(id="1", body="third")
    assert [fields["body"] for fields in opened(folder).searcher().documents()] == ["third"]


def test_an_article_without_an_id_is_known_by_its_path_or_its_content(folder: Path) -> None:
    for _ in range(2):
        with opened(folder).writer() as writer:
            writer.update_document(path="/a.txt", body="cocoa")
            writer.add_document(headline="Grain", body="wheat")
    ids = sorted(fields["id"] for fields in opened(folder).searcher().documents())
    assert len(ids) == 2
    assert ids[0] == "/a.txt"


def test_the_fields_of_a_hit_can_be_given_back(tmp_path: Path) -> None:
    """With one changed; what the fields do not show (roles, precision, place of the second author) stays."""
    row = {
        "id": "1", "headline": "Old", "body": "Cocoa rose.", "date": "1987-03", "location": "Geneva, Switzerland",
        "byline": ["Ann Lee, Chief Correspondent"], "note": "Adds detail.", "version": "2",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    folder = tmp_path / "index"
    ingest([str(tmp_path / "a.jsonl")], folder, IngestOptions(jobs=1))
    before = stored(folder, "1")
    with opened(folder).writer() as writer:
        writer.update_document(**before)
    assert stored(folder, "1") == before
    with opened(folder).writer() as writer:
        writer.update_document(**{**before, "headline": "New"})
    after = stored(folder, "1")
    assert (after["headline"], after["title"]) == ("New", "New")
    assert {**after["record"], "headline": "Old"} == before["record"]


def test_deleting_by_term_and_by_query(folder: Path) -> None:
    with opened(folder).writer() as writer:
        for number, word in enumerate(["oil", "oil", "grain", "tin", "gold"]):
            writer.add_document(id=str(number), body=f"{word} rose", country="JP" if number < 2 else "FR")
    with opened(folder).writer() as writer:
        assert writer.delete_by_term("body", "grain") == 1
        assert writer.delete_by_query(q.And([q.Term("body", "oil"), q.Term("country", "jp")])) == 2
        writer.add_document(id="9", body="oil fell")
        assert writer.delete_by_term("id", "4") == 1
    assert sorted(fields["id"] for fields in opened(folder).searcher().documents()) == ["3", "9"]
    opened(folder).delete_by_term("id", "3")
    assert opened(folder).doc_count() == 1


def test_what_is_added_under_the_id_of_a_deleted_article_stays(folder: Path) -> None:
    with opened(folder).writer() as writer:
        writer.add_document(id="1", body="oil")
    with opened(folder).writer() as writer:
        writer.add_document(id="1", body="grain")
        assert writer.delete_by_term("body", "oil") == 1
    assert [fields["body"] for fields in opened(folder).searcher().documents()] == ["grain"]


def test_a_file_whose_article_was_deleted_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cocoa pact holds\n\nBy Ann Lee\n\nCocoa producers agreed on a price today.\n")
    folder = tmp_path / "index"
    ingest([str(tmp_path / "a.txt")], folder, IngestOptions(jobs=1))
    with opened(folder).writer() as writer:
        assert writer.delete_by_query(q.Every()) == 1
    assert opened(folder).doc_count() == 0
    assert ingest([str(tmp_path / "a.txt")], folder, IngestOptions(jobs=1)).added == 1


def test_one_writer_at_a_time(folder: Path) -> None:
    first = opened(folder).writer()
    with pytest.raises(stock.LockError):
        opened(folder).writer()
    assert morgue("optimize", "--index", str(folder), "--wait", "0").code == 5
    first.cancel()
    with pytest.raises(IndexingError):
        first.add_document(body="x")
    with opened(folder).writer(timeout=1, limitmb=32, procs=2) as second:
        second.add_document(body="x")
    assert opened(folder).doc_count() == 1


def test_commits_that_clear_and_merge(folder: Path) -> None:
    for number in range(4):
        with opened(folder).writer() as writer:
            writer.add_document(id=str(number), body="oil")
            writer.delete_by_term("id", str(number - 1))
    opened(folder).optimize()
    reader = opened(folder).reader()
    assert (reader.doc_count(), reader.has_deletions(), len(reader.leaf_readers())) == (1, False, 1)
    writer = opened(folder).writer()
    writer.add_document(id="new", body="tin")
    writer.commit(mergetype=CLEAR)
    assert [fields["id"] for fields in opened(folder).searcher().documents()] == ["new"]


def test_whooshs_own_wrappers_write_through_it(folder: Path) -> None:
    with AsyncWriter(opened(folder)) as writer:
        writer.add_document(id="1", body="oil")
    buffered = BufferedWriter(opened(folder), period=None, limit=10)
    buffered.add_document(id="2", body="grain")
    buffered.close()
    assert opened(folder).doc_count() == 2


def test_the_documents_of_a_stock_index_are_taken_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stock").mkdir()
    schema = Schema(id=ID(stored=True), headline=TEXT(stored=True), body=TEXT(stored=True), color=ID(stored=True))
    theirs = stock.create_in(str(tmp_path / "stock"), schema)
    with theirs.writer() as writer:
        writer.add_document(id="1", headline="Oil", body="Oil rose.", color="red")
    with opened(folder).writer() as writer:
        writer.add_reader(theirs.reader())
    assert stored(folder, "1")["body"] == "Oil rose."


def test_the_fields_are_fixed(folder: Path) -> None:
    with opened(folder).writer() as writer:
        with pytest.raises(UnknownFieldError, match="color"):
            writer.add_field("color", ID())
        with pytest.raises(UnknownFieldError, match="body"):
            writer.remove_field("body")
    with pytest.raises(UnknownFieldError, match="color"):
        create_in(folder, Schema(color=ID()))
    assert create_in(folder, Schema(headline=TEXT(), body=TEXT())).doc_count() == 0


def test_other_indexes_keep_whooshs_own_writer_and_scores(tmp_path: Path) -> None:
    from whoosh.scoring import BM25F
    from whoosh.writing import SegmentWriter

    ix = stock.create_in(str(tmp_path), Schema(body=TEXT(stored=True)))
    writer = ix.writer()
    assert type(writer) is SegmentWriter
    writer.add_document(body="oil")
    writer.commit()
    assert type(ix.searcher().weighting) is BM25F
    assert not exists_in(tmp_path)


WORDS = st.sampled_from(["oil", "price", "rose", "fell", "Tokyo", "grain", "talks"])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 5), TEXTS),
        st.tuples(st.just("delete"), WORDS),
        st.tuples(st.sampled_from(["commit", "cancel", "optimize"])),
    ),
    max_size=20,
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_random_steps_leave_what_a_dictionary_would_hold(tmp_path_factory: pytest.TempPathFactory, steps: Any) -> None:
    folder = tmp_path_factory.mktemp("steps") / str(random.random())
    create_in(folder)
    held: dict[str, str] = {}
    added: dict[str, str] = {}
    gone: set[str] = set()
    writer = opened(folder).writer()
    for step in [*steps, ("commit",)]:
        match step:
            case ("add", number, text):
                writer.update_document(id=str(number), body=text)
                added[str(number)] = text
            case ("delete", word):
                writer.delete_by_query(QueryParser("body", writer.schema).parse(word))
                gone |= {name for name, text in held.items() if word in text.split()}
            case (how,):
                if how != "cancel":
                    held = {name: text for name, text in held.items() if name not in gone} | added
                    writer.commit(optimize=how == "optimize")
                else:
                    writer.cancel()
                added, gone = {}, set()
                writer = opened(folder).writer()
    writer.cancel()
    assert {fields["id"]: fields["body"] for fields in opened(folder).searcher().documents()} == held
    assert open_dir(folder).doc_count() == len(held)


def test_a_writer_that_is_given_up_lets_go_of_the_lock(folder: Path) -> None:
    writer = opened(folder).writer()
    writer.add_document(id="1", body="oil")
    del writer
    gc.collect()
    opened(folder).writer().cancel()
    assert opened(folder).doc_count() == 0
