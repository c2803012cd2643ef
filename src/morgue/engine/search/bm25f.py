"""Scores of matches: BM25F over headline, lead and body (Robertson, Zaragoza & Taylor 2004).

Occurrences are weighted by their zone and added up before they saturate:

    tf' = sum of weight * occurrences        dl' = sum of weight * words        over the zones of the field
    score = idf * tf' * (k1 + 1) / (tf' + k1 * (1 - b + b * dl' / average dl'))

with idf = log(1 + (N - df + 0.5) / (df + 0.5)), the probabilistic weight kept above 0 as in Lucene.
N and df count deleted articles until a merge drops them, as Whoosh does. A small field has one zone of weight 1. A zone
searched by name (`headline:`) is a field of that zone alone.

docs/decisions/ranking.md gives the measurements behind the idf and the defaults. On its sets k1 from 1.6 to 2, b from
0.6 to 0.75 and a headline of 2 to 3 change the mean by less than 0.003.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import log
from typing import cast

from morgue.engine.files.postings import TRIPLES, Block
from morgue.engine.files.segment import Segment
from morgue.engine.search.arrays import PYTHON, Column, Docs, Numbers, Ops
from morgue.index.document import TEXT
from morgue.index.values import Ranking

Zones = tuple[bool, bool, bool]

# Searchable name of the text -> whether it includes headline, lead, rest.
ZONES: Mapping[str, Zones] = {
    "text": (True, True, True),
    "headline": (True, False, False),
    "lead": (False, True, False),
    "hlead": (True, True, False),
    "body": (False, True, True),
}


def home(field: str) -> str:
    """Return the index field whose postings hold a searchable field."""
    return TEXT if field in ZONES else field


def idf(total: int, df: int) -> float:
    """Return the inverse document frequency of a term that `df` of `total` documents hold; above 0."""
    return log(1 + max(total - df + 0.5, 0.5) / (df + 0.5))


class FieldScale:
    """The weights of one searchable field under a ranking, and the lengths of its articles.

    Attributes:
        weights: per zone; 0 for zones outside the field.
        tf: tf' by the byte code of a posting (`postings.TRIPLES`). average: the average dl'.
    """

    def __init__(self, field: str, ranking: Ranking, average: Callable[[tuple[float, float, float]], float]) -> None:
        """`average` returns the average dl' of all articles for the weights of headline, lead and rest."""
        self.field = field
        self.ranking = ranking
        zones = ZONES.get(field)
        if zones is None:
            self.weights = (1.0, 1.0, 1.0)
        else:
            w = (ranking.headline, ranking.lead, ranking.body)
            self.weights = (w[0] * zones[0], w[1] * zones[1], w[2] * zones[2])
        self.tf = _tf_by_code(self.weights)
        self._tf: Column | None = None
        self.average = mean = average(self.weights) or 1.0
        self._base = ranking.k1 * (1 - ranking.b)
        self._slope = ranking.k1 * ranking.b / mean
        self._full: dict[tuple[int, bool], Column] = {}
        self._requested: dict[int, int] = {}

    def by_code(self, ops: Ops) -> Column:
        """Return `tf` as a column."""
        if ops is PYTHON:
            return self.tf
        if self._tf is None:
            self._tf = ops.column(self.tf)
        return self._tf

    def lowest(self, blocks: Iterable[Block]) -> float:
        """Return a lower bound of the norms of the documents in some blocks of postings."""
        if self.field not in ZONES:
            return self._base
        return self._base + self._slope * min((self.count(block.least) for block in blocks), default=0.0)

    def count(self, counts: tuple[int, int, int]) -> float:
        """Return tf' of `counts`: occurrences in headline, lead, rest."""
        a, b, c = self.weights
        return a * counts[0] + b * counts[1] + c * counts[2]

    def norms(self, ops: Ops, segment: Segment, docs: Docs) -> Column:
        """Return k1 * (1 - b + b * dl' / average) for `docs` of `segment`, as a column of `ops`.

        Once as many were requested as the segment has documents, the norms of all are computed and kept; until then
        only those requested.
        """
        token = id(segment), ops is PYTHON
        full = self._full.get(token)
        if full is None:
            requested = self._requested[token[0]] = self._requested.get(token[0], 0) + len(docs)
            if requested < segment.doc_count:
                return ops.combine(self._base, self._lengths(ops, segment, docs))
            full = self._full[token] = ops.combine(self._base, self._lengths(ops, segment, None))
        return ops.pick(full, docs)

    def length(self, segment: Segment, doc: int) -> float:
        """Return dl' of the document `doc` of `segment`."""
        if self.field in ZONES:
            h, lead, rest = segment.zone_lengths
            return self.count((h[doc], lead[doc], rest[doc]))
        lengths = segment.field_lengths(self.field)
        return float(lengths[doc]) if lengths is not None else 0.0

    def norm(self, segment: Segment, doc: int) -> float:
        """Return the norm of the document `doc` of `segment`."""
        return self._base + self._slope * self.length(segment, doc)

    def _lengths(self, ops: Ops, segment: Segment, docs: Docs | None) -> list[tuple[float, Numbers]]:
        if self.field in ZONES:
            views: list[Numbers] = list(segment.zone_lengths)
            factors = [self._slope * weight for weight in self.weights]
        else:
            views, factors = [cast("Numbers", segment.field_lengths(self.field))], [self._slope]
        if docs is not None:
            views = [ops.pick(view, docs) for view in views]
        return list(zip(factors, views, strict=True))


@lru_cache(maxsize=64)
def _tf_by_code(weights: tuple[float, float, float]) -> list[float]:
    """Return tf' for each byte code."""
    a, b, c = weights
    return [a * h + b * lead + c * rest for h, lead, rest in TRIPLES]
