# ruff: noqa: E501 -- transmissions and feeds stand here as they are sent
"""Pages, feeds, transmissions and mails for the readers' tests: made up, none of it from anywhere."""

from __future__ import annotations

PARAGRAPHS = (
    "The harbour council voted on Monday to rebuild the old fish market, ending a dispute that had lasted three years.",
    "Work on the roof is to begin in spring, said Ilse Brandt, who chairs the council, and should take eleven months.",
    "Traders had asked for a smaller plan, arguing that two thirds of the stalls have stood empty since the flood.",
    "The cost, put at four million, will be shared between the city and a fund for the coast, according to the minutes.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def story(*, tag: str = "p") -> str:
    """The paragraphs as markup."""
    return "\n".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)


def page(head: str = "", body: str = "", *, lang: str = "en") -> str:
    """A page of a news site with the furniture that they all have."""
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
<header class="site-header"><a href="/">The Harbour Post</a><p>Subscribe now and read all stories of the coast for
a whole month, for nothing at all.</p></header>
<nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav>
{body}
<section class="related-articles"><h2>More from us</h2>
<article><h3><a href="/a">Ferry runs aground in fog</a></h3><p>A ferry with forty people on board ran aground in thick
fog on Sunday, and all of them were brought ashore.</p></article>
<article><h3><a href="/b">Lighthouse for sale</a></h3><p>The lighthouse at the northern mole is for sale, with its keeper's
house, the council announced last week.</p></article></section>
<footer><p>Copyright The Harbour Post. All rights reserved. Our terms of use and our privacy notice apply to all.</p>
</footer></body></html>"""


ARTICLE = f"""<main><article><h1>Fish market to be rebuilt</h1>
<p class="byline">By <a rel="author" href="/x">Mara Lind</a></p>
<div class="share-bar"><a href="#">Share</a></div>
<figure><img src="x.jpg"><figcaption>The old market, seen from the quay in the summer of 1987, before the flood.
</figcaption></figure>
<div class="article-body">{story()}</div>
<div class="newsletter-signup"><p>Sign up for our letter from the harbour, which arrives every morning before six.</p></div>
</article></main>"""

JSONLD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "The Harbour Post", "url": "https://post.example/"},
{"@type": "NewsArticle", "headline": "Fish market to be rebuilt", "datePublished": "2024-03-04T09:15:00+01:00",
"dateModified": "2024-03-05T10:00:00+01:00", "author": [{"@type": "Person", "name": "Mara Lind"},
{"@type": "Person", "name": "Otto Varga"}], "publisher": {"@type": "Organization", "name": "The Harbour Post"},
"keywords": ["harbour", "council"], "inLanguage": "en-GB",
"contentLocation": {"@type": "Place", "name": "Oldhaven", "address": {"addressCountry": "GB"}},
"mainEntityOfPage": "https://post.example/news/fish-market"}]}</script>"""

CANONICAL = '<link rel="canonical" href="https://post.example/news/fish-market">'

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Harbour Post</title><link>https://post.example/</link><language>en</language>
<copyright>The Harbour Post</copyright>
<item><title><![CDATA[Fish market to be rebuilt & painted]]></title><link>https://post.example/1</link>
<guid isPermaLink="false">post-1</guid><pubDate>Mon, 04 Mar 2024 09:15:00 +0100</pubDate>
<dc:creator>Mara Lind</dc:creator><category>harbour</category><category>council</category>
<description>In short: the market is rebuilt.</description>
<content:encoded><![CDATA[{story()}<p>Even </item> may stand in it.</p>]]></content:encoded></item>
<item><title>Ferry aground</title><link>https://post.example/2</link><description>A ferry ran aground.</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenpost</title>
<author><name>Redaktion</name></author>
<entry><id>urn:x:1</id><title type="html">Fischmarkt &amp;amp; Kai</title><link rel="enclosure" href="https://p.example/x.mp3"/>
<link href="https://p.example/1"/><updated>2024-03-05T10:00:00Z</updated><published>2024-03-04T08:15:00Z</published>
<author><name>Mara Lind</name><email>m@p.example</email></author><category term="hafen" label="Hafen"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Der Plan</h2><p>Der Rat stimmt zu.</p></div></content>
</entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://p.example/"><title>Port</title>
<items><rdf:Seq><rdf:li resource="https://p.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://p.example/1"><title>Marché aux poissons</title><link>https://p.example/1</link>
<description>Le conseil a voté.</description><dc:date>2024-03-04</dc:date></item></rdf:RDF>"""

WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour blog</title><language>en-GB</language>
<wp:author><wp:author_login>mlind</wp:author_login><wp:author_display_name><![CDATA[Mara Lind]]></wp:author_display_name>
</wp:author>
<item><title>Photo of a boat</title><wp:post_type>attachment</wp:post_type></item>
<item><title>On nets</title><link>https://b.example/nets</link><dc:creator>mlind</dc:creator>
<guid isPermaLink="false">https://b.example/?p=7</guid><content:encoded><![CDATA[First line.

Second line.]]></content:encoded><wp:post_date>2024-03-04 10:15:00</wp:post_date>
<wp:post_date_gmt>2024-03-04 09:15:00</wp:post_date_gmt><wp:status>draft</wp:status><wp:post_name>nets</wp:post_name>
<wp:post_type>post</wp:post_type><category domain="post_tag">nets</category></item></channel></rss>"""

