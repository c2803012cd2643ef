"""Who wrote a page, when and where, and its headline, as the page prints it: settled, against the metadata."""

from __future__ import annotations

import io

import pytest

from morgue.model import Article, Context, Draft
from morgue.readers import ReadOptions
from morgue.readers.html import page
from morgue.wire import resolve_draft

PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The quarry at Elmstead opens again, its owners said, after two years in which nobody cut a stone there.",
        "Thirty people from the village will work in it, most of them at the saw, which is new and needs no water.",
        "The first stone goes to the bridge over the Wend, which the county wants to have finished by next year.",
    )
)
TITLE = "Quarry opens again"
NOW = 2_000_000_000  # 2033


def settled(inner: str = f"<h1>{TITLE}</h1>", *, head: str = "", title: str = f"{TITLE} | Elmstead Bugle") -> Article:
    markup = (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/press'>Press</a></nav><main><article>{inner}{PROSE}</article></main>"
        "<footer>© 1998-2031 Elmstead Bugle. Angaben gemäß § 5 TMG i.d.F. vom 12.03.2011</footer></body></html>"
    )
    (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())
    assert isinstance(draft, Draft), draft
    article = resolve_draft(draft, Context(path="a.html", now=NOW))
    assert isinstance(article, Article), article
    return article


def below(line: str, **more: str) -> Article:
    """The article with a line between headline and text."""
    return settled(f"<h1>{TITLE}</h1>{line}", **more)


def names(article: Article) -> list[str]:
    return [person.name for person in article.byline]


def ld(content: str) -> str:
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quarry opens again", '
        f'"publisher": {{"@type": "Organization", "@id": "#p", "name": "Elmstead Bugle"}}, {content}}}</script>'
    )


@pytest.mark.parametrize(
    "author",
    [
        '{"@type": "Organization", "name": "Elmstead Bugle"}',
        '{"@type": "NewsMediaOrganization", "name": "The Lamp"}',
        '[{"@type": "Person", "name": "Elmstead Bugle"}]',
        '"Elmstead Bugle"',
        '{"@id": "#p"}',
    ],
)
@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("<p class='byline'>By Ann Poe</p>", ""),
        ("<p>By Ann Poe</p>", ""),
        ("<a rel='author' href='/a'>Ann Poe</a>", ""),
        ("", "<meta name='author' content='Ann Poe'>"),
    ],
)
def test_a_person_named_anywhere_comes_before_the_paper(author: str, line: str, head: str) -> None:
    assert names(below(line, head=ld(f'"author": {author}') + head)) == ["Ann Poe"]


def test_a_paper_alone_is_nobody() -> None:
    article = settled(head=ld('"author": {"@type": "Organization", "name": "Elmstead Bugle"}'))

    assert (names(article), article.byline_raw) == ([], "Elmstead Bugle")


def test_a_creator_is_an_author() -> None:
    assert names(settled(head=ld('"author": {"@type": "Organization", "name": "X"}, "creator": ["松浦海斗"]'))) == [
        "松浦海斗"
    ]
    assert names(settled(head=ld('"creator": {"@type": "Person", "name": "Ann Poe"}'))) == ["Ann Poe"]


@pytest.mark.parametrize(
    ("line", "people", "place", "country"),
    [
        ("<p class='byline'>Ann Poe, Nairobi</p>", ["Ann Poe"], "Nairobi", "KE"),
        ("<p class='byline'>Ann Poe (Nairobi)</p>", ["Ann Poe"], "Nairobi", "KE"),
        ("<p class='byline'>Ann Poe / Nairobi</p>", ["Ann Poe"], "Nairobi", "KE"),
        ("<p class='byline'>Ann Poe and Tom Roe, New York</p>", ["Ann Poe", "Tom Roe"], "New York", "US"),
        ("<p class='autor'>Ann Poe und Tom Roe, Hintertal</p>", ["Ann Poe", "Tom Roe"], "Hintertal", None),
        ("<div class='byline'>dpa/Berlin</div>", [], "Berlin", "DE"),
        ("<ul class='by'><li>AFP, MANILA</li></ul>", [], "MANILA", "PH"),
        ("<p class='byline'>By Ann Poe, Lampe</p>", ["Ann Poe"], "", None),
        ("<p class='byline'>Ann Poe in Nairobi</p>", ["Ann Poe"], "", None),
        ("<p class='byline'>By Ann Poe</p><p class='author-location'>Sevilla</p>", ["Ann Poe"], "Sevilla", "ES"),
        ("<p class='story__place'>Reporting from <em>Lagos</em></p>", [], "Lagos", "NG"),
        ("<p class='article-location'>Vi rapporterer fra Tromsø</p>", [], "Tromsø", "NO"),
    ],
)
def test_the_place_beside_the_names(line: str, people: list[str], place: str, country: str | None) -> None:
    article = below(line)

    assert names(article) == people
    assert (article.location.raw if article.location else "") == place
    assert (article.location.country if article.location else None) == country


