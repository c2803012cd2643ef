"""Sets of documents and columns of scores, in two makes: plain Python, and numpy where its import pays.

Importing numpy costs as much as scoring some 300,000 postings in Python. So a process counts the postings it works on;
once it has spent about what the import costs, it imports numpy and goes on with it. A search at the prompt never gets
there; a session that answers many queries soon does. Whoever has imported numpy already gets it at once. Both makes
compute the same numbers in the same order, to the last bit.

A *set* holds document numbers of one segment; a *column* one number per document of a list of documents. Only the make
that made them looks inside.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, repeat
from operator import add
from typing import Any, Protocol, TypeAlias

DocSet: TypeAlias = Any
Column: TypeAlias = Any
Docs: TypeAlias = Any  # document numbers, ascending

NUMPY_PAYS = 300_000
"""Postings worked on in plain Python (some 0.3 µs each) after which a process imports numpy (some 0.1 s)."""

FEW = 400
"""Postings that are worked on faster without numpy, once it is there: each call of it costs as much as ten of them."""


def place(docs: Sequence[int], doc: int) -> int:
    """Return the index of a document in an ascending sequence, or -1."""
    index = bisect_left(docs, doc)
    return index if index < len(docs) and docs[index] == doc else -1


class Ops(Protocol):
    """What can be done with sets and columns, whatever they are made of."""

    def of(self, docs: Iterable[int], size: int, /) -> DocSet:
        """Return the set of some documents of a segment of `size` documents."""

    def every(self, size: int, /) -> DocSet:
        """Return the set of all documents of a segment."""

    def union(self, sets: Sequence[DocSet], size: int, /) -> DocSet:
        """Return the documents of any set."""

    def both(self, one: DocSet, other: DocSet) -> DocSet:
        """Return the documents of both sets."""

    def minus(self, one: DocSet, other: DocSet) -> DocSet:
        """Return the documents of one set that are not in the other."""

    def meet(self, within: DocSet, docs: Sequence[int]) -> DocSet:
        """Return the documents of a set that are also in an ascending sequence."""

    def count(self, some: DocSet) -> int:
        """Return how many documents a set holds."""

    def listed(self, some: DocSet) -> Docs:
        """Return the documents of a set in order."""

    def sequence(self, docs: Sequence[int]) -> Docs:
        """Return an ascending sequence of documents as `listed` would."""

    def column(self, numbers: Any) -> Column:
        """Return a column made of a sequence of numbers."""

    def zeros(self, length: int) -> Column:
        """Return a column of zeros."""

    def pick(self, numbers: Any, indices: Any) -> Column:
        """Return numbers[i] for each of the indices."""

    def rows(self, column: Column, number: int) -> Iterable[int]:
        """Return the rows of a column that hold a number."""

    def locate(self, every: Sequence[int], docs: Docs) -> Sequence[int]:
        """Return the index of each of some documents in an ascending sequence that holds them all."""

    def combine(self, base: float, parts: Sequence[tuple[float, Any]]) -> Column:
        """Return base + factor * number + ... for each row of some columns of numbers."""

    def add(self, one: Column, other: Column) -> Column:
        """Return the sums, row by row."""

    def scale(self, column: Column, factor: float) -> Column:
        """Return the products."""

    def saturate(self, factor: float, tf: Column, norms: Column) -> Column:
        """Return factor * tf / (tf + norm) for each row: what a posting scores."""

    def spread(self, docs: Docs, scores: Column, wanted: Docs, size: int, /) -> Column:
        """Return the scores of the wanted documents, 0 for those not among `docs`."""

    def summed(self, parts: Sequence[tuple[Sequence[int], Column]], wanted: Docs, size: int, /) -> Column:
        """Return for each wanted document the sum of its numbers in some columns, each over its own documents."""

    def best(self, docs: Docs, scores: Column, k: int) -> list[tuple[float, int]]:
        """Return the k best (score, document), ties in order of document."""


class PythonOps:
    """Sets are `set`s, columns are lists; the loops run in C (map, zip, set algebra)."""

    def of(self, docs: Iterable[int], _size: int) -> DocSet:
        return docs if isinstance(docs, set) else set(docs)

    def every(self, size: int) -> DocSet:
        return set(range(size))

    def union(self, sets: Sequence[DocSet], _size: int) -> DocSet:
        return set().union(*sets)

    def both(self, one: DocSet, other: DocSet) -> DocSet:
        return one & other

    def minus(self, one: DocSet, other: DocSet) -> DocSet:
        return one - other

    def meet(self, within: DocSet, docs: Sequence[int]) -> DocSet:
        if len(within) * 16 >= len(docs):
            return within.intersection(docs)
        return {doc for doc in within if place(docs, doc) >= 0}

    def count(self, some: DocSet) -> int:
        return len(some)

    def listed(self, some: DocSet) -> Docs:
        return sorted(some)

    def sequence(self, docs: Sequence[int]) -> Docs:
        return docs if isinstance(docs, list) else list(docs)

    def column(self, numbers: Any) -> Column:
        return list(numbers)

    def zeros(self, length: int) -> Column:
        return [0.0] * length

    def pick(self, numbers: Any, indices: Any) -> Column:
        return list(map(numbers.__getitem__, indices))

    def rows(self, column: Column, number: int) -> Iterable[int]:
        return [row for row, held in enumerate(column) if held == number] if number in column else ()

    def locate(self, every: Sequence[int], docs: Docs) -> Sequence[int]:
        return [bisect_left(every, doc) for doc in docs]

    def combine(self, base: float, parts: Sequence[tuple[float, Any]]) -> Column:
        if len(parts) == 3:
            (a, xs), (b, ys), (c, zs) = parts
            return [base + a * x + b * y + c * z for x, y, z in zip(xs, ys, zs, strict=True)]
        column: Column = list(repeat(base, len(parts[0][1])))
        for factor, numbers in parts:
            column = [so_far + factor * number for so_far, number in zip(column, numbers, strict=True)]
        return column

    def add(self, one: Column, other: Column) -> Column:
        return list(map(add, one, other))

    def scale(self, column: Column, factor: float) -> Column:
        return [number * factor for number in column]

    def saturate(self, factor: float, tf: Column, norms: Column) -> Column:
        return [factor * number / (number + norm) for number, norm in zip(tf, norms, strict=True)]

    def spread(self, docs: Docs, scores: Column, wanted: Docs, _size: int) -> Column:
        return list(map(dict(zip(docs, scores, strict=True)).get, wanted, repeat(0.0)))

    def summed(self, parts: Sequence[tuple[Sequence[int], Column]], wanted: Docs, _size: int) -> Column:
        totals: dict[int, float] = {}
        get = totals.get
        for docs, numbers in parts:
            for doc, number in zip(docs, numbers, strict=True):
                totals[doc] = get(doc, 0.0) + number
        return list(map(totals.__getitem__, wanted))

    def best(self, docs: Docs, scores: Column, k: int) -> list[tuple[float, int]]:
        pairs: Iterable[tuple[float, int]] = zip(scores, docs, strict=True)
        if len(scores) > 4 * k:
            from heapq import nlargest

            least = nlargest(k, scores)[-1]
            pairs = compress(pairs, map(least.__le__, scores))
        return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:k]


class NumpyOps:
    """Sets are masks (one bool per document of the segment), columns are arrays."""

    def __init__(self) -> None:
        import numpy

        self.np = numpy

    def of(self, docs: Iterable[int], size: int) -> DocSet:
        np = self.np
        mask = np.zeros(size, dtype=bool)
        if isinstance(docs, (set, frozenset)):
            docs = list(docs)
        if len(docs):  # type: ignore[arg-type]
            mask[np.asarray(docs, dtype=np.intp if isinstance(docs, list) else None)] = True
        return mask

    def every(self, size: int) -> DocSet:
        return self.np.ones(size, dtype=bool)

    def union(self, sets: Sequence[DocSet], size: int) -> DocSet:
        mask = self.np.zeros(size, dtype=bool)
        for some in sets:
            mask |= some
        return mask

    def both(self, one: DocSet, other: DocSet) -> DocSet:
        return one & other

    def minus(self, one: DocSet, other: DocSet) -> DocSet:
        return one & ~other

    def meet(self, within: DocSet, docs: Sequence[int]) -> DocSet:
        return within & self.of(docs, len(within))

    def count(self, some: DocSet) -> int:
        return int(self.np.count_nonzero(some))

    def listed(self, some: DocSet) -> Docs:
        return some.nonzero()[0]

    def sequence(self, docs: Sequence[int]) -> Docs:
        return self.np.asarray(docs, dtype=self.np.intp)

    def column(self, numbers: Any) -> Column:
        return self.np.asarray(numbers, dtype=float)

    def zeros(self, length: int) -> Column:
        return self.np.zeros(length)

    def pick(self, numbers: Any, indices: Any) -> Column:
        return self.np.asarray(numbers)[self.np.asarray(indices)]

    def rows(self, column: Column, number: int) -> Iterable[int]:
        found: list[int] = (column == number).nonzero()[0].tolist()
        return found

    def locate(self, every: Sequence[int], docs: Docs) -> Sequence[int]:
        held: Any = self.np.asarray(every)
        # Searched for as numbers of its own kind: for others all of it would be converted.
        found: Any = held.searchsorted(docs.astype(held.dtype))
        return found  # type: ignore[no-any-return]

    def combine(self, base: float, parts: Sequence[tuple[float, Any]]) -> Column:
        column: Column = base
        for factor, numbers in parts:
            column = column + factor * self.np.asarray(numbers, dtype=float)
        return column

    def add(self, one: Column, other: Column) -> Column:
        return one + other

    def scale(self, column: Column, factor: float) -> Column:
        return column * factor

    def saturate(self, factor: float, tf: Column, norms: Column) -> Column:
        return factor * tf / (tf + norms)

    def spread(self, docs: Docs, scores: Column, wanted: Docs, size: int) -> Column:
        dense = self.np.zeros(size)
        dense[self.np.asarray(docs)] = scores
        return dense[wanted]

    def summed(self, parts: Sequence[tuple[Sequence[int], Column]], wanted: Docs, size: int) -> Column:
        np = self.np
        docs = np.concatenate([np.asarray(docs, dtype=np.intp) for docs, _ in parts])
        return np.bincount(docs, np.concatenate([numbers for _, numbers in parts]), minlength=size)[wanted]

    def best(self, docs: Docs, scores: Column, k: int) -> list[tuple[float, int]]:
        np = self.np
        if len(scores) > k:
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            chosen = np.flatnonzero(scores >= least)
            docs, scores = docs[chosen], scores[chosen]
        order = np.lexsort((docs, -scores))[:k]
        return list(zip(scores[order].tolist(), docs[order].tolist(), strict=True))


PYTHON = PythonOps()


@lru_cache(maxsize=1)
def _numpy() -> NumpyOps:
    return NumpyOps()


class Chooser:
    """Which make to use, by what has been spent so far.

    Attributes:
        spent: postings worked on. always: the make to use whatever was spent; None to choose.
    """

    def __init__(self) -> None:
        self.spent = 0
        self.always: Ops | None = None

    def ops(self, postings: int) -> Ops:
        """Return the make to use for a search that will touch about so many postings."""
        self.spent += postings
        if self.always is not None:
            return self.always
        if "numpy" in sys.modules or self.spent > NUMPY_PAYS:
            return PYTHON if 0 < postings < FEW else _numpy()
        return PYTHON

    def arrays(self) -> bool:
        """Whether to read the occurrences of a term with numpy."""
        return self.always is not PYTHON if self.always is not None else "numpy" in sys.modules


CHOOSER = Chooser()


def numpy_ops() -> Ops:
    """Return the numpy make, importing numpy."""
    return _numpy()
