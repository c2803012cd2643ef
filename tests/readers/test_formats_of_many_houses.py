# ruff: noqa: E501 (samples are as long as they are)
"""Exports, transmissions and pages as agencies and papers of many countries make them, invented for the test.

Each case is a whole file with what a person reads off it: headline, day, people, place, country.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from morgue.model import Article, Context
from morgue.readers import read_stream
from morgue.wire import resolve_draft

NOW = 1795000000.0  # November 2026

Truth = tuple[str, str, tuple[str, ...], str, str]
CASES: dict[str, tuple[str, str, Truth]] = {}
"""name -> (file's name, content, (headline, day, people, place, country))."""

MORE = "<p>Officials said the work would go on for weeks.</p><p>Residents were asked to stay at home until then.</p>"


def case(name: str, file: str, content: str | dict[str, Any] | list[Any], truth: Truth) -> None:
    """Add one case; what is no text is written as JSON."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    CASES[name] = (file, text.strip("\n") + "\n", truth)


def page(name: str, language: str, linked: dict[str, Any] | None, body: str, truth: Truth, head: str = "") -> None:
    """Add a page of a newspaper, with schema.org data when given."""
    script = f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>' if linked else ""
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{truth[0]} | The Paper</title>'
        f"{head}{script}</head><body><nav><a href='/'>Home</a><a href='/s'>Sport</a></nav><main><article>"
        f"<h1>{truth[0]}</h1>{body}</article></main><footer><p>© 2026 The Paper</p></footer></body></html>"
    )
    case(name, "page.html", html, truth)


def news(headline: str, date: str, author: Any, **more: Any) -> dict[str, Any]:
    """A NewsArticle of schema.org."""
    return {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": date,
        "author": author, **more,
    }  # fmt: skip


case(
    "ninjs1",
    "a.json",
    {
        "uri": "urn:newsml:example.org:2026:1", "type": "text", "versioncreated": "2026-01-14T09:30:00Z",
        "firstcreated": "2026-01-14T08:00:00Z", "headline": "Tram line opens in Gothenburg", "byline": "Eva Holm/TT",
        "located": "Göteborg", "language": "sv", "place": [{"name": "Sweden"}], "pubstatus": "usable",
        "body_html": "<p>A tram line opened on Wednesday.</p>" + MORE,
    },
    ("Tram line opens in Gothenburg", "2026-01-14", ("Eva Holm",), "Göteborg", "SE"),
)  # fmt: skip
case(
    "ninjs1-superdesk",
    "b.json",
    {
        "guid": "tag:example.org:2026:newsml_7", "type": "text", "version": "3", "firstcreated": "2026-01-14T02:00:00+0000",
        "versioncreated": "2026-01-14T03:00:00+0000", "slugline": "Flood", "headline": "Creek floods camping ground",
        "byline": "By Kate Lowden", "located": "Sydney", "dateline": {"text": "WAGGA WAGGA, Jan 14 AAP -"},
        "authors": [{"name": "Kate Lowden", "role": "writer"}], "source": "AAP",
        "body_html": "<p>A creek flooded a camping ground.</p>" + MORE,
    },
    ("Creek floods camping ground", "2026-01-14", ("Kate Lowden",), "WAGGA WAGGA", "AU"),
)  # fmt: skip
case(
    "superdesk-raw",
    "c.json",
    {
        "_id": "urn:newsml:localhost:2026:9", "type": "text", "state": "published", "firstcreated": "2026-01-14T02:00:00+0000",
        "versioncreated": "2026-01-14T04:00:00+0000", "headline": "Whale freed from nets", "byline": "Jo Tran",
        "dateline": {
            "located": {"city": "Hobart", "country": "Australia", "country_code": "AU", "state": "Tasmania"},
            "source": "AAP", "text": "HOBART, Jan 14 AAP -",
        },
        "body_html": "<p>A whale was freed from nets.</p>" + MORE,
    },
    ("Whale freed from nets", "2026-01-14", ("Jo Tran",), "HOBART", "AU"),
)  # fmt: skip
case(
    "ninjs2",
    "d.json",
    {
        "standard": {"name": "ninjs", "version": "2.1"}, "uri": "https://example.org/2", "type": "text",
        "versioncreated": "2026-02-01T10:00:00Z", "headlines": [
            {"role": "short", "value": "Storm"}, {"role": "main", "value": "Storm fells old oak"}],
        "by": "By Ann Brook and Lee Marr", "located": "Bath",
        "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>A storm felled an oak.</p>" + MORE}],
    },
    ("Storm fells old oak", "2026-02-01", ("Ann Brook", "Lee Marr"), "Bath", "GB"),
)  # fmt: skip
case(
    "ninjs3",
    "e.json",
    {
        "standard": {"name": "ninjs", "version": "3.0"}, "uri": "https://example.org/3", "contentType": "text",
        "firstCreated": "2026-02-02T10:00:00Z", "versionCreated": "2026-02-02T11:00:00Z",
        "headlines": [{"role": "main", "value": "Ferry runs aground"}], "by": "Sam Dell",
        "located": "Unknown", "bodies": [{"role": "main", "contentType": "text/html",
            "value": "<p>OBAN, Scotland (PA) - A ferry ran aground.</p>" + MORE}],
    },
    ("Ferry runs aground", "2026-02-02", ("Sam Dell",), "OBAN, Scotland", "GB"),
)  # fmt: skip
case(
    "ninjs-no-data",
    "e2.json",
    {
        "uri": "https://example.org/4", "type": "text", "versioncreated": "2026-02-02T11:00:00Z",
        "headline": "Prices steady", "byline": "", "located": "No-Data-Available", "body_text": "Prices were steady.",
    },
    ("Prices steady", "2026-02-02", (), "", ""),
)  # fmt: skip


def nitf(headline: str, norm: str, byline: str, location: str, text: str) -> str:
    """An NITF document."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>{headline}</title><docdata><doc-id id-string="x1"/>'
        f'<date.issue norm="{norm}"/></docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline>'
        f"{byline}{location}</body.head><body.content>{text}</body.content></body></nitf>"
    )


