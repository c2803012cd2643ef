"""The postings of a term for Whoosh's matchers to combine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import inf
from typing import Any

from whoosh.matching.mcore import LeafMatcher, NullMatcherClass, ReadTooFar
from whoosh.matching.mcore import Matcher as AnyMatcher
from whoosh.query.compound import Or
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


class FlatOr(Or):
    """Whoosh's OR of plain terms; the postings of each segment are merged at once and not step by step."""

    def _matcher(self, subs: Sequence[Any], searcher: Any, context: Any) -> Any:
        parts = [query.matcher(searcher, context) for query in subs]
        parts = [part for part in parts if not isinstance(part, NullMatcherClass)]
        if len(parts) > 1 and all(type(part) is Matcher and part._scores is not None for part in parts):
            return Merged(parts)
        return super()._matcher(subs, searcher, context)  # type: ignore[no-untyped-call]


class Merged(AnyMatcher):
    """Walks the documents of any of some terms in one segment, their scores added up."""

    def __init__(self, parts: Sequence[Matcher]) -> None:
        """Begin with the first document of any of `parts`, whose scores are ours."""
        self._parts = parts
        total: dict[int, float] = dict(zip(parts[0]._docs, parts[0]._scores or (), strict=True))
        for part in parts[1:]:
            for doc, score in zip(part._docs, part._scores or (), strict=True):
                total[doc] = total[doc] + score if doc in total else score
        self._docs = sorted(total)
        self._total = total
        self._i = 0

    def copy(self) -> Merged:
        other = Merged.__new__(Merged)
        other._parts, other._docs, other._total, other._i = self._parts, self._docs, self._total, self._i
        return other

    def is_active(self) -> bool:
        return self._i < len(self._docs)

    def reset(self) -> None:
        self._i = 0

    def id(self) -> int:
        return self._docs[self._i]

    def next(self) -> None:
        if self._i >= len(self._docs):
            raise ReadTooFar
        self._i += 1

    def skip_to(self, targetid: int) -> None:
        if self._i >= len(self._docs):
            raise ReadTooFar
        self._i = bisect_left(self._docs, targetid, self._i)

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    def score(self) -> float:
        return self._total[self._docs[self._i]]

    def _here(self) -> Iterator[Matcher]:
        """The terms that the document has, each at it."""
        here = self.id()
        for part in self._parts:
            part.reset()
            part.skip_to(here)
            if part.is_active() and part.id() == here:
                yield part

    def weight(self) -> float:
        return sum(part.weight() for part in self._here())

    def supports(self, astype: str) -> bool:
        return all(part.supports(astype) for part in self._parts)

    def value(self) -> Any:
        return next(self._here()).value()

    def value_as(self, astype: str) -> Any:
        return next(self._here()).value_as(astype)

    def spans(self) -> list[Span]:
        return sorted(span for part in self._here() for span in part.spans())

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return inf
