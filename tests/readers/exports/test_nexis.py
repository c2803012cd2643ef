"""Downloads of Nexis and Lexis, in both layouts, in the languages of the site and from any kind of file."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Claim, Draft, Rejected
from morgue.readers import ReadOptions, read_stream

COVER = """



Download Request: Selected Items: 1-2
Time Of Request: Monday, May 4, 2020  09:12:44

Send To:
STRAND LIBRARY
1 MILL LANE


Terms: (weir AND trout)


Source: The Strand Echo;Mill Town Record
Project ID: None
"""
CLASSIC = """


                               1 of 2 DOCUMENTS



                                The Strand Echo (Norburg)

                             May 1, 2020 Friday
                                First Edition

Trout return to the weir; Anglers
count forty in a morning

BYLINE: Ines Holm and Tomas Wray

SECTION: LOCAL; Pg. 12

LENGTH: 318 words

DATELINE: NORBURG

Forty trout were counted at the mill weir on Thursday, more than in any spring
since the dam was built, the anglers' club said.

NOTE: this line belongs to the story.

"They came up by themselves," said Ada Finch.

GRAPHIC: Photo, Ada Finch at the weir, TOM BELL

A second picture shows the dam.

LOAD-DATE: May 2, 2020

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

SUBJECT: FISHES (93%); DAMS & RESERVOIRS (88%);
RIVERS (80%)

PERSON: ADA FINCH (75%)

JOURNAL-CODE: STE


                       Copyright 2020 Strand Press
                              All Rights Reserved

                               2 of 2 DOCUMENTS



                                Mill Town Record

                             May 3, 2020 Sunday

Letters

LENGTH: 20 words

Sir - Leave the trout alone.

LOAD-DATE: May 3, 2020

LANGUAGE: ENGLISH


                       Copyright 2020 Mill Town Record
"""
UNI = """Trout return to the weir
The Strand Echo (Norburg)
May 1, 2020 Friday 9:05 AM GMT

Copyright 2020 Strand Press All Rights Reserved
Section: LOCAL; Pg. 12; Version:3
Length: 318 words
Byline: Ines Holm; Tomas Wray
Dateline: NORBURG
Body

Forty trout were counted at the mill weir on Thursday.

Section: the word alone makes no field here.

Subject: nor does this one.

Graphic

Ada Finch at the weir.

Classification

Language: ENGLISH
Publication-Type: Newspaper
Subject: FISHES (93%); DAMS & RESERVOIRS (88%)
Geographic: NORBURG (90%)
Load-Date: May 2, 2020

End of Document
"""
UNI_COVER = """User Name: = A READER
Date and Time: Monday, 4 May 2020 09:12:00 CEST
Job Number: 11122233
Documents (2)
1. Trout return to the weir
Client/Matter: -None-
Search Terms: weir trout
Search Type: Natural Language
2. Letters
Client/Matter: -None-
Search Terms: weir trout

"""
UNI_SECOND = """Letters
Mill Town Record
May 3, 2020 Sunday, Late Edition

Copyright 2020 Mill Town Record
Length: 20 words
Body

Leave the trout alone.

Load-Date: May 3, 2020

