"""The shape of a tree: joining the members of a list, what may stand near what, walking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from morgue.query import fields
from morgue.query.lexer import Token
from morgue.query.problems import Reporter
from morgue.query.tree import (
    AllCaps,
    And,
    AtLeast,
    Boost,
    DateRange,
    Everything,
    Filter,
    FirstWords,
    Has,
    Near,
    Node,
    Not,
    Nothing,
    NumberRange,
    Optional,
    Or,
    Pattern,
    Phrase,
    Value,
    Word,
)

CONDITIONS = (Value, NumberRange, DateRange, Has)
_OPERATOR_WORDS = frozenset(("and", "or", "not"))
_NAMES: dict[type[Any], str] = {
    And: "AND", Not: "NOT", Boost: "a weight", AtLeast: "atleast()", Everything: "*", Nothing: "nothing()",
    Filter: "filter()", Optional: "prefer()",
}  # fmt: skip


class Item:
    """A member of a list: its node, whether an operator was typed beside it, a plus before it, and whether it is a
    stop word typed as a plain word."""

    __slots__ = ("explicit", "node", "plus", "stop")

    def __init__(self, node: Node, explicit: bool, plus: bool, stop: bool) -> None:
        self.node = node
        self.explicit = explicit
        self.plus = plus
        self.stop = stop


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right below one."""
    match node:
        case And() | Or():
            return node.children
        case Phrase():
            return node.items
        case Near():
            return (node.left, node.right)
        case AtLeast() | FirstWords() | AllCaps() | Not() | Boost():
            return (node.child,)
        case Filter():
            return (node.child, node.condition)
        case Optional():
            return (node.child, node.bonus)
        case _:
            return ()


def rebuilt(node: Node, parts: tuple[Node, ...]) -> Node:
    """Return a node with other nodes below it, in the order of `children`."""
    match node:
        case And() | Or():
            return replace(node, children=parts)
        case Phrase():
            return replace(node, items=parts)
        case Near():
            return replace(node, left=parts[0], right=parts[1])
        case AtLeast() | FirstWords() | AllCaps() | Not() | Boost():
            return replace(node, child=parts[0])
        case Filter():
            return replace(node, child=parts[0], condition=parts[1])
        case Optional():
            return replace(node, child=parts[0], bonus=parts[1])
        case _:
            return node


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, top down, left to right."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(children(top)))


def moved(node: Node, start: int, end: int) -> Node:
    """Return a tree whose every node stands at one place (that of a saved query's name)."""
    parts = tuple(moved(child, start, end) for child in children(node))
    return replace(rebuilt(node, parts) if parts else node, start=start, end=end)


def placing(node: Node, problem: str, report: Reporter) -> str:
    """Return what to say of a node that `unplaced` found a problem with."""
    for notice in report.notices:
        if notice.code == "operator-in-lower-case" and node.start <= notice.start < node.end:
            return f"{notice.message}; {notice.hint}"
    what = "words, phrases, wildcards and groups joined by OR can"
    return f"{what}; to leave out the whole write -(a w/5 b)" if problem == "NOT" else what


def unplaced(node: Node) -> str:
    """Return what in a node has no place in a text (so cannot be near anything), or ""."""
    stack = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Or):
            stack.extend(top.children)
        elif isinstance(top, CONDITIONS):
            return f"a condition on {_typed(top.field)}"
        elif type(top) in _NAMES:
            return _NAMES[type(top)]
    return ""


def _typed(field: str) -> str:
    return fields.BY_NAME[field].aliases[0] if field in fields.BY_NAME else field


def zones(node: Node) -> set[str]:
    """Return the text fields that a node's words are looked for in."""
    return {part.field for part in walk(node) if isinstance(part, (Word, Pattern))}


def families(node: Node) -> set[str]:
    """Return what numbers the words of a node: `text` for all its zones, else the fields."""
    return {fields.family(zone) for zone in zones(node)}


