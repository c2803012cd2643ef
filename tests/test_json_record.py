"""Article <-> record: nothing is lost."""

from __future__ import annotations

import json
from typing import ForwardRef, get_args, get_origin, get_type_hints, is_typeddict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.json_record import KEYS, from_stored, to_article, to_record, to_stored
from morgue.json_types import Record
from morgue.model import Article, Origin, Person, Place, Published, Remark

TEXT = st.text(max_size=30)
NAME = st.text(min_size=1, max_size=20)
PERSON = st.builds(Person, name=NAME, role=TEXT, organisation=TEXT, place=TEXT)
# An empty part of a place is told as None, never as "".
PART = st.none() | NAME
PLACE = st.builds(Place, raw=TEXT, city=PART, region=PART, country=PART, country_how=TEXT)
PUBLISHED = st.none() | st.builds(
    Published, value=NAME, precision=st.sampled_from(["instant", "day", "month", "year", "none"]), raw=TEXT
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
ARTICLE = st.builds(
    Article,
    id=NAME,
    headline=TEXT,
    body=TEXT,
    subheads=st.lists(st.integers(0, 9)).map(tuple),
    published=PUBLISHED,
    updated=PUBLISHED,
    embargo=PUBLISHED,
    byline=st.lists(PERSON, max_size=3).map(tuple),
    byline_raw=TEXT,
    contributors=st.lists(PERSON, max_size=3).map(tuple),
    location=st.none() | PLACE,
    other_locations=st.lists(PLACE, max_size=2).map(tuple),
    source=TEXT,
    slug=TEXT,
    keywords=st.lists(NAME, max_size=3).map(tuple),
    language=TEXT,
    url=TEXT,
    rights=TEXT,
    status=st.sampled_from(["usable", "embargoed", "withheld", "canceled"]),
    version=TEXT,
    note=TEXT,
    furniture=st.lists(st.tuples(NAME, TEXT), max_size=3).map(tuple),
    provenance=st.dictionaries(NAME, TEXT, max_size=3),
    remarks=st.lists(st.builds(Remark, field=NAME, value=TEXT, why=TEXT, how=TEXT), max_size=2).map(tuple),
    extra=st.dictionaries(TEXT, JSON, max_size=3),
    origin=st.builds(Origin, path=TEXT, record=st.integers(0, 9), format=TEXT, sha256=TEXT, ingested=TEXT),
)


@given(ARTICLE)
def test_an_article_comes_back_from_its_json(article: Article) -> None:
    assert to_article(json.loads(json.dumps(to_record(article)))) == article


@given(ARTICLE)
def test_every_key_is_always_there_in_the_same_order(article: Article) -> None:
    assert tuple(to_record(article)) == KEYS


def fits(value: object, kind: object) -> bool:
    """Whether a value is of a type of json_types.py."""
    parts = get_args(kind)
    if is_typeddict(kind):
        hints = get_type_hints(kind)
        return isinstance(value, dict) and all(name in hints and fits(value[name], hints[name]) for name in value)
    if get_origin(kind) is list:
        return isinstance(value, list) and all(fits(member, parts[0]) for member in value)
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(fits(member, parts[1]) for member in value.values())
    if isinstance(kind, ForwardRef):  # `Json` within itself
        return True
    return any(fits(value, part) for part in parts) if parts else type(value) is kind


@given(ARTICLE)
def test_a_record_is_of_its_type(article: Article) -> None:
    record = to_record(article)

    assert tuple(Record.__annotations__) == tuple(record)
    assert fits(record, Record)
    assert fits(from_stored(to_stored(record)), Record)


@given(ARTICLE)
def test_a_record_comes_back_from_what_the_index_keeps_of_it(article: Article) -> None:
    record = to_record(article, words=7)

    assert from_stored(to_stored(record)) == record
    assert list(from_stored(to_stored(record))) == list(KEYS)


def test_what_is_stored_may_hold_every_key() -> None:
    """As an earlier version stored it."""
    record = to_record(Article(id="1", headline="Deer", body="Two."))

    assert from_stored(json.dumps(record).encode()) == record


@pytest.mark.parametrize("stored", [b"[]", b"3", b"{", b"null", b'"x"'])
def test_what_is_stored_but_no_record_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a JSON object|Expecting"):
        from_stored(stored)


def test_what_is_unknown_is_null() -> None:
    record = to_record(Article(id="a"))

    assert [record[key] for key in ("headline", "date", "location", "country", "source", "body")] == [None] * 6
    assert record["byline"] == []


def test_two_people_of_one_name_stay_two() -> None:
    article = Article(id="a", byline=(Person(name="Kim", role="Reporter"), Person(name="Kim", place="Seoul")))

    assert to_article(to_record(article)) == article


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({}, "the record has no 'id'"),
        ({"id": 7}, "the record has no 'id'"),
        ({"id": "a", "headline": 7}, "'headline' is not a text"),
        ({"id": "a", "byline": "X"}, "'byline' is not a list of str"),
        ({"id": "a", "status": "killed"}, "'status' is 'killed'; known: usable, embargoed, withheld, canceled"),
        ({"id": "a", "date": "2026", "date_precision": "week"}, "'date_precision' is 'week'"),
        ({"id": "a", "furniture": [["rule"]]}, "'furniture' is not a list of pairs"),
        ({"id": "a", "extra": []}, "'extra' is not an object"),
    ],
)
def test_a_record_that_is_none_is_refused_by_name(record: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("[", r"\[")):
        to_article(record)
