"""The lexer that Lexis and Factiva searches share."""

from __future__ import annotations

import re

from morgue.query.lexer import Lexer, Token

_CODE = "dialect"
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_GAP = re.compile(r'[ \t\r\n]+(?=[^\s()"/])')
_FIRST = re.compile(r"/[Ff](\d+)/")
_RUN = re.compile(r'(?:(?!/[FfNn]\d+/)[^\s()"=])+(?P<suffix>(?=/[Ff]\d+/))?')


class DialectLexer(Lexer):
    """What Lexis and Factiva have in common: operators in any case, words side by side that are one phrase."""

    name = ""

    def remark(self, message: str, start: int, end: int, hint: str = "") -> None:
        """Note (`message`, `hint`) that the part from `start` to `end` is searched otherwise than in the dialect."""
        self.report.note(_CODE, message, start, end, hint)

    def special(self, start: int, spaced: bool) -> Token | None:
        """Return the operator, field or function at offset `start`, `spaced` from what precedes it; None for a word."""
        raise NotImplementedError

    def word_text(self, raw: str, start: int) -> str:
        """Return a word (`raw`, at offset `start`) with its wildcards in native syntax."""
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
            members.append(self.word_text(raw[0], pos))
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
                start,
                start + 1,
                hint=f"leave it out; {self.name} has no such sign",
            )
            return Token("word", "", start, start + 1, spaced)
        text = " ".join(member for member in members if member)
        if len(members) == 1:
            return Token("word", text, start, end, spaced)
        self.remark(
            f"words side by side are a phrase in {self.name}: {text}", start, end, "write AND between them for both"
        )
        return Token("phrase", text, start, end, spaced)


def iso_date(text: str) -> str:
    """Return an American date (1/13/2026, 1/2026) as year-month-day; other texts as they are."""
    if match := _US_DATE.fullmatch(text):
        return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}"
    if match := _MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02d}"
    return text
