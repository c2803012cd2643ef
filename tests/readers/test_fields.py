"""Which key is which field: aliases, paths, the user's map, odd values."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.errors import UsageError
from morgue.model import Claim, Draft, PlaceClaim
from morgue.readers import ReadOptions, read_stream
from morgue.readers.fields import ALIASES, body_of, checked_map, resolve
from morgue.readers.paragraphs import plain_paragraphs


def draft(record: dict[str, Any], **field_map: str) -> Draft:
    options = ReadOptions(field_map=field_map)
    (item,) = read_stream(io.BytesIO(json.dumps(record).encode()), "a.jsonl", options)
    assert isinstance(item, Draft), item
    return item


@pytest.mark.parametrize(
    ("record", "field", "claims"),
    [
        ({"headline": "A"}, "headline", [("A", "json:headline")]),
        ({"webTitle": "A"}, "headline", [("A", "json:webTitle")]),
        ({"headlines": [{"role": "sub", "value": "B"}, {"role": "main", "value": "A"}]}, "headline", [("A", "")]),
        ({"title": {"rendered": "A &amp; B"}}, "headline", [("A & B", "json:title")]),
        ({"title": "<em>A</em> rises"}, "headline", [("A rises", "json:title")]),
        ({"title": "ALLIED <ALD> BUYS <P>"}, "headline", [("ALLIED <ALD> BUYS <P>", "json:title")]),
        ({"published_at": "2026-01-02"}, "published", [("2026-01-02", "json:published_at")]),
        ({"publishedAt": 1700000000}, "published", [("2023-11-14T22:13:20Z", "json:publishedAt")]),
        ({"timestamp": "1700000000000"}, "published", [("2023-11-14T22:13:20Z", "json:timestamp")]),
        ({"created": {"$date": "2020-01-01T00:00:00Z"}}, "published", [("2020-01-01T00:00:00Z", "json:created")]),
        ({"date": None, "created": "2020"}, "published", [("2020", "json:created")]),
        ({"date": True}, "published", []),
        ({"author": "By Ana Reis, AP"}, "byline", [("By Ana Reis, AP", "json:author")]),
        ({"authors": ["Ana Reis", "Bo Ek"]}, "people", [("Ana Reis", "json:authors"), ("Bo Ek", "json:authors")]),
        ({"author": {"name": "Ana Reis"}}, "people", [("Ana Reis", "json:author")]),
        ({"authors": [{"firstName": "Ana", "lastName": "Reis"}]}, "people", [("Ana Reis", "json:authors")]),
        ({"credits": {"by": [{"name": "Ana Reis"}]}}, "byline", [("Ana Reis", "json:credits.by[].name")]),
        ({"bylines": [{"by": "Ana Reis"}]}, "byline", [("Ana Reis", "json:bylines[].by")]),
        ({"dateline": "NARA, Japan (AP) —"}, "dateline", [("NARA, Japan (AP) —", "json:dateline")]),
        ({"tags": "a; b,c"}, "keywords", [("a", "json:tags"), ("b", "json:tags"), ("c", "json:tags")]),
        ({"source": {"id": 3, "name": "Lamp"}}, "source", [("Lamp", "json:source")]),
        ({"GUID": 17}, "ids", [("17", "json:GUID")]),
        ({"author": 5}, "people", []),
        ({"tags": [1, 2, "a"]}, "keywords", [("a", "json:tags")]),
        ({"byline": {"original": "By Ana Reis"}}, "people", [("By Ana Reis", "json:byline")]),
    ],
)
def test_aliases(record: dict[str, Any], field: str, claims: list[tuple[str, str]]) -> None:
    found = getattr(draft({"body": "text"} | record), field)

    assert [claim.value for claim in found] == [value for value, _ in claims]
    assert all(how in ("", claim.how) for claim, (_, how) in zip(found, claims, strict=True))


@pytest.mark.parametrize(
    ("record", "places"),
    [
        ({"location": "Nara, Japan"}, [("Nara, Japan", "", "", "")]),
        ({"city": "Nara", "country": "Japan"}, [("Nara", "Nara", "", "Japan")]),
        ({"city": "Austin", "state": "Texas", "country": "US"}, [("Austin", "Austin", "Texas", "US")]),
        ({"location": {"city": "Nara", "country_code": "JP"}}, [("", "Nara", "", "JP")]),
        (
            {"contentLocation": {"name": "X", "address": {"addressLocality": "Nara", "addressCountry": "JP"}}},
            [("", "Nara", "", "JP")],
        ),
        ({"country": "us"}, []),
        ({"location": ["Nara", "Kobe"]}, [("Nara", "", "", ""), ("Kobe", "", "", "")]),
    ],
)
def test_places_in_parts_and_whole(record: dict[str, Any], places: list[tuple[str, str, str, str]]) -> None:
    found: list[PlaceClaim] = draft({"title": "t"} | record).places

    assert [(place.raw, place.city, place.region, place.country) for place in found] == places


def test_the_first_alias_goes_first_and_the_others_stay_in_extra() -> None:
    item = draft({"name": "C", "title": "B", "headline": "A", "id": 1})

    assert [claim.value for claim in item.headline] == ["A", "B", "C"]
    assert item.extra == {"title": "B", "name": "C"}


def test_the_canonical_url_serves_as_the_last_identity() -> None:
    item = draft({"title": "t", "guid": "g", "url": "https://a.example/1"})

    assert item.ids == [Claim("g", "json:guid"), Claim("https://a.example/1", "json:url")]


def test_the_users_map_overrides_the_aliases() -> None:
    record = {"title": "wrong", "meta": {"heads": [{"t": "right"}]}, "txt": "Body.", "who": "Ana Reis", "a.b": "2020"}
    item = draft(record, headline="meta.heads[0].t", text="txt", author="who", date="a.b")

    assert item.headline == [Claim("right", "json:meta.heads[0].t")]
    assert (item.body, item.byline[0].value, item.published[0].value) == ("Body.", "Ana Reis", "2020")
    assert item.extra == {"title": "wrong", "meta": {"heads": [{"t": "right"}]}}


def test_an_empty_path_switches_a_field_off() -> None:
    assert draft({"title": "t", "byline": "Ana Reis"}, byline="").byline == []


def test_a_map_for_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown field 'hedline'") as caught:
        checked_map({"hedline": "t"})

    assert caught.value.hint == "did you mean 'headline'?"


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a.b", [1, 2]),
        ("a[].b", [1, 2]),
        ("a[1].b", [2]),
        ("a[k=x].b", [2]),
        ("a[9].b", []),
        ("A.B", [1, 2]),
        ("x.y", [3]),
        ("nope", []),
    ],
)
def test_paths(path: str, values: list[Any]) -> None:
    assert resolve({"a": [{"b": 1}, {"b": 2, "k": "x"}], "x.y": 3}, path) == values


@given(st.text(alphabet="ab.[]=0 ", max_size=12))
def test_no_path_makes_resolving_raise(path: str) -> None:
    resolve({"a": [{"b": {"a": [1]}}], "b": "x"}, path)


def test_every_alias_is_its_own_only_in_its_field_or_said_twice_on_purpose() -> None:
    seen: dict[str, list[str]] = {}
    for field, aliases in ALIASES.items():
        for alias in aliases:
            seen.setdefault(alias, []).append(field)

    assert {alias: fields for alias, fields in seen.items() if len(fields) > 1} == {
        "versioncreated": ["published", "updated"],
        "rubrik": ["headline", "section"],  # Swedish, German
    }


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One\nline wrapped.\n    Two\nalso.\n    Three.", ["One line wrapped.", "Two also.", "Three."]),
        ("One.\n\tTwo\nmore.", ["One.", "Two more."]),
        ("A first paragraph ends here.\nA second one ends too.\nAnd a third.", None),
        ("x" * 130 + "\nshort", ["x" * 130, "short"]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("- a\n- b\n\nEnd.", ["- a\n- b", "End."]),
        ("", [""]),
    ],
)
def test_plain_text_becomes_paragraphs(text: str, paragraphs: list[str] | None) -> None:
    assert plain_paragraphs(text).split("\n\n") == (paragraphs or text.split("\n"))


def test_lines_wrapped_by_a_machine_are_joined() -> None:
    text = "The ferry left the harbour of the small town at seven in the\nmorning and had not gone a mile when\n"
    text = text.replace("when\n", "when the engine, which is old, gave\nup and the boat began to drift.\n\nEnd.")

    assert "\n" not in plain_paragraphs(text).split("\n\n")[0]


@given(st.text(alphabet="ab .\n\t  ", max_size=80))
def test_paragraphs_lose_no_letter(text: str) -> None:
    assert "".join(plain_paragraphs(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ("<p>One &amp; only.</p><p>Two.</p>", "One & only.\n\nTwo."),
        ("&lt;p&gt;One.&lt;/p&gt;", "One."),
        ("Profit of <P> rose; <GM> fell.", "Profit of <P> rose; <GM> fell."),
        ("a < b and c > d", "a < b and c > d"),
        ("<P>Old markup<P>Second", "Old markup\n\nSecond"),
        (["One.", "Two."], "One.\n\nTwo."),
        ([{"type": "p", "text": "One."}, {"type": "img"}, {"content": "Two."}], "One.\n\nTwo."),
        ({"rendered": "<p>One.</p>"}, "One."),
        ([{"type": "kicker", "content": "K"}, {"type": "html", "content": "<b>A</b> b"}, {"content": "c"}], "A b\n\nc"),
        (None, ""),
        (5, "5"),
    ],
)
def test_bodies_of_every_shape(value: Any, body: str) -> None:
    assert body_of(value)[0] == body
