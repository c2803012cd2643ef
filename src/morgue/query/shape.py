"""The members of a list to one node, and which nodes may be operands of a proximity operator."""

from __future__ import annotations

from collections.abc import Sequence

from morgue.query import fields
from morgue.query import tree as t
from morgue.query.lexer import Token
from morgue.query.problems import Reporter

_OPERATOR_WORDS = frozenset(("and", "or", "not"))


class Item:
    """A member of a list: its node, whether an operator was typed beside it, a plus before it, and whether it is a
    stop word typed as a plain word."""

    __slots__ = ("explicit", "node", "plus", "stop")

    def __init__(self, node: t.Node, explicit: bool, plus: bool, stop: bool) -> None:
        self.node = node
        self.explicit = explicit
        self.plus = plus
        self.stop = stop


def placing(node: t.Node, problem: str, report: Reporter) -> str:
    """Return the hint for a node that is not a stretch of text.

    Args:
        problem: as `unplaced` gives it. report: its notices may name an operator typed in lower case.
    """
    for notice in report.notices:
        if notice.code == "operator-in-lower-case" and node.start <= notice.start < node.end:
            return f"{notice.message}; {notice.hint}"
    what = "words, phrases, wildcards and groups joined by OR can"
    return f"{what}; to leave out the whole write -(a w/5 b)" if problem == "NOT" else what


def unplaced(node: t.Node) -> str:
    """Return what in a node is not a stretch of text (so cannot be near anything), or ""."""
    stack = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, t.Or):
            stack.extend(top.children)
        elif isinstance(top, t.Condition):
            return f"a condition on {_typed(top.field)}"
        elif not top.positional:
            return top.typed
    return ""


def _typed(field: str) -> str:
    return fields.BY_NAME[field].aliases[0] if field in fields.BY_NAME else field


def zones(node: t.Node) -> set[str]:
    """Return the text fields that a node's words are searched in."""
    return {term.field for term in t.terms(node)}


def families(node: t.Node) -> set[str]:
    """Return what numbers the words of a node: `text` for all its zones, else the fields."""
    return {fields.family(zone) for zone in zones(node)}


def _headline_and_body(left: set[str], right: set[str]) -> bool:
    headline, below = {"headline"}, {"body", "lead"}
    return (left == headline and right <= below) or (right == headline and left <= below)


def same_text(left: t.Node, right: t.Node, report: Reporter, token: Token) -> bool:
    """Return whether words of nodes `left` and `right` can be near each other; if not, report it at `token`."""
    left_zones, right_zones = zones(left), zones(right)
    all_families = families(left) | families(right)
    apart = len(all_families) > 1 or _headline_and_body(left_zones, right_zones)
    if apart:
        names = " and ".join(sorted(left_zones | right_zones))
        report.fail(
            f"{names} are different texts: their words are never near each other",
            token,
            hint="AND requires both in one article",
            instead=["AND"],
        )
        return False
    if token.value[0][0] in "sp" and all_families - {"text"}:
        report.fail(
            f"{next(iter(all_families))} has no sentences or paragraphs", token, hint="write a number of words: w/5"
        )
        return False
    return True


def join(
    items: list[Item], name: str, implicit: bool, report: Reporter, inner: dict[int, t.Node], end: int
) -> t.Node | None:
    """Return one node for the members of a list.

    Args:
        items: the members. name: AND or OR. implicit: members may have no operator between them.
        report: gets notices of what is left out. inner: nodes of filter() and prefer(), by id.
        end: offset of the list's end.
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
    return t.Or(tuple(item.node for item in items), start=start, end=end)


def _without_stop_words(items: list[Item], report: Reporter) -> list[Item]:
    """Leave out stop words without operator or plus, unless all members are stop words or conditions."""
    if all(item.stop or isinstance(item.node, t.Not | t.Condition) for item in items):
        return items
    kept = []
    for item in items:
        if not item.stop or item.explicit or item.plus:
            kept.append(item)
            continue
        node = item.node
        text = node.text if isinstance(node, t.Word) else ""
        if text not in _OPERATOR_WORDS:  # the parser has a notice of its own for them
            report.note(
                "stop-word-dropped",
                f"{text} is too common to look for and was left out",
                node,
                f'+{text} or "{text}" asks for it',
            )
    return kept


def one(nodes: Sequence[t.Node], kind: type[t.And] | type[t.Or], start: int, end: int) -> t.Node:
    """Return the only one of `nodes`, or a list of them of a `kind`, from offset `start` to `end`."""
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes), start=start, end=end)


def _all(items: list[Item], inner: dict[int, t.Node], start: int, end: int) -> t.Node:
    nodes = [item.node for item in items]
    rest = [node for node in nodes if id(node) not in inner]
    filters = [node.condition for node in nodes if id(node) in inner and isinstance(node, t.Filter)]
    bonuses = [node.bonus for node in nodes if id(node) in inner and isinstance(node, t.Optional)]
    whole = one(rest, t.And, start, end) if rest else t.Everything(start=start, end=end)
    if bonuses:
        whole = t.Optional(whole, one(bonuses, t.Or, start, end), start=start, end=end)
    if filters:
        whole = t.Filter(whole, one(filters, t.And, start, end), start=start, end=end)
    return whole


def _any(items: list[Item], start: int, end: int) -> t.Node:
    """Alternatives side by side: those with + are required, those with - excluded, conditions narrow the rest."""
    plus = [item.node for item in items if item.plus]
    plain = [item.node for item in items if not item.explicit and not item.plus]
    narrow = [node for node in plain if isinstance(node, t.Not | t.Condition)]
    fixed = {id(node) for node in (*plus, *narrow)}
    rest = [item.node for item in items if id(item.node) not in fixed]
    whole: list[t.Node] = list(plus)
    if rest and plus:
        whole = [t.Optional(one(plus, t.And, start, end), one(rest, t.Or, start, end), start=start, end=end)]
    elif rest:
        whole = [one(rest, t.Or, start, end)]
    return one([*whole, *narrow], t.And, start, end)
