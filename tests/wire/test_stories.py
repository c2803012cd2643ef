"""Whole stories as wires of many countries write them, and copy that only looks like their furniture."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from morgue.model import Article, Context, Draft
from morgue.wire import resolve_draft, taglines


class Story(NamedTuple):
    """A text and what it must come to; `date` "" for none."""

    text: str
    headline: str
    people: list[str]
    place: str
    country: str | None
    date: str
    body: str


STORIES = {
    "dpa": Story(
        "Bundestag stimmt für neues Gesetz\nVon Anna Birke und Max Eich, dpa\n"
        "Berlin (dpa) - Der Bundestag hat am Dienstag ein Gesetz beschlossen. Es tritt im\nHerbst in Kraft.\n"
        "Die Opposition kritisierte den Entwurf.\n\n# dpa-Notizblock\n## Redaktionelle Hinweise\n- nur intern\n",
        "Bundestag stimmt für neues Gesetz", ["Anna Birke", "Max Eich"], "Berlin", "DE", "",
        "Der Bundestag hat am Dienstag ein Gesetz beschlossen. Es tritt im Herbst in Kraft.\n\n"
        "Die Opposition kritisierte den Entwurf.",
    ),
    "afp": Story(
        "Le tramway reprend à Lyon\n\nPar Marie LEROUX\n\nLyon, 13 jan 2026 (AFP) - Le tramway a repris mardi.\n\n"
        "Les usagers attendaient.\n\nmle/abc/dp\n",
        "Le tramway reprend à Lyon", ["Marie LEROUX"], "Lyon", "FR", "2026-01-13",
        "Le tramway a repris mardi.\n\nLes usagers attendaient.",
    ),
    "efe": Story(
        "El tren vuelve a circular\n\nMadrid, 13 ene (EFE).- El tren volvió a circular este martes.\n\n"
        "La línea llevaba tres días cerrada. EFE\n\njpf/mcm\n",
        "El tren vuelve a circular", [], "Madrid", "ES", "XXXX-01-13",
        "El tren volvió a circular este martes.\n\nLa línea llevaba tres días cerrada.",
    ),
    "tt": Story(
        "Tåget går igen\n\nStockholm (TT)\n\nPendeltåget går igen efter tre dagar.\n\nText: Anna Ek/TT\n",
        "Tåget går igen", ["Anna Ek"], "Stockholm", "SE", "", "Pendeltåget går igen efter tre dagar.",
    ),
    "pap": Story(
        "Pociągi znów kursują\n\nWarszawa (PAP) - Pociągi znów kursują - podało ministerstwo.\n\n"
        "Rzecznik zapewnił, że działa. (PAP)\n\njan/ mir/\n",
        "Pociągi znów kursują", [], "Warszawa", "PL", "",
        "Pociągi znów kursują - podało ministerstwo.\n\nRzecznik zapewnił, że działa.",
    ),
    "ansa": Story(
        "(ANSA) - ROMA, 13 GEN - I treni sono tornati a circolare. (ANSA).\n\nY28-XYZ\n",
        "", [], "ROMA", "IT", "XXXX-01-13", "I treni sono tornati a circolare.",
    ),
    "lusa": Story(
        "Trens voltam\n\nLisboa, 13 jan 2026 (Lusa) – Os comboios voltaram.\n\nABC // DEF\n\nLusa/Fim\n",
        "Trens voltam", [], "Lisboa", "PT", "2026-01-13", "Os comboios voltaram.",
    ),
    "antara": Story(
        "Kereta kembali\n\nJakarta (ANTARA) - Kereta kembali beroperasi.\n\nPewarta: Budi Santoso\n"
        "Copyright © ANTARA 2026\n",
        "Kereta kembali", ["Budi Santoso"], "Jakarta", "ID", "2026", "Kereta kembali beroperasi.",
    ),
    "ria": Story(
        "Поезда снова пошли\n\nМОСКВА, 13 янв — РИА Новости. Поезда снова пошли, сообщили в министерстве.\n",
        "Поезда снова пошли", [], "МОСКВА", "RU", "XXXX-01-13", "Поезда снова пошли, сообщили в министерстве.",
    ),
    "spa": Story(
        "قطارات الرياض تعود\n\nالرياض في 13 يناير 2026 /واس/ عادت القطارات إلى العمل اليوم.\n\n// انتهى //\n",
        "قطارات الرياض تعود", [], "الرياض", "SA", "2026-01-13", "عادت القطارات إلى العمل اليوم.",
    ),
    "xinhua": Story(
        "列车恢复运行\n\n新华社北京1月13日电（记者张三、李四）北京地铁恢复运行。\n\n发言人说，一切正常。（完）\n",
        "列车恢复运行", ["张三", "李四"], "北京", "CN", "XXXX-01-13",
        "北京地铁恢复运行。\n\n发言人说，一切正常。",
    ),
    "yomiuri": Story(
        "列車が運転再開\n\n【ソウル＝山田花子】ソウルの地下鉄は、運転を再開した。\n",
        "列車が運転再開", ["山田花子"], "ソウル", "KR", "", "ソウルの地下鉄は、運転を再開した。",
    ),
    "yonhap": Story(
        "서울 지하철 재개\n\n(서울=연합뉴스) 홍길동 기자 = 서울 지하철이 재개했다.\n\ngildong@example.com\n\n(끝)\n",
        "서울 지하철 재개", ["홍길동"], "서울", "KR", "", "서울 지하철이 재개했다.",
    ),
    "names above an agency's line": Story(
        "Acme to close plant\nJOHN ROE and JANE DOE\nAssociated Press\nCHICAGO (AP) — Acme will close its plant.\n",
        "Acme to close plant", ["JOHN ROE", "JANE DOE"], "CHICAGO", "US", "", "Acme will close its plant.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    story = STORIES[name]
    found = resolve_draft(Draft(format="text", layout="wire", body=story.text), Context(path="a.txt", now=1.8e9))

    assert isinstance(found, Article)
    assert found.headline == story.headline
    assert [person.name for person in found.byline] == story.people
    assert found.location is not None
    assert (found.location.raw, found.location.country) == (story.place, story.country)
    assert (found.published.value if found.published else "") == story.date
    assert found.body == story.body


@pytest.mark.parametrize(
    "headline",
    ["Embargo on tin lifted by ministers", "PM-led panel to meet on tin", "Sources: Acme to close plant",
     "Press release journalism is dying", "Kill the story, editors were told", "Second update for phones is late",
     "Contactless payment grows", "Ed-tech firm goes public", "Copyright reform stalls", "Sources of the Nile found"],
)  # fmt: skip
def test_headline_that_begins_like_furniture_stays_one(headline: str) -> None:
    text = f"{headline}\n\nLONDON (Reuters) - A panel met on Tuesday.\n"
    found = resolve_draft(Draft(format="text", layout="wire", body=text), Context(path="a.txt", now=1.8e9))

    assert isinstance(found, Article)
    assert found.headline == headline


@pytest.mark.parametrize(
    "paragraph",
    [
        "They had contributed over the decades to the fund that pays for the harbor.",
        "Written by a monk in the year 1200, the book was found in a cellar.",
        "Edited by hand and bound in leather, it weighs four pounds.",
        "The World Bank, Canada, Belgium and Sweden had contributed to the project, he said.",
        "Ed-tech companies have grown fast since the spring of that year.",
        "Copyright law was changed by parliament, and nobody noticed.",
        "More than 200 people came to the harbor to see the ice.",
        "Follow the money, the prosecutor told the court.",
    ],
)
def test_sentence_that_begins_like_furniture_stays_in_the_body(paragraph: str) -> None:
    text = f"OSLO (AP) — A panel met.\n\n___\n\n{paragraph}\n\nIt was cold.\n"
    found = resolve_draft(Draft(format="text", layout="wire", body=text), Context(path="a.txt", now=1.8e9))

    assert isinstance(found, Article)
    assert paragraph in found.body
    assert found.contributors == ()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("(Reporting by Rosa Oakes; Editing by Jo Birch)", [("Rosa Oakes", ""), ("Jo Birch", "")]),
        ("Associated Press writers Rosa Oakes in Cairo and Tom Ashe in Gaza City contributed to this report.",
         [("Rosa Oakes", "Cairo"), ("Tom Ashe", "Gaza City")]),
        ("Oakes reported from Cairo. Ashe reported from Rome.", [("Oakes", "Cairo"), ("Ashe", "Rome")]),
        ("AP journalist Rosa Oakes contributed.", [("Rosa Oakes", "")]),
        ("(Additional reporting by Rosa Oakes and Tom Ashe in Washington; writing by Li Wei)",
         [("Rosa Oakes", "Washington"), ("Tom Ashe", "Washington"), ("Li Wei", "")]),
    ],
)  # fmt: skip
def test_tagline_names_contributors(text: str, people: list[tuple[str, str]]) -> None:
    assert taglines.is_tagline(text)
    assert [(person.name, person.place) for person in taglines.contributors(text)] == people
