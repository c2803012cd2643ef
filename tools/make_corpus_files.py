"""Write those files of the sample archive that are awkward to keep by hand: DOCX, PDF, WARC, transmissions, archives.

    python tools/make_corpus_files.py [FOLDER]      FOLDER: where to write, default corpus/formats

Run it again after a change in `corpus_texts.py` and commit the output. The standard library is all it needs. Times
inside the files are fixed, so that a second run changes nothing but, where a zlib packs differently, packed bytes.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import sys
import tarfile
import textwrap
import zipfile
from html import escape
from pathlib import Path

import corpus_texts as texts

Paragraphs = tuple[tuple[str, str], ...]
Lines = tuple[tuple[int, str], ...]
Page = tuple[str, str, str, str, str, tuple[str, ...]]

_EPOCH = (2026, 1, 1, 0, 0, 0)  # the time that members of archives bear
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """A ZIP archive with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def docx(paragraphs: Paragraphs, *, creator: str, created: str) -> bytes:
    """A Word document of styled paragraphs, with core properties (`created`: ISO 8601 UTC)."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paragraphs[0][1])}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
    }
    return zipped([(name, (head + text).encode()) for name, text in parts.items()])


def pdf(lines: Lines, *, title: str) -> bytes:
    """A PDF page of paragraphs in Helvetica, each with its size in points, wrapped by hand as a press office would."""
    content, height = ["BT"], 790
    for size, text in lines:
        for line in textwrap.wrap(text, 44 if size > 14 else 84):
            safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            content.append(f"/F1 {size} Tf 1 0 0 1 60 {height} Tm ({safe}) Tj")
            height -= round(size * 1.35)
        height -= 10
    stream = "\n".join([*content, "ET"]).encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) /CreationDate (D:20260801120000Z) /Producer (sample maker) >>" % title.encode("cp1252"),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def anpa(
    number: str,
    routing: str,
    keyword: str,
    day: str,
    header: tuple[str, ...],
    byline: tuple[str, ...],
    paragraphs: tuple[str, ...],
    trailer: str,
) -> bytes:
    """An ANPA 1312 transmission: control bytes around a header, caret lines, text lines and a trailer with the time."""
    head = f"\x16\x16\x01{number}\x1f-----\n\r{routing}\x13\x11 {keyword}   {day}\r\n\x02"
    carets = "".join(f"^{line}< \r\n" for line in header) + "".join(f"^{line}= \r\n" for line in byline)
    text = "".join(f"\t   {paragraph} \r\n" for paragraph in paragraphs)
    return f"{head}{carets}{text}\r\n\t   \x03{trailer}<\r\n\r\n\x0c\r\n\x04".encode("cp1252")


def iptc7901(
    header: str, keywords: str, headline: str, paragraphs: tuple[str, ...], signature: str, trailer: str
) -> bytes:
    """An IPTC 7901 transmission in Latin-1: header, keyword line, headline after STX, text, trailer with the time."""
    text = "\r\n\r\n".join(f"   {paragraph}" for paragraph in paragraphs)
    body = f"\x01{header}\r\n\n{keywords}\r\n\x02{headline}\r\n\r\n{text}\r\n\n{signature}\r\n\r\n"
    return f"{body}\x03{trailer} \r\n\x7f\n\x7f\x04".encode("latin-1")


def web_page(page: Page) -> bytes:
    """The HTML page of an article as its site would send it."""
    url, _, headline, published, author, paragraphs = page
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": published}
    data_text = json.dumps({**data, "author": {"@type": "Person", "name": author}}, ensure_ascii=False)
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(headline)}</title>\n'
        f'<link rel="canonical" href="{url}">\n<script type="application/ld+json">{data_text}</script></head>\n'
        f"<body><nav>Home News Sport</nav><article><h1>{escape(headline)}</h1>\n{text}</article></body></html>\n"
    ).encode()


def _warc_record(kind: str, headers: dict[str, str], block: bytes) -> bytes:
    name = hashlib.md5(block, usedforsecurity=False).hexdigest()
    uuid = f"{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}"
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid}>",
        **headers,
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def warc(pages: tuple[Page, ...], *, packed: bool) -> bytes:
    """A WARC file: an info record, then a response for each page. packed: each record gzipped by itself, as usual."""
    info = b"software: sample maker\r\nformat: WARC File Format 1.0\r\n"
    records = [_warc_record("warcinfo", {"WARC-Date": pages[0][1], "Content-Type": "application/warc-fields"}, info)]
    for page in pages:
        html = web_page(page)
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(html)
        headers = {
            "WARC-Date": page[1],
            "WARC-Target-URI": page[0],
            "Content-Type": "application/http; msgtype=response",
        }
        records.append(_warc_record("response", headers, block + html))
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def tarred(members: tuple[tuple[str, str], ...]) -> bytes:
    """A tar archive with fixed times and owners."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, text in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(text.encode()), 1767225600
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def files() -> dict[str, bytes]:
    """Every file that this script writes, by name."""
    return {
        "docx-1.docx": docx(texts.PRESS_DOCX, creator="Kilindini Terminals Ltd.", created="2026-05-20T06:00:00Z"),
        "docx-2.docx": docx(texts.DRAFT_DOCX, creator="sbaloch", created="2022-03-09T11:00:00Z"),
        "pdf-1.pdf": pdf(texts.REPORT_PDF, title="summary_final_v3.doc"),
        "pdf-2.pdf": pdf(texts.FLYER_PDF, title="Rail Staff Call Two-Day Strike"),
        "anpa-1.tst": anpa(*texts.ANPA_CUP),
        "anpa-2.tst": anpa(*texts.ANPA_LAUNCH),
        "iptc7901-1.iptc": iptc7901(*texts.IPTC_STREIK),
        "iptc7901-2.iptc": iptc7901(*texts.IPTC_MINE),
        "warc-1.warc": warc(texts.WARC_PAGES, packed=False),
        "warc-2.warc.gz": warc(texts.WARC_FIRE, packed=True),
        "packed-1.txt.gz": gzip.compress(texts.GZIPPED.encode(), mtime=0),
        "packed-2.zip": zipped([(name, text.encode()) for name, text in texts.ZIPPED]),
        "packed-3.tar.xz": lzma.compress(tarred(texts.TARRED)),
        "packed-4.jsonl.bz2": bz2.compress(texts.BZIPPED.encode()),
    }


def main(folder: str = "") -> None:
    """Write the files into a folder."""
    target = Path(folder) if folder else Path(__file__).parents[1] / "corpus" / "formats"
    target.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (target / name).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:2])
