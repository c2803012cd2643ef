"""Canonical text: what is printed is read as the same tree; outlines for people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.query import ParseOptions, outline, parse, to_text
from support.query_strategies import NOW, trees

OPTIONS = ParseOptions(tz="Asia/Tokyo", now=NOW)


@pytest.mark.parametrize("tz", ["UTC", "Asia/Tokyo", "America/New_York", "America/Sao_Paulo"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_parsing_a_printed_tree_gives_the_tree(data, tz):
    tree = data.draw(trees(tz))
    text = to_text(tree, tz=tz)

    parsed = parse(text, options=ParseOptions(tz=tz, now=NOW))

    assert parsed.tree == tree, text


@settings(max_examples=60, deadline=None)
@given(tree=trees("UTC"))
def test_printed_trees_mean_the_same_when_words_are_joined_by_or(tree):
    text = to_text(tree, tz="UTC")

    assert parse(text, options=ParseOptions(tz="UTC", now=NOW, any_=True)).tree == tree, text


@settings(max_examples=60, deadline=None)
@given(tree=trees("UTC"))
def test_outlines_have_a_line_per_node_above_the_phrases(tree):
    lines = outline(tree, tz="UTC")

    assert lines
    assert all(line.strip() for line in lines)
