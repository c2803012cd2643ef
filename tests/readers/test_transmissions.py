"""ANPA 1312 and IPTC 7901: what stands in the header, above and after the text."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.transmissions import anpa, iptc7901
from support.page_samples import ANPA, IPTC7901, KYODO


def draft_of(data: bytes, module: object = anpa) -> Draft:
    (draft,) = module.read(io.BytesIO(data), "a", ReadOptions())  # type: ignore[attr-defined]
    assert isinstance(draft, Draft), draft
    return draft


def pairs(draft: Draft, field: str) -> list[tuple[str, str]]:
    return [(claim.value, claim.how) for claim in getattr(draft, field)]


def test_anpa_gives_caret_lines_and_story_apart() -> None:
    draft = draft_of(ANPA)

    assert (draft.format, draft.layout, draft.record) == ("anpa", "story", 0)
    assert pairs(draft, "headline") == [("Council votes to rebuild market", "anpa:headline")]
    assert pairs(draft, "byline") == [("By MARA LIND, Associated Press", "anpa:byline")]
    assert pairs(draft, "slug") == [("BC-OH--Fish Market", "anpa:slug"), ("BC-OH--Fish Market", "anpa:keyword")]
    assert pairs(draft, "version") == [("1st Ld-Writethru", "anpa:slug"), ("1stLd-Writethru", "anpa:keyword")]
    assert pairs(draft, "published") == [("AP-WF-03-04-24 0915GMT", "anpa:trailer")]
    assert pairs(draft, "source") == [("AP", "anpa:trailer")]
    assert [value for value, _ in pairs(draft, "note")] == ["AP Photo XOH101", "Eds: Updates with vote."]
    assert draft.body == "OLDHAVEN, England (AP) — The council “voted” on Monday.\n\nWork begins in spring."


def test_the_dateline_tells_day_and_month_of_a_trailer_apart() -> None:
    assert pairs(draft_of(KYODO), "published") == [("2018-12-09T21:37", "anpa:trailer")]
    assert pairs(draft_of(KYODO), "source") == [("Kyodo", "anpa:trailer")]
    assert pairs(draft_of(KYODO.replace(b"Dec. 9", b"Sept. 12")), "published")[0][0] == "2018-09-12T21:37"
    assert pairs(draft_of(KYODO.replace(b"Dec. 9,", b"")), "published") == []
    assert pairs(draft_of(KYODO.replace(b"09-12-18", b"09-22-18")), "published")[0][0] == "2018-09-22T21:37"


def test_a_headline_may_run_over_lines_and_a_table_keeps_its_rows() -> None:
    text = (
        b"\x16\x16\x01z1\x1f\r\nr z\x14\x12 BC-T   05-17 0820\r\n\x02^BC-T--Table<\r\n"
        b"^Standings of the\r\nwhole league=\r\n"
        b"^By The Associated Press=\r\n^East=\r\n\x08A;1;2;3\x10\r\n\x08B;4;5;6\x10\r\n\x03\x04"
    )
    draft = draft_of(text)

    assert pairs(draft, "headline") == [("Standings of the whole league", "anpa:headline")]
    assert draft.body == "East\nA;1;2;3\nB;4;5;6"


def test_a_list_of_caret_lines_below_the_headline_is_the_story() -> None:
    text = (
        b"\x16\x16\x01V4\x1f\r\n\x02^*9006< ^Top-News,0176<\r\n^Top News<\r\n^One thing\r\n^Another thing\r\n\x03\x04"
    )
    draft = draft_of(text)

    assert ([value for value, _ in pairs(draft, "headline")], draft.body) == (
        ["Top News"],
        "One thing\n\nAnother thing",
    )


def test_several_transmissions_in_one_file_are_numbered() -> None:
    found = list(anpa.read(io.BytesIO(ANPA + KYODO + ANPA[:-40]), "a.tst", ReadOptions()))

    assert [item.record for item in found] == [1, 2, 3]


def test_iptc_7901_gives_headline_byline_date_and_story() -> None:
    draft = draft_of(IPTC7901, iptc7901)

    assert pairs(draft, "headline") == [("Council votes to rebuild the old fish market", "iptc7901:headline")]
    assert pairs(draft, "byline") == [("By Mara Lönd, dpa", "iptc7901:byline")]
    assert pairs(draft, "published") == [("071341 GMT Okt 15", "iptc7901:trailer")]
    assert pairs(draft, "version") == [("1ST LEAD", "iptc7901:kicker")]
    assert pairs(draft, "source") == [("dpa", "iptc7901:header")]
    assert pairs(draft, "slug") == [("England-council", "iptc7901:keywords")]
    assert (
        draft.body
        == "Oldhaven (dpa) - The council voted on Monday to rebuild the old fish market.\n\nWork begins in spring."
    )
    assert "Ada Roe" in draft.extra["not_for_publication"]


@pytest.mark.parametrize("module", [anpa, iptc7901])
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x01W1 \r\n\x04", "a transmission without the byte that starts its text (STX)"),
        (b"\x01W1\x02\x03\x04", "a transmission without text"),
    ],
)
def test_frames_without_text_are_rejected(module: object, data: bytes, why: str) -> None:
    assert list(module.read(io.BytesIO(data), "a", ReadOptions())) == [Rejected("a", 0, why)]  # type: ignore[attr-defined]
