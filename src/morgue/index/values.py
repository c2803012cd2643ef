"""Values that an index takes and returns besides documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from morgue.runtime.frozen import attribute, record

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

Sort = str | Sequence[tuple[str, bool]]
"""`relevance`, or (number column, descending) pairs.

Articles without a value come last in either direction; equal ones follow in order of filing.
"""


@record
class Ranking:
    """The parameters of relevance.

    Attributes:
        headline, lead, body: weight of an occurrence in the headline, the first two paragraphs, the rest.
        k1: how slowly further occurrences stop counting (>= 0). b: strength of length normalization (0 to 1).
    """

    headline: float = 2.0
    lead: float = 1.0
    body: float = 1.0
    k1: float = 1.8
    b: float = 0.65


DEFAULT = Ranking()


class TopDocs(NamedTuple):
    """A page of results: the number of all matching articles, and (document, score) of those on the page."""

    total: int
    hits: list[tuple[int, float]]


class Spelling(NamedTuple):
    """A folded spelling that fits a pattern, and the number of articles that hold its term."""

    text: str
    df: int


class Span(NamedTuple):
    """A match in an article.

    Attributes:
        field: index field: `text` or a small field.
        start, end: positions of its first and its last word (inclusive). words: of each matched word.
    """

    field: str
    start: int
    end: int
    words: tuple[int, ...]


class Structure(NamedTuple):
    """Where the sentences of a body begin.

    Attributes:
        positions: number of each sentence's first word in the field `text` (a sentence without words shares it with
            the next).
        offsets: each sentence's first character, an offset into the body.
        paragraphs: whether each sentence is the first of its paragraph.
    """

    positions: list[int]
    offsets: list[int]
    paragraphs: list[bool]


class Totals(NamedTuple):
    """The size of an index.

    Attributes:
        words: of the field `text`, those of deleted articles included until a merge drops them.
        segments: parts that the index consists of. deleted: articles deleted but still stored.
        bytes_: on disk. format_version: of the files.
    """

    words: int
    segments: int
    deleted: int
    bytes_: int
    format_version: int


@record
class Clause:
    """A clause of a query and its result for one article.

    Attributes:
        name: its label: `AND`, `"two words"`, `w/5`, `headline:oil`.
        matched: whether the article matches it.
        score: its part of the article's score (0 for filters, and if it does not match).
        children: the clauses it is made of.
        df, idf, tf, length, average: for a word or pattern: articles that have it, its inverse document frequency,
            tf' and dl' of the article and the average dl' (see engine/search/bm25f.py); else 0.
        occurrences: for a word or pattern: its number of occurrences in the article.
        optional: it need not match. excluded: it must not.
    """

    name: str
    matched: bool
    score: float = 0.0
    children: tuple[Clause, ...] = ()
    df: int = 0
    idf: float = 0.0
    tf: float = 0.0
    length: float = 0.0
    average: float = 0.0
    occurrences: int = 0
    optional: bool = False
    excluded: bool = False

    def failing(self) -> Iterator[Clause]:
        """Yield the smallest clauses because of which an article does not match; none when it does."""
        if self.matched or self.optional:
            return
        if self.excluded or not self.children:
            yield self
            return
        # All parts match but not the whole: words that are not near each other.
        deeper = [failed for child in self.children for failed in child.failing()]
        yield from deeper or [self]


@record
class Fault:
    """A difference between an index and what was written.

    Attributes:
        file: the file's name. what: a sentence. ids: of the articles affected, as far as they can be read; None when
            all articles of the file may be.
    """

    file: str
    what: str
    ids: tuple[str, ...] | None = None


@record(frozen=False)
class Salvage:
    """What could be read of the articles of an index.

    Attributes:
        records: id -> record, newest version.
        lost: ids of live articles that cannot be read; `file#number` where the id cannot either.
        settings: of the index, {} when its commit record is lost.
    """

    records: dict[str, bytes] = attribute(default_factory=dict)
    lost: list[str] = attribute(default_factory=list)
    settings: JsonObject = attribute(default_factory=dict)
