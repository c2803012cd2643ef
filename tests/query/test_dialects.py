"""Lexis, Factiva and Lucene queries: what they mean in our language, and what is said where the two differ."""

from __future__ import annotations

import pytest

from morgue.errors import QueryError
from morgue.query import ParseOptions, parse, to_text
from morgue.query.translation import translate
from support.query_strategies import NOW

OPTIONS = ParseOptions(tz="UTC", now=NOW)

# syntax, query, ours, a part of each note
TRANSLATIONS = (
    ("lexis", "oil and spill", "oil AND spill", ()),
    ("lexis", "oil or gas and spill", "(oil OR gas) AND spill", ()),
    ("lexis", "oil or gas w/5 spill and tanker", "(oil OR gas) w/5 spill AND tanker", ()),
    ("lexis", "oil and not spill", "oil AND NOT spill", ()),
    ("lexis", "oil but not spill", "oil AND NOT spill", ()),
    ("lexis", "oil spill", '"oil spill"', ("a phrase in Lexis",)),
    ("lexis", "forced labor! w/5 remains", '"forced labor*" w/5 remains', ("a phrase in Lexis",)),
    ("lexis", "recycl!", "recycl*", ()),
    ("lexis", "wom*n", "wom?n", ("one character in Lexis",)),
    ("lexis", "oil pre/3 spill", "oil pre/3 spill", ()),
    ("lexis", "oil onear/3 spill", "oil pre/3 spill", ()),
    ("lexis", "oil /s spill", "oil w/s spill", ()),
    ("lexis", "oil w/p spill", "oil w/p spill", ()),
    ("lexis", "oil w/seg spill", "oil AND spill", ("read as AND",)),
    ("lexis", "oil not w/5 spill", "oil not w/5 spill", ()),
    ("lexis", "HEADLINE(oil) and BODY(spill)", "headline:oil AND body:spill", ()),
    ("lexis", "hlead(oil or gas)", "hlead:oil OR hlead:gas", ()),
    ("lexis", "PUBLICATION(reuters)", "source:reuters", ()),
    ("lexis", "byline(smith) and dateline(paris)", "byline:smith AND location:paris", ()),
    ("lexis", "atleast5(oil)", "atleast5(oil)", ()),
    ("lexis", "allcaps(aids)", "allcaps(aids)", ()),
    ("lexis", "caps(apple)", "apple", ("caps() is left out",)),
    ("lexis", "length > 500 and oil", "words:501.. AND oil", ()),
    ("lexis", "date is 2025 and oil", "date:2025 AND oil", ()),
    ("lexis", "oil and date aft 2025", "oil AND date:2026-01-01..", ()),
    ("lexis", "oil and date bef 1/13/2026", "oil AND date:..2026-01-12", ("month/day/year: 2026-01-13",)),
    ("lexis", '"oil spill" w/10 tanker', '"oil spill" w/10 tanker', ()),
    ("factiva", "oil spill", '"oil spill"', ("a phrase in Factiva",)),
    ("factiva", "oil w/5 spill", "oil pre/5 spill", ("this order in Factiva",)),
    ("factiva", "oil w5 spill", "oil pre/5 spill", ("this order in Factiva",)),
    ("factiva", "oil near5 spill", "oil w/5 spill", ()),
    ("factiva", "oil /N5/ spill", "oil w/5 spill", ()),
    ("factiva", "oil adj5 spill", "oil pre/5 spill", ()),
    ("factiva", "oil same spill", "oil w/p spill", ()),
    ("factiva", "atleast5 oil and spill", "atleast5(oil) AND spill", ()),
    ("factiva", "budget/F50/", "budget/F50/", ()),
    ("factiva", "oil not spill", "oil AND NOT spill", ()),
    ("factiva", "hd=tanker and hl=oil", "headline:tanker AND headline:oil", ()),
    ("factiva", "hlp=(oil or gas)", "hlead:oil OR hlead:gas", ()),
    ("factiva", "wc>500 and oil", "words:501.. AND oil", ()),
    ("factiva", "la=en and oil", "language:en AND oil", ()),
    ("factiva", 'by="paul byrne"', 'byline:"paul byrne"', ()),
    ("factiva", "child$3", "child*", ("any number of letters",)),
    ("factiva", "wom?n", "wom?n", ()),
    ("factiva", "ns=gdip", "keywords:gdip", ("codes",)),
    ("factiva", "date from 19990201 to 19990301 and oil", "date:1999-02-01..1999-03-01 AND oil", ()),
    ("factiva", "date after 20260101 and oil", "date:2026-01-02.. AND oil", ()),
    ("factiva", "date after -7 and oil", "date:2026-11-16..2026-11-23 AND oil", ("last 7 days",)),
    ("lucene", "oil AND spill", "oil AND spill", ()),
    ("lucene", "oil && spill || tanker", "(oil AND spill) OR tanker", ()),
    ("lucene", "oil !spill", "oil AND NOT spill", ()),
    ("lucene", "+oil -spill", "oil AND NOT spill", ()),
    ("lucene", '"oil spill"~5', "oil w/6 spill", ("read as w/6",)),
    ("lucene", "headline:(oil spill)", "headline:oil AND headline:spill", ()),
    ("lucene", "slugline:oil AND body_html:spill", "slug:oil AND body:spill", ()),
    ("lucene", "wordcount:>100", "words:101..", ()),
    ("lucene", "wordcount:[100 TO 500]", "words:100..500", ()),
    ("lucene", "versioncreated:[2026-01-01 TO 2026-01-31]", "updated:2026-01", ()),
    ("lucene", "versioncreated:[now-7d/d TO *]", "updated:2026-11-16T05:00:00Z..", ()),
    ("lucene", "firstcreated:{2026-01-01 TO 2026-02-01}", "date:2026-01-01..2026-02-01", ("exclude the ends",)),
    ("lucene", "_exists_:byline", "byline:*", ()),
    ("lucene", "*:*", "*", ()),
    ("lucene", "oil~1 /sp.ll/ tank*^2", "oil~ AND /sp.ll/ AND tank*^2", ()),
)  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "query", "ours", "notes"), TRANSLATIONS, ids=[f"{r[0]}: {r[1]}" for r in TRANSLATIONS]
)
def test_dialects_are_read(syntax, query, ours, notes):
    parsed = parse(query, options=OPTIONS, syntax=syntax)

    assert to_text(parsed.tree, tz="UTC") == ours
    said = [notice.message for notice in parsed.notices]
    assert len(said) == len(notes)
    assert all(any(note in message for message in said) for note in notes)


