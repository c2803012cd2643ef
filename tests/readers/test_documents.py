"""Word documents, and the printed lines of PDF files."""

from __future__ import annotations

import io
import zipfile

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.documents import docx, pdf_lines
from morgue.readers.documents.pdf_lines import Line

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>"""
CORE = """<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="y">
<dc:creator>someone</dc:creator><dcterms:created>2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"""


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p>{look}<w:r>{mark}<w:t>{text}</w:t></w:r></w:p>"


def word(*parts: str, styles: str = STYLES, core: str = CORE) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{''.join(parts)}</w:body></w:document>")
        archive.writestr("word/styles.xml", styles)
        archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def read(data: bytes) -> Draft | Rejected:
    (found,) = docx.read(io.BytesIO(data), "a.docx", ReadOptions())
    return found


def draft_of(data: bytes) -> Draft:
    found = read(data)
    assert isinstance(found, Draft), found
    return found


def test_a_title_is_known_by_its_style_in_any_language_of_word() -> None:
    draft = draft_of(
        word(paragraph("Fish market", "Titel"), paragraph("One."), paragraph("Plan", "berschrift1"), paragraph("Two."))
    )

    assert [claim.value for claim in draft.headline] == ["Fish market"]
    assert (draft.layout, draft.body, draft.subheads) == ("story", "One.\n\nPlan\n\nTwo.", (1,))


def test_metadata_dates_and_names_are_kept_beside_the_article() -> None:
    draft = draft_of(word(paragraph("Fish market", "Titel"), paragraph("One.")))

    assert (draft.published, draft.people, draft.byline) == ([], [], [])
    assert draft.extra == {"creator": "someone", "created": "2020-01-01T00:00:00Z"}


def test_a_document_without_styles_is_read_as_wire_copy() -> None:
    draft = draft_of(word(paragraph("Fish market"), paragraph("By Mara Lind"), paragraph("One.")))

    assert (draft.layout, draft.headline, draft.body) == ("wire", [], "Fish market\n\nBy Mara Lind\n\nOne.")


def test_tables_breaks_and_deletions() -> None:
    cells = "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in "ab") + "</w:tr></w:tbl>"
    runs = (
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    boxed = (
        "<w:p><w:r><m:AlternateContent xmlns:m='m'><m:Choice><w:t>box</w:t></m:Choice>"
        "<m:Fallback><w:t>box</w:t></m:Fallback></m:AlternateContent></w:r></w:p>"
    )

    assert draft_of(word(cells, runs, boxed)).body == "a  b\n\nOne\ntwo\n\nbox"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (word(), "a Word document without text"),
        (word(paragraph("x"))[:200], "a damaged Word document"),
        (word("<!-- x --" + paragraph("x")), "broken XML"),
        (word(styles='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "declares entities"),
        (b"PK\x03\x04", "a damaged Word document"),
    ],
)
def test_what_cannot_be_read_is_rejected(data: bytes, why: str) -> None:
    found = read(data)

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)


def test_a_zip_bomb_is_refused() -> None:
    found = read(word(paragraph("x" * 40_000_000)))

    assert found == Rejected(
        "a.docx", 0, "word/document.xml unpacks to more than 250 times its size: refused as a bomb"
    )


# --- printed lines -------------------------------------------------------------------------------------------------


def printed(*pages: str) -> list[list[Line]]:
    return [[Line(text) for text in page.split("\n")] for page in pages]


def test_lines_become_paragraphs_and_broken_words_whole() -> None:
    page = (
        "The harbour council voted on Monday to rebuild the old fish mar-\n"
        "ket, ending a dispute that had lasted three years and two win-\n"
        "ters.\n"
        "Work on the roof is to begin in spring, said Ilse Brandt, and is\n"
        "to end in autumn."
    )

    assert pdf_lines.paragraphs(printed(page)).split("\n\n") == [
        "The harbour council voted on Monday to rebuild the old fish market, ending a dispute that had lasted three "
        "years and two winters.",
        "Work on the roof is to begin in spring, said Ilse Brandt, and is to end in autumn.",
    ]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    names = enumerate(("first", "second", "third"), start=1)
    pages = printed(
        *(f"Harbour Post, 4 March\nThe {name} page says this.\nAnd the {name} says more.\n- {n} -" for n, name in names)
    )

    assert [[line.text for line in page] for page in pdf_lines.without_furniture(pages).pages] == [
        [f"The {name} page says this.", f"And the {name} says more."] for name in ("first", "second", "third")
    ]


def test_the_largest_lines_are_the_headline() -> None:
    page = [
        Line("PRESS RELEASE", 10.0),
        Line("Fish market to be rebuilt", 18.0),
        Line("after long dispute", 18.0),
        Line("The harbour council voted on Monday to rebuild it.", 10.0),
        Line("Work is to begin in spring and to end in autumn.", 10.0),
    ]
    title, rest = pdf_lines.headline([page])

    assert title == "Fish market to be rebuilt after long dispute"
    assert [line.text for line in rest[0]] == ["PRESS RELEASE", "", page[3].text, page[4].text]
