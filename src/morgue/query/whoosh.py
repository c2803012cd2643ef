"""Whoosh's query language: what its QueryParser reads with the default plugins and those for + -, > <, fuzzy words,
regular expressions, sequences and dates.

From Whoosh's query language documentation and the behaviour of its parser. Where Whoosh takes what it does not know for
text (fields, operators without an operand, quotation marks that are not closed), this is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from morgue.fields import read_in
from morgue.query import atoms, fields, regex, shape, values, words
from morgue.query import tree as t
from morgue.query.lexer import Lexer, Token
from morgue.query.parser import STARTS, Parser
from morgue.query.problems import Place
from morgue.runtime.frozen import replace

_BOOST = re.compile(r"\^(\d+(?:\.\d+)?|\.\d+)(?=[\s)]|$)")
_RUN = re.compile(rf'(?:(?!{_BOOST.pattern})[^\s()"])+')
_QUOTED = re.compile(r'"([^"]*)"')
# What is looked for up to a closing sign has a greatest length, so that a query takes time in proportion to its own.
_SINGLE = re.compile(r"'(.{0,400}?)'(?=[\s)\]}]|$)")
_REGEX = re.compile(r'r"([^"]*)"')
_RANGE = re.compile(
    r"""([\[{]) (?: \s{0,9}'(?P<low>[^']{0,100})'\s{1,9} | (?P<plain_low>[^\]}]{0,100}?)(?<!\w) )
    TO(?!\w) (?: \s{1,9}'(?P<high>[^']{0,100})'\s{0,9} | (?P<plain_high>[^\]}]{0,100}) ) ([\]}])""",
    re.IGNORECASE | re.VERBOSE,
)
_FIELD = re.compile(r"([^\W\d]\w*):")
_FUZZY = re.compile(r"([^~]+)~(\d*(?:\.\d+)?)(?:/([1-9]\d?))?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)?(\d\d)?(\d\d)?(\d\d)?")
_CLASS = re.compile(r"\[(!?)([^\[\]]+)\]|(.)")
_OPERATORS = frozenset(("AND", "OR", "NOT", "ANDNOT", "ANDMAYBE", "REQUIRE"))
_SMALL = frozenset(("and", "or", "not"))
_SEQUENCE_SIGNS = frozenset("()*?~")
_NAMES = read_in("whoosh")


class WhooshLexer(Lexer):
    """Reads tokens of Whoosh's language; a backslash has no meaning in it."""

    __slots__ = ()

    def _phrase(self, start: int, spaced: bool) -> Token:
        if self.text[start] == "=":
            return self._word(start, spaced)
        match = self.at(start, _QUOTED)
        return Token("phrase", match[1], start, match.end(), spaced) if match else super()._phrase(start, spaced)

    def _marked(self, char: str, start: int, spaced: bool) -> Token | None:
        if self.text.startswith("*:*", start):
            return Token("word", "*", start, start + 3, spaced, ("every",))
        if char == "'":
            match = self.at(start, _SINGLE)
            return Token("word", match[1], start, match.end(), spaced, ("quoted",)) if match else None
        if char == "r" and (match := self.at(start, _REGEX)):
            return Token("regex", match[1], start, match.end(), spaced)
        if char in "[{" and (match := self.at(start, _RANGE)):
            return Token("value", match[0], start, match.end(), spaced)
        if char == "^" and (match := self.at(start, _BOOST)):
            return Token("boost", match[1], start, match.end(), spaced)
        return super()._marked(char, start, spaced) if char in "+-~@" else None

    def _word(self, start: int, spaced: bool) -> Token:
        match = self.at(start, _RUN)
        assert match is not None  # every sign that ends a word begins a token of its own
        raw, end = match[0], match.end()
        if raw in _OPERATORS:
            return Token("op", raw, start, end, spaced)
        name = _FIELD.match(raw)
        if name and (field := _NAMES.get(name[1].lower())):
            return Token("field", name[1], start, start + name.end(), spaced, (field,))
        return self._named(raw, start, end, spaced)


