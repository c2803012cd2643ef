"""Sets of documents and columns of scores, implemented in plain Python and in numpy.

A process counts the postings that it works on and imports numpy after NUMPY_AFTER_POSTINGS; if numpy is loaded already,
it is used. Both implementations give bit-equal results.

A *set* holds document numbers of one segment; a *column* one number per document of a list of documents. They are
opaque: only the implementation that made them may read them. Its own methods name its own types (`set[int]`, arrays);
`Ops` is what both have in common.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress, repeat
from operator import add
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast, overload

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]


class DocSet(Protocol):
    """A set of documents of one segment; opaque."""

    def __len__(self) -> int: ...


class Docs(Protocol):
    """Document numbers, ascending: a list, range or view, or an array."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[int]: ...
    @overload
    def __getitem__(self, index: int, /) -> int: ...
    @overload
    def __getitem__(self, index: slice, /) -> Docs: ...


class Column(Protocol):
    """A number for each of some documents: a list, or an array."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[float]: ...
    def __getitem__(self, row: int, /) -> float: ...
    def __setitem__(self, row: int, number: float, /) -> None: ...


class Numbers(Protocol):
    """Integers or floats that a segment holds or a column is made of: any sequence, view or array."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __getitem__(self, index: int, /) -> Any: ...


NUMPY_AFTER_POSTINGS = 300_000
"""Postings worked on in plain Python (some 0.3 µs each) after which a process imports numpy (some 0.1 s)."""

PYTHON_BELOW_POSTINGS = 400
"""Postings of a search below which plain Python is faster even if numpy is loaded."""


def place(docs: Sequence[int], doc: int) -> int:
    """Return the index of `doc` in `docs`, which ascend; -1 if it is not there."""
    index = bisect_left(docs, doc)
    return index if index < len(docs) and docs[index] == doc else -1


def integers(docs: Docs) -> Sequence[int]:
    """Return documents as Python integers: an array as a list, anything else unchanged."""
    return cast("Sequence[int]", docs.tolist() if hasattr(docs, "tolist") else docs)


class Ops(Protocol):
    """Operations on sets and columns of either implementation. A `size` is the number of documents of the segment."""

    def of(self, docs: Iterable[int], size: int, /) -> DocSet:
        """Return `docs` as a set of a segment of `size` documents."""

    def every(self, size: int, /) -> DocSet:
        """Return the set of all documents of a segment of `size`."""

    def union(self, sets: Sequence[DocSet], size: int, /) -> DocSet:
        """Return the documents of any of `sets`, all of a segment of `size` documents."""

    def both(self, one: DocSet, other: DocSet) -> DocSet:
        """Return the documents in both `one` and `other`."""

    def minus(self, one: DocSet, other: DocSet) -> DocSet:
        """Return the documents of `one` that are not in `other`."""

    def meet(self, within: DocSet, docs: Sequence[int]) -> DocSet:
        """Return the documents of the set `within` that are also in `docs`, an ascending sequence."""

    def count(self, some: DocSet) -> int:
        """Return how many documents a set holds."""

    def listed(self, some: DocSet) -> Docs:
        """Return the documents of a set in order."""

    def sequence(self, docs: Sequence[int]) -> Docs:
        """Return an ascending sequence of documents as `listed` would."""

    def column(self, numbers: Sequence[float]) -> Column:
        """Return a column made of a sequence of numbers."""

    def zeros(self, length: int) -> Column:
        """Return a column of zeros."""

    def pick(self, numbers: Numbers, indices: Numbers) -> Column:
        """Return numbers[i] for each i of `indices`."""

    def rows(self, column: Numbers, number: int) -> Iterable[int]:
        """Return the rows of `column` that hold `number`."""

    def locate(self, every: Sequence[int], docs: Docs) -> Sequence[int]:
        """Return the index of each of `docs` in `every`, an ascending sequence that holds them all."""

    def combine(self, base: float, parts: Sequence[tuple[float, Numbers]]) -> Column:
        """Return base + factor * number + ... for each row; `parts`: (factor, numbers) of equal length."""

    def add(self, one: Column, other: Column) -> Column:
        """Return one[i] + other[i] for each row."""

    def scale(self, column: Column, factor: float) -> Column:
        """Return column[i] * factor for each row."""

    def saturate(self, factor: float, tf: Column, norms: Column) -> Column:
        """Return factor * tf / (tf + norms) for each row: the score of a posting."""

    def spread(self, docs: Docs, scores: Column, wanted: Docs, size: int, /) -> Column:
        """Return the `scores` of `docs` for `wanted` documents of a segment of `size`, 0 for those not in `docs`."""

    def summed(self, parts: Sequence[tuple[Sequence[int], Column]], wanted: Docs, size: int, /) -> Column:
        """Return for each `wanted` document of a segment of `size` the sum of its numbers; `parts`: (docs, column)."""

    def best(self, docs: Docs, scores: Column, k: int) -> list[tuple[float, int]]:
        """Return the k best (score, document) of `docs` and their `scores`, ties in order of document."""


