"""The smallest changes that make a query find more: for one without hits, or for an article that it does not find.

Candidates only; whether one helps is for the archive to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice

from morgue.query import printer, shape
from morgue.query.tree import (
    MAX_DISTANCE,
    AllCaps,
    And,
    AtLeast,
    Boost,
    DateRange,
    Everything,
    Filter,
    FirstWords,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Word,
)

Say = Callable[[Node], str]

MOST = 60
_PAIRS = 8  # clauses among which two are dropped
_LARGE = 100  # words and operators of a query that is too large to be tried again in many ways
_LONGEST = 20  # words of a phrase that is tried as one proximity within the other


@dataclass(frozen=True, slots=True)
class Change:
    """A wider query.

    Attributes:
        tree: the whole query, changed. what: a sentence's worth of what was changed. cost: 1 for the smallest change.
    """

    tree: Node
    what: str
    cost: int


def relaxations(tree: Node, *, tz: str | None = None) -> Iterator[Change]:
    """Yield wider queries, the smallest change first, at most `MOST`.

    Args:
        tz: the IANA zone that dates were meant in, for what is said of them; None for the machine's.
    """

    def say(node: Node) -> str:
        text = printer.to_text(node, tz=tz)
        return text if len(text) <= 60 else text[:59] + "…"

    if sum(1 for _ in islice(shape.walk(tree), _LARGE)) == _LARGE:
        return
    seen = {tree}
    found = sorted(_variants(tree, say), key=lambda change: change.cost)
    for change in [*found, *_two_dropped(tree, say), *_any(tree)]:
        if change.tree not in seen and not isinstance(change.tree, Everything):
            seen.add(change.tree)
            yield change
        if len(seen) > MOST:
            return


def _variants(node: Node, say: Say) -> Iterator[Change]:
    """Changes at a node and below it; under a NOT nothing gets wider."""
    if isinstance(node, Not):
        return
    yield from _own(node, say)
    if isinstance(node, Phrase):
        return
    parts = shape.children(node)
    for number, part in enumerate(parts):
        for change in _variants(part, say):
            whole = shape.rebuilt(node, (*parts[:number], change.tree, *parts[number + 1 :]))
            if shape.unplaced(change.tree) and isinstance(node, (Near, FirstWords, AllCaps, AtLeast)):
                continue
            if isinstance(node, Near) and len(shape.families(whole)) > 1:
                continue
            yield replace(change, tree=whole)


def _own(node: Node, say: Say) -> Iterator[Change]:
    match node:
        case Word() | Pattern() | Phrase():
            yield from _words(node, say)
        case Near():
            yield from _near(node, say)
        case AllCaps(child=child):
            yield Change(child, f"{say(child)} in any case, not only in capitals", 2)
        case FirstWords(count=count, child=child):
            yield Change(child, f"{say(child)} anywhere, not only in the first {count} words", 3)
        case AtLeast(count=count, child=child):
            yield Change(child, f"{say(child)} once, not {count} times", 3)
        case Boost(child=child):
            for change in _own(child, say):
                yield replace(change, tree=replace(node, child=change.tree))
        case DateRange():
            yield from _dates(node)
        case And(children=children):
            yield from _dropped(children, say)
        case Filter(child=child, condition=condition):
            yield Change(child, f"without the filter {say(condition)}", 6)


def _words(node: Word | Pattern | Phrase, say: Say) -> Iterator[Change]:
    leaves = [leaf for leaf in shape.walk(node) if isinstance(leaf, (Word, Pattern))]
    if any(isinstance(leaf, Word) and leaf.exact for leaf in leaves):
        yield Change(_mapped(node, exact=False), f"{say(node)} in every form, not only as spelled", 1)
    if isinstance(node, Phrase):
        first, *rest = node.items
        near: Node = first
        for item in rest:
            near = Near(near, item, 5, start=node.start, end=node.end)
        if len(rest) < _LONGEST:
            yield Change(near, f"the words of {say(node)} near each other, not side by side", 3)
        yield Change(And(node.items, node.start, node.end), f"the words of {say(node)} anywhere in the article", 4)
    if leaves and leaves[0].field not in ("text",):
        yield Change(_mapped(node, field="text"), f"{say(node)} anywhere in the text", 4)
    if isinstance(node, Word) and len(node.text) > 3 and not node.exact:
        fuzzy = Pattern("fuzzy", node.text.lower(), node.field, start=node.start, end=node.end)
        yield Change(fuzzy, f"words spelled like {node.text}", 5)


def _mapped(node: Node, **changes: object) -> Node:
    if isinstance(node, Word):
        return replace(node, **changes)  # type: ignore[arg-type]
    if isinstance(node, Pattern):
        return replace(node, **{name: new for name, new in changes.items() if name == "field"})  # type: ignore[arg-type]
    parts = shape.children(node)
    return shape.rebuilt(node, tuple(_mapped(part, **changes) for part in parts)) if parts else node


def _near(node: Near, say: Say) -> Iterator[Change]:
    sign = printer.near_sign(node)
    if node.negated:
        yield Change(node.left, f"without {sign} {say(node.right)}", 3)
        return
    if node.ordered:
        loose = replace(node, ordered=False)
        yield Change(loose, f"in any order: {printer.near_sign(loose)} instead of {sign}", 1)
    if node.unit == "word":
        for cost, wider in ((1, node.distance * 2), (2, node.distance * 5), (2, 50)):
            if node.distance < wider <= MAX_DISTANCE:
                loose = replace(node, distance=wider)
                yield Change(loose, f"{printer.near_sign(loose)} instead of {sign}", cost)
    if node.unit != "paragraph" and shape.families(node) == {"text"}:
        loose = replace(node, unit="paragraph", distance=0)
        yield Change(loose, f"in the same paragraph: {printer.near_sign(loose)} instead of {sign}", 3)
    both = And((node.left, node.right), node.start, node.end)
    yield Change(both, f"{say(node.left)} and {say(node.right)} anywhere in the article, not {sign}", 4)


def _dates(node: DateRange) -> Iterator[Change]:
    if not node.overlap:
        touching = replace(node, overlap=True)
        yield Change(touching, "dates that only touch the range, such as a year without its day", 2)


def _dropped(children: tuple[Node, ...], say: Say) -> Iterator[Change]:
    for number, child in enumerate(children):
        rest = (*children[:number], *children[number + 1 :])
        whole = rest[0] if len(rest) == 1 else And(rest)
        what = f"with {say(child.child)}" if isinstance(child, Not) else f"without {say(child)}"
        if not all(isinstance(part, Not) for part in rest):
            yield Change(whole, what, 5 if isinstance(child, Not) else 6)


def _two_dropped(tree: Node, say: Say) -> Iterator[Change]:
    if not isinstance(tree, And) or not 3 < len(tree.children) <= _PAIRS:
        return
    for first, second in combinations(tree.children, 2):
        rest = tuple(child for child in tree.children if child is not first and child is not second)
        if rest and not all(isinstance(part, Not) for part in rest):
            whole = rest[0] if len(rest) == 1 else And(rest)
            yield Change(whole, f"without {say(first)} and without {say(second)}", 8)


def _any(tree: Node) -> Iterator[Change]:
    if isinstance(tree, And):
        wanted = [child for child in tree.children if not isinstance(child, (Not, *shape.CONDITIONS))]
        others = [child for child in tree.children if isinstance(child, (Not, *shape.CONDITIONS))]
        if len(wanted) > 1:
            either: Node = Or(tuple(wanted))
            yield Change(And((either, *others)) if others else either, "any of the words (--any)", 9)
