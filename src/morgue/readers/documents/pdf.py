"""PDF files, through the extra `pdf` (pypdfium2): printed lines to paragraphs.

The dates of the metadata are those of the file, not of publication: they are kept beside the article only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import exports
from morgue.readers.documents import pdf_lines
from morgue.readers.documents.pdf_lines import Line
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MAX_PAGES = 2_000
_MAX_CHARACTERS = 5_000_000


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the PDF `stream`, called `name`, within the limits of `options`, or why there is none."""
    import pypdfium2

    data = read_whole(stream, options)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield Rejected(name, 0, _reason(str(error)))
        return
    try:
        yield from _articles(document, data, name, options)
    except pypdfium2.PdfiumError as error:
        yield Rejected(name, 0, f"a damaged PDF: {error}")
    finally:
        document.close()


def _reason(message: str) -> str:
    return "an encrypted PDF" if "assword" in message or "ecurity" in message else f"a damaged PDF: {message}"


def _articles(document: PdfDocument, data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    count = len(document)
    if count > _MAX_PAGES:
        yield Rejected(name, 0, f"a PDF of {count} pages; the limit is {_MAX_PAGES}")
        return
    pages: list[list[Line]] = []
    total = 0
    for number in range(count):
        lines = _lines(document, number)
        total += sum(len(line.text) for line in lines)
        if total > _MAX_CHARACTERS:
            yield Rejected(name, 0, f"a PDF of more than {_MAX_CHARACTERS:,} characters")
            return
        pages.append(lines)
    if not total:
        yield Rejected(name, 0, "a PDF without text: its pages are pictures")
    elif articles := exports.taken_apart(pdf_lines.printed(pages), name, options):
        yield from articles
    else:
        yield _draft(document, pages, data)


def _draft(document: PdfDocument, pages: list[list[Line]], data: bytes) -> Draft:
    draft = Draft(format="pdf", layout="wire", digest=hashlib.sha256(data).hexdigest())
    title, kept = pdf_lines.headline(pdf_lines.without_furniture(pages))
    claim(draft.headline, title, "pdf:largest")
    draft.body = pdf_lines.paragraphs(kept)
    metadata: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    for key in ("Title", "Author", "CreationDate", "ModDate"):
        if metadata.get(key):
            draft.extra[key.lower()] = str(metadata[key])[:500]
    for word in str(metadata.get("Keywords", "")).replace(";", ",").split(","):
        claim(draft.keywords, word, "pdf:Keywords")
    return draft


def _lines(document: PdfDocument, number: int) -> list[Line]:
    """A page's lines in reading order, with the size of their letters."""
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return _sized(text_page, text_page.get_text_range(), with_sizes=number == 0)
        finally:
            text_page.close()
    finally:
        page.close()


def _sized(text_page: PdfTextPage, text: str, *, with_sizes: bool) -> list[Line]:
    import pypdfium2.raw as raw

    found: list[Line] = []
    at = 0
    for line in text.replace("\r\n", "\n\0").split("\n"):
        plain = line.lstrip("\0")
        size = raw.FPDFText_GetFontSize(text_page.raw, at + len(line) // 2) if with_sizes and plain.strip() else 0.0
        found.append(Line(pdf_lines.cleaned(plain), round(float(size), 1)))
        at += len(line) + 1
    return found