class _PythonOps:
    """Sets are `set`s, columns are lists; the loops run in C (map, zip, set algebra)."""

    def of(self, docs: Iterable[int], _size: int) -> set[int]:
        return docs if isinstance(docs, set) else set(docs)

    def every(self, size: int) -> set[int]:
        return set(range(size))

    def union(self, sets: Sequence[set[int]], _size: int) -> set[int]:
        return set().union(*sets)

    def both(self, one: set[int], other: set[int]) -> set[int]:
        return one & other

    def minus(self, one: set[int], other: set[int]) -> set[int]:
        return one - other

    def meet(self, within: set[int], docs: Sequence[int]) -> set[int]:
        if len(within) * 16 >= len(docs):
            return within.intersection(docs)
        return {doc for doc in within if place(docs, doc) >= 0}

    def count(self, some: set[int]) -> int:
        return len(some)

    def listed(self, some: set[int]) -> list[int]:
        return sorted(some)

    def sequence(self, docs: Sequence[int]) -> list[int]:
        return docs if isinstance(docs, list) else list(docs)

    def column(self, numbers: Iterable[float]) -> list[float]:
        return list(numbers)

    def zeros(self, length: int) -> list[float]:
        return [0.0] * length

    def pick(self, numbers: Numbers, indices: Numbers) -> list[float]:
        return list(map(numbers.__getitem__, indices))

    def rows(self, column: list[float], number: int) -> Iterable[int]:
        return [row for row, held in enumerate(column) if held == number] if number in column else ()

    def locate(self, every: Sequence[int], docs: list[int]) -> Sequence[int]:
        return [bisect_left(every, doc) for doc in docs]

    def combine(self, base: float, parts: Sequence[tuple[float, Numbers]]) -> list[float]:
        if len(parts) == 3:
            (a, xs), (b, ys), (c, zs) = parts
            return [base + a * x + b * y + c * z for x, y, z in zip(xs, ys, zs, strict=True)]
        column: list[float] = list(repeat(base, len(parts[0][1])))
        for factor, numbers in parts:
            column = [so_far + factor * number for so_far, number in zip(column, numbers, strict=True)]
        return column

    def add(self, one: list[float], other: list[float]) -> list[float]:
        return list(map(add, one, other))

    def scale(self, column: list[float], factor: float) -> list[float]:
        return [number * factor for number in column]

    def saturate(self, factor: float, tf: list[float], norms: list[float]) -> list[float]:
        return [factor * number / (number + norm) for number, norm in zip(tf, norms, strict=True)]

    def spread(self, docs: list[int], scores: list[float], wanted: list[int], _size: int) -> list[float]:
        return list(map(dict(zip(docs, scores, strict=True)).get, wanted, repeat(0.0)))

    def summed(self, parts: Sequence[tuple[Sequence[int], list[float]]], wanted: list[int], _size: int) -> list[float]:
        totals: dict[int, float] = {}
        get = totals.get
        for docs, numbers in parts:
            for doc, number in zip(docs, numbers, strict=True):
                totals[doc] = get(doc, 0.0) + number
        return list(map(totals.__getitem__, wanted))

    def best(self, docs: list[int], scores: list[float], k: int) -> list[tuple[float, int]]:
        pairs: Iterable[tuple[float, int]] = zip(scores, docs, strict=True)
        if len(scores) > 4 * k:
            from heapq import nlargest

            least = nlargest(k, scores)[-1]
            pairs = compress(pairs, map(least.__le__, scores))
        return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))[:k]


