"""Downloads of Factiva: text, pages, RTF, XML, Avro, with and without indexing, in the languages of the site."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers.exports import factiva
from morgue.readers.options import ReadOptions
from support.reading import articles_of, drafts_of, summary

PLAIN = """\
{section}Harbour bell rings again
By Runa Holt
1,204 words
{date}
The Sandholm Echo
SANDEC
Late edition
B3
{language}
Copyright 2019 Echo Media. All rights reserved.

VALMER, March 3 - The harbour bell rang for the first time in ten years.

Fishermen stood on the quay.

{label} SANDEC0020190304ef340000a


Mill to grind again
65 words
{date}
The Sandholm Echo
SANDEC
{language}
(c) 2019 Echo Media

The mill will grind from June.

Echo Media Ltd

{label} SANDEC0020190304ef340000b

Search Summary
Text
harbour
Results Found
2
"""
FIRST = {
    "id": "SANDEC0020190304ef340000a",
    "headline": "Harbour bell rings again",
    "published": "2019-03-04",
    "byline": ["Runa Holt"],
    "place": "VALMER",
    "source": "The Sandholm Echo",
    "section": "Local news",
    "page": "B3",
    "edition": "Late edition",
    "rights": "Copyright 2019 Echo Media. All rights reserved.",
    "body": "The harbour bell rang for the first time in ten years.\n\nFishermen stood on the quay.",
}
SECOND = {
    "id": "SANDEC0020190304ef340000b",
    "headline": "Mill to grind again",
    "published": "2019-03-04",
    "source": "The Sandholm Echo",
    "rights": "(c) 2019 Echo Media",
    "body": "The mill will grind from June.",
}
SITES = [
    ("English", "4 March 2019", "Document", "en"),
    ("Englisch", "4 März 2019", "Dokument", "en"),
    ("Anglais", "4 mars 2019", "Document", "en"),
    ("Inglés", "4 de marzo de 2019", "Documento", "en"),
    ("Deutsch", "4 Marzo 2019", "Documento", "de"),
    ("英文", "2019 年 3 月 4 日", "文件", "en"),
]


def plain(language: str, date: str, label: str, section: str = "Local news\n") -> str:
    return PLAIN.format(language=language, date=date, label=label, section=section)


@pytest.mark.parametrize(("language", "date", "label", "code"), SITES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_text_without_tags(language: str, date: str, label: str, code: str, ends: str) -> None:
    first, second = articles_of(plain(language, date, label).replace("\n", ends), "a.txt")

    assert summary(first) == FIRST | {"language": code}
    assert summary(second) == SECOND | {"language": code}
    assert second.extra == {"SC": "SANDEC", "WC": "65 words", "PUB": "Echo Media Ltd"}


def test_text_of_a_document_has_blank_lines_between_its_lines() -> None:
    text = plain("English", "4 March 2019", "Document").replace("\n", "\n\n")

    assert [summary(a)["body"] for a in articles_of(text, "a.txt")] == [FIRST["body"], SECOND["body"]]


@pytest.mark.parametrize(
    ("above", "section", "headline", "byline"),
    [
        (["Bell rings"], "", "Bell rings", []),
        (["Local", "Bell rings in the harbour"], "Local", "Bell rings in the harbour", []),
        (["Foreign Desk; 1", "Bell Rings in Valmer, Again"], "Foreign Desk; 1", "Bell Rings in Valmer, Again", []),
        (["Bell rings in the harbour", "Runa Holt"], "", "Bell rings in the harbour", ["Runa Holt"]),
        (["Local", "Bell rings", "Runa Holt"], "Local", "Bell rings", ["Runa Holt"]),
        (["Local", "Bell rings", "By Runa Holt", "Special to the Echo"], "Local", "Bell rings", ["Runa Holt"]),
        (["Bell rings", "Von Runa Holt und Jens Ek"], "", "Bell rings", ["Runa Holt", "Jens Ek"]),
    ],
)
def test_lines_above_the_number_of_words(above: list[str], section: str, headline: str, byline: list[str]) -> None:
    text = "\n".join([*above, "65 words", "4 March 2019", "The Echo", "ECHO", "English", "Copyright 2019 Echo", ""])
    (article,) = articles_of(f"{text}\nThe bell rang.\n\nDocument ECHO000020190304ef340000a\n", "a.txt")

    assert (article.section, article.headline, [p.name for p in article.byline]) == (section, headline, byline)
    assert article.body == "The bell rang."


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (["12"], {"page": "12"}),
        (["Final", "1"], {"edition": "Final", "page": "1"}),
        (["51", "4"], {"edition": "51", "page": "4"}),
        (
            ["66-67", "Volume 50; Issue 5; ISSN:00000001"],
            {"page": "66-67", "edition": "Volume 50; Issue 5; ISSN:00000001"},
        ),
        (["13/2017"], {"edition": "13/2017"}),
        (["11:21:59", "0"], {"page": "0", "published": "2019-03-04T11:21:59"}),
    ],
)
def test_lines_below_the_source(below: list[str], expected: dict[str, str]) -> None:
    head = ["Bell rings", "65 words", "4 March 2019", "The Echo", "ECHO", *below, "English", "Copyright 2019 Echo"]
    (article,) = articles_of(
        "\n".join([*head, "", "The bell rang.", "", "Document ECHO000020190304ef340000a"]), "a.txt"
    )

    found = summary(article)
    assert {name: found.get(name, "") for name in expected} == expected
    assert article.body == "The bell rang."


TAGGED = """\
SE{gap}Local
HD{gap}Harbour bell
   rings again
