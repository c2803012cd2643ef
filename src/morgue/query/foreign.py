"""A tree as a query for another system: Lexis, Factiva, Lucene or Whoosh, with notes where their meaning differs."""

from __future__ import annotations

import re

from morgue.fields import written_in
from morgue.model import Notice
from morgue.query import fields, printer, regex, words
from morgue.query import tree as t
from morgue.runtime.frozen import replace

_TAGS = {
    "lexis": written_in("lexis"),
    "factiva": written_in("factiva"),
    "lucene": written_in("lucene"),
    "whoosh": {field.name: field.aliases[0] for field in fields.FIELDS} | written_in("whoosh"),
}
_BARE = re.compile(r"\w+(?:['.,]\w+)*\.?")
_BARE_VALUE = re.compile(r"\w[\w./@,+-]*", re.ASCII)
_WHOOSH_OPERATORS = re.compile("AND|OR|NOT|ANDNOT|ANDMAYBE|REQUIRE")


def write(tree: t.Node, syntax: str, tz: str | None) -> tuple[str, list[Notice]]:
    """Return a tree as a query of a dialect, and notes.

    Args:
        syntax: `native`, `lexis`, `factiva`, `lucene` or `whoosh`.
        tz: the IANA zone of its dates; None for the machine's.

    Raises:
        ValueError: the dialect has no way to express it.
    """
    if syntax == "native":
        return printer.to_text(tree, tz=tz), []
    writer = _WhooshWriter(syntax, tz) if syntax == "whoosh" else _Writer(syntax, tz)
    return writer.text(tree, top=True), writer.notes


