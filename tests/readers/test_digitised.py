"""Digitised newspapers: pages of recognised text, issues with their articles, and what libraries deliver of them."""

# ruff: noqa: E501 - samples of XML

from __future__ import annotations

import io
import json
import zipfile
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.ingestion.ingest import ingest, parse
from morgue.ingestion.options import IngestOptions
from morgue.model import Article, Rejected
from morgue.readers import FORMATS, Draft, read_stream, sniff

V3 = "http://www.loc.gov/standards/alto/ns-v3#"


def string(word: str, attributes: str = "") -> str:
    return f'<String CONTENT="{escape(word)}" {attributes}/>'


def line(text: str, end: str = "") -> str:
    """A line of ALTO; `end` follows its last word."""
    return "<TextLine>" + '<SP WIDTH="9"/>'.join(string(word) for word in text.split()) + end + "</TextLine>"


def block(name: str, *lines: str, attributes: str = "") -> str:
    rows = (row if row.startswith("<") else line(row) for row in lines)
    return f'<TextBlock ID="{name}" {attributes}>{"".join(rows)}</TextBlock>'


def alto(*blocks: str, namespace: str = V3, extra: str = "", page: str = "") -> str:
    declared = f' xmlns="{namespace}"' if namespace else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alto{declared}><Description><OCRProcessing ID="o"><ocrProcessingStep>'
        f"<processingDateTime>2019-05-05</processingDateTime></ocrProcessingStep></OCRProcessing></Description>"
        f'<Layout><Page ID="P1" {page}>{extra}<PrintSpace>{"".join(blocks)}</PrintSpace></Page></Layout></alto>'
    )


def drafts(text: str, name: str = "page.xml") -> list[Draft | Rejected]:
    return list(read_stream(io.BytesIO(text.encode()), name))


def one(text: str, name: str = "page.xml") -> Draft:
    found = drafts(text, name)
    assert len(found) == 1
    assert isinstance(found[0], Draft), found[0]
    return found[0]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def zipped(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "issue.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def articles(path: Path) -> list[Article]:
    found = list(parse([str(path)]))
    assert not [item for item in found if isinstance(item, Rejected)]
    return [item for item in found if isinstance(item, Article)]


# --- ALTO ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "namespace",
    ["", "http://schema.ccs-gmbh.com/ALTO", *(f"http://www.loc.gov/standards/alto/ns-v{n}#" for n in (2, 3, 4))],
)
def test_alto_of_every_version_is_read(namespace: str) -> None:
    text = alto(block("B1", "The sluice at Corvane", "is open."), namespace=namespace)

    assert sniff(text.encode()).format == "alto"
    assert one(text).body == "The sluice at Corvane is open."


def test_the_time_of_recognition_is_not_a_date_of_publication() -> None:
    assert one(alto(block("B1", "The sluice is open."))).published == []


PARTS = (
    '<TextLine><String CONTENT="out" SUBS_TYPE="HypPart1" SUBS_CONTENT="outfall"/><HYP CONTENT="-"/></TextLine>',
    '<TextLine><String CONTENT="fall," SUBS_TYPE="HypPart2" SUBS_CONTENT="outfall"/><SP/><String CONTENT="too."/></TextLine>',
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(PARTS, "outfall, too.", id="stated"),
        pytest.param(PARTS[:1], "outfall", id="stated-without-the-rest"),
        pytest.param((line("the out", '<HYP CONTENT="-"/>'), "fall, too."), "the outfall, too.", id="hyp"),
        pytest.param(("the out-", "fall, too."), "the outfall, too.", id="printed"),
        pytest.param(("the out¬", "fall, too."), "the outfall, too.", id="not-sign"),
        pytest.param(
            ("a salt-marsh and its salt-", "marsh birds"), "a salt-marsh and its salt-marsh birds", id="compound"
        ),
        pytest.param(("a seabird; a sea-", "bird"), "a seabird; a seabird", id="known"),
        pytest.param(("sea-bird, seabird, sea-", "bird"), "sea-bird, seabird, sea-bird", id="both"),
        pytest.param(("the Anglo-", "Corvan pact"), "the Anglo-Corvan pact", id="name"),
        pytest.param(("CON-", "TINUED"), "CONTINUED", id="capitals"),
        pytest.param(("from 1914-", "18 on"), "from 1914-18 on", id="numbers"),
        pytest.param(("Ein-", "und Ausfuhr"), "Ein- und Ausfuhr", id="suspended"),
        pytest.param(("his mother-in-", "law came"), "his mother-in-law came", id="third-part"),
        pytest.param(("it ended -", "at last"), "it ended - at last", id="dash"),
    ],
)
def test_words_broken_at_the_end_of_a_line(lines: tuple[str, ...], expected: str) -> None:
    assert one(alto(block("B1", *lines))).body == expected


