"""Feeds: RSS, RSS 1.0, Atom, WordPress exports, and what is left of broken ones."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.xml import feeds
from support.page_samples import ATOM, PARAGRAPHS, RDF, RSS, WXR


def read(feed: str | bytes) -> list[Draft | Rejected]:
    data = feed.encode() if isinstance(feed, str) else feed
    return list(feeds.read(io.BytesIO(data), "a.xml", ReadOptions()))


def drafts(feed: str | bytes) -> list[Draft]:
    found = read(feed)
    assert all(isinstance(item, Draft) for item in found), found
    return [item for item in found if isinstance(item, Draft)]


def values(draft: Draft, field: str) -> list[str]:
    return [claim.value for claim in getattr(draft, field)]


def test_rss_gives_an_article_an_item() -> None:
    one, two = drafts(RSS)

    assert (one.record, two.record, one.format) == (1, 2, "rss")
    assert values(one, "headline") == ["Fish market to be rebuilt & painted"]
    assert values(one, "ids") == ["post-1"]
    assert values(one, "url") == ["https://post.example/1"]
    assert values(one, "published") == ["Mon, 04 Mar 2024 09:15:00 +0100"]
    assert values(one, "people") == ["Mara Lind"]
    assert values(one, "keywords") == ["harbour", "council"]
    assert (values(one, "source"), values(one, "language")) == (["The Harbour Post"], ["en"])
    assert one.body.split("\n\n") == [*PARAGRAPHS, "Even may stand in it."]
    assert one.extra["summary"] == "In short: the market is rebuilt."
    assert (two.body, values(two, "ids")) == ("A ferry ran aground.", ["https://post.example/2"])


def test_atom_gives_text_with_sub_heads() -> None:
    (entry,) = drafts(ATOM)

    assert entry.format == "atom"
    assert values(entry, "headline") == ["Fischmarkt & Kai"]
    assert (entry.body, entry.subheads) == ("Der Plan\n\nDer Rat stimmt zu.", (0,))
    assert (values(entry, "published"), values(entry, "updated")) == (
        ["2024-03-04T08:15:00Z"],
        ["2024-03-05T10:00:00Z"],
    )
    assert (values(entry, "people"), values(entry, "keywords")) == (["Mara Lind"], ["Hafen"])
    assert (values(entry, "url"), values(entry, "ids")) == (["https://p.example/1"], ["urn:x:1"])
    assert (values(entry, "language"), values(entry, "source")) == (["de"], ["Hafenpost"])


def test_rss_1_0_is_read_beside_its_channel() -> None:
    (item,) = drafts(RDF)

    assert (values(item, "headline"), values(item, "published")) == (["Marché aux poissons"], ["2024-03-04"])
    assert (item.body, values(item, "source")) == ("Le conseil a voté.", ["Port"])


def test_wordpress_posts_are_articles_and_its_pictures_are_not() -> None:
    (post,) = drafts(WXR)

    assert (post.format, post.record, post.body) == ("wxr", 2, "First line.\n\nSecond line.")
    assert values(post, "people") == ["Mara Lind"]
    assert values(post, "published") == ["2024-03-04T09:15:00Z", "2024-03-04 10:15:00"]
    assert (values(post, "status"), values(post, "slug"), values(post, "keywords")) == (["draft"], ["nets"], ["nets"])


def test_a_broken_entry_costs_only_itself() -> None:
    found = read(RSS.replace("<title>Ferry aground</title>", "<title>Ferry <b>aground</title>"))

    assert isinstance(found[0], Draft)
    assert isinstance(found[1], Rejected)
    assert (found[1].record, found[1].why.split(":")[0]) == (2, "broken XML")


def test_a_truncated_feed_gives_what_is_whole() -> None:
    found = read(RSS[: RSS.index("A ferry ran")])

    assert isinstance(found[0], Draft)
    assert found[1:] == [Rejected("a.xml", 2, "the file ends in the middle of an entry")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        ("Ferry aground", "Ferry &nbsp;aground"),
        ("Ferry aground", "Ferry & aground"),
        ("Ferry aground", "Ferry\x0c aground"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "\n\n"),
    ],
    ids=["unbound prefix", "entity", "ampersand", "control", "no declaration"],
)
def test_small_faults_are_tolerated(old: str, new: str) -> None:
    one, two = drafts(RSS.replace(old, new))

    assert values(one, "people") == ["Mara Lind"]
    assert "aground" in values(two, "headline")[0]


def test_another_encoding_is_read() -> None:
    latin = RDF.replace("<rdf:RDF", '<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF', 1).encode("latin-1")

    assert values(drafts(latin)[0], "headline") == ["Marché aux poissons"]
    assert values(drafts(RDF.encode("utf-16"))[0], "headline") == ["Marché aux poissons"]


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        ('<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>', "entities"),
        (
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><title>&x;</title></item></rss>',
            "entities",
        ),
        ("<rss><channel><title>Nothing</title></channel></rss>", "a feed without entries"),
        ("<rss><item>" + "<a>" * 500 + "</a>" * 500 + "</item></rss>", "deep"),
        ("<rss><item></item></rss>", "an entry without title and text"),
    ],
    ids=["bomb", "external", "empty", "deep", "blank"],
)
def test_what_cannot_be_read_is_rejected_with_a_reason(feed: str, why: str) -> None:
    (found,) = read(feed)

    assert isinstance(found, Rejected)
    assert why in found.why


def test_a_large_feed_is_read_item_by_item() -> None:
    class Endless(io.RawIOBase):
        """A feed that never ends: only a reader that streams gives anything."""

        def __init__(self) -> None:
            self.sent = 0

        def read(self, _size: int = -1) -> bytes:
            self.sent += 1
            assert self.sent < 100
            start = b"<rss><channel>" if self.sent == 1 else b""
            return start + b"<item><title>One more</title></item>" * 100

    stream = feeds.read(Endless(), "-", ReadOptions())  # type: ignore[arg-type]

    assert [next(stream).record for _ in range(1_000)][-1] == 1_000


ATOM_RELATIVE = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://bugle.example/a/">
<title>Bugle</title><author><name>Ann Poe</name></author>{0}</feed>"""
ATOM_ENTRY = "<entry{0}><title>Quarry</title><id>tag:1</id><updated>2031-01-14T08:00:00Z</updated>{1}</entry>"


