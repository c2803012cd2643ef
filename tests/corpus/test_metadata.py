"""What morgue makes of the sample archive agrees with the truth written by hand, to the floors pinned for CI."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from morgue.model import Article, Person, Place, Published, Rejected
from support.paths import ROOT


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", ROOT / "bench/quality/corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


corpus = _module()


@pytest.fixture(scope="module")
def score() -> object:
    """The whole archive, scored."""
    return corpus.score(corpus.articles(), corpus.truths())


def test_no_field_is_below_its_floor(score: object) -> None:
    assert corpus.below_floor(score) == []


def test_every_article_is_read_and_no_other(score: object) -> None:
    assert (score.lost, score.unexpected) == ([], [])  # type: ignore[attr-defined]


def test_nothing_is_rejected(score: object) -> None:
    assert score.rejected == []  # type: ignore[attr-defined]


TRUTH = {"date": "2026-01-13", "location": "NARA, Japan", "authors": ["Ann Bo"], "headline": None, "country": "JP"}


@pytest.mark.parametrize(
    ("name", "answer", "agrees"),
    [
        ("date", "2026-01-13", True),
        ("date", "2026", False),
        ("date", "2026-01-13T08:00:00Z", False),
        ("date", "", False),
        ("location", "Nara", True),
        ("location", "Nara, Japan", True),
        ("location", "Naraha", False),
        ("location", "", False),
        ("authors", ["ANN BO"], True),
        ("authors", ["Ann Bo", "Cy Do"], False),
        ("authors", [], False),
        ("headline", "", True),
        ("headline", "Anything", False),
        ("country", "JP", True),
    ],
)
def test_scorer_compares(name: str, answer: object, agrees: bool) -> None:
    assert corpus.right(name, answer, TRUTH) is agrees


@pytest.mark.parametrize(
    ("answer", "truth", "agrees"),
    [
        ("2026-01-13T08:00:00Z", "2026-01-13T09:00:00+01:00", True),
        ("2026-01-13T08:00:00", "2026-01-13T08:00:00", True),
        ("2026-01-13T08:00:00", "2026-01-13T08:00:00Z", False),
        ("2026-01-13T08:00:00Z", "2026-01-13T08:02:00Z", False),
        ("XXXX-06-11", "XXXX-06-11", True),
    ],
)
def test_scorer_compares_moments(answer: str, truth: str, agrees: bool) -> None:
    assert corpus.right("date", answer, {"date": truth}) is agrees


def test_alternatives_count_as_right() -> None:
    row = {"source": "AP", "source_ok": ["The Associated Press", ""], "authors": [], "authors_ok": [["Ann Bo"]]}

    assert [corpus.right("source", x, row) for x in ("AP", "The Associated Press", "", "AFP")] == [
        True,
        True,
        True,
        False,
    ]
    assert [corpus.right("authors", x, row) for x in ([], ["Ann Bo"], ["Cy Do"])] == [True, True, False]


def test_scorer_notices_what_is_lost_and_what_is_too_much() -> None:
    truth = [
        {"path": "a", "record": 0, "id": "a", "format": "text", "headline": "One"},
        {"path": "b", "record": 1, "id": "x", "format": "csv", "headline": "Two"},
    ]
    found = [("a", 0, Article(id="a", headline="One")), ("a", 2, Article(id="z", headline="Three"))]
    result = corpus.score(found, truth)

    assert (result.lost, result.unexpected) == (["b#1"], ["a#2 'Three'"])
    assert result.shares() == {"id": 1.0, "headline": 1.0}


def test_formats_without_their_extra_do_not_count() -> None:
    truth = [{"path": "a.pdf", "record": 0, "id": "a.pdf", "format": "pdf", "headline": "One"}]
    why = "PDF needs an extra package: pip install 'morgue[pdf]'"
    result = corpus.score([("a.pdf", 0, Rejected("a.pdf", 0, why))], truth)

    assert (result.lost, result.rejected, result.unread) == ([], [], {"a.pdf"})


def test_answers_use_the_names_of_the_truth() -> None:
    article = Article(
        id="a",
        published=Published(value="2026", precision="year"),
        byline=(Person(name="Ann Bo"),),
        location=Place(raw="NARA, Japan", country="JP"),
    )

    assert set(corpus.answers(article)) == set(corpus.FIELDS)
    assert corpus.answers(article)["authors"] == ["Ann Bo"]
    assert corpus.answers(article)["location"] == "NARA, Japan"
