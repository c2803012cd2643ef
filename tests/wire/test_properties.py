"""Properties: no text makes resolve_draft raise, and no character of a story is lost."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Article, Claim, Context, Draft, PlaceClaim
from morgue.wire import byline, resolve_draft, taglines
from morgue.wire.dateline import scan
from morgue.wire.gazetteer import places

CONTEXT = Context(path="2026/01/13/a.txt", now=1.8e9, modified=1.7e9)
PIECES = [
    "OSLO, Oct 12 (Reuters) - ", "NARA, Japan (AP) — ", "By ROSA OAKES", "AP Writer", "___", "-30-", "###", "(", ")",
    "—",
    " - ", "\n", "\n\n", "    ", "Tuesday", "Copyright 2026 The Associated Press.", "Rosa contributed to this report.",
    "(Reporting by A; Editing by B)", "BC-AS--Slug, 1st Ld,300<", "Eds: x", "FOR IMMEDIATE RELEASE", "Contact: x", "* ",
    "The fish was eaten.", "a", "1", "\t", "\x00", "\u2028", "【ソウル＝", "】", "新华社北京4月24日电", "Headline: x",
    "REUTER", "…",
    "Embargoed until", "13 January 2026", "A Short Line", "The following information is not for publication",
]  # fmt: skip
COPY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=25).map("".join)


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


@given(COPY)
@settings(max_examples=300, deadline=None)
def test_no_wire_text_makes_settle_raise_or_lose_a_letter(text: str) -> None:
    found = resolve_draft(Draft(format="text", layout="wire", body=text), CONTEXT)
    if isinstance(found, Article):
        kept = found.headline + found.body + "".join(part for _, part in found.furniture)
        assert not _letters(text) - _letters(kept)


@given(COPY, st.lists(st.integers(0, 9), max_size=3))
@settings(max_examples=300, deadline=None)
def test_no_story_makes_settle_raise_or_lose_a_letter(text: str, subheads: list[int]) -> None:
    found = resolve_draft(Draft(format="x", body=text, subheads=tuple(subheads)), CONTEXT)
    if isinstance(found, Article):
        kept = found.body + "".join(part for _, part in found.furniture)
        assert not _letters(text) - _letters(kept)
        assert all(0 <= number < len(found.body.split("\n\n")) for number in found.subheads)


@given(COPY, COPY, COPY, COPY)
@settings(max_examples=200, deadline=None)
def test_no_claims_make_settle_raise(one: str, two: str, three: str, four: str) -> None:
    draft = Draft(
        format="x", body="A text.", headline=[Claim(one, "a")], published=[Claim(two, "b"), Claim(three, "c")],
        updated=[Claim(four, "d")], embargo=[Claim(one, "e")], byline=[Claim(two, "f")], people=[Claim(three, "g")],
        contributors=[Claim(four, "h")], dateline=[Claim(one, "i")],
        places=[PlaceClaim(how="j", raw=two), PlaceClaim(how="k", city=three, region=four, country=one)],
        source=[Claim(two, "l")], status=[Claim(three, "m")], version=[Claim(four, "n")], language=[Claim("en", "o")],
    )  # fmt: skip

    assert isinstance(resolve_draft(draft, CONTEXT), Article)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_scanners_take_any_text(text: str) -> None:
    found = scan.find(text)
    if found:
        assert 0 < found.end <= len(text)
    scan.field(text)
    byline.people(text)
    byline.line(text)
    places.resolve(text)
    places.country(text)
    taglines.contributors(text)


WORDS = st.sampled_from(
    [
        "the",
        "a",
        "fish",
        "harbor",
        "Oslo",
        "Tuesday",
        "said",
        "mayor",
        "of",
        "in",
        "and",
        "Reuters",
        "tin",
        "rose",
        "to",
        "for",
        "by",
        "AP",
        "London",
    ]
)


@given(st.lists(WORDS, min_size=3, max_size=12).map(" ".join))
def test_a_sentence_in_lower_case_is_no_dateline(sentence: str) -> None:
    assert scan.find(f"the {sentence} - and so on") is None
    assert scan.find(f"the {sentence} (Reuters) - and so on") is None


@pytest.mark.parametrize(
    "piece", ["A", "A, ", "(", "- ", "\n", "A\n", "and ", "1. ", "By A B, ", "【", "(Reporting by ", "___\n\n"]
)
def test_hostile_copy_costs_by_its_length(piece: str) -> None:
    def spent(size: int) -> float:
        began = time.process_time()
        resolve_draft(Draft(format="x", body=piece * (size // len(piece))), CONTEXT)
        return time.process_time() - began

    spent(1000)
    # Twenty times the text may cost some twenty times the time; a quadratic step would cost four hundred times.
    assert spent(100_000) < 100 * max(spent(5_000), 0.002)
