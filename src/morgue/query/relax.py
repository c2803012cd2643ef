"""The smallest changes that can make a query find more: for one that finds nothing, or not a given article.

They are candidates: the caller runs each to see whether it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from morgue.query import printer, shape
from morgue.query import tree as t
from morgue.runtime.frozen import replace

Say = Callable[[t.Node], str]

MAX_CHANGES = 60  # per query
_MAX_CLAUSES_FOR_PAIRS = 8  # clauses; of more, no two are dropped together
_MAX_NODES = 100  # of a query; a larger one is too slow to run in many variants
_MAX_PHRASE = 20  # words; a longer phrase is not tried as nested proximity


@dataclass(frozen=True, slots=True)
class Change:
    """A wider query.

    Attributes:
        tree: the whole query, changed. what: the change in words. cost: rank, 1 for the smallest change.
    """

    tree: t.Node
    what: str
    cost: int


def relaxations(tree: t.Node, *, tz: str | None = None) -> Iterator[Change]:
    """Yield wider queries than `tree`, the smallest change first, at most `MAX_CHANGES`.

    Args:
        tz: the IANA zone that dates in `Change.what` are printed in; None for the machine's.
    """

    def say(node: t.Node) -> str:
        text = printer.to_text(node, tz=tz)
        return text if len(text) <= 60 else text[:59] + "…"

    if sum(1 for _ in islice(t.walk(tree), _MAX_NODES)) == _MAX_NODES:
        return
    seen = {tree}
    found = sorted(_variants(tree, say), key=lambda change: change.cost)
    for change in [*found, *_two_dropped(tree, say), *_any(tree)]:
        if change.tree not in seen and not isinstance(change.tree, t.Everything):
            seen.add(change.tree)
            yield change
        if len(seen) > MAX_CHANGES:
            return


def _variants(node: t.Node, say: Say) -> Iterator[Change]:
    """Changes at a node and below it; under a NOT nothing gets wider."""
    if isinstance(node, t.Not):
        return
    yield from _own(node, say)
    if isinstance(node, t.Phrase):
        return
    parts = node.children
    for number, part in enumerate(parts):
        for change in _variants(part, say):
            whole = node.with_children((*parts[:number], change.tree, *parts[number + 1 :]))
            if node.of_text and shape.unplaced(change.tree):
                continue
            if isinstance(node, t.Near) and len(shape.families(whole)) > 1:
                continue
            yield Change(whole, change.what, change.cost)


def _own(node: t.Node, say: Say) -> Iterator[Change]:
    match node:
        case t.Word() | t.Pattern() | t.Phrase():
            yield from _words(node, say)
        case t.Near():
            yield from _near(node, say)
        case t.AllCaps(child=child):
            yield Change(child, f"{say(child)} in any case, not only in capitals", 2)
        case t.FirstWords(count=count, child=child):
            yield Change(child, f"{say(child)} anywhere, not only in the first {count} words", 3)
        case t.AtLeast(count=count, child=child):
            yield Change(child, f"{say(child)} once, not {count} times", 3)
        case t.Boost(child=child):
            for change in _own(child, say):
                yield Change(replace(node, child=change.tree), change.what, change.cost)
        case t.DateRange():
            yield from _dates(node)
        case t.And(children=children):
            yield from _dropped(children, say)
        case t.Filter(child=child, condition=condition):
            yield Change(child, f"without the filter {say(condition)}", 6)


def _words(node: t.Word | t.Pattern | t.Phrase, say: Say) -> Iterator[Change]:
    leaves = t.terms(node)
    if any(isinstance(leaf, t.Word) and leaf.exact for leaf in leaves):
        yield Change(t.transform(node, _inexact), f"{say(node)} in every form, not only as spelled", 1)
    if isinstance(node, t.Phrase):
        first, *rest = node.children
        near: t.Node = first
        for item in rest:
            near = t.Near(near, item, 5, start=node.start, end=node.end)
        if len(rest) < _MAX_PHRASE:
            yield Change(near, f"the words of {say(node)} near each other, not side by side", 3)
        yield Change(
            t.And(node.children, start=node.start, end=node.end), f"the words of {say(node)} anywhere in the article", 4
        )
    if leaves and leaves[0].field not in ("text",):
        yield Change(t.transform(node, _anywhere), f"{say(node)} anywhere in the text", 4)
    if isinstance(node, t.Word) and len(node.text) > 3 and not node.exact:
        fuzzy = t.Pattern("fuzzy", node.text.lower(), node.field, start=node.start, end=node.end)
        yield Change(fuzzy, f"words spelled like {node.text}", 5)


def _inexact(node: t.Node) -> t.Node:
    return replace(node, exact=False) if isinstance(node, t.Word) else node


def _anywhere(node: t.Node) -> t.Node:
    return replace(node, field="text") if isinstance(node, t.Term) else node


def _near(node: t.Near, say: Say) -> Iterator[Change]:
    sign = printer.near_sign(node)
    if node.negated:
        yield Change(node.left, f"without {sign} {say(node.right)}", 3)
        return
    if node.ordered:
        loose = replace(node, ordered=False)
        yield Change(loose, f"in any order: {printer.near_sign(loose)} instead of {sign}", 1)
    if node.unit == "word":
        for cost, wider in ((1, node.distance * 2), (2, node.distance * 5), (2, 50)):
            if node.distance < wider <= t.MAX_DISTANCE:
                loose = replace(node, distance=wider)
                yield Change(loose, f"{printer.near_sign(loose)} instead of {sign}", cost)
    if node.unit != "paragraph" and shape.families(node) == {"text"}:
        loose = replace(node, unit="paragraph", distance=0)
        yield Change(loose, f"in the same paragraph: {printer.near_sign(loose)} instead of {sign}", 3)
    both = t.And((node.left, node.right), start=node.start, end=node.end)
    yield Change(both, f"{say(node.left)} and {say(node.right)} anywhere in the article, not {sign}", 4)


def _dates(node: t.DateRange) -> Iterator[Change]:
    if not node.overlap:
        touching = replace(node, overlap=True)
        yield Change(touching, "dates that only touch the range, such as a year without its day", 2)


def _dropped(children: tuple[t.Node, ...], say: Say) -> Iterator[Change]:
    for number, child in enumerate(children):
        rest = (*children[:number], *children[number + 1 :])
        whole = rest[0] if len(rest) == 1 else t.And(rest)
        what = f"with {say(child.child)}" if isinstance(child, t.Not) else f"without {say(child)}"
        if not all(isinstance(part, t.Not) for part in rest):
            yield Change(whole, what, 5 if isinstance(child, t.Not) else 6)


def _two_dropped(tree: t.Node, say: Say) -> Iterator[Change]:
    if not isinstance(tree, t.And) or not 3 < len(tree.children) <= _MAX_CLAUSES_FOR_PAIRS:
        return
    for first, second in combinations(tree.children, 2):
        rest = tuple(child for child in tree.children if child is not first and child is not second)
        if rest and not all(isinstance(part, t.Not) for part in rest):
            whole = rest[0] if len(rest) == 1 else t.And(rest)
            yield Change(whole, f"without {say(first)} and without {say(second)}", 8)


def _any(tree: t.Node) -> Iterator[Change]:
    if isinstance(tree, t.And):
        wanted = [child for child in tree.children if not isinstance(child, t.Not | t.Condition)]
        others = [child for child in tree.children if isinstance(child, t.Not | t.Condition)]
        if len(wanted) > 1:
            either: t.Node = t.Or(tuple(wanted))
            yield Change(t.And((either, *others)) if others else either, "any of the words (--any)", 9)
