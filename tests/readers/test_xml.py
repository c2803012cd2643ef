"""XML: safe parsing, encodings that lie, NITF, and records of other vendors."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.markup import is_markup, paragraphs, plain
from morgue.readers.xml.dom import BadXml, parse

NITF = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf baselang="en">
 <head>
  <title>slug title</title>
  <meta name="slugline" content="Hens-Strike"/>
  <docdata management-status="usable">
   <doc-id id-string="urn:lamp:1"/>
   <du-key key="hens" version="3"/>
   <date.issue norm="20200304T101500+0100"/>
   <date.release norm="20200305T000000+0100"/>
   <doc.copyright year="2020" holder="Lamp Wire"/>
   <key-list><keyword key="hens"/><keyword>strike</keyword></key-list>
   <ed-msg info="Adds quote"/>
  </docdata>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Hens lay
     down tools</hl1><hl2>A sub line</hl2></hedline>
   <byline>By<person>Ana Reis</person><byttl>Lamp Farm Writer</byttl></byline>
   <distributor>Lamp Wire</distributor>
   <dateline><location><city>Odense</city>, <country iso-cc="DK">Denmark</country></location>
    <story.date norm="20200304T101500+0100">March 4</story.date></dateline>
  </body.head>
  <body.content>
   <block>
    <p>ODENSE, Denmark (Lamp) &#8212; Hens have <em>stopped</em> laying.</p>
    <media media-type="image"><media-caption>A hen.</media-caption></media>
    <hl2>No eggs</hl2>
    <p>The farmer said:<br/>no eggs.</p>
    <table><tr><td>a</td><td>b</td></tr></table>
   </block>
  </body.content>
  <body.end><tagline>Bo Ek in Oslo contributed.</tagline></body.end>
 </body>
</nitf>"""


def read(data: bytes | str, name: str = "a.xml", **options: Any) -> list[Draft | Rejected]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), name, ReadOptions(**options)))


def one(data: bytes | str, **options: Any) -> Draft:
    (item,) = read(data, **options)
    assert isinstance(item, Draft), item
    return item


def headed(headline: str, head: str = "", content: str = "") -> str:
    return (
        f"<nitf><body><body.head><hedline><hl1>{headline}</hl1></hedline>{head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


def values(claims: list[Any]) -> list[str]:
    return [claim.value for claim in claims]


def test_nitf_says_all_it_knows() -> None:
    item = one(NITF)

    assert (item.format, item.record, item.layout) == ("nitf", 0, "story")
    assert values(item.ids) == ["urn:lamp:1"]
    assert values(item.headline) == ["Hens lay down tools", "slug title"]
    assert values(item.published) == ["20200304T101500+0100"]
    assert values(item.embargo) == ["20200305T000000+0100"]
    assert values(item.byline) == ["By Ana Reis, Lamp Farm Writer"]
    assert [(p.city, p.country) for p in item.places] == [("Odense", "Denmark")]
    assert (values(item.source), values(item.slug)) == (["Lamp Wire"], ["Hens-Strike"])
    assert values(item.keywords) == ["hens", "strike"]
    assert (values(item.language), values(item.version), values(item.status)) == (["en"], ["3"], ["usable"])
    assert (values(item.note), values(item.rights)) == (["Adds quote"], ["Copyright 2020 Lamp Wire"])
    assert item.body == (
        "ODENSE, Denmark (Lamp) — Hens have stopped laying.\n\nNo eggs\n\nThe farmer said:\nno eggs.\n\n"
        "a b\n\nBo Ek in Oslo contributed."
    )
    assert item.subheads == (1,)


@pytest.mark.parametrize(
    ("dateline", "datelines", "cities"),
    [
        ("<location>NEW YORK</location>", ["NEW YORK"], []),
        ("SYDNEY March 22 AAP -", ["SYDNEY March 22 AAP -"], []),
        ("<story.date norm='20200101'>20200101</story.date>", [], []),
        ("<location><city>Sydney</city></location>", [], ["Sydney"]),
        ("<location>Newport News, <state state-code='VA'>VA</state></location>", [], []),
    ],
)
def test_datelines_of_nitf(dateline: str, datelines: list[str], cities: list[str]) -> None:
    item = one(headed("h", f"<dateline>{dateline}</dateline>"))

    assert (values(item.dateline), [place.city for place in item.places]) == (datelines, cities)


@pytest.mark.parametrize(
    ("bylines", "claims"),
    [
        ("<byline>By Ana Reis</byline>", ["By Ana Reis"]),
        ("<byline>By Ana Reis</byline><byline>By Bo Ek</byline>", ["By Ana Reis and Bo Ek", "By Ana Reis", "By Bo Ek"]),
        ("<byline class='print'>By A REIS</byline><byline class='norm'>Reis, A</byline>", ["By A REIS", "Reis, A"]),
        ("<byline><byttl>Lamp</byttl></byline>", ["By Lamp"]),
        ("<byline/>", []),
    ],
)
def test_bylines_of_nitf(bylines: str, claims: list[str]) -> None:
    assert values(one(headed("h", bylines)).byline) == claims


def test_a_namespace_changes_nothing() -> None:
    space = "http://iptc.org/std/NITF/2006-10-18/"
    opened = f'<n:nitf xmlns="{space}" xmlns:n="{space}" baselang="en">'
    spaced = NITF.replace('<nitf baselang="en">', opened).replace("</nitf>", "</n:nitf>")

    assert one(spaced).body == one(NITF).body


def test_wire_copy_put_whole_into_one_paragraph_is_split() -> None:
    text = "(Adds quote)\n    * Hens strike\n\n    By Ana Reis\n    ODENSE, March 4 (Lamp) - Hens have\nstopped.\n"
    item = one(headed("h", "", f"<p>{text}    More.</p>"))

    assert item.body.split("\n\n") == [
        "(Adds quote)",
        "* Hens strike",
        "By Ana Reis",
        "ODENSE, March 4 (Lamp) - Hens have stopped.",
        "More.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-15", "cp1252"])