@pytest.mark.parametrize(
    ("syntax", "query", "message", "place"),
    [
        ("lexis", "foo(oil)", "unknown segment 'foo'", (0, 3)),
        ("lexis", "oil and", "AND needs something after it, not the end", (4, 7)),
        ("lexis", "oil w/5", "w/5 needs something after it, not the end", (4, 7)),
        ("lexis", "(oil", "the parenthesis is not closed", (0, 1)),
        ("lexis", "date aft someday", "invalid date 'someday'", (0, 16)),
        ("factiva", "xx=5", "unknown field 'xx'", (0, 2)),
        ("factiva", '"oil', "the quotation mark is not closed", (0, 1)),
        ("lucene", "nope:[1 TO 2]", "unknown field 'nope'", (0, 5)),
        ("lucene", "oil AND", "AND needs something after it, not the end", (4, 7)),
    ],
)
def test_errors_of_dialects_know_their_place(syntax, query, message, place):
    with pytest.raises(QueryError) as caught:
        parse(query, options=OPTIONS, syntax=syntax)

    assert (caught.value.message, (caught.value.start, caught.value.end)) == (message, place)


WRITTEN = (
    ("oil w/5 spill", "lexis", "oil w/5 spill"),
    ("oil w/5 spill", "factiva", "oil near5 spill"),
    ("oil pre/5 spill", "factiva", "oil w/5 spill"),
    ("oil w/5 spill", "lucene", '"oil spill"~4'),
    ("oil OR gas", "lexis", "oil OR gas"),
    ("(oil OR gas) AND tanker", "lexis", "(oil OR gas) AND tanker"),
    ("oil -spill", "lucene", "oil AND NOT spill"),
    ("recycl*", "lexis", "recycl!"),
    ("wom?n", "lexis", "wom*n"),
    ("recycl*", "factiva", "recycl*"),
    ("headline:oil", "lexis", "HEADLINE(oil)"),
    ("headline:oil", "factiva", "hd=oil"),
    ('byline:"paul byrne"', "lucene", 'byline:"paul byrne"'),
    ("atleast3(oil)", "factiva", "atleast3(oil)"),
    ("date:2026-01..2026-03", "lucene", "firstcreated:[2026-01 TO 2026-03]"),
    ("date:2026-01-01..2026-01-15", "factiva", "date from 20260101 to 20260115"),
    ("date:2026-01-13", "lexis", "date is 2026-01-13"),
    ("words:>500", "factiva", "wc >= 501"),
    ("oil", "native", "oil"),
)


@pytest.mark.parametrize(("query", "to", "text"), WRITTEN)
def test_ours_in_other_syntaxes(query, to, text):
    assert translate(query, "native", to, OPTIONS).text == text


def test_a_translation_carries_the_notes_of_both_sides():
    translation = translate("oil w/5 spills", "factiva", "lucene", OPTIONS)

    assert translation.text == '"oil spills"~4'
    assert [note.code for note in translation.notes] == ["dialect"] * len(translation.notes)
    assert any("this order in Factiva" in note.message for note in translation.notes)
    assert any("order of the words is not kept" in note.message for note in translation.notes)


@pytest.mark.parametrize(("query", "to"), [("shrne~", "lexis"), ("oil w/s spill", "lucene"), ("slug:oil", "lexis")])
def test_what_cannot_be_said_is_refused(query, to):
    with pytest.raises(QueryError, match="cannot be expressed in"):
        translate(query, "native", to, OPTIONS)
