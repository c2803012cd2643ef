"""What a word is, what it is folded to and what it is indexed under."""

from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue import analysis
from morgue.languages import LANGUAGES

ANY = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(st.sampled_from("abzAB .,'’-_&@0123  \n\u00ad\u200b\u0301é漢ไี้・が．ＵΣй½²ﬁ") | ANY, max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Ten men, two boats.", ["Ten", "men", "two", "boats"]),
        (
            "It ran 16s in the 1990s, 3rd by 1990's rules",
            ["It", "ran", "16s", "in", "the", "1990s", "3rd", "by", "1990's", "rules"],
        ),
        ("1,000.5 and 1,2 and 2.5m and 10.0.0.1.", ["1,000.5", "and", "1", "2", "and", "2.5m", "and", "10.0.0.1"]),
        ("the U.S. and the U.S.-led p.m. show", ["the", "U.S.", "and", "the", "U.S.", "led", "p.m.", "show"]),
        ("the U.S", ["the", "U.S"]),
        ("J.R.Smith and J. Smith", ["J.R.", "Smith", "and", "J", "Smith"]),
        ("don't Shi’ite rock'n'roll 'quoted' workers'", ["don't", "Shi'ite", "rock'n'roll", "quoted", "workers"]),
        ("L’harmonie qu'on a, il l'a dit", ["L", "harmonie", "qu", "on", "a", "il", "l'a", "dit"]),
        ("dell'Italia, DELL'ARTE, Un'altra", ["dell", "Italia", "DELL", "ARTE", "Un", "altra"]),
        ("Mr O’Brien of N'Djamena, we'll, y'all", ["Mr", "O", "Brien", "of", "N", "Djamena", "we'll", "y'all"]),
        ("de l'été", ["de", "l", "été"]),
        ("AT&T C-130 10:30 02091-C-71", ["AT", "T", "C", "130", "10", "30", "02091", "C", "71"]),
        ("https://example.com/a_b?c=1", ["https", "example", "com", "a", "b", "c", "1"]),
        ("desk@example.com", ["desk", "example", "com"]),
        ("***BREAKING news**", ["BREAKING", "news"]),
        ("soft\u00adhyphen zero\u200bwidth\u200b end", ["soft\u00adhyphen", "zero\u200bwidth", "end"]),
        ("cafe\u0301 naïve Łódź", ["cafe\u0301", "naïve", "Łódź"]),
        ("ＡＢＣ　１２３", ["ＡＢＣ", "１２３"]),
        ("漢字かな交じり", list("漢字かな交じり")),
        ("東京Tokyo2020", ["東", "京", "Tokyo2020"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("서울 날씨", ["서", "울", "날", "씨"]),
        ("m² ½ ﬁn", ["m²", "½", "ﬁn"]),
        ("a\x01\x02b", ["a", "b"]),
    ],
)
def test_words_of_a_text(text, expected):
    assert analysis.surfaces(text) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Reports", "reports"),
        ("Café’s", "cafe's"),
        ("U.S.", "u.s"),
        ("ＡＢＣ１２", "abc12"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("İstanbul", "istanbul"),
        ("Ёлкой", "елкой"),
        ("が", "が"),
        ("ที่", "ที่"),
        ("हिन्दी", "हिन्दी"),
        ("مُحَمَّد", "محمد"),
        ("٢٠٢٦", "2026"),
        ("ﬁn", "fin"),
        ("ʼtis", "'tis"),
    ],
)
def test_folding_forgets_how_a_word_is_printed(surface, expected):
    assert analysis.fold(surface) == expected


