"""Datelines of many wires, languages and scripts, and lines that only look like one."""

from __future__ import annotations

import pytest

from morgue.wire.dateline import scan

# text, place, agency, (year, month, day, weekday), beginning of the story
FOUND = [
    ("NARA, Japan (AP) — Deer bowed", "NARA, Japan", "AP", (0, 0, 0, -1), "Deer"),
    ("ATLANTA (AP) _ The Hawks lost", "ATLANTA", "AP", (0, 0, 0, -1), "The"),
    ("McALLEN, Texas (AP) — Ranchers", "McALLEN, Texas", "AP", (0, 0, 0, -1), "Ranchers"),
    ("ABOARD THE SEA EAGLE (AP) — Sailors", "ABOARD THE SEA EAGLE", "AP", (0, 0, 0, -1), "Sailors"),
    ("OSLO/STOCKHOLM, Oct 16 (Reuters) - Banks", "OSLO/STOCKHOLM", "Reuters", (0, 10, 16, -1), "Banks"),
    ("Jan 30 (Reuters) - Tin rose", "", "Reuters", (0, 1, 30, -1), "Tin"),
    ("(Reuters) - Tin rose", "", "Reuters", (0, 0, 0, -1), "Tin"),
    ("TRURO, N.S., March 2 - Herring", "TRURO, N.S.", "", (0, 3, 2, -1), "Herring"),
    ("AMARILLO Texas, March 9 - Ranchers", "AMARILLO Texas", "", (0, 3, 9, -1), "Ranchers"),
    ("WICHITA, Kan. March 11, Reuter - Mills", "WICHITA, Kan.", "Reuter", (0, 3, 11, -1), "Mills"),
    ("BETHESDA, Md., - March 4 - A lab", "BETHESDA, Md.", "", (0, 3, 4, -1), "A lab"),
    ("****SANTO DOMINGO, March 4 - Cane", "SANTO DOMINGO", "", (0, 3, 4, -1), "Cane"),
    ("RPT --ROTTERDAM, 2 March - Barges", "ROTTERDAM", "", (0, 3, 2, -1), "Barges"),
    ("(07-17) 13:09 PDT OAKLAND -- A bridge", "OAKLAND", "", (0, 0, 0, -1), "A bridge"),
    ("BOSTON (The Evening Lamp) -- Harbor", "BOSTON", "The Evening Lamp", (0, 0, 0, -1), "Harbor"),
    ("BOSTON--Harbor police", "BOSTON", "", (0, 0, 0, -1), "Harbor"),
    ("OTTAWA - A man was fined", "OTTAWA", "", (0, 0, 0, -1), "A man"),
    ("HERAT, Afghanistan -- A market", "HERAT, Afghanistan", "", (0, 0, 0, -1), "A market"),
    ("GAZA, Dec. 1 (Xinhua) -- Fishermen", "GAZA", "Xinhua", (0, 12, 1, -1), "Fishermen"),
    ("PERTH, Australia, Jan. 1(Xinhua) -- Swans", "PERTH, Australia", "Xinhua", (0, 1, 1, -1), "Swans"),
    ("UNITED NATIONS, April 3 (Xinhua) -- Envoys", "UNITED NATIONS", "Xinhua", (0, 4, 3, -1), "Envoys"),
    ("MADISON, Wis.--(BUSINESS WIRE)--June 5, 2013--Cheese", "MADISON, Wis.",
     "BUSINESS WIRE", (2013, 6, 5, -1), "Cheese"),
    ("NEW YORK, July 21, 2026 /PRNewswire/ -- Hats", "NEW YORK", "PRNewswire", (2026, 7, 21, -1), "Hats"),
    ("Vancouver, British Columbia--(Newsfile Corp. - January 13, 2026) - Ore", "Vancouver, British Columbia",
     "Newsfile Corp.", (2026, 1, 13, -1), "Ore"),
    ("TORONTO, ON / ACCESSWIRE / January 13, 2026 / Ore", "TORONTO, ON", "ACCESSWIRE", (2026, 1, 13, -1), "Ore"),
    ("MOSCOW, Monday (Reuters)", "MOSCOW", "Reuters", (0, 0, 0, 0), ""),
    ("AUSTIN, Texas, Tuesday — Bats", "AUSTIN, Texas", "", (0, 0, 0, 1), "Bats"),
    ("(Albany, NY - October 21) Snow", "Albany, NY", "", (0, 10, 21, -1), "Snow"),
    ("[CHICAGO, IL] – Wind", "CHICAGO, IL", "", (0, 0, 0, -1), "Wind"),
    ("WASHINGTON (October 24, 2025) — Members", "WASHINGTON", "", (2025, 10, 24, -1), "Members"),
    ("Washington, D.C.— Members", "Washington, D.C.", "", (0, 0, 0, -1), "Members"),
    ("WASHINGTON, DC Rep. Jane Roe rose", "WASHINGTON, DC", "", (0, 0, 0, -1), "Rep."),
    ("13 January 2026, Geneva – Doctors", "Geneva", "", (2026, 1, 13, -1), "Doctors"),
    ("13 January 2026 (New York) – Envoys", "New York", "", (2026, 1, 13, -1), "Envoys"),
    ("New Delhi [India], January 13 (ANI): Rain", "New Delhi, India", "ANI", (0, 1, 13, -1), "Rain"),
    ("NEW DELHI: The court sat", "NEW DELHI", "", (0, 0, 0, -1), "The"),
    ("SEOUL, Nov 26 AFP - A firm", "SEOUL", "AFP", (0, 11, 26, -1), "A firm"),
    ("Damascus, SANA- Workers", "Damascus", "SANA", (0, 0, 0, -1), "Workers"),
    ("Berlin (dpa) - Der Bundestag", "Berlin", "dpa", (0, 0, 0, -1), "Der"),
    ("Frankfurt/Main (dpa-AFX) - Der Dax", "Frankfurt/Main", "dpa-AFX", (0, 0, 0, -1), "Der"),
    ("Genève (ats) Le lac", "Genève", "ats", (0, 0, 0, -1), "Le lac"),
    ("Strasbourg, 10 juil 2024 (AFP) - Un pont", "Strasbourg", "AFP", (2024, 7, 10, -1), "Un"),
    ("Madrid, 13 ene (EFE).- El tren", "Madrid", "EFE", (0, 1, 13, -1), "El"),
    ("MADRID, 13 (EUROPA PRESS) - El tren", "MADRID", "EUROPA PRESS", (0, 0, 13, -1), "El"),
    ("(ANSA) - ROMA, 1 LUG - Il treno", "ROMA", "ANSA", (0, 7, 1, -1), "Il"),
    ("Lisboa, 13 jan 2026 (Lusa) – O comboio", "Lisboa", "Lusa", (2026, 1, 13, -1), "O"),
    ("DEN HAAG (ANP) - De trein", "DEN HAAG", "ANP", (0, 0, 0, -1), "De"),
    ("København /ritzau/ Toget", "København", "ritzau", (0, 0, 0, -1), "Toget"),
    ("Budapest, 2026. január 13., kedd (MTI) - A vonat", "Budapest", "MTI", (2026, 1, 13, 1), "A vonat"),
    ("Praha 13. ledna (ČTK) - Vlak", "Praha", "ČTK", (0, 1, 13, -1), "Vlak"),
    ("İSTANBUL, (DHA)- Vapur", "İSTANBUL", "DHA", (0, 0, 0, -1), "Vapur"),
    ("TEMPO.CO, Jakarta - Kereta", "Jakarta", "TEMPO.CO", (0, 0, 0, -1), "Kereta"),
    ("МОСКВА, 13 янв - РИА Новости. Поезд", "МОСКВА", "РИА Новости", (0, 1, 13, -1), "Поезд"),
    ("МОСКВА, 13 января. /ТАСС/. Поезд", "МОСКВА", "ТАСС", (0, 1, 13, -1), "Поезд"),
    ("ΑΘΗΝΑ, 13 Ιανουαρίου (ΑΠΕ-ΜΠΕ) - Το τρένο", "ΑΘΗΝΑ", "ΑΠΕ-ΜΠΕ", (0, 1, 13, -1), "Το"),
    ("نيقوسيا, 25-11-2023 (أ ف ب) - قطار", "نيقوسيا", "أ ف ب", (2023, 11, 25, -1), "قطار"),
    ("الرياض في 13 يناير /واس/ قطار", "الرياض", "واس", (0, 1, 13, -1), "قطار"),
    ("دمشق، سوريا (CNN) -- قطار", "دمشق، سوريا", "CNN", (0, 0, 0, -1), "قطار"),
    ("【6月18日 AFP】列車は", "", "AFP", (0, 6, 18, -1), "列車は"),
    ("[東京 １３日 ロイター] - 列車は", "東京", "ロイター", (0, 0, 13, -1), "列車は"),
    ("新华社北京4月24日电（记者张三）列车", "北京", "新华社", (0, 4, 24, -1), "列车"),
    ("北京（路透社）- 列车", "北京", "路透社", (0, 0, 0, -1), "列车"),
    ("(서울=연합뉴스) 홍길동 기자 = 열차는", "서울", "연합뉴스", (0, 0, 0, -1), "열차는"),
]  # fmt: skip

