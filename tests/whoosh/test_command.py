"""Whoosh's own command, over a folder whose `.whoosh_index` is an archive."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from morgue.whoosh import create_in, open_dir
from support.cli_process import Ended, environment, morgue

ARTICLES = (
    {"id": "a", "headline": "Cocoa pact holds", "body": "Cocoa growers agreed.", "date": datetime(1987, 3, 12, 9, 30)},
    {"id": "b", "headline": "Oil slips", "body": "The price of oil fell; cocoa rose.", "date": datetime(2026, 1, 13)},
    {"id": "c", "headline": "Cocoa rots", "body": "The harvest <late> rots."},
    {"id": "d", "headline": "Cocoa futures", "body": "Traded.", "date": "2019"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    for part in (ARTICLES[:2], ARTICLES[2:]):
        with create_in(home / ".whoosh_index").writer() as writer:
            for article in part:
                writer.add_document(**article, path=f"wire/{article['id']}.txt")
    return home


def whoosh(*args: str) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "whoosh.cli", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def paths(*args: str) -> list[str]:
    done = whoosh(*args, "--json")
    assert done.code == (0 if done.out.strip() != "[]" else 1), done.err
    return [hit["path"].removeprefix("wire/").removesuffix(".txt") for hit in json.loads(done.out)]


def test_search_with_its_defaults(folder: Path) -> None:
    done = whoosh("search", "cocoa", str(folder))

    assert done.code == 0, done.err
    assert done.out.startswith("4 matches for 'cocoa':\n")
    assert "wire/a.txt" in done.out
    assert "COCOA growers agreed" in done.out


@pytest.mark.parametrize(
    ("query", "options", "expected"),
    [
        ("cocoa", ["--sort-by", "mtime"], ["b", "d", "a", "c"]),
        ("oil", [], ["b"]),
        ("pact", ["--field", "body"], []),
        ("pact", ["--field", "headline"], ["a"]),
        ("pact price", ["--or", "--sort-by", "mtime"], ["b", "a"]),
        ("pact price", [], []),
        ('"cocoa growers"', [], ["a"]),
        ("date:1987", [], ["a"]),
        ("mtime:[1500000000 TO]", ["--sort-by", "mtime"], ["b", "d"]),
        ("grow*", [], ["a"]),
        ("cocoa", ["--limit", "2", "--page", "2", "--sort-by", "mtime"], ["a", "c"]),
        ("cocoa", ["--limit", "2", "--page", "3"], []),
        ("cocoa", ["--min-score", "1000"], []),
    ],
)
def test_options_of_a_search(folder: Path, query: str, options: list[str], expected: list[str]) -> None:
    assert paths("search", query, str(folder), *options) == expected


def test_forms_of_output(folder: Path) -> None:
    hits = json.loads(whoosh("search", "harvest", str(folder), "--json").out)
    assert [(hit["path"], hit["title"]) for hit in hits] == [("wire/c.txt", "Cocoa rots")]
    assert "HARVEST" in hits[0]["snippet"]
    assert hits[0]["score"] > 0
    chosen = whoosh("search", "pact", str(folder), "--json", "--fields", "id,headline,mtime")
    assert json.loads(chosen.out) == [{"id": "a", "headline": "Cocoa pact holds", "mtime": 542539800}]
    assert (
        '<mark class="match term0">harvest</mark> &lt;late&gt;'
        in whoosh("search", "harvest", str(folder), "--html").out
    )
    assert whoosh("search", "cocoa", str(folder), "--count").out == "4\n"
    assert whoosh("search", "pact", str(folder), "-l").out == "wire/a.txt\n"
    assert [json.loads(line)["path"] for line in whoosh("search", "pact", str(folder), "--jsonl").out.splitlines()] == [
        "wire/a.txt"
    ]
    wrong = whoosh("search", "x", str(folder), "--field", "nothing")
    assert wrong.code == 2
    assert "unknown field 'nothing'" in wrong.err


def test_stats(folder: Path) -> None:
    done = whoosh("stats", str(folder), "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    with open_dir(folder / ".whoosh_index").reader() as reader:
        expected = [leaf.doc_count_all() for leaf, _ in reader.leaf_readers()]

    assert (found["doc_count"], found["doc_count_all"], found["deleted_count"]) == (4, 4, 0)
    assert (found["segment_count"], found["segment_doc_counts"]) == (2, expected) == (2, [2, 2])
    assert {"title", "body", "path", "mtime", "date", "country"} <= {field["name"] for field in found["fields"]}
    assert found["size_bytes"] > 0
    listed = whoosh("stats", str(folder), "--top-terms", "headline", "--top", "1")
    assert listed.code == 0, listed.err
    assert listed.out.rstrip().endswith("3  cocoa")


def test_index_update_brings_the_archive_up_to_date_with_a_folder(tmp_path: Path) -> None:
    create_in(tmp_path / ".whoosh_index")
    (tmp_path / "one.txt").write_text("Cocoa rose.", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Oil fell.", encoding="utf-8")

    def updated() -> str:
        done = whoosh("index", str(tmp_path), "--update")
        assert done.code == 0, done.err
        return done.out.splitlines()[1].strip().partition("  ->")[0]

    assert updated() == "2 added, 0 updated, 0 unchanged, 0 removed"
    (tmp_path / "two.txt").unlink()
    (tmp_path / "three.txt").write_text("Cocoa fell.", encoding="utf-8")
    assert updated().startswith("1 added")
    archive = str(tmp_path / ".whoosh_index")
    assert sorted(morgue("search", "cocoa", "-l", "--index", archive).out.split()) == ["one.txt", "three.txt"]
    assert morgue("count", "oil", "--exit-zero", "--index", archive).out.strip() == "0"


def test_whooshs_search_for_assistants_reads_an_archive(folder: Path) -> None:
    from whoosh.mcp import SearchCore

    core = SearchCore(str(folder / ".whoosh_index"))

    assert [(hit["id"], hit["title"]) for hit in core.search("pact")] == [("a", "Cocoa pact holds")]
    assert "growers AGREED" in core.search("agreed")[0]["snippet"]
    assert core.fetch("a") == {"id": "a", "title": "Cocoa pact holds", "text": "Cocoa growers agreed."}
    assert core.fetch("zzz") == {"id": "zzz", "error": "not found"}
