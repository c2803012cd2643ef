"""`morgue export --to whoosh`: an index that Whoosh reads without morgue."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from morgue import Archive, IngestOptions, ingest
from support.cli_process import environment, morgue

ROWS = [
    {"id": "1", "headline": "Cocoa pact", "body": "Producers agreed.\n\nPrices rose.", "date": "1987-03-12",
     "byline": ["Ann Lee", "Bo Xi"], "location": "NARA, Japan", "keywords": ["cocoa", "trade"]},
    {"id": "2", "headline": "Grain", "body": "Wheat price fell.", "date": "2026", "language": "en"},
    {"id": "3", "headline": "Withdrawn", "body": "Price was wrong.", "status": "canceled"},
    {"id": "4", "headline": "", "body": "Nothing else."},
]  # fmt: skip

# Reads the index in a process in which morgue cannot be imported.
ALONE = """
import json, sys
sys.modules["morgue"] = None
from datetime import datetime
from whoosh import query as q
from whoosh.index import open_dir
from whoosh.qparser import MultifieldParser
ix = open_dir(sys.argv[1])
with ix.searcher() as searcher:
    def ids(query, **options):
        return [hit["id"] for hit in searcher.search(query, limit=None, **options)]
    parse = MultifieldParser(["headline", "body"], ix.schema).parse
    print(json.dumps({
        "prices": sorted(ids(parse("prices"))),
        "phrase": ids(parse('"cocoa pact"')),
        "byline": ids(q.Term("byline", "lee")),
        "country": ids(q.Term("country", "JP")),
        "dates": ids(q.DateRange("date", datetime(1987, 3, 1), datetime(1987, 3, 31))),
        "sorted": ids(q.Every(), sortedby="date"),
        "groups": sorted(searcher.search(q.Every(), groupedby="country").groups()),
        "highlight": searcher.search(parse("prices"), sortedby="id")[0].highlights("body"),
        "suggest": searcher.suggest("body", "prise"),
        "record": searcher.document(id="1")["record"],
    }))
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    ingest([str(tmp_path / "a.jsonl")], tmp_path / "index", IngestOptions(jobs=1))
    return tmp_path / "index"


@pytest.mark.parametrize("words", [["OUT"], ["-o", "OUT"]], ids=" ".join)
def test_whoosh_alone_reads_it(archive: Path, tmp_path: Path, words: list[str]) -> None:
    out = tmp_path / "stock"
    ended = morgue("export", "--to", "whoosh", *(word.replace("OUT", str(out)) for word in words), "--index", archive)
    assert (ended.code, ended.out) == (0, "")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(out)], capture_output=True, env=environment(), timeout=60, check=True
    )
    found = json.loads(done.stdout)
    assert found.pop("record") == dict(Archive.open(archive).record("1") or {})
    assert found == {
        "prices": ["1", "2", "3"],
        "phrase": ["1"],
        "byline": ["1"],
        "country": ["1"],
        "dates": ["1"],
        "sorted": ["1", "2", "3", "4"],
        "groups": ["", "JP"],
        "highlight": 'Producers agreed.\n\n<b class="match term0">Prices</b> rose',
        "suggest": ["price", "prices", "rose"],
    }


def test_a_query_and_filters_choose(archive: Path, tmp_path: Path) -> None:
    ended = morgue("export", "--to", "whoosh", str(tmp_path / "stock"), "wheat", "--index", archive)
    assert ended.code == 0
    assert morgue("export", "--to", "whoosh", str(tmp_path / "none"), "zebra", "--index", archive).code == 1


@pytest.mark.parametrize("words", [[], ["FULL"], ["FILE/x"]], ids=["no folder", "not empty", "below a file"])
def test_what_cannot_be_written_is_said(archive: Path, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    names = {"FULL": str(tmp_path / "full"), "FILE/x": str(tmp_path / "full" / "x" / "y")}
    ended = morgue("export", "--to", "whoosh", *(names[word] for word in words), "--index", archive)
    assert ended.code in (2, 3)
    assert ended.err.startswith("morgue: ")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["x"]