NONE = [
    "Mayor Roe — the veteran — said he would stay.",
    "TEHRAN-based painters showed their work.",
    "NATO said the alliance would answer.",
    "boston -- harbor police said",
    "It was in Boston -- where else -- that he said it",
    "In Lyon, France - where silk was made - the",
    "UP NEXT",
    "UPDATE: The road is open",
    "UPDATE — The road is open",
    "FACTBOX - Five facts about tin",
    "1. ISLANDERS BEGIN REPAIRS AS STORM MOVES ON",
    "On a per-share basis, the Camden, New Jersey-based firm",
    "1911: Two teams took part",
    "LEAD - 350 tonnes of ore",
    "WHEAT - US two hard amber durum",
    "YEAR - period ended October 31",
    "CHINA - The giant awakes",
    "ACME PACIFIC (AP) REPORTS EARNINGS",
    "Acme (NYSE: ACM) - The maker of anvils",
    "READING — A club for books",
    "Today in History, Jan. 13 - A king was born",
    "Moscow — Russia's capital — was quiet",
    "The Boston Lamp (AP) — said",
    "LOS ANGELES STARS - The team won",
    "Q: What is it?",
    "JANUARY (Reuters) - The",
    "",
    "—",
    "(((((((((((((((((((((",
]


@pytest.mark.parametrize(("text", "place", "agency", "date", "story"), FOUND, ids=[row[0][:30] for row in FOUND])
def test_dateline_is_found(text: str, place: str, agency: str, date: tuple[int, ...], story: str) -> None:
    found = scan.find(text)

    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert (found.year, found.month, found.day, found.weekday) == date
    assert text[found.end :].startswith(story)


