"""Saved pages in one file (MHTML): the page among its parts, however it is packed."""

from __future__ import annotations

import base64
import io
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream, sniff
from morgue.readers.html import mhtml
from support.page_samples import ARTICLE, JSONLD, TEXT, page

URL = "https://post.example/news/fish-market"
PAGE = page(JSONLD, ARTICLE)


def saved(content: bytes, packed: str, *, kind: str = "text/html", charset: str = "", head: str = "") -> bytes:
    top = head or (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {URL}\r\nSubject: Fish market\r\n"
        "Date: Wed, 6 Mar 2024 12:00:00 -0000\r\n"
    )
    text = (
        f'{top}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n'
        f"\r\n\r\n----x\r\nContent-Type: {kind}{charset}\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: {packed}\r\nContent-Location: {URL}\r\n\r\n"
    )
    tail = "\r\n----x\r\nContent-Type: text/css\r\nContent-Location: a.css\r\n\r\np{color:red}\r\n----x--\r\n"
    return text.encode() + content + tail.encode()


def read(data: bytes) -> list[Draft | Rejected]:
    return list(mhtml.read(io.BytesIO(data), "a.mhtml", ReadOptions()))


@pytest.mark.parametrize(
    ("content", "packed", "charset"),
    [
        (PAGE.encode(), "binary", ""),
        (quopri.encodestring(PAGE.encode()), "quoted-printable", ""),
        (base64.encodebytes(PAGE.encode()), "base64", ""),
        (PAGE.encode("utf-16"), "binary", "; charset=utf-16"),
    ],
)
def test_the_page_is_read_as_html(content: bytes, packed: str, charset: str) -> None:
    data = saved(content, packed, charset=charset)
    (draft,) = read(data)

    assert isinstance(draft, Draft), draft
    assert (draft.format, draft.body) == ("mhtml", TEXT)
    assert [claim.value for claim in draft.headline] == ["Fish market to be rebuilt"]
    assert URL in [claim.value for claim in draft.url]
    assert draft.crawled == "2024-03-06T12:00:00"
    assert draft.published[0].value == "2024-03-04T09:15:00+01:00"
    assert sniff(data, "a.mhtml").format == sniff(data).format == "mhtml"


@pytest.mark.parametrize(
    "head",
    [
        'From: "Saved by Windows Internet Explorer 8"\r\nSubject: Fish\r\nDate: Wed, 6 Mar 2024 12:00:00 +0100\r\n',
        "From: <Saved by WebKit>\r\nSubject: Fish\r\nDate: nonsense\r\n",
        "X-MAF-Information: Produced By MAF\r\nSubject: Fish\r\n",
    ],
)
def test_other_browsers_write_other_headers(head: str) -> None:
    (draft,) = read_stream(io.BytesIO(saved(PAGE.encode(), "8bit", head=head)), "a.mht")

    assert isinstance(draft, Draft)
    assert (draft.format, draft.body) == ("mhtml", TEXT)


def test_a_mail_is_not_taken_for_a_saved_page() -> None:
    mail = b"From: Ann <ann@post.example>\r\nTo: desk@post.example\r\nSubject: Saved by luck\r\n\r\nHello.\r\n"

    assert sniff(mail, "a.eml").format == "eml"


def test_without_a_page_it_is_rejected() -> None:
    (found,) = read(saved(b"GIF89a", "binary", kind="image/gif"))

    assert isinstance(found, Rejected)
    assert found.why == "a saved page (MHTML) without HTML"


@given(st.integers(0, len(saved(PAGE.encode(), "binary"))), st.binary(max_size=20))
def test_nothing_makes_it_raise(at: int, noise: bytes) -> None:
    data = saved(PAGE.encode(), "binary")

    assert all(isinstance(item, Draft | Rejected) for item in read(data[:at] + noise + data[at + len(noise) :]))
