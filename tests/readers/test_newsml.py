"""NewsML-G2 and NewsML 1: items, messages, components; text as XHTML, NITF, HTML and plain."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream


def read(text: str | bytes, **options: Any) -> list[Draft | Rejected]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_stream(io.BytesIO(data), "a.xml", ReadOptions(**options)))


def drafts(text: str) -> list[Draft]:
    items = read(text)
    assert all(isinstance(item, Draft) for item in items), items
    return [item for item in items if isinstance(item, Draft)]


def values(claims: list[Any]) -> list[str]:
    return [claim.value for claim in claims]


XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<body>{}</body></html></inlineXML>"
)
STORY = XHTML.format("<header><p>kicker</p><h1>Hens strike</h1></header><p>One.</p><h2>Head</h2><p>Two.</p>")


def item(content: str = STORY, meta: str = "", item_meta: str = "", kind: str = "ninat:text", guid: str = "g1") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2" xml:lang="en">
      <rightsInfo><copyrightHolder literal="Lamp"/><copyrightNotice>(c) Lamp</copyrightNotice></rightsInfo>
      <itemMeta><itemClass qcode="{kind}"/><provider literal="lamp.example"/>
       <versionCreated>2020-03-05T10:00:00Z</versionCreated><firstCreated>2020-03-04T10:00:00Z</firstCreated>
       <embargoed>2020-03-06T00:00:00Z</embargoed><pubStatus qcode="stat:usable"/><edNote>Adds quote</edNote>
       <edNote pubconstraint="x:nonpublic">Author: Bo Ek</edNote>{item_meta}</itemMeta>
      <contentMeta><urgency>4</urgency><slugline separator="-">Hens-Strike</slugline><language tag="en"/>
       <headline role="hld:subHeadline">Sub</headline><headline>Hens strike</headline>
       <keyword>hens</keyword><subject qcode="s:1"><name>farming</name></subject>{meta}</contentMeta>
      <contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    head = "<header><sent>2020-03-07T00:00:00Z</sent><sender>lamp.example</sender></header>"
    inner = "".join(items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">{head}<itemSet>{inner}</itemSet></newsMessage>'


def test_an_item_says_all_it_knows() -> None:
    meta = (
        '<by>By Ana Reis</by><dateline>Odense</dateline><located type="cptype:city" qcode="c:1"><name>Odense</name>'
        '<broader type="cptype:country" qcode="iso3166-1a2:DK"/></located>'
        '<infoSource><name>Lamp Wire</name></infoSource><creator literal="BEK"/>'
    )
    (found,) = drafts(item(meta=meta))

    assert (found.format, found.record, values(found.ids), values(found.version)) == ("newsmlg2", 0, ["g1"], ["2"])
    assert (values(found.headline), found.body, found.subheads) == (["Hens strike"], "One.\n\nHead\n\nTwo.", (1,))
    assert values(found.published) == ["2020-03-04T10:00:00Z", "2020-03-05T10:00:00Z"]
    assert (values(found.updated), values(found.embargo)) == (["2020-03-05T10:00:00Z"], ["2020-03-06T00:00:00Z"])
    assert (values(found.byline), values(found.people), values(found.dateline)) == (["By Ana Reis"], [], ["Odense"])
    assert [(place.city, place.country) for place in found.places] == [("Odense", "DK")]
    assert values(found.source) == ["Lamp Wire", "lamp.example", "Lamp"]
    assert (values(found.status), values(found.note)) == (["usable"], ["Adds quote"])
    assert (values(found.slug), values(found.keywords)) == (["Hens-Strike"], ["hens", "farming"])


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (XHTML.format("<p>One.</p>"), "One."),
        ("<inlineXML><nitf><body><body.content><p>One.</p></body.content></body></nitf></inlineXML>", "One."),
        ('<inlineXML><p xmlns="http://www.w3.org/1999/xhtml">One.</p></inlineXML>', "One."),
        ('<inlineData contenttype="text/plain">One\nline.\n\nTwo.</inlineData>', "One\nline.\n\nTwo."),
        ('<inlineData contenttype="text/html">&lt;p&gt;One.&lt;/p&gt;</inlineData>', "One."),
        ('<inlineData contenttype="text/html"><![CDATA[<p>One &amp; two.</p>]]></inlineData>', "One & two."),
        ('<remoteContent href="a.jpg"/>' + XHTML.format("<p>One.</p>"), "One."),
        ('<remoteContent href="a.xml"/>', ""),
    ],
)
def test_content_of_every_kind(content: str, body: str) -> None:
    (found,) = drafts(item(content))

    assert found.body == body


@pytest.mark.parametrize(
    ("creator", "people"),
    [
        ('<creator literal="VRG"><name>VRG</name></creator>', []),
        ('<creator uri="x"><name>Ana Reis</name></creator>', ["Ana Reis"]),
        ('<creator role="crol:editor"><name>Bo Ek</name></creator>', []),
        ('<creator type="cpnat:organisation"><name>Big Firm Ltd</name></creator>', []),
        ('<creator><name>Lamp Wire</name></creator><infoSource literal="Lamp Wire"/>', []),
        ('<contributor role="ctrol:supplier"><name>Bo Ek</name></contributor>', []),
        ('<contributor role="crol:author"><name>Ana Reis</name></contributor>', ["Ana Reis"]),
    ],
)
def test_creators_that_are_people(creator: str, people: list[str]) -> None:
    assert values(drafts(item(meta=creator))[0].people) == people


def test_a_message_of_several_items_passes_pictures_and_packages_over() -> None:
    picture = item('<remoteContent href="a.jpg"/>', kind="ninat:picture", guid="p")
    found = drafts(message(item(guid="a"), picture, "<packageItem guid='k'/>", item(guid="b", kind="icls:text")))

    assert [(draft.record, values(draft.ids)) for draft in found] == [(1, ["a"]), (3, ["b"])]
    assert len({draft.digest for draft in found}) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (item('<remoteContent href="a.jpg"/>', kind="ninat:picture"), "holds no text: 1 item of class picture"),
        ("<packageItem xmlns='x'/>", "is a package of references, not a story"),
        ("<planningItem/>", "is a planning item, not a story"),
        ("<knowledgeItem/>", "is a vocabulary, not a story"),
        (message(), "its first element is <newsMessage>: no news item in it"),
    ],
)
def test_what_is_no_story_is_said(text: str, why: str) -> None:
    assert read(text, format_in="newsmlg2") == [Rejected("a.xml", 0, why)]


def test_empty_dates_leave_the_next_and_the_envelope_last() -> None:
    text = item().replace("2020-03-04T10:00:00Z", "").replace("2020-03-05T10:00:00Z", "")
    (created,) = drafts(text.replace("<urgency>", "<contentCreated>2020-03-03</contentCreated><urgency>"))
    (sent,) = drafts(message(text))

    assert (values(created.published), values(sent.published)) == (["2020-03-03"], ["2020-03-07T00:00:00Z"])


# --- NewsML 1 -----------------------------------------------------------------------------------------------------

LINES = """<NewsLines><HeadLine>Hens strike</HeadLine><ByLine>Ana Reis</ByLine><ByLineTitle>Farm editor</ByLineTitle>
  <DateLine>ODENSE, March 4 (Lamp) -</DateLine><CopyrightLine>(c) Lamp</CopyrightLine>
  <SlugLine>Hens</SlugLine></NewsLines>"""
OWN_LINES = "<NewsLines><HeadLine>B</HeadLine></NewsLines>"
META = """<DescriptiveMetadata><Language FormalName="EN"/><Location HowPresent="Origin">
  <Property FormalName="City" Value="Odense"/><Property FormalName="Country" Value="DNK"/></Location>
  <Location HowPresent="Event"><Property FormalName="City" Value="Oslo"/></Location>
  <Property FormalName="Keyword" Value="hens"/></DescriptiveMetadata>"""


def text_item(content: str = "<p>One.</p><p>Two.</p>", role: str = "", lines: str = "", kind: str = "Text") -> str:
    role = f'<Role FormalName="{role}"/>' if role else ""
    return (
        f'<NewsComponent>{role}{lines}<ContentItem><MediaType FormalName="{kind}"/>'
        f"<DataContent>{content}</DataContent></ContentItem></NewsComponent>"
    )


def newsml1(*components: str, lines: str = LINES) -> str:
    return f"""<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20200307T000000Z</DateAndTime></NewsEnvelope><NewsItem>
     <Identification><NewsIdentifier><ProviderId>lamp.example</ProviderId><DateId>20200304</DateId>
      <NewsItemId>H1</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
      <PublicIdentifier>urn:newsml:lamp.example:20200304:H1:2N</PublicIdentifier></NewsIdentifier>
      <NameLabel>hens-strike</NameLabel></Identification>
     <NewsManagement><FirstCreated>20200304T100000Z</FirstCreated>
      <ThisRevisionCreated>20200305T100000Z</ThisRevisionCreated><Status FormalName="Usable"/>
      <Instruction FormalName="Update"/></NewsManagement>
     <NewsComponent>{lines}<AdministrativeMetadata><Provider><Party FormalName="Lamp"/></Provider>
      </AdministrativeMetadata>{META}{"".join(components)}</NewsComponent></NewsItem></NewsML>"""


def test_a_news_item_of_newsml_1_says_all_it_knows() -> None:
    (found,) = drafts(newsml1(text_item()))

    assert (found.format, found.record, found.body) == ("newsml1", 0, "One.\n\nTwo.")
    assert values(found.ids) == ["urn:newsml:lamp.example:20200304:H1", "H1"]
    assert (values(found.version), values(found.status), values(found.note)) == (["2"], ["Usable"], ["Update"])
    assert (values(found.headline), values(found.byline)) == (["Hens strike"], ["Ana Reis, Farm editor"])
    assert values(found.published)[:2] == ["20200304T100000Z", "20200305T100000Z"]
    assert (values(found.updated), values(found.dateline)) == (["20200305T100000Z"], ["ODENSE, March 4 (Lamp) -"])
    assert [(place.city, place.country) for place in found.places] == [("Odense", "DNK")]
    assert (values(found.source), values(found.language)) == (["Lamp", "lamp.example"], ["en"])
    assert (values(found.slug), values(found.keywords)) == (["Hens", "hens-strike"], ["hens"])


@pytest.mark.parametrize(
    ("components", "bodies"),
    [
        ([text_item("<nitf><body><body.content><p>One.</p></body.content></body></nitf>")], ["One."]),
        ([text_item("&lt;P&gt;One.&lt;/P&gt;&lt;P&gt;Two.&lt;/P&gt;")], ["One.\n\nTwo."]),
        ([text_item("<html><head><title>t</title></head><body><p>One.</p></body></html>")], ["One."]),
        ([text_item("One.\n\nTwo.")], ["One.\n\nTwo."]),
        ([text_item("A caption.", role="Caption"), text_item("<p>One.</p>", role="Main")], ["One."]),
        ([text_item(kind="Photo"), text_item("<p>One.</p>")], ["One."]),
        ([text_item("<p>Lead.</p>", role="Lead"), text_item("<p>Body.</p>", role="Body")], ["Lead.\n\nBody."]),
        ([text_item("p {color: red}", role="StyleSheet"), text_item("<p>One.</p>", role="Body")], ["One."]),
        (
            [
                text_item("<p>One.</p>"),
                text_item("<p>" + "Two. " * 50 + "</p>", lines=OWN_LINES),
            ],
            ["One.", ("Two. " * 50).strip()],
        ),
    ],
)
def test_components(components: list[str], bodies: list[str]) -> None:
    found = drafts(newsml1(*components))

    assert [draft.body for draft in found] == bodies
    assert len({draft.ids[0].value for draft in found}) == len(bodies)


def test_a_headline_in_a_component_of_its_own() -> None:
    (found,) = drafts(newsml1(text_item("Hens strike", role="Title"), text_item(role="Body"), lines=""))

    assert (values(found.headline), found.body) == (["Hens strike"], "One.\n\nTwo.")


def test_photos_alone_are_no_story() -> None:
    (found,) = read(newsml1(text_item(kind="Photo"), lines=""))

    assert found == Rejected("a.xml", 0, "holds no text: only Photo")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([item(), message(item(), item(guid="b")), newsml1(text_item())]), st.data())
def test_no_mutation_makes_it_raise(text: str, data: st.DataObject) -> None:
    raw = bytearray(text.encode())
    start = data.draw(st.integers(0, len(raw)))
    del raw[start : start + data.draw(st.integers(0, 300))]
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=4)):
        if at < len(raw):
            raw[at] = value
    assert all(isinstance(found, Draft | Rejected) for found in read(bytes(raw)))