@pytest.mark.parametrize("text", NONE)
def test_look_alike_is_none(text: str) -> None:
    assert scan.find(text) is None


def test_place_alone_counts_in_a_first_paragraph_only() -> None:
    assert scan.find("OTTAWA - A man was fined")
    assert scan.find("OTTAWA - A man was fined", weak=False) is None
    assert scan.find("OTTAWA (CP) - A man was fined", weak=False)


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("【ソウル＝山田花子】大統領は", "山田花子"),
        ("(워싱턴=연합뉴스) 홍길동 특파원 = 정부", "홍길동"),
        ("（中央社記者張三台北13日電）行政院", "張三"),
        ("МОСКВА, 13 янв — РИА Новости, Иван Петров. Суд", "Иван Петров"),
    ],
)
def test_byline_inside_the_dateline(text: str, byline: str) -> None:
    found = scan.find(text)

    assert found is not None
    assert found.byline == byline


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Oslo", "Oslo"),
        ("STOCKHOLM, Aug 29, 2014 (AFP) -", "STOCKHOLM"),
        ("SYDNEY March 22 AAP -", "SYDNEY"),
        ("Camden, N.J. (AP) —", "Camden, N.J."),
    ],
)
def test_field_reads_a_whole_dateline(text: str, place: str) -> None:
    found = scan.field(text)

    assert found is not None
    assert found.place == place


def test_hostile_text_costs_little() -> None:
    for text in ("A" * 100_000, "A, " * 50_000, "- " * 50_000, "(" * 100_000, "A (" * 30_000, "1. " * 50_000):
        scan.find(text)
