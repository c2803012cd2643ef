"""Places and their countries."""

from __future__ import annotations

import pytest

from morgue.wire.gazetteer import places

RESOLVED = [
    ("NARA, Japan", "NARA", None, "JP", "stated"),
    ("Pau, France", "Pau", None, "FR", "stated"),
    ("ST. LOUIS, MO.", "ST. LOUIS", "MO.", "US", "region"),
    ("TRURO, N.S.", "TRURO", "N.S.", "CA", "region"),
    ("Ottawa, Ontario, Canada", "Ottawa", "Ontario", "CA", "stated"),
    ("AMARILLO Texas", "AMARILLO", "Texas", "US", "region"),
    ("TBILISI, Georgia", "TBILISI", None, "GE", "stated"),
    ("MACON, Georgia", "MACON", "Georgia", "US", "region"),
    ("Chur GR", "Chur", "GR", "CH", "region"),
    ("Hinterdorf GR", "Hinterdorf", "GR", "CH", "region"),
    ("Χαλκίδα", "Χαλκίδα", None, "GR", "gazetteer"),
    ("ПЕТРОЗАВОДСК", "ПЕТРОЗАВОДСК", None, "RU", "gazetteer"),
    ("DENVER", "DENVER", None, "US", "ap-standalone"),
    ("ISLAMABAD", "ISLAMABAD", None, "PK", "ap-standalone"),
    ("ACCRA", "ACCRA", None, "GH", "capital"),
    ("SAN JOSE", "SAN JOSE", None, "CR", "capital"),
    ("SINGAPORE", "SINGAPORE", None, "SG", "ap-standalone"),
    ("PEKING", "PEKING", None, "CN", "gazetteer"),
    ("BONN", "BONN", None, "DE", "gazetteer"),
    ("BIRMINGHAM", "BIRMINGHAM", None, "GB", "gazetteer"),
    ("Genf", "Genf", None, "CH", "gazetteer"),
    ("Frankfurt/Main", "Frankfurt/Main", None, "DE", "gazetteer"),
    ("LUXEMBOURG", "LUXEMBOURG", None, "LU", "ap-standalone"),
    ("서울", "서울", None, "KR", "gazetteer"),
    ("МОСКВА", "МОСКВА", None, "RU", "gazetteer"),
    ("دمشق، سوريا", "دمشق", None, "SY", "stated"),
    ("UNITED NATIONS", "UNITED NATIONS", None, None, ""),
    ("ABOARD THE SEA EAGLE", "ABOARD THE SEA EAGLE", None, None, ""),
]


@pytest.mark.parametrize(("raw", "city", "region", "country", "how"), RESOLVED, ids=[row[0] for row in RESOLVED])
def test_place_is_resolved(raw: str, city: str, region: str | None, country: str | None, how: str) -> None:
    (found,) = places.resolve(raw)

    assert (found.raw, found.city, found.country, found.country_how) == (raw, city, country, how)
    assert found.region == region


def test_joint_dateline_names_several_places() -> None:
    assert [(p.city, p.country) for p in places.resolve("WASHINGTON/LONDON")] == [
        ("WASHINGTON", "US"),
        ("LONDON", "GB"),
    ]
    assert [(p.city, p.country) for p in places.resolve("LONDON, PARIS and BERLIN")] == [
        ("LONDON", "GB"), ("PARIS", "FR"), ("BERLIN", "DE")
    ]  # fmt: skip


def test_joint_dateline_with_regions_of_their_own() -> None:
    found = places.resolve("COPENHAGEN, Denmark and CHARLOTTE, N.C.")

    assert [(p.city, p.region, p.country) for p in found] == [("COPENHAGEN", None, "DK"), ("CHARLOTTE", "N.C.", "US")]
    assert found[0].raw == "COPENHAGEN, Denmark and CHARLOTTE, N.C."


def test_region_belongs_to_the_last_town_of_a_joint_dateline() -> None:
    found = places.resolve("SAN FRANCISCO & TEL AVIV, Israel")

    assert [(p.city, p.country) for p in found] == [("SAN FRANCISCO", "US"), ("TEL AVIV", "IL")]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Japan", "JP"), ("jp", "JP"), ("JPN", "JP"), ("West Germany", "DE"), ("U.S.", "US"), ("the Netherlands", "NL"),
     ("Frankreich", "FR"), ("Japón", "JP"), ("日本", "JP"), ("Россия", "RU"), ("Atlantis", None),
     ("", None), ("XX", None)],
)  # fmt: skip
def test_country(name: str, code: str | None) -> None:
    assert places.country(name) == code


def test_country_name() -> None:
    assert places.country_name("jp") == "Japan"
    assert places.country_name("??") == "??"


@pytest.mark.parametrize("raw", ["", " , ", ",,,", "/", "and", "A" * 5000, ", " * 2000])
def test_odd_text_is_no_trouble(raw: str) -> None:
    places.resolve(raw)