End of Document
"""


def read(data: str | bytes, name: str = "a.txt") -> list[Draft | Rejected]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), name, ReadOptions()))


def drafts(data: str | bytes, name: str = "a.txt") -> list[Draft]:
    found = read(data, name)
    assert all(isinstance(item, Draft) for item in found), found
    return [item for item in found if isinstance(item, Draft)]


def first(claims: list[Claim]) -> str:
    return claims[0].value if claims else ""


def spaced(text: str) -> str:
    """Lines as paragraphs of a document: a blank line between them."""
    return text.replace("\n", "\n\n")


def word(text: str) -> bytes:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = "".join(f"<w:p><w:r><w:t>{line.replace('&', '&amp;')}</w:t></w:r></w:p>" for line in text.split("\n"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{rows}</w:body></w:document>")
    return out.getvalue()


def rtf(text: str) -> bytes:
    rows = "".join(f"\\pard\\ql {line}\\par\n" for line in text.split("\n"))
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\n" + rows.encode() + b"}"


def test_the_older_layout_gives_every_field_and_leaves_the_text_alone() -> None:
    trout, letters = drafts(COVER + CLASSIC)

    assert (trout.format, trout.record, letters.record) == ("nexis", 1, 2)
    assert first(trout.headline) == "Trout return to the weir; Anglers count forty in a morning"
    assert (first(trout.source), first(trout.published)) == ("The Strand Echo (Norburg)", "May 1, 2020")
    assert (first(trout.edition), first(trout.section), first(trout.page)) == ("First Edition", "LOCAL", "12")
    assert first(trout.byline) == "Ines Holm and Tomas Wray"
    assert (first(trout.dateline), first(trout.language)) == ("NORBURG", "en")
    assert [claim.value for claim in trout.keywords] == ["FISHES", "DAMS & RESERVOIRS", "RIVERS", "ADA FINCH"]
    assert first(trout.rights) == "Copyright 2020 Strand Press All Rights Reserved"
    assert trout.extra["length"] == "318 words"
    assert trout.extra["graphic"] == "Photo, Ada Finch at the weir, TOM BELL A second picture shows the dam."
    assert (trout.extra["load_date"], trout.extra["journal_code"]) == ("May 2, 2020", "STE")
    assert trout.body == (
        "Forty trout were counted at the mill weir on Thursday, more than in any spring since the dam was built, "
        "the anglers' club said.\n\nNOTE: this line belongs to the story.\n\n"
        '"They came up by themselves," said Ada Finch.'
    )
    assert (first(letters.headline), letters.body) == ("Letters", "Sir - Leave the trout alone.")
    assert first(letters.rights) == "Copyright 2020 Mill Town Record"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(
            "BYLINE: Ines Holm and Tomas Wray\n\nSECTION", "BYLINE: Ines Holm and Tomas Wray\nSECTION"
        ),
        lambda text: text.replace("Trout return", "HEADLINE: Trout return").replace(
            "LENGTH: 318 words", "LENGTH: 318 words"
        ),
        lambda text: text.replace(
            "1 of 2 DOCUMENTS", "1 of 2 DOCUMENTS\n\n\n      Copyright 2020 Strand Press\n  All Rights Reserved"
        ),
        lambda text: text.replace("Forty trout", "BODY:\n\nForty trout", 1),
    ],
    ids=["crlf", "mark", "labels-together", "labelled-headline", "copyright-on-top", "body-label"],
)
def test_variants_of_the_older_layout_say_the_same(change) -> None:  # type: ignore[no-untyped-def]
    plain, varied = drafts(COVER + CLASSIC)[0], drafts(change(COVER + CLASSIC))[0]

    for name in ("headline", "source", "published", "section", "page", "byline", "dateline", "keywords"):
        assert [c.value for c in getattr(varied, name)] == [c.value for c in getattr(plain, name)], name
    assert varied.body == plain.body


LANGUAGES = {
    "de": (
        "                        Dokument 1 von 1\n\n\nDer Bote vom Wehr\n\nFreitag 1. Mai 2020\nAusgabe Nord\n\n"
        "Forellen kehren zurück\n\nAUTOR: Ines Holm\n\nRUBRIK: LOKALES; S. 12\n\nLÄNGE: 318 Wörter\n\n"
        "HIGHLIGHT: Vierzig am Morgen\n\nVierzig Forellen zählte der Verein.\n\nUPDATE: 2. Mai 2020\n\n"
        "SPRACHE: GERMAN; DEUTSCH\n\nPUBLICATION-TYPE: Zeitung\n\nZEITUNGS-CODE: bvw\n\n"
        "     Copyright 2020 Wehr Verlag\n     Alle Rechte vorbehalten\n",
        ("Forellen kehren zurück", "Der Bote vom Wehr", "1. Mai 2020", "LOKALES", "12", "Ines Holm", "de"),
        "Vierzig Forellen zählte der Verein.",
    ),
    "fr": (
        "                        Document 1 de 1\n\n\nLe Courrier du Moulin\n\n1 mai 2020 vendredi\n\n"
        "Les truites reviennent\n\nAUTEUR: Ines Holm\n\nRUBRIQUE: VILLE; Pg. 12\n\nLONGUEUR: 318 mots\n\n"
        "Le club a compté quarante truites.\n\nSUJET: POISSON (90%); BARRAGE\n (88%)\n\n"
        "DATE-CHARGEMENT: 2 mai 2020\n\nLANGUE: FRENCH; FRANÇAIS\n\nTYPE-PUBLICATION: Journal\n\nCODE-REVUE: CDM\n\n"
        "     Copyright 2020 Moulin SA\n     Tous Droits Réservés\n",
        ("Les truites reviennent", "Le Courrier du Moulin", "1 mai 2020", "VILLE", "12", "Ines Holm", "fr"),
        "Le club a compté quarante truites.",
    ),
    "nl": (
        "                        1 of 1 DOCUMENTS\n\n\nDe Molenbode\n\n1 mei 2020 vrijdag\n\n"
        "Forel terug bij de stuw\n\nBYLINE: Ines Holm\n\nSECTION: Stad; Blz. 12\n\nLENGTH: 318 woorden\n\n"
        "De club telde veertig forellen.\n\nLOAD-DATE: 2 mei 2020\n\nLANGUAGE: DUTCH; NEDERLANDS\n\n"
        "PUBLICATION-TYPE: Krant\n\n     Copyright 2020 Molen BV\n     Alle Rechten Voorbehouden\n",
        ("Forel terug bij de stuw", "De Molenbode", "1 mei 2020", "Stad", "12", "Ines Holm", "nl"),
        "De club telde veertig forellen.",
    ),
    "es": (
        "                        Documento 1 de 1\n\n\nEl Eco del Molino\n\n1 mayo 2020 viernes\n\n"
        "Vuelven las truchas\n\nAUTOR: Ines Holm\n\nSECCIÓN: CIUDAD; Pág. 12\n\nLONGITUD: 318 palabras\n\n"
        "El club contó cuarenta truchas.\n\nFECHA-CARGA: 2 mayo 2020\n\nIDIOMA: SPANISH; ESPAÑOL\n\n"
        "TIPO-DE-PUBLICACIÓN: Periódico\n\n     Copyright 2020 Molino SA\n     Todos los derechos reservados\n",
        ("Vuelven las truchas", "El Eco del Molino", "1 mayo 2020", "CIUDAD", "12", "Ines Holm", "es"),
        "El club contó cuarenta truchas.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_in_the_language_of_the_site(language: str) -> None:
    text, expected, body = LANGUAGES[language]
    (draft,) = drafts(text)

    names = ("headline", "source", "published", "section", "page", "byline", "language")
    assert tuple(first(getattr(draft, name)) for name in names) == expected
    assert (draft.body, draft.record) == (body, 0)


def test_one_document_without_a_counting_line_is_taken_apart() -> None:
    (draft,) = drafts(CLASSIC.split("DOCUMENTS", 2)[1].rsplit("2 of 2", 1)[0])

    assert (first(draft.headline)[:12], draft.record) == ("Trout return", 0)
    assert "LENGTH" not in draft.body


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", spaced(UNI_COVER + UNI + UNI_SECOND)),
        ("a.DOCX", word(UNI_COVER + UNI + UNI_SECOND)),
        ("a.rtf", rtf(UNI_COVER + UNI + UNI_SECOND)),
        ("a.doc", rtf(UNI_COVER + UNI + UNI_SECOND)),
    ],
)
def test_the_newer_layout_in_every_kind_of_file(name: str, data: str | bytes) -> None:
    trout, letters = drafts(data, name)

    assert (first(trout.headline), first(letters.headline)) == ("Trout return to the weir", "Letters")
    assert (first(trout.source), first(trout.published)) == ("The Strand Echo (Norburg)", "May 1, 2020 9:05 AM GMT")
    assert (first(trout.section), first(trout.page), first(trout.version)) == ("LOCAL", "12", "3")
    assert first(trout.byline) == "Ines Holm and Tomas Wray"
    assert first(trout.dateline) == "NORBURG"
    assert [claim.value for claim in trout.keywords] == ["FISHES", "DAMS & RESERVOIRS", "NORBURG"]
    assert trout.extra["graphic"] == "Ada Finch at the weir."
    assert trout.body.split("\n\n") == [
        "Forty trout were counted at the mill weir on Thursday.",
        "Section: the word alone makes no field here.",
        "Subject: nor does this one.",
    ]
    assert (letters.body, first(letters.edition)) == ("Leave the trout alone.", "Late Edition")


def test_text_without_blank_lines_as_pdf_files_give_it() -> None:
    page = UNI.replace("\n\n", "\n").replace("Thursday.", "Thursday.\nPage 2 of 2\nTrout return to the weir")
    trout, letters = drafts((UNI_COVER + "\f" + page + "\f" + UNI_SECOND).replace("\n\n", "\n"))

    assert (first(trout.headline), first(letters.headline)) == ("Trout return to the weir", "Letters")
    assert (first(trout.source), first(trout.section)) == ("The Strand Echo (Norburg)", "LOCAL")
    assert "Trout return" not in trout.body
    assert "Page 2" not in trout.body
    assert "Forty trout were counted" in trout.body


def test_pages_of_html() -> None:
    rows = "".join(
        f'<A NAME="DOC_ID_0_{n}"></A><!-- Hide XML section from browser\n<DOC NUMBER={n}>\n<DOCFULL> -->\n'
        f"<BR><DIV CLASS=c0><P><SPAN>{n} of 300 DOCUMENTS</SPAN></P></DIV><BR><DIV><P>The Strand Echo</P></DIV>"
        f"<BR><DIV><P><SPAN>May 1, 2020 Friday</SPAN></P></DIV><BR><DIV><P><SPAN>Trout {n}</SPAN></P></DIV>"
        "<BR><DIV><P><SPAN>LENGTH: </SPAN><SPAN>318 words</SPAN></P></DIV>"
        "<BR><DIV><P>Forty <b>trout</b> came.</P></DIV>"
        "<BR><DIV><P><SPAN>LOAD-DATE: </SPAN><SPAN>May 2, 2020</SPAN></P></DIV><DIV CLASS=c9/>"
        for n in range(1, 301)
    )
    found = drafts(f"<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>{rows}</BODY></HTML>", "a.HTML")

    assert [first(draft.headline) for draft in found] == [f"Trout {n}" for n in range(1, 301)]
    assert {draft.body for draft in found} == {"Forty trout came."}


def test_a_page_with_the_search_and_no_article_is_rejected() -> None:
    for text in (COVER, spaced(UNI_COVER)):
        (rejected,) = read(text)
        assert isinstance(rejected, Rejected), rejected
        assert "without an article" in rejected.why


def test_a_document_that_the_database_could_not_give_is_rejected_and_the_others_are_kept() -> None:
    lost = CLASSIC.replace("Sir - Leave the trout alone.", "We are sorry but there is an error in this document and it")
    trout, letters = read(lost)

    assert isinstance(trout, Draft)
    assert isinstance(letters, Rejected)
    assert letters.record == 2


@pytest.mark.parametrize(
    "text", [CLASSIC.partition("Sir -")[0] + "Sir -", spaced(UNI + UNI_SECOND).partition("Leave")[0] + "Lea"]
)
def test_a_file_that_was_cut_says_so(text: str) -> None:
    *_, last = drafts(text)

    assert [remark.why for remark in last.problems if "cut" in remark.why]


def test_a_document_without_a_date_is_not_dated_by_the_day_it_was_loaded() -> None:
    (draft,) = drafts(spaced(UNI.replace("May 1, 2020 Friday 9:05 AM GMT\n", "")))

    assert draft.published == []
    assert first(draft.headline) == "Trout return to the weir"
    assert [(remark.field, remark.value) for remark in draft.problems] == [("published", "May 2, 2020")]


@pytest.mark.parametrize(
    ("line", "names", "people"),
    [
        ("Holm, Ines; Wray, Tomas", [], ["Holm, Ines", "Wray, Tomas"]),
        ("By INES HOLM; Ada Finch contributed reporting from Norburg.", ["By INES HOLM"], []),
        ("By INES HOLM; By INES HOLM", ["By INES HOLM"], []),
        ("ines holm", [], ["ines holm"]),
    ],
)
def test_bylines_as_newspapers_fill_them(line: str, names: list[str], people: list[str]) -> None:
    (draft,) = drafts(spaced(UNI.replace("Ines Holm; Tomas Wray", line)))

    assert [claim.value for claim in draft.byline] == names
    assert [claim.value for claim in draft.people] == people


@pytest.mark.parametrize(
    ("value", "section", "page"),
    [
        ("NEWS; Pg. 4", "NEWS", "4"),
        ("Section A; Column 1; National Desk; Pg. 1", "Section A; Column 1; National Desk", "1"),
        ("Editorial; A16", "Editorial", "A16"),
        ("Home Pages, Pg. 15", "Home Pages", "15"),
        ("SPORT; Pg. 65,66", "SPORT", "65,66"),
        ("Pg. 9", "", "9"),
        ("THE BIG 5", "THE BIG 5", ""),
    ],
)
def test_section_and_page(value: str, section: str, page: str) -> None:
    (draft,) = drafts(spaced(UNI.replace("LOCAL; Pg. 12; Version:3", value)))

    assert (first(draft.section), first(draft.page)) == (section, page)


@pytest.mark.parametrize(
    "text",
    [
        "Trout return\n\nLENGTH: the anglers measured each fish.\n\nForty were counted.",
        "NORBURG (AP) — One of 2 DOCUMENTS was found.\n\nEnd of Document was all it said.",
        "Language: English\n\nSubject: trout\n\nForty were counted.",
    ],
)
def test_copy_that_only_uses_such_words_stays_copy(text: str) -> None:
    (draft,) = drafts(text)

    assert (draft.format, draft.body) == ("text", text)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(COVER + CLASSIC)),
    st.integers(0, 400),
    st.sampled_from(["", "\n", "\f", "LENGTH:", "End of Document\n", "\0"]),
)
def test_no_damage_makes_it_raise(at: int, length: int, put: str) -> None:
    for whole in (COVER + CLASSIC, UNI_COVER + UNI + UNI_SECOND):
        assert read(whole[:at] + put + whole[at + length :])


SHORT = """FOCUS - 12 of 40 DOCUMENTS

