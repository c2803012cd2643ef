"""The bare story: no headline, no byline, no date but weekdays; everything else has to come out of the copy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from morgue.model import Article, Context, Draft, Person, Published
from morgue.wire import resolve_draft

STORY = """\
OTARU, Japan (AP) — The mayors of two harbor towns met here Tuesday and agreed to share an icebreaker, the first \
“practical step” after months of quarrels over fishing grounds.

The talks were the second between the two, "and not the last," one said. They came days after a storm last week \
sank three boats in the strait.

A walk along the canal

The visitor, a former ferry captain, was shown the old warehouses and given a glass lamp, the town’s best-known craft.

On Wednesday the two were to ring the harbor bell together, a custom that goes back to the herring years.

The quarrel over herring

Both towns claim the same shoals. Boats from either side have cut each other’s nets since the spring.

Fishermen on the quay said they wanted the fleets kept apart, whatever the mayors might sign.

What comes next

A joint office is to open within a year, with staff from both towns and one telephone.

Who pays for the ice

The larger town pays two thirds of the cost. The smaller one lends the pier and the coal.

___

Min-jun Parkson in Busan, South Korea, contributed to this report. Tanakawa reported from Sapporo.

Copyright 2026 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or \
redistributed without permission.
"""
NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()


def _settled(path: str = "story.txt", *, text: str = STORY, date: str = "", modified: float | None = None) -> Article:
    found = resolve_draft(
        Draft(format="text", layout="wire", body=text), Context(path=path, date=date, modified=modified, now=NOW)
    )
    assert isinstance(found, Article)
    return found


def _posix(*day: int) -> float:
    return datetime(*day, 12, tzinfo=UTC).timestamp()  # type: ignore[misc,arg-type]


def test_place_source_and_people() -> None:
    article = _settled()

    assert article.location is not None
    assert (article.location.raw, article.location.city, article.location.country) == ("OTARU, Japan", "OTARU", "JP")
    assert article.source == "AP"
    assert article.headline == ""
    assert article.byline == ()
    assert article.contributors == (
        Person(name="Min-jun Parkson", role="contributed", place="Busan, South Korea"),
        Person(name="Tanakawa", role="reported", place="Sapporo"),
    )
    assert article.id == "story.txt"


def test_provenance_tells_what_is_missing() -> None:
    provenance = _settled().provenance

    assert provenance["headline"] == "missing"
    assert provenance["byline"] == "missing"
    assert provenance["location"] == provenance["country"] == provenance["source"] == "stated:dateline"
    assert provenance["contributors"] == "stated:tagline"
    assert provenance["published"] == "derived:copyright"


def test_body_is_free_of_furniture_and_complete() -> None:
    article = _settled()
    paragraphs = article.body.split("\n\n")

    assert paragraphs[0].startswith("The mayors of two harbor towns")
    assert paragraphs[-1].endswith("the pier and the coal.")
    assert len(paragraphs) == 12
    assert [paragraphs[n] for n in article.subheads] == [
        "A walk along the canal", "The quarrel over herring", "What comes next", "Who pays for the ice",
    ]  # fmt: skip
    assert [kind for kind, _ in article.furniture] == ["dateline", "rule", "tagline", "copyright"]
    for text in ("(AP)", "___", "contributed to this report", "Copyright", "reported from"):
        assert text not in article.body


def test_only_the_year_is_known_without_an_anchor() -> None:
    article = _settled()

    assert article.published is not None
    assert (article.published.value, article.published.precision) == ("2026", "year")
    assert any(r.field == "published" and r.value == "Tuesday" for r in article.remarks)


@pytest.mark.parametrize(
    ("path", "date", "modified", "how"),
    [
        ("story.txt", "", _posix(2026, 1, 15), "mtime"),
        ("20260115_otaru.txt", "", None, "filename"),
        ("2026-01-15-otaru.txt", "", _posix(2026, 6, 1), "filename"),
        ("wire/2026/01/15/story.txt", "", None, "folder"),
        ("wire/2026/jan/15/story.txt", "", None, "folder"),
        ("story.txt", "2026-01-15", _posix(2026, 6, 1), "option"),
    ],
)
def test_an_anchor_makes_it_the_tuesday_before(path: str, date: str, modified: float | None, how: str) -> None:
    article = _settled(path, date=date, modified=modified)

    assert article.published == Published(value="2026-01-13", precision="day", raw="Tuesday")
    assert article.provenance["published"] == f"derived:weekday+{how}"


def test_an_anchor_in_another_year_than_the_copyright_counts_for_nothing() -> None:
    article = _settled(modified=_posix(2024, 5, 3))

    assert article.published is not None
    assert article.published.value == "2026"
    assert any(remark.how == "mtime" for remark in article.remarks)


def test_same_story_on_single_line_breaks() -> None:
    article = _settled(text=STORY.replace("\n\n", "\n"))

    assert article.body == _settled().body
    assert article.subheads == _settled().subheads
