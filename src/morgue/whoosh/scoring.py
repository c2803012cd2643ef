"""The weighting of an archive: the scores of `morgue search`."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from whoosh.scoring import BM25F, BaseScorer, WeightScorer

from morgue.engine.search.bm25f import ZONES, FieldScale, idf
from morgue.index.document import SMALL_FIELDS
from morgue.index.values import Ranking
from morgue.whoosh.schema import STEMMED


class Scorer(BaseScorer):
    """Scores the postings of a term, all of a segment together (matcher.py).

    Attributes:
        factor: idf * (k1 + 1). scale: weights and lengths of the field.
    """

    def __init__(self, factor: float, scale: FieldScale) -> None:
        self.factor = factor
        self.scale = scale


class Weighting(BM25F):
    """BM25F with the weights of headline, lead and body, and the inverse document frequency of engine/search/bm25f.py.

    Over readers that are not an archive's it is Whoosh's BM25F with that inverse document frequency.
    """

    def __init__(self, ranking: Ranking | None = None) -> None:
        """Take the parameters of relevance; None for the defaults."""
        self.ranking = ranking or Ranking()
        super().__init__(B=self.ranking.b, K1=self.ranking.k1)
        self._scales: WeakKeyDictionary[Any, dict[str, FieldScale]] = WeakKeyDictionary()

    def __getstate__(self) -> dict[str, Any]:
        return {"ranking": self.ranking}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["ranking"])  # type: ignore[misc]

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        parent = searcher.get_parent()
        return idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> BaseScorer:
        if not searcher.schema[fieldname].scorable:
            return WeightScorer(1.0)
        field = STEMMED.get(fieldname, fieldname)
        parent = searcher.get_parent()
        scale = self._scale(parent, field) if field in ZONES or field in SMALL_FIELDS else None
        if scale is None:
            return super().scorer(searcher, fieldname, text, qf)
        return Scorer(parent.idf(fieldname, text) * (self.ranking.k1 + 1), scale)

    def _scale(self, searcher: Any, field: str) -> FieldScale | None:
        """Return the scale of the engine's `field`; None over readers that are not all of an archive."""
        known = self._scales.setdefault(searcher, {})
        if field not in known:
            leaves = [reader._perdoc for reader, _ in searcher.reader().leaf_readers()]
            if not all(hasattr(leaf, "segment") for leaf in leaves):
                return None
            segments = [leaf.segment for leaf in leaves]

            def average(weights: tuple[float, float, float]) -> float:
                count = sum(segment.doc_count for segment in segments) or 1
                if field not in ZONES:
                    return float(sum(segment.field_total(field) for segment in segments) / count)
                zones = [sum(zone) for zone in zip(*(segment.zone_totals for segment in segments), strict=True)]
                return float(sum(weight * total for weight, total in zip(weights, zones, strict=True)) / count)

            known[field] = FieldScale(field, self.ranking, average)
        return known[field]