def test_a_word_broken_between_blocks_joins_their_paragraphs() -> None:
    text = alto(block("B1", "Stones.", PARTS[0]), block("B2", PARTS[1]), block("B3", "More."))

    assert one(text).body == "Stones. outfall, too.\n\nMore."


def at(left: int, top: int, height: int = 40) -> str:
    return f'HPOS="{left}" VPOS="{top}" WIDTH="90" HEIGHT="{height}"'


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(
            [("one", at(0, 0)), ("two", at(0, 50)), ("three", at(100, 0)), ("four", at(100, 50))],
            "one two three four",
            id="as-listed",
        ),
        pytest.param(
            [("four", at(100, 50)), ("two", at(0, 50)), ("three", at(100, 0)), ("one", at(0, 0))],
            "one two three four",
            id="columns",
        ),
        pytest.param(
            [("one", at(0, 0)), ("three", at(100, 0)), ("two", at(0, 50)), ("four", at(100, 50))],
            "one two three four",
            id="rows",
        ),
        pytest.param(
            [("one", at(0, 0) + ' IDNEXT="B2"'), ("three", at(0, 50)), ("two", at(100, 0) + ' IDNEXT="B1"')],
            "one two three",
            id="sequence",
        ),
    ],
)
def test_blocks_come_in_reading_order(blocks: list[tuple[str, str]], expected: str) -> None:
    text = alto(*(block(f"B{n}", word, attributes=where) for n, (word, where) in enumerate(blocks)))

    assert one(text).body.split() == expected.split()


def test_a_stated_reading_order_counts() -> None:
    order = (
        '<ReadingOrder><OrderedGroup ID="g"><ElementRef REF="B2"/><ElementRef REF="B1"/></OrderedGroup></ReadingOrder>'
    )

    assert one(alto(block("B1", "two"), block("B2", "one"), extra=order)).body.split() == ["one", "two"]


@pytest.mark.parametrize(
    ("attributes", "low"),
    [
        ('WC="0.31"', True),
        ('WC="0.93"', False),
        ('WC="0.0"', False),
        ('CC="8989"', True),
        ('CC="0010"', False),
        ("", False),
    ],
)
def test_low_confidence_is_remarked(attributes: str, low: bool) -> None:
    text = alto(f'<TextBlock ID="B"><TextLine>{string("sluice", attributes)}</TextLine></TextBlock>')

    assert [remark.field for remark in one(text).problems] == (["body"] if low else [])


def test_a_page_without_words_is_rejected() -> None:
    (found,) = drafts(alto())

    assert isinstance(found, Rejected)
    assert "without a word" in found.why


# --- METS ---------------------------------------------------------------------------------------------------------


def mods(name: str, inner: str) -> str:
    return (
        f'<dmdSec ID="{name}"><mdWrap MDTYPE="MODS"><xmlData><mods:mods>{inner}</mods:mods></xmlData></mdWrap></dmdSec>'
    )


ISSUE = mods(
    "ISSUE",
    "<mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>Corvane Lamp</mods:title></mods:titleInfo>"
    "<mods:originInfo><mods:dateIssued>1871-05-03</mods:dateIssued><mods:place><mods:placeTerm>Corvane</mods:placeTerm>"
    '</mods:place></mods:originInfo><mods:part><mods:detail type="issue"><mods:number>112</mods:number></mods:detail></mods:part>',
)
PHYSICAL = (
    '<structMap TYPE="PHYSICAL"><div TYPE="Newspaper"><div TYPE="PAGE" ORDER="1" ORDERLABEL="5"><fptr FILEID="A1"/></div>'
    '<div TYPE="PAGE" ORDER="2" ORDERLABEL="6"><fptr><par><area FILEID="A2"/></par></fptr></div></div></structMap>'
)


def area(file: str, begin: str, end: str = "") -> str:
    last = f' END="{end}"' if end else ""
    return f'<fptr><area FILEID="{file}" BETYPE="IDREF" BEGIN="{begin}"{last}/></fptr>'


def div(kind: str, *inner: str, attributes: str = "") -> str:
    return f'<div TYPE="{kind}" {attributes}>{"".join(inner)}</div>'


