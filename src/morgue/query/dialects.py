"""Other query languages, read into the same tree: what they share, and translation between them and ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from morgue.errors import QueryError, UsageError
from morgue.model import Notice
from morgue.query import reading
from morgue.query.lexer import Lexer, Token
from morgue.query.options import Parsed, ParseOptions, Vocabulary
from morgue.query.parser import Parser
from morgue.query.problems import Reporter

SYNTAXES = ("native", "lexis", "factiva", "lucene")
_CODE = "dialect"
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Translation:
    """A query in another language, and notes on where the two differ in meaning."""

    text: str
    notes: tuple[Notice, ...]


def parser_for(syntax: str) -> type[Parser]:
    """Return the parser of a dialect.

    Raises:
        UsageError: there is no such dialect.
    """
    if syntax == "native":
        return Parser
    if syntax == "lexis":
        from morgue.query.lexis import LexisParser

        return LexisParser
    if syntax == "factiva":
        from morgue.query.factiva import FactivaParser

        return FactivaParser
    if syntax == "lucene":
        from morgue.query.lucene import LuceneParser

        return LuceneParser
    raise UsageError(f"there is no query syntax {syntax!r}", hint=f"known: {', '.join(SYNTAXES)}")


def read(text: str, options: ParseOptions, vocabulary: Vocabulary | None, syntax: str) -> Parsed:
    """Return a query of a dialect as understood; see `morgue.query.parse`."""
    report = Reporter(text, lenient=options.lenient)
    tree = reading.native(report, options, parser_for(syntax))
    return Parsed(tree, reading.checked(tree, report, vocabulary), text)


def translate(text: str, from_: str, to: str, options: ParseOptions | None = None) -> Translation:
    """Return a query in another syntax.

    Args:
        text: the query. from_: its syntax. to: the syntax wanted. options: zone and time for its dates.

    Raises:
        QueryError: the query cannot be understood, or holds what the other language cannot say.
        UsageError: there is no such syntax.
    """
    options = options or ParseOptions()
    parser_for(to)
    parsed = reading.read(text, options, None, from_)
    from morgue.query.foreign import write

    try:
        written, notes = write(parsed.tree, to, options.tz)
    except ValueError as error:
        raise QueryError(str(error), query=text, start=0, end=len(text), hint=f"{to} has no way to say it") from None
    return Translation(written, (*parsed.notices, *notes))


class DialectLexer(Lexer):
    """What Lexis and Factiva have in common: operators in any case, words side by side that are one phrase."""

    name = ""
    operator = re.compile(r"and|or|not", re.IGNORECASE)

    def remark(self, message: str, start: int, end: int, hint: str = "") -> None:
        """Note a difference in meaning between the dialect and what is searched."""
        self.report.note(_CODE, message, start, end, hint)

    def special(self, start: int, spaced: bool) -> Token | None:
        """Return the operator, field or function at a place, or None for a word."""
        raise NotImplementedError

    def word_text(self, raw: str, start: int) -> str:
        """Return a word with its wildcards as ours."""
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
                f"{self.text[start]} cannot stand here",
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


_RUN = re.compile(r'(?:(?!/[FfNn]\d+/)[^\s()"=])+(?P<suffix>(?=/[Ff]\d+/))?')
_FIRST = re.compile(r"/[Ff](\d+)/")
_GAP = re.compile(r'[ \t\r\n]+(?=[^\s()"/])')


def iso_date(text: str) -> str:
    """Return an American date (1/13/2026, 1/2026) as year-month-day; other texts as they are."""
    if match := _US_DATE.fullmatch(text):
        return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}"
    if match := _MONTH_YEAR.fullmatch(text):
        return f"{match[2]}-{int(match[1]):02d}"
    return text