ANPA = (
    b"\x16\x16\x01W1234\x1f_asian\r\nr i\x13\x11 BC-OH--Fish Market 1stLd-Writethru   03-04 0210\r\n"
    b"\x02^BC-OH--Fish Market, 1st Ld-Writethru,210<\r\n^Council votes to rebuild market<\r\n^AP Photo XOH101<\r\n"
    b"^Eds: Updates with vote.<\r\n^By MARA LIND=\r\n^Associated Press=\r\n"
    b"\t   OLDHAVEN, England (AP) _ The council ``voted'' on Monday.\r\n \r\n"
    b"\t   Work begins in spring.\r\n \r\n\x03AP-WF-03-04-24 0915GMT<\r\n\x0c\r\n\x04"
)
KYODO = (
    b"\x16\x16\x01K0042\x1f\r\nr i\x13\x11 JAPAN-MARKET   09-12 0100\r\n\x02^JAPAN-MARKET<\r\n^Fish market moves<\r\n"
    b"\t   TOKYO, Dec. 9, Kyodo - The market moves on Sunday.\r\n\x03KWS-21:37-09-12-18\r\n\x04"
)
IPTC7901 = (
    b"\x01eca062 4 i 211 ccccb   dpa 061\r\n\r\nEngland-council/\r\n\x021ST LEAD\r\nCouncil votes to rebuild\r\n"
    b"the old fish market\r\nBy Mara L\xf6nd, dpa =\r\n\r\n   Oldhaven (dpa) - The council voted on Monday to rebuild\r\n"
    b"the old fish market.\r\n\r\n   Work begins in spring.\r\n\r\n# dpa NOTEBOOK\r\n\r\n* * * *\r\n"
    b"The following information is not intended for publication\r\n\r\n- Editing by: Ada Roe\r\n\r\ndpa ml ar\r\n"
    b"\r\n\x03071341 GMT Okt 15 \r\n\x7f\r\n\x04"
)

REUTERS = b"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5" NEWID="7">
<DATE> 4-MAR-1987 09:15:00.10</DATE><TOPICS><D>fish</D></TOPICS><PLACES><D>uk</D></PLACES>
<UNKNOWN>
&#5;&#5;&#5;E
&#22;&#22;&#1;f1137&#31;reute
u f BC-FISH-MARKET   03-04 0120</UNKNOWN>
<TEXT>&#2;
<TITLE>FISH &lt;MKT> TO BE REBUILT</TITLE>
<AUTHOR>    By Mara Lind, Reuters</AUTHOR>
<DATELINE>    OLDHAVEN, March 4 - </DATELINE><BODY>The council voted on Monday to
rebuild the market at a cost of four mln dlrs, it said.
    Work begins in spring, and is to be finished by the end of the year after.
 REUTER
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="8"><DATE>4-MAR-1987</DATE><TEXT TYPE="BRIEF">&#2;
******<TITLE>COUNCIL SAYS MARKET TO BE REBUILT
</TITLE>Blah
&#3;</TEXT></REUTERS>
"""
TREC = b"""<DOC>
<DOCNO> AP880304-0001 </DOCNO>
<FIRST>r i AM-Fish</FIRST>
<HEAD>Fish Market To Be Rebuilt</HEAD>
<BYLINE>By MARA LIND</BYLINE>
<DATELINE>OLDHAVEN, England (AP) </DATELINE>
<TEXT>
   The council voted on Monday to rebuild the market, it said.
   Work begins in spring, and will take eleven months or more.
</TEXT>
</DOC>
<DOC id="AFP_ENG_19940512.0001" type="story"><HEADLINE>Market moves</HEADLINE><TEXT><P>One.</P><P>Two.</P></TEXT></DOC>
"""

MAIL = (
    b"Received: from x\r\nMessage-ID: <1@post.example>\r\nDate: Mon, 4 Mar 2024 09:15:00 +0100\r\n"
    b'From: "Harbour Press Office" <press@post.example>\r\nTo: desk@p.example\r\n'
    b"Subject: =?utf-8?q?Fish_market_to_be_rebuilt=2C_says_M=C3=BCller?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n"
    b"--b2\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"The council, says Mrs M=FCller, voted on Monday to re=\r\nbuild the market.\r\n"
    b"--b2\r\nContent-Type: text/html\r\n\r\n<p>Markup</p>\r\n--b2--\r\n"
    b"--b1\r\nContent-Type: image/png; name=plan.png\r\nContent-Disposition: attachment; filename=plan.png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b1--\r\n"
)
MBOX = (
    b"From a@b Mon Mar  4 09:15:00 2024\nFrom: Ann Lee <a@b.example>\nSubject: One\nDate: Mon, 4 Mar 2024 09:15:00 +0000\n\n"
    b"First text.\n>From the quay, a view.\n\n"
    b"From here on the sea is calm at 10:15 or so.\n\n"
    b"From c@d Tue Mar  5 09:15:00 2024\nFrom: c@d.example\nSubject: Re: Two\n\nSecond text.\n"
)

SAMPLES: dict[str, bytes] = {
    "html": page(CANONICAL + JSONLD, ARTICLE).encode(),
    "rss": RSS.encode(),
    "atom": ATOM.encode(),
    "rdf": RDF.encode(),
    "wxr": WXR.encode(),
    "anpa": ANPA + KYODO,
    "iptc7901": IPTC7901,
    "reuters": REUTERS,
    "trec": TREC,
    "eml": MAIL,
    "mbox": MBOX,
}
