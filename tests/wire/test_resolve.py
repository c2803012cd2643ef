"""What resolving believes: text against structured claims, sanity rules, dates, status, furniture."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from morgue.model import Article, Claim, Context, Draft, Person, PlaceClaim, Rejected, Remark
from morgue.wire import resolve_draft

NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()


def _story(body: str = "", **fields: Any) -> Article:
    found = resolve_draft(Draft(format="test", body=body, **fields), Context(path="a.xml", now=NOW))
    assert isinstance(found, Article)
    return found


def _wire(body: str, path: str = "a.txt", **context: Any) -> Article:
    found = resolve_draft(Draft(format="text", layout="wire", body=body), Context(path=path, now=NOW, **context))
    assert isinstance(found, Article)
    return found


def _refused(article: Article, field: str) -> list[Remark]:
    return [remark for remark in article.remarks if remark.field == field]


def test_dateline_in_the_text_outranks_a_structured_place() -> None:
    article = _story(
        "ALEPPO (Reuters) - Shops opened.", places=[PlaceClaim(how="g2:located", city="Beirut", country="LB")]
    )

    assert article.location is not None
    assert article.location.raw == "ALEPPO"
    assert article.location.country == "SY"
    assert _refused(article, "location")[0].value.startswith("Beirut")
    assert article.body == "Shops opened."


def test_dateline_without_a_place_outranks_a_default() -> None:
    article = _story("Jan 30 (Reuters) - Tin rose.", places=[PlaceClaim(how="g2:located", city="Mumbai")])

    assert article.location is None
    assert article.provenance["location"] == "missing"


def test_desk_default_is_refused() -> None:
    article = _story(
        "Tin rose.", source=[Claim("Reuters", "g2:provider")], places=[PlaceClaim(how="g2:located", city="Bangalore")]
    )

    assert article.location is None
    assert "default" in _refused(article, "location")[0].why


@pytest.mark.parametrize("value", ["2017-01-02T22:28:00Z", "4/4/2018", "Yes", "20140716T081015+0000", "Reuters", "404"])
def test_dateline_element_without_a_place_is_refused(value: str) -> None:
    article = _story("A text.", dateline=[Claim(value, "nitf:dateline")])

    assert article.location is None
    assert _refused(article, "location")


def test_place_that_is_the_writer_is_refused() -> None:
    article = _story("A text.", byline=[Claim("Rosa Oakes, State University", "json:byline")],
                     places=[PlaceClaim(how="ninjs:located", raw="Rosa Oakes, Michigan")])  # fmt: skip

    assert article.location is None


def test_structured_place_completes_the_same_city() -> None:
    article = _story(
        "SPRINGFIELD (AP) — A fair.", places=[PlaceClaim(how="x", city="Springfield", region="Illinois", country="US")]
    )

    assert article.location is not None
    assert (article.location.raw, article.location.region, article.location.country) == (
        "SPRINGFIELD",
        "Illinois",
        "US",
    )


def test_text_that_looks_like_a_dateline_is_remarked() -> None:
    article = _story("QWXZVILLE - A fair opened in the town on the hill.")

    assert article.location is None
    assert _refused(article, "location")[0].value.startswith("QWXZVILLE")


@pytest.mark.parametrize(
    "value", ["gr/bp", "daa/mt/msr", "oakes.rosa", "VRG", "What the vote means for the harbor and its people today"]
)
def test_byline_that_is_none_is_refused(value: str) -> None:
    article = _story("A text.", byline=[Claim(value, "nitf:byline")])

    assert article.byline == ()
    assert article.provenance["byline"] == "missing"
    assert _refused(article, "byline")


def test_person_in_the_text_beats_a_generic_credit_in_a_field() -> None:
    article = _story("By Rosa Oakes\n\nA text about tin.", byline=[Claim("Staff Reporter", "nitf:byline")])

    assert [p.name for p in article.byline] == ["Rosa Oakes"]
    assert article.provenance["byline"] == "stated:text"
    assert article.body == "A text about tin."


def test_generic_credit_is_kept_as_printed() -> None:
    article = _story("A text.", byline=[Claim("By The Associated Press", "nitf:byline")])

    assert article.byline == ()
    assert article.byline_raw == "By The Associated Press"
    assert article.provenance["byline"] == "stated:nitf:byline"


def test_stated_names_take_role_and_employer_from_the_line() -> None:
    article = _story("A text.", people=[Claim("Rosa Oakes", "nitf:person"), Claim("Doe, Jane", "nitf:person")],
                     byline=[Claim("By Rosa Oakes, AP Sports Writer", "nitf:byline")])  # fmt: skip

    assert article.byline == (
        Person(name="Rosa Oakes", role="Sports Writer", organisation="AP"),
        Person(name="Jane Doe"),
    )


def test_credit_line_beats_a_list_that_turns_names_round() -> None:
    article = _story(
        "A text.", people=[Claim("Oakes Rosa", "g2:creator")], byline=[Claim("Rosa Oakes, Tom Ashe", "g2:by")]
    )

    assert [person.name for person in article.byline] == ["Rosa Oakes", "Tom Ashe"]


@pytest.mark.parametrize("value", ["3013-04-02T10:00:00Z", "YYYYMMDD000000-HHMM", "1492-10-12", "soon"])
def test_impossible_date_is_refused_and_the_next_claim_believed(value: str) -> None:
    article = _story("A text.", published=[Claim(value, "rss:pubDate"), Claim("2020-01-02", "rss:date")])

    assert article.published is not None
    assert article.published.value == "2020-01-02"
    assert _refused(article, "published")[0].value == value


def test_update_older_than_the_publication_is_remarked() -> None:
    article = _story("A text.", published=[Claim("2020-01-09", "a")], updated=[Claim("2020-01-02", "b")])

    assert article.updated is not None
    assert _refused(article, "updated")


@pytest.mark.parametrize(
    ("text", "context", "value", "how"),
    [
        ("OSLO, Oct 12 (Reuters) - Tin.", {}, "XXXX-10-12", "stated:dateline"),
        ("OSLO, Oct 12, 2020 (Reuters) - Tin.", {}, "2020-10-12", "stated:dateline"),
        ("OSLO, Oct 12 (Reuters) - Tin.", {"date": "2020"}, "2020-10-12", "derived:dateline+option"),
        ("OSLO, Dec 31 (Reuters) - Tin.", {"date": "2021-01-01"}, "2020-12-31", "derived:dateline+option"),
        ("OSLO, Jan 2 (Reuters) - Tin.", {"date": "2021-01-01"}, "2021-01-02", "derived:dateline+option"),
        ("OSLO, Oct 12 (Reuters) - Tin.\n\n(c) Copyright Reuters 2019", {}, "2019-10-12", "derived:dateline+copyright"),
        ("MADRID, 13 (EUROPA PRESS) - Tin.", {"date": "2021-01-14"}, "2021-01-13", "derived:dateline+option"),
        ("Tin rose in quiet trade today.", {"date": "2021-01-14"}, "2021-01-14", "stated:option"),
        ("Tin rose in quiet trade today.", {"modified": 1610000000.0}, None, "missing"),
        ("Tin rose until Tuesday in quiet trade.", {"date": "2021-01-14"}, "2021-01-14", "stated:option"),
    ],
)
def test_date_without_year(text: str, context: dict[str, Any], value: str | None, how: str) -> None:
    article = _wire(text, **context)

    assert (article.published.value if article.published else None) == value
    assert article.provenance["published"] == how


def test_stated_date_far_from_the_dateline_is_remarked() -> None:
    article = _story("OSLO, March 2 (Reuters) - Tin.", published=[Claim("2020-10-12", "x")])

    assert article.published is not None
    assert article.published.value == "2020-10-12"
    assert _refused(article, "published")


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"status": [Claim("stat:canceled", "g2:pubStatus")]}, "canceled"),
        ({"status": [Claim("stat:withheld", "g2:pubStatus")]}, "withheld"),
        ({"status": [Claim("Embargoed", "newsml:Status")]}, "embargoed"),
        ({"status": [Claim("Usable", "newsml:Status")]}, "usable"),
        ({"embargo": [Claim("2030-01-01T00:00:00Z", "nitf:date.release")]}, "embargoed"),
        ({"embargo": [Claim("2020-01-01T00:00:00Z", "nitf:date.release")]}, "usable"),
        ({}, "usable"),
    ],
)
def test_status(claims: dict[str, list[Claim]], status: str) -> None:
    assert _story("A text.", **claims).status == status


def test_embargo_in_the_text() -> None:
    article = _wire("EMBARGOED UNTIL 13 January 2027\n\nTin found on the moon\n\nOSLO (AP) — Tin was found.")

    assert article.status == "embargoed"
    assert article.embargo is not None
    assert article.embargo.value == "2027-01-13"
    assert article.headline == "Tin found on the moon"


WIRE = """\
BC-AS--Harbor Talks, 1st Ld-Writethru,416<
Eds: Adds details, quotes.
Harbor towns agree to share icebreaker
By ROSA OAKES
AP Business Writer
   OTARU, Japan (AP) _ Two harbor towns agreed on Tuesday to share an
