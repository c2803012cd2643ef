"""Every format that morgue reads, one entry each. A new format is a reader beside this module and an entry here.

Sniffing, `morgue formats`, `--format-in` and the table in docs/formats.md (tests/support/update_formats_doc.py)
follow from the entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from morgue.readers.names import names


class Signature(NamedTuple):
    """Bytes that prove a format, tested before anything is decoded.

    Attributes:
        pattern: regular expression that matches at the first byte of the input; its dot matches any byte. At most
            64 KiB (`streams.HEAD`) follow.
        why: what was seen, as a clause for `Guess.why`: `starts with %PDF-`.
    """

    pattern: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Format:
    """A format and where its reader is.

    Attributes:
        name: what `--format-in` takes and `Origin.format` holds. title: for people.
        suffixes: file name endings that hint at it, lower case, with the dot.
        mime: media type. module: the module of `morgue.readers` whose `read` reads it.
        extra: the optional dependency group that it needs, or "".
        gives: one line on what comes out.
        stated: six cells of docs/formats.md, for headline, date, byline, place, id, and version with status and
            embargo; each begins with ● ◐ ○ – as explained there, or with a word.
        example: a file of `corpus/` in this format.
        signatures: bytes that prove it, each enough. roots: names of XML or SGML document elements that prove it.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    mime: str
    module: str
    extra: str
    gives: str
    stated: str
    example: str
    signatures: tuple[Signature, ...] = ()
    roots: tuple[str, ...] = ()


_ZIP = rb"PK(?:00PK)?\x03\x04"
_LEAD = rb"[\r\n\t \xef\xbb\xbf]*"  # line ends, blanks, byte order mark

_HTML = rb"(?=[\r\n\t \xef\xbb\xbf]*<)(?i:(?:(?!</head).){,1000}?"  # somewhere in the head of a page

