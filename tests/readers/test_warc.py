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


def test_a_page_packed_with_brotli_is_read_also_in_chunks() -> None:
    brotli = pytest.importorskip("brotli")
    packed = brotli.compress(PAGE)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)

    for head, payload in (("", packed), ("\r\nTransfer-Encoding: chunked", chunks), ("", PAGE)):
        (found,) = read(record("response", payload, content=f"text/html; charset=utf-8\r\nContent-Encoding: br{head}"))
        assert isinstance(found, Draft), found
        assert found.body == TEXT


def test_what_brotli_cannot_unpack_is_rejected() -> None:
    pytest.importorskip("brotli")

    for coding in ("br", "zstd"):
        (found,) = read(record("response", b"\x8b\x03\x80", content=f"text/html\r\nContent-Encoding: {coding}"))
        assert isinstance(found, Rejected)


def test_a_small_page_that_unpacks_to_more_than_the_limit_is_rejected() -> None:
    brotli = pytest.importorskip("brotli")
    bomb = brotli.compress(b"<p>" + b" " * (40 << 20))

    (found,) = read(record("response", bomb, content="text/html\r\nContent-Encoding: br"))

    assert isinstance(found, Rejected)
    assert "larger than the limit" in found.why


def conversion(text: str, *, kind: str = "text/plain") -> bytes:
    payload = text.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2024-03-06T12:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Identified-Content-Language: eng,deu\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def test_the_text_of_a_page_is_an_article_a_record() -> None:
    text = "Fish market to be rebuilt\nBy Mara Lind\nThe old market goes.\n\n  The new one  comes. \n"

    one, two = read(conversion(text) + conversion("Mill burns\nIt burned."), "a.warc.wet")

    assert isinstance(one, Draft)
    assert isinstance(two, Draft)
    assert one.body.split("\n\n") == [
        "Fish market to be rebuilt", "By Mara Lind", "The old market goes.", "The new one comes.",
    ]  # fmt: skip
    assert (one.url[0].value, one.crawled, one.language[0].value) == (URL, "2024-03-06T12:00:00Z", "eng")
    assert (one.record, two.record, one.format) == (1, 2, "warc")


def test_text_that_is_empty_or_not_a_page_is_rejected() -> None:
    (empty,) = read(conversion(" \n"))
    (other,) = read(conversion("{}", kind="application/json"))

    assert isinstance(empty, Rejected)
    assert isinstance(other, Rejected)
    assert (empty.why, other.why) == (f"a page without text ({URL})", "a web archive without pages (1 records)")


def arc(*pages: bytes) -> bytes:
    version = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    out = b"filedesc://a.arc 0.0.0.0 20050112101112 text/plain %d\n%s\n" % (len(version), version)
    for payload in pages:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + payload
        out += b"%s 192.0.2.1 20050112101112 text/html %d\n%s\n" % (URL.encode(), len(block), block)
    return out


def test_the_older_format_of_web_archives_is_read() -> None:
    found = list(read_stream(io.BytesIO(arc(PAGE, PAGE)), "a.arc"))

    assert [item.body for item in found if isinstance(item, Draft)] == [TEXT, TEXT]
    assert isinstance(found[0], Draft)
    assert (found[0].format, found[0].url[0].value, found[0].crawled) == ("warc", URL, "2005-01-12T10:11:12Z")
