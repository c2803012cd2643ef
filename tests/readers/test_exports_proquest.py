"""Downloads of ProQuest: text, mail and pages."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers.exports import proquest
from morgue.readers.options import ReadOptions
from support.reading import articles_of, drafts_of, summary

RULE = "_" * 60
FIRST = """\
Harbour bell rings again

Author: Holt, Runa; van der Ek, Jens

https://www.proquest.example/docview/3100001/se-2?accountid=1

Abstract: None available.

Links: https://resolver.example/openurl?atitle=x&amp;date=2019-03-04

Full text: VALMER, March 3 - The harbour bell rang.
Section: the quay has three of them.
Fishermen stood on the quay.

Subject: Bells; Harbours

Location: Valmer

Title: Harbour bell rings again

Publication title: The Sandholm Echo; Sandholm, Ont.

Pages: B3

Publication year: 2019

Publication date: Mar 4, 2019

Section: Local

Place of publication: Sandholm, Ont.

Language of publication: English

ProQuest document ID: 3100001

Document URL: https://www.proquest.example/docview/3100001/se-2?accountid=1

Copyright: Copyright 2019 Echo Media

Last updated: 2021-01-02

Database: Papers
"""
SECOND = """\
Mill to grind again: June

Author: Holt, Runa

Publication info: The Lamp ; Valmer [Valmer]05 Mar 2019: A.2.

ProQuest document link

Abstract: The mill will grind from June, its owner said.

Subject: Mills

Publication title: The Lamp

ProQuest document ID: 3100002
"""
FOUND = {
    "id": "3100001",
    "headline": "Harbour bell rings again",
    "published": "2019-03-04",
    "byline": ["Runa Holt", "Jens van der Ek"],
    "place": "VALMER",
    "source": "The Sandholm Echo",
    "section": "Local",
    "page": "B3",
    "language": "en",
    "keywords": ["Bells", "Harbours"],
    "rights": "Copyright 2019 Echo Media",
    "url": "https://www.proquest.example/docview/3100001/se-2?accountid=1",
    "body": "The harbour bell rang.\n\nSection: the quay has three of them.\n\nFishermen stood on the quay.",
}
FOUND_SECOND = {
    "id": "3100002",
    "headline": "Mill to grind again: June",
    "published": "2019-03-05",
    "byline": ["Runa Holt"],
    "source": "The Lamp",
    "page": "A.2",
    "keywords": ["Mills"],
    "body": "The mill will grind from June, its owner said.",
}
LAST = "Contact us at: http://www.proquest.example Database copyright (C) 2021 ProQuest LLC."


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("numbered", [True, False])
def test_text(ends: str, numbered: bool) -> None:
    first, second = (f"Document {n} of 2\n\n" * numbered + part for n, part in ((1, FIRST), (2, SECOND)))
    text = f"{RULE}\n\n{first}\n{RULE}\n\n{second}\n{RULE}\n\n{LAST}\n"

    found = articles_of(text.replace("\n", ends), "ProQuestDocuments-2024-10-01.txt")

    assert [summary(article) for article in found] == [FOUND, FOUND_SECOND]
    assert found[0].extra == {
        "Location": "Valmer",
        "Place of publication": "Sandholm, Ont.",
        "Last updated": "2021-01-02",
        "Database": "Papers",
    }
    assert [remark.how for remark in found[1].remarks] == ["proquest:Abstract"]


def test_documents_without_rules_are_parted_at_what_stands_above_an_author() -> None:
    assert [a.id for a in articles_of(f"{FIRST}\n{SECOND}\n{FIRST}", "a.txt")] == ["3100001", "3100002", "3100001"]


def test_a_document_that_is_missing_is_said() -> None:
    (draft,) = drafts_of(f"{RULE}\n\nDocument 1 of 3\n\n{FIRST}", "a.txt")

    assert isinstance(draft, Draft)
    assert [remark.why for remark in draft.problems] == ["the download names 3 documents and holds 1"]


LABELS = {
    "fr": ("Auteur", "Texte intégral", "Titre de la publication", "Date de publication", "ID de document ProQuest"),
    "es": ("Autor", "Texto completo", "Título de publicación", "Fecha de publicación", "ID del documento de ProQuest"),
    "de": ("Autor", "Volltext", "Publikationstitel", "Publikationsdatum", "ProQuest-Dokument-ID"),
}


@pytest.mark.parametrize("language", LABELS)
def test_labels_of_other_languages(language: str) -> None:
    author, text, title, date, number = LABELS[language]
    lines = [
        f"{author}: Holt, Runa",
        f"{text}: The bell rang.",
        f"{title}: The Echo",
        f"{date}: 4 Mar 2019",
        f"{number}: 31",
    ]
    (article,) = articles_of("\n\n".join([RULE, "Harbour bell", *lines, RULE]), "a.txt")

    assert summary(article) == {
        "id": "31",
        "headline": "Harbour bell",
        "published": "2019-03-04",
        "byline": ["Runa Holt"],
        "source": "The Echo",
        "body": "The bell rang.",
    }


def page_of(*documents: str) -> str:
    found = []
    for number, document in enumerate(documents):
        parts = [part.replace("\n", "</p><p>") for part in document.strip().split("\n\n")]
        labelled = [re.sub(r"^([\w ]{2,30}): ", r"<strong>\1: </strong>", part) for part in parts[1:]]
        lines = "</p><p>".join([parts[0], *labelled])
        found.append(f'<div><a name="DocID_{number}"></a><p>{lines}</p></div>')
    return f"<html><head><title>ProQuest Export</title></head><body><p>Email 1 of 1</p>{''.join(found)}</body></html>"


def test_a_page() -> None:
    found = articles_of(page_of(FIRST, SECOND), "a.html")

    assert [summary(article) for article in found] == [FOUND, FOUND_SECOND]


@pytest.mark.parametrize("quoted", [True, False])
def test_mail(quoted: bool) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "noreply@x.example", "Your research", "Sun, 5 Jul 2020 01:02:03 -0400"
    text = "\n".join(f"> {line}" for line in f"Email 1 of 1\n\n{FIRST}\n{SECOND}".split("\n"))
    if quoted:
        mail.set_content(f"Here it is.\n\n{text}\n")
    else:
        mail.set_content(page_of(FIRST, SECOND), subtype="html")

    found = articles_of(mail.as_bytes(), "a.eml")

    assert [(a.id, a.headline, a.published.value if a.published else "") for a in found] == [
        ("3100001", "Harbour bell rings again", "2019-03-04"),
        ("3100002", "Mill to grind again: June", "2019-03-05"),
    ]
    assert "Fishermen stood on the quay." in found[0].body


def test_copy_that_has_such_labels_is_no_download() -> None:
    (draft,) = drafts_of("Harbour bell\n\nSubject: bells\n\nFull text: none.\n\nThe bell rang.\n", "a.txt")

    assert isinstance(draft, Draft)
    assert draft.format == "text"


@given(st.lists(st.sampled_from([*FIRST.split("\n"), *SECOND.split("\n"), RULE, "Document 2 of 2"]), max_size=50))
def test_no_text_makes_it_raise(lines: list[str]) -> None:
    for item in proquest.articles("\n".join(lines), "a.txt", ReadOptions()):
        assert isinstance(item, Rejected) or item.headline or item.body
