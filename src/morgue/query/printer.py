"""A tree as text: canonical, so that parsing it gives the same tree, or as indented lines for reading."""

from __future__ import annotations

import re

from morgue.query import fields, words
from morgue.query import tree as t

# Levels of the grammar, loosest first: a text of a looser level than its place allows goes in parentheses.
_OR, _AND, _NEAR, _ATOM = range(4)
_PLAIN = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*\.?")
_SPECIAL = re.compile(r"AND|OR|NOT|and|or|not|NEAR|ONEAR|ADJ|WITHIN|ANDNOT|ANDMAYBE|REQUIRE|XOR|(?i:atleast\d*)")
_BARE_VALUE = re.compile(r"[A-Za-z0-9][\w.:/#@,+=-]*")


def to_text(tree: t.Node, *, tz: str | None = None) -> str:
    """Return a tree as a query that parses to the same tree.

    Args:
        tz: the IANA zone that dates were meant in; None for the machine's.

    Trees that the parser never makes (a word with a space in it, a range open at both ends) may come out as the nearest
    query there is.
    """
    return _Printer(tz).text(tree, _OR)


class _Printer:
    def __init__(self, tz: str | None) -> None:
        self.tz = tz

    def text(self, node: t.Node, least: int) -> str:
        """Return a node's text, in parentheses if it is looser than `least`."""
        text, level = self.render(node)
        return text if level >= least else f"({text})"

    def render(self, node: t.Node) -> tuple[str, int]:
        match node:
            case t.Or(children=children):
                return " OR ".join(self.text(child, _NEAR) for child in children), _OR
            case t.And(children=children):
                return " AND ".join(self.text(child, _NEAR) for child in children), _AND
            case t.Filter() | t.Optional():
                return self.clause(node), _AND
            case t.Not(child=child):
                return "NOT " + self.text(child, _NEAR), _NEAR
            case t.Near():
                left = self.text(node.left, _NEAR if isinstance(node.left, t.Near) else _ATOM)
                return f"{left} {near_sign(node)} {self.text(node.right, _ATOM)}", _NEAR
            case t.AtLeast(count=count, child=child):
                return f"atleast{count}({self.text(child, _OR)})", _ATOM
            case t.AllCaps(child=child):
                if isinstance(child, t.Word) and words.acronym(child.text, child.field, -1, -1) == node:
                    return prefix(child.field) + child.text, _ATOM
                return f"allcaps({self.text(child, _OR)})", _ATOM
            case t.FirstWords(count=count, child=child):
                return f"{self.suffixable(child)}/F{count}/", _ATOM
            case t.Boost(child=child, factor=factor):
                inner = self.text(child, _ATOM) if isinstance(child, t.FirstWords) else self.suffixable(child)
                return f"{inner}^{number(factor)}", _ATOM
            case _:
                return self.leaf(node), _ATOM

    def clause(self, node: t.Filter | t.Optional) -> str:
        """`a AND filter(b)` and `a AND prefer(b)`; the members of an And before it need no parentheses."""
        loose = isinstance(node.child, t.And) or (isinstance(node, t.Filter) and isinstance(node.child, t.Optional))
        child = self.text(node.child, _AND if loose else _NEAR)
        if isinstance(node, t.Filter):
            return f"{child} AND filter({self.text(node.condition, _OR)})"
        return f"{child} AND prefer({self.text(node.bonus, _OR)})"

    def suffixable(self, node: t.Node) -> str:
        text, _ = self.render(node)
        bare = isinstance(node, (t.Word, t.Phrase, t.AtLeast)) or (isinstance(node, t.Pattern) and node.kind != "regex")
        return text if bare else f"({text})"

    def leaf(self, node: t.Node) -> str:
        match node:
            case t.Word():
                return prefix(node.field) + word(node)
            case t.Pattern():
                text = pattern(node)  # /f50/ by itself is the suffix of a word
                return prefix(node.field) + (f'"{text}"' if re.fullmatch(r"/f\d+/", text) else text)
            case t.Phrase():
                return phrase(node)
            case t.Value(field=field, text=text):
                return prefix(field) + value(text)
            case t.NumberRange():
                return prefix(node.field) + _range(node.low, node.high)
            case t.DateRange():
                from morgue.query.printed_dates import date_range

                return prefix(node.field) + date_range(node, self.tz)
            case t.Has(field=field):
                return prefix(field) + "*"
            case t.Everything():
                return "*"
            case t.Nothing():
                return "nothing()"
        raise TypeError(f"not a node: {node!r}")


