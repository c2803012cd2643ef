"""Whoosh's searcher over an archive."""

from __future__ import annotations

from typing import Any

from whoosh.searching import Searcher

from morgue.whoosh.schema import SPELLING, STEMMED
from morgue.whoosh.scoring import Weighting


class ArchiveSearcher(Searcher):
    """Whoosh's searcher with the archive's scores; its suggestions are words as printed instead of stems."""

    def __init__(self, reader: Any, weighting: Any = None, **kwargs: Any) -> None:
        """Search `reader`.

        Args:
            reader: of an archive. weighting: None for the archive's. kwargs: of Whoosh's Searcher.
        """
        super().__init__(reader, weighting=Weighting() if weighting is None else weighting, **kwargs)

    def suggest(self, fieldname: str, text: str, limit: int = 5, maxdist: int = 2, prefix: int = 0) -> list[str]:
        found: list[str] = super().suggest(_spelled(fieldname), text, limit, maxdist, prefix)  # type: ignore[no-untyped-call]
        return found


def _spelled(fieldname: str) -> str:
    """Return the field in which suggestions for a field are looked up."""
    return SPELLING if fieldname in STEMMED else fieldname