@pytest.mark.parametrize(
    ("attributes", "link", "url"),
    [
        ("", '<link href="quarry"/>', "https://bugle.example/a/quarry"),
        ("", '<link href="/quarry"/>', "https://bugle.example/quarry"),
        (' xml:base="b/"', '<link href="quarry"/>', "https://bugle.example/a/b/quarry"),
        ("", '<link xml:base="https://x.example/" href="quarry"/>', "https://x.example/quarry"),
        (
            "",
            '<link href="https://www.google.com/url?sa=t&amp;url=https://x.example/q&amp;ct=ga"/>',
            "https://x.example/q",
        ),
        ("", '<link href="//x.example/q"/>', "https://x.example/q"),
    ],
)
def test_relative_links_count_from_the_base(attributes: str, link: str, url: str) -> None:
    (draft,) = drafts(ATOM_RELATIVE.format(ATOM_ENTRY.format(attributes, link)))

    assert values(draft, "url") == [url]


def test_links_of_an_rss_feed_count_from_its_site() -> None:
    (draft,) = drafts(
        "<rss version='2.0'><channel><title>B</title><link>https://bugle.example/</link>"
        "<item><title>Quarry</title><link>/q/1</link></item></channel></rss>"
    )

    assert values(draft, "url") == ["https://bugle.example/q/1"]


def test_the_author_of_a_feed_is_that_of_entries_without_one() -> None:
    own = "<author><name>Tom Roe</name></author>"
    one, two = drafts(ATOM_RELATIVE.format(ATOM_ENTRY.format("", "") + ATOM_ENTRY.format("", own)))

    assert (values(one, "people"), values(two, "people")) == (["Ann Poe"], ["Tom Roe"])


@pytest.mark.parametrize("author", ["Ann Poe &lt;ann@bugle.example&gt;", "ann@bugle.example (Ann Poe)", "Ann Poe"])
def test_a_mail_address_beside_an_author_goes(author: str) -> None:
    (draft,) = drafts(f"<rss><channel><item><title>Quarry</title><author>{author}</author></item></channel></rss>")

    assert values(draft, "people") == ["Ann Poe"]


def test_a_news_search_prints_the_paper_behind_the_title_and_no_text() -> None:
    text = "&lt;a href='x'&gt;Quarry opens&lt;/a&gt;&amp;nbsp;&lt;font&gt;The Bugle&lt;/font&gt;"
    (draft,) = drafts(
        "<rss><channel><title>Search</title><item><title>Quarry opens - The Bugle</title>"
        f"<description>{text}</description><source url='https://b.example'>The Bugle</source></item></channel></rss>"
    )

    assert (values(draft, "headline"), values(draft, "source")[0], draft.body) == (["Quarry opens"], "The Bugle", "")
