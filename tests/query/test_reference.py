"""Any query finds what a plain scan of the articles finds, and its spans are the scan's; sets obey their algebra."""

from __future__ import annotations

import os
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from morgue.engine.search.snapshot import Snapshot
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
from morgue.query import ParseOptions, parse, to_text
from morgue.query import tree as t
from support.query_strategies import trees
from support.reference import Hit, Reference

POOL = ("deer", "shrine", "Reports", "report", "US", "U.S.", "the", "us", "don't", "C-130", "park", "PARK", "Nara", "é")
DAY = 86_400


@st.composite
def documents(draw):
    def run(most):
        words = draw(st.lists(st.sampled_from(POOL), max_size=most))
        return " ".join(word + draw(st.sampled_from(("", "", "", ".", ","))) for word in words)

    paragraphs = [run(8) for _ in range(draw(st.integers(0, 4)))]
    texts = {field: (run(3), run(2)) for field in draw(st.sets(st.sampled_from(("byline", "location", "slug"))))}
    numbers = {"words": draw(st.integers(0, 5000))}
    if draw(st.booleans()):
        first = draw(st.integers(1_760_000_000, 1_800_000_000))
        numbers |= {"published_from": first, "published_to": first + draw(st.sampled_from((0, DAY - 1, 31 * DAY)))}
        numbers["published_local"] = draw(st.integers(0, 1))
    values = {"country": ("JP",), "status": (draw(st.sampled_from(("usable", "canceled"))),)}
    return Document(
        "", run(5), "\n\n".join(paragraphs), draw(st.sampled_from(("", "en", "de"))), texts, values, numbers, b"{}"
    )


@settings(
    max_examples=int(os.environ.get("MORGUE_EXAMPLES", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    articles=st.lists(documents(), min_size=1, max_size=5),
    queries=st.lists(trees("UTC", POOL), min_size=1, max_size=12),
)
def test_a_query_finds_what_a_scan_finds(tmp_path_factory, articles, queries):
    folder = tmp_path_factory.mktemp("index")
    articles = [article._replace(id=f"a{number}") for number, article in enumerate(articles)]
    with Writer(folder) as writer:
        for article in articles:
            writer.add(article)
        writer.commit()
    scans = {article.id: Reference(article) for article in articles}
    with Snapshot.open(folder) as snapshot:
        for tree in queries:
            check(snapshot, scans, tree)


# The first found will do; some kinds are not among the first hundred.
ANY = settings(phases=[Phase.generate], database=None, max_examples=5_000, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", get_args(t.Node))
def test_trees_of_every_kind_are_made(kind):
    find(trees("UTC", POOL), lambda tree: any(isinstance(node, kind) for node in t.walk(tree)), settings=ANY)


def check(snapshot, scans, tree):
    def found(node):
        return {snapshot.identity(number) for number in snapshot.docs(node)}

    expected = {name for name, scan in scans.items() if scan.matches(tree)}
    assert found(tree) == expected, to_text(tree, tz="UTC")
    assert found(parse(to_text(tree, tz="UTC"), options=ParseOptions(tz="UTC")).tree) == expected
    assert found(t.Not(tree)) == set(scans) - expected
    assert found(t.And((tree, t.Not(tree)))) == set()
    assert found(t.Or((tree, t.Everything()))) == set(scans)
    for name in expected:
        spans = snapshot.spans(tree, snapshot.docnum(name))
        check_spans({Hit(span.field, span.start, span.end) for span in spans}, scans[name], tree)


def check_spans(spans, scan, tree):
    """Every span of a word, phrase or proximity query is a match of it; words and phrases are all shown."""
    if isinstance(tree, (t.Word, t.Pattern, t.Phrase)):
        assert spans == scan.hits(tree)
    elif isinstance(tree, t.Near):
        assert spans
        assert spans <= scan.hits(tree)
    elif isinstance(tree, (t.Not, t.Value, t.NumberRange, t.DateRange, t.Has, t.Everything)):
        assert spans == set()
