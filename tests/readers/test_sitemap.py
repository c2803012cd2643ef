"""News sitemaps: an article an address with a title."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import read_stream, sniff

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://bugle.example/quarry</loc><lastmod>2031-01-15T08:00:00Z</lastmod>
<n:news><n:publication><n:name>Elmstead Bugle</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2031-01-14</n:publication_date><n:title>Quarry &amp; saw</n:title>
<n:keywords>stone, saw</n:keywords>
</n:news><image:image><image:loc>https://bugle.example/saw.jpg</image:loc></image:image></url>
<url><loc>https://bugle.example/mill</loc><n:news><n:title>Mill burns</n:title></n:news></url>
<url><loc>https://bugle.example/about</loc></url></urlset>"""


def test_each_address_with_a_title_is_an_article() -> None:
    one, two = read_stream(io.BytesIO(SITEMAP.encode()), "news.xml")

    assert isinstance(one, Draft)
    assert isinstance(two, Draft)
    assert (one.format, one.record, two.record, one.body) == ("sitemap", 1, 2, "")
    values = {
        field: [claim.value for claim in getattr(one, field)]
        for field in ("headline", "url", "published", "updated", "source", "language", "keywords")
    }
    assert values == {
        "headline": ["Quarry & saw"],
        "url": ["https://bugle.example/quarry"],
        "published": ["2031-01-14"],
        "updated": ["2031-01-15T08:00:00Z"],
        "source": ["Elmstead Bugle"],
        "language": ["en"],
        "keywords": ["stone", "saw"],
    }


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            "<urlset><url><loc>https://bugle.example/</loc></url></urlset>",
            "a sitemap without titles: it holds addresses alone",
        ),
        (
            "<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>",
            "an index of sitemaps, which names no articles",
        ),
    ],
)
def test_what_names_no_articles_is_rejected(data: str, why: str) -> None:
    (found,) = read_stream(io.BytesIO(data.encode()), "sitemap.xml")

    assert isinstance(found, Rejected)
    assert found.why == why
    assert sniff(data.encode()).format == "sitemap"