def mets(logical: str, sections: str = ISSUE, href: str = "file://./text/{}.xml", links: str = "") -> str:
    files = "".join(f'<file ID="A{n}"><FLocat xlink:href="{href.format(n)}"/></file>' for n in (1, 2))
    whole = f'<structMap TYPE="LOGICAL">{logical}</structMap>' if logical else ""
    return (
        '<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="lamp-112" LABEL="The Corvane Lamp, 1871-05-03">'
        f'{sections}<fileSec><fileGrp USE="Fulltext">{files}</fileGrp></fileSec>{whole}{PHYSICAL}{links}</mets>'
    )


PAGES = {
    "text/1.xml": alto(
        block("B1", "SWING BRIDGE."), block("B2", "The bridge is", "shut for main-"), block("B3", "LAMPS LIT.")
    ),
    "text/2.xml": alto(
        block("B1", "tenance in June."), block("B2", "Forty lamps", "were lit."), block("B3", "HERRING.")
    ),
}
LOGICAL = div(
    "Newspaper",
    div(
        "ISSUE",
        div("TITLE_SECTION", area("A1", "B1")),
        div(
            "CONTENT",
            div(
                "ARTICLE",
                div("HEADING", div("TITLE", area("A1", "B1"))),
                div("BODY", div("BODY_CONTENT", div("PARAGRAPH", div("TEXT", area("A1", "B2"), area("A2", "B1"))))),
                attributes='ID="D1" DMDID="ONE"',
            ),
            div(
                "SECTION",
                div("ARTICLE", div("HEADING", area("A1", "B3")), div("BODY", area("A2", "B2")), attributes='ID="D2"'),
                div("ADVERTISEMENT", area("A2", "B3"), attributes='ID="D3"'),
                attributes='LABEL="Town news"',
            ),
            div("PARAGRAPH", div("TEXT", area("A1", "B3"))),
        ),
        attributes='DMDID="ISSUE"',
    ),
)
ONE = mods(
    "ONE",
    "<mods:titleInfo><mods:title>Swing bridge to be shut</mods:title></mods:titleInfo><mods:name><mods:namePart "
    'type="given">Ragna</mods:namePart><mods:namePart type="family">Illsley</mods:namePart></mods:name>'
    "<mods:language><mods:languageTerm>en</mods:languageTerm></mods:language>",
)


@pytest.mark.parametrize("how", ["folder", "zip", "zip-pages-first"])
def test_an_article_of_the_structure_is_an_article_across_pages(tmp_path: Path, how: str) -> None:
    files = {"issue-mets.xml": mets(LOGICAL, ISSUE + ONE), **PAGES}
    if how == "zip-pages-first":
        files = dict(reversed(files.items()))

    found = articles(write(tmp_path, files) if how == "folder" else zipped(tmp_path, files))

    assert [(a.headline, a.body, a.page, a.section) for a in found] == [
        ("Swing bridge to be shut", "The bridge is shut for maintenance in June.", "5, 6", ""),
        ("LAMPS LIT.", "Forty lamps were lit.", "5, 6", "Town news"),
        ("", "HERRING.", "6", "Town news"),
    ]
    assert {(a.source, a.edition, a.published.value if a.published else "", a.location) for a in found} == {
        ("The Corvane Lamp", "112", "1871-05-03", None)
    }
    assert [person.name for person in found[0].byline] == ["Ragna Illsley"]
    assert found[0].language == "en"
    assert found[0].id == "lamp-112/D1"


@pytest.mark.parametrize(
    "href", ["text/{}.xml", "./text/{}.xml", "file:///D:/scan/{}.xml", "https://lib.example/file/{}.xml"]
)
def test_pages_are_found_by_path_or_name(tmp_path: Path, href: str) -> None:
    assert len(articles(write(tmp_path, {"mets.xml": mets(LOGICAL, href=href), **PAGES}))) == 3


def test_areas_behind_links_between_words(tmp_path: Path) -> None:
    words = "".join(string(word, f'ID="w{n}"') for n, word in enumerate(["Lamps", "are", "lit.", "Herring", "sold."]))
    page = alto(f'<TextBlock ID="B1"><TextLine>{words}</TextLine></TextBlock>')
    links = (
        '<structLink><smLinkGrp><smLocatorLink xlink:href="#a1"/><smLocatorLink xlink:href="#z2"/></smLinkGrp>'
        '<smLink xlink:from="#a2" xlink:to="#z1"/></structLink>'
    )
    zones = div(
        "page",
        div("pagearea", area("A1", "w0", "w2"), attributes='ID="z1"'),
        div("pagearea", area("A1", "w3", "w4"), attributes='ID="z2"'),
    )
    logical = div("ISSUE", div("ARTICLE", attributes='ID="a1"'), div("ARTICLE", attributes='ID="a2"'))
    whole = mets(logical, links=f'<structMap TYPE="PHYSICAL">{zones}</structMap>{links}')

    found = articles(write(tmp_path, {"mets.xml": whole, "text/1.xml": page}))

    assert [a.body for a in found] == ["Herring sold.", "Lamps are lit."]


