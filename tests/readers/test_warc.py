"""Web archives: pages out of WARC and WACZ."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

pytest.importorskip("warcio")

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.containers import warc
from support.page_samples import ARTICLE, JSONLD, TEXT, page

URL = "https://post.example/news/fish-market"


def record(kind: str, payload: bytes, *, content: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    block = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n\r\n".encode() + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-03-06T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


PAGE = page(JSONLD, ARTICLE).encode()
ARCHIVE = b"".join(
    [
        record("request", b""),
        record("response", PAGE),
        record("response", b"\x89PNG", content="image/png"),
        record("response", PAGE, status="404 Not Found"),
        record("response", b"<p>x", status="301 Moved"),
    ]
)


def read(data: bytes, name: str = "a.warc") -> list[Draft | Rejected]:
    return list(warc.read(io.BytesIO(data), name, ReadOptions()))


def test_a_page_is_read_with_its_address_and_the_time_of_the_crawl() -> None:
    (draft,) = read(ARCHIVE)

    assert isinstance(draft, Draft)
    assert (draft.format, draft.record, draft.body) == ("warc", 2, TEXT)
    assert [(claim.value, claim.how) for claim in draft.url] == [(URL, "warc:target")]
    assert (draft.crawled, draft.published[0].value) == ("2024-03-06T12:00:00Z", "2024-03-04T09:15:00+01:00")


def test_packed_bodies_and_packed_archives_are_read() -> None:
    packed = record("response", PAGE)
    coded = packed.replace(b"Content-Type: text/html", b"Content-Encoding: gzip\r\nContent-Type: text/html", 1)
    squeezed = gzip.compress(PAGE)
    block = (
        coded[coded.index(b"HTTP/1.1") : coded.index(b"\r\n\r\n", coded.index(b"HTTP/1.1"))] + b"\r\n\r\n" + squeezed
    )
    head = packed[: packed.index(b"Content-Length")] + f"Content-Length: {len(block)}\r\n\r\n".encode()

    (draft,) = read(head + block + b"\r\n\r\n")
    (other,) = read_stream(io.BytesIO(gzip.compress(ARCHIVE)), "a.warc.gz")

    assert isinstance(draft, Draft)
    assert isinstance(other, Draft)
    assert draft.body == other.body == TEXT


def test_a_package_is_read_through_its_archives() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", gzip.compress(ARCHIVE))

    (draft,) = read(out.getvalue(), "a.wacz")

    assert isinstance(draft, Draft)
    assert draft.body == TEXT


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (ARCHIVE[:400], "a web archive"),
        (b"WARC/1.0\r\nContent-Length: many\r\n\r\n", "a "),
        (record("response", b"\x89PNG", content="image/png"), "a web archive without pages (1 records)"),
        (record("response", b"<p></p>"), f"HTML without a headline or text ({URL})"),
    ],
)
def test_what_cannot_be_read_is_rejected(data: bytes, why: str) -> None:
    found = read(data)[-1]

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)
