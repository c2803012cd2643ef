"""Whatever is typed ends in a tree or a QueryError that points into the text, soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from morgue.errors import QueryError
from morgue.query import ParseOptions, outline, parse, to_text
from support.query_strategies import NOW

SYNTAXES = ("native", "lexis", "factiva", "lucene", "whoosh")
PIECES = (
    "deer", "the", "US", "U.S.", "AND", "OR", "NOT", "and", "not", "(", ")", '"', "“", "”", "'", "’", "-", "+", "=",
    "*", "?", "~", "~2", "^", "^2", "^0", "/", "/a.*/", "/(a", "/F50/", "w/5", "w/s", "pre/3", "not w/5", "w/", "/5 ",
    "/s ", "@", "@desk", "headline:", "hl", "date:", "words:", "country:", "id:", "nope:", ":", "..", ">", ">=", "<",
    "last week", "2026-01", "7d", "500", "atleast5(", "allcaps(", "filter(", "prefer(", "nothing()", "[", "]", "{",
    "|", "||", "&&", "!", "\\", "\\AND", " ", "  ", '\t', '\n', "é", "東京", '\u200b', "́", "ＡＮＤ", "http://x.org/?a=b",
    "a@b.org", "10:30", "$3", "hl=", "from", "to", "since", '\x00', '\ud800', "😀", "TO", "near5", "same",
    "date aft 2025", "!", "recycl!", "ANDNOT", "ANDMAYBE", "REQUIRE", "'b c'", 'r"a.*"', "*:*", "[1 TO 5]", "{a TO b}",
    "words:{TO 0}", "date:[2026 TO", "~/3", "~2/0", '"a* (b OR c)"', '"~5', "[a-c]*",
)  # fmt: skip

typed = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(max_size=60),
)


def attempt(text, options, syntax):
    """The query as parsed, or the error."""
    try:
        return parse(text, options=options, syntax=syntax), None
    except QueryError as error:
        return None, error


@pytest.mark.parametrize("syntax", SYNTAXES)
@settings(max_examples=100, deadline=2000)
@given(text=typed, any_=st.booleans())
@example(text='date:"', any_=False)
@example(text="headline:", any_=False)
@example(text="¼~", any_=False)
@example(text="?¼", any_=False)  # a fraction is folded to three characters, which are two words
@example(text="a w/5 b not w/s c /F5/ /F6/^2^3", any_=True)
def test_any_text_is_read_or_refused_with_its_place(syntax, text, any_):
    options = ParseOptions(tz="UTC", now=NOW, any_=any_, saved={"desk": "deer OR @desk"})
    parsed, error = attempt(text, options, syntax)
    if error is not None:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.query == text
        assert error.message
        assert not error.message.endswith(".")
    if parsed is not None:
        printed = to_text(parsed.tree, tz="UTC")
        again = parse(printed, options=ParseOptions(tz="UTC", now=NOW))
        assert again.tree == parsed.tree, printed
        assert outline(parsed.tree, tz="UTC")
        assert all(notice.end <= len(text) for notice in parsed.notices)


@pytest.mark.parametrize("typed", ["gov**", "gov*$3", "0**"])
def test_several_stars_at_the_end_are_the_prefix_that_one_is(typed):
    parsed = parse(typed, options=ParseOptions(tz="UTC", now=NOW), syntax="factiva")
    once = parse(typed[0:3].rstrip("*") + "*", options=ParseOptions(tz="UTC", now=NOW))
    assert parsed.tree == once.tree


@pytest.mark.parametrize("syntax", SYNTAXES)
@settings(max_examples=100, deadline=2000)
@given(text=typed)
def test_lenient_reading_never_fails(syntax, text):
    options = ParseOptions(tz="UTC", now=NOW, lenient=True, saved={"desk": "deer AND ("})
    parsed = parse(text, options=options, syntax=syntax)
    _, error = attempt(text, ParseOptions(tz="UTC", now=NOW, saved={"desk": "deer AND ("}), syntax)

    assert error is None or parsed.notices, "an error without a trace"


HUGE = {
    "parentheses": "(" * 10_000,
    "closed parentheses": "(" * 5_000 + "a" + ")" * 5_000,
    "negations": "NOT " * 5_000 + "a",
    "minuses": "-(" * 5_000,
    "near chain": "a w/5 " * 3_000 + "b",
    "many words": "word " * 4_000,
    "one word": "a" * 20_000,
    "stars": "*" * 20_000,
    "question marks": "a" + "?" * 19_000,
    "quotes": '"' * 19_999,
    "single quotes": " 'a" * 6_000,
    "backslashes": "\\" * 19_999,
    "carets": "a" + "^2" * 9_000,
    "first words": "a" + "/F5/" * 4_000,
    "regex": "/" + "(a+)+" * 3_000 + "/",
    "fields": "headline:" * 2_000,
    "dates": "date:" + "9" * 19_000,
    "date words": "date:" + "last " * 4_000,
    "numbers": "words:>" + "9" * 19_000,
    "weights": "a^" + "9" * 10_000,
    "distances": "a w/" + "9" * 10_000 + " b",
    "slashes": "/a" * 9_000,
    "alternatives": '"(' + "a|" * 9_000 + 'a)"',
    "functions": "atleast5(" * 2_000,
    "accents": "e" + "\u0301" * 19_000,
    "escapes": "\\(" * 9_000,
    "too long": "a " * 50_000,
    "dots": "a." * 9_000,
    "tildes": "a" + "~" * 19_000,
    "colons": "a" + ":" * 19_000,
}


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("name", HUGE)
def test_huge_queries_end_soon(name, lenient, syntax):
    started = time.process_time()
    _, error = attempt(HUGE[name], ParseOptions(tz="UTC", now=NOW, lenient=lenient), syntax)

    assert error is None or not lenient

    assert time.process_time() - started < 2.0
