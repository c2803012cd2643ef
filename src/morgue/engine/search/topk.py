"""The best documents of one word, without scoring those that cannot be among them.

A posting's byte code says how often the word stands where, and so the most it can score in the shortest article. Codes
are taken from the best on; once enough documents are scored to know what the k-th best has, the postings of all codes
that cannot reach it are left alone, which costs a table lookup per byte and no arithmetic.
"""

from __future__ import annotations

from heapq import nlargest
from itertools import compress
from typing import Any

from morgue.engine.files.postings import ESCAPE
from morgue.engine.search.arrays import PYTHON
from morgue.engine.search.nodes import Term
from morgue.engine.search.term_postings import WholeKey

_WORTH = 64  # postings below which pruning costs more than it saves
_ROUNDING = 1e-9


def best_of_term(term: Term, s: int, k: int) -> tuple[int, list[tuple[float, int]]] | None:
    """Return how many documents hold a word, and the k best (score, document); None when that is not told quickly."""
    local = term.postings.by_segment[s]
    if local is None:
        return 0, []
    key = local.keys[0]
    if term.ops is not PYTHON or len(local.keys) > 1 or not isinstance(key, WholeKey):
        return None
    if len(key.docs) < _WORTH + 4 * k:
        return None
    codes, deleted = key.postings.codes.tobytes(), local.segment.deleted
    scale = term.scale
    factor = term.postings.idf * (scale.ranking.k1 + 1)
    ranked = sorted(set(codes), key=lambda code: -scale.tf[code] if code != ESCAPE else float("-inf"))
    first: list[int] = []
    reached = 0
    while ranked and reached < 2 * k:
        code = ranked.pop(0)
        first.append(code)
        reached += codes.count(code)
    docs, scores = _scored(term, s, key, codes, first, deleted)
    least = nlargest(k, scores)[-1] if len(scores) >= k else 0.0
    lowest = scale.lowest(key.postings.blocks())
    rest = [c for c in ranked if factor * scale.tf[c] / (scale.tf[c] + lowest) >= least * (1 - _ROUNDING)]
    if rest:
        more, further = _scored(term, s, key, codes, rest, deleted)
        docs, scores = docs + more, scores + further
    live = len(key.docs) - (sum(map(deleted.__getitem__, key.docs)) if deleted else 0)
    return live, term.ops.best(docs, scores, k)


def _scored(
    term: Term, s: int, key: WholeKey, codes: bytes, chosen: list[int], deleted: bytes | bytearray | None
) -> tuple[list[int], Any]:
    """Return the documents of the postings with some codes that are not deleted, and their scores."""
    table = bytearray(256)
    for code in chosen:
        table[code] = 1
    docs = list(compress(key.docs, codes.translate(table)))
    if deleted:
        docs = [doc for doc in docs if not deleted[doc]]
    return docs, term.scores(s, docs)