case(
    "nitf-ap",
    "f.xml",
    nitf(
        "Herd of elk blocks highway",
        "20260114T181500Z",
        "<byline>By DANA WHITLOCK</byline><byline><byttl>Associated Press</byttl></byline>",
        "<dateline><location>BOISE, Idaho</location></dateline>",
        "<block><p>BOISE, Idaho (AP) — A herd of elk blocked a highway.</p>" + MORE + "</block>",
    ),
    ("Herd of elk blocks highway", "2026-01-14", ("DANA WHITLOCK",), "BOISE, Idaho", "US"),
)
case(
    "nitf-cp",
    "g.xml",
    nitf(
        "Moose visits school",
        "20260114T181500-0500",
        "<byline>By <person>Joan Pelletier</person><byttl>The Canadian Press</byttl></byline>",
        "<dateline><location>Moncton, N.B.</location><story.date norm='20260114'>January 14</story.date></dateline>",
        "<p>A moose visited a school.</p>" + MORE,
    ),
    ("Moose visits school", "2026-01-14", ("Joan Pelletier",), "Moncton, N.B.", "CA"),
)
case(
    "nitf-ntb",
    "h.xml",
    nitf(
        "Trikken går igjen",
        "2026-01-14T18:15:00",
        "<byline>Kari Nes</byline>",
        "<dateline><location>Oslo</location></dateline>",
        '<p class="lead">Trikken går igjen i Oslo.</p><p>Det sier selskapet.</p>',
    ),
    ("Trikken går igjen", "2026-01-14", ("Kari Nes",), "Oslo", "NO"),
)
case(
    "nitf-three-letters",
    "h2.xml",
    nitf(
        "Ferry strike ends",
        "20260114T101500Z",
        "",
        "<dateline><location><city>Athens</city><country iso-cc='GRC'>GRC</country></location></dateline>",
        "<p>A ferry strike ended.</p>" + MORE,
    ),
    ("Ferry strike ends", "2026-01-14", (), "Athens, Greece", "GR"),
)
case(
    "nitf-caps-date",
    "h3.xml",
    nitf(
        "Tulip prices climb",
        "20260302T101500Z",
        "<byline>BY JORIS SMIT, Reuters</byline>",
        "<dateline><location>AMSTERDAM, 2 March</location></dateline>",
        "<p>Tulip prices climbed.</p>" + MORE,
    ),
    ("Tulip prices climb", "2026-03-02", ("JORIS SMIT",), "AMSTERDAM", "NL"),
)


