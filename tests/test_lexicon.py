"""The words of news copy: tables that patterns are built from, and that patterns and their guards agree on."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from morgue import lexicon
from morgue.wire import byline, furniture, taglines
from morgue.wire.text import read_wire

TABLES = {name: value for name, value in vars(lexicon).items() if name.isupper() and isinstance(value, Mapping)}
LISTS = {name: value for name, value in vars(lexicon).items() if name.isupper() and isinstance(value, tuple)}
STORY = "The harbour of Oslo was closed on Tuesday after a ship had lost its load in the storm, officials said."


def all_words(name: str) -> tuple[str, ...]:
    """Words of a table in all languages, or of a list."""
    return lexicon.words(TABLES[name]) if name in TABLES else LISTS[name]


@pytest.mark.parametrize("name", [*TABLES, *LISTS])
def test_words_are_literal_and_single(name: str) -> None:
    listed = [word for text in TABLES[name].values() for word in text.split(", ")] if name in TABLES else LISTS[name]

    assert listed
    for word in listed:
        assert word == word.strip() != ""
        assert re.fullmatch(r"[^\\()\[\]{}*+?^$|\n]+", word), "special in a regular expression"
    for language, text in TABLES.get(name, {}).items():
        assert len(text.split(", ")) == len(set(text.split(", "))), language


def test_openings_leave_out_what_another_begins() -> None:
    assert (
        lexicon.openings(("press", "pressemitteilung"), ("Kontakt", "basın bülteni")) == "basin bülteni|kontakt|press"
    )


@pytest.mark.parametrize("word", [*all_words("KICKERS"), *all_words("COPY_KICKERS"), "2nd lead", "1st writethru"])
def test_a_kicker_alone_is_a_header(word: str) -> None:
    assert furniture.header_kind(word.upper()) == "header"


@pytest.mark.parametrize("word", all_words("NOTE") + all_words("TO_EDITORS"))
def test_a_labelled_note_is_a_note(word: str) -> None:
    assert furniture.header_kind(f"{word.capitalize()}: the third paragraph is new") == "note"


@pytest.mark.parametrize("word", all_words("RELEASE"))
def test_the_heading_of_a_press_release_is_a_header(word: str) -> None:
    assert furniture.header_kind(word.capitalize()) == "header"


@pytest.mark.parametrize("word", all_words("CONTACT") + all_words("CONTACT_EN"))
def test_a_contact_ends_a_story(word: str) -> None:
    assert furniture.may_close(f"{word.capitalize()}: Rosa Oakes")
    assert furniture.footer_kind(f"{word.capitalize()}: Rosa Oakes", tail=False) == "contact"


@pytest.mark.parametrize("word", all_words("RIGHTS_RESERVED"))
def test_reserved_rights_are_copyright(word: str) -> None:
    assert furniture.may_close(word.capitalize())
    assert furniture.footer_kind(word.capitalize(), tail=False) == "copyright"


@pytest.mark.parametrize(
    "word", all_words("NOT_FOR_PUBLICATION") + all_words("NOT_FOR_PUBLICATION_DE") + all_words("NOT_FOR_PRINT")
)
def test_what_is_not_for_publication_is_cut(word: str) -> None:
    assert furniture.may_close(word.capitalize())
    assert furniture.ends_publication(word.capitalize())


@pytest.mark.parametrize(
    "mark",
    [
        *all_words("THE_END"), *all_words("SIGN_OFFS_BARE"), *all_words("NNNN"),
        *(f"({name})" for name in all_words("SIGN_OFFS")),
    ],
)  # fmt: skip
def test_an_end_mark_is_one_on_a_line_of_its_own(mark: str) -> None:
    assert furniture.short_kind(mark) == "endmark"


@pytest.mark.parametrize("name", all_words("SIGN_OFFS") + all_words("SIGN_OFFS_INLINE"))
def test_a_sign_off_in_brackets_is_taken_off_the_last_sentence(name: str) -> None:
    assert furniture.split_end_mark(f"{STORY} ({name})") == (STORY, f"({name})")


@pytest.mark.parametrize("word", all_words("KILLED"))
def test_a_killed_story_is_recognised(word: str) -> None:
    assert read_wire(f"{word.capitalize()}: Harbour closed\n\n{STORY}").killed


@pytest.mark.parametrize("word", all_words("EMBARGO_ORDERS"))
def test_an_embargo_is_recognised(word: str) -> None:
    assert read_wire(f"{word.capitalize()} 4 May 2021\n\nHarbour closed\n\n{STORY}").embargo == "4 May 2021"


@pytest.mark.parametrize("word", all_words("DATE") + all_words("PUBLISHED") + all_words("UPDATED"))
def test_a_label_gives_a_date(word: str) -> None:
    found = read_wire(f"Harbour closed\n{word.capitalize()}: 4 May 2021\n\n{STORY}")

    if word == "for immediate release":  # the heading of a press release comes first
        assert found.furniture == [("header", "For immediate release: 4 May 2021")]
    else:
        assert [text for _, text in found.dates] == ["4 May 2021"]


@pytest.mark.parametrize("word", all_words("WORK_BY"))
def test_a_tagline_in_another_language_is_recognised(word: str) -> None:
    assert taglines.is_tagline(f"{word.capitalize()} por Rosa Oakes")


@pytest.mark.parametrize(("language", "word"), [(k, w) for k, t in lexicon.REPORTERS.items() for w in t.split(", ")])
def test_reporters_in_chinese_japanese_and_korean_are_credited(language: str, word: str) -> None:
    name = {"zh": "張三", "ja": "山田花子", "ko": "홍길동"}[language]

    assert [person.name for person in byline.people(f"{name} {word}")] == [name]
