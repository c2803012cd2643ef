"""The table of fields is complete, and every consumer of it covers every field."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

import pytest

from morgue import fields
from morgue.archive import FACETS
from morgue.fields import FIELDS, Field
from morgue.index.document import SMALL_FIELDS
from morgue.json_record import KEYS, to_article, to_record
from morgue.languages import LANGUAGES
from morgue.model import Article, Context, Draft, Origin, Person, Place, Published
from morgue.query import parse
from morgue.readers.fields import ALIASES, mapper
from morgue.render.article_parts import below_lines
from morgue.render.reports import explained
from morgue.schema import document
from morgue.wire import resolve_draft
from support.paths import ROOT

SAMPLES: dict[str, Any] = {
    "text": "Harbour",
    "date": Published(value="2026-01-13", precision="day", raw="13 January 2026"),
    "person": (Person(name="Reiko Ishikawa", role="editor"),),
    "place": Place(raw="NARA, Japan", city="NARA", region="Kansai", country="JP", country_how="stated"),
    "list": ("cocoa", "shipping"),
}
OTHERS: dict[str, Any] = {
    "status": "withheld",
    "other_locations": (Place(raw="OSAKA", city="OSAKA", country="JP"),),
    "subheads": (1,),
    "furniture": (("rule", "---"),),
    "provenance": {"headline": "stated:json:headline"},
    "remarks": (),
    "extra": {"desk": "foreign"},
    "origin": Origin(path="a.json", format="json", ingested="2026-01-14T00:00:00Z"),
}


def attribute(field: Field) -> str:
    return field.attribute or field.name


STORED = [field for field in FIELDS if field.shape != "none"]


@cache
def full() -> Article:
    """An article that has every field."""
    return Article(**{attribute(field): OTHERS.get(field.name, SAMPLES.get(field.shape)) for field in STORED})


def with_(condition: str) -> list[Field]:
    return [field for field in FIELDS if getattr(field, condition)]


def named(field: Field) -> str:
    return field.name


def test_every_attribute_of_an_article_is_in_the_table() -> None:
    assert {attribute(field) for field in STORED} == set(Article.__slots__)


def test_every_list_of_claims_of_a_draft_is_in_the_table() -> None:
    lists = {name for name, value in ((name, getattr(Draft(format="x"), name)) for name in Draft.__slots__)
             if isinstance(value, list)}  # fmt: skip

    assert {field.claims for field in with_("claims")} == lists - {"people", "problems"}  # people: names of the byline


def test_an_article_with_every_field_survives_as_a_record() -> None:
    record = to_record(full())

    assert tuple(sorted(record)) == tuple(sorted(KEYS))
    assert to_article(record) == full()


@pytest.mark.parametrize("field", [field for field in STORED if field.keys], ids=named)
def test_a_field_is_in_the_record(field: Field) -> None:
    assert to_record(full())[field.keys.split()[0]] or field.name == "remarks"


@pytest.mark.parametrize("field", with_("words"), ids=named)
def test_a_field_of_words_is_indexed_word_by_word(field: Field) -> None:
    assert document(full()).texts[field.name]


@pytest.mark.parametrize("field", with_("column"), ids=named)
def test_a_column_is_indexed(field: Field) -> None:
    made = document(full(), digest=1)
    found = {
        "value": made.values.get(field.name),
        "number": made.numbers.get(field.name),
        "date": made.numbers.get(f"{field.name}_from"),
    }

    assert found[field.column] is not None


def test_the_numbers_of_word_fields_are_those_of_the_file_format() -> None:
    """A segment keeps its dictionary in this order: a new field goes last, none ever moves."""
    assert SMALL_FIELDS == (
        "byline", "contributor", "location", "source", "slug", "keywords", "note", "section", "edition", "sender",
    )  # fmt: skip
    assert sorted(field.words for field in with_("words")) == list(range(1, len(SMALL_FIELDS) + 1))


def test_a_change_of_what_is_indexed_raises_the_schema_version() -> None:
    """Pins the fields, columns and stemmers of a version; `morgue repair` rebuilds an archive of an earlier one."""
    indexed = [(field.name, field.words, field.column) for field in FIELDS if field.words or field.column]
    stemmed = [(known.code, known.stemmer, known.elisions) for known in LANGUAGES if known.stemmer or known.elisions]
    pinned = sha256(repr((sorted(indexed), sorted(stemmed))).encode()).hexdigest()[:16]

    assert (fields.SCHEMA_VERSION, pinned) == (2, "8504ef3c412cd9d8")


@pytest.mark.parametrize("field", with_("facet"), ids=named)
def test_a_facet_is_a_value_column(field: Field) -> None:
    assert field.column == "value"
    assert field.name in FACETS


VALUES = {"value": "usable", "date": "2026", "number": "5", "text": "harbour"}


@pytest.mark.parametrize("field", with_("query"), ids=named)
def test_a_query_can_name_a_field_by_all_its_names(field: Field) -> None:
    value = {"country": "Japan", "language": "en"}.get(field.name, VALUES.get(field.kind, ""))
    trees = {repr(parse(f"{name}:{value}").tree).partition("start=")[0] for name in field.query.split()}

    assert field.kind != "none"
    assert len(trees) == 1


@pytest.mark.parametrize("syntax", ["lexis", "factiva", "lucene", "whoosh"])
def test_no_name_of_a_query_language_is_two_fields(syntax: fields.Syntax) -> None:
    told = [name.lower() for field in FIELDS for name in getattr(field, syntax).split() if name != "-"]

    assert len(told) == len(set(told))
    assert set(fields.written_in(syntax)) <= set(fields.read_in(syntax).values())


def test_no_name_in_queries_is_two_fields() -> None:
    told = [name for field in FIELDS for name in field.query.split()]

    assert len(told) == len(set(told))


@pytest.mark.parametrize("field", [field for field in with_("claims") if field.shape in ("text", "list")], ids=named)
def test_what_a_source_states_becomes_the_field(field: Field) -> None:
    key = field.aliases.split()[0]
    stated = "usable" if field.name == "status" else "Harbour"
    draft = mapper({}, "json").draft({key: stated, "title": "Opening", "body": "Text of it."}, Draft(format="json"))
    article = resolve_draft(draft, Context(path="a.json", now=1_800_000_000.0))

    assert isinstance(article, Article)
    assert getattr(article, attribute(field)) in (stated, (stated,))


def test_every_alias_is_taken() -> None:
    assert set(ALIASES) == {attribute(field) for field in with_("aliases")}


@pytest.mark.parametrize("field", with_("label"), ids=named)
def test_a_field_with_a_label_is_shown_below_the_text(field: Field) -> None:
    assert field.label in [name for name, _ in below_lines(to_record(full()), provenance=False)]


@pytest.mark.parametrize("field", with_("explained"), ids=named)
def test_an_explained_field_is_listed(field: Field) -> None:
    assert f"\n{field.keys.split()[0]} " in "\n" + explained(to_record(full()))


@pytest.mark.parametrize("field", with_("query"), ids=named)
def test_the_query_document_names_a_field_by_all_its_names(field: Field) -> None:
    text = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")

    assert [name for name in field.query.split() if f"`{name}:" not in text] == []
