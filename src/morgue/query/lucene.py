"""Lucene's query syntax as Elasticsearch, AP's Media API and Superdesk Newsroom have it.

From Lucene's classic query parser documentation and api.ap.org's Supported Query Syntax. Words side by side are joined
by AND, as AP and Newsroom do it.
"""

from __future__ import annotations

import re

from morgue.fields import read_in
from morgue.query import fields
from morgue.query.lexer import Lexer, Token
from morgue.query.parser import Parser
from morgue.query.tree import Near, Node, Phrase

_RANGE = re.compile(r"([\w.]+):([\[{])\s*(\S+)\s+TO\s+([^\s\]}]+)\s*([\]}])")
_FIELD = re.compile(r"([\w.]+):(?=\S)")
_EXISTS = re.compile(r"_exists_:([\w.]+)")
_NAMES = read_in("lucene")
_ROUNDING = re.compile(r"/[a-zM]$")


class LuceneLexer(Lexer):
    """Native tokens, with Lucene's signs for operators and ranges."""

    __slots__ = ()

    def _marked(self, char: str, start: int, spaced: bool) -> Token | None:
        for sign, operator in (("&&", "AND"), ("||", "OR")):
            if self.text.startswith(sign, start):
                return Token("op", operator, start, start + 2, spaced)
        if char == "!" and self.text[start + 1 : start + 2].strip():
            return Token("op", "NOT", start, start + 1, spaced)
        if self.text.startswith("*:*", start):
            return Token("word", "*", start, start + 3, spaced)
        return super()._marked(char, start, spaced)

    def _named(self, raw: str, start: int, end: int, spaced: bool) -> Token:
        if match := self.at(start, _EXISTS):
            field = self._field(match[1])
            if field is not None:
                return Token("value", "*", start, match.end(), spaced, (field,))
        if match := self.at(start, _RANGE):
            field = self._field(match[1])
            if field is not None:
                return Token("value", self._range(match), start, match.end(), spaced, (field,))
        match = self.at(start, _FIELD)
        field = self._field(match[1]) if match else None
        if match is None or field is None:
            return super()._named(raw, start, end, spaced)
        return Token("field", match[1], start, match.end(), spaced, (field,))

    def _field(self, name: str) -> str | None:
        known = _NAMES.get(name.lower())
        if known:
            return known
        field = fields.BY_ALIAS.get(name.lower())
        return field.name if field else None

    def _range(self, match: re.Match[str]) -> str:
        low, high = ("" if end == "*" else _ROUNDING.sub("", end) for end in (match[3], match[4]))
        if match[2] == "{" or match[5] == "}":
            self.report.note(
                "dialect", "{ } exclude the ends; here a range includes them", match.start(), match.end(), ""
            )
        return f"{low}..{high}"


class LuceneParser(Parser):
    """The native grammar with slop on phrases."""

    lexer_class = LuceneLexer

    def slop(self, node: Node, token: Token) -> Node:
        if not isinstance(node, Phrase):
            return super().slop(node, token)
        size = int(token.text) if token.text.isdigit() and len(token.text) < 6 else 1
        if size == 0:
            return node
        if len(node.items) > self.options.max_depth:  # it is read as one operator within the other
            self.too_deep(token)
            return node
        distance = min(size + 1, 255)
        near: Node = node.items[0]
        for item in node.items[1:]:
            near = Near(near, item, distance, start=node.start, end=token.end)
        self.report.note(
            "dialect",
            f"~{token.text} counts moves of words; it is read as w/{distance}, in any order",
            node.start,
            token.end,
            "",
        )
        return near