icebreaker, their mayors said, and to build a joint office on the pier
within a year.
   The larger town pays two thirds of the cost of coal, and of the per-
ton fee for the pier.
   ``It is a start,'' one said.
-30-
"""


def test_wire_copy_with_headers() -> None:
    article = _wire(WIRE)

    assert article.headline == "Harbor towns agree to share icebreaker"
    assert article.slug.startswith("BC-AS--Harbor Talks")
    assert article.version == "1st Ld-Writethru"
    assert article.byline == (Person(name="ROSA OAKES", role="Business Writer", organisation="AP"),)
    assert article.note == "Eds: Adds details, quotes."
    assert article.body.split("\n\n") == [
        "Two harbor towns agreed on Tuesday to share an icebreaker, their mayors said, and to build a joint office on "
        "the pier within a year.",
        "The larger town pays two thirds of the cost of coal, and of the per-ton fee for the pier.",
        "``It is a start,'' one said.",
    ]
    assert [kind for kind, _ in article.furniture] == ["slug", "note", "byline", "byline", "dateline", "endmark"]


REUTERS = """\
UPDATE 2-Tin hits three-month high on mine strike

(Adds analyst, updates prices)

* Miners in third week of strike

By Rosa Oakes and Tom Ashe

LONDON, Oct 12 (Reuters) - Tin hit its highest in three months on Monday.

