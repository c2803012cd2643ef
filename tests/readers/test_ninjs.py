"""ninjs in its versions, AP Media API items, dpa's digital wires: JSON that has its own reader or only aliases."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream


def read(value: Any, name: str = "-", **options: Any) -> list[Draft | Rejected]:
    return list(read_stream(io.BytesIO(json.dumps(value).encode()), name, ReadOptions(**options)))


def one(value: Any) -> Draft:
    (item,) = read(value)
    assert isinstance(item, Draft), item
    return item


def values(claims: list[Any]) -> list[str]:
    return [claim.value for claim in claims]


ONE = {
    "guid": "urn:lamp:1",
    "type": "text",
    "version": "2",
    "versioncreated": "2020-03-05T10:00:00+0000",
    "firstcreated": "2020-03-04T10:00:00+0000",
    "embargoed": "2020-03-06T00:00:00+00:00",
    "pubstatus": "usable",
    "urgency": 4,
    "language": "en-GB",
    "headline": "Hens <em>strike</em>",
    "slugline": "Hens-Strike",
    "byline": "By Ana Reis",
    "located": "Odense",
    "body_html": "<p>One.</p><p><b>Head</b></p><p>Two.</p>",
    "body_text": "One.\nHead\nTwo.",
    "ednote": "Adds quote",
    "copyrightnotice": "(c) Lamp",
    "source": "Lamp Wire",
    "subject": [{"code": "1", "name": "farming"}],
    "keywords": ["hens"],
    "authors": [{"name": "A. Reis", "role": "author"}],
    "associations": {"featuremedia": {"type": "picture"}},
}
THREE = {
    "uri": "https://lamp.example/1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "version": "2",
    "versionCreated": "2020-03-05T10:00:00Z",
    "firstCreated": "2020-03-04T10:00:00Z",
    "embargoed": "2020-03-06T00:00:00Z",
    "pubStatus": "usable",
    "language": "en-GB",
    "headlines": [{"role": "short", "value": "Hens"}, {"role": "main", "value": "Hens strike"}],
    "bodies": [
        {"role": "text", "contentType": "text/plain", "value": "Hens strike\n\nOne.\n\nHead\n\nTwo."},
        {
            "role": "html",
            "contentType": "text/html",
            "value": "<h1>Hens strike</h1><p>One.</p><h2>Head</h2><p>Two.</p>",
        },
    ],
    "by": "By Ana Reis",
    "located": "Odense",
    "edNote": "Adds quote",
    "slugline": "Hens-Strike",
    "copyrightNotice": "(c) Lamp",
    "infoSources": [{"role": "source", "name": "Lamp Wire"}],
    "subjects": [{"name": "farming"}],
}


@pytest.mark.parametrize("item", [ONE, THREE], ids=["1.x", "3.0"])
def test_the_versions_say_the_same(item: dict[str, Any]) -> None:
    found = one(item)

    assert (found.format, found.record) == ("ninjs", 0)
    assert values(found.headline)[0] == "Hens strike"
    assert (found.body, found.subheads) == ("One.\n\nHead\n\nTwo.", (1,))
    assert values(found.published)[0][:10] == "2020-03-04"
    assert values(found.updated)[0][:10] == "2020-03-05"
    assert values(found.embargo)[0][:10] == "2020-03-06"
    assert (values(found.byline), values(found.people)) == (["By Ana Reis"], [])
    assert [place.raw for place in found.places] == ["Odense"]
    assert (values(found.source), values(found.slug)) == (["Lamp Wire"], ["Hens-Strike"])
    assert (values(found.version), values(found.status)) == (["2"], ["usable"])
    assert (values(found.language), values(found.note)) == (["en-GB"], ["Adds quote"])
    assert "farming" in values(found.keywords)
    assert values(found.ids) == [item.get("uri") or item["guid"]]


def test_what_no_field_takes_stays_in_extra() -> None:
    assert set(one(ONE).extra) == {"type", "urgency", "subject", "keywords", "authors", "associations"}


def test_authors_count_when_there_is_no_byline_and_editors_never() -> None:
    authors = [{"name": "Bo Ek", "role": "editor"}, {"name": "Ana Reis", "role": "author"}, {"name": "Cy Lo"}]
    found = one({**ONE, "byline": None, "authors": authors})

    assert (values(found.byline), values(found.people)) == ([], ["Ana Reis", "Cy Lo"])


def test_nitf_inside_a_body() -> None:
    nitf = "<?xml version='1.0'?><nitf><body><body.content><p>One.</p><hl2>H</hl2></body.content></body></nitf>"
    found = one({**THREE, "bodies": [{"role": "nitf", "value": nitf}]})

    assert (found.body, found.subheads) == ("One.\n\nH", (1,))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type": "picture", "body_html": "", "body_text": ""}, "is of type picture and holds no story"),
        ({"type": "event", "body_html": None, "body_text": None}, "is of type event and holds no story"),
        ({"headline": "", "body_html": "", "body_text": ""}, "holds no headline and no text"),
    ],
)
def test_what_is_no_story(change: dict[str, Any], why: str) -> None:
    assert read({**ONE, **change}) == [Rejected("-", 0, why)]


def test_a_description_stands_in_for_a_missing_body() -> None:
    assert one({**ONE, "body_html": "", "body_text": "", "description_text": "Teaser."}).body == "Teaser."


def test_ninjs_in_lists_and_json_lines() -> None:
    listed = read({"_items": [ONE, {**ONE, "guid": "2"}]})
    lines = list(read_stream(io.BytesIO("\n".join([json.dumps(ONE)] * 2).encode()), "a.jsonl"))

    assert [(item.record, isinstance(item, Draft) and item.format) for item in listed] == [(1, "ninjs"), (2, "ninjs")]
    assert [(item.record, isinstance(item, Draft) and item.format) for item in lines] == [(1, "ninjs"), (2, "ninjs")]


AP = {
    "uri": "https://api.example/content/1?qt=secret",
    "altids": {"itemid": "abc", "etag": "x"},
    "version": 3,
    "type": "text",
    "firstcreated": "2020-03-04T10:00:00Z",
    "versioncreated": "2020-03-05T10:00:00Z",
    "pubstatus": "usable",
    "headline": "Hens strike",
    "headline_extended": "Hens strike over corn",
    "bylines": [{"by": "By ANA REIS", "title": "AP Farm Writer"}],
    "datelinelocation": {"city": "Odense", "countryname": "Denmark", "countrycode": "DNK"},
    "body_nitf": "<body.content><block><p>ODENSE (AP) — One.</p><p>Two.</p></block></body.content>",
    "provider": "AP",
    "keywords": ["hens"],
}


@pytest.mark.parametrize(
    ("wrapped", "record"),
    [
        (AP, 0),
        ({"api_version": "1.1", "data": {"meta": {}, "item": AP}}, 0),
        ({"data": {"items": [{"meta": {}, "item": AP}]}}, 1),
    ],
)
def test_ap_media_items_however_wrapped(wrapped: Any, record: int) -> None:
    found = one(wrapped)

    assert (found.format, found.record) == ("apmedia", record)
    assert values(found.ids) == ["abc", "https://api.example/content/1"]
    assert values(found.headline) == ["Hens strike", "Hens strike over corn"]
    assert values(found.byline) == ["By ANA REIS, AP Farm Writer"]
    assert [(place.city, place.country) for place in found.places] == [("Odense", "Denmark")]
    assert found.body == "ODENSE (AP) — One.\n\nTwo."
    assert (values(found.published), values(found.version)) == (["2020-03-04T10:00:00Z", "2020-03-05T10:00:00Z"], ["3"])


def test_an_ap_picture_is_no_story() -> None:
    assert read({"data": {"item": {**AP, "type": "picture", "body_nitf": ""}}}) == [
        Rejected("-", 0, "is of type picture and holds no story")
    ]


def test_a_digital_wires_item_by_its_aliases() -> None:
    found = one(
        {
            "urn": "urn:newsml:lamp:1",
            "version_created": "2020-03-05T10:00:00+01:00",
            "headline": "Hühner streiken",
            "byline": "Von Ana Reis, Lamp",
            "dateline": "Odense (Lamp) - ",
            "article_html": '<section class="main"><p>Eins.</p><h2>Kopf</h2><p>Zwei.</p></section>',
            "creditline": "Lamp",
            "language": "de",
            "rights_notice": "(c)",
            "kicker": "Hennen",
        }
    )

    assert (values(found.ids), values(found.byline)) == (["urn:newsml:lamp:1"], ["Von Ana Reis, Lamp"])
    assert (values(found.dateline), found.body) == (["Odense (Lamp) -"], "Eins.\n\nKopf\n\nZwei.")
    assert (values(found.published), found.extra["kicker"]) == (["2020-03-05T10:00:00+01:00"], "Hennen")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("<nitf><p>x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(AP | ONE | THREE)), inner),
    max_leaves=6,
)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([ONE, THREE, AP]), st.dictionaries(st.sampled_from(sorted(AP | ONE | THREE)), anything))
def test_any_value_under_any_key_ends_as_draft_or_rejection(item: dict[str, Any], change: dict[str, Any]) -> None:
    for name in (None, "ninjs", "apmedia"):
        assert all(isinstance(found, Draft | Rejected) for found in read({**item, **change}, format_in=name))
