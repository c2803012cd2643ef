"""The text of a page: what belongs to it however short or linked it is, and what does not."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.html import page

PROSE = (
    "The quarry at Elmstead opens again in the spring, its owners said, after two years in which nobody cut a stone.",
    "Thirty people from the village will work in it, most of them at the saw, which is new and needs no water.",
    "The saw was shown to the neighbours last week, who heard little of it, as the mayor put it, and were given cake.",
    "The first stone goes to the bridge over the Wend, which the county wants to have finished by the summer of 2031.",
)
OTHER = (
    "The mill at Harrow Wend burned down on Friday night, the fire brigade said, and nobody was hurt in the fire.",
    "It had stood there since 1704, and was to become a museum of milling in the autumn of this year.",
)
SHORT = ("Why?", "Stop.", "“No.”", "Es war still.", "終わった。")


def body(inner: str, *, tail: str = "", head: str = "", outside: str = "") -> str:
    """The text of a page whose article holds `inner`, with `tail` behind the article and `outside` above all."""
    markup = (
        f"<!DOCTYPE html><html><head><title>Quarry opens again</title>{head}</head><body>{outside}"
        f"<nav><a href='/'>Home</a></nav><main><article><h1>Quarry opens again</h1>{inner}</article>{tail}</main>"
        "<footer>© 1998-2031 Elmstead Bugle</footer></body></html>"
    )
    (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())
    assert isinstance(draft, Draft), draft
    return draft.body


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def boxes(*texts: str) -> str:
    return "".join(f"<div>{text}</div>" for text in texts)


def lines(*texts: str) -> str:
    return f"<div>{'<br><br>'.join(texts)}</div>"


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("markup", [paragraphs, boxes, lines])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_short_sentence_stays_wherever_it_is(text: str, markup: object, place: int) -> None:
    assert callable(markup)
    texts = [*PROSE[:place], text, *PROSE[place:]]

    assert body(markup(*texts)).split("\n\n") == texts


def test_a_brief_of_a_paragraph_and_a_short_sentence_is_whole() -> None:
    assert body(paragraphs(PROSE[0], "Cake is free.")) == f"{PROSE[0]}\n\nCake is free."
    assert body(paragraphs("Cake is free.", PROSE[0])) == f"Cake is free.\n\n{PROSE[0]}"


@pytest.mark.parametrize(
    "closing",
    [
        "<p>The days:</p><ul><li>Monday, saw one</li><li>Tuesday, saw two</li></ul>",
        "<p>The days:</p><ol><li><p>Monday, saw one</p></li><li><p>Tuesday, saw two</p></li></ol>",
        "<p>The days:</p><div><ul><li>Monday, saw one</li><li>Tuesday, saw two</li></ul></div>",
        "<ul><li>Monday, saw one</li><li>Tuesday, saw two</li></ul><p>Cake is free.</p>",
        "<h2>The days</h2><ul><li>Monday, saw one</li><li>Tuesday, saw two</li></ul>",
        "<dl><dt>Monday, saw one</dt><dd>Tuesday, saw two</dd></dl>",
    ],
)
def test_a_closing_list_stays(closing: str) -> None:
    found = body(paragraphs(*PROSE) + closing).split("\n\n")

    assert found[:4] == list(PROSE)
    assert {"Monday, saw one", "Tuesday, saw two"} <= set(found)


def test_a_row_of_a_table_is_a_paragraph() -> None:
    table = "<table><tr><th>Day</th><th>Saw</th></tr><tr><td>Monday</td><td>one</td></tr></table>"

    assert body(paragraphs(*PROSE) + table).endswith("Day | Saw\n\nMonday | one")
    assert "Monday | one" in body(paragraphs(*PROSE[:2]) + table + paragraphs(*PROSE[2:]))


@pytest.mark.parametrize(
    "text",
    [
        "Read more than one book a year, she said, and you forget the first.",
        "Follow us to the quay, the guide said to the guests.",
        "Share of stone in new houses fell to a tenth, he said.",
        "Video: that is what the young want to see, said the foreman.",
        "Loading of the barge began at noon and took an hour.",
        "Published by the county in 1911, the map shows two quarries.",
        "Related: the word is on every lip in the village, she said.",
        "Picture: a man with a saw, and nobody to see him at work.",
        "Lire aussi entre les lignes, voilà ce que demande le maire.",
    ],
)
def test_prose_that_begins_like_furniture_stays(text: str) -> None:
    assert text in body(paragraphs(*PROSE[:2], text, *PROSE[2:]))


@pytest.mark.parametrize(
    "text",
    [
        "<a href=1>Read more: Mill burns down</a>",
        "Read more: <a href=1>Mill burns down</a>",
        "Related: Mill burns down",
        "Advertisement",
        "Story continues below advertisement",
        "Sign up for our newsletter.",
        "Photo: Ann Poe/Lamp Images",
        "Share this article",
        "<a href=1>Click here</a> to subscribe.",
        "Follow us on Facebook.",
    ],
)
def test_furniture_between_paragraphs_goes(text: str) -> None:
    assert body(paragraphs(*PROSE[:2], text, *PROSE[2:])).split("\n\n") == list(PROSE)


@pytest.mark.parametrize("tag", ["a", "span", "em", "strong"])
@pytest.mark.parametrize("name", ["share-link", "tooltip", "promo", "related-term", "video-link", "newsletter", "ad-x"])
def test_a_name_within_a_sentence_stays_whatever_its_class(tag: str, name: str) -> None:
    text = f"They met <{tag} class='{name}'>Ann Poe</{tag}>, the miller, and <{tag} class='{name}'>Tom Roe</{tag}>."

    assert "They met Ann Poe, the miller, and Tom Roe." in body(paragraphs(*PROSE[:2], text, *PROSE[2:]))


def test_hidden_words_and_labels_in_a_paragraph_go() -> None:
    hidden = "Of the <span class='sr-only'>Skip</span> saw spoke Ann Poe."
    label = "<span class='share-bar'>Share</span> Nobody spoke of the saw."

    found = body(paragraphs(*PROSE[:2], hidden, label, *PROSE[2:]))

    assert "Skip" not in found
    assert "Share" not in found


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p><a>Anstey</a>, <a>Bredon</a>, <a>Welland</a></p>", "Anstey, Bredon, Welland"),
        ("<p><a>Anstey</a>; <a>Bredon</a> and <a>Welland</a>.</p>", "Anstey; Bredon and Welland."),
        ("<p><a>延岡市</a>、<a>西都市</a>、<a>木城町</a></p>", "延岡市、西都市、木城町"),
        (
            "<p>The winners:</p><ul><li><a>Ann Poe</a></li><li><a>Tom Roe</a></li></ul>",
            "The winners:\n\nAnn Poe\n\nTom Roe",
        ),
    ],
)
def test_links_that_are_the_news_stay(markup: str, text: str) -> None:
    assert text in body(paragraphs(*PROSE[:2]) + markup + paragraphs(*PROSE[2:]))


def test_links_to_other_stories_go() -> None:
    links = "<ul><li><a>Mill burns down</a></li><li><a>Bridge stays shut</a></li></ul>"

    assert "Mill" not in body(paragraphs(*PROSE[:2]) + "<p>Related stories:</p>" + links + paragraphs(*PROSE[2:]))


def test_paragraphs_under_linked_subheads_stay() -> None:
    inner = paragraphs(*PROSE[:2]) + "<h2><a href='/t/2'>Of cake</a></h2>" + paragraphs(*PROSE[2:])

    assert body(inner).split("\n\n") == [*PROSE[:2], "Of cake", *PROSE[2:]]


@pytest.mark.parametrize(
    "label",
    [
        "3 minutes ago", "vor 5 Minuten", "il y a 2 heures", "hace 2 horas", "5 min siden", "2 uur geleden",
        "2 часа назад", "10분 전", "5分钟前", "14:32", "Jan 12, 2031", "12 January 2031", "2h",
    ],
)  # fmt: skip
def test_another_story_with_a_time_of_its_own_goes(label: str) -> None:
    story = f"<div><div><span>{label}</span><h3>Mill burns down</h3><div>{paragraphs(*OTHER)}</div></div></div>"

    assert body(paragraphs(*PROSE), tail=story).split("\n\n") == list(PROSE)


def test_the_next_article_goes() -> None:
    for tail in (
        f"<article><h2>Mill burns down</h2>{paragraphs(*OTHER)}</article>",
        f"<div><h1>Mill burns down</h1>{paragraphs(*OTHER)}</div>",
    ):
        assert body(paragraphs(*PROSE), tail=tail).split("\n\n") == list(PROSE)


def test_the_entries_of_a_live_blog_stay() -> None:
    entry = f"<div><div><time>14:32</time><h3>Mill burns down</h3>{paragraphs(*OTHER)}</div></div>"
    live = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Quarry opens again"}</script>'

    assert body(paragraphs(*PROSE) + entry, head=live).endswith(OTHER[1])


def test_a_quotation_in_a_figure_is_text_and_one_that_repeats_a_paragraph_is_not() -> None:
    quotation = "<figure><blockquote><p>“{}”</p></blockquote><figcaption>Ann Poe</figcaption></figure>"
    new = "Whoever has cut stone for a life hears in a day whether a saw is any good, and this one is."

    assert new in body(paragraphs(*PROSE[:2]) + quotation.format(new) + paragraphs(*PROSE[2:]))
    pulled = quotation.format("The saw was shown to the neighbours last week")
    assert body(paragraphs(*PROSE[:2]) + pulled + paragraphs(*PROSE[2:])).split("\n\n") == list(PROSE)


def test_a_request_for_consent_longer_than_the_article_is_not_the_text() -> None:
    notice = paragraphs(*("We and our partners keep cookies on your device to show what you may like. " * 3,) * 3)

    assert body(paragraphs(*PROSE[:2]), outside=f"<div>{notice}</div>").split("\n\n") == list(PROSE[:2])


def test_a_box_with_a_vague_name_around_headline_and_text_is_no_furniture() -> None:
    markup = (
        "<html><body><div id='app'><h1>Quarry opens again</h1>" + paragraphs(*PROSE) + "</div><div class='x'>"
        + paragraphs(*(text * 3 for text in OTHER)) + "</div></body></html>"
    )  # fmt: skip
    (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())

    assert isinstance(draft, Draft)
    assert PROSE[0] in draft.body


def test_text_that_only_a_script_holds_is_found() -> None:
    blocks = ",".join(f'{{"type": "p", "text": "{text}"}}' for text in PROSE[:3])
    for script in (
        f'<script id="__NEXT_DATA__" type="application/json">{{"props": {{"body": [{blocks}]}}}}</script>',
        f'<script>window.__STATE__ = {{"story": {{"content": [{blocks}]}}}};</script>',
    ):
        markup = f"<html><head><title>Quarry opens again</title></head><body><div id=root></div>{script}</body></html>"
        (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())
        assert isinstance(draft, Draft)
        assert draft.body.split("\n\n") == list(PROSE[:3])


def test_the_bar_of_an_archive_goes_and_the_page_keeps_its_own_address() -> None:
    bar = f"<div id='wm-ipp-base'><div>35 captures</div>{paragraphs(*OTHER)}</div>"
    link = "<link rel=canonical href='https://archive.example/web/20310113081500/https://bugle.example/quarry'>"
    markup = (
        f"<html><head><title>Quarry opens again</title>{link}</head><body>{bar}<h1>Quarry opens again</h1>"
        f"{paragraphs(*PROSE[:2])}</body></html><!-- FILE ARCHIVED ON 08:15:00 Jan 20, 2031 AND RETRIEVED FROM … -->"
    )
    (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())

    assert isinstance(draft, Draft)
    assert draft.body.split("\n\n") == list(PROSE[:2])
    assert draft.url[0].value == "https://bugle.example/quarry"
    assert draft.crawled == "2031-01-20T08:15:00Z"


@pytest.mark.parametrize(
    ("comment", "url", "taken"),
    [
        ("saved from url=(0028)https://bugle.example/quarry ", "https://bugle.example/quarry", ""),
        (
            "\n Page saved with SingleFile \n url: https://bugle.example/quarry \n"
            " saved date: Mon Jan 20 2031 10:00:00 GMT+0100 (Central European Standard Time)\n",
            "https://bugle.example/quarry",
            "2031-01-20T10:00:00+01:00",
        ),
    ],
)
def test_a_browser_notes_what_it_saved(comment: str, url: str, taken: str) -> None:
    markup = f"<!DOCTYPE html><!--{comment}--><html><body><h1>Quarry opens again</h1>{paragraphs(*PROSE)}</body></html>"
    (draft,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())

    assert isinstance(draft, Draft)
    assert (draft.url[0].value, draft.crawled) == (url, taken)


TAGS = st.sampled_from(
    ["p", "div", "li", "ul", "td", "tr", "table", "h1", "h2", "figure", "blockquote", "article", "a"]
)


@given(st.lists(st.tuples(TAGS, st.sampled_from([*PROSE, *SHORT, "14:32", ""])), max_size=30))
def test_no_order_of_elements_makes_it_raise(parts: list[tuple[str, str]]) -> None:
    markup = "".join(f"<{tag}>{text}" + (f"</{tag}>" if number % 3 else "") for number, (tag, text) in enumerate(parts))
    (found,) = page.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())

    assert isinstance(found, Draft | Rejected)
