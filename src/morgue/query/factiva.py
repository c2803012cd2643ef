"""Factiva free-text search: w/n is ordered, near is not, words side by side are a phrase.

From Factiva's and ProQuest's search help; differences from the native language become notices.
"""

from __future__ import annotations

import re

from morgue.fields import read_in
from morgue.query import fields
from morgue.query.dialect_lexer import DialectLexer
from morgue.query.lexer import Token
from morgue.query.parser import Parser
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

    def special(self, start: int, spaced: bool) -> Token | None:
        return (
            self._date(start, spaced)
            or self._operator_at(start, spaced)
            or self._at_least(start, spaced)
            or self._tag(start, spaced)
        )

    def _operator_at(self, start: int, spaced: bool) -> Token | None:
        if match := self.at(start, _NEAR):
            if match["name"] is None:
                return Token("near", match[0], start, match.end(), spaced, ("p", "", ""))
            ordered = match["name"].lower()[0] in "wa"
            if match["name"].lower().startswith("w"):
                self.remark(
                    f"{match[0]} requires this order in Factiva: read as pre/{match['size']}",
                    start,
                    match.end(),
                    f"near{match['size']} takes any order",
                )
            return Token("near", match[0], start, match.end(), spaced, (match["size"], "ordered" * ordered, ""))
        match = self.at(start, _OPERATOR)
        if match is None:
            return None
        word = match[1].upper()
        return Token("op", "NOT" if word.endswith("NOT") else word, start, match.end(1), spaced)

    def _at_least(self, start: int, spaced: bool) -> Token | None:
        match = self.at(start, _AT_LEAST)
        if match is None:
            return None
        if match[2]:
            return Token("function", "atleast", start, match.end(), spaced, (match[1],))
        return Token("function", "atleast-word", start, match.end(), spaced, (match[1],))

    def _tag(self, start: int, spaced: bool) -> Token | None:
        match = self.at(start, _FIELD)
        if match is None:
            return None
        name = match[1].lower()
        field = _TAGS.get(name)
        if field is None:
            self.report.fail(
                f"unknown field '{match[1]}'",
                start,
                match.end(1),
                hint="known: hl hd hlp lp td by sn rst ns in co re an la wc pd",
            )
            return Token("word", "", start, match.end(), spaced)
        if name in ("ns", "in", "co", "re", "se", "rst"):
            self.remark(
                f"{name}= holds Factiva's codes; here the words of {field} are searched", start, match.end(), ""
            )
        if fields.BY_NAME[field].kind == "text":
            return Token("field", match[1], start, match.end(), spaced, (field,))
        value = self.at(match.end(), _VALUE)
        if value is None:
            self.report.fail(f"{name}= needs a value", start, match.end(), hint="write it without a space")
            return Token("word", "", start, match.end(), spaced)
        sign = "" if match[2] == "=" else match[2]
        return Token("value", sign + compact(value[0]), start, value.end(), spaced, (field,))

    def _date(self, start: int, spaced: bool) -> Token | None:
        match = self.at(start, _DATE)
        if match is None:
            return None
        if match[1]:
            text = f"{compact(match[2])}..{compact(match[3])}"
        else:
            word, day = (match[4] or "").lower(), match[5]
            relative = re.fullmatch(r"-(\d+)", day)
            if relative:
                self.remark(f"date {word or 'after'} {day} is read as the last {relative[1]} days", start, match.end())
                text = f"{relative[1]}d"
            else:
                text = {"after": ">", "before": "<"}.get(word, "") + compact(day)
        return Token("value", text, start, match.end(), spaced, ("published",))

    def word_text(self, raw: str, start: int) -> str:
        if match := _LIMITED.search(raw):
            self.remark(
                f"{match[0]} is read as any number of letters", start, start + len(raw), "? matches exactly one"
            )
        return _LIMITED.sub("*", raw)


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
