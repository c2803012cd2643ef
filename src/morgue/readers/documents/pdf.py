"""PDF files, through the extra `pdf` (pypdfium2): printed lines to paragraphs.

The dates of the metadata are those of the file, not of publication: they are kept beside the article only.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from morgue.model import Draft, Rejected, Remark
from morgue.readers import exports
from morgue.readers.documents import pdf_layout, pdf_lines
from morgue.readers.documents.pdf_layout import Line
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import claim

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_MAX_PAGES = 2_000
_MAX_CHARACTERS = 5_000_000
_MAX_UNREADABLE = 0.2  # of the characters of a text
_MAX_STAMP = 12  # words that a scanner prints on a picture
_MIN_GAP = 0.8  # of the letters' size: white space that may part columns
_WIDE_GAP = 2.2  # of the letters' size: white space that is not between words
_MIN_GAPS = 4  # below each other, so that they are not chance
_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
_OCR = "ocrmypdf"
_ROW = re.compile(r"[^\r\n\ufffe]*(?:\ufffe|\r\n|[\r\n]|\Z)")  # pdfium marks a hyphen at a line's end and goes on


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
    if "assword" in message or "ecurity" in message:
        return "an encrypted PDF, which needs a password (qpdf --decrypt makes a copy without)"
    return f"a damaged PDF: {message}"


def _articles(document: PdfDocument, data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    count = len(document)
    if count > _MAX_PAGES:
        yield Rejected(name, 0, f"a PDF of {count} pages; the limit is {_MAX_PAGES}")
        return
    pages: list[list[Line]] = []
    total = unreadable = pictures = 0
    for number in range(count):
        lines, is_picture = _page(document, number)
        letters = sum(len(line.text) for line in lines)
        total += letters
        unreadable += sum(_unreadable(line.text) for line in lines)
        pictures += is_picture
        if total > _MAX_CHARACTERS:
            yield Rejected(name, 0, f"a PDF of more than {_MAX_CHARACTERS:,} characters")
            return
        pages.append(lines)
    if not total or pictures == count:
        yield Rejected(name, 0, f"a PDF without text: its pages are pictures ({_OCR} adds the text)")
        return
    if unreadable > _MAX_UNREADABLE * total:
        yield Rejected(name, 0, f"a PDF whose fonts do not say which letters they draw ({_OCR} --force-ocr reads them)")
        return
    doubts = []
    if pictures:
        why = f"{pictures} of {count} pages are pictures without text ({_OCR} adds it)"
        doubts.append(Remark(field="body", value="", why=why, how="pdf:pages"))
    if exports.named(pdf_lines.printed(pages)) and (
        articles := exports.taken_apart(_in_file_order(document), name, options, tuple(doubts))
    ):
        yield from articles
        return
    kept, heads = pdf_lines.without_furniture(pages)
    draft = Draft(format="pdf", layout="wire", digest=hashlib.sha256(data).hexdigest(), problems=doubts)
    title, kept = pdf_lines.headline(kept)
    claim(draft.headline, title, "pdf:largest")
    draft.body = pdf_lines.paragraphs(kept)
    _set_heads(draft, heads)
    _set_metadata(draft, document)
    yield draft


def _in_file_order(document: PdfDocument) -> str:
    """The lines as they come in the file: databases write one column, and running heads behind the text."""
    pages = []
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            pages.append([Line(pdf_lines.cleaned(line)) for line in text_page.get_text_range().split("\r\n")])
        finally:
            text_page.close()
            page.close()
    return pdf_lines.printed(pages)


def _set_heads(draft: Draft, heads: list[str]) -> None:
    """Claim what running heads state."""
    for date in pdf_lines.dates(heads):
        claim(draft.published, date, "pdf:running head")
    claim(draft.url, pdf_lines.address(heads), "pdf:running head")
    if heads:
        draft.extra["running_heads"] = list(heads)


def _set_metadata(draft: Draft, document: PdfDocument) -> None:
    metadata: dict[str, str] = document.get_metadata_dict(skip_empty=True)
    for key in ("Title", "Author", "CreationDate", "ModDate"):
        if metadata.get(key):
            draft.extra[key.lower()] = str(metadata[key])[:500]
    for word in str(metadata.get("Keywords", "")).replace(";", ",").split(","):
        claim(draft.keywords, word, "pdf:Keywords")


def _unreadable(text: str) -> int:
    """How many of a line's characters are not letters of any script: private use, replaced, unassigned."""
    return 0 if text.isascii() else sum(1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")


def _page(document: PdfDocument, number: int) -> tuple[list[Line], bool]:
    """A page's lines in reading order, and whether it is a picture with next to no text on it."""
    import pypdfium2.raw as raw

    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text = text_page.get_text_range()
            lines = pdf_layout.in_order(*_pieces(text_page, text))
        finally:
            text_page.close()
        is_picture = len(text.split()) <= _MAX_STAMP and any(
            True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
        return lines, is_picture
    finally:
        page.close()


def _pieces(text_page: PdfTextPage, text: str) -> tuple[list[Line], bool]:
    """The pieces of a page's printed lines, cut at white space between columns, and whether any was cut."""
    glyphs = _Glyphs(text_page)
    rows = [
        _Row(found[0], found.start(), glyphs.size(found.start() + _middle(found[0])) if found[0].strip() else 0.0)
        for found in _ROW.finditer(text)
    ]
    wide = [gap for row in rows if row.text.strip() for gap in glyphs.gaps(row)]
    cuts = _cuts(wide)
    found: list[Line] = []
    for row in rows:
        begin = 0
        for end in [*(gap.at for gap in cuts if gap.row is row), len(row.text)]:
            found.append(glyphs.line(row, begin, end))
            begin = end
    return found, bool(cuts)


def _cuts(wide: list[_Gap]) -> list[_Gap]:
    """The gaps that are white space between columns: very wide ones, and those that lie below each other."""
    found = []
    for gap in wide:
        if gap.width >= _WIDE_GAP * gap.row.size or gap.width < 0:
            found.append(gap)
            continue
        below = sum(1 for other in wide if min(gap.right, other.right) - max(gap.left, other.left) > 0.5 * gap.row.size)
        if below >= _MIN_GAPS:
            found.append(gap)
    return found


class _Row(NamedTuple):
    """A line of the file: its text, its first character's number on the page, the size of its letters."""

    text: str
    start: int
    size: float


class _Gap(NamedTuple):
    """White space in a line of the file, before the character `at`, from `left` to `right` (points)."""

    row: _Row
    at: int
    left: float
    right: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left


class _Glyphs:
    """Sizes and places of the characters of a page."""

    def __init__(self, text_page: PdfTextPage) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = text_page.raw
        self._box = [ctypes.c_double() for _ in range(4)]
        self._at = [ctypes.byref(value) for value in self._box]
        self._matrix = raw.FS_MATRIX()

    def size(self, at: int) -> float:
        """The size of a character in points, as it is drawn: its font's, scaled by the matrix of the text."""
        size = float(self._raw.FPDFText_GetFontSize(self._page, at))
        if self._raw.FPDFText_GetMatrix(self._page, at, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return round(size, 1)

    def edges(self, at: int) -> tuple[float, float]:
        """The left and right edge of a character."""
        self._raw.FPDFText_GetCharBox(self._page, at, *self._at)
        return self._box[0].value, self._box[1].value

    def base(self, at: int) -> float:
        """The height of the base line at a character."""
        self._raw.FPDFText_GetCharOrigin(self._page, at, self._at[0], self._at[1])
        return self._box[1].value

    def gaps(self, row: _Row) -> list[_Gap]:
        """The white space in a line that may part columns."""
        least = _MIN_GAP * row.size
        if least <= 0:
            return []
        found = []
        for match in _SPACE.finditer(row.text):
            left = self.edges(row.start + match.start() - 1)[1]
            right = self.edges(row.start + match.end())[0]
            if right - left >= least or left - right > row.size:  # forward, or back to the margin of a column
                found.append(_Gap(row, match.end(), left, right))
        return found

    def line(self, row: _Row, begin: int, end: int) -> Line:
        """The line of the characters from `begin` to `end` of a row."""
        text = row.text[begin:end]
        plain = pdf_lines.cleaned(text)
        if not plain or row.size <= 0:
            return Line(plain)
        first = row.start + begin + len(text) - len(text.lstrip())
        last = row.start + begin + len(text.rstrip()) - 1
        size = self.size(row.start + begin + _middle(text))
        return Line(plain, size, self.edges(first)[0], self.edges(last)[1], self.base(first))


def _middle(text: str) -> int:
    """The place of a character in the middle of a text; pdfium's own spaces have no size."""
    return text.find(text[len(text) // 2 :].split()[0], len(text) // 2) if text[len(text) // 2 :].strip() else 0