class WhooshParser(Parser):
    """Whoosh's order, tightest first: NOT, AND, OR, ANDNOT, ANDMAYBE, REQUIRE, words side by side."""

    lexer_class = WhooshLexer
    literal = "'{}'"
    in_sequence = False  # reading what is in quotation marks

    def parse(self) -> t.Node:
        """Return the tree of the whole text, without words that are too common unless there are no others."""
        tree = super().parse()
        kept = self._kept(tree)
        if kept is None or kept == tree:
            return tree
        left = {term.start for term in t.terms(kept)}
        for word in t.terms(tree):
            if word.start in self.bare and word.start not in left:
                self.report.note(
                    "stop-word-dropped",
                    f"{word.text} is too common to look for and was left out",
                    word,
                    f"the operator is written {word.text.upper()}"
                    if word.text in _SMALL
                    else f'"{word.text}" asks for it',
                )
        return kept

    def _kept(self, node: t.Node) -> t.Node | None:
        """Return a node without the common words that an operator or a list holds; None if nothing is left."""
        if isinstance(node, t.Word):
            return None if node.start in self.bare else node
        if not isinstance(node, t.And | t.Or | t.Not | t.Boost | t.Optional | t.Filter):
            return node
        children = [child for part in node.children if (child := self._kept(part)) is not None]
        if len(children) > 1 or len(children) == len(node.children):
            return node.with_children(tuple(children))
        return children[0] if children else None

    # -- lists -------------------------------------------------------------------------------------------------

    def any_of(self) -> t.Node | None:
        """Parse a list joined by nothing: words with + are required, the others then only preferred."""
        nodes, plus = list[t.Node](), list[t.Node]()
        while True:
            sign = self.lexer.peek()
            if (node := self._required()) is not None:
                nodes.append(node)
                if (sign.kind, sign.text) == ("sign", "+"):
                    plus.append(node)
            token = self.lexer.peek()
            if token.kind in ("boost", "slop"):
                self.stray(token)
                self.take()
            elif token.kind not in STARTS and (token.kind, token.text) != ("op", "NOT"):
                break
        end = self.last.end if self.last else 0
        if self.options.any_:
            items = [shape.Item(node, False, node in plus, False) for node in nodes]
            return shape.join(items, "OR", True, self.report, {}, end) if items else None
        rest = [node for node in nodes if node not in plus and not isinstance(node, t.Not)]
        if plus and rest:
            start = nodes[0].start
            chosen = t.Optional(
                shape.one(plus, t.And, start, end), shape.one(rest, t.And, start, end), start=start, end=end
            )
            nodes = [chosen, *(node for node in nodes if isinstance(node, t.Not))]
        return shape.one(nodes, t.And, nodes[0].start, end) if nodes else None

    def _required(self) -> t.Node | None:
        return self._chain("REQUIRE", self._maybe, lambda left, right: t.Filter(left, _one(right, t.And)))

    def _maybe(self) -> t.Node | None:
        return self._chain("ANDMAYBE", self._without, lambda left, right: t.Optional(left, _one(right, t.Or)))

    def _without(self) -> t.Node | None:
        def make(left: t.Node, right: list[t.Node]) -> t.Node:
            return t.And((left, *(t.Not(node, start=node.start, end=node.end) for node in right)))

        return self._chain("ANDNOT", self._either, make)

    def _either(self) -> t.Node | None:
        return self.list("OR", lambda: self.list("AND", self.unary, False), False)

    def _chain(
        self, name: str, member: Callable[[], t.Node | None], make: Callable[[t.Node, list[t.Node]], t.Node]
    ) -> t.Node | None:
        """Parse members joined by an operator whose first operand differs from the others."""
        left, right = member(), list[t.Node]()
        while (token := self.lexer.peek()).kind == "op" and token.text == name:
            self.take()
            self.operand(token)
            node = member()
            if left is None:
                left = node
            elif node is not None:
                right.append(node)
        if left is None or not right:
            return left
        return replace(make(left, right), start=left.start, end=right[-1].end)

    def near(self) -> t.Node | None:
        """Parse the operand of NOT: there is no operator that binds more tightly."""
        return self.unary()

    def slop(self, node: t.Node, token: Token) -> t.Node:
        """Return a node after a report of the `~5` (`token`) behind something other than a phrase."""
        self.report.fail(
            "~ follows a word or a phrase",
            token,
            hint='write word~2 for words spelled alike, "a b"~5 for words near each other',
        )
        return node

    # -- atoms -------------------------------------------------------------------------------------------------

    def leaf(self, token: Token) -> t.Node | None:
        if token.kind != "field":
            return self._plain(token, self.field)
        name, following = token.value[0], self.lexer.peek()
        kind = fields.BY_NAME[name].kind
        whole = following.kind in ("word", "phrase", "regex") if kind == "text" else following.value[:1] == ("quoted",)
        dated = kind == "date" and _COMPACT.fullmatch(following.text)
        if kind in ("date", "number") and following.kind == "word" and following.text[:1] in ("[", "{"):
            self.report.fail(
                f"invalid range '{following.text}'",
                following,
                hint=f"write {token.text}:[a TO b], {token.text}:[a TO] or {token.text}:[TO b]",
            )
        if not following.spaced and (whole or dated or following.kind == "value"):
            return self._plain(self.take(), name)
        return atoms.fielded(self, token, self.group)

    def _plain(self, token: Token, field: str) -> t.Node | None:
        kind = fields.BY_NAME[field].kind
        if token.kind == "value":
            return self._range(token, field)
        if kind != "text":
            if token.value == ("quoted",):  # as typed, full-width signs too
                typed = self.report.text[token.start + 1 : token.end - 1]
                return values.read(self, field, _date(typed), token)
            if kind == "date":
                return values.read(self, field, _date(token.text), token)
            return values.from_token(self, token, field)
        if token.kind == "phrase":
            return self._sequence(token, field)
        if token.kind == "regex":
            return self._regex(token, field)
        return self._word(token, field)

    def _word(self, token: Token, field: str) -> t.Node | None:
        text, start, end = token.text, token.start, token.end
        quoted = token.value == ("quoted",)
        if text == "*" and not quoted:
            every = token.value == ("every",) or field == self.options.field
            return t.Everything(start=start, end=end) if every else atoms.has(field, token)
        if text[:1] in ("<", ">") and words.has_word(text):
            self.report.fail(
                f"{text[0]} compares the value of a date or number", token, hint="write words:>500 or date:>=2026"
            )
            return None
        if not token.value and (match := _FUZZY.fullmatch(text)):
            return atoms.fuzzy(self, match[1], match[2], match[3] or "0", field, token)
        wild = not token.value and ("*" in text or "?" in text)
        if wild and any(match[2] for match in _CLASS.finditer(text)):
            return atoms.regular(self, _class_regex(text), field, token)
        node = self._pieces(text, field, start + quoted, end - quoted, literal=bool(token.value))
        if isinstance(node, t.Word) and not token.value and words.is_stop(node.text) and not self.in_sequence:
            self.bare.add(node.start)
        return node

    def _pieces(self, text: str, field: str, start: int, end: int, *, literal: bool) -> t.Node | None:
        """Return the words of a text: those with something between them are looked for apart, as Whoosh does it."""
        found = words.pieces(text, field, start, end, literal=literal)
        if not found:
            if text.strip("\"'"):
                self.report.note("no-word", f"{text} holds no word and was left out", Place(start, end))
            return None
        runs = [[found[0]]]
        for node in found[1:]:
            if self.in_sequence or runs[-1][-1].end == node.start:
                runs[-1].append(node)
            else:
                runs.append([node])
        for node in found:
            if isinstance(node, t.Pattern) and not atoms.bounded(self, node, Place(start, end)):
                return None
        parts: list[t.Node] = [
            run[0] if len(run) == 1 else t.Phrase(tuple(run), start=run[0].start, end=run[-1].end) for run in runs
        ]
        if len(parts) > 1:
            self.report.note(
                "dialect",
                f"{text} is {len(parts)} words in Whoosh, found anywhere in an article",
                Place(start, end),
                f'write "{text}" for words side by side' if '"' not in text else "",
            )
        return shape.one(parts, t.And, start, end)

    def _regex(self, token: Token, field: str) -> t.Node | None:
        if re.search(r"\s", token.text):
            self.report.fail(
                "a regular expression fits one word: it holds no spaces",
                token,
                hint='write r"shr.ne"',
            )
            return None
        text = re.sub(r"\\.|/", lambda part: "\\/" if part[0] == "/" else part[0], token.text)
        parts = []
        for part in regex.alternatives(text):  # each fits the beginning of a word
            open_ = regex.ends_with(part, "$") or regex.ends_with(part, ".*")
            parts.append(part.removesuffix("$") if open_ else f"{part}.*")
        return atoms.regular(self, "|".join(parts), field, token)

    def _range(self, token: Token, field: str) -> t.Node | None:
        """`[a TO b]` of dates and numbers."""
        kind = fields.BY_NAME[field].kind
        if kind not in ("date", "number"):
            self.report.fail(
                "a range of words cannot be searched" if kind == "text" else f"{field} has no ranges",
                token,
                hint="ranges go with date, updated and words: words:[100 TO 500]",
            )
            return None
        match = self.lexer.at(token.start, _RANGE)
        assert match is not None  # it is how the token was found
        bounds: dict[str, t.NumberRange | t.DateRange] = {}
        for name in ("low", "high"):
            group = name if match[name] is not None else f"plain_{name}"
            text = (match[group] or "").strip()
            if text in ("", "*"):
                continue
            start = match.start(group) + match[group].index(text)
            node = values.read(self, field, _date(text), Place(start, start + len(text)))
            if not isinstance(node, t.NumberRange | t.DateRange):
                return None
            bounds[name] = node
        if not bounds:
            return t.Has(field, start=token.start, end=token.end)
        whole = _between(bounds, low_excluded=match[1] == "{", high_excluded=match[6] == "}")
        if whole.low is not None and whole.high is not None and whole.low > whole.high:
            self.report.fail(f"the range {token.text} holds nothing", token, hint="write the lower end first")
            return None
        return replace(whole, start=token.start, end=token.end)

    # -- sequences ---------------------------------------------------------------------------------------------

    def _sequence(self, token: Token, field: str) -> t.Node | None:
        """`"a b"~3`, and with wildcards, fuzzy words and groups inside: `"(jon OR john~) smith*"`."""
        if _SEQUENCE_SIGNS.isdisjoint(token.text):
            inner = token.end - 1 - len(token.text)
            items = words.pieces(token.text, field, inner, inner + len(token.text), literal=True)
        else:
            items = self._members(token, field)
        if not items:
            self.report.fail("the quotation marks hold no word", token, hint="leave them out, or write a phrase")
            return None
        distance, end = 1, token.end
        if self.lexer.peek().kind == "slop":
            slop = self.take()
            distance, end = self._slop(slop), slop.end
        plain = all(isinstance(part, t.Word | t.Pattern) for item in items for part in _options(item))
        if len(items) > 1 and distance == 1 and plain:
            return t.Phrase(tuple(items), start=token.start, end=end)
        if len(items) > self.options.max_depth:  # it is read as one operator within the other
            self.too_deep(token)
            return None
        whole = items[0]
        for item in items[1:]:
            whole = t.Near(whole, item, distance, ordered=True, start=token.start, end=end)
        return whole

    def _slop(self, token: Token) -> int:
        """Return how many positions words may be apart in `"a b"~5`."""
        size = int(token.text) if token.text.isdecimal() and len(token.text) < 9 else 0
        if not size:
            self.report.fail(f"invalid distance '~{token.text}'", token, hint='write "a b"~5, a whole number from 1')
        if size > t.MAX_DISTANCE:
            self.report.note(
                "distance-cut",
                f"~{token.text} is read as ~{t.MAX_DISTANCE}, the widest there is",
                token,
                "AND asks for the same article",
            )
        return min(max(size, 1), t.MAX_DISTANCE)

    def _members(self, token: Token, field: str) -> list[t.Node]:
        """Parse what a phrase token holds as parts that follow each other."""
        outer = self.field, self.in_sequence, self.lexer.text
        self.field, self.in_sequence, self.lexer.text = field, True, self.lexer.text[: token.end - 1]
        self.lexer.jump(token.end - 1 - len(token.text))
        items: list[t.Node] = []
        try:
            while (following := self.lexer.peek()).kind != "end":
                node = self.deeper(token, self.suffixed)
                if self.lexer.peek() is following:  # a parenthesis or an operator that does not belong here
                    self.stray(self.take())
                if node is not None:
                    items.extend(node.children if isinstance(node, t.Phrase) else (node,))
        finally:
            self.field, self.in_sequence, self.lexer.text = outer
        self.lexer.jump(token.end)
        for item in items:
            problem = shape.unplaced(item) or ("another field" if shape.zones(item) != {field} else "")
            if problem:
                self.report.fail(
                    f"{problem} cannot be inside quotation marks",
                    item,
                    hint="words, wildcards and groups joined by OR can, of one field",
                )
                return []
        return items