def g2(
    headline: str, created: str, by: str, located: str, body: str, kind: str = "application/xhtml+xml", lang: str = "en"
) -> str:
    """A NewsML-G2 message with one item."""
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-01-14T10:00:00Z</sent></header>'
        f'<itemSet><newsItem guid="urn:newsml:example.org:g2" version="2" standard="NewsML-G2" xml:lang="{lang}">'
        '<itemMeta><itemClass qcode="ninat:text"/><provider literal="desk"><name>Example</name></provider>'
        f"<versionCreated>{created}</versionCreated><firstCreated>{created}</firstCreated>"
        '<pubStatus qcode="stat:usable"/></itemMeta>'
        f"<contentMeta>{located}<creator><name>desk.7</name></creator>{by}<headline>{headline}</headline>"
        f'</contentMeta><contentSet><inlineXML contenttype="{kind}">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML></contentSet></newsItem>'
        "</itemSet></newsMessage>"
    )


case(
    "g2-dpa",
    "i.xml",
    g2(
        "Museum zeigt alte Karten",
        "2026-01-14T09:00:00+01:00",
        "<by>Jana Wiebe</by>",
        '<located><name>Leipzig</name><broader qcode="c:DEU"><name>Deutschland</name></broader></located>',
        "<p>Leipzig (dpa) - Ein Museum zeigt alte Karten.</p><p>Die Schau läuft bis Mai.</p>",
        lang="de",
    ),
    ("Museum zeigt alte Karten", "2026-01-14", ("Jana Wiebe",), "Leipzig", "DE"),
)
case(
    "g2-reuters",
    "j.xml",
    g2(
        "Wheat slips on rain forecast",
        "2026-01-14T09:00:00Z",
        "",
        "<located><name>Bengaluru</name></located><dateline>CHICAGO, Jan 14 (Reuters) -</dateline>",
        "<p>By Carla Voss</p><p>CHICAGO, Jan 14 (Reuters) - Wheat slipped on Wednesday.</p>" + MORE,
    ),
    ("Wheat slips on rain forecast", "2026-01-14", ("Carla Voss",), "CHICAGO", "US"),
)
case(
    "g2-stt",
    "k.xml",
    g2(
        "Jää kantaa jo järvillä",
        "2026-01-14T09:00:00+02:00",
        "<by>Aino Laine</by>",
        "<located><name>Kuopio</name></located>",
        "<p>Jää kantaa jo monilla järvillä.</p><p>Varovaisuutta tarvitaan silti.</p>",
        lang="fi",
    ),
    ("Jää kantaa jo järvillä", "2026-01-14", ("Aino Laine",), "Kuopio", "FI"),
)
case(
    "g2-ansa",
    "l.xml",
    g2(
        "Neve sull'Appennino",
        "2026-01-14T09:00:00+01:00",
        "",
        "<located><name>ROMA</name></located>",
        "<p>(ANSA) - L'AQUILA, 14 GEN - La neve è caduta sull'Appennino.</p><p>Le scuole restano aperte. (ANSA).</p><p>YAB-"
        "XY</p>",
        lang="it",
    ),
    ("Neve sull'Appennino", "2026-01-14", (), "L'AQUILA", "IT"),
)


def newsml1(headline: str, created: str, byline: str, dateline: str, place: str, body: str) -> str:
    """A NewsML 1 message with one text component."""
    return (
        "<?xml version='1.0'?><NewsML><NewsEnvelope><DateAndTime>20260114T100000Z</DateAndTime></NewsEnvelope>"
        "<NewsItem><Identification><NewsIdentifier><ProviderId>example.org</ProviderId><DateId>20260114</DateId>"
        "<NewsItemId>n1</NewsItemId><RevisionId PreviousRevision='0' Update='N'>1</RevisionId>"
        "<PublicIdentifier>urn:newsml:example.org:20260114:n1:1</PublicIdentifier></NewsIdentifier></Identification>"
        f"<NewsManagement><NewsItemType FormalName='News'/><FirstCreated>{created}</FirstCreated>"
        f"<ThisRevisionCreated>{created}</ThisRevisionCreated><Status FormalName='Usable'/></NewsManagement>"
        f"<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine>{byline}{dateline}</NewsLines>"
        f"<DescriptiveMetadata>{place}</DescriptiveMetadata><NewsComponent><Role FormalName='Main'/>"
        f"<ContentItem><MediaType FormalName='Text'/><DataContent>{body}</DataContent></ContentItem></NewsComponent>"
        "</NewsComponent></NewsItem></NewsML>"
    )


