"""Web archives: the pages of WARC, WET and ARC files and WACZ packages, through the extra `warc` (warcio, Brotli).

A page is HTML, or the text of one (`conversion` records, as in Common Crawl's WET files). The time of the crawl is kept
apart (`Draft.crawled`): it is only an upper bound for the date of publication.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Claim, Draft, Rejected
from morgue.readers.containers import unpack
from morgue.readers.encoding import NotText, clean, decode
from morgue.readers.html import page
from morgue.readers.options import ReadOptions, size
from morgue.readers.story import note_encoding
from morgue.readers.streams import peek

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
_STARTS = (b"WARC/", b"filedesc://")
_CHUNK = 1 << 14  # bytes of compressed data that are unpacked at a time
_KINDS = ("response", "resource", "conversion")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft per HTML page of `stream`, called `name`, read as `options` say; failed requests are left out."""
    head, stream = peek(stream)
    if not head.startswith(b"PK"):
        yield from _records(stream, name, options)
        return
    found = False
    for member in unpack.zip_files(stream, name, options):
        if isinstance(member, Rejected):
            yield member
        elif member.head.startswith(_STARTS):
            found = True
            yield from _records(member.stream, member.path, options)
    if not found:
        yield Rejected(name, 0, "a web archive package without a WARC file")


def _records(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = pages = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, arc2warc=True), start=1):
            if record.rec_type in _KINDS and _is_page(record):
                pages += 1
                yield _page(record, name, number, options)
            elif record.rec_type == "conversion" and _kind(record.content_type) == "text/plain":
                pages += 1
                yield _text(record, name, number, options)
    except (ArchiveLoadFailed, zlib.error, ValueError, EOFError, AttributeError, TypeError) as error:
        # warcio raises any of these for records with damaged headers.
        yield Rejected(name, number + 1, f"a damaged web archive: {' '.join(str(error).split())}"[:300])
        return
    if not pages:
        yield Rejected(name, 0, f"a web archive without pages ({number} records)")


def _is_page(record: ArcWarcRecord) -> bool:
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None or headers.get_statuscode() != "200":
            return False
        kind = headers.get_header("Content-Type") or ""
    else:
        kind = record.content_type or ""
    return _kind(kind) in _PAGES


def _kind(header: str | None) -> str:
    """The media type of a Content-Type header."""
    return (header or "").split(";")[0].strip().lower()


def _page(record: ArcWarcRecord, name: str, number: int, options: ReadOptions) -> Draft | Rejected:
    data = _content(record, name, number, page.MAX_PAGE, "HTML")
    if isinstance(data, Rejected):
        return data
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    _, _, charset = (kind or "").lower().partition("charset=")
    draft = page.page(data, name, options, url=_address(record), charset=charset.split(";")[0].strip(" \"'"))
    if isinstance(draft, Rejected):
        return Rejected(name, number, f"{draft.why} ({_address(record)[:200]})")
    return _numbered(draft, record, number)


def _text(record: ArcWarcRecord, name: str, number: int, options: ReadOptions) -> Draft | Rejected:
    """The draft of a page of which only the text was kept, a line a block; the first line is its title."""
    data = _content(record, name, number, options.max_bytes, "text")
    if isinstance(data, Rejected):
        return data
    try:
        decoded = decode(data, override=options.encoding)
    except NotText as error:
        return Rejected(name, number, str(error))
    lines = [text for line in clean(decoded.text).splitlines() if (text := " ".join(line.split()))]
    if not lines:
        return Rejected(name, number, f"a page without text ({_address(record)[:200]})")
    draft = Draft(format="warc", digest=hashlib.sha256(data).hexdigest(), layout="wire", body="\n\n".join(lines))
    if page_address := _address(record):
        draft.url = [Claim(page_address, "warc:target")]
        draft.ids = [Claim(page_address, "warc:target")]
    if language := record.rec_headers.get_header("WARC-Identified-Content-Language"):
        draft.language = [Claim(language.split(",")[0].strip(), "warc:language")]
    note_encoding(draft, decoded.problem)
    return _numbered(draft, record, number)


def _numbered(draft: Draft, record: ArcWarcRecord, number: int) -> Draft:
    draft.format, draft.record = "warc", number
    draft.crawled = record.rec_headers.get_header("WARC-Date") or ""
    return draft


def _address(record: ArcWarcRecord) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _content(record: ArcWarcRecord, name: str, number: int, limit: int, what: str) -> bytes | Rejected:
    """The content of a record, unpacked, of at most `limit` bytes."""
    coding = (record.http_headers.get_header("Content-Encoding") or "") if record.http_headers else ""
    try:
        if coding.strip().lower() == "br":
            data = _unbrotlied(record, limit)
        elif coding.strip().lower() in ("zstd", "compress"):
            return Rejected(name, number, f"a page compressed with {coding.strip()}, which is not read")
        else:
            data = record.content_stream().read(limit + 1)
    except ModuleNotFoundError:
        return Rejected(name, number, "a page compressed with Brotli; install morgue[warc] to read it")
    except (zlib.error, OSError, ValueError, EOFError) as error:
        return Rejected(name, number, f"a page that cannot be unpacked: {error}"[:300])
    if len(data) > limit:
        return Rejected(name, number, f"{what} larger than the limit of {size(limit)} for a page")
    return data


def _unbrotlied(record: ArcWarcRecord, limit: int) -> bytes:
    """Brotli's content of a record, cut just above `limit` bytes; data that are not compressed as they are.

    Raises:
        ValueError: the data are damaged.
    """
    import brotli
    from warcio.bufferedreaders import ChunkedDataReader

    stream = record.raw_stream
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        stream = ChunkedDataReader(stream, decomp_type=None)
    packed = stream.read()
    decompressor = brotli.Decompressor()
    found = bytearray()
    try:
        for at in range(0, len(packed), _CHUNK):
            found += decompressor.process(packed[at : at + _CHUNK], output_buffer_limit=limit + 1 - len(found))
            while len(found) <= limit and not decompressor.can_accept_more_data():
                found += decompressor.process(b"", output_buffer_limit=limit + 1 - len(found))
            if len(found) > limit:
                break
    except brotli.error as error:
        if b"<" in packed[:512] and b">" in packed:  # some crawlers unpack the data and keep the header
            return bytes(packed)
        raise ValueError("damaged Brotli data") from error
    return bytes(found)
