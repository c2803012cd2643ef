"""What goes into parsing a query and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from morgue.model import Notice
from morgue.query.tree import Node, Pattern, Word

Saved = Mapping[str, str] | Callable[[str], str | None]


class Vocabulary(Protocol):
    """The words of an index (of an `index.protocol.IndexReader`); the parser warns of what they cannot answer."""

    def df(self, node: Word | Pattern, /) -> int:
        """Return in how many articles a word or pattern occurs."""

    def suggest(self, field: str, word: str) -> Sequence[tuple[str, int]]:
        """Return words of the field that are spelled like `word`, with their df, best first."""

    def expansions(self, pattern: Pattern, /) -> tuple[int, int]:
        """Return how many words a pattern fits, and how many of those a search would use."""

    def has_field(self, field: str, /) -> bool:
        """Return whether any article has something in a field or column of the tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseOptions:
    """How to read a query.

    Attributes:
        any_: join words by OR instead of AND.
        lenient: turn errors into notices and make the best of the rest.
        tz: IANA zone that dates are meant in; None for the machine's.
        now: POSIX seconds that relative dates start from; None for the clock.
        saved: text of a saved query by its name, for `@name`.
        field: name of the field that words without a field are searched in.
        overlap: dates match when they only touch the range.
        max_length: characters; max_depth: nested parentheses; max_terms: words, patterns and conditions.
    """

    any_: bool = False
    lenient: bool = False
    tz: str | None = None
    now: float | None = None
    saved: Saved | None = None
    field: str = "text"
    overlap: bool = False
    max_length: int = 20_000
    max_depth: int = 40
    max_terms: int = 1_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood: its tree, the warnings that go with it, and the text as typed."""

    tree: Node
    notices: tuple[Notice, ...]
    text: str