Copyright 1998 The Strand Echo
The Strand Echo

{date}

SECTION: Local; Pg. 4

LENGTH: 20 words

HEADLINE: Trout return

BODY:
   Forty trout were counted.
   No more.

LOAD-DATE: March 11, 1998
"""


@pytest.mark.parametrize(
    ("line", "date", "edition"),
    [
        ("March 11, 1998, Wednesday, Late Edition", "March 11, 1998", "Late Edition"),
        ("March 11, 1998 Wednesday 7:11 PM  Eastern Time", "March 11, 1998 7:11 PM", ""),
        ("Mittwoch 11. März 1998", "11. März 1998", ""),
        ("miércoles 11 de marzo de 1998", "11 de marzo de 1998", ""),
        ("11 maart 1998 woensdag", "11 maart 1998", ""),
        ("11-Mar-1998", "11-Mar-1998", ""),
        ("1998-03-11", "1998-03-11", ""),
        ("March 1998", "March 1998", ""),
        ("March 11, 1998 Wednesday\nCorrection Appended", "March 11, 1998", ""),
    ],
)
def test_lines_of_date_and_edition(line: str, date: str, edition: str) -> None:
    (draft,) = drafts(SHORT.format(date=line))

    assert (first(draft.published), first(draft.edition)) == (date, edition)
    assert (first(draft.source), first(draft.headline)) == ("The Strand Echo", "Trout return")
    assert draft.body == "Forty trout were counted.\n\nNo more."


def test_a_document_without_labels_above_its_text() -> None:
    (draft,) = drafts(
        "     3 of 9 DOCUMENTS\n\n     The Strand Echo\n\n     May 1, 2020 Friday\n\nhttps://echo.example/1\n\n"
        "Trout return\n\n"
        "20 words\n\nForty trout were counted.\n\nLOAD-DATE: May 2, 2020\n\nLANGUAGE: ENGLISH\n"
    )

    assert (first(draft.headline), first(draft.url)) == ("Trout return", "https://echo.example/1")
    assert (draft.body, draft.extra["length"]) == ("Forty trout were counted.", "20 words")
