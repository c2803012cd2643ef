"""The postings of a term for Whoosh's matchers to combine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from morgue.engine.files.postings import RUN
from morgue.whoosh.postings import Postings
from morgue.whoosh.scoring import Scorer


class Matcher(LeafMatcher):
    """Walks the documents of a term in one segment; a block is a run of RUN postings."""

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
        for name in ("_scores", "_highest", "_weights", "_bounds"):
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

    def next(self) -> bool:  # type: ignore[override]  # whether it entered another block, as Whoosh's own do
        if self._i >= self._count:
            raise ReadTooFar
        self._i += 1
        return self._i % RUN == 0 or self._i == self._count

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

    # -- bounds of a block

    @cached_property
    def _bounds(self) -> dict[int, tuple[float, float, float]]:
        return {}

    def _block(self) -> tuple[float, float, float]:
        """Return the highest weight, the least length and the highest score of the block (0 for Whoosh's scorers)."""
        run = self._i // RUN
        if run not in self._bounds:
            part = slice(run * RUN, (run + 1) * RUN)
            scores = self._scores
            if scores is not None:
                self._bounds[run] = (0.0, 0.0, max(scores[part]))
            else:
                self._bounds[run] = (max(self._weights[part]), min(self._postings.lengths()[part]), 0.0)
        return self._bounds[run]

    def block_max_weight(self) -> float:
        """Return the highest weight in the block."""
        return self._block()[0]

    def block_min_length(self) -> float:
        """Return the least length of a document in the block."""
        return self._block()[1]

    def block_quality(self) -> float:
        quality: float = self._block()[2] if self._scores is not None else self.scorer.block_quality(self)
        return quality

    def max_quality(self) -> float:
        return self._highest

    @cached_property
    def _highest(self) -> float:
        scores = self._scores
        quality: float = self.scorer.max_quality() if scores is None else max(scores)
        return quality

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self._i < self._count and self.block_quality() <= minquality:
            self._i = min((self._i // RUN + 1) * RUN, self._count)
            skipped += 1
        return skipped