def _one(nodes: list[t.Node], kind: type[t.And] | type[t.Or]) -> t.Node:
    return shape.one(nodes, kind, nodes[0].start, nodes[-1].end)


def _options(node: t.Node) -> tuple[t.Node, ...]:
    return node.children if isinstance(node, t.Or) else (node,)


def _between(
    bounds: dict[str, t.NumberRange | t.DateRange], *, low_excluded: bool, high_excluded: bool
) -> t.NumberRange | t.DateRange:
    """Return the range between what two values cover; `bounds` lacks `low` or `high` where it is open."""
    ends: dict[str, int | None] = {}
    sides = (("low", "high", 1, low_excluded), ("high", "low", -1, high_excluded))
    for near, far, step, excluded in sides:
        for suffix in ("", "_local"):
            end = getattr(bounds.get(near), (far if excluded else near) + suffix, None)
            ends[near + suffix] = end + step if excluded and end is not None else end
    node = next(iter(bounds.values()))
    if isinstance(node, t.NumberRange):
        return replace(node, low=ends["low"], high=ends["high"])
    return replace(node, **ends)


def _date(text: str) -> str:
    """Return 202006 as 2020-06 and 20200615143000 as 2020-06-15T14:30:00; other texts as they are."""
    match = _COMPACT.fullmatch(text)
    if match is None:
        return text
    day, time = [part for part in match.groups()[:3] if part], [part for part in match.groups()[3:] if part]
    return "-".join(day) + ("T" + ":".join(time) if time else "")


def _class_regex(text: str) -> str:
    """Return a wildcard with character classes (`gr[ae]y*`, `[!0-9]?`) as a regular expression."""

    def part(match: re.Match[str]) -> str:
        if match[3] is None:
            inside = re.sub(r"[\\^/]", r"\\\g<0>", match[2])
            return f"[{'^' * bool(match[1])}{inside}]"
        return {"*": ".*", "?": "."}.get(match[3]) or ("\\/" if match[3] == "/" else re.escape(match[3]))

    return _CLASS.sub(part, text)