class _Writer:
    def __init__(self, syntax: str, tz: str | None) -> None:
        self.syntax = syntax
        self.tz = tz
        self.notes: list[Notice] = []

    def note(self, message: str, node: t.Node) -> None:
        notice = Notice("dialect", message, "", node.start, node.end)
        if notice not in self.notes:
            self.notes.append(notice)

    def refuse(self, what: str) -> str:
        raise ValueError(f"{what} cannot be expressed in {self.syntax.title()}")

    def text(self, node: t.Node, *, top: bool = False) -> str:
        """Return a node's text, lists in parentheses unless they are the whole query."""
        match node:
            case t.And(children=children):
                return self.list(children, " AND ", top)
            case t.Or(children=children):
                return self.list(children, " OR ", top)
            case t.Filter(child=child, condition=condition):
                return self.list((child, condition), " AND ", top)
            case t.Optional(child=child, bonus=bonus):
                self.note(f"what is only preferred is left out: {printer.to_text(bonus)}", node)
                return self.text(child, top=top)
            case t.Not(child=child):
                return "NOT " + self.text(child)
            case t.Near():
                text = self.near(node)
                return text if top else f"({text})"
            case t.Boost(child=child, factor=factor):
                if self.syntax == "lucene":
                    return f"{self.text(child)}^{printer.number(factor)}"
                self.note(f"the weight ^{printer.number(factor)} is left out", node)
                return self.text(child)
            case _:
                return self.leaf(node)

    def list(self, nodes: tuple[t.Node, ...], joint: str, top: bool) -> str:
        text = joint.join(self.text(node) for node in nodes)
        return text if top else f"({text})"

    def leaf(self, node: t.Node) -> str:
        match node:
            case t.Word() | t.Phrase() | t.Pattern():
                return self.words(node)
            case t.AtLeast(count=count, child=child) if self.syntax != "lucene":
                return f"atleast{count}({self.text(child, top=True)})"
            case t.AllCaps(child=child):
                if self.syntax == "lexis":
                    return f"allcaps({self.text(child, top=True)})"
                self.note("capitals cannot be asked for; any case matches", node)
                return self.text(child)
            case t.FirstWords(count=count, child=child) if self.syntax == "factiva":
                return f"{self.text(child)}/F{count}/"
            case t.DateRange() | t.NumberRange() | t.Value() | t.Has():
                return self.condition(node)
            case t.Everything() if self.syntax == "lucene":
                return "*:*"
        return self.refuse(printer.to_text(node))

    def words(self, node: t.Word | t.Phrase | t.Pattern) -> str:
        field = t.terms(node)[0].field
        items = node.children if isinstance(node, t.Phrase) else (node,)
        text = " ".join(self.member(item) for item in items)
        if len(items) > 1 or " " in text:
            text = f'"{text}"'
        if field == "text":
            return text
        tag = _TAGS[self.syntax].get(field)
        if tag is None:
            return self.refuse(f"{field}:")
        return f"{tag}({text})" if self.syntax == "lexis" else f"{tag}{'=' if self.syntax == 'factiva' else ':'}{text}"

    def member(self, node: t.Node) -> str:
        if isinstance(node, t.Word):
            if node.exact:
                self.note(f"={node.text} finds other forms too", node)
            return node.text
        if not isinstance(node, t.Pattern):
            return self.refuse("a choice within a phrase")
        if self.syntax == "lucene" or node.kind not in ("fuzzy", "regex"):
            if node.prefix != 1:
                self.note("how many first letters are fixed is left out", node)
            text = printer.pattern(replace(node, prefix=1))
            if self.syntax != "lexis":
                return text
            if "*" in text[:-1]:  # Lexis truncates at the end only
                return self.refuse(text)
            return text.replace("*", "!").replace("?", "*")
        return self.refuse(printer.pattern(node))

    def near(self, node: t.Near) -> str:
        left, right = self.text(node.left), self.text(node.right)
        if self.syntax == "lucene":
            if (
                node.negated
                or node.unit != "word"
                or not isinstance(node.left, t.Word)
                or not isinstance(node.right, t.Word)
            ):
                return self.refuse(printer.to_text(node))
            if node.ordered:
                self.note("the order of the words is not kept", node)
            return f'"{left} {right}"~{node.distance - 1}'
        if self.syntax == "lexis":
            return f"{left} {printer.near_sign(node)} {right}"
        if node.negated or (node.unit == "paragraph" and node.ordered):
            return self.refuse(printer.near_sign(node))
        if node.unit == "sentence":
            self.note("w/s becomes same, which means the same paragraph", node)
        sign = "same" if node.unit != "word" else f"{'w/' if node.ordered else 'near'}{node.distance}"
        return f"{left} {sign} {right}"

    def condition(self, node: t.DateRange | t.NumberRange | t.Value | t.Has) -> str:
        tag = _TAGS[self.syntax].get(node.field)
        text = printer.to_text(node, tz=self.tz).partition(":")[2]
        if isinstance(node, t.Has):
            return f"_exists_:{tag}" if self.syntax == "lucene" and tag else self.refuse(printer.to_text(node))
        if isinstance(node, t.NumberRange):
            tag = {"lexis": "length", "factiva": "wc"}.get(self.syntax, tag)
        if isinstance(node, t.Value):
            return f"{tag}{':' if self.syntax == 'lucene' else '='}{text}" if tag else self.refuse(f"{node.field}:")
        low, dots, high = text.removeprefix("~").partition("..")
        high = high if dots else low
        if self.syntax == "lucene":
            return f"{tag}:[{low or '*'} TO {high or '*'}]"
        if isinstance(node, t.NumberRange):
            parts = [f"{tag} {sign} {end}" for sign, end in ((">=", low), ("<=", high)) if end]
            return f"({' AND '.join(parts)})" if len(parts) > 1 else parts[0]
        if node.field != "published":
            return self.refuse(f"{node.field}:")
        return self.date(low, high)

    def date(self, low: str, high: str) -> str:
        if self.syntax == "factiva":
            low, high = low.replace("-", ""), high.replace("-", "")
            if low and high:
                return f"date from {low} to {high}"
            return f"date from {low} to 99991231" if low else f"date from 00010101 to {high}"
        if low == high:
            return f"date is {low}"
        return " AND ".join(f"date {sign} {end}" for sign, end in ((">=", low), ("<=", high)) if end)


