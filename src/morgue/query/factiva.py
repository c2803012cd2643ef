"""Factiva free-text search: w/n is ordered, near is not, words side by side are a phrase.

From Factiva's and ProQuest's search help; differences from the native language become notices.
"""

from __future__ import annotations

import re

from morgue.fields import read_in
from morgue.query import fields
from morgue.query.dialect_lexer import DialectLexer, Rule
from morgue.query.lexer import Token
from morgue.query.parser import Parser
from morgue.query.problems import Place
from morgue.query.tree import Node

_NEAR = re.compile(r"(?P<name>w/?|near/?|adj/?|/n)(?P<size>\d+)/?(?=[\s(]|$)|same(?=[\s(]|$)", re.IGNORECASE)
_OPERATOR = re.compile(r"(and\s+not|and|or|not)(?=[\s(]|$)", re.IGNORECASE)
_AT_LEAST = re.compile(r"atleast\s?(\d+)\s*(\(?)", re.IGNORECASE)
_FIELD = re.compile(r"([a-z]{2,4})\s?(=|>=|<=|>|<)\s?", re.IGNORECASE)
_VALUE = re.compile(r'[^\s()"]+')
_DATE = re.compile(
    r"(?:date|pd)\s+(?:(from)\s+(\S+)\s+to\s+([^\s()]+)"
    r"|(after|before|on|in)?\s*(-?\d[^\s()]*|last\s+\w+))",
    re.IGNORECASE,
)
_TAGS = read_in("factiva")
_LIMITED = re.compile(r"\$(\d*)")


class FactivaLexer(DialectLexer):
    """Reads tokens of Factiva searches."""

    name = "Factiva"

    def rules(self) -> tuple[tuple[re.Pattern[str], Rule], ...]:
        return (
            (_DATE, self._date),
            (_NEAR, self._distance),
            (_OPERATOR, self._connector),
            (_AT_LEAST, self._at_least),
            (_FIELD, self._tag),
        )

    def _distance(self, match: re.Match[str], spaced: bool) -> Token:
        if match["name"] is None:
            return Token("near", match[0], *match.span(), spaced, ("p", "", ""))
        kind, size = match["name"].lower()[0], match["size"]
        if kind == "w":
            self.remark(
                f"{match[0]} requires this order in Factiva: read as pre/{size}", match, f"near{size} takes any order"
            )
        return Token("near", match[0], *match.span(), spaced, (size, "ordered" if kind in "wa" else "", ""))

    def _connector(self, match: re.Match[str], spaced: bool) -> Token:
        word = match[1].upper()
        return Token("op", "NOT" if word.endswith("NOT") else word, *match.span(1), spaced)

    def _at_least(self, match: re.Match[str], spaced: bool) -> Token:
        name = "atleast" if match[2] else "atleast-word"
        return Token("function", name, *match.span(), spaced, (match[1],))

    def _tag(self, match: re.Match[str], spaced: bool) -> Token:
        name, place = match[1].lower(), Place(*match.span())
        field = _TAGS.get(name)
        if field is None:
            self.report.fail(
                f"unknown field '{match[1]}'",
                Place(*match.span(1)),
                hint="known: hl hd hlp lp td by sn rst ns in co re an la wc pd",
            )
            return Token("word", "", *place, spaced)
        if name in ("ns", "in", "co", "re", "se", "rst"):
            self.remark(f"{name}= holds Factiva's codes; here the words of {field} are searched", match)
        if fields.BY_NAME[field].kind == "text":
            return Token("field", match[1], *place, spaced, (field,))
        value = self.at(match.end(), _VALUE)
        if value is None:
            self.report.fail(f"{name}= needs a value", place, hint="write it without a space")
            return Token("word", "", *place, spaced)
        sign = "" if match[2] == "=" else match[2]
        return Token("value", sign + compact(value[0]), match.start(), value.end(), spaced, (field,))

    def _date(self, match: re.Match[str], spaced: bool) -> Token:
        if match[1]:
            text = f"{compact(match[2])}..{compact(match[3])}"
        else:
            word, day = (match[4] or "").lower(), match[5]
            relative = re.fullmatch(r"-(\d+)", day)
            if relative:
                self.remark(f"date {word or 'after'} {day} is read as the last {relative[1]} days", match)
                text = f"{relative[1]}d"
            else:
                text = {"after": ">", "before": "<"}.get(word, "") + compact(day)
        return Token("value", text, *match.span(), spaced, ("published",))

    def word_text(self, raw: re.Match[str]) -> str:
        if match := _LIMITED.search(raw[0]):
            self.remark(f"{match[0]} is read as any number of letters", raw, "? matches exactly one")
        return _LIMITED.sub("*", raw[0])


class FactivaParser(Parser):
    """Factiva's order is the native one; `atleast5 word` needs no parentheses."""

    lexer_class = FactivaLexer

    def all_of(self) -> Node | None:
        return self.list("AND", self.near, True)

    def any_of(self) -> Node | None:
        return self.list("OR", self.all_of, False)

    def function(self, token: Token) -> Node | None:
        if token.text != "atleast-word":
            return super().function(token)
        node = self.deeper(token, self.atom)
        return None if node is None else self.mentions(node, token, node.end)


def compact(text: str) -> str:
    """Return 19990201 as 1999-02-01; other texts as they are."""
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    return "-".join(match.groups()) if match else text