def test_encodings_whether_the_file_lies_or_not(encoding: str) -> None:
    story = NITF.replace("Hens lay", "Høns lay")
    text = story.replace('encoding="utf-8"', f'encoding="{encoding.replace("-sig", "")}"')
    lying = story.replace('encoding="utf-8"', 'encoding="iso-8859-1"')

    assert one(text.encode(encoding)).headline[0].value == "Høns lay down tools"
    assert one(lying.encode()).headline[0].value == "Høns lay down tools"


BOMB = "<!DOCTYPE nitf [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {n} '{f'&{p};' * 10}'>" for p, n in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB + "]><nitf>&j;</nitf>", "declares entities, which are not read from news files"),
        ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>&x;</nitf>', "declares entities, which"),
        ('<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://a.example/x.dtd"> %x;]><nitf/>', "declares entities, which"),
        ("<nitf>" + "<p>" * 5000 + "</p>" * 5000 + "</nitf>", "nested more than 400 deep"),
        ("<nitf><body></nitf>", "broken XML: mismatched tag at line 1 column 14"),
        ("<nitf><body>", "broken XML: no element found at line 1 column 12"),
        ("<nitf/>", "holds no headline and no text"),
        ("<nitf>" + "<a/>" * 2_100_000 + "</nitf>", "holds more than 1000000 elements"),
    ],
)
def test_what_is_refused(text: str, why: str) -> None:
    (item,) = read(text)

    assert isinstance(item, Rejected)
    assert item.why.startswith(why)


def test_gigantic_attributes_and_text_stay_within_bounds() -> None:
    huge = "x" * 3_000_000
    item = one(NITF.replace('id-string="urn:lamp:1"', f'id-string="{huge}"'), max_bytes=4_000_000)
    (refused,) = read(NITF.replace('id-string="urn:lamp:1"', f'id-string="{huge}"'), max_bytes=2_000_000)

    assert item.headline
    assert refused == Rejected("a.xml", 0, "larger than the limit of 2 MiB for one record")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Hens&nbsp;lay &eacute;ggs", "Hens lay éggs"),
        ("R&D at AT&T &amp; Co", "R&D at AT&T & Co"),
        ("Hens\x02 lay&#11;", "Hens lay"),
        ("a &unknown; b", "a &unknown; b"),
    ],
)
def test_common_damage_is_repaired(text: str, headline: str) -> None:
    item = one(headed(text))

    assert item.headline[0].value == headline


def test_records_of_other_vendors_are_read_by_their_elements_names() -> None:
    text = """<Export xmlns:i="x"><Count>2</Count>
      <Story><NewsID>7</NewsID><PublishDate>2018-01-30T17:32:18</PublishDate><headline i:nil="true"/>
       <town>Haag</town><content>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content><byLine>Ana Reis</byLine>
       <Tags><Tag>a</Tag><Tag>b</Tag></Tags><Rank>3</Rank></Story>
      <Story><NewsID>8</NewsID><Headline>B</Headline><content><p>X.</p><p>Y.</p></content></Story></Export>"""
    first, second = read(text)

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert (first.format, first.record, values(first.ids), first.body) == ("xml", 1, ["7"], "One.\n\nTwo.")
    assert (values(first.published), values(first.byline)) == (["2018-01-30T17:32:18"], ["Ana Reis"])
    assert ([p.raw for p in first.places], first.extra["Rank"]) == (["Haag"], "3")
    assert (values(second.headline), second.body, second.record) == (["B"], "X.\n\nY.", 2)


