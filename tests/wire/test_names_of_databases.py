"""Names as databases and reference managers write them: last name first, a list parted by semicolons."""

from __future__ import annotations

import pytest

from morgue.model import Article, Claim, Context, Draft
from morgue.wire import resolve_draft


def byline(value: str, *, one_by_one: bool = False) -> list[str]:
    claim = [Claim(value, "csv:author")]
    draft = Draft(format="csv", body="A text.", **{"people" if one_by_one else "byline": claim})  # type: ignore[arg-type]
    article = resolve_draft(draft, Context(path="a.csv", now=2e9))
    assert isinstance(article, Article)
    return [person.name for person in article.byline]


TURNED = [
    ("Holt, Runa", ["Runa Holt"]),
    ("HOLT, RUNA", ["RUNA HOLT"]),
    ("Holt, Runa; Ek, Jens", ["Runa Holt", "Jens Ek"]),
    ("Holt, Runa; Ek, Jens;", ["Runa Holt", "Jens Ek"]),
    ("Holt, Runa and Ek, Jens", ["Runa Holt", "Jens Ek"]),
    ("Holt, Runa | Ek, Jens", ["Runa Holt", "Jens Ek"]),
    ("Holt, R.; Ek, J. P.", ["R. Holt", "J. P. Ek"]),
    ("Holt, E Runa", ["E Runa Holt"]),
    ("Holt, Runa E, Jr", ["Runa E Holt Jr"]),
    ("García Márquez, Ana", ["Ana García Márquez"]),
    ("van der Ek, Jens Ole", ["Jens Ole van der Ek"]),
    ("De Souza, Maria", ["Maria De Souza"]),
    ("Lee, Min-ji", ["Min-ji Lee"]),
    ("O'Neil, Pat", ["Pat O'Neil"]),
    ("Gil, Ana Maria", ["Ana Maria Gil"]),  # ANA is an agency
    ("Holt, Runa; Reuters", ["Runa Holt"]),
    ("Holt, Runa; Jens Ek", ["Runa Holt", "Jens Ek"]),
]
AS_THEY_ARE = [
    ("Anna Ek, Bo Dahl", ["Anna Ek", "Bo Dahl"]),
    ("Anna Ek; Bo Dahl", ["Anna Ek", "Bo Dahl"]),
    ("Ana Gil, Luis Mora and Eva Sol", ["Ana Gil", "Luis Mora", "Eva Sol"]),
    ("Runa Holt, Staff Writer", ["Runa Holt"]),
    ("By RUNA HOLT, Associated Press", ["RUNA HOLT"]),
]


@pytest.mark.parametrize(("value", "expected"), TURNED + AS_THEY_ARE)
@pytest.mark.parametrize("one_by_one", [True, False])
def test_names(value: str, expected: list[str], one_by_one: bool) -> None:
    assert byline(value, one_by_one=one_by_one) == expected


@pytest.mark.parametrize(
    "value", ["Tokyo, Reuters", "Weber, dpa", "Berlin, dpa; London, AFP", "Rossi, Ansa", "The Lamp, Reuters"]
)
def test_an_employer_is_no_first_name(value: str) -> None:
    assert not any(" " in name for name in byline(value))
