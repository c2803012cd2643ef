"""The HTML reader: what a page claims, what its text is, and the traps that pages set."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft
from morgue.readers import ReadOptions
from morgue.readers.html import page as html
from support.page_samples import ARTICLE, CANONICAL, JSONLD, PARAGRAPHS, TEXT, page, story

LONG = "The old market, seen from the quay in the summer of 1987, before the flood came and took its roof away."


def read(markup: str | bytes) -> Draft:
    data = markup.encode() if isinstance(markup, str) else markup
    (draft,) = html.read(io.BytesIO(data), "a.html", ReadOptions())
    assert isinstance(draft, Draft), draft
    return draft


def claims(draft: Draft, field: str) -> list[tuple[str, str]]:
    return [(claim.value, claim.how) for claim in getattr(draft, field)]


def ld(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


def test_a_page_gives_its_claims_and_its_text() -> None:
    draft = read(page(CANONICAL + JSONLD, ARTICLE))

    assert draft.body == TEXT
    assert claims(draft, "headline") == [("Fish market to be rebuilt", "h1")]
    assert claims(draft, "published") == [("2024-03-04T09:15:00+01:00", "jsonld:datePublished")]
    assert claims(draft, "updated") == [("2024-03-05T10:00:00+01:00", "jsonld:dateModified")]
    assert claims(draft, "people") == [("Mara Lind", "jsonld:author"), ("Otto Varga", "jsonld:author")]
    assert claims(draft, "ids")[0] == ("https://post.example/news/fish-market", "link[canonical]")
    assert claims(draft, "source") == [("The Harbour Post", "jsonld:publisher")]
    assert claims(draft, "language") == [("en-GB", "jsonld:inLanguage"), ("en", "html[lang]")]
    assert [value for value, _ in claims(draft, "keywords")] == ["harbour", "council"]
    assert [(place.raw, place.country, place.how) for place in draft.places] == [
        ("Oldhaven", "GB", "jsonld:contentLocation")
    ]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Fish market to be rebuilt","datePublished":"2024-03-04",}',
        '{"@type":"NewsArticle","headline":"Fish market\tto be\nrebuilt","datePublished":"2024-03-04"}',
        '<!-- {"@type":"NewsArticle","headline":"Fish market to be rebuilt","datePublished":"2024-03-04"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Fish market to rebuild","datePublished":"2024-03-04"}\n//]]>',
        '[{"@type":"Organization","name":"P"},{"@type":["Thing","NewsArticle"],"headline":"Fish market to be rebuilt",'
        '"datePublished":"2024-03-04"}]',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Fish market to be rebuilt",'
        '"datePublished":"2024-03-04"}}',
        '{"@type":"NewsArticle",\n"headline":"Fish market to be rebuilt",\n"description":"An "old" one",\n'
        '"datePublished":"2024-03-04"\n}',
        '{"@type":"http://schema.org/NewsArticle","headline":{"@value":"Fish market to be rebuilt"},'
        '"datePublished":["2024-03-04"]} {"@type":"Organization"}',
        '{"@type":"NewsArticle","headline":"Fish market to be \\d rebuilt","datePublished":"2024-03-04"}',
    ],
    ids=["comma", "control", "comment", "cdata", "list", "nested", "quote", "values", "escape"],
)
def test_broken_or_odd_linked_data_is_still_read(script: str) -> None:
    draft = read(page(ld(script), f"<article>{story()}</article>"))

    assert claims(draft, "published")[0] == ("2024-03-04", "jsonld:datePublished")
    assert draft.headline[0].value.startswith("Fish market")


def test_the_node_about_this_page_is_taken_and_not_the_one_about_another() -> None:
    other = '{"@type":"NewsArticle","headline":"Ferry aground","url":"https://post.example/ferry","author":"Ann Lee"}'
    own = '{"@type":"NewsArticle","headline":"Fish market to be rebuilt","url":"https://post.example/news/fish-market"}'

    draft = read(page(CANONICAL + ld(f"[{other},{own}]"), ARTICLE))

    assert claims(draft, "headline")[0] == ("Fish market to be rebuilt", "h1")
    assert all(claim.value != "Ann Lee" for claim in draft.people)


@pytest.mark.parametrize(
    ("author", "people", "byline", "problems"),
    [
        ('"Mara Lind"', [("Mara Lind", "jsonld:author")], [], 0),
        ('{"name":"Mara Lind"}', [("Mara Lind", "jsonld:author")], [], 0),
        (
            '{"name":["Mara Lind","Otto Varga"]}',
            [("Mara Lind", "jsonld:author"), ("Otto Varga", "jsonld:author")],
            [],
            0,
        ),
        ('"Mara Lind, Otto Varga and Ann Lee"', [], [("Mara Lind, Otto Varga and Ann Lee", "jsonld:author")], 0),
        ('{"@type":"Organization","name":"dpa"}', [], [("dpa", "jsonld:author[Organization]")], 0),
        ('"https://post.example/staff/7"', [], [], 1),
        ('{"name":"105092"}', [], [], 1),
        ('{"@id":"#p"}', [("Mara Lind", "jsonld:author")], [], 0),
        ("null", [], [], 0),
    ],
)
def test_authors_come_in_many_shapes(
    author: str, people: list[tuple[str, str]], byline: list[tuple[str, str]], problems: int
) -> None:
    script = f'[{{"@type":"NewsArticle","headline":"Fish","author":{author}}},{{"@id":"#p","name":"Mara Lind"}}]'
    draft = read(page(ld(script), f"<article>{story()}</article>"))

    assert (claims(draft, "people"), claims(draft, "byline"), len(draft.problems)) == (people, byline, problems)


@pytest.mark.parametrize(
    ("head", "body", "first"),
    [
        ("<title>Fish market to be rebuilt | The Harbour Post</title>", "<h1>The Harbour Post</h1>", "title"),
        ("<title>Fish market to be rebuilt - News - The Harbour Post</title>", "", "title"),
        ('<meta property="og:title" content="Fish market to be rebuilt — The Harbour Post">', "", "meta:og:title"),
        ("<title>The Harbour Post: Fish market to be rebuilt</title>", "<h1>Fish market to be rebuilt</h1>", "h1"),
        ("<title>Fish market &amp;#116;o be rebuilt</title>", "", "title"),
    ],
    ids=["logo", "section", "og", "before", "escaped"],
)
def test_a_title_loses_the_name_of_the_site(head: str, body: str, first: str) -> None:
    site = '<meta property="og:site_name" content="The Harbour Post">'
    draft = read(page(site + head, body + f"<article>{story()}</article>"))

    assert claims(draft, "headline")[0] == ("Fish market to be rebuilt", first)


def test_a_dash_within_a_headline_is_kept() -> None:
    draft = read(page("<title>Fish market - a long story - of four years</title>", f"<article>{story()}</article>"))

    assert draft.headline[0].value == "Fish market - a long story - of four years"


@pytest.mark.parametrize(
    ("markup", "claim"),
    [
        ('<meta property="article:published_time" content="2024-03">', ("2024-03", "meta:article:published_time")),
        ('<meta name="DC.date.issued" content="2024-03-04">', ("2024-03-04", "meta:dc.date.issued")),
        ('<meta name="sailthru.date" content="2024-03-04">', ("2024-03-04", "meta:sailthru.date")),
        ('<meta itemprop="datePublished" content="2024-03-04">', ("2024-03-04", "itemprop:datePublished")),
        ('<time itemprop="datePublished" datetime="2024-03-04">4 Mar</time>', ("2024-03-04", "itemprop:datePublished")),
        ('<time pubdate datetime="2024-03-04">4 March</time>', ("2024-03-04", "time[pubdate]")),
        ('<time datetime="2024-03-04">4 March</time>', ("2024-03-04", "time[datetime]")),
        ("<time>4 March 2024</time>", ("4 March 2024", "time")),
    ],
)  # fmt: skip
def test_dates_stand_in_many_places(markup: str, claim: tuple[str, str]) -> None:
    head, body = (markup, "") if markup.startswith("<meta") else ("", markup)

    assert claims(read(page(head, f"<article>{body}{story()}</article>")), "published")[0] == claim


def test_ages_and_clock_times_are_no_dates() -> None:
    draft = read(page("", f"<article><time>2 hours ago</time><time>4:11</time>{story()}</article>"))

    assert draft.published == []


@pytest.mark.parametrize(
    "wrap",
    [
        "<article>{}</article>",
        '<div class="td-post-content">{}</div>',
        '<div id="content"><div><div>{}</div></div></div>',
        '<div class="has-sidebar with-ads"><div class="l-main">{}</div></div>',
        '<div class="related-widget-page">{}</div>',
        "<table><tr><td width=160><a href=/>Home</a></td><td>{}</td></tr></table>",
    ],
)
def test_the_text_is_found_whatever_holds_it(wrap: str) -> None:
    assert read(page("", "<h1>Fish market</h1>" + wrap.format(story()))).body == TEXT


def test_a_text_without_paragraph_elements_is_parted_at_line_breaks() -> None:
    assert read(page("", f"<div class=txt>{'<br><br>'.join(PARAGRAPHS)}</div>")).body == TEXT


def test_a_text_in_several_boxes_is_one_text() -> None:
    boxes = "".join(f'<div class="chunk"><p>{paragraph}</p></div>' for paragraph in PARAGRAPHS)

    assert read(page("", f"<div>{boxes}</div>")).body == TEXT


def test_sub_heads_stay_and_are_marked() -> None:
    one, two, three, four = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = (
        f"<article>{one}<h2>The plan</h2>{two}<p><strong>The cost</strong></p>{three}{four}<h3>Related</h3></article>"
    )

    draft = read(page("", body))

    assert draft.body.split("\n\n") == [PARAGRAPHS[0], "The plan", PARAGRAPHS[1], "The cost", *PARAGRAPHS[2:]]
    assert draft.subheads == (1, 3)


@pytest.mark.parametrize(
    "furniture",
    [
        f'<div class="share-tools"><p>{LONG}</p></div>',
        f'<p class="caption">{LONG}</p>',
        f"<figure><figcaption>{LONG}</figcaption></figure>",
        f'<p><a href="/x">READ MORE: {LONG}</a></p>',
        f"<aside><p>{LONG}</p></aside>",
        f"<div hidden><p>{LONG}</p></div>",
        f'<div style="display: none"><p>{LONG}</p></div>',
        f'<div class="c-newsletterBox"><p>{LONG}</p></div>',
        f'<div class="image-widget"><img src="a.jpg"><p>{LONG}</p></div>',
        "<p>Advertisement</p>",
        "<p>Lire aussi : le marché aux poissons</p>",
    ],
)
def test_furniture_within_the_text_is_left_out(furniture: str) -> None:
    one, two, three, four = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    assert read(page("", f"<article>{one}{two}{furniture}{three}{four}</article>")).body == TEXT


def test_a_standfirst_that_the_metadata_repeat_belongs_to_the_text() -> None:
    dek = "Three years of dispute over the harbour end with a vote"
    head = f'<meta name="description" content="{dek}">'
    body = f'<article><h1>Fish market</h1><p class="dek">{dek}</p><p>1 min read</p>{story()}</article>'

    assert read(page(head, body)).body == f"{dek}\n\n{TEXT}"


def test_short_news_is_read_as_well() -> None:
    draft = read("<html><body><h1>Brief</h1><p>The mole is closed.</p><p>It opens on Friday.</p></body></html>")

    assert draft.body == "The mole is closed.\n\nIt opens on Friday."


def test_the_stated_text_is_taken_when_the_page_shows_none() -> None:
    script = '{"@type":"NewsArticle","headline":"Fish","articleBody":"' + TEXT.replace("\n\n", "\\n\\n") + '"}'

    assert read(page(ld(script), "<div id=root></div>")).body == TEXT


@pytest.mark.parametrize("encoding", ["windows-1251", "shift_jis", "iso-8859-7", "utf-16"])
def test_the_declared_encoding_is_used(encoding: str) -> None:
    text = {"windows-1251": "Рыбный рынок", "shift_jis": "魚市場を再建", "iso-8859-7": "Ψαραγορά"}.get(
        encoding, "Fischmärkte"
    )
    markup = f'<html><head><meta charset="{encoding}"><title>{text}</title></head><body><p>{text}.</p></body></html>'

    assert read(markup.encode(encoding)).headline[0].value == text


def test_text_in_scripts_without_spaces_is_found() -> None:
    paragraph = (
        "港の評議会は月曜日、古い魚市場の再建を可決し、三年に及んだ論争に終止符を打った。工事は春に始まる予定だという。"
    )
    body = f"<main><h1>魚市場を再建へ</h1><p>{paragraph}</p><p>{paragraph[::-1]}。</p></main>"

    assert read(page("", body, lang="ja")).body.split("\n\n")[0] == paragraph


def test_lines_above_the_text_tell_byline_and_date_when_nothing_else_does() -> None:
    top = "<font size=5>Fish market to be rebuilt</font><br>By MARA LIND<br>March 4, 1999"
    draft = read(
        f"<html><head><title>Port</title></head><body><table><tr><td>{top}{story()}</td></tr></table></body></html>"
    )

    assert claims(draft, "byline") == [("By MARA LIND", "page:byline")]
    assert claims(draft, "published") == [("March 4, 1999", "page:date")]
    assert draft.body == TEXT


def test_a_title_in_a_script_without_spaces_loses_the_name_of_the_site() -> None:
    body = f"<article><h1>魚市場を再建へ</h1>{story()}</article>"

    assert claims(read(page("<title>魚市場を再建へ：港新聞</title>", body)), "headline")[0] == ("魚市場を再建へ", "h1")


def test_nothing_at_all_is_rejected() -> None:
    (found,) = html.read(io.BytesIO(b"<html><body></body></html>"), "a.html", ReadOptions())

    assert (found.path, found.why) == ("a.html", "HTML without a headline or text")


HEADED = f"<h1>Fish market to be rebuilt</h1>{story()}"
WIDGET = '<div class="elementor-element-a4{}ad1"><div class="elementor-widget-container"><p>{}</p></div></div>'


@pytest.mark.parametrize(
    "body",
    [
        f'<form action="/page.aspx" method="post"><main>{HEADED}</main></form>',
        f'<form action="/page.aspx" method="post"><main>{story()}</main></form>',
        f'<aside class="columns">{HEADED}</aside>',
        f'<div id="root"><p>Loading the page.</p></div><div hidden id="S:0">{HEADED}</div><script>$RC("S:0")</script>',
        f'<div hidden id="S:0"><h1>Fish</h1></div><div hidden id="S:1"><main>{story()}</main></div>',
        f'<div aria-hidden="true"><main>{HEADED}</main></div><div role="dialog"><p>Do you accept cookies?</p></div>',
        "".join(WIDGET.format(number, paragraph) for number, paragraph in enumerate(PARAGRAPHS)),
        "".join(f'<div class="post-image-row"><p>{paragraph}</p></div>' for paragraph in PARAGRAPHS),
    ],
    ids=["form", "form-no-h1", "aside", "streamed", "streamed-parts", "behind-dialog", "widgets", "image-rows"],
)
def test_a_text_within_what_is_mostly_furniture_is_found_on_the_second_walk(body: str) -> None:
    assert read(page("", body)).body == TEXT


@pytest.mark.parametrize(
    "clutter",
    [
        f"<aside>{story()}</aside>",
        f'<aside class="widget">{story()}</aside>',
        f'<form class="newsletter-form">{story()}</form>',
        f'<form id="comment-form"><div class="widget">{story()}</div></form>',
        f'<div hidden class="cookie-banner">{story()}</div>',
        f"<div hidden>{story()}</div>",
        f'<div style="display: none">{story()}</div>',
        f"<nav>{story()}</nav>",
        "".join(f'<div class="related-widget"><p>{paragraph}</p></div>' for paragraph in PARAGRAPHS),
        "".join(f'<div class="comment-image-row"><p>{paragraph}</p></div>' for paragraph in PARAGRAPHS),
    ],
)
def test_a_short_text_is_not_replaced_by_the_clutter_beside_it(clutter: str) -> None:
    short = "<h1>Mole closed</h1><p>The mole is closed.</p><p>It opens on Friday.</p>"

    assert read(page("", f"<main>{short}</main>{clutter}")).body == "The mole is closed.\n\nIt opens on Friday."


def test_byline_and_date_above_a_text_of_the_second_walk_are_claimed() -> None:
    top = "<p>By Mara Lind</p><p>4 March 2024</p>"
    draft = read(f"<html><body><form><h1>Fish market to be rebuilt</h1>{top}{story()}</form></body></html>")

    assert (draft.body, claims(draft, "byline")) == (TEXT, [("By Mara Lind", "page:byline")])
    assert claims(draft, "published") == [("4 March 2024", "page:date")]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    read(page(CANONICAL + JSONLD + '<link rel="stylesheet" href="https://x.example/a.css">', "<p>Short.</p>"))
