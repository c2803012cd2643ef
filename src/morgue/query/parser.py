"""Tokens to tree: recursive descent with a bounded depth, one method per level of the grammar.

list    = near { ["AND" | "OR"] near }            OR binds loosest; words side by side are joined by AND (or OR)
near    = unary { ["not"] ("w/5" | "pre/5" | "w/s" | "w/p") unary }
unary   = ("NOT" near) | ("-" | "+") suffixed | suffixed
suffixed = atom ["/F50/"] ["^2"]
atom    = word | phrase | regex | field ":" value | "(" list ")" | function "(" list ")" | "@" name | "*"
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import ClassVar

from morgue.errors import QueryError
from morgue.query import atoms, shape
from morgue.query import tree as t
from morgue.query.cursor import Cursor
from morgue.query.lexer import UNITS, Token
from morgue.query.options import ParseOptions
from morgue.query.problems import Place, Reporter
from morgue.runtime.frozen import replace

STARTS = frozenset(("word", "phrase", "regex", "sign", "open", "field", "function", "saved", "value"))
_MAX_COUNT = 10_000  # mentions in atleast5(), words in /F50/


class State:
    """What the parts of one query, saved queries among them, share: terms used, saved names being read."""

    __slots__ = ("names", "terms")

    def __init__(self) -> None:
        self.terms = 0
        self.names: list[str] = []


class Parser(Cursor):
    """Parses one text.

    Args:
        report: takes the problems. options: how to read. state: shared with the query that names this one.
    """

    literal: ClassVar[str] = "\\{}"  # how an operator is written as a word

    def __init__(self, report: Reporter, options: ParseOptions, state: State | None = None) -> None:
        super().__init__(report, options)
        self.state = state or State()
        self.depth = 0
        self.plus: set[int] = set()  # starts of what was marked with +
        self.inner: dict[int, t.Node] = {}  # nodes of filter() and prefer() by id, for the list that holds them

    def parse(self) -> t.Node:
        """Return the tree of the whole text."""
        node = self.any_of()
        while (token := self.lexer.peek()).kind != "end":  # only ) and strays end a list early
            self.stray(token)
            self.take()
            more = self.any_of() if self.lexer.peek().kind != "end" else None
            node = more if node is None else node if more is None else t.And((node, more))
        if node is None:
            self.report.fail(
                "there is nothing to search for",
                Place(0, len(self.report.text)),
                hint="type a word, or * for every article",
            )
            return t.Nothing()
        return node

    def stray(self, token: Token) -> None:
        """Report a token that is not expected where it is."""
        if token.kind == "close":
            self.report.fail(
                "unmatched closing parenthesis", token, hint="leave it out, or open one before", instead=[""]
            )
        elif token.kind in ("boost", "slop", "first"):
            typed = self.report.text[token.start : token.end]
            self.report.fail(
                f"{typed} belongs right after a word, a phrase or a group", token, hint="leave no space before it"
            )
        else:
            self.report.fail(f"unexpected '{token.text}'", token)

    # -- lists -------------------------------------------------------------------------------------------------

    def any_of(self) -> t.Node | None:
        """Parse a list joined by OR (and by nothing at all, under `any_`)."""
        return self.list("OR", self.all_of, self.options.any_)

    def all_of(self) -> t.Node | None:
        """Parse a list joined by AND (and by nothing at all)."""
        return self.list("AND", self.near, not self.options.any_)

    def list(self, name: str, member: Callable[[], t.Node | None], implicit: bool) -> t.Node | None:
        """Parse members joined by an operator, or by nothing.

        Args:
            name: the operator, AND or OR. member: parses one member.
            implicit: members may have no operator between them.
        """
        items: list[shape.Item] = []
        joined = ""
        while True:
            node = member()
            if node is not None:
                stop = isinstance(node, t.Word) and node.start in self.bare
                items.append(shape.Item(node, joined == name, node.start in self.plus, stop))
            token = self.lexer.peek()
            if token.kind == "op" and token.text == name:
                if items:
                    items[-1].explicit = True
                joined = name
                self.take()
                self.operand(token)
            elif implicit and (token.kind in STARTS or (token.kind == "op" and token.text == "NOT")):
                joined = ""
            elif implicit and token.kind in ("boost", "slop", "first"):
                self.stray(token)
                self.take()
            else:
                break
        return shape.join(items, name, implicit, self.report, self.inner, self.last.end if self.last else 0)

    def operand(self, operator: Token) -> None:
        """Report an operator that nothing follows."""
        token = self.lexer.peek()
        if token.kind in STARTS or (token.kind == "op" and token.text == "NOT"):
            return
        what = "the end" if token.kind == "end" else token.text
        self.report.fail(
            f"{operator.text} needs something after it, not {what}",
            operator,
            hint="leave it out, or finish it"
            + (f"; the word itself is {self.literal.format(operator.text)}" if operator.kind == "op" else ""),
            instead=[""],
        )

    # -- proximity ---------------------------------------------------------------------------------------------

    def near(self) -> t.Node | None:
        """Parse operands joined by proximity, from the left."""
        left = self.near_side()
        links = 0
        while (token := self.lexer.peek()).kind == "near":
            self.take()
            self.operand(token)
            right = self.near_side()
            links += 1
            if self.depth + links > self.options.max_depth:
                self.too_deep(token)
                self.lexer.jump(len(self.report.text))
                break
            if left is None:
                self.lacks_left(token)
                left = right
            elif right is not None:
                left = self._beside(left, right, token)
        return left

    def near_side(self) -> t.Node | None:
        """Parse an operand of a proximity operator."""
        return self.unary()

    def lacks_left(self, token: Token) -> None:
        self.report.fail(
            f"{token.text} needs something before it", token, hint="write it between two words: forced w/5 labor"
        )

    def _beside(self, left: t.Node, right: t.Node, token: Token) -> t.Node:
        """Return the Near of two nodes, or an And with a report if they cannot be near each other."""
        size, order, negated = token.value
        for side in (left, right):
            problem = shape.unplaced(side)
            if problem:
                self.report.fail(
                    f"{problem} cannot be an operand of {token.text}",
                    side,
                    hint=shape.placing(side, problem, self.report),
                )
                return t.And((left, right), start=left.start, end=right.end)
        if not shape.same_text(left, right, self.report, token):
            return t.And((left, right), start=left.start, end=right.end)
        unit = UNITS.get(size[0], "word")
        distance = self._distance(size, token) if unit == "word" else 0
        return t.Near(left, right, distance, unit, bool(order), bool(negated), start=left.start, end=right.end)  # type: ignore[arg-type]

    def _distance(self, size: str, token: Token) -> int:
        """Return the distance of a proximity operator, within bounds."""
        number = int(size) if len(size) < 9 else t.MAX_DISTANCE + 1
        if number == 0:
            self.report.fail(
                f"invalid distance '{token.text}'",
                token,
                hint="words side by side are w/1",
                instead=[token.text.replace("/0", "/1")],
            )
            return 1
        if number > t.MAX_DISTANCE:
            self.report.note(
                "distance-cut",
                f"{token.text} is read as {token.text.rstrip('0123456789')}{t.MAX_DISTANCE}, the widest there is",
                token,
                "w/p requires the same paragraph, AND the same article",
            )
        return min(number, t.MAX_DISTANCE)

    # -- one operand -------------------------------------------------------------------------------------------

    def unary(self) -> t.Node | None:
        """Parse NOT, a sign, or an atom with its suffixes."""
        token = self.lexer.peek()
        if token.kind == "op" and token.text == "NOT":
            self.take()
            self.operand(token)
            node = self.deeper(token, self.near)
            return None if node is None else t.Not(node, start=token.start, end=node.end)
        if token.kind == "sign":
            self.take()
            node = self.deeper(token, self.unary if self.lexer.peek().kind == "open" else self.suffixed)
            if node is None:
                return None
            if token.text == "-":
                return t.Not(node, start=token.start, end=node.end)
            self.plus.add(node.start)
            return node
        return self.suffixed()

    def suffixed(self) -> t.Node | None:
        """Parse an atom, `/F50/` and `^2`."""
        node = self.atom()
        if (token := self.lexer.peek()).kind == "first" and node is not None and not token.spaced:
            self.take()
            node = self._first_words(node, token)
        if self.lexer.peek().kind == "slop" and node is not None:
            node = self.slop(node, self.take())
        if (token := self.lexer.peek()).kind == "boost" and node is not None and not token.spaced:
            self.take()
            node = self._boosted(node, token)
        return node

    def _first_words(self, node: t.Node, token: Token) -> t.Node:
        count = int(token.text) if len(token.text) < 6 else _MAX_COUNT
        problem = shape.unplaced(node)
        if problem or shape.families(node) != {"text"} or not 0 < count <= _MAX_COUNT:
            self.report.fail(
                f"{problem or 'a field other than the text'} has no first words"
                if problem or shape.families(node) != {"text"}
                else f"invalid number of words '{token.text}': expected 1 to {_MAX_COUNT}",
                Place(node.start, token.end),
                hint="write it after a word, phrase or group: budget/F50/",
            )
            return node
        return t.FirstWords(count, node, start=node.start, end=token.end)

    def slop(self, node: t.Node, token: Token) -> t.Node:
        """Return a node after a report of the `~5` (`token`) behind it, as in other languages' `"a b"~5`."""
        words = [word.text for word in t.terms(node) if isinstance(word, t.Word)] if isinstance(node, t.Phrase) else []
        near = f" w/{token.text or 5} ".join(words) if len(words) > 1 else ""
        self.report.fail(
            "~ follows a word, not a phrase or a group",
            token,
            hint="for words near each other write a w/5 b",
            suggestions=[self.report.swap(node.start, token.end, near)] if near else [],
        )
        return node

    def _boosted(self, node: t.Node, token: Token) -> t.Node:
        try:
            factor = float(token.text)
        except ValueError:
            factor = 0.0
        if not 0 < factor <= 1_000 or not math.isfinite(factor):
            self.report.fail(f"invalid weight '^{token.text}'", token, hint="write a number above 0 and up to 1000: ^2")
            return node
        return t.Boost(node, factor, start=node.start, end=token.end)

    def deeper(self, token: Token, part: Callable[[], t.Node | None]) -> t.Node | None:
        """Parse a part one level down; None with a report at `token` if that is too deep."""
        if self.depth >= self.options.max_depth:
            self.too_deep(token)
            self.lexer.jump(len(self.report.text))
            return None
        self.depth += 1
        try:
            return part()
        finally:
            self.depth -= 1

    def too_deep(self, token: Token) -> None:
        self.report.fail(
            f"the query is nested more than {self.options.max_depth} deep",
            token,
            hint="take parts of it away, or search in steps",
        )

    # -- atoms -------------------------------------------------------------------------------------------------

    def atom(self) -> t.Node | None:
        """Parse the smallest whole thing, or report that there is none."""
        token = self.lexer.peek()
        if token.kind not in STARTS:
            self.missing(token)
            return None
        self.take()
        if token.kind == "open":
            return self.group(token)
        if token.kind == "function":
            return self.function(token)
        if token.kind == "saved":
            return self.saved(token)
        if token.kind == "sign":
            self.report.fail(f"{token.text} cannot follow another sign", token, hint="leave one of them out")
            return None
        self.state.terms += 1
        if self.state.terms > self.options.max_terms:
            self.report.fail(
                f"the query has more than {self.options.max_terms} terms", token, hint="shorten it, or use a wildcard"
            )
            self.lexer.jump(len(self.report.text))
            return None
        return self.leaf(token)

    def leaf(self, token: Token) -> t.Node | None:
        """Return the node of a word, phrase, regular expression, field or value `token`, which is taken."""
        if token.kind == "field":
            return atoms.fielded(self, token, self.group)
        if token.kind == "value":
            from morgue.query import values

            return values.read(self, token.value[0], token.text, token)
        return atoms.plain(self, token, self.field)

    def missing(self, token: Token) -> None:
        """Report an operand that is not there; tokens that end the query were reported by their operator."""
        if token.kind == "op":
            self.report.fail(
                f"{token.text} needs something before it",
                token,
                hint="leave it out; the word itself is " + self.literal.format(token.text),
                instead=[""],
            )
            if self.report.lenient:
                self.take()
        elif token.kind in ("boost", "slop", "first"):
            self.stray(token)
            self.take()
        elif token.kind == "close" and self.depth == 0:
            self.stray(token)
            if self.report.lenient:
                self.take()

    def group(self, opening: Token) -> t.Node | None:
        """Parse the inside of parentheses and the closing one."""
        node = self.deeper(opening, self.any_of)
        token = self.lexer.peek()
        if token.kind == "close":
            self.take()
            if node is None:
                self.report.fail("the parentheses are empty", Place(opening.start, token.end), hint="leave them out")
                return None
        else:
            self.report.fail(
                "the parenthesis is not closed",
                Place(opening.end - 1, opening.end),
                hint="close it, or leave it out",
                suggestions=[self.report.text.rstrip() + ")"] if node is not None else [],
            )
        return node

    def function(self, token: Token) -> t.Node | None:
        """Parse atleast5(…), allcaps(…), filter(…), prefer(…) or nothing()."""
        if token.text == "nothing":
            if self.lexer.peek().kind == "close":
                self.take()
                return t.Nothing(start=token.start, end=token.end + 1)
            self.report.fail("nothing() takes no argument", token, hint="close it at once")
            return self.group(token)
        node = self.group(token)
        if node is None:
            return None
        end = self.last.end if self.last else token.end
        if token.text in ("filter", "prefer"):
            every = t.Everything(start=token.start, end=end)
            clause: t.Node = t.Optional(every, node, start=token.start, end=end)
            if token.text == "filter":
                clause = t.Filter(every, node, start=token.start, end=end)
            self.inner[id(clause)] = clause
            return clause
        problem = shape.unplaced(node)
        if problem:
            self.report.fail(
                f"{problem} cannot be inside {token.text}()", node, hint="words, phrases, wildcards and proximity can"
            )
            return node
        if token.text == "allcaps":
            return t.AllCaps(node, start=token.start, end=end)
        return self.mentions(node, token, end)

    def mentions(self, node: t.Node, token: Token, end: int) -> t.Node:
        """Return the node of atleast5(x): the function's `token`, the `node` of x, `end` the offset of its end."""
        count = int(token.value[0]) if len(token.value[0]) < 6 else 0
        if not 0 < count <= _MAX_COUNT:
            self.report.fail(
                f"invalid number of mentions '{token.value[0]}': expected 1 to {_MAX_COUNT}", token, hint="atleast5(x)"
            )
            return node
        return t.AtLeast(count, node, start=token.start, end=end)

    def saved(self, token: Token) -> t.Node | None:
        """Parse a saved query in place of its name."""
        name, saved = token.text, self.options.saved
        text = None if saved is None else saved(name) if callable(saved) else saved.get(name)
        if text is None:
            known = [] if saved is None or callable(saved) else list(saved)
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=3)
            quoted = self.report.swap(token.start, token.end, f'"@{name}"')
            self.report.fail(
                f"unknown saved query '@{name}'",
                token,
                hint="morgue saved list shows them; for the text itself use quotation marks",
                suggestions=[*(self.report.swap(token.start, token.end, "@" + other) for other in near), quoted],
            )
            return None
        if name in self.state.names:
            self.report.fail(
                f"the saved query @{name} contains itself: {' -> '.join([*self.state.names, name])}",
                token,
                hint="change one of them",
            )
            return None
        return self.deeper(token, lambda: self._named(name, text, token))

    def _named(self, name: str, text: str, token: Token) -> t.Node | None:
        inner = Parser(Reporter(text, lenient=self.report.lenient), self.options, self.state)
        inner.depth, inner.field = self.depth, self.field
        self.state.names.append(name)
        try:
            node = inner.parse()
        except QueryError as error:
            self.report.fail(f"in the saved query @{name}: {error.message}", token, hint=error.hint or text)
            return None
        finally:
            self.state.names.pop()
        for notice in inner.report.notices:
            self.report.note(notice.code, f"in @{name}: {notice.message}", token, notice.hint)
        return t.transform(node, lambda part: replace(part, start=token.start, end=token.end))