def test_an_issue_without_articles_is_read_by_pages(tmp_path: Path) -> None:
    found = articles(write(tmp_path, {"lamp.xml": mets(""), **PAGES}))

    assert [(a.page, a.source, a.published.value if a.published else "") for a in found] == [
        ("5", "The Corvane Lamp", "1871-05-03"),
        ("6", "The Corvane Lamp", "1871-05-03"),
    ]


def test_an_issue_without_its_pages_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, {"mets.xml": mets(LOGICAL, ISSUE + ONE), "bare.xml": mets("")})

    (bare, titled) = parse([str(path / "bare.xml"), str(path / "mets.xml")])

    assert isinstance(bare, Rejected)
    assert "no ALTO or PAGE file" in bare.why
    assert isinstance(titled, Article)
    assert (titled.headline, titled.body) == ("Swing bridge to be shut", "")
    assert "body" in {remark.field for remark in titled.remarks}


def test_pages_alone_are_read_even_if_an_issue_lies_beside_them(tmp_path: Path) -> None:
    write(tmp_path, {"mets.xml": mets(LOGICAL), **PAGES})

    assert len(articles(tmp_path / "text")) == 2


def test_a_changed_page_changes_the_articles_of_its_issue(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"mets.xml": mets(LOGICAL), **PAGES})
    assert ingest([str(folder)], tmp_path / "index").added == 3
    assert ingest([str(folder)], tmp_path / "index").unchanged == 3

    write(folder, {"text/2.xml": PAGES["text/2.xml"].replace("HERRING", "MACKEREL")})

    report = ingest([str(folder)], tmp_path / "index", IngestOptions(prune=True))
    assert (report.added, report.updated, report.removed) == (0, 1, 0)


def test_a_file_above_the_folder_is_not_opened(tmp_path: Path) -> None:
    write(tmp_path, {"1.xml": PAGES["text/1.xml"], "in/mets.xml": mets("", href="../{}.xml")})

    (found,) = parse([str(tmp_path / "in/mets.xml")])

    assert isinstance(found, Rejected)


# --- PAGE, hOCR ---------------------------------------------------------------------------------------------------


def pagexml(*regions: str, order: str = "", attributes: str = "") -> str:
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Created>2020-02-02</Created>'
        f'</Metadata><Page imageFilename="1.jpg" {attributes}>{order}{"".join(regions)}</Page></PcGts>'
    )


def region(name: str, inner: str, attributes: str = "") -> str:
    return f'<TextRegion id="{name}" {attributes}>{inner}</TextRegion>'


def text_of(text: str, attributes: str = "") -> str:
    return f"<TextEquiv {attributes}><Unicode>{text}</Unicode></TextEquiv>"


def row(text: str, attributes: str = "") -> str:
    return f'<TextLine id="x" {attributes}>{text_of(text)}</TextLine>'


ARTICLE = 'custom="readingOrder {{index:0;}} structure {{id:{}; type:article;}}"'


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        pytest.param(pagexml(region("r", row("The sluice") + row("is open."))), ["The sluice is open."], id="lines"),
        pytest.param(pagexml(region("r", text_of("The sluice\nis open."))), ["The sluice is open."], id="region"),
        pytest.param(
            pagexml(
                region(
                    "r", "<TextLine><Word>" + text_of("Open") + "</Word><Word>" + text_of("now") + "</Word></TextLine>"
                )
            ),
            ["Open now"],
            id="words",
        ),
        pytest.param(
            pagexml(
                region(
                    "r", "<TextLine>" + text_of("wrong", "index='1'") + text_of("right", "index='0'") + "</TextLine>"
                )
            ),
            ["right"],
            id="alternatives",
        ),
        pytest.param(
            pagexml(
                region("b", row("two")),
                region("a", row("one")),
                order='<ReadingOrder><OrderedGroup><RegionRefIndexed index="1" regionRef="b"/>'
                '<RegionRefIndexed index="0" regionRef="a"/></OrderedGroup></ReadingOrder>',
            ),
            ["one\n\ntwo"],
            id="order",
        ),
        pytest.param(
            pagexml(
                region(
                    "r",
                    row("tenance.", 'custom="readingOrder {index:1;}"')
                    + row("main¬", 'custom="readingOrder {index:0;}"'),
                )
            ),
            ["maintenance."],
            id="transkribus",
        ),
        pytest.param(
            pagexml(region("r", row("One.", ARTICLE.format("a1")) + row("Two.", ARTICLE.format("a2")))),
            ["One.", "Two."],
            id="articles",
        ),
        pytest.param(
            pagexml("<TableRegion><TextRegion id='c'>" + row("cell") + "</TextRegion></TableRegion>"),
            ["cell"],
            id="table",
        ),
    ],
)
def test_page_xml(text: str, bodies: list[str]) -> None:
    found = drafts(text)

    assert [item.body for item in found if isinstance(item, Draft)] == bodies
    assert all(isinstance(item, Draft) and not item.published for item in found)


