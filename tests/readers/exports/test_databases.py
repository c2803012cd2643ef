"""Downloads of Europresse, Gale and EBSCO."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Claim, Draft, Rejected
from morgue.readers import ReadOptions, read_stream

EUROPRESSE = """La Gazette du Moulin, no. 412
Ville, vendredi 1er mai 2020, p. 12

Les truites reviennent

Inès Holm et Tomas Wray

Le club a compté quarante truites.

Le mardi 28 avril 2020, il n'en avait vu que trois.

© 2020 Moulin SA. Tous droits réservés.

Numéro de document : news·20200501·GM·a_12-3

Ce certificat est émis à Bibliothèque du Quai à des fins de visualisation personnelle et temporaire.
Date d'émission : 2020-05-04
Le présent document est protégé par les lois et conventions internationales sur le droit d'auteur.

The Mill Gazette
News, Sunday, May 3, 2020 - 21:05 UTC +0000

Leave the trout alone

One letter, no more.

© 2020 Mill Ltd. All rights reserved.

Document number: news·20200503·MG·77
"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<article><header><div><span class="DocPublicationName">La Gazette du Moulin </span></div>
<div><span class="DocHeader">Ville, vendredi 1 mai 2020, p. 12</span></div>
<div class="titreArticle"><p class="sm-margin-bottom">REPORTAGE</p><p class="titreArticleVisu">Les truites
<mark>reviennent</mark></p></div><div>Inès Holm</div></header>
<section><div class="DocText"><div class='docOcurrContainer'><p>Le club a compté quarante <mark>truites</mark>.</p>
<p>Bref.</p></div></div></section><aside><b>Note(s) : </b></aside>
<footer><small>© 2020 Moulin SA. Tous droits réservés.</small><p>Numéro de document : news·20200501·GM·a_12-3</p>
<div id="divPubliC">Ce certificat est émis à <b>Quai</b></div></footer></article>
<article><header><span class="DocPublicationName">Mill Gazette</span><span class="DocHeader">May 3, 2020</span>
<div class="titreArticle"><p class="titreArticleVisu">Letters</p></div></header>
<section><p>One letter.</p></section><footer><p>news·20200503·MG·77</p></footer></article></body></html>"""
OLD_PAGE = """<html><head><link href="http://www.europresse.example/x.css"></head><body><form><input type="button"
value="Sauvegarder"></form><table><tr><td><span class="DocPublicationName">La Gazette du Moulin</span><br>
<span class="DocHeader">Ville, </span><span class="DocHeader">vendredi </span><span class="DocHeader">1 mai 2020</span>
<span class="DocHeader">, p. 12</span><br><br>Reportage<br><span class="TitreArticleVisu">Les truites reviennent</span>
<br><br>Inès Holm<br><p></p>Le club a compté quarante truites.<p></p>Bref.<p></p><b><i>© 2020 Moulin SA. Tous droits
réservés.</i></b><p></p>Numéro de document : news·20200501·GM·a_12-3<br><br><table><tr><td>news·20200501·GM·a_12-3</td>
</tr><tr><td>Ce certificat est émis à <b>Quai</b> à des fins de visualisation.</td></tr></table></td></tr></table>
</body></html>"""
GALE = """Trout return to the weir
Author(s): Holm, Ines; Wray, Tomas
Source: Strand Echo (Norburg). (May 1, 2020): Local: pB12.
Document Type: Article
Copyright : COPYRIGHT 2020 Strand Press
https://strand.example/
Subjects: Fishes; Dams
Full Text:
Byline: Ines Holm

Forty trout were counted.

Note: no more than that.

Source Citation   (MLA 9th Edition)
Holm, Ines. "Trout return to the weir." Strand Echo, 1 May 2020, p. B12.
Gale Document Number: GALE|A700000001

Letters
Date: May 3, 2020
From: Mill Town Record(Vol. 12, Issue 3)
Length: 20 words
Full Text:
Leave the trout alone.

COPYRIGHT 2020 Mill Town Record

Gale Document Number: GALE|A700000002
"""
EBSCO = """EBSCO Publishing    Citation Format: Full

Record: 1
Title:  Trout return to the weir.
Authors:  Holm, Ines
    Wray, Tomas
Source:  Strand Echo. 05/01/2020, pB12.
Subject Terms:  *FISHES
    *DAMS
Full Text Word Count:  318
Accession Number:  1AB234
Persistent link to this record (Permalink):  https://search.ebsco.example/?AN=1AB234
Database:  Newspaper Source

Section: Local
Trout return to the weir

Forty trout were counted.

Title: The Compleat Angler was read aloud.

~~~~~~~~

By Ines Holm and Tomas Wray, Strand Echo

Copyright of Strand Echo is the property of Strand Press and its content may not be copied.

