"""The library's face: search with filters and notices, show, facets, delete, export and import."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, IngestOptions, ingest
from morgue.errors import IndexMissing, QueryError, UsageError

STORIES: list[dict[str, Any]] = [
    {
        "id": "tanker",
        "headline": "Tanker leaves Santos with oil",
        "body": "The tanker left port on Friday. It has oil for Rotterdam.\n\nThe harbour master said it was heavy.",
        "date": "2026-01-13T08:00:00Z",
        "byline": "Ada Lind",
        "location": "SANTOS, Brazil",
        "source": "Coastal Wire",
    },
    {
        "id": "cocoa",
        "headline": "Cocoa harvest is late",
        "body": "Rain delayed the cocoa harvest. Growers in Bahia expect half a crop.",
        "date": "1987-03-12",
        "byline": "By ADA LIND and Per Holm",
        "location": "SALVADOR, Brazil",
        "source": "Reuters",
    },
    {
        "id": "year",
        "headline": "Oil in the year",
        "body": "Oil was dear all year.",
        "date": "2026",
        "source": "Reuters",
    },
    {
        "id": "killed",
        "headline": "Oil found under town hall",
        "body": "This story about oil must not be used.",
        "date": "2026-01-14",
        "status": "canceled",
    },
    {
        "id": "phrase",
        "headline": "Letters",
        "body": "Heavy rain fell. Oil prices rose while heavy oil sank.",
        "date": "2025-12-31",
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "a.jsonl").write_text("".join(json.dumps(story) + "\n" for story in STORIES))
    ingest([str(folder / "a.jsonl")], folder / "ix", IngestOptions(jobs=1))
    return folder


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder / "ix") as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "options", "found"),
    [
        ("oil", {}, {"tanker", "year", "phrase"}),
        ("oil", {"unpublished": True}, {"tanker", "year", "phrase", "killed"}),
        ("oil", {"since": "2026", "until": "2026"}, {"tanker", "year"}),
        ("oil", {"on": "2026-01-13", "tz": "UTC"}, {"tanker"}),
        ("oil", {"on": "2026-01-13", "tz": "UTC", "overlap": True}, {"tanker", "year"}),
        ("oil", {"since": "2026-01-13", "tz": "UTC"}, {"tanker"}),
        ("", {"location": ("Brazil",)}, {"tanker", "cocoa"}),
        ("", {"location": ("Santos", "Salvador")}, {"tanker", "cocoa"}),
        ("", {"country": ("Brazil",)}, {"tanker", "cocoa"}),
        ("", {"byline": ("ada lind",)}, {"tanker", "cocoa"}),
        ("", {"byline": ("Holm",), "source": ("reuters",)}, {"cocoa"}),
        ("growers rotterdam", {}, set()),
        ("growers rotterdam", {"any_": True}, {"tanker", "cocoa"}),
        ('"heavy oil"', {}, {"phrase"}),
        ("headline:oil", {}, {"tanker", "year"}),
        ("byline:holm OR source:coastal", {}, {"cocoa", "tanker"}),
        ("date:1987-03", {}, {"cocoa"}),
    ],
)
def test_finds(archive: Archive, query: str, options: dict[str, Any], found: set[str]) -> None:
    result = archive.search(query, **options)

    assert {hit.id for hit in result.hits} == found
    assert result.total == len(found) == archive.count(query, **options)[0]


def test_sorts_by_date_with_the_undated_last(tmp_path: Path) -> None:
    rows = [
        {"id": i, "headline": "x", "body": "A ship.", "date": d}
        for i, d in [("b", "2020"), ("a", None), ("c", "2021-05")]
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ingest([str(tmp_path / "a.jsonl")], tmp_path / "ix")
    with Archive.open(tmp_path / "ix") as archive:
        orders = {sort: [hit.id for hit in archive.search("ship", sort=sort).hits] for sort in ("newest", "oldest")}

    assert orders == {"newest": ["c", "b", "a"], "oldest": ["b", "c", "a"]}


def test_offset_and_limit_page_through_the_same_order(archive: Archive) -> None:
    whole = [hit.id for hit in archive.search("oil", limit=None).hits]

    pages = [archive.search("oil", limit=1, offset=n) for n in range(4)]

    assert [hit.id for page in pages for hit in page.hits] == whole
    assert [page.total for page in pages] == [3] * 4
    assert [hit.rank for page in pages for hit in page.hits] == [1, 2, 3]


def test_says_what_it_left_out(archive: Archive) -> None:
    codes = {notice.code: notice.message for notice in archive.search("oil", on="2026-01-13", tz="UTC").notices}

    assert codes["date-uncertain"] == "1 more article is dated only by month or year and may lie in the range"
    hidden = {notice.code: notice.message for notice in archive.search("oil").notices}
    assert hidden["unpublished-hidden"] == "1 canceled, withheld or embargoed article is left out"


def test_snippets_lie_where_they_say_and_mark_only_what_matched(archive: Archive) -> None:
    (hit,) = archive.search('"heavy oil"').hits

    (snippet,) = hit.snippets
    assert snippet.field == "body"
    assert hit.record["body"][snippet.start : snippet.end] == snippet.text
    assert [hit.record["body"][m.start : m.end] for m in snippet.spans] == ["heavy oil"]
    assert [hit.record["body"][m.start : m.end] for m in snippet.words] == ["heavy", "oil"]


def test_facets_count_the_articles_found(archive: Archive) -> None:
    facets, total, _ = archive.facets("oil OR cocoa", "country")

    assert ([(f.value, f.count) for f in facets], total) == ([("BR", 2)], 4)
    years, _, _ = archive.facets("*", "year")
    assert [(f.value, f.count) for f in years] == [("1987", 1), ("2025", 1), ("2026", 2)]


def test_the_article_comes_back_whole(archive: Archive) -> None:
    article = archive.get("cocoa")

    assert article is not None
    assert [person.name for person in article.byline] == ["ADA LIND", "Per Holm"]
    assert article.published is not None
    assert (article.published.value, article.published.precision) == ("1987-03-12", "day")
    assert article.location is not None
    assert article.location.country == "BR"
    assert archive.get("nobody") is None
    assert archive.similar_ids("coco") == ["cocoa"]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda a: a.search("nope:x"), QueryError),
        (lambda a: a.search('"oil'), QueryError),
        (lambda a: a.search("oil AND ("), QueryError),
        (lambda a: a.search("date:soon"), QueryError),
        (lambda a: a.search("!!!"), QueryError),
        (lambda a: a.search("oil", since="soon"), UsageError),
        (lambda a: a.search("oil", since="..2019"), UsageError),
        (lambda a: a.search("oil", country=("Atlantis",)), UsageError),
        (lambda a: a.search("oil", sort="colour"), UsageError),
        (lambda a: a.search("oil", byline=("!",)), UsageError),
        (lambda a: a.search("oil", tz="Mars/Base"), UsageError),
        (lambda a: a.facets("oil", "colour"), UsageError),
        (lambda a: a.suggest("o", "colour"), UsageError),
        (lambda a: a.explain("oil", "nobody"), UsageError),
    ],
)
def test_what_cannot_be_meant_is_an_error(archive: Archive, call: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        call(archive)


def test_explain_says_which_clause_fails_and_what_would_help(archive: Archive) -> None:
    found = archive.explain("oil AND cocoa", "cocoa")

    assert found["matched"] is False
    assert found["failing"] == ["oil"]
    assert "cocoa" in [change["query"] for change in found["relaxations"]]
    assert archive.explain("oil", "tanker")["matched"] is True


def test_delete_forgets_the_file_so_that_it_can_come_back(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_bytes((folder / "a.jsonl").read_bytes())
    ingest([str(source)], tmp_path / "ix")

    assert Archive.delete(tmp_path / "ix", ["cocoa", "nobody", "cocoa"]) == (1, ["nobody"])
    with Archive.open(tmp_path / "ix") as archive:
        assert archive.get("cocoa") is None
        assert archive.count("cocoa")[0] == 0
    report = ingest([str(source)], tmp_path / "ix")
    assert (report.added, report.unchanged) == (1, 4)


def test_export_and_import_lose_nothing(archive: Archive, tmp_path: Path) -> None:
    exported = [json.dumps(record) for record in archive.records()]

    report = Archive.load(tmp_path / "ix", io.BytesIO("\n".join([*exported, "{}", "nonsense"]).encode()))

    assert (report.added, report.rejected_count) == (5, 2)
    with Archive.open(tmp_path / "ix") as other:
        assert sorted(json.dumps(record) for record in other.records()) == sorted(exported)
        assert [hit.id for hit in other.search("oil").hits] == [hit.id for hit in archive.search("oil").hits]


def test_an_open_archive_sees_one_commit_until_it_refreshes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "headline": "x", "body": "A ship."}) + "\n")
    ingest([str(tmp_path / "a.jsonl")], tmp_path / "ix")
    with Archive.open(tmp_path / "ix") as archive:
        (tmp_path / "b.jsonl").write_text(json.dumps({"id": "2", "headline": "y", "body": "A ship."}) + "\n")
        ingest([str(tmp_path / "b.jsonl")], tmp_path / "ix")

        assert archive.search("ship").total == 1
        assert archive.refresh()
        assert archive.search("ship").total == 2
        assert not archive.refresh()


def test_stats_count_what_is_there(archive: Archive) -> None:
    stats = archive.stats()

    assert (stats.articles, stats.first, stats.last) == (5, "1987-03-12", "2026-12-31")
    assert stats.missing["location"] == 3
    assert [(f.value, f.count) for f in stats.top["source"]] == [("Reuters", 2), ("Coastal Wire", 1)]


def test_no_index_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="no index"):
        Archive.open(tmp_path / "nothing")


def test_the_library_imports_neither_typer_nor_rich_nor_whoosh_nor_numpy_for_a_search(folder: Path) -> None:
    code = (
        "import sys; from morgue import Archive\n"
        f"with Archive.open({str(folder / 'ix')!r}) as a: a.search('oil w/5 heavy', since='2025').hits[0].snippets\n"
        "print(sorted({'typer', 'rich', 'whoosh', 'numpy', 'click', 'yaml'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