Stocks are low, traders said.

(Reporting by Rosa Oakes in London and Tom Ashe in Lima; Additional reporting by Li Wei; Editing by Jo Birch)

((rosa.oakes@example.com))
"""


def test_reuters_copy() -> None:
    article = _wire(REUTERS)

    assert article.headline == "UPDATE 2-Tin hits three-month high on mine strike"
    assert article.version == "UPDATE 2"
    assert [p.name for p in article.byline] == ["Rosa Oakes", "Tom Ashe"]
    assert article.contributors == (
        Person(name="Rosa Oakes", role="reporting", place="London"),
        Person(name="Tom Ashe", role="reporting", place="Lima"),
        Person(name="Li Wei", role="additional reporting"),
        Person(name="Jo Birch", role="editing"),
    )
    assert article.body == "Tin hit its highest in three months on Monday.\n\nStocks are low, traders said."
    assert "(Adds analyst, updates prices)" in article.note


RELEASE = """\
FOR IMMEDIATE RELEASE
Contact: Rosa Oakes, 555-0100

Acme opens a new anvil works

A second line that says more about it

PITTSBURGH, Pa., July 21, 2026 /PRNewswire/ -- Acme said it had opened a works.

The works makes anvils.

###

About Acme
Acme makes anvils and has done so since 1920.

