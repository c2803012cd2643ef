"""The sample archive, asked: each query of the table finds the articles that its words say, no more and no fewer.

The articles in the table were found by scanning the archive with the reference matcher (`update_query_corpus.py`), not
by asking the index, and looked through by hand when the queries were written.
"""

from __future__ import annotations

import os
from itertools import combinations
from typing import get_args

import pytest

from morgue import Archive, IngestOptions, ingest
from morgue.query import ParseOptions, parse
from morgue.query import tree as t
from support.paths import ROOT
from support.query_strategies import NOW

TABLE = ROOT / "tests" / "golden" / "query_corpus.txt"


def rows() -> list[tuple[str, frozenset[str]]]:
    """Queries and the ids they find."""
    found: list[tuple[str, set[str]]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].add(line.strip())
        elif line and not line.startswith("# "):
            found.append((line, set()))
    return [(query, frozenset(ids)) for query, ids in found]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    here = os.getcwd()
    os.chdir(ROOT)  # ids of articles without one of their own are their paths as given
    try:
        ingest(["corpus"], folder / "index", IngestOptions())
    finally:
        os.chdir(here)
    with Archive.open(folder / "index") as opened:
        yield opened


def ask(archive, query):
    result = archive.search(query, limit=None, tz="UTC", now=NOW, unpublished=True, snippets=0)
    return frozenset(hit.record["id"].removeprefix("corpus/") for hit in result.hits)


@pytest.mark.parametrize(("query", "expected"), rows(), ids=[query for query, _ in rows()])
def test_queries_find_their_articles(archive, query, expected):
    assert ask(archive, query) == expected


def test_words_are_stemmed_in_the_language_of_the_article(archive):
    # In German "rocket" has the stem "rock"; English articles about rocks are not about rockets.
    assert ask(archive, "rocket -rocket*") == frozenset()


def test_the_table_is_long_enough():
    assert len(rows()) >= 250


def test_the_table_has_a_query_with_each_kind_of_node():
    trees = [parse(query, options=ParseOptions(tz="UTC", now=NOW)).tree for query, _ in rows()]

    assert {type(node) for tree in trees for node in t.walk(tree)} == set(get_args(t.Node))


ALGEBRA = ("Okinose", '"forced laborers"', "headline:dam", "port w/5 strike", "date:2026", "country:JP", "coc*")


@pytest.mark.parametrize(("first", "second"), list(combinations(ALGEBRA, 2)))
def test_and_or_not_are_those_of_sets(archive, first, second):
    every, one, other = ask(archive, "*"), ask(archive, first), ask(archive, second)

    assert ask(archive, f"({first}) AND ({second})") == one & other
    assert ask(archive, f"({first}) OR ({second})") == one | other
    assert ask(archive, f"({first}) AND NOT ({second})") == one - other
    assert ask(archive, f"NOT ({first})") == every - one


def examples() -> list[str]:
    """The queries in the first columns of docs/query.md, those of other systems apart."""
    text = (ROOT / "docs" / "query.md").read_text(encoding="utf-8").partition("## Lexis, Factiva, Lucene and Whoosh")[0]
    return [line.split("` |")[0].removeprefix("| `") for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("query", examples())
def test_examples_of_the_document_find_something(archive, query):
    assert ask(archive, query)


def test_the_document_has_its_examples():
    assert len(examples()) > 60