def test_page_xml_states_number_and_heading() -> None:
    text = pagexml(
        region("n", row("- 7 -"), 'type="page-number"'),
        region("h", row("SLUICE OPEN"), 'type="heading"'),
        region("p", row("It is.")),
    )

    draft = one(text)

    assert ([claim.value for claim in draft.page], [claim.value for claim in draft.headline]) == (
        ["7"],
        ["SLUICE OPEN"],
    )
    assert "7" not in draft.body


HOCR = """<html><head><meta name="ocr-system" content="tesseract 5"{close}></head><body>
<div class="ocr_page" title="image x; ppageno 0"><div class="ocr_carea"><p class="ocr_par" lang="eng">
<span class="ocr_line" title="bbox 0 0 9 9"><span class="ocrx_word" title="bbox 0 0 1 1; x_wconf 91">The</span>
<span class="ocrx_word" title="x_wconf 90">sluice</span> <span class="ocrx_word">is</span> <span class="ocrx_word">mend-</span></span>
<span class="ocrx_line"><span class="ocrx_word"><strong>ed.</strong></span></span></p></div></div>
<div class="ocr_page" title="image y; ppageno 1"><span class="ocr_line">Words of a line.</span>{close_br}</div></body></html>"""


@pytest.mark.parametrize("close", ["/", ""])
def test_hocr_as_xml_and_as_html(close: str) -> None:
    text = HOCR.format(close=close, close_br=f"<br{close}>")

    assert sniff(text.encode(), "page.html").format == "hocr"
    found = drafts(text, "page.html")
    assert [item.body for item in found if isinstance(item, Draft)] == ["The sluice is mended.", "Words of a line."]
    assert [item.page[0].value for item in found if isinstance(item, Draft)] == ["1", "2"]


# --- what libraries deliver ---------------------------------------------------------------------------------------

DIDL = """<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcx="urn:dcx" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:srw_dc="urn:srw" xmlns:ddd="urn:ddd">
<didl:Item dc:identifier="ddd:012345678:mpeg21"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>Corvaner Courant</dc:title>
<dc:date>1871-05-03</dc:date><dcterms:issued>1870-1899</dcterms:issued><dcx:issuenumber>112</dcx:issuenumber>
<dc:language xsi:type="x">nl</dc:language></srw_dc:dcx></didl:Resource></didl:Component>
<didl:Item dc:identifier="ddd:012345678:mpeg21:p003"><didl:Item dc:identifier="ddd:012345678:mpeg21:p003:a0001"
 ddd:article_id="ddd:012345678:mpeg21:a0001"/></didl:Item>
<didl:Item dc:identifier="ddd:012345678:mpeg21:a0001"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>De brug dicht</dc:title>
<dc:subject>artikel</dc:subject></srw_dc:dcx></didl:Resource></didl:Component></didl:Item>
<didl:Item dc:identifier="ddd:012345678:mpeg21:a0002"><didl:Component><didl:Resource><srw_dc:dcx><dc:title>Te koop</dc:title>
<dc:subject>advertentie</dc:subject></srw_dc:dcx></didl:Resource></didl:Component></didl:Item></didl:Item></didl:DIDL>"""
KB_TEXT = "<?xml version='1.0'?><text><title></title><p>De brug gaat mor- gen dicht.</p><p>Schepen wachten.</p></text>"


def test_delpher_reads_the_texts_beside_the_issue(tmp_path: Path) -> None:
    files = {
        "didl.xml": DIDL,
        "DDD_012345678_0001_articletext.xml": KB_TEXT,
        "DDD_012345678_003_alto.xml": PAGES["text/1.xml"],
    }

    found = articles(write(tmp_path, files))

    assert [(a.headline, a.body, a.page, a.section) for a in found] == [
        ("De brug dicht", "De brug gaat morgen dicht.\n\nSchepen wachten.", "3", ""),
        ("Te koop", "", "", "advertentie"),
    ]
    assert {(a.source, a.edition, a.published.value if a.published else "", a.language) for a in found} == {
        ("Corvaner Courant", "112", "1871-05-03", "nl")
    }


