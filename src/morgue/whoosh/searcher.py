"""Whoosh's searcher over an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from whoosh.query.compound import Or
from whoosh.query.terms import Term
from whoosh.searching import Searcher
from whoosh.spelling import Corrector, ReaderCorrector
from whoosh.support.levenshtein import distance

from morgue.whoosh.matcher import FlatOr
from morgue.whoosh.schema import SPELLING, STEMMED, Spelled
from morgue.whoosh.scoring import Weighting


class ArchiveSearcher(Searcher):
    """Whoosh's searcher with the archive's scores; its suggestions are words as printed instead of stems."""

    def __init__(self, reader: Any, weighting: Any = None, **kwargs: Any) -> None:
        """Search `reader`.

        Args:
            reader: of an archive. weighting: None for the archive's. kwargs: of Whoosh's Searcher.
        """
        super().__init__(reader, weighting=Weighting() if weighting is None else weighting, **kwargs)
        self.corrector = partial(_corrector, reader)  # Searcher has the reader's

    def search(self, q: Any, **kwargs: Any) -> Any:
        merged = type(q) is Or and not (q.scale or q.minmatch or kwargs.get("terms"))
        if not merged or any(type(part) is not Term for part in q.subqueries):
            return super().search(q, **kwargs)
        found = super().search(FlatOr(q.subqueries, boost=q.boost), **kwargs)
        found.q = q
        return found

    def suggest(self, fieldname: str, text: str, limit: int = 5, maxdist: int = 2, prefix: int = 0) -> list[str]:
        return self.corrector(fieldname).suggest(text, limit=limit, maxdist=maxdist, prefix=prefix)

    def correct_query(
        self,
        q: Any,
        qstring: str | None,
        correctors: Mapping[str, Corrector] | None = None,
        terms: Any = None,
        maxdist: int = 2,
        prefix: int = 0,
        aliases: Mapping[str, str] | None = None,
    ) -> Any:
        own = {name: self.corrector(name) for name in STEMMED if name not in (aliases or {})}
        correctors = {**own, **(correctors or {})}
        return super().correct_query(q, qstring, correctors, terms, maxdist, prefix, aliases)  # type: ignore[no-untyped-call]


def _corrector(reader: Any, fieldname: str) -> Corrector:
    """Return what suggests words of a field (as Whoosh's reader does, but for fields of stems)."""
    return (
        _Speller(reader, fieldname, reader.schema[fieldname]) if fieldname in STEMMED else reader.corrector(fieldname)
    )


class _Speller(ReaderCorrector):
    """Suggests words as printed in a field of stems: the nearest first, then the most frequent."""

    def _suggestions(self, text: str, maxdist: int, prefix: int) -> Iterator[tuple[float, str]]:
        leaves = self.reader.leaf_readers()
        found = (leaf.terms_within(SPELLING, text, maxdist, prefix=prefix) for leaf, _ in leaves)
        for word in map(Spelled, set().union(*found)):
            frequency = self.reader.frequency(self.fieldname, word)
            if frequency:  # the field holds it, not only another part of the text
                yield -(distance(word, text, limit=maxdist) + 0.5 / frequency), word
