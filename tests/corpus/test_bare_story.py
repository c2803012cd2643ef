"""The bare AP story of the sample archive: no headline, no byline, weekdays only, a tagline and a copyright year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from morgue.model import Article, Context, Draft
from morgue.readers import read_stream
from morgue.wire import resolve_draft
from support.paths import ROOT

FILE = ROOT / "corpus/wire/ap/japan-skorea-remains.txt"
NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
PLAIN = Context(path="story.txt", now=NOW)
FRIDAY = datetime(2026, 1, 16, 9, 0, tzinfo=UTC).timestamp()


def resolved(context: Context) -> Article:
    with FILE.open("rb") as stream:
        (draft,) = read_stream(stream, "story.txt")
    assert isinstance(draft, Draft)
    article = resolve_draft(draft, context)
    assert isinstance(article, Article)
    return article


@pytest.fixture(scope="module")
def article() -> Article:
    return resolved(PLAIN)


def test_headline_and_byline_are_missing(article: Article) -> None:
    assert (article.headline, article.byline, article.byline_raw) == ("", (), "")
    assert (article.provenance["headline"], article.provenance["byline"]) == ("missing", "missing")


def test_place_is_the_datelines(article: Article) -> None:
    assert article.location
    assert (article.location.raw, article.location.city, article.location.country) == ("NARA, Japan", "NARA", "JP")
    assert article.provenance["location"] == "stated:dateline"
    assert article.source == "AP"


def test_contributors_are_the_taglines_and_no_byline(article: Article) -> None:
    assert [(person.name, person.place) for person in article.contributors] == [
        ("Dae-ho Ryu", "Seoul, South Korea"),
        ("Ishikawa", "Tokyo"),
    ]


def test_subheads_stay_in_the_body_and_are_marked(article: Article) -> None:
    paragraphs = article.body.split("\n\n")

    assert [paragraphs[number] for number in article.subheads] == [
        "Bones beneath the sea",
        "A careful agenda",
        "Neighbors in a hard year",
        "What comes next",
    ]


def test_body_is_the_story_alone(article: Article) -> None:
    assert article.body.startswith("The leaders of Japan and South Korea agreed Tuesday")
    assert article.body.endswith("the truth may come one tooth at a time.”")
    assert {kind for kind, _ in article.furniture} == {"dateline", "rule", "tagline", "copyright"}


def test_curly_and_straight_quotes_stay_as_they_are(article: Article) -> None:
    assert "“We looked at each other" in article.body
    assert '"My grandmother set a place' in article.body


@pytest.mark.parametrize(
    ("context", "value", "precision", "how"),
    [
        (PLAIN, "2026", "year", "derived:copyright"),
        (replace(PLAIN, modified=FRIDAY), "2026-01-13", "day", "derived:weekday+mtime"),
        (replace(PLAIN, path="wire/2026/01/13/story.txt"), "2026-01-13", "day", "derived:"),
        (replace(PLAIN, path="wire/2026/01/15/story.txt"), "2026-01-13", "day", "derived:weekday+folder"),
        (replace(PLAIN, path="2026-01-13_story.txt"), "2026-01-13", "day", "derived:"),
        # Copied years later: the copyright line bounds the year, and the time of the copy says nothing.
        (replace(PLAIN, modified=datetime(2019, 5, 3, tzinfo=UTC).timestamp()), "2026", "year", "derived:copyright"),
    ],
)
def test_date_needs_an_anchor(context: Context, value: str, precision: str, how: str) -> None:
    article = resolved(context)

    assert article.published
    assert (article.published.value, article.published.precision) == (value, precision)
    assert article.provenance["published"].startswith(how)
