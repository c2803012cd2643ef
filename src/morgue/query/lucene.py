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
from morgue.query.problems import Place
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
        for pattern in (_EXISTS, _RANGE, _FIELD):
            if (match := self.at(start, pattern)) and (field := fields.tagged(match[1], _NAMES)):
                if pattern is _FIELD:
                    return Token("field", match[1], *match.span(), spaced, (field,))
                value = "*" if pattern is _EXISTS else self._range(match)
                return Token("value", value, *match.span(), spaced, (field,))
        return super()._named(raw, start, end, spaced)

    def _range(self, match: re.Match[str]) -> str:
        low, high = ("" if end == "*" else _ROUNDING.sub("", end) for end in (match[3], match[4]))
        if match[2] == "{" or match[5] == "}":
            self.report.note("dialect", "{ } exclude the ends; here a range includes them", Place(*match.span()))
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
        if len(node.children) > self.options.max_depth:  # it is read as one operator within the other
            self.too_deep(token)
            return node
        distance = min(size + 1, 255)
        near: Node = node.children[0]
        for item in node.children[1:]:
            near = Near(near, item, distance, start=node.start, end=token.end)
        self.report.note(
            "dialect",
            f"~{token.text} counts moves of words; it is read as w/{distance}, in any order",
            Place(node.start, token.end),
        )
        return near