def test_a_text_of_delpher_alone_is_an_article() -> None:
    assert one(KB_TEXT, "DDD_012345678_0001_articletext.xml").body.startswith("De brug gaat morgen dicht.")


LWM = """<lwm><publication id="0001"><title>The Corvane Lamp.</title><location>Corvane</location><issue id="0503">
<date>1871-05-03</date><item id="art0002"><plain_text_file>x.txt</plain_text_file><title>{}</title><item_type>{}</item_type>
<ocr_quality_mean>{}</ocr_quality_mean></item></issue></publication></lwm>"""


def test_alto2txt_joins_text_and_metadata(tmp_path: Path) -> None:
    files = {
        "a_art0002.txt": "The bridge is shut for main-\ntenance.\n\nBarges wait.\n",
        "a_art0002_metadata.xml": LWM.format("BRIDGE SHUT.", "ARTICLE", "0.91"),
        "b_art0003.txt": "Herring sold.\n",
        "b_art0003_metadata.xml": LWM.format("No title", "ADVERT", "0.4"),
    }

    (first, second) = articles(write(tmp_path, files))

    assert (first.headline, first.body) == ("BRIDGE SHUT.", "The bridge is shut for maintenance.\n\nBarges wait.")
    assert (first.source, first.id, first.location) == ("The Corvane Lamp.", "0001/0503/art0002", None)
    assert (second.headline, second.section, [remark.field for remark in second.remarks]) == ("", "Advert", ["body"])


def test_metadata_of_alto2txt_without_its_text_is_rejected() -> None:
    (found,) = drafts(LWM.format("BRIDGE SHUT.", "ARTICLE", "0.91"), "a_metadata.xml")

    assert isinstance(found, Rejected)


JISC = """<BL_newspaper><BL_article><title_metadata><title>Corvane Lamp</title><placeOfPublication>Corvane</placeOfPublication>
</title_metadata><issue_metadata><normalisedDate>1871.05.03</normalisedDate><issueNumber>112</issueNumber></issue_metadata>
<article_metadata><dc_metadata><dc:Title xmlns:dc="urn:dc">Bridge shut</dc:Title></dc_metadata></article_metadata><image_metadata>
<pageImage><pageSequence>3</pageSequence></pageImage><articleImage><articleText><articleWord>The</articleWord>
<articleWord>main-</articleWord><articleWord>tenance.</articleWord></articleText></articleImage></image_metadata></BL_article></BL_newspaper>"""
NCBP = """<UKP xmlns="http://tempuri.org/ncbpissue"><Periodical><issue><id>LAMP-1871-0503</id><is>112</is><pf>18710503</pf>
<metadatainfo><newspaperID>LAMP</newspaperID></metadatainfo><page><article><id>LAMP-1871-05-03-0003-007</id><ti>Bridge shut</ti>
<ct>News</ct><text><text.cr><p><wd>The</wd><wd>main-</wd><wd>tenance.</wd></p></text.cr></text></article></page></issue></Periodical></UKP>"""


@pytest.mark.parametrize("text", [JISC, NCBP])
def test_newspapers_of_the_british_library(tmp_path: Path, text: str) -> None:
    (found,) = articles(write(tmp_path, {"x.xml": text}) / "x.xml")

    assert (found.headline, found.body, found.edition) == ("Bridge shut", "The maintenance.", "112")
    assert found.published is not None
    assert found.published.value == "1871-05-03"


def trove(**more: Any) -> dict[str, Any]:
    return {
        "id": "77",
        "heading": "BRIDGE SHUT.",
        "title": {"id": "1", "value": "The Corvane Lamp (Tas. : 1870 - 1899)"},
        "date": "1871-05-03",
        "page": 3,
        "category": "Article",
        "troveUrl": "https://trove.example/77",
        "articleText": "<p><span>The bridge is shut.</span></p><p>Barges wait.</p>",
        **more,
    }


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"response": {"zone": [{"name": "newspaper", "records": {"article": [trove()]}}]}}, id="version-2"),
        pytest.param(
            {"query": "q", "category": [{"code": "newspaper", "records": {"total": 1, "article": [trove(title={"title": "The Corvane Lamp (Tas. : 1870 - 1899)"})]}}]},
            id="version-3",
        ),
        pytest.param({"article": trove()}, id="one"),
        pytest.param([trove()], id="list"),
    ],
)  # fmt: skip
def test_answers_of_trove(tmp_path: Path, value: object) -> None:
    (found,) = articles(write(tmp_path, {"t.json": json.dumps(value)}) / "t.json")

    assert (found.headline, found.body) == ("BRIDGE SHUT.", "The bridge is shut.\n\nBarges wait.")
    assert (found.source, found.page, found.id, found.section) == (
        "The Corvane Lamp (Tas. : 1870 - 1899)",
        "3",
        "nla.news-article77",
        "",
    )


