"""LexisNexis terms and connectors: OR binds tightest, then w/n and pre/n, then AND, then AND NOT.

From LexisNexis's connector and segment help (lexis.com and Nexis); differences from the native language become notices.
"""

from __future__ import annotations

import re

from morgue.fields import read_in
from morgue.query import fields
from morgue.query.dialect_lexer import DialectLexer, iso_date
from morgue.query.lexer import Token
from morgue.query.parser import Parser
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

    def special(self, start: int, spaced: bool) -> Token | None:
        return (
            self._condition(start, spaced)
            or self._connector(start, spaced)
            or self._function(start, spaced)
            or self._segment(start, spaced)
        )

    def _connector(self, start: int, spaced: bool) -> Token | None:
        if match := self.at(start, _NEAR):
            size = match["size"].lower()
            if size == "seg":
                self.remark("/seg is read as AND: both in the article", start, match.end())
                return Token("op", "AND", start, match.end(), spaced)
            order = "ordered" if (match["name"] or "w").lower() in ("pre", "onear") else ""
            value = (size, order, "negated" if match["not"] else "")
            return Token("near", match[0], start, match.end(), spaced, value)
        match = self.at(start, _OPERATOR)
        if match is None:
            return None
        word = match[1].lower()
        return Token("op", {"but": "AND", "&": "AND"}.get(word, word.upper()), start, match.end(1), spaced)

    def _function(self, start: int, spaced: bool) -> Token | None:
        match = self.at(start, _FUNCTION)
        if match is None:
            return None
        if match[1]:
            return Token("function", "atleast", start, match.end(), spaced, (match[2],))
        name = match[3].lower()
        if name == "allcaps":
            return Token("function", name, start, match.end(), spaced)
        meant = {"caps": "a capital in it", "nocaps": "no capital in it", "singular": "the singular"}
        self.remark(
            f"{name}() is left out: {meant.get(name, 'the plural')} cannot be asked for",
            start,
            match.end() - 1,
            "allcaps() requires capitals, =word one spelling",
        )
        return Token("open", "(", start, match.end(), spaced)

    def _segment(self, start: int, spaced: bool) -> Token | None:
        match = self.at(start, _SEGMENT)
        if match is None:
            return None
        name = match[1].lower()
        field = _SEGMENTS.get(name) or (fields.BY_ALIAS[name].name if name in fields.BY_ALIAS else None)
        if field is None or fields.BY_NAME[field].kind not in ("text", "value"):
            if _OPERATOR.fullmatch(name):
                return None
            self.report.fail(
                f"unknown segment '{match[1]}'",
                start,
                match.end(1),
                hint="known: headline, hlead, lead, body, byline, dateline, publication, terms, subject, date, length",
            )
            return Token("open", "(", start, match.end(), spaced)
        return Token("field", match[1], start, match.end() - 1, spaced, (field,))

    def _condition(self, start: int, spaced: bool) -> Token | None:
        if match := self.at(start, _LENGTH):
            sign = "" if match[1].lower() in ("=", "is") else match[1]
            return Token("value", sign + match[2], start, match.end(), spaced, ("words",))
        match = self.at(start, _DATE)
        if match is None:
            return None
        low, high = iso_date(match[3]), iso_date(match[4] or "")
        if low != match[3]:
            self.remark(f"{match[3]} is read as month/day/year: {low}", start, match.end())
        sign = {"is": "", "=": "", "from": ""}.get(match[2].lower(), match[2].lower())
        sign = {"aft": ">", "after": ">", "bef": "<", "before": "<"}.get(sign, sign)
        text = sign + low
        if high:
            text = f"{low}..{high}"
            if sign == ">":
                self.remark("the range includes both days named", start, match.end())
        field = "ingested" if match[1].lower() == "load-date" else "published"
        return Token("value", text, start, match.end(), spaced, (field,))

    def word_text(self, raw: str, start: int) -> str:
        if "*" in raw:
            self.remark("* matches one character in Lexis: read as ?", start, start + len(raw))
        text = raw.replace("*", "?")
        return text[:-1] + "*" if text.endswith("!") else text.replace("!", "*")


class LexisParser(Parser):
    """Lexis's order: OR, then proximity, then AND and AND NOT."""

    lexer_class = LexisLexer

    def any_of(self) -> Node | None:
        return self.list("AND", self.near, True)

    def near_side(self) -> Node | None:
        return self.list("OR", self.unary, False)