case(
    "newsml1-afp",
    "m.xml",
    newsml1(
        "Un phare restauré rouvre",
        "20260114T090000Z",
        "<ByLine>Par Lucie FERRAND</ByLine>",
        "<DateLine>Brest, 14 jan 2026 (AFP) -</DateLine>",
        "<Location><Property FormalName='Country' Value='FRA'/><Property FormalName='City' Value='Brest'/></Location>",
        "<p>Un phare restauré a rouvert mercredi.</p><p>Il date de 1850.</p>",
    ),
    ("Un phare restauré rouvre", "2026-01-14", ("Lucie FERRAND",), "Brest", "FR"),
)
case(
    "newsml1-property",
    "n.xml",
    newsml1(
        "Harbour ice melts early",
        "20260114T090000+0000",
        "",
        "",
        "<Location HowPresent='Origin'><Property FormalName='Country' Value='GRC'/><Property FormalName='City' "
        "Value='Athens'/></Location>",
        "<p>Harbour ice melted early.</p><p>Nobody was surprised.</p>",
    ),
    ("Harbour ice melts early", "2026-01-14", (), "Athens, Greece", "GR"),
)
case(
    "newsml1-belga",
    "o.xml",
    newsml1(
        "Treinen rijden weer",
        "20260114T090000+0100",
        "<ByLine>Jan Peeters</ByLine>",
        "<DateLine>Antwerpen</DateLine>",
        "",
        "<p>ANTWERPEN 14/01 (BELGA) = De treinen rijden weer.</p><p>Dat zegt de spoorwegmaatschappij.</p>",
    ),
    ("Treinen rijden weer", "2026-01-14", ("Jan Peeters",), "ANTWERPEN", "BE"),
)
case(
    "apmedia",
    "p.json",
    {"data": {"item": {
        "altids": {"itemid": "abc1"}, "type": "text", "version": 1, "firstcreated": "2026-01-14T10:00:00Z",
        "versioncreated": "2026-01-14T10:30:00Z", "headline": "Giant pumpkin sets record", "bylines": [
            {"by": "By DANA WHITLOCK", "title": "Associated Press"}], "datelinelocation": {
            "city": "Topsfield", "countrycode": "USA", "countryname": "United States", "countryareacode": "MA"},
        "pubstatus": "usable", "body_nitf": "<p>TOPSFIELD, Mass. (AP) — A giant pumpkin set a record.</p>" + MORE,
    }}},
    ("Giant pumpkin sets record", "2026-01-14", ("DANA WHITLOCK",), "TOPSFIELD, Mass.", "US"),
)  # fmt: skip
case(
    "anpa",
    "q.tst",
    "\x16\x16\x01a4711\x1f r a \x13bc-Elk-Highway \x14 01-14 0210\r\n\x02\x11^BC-Elk-Highway, 1st Ld-Writethru,210<\r\n^Herd of "
    "elk blocks highway<\r\n^By DANA WHITLOCK=\r\n^Associated Press=\r\n\t   BOISE, Idaho (AP) _ A herd of elk blocked a "
    "highway Wednesday.\r\n\t   Drivers waited for hours, police said.\r\n\x03\r\nAP-WF-01-14-26 1805GMT\r\n\x04",
    ("Herd of elk blocks highway", "2026-01-14", ("DANA WHITLOCK",), "BOISE, Idaho", "US"),
)
case(
    "iptc7901",
    "r.tst",
    "\x01bdt0123 3 pl 120  dpa 0456\r\n\r\nVerkehr/Bahn/\r\n\x02Zugverkehr an der Küste läuft wieder =\r\n\r\nVon Jana Wiebe, "
    "dpa =\r\n\r\nStralsund (dpa) - Der Zugverkehr an der Küste läuft wieder.\r\nDas teilte die Bahn mit.\r\n\r\n   Die Strecke "
    "war am Montag gesperrt worden.\r\n\x03dpa jw yyzz a3 xx\r\n141137 Jan 26\r\n\r\n\x04",
    ("Zugverkehr an der Küste läuft wieder", "2026-01-14", ("Jana Wiebe",), "Stralsund", "DE"),
)
case(
    "rss",
    "s.xml",
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Paper</title><item><title>Owl nests in town hall</title><link>https://paper.example/owl</link>"
    "<dc:creator><![CDATA[Ann Brook]]></dc:creator><pubDate>Wed, 14 Jan 2026 08:00:00 +0000</pubDate><guid>o1</guid>"
    "<content:encoded><![CDATA[<p>LEEDS, England — An owl nested in the town hall.</p>" + MORE + "]]></content:encoded>"
    "</item></channel></rss>",
    ("Owl nests in town hall", "2026-01-14", ("Ann Brook",), "LEEDS, England", "GB"),
)
case(
    "atom",
    "t.xml",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><entry><title>Bees return to park</title><id>b1</id>'
    "<published>2026-01-14T08:00:00Z</published><updated>2026-01-15T08:00:00Z</updated><author><name>Lee Marr</name></author>"
    '<content type="html">&lt;p&gt;BERLIN (AFP) - Bees returned to a park.&lt;/p&gt;&lt;p&gt;Visitors were glad.&lt;/p&gt;'
    "</content></entry></feed>",
    ("Bees return to park", "2026-01-14", ("Lee Marr",), "BERLIN", "DE"),
)
case(
    "wxr",
    "u.xml",
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Paper</title><wp:wxr_version>1.2</wp:wxr_version>'
    "<wp:author><wp:author_login>abrook</wp:author_login><wp:author_display_name><![CDATA[Ann Brook]]>"
    "</wp:author_display_name></wp:author><item><title>Mill wheel turns again</title><link>https://p.example/m</link>"
    "<pubDate>Wed, 14 Jan 2026 08:00:00 +0000</pubDate><dc:creator>abrook</dc:creator><content:encoded><![CDATA[A mill wheel "
    "turns again.\n\nIt had stood still for years.]]></content:encoded><wp:post_date>2026-01-14 08:00:00</wp:post_date>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>",
    ("Mill wheel turns again", "2026-01-14", ("Ann Brook",), "", ""),
)
case(
    "eml",
    "v.eml",
    "From: Press <press@corvane.example>\nTo: news@paper.example\nSubject: Corvane opens laboratory in Lyon\nDate: Wed, 14 Jan "
    "2026 08:00:00 +0100\nMessage-ID: <c1@corvane.example>\nContent-Type: text/plain; charset=utf-8\n\nFOR IMMEDIATE RELEASE"
    "\n\nCorvane opens laboratory in Lyon\n\nLYON, France, January 14, 2026 - Corvane today opened a laboratory.\n\nForty people "
    "will work there.\n\n###\n\nContact: press@corvane.example\n",
    ("Corvane opens laboratory in Lyon", "2026-01-14", (), "LYON, France", "FR"),
)
case(
    "newsapi",
    "w.json",
    {"status": "ok", "totalResults": 1, "articles": [{
        "source": {"id": None, "name": "The Paper"}, "author": "Ann Brook, Lee Marr", "title": "Crane lifts old bell",
        "description": "A bell", "url": "https://p.example/bell", "publishedAt": "2026-01-14T08:00:00Z",
        "content": "GHENT, Belgium (AP) — A crane lifted an old bell. It weighs four tonnes."}]},
    ("Crane lifts old bell", "2026-01-14", ("Ann Brook", "Lee Marr"), "GHENT, Belgium", "BE"),
)  # fmt: skip
case(
    "guardian",
    "x.json",
    {"response": {"status": "ok", "results": [{
        "id": "uk/1", "type": "article", "webPublicationDate": "2026-01-14T08:00:00Z", "webTitle": "Path reopens on cliff",
        "webUrl": "https://p.example/1", "fields": {"headline": "Path reopens on cliff", "byline": "Ann Brook in Whitby",
        "body": "<p>A cliff path reopened.</p>" + MORE}}]}},
    ("Path reopens on cliff", "2026-01-14", ("Ann Brook",), "", ""),
)  # fmt: skip
case(
    "jsonl-location-date",
    "y.jsonl",
    {"id": 1, "title": "Subway map redrawn", "published": "2026-02-26", "author": "Ann Brook",
     "location": "NEW YORK, FEB 26", "text": "The subway map was redrawn. Riders like it."},
    ("Subway map redrawn", "2026-02-26", ("Ann Brook",), "NEW YORK", "US"),
)  # fmt: skip
case(
    "jsonl-country-code",
    "z.jsonl",
    {"id": 1, "title": "Ruins found", "published": "2026-02-26", "author": "AFP", "location": {
        "city": "Athens", "country": "GRC"}, "text": "Ruins were found under a road. They are old."},
    ("Ruins found", "2026-02-26", (), "Athens, Greece", "GR"),
)  # fmt: skip
case(
    "jsonl-raw-code",
    "z2.jsonl",
    {"id": 1, "title": "Ruins found again", "published": "2026-02-26", "location": "Athens, GRC",
     "text": "Ruins were found under a road. They are old."},
    ("Ruins found again", "2026-02-26", (), "Athens, Greece", "GR"),
)  # fmt: skip
case(
    "csv",
    "a.csv",
    'id,headline,date,byline,location,body\n1,Goats clear firebreak,2026-01-14,By Ann Brook,"Évora, Portugal","Goats cleared a '
    'firebreak. They liked it."\n',
    ("Goats clear firebreak", "2026-01-14", ("Ann Brook",), "Évora, Portugal", "PT"),
)
case(
    "csv-german",
    "b.csv",
    'Titel;Datum;Autor;Ort;Text\nKran hebt Glocke;14.01.2026;Jana Wiebe;Soest;"Ein Kran hat eine Glocke gehoben. Sie ist alt."\n',
    ("Kran hebt Glocke", "2026-01-14", ("Jana Wiebe",), "Soest", "DE"),
)
case(
    "markdown",
    "2026-01-14-heron.md",
    "---\ntitle: Heron returns to pond\nauthor: Ann Brook\n---\n\nA heron returned to the pond.\n\nChildren waved.\n",
    ("Heron returns to pond", "2026-01-14", ("Ann Brook",), "", ""),
)
case(
    "markdown-toml",
    "b.md",
    '+++\ntitle = "Lock gates replaced"\ndate = 2026-01-14T08:00:00Z\nauthors = ["Lee Marr", "Ann Brook"]\n+++\n\n'
    "YORK, England (PA) — Lock gates were replaced.\n\nBoats pass again.\n",
    ("Lock gates replaced", "2026-01-14", ("Lee Marr", "Ann Brook"), "YORK, England", "GB"),
)
case(
    "sgml-reuters",
    "a.sgm",
    '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="NO" LEWISSPLIT="TRAIN" NEWID="1"><DATE>14-JAN-1987 08:00:00.00</DATE>'
    "<TOPICS></TOPICS><TEXT>&#2;\n<TITLE>TIN COUNCIL MEETS</TITLE><AUTHOR>    By Carla Voss, Reuters</AUTHOR><DATELINE>    "
    "LA PAZ, Jan 14 - </DATELINE><BODY>The tin council met.\n    It will meet again.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n",
    ("TIN COUNCIL MEETS", "1987-01-14", ("Carla Voss",), "LA PAZ", "BO"),
)
case(
    "sgml-trec",
    "b.sgml",
    "<DOC>\n<DOCNO> AP890114-0001 </DOCNO>\n<HEAD>Lighthouse Sold At Auction</HEAD>\n<BYLINE>By ED STONE</BYLINE>\n<BYLINE>"
    "Associated Press Writer</BYLINE>\n<DATELINE>ROCKLAND, Maine (AP) </DATELINE>\n<TEXT>\n   A lighthouse was sold.\n   It is "
    "old.\n</TEXT>\n</DOC>\n",
    ("Lighthouse Sold At Auction", "1989-01-14", ("ED STONE",), "ROCKLAND, Maine", "US"),
)
case(
    "xml-vendor",
    "vendor.xml",
    "<story><headline>Snow closes ski lift</headline><date>2026-01-14T08:00:00Z</date><byline>By Ann Brook</byline>"
    "<source>Alpine News</source><city>Davos</city><country>CHE</country><body>Snow closed a lift.\n\nIt will reopen.</body>"
    "</story>",
    ("Snow closes ski lift", "2026-01-14", ("Ann Brook",), "Davos", "CH"),
)
PERSON = {"@type": "Person", "name": "Ann Brook"}
page(
    "html-en",
    "en",
    news("Old pier to be rebuilt", "2026-01-14T08:00:00Z", [PERSON, {"@type": "Person", "name": "Lee Marr"}]),
    "<p>BRIGHTON, England (AP) — The old pier will be rebuilt.</p>" + MORE,
    ("Old pier to be rebuilt", "2026-01-14", ("Ann Brook", "Lee Marr"), "BRIGHTON, England", "GB"),
)
page(
    "html-organisation",
    "en",
    news("Rain ends dry spell", "2026-01-14T08:00:00Z", {"@type": "Organization", "name": "Reuters"}),
    "<p>NAIROBI, Jan 14 (Reuters) - Rain ended a dry spell.</p>" + MORE,
    ("Rain ends dry spell", "2026-01-14", (), "NAIROBI", "KE"),
)
page(
    "html-de",
    "de",
    news("Brücke wird gesperrt", "2026-01-14T08:00:00+01:00", [{"@type": "Person", "name": "Jana Wiebe"}]),
    "<p>Köln - Die Brücke wird gesperrt.</p><p>Das teilte die Stadt am Mittwoch mit.</p><p>Der Umbau dauert Jahre.</p>",
    ("Brücke wird gesperrt", "2026-01-14", ("Jana Wiebe",), "Köln", "DE"),
)
page(
    "html-fr",
    "fr",
    news("La tour rouvre au public", "2026-01-14T08:00:00+01:00", {"@type": "Person", "name": "Lucie Ferrand"}),
    "<p>La tour a rouvert mercredi.</p><p>Les visiteurs sont nombreux, selon la mairie.</p>",
    ("La tour rouvre au public", "2026-01-14", ("Lucie Ferrand",), "", ""),
)
page(
    "html-fr-agency",
    "fr",
    news("Le col est fermé", "2026-01-14T08:00:00+01:00", {"@type": "Person", "name": "Le Journal avec AFP"}),
    "<p>Le col est fermé depuis mercredi.</p><p>La neige tombe sans arrêt, selon la préfecture.</p>",
    ("Le col est fermé", "2026-01-14", (), "", ""),
)
page(
    "html-es",
    "es",
    news("Reabre el mercado central", "2026-01-14T08:00:00-06:00", [{"@type": "Person", "name": "Elena Robles"}]),
    "<p>Ciudad de México.- El mercado central reabrió.</p><p>Los comerciantes celebran la noticia.</p>",
    ("Reabre el mercado central", "2026-01-14", ("Elena Robles",), "Ciudad de México", "MX"),
)
page(
    "html-it",
    "it",
    None,
    '<p class="author">di Marco Bassi</p><time datetime="2026-01-14T08:00:00+01:00">14 gennaio 2026</time><p>TORINO - Il ponte '
    "riapre al traffico.</p><p>Lo ha detto il sindaco.</p><p>I lavori sono finiti in tempo.</p>",
    ("Il ponte riapre", "2026-01-14", ("Marco Bassi",), "TORINO", "IT"),
)
page(
    "html-nl",
    "nl",
    news("Molen draait weer", "2026-01-14T08:00:00+01:00", {"@type": "Person", "name": "Jan de Wit"}),
    "<p>ZAANDAM - De molen aan de Zaan draait weer na een reparatie van drie jaar.</p><p>Dat is voor het eerst in jaren, zegt de molenaar, die al lang op de reparatie had gewacht.</p><p>Bezoekers zijn elke zaterdag welkom.</p>",
    ("Molen draait weer", "2026-01-14", ("Jan de Wit",), "ZAANDAM", "NL"),
)
page(
    "html-pl",
    "pl",
    news("Most otwarty", "2026-01-14T08:00:00+01:00", {"@type": "Person", "name": "Anna Nowak"}),
    "<p>Most jest otwarty.</p><p>Kierowcy są zadowoleni, mówi burmistrz.</p>",
    ("Most otwarty", "2026-01-14", ("Anna Nowak",), "", ""),
)
page(
    "html-pt",
    "pt-BR",
    None,
    "<p>A feira reabriu na quarta-feira.</p><p>Os comerciantes estão contentes com a volta dos clientes.</p>",
    ("Feira reabre", "2026-01-14", ("Elisa Prado",), "", ""),
    '<meta property="article:published_time" content="2026-01-14T08:00:00-03:00"><meta name="author" content="Elisa Prado">',
)
page(
    "html-tr",
    "tr",
    news("Köprü açıldı", "2026-01-14T08:00:00+03:00", {"@type": "Person", "name": "Ayşe Demir"}),
    "<p>ANKARA (AA) - Köprü açıldı.</p><p>Sürücüler memnun, dedi yetkililer.</p>",
    ("Köprü açıldı", "2026-01-14", ("Ayşe Demir",), "ANKARA", "TR"),
)
page(
    "html-ru",
    "ru",
    news("Мост открыли", "2026-01-14T08:00:00+03:00", {"@type": "Person", "name": "Иван Петров"}),
    "<p>КАЗАНЬ, 14 янв - РИА Новости. Мост открыли.</p><p>Движение началось утром.</p>",
    ("Мост открыли", "2026-01-14", ("Иван Петров",), "КАЗАНЬ", "RU"),
)
page(
    "html-ja",
    "ja",
    news("港の灯台、修復終わる", "2026-01-14T08:00:00+09:00", {"@type": "Organization", "name": "港新聞社"}),
    "<p>【横浜共同】港の灯台の修復が終わり、市が14日、関係者に公開した。修復には三年かかり、費用は二億円だった。</p><p>市民が集まり、点灯式を見守った。市は来月から一般にも公開する予定だという。</p>",
    ("港の灯台、修復終わる", "2026-01-14", (), "横浜", "JP"),
)
page(
    "html-ko",
    "ko",
    news("등대 복원 끝나", "2026-01-14T08:00:00+09:00", {"@type": "Person", "name": "김태수"}),
    "<p>(인천=연합뉴스) 김태수 기자 = 등대 복원이 끝났다.</p><p>시민들이 모였다.</p>",
    ("등대 복원 끝나", "2026-01-14", ("김태수",), "인천", "KR"),
)
page(
    "html-ar",
    "ar",
    news("ترميم المنارة", "2026-01-14T08:00:00+03:00", {"@type": "Organization", "name": "الجريدة"}),
    "<p>القاهرة (رويترز) - انتهى ترميم المنارة.</p><p>حضر الحفل عدد كبير من السكان.</p>",
    ("ترميم المنارة", "2026-01-14", (), "القاهرة", "EG"),
)
page(
    "html-sv",
    "sv",
    news("Fyren lyser igen", "2026-01-14T08:00:00+01:00", [{"@type": "Person", "name": "Eva Holm"}]),
    "<p>Fyren lyser igen efter tio år.</p><p>Det gläder många, säger kommunen.</p>",
    ("Fyren lyser igen", "2026-01-14", ("Eva Holm",), "", ""),
)
page(
    "html-in",
    "en-IN",
    news("Lake level rises", "2026-01-14T08:00:00+05:30", {"@type": "Person", "name": "PTI"}),
    "<p>Mysuru, Jan 14 (PTI) The level of a lake rose after rain.</p>" + MORE,
    ("Lake level rises", "2026-01-14", (), "Mysuru", "IN"),
)
page(
    "html-content-location",
    "en",
    news(
        "Choir sings on hill",
        "2026-01-14T08:00:00Z",
        PERSON,
        contentLocation={"@type": "Place", "name": "Galway, Ireland"},
    ),
    "<p>A choir sang on a hill.</p>" + MORE,
    ("Choir sings on hill", "2026-01-14", ("Ann Brook",), "Galway, Ireland", "IE"),
)


def read(name: str) -> Article:
    """The first article of a case, read as ingest would."""
    file, text, _ = CASES[name]
    draft = next(read_stream(io.BytesIO(text.encode()), file))
    article = resolve_draft(draft, Context(path=file, now=NOW))  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


def seen(article: Article, dated: bool) -> Truth:
    """An article in the terms of the table."""
    place = article.location
    day = article.published.value[:10] if article.published else ""
    return (
        article.headline,
        day if dated else "",
        tuple(person.name for person in article.byline),
        place.raw if place else "",
        (place.country or "") if place else "",
    )


@pytest.mark.parametrize("name", CASES)
def test_reads_as_a_person_does(name: str) -> None:
    truth = CASES[name][2]
    assert seen(read(name), bool(truth[1])) == truth