def test_the_town_comes_before_its_country() -> None:
    article = settled(head=ld('"dateline": "Spain", "locationCreated": "Las Palmas de Gran Canaria"'))

    assert article.location
    assert (article.location.city, article.location.country) == ("Las Palmas de Gran Canaria", "ES")


@pytest.mark.parametrize(
    ("line", "people", "day"),
    [
        ("<div class='byline'>By <a>Ann Poe</a> <i>Tuesday, Jan. 14, 2031</i></div>", ["Ann Poe"], "2031-01-14"),
        ("<p class='byline'>By Ann Poe Tuesday, Jan. 14, 2031</p>", ["Ann Poe"], "2031-01-14"),
        ("<p class='byline'>By Ann Poe | Jan 14, 2031</p>", ["Ann Poe"], "2031-01-14"),
        ("<p class='Byline'><b>By</b><b>by ANN POE and TOM ROE</b><i>Jan 14, 2031</i></p>", ["ANN POE", "TOM ROE"],
         "2031-01-14"),
        ("<div class='meta'>By <a>Ann Poe</a> <time>Jan. 14, 2031</time></div>", ["Ann Poe"], "2031-01-14"),
        ("<p class='byline'><a>Ann Poe | apoe@bugle.example</a></p>", ["Ann Poe"], ""),
        ("<p class='byline'>By Ann Poe &lt;apoe@bugle.example&gt;</p>", ["Ann Poe"], ""),
        ("<div>Posted on January 14, 2031 by <a rel=author>Ann Poe</a></div>", ["Ann Poe"], "2031-01-14"),
        ("<span class='submitted'>Submitted on Tue, 2031-01-14 13:49</span>", [], "2031-01-14"),
        ("<time datetime='2031-01-14148243245'>Published: Jan. 14, 2031</time>", [], "2031-01-14"),
        ("<time datetime='%Y-%m-%d'>14 January 2031</time>", [], "2031-01-14"),
        ("<p>Tel. 030-2031-0114</p>", [], ""),
    ],
)  # fmt: skip
def test_names_and_dates_in_one_line(line: str, people: list[str], day: str) -> None:
    article = below(line)

    assert names(article) == people
    assert (article.published.value[:10] if article.published and article.published.precision != "year" else "") == day


@pytest.mark.parametrize(
    ("heads", "title"),
    [
        (f"<h1>News</h1><h2>{TITLE}</h2>", f"{TITLE} | Elmstead Bugle"),
        (f"<h1>Elmstead Bugle</h1><h2>{TITLE}</h2>", f"{TITLE} - Elmstead Bugle"),
        (f"<h1>Archive</h1><h2>{TITLE}</h2>", f"Elmstead Council: {TITLE}"),
        (f"<h1>Press</h1><h2>{TITLE}</h2>", "Press - Elmstead Council"),
        (f"<h1>Press</h1><p>14 January 2031</p><h3>{TITLE}</h3>", "Elmstead Council"),
    ],
)
def test_the_headline_below_the_name_of_a_section(heads: str, title: str) -> None:
    article = settled(heads, title=title)

    assert article.headline == TITLE
    assert article.body.startswith("The quarry at Elmstead")


def test_a_subhead_is_not_the_headline() -> None:
    article = settled("<h1>Quarry opens again</h1><h2>Thirty people find work</h2>")

    assert article.headline == TITLE


def test_the_section_and_the_printed_page_are_fields() -> None:
    article = settled(head=ld('"articleSection": ["Local", "Trade"], "printPage": "B4", "printEdition": "Late"'))

    assert (article.section, article.page, article.edition) == ("Local", "B4", "Late")
    assert settled(head="<meta property='article:section' content='Trade'>").section == "Trade"
