"""The state of a parser that parsing atoms and values shares with the grammar above them."""

from __future__ import annotations

from morgue.query.lexer import Lexer, Token
from morgue.query.options import ParseOptions
from morgue.query.problems import Reporter


class Cursor:
    """The tokens of one text, and the state at the position reached.

    Attributes:
        report: takes problems and notices. options: how to read. lexer: gives the tokens.
        field: name of the field that a word without a field is searched in.
        last: the token taken last, or None.
        bare: starts (character offsets) of stop words typed as plain words.
    """

    lexer_class: type[Lexer] = Lexer

    def __init__(self, report: Reporter, options: ParseOptions) -> None:
        self.report = report
        self.options = options
        self.lexer = self.lexer_class(report)
        self.field = options.field
        self.last: Token | None = None
        self.bare: set[int] = set()

    def take(self) -> Token:
        """Consume a token and return it."""
        self.last = self.lexer.take()
        return self.last