class _WhooshWriter(_Writer):
    """Whoosh has operators for what is only preferred and for filters; what needs a plugin is noted."""

    def text(self, node: t.Node, *, top: bool = False) -> str:
        match node:
            case t.Filter(child=child, condition=condition):
                return self.list((child, condition), " REQUIRE ", top)
            case t.Optional(child=child, bonus=bonus):
                return self.list((child, bonus), " ANDMAYBE ", top)
            case t.Not(child=t.Not()):
                return f"NOT ({self.text(node.child)})"
            case t.Boost(child=child, factor=factor):
                inner = self.text(child)
                if isinstance(child, t.Not | t.Boost) or inner.endswith(
                    "'"
                ):  # what is behind a ' makes it no quotation
                    inner = f"({inner})"
                return f"{inner}^{f'{factor:f}'.rstrip('0').rstrip('.')}"
        return super().text(node, top=top)

    def needs(self, plugin: str, node: t.Node) -> None:
        self.note(f"{printer.to_text(node)} needs Whoosh's {plugin}", node)

    def leaf(self, node: t.Node) -> str:
        match node:
            case t.Word() | t.Pattern():
                return self.tag(node) + self.member(node)
            case t.Phrase(children=items):
                return self.sequence(node, items, 1)
            case t.AtLeast() | t.FirstWords():
                return self.refuse(printer.to_text(node))
            case t.Everything():
                return "*:*"
        return super().leaf(node)

    def tag(self, node: t.Node) -> str:
        field = t.terms(node)[0].field
        return "" if field == "text" else f"{_TAGS['whoosh'][field]}:"

    def member(self, node: t.Node) -> str:
        match node:
            case t.Word(text=text):
                plain = _BARE.fullmatch(text) and not _WHOOSH_OPERATORS.fullmatch(text) and not words.is_stop(text)
                quote = "" if plain and words.acronym(text, node.field, -1, -1) is None else "'"
                return quote + self.word(node) + quote
            case t.Pattern(kind="fuzzy"):
                self.needs("FuzzyTermPlugin", node)
                size = str(node.distance) if node.distance > 1 else ""
                return f"{node.text}~{size}{f'/{node.prefix}' if node.prefix else ''}"
            case t.Pattern(kind="regex", text=text):
                self.needs("RegexPlugin", node)
                if '"' in text:
                    return self.refuse(printer.to_text(node))
                parts = [part if regex.ends_with(part, ".*") else f"{part}$" for part in regex.alternatives(text)]
                return f'r"{"|".join(parts)}"'
            case t.Pattern():
                return printer.pattern(node)
            case t.Or(children=children):
                return f"({' OR '.join(map(self.member, children))})"
        return self.refuse(printer.to_text(node))

    def word(self, node: t.Word) -> str:
        if node.exact:
            self.note(f"={node.text} finds other forms too", node)
        if words.is_stop(node.text):
            self.note(f"Whoosh leaves out words as common as {node.text}", node)
        return node.text

    def sequence(self, node: t.Node, items: tuple[t.Node, ...], distance: int) -> str:
        if len({term.field for term in t.terms(node)}) > 1:
            return self.refuse(printer.to_text(node))
        plain = [item for item in items if isinstance(item, t.Word)]
        if len(plain) == len(items):
            inner = " ".join(map(self.word, plain))
        else:
            self.needs("SequencePlugin", node)
            inner = " ".join(map(self.member, items))
            inner += " " * inner.endswith("'")
        if '"' in inner:
            return self.refuse(printer.to_text(node))
        return f'{self.tag(node)}"{inner}"' + (f"~{distance}" if distance > 1 else "")

    def near(self, node: t.Near) -> str:
        items: list[t.Node] = [node.right]
        left = node.left
        while isinstance(left, t.Near) and replace(left, left=node.left, right=node.right) == node:
            items.insert(0, left.right)
            left = left.left
        items.insert(0, left)
        if node.negated or node.unit != "word" or (len(items) > 2 and not node.ordered):
            return self.refuse(printer.to_text(node))
        text = self.sequence(node, tuple(items), node.distance)
        if node.ordered:
            return text
        return f"{text} OR {self.sequence(node, tuple(reversed(items)), node.distance)}"

    def condition(self, node: t.DateRange | t.NumberRange | t.Value | t.Has) -> str:
        tag = _TAGS["whoosh"][node.field] + ":"
        if isinstance(node, t.Has):
            return tag + "*"
        if isinstance(node, t.Value):
            return tag + self.value(node)
        text = printer.to_text(node, tz=self.tz).partition(":")[2]
        if text.startswith("~"):
            self.note("dates that only touch the range are not found", node)
        low, dots, high = (self.moment(end, node) for end in text.removeprefix("~").partition(".."))
        return tag + (f"[{low} TO {high}]".replace("[ ", "[").replace(" ]", "]") if dots else low)

    def value(self, node: t.Value) -> str:
        if _BARE_VALUE.fullmatch(node.text):
            return node.text
        for mark, inside in (("'", r"'[\s)\]}]|'$|\n|\*"), ('"', r'["\\]')):
            if not re.search(inside, node.text):
                return mark + node.text + mark
        return self.refuse(printer.to_text(node))

    def moment(self, text: str, node: t.Node) -> str:
        """Return a moment as Whoosh has it (20260113T080000Z is 20260113080000); days as they are."""
        if "T" not in text:
            return text
        self.note("moments are written in UTC, which Whoosh does not know", node)
        return re.sub(r"[-:TZ]", "", text)