Record: 2
Title:
Letters.
Source:
Mill Town Record. May 3, 2020, p2.
Abstract:
Leave the trout alone, says a reader.
Accession Number:
1AB235
Database:
Newspaper Source
"""


def read(data: str, name: str = "a.txt") -> list[Draft | Rejected]:
    return list(read_stream(io.BytesIO(data.encode()), name, ReadOptions()))


def drafts(data: str, name: str = "a.txt") -> list[Draft]:
    found = read(data, name)
    assert all(isinstance(item, Draft) for item in found), found
    return [item for item in found if isinstance(item, Draft)]


def values(draft: Draft, *names: str) -> tuple[str, ...]:
    def first(claims: list[Claim]) -> str:
        return claims[0].value if claims else ""

    return tuple(first(getattr(draft, name)) for name in names)


def test_europresse_as_text() -> None:
    trout, letters = drafts(EUROPRESSE)

    assert values(trout, "headline", "source", "edition", "published", "section", "page", "ids") == (
        "Les truites reviennent",
        "La Gazette du Moulin",
        "412",
        "1 mai 2020",
        "Ville",
        "12",
        "news·20200501·GM·a_12-3",
    )
    assert values(trout, "byline", "rights") == ("Inès Holm et Tomas Wray", "© 2020 Moulin SA. Tous droits réservés.")
    assert trout.body == "Le club a compté quarante truites.\n\nLe mardi 28 avril 2020, il n'en avait vu que trois."
    assert values(letters, "headline", "source", "published", "section") == (
        "Leave the trout alone",
        "The Mill Gazette",
        "May 3, 2020 21:05 UTC +0000",
        "News",
    )
    assert letters.body == "One letter, no more."


@pytest.mark.parametrize("page", [PAGE, OLD_PAGE], ids=["articles", "tables"])
def test_europresse_as_a_page(page: str) -> None:
    trout = drafts(page, "a.html")[0]

    assert values(trout, "headline", "source", "published", "section", "page", "byline", "ids") == (
        "Les truites reviennent",
        "La Gazette du Moulin",
        "1 mai 2020",
        "Ville",
        "12",
        "Inès Holm",
        "news·20200501·GM·a_12-3",
    )
    assert trout.body == "Le club a compté quarante truites.\n\nBref."
    assert "reportage" in str(trout.extra["kicker"]).lower()


def test_europresse_that_was_cut_says_so() -> None:
    *_, last = drafts(EUROPRESSE.partition("One letter")[0] + "One")

    assert (last.body, [remark.how for remark in last.problems]) == ("One", ["europresse"])


def test_gale_as_text() -> None:
    trout, letters = drafts(GALE)

    assert values(trout, "headline", "source", "published", "page", "rights", "ids") == (
        "Trout return to the weir",
        "Strand Echo (Norburg)",
        "May 1, 2020",
        "B12",
        "COPYRIGHT 2020 Strand Press",
        "GALE|A700000001",
    )
    assert [claim.value for claim in trout.people] == ["Holm, Ines", "Wray, Tomas"]
    assert [claim.value for claim in trout.keywords] == ["Fishes", "Dams"]
    assert trout.body == "Forty trout were counted.\n\nNote: no more than that."
    assert values(letters, "headline", "published", "rights") == (
        "Letters",
        "May 3, 2020",
        "COPYRIGHT 2020 Mill Town Record",
    )
    assert letters.body == "Leave the trout alone."


def test_ebsco_as_text() -> None:
    trout, letters = drafts(EBSCO)

    assert values(trout, "headline", "source", "published", "section", "page", "ids", "url") == (
        "Trout return to the weir",
        "Strand Echo",
        "2020-05-01",
        "Local",
        "B12",
        "1AB234",
        "https://search.ebsco.example/?AN=1AB234",
    )
    assert [claim.value for claim in trout.people] == ["Holm, Ines", "Wray, Tomas"]
    assert [claim.value for claim in trout.keywords] == ["FISHES", "DAMS"]
    assert trout.body == "Forty trout were counted.\n\nTitle: The Compleat Angler was read aloud."
    assert values(letters, "headline", "published", "page") == ("Letters", "May 3, 2020", "2")
    assert letters.body == "Leave the trout alone, says a reader."
    assert ["abstract" in remark.why for remark in letters.problems] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Il cite le numéro news·20200501·GM·a dans une longue phrase, et le texte continue ensuite.",
        "Title: Trout\n\nThe database: none. Accession Number was never given.",
        "The archive calls it Document Number: twelve, and GALE|A was painted on the wall.",
    ],
)
def test_copy_that_only_uses_such_words_stays_copy(text: str) -> None:
    (draft,) = drafts(text)

    assert draft.format == "text"


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1500), st.integers(0, 300), st.sampled_from(["", "\n", "\f", "Full Text:", "Title:\n", "news·"]))
def test_no_damage_makes_it_raise(at: int, length: int, put: str) -> None:
    for whole, name in ((EUROPRESSE, "a.txt"), (GALE, "a.txt"), (EBSCO, "a.txt"), (PAGE, "a.html")):
        assert read(whole[:at] + put + whole[at + length :], name)
