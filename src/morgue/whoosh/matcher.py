"""The postings of a term for Whoosh's matchers to combine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import Any

from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from morgue.whoosh.postings import Postings
from morgue.whoosh.scoring import Scorer


class Matcher(LeafMatcher):
    """Walks the documents of a term in one segment."""

    def __init__(self, postings: Postings, format_: Any, term: tuple[str, bytes], scorer: Any = None) -> None:
        """Begin with the first document.

        Args:
            postings: of the term. format_: of Whoosh's field. term: (field, bytes).
            scorer: ours, whose scores are computed together, one of Whoosh's, or None.
        """
        self._postings = postings
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._docs = postings.docs
        self._count = len(self._docs)
        self._i = 0

    def copy(self) -> Matcher:
        other = Matcher(self._postings, self.format, self._term, self.scorer)
        for name in ("_scores", "_weights"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        other._i = self._i
        return other

    # -- where it is

    def is_active(self) -> bool:
        return self._i < self._count

    def reset(self) -> None:
        self._i = 0

    def id(self) -> int:
        return self._docs[self._i]

    def next(self) -> None:
        if self._i >= self._count:
            raise ReadTooFar
        self._i += 1

    def skip_to(self, targetid: int) -> None:
        if self._i >= self._count:
            raise ReadTooFar
        self._i = bisect_left(self._docs, targetid, self._i)

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    # -- what is there

    @cached_property
    def _weights(self) -> Sequence[float]:
        return self._postings.weights()

    @cached_property
    def _scores(self) -> Sequence[float] | None:
        """The scores of all documents; None where Whoosh's scorer computes each."""
        scorer = self.scorer
        return self._postings.scores(scorer.factor, scorer.scale) if isinstance(scorer, Scorer) else None

    def weight(self) -> float:
        return self._weights[self._i]

    def score(self) -> float:
        scores = self._scores
        score: float = self.scorer.score(self) if scores is None else scores[self._i]
        return score

    def supports(self, astype: str) -> bool:
        return astype in ("positions", "frequency", "weight") and bool(self.format.supports(astype))

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return list(self._postings.positions(self._i))
        return self.weight() if astype == "weight" else int(self.weight())

    def value(self) -> Any:
        return self.format.encode(self.value_as("positions")) if self.supports("positions") else b""

    def spans(self) -> list[Span]:
        return [Span(position) for position in self._postings.positions(self._i)]

    # -- bounds: none, as Whoosh loses hits and parts of scores where it may skip (AndMaybe in place of Or within And)

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return inf
