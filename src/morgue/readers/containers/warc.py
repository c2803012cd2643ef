"""Web archives: the HTML pages of WARC files and WACZ packages, through the extra `warc` (warcio).

The time of the crawl is kept apart (`Draft.crawled`): it is only an upper bound for the date of publication.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.containers import unpack
from morgue.readers.html import page
from morgue.readers.options import MEBIBYTE, ReadOptions, size
from morgue.readers.streams import peek

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")
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
        elif member.head.startswith(b"WARC/"):
            found = True
            yield from _records(member.stream, member.path, options)
    if not found:
        yield Rejected(name, 0, "a web archive package without a WARC file")


def _records(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = pages = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            if record.rec_type in _KINDS and _is_page(record):
                pages += 1
                yield _page(record, name, number, options)
    except (ArchiveLoadFailed, zlib.error, ValueError, EOFError, AttributeError, TypeError) as error:
        # warcio raises any of these for records with damaged headers.
        yield Rejected(name, number + 1, f"a damaged web archive: {' '.join(str(error).split())}"[:300])
        return
    if not pages:
        yield Rejected(name, 0, f"a web archive without HTML pages ({number} records)")


def _is_page(record: ArcWarcRecord) -> bool:
    headers = record.http_headers
    if record.rec_type == "response":
        if headers is None or headers.get_statuscode() != "200":
            return False
        kind = headers.get_header("Content-Type") or ""
    else:
        kind = record.content_type or ""
    return kind.split(";")[0].strip().lower() in _PAGES


def _page(record: ArcWarcRecord, name: str, number: int, options: ReadOptions) -> Draft | Rejected:
    try:
        data = record.content_stream().read(page.MAX_PAGE + 1)
    except (zlib.error, OSError, ValueError, EOFError) as error:
        return Rejected(name, number, f"a page that cannot be unpacked: {error}"[:300])
    if len(data) > page.MAX_PAGE:
        return Rejected(name, number, f"HTML larger than the limit of {size(16 * MEBIBYTE)} for a page")
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    _, _, charset = (kind or "").lower().partition("charset=")
    draft = page.page(data, name, options, url=url, charset=charset.split(";")[0].strip(" \"'"))
    if isinstance(draft, Rejected):
        return Rejected(name, number, f"{draft.why} ({url[:200]})")
    draft.format, draft.record = "warc", number
    draft.crawled = record.rec_headers.get_header("WARC-Date") or ""
    return draft
