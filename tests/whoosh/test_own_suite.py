"""Whoosh's own tests of searching, sorting, grouping, highlighting, spelling and spans over the engine's segments.

The tests come with whoosh3's source distribution, which pip downloads while this test runs; nothing of it is kept here.
support/whoosh_suite.py makes an engine's index of every index that they make.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from support.paths import ROOT, TESTS

FILES = (
    "classify", "collector", "dateparse", "fields", "flexible", "highlighting", "indexing", "matching", "nested",
    "parse_plugins", "parsing", "quality", "queries", "reading", "results", "searching", "sorting", "spans", "spelling",
    "weightings",
)  # fmt: skip

# What the tests want that an archive does not have. Each of these must fail; a test not listed must pass.
LISTED = {
    "vectors: the schema of an archive has none, and its fields are stored": (
        "test_classify.py::test_bo2model",
        "test_classify.py::test_keyterms",
        "test_classify.py::test_klmodel",
        "test_classify.py::test_more_like_this",
        "test_reading.py::test_vector_postings",
        "test_results.py::test_keyterms",
        "test_sorting.py::test_function_facet",
        "test_sorting.py::test_overlapping_vector",
        "test_sorting.py::test_sorting_function",
    ),
    "places of words in characters are not kept: highlights find them in the text": (
        "test_highlighting.py::test_pinpoint",
        "test_spans.py::test_span_characters",
    ),
    "weights of fields, documents or terms: an archive weighs when it searches": (
        "test_fields.py::test_boolean3",
        "test_fields.py::test_pickle_schema",
        "test_indexing.py::test_doc_boost",
        "test_nested.py::test_nested_skip",
        "test_searching.py::test_boost_phrase",
    ),
    "two words at one position, which the engine numbers itself": ("test_highlighting.py::test_multifilter",),
    "several numbers in one field of a document": ("test_indexing.py::test_multivalue",),
    "words longer than the engine's": ("test_spelling.py::test_very_long_words",),
    "a field of a million words": ("test_indexing.py::test_many_lengths",),
    "segments are merged, and freed of deleted documents, by the engine's rules": (
        "test_reading.py::test_all_stored_fields",
        "test_reading.py::test_doc_count",
        "test_searching.py::test_merged",
    ),
    "Whoosh rounds lengths of fields, and skips without counting; an archive does neither": (
        "test_indexing.py::test_lengths",
        "test_quality.py::test_max_field_length",
        "test_quality.py::test_minmax_field_length",
        "test_results.py::test_lengths",
    ),
    "terms of ranges of numbers, which an archive computes": ("test_fields.py::test_index_numeric",),
    "a codec that has no first id of a term": ("test_reading.py::test_first_id",),
    "parts of Whoosh's own writer": (
        "test_indexing.py::test_writer_reuse",
        "test_searching.py::test_buffered_refresh",
        "test_sorting.py::test_add_sortable",
    ),
}


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of whoosh3's tests, of the installed version."""
    folder = tmp_path_factory.mktemp("sdist")
    wanted = f"whoosh3=={version('whoosh3')}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:", "-d", str(folder), wanted]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    archives = list(folder.glob("*.tar.gz"))
    if done.returncode or not archives:
        pytest.skip(f"the source distribution of {wanted} cannot be downloaded here")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    found = next((path for path in folder.glob("*/tests") if (path / "test_searching.py").exists()), None)
    if found is None:
        pytest.skip(f"the source distribution of {wanted} holds no tests")
    return found


def test_whooshs_own_tests_pass_over_an_archives_segments(suite: Path, tmp_path: Path) -> None:
    report, temporary = tmp_path / "report.xml", tmp_path / "temporary"
    temporary.mkdir()
    paths = os.pathsep.join([str(ROOT / "src"), str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [
        sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(suite), "-q", "-p", "support.whoosh_suite",
        "-p", "no:cacheprovider", "-p", "no:warnings", "--import-mode=importlib", "--tb=line", f"--junitxml={report}",
        *(f"test_{name}.py" for name in FILES),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=suite,
        env={**os.environ, "PYTHONPATH": paths, "TMPDIR": str(temporary), "PYTEST_ADDOPTS": ""},
        timeout=900,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    over_an_archive, failed = set(), set()
    for case in parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '').rpartition('.')[2]}.py::{case.get('name')}"
        if any(made.get("name") == "indexes" and made.get("value") != "0" for made in case.iter("property")):
            over_an_archive.add(name)
        if case.find("failure") is not None or case.find("error") is not None:
            failed.add(name)

    listed = {name for names in LISTED.values() for name in names}
    assert sorted(failed - listed) == [], done.stdout
    assert sorted(listed - failed) == [], "listed, but passes"
    assert len(over_an_archive - failed) > 250
