"""Copy is told from furniture, credits and bylines by its first words: each of those words must still be seen.

And from datelines: what is told by a paragraph's first words must be what the grammar says of the whole of it.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Article, Context, Draft
from morgue.wire import byline, resolve_draft, taglines
from morgue.wire.dateline import scan

CONTEXT = Context(path="a.txt", now=1.8e9)
COPY = "The mayor said that the harbor would be closed for the whole of the winter, and longer."

# Kind -> paragraphs below a story; "" is copy.
FOOTERS = {
    "note": [
        "The following information is not intended for publication",
        "Not for publication: the desk's telephone",
        "Die folgenden Informationen sind nicht zur Veröffentlichung",
        "Folgende Informationen sind nicht zur Veröffentlichung",
        "dpa-Notizblock",
        "Notizblock",
        "## Redaktionelle Hinweise",
        "Information for editors only, and for nobody else",
        "Las siguientes informaciones no son para publicar",
        "Eds: an earlier version of this had another town in it",
        "Ed: an earlier version of this had another town in it",
        "Editor's note: an earlier version had another town in it",
        "Editors: an earlier version of this had another town in it",
        "Note to editors: an earlier version had another town",
        "Eds note: an earlier version had another town in it",
        "Attention editors: an earlier version had another town",
        "An die Redaktionen: an earlier version had another town",
        "Redaktionen: an earlier version had another town in it",
        "Nota del editor: an earlier version had another town",
        "Note de la rédaction: an earlier version had another town",
        "NDLR: an earlier version of this had another town in it",
        "Nota ai redattori: an earlier version had another town",
        "Attn: an earlier version of this had another town in it",
        "Hinweis: an earlier version of this had another town in it",
        "Advisory: an earlier version of this had another town",
    ],
    "contact": [
        "Media contact: Rosa Oakes, who answers the telephone",
        "Press: rosa@harbor.example",
        "Press office: Rosa Oakes, who answers the telephone",
        "For more information contact: Rosa Oakes at the office",
        "For additional information contacts: Rosa Oakes and others",
        "Investor relations contact: Rosa Oakes at the harbor office",
        "Public relations contact: Rosa Oakes at the harbor office",
        "Company contact: Rosa Oakes at the harbor office, upstairs",
        "Contacts for the media: Rosa Oakes at the harbor office",
        "Enquiries: Rosa Oakes at the harbor office, upstairs",
        "Inquiries: Rosa Oakes at the harbor office, upstairs",
        "Kontakt: Rosa Oakes at the harbor office, upstairs",
        "Pressekontakt: Rosa Oakes at the harbor office, upstairs",
        "Contacto de prensa: Rosa Oakes at the harbor office",
        "Contact presse : Rosa Oakes at the harbor office, upstairs",
        "Contatti: Rosa Oakes at the harbor office, upstairs",
        "Rückfragen: Rosa Oakes at the harbor office, upstairs",
        "RÜCKFRAGEN: ROSA OAKES AT THE HARBOR OFFICE, UPSTAIRS",
        "Rueckfragen: Rosa Oakes at the harbor office, upstairs",
        "Für weitere Fragen: Rosa Oakes at the harbor office",
        "View source version on the wire's own pages, at any time",
        "View original content: the wire's own pages, at any time",
        "To view the source version go to the wire's own pages",
        "SOURCE Harbor Lamp Company, which prints the Harbor Lamp",
        "((an earlier version of this had another town in it))",
        "Media: call 555 123 4567 at any time of the day or night",
        "Analysts: call 555 123 4567 at any time of the day or night",
        "E-mail: rosa@harbor.example, at any time of day or night",
        "Tel: 555 123 4567, at any time of the day or the night",
        "Phone: 555 123 4567, at any time of the day or the night",
        "Telefon: 555 123 4567, at any time of the day or the night",
    ],
    "": [
        "For further information: see the harbor's own pages",
        "Further information: see the harbor's own pages, all of them",
        "The mayor said that the harbor would be closed on Tuesday",
        "Media companies said that the harbor would be closed",
    ],
    "copyright": [
        "Copyright 2026 Harbor Lamp, which keeps what it has printed",
        "COPYRIGHT 2026 HARBOR LAMP, WHICH KEEPS WHAT IT HAS PRINTED",
        "(c) 2026 Harbor Lamp, which keeps what it has printed so far",
        "(с) 2026 Harbor Lamp, which keeps what it has printed so far",
        "© 2026 Harbor Lamp, which keeps what it has printed so far",
        '"© 2026 Harbor Lamp, which keeps what it has printed so far',
        "Alle Rechte vorbehalten, auch die an diesem kleinen Text",
        "All rights reserved, those of the smallest text among them",
        "Tous droits réservés, même ceux d'un texte si petit que ça",
        "Todos los derechos reservados, también los de este texto",
        "Todos os direitos reservados, também os deste pequeno texto",
        "Riproduzione riservata, anche di questo piccolo testo qui",
        "© Riproduzione riservata, anche di questo piccolo testo qui",
        "The harbor's own text and pictures. Copyright 2026.",
        "This material may not be published, broadcast or rewritten",
        "The text may not be published, broadcast or rewritten at all",
        "Copyrıght 2026 Harbor Lamp, which keeps what it has printed",
    ],
}
# Kind -> lines above a story; "" is copy.
HEADS = {
    "header": [
        "zczc abc0123",
        "1st Lead Harbor",
        "EXTRA",
        "REFILE",
        "URGENT!",
        "Flash:",
        "Bulletin",
        "Eilmeldung",
        "Achtung",
        "Alert",
        "APNewsAlert",
        "Advisory",
        "Zusammenfassung",
        "Korrektur",
        "Berichtigung",
        "Corrected version",
        "Correction",
        "Embargoed",
        "Sperrfrist 12 Uhr",
        "Priority",
        "(Breaking news)",
        "Exclusive",
        "exklusiv:",
        "FOR IMMEDIATE RELEASE",
        "For Immediate Public Release, Tuesday",
        "Not for distribution in Harbor",
        "MEDIA RELEASE",
        "News release: the harbor",
        "Press statement",
        "Pressemitteilung",
        "Communiqué de presse",
        "Comunicado de prensa",
        "Nota de prensa",
        "Comunicato stampa",
        "Persbericht",
        "Pressmeddelande",
        "Lehdistötiedote",
        "Tiedote",
        "Пресс-релиз",
        "Tlačová správa",
        "Informacja prasowa",
        "Basın bülteni",
        "BASIN BÜLTENİ",
        "AP Photos AB12",
        "AFP Photo",
        "EPA Video",
        "Reuters Graphic",
        "PA Photo",
        "Source: Reuters",
        "Quelle: dpa",
        "Fuente: EFE",
        "Fonte: Lusa",
        "来源：新华社",
    ],
    "note": [
        "Eds: with pictures",
        "Note to editors: with pictures",
        "Attention editors: with pictures",
        "An die Redaktionen: mit Bild",
        "Nota del editor: con foto",
        "NDLR: avec photo",
        "Attn: with pictures",
        "Hinweis: mit Bild",
    ],
    "": [
        "Photo AB1234",
        "(Picture XYZ123",
        "The harbor is closed",
        "For the harbor it was a hard week",
    ],
    "contact": [
        "Media contact: Rosa Oakes",
        "Enquiries: Rosa Oakes",
        "Kontakt: Rosa Oakes",
        "Rückfragen: Rosa Oakes",
    ],
    "rule": [
        "___",
    ],
    "correction": [
        "(Adds details)",
    ],
    "slug": [
        "BC-AS--Harbor, 1st Ld,300",
    ],
}
TAGLINES = [
    "(Reporting by Rosa Oakes in Oslo; Editing by Ana Gil)",
    "Additional reporting by Rosa Oakes",
    "Further reporting by Rosa Oakes",
    "Written by Rosa Oakes",
    "With reporting by Rosa Oakes",
    "Extra reporting by Rosa Oakes",
    "Edited by Rosa Oakes",
    "Compiled by Rosa Oakes",
    "Translated by Rosa Oakes",
    "Graphics by Rosa Oakes",
    "Photography by Rosa Oakes",
    "Research by Rosa Oakes",
    "Production by Rosa Oakes",
    "Rewriting by Rosa Oakes",
    "Video by Rosa Oakes",
    "Bearbeitet von Rosa Oakes",
    "Geschrieben von Rosa Oakes",
    "Redigiert von Rosa Oakes",
    "Berichtet von Rosa Oakes",
    "Mitarbeit: Rosa Oakes",
    "Redaktion: Rosa Oakes",
    "Reportage par Rosa Oakes",
    "Édité par Rosa Oakes",
    "Edité par Rosa Oakes",
    "Rédigé par Rosa Oakes",
    "Version française par Rosa Oakes",
    "Service par Rosa Oakes",
    "Avec par Rosa Oakes",
    "Escrito por Rosa Oakes",
    "Editado por Rosa Oakes",
    "Reporte por Rosa Oakes",
    "Información por Rosa Oakes",
    "Informação por Rosa Oakes",
    "Reportagem por Rosa Oakes",
    "Edição por Rosa Oakes",
    "Edición por Rosa Oakes",
    "Traducido por Rosa Oakes",
    "Scritto da Rosa Oakes",
    "Redazione di Rosa Oakes",
    "A cura di Rosa Oakes",
    "Autoren: Rosa Oakes",
    "Editing: Rosa Oakes",
]
BYLINES = [
    "By Rosa Oakes",
    "BY ROSA OAKES",
    "by Rosa Oakes",
    "Von Rosa Oakes",
    "von Rosa Oakes",
    "PAR ROSA OAKES",
    "Par Rosa Oakes",
    "Por Rosa Oakes",
    "Di Rosa Oakes",
    "Door Rosa Oakes",
    "Av Rosa Oakes",
    "Af Rosa Oakes",
    "Oleh Rosa Oakes",
    "Oleh: Rosa Oakes",
    "Pewarta: Rosa Oakes",
    "Penulis: Rosa Oakes",
    "Autor: Rosa Oakes",
    "Autorka: Rosa Oakes",
    "Haber: Rosa Oakes",
    "Szerző: Rosa Oakes",
    "Author: Rosa Oakes",
    "Text: Rosa Oakes",
    "Tekst: Rosa Oakes",
    "Texto: Rosa Oakes",
    "Testo: Rosa Oakes",
    "Автор: Роза Оукс",
    "Текст: Роза Оукс",
    "بقلم روزا أوكس",
    "كتب روزا أوكس",
    "Written by Rosa Oakes",
    "Reported by Rosa Oakes",
    "Prepared by Rosa Oakes",
    "Compiled by Rosa Oakes",
    "Story by Rosa Oakes",
    "Words By Rosa Oakes",
    "Analysis by Rosa Oakes",
    "^By Rosa Oakes",
    "^ By Rosa Oakes",
    "（記者張三）",
    "记者 张三",
    "홍길동 기자",
]
PIECES = """
LONDON London NEW York Washington D.C. DC U.S. N.Y. IL GR Bad Ragaz Chur OSLO Reuters AP dpa TASS March Sunday May
3 12 1987 1,780 5.93 Texas-based O'Neil Japan's <ABC.O> Paris, Ill. Corp Ltd Tempo.co Senators St Luleå TT A The
UPDATE- LEAD the of said and in on de la el von am gr york press agency staff times st march sunday reported who
- -- — . : / (Reuters) (AP) AFP. /TT [x] ,
"""


def _settled(body: str) -> Article:
    found = resolve_draft(Draft(format="x", body=body), CONTEXT)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOOTERS.items() for text in texts])
def test_each_footer_is_seen(kind: str, text: str) -> None:
    found = _settled(f"{COPY}\n\n{COPY}\n\n{text}").furniture

    assert found == (((kind, text),) if kind else ())


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HEADS.items() for text in texts])
def test_each_line_of_a_head_is_seen(kind: str, text: str) -> None:
    found = _settled(f"{text}\n\n{COPY}\n\n{COPY}").furniture

    assert found == (((kind, text),) if kind else ())


@pytest.mark.parametrize("text", TAGLINES)
def test_each_tagline_is_seen(text: str) -> None:
    assert taglines.is_tagline(text)


@pytest.mark.parametrize("text", BYLINES)
def test_each_byline_is_seen(text: str) -> None:
    assert byline.line(text)


@given(st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join), st.booleans())
@settings(max_examples=1000, deadline=None)
def test_the_first_words_tell_no_more_than_the_grammar(text: str, weak: bool) -> None:
    found = scan.find(text, weak=weak)

    # A byte order mark is passed over, but it keeps a text from being told by its first words.
    whole = scan.find(f"\ufeff{text}", weak=weak)
    assert (found and found._replace(raw="", end=found.end + 1)) == (whole and whole._replace(raw=""))
