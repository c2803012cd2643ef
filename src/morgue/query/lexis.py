"""LexisNexis terms and connectors: OR binds tightest, then w/n and pre/n, then AND, then AND NOT.

From LexisNexis's connector and segment help (lexis.com and Nexis); differences from the native language become notices.
"""

from __future__ import annotations

import re

from morgue.fields import read_in
from morgue.query import fields
from morgue.query.dialect_lexer import DialectLexer, Rule, iso_date
from morgue.query.lexer import Token
from morgue.query.parser import Parser
from morgue.query.problems import Place
from morgue.query.tree import Node

_NEAR = re.compile(
    r"(?P<not>not\s+)?(?P<name>w|near|within|pre|onear)?"
    r"/(?P<size>\d+|s(?:ent)?|p(?:ara)?|seg)(?=[\s(]|$)",
    re.IGNORECASE,
)
_OPERATOR = re.compile(r"(and|or|but|not|&)(?=[\s(]|$)", re.IGNORECASE)
_FUNCTION = re.compile(r"(atleast)\s?(\d+)\s?\(|(allcaps|caps|nocaps|singular|plural)\s?\(", re.IGNORECASE)
_SEGMENT = re.compile(r"([A-Za-z][A-Za-z-]*)\s?\(")
_DATE = re.compile(
    r"(date|load-date)\s*\(?\s*(is|=|aft(?:er)?|bef(?:ore)?|>=|<=|>|<|from)\s*([^\s()]+)"
    r"(?:\s+(?:to|and\s+(?:date\s+)?(?:bef(?:ore)?|<))\s+([^\s()]+))?\s*\)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(?:length|words)\s*\(?\s*(>=|<=|>|<|=|is)\s*(\d+)\s*\)?", re.IGNORECASE)
_SEGMENTS = read_in("lexis")


class LexisLexer(DialectLexer):
    """Reads tokens of Lexis searches."""

    name = "Lexis"

    def rules(self) -> tuple[tuple[re.Pattern[str], Rule], ...]:
        return (
            (_LENGTH, self._length),
            (_DATE, self._date),
            (_NEAR, self._distance),
            (_OPERATOR, self._connector),
            (_FUNCTION, self._function),
            (_SEGMENT, self._segment),
        )

    def _distance(self, match: re.Match[str], spaced: bool) -> Token:
        size = match["size"].lower()
        if size == "seg":
            self.remark("/seg is read as AND: both in the article", match)
            return Token("op", "AND", *match.span(), spaced)
        order = "ordered" if (match["name"] or "w").lower() in ("pre", "onear") else ""
        return Token("near", match[0], *match.span(), spaced, (size, order, "negated" if match["not"] else ""))

    def _connector(self, match: re.Match[str], spaced: bool) -> Token:
        word = match[1].lower()
        return Token("op", {"but": "AND", "&": "AND"}.get(word, word.upper()), *match.span(1), spaced)

    def _function(self, match: re.Match[str], spaced: bool) -> Token:
        if match[1]:
            return Token("function", "atleast", *match.span(), spaced, (match[2],))
        name = match[3].lower()
        if name == "allcaps":
            return Token("function", name, *match.span(), spaced)
        meant = {"caps": "a capital in it", "nocaps": "no capital in it", "singular": "the singular"}
        self.report.note(
            "dialect",
            f"{name}() is left out: {meant.get(name, 'the plural')} cannot be asked for",
            Place(match.start(), match.end() - 1),
            "allcaps() requires capitals, =word one spelling",
        )
        return Token("open", "(", *match.span(), spaced)

    def _segment(self, match: re.Match[str], spaced: bool) -> Token | None:
        field = fields.tagged(match[1], _SEGMENTS)
        if field is None or fields.BY_NAME[field].kind not in ("text", "value"):
            if _OPERATOR.fullmatch(match[1]):
                return None
            self.report.fail(
                f"unknown segment '{match[1]}'",
                Place(*match.span(1)),
                hint="known: headline, hlead, lead, body, byline, dateline, publication, terms, subject, date, length",
            )
            return Token("open", "(", *match.span(), spaced)
        return Token("field", match[1], match.start(), match.end() - 1, spaced, (field,))

    def _length(self, match: re.Match[str], spaced: bool) -> Token:
        sign = "" if match[1].lower() in ("=", "is") else match[1]
        return Token("value", sign + match[2], *match.span(), spaced, ("words",))

    def _date(self, match: re.Match[str], spaced: bool) -> Token:
        low, high = iso_date(match[3]), iso_date(match[4] or "")
        if low != match[3]:
            self.remark(f"{match[3]} is read as month/day/year: {low}", match)
        sign = {"is": "", "=": "", "from": ""}.get(match[2].lower(), match[2].lower())
        sign = {"aft": ">", "after": ">", "bef": "<", "before": "<"}.get(sign, sign)
        text = sign + low
        if high:
            text = f"{low}..{high}"
            if sign == ">":
                self.remark("the range includes both days named", match)
        field = "ingested" if match[1].lower() == "load-date" else "published"
        return Token("value", text, *match.span(), spaced, (field,))

    def word_text(self, raw: re.Match[str]) -> str:
        if "*" in raw[0]:
            self.remark("* stands for one character in Lexis, which is ? here", raw)
        text = raw[0].replace("*", "?")
        return text[:-1] + "*" if text.endswith("!") else text.replace("!", "*")


class LexisParser(Parser):
    """Lexis's order: OR, then proximity, then AND and AND NOT."""

    lexer_class = LexisLexer

    def any_of(self) -> Node | None:
        return self.list("AND", self.near, True)

    def near_side(self) -> Node | None:
        return self.list("OR", self.unary, False)
