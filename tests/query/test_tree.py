"""Every node class does what walkers, printers and the planner need of it: a new operator fails here until it does."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from morgue.engine.search.plan import Planner
from morgue.query import foreign, outline, parse, printer, shape
from morgue.query import tree as t

A, B, C = t.Word("dam"), t.Word("port"), t.Word("strike")
ONE_OF_EACH = (
    A,
    t.Pattern("prefix", "har"),
    t.Phrase((A, B)),
    t.Near(A, B, 5),
    t.AtLeast(3, A),
    t.FirstWords(50, A),
    t.AllCaps(A),
    t.Value("id", "x1"),
    t.NumberRange("words", 1, 5),
    t.DateRange("published", 0, 86_399, 0, 86_399),
    t.Has("byline"),
    t.Everything(),
    t.Nothing(),
    t.And((A, B)),
    t.Or((A, B)),
    t.Not(A),
    t.Filter(A, B),
    t.Optional(A, B),
    t.Boost(A, 2.0),
)
each_node = pytest.mark.parametrize("node", ONE_OF_EACH, ids=[type(node).__name__ for node in ONE_OF_EACH])


def held_by(node):
    """The nodes in a node's attributes."""
    values = [getattr(node, field.name) for field in fields(node)]
    return [part for value in values for part in (value if isinstance(value, tuple) else (value,)) if is_node(part)]


def is_node(value):
    return isinstance(value, get_args(t.Node))


def test_there_is_one_of_each_class():
    assert {type(node) for node in ONE_OF_EACH} == set(get_args(t.Node))


@each_node
def test_children_are_the_nodes_that_it_holds(node):
    assert list(node.children) == held_by(node)
    assert node.with_children(node.children) == node


@each_node
def test_other_children_replace_them_and_nothing_else(node):
    others = tuple(t.Word(f"other{number}") for number in range(len(node.children)))
    changed = node.with_children(others)

    assert type(changed) is type(node)
    assert changed.children == others
    assert changed.with_children(node.children) == node


@each_node
def test_a_wrong_number_of_children_is_refused_where_the_number_is_fixed(node):
    if node.parts:
        with pytest.raises(ValueError, match="zip"):
            node.with_children((*node.children, C))


@each_node
def test_it_is_printed_and_parses_to_the_same_tree(node):
    assert parse(printer.to_text(node, tz="UTC"), options=options()).tree == node


@each_node
def test_its_outline_has_a_line_for_each_node(node):
    lines = outline(node, tz="UTC")

    assert all(line.strip() for line in lines)
    assert len(lines) == (1 if isinstance(node, t.Phrase) else 1 + len(node.children))


@each_node
@pytest.mark.parametrize("syntax", ["lexis", "factiva", "lucene", "whoosh"])
def test_other_syntaxes_say_it_or_refuse_it(node, syntax):
    try:
        text, _ = foreign.write(node, syntax, "UTC")
    except ValueError as error:
        text = str(error)
    assert "cannot be expressed in" in text or all(term.text in text for term in t.terms(node)[:1])


@each_node
def test_the_planner_has_a_plan_for_it(node):
    assert Planner([], ["en"], 0, lambda _: None).plan(node)


@each_node
def test_what_cannot_be_near_anything_has_a_name_for_the_message(node):
    assert bool(shape.unplaced(node)) == (not node.positional and not isinstance(node, t.Or))


@each_node
def test_places_are_changed_in_the_whole_tree(node):
    from morgue.runtime.frozen import replace

    moved = t.transform(node, lambda part: replace(part, start=3, end=4))

    assert moved == node
    assert all((part.start, part.end) == (3, 4) for part in t.walk(moved))


def test_a_walk_goes_top_down_and_left_to_right_and_may_leave_classes_out():
    tree = t.And((t.Filter(A, t.Not(B)), t.Or((C, t.Phrase((B, A))))))

    assert t.terms(tree) == [A, B, C, B, A]
    assert [part for part in t.walk(tree, without=(t.Not, t.Phrase)) if isinstance(part, t.Word)] == [A, C]
    assert next(t.walk(tree)) is tree


def test_a_change_sees_children_first():
    seen = []
    t.transform(t.Not(t.And((A, B))), lambda part: seen.append(type(part)) or part)

    assert seen == [t.Word, t.Word, t.And, t.Not]


def options():
    from morgue.query import ParseOptions

    return ParseOptions(tz="UTC")
