"""Pages made to cost too much: refused with a reason, or read, in bounded time."""

from __future__ import annotations

import io
import time

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.html import page as html
from support.page_samples import ARTICLE, TEXT, page

TOO_COSTLY = "HTML nested too deeply, or with too many attributes in a tag, to parse in reasonable time"


def read(markup: str) -> Draft | Rejected:
    (found,) = html.read(io.BytesIO(markup.encode()), "a.html", ReadOptions())
    return found


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<div>" * 100_000 + "</div>" * 100_000,
        "<div></x>" * 300_000,
        "<b><p>" * 100_000,
        "<ul><li>" * 60_000,
        "".join(f"<b id={n}>" for n in range(60_000)),
        "<div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
        "<div " + " ".join(f'a{n}="<>"' for n in range(60_000)) + ">",
        '<a "> <div ' + " ".join(f"a{n}" for n in range(300_000)) + '> "',
        '<a b="' * 200_000,
        "<a " * 300_000,
    ],
    ids=[
        *("open", "closed", "unmatched", "formatting", "lists", "ids", "attributes", "quoted", "hidden"),
        *("unclosed quotes", "unclosed tags"),
    ],
)
def test_what_costs_the_square_of_its_size_is_refused(markup: str) -> None:
    start = time.process_time()

    assert read(markup) == Rejected("a.html", 0, TOO_COSTLY)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "markup",
    [
        page("", f'<div data-state="{"x" * 3_000_000}">{ARTICLE}</div>'),
        page("", "<div>" * 400 + ARTICLE + "</div>" * 400),
        page("<script>var a = '" + "<div>" * 50_000 + "';</script>", ARTICLE),
        page("<!-- " + "<div>" * 50_000 + " -->", ARTICLE),
        page('<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>", ARTICLE),
        page('<script type="application/ld+json">' + "[" * 500_000 + "</script>", ARTICLE),
        page(f"<title>{'a - ' * 50_000}</title>", ARTICLE),
        page("<meta name=author content=x>" * 5_000, ARTICLE),
    ],
    ids=["attribute", "deep", "script", "comment", "objects", "arrays", "title", "metas"],
)
def test_what_only_looks_dangerous_is_read(markup: str) -> None:
    start = time.process_time()
    draft = read(markup)

    assert isinstance(draft, Draft)
    assert draft.body == TEXT
    assert time.process_time() - start < 5


def test_a_page_of_fifty_megabytes_is_refused() -> None:
    found = read("<p>Some words of a page.</p>\n" * 1_800_000)

    assert found == Rejected("a.html", 0, "HTML of 50 MiB; the limit for a page is 16 MiB")


def test_a_page_of_a_million_tags_is_refused() -> None:
    assert read("<p>a" * 1_000_001) == Rejected("a.html", 0, "HTML of more than 1,000,000 tags")