def test_attributes_of_a_record_count_as_its_values() -> None:
    text = """<newsitem itemid="7" date="1996-08-20" xml:lang="en"><headline>Hens strike.</headline>
      <dateline>ODENSE 1996-08-20</dateline><text><p>One.</p><p>Two.</p></text></newsitem>"""
    item = one(text)

    assert (values(item.ids), values(item.published), item.body) == (["7"], ["1996-08-20"], "One.\n\nTwo.")
    assert (values(item.dateline), values(item.language)) == (["ODENSE 1996-08-20"], ["en"])


def test_the_full_text_is_read_once_where_its_lead_stands_apart() -> None:
    blocks = "<block class='lead_paragraph'><p>One.</p></block><block class='full_text'><p>One.</p><p>Two.</p></block>"

    assert one(headed("h", "", blocks)).body == "One.\n\nTwo."


def test_the_users_map_names_elements() -> None:
    item = one("<doc><t>Head</t><x>Text here.</x></doc>", format_in="xml", field_map={"headline": "t", "body": "x"})

    assert (values(item.headline), item.body) == (["Head"], "Text here.")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_mutation_of_nitf_makes_it_raise(data: st.DataObject) -> None:
    raw = bytearray(NITF.encode())
    del raw[data.draw(st.integers(0, len(raw))) :]
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6)):
        if at < len(raw):
            raw[at] = value
    for name in (None, "nitf", "xml", "newsmlg2", "newsml1"):
        assert all(isinstance(item, Draft | Rejected) for item in read(bytes(raw), format_in=name))


@given(st.text(alphabet="<>/!?-[]&;#x\"'= abp\n", max_size=200))
def test_no_text_makes_the_parser_raise_anything_else(text: str) -> None:
    with suppress(BadXml):
        parse(("<r>" + text + "</r>").encode())


def test_hostile_xml_ends_in_time() -> None:
    for piece in (
        "<!DOCTYPE ",
        "<!--",
        "&",
        "&#",
        "<![CDATA[",
        "<?xml ",
        "<a ",
        "<!DOCTYPE a [",
        "'",
        '<!DOCTYPE a ["',
    ):
        read(piece * 50_000, format_in="nitf")


# --- HTML fragments -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "text", "heads"),
    [
        ("<p>One.</p><h2>Head</h2><p>Two.</p>", "One.\n\nHead\n\nTwo.", (1,)),
        ("<p>One.</p><p><strong>Head</strong></p><p><b>Not a head.</b></p>", "One.\n\nHead\n\nNot a head.", (1,)),
        ("One.<br><br>Two<br>three", "One.\n\nTwo\nthree", ()),
        ("<div>a<span>b</span> <i>c</i></div>d", "ab c\n\nd", ()),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb", ()),
        ("<p>a</p><script>x</script><style>y</style><figure>z</figure><!-- c -->", "a", ()),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc", ()),
        ("<p>a\n  b\u00a0c</p>", "a b c", ()),
        ("<pre>a\n  b</pre>", "a\nb", ()),
        ("&lt;p&gt;One &amp;amp; two&lt;/p&gt;", "One & two", ()),
        ("<header><h1>x</h1></header><section><p>y</p></section>", "y", ()),
        ("", "", ()),
    ],
)
def test_fragments_become_paragraphs(fragment: str, text: str, heads: tuple[int, ...]) -> None:
    assert paragraphs(fragment) == (text, heads)


def test_deep_and_broken_fragments_end_in_time() -> None:
    for fragment in ("<div>" * 30_000 + "x", "<b>" * 30_000 + "x", "<p" * 30_000, "<!--" * 30_000, "&" * 30_000):
        paragraphs(fragment)


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>One</p>", True),
        ("One<br/>two", True),
        ("ALLIED <ALD> buys <P>", False),
        ("a <b and c> d", False),
        ("see <http://a.example>", False),
        ("&lt;p&gt;x&lt;/p&gt;", True),
    ],
)
def test_what_counts_as_markup(text: str, is_html: bool) -> None:
    assert is_markup(text) is is_html


def test_titles_lose_inline_tags_and_keep_tickers() -> None:
    assert plain("<em>Hens</em> &amp; <ALD> <br/> rise") == "Hens & <ALD> rise"
