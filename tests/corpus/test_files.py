"""The sample archive is what its README says: small, complete, consistent with its truth and its judged queries."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from morgue.ingestion.discover import find
from morgue.readers import FORMATS, sniff
from support.paths import ROOT

CORPUS = ROOT / "corpus"
TRUTH = [json.loads(line) for line in (CORPUS / "expected.jsonl").read_text("utf-8").splitlines()]
QUERIES = dict(line.split("\t") for line in (CORPUS / "judged/queries.tsv").read_text("utf-8").splitlines())
QRELS = [line.split(" ") for line in (CORPUS / "judged/qrels.tsv").read_text("utf-8").splitlines()]

# Nothing in these but their name tells them from plain text: a lone heading mark, a header row of words in German.
NEEDS_ITS_NAME = {"corpus/web/posts/no-title.md", "corpus/exports/lahn-archiv.csv"}


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """`tools/make_corpus_files.py` as a module."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        spec = importlib.util.spec_from_file_location("make_corpus_files", ROOT / "tools/make_corpus_files.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(ROOT / "tools"))


def members(name: str, data: bytes) -> object:
    """What is packed in a file, so that two packings of the same compare equal."""
    if name.endswith((".docx", ".zip")):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {item: archive.read(item) for item in archive.namelist()}
    if name.endswith(".gz"):
        return gzip.decompress(data)
    if name.endswith(".xz"):
        import lzma

        return lzma.decompress(data)
    if name.endswith(".bz2"):
        import bz2

        return bz2.decompress(data)
    return data


def test_made_files_are_what_the_script_makes(maker: ModuleType) -> None:
    for name, data in maker.files().items():
        assert members(name, (CORPUS / "formats" / name).read_bytes()) == members(name, data), name


def test_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 1_500_000


def test_every_file_has_truth_and_truth_has_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    read = {row["path"].split("!")[0] for row in TRUTH}
    with_them = {path for row in TRUTH for path in row.get("beside", ())}
    assert {source.path for source in find(["corpus"])} == read | with_them


def test_ingesting_the_folder_takes_neither_truth_nor_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = {Path(source.path).name for source in find(["corpus"])}

    assert not names & {"README.md", "expected.jsonl", "queries.tsv", "qrels.tsv", ".morgueignore"}


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(row["id"] for row in TRUTH).items() if count > 1] == []


@pytest.mark.parametrize("name", FORMATS)
def test_format_has_two_samples(name: str) -> None:
    assert (ROOT / FORMATS[name].example).is_file()
    assert len({row["path"] for row in TRUTH if row["format"] == name}) >= 2


@pytest.mark.parametrize(
    "path", sorted({row["path"].partition("!/")[0] for row in TRUTH if "/packed-" not in row["path"]})
)
def test_format_is_told_from_content_alone(path: str) -> None:
    data = (ROOT / path).read_bytes()
    head = (gzip.decompress(data) if path.endswith(".gz") else data)[:65536]

    name = path if path in NEEDS_ITS_NAME else "unnamed"

    assert sniff(head, name).format in {row["format"] for row in TRUTH if row["path"] == path}


def test_every_judged_article_was_there_when_the_queries_were_judged() -> None:
    pool = set((CORPUS / "judged/articles.txt").read_text("utf-8").splitlines())

    assert {row[2] for row in QRELS} <= pool


def test_enough_queries_are_judged() -> None:
    assert len(QUERIES) >= 60
    assert {qid for qid, _, _, grade in QRELS if grade != "0"} == set(QUERIES)


def test_judgements_name_articles_of_the_archive_once() -> None:
    ids = {row["id"] for row in TRUTH}

    assert [
        (qid, name) for qid, zero, name, grade in QRELS if name not in ids or zero != "0" or grade not in "012"
    ] == []
    assert len({(qid, name) for qid, _, name, _ in QRELS}) == len(QRELS)


def test_articles_that_a_search_leaves_out_are_not_judged() -> None:
    hidden = {row["id"] for row in TRUTH if row["status"] != "usable" and "usable" not in row.get("status_ok", [])}

    assert hidden & {name for _, _, name, _ in QRELS} == set()