class _NumpyOps:
    """Sets are masks (one bool per document of the segment), columns are arrays."""

    def __init__(self) -> None:
        import numpy

        self.np = numpy

    def of(self, docs: Iterable[int], size: int) -> Array:
        np = self.np
        mask: Array = np.zeros(size, dtype=bool)
        if isinstance(docs, (set, frozenset)):
            docs = list(docs)
        if len(docs):  # type: ignore[arg-type]
            mask[np.asarray(docs, dtype=np.intp if isinstance(docs, list) else None)] = True
        return mask

    def every(self, size: int) -> Array:
        return self.np.ones(size, dtype=bool)

    def union(self, sets: Sequence[Array], size: int) -> Array:
        mask = self.np.zeros(size, dtype=bool)
        for some in sets:
            mask |= some
        return mask

    def both(self, one: Array, other: Array) -> Array:
        return one & other

    def minus(self, one: Array, other: Array) -> Array:
        return one & ~other

    def meet(self, within: Array, docs: Sequence[int]) -> Array:
        return within & self.of(docs, len(within))

    def count(self, some: Array) -> int:
        return int(self.np.count_nonzero(some))

    def listed(self, some: Array) -> Array:
        return some.nonzero()[0]

    def sequence(self, docs: Sequence[int]) -> Array:
        return self.np.asarray(docs, dtype=self.np.intp)

    def column(self, numbers: Iterable[float]) -> Array:
        return self.np.asarray(numbers, dtype=float)

    def zeros(self, length: int) -> Array:
        return self.np.zeros(length)

    def pick(self, numbers: Numbers, indices: Numbers) -> Array:
        picked: Array = self.np.asarray(numbers)[self.np.asarray(indices)]
        return picked

    def rows(self, column: Array, number: int) -> Iterable[int]:
        found: list[int] = (column == number).nonzero()[0].tolist()
        return found

    def locate(self, every: Sequence[int], docs: Array) -> Sequence[int]:
        held: Array = self.np.asarray(every)
        # `docs` take the type of `every`: searchsorted would convert all of `every` otherwise.
        return cast("Sequence[int]", held.searchsorted(docs.astype(held.dtype)))

    def combine(self, base: float, parts: Sequence[tuple[float, Numbers]]) -> Array:
        column: float | Array = base
        for factor, numbers in parts:
            column = column + factor * self.np.asarray(numbers, dtype=float)
        return cast("Array", column)

    def add(self, one: Array, other: Array) -> Array:
        return one + other

    def scale(self, column: Array, factor: float) -> Array:
        return column * factor

    def saturate(self, factor: float, tf: Array, norms: Array) -> Array:
        scores: Array = factor * tf / (tf + norms)
        return scores

    def spread(self, docs: Array, scores: Array, wanted: Array, size: int) -> Array:
        dense = self.np.zeros(size)
        dense[self.np.asarray(docs)] = scores
        return dense[wanted]

    def summed(self, parts: Sequence[tuple[Sequence[int], Array]], wanted: Array, size: int) -> Array:
        np = self.np
        docs = np.concatenate([np.asarray(docs, dtype=np.intp) for docs, _ in parts])
        sums: Array = np.bincount(docs, np.concatenate([numbers for _, numbers in parts]), minlength=size)[wanted]
        return sums

    def best(self, docs: Array, scores: Array, k: int) -> list[tuple[float, int]]:
        np = self.np
        if len(scores) > k:
            least = np.partition(scores, len(scores) - k)[len(scores) - k]
            chosen = np.flatnonzero(scores >= least)
            docs, scores = docs[chosen], scores[chosen]
        order = np.lexsort((docs, -scores))[:k]
        return list(zip(scores[order].tolist(), docs[order].tolist(), strict=True))


PYTHON = cast("Ops", _PythonOps())


@lru_cache(maxsize=1)
def numpy_ops() -> Ops:
    """Return the numpy implementation; imports numpy."""
    return cast("Ops", _NumpyOps())


class Chooser:
    """Chooses the implementation by the number of postings worked on so far.

    Attributes:
        spent: postings worked on. always: the implementation to use (None: choose).
    """

    def __init__(self) -> None:
        self.spent = 0
        self.always: Ops | None = None

    def ops(self, postings: int) -> Ops:
        """Return the implementation for a search of about `postings` postings."""
        self.spent += postings
        if self.always is not None:
            return self.always
        if "numpy" in sys.modules or self.spent > NUMPY_AFTER_POSTINGS:
            return PYTHON if 0 < postings < PYTHON_BELOW_POSTINGS else numpy_ops()
        return PYTHON

    def arrays(self) -> bool:
        """Whether to read the occurrences of a term with numpy."""
        return self.always is not PYTHON if self.always is not None else "numpy" in sys.modules


CHOOSER = Chooser()


def mask_bytes(docs: Docs, size: int) -> bytes:
    """Return a byte for each of `size` documents, 1 for those in `docs`; imports numpy."""
    return cast("Array", numpy_ops().of(docs, size)).tobytes()
