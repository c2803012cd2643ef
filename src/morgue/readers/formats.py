"""Every format that morgue reads: one line each. A new format is a file beside this one and an entry here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format and where its reader is.

    Attributes:
        name: what `--format-in` takes and `Origin.format` holds. title: for people.
        suffixes: file name endings that hint at it, lower case, with the dot.
        mime: media type. module: the module of `morgue.readers` whose `read` reads it.
        extra: the optional dependency group that it needs or profits from, or "".
        gives: one line on what comes out. example: a file of `corpus/` in this format.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    mime: str
    module: str
    extra: str
    gives: str
    example: str


_ALL = (
    Format(
        "text",
        "Plain text (wire copy, press release)",
        (".txt", ".text", ".asc"),
        "text/plain",
        "text",
        "",
        "place, date, byline and taglines from the copy itself",
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
        "corpus/formats/markdown-1.md",
    ),
    Format(
        "html",
        "HTML page",
        (".html", ".htm", ".xhtml", ".shtml"),
        "text/html",
        "html.page",
        "html",
        "headline, dates, authors from JSON-LD, meta and page; text without furniture (better with the extra)",
        "corpus/formats/html-1.html",
    ),
    Format(
        "ninjs",
        "ninjs 1.x, 2.x and 3.x (IPTC news in JSON)",
        (".json", ".ninjs"),
        "application/json",
        "json.ninjs",
        "",
        "all fields, status, embargo, version",
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
        "corpus/formats/apmedia-1.json",
    ),
    Format(
        "nitf",
        "NITF 3.x (News Industry Text Format)",
        (".xml", ".nitf"),
        "application/nitf+xml",
        "xml.nitf",
        "",
        "all fields, embargo, versions",
        "corpus/formats/nitf-1.xml",
    ),
    Format(
        "newsmlg2",
        "NewsML-G2 (items, messages, packages)",
        (".xml", ".newsml"),
        "application/vnd.iptc.g2.newsitem+xml",
        "xml.newsmlg2",
        "",
        "an article a text item; all fields, status, embargo, version",
        "corpus/formats/newsmlg2-1.xml",
    ),
    Format(
        "newsml1",
        "NewsML 1.x",
        (".xml", ".newsml"),
        "application/xml",
        "xml.newsml1",
        "",
        "an article a text component; all fields, status, revision",
        "corpus/formats/newsml1-1.xml",
    ),
    Format(
        "rss",
        "RSS and RDF feed",
        (".rss", ".rdf", ".xml"),
        "application/rss+xml",
        "xml.feeds",
        "",
        "an article an entry",
        "corpus/formats/rss-1.xml",
    ),
    Format(
        "atom",
        "Atom feed",
        (".atom", ".xml"),
        "application/atom+xml",
        "xml.feeds",
        "",
        "an article an entry",
        "corpus/formats/atom-1.xml",
    ),
    Format(
        "wxr",
        "WordPress export (WXR)",
        (".wxr", ".xml"),
        "application/rss+xml",
        "xml.feeds",
        "",
        "an article a post, with status",
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
        "corpus/formats/sgml-1.sgm",
    ),
    Format(
        "anpa",
        "ANPA 1312 wire transmission",
        (".tst", ".anpa"),
        "text/vnd.iptc.anpa",
        "transmissions.anpa",
        "",
        "caret header lines, trailer's date, text",
        "corpus/formats/anpa-1.tst",
    ),
    Format(
        "iptc7901",
        "IPTC 7901 wire transmission",
        (".iptc", ".txt"),
        "text/vnd.iptc.7901",
        "transmissions.iptc7901",
        "",
        "headline, trailer's date, text",
        "corpus/formats/iptc7901-1.iptc",
    ),
    Format(
        "eml",
        "E-mail",
        (".eml",),
        "message/rfc822",
        "documents.mail",
        "",
        "subject, date, sender, text",
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
        "corpus/formats/docx-1.docx",
    ),
    Format(
        "pdf",
        "PDF",
        (".pdf",),
        "application/pdf",
        "documents.pdf",
        "pdf",
        "text; headline and date only when the text shows them",
        "corpus/formats/pdf-1.pdf",
    ),
    Format(
        "warc",
        "Web archive (WARC, WACZ)",
        (".warc", ".wacz"),
        "application/warc",
        "containers.warc",
        "warc",
        "an article a page, as HTML; the crawl's time as upper bound of the date",
        "corpus/formats/warc-1.warc",
    ),
)

FORMATS: dict[str, Format] = {item.name: item for item in _ALL}
