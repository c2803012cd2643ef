"""Regular expressions that are admitted fit what Python's `re` says they fit, in bounded time."""

from __future__ import annotations

import re
import time
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.engine.search import automata, patterns
from morgue.query import parse
from morgue.query import tree as t
from morgue.query.regex import MAX_LENGTH, problem

WORDS = sorted("".join(letters) for size in range(6) for letters in product("ab1", repeat=size))


def found(expression, words):
    automaton, start = automata.regex(expression)
    return [words[index] for index in automata.walk(words, automaton, 0, len(words)) if words[index].startswith(start)]


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+b",
        "(d+)+",
        "(a|ab)*(b|1)",
        "((a|b){2}){1,2}",
        "(a*)*1?",
        "(?:a?){3}b{2,}",
        r"(\w\d?)+",
        "([^b]+|b1)+",
        "(|a)+b",
    ],
)
def test_nested_repetitions_find_what_they_fit(expression):
    assert parse(f"/{expression}/").tree == t.Pattern("regex", expression)
    assert found(expression, WORDS) == [word for word in WORDS if re.fullmatch(expression, word)]


parts = st.recursive(
    st.sampled_from(["a", "b", "1", ".", "[a1]", "[^b]", r"\d", r"\D", r"\w", ""]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"])).map(
            "({0[0]}){0[1]}".format
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(parts)
def test_any_expression_finds_what_it_fits(expression):
    words = WORDS[::3]

    assert not problem(expression)
    assert found(expression, words) == [word for word in words if re.fullmatch(expression, word)]


HOSTILE = [
    "(a+)+b",
    "(a|a)*b",
    "(.*a){12}",
    "((a?){30}){30}",
    "(.?){900}(.?){900}x",
    ".*[a-m].{0,90}z",
    "(((.?){20}){20})+q",
]


@pytest.mark.parametrize("expression", [*HOSTILE, "(?:(?:(?:){1000}){1000}){1000}"])
def test_hostile_expressions_are_refused_or_looked_up_in_bounded_time(expression, monkeypatch):
    monkeypatch.setattr(patterns, "MAX_EXPANSION_SECONDS", 0.3)
    words = sorted({"".join(letters) for letters in product("abnz", repeat=8)})[::5]
    surfaces = SimpleNamespace(words=words, text="\n".join(["", *words, ""]))
    segment = SimpleNamespace(surfaces=lambda _: surfaces)
    begun = time.process_time()
    if not problem(expression):
        patterns.expand([segment], "text", t.Pattern("regex", expression))  # type: ignore[list-item]

    assert time.process_time() - begun < 1.5


@pytest.mark.parametrize("expression", HOSTILE)
def test_nothing_hostile_needs_to_be_refused(expression):
    assert not problem(expression)


def test_a_search_that_runs_out_of_time_says_so(monkeypatch):
    monkeypatch.setattr(patterns, "MAX_EXPANSION_SECONDS", -1.0)
    surfaces = SimpleNamespace(words=["aab", "ab"], text="\naab\nab\n")
    segment = SimpleNamespace(surfaces=lambda _: surfaces)

    assert patterns.expand([segment], "text", t.Pattern("regex", "(a+)+b")).cut  # type: ignore[list-item]


def test_length_and_size_are_bounded():
    assert problem("a" * (MAX_LENGTH + 1)) == "it is longer than 200 characters"
    assert problem("a{1001}") == "more than 1000 repeats"
    assert problem("(a{200}){200}") == "the expression is too large"
