"""Encodings that nothing states, and text that was decoded wrongly before."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft
from morgue.readers import read_stream
from morgue.readers.encoding import NotText, decode
from support.cli_process import ROOT

SENTENCES = {
    "fr": "Les jetées du port resteront fermées jusqu'à l'été, a déclaré le maire. À Genève, on s'y était préparé.",
    "de": "Die Brücke über die Förde bleibt gesperrt, hieß es am Mittwoch. Für Fußgänger fährt eine Fähre.",
    "pl": "Most w porcie będzie zamknięty do lata, ogłosił wójt. Mieszkańcy żądają łodzi i zniżek na środę.",
    "tr": "Köprü yaz sonuna kadar kapalı kalacak, dedi başkan. Balıkçılar için ayrı bir iskele açıldığı bildirildi.",
    "ru": "Мост в гавани закрыт до осени, сообщили в мэрии. Рыбаков перевезут на барже без платы.",
    "el": "Η γέφυρα στο λιμάνι θα μείνει κλειστή ως το φθινόπωρο, είπε ο δήμαρχος. Οι ψαράδες διαμαρτύρονται.",
    "he": "הגשר בנמל סגור עד הסתיו, אמר ראש העיר. הדייגים יועברו בדוברה ללא תשלום.",
    "ar": "الجسر في الميناء مغلق حتى الخريف، قال رئيس البلدية. سينقل الصيادون على متن قارب مجانا.",
    "th": "สะพานที่ท่าเรือปิดจนถึงฤดูใบไม้ร่วง นายกเทศมนตรีกล่าว ชาวประมงจะข้ามด้วยเรือ",
    "ja": "港の橋は秋まで通行止めになると市長が発表した。漁師は無料の船で渡る。",
    "zh": "市长说，港口的桥到秋天才开放。渔民可以免费坐船过河。",
    "zh-tw": "市長說，港口的橋到秋天才開放。漁民可以免費坐船過河。",
    "ko": "항구의 다리는 가을까지 닫힌다고 시장이 말했다. 어부들은 배로 강을 건넌다.",
}
ENCODINGS = [
    *(("fr", name) for name in ("cp1252", "latin-1", "iso8859-15", "cp850", "mac-roman")),
    *(("de", name) for name in ("cp1252", "cp850", "cp437", "mac-roman")),
    *(("pl", name) for name in ("cp1250", "iso8859-2", "cp852")),
    *(("tr", name) for name in ("cp1254", "iso8859-9")),
    *(("ru", name) for name in ("cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16-le", "utf-16-be")),
    *(("el", name) for name in ("cp1253", "iso8859-7")),
    ("he", "cp1255"),
    ("ar", "cp1256"),
    ("th", "cp874"),
    *(("ja", name) for name in ("shift_jis", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be")),
    *(("zh", name) for name in ("gb18030", "utf-16-le")),
    ("zh-tw", "big5"),
    ("ko", "euc_kr"),
]


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_a_text_of_two_sentences_is_read_in_its_encoding(language: str, encoding: str) -> None:
    text = SENTENCES[language] + "\n\n" + SENTENCES[language] + "\n"
    found = decode(text.encode(encoding))

    assert found.text == text
    assert ("--encoding" in found.problem) == (found.how == "guess")
    assert found.how == ("zeros" if encoding.startswith("utf-16") else "guess")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        *(("Правда", "koi8-r"), ("Правда", "cp1251"), ("Αθήνα", "cp1253"), ("מעריב", "cp1255"), ("조선일보", "euc_kr")),
        *(("読売新聞", "shift_jis"), ("聯合報", "big5"), ("Łódź", "cp1250"), ("Zürich", "cp1252")),
    ],
)
def test_one_foreign_name_in_english_copy_is_read(name: str, encoding: str) -> None:
    text = f"OSLO, March 3 (QQQ) - The talks with {name} go on, an official said.\n\nNo date was set by {name}.\n"

    assert decode(text.encode(encoding)).text == text


def test_a_table_is_guessed_as_one_and_each_row_says_so() -> None:
    table = "headline,date,body\nПирс закрыт,2026-01-14,Паром не ходит\nLamp,2026-01-15,It burns\nМост,2026-01-16,Да\n"
    drafts = [item for item in read_stream(io.BytesIO(table.encode("cp1251")), "a.csv") if isinstance(item, Draft)]

    assert [draft.headline[0].value for draft in drafts] == ["Пирс закрыт", "Lamp", "Мост"]
    assert [["--encoding" in remark.why for remark in draft.problems] for draft in drafts] == [[True], [], [True]]


def test_lines_of_json_in_two_encodings_are_each_read() -> None:
    lines = ['{"headline": "Пирс", "body": "Паром не ходит с мая"}'.encode(c) for c in ("utf-8", "cp1251")]
    drafts = [item for item in read_stream(io.BytesIO(b"\n".join(lines)), "a.jsonl") if isinstance(item, Draft)]

    assert [draft.headline[0].value for draft in drafts] == ["Пирс", "Пирс"]
    assert [len(draft.problems) for draft in drafts] == [0, 1]


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *((language, "latin-1") for language in ("fr", "de", "pl", "ru", "el", "ja")),
        *(("fr", "cp1250"), ("de", "cp1250"), ("ru", "cp1251"), ("fr", "cp850"), ("de", "mac-roman"), ("fr", "cp437")),
    ],
)
def test_text_that_was_decoded_wrongly_before_is_mended(language: str, encoding: str) -> None:
    text = f"Lamp\n\n{SENTENCES[language]}"
    (draft,) = read_stream(io.BytesIO(text.encode().decode(encoding).encode()), "a.txt")

    assert isinstance(draft, Draft)
    assert draft.body == text
    assert [remark.how for remark in draft.problems] == ["encoding"]


def test_a_headline_that_was_decoded_wrongly_is_mended_with_its_writers() -> None:
    record = b'{"headline": "\\u00c3\\u0089t\\u00c3\\u00a9", "author": "Zo\\u00c3\\u00ab Lind", "body": "Text."}'
    (draft,) = read_stream(io.BytesIO(record), "a.json")

    assert isinstance(draft, Draft)
    assert draft.headline[0].value == "Été"
    assert [claim.value for claim in (*draft.people, *draft.byline)] == ["Zoë Lind"]


@pytest.mark.parametrize("text", [*SENTENCES.values(), "CAFÉ” – É’ «été» Ã", "SÃO PAULO", "√2 ≈ 1.41", "Москва»—"])
def test_right_text_is_left_as_it_is(text: str) -> None:
    (draft,) = read_stream(io.BytesIO(f"Lamp\n\n{text}".encode()), "a.txt")

    assert isinstance(draft, Draft)
    assert (draft.body, draft.problems) == (f"Lamp\n\n{text}", [])


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    try:
        found = decode(data)
    except NotText:
        return
    assert found.how != "guess" or found.problem


SAMPLES = (
    "bibtex-1.bib", "csv-1.csv", "ebsco-1.txt", "europresse-1.txt", "factiva-1.txt", "gale-1.txt", "json-1.json",
    "jsonl-1.jsonl", "kindle-1.txt", "markdown-1.md", "mbox-1.mbox", "nexis-1.txt", "proquest-1.txt", "ris-1.ris",
    "text-1.txt", "troveharvest-1.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_guess_is_remarked_in_every_format(name: str) -> None:
    text = (ROOT / "corpus" / "formats" / name).read_text("utf-8").encode("cp1252", "ignore").decode("cp1252")
    data = re.sub(r"\b([Tt])he (?=\w)", r"\1hé ", text).encode("cp1252")
    assert not data.isascii()

    found = [draft for draft in read_stream(io.BytesIO(data), name) if isinstance(draft, Draft)]

    assert found
    assert any("is a guess" in remark.why for draft in found for remark in draft.problems)