def prefix(field: str) -> str:
    """Return `field:` by its first alias, or "" for the default field."""
    if field == "text":
        return ""
    return (fields.BY_NAME[field].aliases[0] if field in fields.BY_NAME else field) + ":"


def number(factor: float) -> str:
    """Return a weight, shortest."""
    return repr(factor).removesuffix(".0")


def word(node: t.Word) -> str:
    """Return a word so that it is read as this word: in quotation marks where it would mean more, or be left out."""
    if node.exact:
        return "=" + node.text
    text = node.text
    special = _SPECIAL.fullmatch(text) or _PLAIN.fullmatch(text) is None
    if special or words.is_stop(text) or words.acronym(text, node.field, -1, -1) is not None:
        return f'"{text}"'
    return text


def pattern(node: t.Pattern) -> str:
    """Return a pattern with its signs."""
    if node.kind == "prefix":
        return node.text + "*"
    if node.kind == "fuzzy":
        size, fixed = (
            (str(node.distance) if node.distance != 1 else ""),
            (f"/{node.prefix}" if node.prefix != 1 else ""),
        )
        return f"{node.text}~{size}{fixed}"
    return f"/{node.text}/" if node.kind == "regex" else node.text


def phrase(node: t.Phrase) -> str:
    """Return a phrase in quotation marks."""
    leaves = t.terms(node)
    all_exact = bool(leaves) and all(isinstance(leaf, t.Word) and leaf.exact for leaf in leaves)
    inner = " ".join(_member(item, plain=all_exact) for item in node.children)
    return f'{prefix(leaves[0].field if leaves else "text")}{"=" * all_exact}"{inner}"'


def _member(node: t.Node, *, plain: bool) -> str:
    if isinstance(node, t.Or):
        return "(" + "|".join(_member(child, plain=plain) for child in node.children) + ")"
    if isinstance(node, t.Pattern):
        return pattern(node)
    if isinstance(node, t.Word):
        return node.text if plain or not node.exact else "=" + node.text
    return to_text(node)


def value(text: str) -> str:
    """Return a column's value, in quotation marks where it needs them."""
    if _BARE_VALUE.fullmatch(text) and text.isascii():
        return text
    # Every character that the lexer would take for a quotation mark is escaped, typographic ones too.
    return '"' + re.sub(r'["\\“”„‟«»＂〝〞「」]', lambda found: "\\" + found[0], text) + '"'


def _range(low: int | None, high: int | None) -> str:
    if low is not None and low == high:
        return str(low)
    if low is None and high is not None and high < 0:  # no number is typed with a minus
        return f"<{high + 1}"
    return f"{'' if low is None else low}..{'' if high is None else high}"


def near_sign(node: t.Near) -> str:
    """Return the operator of a Near: `w/5`, `pre/5`, `not w/5`, `w/s`."""
    size = {"sentence": "s", "paragraph": "p"}.get(node.unit, str(node.distance))
    return f"{'not ' if node.negated else ''}{'pre' if node.ordered else 'w'}/{size}"


def outline(tree: t.Node, *, tz: str | None = None) -> list[str]:
    """Return a tree as lines, children indented by two spaces; `tz` as in `to_text`."""
    printer, lines = _Printer(tz), list[str]()
    stack = [(tree, 0, "")]
    while stack:
        node, depth, label = stack.pop()
        below = () if isinstance(node, t.Phrase) else node.children
        lines.append("  " * depth + label + (_title(node) if below else printer.text(node, _OR)))
        labels = _LABELS.get(type(node), ("",) * len(below))
        stack.extend(reversed([(child, depth + 1, name) for child, name in zip(below, labels, strict=True)]))
    return lines


_LABELS: dict[type, tuple[str, ...]] = {t.Filter: ("", "only those with "), t.Optional: ("", "better with ")}


def _title(node: t.Node) -> str:
    match node:
        case t.And():
            return "all of"
        case t.Or():
            return "any of"
        case t.Not():
            return "not"
        case t.Near():
            order = ", in this order" if node.ordered else ""
            where = "the same " + node.unit if node.unit != "word" else f"{node.distance} words of each other"
            return f"{'without the second ' if node.negated else ''}within {where}{order}"
        case t.AtLeast():
            return f"at least {node.count} times"
        case t.FirstWords():
            return f"within the first {node.count} words"
        case t.AllCaps():
            return "in capitals"
        case t.Boost():
            return f"weighted {number(node.factor)}"
        case t.Filter():
            return "filtered"
        case t.Optional():
            return "preferably"
        case _:
            return node.typed
