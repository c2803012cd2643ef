"""Credits: the people that they name, and the lines that are none."""

from __future__ import annotations

import pytest

from morgue.lexicon import AND, AUTHOR, BY, TEXT, spelled, words
from morgue.model import Person
from morgue.wire import byline

NAMES = [
    ("By ROSA OAKES", ["ROSA OAKES"]),
    ("By ROSA OAKES and TOM ASHE", ["ROSA OAKES", "TOM ASHE"]),
    ("By Rosa Oakes, Tom Ashe and Li Wei, Associated Press", ["Rosa Oakes", "Tom Ashe", "Li Wei"]),
    ("    by Rosa Oakes, Reuters.", ["Rosa Oakes"]),
    ("By Rosa Oakes, The Harbor Lamp-Tribune", ["Rosa Oakes"]),
    ("By Rosa Oakes, Press Association Political Correspondent", ["Rosa Oakes"]),
    ("By AP Sports Writer ROSA OAKES", ["ROSA OAKES"]),
    ("By ROSA OAKES - AP Business Writer", ["ROSA OAKES"]),
    ("Rosa Oakes and Tom Press", ["Rosa Oakes", "Tom Press"]),
    ("By Tom Ashe Jr., Special to the Lamp", ["Tom Ashe Jr."]),
    ("By Dr. Rosa Oakes, MD", ["Rosa Oakes"]),
    ("Prepared by Rosa Oakes (mail)", ["Rosa Oakes"]),
    ("Rosa Oakes, State University", ["Rosa Oakes"]),
    ("Rosa Oakes / Lampe.no", ["Rosa Oakes"]),
    ("By Frances d'Arc", ["Frances d'Arc"]),
    ("Von Anna Müller-Lüdenscheidt und Max Eich, dpa", ["Anna Müller-Lüdenscheidt", "Max Eich"]),
    ("Von Anna Birke (Text) und Max Eich (Fotos)", ["Anna Birke", "Max Eich"]),
    ("Par Jean-Luc DUPIN avec Marie LEROUX", ["Jean-Luc DUPIN", "Marie LEROUX"]),
    ("Por Ana Gil y Luis Mora", ["Ana Gil", "Luis Mora"]),
    ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
    ("Di Marco Rosso e Anna Verde", ["Marco Rosso", "Anna Verde"]),
    ("Door Jan de Vries", ["Jan de Vries"]),
    ("Av Kari Nordkvinne, NTB", ["Kari Nordkvinne"]),
    ("Text: Anna Ek Foto: Sven Alm", ["Anna Ek"]),
    ("Автор: Иван Берёзов", ["Иван Берёзов"]),
    ("بقلم أحمد علي", ["أحمد علي"]),
    ("홍길동 기자", ["홍길동"]),
    ("記者張三、李四", ["張三", "李四"]),
    ("山田花子", ["山田花子"]),
    # what crawlers take along
    ("More Stories By Rosa Oakes", ["Rosa Oakes"]),
    ("Rosa Oakes, More Stories By Rosa Oakes, Tom Ashe", ["Rosa Oakes", "Tom Ashe"]),
    ("5 Minutes Ago Rosa Oakes", ["Rosa Oakes"]),
    ("an hour ago Rosa Oakes", ["Rosa Oakes"]),
    ("View All Posts By Rosa Oakes", ["Rosa Oakes"]),
    ("Rosa Oakes View Profile", ["Rosa Oakes"]),
    ("Rosa Oakes 4 min read", ["Rosa Oakes"]),
    ("Follow Rosa Oakes", ["Rosa Oakes"]),
    ("Alle Artikel von Anna Birke", ["Anna Birke"]),
    ("Tous les articles de Jean Dupin", ["Jean Dupin"]),
    ("Rosa Oakes; Image Source; Facebook", ["Rosa Oakes"]),
    ("Rosa Oakes, rosa@lamp.example", ["Rosa Oakes"]),
]

NOBODY = [
    "By The Associated Press", "By dpa correspondents", "Staff Reporter", "Guardian staff reporter", "CNN Wire",
    "Le Figaro et AFP", "Von dpa", "Par AFP", "Por Redacción", "NTB", "gr/bp", "daa/mt/msr", "(SDA/sj)", "admin",
    "oakes.rosa", "VRG", "105092", "EDITOR'S NOTE _", "futurezone/KN", "by Thursday, the vote was over",
    "", "   ", "By", "Last Updated", "Image Source", "Facebook", "View Profile", "About The Author", "Pm Et",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "names"), NAMES)
def test_people_are_named(raw: str, names: list[str]) -> None:
    assert [person.name for person in byline.people(raw)] == names


@pytest.mark.parametrize("raw", NOBODY)
def test_nobody_is_named(raw: str) -> None:
    assert byline.people(raw) == ()


def test_role_employer_and_place_go_with_the_name() -> None:
    assert byline.people("By Rosa Oakes, AP Sports Writer") == (
        Person(name="Rosa Oakes", role="Sports Writer", organisation="AP"),
    )
    assert byline.people("By Rosa Oakes in Cairo and Tom Ashe in Gaza") == (
        Person(name="Rosa Oakes", place="Cairo"),
        Person(name="Tom Ashe", place="Gaza"),
    )


@pytest.mark.parametrize(
    "text",
    ["By ROSA OAKES", "by Rosa Oakes, Reuters", "Von Anna Birke, dpa", "By The Associated Press",
     "By dpa correspondents",
     "Par Marie LEROUX", "By Rosa Oakes in Cairo", "By Rosa Oakes, rosa@example.com"],
)  # fmt: skip
def test_byline_line(text: str) -> None:
    assert byline.line(text)


@pytest.mark.parametrize(
    "text",
    ["By Thursday, the vote was over.", "By the river", "By Friday the roads were open and the shops were full",
     "Por fin llegó el tren", "Di nuovo", "By all accounts a success", "Rosa Oakes", "BY SEA AND BY AIR, HE SAID.",
     "By 1987 the mine was closed", "Von wegen"],
)  # fmt: skip
def test_sentence_is_no_byline_line(text: str) -> None:
    assert not byline.line(text)


@pytest.mark.parametrize("word", spelled(words(BY), str.title, str.upper))
def test_every_preposition_of_a_credit_opens_a_byline(word: str) -> None:
    assert byline.line(f"{word} Ana Gil")
    assert byline.strip_prefix(f"{word} Ana Gil") == "Ana Gil"


@pytest.mark.parametrize("word", spelled((*words(AUTHOR), *words(TEXT)), str.title))
def test_every_label_of_an_author_opens_a_byline(word: str) -> None:
    assert byline.line(f"{word}: Ana Gil")
    assert byline.strip_prefix(f"{word}: Ana Gil") == "Ana Gil"


@pytest.mark.parametrize("word", words(AND))
def test_every_conjunction_joins_two_names(word: str) -> None:
    assert [person.name for person in byline.people(f"Ana Gil {word} Bo Ek")] == ["Ana Gil", "Bo Ek"]


def test_a_language_has_its_own_words_of_a_table() -> None:
    assert words(BY, "de", "fr") == ("von", "par")
