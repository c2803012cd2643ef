"""The lexer that Lexis and Factiva searches share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from morgue.query.lexer import Lexer, Token
from morgue.query.problems import Place

_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_GAP = re.compile(r'[ \t\r\n]+(?=[^\s()"/])')
_FIRST = re.compile(r"/[Ff](\d+)/")
_RUN = re.compile(r'(?:(?!/[FfNn]\d+/)[^\s()"=])+(?P<suffix>(?=/[Ff]\d+/))?')


Rule: TypeAlias = Callable[[re.Match[str], bool], Token | None]


class DialectLexer(Lexer):
    """What Lexis and Factiva have in common: operators in any case, words side by side that are one phrase."""

    name = ""

    def remark(self, message: str, match: re.Match[str], hint: str = "") -> None:
        """Note (`message`, `hint`) that the `match` is searched otherwise than in the dialect."""
        self.report.note("dialect", message, Place(*match.span()), hint)

    def rules(self) -> tuple[tuple[re.Pattern[str], Rule], ...]:
        """Return the forms of operators, fields and functions, and what makes a token of each; None for a word."""
        raise NotImplementedError

    def special(self, start: int, spaced: bool) -> Token | None:
        """Return the operator, field or function at offset `start`, `spaced` from what precedes it; None for a word."""
        for pattern, token in self.rules():
            if (match := self.at(start, pattern)) and (found := token(match, spaced)):
                return found
        return None

    def word_text(self, raw: re.Match[str]) -> str:
        """Return a word with its wildcards in native syntax."""
        raise NotImplementedError

    def _marked(self, char: str, start: int, spaced: bool) -> Token | None:
        if char != "/":
            return super()._marked(char, start, spaced)
        match = self.at(start, _FIRST)
        return Token("first", match[1], start, match.end(), spaced) if match else None

    def _word(self, start: int, spaced: bool) -> Token:
        found = self.special(start, spaced)
        if found is not None:
            return found
        pos, members, end = start, list[str](), start
        while True:
            raw = self.at(pos, _RUN)
            if raw is None or (members and self.special(pos, True) is not None):
                break
            members.append(self.word_text(raw))
            end = raw.end()
            if self.text[end - 1] in ",;":
                members[-1] = members[-1].rstrip(",;")
            gap = self.at(end, _GAP)
            if gap is None or raw["suffix"]:
                break
            pos = gap.end()
        if not members:  # a lone character that no word begins with
            self.report.fail(
                f"unexpected '{self.text[start]}'",
                Place(start, start + 1),
                hint=f"leave it out; {self.name} has no such sign",
            )
            return Token("word", "", start, start + 1, spaced)
        text = " ".join(member for member in members if member)
        if len(members) == 1:
            return Token("word", text, start, end, spaced)
        self.report.note(
            "dialect",
            f"words side by side are a phrase in {self.name}: {text}",
            Place(start, end),
            "write AND between them for both",
        )
        return Token("phrase", text, start, end, spaced)


def iso_date(text: str) -> str:
    """Return an American date (1/13/2026, 1/2026) as year-month-day; other texts as they are."""
    if match := _US_DATE.fullmatch(text):
        return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}"
    if match := _MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02d}"
    return text
