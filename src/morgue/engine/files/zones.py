"""The byte that says how often a word stands in headline, lead and rest of an article.

Part of the file format. The 255 commonest triples have a code, told by a rule rather than a table kept with each
segment, so that segments can be joined by joining their bytes and scorers can prepare one table for all. On Reuters
copy 0.3 % of postings need the escape, on long magazine pieces 1.4 %; the best table made to measure would save half
of those.
"""

from __future__ import annotations

ESCAPE = 255
_MOST = 256  # more than any count a code can hold


def _triples() -> tuple[tuple[int, int, int], ...]:
    # The 255th weighs 22: no more of each need be looked at.
    every = ((h, lead, rest) for h in range(4) for lead in range(12) for rest in range(23) if h + lead + rest)
    ranked = sorted(every, key=lambda t: (6 * t[0] + 2 * t[1] + t[2], t))
    return tuple(ranked[:ESCAPE])


# (headline, lead, rest) by code; the escape's own entry is all zero.
TRIPLES: tuple[tuple[int, int, int], ...] = (*_triples(), (0, 0, 0))
CODES: dict[tuple[int, int, int], int] = {triple: code for code, triple in enumerate(TRIPLES[:ESCAPE])}
# How many occurrences a code stands for: `codes.translate(TOTALS)`; 0 for the escape.
TOTALS = bytes(sum(triple) for triple in TRIPLES)