BY{gap}By Runa Holt
WC{gap}1,204 words
PD{gap}4 March 2019
ET{gap}09:15
SN{gap}The Sandholm Echo
SC{gap}SANDEC
ED{gap}Late edition
PG{gap}B3
LA{gap}English
CY{gap}Copyright 2019 Echo Media

LP{gap}The harbour bell rang.

TD{gap}Fishermen stood on the quay.

IN BRIEF they were glad.

CO{gap}echo : Echo Media Ltd
IN{gap}i1 : Bells
NS{gap}gcul : Culture | gcat : General News
RE{gap}val : Valmer
PUB{gap}Echo Media Ltd
AN{gap}Document SANDEC0020190304ef340000a

"""


@pytest.mark.parametrize("gap", ["          ", "\t", "|", "\n\n", "\xa0\xa0"])
def test_text_with_tags(gap: str) -> None:
    first, second = articles_of(TAGGED.format(gap=gap) * 2, "a.txt")

    assert summary(first) == {
        "id": "SANDEC0020190304ef340000a",
        "headline": "Harbour bell rings again",
        "published": "2019-03-04T09:15:00",
        "byline": ["Runa Holt"],
        "source": "The Sandholm Echo",
        "section": "Local",
        "page": "B3",
        "edition": "Late edition",
        "language": "en",
        "keywords": ["Culture", "General News", "Echo Media Ltd", "Bells"],
        "rights": "Copyright 2019 Echo Media",
        "body": "The harbour bell rang.\n\nFishermen stood on the quay.\n\nIN BRIEF they were glad.",
    }
    assert first.extra["RE"] == "val : Valmer"
    assert summary(second) == summary(first)


HEAD_ROWS = [
    ("HD", "Harbour bell rings"),
    ("BY", "By Runa Holt"),
    ("WC", "90 words"),
    ("PD", "4 March 2019"),
    ("SN", "Echo"),
]
PAGE = (
    "<html><head><title>Factiva</title></head><body><div id='navcontainer'><h1>Dow Jones Factiva</h1></div>{}"
    "<span class='copyright'>&copy; 2019 Factiva, Inc.</span></body></html>"
)


def table_article(number: str) -> str:
    rows = "".join(f'<tr><td class="index"><b>{tag}</b>&nbsp;</td><td>{text}</td></tr>' for tag, text in HEAD_ROWS)
    for tag, text in (("LP", "The bell <b>rang</b>."), ("TD", "Fishermen stood.")):
        rows += f'<tr><td class="index"><b>{tag}</b></td><td><p class="articleParagraph">{text}</p></td></tr>'
    rows += '<tr><td class="index"><b>NS</b></td><td>gcul : Culture | gcat : General</td></tr>'
    rows += f'<tr><td class="index">AN</td><td>Document {number}</td></tr>'
    return f'<div class="article enArticle"><table>{rows}</table></div>'


def list_article(number: str) -> str:
    return (
        '<div class="article"><div class="article deArticle"><p></p><div>Local; 2</div><div id="hd">'
        '<span class="deHeadline">Harbour bell rings</span></div><div class="author">By Runa Holt</div>'
        "<div>Special to the Echo</div><div>90 Wörter</div><div>4 März 2019</div><div>Echo</div><div>ECHO</div>"
        "<div>7</div><div>Englisch</div><div>Copyright 2019 Echo</div><p></p>"
        '<p class="articleParagraph">The bell <b>rang</b>.</p><p class="articleParagraph">Fishermen stood.</p>'
        f"<p>Echo Trust</p><p>Dokument {number}</p></div></div>"
    )


@pytest.mark.parametrize("article", [table_article, list_article])
def test_a_saved_page(article) -> None:  # type: ignore[no-untyped-def]
    page = PAGE.format("<br>".join(article(f"ECHO000020190304ef340000{n}") for n in "abc"))

    found = articles_of(page, "page.html")

    assert [a.id for a in found] == [f"ECHO000020190304ef340000{n}" for n in "abc"]
    for one in found:
        shown = summary(one)
        assert (shown["headline"], shown["published"], shown["byline"]) == (
            "Harbour bell rings",
            "2019-03-04",
            ["Runa Holt"],
        )
        assert (shown["source"], shown["body"]) == ("Echo", "The bell rang.\n\nFishermen stood.")


def test_a_page_without_articles_is_rejected() -> None:
    page = PAGE.format("<div class='headlineArticle'>12 results</div>")

    assert drafts_of(page, "a.html") == [Rejected("a.html", 0, "a page of Factiva that holds no article")]


def test_rtf() -> None:
    body = "".join(f"\\pard {line}\\par\n" for line in plain("English", "4 March 2019", "Document").split("\n"))
    first, second = articles_of("{\\rtf1\\ansi " + body + "}", "Factiva-20190321-1112.rtf")

    assert summary(first) == FIRST | {"language": "en"}
    assert summary(second) == SECOND | {"language": "en"}


def test_xml() -> None:
    article = (
        "<ppsarticle><article><accessionNo>ECHO{0}</accessionNo><baseLanguage>EN</baseLanguage>"
        "<byline><paragraph>By Runa Holt</paragraph></byline><copyright>(c) Echo</copyright>"
        "<headline><paragraph><hlt>Harbour</hlt> bell rings</paragraph></headline>"
        "<leadParagraph><paragraph>The bell rang.</paragraph></leadParagraph>"
        "<publicationDate><dateTime>2019-03-04T01:35:58Z</dateTime></publicationDate><sourceName>Echo</sourceName>"
        "<tailParagraphs><paragraph>Fishermen stood.</paragraph><paragraph>All left.</paragraph></tailParagraphs>"
        "</article></ppsarticle>"
    )
    xml = f"<PPSResponse><set xmlns='http://x.example'>{article.format(1)}{article.format(2)}</set></PPSResponse>"

    first, second = articles_of(xml, "a.xml")

    assert summary(first) == {
        "id": "ECHO1",
        "headline": "Harbour bell rings",
        "published": "2019-03-04T01:35:58Z",
        "byline": ["Runa Holt"],
        "source": "Echo",
        "language": "en",
        "rights": "(c) Echo",
        "body": "The bell rang.\n\nFishermen stood.\n\nAll left.",
    }
    assert second.id == "ECHO2"


SNAPSHOT = {
    "an": "ECHO1",
    "title": "Harbour bell rings",
    "snippet": "The bell rang.",
    "body": "Fishermen stood.\n\nAll left.",
    "byline": "By Runa Holt",
    "source_code": "ECHO",
    "source_name": "Echo",
    "publisher_name": "Echo Media",
    "language_code": "en",
    "dateline": "VALMER, March 3",
}


def test_a_snapshot_joins_its_two_texts() -> None:
    fastavro = pytest.importorskip("fastavro")
    moment = datetime(2019, 3, 4, 8, tzinfo=UTC)
    fields: list[dict[str, object]] = [{"name": name, "type": ["string", "null"]} for name in SNAPSHOT]
    fields.append({"name": "publication_datetime", "type": {"type": "long", "logicalType": "timestamp-millis"}})
    file = io.BytesIO()
    fastavro.writer(
        file, {"type": "record", "name": "article", "fields": fields}, [{**SNAPSHOT, "publication_datetime": moment}]
    )
    header = ",".join([*SNAPSHOT, "publication_datetime"])
    row = ",".join([*(f'"{value}"' for value in SNAPSHOT.values()), str(int(moment.timestamp() * 1000))])

    for data, name in ((file.getvalue(), "part.avro"), (f"{header}\n{row}\n".encode(), "part.csv")):
        (article,) = articles_of(data, name)
        assert summary(article) == {
            "id": "ECHO1",
            "headline": "Harbour bell rings",
            "published": "2019-03-04T08:00:00Z",
            "byline": ["Runa Holt"],
            "place": "VALMER",
            "source": "Echo",
            "language": "en",
            "body": "The bell rang.\n\nFishermen stood.\n\nAll left.",
        }
    (broken,) = drafts_of(file.getvalue()[:-20], "part.avro")
    assert isinstance(broken, Rejected)
    assert broken.why.startswith("Avro that cannot be read")


def test_an_export_that_was_cut_off_says_so() -> None:
    text = plain("English", "4 March 2019", "Document")
    first, second = drafts_of(text[: text.index("grind from")], "a.txt")

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert not first.problems
    assert [remark.why for remark in second.problems] == ["the article has no end: the export was cut off"]


def test_pages_of_print_are_left_out() -> None:
    line = "\nPage 2 of 9 © 2019 Factiva, Inc. All rights reserved.\n\n"
    text = plain("English", "4 March 2019", "Document").replace("Fishermen", line + "Fishermen")

    assert articles_of(text, "a.txt")[0].body == FIRST["body"]


@pytest.mark.parametrize(
    "text",
    [
        "Bell rings\n\nThe bell rang 65 words\n\nDocument the harbour, he said.",
        "The HD channel\nIN the harbour\nBY the sea\nNS and RE",
        "Harbour bell rings\n\nVALMER - The bell rang.\n\nDocument 12 shows it.",
    ],
)
def test_copy_is_no_export(text: str) -> None:
    (draft,) = drafts_of(text, "a.txt")

    assert isinstance(draft, Draft)
    assert draft.format == "text"


@given(st.lists(st.sampled_from([*TAGGED.split("\n"), *PLAIN.split("\n"), "\n"]), max_size=60))
def test_no_text_makes_it_raise(lines: list[str]) -> None:
    for item in factiva.articles("\n".join(lines), "a.txt", ReadOptions()):
        assert isinstance(item, Rejected) or item.headline or item.body