@pytest.mark.parametrize(
    ("surface", "language", "expected"),
    [
        ("Reports", "en", "report"),
        ("reporting", "en", "report"),
        ("paper’s", "en", "paper"),
        ("1990's", "en", "1990"),
        ("1,000.5", "en", "1000.5"),
        ("16s", "en", "16"),
        ("130s", "en", "130"),
        ("1990s", "en", "1990s"),
        ("U.N.", "en", "un"),
        ("UN", "en", "un"),
        ("A.I.D.S.", "en", "aid"),
        ("O'Brien", "en", "obrien"),
        ("Shi’ites", "en", "shiit"),
        ("don't", "en", "don't"),
        ("we'll", "en", "we'll"),
        ("l’Union", "fr", "union\x1ffr"),
        ("dell'arte", "it", "arte\x1fit"),
        ("naïve", "en", "naiv"),
        ("Häuser", "de", "haus\x1fde"),
        ("слова", "ru", "слов\x1fru"),
        ("words", "xx", "words\x1fxx"),
        ("words", "", "word"),
        ("漢", "ja", "漢\x1fja"),
    ],
)
def test_keys(surface, language, expected):
    assert analysis.key(surface, language) == expected


def test_names_are_not_stemmed():
    assert analysis.key("Rogers", stem=False) == "rogers"
    assert analysis.key("O’Neill", stem=False) == "oneill"


def test_number_with_letters_is_one_word():
    """Once "16s" fell apart into "1" and "6s"."""
    assert [analysis.surfaces(text) for text in ("16s", "1,000m", "747s")] == [["16s"], ["1,000m"], ["747s"]]


@given(TEXTS)
def test_offsets_are_those_of_the_surfaces(text):
    found = analysis.words(text)

    assert [text[start:end] for _, start, end in found] == [surface for surface, _, _ in found]
    assert analysis.offsets(text) == [(start, end) for _, start, end in found]
    assert [analysis.fold(surface) for surface, _, _ in found] == list(map(analysis.fold, analysis.surfaces(text)))
    assert all(a[2] <= b[1] for a, b in itertools.pairwise(found))


@given(st.text(st.one_of(st.sampled_from("abzAB .,'’-_&@0123  \n"), st.characters(max_codepoint=127)), max_size=40))
def test_an_added_accent_changes_no_other_word(text):
    """The quick way for ASCII and the general way agree."""
    found = [surface.replace("’", "'") for surface in analysis.surfaces(text + " é")]

    assert found == [*analysis.surfaces(text), "é"]


@given(TEXTS)
def test_every_word_folds_and_has_a_key(text):
    for surface in analysis.surfaces(text):
        folded = analysis.fold(surface)
        assert folded
        assert analysis.fold(folded) == folded
        assert analysis.key(surface)
        assert analysis.key(surface, "fr")
        assert analysis.key(surface, stem=False)
        assert analysis.key(folded) == analysis.key(surface)


@given(TEXTS)
def test_decomposed_text_has_the_same_keys(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)
    if unicodedata.normalize("NFC", decomposed) == composed and not any("\u1100" <= c <= "\ud7ff" for c in composed):
        assert [analysis.key(s) for s in analysis.surfaces(decomposed)] == [
            analysis.key(s) for s in analysis.surfaces(composed)
        ]


@pytest.mark.parametrize("acronym", ["A.À", "À.B.", "É.U"])
def test_an_acronym_with_accents_is_one_word_also_when_they_are_characters_of_their_own(acronym):
    decomposed = unicodedata.normalize("NFD", acronym)

    assert analysis.surfaces(f"x {decomposed} y") == ["x", decomposed, "y"]


def test_every_language_has_a_code_and_names_of_its_own_and_a_stemmer_that_exists():
    import Stemmer

    codes = [language.code for language in LANGUAGES]
    names = [name for language in LANGUAGES for name in language.names.split()]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))
    assert {language.stemmer for language in LANGUAGES} - {""} <= set(Stemmer.algorithms())


@pytest.mark.parametrize("piece", ["a", "1", "a'", "a.", "1.", "1,000", "\u0301", "a\u200b", "é", "é'", "漢"])
def test_hostile_runs_end_in_time_and_in_short_words(piece):
    started = time.perf_counter()
    found = analysis.surfaces(piece * 100_000)

    assert time.perf_counter() - started < 5
    assert max(map(len, found), default=0) < 5000
