"""Documents that are ZIP files: told from archives wherever their parts lie; OpenDocument texts and EPUB."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream

Files = dict[str, str | bytes]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = f"<w:document {W}><w:body><w:p><w:r><w:t>The otters are counted.</w:t></w:r></w:p></w:body></w:document>"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("fo", "fo"))
)
PICTURE = os.urandom(90_000)  # more than a guess looks at
WORD: Files = {"[Content_Types].xml": "<Types/>", "word/document.xml": DOCUMENT}


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(data: bytes, name: str = "a.bin") -> list[Draft | Rejected]:
    return list(read_stream(io.BytesIO(data), name, ReadOptions()))


def draft_of(data: bytes) -> Draft:
    (draft,) = read(data)
    assert isinstance(draft, Draft), draft
    return draft


def values(draft: Draft, field: str) -> list[str]:
    return [claim.value for claim in getattr(draft, field)]


def content(text: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )


def odt(text: str, styles: str = "", **more: str) -> bytes:
    known: Files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content(text, styles)}
    return zipped(known | {name.replace("_", "."): data for name, data in more.items()})


TEXT = content("<text:p>The otters are counted.</text:p>")
MANIFEST = "<m:manifest xmlns:m='m'/>"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"x.png": PICTURE, **WORD}, "docx"),
        ({"word/media/x.png": PICTURE, "Word/Document.xml": DOCUMENT, "[Content_Types].xml": "<Types/>"}, "docx"),
        ({"word\\document.xml": DOCUMENT, "[Content_Types].xml": "<Types/>"}, "docx"),
        ({"p.png": PICTURE, "content.xml": TEXT, "mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"content.xml": TEXT, "mimetype": "application/vnd.oasis.opendocument.text-template\n"}, "odt"),
        ({"p.png": PICTURE, "content.xml": TEXT, "META-INF/manifest.xml": MANIFEST}, "odt"),
    ],
)
def test_a_document_is_told_wherever_its_parts_lie(files: Files, kind: str, method: int) -> None:
    draft = draft_of(zipped(files, method))

    assert (draft.format, draft.body) == (kind, "The otters are counted.")


def test_the_part_with_the_text_has_the_name_that_the_package_gives_it() -> None:
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/text7.xml"/></Relationships>'
    files: Files = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations, "word/text7.xml": DOCUMENT}

    assert draft_of(zipped(files)).body == "The otters are counted."


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"p.png": PICTURE, "ppt/presentation.xml": "x"}, "is a presentation"),
        ({"xl/workbook.bin": "x"}, "is a binary spreadsheet"),
        (
            {"p.png": PICTURE, "mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
            "is an OpenDocument s",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, "is an OpenDocument presentation"),
        ({"Index/Document.iwa": "x"}, "is an Apple iWork document"),
        ({"mimetype": "application/vnd.adobe.indesign-idml-package"}, "is an InDesign document"),
    ],
)
def test_documents_that_are_not_read_are_rejected_by_name(files: Files, why: str) -> None:
    (found,) = read(zipped(files))

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)


def test_an_archive_of_documents_is_not_a_document() -> None:
    archive = zipped({"a.docx": zipped(WORD, zipfile.ZIP_STORED), "b.txt": "Copy."}, zipfile.ZIP_STORED)

    assert [(item.path, getattr(item, "format", "")) for item in read(archive)] == [
        ("a.bin!/a.docx", "docx"),
        ("a.bin!/b.txt", "text"),
    ]


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_document_that_was_cut_short_is_not_taken_for_its_parts(place: float) -> None:
    data = zipped({"_rels/.rels": "<x/>", "word/media/x.png": PICTURE, **WORD})
    (found,) = read(data[: int(place * len(data))])

    assert isinstance(found, Rejected)
    assert found.why.startswith("a damaged Word document")


# --- OpenDocument -------------------------------------------------------------------------------------------------


def test_an_opendocument_text_has_its_title_by_style_and_its_headings() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    text = (
        '<text:p text:style-name="P1">Otters</text:p><text:p>By Mara Lind</text:p><text:p>One.</text:p>'
        '<text:h text:outline-level="2">The pond</text:h><text:p>Two.</text:p>'
    )
    draft = draft_of(odt(text, styles))

    assert (values(draft, "headline"), draft.body) == (["Otters"], "By Mara Lind\n\nOne.\n\nThe pond\n\nTwo.")
    assert draft.subheads == (2,)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('<text:p>One<text:s text:c="3"/>two<text:tab/>three<text:line-break/>four</text:p>', "One two three\nfour"),
        ("<text:p>Nine<text:note><text:p>or ten</text:p></text:note> otters.</text:p>", "Nine otters."),
        ("<text:p>Nine<office:annotation><text:p>sure?</text:p></office:annotation>.</text:p>", "Nine."),
        ("<text:tracked-changes><text:p>Ten.</text:p></text:tracked-changes><text:p>Nine.</text:p>", "Nine."),
        ("<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list><text:p>Two</text:p>",
         "One\n\nTwo"),
        ("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
         "<text:p>b</text:p></table:table-cell></table:table-row></table:table>", "a  b"),
        ("<table:table><table:table-row><table:table-cell><text:p>One.</text:p><text:p>Two.</text:p>"
         "</table:table-cell></table:table-row></table:table>", "One.\n\nTwo."),
        ("<text:p>Nine.<draw:frame xmlns:draw='d'><draw:text-box><text:p>A box.</text:p></draw:text-box></draw:frame>"
         "</text:p><text:p>Ten.</text:p>", "Nine.\n\nA box.\n\nTen."),
        ("<text:table-of-content><text:p>Otters 7</text:p></text:table-of-content><text:p>Nine.</text:p>", "Nine."),
    ],
)  # fmt: skip
def test_what_is_printed_of_an_opendocument_text_is_its_text(text: str, body: str) -> None:
    assert draft_of(odt(text)).body == body


def test_metadata_of_an_opendocument_text_are_kept_beside_the_article() -> None:
    meta = "<o:m xmlns:o='o' xmlns:dc='d'><o:meta><dc:date>2026-01-01</dc:date><dc:title>v3</dc:title></o:meta></o:m>"
    draft = draft_of(odt("<text:p>Nine.</text:p>", meta_xml=meta))

    assert (draft.published, draft.headline, draft.extra) == ([], [], {"date": "2026-01-01", "title": "v3"})


def test_a_flat_opendocument_text_is_read() -> None:
    body = "<office:body><office:text><text:p>Nine.</text:p></office:text></office:body>"
    draft = draft_of(f'<?xml version="1.0"?>\n<office:document {NAMES}>{body}</office:document>'.encode())

    assert (draft.format, draft.body) == ("odt", "Nine.")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (odt(""), "an OpenDocument text without text"),
        (odt("<text:p>x</text:p><"), "broken XML"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a ZIP file without content.xml"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": PICTURE,
                 "META-INF/manifest.xml": "<m><encryption-data/></m>"}), "an encrypted OpenDocument text"),
    ],
)  # fmt: skip
def test_opendocument_texts_that_cannot_be_read_are_rejected(data: bytes, why: str) -> None:
    (found,) = read(data)

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)


# --- EPUB ---------------------------------------------------------------------------------------------------------

LONG = "Nobody knows what the otters of the mill pond do in winter, when the pond is frozen and the mill stands still."
BAR = '<div class="calibre_navbar">| <a href="b.html">Next</a> | <a href="i.html">Menu</a> |</div>'
MADE = '<div class="calibre_navbar">Downloaded by calibre from <a href="https://p.example/a">it</a></div>'
DATED = "<dc:title>Pond Post [Tue, 3 Feb 2026]</dc:title><dc:date>2026-02-02T23:10:00+00:00</dc:date>"


def xhtml(body: str, title: str = "") -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body>{body}</body></html>'


def point(label: str, target: str, *inner: str) -> str:
    return f"<navPoint><navLabel><text>{label}</text></navLabel><content src='{target}'/>{''.join(inner)}</navPoint>"


def epub(pages: dict[str, str], contents: str = "", metadata: str = DATED, **more: str) -> bytes:
    items = "".join(
        f"<item id='{n}' href='{name}' media-type='application/xhtml+xml'/>" for n, name in enumerate(pages)
    )
    spine = "".join(f"<itemref idref='{n}'/>" for n in range(len(pages)))
    opf = (
        f"<package><metadata xmlns:dc='d'>{metadata}<dc:identifier>u1</dc:identifier></metadata><manifest>{items}"
        f"<item id='ncx' href='toc.ncx'/></manifest><spine toc='ncx'>{spine}</spine>{more.get('guide', '')}</package>"
    )
    rootfiles = "<container><rootfiles><rootfile full-path='OPS/x.opf'/></rootfiles></container>"
    files: Files = {f"OPS/{name}": text for name, text in pages.items()}
    files |= {"META-INF/container.xml": rootfiles, "OPS/x.opf": opf, "mimetype": "application/epub+zip"}
    if contents:
        files["OPS/toc.ncx"] = f"<ncx><navMap>{contents}</navMap></ncx>"
    return zipped(files)


def drafts(data: bytes) -> list[Draft]:
    found = read(data)
    assert all(isinstance(item, Draft) for item in found), found
    return [item for item in found if isinstance(item, Draft)]


def test_each_article_of_a_news_download_is_an_article() -> None:
    pages = {
        "cover.html": xhtml("<img src='c.png'/>"),
        "i.html": xhtml(f"<ul><li><a href='a.html'>Otters</a> {LONG}</li><li><a href='b.html'>Brief</a></li></ul>"),
        "a.html": xhtml(f"{BAR}<h2>Otters</h2><p class='byline'>By Mara Lind</p><p>{LONG}</p>{MADE}"),
        "a2.html": xhtml(f"<p>Page two. {LONG}</p>"),
        "b.html": xhtml(f"{BAR}<h2>Brief</h2><p>The mill is for sale.</p>"),
    }
    contents = point(
        "Pond Post", "i.html", point("Nature", "i.html#s", point("Otters", "a.html"), point("Brief", "b.html"))
    )
    one, two = drafts(epub(pages, contents))

    assert (one.record, values(one, "headline"), one.body) == (1, ["Otters"], f"{LONG}\n\nPage two. {LONG}")
    assert values(one, "byline") == ["By Mara Lind"]
    assert values(one, "published") == ["Tue, 3 Feb 2026", "2026-02-02"]
    assert [values(one, field) for field in ("source", "section", "url", "ids", "people")] == [
        ["Pond Post"], ["Nature"], ["https://p.example/a"], ["u1#OPS/a.html"], [],
    ]  # fmt: skip
    assert (values(two, "headline"), two.body) == (["Brief"], "The mill is for sale.")


def test_articles_that_share_a_page_are_cut_where_the_contents_point() -> None:
    page = f"<div id='a'><h2>Otters</h2><p>{LONG}</p></div><div id='b'><h2>Mill</h2><p>Sold. {LONG}</p></div>"
    one, two = drafts(epub({"p.html": xhtml(page)}, point("Otters", "p.html#a") + point("Mill", "p.html#b")))

    assert [(values(item, "headline"), item.body) for item in (one, two)] == [
        (["Otters"], LONG),
        (["Mill"], f"Sold. {LONG}"),
    ]


@pytest.mark.parametrize(
    ("page", "label", "guide"),
    [
        (xhtml(f"<p>{LONG}</p>"), "Copyright", ""),
        (xhtml(f"<p>{LONG}</p>"), "Inhaltsverzeichnis", ""),
        (xhtml(f"<p>{LONG}</p>"), "Front", "<guide><reference type='cover' href='x.html'/></guide>"),
        (xhtml(f"<p>{LONG}</p>").replace("<body", "<body epub:type='titlepage'"), "Front", ""),
        (xhtml("<p><a href='a.html'>Otters and what they do</a></p><p><a href='a.html'>Mill</a></p>"), "Here", ""),
        (xhtml("<p>Three words here</p>"), "Front", ""),
    ],
)
def test_covers_contents_and_lists_of_links_are_not_articles(page: str, label: str, guide: str) -> None:
    data = epub(
        {"x.html": page, "a.html": xhtml(f"<h1>Otters</h1><p>{LONG}</p>")},
        point(label, "x.html") + point("Otters", "a.html"),
        guide=guide,
    )

    assert [values(item, "headline") for item in drafts(data)] == [["Otters"]]


def test_a_book_without_contents_gives_its_chapters_and_its_author() -> None:
    pages = {
        "a_split_000.html": xhtml(f"<h1>Otters</h1><p>{LONG}</p>").replace("<title></title>", "<title/>"),
        "a_split_001.html": xhtml(f"<p>More. {LONG}</p>"),
    }
    metadata = "<dc:title>Ponds</dc:title><dc:creator>Ida Brahm</dc:creator><dc:date>0101-01-01</dc:date>"
    found = drafts(epub(pages, point("x", "nowhere.html"), metadata))

    assert [(values(item, "headline"), item.body) for item in found] == [(["Otters"], f"{LONG}\n\nMore. {LONG}")]
    assert [values(found[0], field) for field in ("source", "people", "published")] == [["Ponds"], ["Ida Brahm"], []]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (epub({"a.html": xhtml("<img src='x'/>")}), "an EPUB without a chapter of text"),
        (zipped({"mimetype": "application/epub+zip"}), "an EPUB without its list of contents"),
        (zipped({"META-INF/container.xml": "<x"}), "broken XML"),
    ],
)
def test_an_epub_without_articles_is_rejected(data: bytes, why: str) -> None:
    (found,) = read(data)

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("<>/aphidnv=#'\" \n", max_size=60), max_size=4),
    st.text("<>/navPointLbelsrc='#a. \n", max_size=200),
)
def test_no_page_or_contents_makes_an_epub_raise(pages: list[str], contents: str) -> None:
    data = epub({f"{n}.html": page for n, page in enumerate(pages)}, contents)

    assert all(isinstance(item, Draft | Rejected) for item in read(data))
