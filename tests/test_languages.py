"""Languages by the names that sources give them."""

from __future__ import annotations

import pytest

from morgue.languages import LANGUAGES, code_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("English", "en"), ("ENGLISH", "en"), ("Englisch", "en"), ("Anglais", "en"), ("Inglés", "en"), ("英文", "en"),
        ("eng", "en"), ("Deutsch", "de"), ("Allemand", "de"), ("Français", "fr"), ("Español; Castellano", "es"),
        ("Portuguese", "pt"), ("German.", "de"), ("Русский", "ru"), ("", ""), ("Klingon", ""), ("Late Edition", ""),
        ("Copyright 2018 The English Company", ""),
    ],
)  # fmt: skip
def test_a_name_has_a_code(name: str, code: str) -> None:
    assert code_of(name) == code


def test_english_names_have_their_code() -> None:
    for language in LANGUAGES:
        for name in language.names.split():
            assert code_of(name) == language.code
