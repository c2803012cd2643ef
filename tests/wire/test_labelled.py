"""Dates with words around them: which words may be there, and what is no date of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.wire import labelled


def found(text: str, *, day_first: bool | None = None, anywhere: bool = False) -> str:
    when = labelled.find(text, day_first=day_first, anywhere=anywhere)
    return when.value if when else ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Submitted on Tue, 2031-01-14 13:49", "2031-01-14T13:49:00"),
        ("Submitted by clerk on Tue, 14/01/2031 - 13:49", "2031-01-14T13:49:00"),
        ("Posted by Ann Poe on January 14, 2031", "2031-01-14"),
        ("Published: Jan. 14, 2031, 6:47 p.m.", "2031-01-14T18:47:00"),
        ("Erstellt am 14.01.2031", "2031-01-14"),
        ("Veröffentlicht: 14. Januar 2031, 10:30 Uhr", "2031-01-14T10:30:00"),
        ("Publié le 14/01/2031 à 10h30", "2031-01-14"),
        ("Mis en ligne le 14/01/2031 - Mis à jour le 15/02/2031", "2031-01-14"),
        ("Mis à jour le 15/02/2031", ""),
        ("Créé : mardi 14 janvier 2031", "2031-01-14"),
        ("Publicado el 14 de enero de 2031", "2031-01-14"),
        ("Pubblicato il 14 gennaio 2031", "2031-01-14"),
        ("Дата публикации: 14 января 2031", ""),
        ("Опубликовано 14 января 2031, 08:15", "2031-01-14T08:15:00"),
        ("입력 2031.01.14 03:00 수정 2031.02.11 10:00", "2031-01-14T03:00:00"),
        ("公開日：2031年1月14日 最終更新日：2031年2月11日", "2031-01-14"),
        ("Published 14 Jan 2031 | Updated 15 Feb 2031", "2031-01-14"),
        ("Updated 15 Feb 2031, first published 14 Jan 2031", "2031-01-14"),
        ("Actualizado: 15/02/2031 10:00 Publicado: 14/01/2031 09:00", "2031-01-14T09:00:00"),
        ("Reuters Jan 14, 2031 9:02 AM", "2031-01-14T09:02:00"),
        ("By Ann Poe Tuesday, Jan. 14, 2031", "2031-01-14"),
        # What dates something else.
        ("Updated: 15 February 2031", ""),
        ("© 1998-2031 The Elmstead Bugle", ""),
        ("§ 5 TMG vom 12.03.2011", ""),
        ("Angaben gemäß § 5 TMG i.d.F. vom 12.03.2011", ""),
        ("Act of 12 March 2011", ""),
        ("Tel. 030-2031-0114", ""),
        ("/images/2031/01/14/saw.jpg", ""),
        ("https://bugle.example/2031/01/14/saw", ""),
        ("Next council meeting: 14 January 2031", ""),
        ("", ""),
    ],
)
def test_a_line_dates_an_article_by_the_words_around_the_date(text: str, value: str) -> None:
    assert found(text, day_first=True) == value


def test_a_field_for_the_date_may_hold_any_words() -> None:
    assert found("Elmstead, den 14.01.2031", anywhere=True) == "2031-01-14"
    assert found("Elmstead, den 14.01.2031") == ""


@pytest.mark.parametrize(
    ("credit", "rest"),
    [
        ("By Ann Poe Tuesday, Jan. 14, 2031", "By Ann Poe"),
        ("By Ann Poe, January 14, 2031 4:19 PM", "By Ann Poe"),
        ("Von Ann Poe | 14.01.2031", "Von Ann Poe"),
        ("By Ann Poe", "By Ann Poe"),
    ],
)
def test_a_credit_is_cut_before_its_date(credit: str, rest: str) -> None:
    assert labelled.without(credit) == rest


@given(st.text(alphabet="0123456789./-: ,JanuaryPublished年月日", max_size=60))
def test_no_line_makes_it_raise(text: str) -> None:
    assert isinstance(found(text), str)
    assert isinstance(labelled.without(text), str)
