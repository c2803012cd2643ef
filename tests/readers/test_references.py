"""Lists of references: RIS and its kin, BibTeX, EndNote XML, Zotero, MODS, CSL JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers.references.latex import plain
from support.reading import articles_of, drafts_of, summary

ENTRY = {
    "headline": "Harbour bell rings again",
    "published": "2019-03-04",
    "byline": ["Runa Holt", "Jens van der Ek"],
    "source": "The Sandholm Echo",
    "page": "B3",
    "language": "en",
    "keywords": ["bells", "harbours"],
    "url": "https://echo.example/bell",
    "body": "The harbour bell rang.",
}
ABSTRACT = "the text is a reference's abstract, which may be less than the article"

RIS = """\
TY  - NEWS
{title}  - Harbour bell rings again
{author}  - Holt, Runa
{author}  - van der Ek, Jens
{source}  - The Sandholm Echo
{date}
SP  - B3
LA  - English
KW  - bells
KW  - harbours
{text}  - The harbour
bell rang.
UR  - https://echo.example/bell
ER  -
"""
PROQUEST = {"title": "T1", "author": "A1", "source": "JF", "date": "Y1  - 2019/03/04/", "text": "AB"}
EBSCO = {"title": "TI", "author": "AU", "source": "JO", "date": "PY  - 2019\nDA  - 20190304", "text": "N2"}
GALE = {"title": "TI", "author": "AU", "source": "T2", "date": "PY  - 2019/03/04/Mon", "text": "AB"}
ZOTERO = {"title": "TI", "author": "AU", "source": "T2", "date": "DA  - 2019/03/04/\nPY  - 2019", "text": "AB"}
MONTHS = {"title": "TI", "author": "AU", "source": "T2", "date": "DA  - 2019 Mar 4", "text": "AB"}

ENDNOTE_TAGS = """\
%0 Newspaper Article
%A Holt, Runa
%A van der Ek, Jens
%T Harbour bell rings again
%J The Sandholm Echo
%D 2019
%8 March 4
%P B3
%G eng
%K bells
harbours
%X The harbour bell rang.
%U https://echo.example/bell
"""
BIBTEX = r"""
@article{holt2019,
  title = {{Harbour} bell rings again},
  author = {Holt, Runa and van der Ek, Jens},
  journal = {The Sandholm Echo},
  date = {2019-03-04},
  pages = {B3}, langid = {english}, keywords = {bells, harbours},
  url = {https://echo.example/bell},
  abstract = {The harbour bell rang.},
}
"""
BIBTEX_QUOTED = r"""% exported by hand
@string{echo = "The Sandholm"}
@comment{not an entry}
@Article(holt2019, title = "Harbour {bell} rings again", author = "Runa Holt and Jens van der Ek and others",
  journal = echo # " Echo", year = 2019, month = mar, day = 4, pages = "B3", language = {English},
  keywords = "bells; harbours", howpublished = "\url{https://echo.example/}",
  url = {\url{https://echo.example/bell}}, abstract = "The harbour bell rang.")
"""
ENDNOTE = """<?xml version="1.0"?><xml><records><record><ref-type name="Newspaper Article">23</ref-type>
<contributors><authors><author><style face="normal">Holt, Runa</style></author>
<author>van der Ek, Jens</author></authors>
</contributors><titles><title><style>Harbour bell </style><style face="bold">rings again</style></title>
<secondary-title>The Sandholm Echo</secondary-title></titles><pages>B3</pages><keywords><keyword>bells</keyword>
<keyword>harbours</keyword></keywords><dates><year>2019</year><pub-dates><date>Mar 4</date></pub-dates></dates>
<urls><related-urls><url>https://echo.example/bell</url></related-urls></urls><language>English</language>
<abstract>The harbour bell rang.</abstract></record></records></xml>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
<bib:Article rdf:about="https://echo.example/bell"><z:itemType>newspaperArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:0"/><bib:authors><rdf:Seq>
<rdf:li><foaf:Person><foaf:surname>Holt</foaf:surname><foaf:givenName>Runa</foaf:givenName></foaf:Person></rdf:li>
<rdf:li><foaf:Person><foaf:surname>van der Ek</foaf:surname><foaf:givenName>Jens</foaf:givenName></foaf:Person></rdf:li>
</rdf:Seq></bib:authors><dc:subject>bells</dc:subject>
<dc:subject><z:AutomaticTag><rdf:value>harbours</rdf:value></z:AutomaticTag></dc:subject>
<dc:title>Harbour bell rings again</dc:title><dcterms:abstract>The harbour bell rang.</dcterms:abstract>
<dc:date>2019-03-04</dc:date><z:language>en</z:language><bib:pages>B3</bib:pages>
<dc:identifier><dcterms:URI><rdf:value>https://echo.example/bell</rdf:value></dcterms:URI></dc:identifier></bib:Article>
<bib:Newspaper rdf:about="urn:issn:0"><dc:title>The Sandholm Echo</dc:title></bib:Newspaper>
<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>Snapshot</dc:title></z:Attachment>
<bib:Memo rdf:about="#item_3"><rdf:value>mine</rdf:value></bib:Memo></rdf:RDF>"""
MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>
<titleInfo><title>Harbour bell rings again</title></titleInfo>
<name type="personal"><namePart type="family">Holt</namePart><namePart type="given">Runa</namePart>
<role><roleTerm>author</roleTerm></role></name><name><namePart>Jens van der Ek</namePart></name>
<originInfo><dateIssued>2019-03-04</dateIssued></originInfo><relatedItem type="host"><titleInfo>
<nonSort>The</nonSort><title>Sandholm Echo</title></titleInfo>
<part><detail type="page"><number>B3</number></detail></part>
</relatedItem><abstract>The harbour bell rang.</abstract><language><languageTerm>eng</languageTerm></language>
<subject><topic>bells</topic></subject><subject><topic>harbours</topic></subject>
<location><url>https://echo.example/bell</url></location></mods></modsCollection>"""
CSL = """[{"type": "article-newspaper", "title": "Harbour bell rings again", "container-title": "The Sandholm Echo",
"author": [{"family": "Holt", "given": "Runa"}, {"family": "van der Ek", "given": "Jens"}], "page": "B3",
"language": "en", "issued": {"date-parts": [[2019, 3, 4]]}, "abstract": "The harbour bell rang.",
"keyword": "bells, harbours", "URL": "https://echo.example/bell"}]"""
ZOTERO_CSV = """"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Abstract Note","Date",\
"Date Added","Access Date","Pages","Publisher","Language","Manual Tags"
"A1","newspaperArticle","2019","Holt, Runa; van der Ek, Jens","Harbour bell rings again","The Sandholm Echo",\
"https://echo.example/bell","The harbour bell rang.","2019-03-04","2024-05-01 10:00:00","2024-05-01","B3",\
"Echo Media","en","bells; harbours"
"""

FILES = [
    *(
        (f"{name}.ris", RIS.format(**tags))
        for name, tags in (("p", PROQUEST), ("e", EBSCO), ("g", GALE), ("z", ZOTERO))
    ),
    ("months.ris", RIS.format(**MONTHS)),
    ("preamble.txt", "Provider: EBSCO\nDatabase: Papers\n\n" + RIS.format(**EBSCO)),
    ("a.enw", ENDNOTE_TAGS),
    ("a.bib", BIBTEX),
    ("b.bib", BIBTEX_QUOTED),
    ("endnote.xml", ENDNOTE),
    ("zotero.rdf", RDF),
    ("mods.xml", MODS),
    ("csl.json", CSL),
    ("zotero.csv", ZOTERO_CSV),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "text"), FILES, ids=[name for name, _ in FILES])
def test_an_entry(name: str, text: str, ends: str) -> None:
    (article,) = articles_of(text.replace("\n", ends), name)

    shown = summary(article)
    assert {key: value for key, value in shown.items() if key != "id"} == ENTRY
    assert shown["id"] in (ENTRY["url"], name)


def test_several_entries_are_as_many_articles() -> None:
    for name, text in FILES[:9]:
        assert len(articles_of(f"{text}\n" * 3, name)) == 3, name


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("TI  - Bell\nTY  - NEWS\nTI  - Mill\nER  - ", ["Bell", "Mill"]),  # an end forgotten
        ("TI  - Bell\nAB  - US - based men\nAI - and others", ["Bell"]),
        ("TI  - Bell\n  rings\n\nER  - \n\nstray\n\nTY  - NEWS\nTI  - Mill", ["Bell rings", "Mill"]),
    ],
)
def test_broken_lines_of_ris(lines: str, expected: list[str]) -> None:
    assert [article.headline for article in articles_of(f"TY  - NEWS\n{lines}\n", "a.ris")] == expected


@pytest.mark.parametrize(
    ("note", "field"),
    [("They stood on the quay.", "note"), ("Copyright - Echo 2019", ""), ("They stood on the quay. " * 30, "body")],
)
def test_a_note_of_ris_is_text_when_it_is_longer_than_the_abstract(note: str, field: str) -> None:
    (article,) = articles_of(f"TY  - NEWS\nTI  - Bell\nAB  - The bell rang.\nN1  - {note}\nER  - \n", "a.ris")

    assert (article.note, article.body, article.extra.get("N1", "")) == {
        "note": (note, "The bell rang.", ""),
        "body": ("", note.strip(), ""),
        "": ("", "The bell rang.", note),
    }[field]


def test_an_abstract_as_text_is_said() -> None:
    for name, text in FILES[:12]:
        (draft,) = drafts_of(text, name)
        assert isinstance(draft, Draft)
        assert [remark.why for remark in draft.problems] == [ABSTRACT], name


def test_a_broken_entry_of_bibtex_is_rejected_and_the_next_read() -> None:
    found = drafts_of("@misc{a, title = {No end\n\n@misc{b, title = {Bell}, year = 2019}\n@misc{c}\n", "a.bib")

    assert [item.why if isinstance(item, Rejected) else item.headline[0].value for item in found] == [
        "@misc: has a value without an end",
        "Bell",
        "an entry without title and abstract",
    ]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2019, month = mar", "2019-03"),
        ("year = 2019, month = {3}, day = {4}", "2019-03-04"),
        ('year = 2019, month = "4~" # mar', "2019-03-04"),
        ("year = {2019}", "2019"),
        ("year = 2019, month = {March}", "2019-03"),
        ("date = {2019-03}, year = {1999}", "2019-03"),
    ],
)
def test_dates_of_bibtex(fields: str, date: str) -> None:
    (article,) = articles_of(f"@article{{k, title = {{Bell}}, {fields}}}", "a.bib")

    assert article.published
    assert article.published.value == date


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (r"{Caf\'{e}} \& Bar", "Café & Bar"),
        (r"M\"uller, G\"{o}del, na{\"\i}ve, \'{\i}", "Müller, Gödel, naïve, í"),
        (r"{\'E}cole, \c{c}a, \c c, \v{S}koda, {\v r}, Erd\H{o}s, Mu\~noz", "École, ça, ç, Škoda, ř, Erdős, Muñoz"),
        (r"Stra\ss e, \o re, {\L}\'od\'z, \aa ngstr\"om, \AA", "Straße, øre, Łódź, ångström, Å"),
        (r"``Bell'' 5--6 --- \ldots", "“Bell” 5–6 — …"),
        (r"\emph{The Echo} costs \$5 at 50\% \{now\}", "The Echo costs $5 at 50% {now}"),
        (r"a~b \url{https://x.example/a_b}", "a b https://x.example/a_b"),
        ("no markup", "no markup"),
    ],
)
def test_latex(value: str, meant: str) -> None:
    assert plain(value) == meant


PIECES = [
    "TY  - NEWS",
    "ER  -",
    "TI  - a",
    "@a{b,",
    "t={x",
    "}",
    '"',
    "# ",
    "@string{",
    "\\'",
    "title = {Bell}",
    ",",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["ris", "bibtex"]))
def test_no_text_makes_it_raise(pieces: list[str], name: str) -> None:
    for item in drafts_of("\n".join(pieces), "a", format_in=name):
        assert isinstance(item, Rejected) or item.headline or item.body