COLUMNS = "article_id,title,date,page,newspaper_id,newspaper_title,category,words,text\n"


def test_a_harvest_holds_texts_or_names_their_files(tmp_path: Path) -> None:
    rows = '1,BRIDGE,1871-05-03,3,9,Corvane Lamp,Article,4,"The bridge is shut."\n'
    rows += "2,LAMPS,1871-05-04,1,9,Corvane Lamp,Advertising,4,text/18710504-9-2.txt\n3,GONE,1871-05-05,1,9,Lamp,Article,1,text/a.txt\n"

    found = articles(write(tmp_path, {"results.csv": COLUMNS + rows, "text/18710504-9-2.txt": "Forty lamps.\n"}))

    assert [(a.headline, a.body, a.section) for a in found] == [
        ("BRIDGE", "The bridge is shut.", ""),
        ("LAMPS", "Forty lamps.", "Advertising"),
        ("GONE", "", ""),
    ]
    assert found[0].source == "Corvane Lamp"
    assert [remark.field for remark in found[2].remarks] == ["body"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            {"id": "LMP-1871-05-03-a-i0007", "pp": [1, 2], "d": "1871-05-03", "lg": "fr", "tp": "ar", "t": "Le pont",
             "ft": "Le pont ferme. Les bateaux attendent.", "pb": [15]},
            ("Le pont", "Le pont ferme.\n\nLes bateaux attendent.", "1, 2", ""), id="rebuilt",
        ),
        pytest.param(
            {"id": "LMP-1871-05-03-a-i0008", "pp": [1], "d": "1871-05-03", "lg": None, "tp": "ad", "ft": "Harengs."},
            ("", "Harengs.", "1", "Advertisement"), id="untitled",
        ),
        pytest.param(
            {"id": "LMP-1871-05-03-a-p0004", "cdt": "2020-01-01", "r": [{"p": [{"l": [
                {"t": [{"tx": "Le"}, {"tx": "pon-", "hy": True}]}, {"t": [{"tx": "ton", "nf": "ponton"}]}]}]}]},
            ("", "Le ponton", "4", ""), id="page",
        ),
    ],
)  # fmt: skip
def test_items_of_impresso(tmp_path: Path, value: object, expected: tuple[str, ...]) -> None:
    (found,) = articles(write(tmp_path, {"i.jsonl": json.dumps(value)}) / "i.jsonl")

    assert (found.headline, found.body, found.page, found.section) == expected
    assert (found.source, found.edition) == ("LMP", "a")
    assert found.provenance["source"] == "derived:id"