Contact: press@example.com
"""


def test_press_release() -> None:
    article = _wire(RELEASE)

    assert article.headline == "Acme opens a new anvil works"
    assert article.published is not None
    assert article.published.value == "2026-07-21"
    assert article.location is not None
    assert article.location.country == "US"
    assert article.source == "PRNewswire"
    assert "A second line that says more about it" in article.body
    assert "The works makes anvils." in article.body
    assert "###" not in article.body
    assert "press@example.com" not in article.body


def test_german_copy_with_a_block_that_is_not_for_print() -> None:
    article = _wire(
        "Hafen bekommt Eisbrecher\n\nVon Anna Birke, dpa\n\nHamburg (dpa) - Der Hafen bekommt einen Eisbrecher.\n\n"
        "Er kostet viel.\n\nThe following information is not intended for publication\n\ndpa contacts: Max Eich\n"
    )

    assert article.headline == "Hafen bekommt Eisbrecher"
    assert [p.name for p in article.byline] == ["Anna Birke"]
    assert article.location is not None
    assert article.location.country == "DE"
    assert article.body == "Der Hafen bekommt einen Eisbrecher.\n\nEr kostet viel."


def test_neither_headline_nor_body_is_rejected() -> None:
    found = resolve_draft(Draft(format="text", record=3, layout="wire", body=" \n\n "), Context(path="a.txt", now=NOW))

    assert found == Rejected("a.txt", 3, "there is neither a headline nor a body")


def test_identity() -> None:
    assert _story("A text.").id == "a.xml"
    assert _story("A text.", record=4).id == "a.xml#4"
    assert _story("A text.", ids=[Claim("urn:x:1", "guid")]).id == "urn:x:1"


def test_locked_place_and_date_are_not_overruled() -> None:
    article = _story(
        "ALEPPO, Jan 3, 2020 (Reuters) - Shops opened.",
        places=[PlaceClaim(how="sidecar:location", raw="Beirut, Lebanon")],
        published=[Claim("2019-05-06", "sidecar:published")],
        locked=frozenset({"location", "published"}),
    )

    assert article.location is not None
    assert article.location.city == "Beirut"
    assert article.published is not None
    assert article.published.value == "2019-05-06"
    assert article.body == "Shops opened."


def test_deck_above_a_dateline_stays_in_the_body() -> None:
    article = _story("Bill Now Goes to the Governor\n\nCAMDEN, N.J. – The bill passed.")

    assert article.location is not None
    assert article.location.raw == "CAMDEN, N.J."
    assert article.body == "Bill Now Goes to the Governor\n\nThe bill passed."


def test_marked_subheads_keep_their_places() -> None:
    article = _story("OSLO (AP) — One.\n\nBy ROSA OAKES\n\nA head\n\nTwo.\n\n___\n\nEnd.", subheads=(2,))

    assert article.body.split("\n\n")[article.subheads[0]] == "A head"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("EMBARGOED – NOT FOR PUBLICATION BEFORE THE CEREMONY", "embargoed"),
        ("HOLD - HOLD - HOLD -- DO NOT PUBLISH BEFORE CONFIRMATION", "withheld"),
        ("MANDATORY KILL", "canceled"),
    ],
)
def test_status_in_the_head_of_the_text(head: str, status: str) -> None:
    article = _wire(f"{head}\n\nBell goes home\n\nOSLO (AP) — A bell went home.")

    assert (article.status, article.headline) == (status, "Bell goes home")


CARETS = """\
AS--Harbor Talks-Ice, 1st Ld-Writethru,340<
^Harbor towns share an icebreaker<
^AP Photo TKHB101, TKHB102<
^Eds: UPDATES throughout. With AP Photos.<
^Associated Press=

OTARU, Japan (AP) — Two harbor towns agreed to share an icebreaker.
"""


def test_lines_between_carets() -> None:
    article = _wire(CARETS)

    assert article.headline == "Harbor towns share an icebreaker"
    assert article.version == "1st Ld-Writethru"
    assert (article.byline, article.byline_raw) == ((), "Associated Press")
    assert article.body == "Two harbor towns agreed to share an icebreaker."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Bell goes home\nHarbor Courier, 19 July 2023\n\nOSLO — A bell went home.", "2023-07-19"),
        ("Bell goes home\nBy Harbor Lamp staff\nMay 25, 2021\n\nOSLO — A bell went home.", "2021-05-25"),
        ("Bell goes home\n\nSeptember 2009\n\nA bell went home by ship and was hung in its old tower.", "2009-09"),
        ("Pune, 18 July 2023\n\nA bell went home by ship and was hung in its old tower again.", "2023-07-18"),
        ("OSLO — A bell went home.\n\nIt rang.\n\nSept. 3, 2025", "2025-09-03"),
        ("OSLO — A bell went home.\n\nIt rang.\n\nThe Canadian Press, Copyright 2016", "2016"),
    ],
)
def test_dates_on_lines_of_their_own(text: str, value: str) -> None:
    article = _wire(text)

    assert article.published is not None
    assert article.published.value == value
    assert all(word not in article.body for word in ("2023", "2021", "2009", "2025", "2016"))


def test_a_day_in_the_url_beats_a_weekday_outside_wire_copy() -> None:
    article = _story("High water on Sunday was late.", url=[Claim("https://lamp.example/2026/06/22/tide", "link")])

    assert article.published is not None
    assert article.published.value == "2026-06-22"
    assert article.provenance["published"] == "derived:url"


def test_a_place_that_the_source_states_vouches_for_the_dateline() -> None:
    article = _story("Kleinkuhdorf - Die Kuh ist weg.", dateline=[Claim("Kleinkuhdorf", "newsml1:DateLine")])

    assert article.body == "Die Kuh ist weg."
    assert article.location is not None
    assert article.location.city == "Kleinkuhdorf"


def test_first_names_that_are_agencies_too() -> None:
    article = _story("A text.", byline=[Claim("Petra Birke", "csv:author")])

    assert [person.name for person in article.byline] == ["Petra Birke"]