_ALL = (
    Format(
        "text",
        "Plain text (wire copy, press release)",
        (".txt", ".text", ".asc"),
        "text/plain",
        "text",
        "",
        "place, date, byline and taglines from the copy itself",
        "○ often none | ○ | ○ | ○ | – | ○",
        "corpus/formats/text-1.txt",
    ),
    Format(
        "jsonl",
        "JSON Lines",
        (".jsonl", ".ndjson", ".jl"),
        "application/x-ndjson",
        "json.lines",
        "",
        "an article a line; keys by the alias table or --map",
        "● | ● | ● | ◐ | ● | ◐",
        "corpus/formats/jsonl-1.jsonl",
    ),
    Format(
        "json",
        "JSON (one article, a list, or an API's answer)",
        (".json",),
        "application/json",
        "json.file",
        "",
        "articles by the alias table or --map",
        "● | ● | ● | ◐ | ● | ◐",
        "corpus/formats/json-1.json",
    ),
    Format(
        "csv",
        "CSV, TSV and other delimited tables",
        (".csv", ".tsv", ".tab"),
        "text/csv",
        "documents.table",
        "",
        "an article a row; columns by the alias table or --map",
        "● | ● | ◐ | ◐ | ◐ | ◐",
        "corpus/formats/csv-1.csv",
    ),
    Format(
        "markdown",
        "Markdown with YAML, TOML or JSON front matter",
        (".md", ".markdown", ".mdown", ".mkd", ".qmd"),
        "text/markdown",
        "documents.markdown",
        "",
        "front matter by the alias table, text with sub-heads",
        "● | ● | ● | ◐ | ◐ | ◐",
        "corpus/formats/markdown-1.md",
    ),
    Format(
        "html",
        "HTML page",
        (".html", ".htm", ".xhtml", ".shtml"),
        "text/html",
        "html.page",
        "",
        "headline, dates, authors from JSON-LD, meta and page; text without furniture",
        "● | ● | ● | ◐ | ● canonical address | ◐",
        "corpus/formats/html-1.html",
        roots=names("html"),
    ),
    Format(
        "ninjs",
        "ninjs 1.x, 2.x and 3.x (IPTC news in JSON)",
        (".json", ".ninjs"),
        "application/json",
        "json.ninjs",
        "",
        "all fields, status, embargo, version",
        "● | ● | ● | ● | ● | ●",
        "corpus/formats/ninjs-1.json",
    ),
    Format(
        "apmedia",
        "AP Media API JSON",
        (".json",),
        "application/json",
        "json.apmedia",
        "",
        "all fields; text when the item carries it",
        "● | ● | ● | ● | ● | ●",
        "corpus/formats/apmedia-1.json",
    ),
    Format(
        "applenews",
        "Apple News Format (article.json)",
        (".json",),
        "application/json",
        "json.applenews",
        "",
        "text and credits from the components, the rest from the metadata",
        "● | ● | ● | ○ | ● | –",
        "corpus/formats/applenews-1.json",
    ),
    Format(
        "ghost",
        "Ghost export",
        (".json",),
        "application/json",
        "json.ghost",
        "",
        "an article a post, with authors, tags and status",
        "● | ● | ● | ○ | ● | ● draft",
        "corpus/formats/ghost-1.json",
    ),
    Format(
        "substack",
        "Substack export (posts.csv and posts/)",
        (".csv",),
        "text/csv",
        "documents.substack",
        "",
        "an article a post: title and date from the table, text from the page beside it",
        "● | ● | – | ○ | ● | ● draft",
        "corpus/formats/substack/posts.csv",
        signatures=(
            Signature(
                rb'[\xef\xbb\xbf]*"?post_id"?,"?post_date"?,"?is_published', "names the columns of Substack's posts"
            ),
        ),
    ),
    Format(
        "bookmarks",
        "Bookmarks as HTML (Pocket, Instapaper, Pinboard, Raindrop, browsers)",
        (".html", ".htm"),
        "text/html",
        "html.bookmarks",
        "",
        "an article a link: title, address, tags; when it was saved bounds the date",
        "● | – | – | – | ● address | –",
        "corpus/formats/bookmarks-1.html",
        signatures=(
            Signature(_LEAD + rb"(?i:<!DOCTYPE\s+NETSCAPE-Bookmark)", "starts as a browser's bookmarks do"),
            Signature(
                _HTML + rb"<title>\s*(?:Pocket Export|Instapaper: Export)\s*</title>)",
                "has the title of a reading list",
            ),
        ),
    ),
    Format(
        "enex",
        "Evernote notes (ENEX)",
        (".enex",),
        "application/enex+xml",
        "xml.enex",
        "",
        "an article a note: title, text, tags, the page that was clipped; when it was clipped bounds the date",
        "● | – | – | ○ | ● address | –",
        "corpus/formats/enex-1.enex",
        roots=names("en-export"),
    ),
    Format(
        "trafilatura",
        "XML written by trafilatura",
        (".xml",),
        "application/xml",
        "xml.trafilatura",
        "",
        "an article a document: fields from attributes, text with sub-heads",
        "● | ● | ● | ○ | ● address | –",
        "corpus/formats/trafilatura-1.xml",
    ),
    Format(
        "kindle",
        "Kindle's My Clippings",
        (".txt",),
        "text/plain",
        "documents.clippings",
        "",
        "an article a highlight, note or clipped article; when it was made bounds the date",
        "● | – | ● | – | – | –",
        "corpus/formats/kindle-1.txt",
    ),
    Format(
        "nitf",
        "NITF 3.x (News Industry Text Format)",
        (".xml", ".nitf"),
        "application/nitf+xml",
        "xml.nitf",
        "",
        "all fields, embargo, versions",
        "● | ● | ● | ◐ | ● | ●",
        "corpus/formats/nitf-1.xml",
        roots=names("nitf"),
    ),
    Format(
        "newsmlg2",
        "NewsML-G2 (items, messages, packages)",
        (".xml", ".newsml"),
        "application/vnd.iptc.g2.newsitem+xml",
        "xml.newsmlg2",
        "",
        "an article a text item; all fields, status, embargo, version",
        "● | ● | ◐ | ◐ | ● | ●",
        "corpus/formats/newsmlg2-1.xml",
        roots=names(
            "newsItem newsMessage packageItem conceptItem knowledgeItem planningItem catalogItem "
            "catalog newsmessage itemSet contentSet groupSet contentMeta promotions"
        ),
    ),
    Format(
        "newsml1",
        "NewsML 1.x",
        (".xml", ".newsml"),
        "application/xml",
        "xml.newsml1",
        "",
        "an article a text component; all fields, status, revision",
        "● | ● | ◐ | ◐ | ● | ●",
        "corpus/formats/newsml1-1.xml",
        roots=names("NewsML NewsItem NewsEnvelope"),
    ),
    Format(
        "rss",
        "RSS and RDF feed",
        (".rss", ".rdf", ".xml"),
        "application/rss+xml",
        "xml.feeds",
        "",
        "an article an entry",
        "● | ● | ◐ | ○ | ● | –",
        "corpus/formats/rss-1.xml",
        roots=names("rss RDF"),
    ),
    Format(
        "atom",
        "Atom feed",
        (".atom", ".xml"),
        "application/atom+xml",
        "xml.feeds",
        "",
        "an article an entry",
        "● | ● | ● | ○ | ● | –",
        "corpus/formats/atom-1.xml",
        roots=names("feed entry"),
    ),
    Format(
        "wxr",
        "WordPress export (WXR)",
        (".wxr", ".xml"),
        "application/rss+xml",
        "xml.feeds",
        "",
        "an article a post, with status",
        "● | ● | ● | ○ | ● | ● draft, private",
        "corpus/formats/wxr-1.xml",
    ),
    Format(
        "xml",
        "Other XML records (an agency's own)",
        (".xml",),
        "application/xml",
        "xml.record",
        "",
        "elements by the alias table or --map",
        "◐ | ◐ | ◐ | ◐ | ◐ | ◐",
        "corpus/formats/xml-1.xml",
    ),
    Format(
        "sgml",
        "SGML collections (Reuters-21578, TREC)",
        (".sgm", ".sgml", ".trec"),
        "text/sgml",
        "xml.sgml",
        "",
        "an article a document: headline, date, byline, dateline",
        "● | ● | ● | ● | ● | –",
        "corpus/formats/sgml-1.sgm",
        roots=names("REUTERS DOC TREC"),
    ),
    Format(
        "anpa",
        "ANPA 1312 wire transmission",
        (".tst", ".anpa"),
        "text/vnd.iptc.anpa",
        "transmissions.anpa",
        "",
        "caret header lines, trailer's date, text",
        "● caret lines | ● trailer | ◐ | ○ | – | ◐",
        "corpus/formats/anpa-1.tst",
        signatures=(
            Signature(
                _LEAD + rb"\x16\x16?\x01|(?=.{,7}\x01).{,62}\x13\x11",
                "starts with the control bytes of ANPA 1312",
            ),
        ),
    ),
    Format(
        "iptc7901",
        "IPTC 7901 wire transmission",
        (".iptc", ".txt"),
        "text/vnd.iptc.7901",
        "transmissions.iptc7901",
        "",
        "headline, trailer's date, text",
        "● | ● trailer | ◐ | ○ | – | ◐",
        "corpus/formats/iptc7901-1.iptc",
        signatures=(Signature(rb"(?=" + _LEAD + rb"\x01).{,511}\x02", "starts with the control bytes of IPTC 7901"),),
    ),
    Format(
        "eml",
        "E-mail",
        (".eml",),
        "message/rfc822",
        "documents.mail",
        "",
        "subject, date, sender, text",
        "● subject | ● | ○ | ○ | ● Message-ID | ○",
        "corpus/formats/eml-1.eml",
    ),
    Format(
        "mbox",
        "Mailbox (mbox)",
        (".mbox", ".mbx"),
        "application/mbox",
        "documents.mail",
        "",
        "an article a message",
        "● subject | ● | ○ | ○ | ● Message-ID | ○",
        "corpus/formats/mbox-1.mbox",
    ),
    Format(
        "docx",
        "Word document (DOCX)",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "documents.docx",
        "",
        "title, text with sub-heads",
        "◐ Title style | ○ | ○ | ○ | – | ○",
        "corpus/formats/docx-1.docx",
        signatures=(
            Signature(
                _ZIP + rb"(?:.*word/document\.xml|(?=.*\[Content_Types\]\.xml).*word/)",
                "is a ZIP file with word/ inside",
            ),
        ),
    ),
    Format(
        "rtf",
        "Rich Text Format",
        (".rtf",),
        "application/rtf",
        "documents.rtf",
        "",
        "title, text with sub-heads",
        "◐ Title style | ○ | ○ | ○ | – | ○",
        "corpus/formats/rtf-1.rtf",
        signatures=(Signature(_LEAD + rb"\{\\rtf", "starts with {\\rtf"),),
    ),
    Format(
        "nexis",
        "Nexis, Nexis Uni and Lexis (text, RTF, DOCX, PDF, HTML)",
        (".txt",),
        "text/plain",
        "exports.nexis",
        "",
        "an article a document: publication, date, section, page, edition, byline, terms",
        "● | ● | ● | ◐ | – | –",
        "corpus/formats/nexis-1.txt",
    ),
    Format(
        "europresse",
        "Europresse and Eureka (text, PDF, HTML)",
        (".txt",),
        "text/plain",
        "exports.europresse",
        "",
        "an article a document: publication, date, section, page, authors",
        "● | ● | ◐ | ○ | ● | –",
        "corpus/formats/europresse-1.txt",
    ),
    Format(
        "gale",
        "Gale (text, DOCX, PDF)",
        (".txt",),
        "text/plain",
        "exports.gale",
        "",
        "an article a document: publication, date, page, authors",
        "● | ● | ● | ○ | ● | –",
        "corpus/formats/gale-1.txt",
    ),
    Format(
        "ebsco",
        "EBSCOhost (text)",
        (".txt",),
        "text/plain",
        "exports.ebsco",
        "",
        "an article a record: publication, date, page, authors, terms; the abstract where there is no text",
        "● | ● | ● | ○ | ● | –",
        "corpus/formats/ebsco-1.txt",
    ),
    Format(
        "pdf",
        "PDF",
        (".pdf",),
        "application/pdf",
        "documents.pdf",
        "pdf",
        "text; headline and date only when the text shows them",
        "○ | ○ | ○ | ○ | – | ○",
        "corpus/formats/pdf-1.pdf",
        signatures=(Signature(rb"\s{,1019}%PDF-", "starts with %PDF-"),),
    ),
    Format(
        "warc",
        "Web archive (WARC, WACZ)",
        (".warc", ".wacz"),
        "application/warc",
        "containers.warc",
        "warc",
        "an article a page, as HTML; the crawl's time as upper bound of the date",
        "as HTML | as HTML, the crawl as its latest | as HTML | as HTML | ● | –",
        "corpus/formats/warc-1.warc",
        signatures=(
            Signature(_LEAD + rb"WARC/1\.", "starts with a WARC record"),
            Signature(
                _ZIP + rb"(?:.*datapackage\.json|(?=.*\.warc).*archive/)", "is a ZIP file with a web archive inside"
            ),
        ),
    ),
    Format(
        "xlsx",
        "Spreadsheet (XLSX, XLSM, Excel XML)",
        (".xlsx", ".xlsm"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "documents.spreadsheet",
        "office",
        "an article a row of each sheet; columns by the alias table or --map",
        "● | ● | ◐ | ◐ | ◐ | ◐",
        "corpus/formats/xlsx-1.xlsx",
        signatures=(
            Signature(
                _ZIP + rb"(?:.*xl/workbook\.xml|(?=.*\[Content_Types\]\.xml).*xl/)", "is a ZIP file with xl/ inside"
            ),
        ),
        roots=names("Workbook"),
    ),
    Format(
        "xls",
        "Old spreadsheet (XLS)",
        (".xls",),
        "application/vnd.ms-excel",
        "documents.spreadsheet",
        "office",
        "an article a row of each sheet; columns by the alias table or --map",
        "● | ● | ◐ | ◐ | ◐ | ◐",
        "corpus/formats/xls-1.xls",
        signatures=(
            Signature(
                rb"\xd0\xcf\x11\xe0(?:.{508}\x09\x08|.*(?:W\0o\0r\0k\0b\0o\0o\0k|B\0o\0o\0k)\0)",
                "is an OLE file with a workbook inside",
            ),
        ),
    ),
    Format(
        "avro",
        "Avro (Factiva snapshots)",
        (".avro",),
        "application/avro",
        "documents.avro",
        "office",
        "an article a record; fields by the alias table or --map",
        "● | ● | ● | ◐ | ● | –",
        "corpus/formats/avro-1.avro",
        signatures=(Signature(rb"Obj\x01", "starts with Obj and 1, as Avro does"),),
    ),
    Format(
        "factiva",
        "Factiva (text, RTF, HTML)",
        (),
        "text/plain",
        "exports.factiva",
        "",
        "an article each of a download, with its indexing",
        "● | ● | ● | ○ | ● accession number | –",
        "corpus/formats/factiva-1.txt",
    ),
    Format(
        "factivaxml",
        "Factiva's XML (PPS)",
        (".xml",),
        "application/xml",
        "exports.factiva_xml",
        "",
        "an article each, with its indexing",
        "● | ● | ● | ◐ | ● accession number | –",
        "corpus/formats/factivaxml-1.xml",
        roots=names("PPSResponse ppsArticleResponse ppsarticleResultSet ppsArticleResultSet ppsarticle"),
    ),
    Format(
        "proquest",
        "ProQuest (text, mail, HTML)",
        (),
        "text/plain",
        "exports.proquest",
        "",
        "an article each document of a download, with its indexing",
        "● | ● | ● | ◐ | ● document ID | –",
        "corpus/formats/proquest-1.txt",
    ),
    Format(
        "ris",
        "References in RIS, EndNote's and RefWorks' tags",
        (".ris", ".enw"),
        "application/x-research-info-systems",
        "references.ris",
        "",
        "an article an entry; the abstract as text",
        "● | ● | ● | – | ◐ | –",
        "corpus/formats/ris-1.ris",
        signatures=(
            Signature(_LEAD + rb"(?:[^\n]{,300}\n){,12}?TY[ \t]{1,3}-[ \t]?[A-Z]", "opens with RIS's TY  -"),
            Signature(_LEAD + rb"%0 [A-Z][A-Za-z ]{2,30}\r?\n", "opens with EndNote's %0"),
            Signature(_LEAD + rb"RT [A-Z][A-Za-z/ ,]{2,30}\r?\n[A-Z][A-Z0-9] ", "opens with RefWorks' RT"),
        ),
    ),
    Format(
        "bibtex",
        "BibTeX and BibLaTeX",
        (".bib", ".bibtex"),
        "application/x-bibtex",
        "references.bibtex",
        "",
        "an article an entry; the abstract as text",
        "● | ● | ● | – | ◐ | –",
        "corpus/formats/bibtex-1.bib",
        signatures=(
            Signature(
                rb"(?:[ \t\r\n\xef\xbb\xbf]|%[^\n]*\n){,200}@[ \t]{,4}"
                rb"(?:[A-Za-z]{4,20}[ \t]*\{[ \t]*[^\s,{}=\"]*[ \t]*,|(?i:string|comment|preamble)[ \t]*[{(])",
                "opens with an entry of BibTeX",
            ),
        ),
    ),
    Format(
        "endnote",
        "EndNote XML",
        (".xml",),
        "application/xml",
        "references.endnote",
        "",
        "an article a record; the abstract as text",
        "● | ● | ● | – | ◐ | –",
        "corpus/formats/endnote-1.xml",
        roots=names("xml"),
    ),
    Format(
        "zotero",
        "Zotero RDF",
        (".rdf",),
        "application/rdf+xml",
        "references.zotero",
        "",
        "an article an item; the abstract as text",
        "● | ● | ● | – | ◐ | –",
        "corpus/formats/zotero-1.rdf",
    ),
    Format(
        "mods",
        "MODS",
        (".mods", ".xml"),
        "application/mods+xml",
        "references.mods",
        "",
        "an article a title; the abstract as text",
        "● | ● | ● | – | ● | –",
        "corpus/formats/mods-1.xml",
        roots=names("mods modsCollection"),
    ),
)

FORMATS: dict[str, Format] = {item.name: item for item in _ALL}
ROOTS: dict[str, str] = {root: item.name for item in _ALL for root in item.roots}

# First bytes of files that no reader reads, and what they are, as a clause for a `Rejected`.
UNREADABLE = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO\x00", "a font"),
    (b"ttcf\x00", "a font"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"8BPS\x00", "a Photoshop image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound or film (Ogg)"),
    (b"fLaC", "a sound (FLAC)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
    (b"!BDN", "an Outlook store (PST)"),
    (b"PAR1", "a Parquet table"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
)


@cache
def _signatures() -> list[tuple[str, Callable[[bytes], object], str]]:
    return [(item.name, re.compile(pattern, re.DOTALL).match, why) for item in _ALL for pattern, why in item.signatures]


def signed(head: bytes) -> tuple[str, str]:
    """Return (format, why) of the first entry whose signature the head matches, ("", "") when none does."""
    for name, matches, why in _signatures():
        if matches(head):
            return name, why
    return "", ""