EDM = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:edm="http://www.europeana.eu/schemas/edm/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ore="urn:ore"><edm:ProvidedCHO rdf:about="/1/2"/><ore:Proxy>
<dc:title>Corvaner Zeitung - 1871-05-03</dc:title><dc:language>de</dc:language></ore:Proxy><ore:Aggregation>
<edm:dataProvider>Library</edm:dataProvider></ore:Aggregation></rdf:RDF>"""
ITEM = {"id": "/1/2", "title": ["Corvaner Zeitung - 1871-05-03"], "year": ["1871"], "country": ["Germany"], "dataProvider": ["Library"],
        "guid": "https://e.example/1/2?utm=x", "timestamp_created": "2019-01-01T00:00:00Z", "language": ["de"]}  # fmt: skip
RECORD = {"success": True, "object": {"about": "/1/2", "proxies": [
    {"dcTitle": {"def": ["Corvaner Zeitung - 1871-05-03"]}, "dctermsIssued": {"def": ["1871-05-03"]}, "dcLanguage": {"def": ["de"]}}]}}  # fmt: skip


@pytest.mark.parametrize(
    "text", [EDM, json.dumps({"success": True, "items": [ITEM]}), json.dumps(RECORD)], ids=["edm", "search", "record"]
)
def test_records_of_europeana(tmp_path: Path, text: str) -> None:
    (found,) = articles(write(tmp_path, {"e.dat": text}) / "e.dat")

    assert (found.headline, found.source, found.id, found.language) == (
        "Corvaner Zeitung - 1871-05-03",
        "Corvaner Zeitung",
        "/1/2",
        "de",
    )
    assert found.published is not None
    assert found.published.value == "1871-05-03"
    assert found.location is None


def test_chronicling_america_by_path_and_by_search(tmp_path: Path) -> None:
    page = "THE CORVANE LAMP, WEDNESDAY, MAY 3, 1871.\nBRIDGE SHUT\nThe bridge is shut for main-\ntenance. The har-\nbor is not.\n"
    name = "sn12345678/1871-05-04/ed-2/seq-3"
    answer = {"items": [{"id": f"/lccn/{name}/", "lccn": "sn12345678", "title": "Corvane lamp. [volume]", "date": "18710504",
                         "page": "3", "edition": 2, "ocr_eng": page}]}  # fmt: skip
    folder = write(tmp_path, {f"batch/{name}/ocr.txt": page, "search.json": json.dumps(answer)})

    by_path, by_search = articles(folder)

    for found in (by_path, by_search):
        assert (found.id, found.page, found.edition) == (name, "3", "2")
        assert "maintenance. The harbor" in found.body
        assert "CORVANE" not in found.body
        assert found.published is not None
        assert found.published.value == "1871-05-04"
    assert by_path.source == "THE CORVANE LAMP"
    assert {by_path.provenance[field] for field in ("published", "page", "edition")} == {"derived:path"}
    assert by_search.source == "Corvane lamp."


def test_a_page_with_its_layout_is_read_once(tmp_path: Path) -> None:
    folder = "sn12345678/1871-05-04/ed-1/seq-2"
    (found,) = articles(
        zipped(tmp_path, {f"{folder}/ocr.txt": "Lamps.\n", f"{folder}/ocr.xml": alto(block("B", "Lamps."))})
    )

    assert (found.origin.format, found.id, found.page, found.edition, found.body) == (
        "alto",
        folder,
        "2",
        "1",
        "Lamps.",
    )


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Edition</title></titleStmt><publicationStmt>
<date when="2015">2015</date></publicationStmt><sourceDesc><bibl><title>The Corvane Lamp</title><date when="1871-05-03"/></bibl>
</sourceDesc></fileDesc></teiHeader><text><body><pb n="1"/>{}</body></text></TEI>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '<div type="article"><head>Bridge shut</head><byline>By Ragna Illsley</byline><p>It is shut for main<lb break="no"/>'
            'tenance,<lb/>we <choice><sic>haer</sic><corr>hear</corr></choice>.</p></div><pb n="2"/><div type="article"><p>Lamps.</p></div>',
            [("Bridge shut", "It is shut for maintenance, we hear.", "1"), ("", "Lamps.", "2")],
            id="articles",
        ),
        pytest.param(
            "<p>One.</p><div><head>Part</head><p>Two.</p></div>", [("Edition", "One.\n\nPart\n\nTwo.", "1")], id="whole"
        ),
    ],
)
def test_tei(tmp_path: Path, body: str, expected: list[tuple[str, str, str]]) -> None:
    found = articles(write(tmp_path, {"t.xml": TEI.format(body)}) / "t.xml")

    assert [(a.headline, a.body, a.page) for a in found] == expected
    assert {(a.source, a.published.value if a.published else "") for a in found} == {("The Corvane Lamp", "1871-05-03")}


# --- nothing makes them raise -------------------------------------------------------------------------------------

SAMPLES = [alto(block("B1", "One-", "two")), mets(LOGICAL), pagexml(region("r", row("One"))), HOCR.format(close="/", close_br=""), DIDL,
           KB_TEXT, LWM.format("T", "ARTICLE", "x"), JISC, NCBP, EDM, TEI.format("<p>x</p>"), json.dumps(trove()), json.dumps(ITEM)]  # fmt: skip
NAMES = ["alto", "mets", "pagexml", "hocr", "didl", "alto2txt", "blnewspaper", "edm", "tei", "trove", "impresso", "europeana",
         "chronam", "troveharvest"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_files_are_read_or_rejected(sample: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, len(sample)))
    inserted = data.draw(st.sampled_from(["", "<", ">", '"', "&", "\0", "{", "é", "]]>", "999999999999"]))

    found = drafts(sample[:start] + inserted + sample[end:])

    assert all(isinstance(item, Draft | Rejected) for item in found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text", ["", "<x/>", "{}", "[]", "plain", '{"id": 1, "r": 5, "title": {}}', "<a><b>c</b></a>", "a,b\n1,2\n"]
)
def test_a_format_that_was_named_by_mistake_is_rejected(name: str, text: str) -> None:
    import importlib

    from morgue.readers import ReadOptions

    module = importlib.import_module(f"morgue.readers.{FORMATS[name].module}")
    found = list(module.read(io.BytesIO(text.encode()), "x", ReadOptions()))

    assert not any(isinstance(item, Draft) and not (item.body or item.headline) for item in found)