def _headline_and_body(ours: set[str], theirs: set[str]) -> bool:
    headline, below = {"headline"}, {"body", "lead"}
    return (ours == headline and theirs <= below) or (theirs == headline and ours <= below)


def same_text(left: Node, right: Node, report: Reporter, token: Token) -> bool:
    """Return whether the words of two nodes can be near each other; report it when not."""
    ours, theirs = zones(left), zones(right)
    all_families = families(left) | families(right)
    apart = len(all_families) > 1 or _headline_and_body(ours, theirs)
    if apart:
        report.fail(
            f"{' and '.join(sorted(ours | theirs))} are different texts: their words are never near each other",
            token.start,
            token.end,
            hint="AND asks for both in one article",
            suggestions=[report.swap(token.start, token.end, "AND")],
        )
        return False
    if token.value[0][0] in "sp" and all_families - {"text"}:
        report.fail(
            f"{next(iter(all_families))} has no sentences or paragraphs",
            token.start,
            token.end,
            hint="write a number of words: w/5",
        )
        return False
    return True


def join(
    items: list[Item], name: str, implicit: bool, report: Reporter, inner: dict[int, Node], end: int
) -> Node | None:
    """Return one node for the members of a list.

    Args:
        name: AND or OR. implicit: members may stand side by side. inner: what was made by filter() and prefer().
        end: where the list ends in the text.
    """
    if implicit:
        items = _without_stop_words(items, report)
    if len(items) <= 1:
        return items[0].node if items else None
    start = items[0].node.start
    if name == "AND":
        return _all(items, inner, start, end)
    if implicit:
        return _any(items, start, end)
    return Or(tuple(item.node for item in items), start, end)


def _without_stop_words(items: list[Item], report: Reporter) -> list[Item]:
    """Leave out stop words that were only typed along, where something else is asked for."""
    if all(item.stop or isinstance(item.node, (Not, *CONDITIONS)) for item in items):
        return items
    kept = []
    for item in items:
        if not item.stop or item.explicit or item.plus:
            kept.append(item)
            continue
        node = item.node
        text = node.text if isinstance(node, Word) else ""
        if text not in _OPERATOR_WORDS:  # of which the parser has said more
            report.note(
                "stop-word-dropped",
                f"{text} is too common to look for and was left out",
                node.start,
                node.end,
                f'+{text} or "{text}" asks for it',
            )
    return kept


def _one(nodes: list[Node], kind: type[And] | type[Or], start: int, end: int) -> Node:
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes), start, end)


def _all(items: list[Item], inner: dict[int, Node], start: int, end: int) -> Node:
    nodes = [item.node for item in items]
    rest = [node for node in nodes if id(node) not in inner]
    filters = [node.condition for node in nodes if id(node) in inner and isinstance(node, Filter)]
    bonuses = [node.bonus for node in nodes if id(node) in inner and isinstance(node, Optional)]
    whole = _one(rest, And, start, end) if rest else Everything(start, end)
    if bonuses:
        whole = Optional(whole, _one(bonuses, Or, start, end), start, end)
    if filters:
        whole = Filter(whole, _one(filters, And, start, end), start, end)
    return whole


def _any(items: list[Item], start: int, end: int) -> Node:
    """Alternatives side by side: those with + are required, those with - excluded, conditions narrow the rest."""
    plus = [item.node for item in items if item.plus]
    narrow = [
        item.node for item in items if not item.explicit and not item.plus and isinstance(item.node, (Not, *CONDITIONS))
    ]
    fixed = {id(node) for node in (*plus, *narrow)}
    rest = [item.node for item in items if id(item.node) not in fixed]
    whole: list[Node] = list(plus)
    if rest and plus:
        whole = [Optional(_one(plus, And, start, end), _one(rest, Or, start, end), start, end)]
    elif rest:
        whole = [_one(rest, Or, start, end)]
    return _one([*whole, *narrow], And, start, end)
