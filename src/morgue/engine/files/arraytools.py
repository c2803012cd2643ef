"""Array helpers of the writing modules. Imports numpy, so that no reading module may import this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.integer[Any]]
"""Integers of any width and sign; the narrowest type is chosen when a section is written."""
Flags: TypeAlias = NDArray[np.bool_]


def smallest(values: Ints, least: str = "u1") -> Ints:
    """Return the array in the narrowest of `u1`, `u2`, `u4`, `u8` (from `least` on) that holds its values.

    It is contiguous, also if `values` is a column of a table.

    Raises:
        OverflowError: none does.
    """
    top = int(values.max()) if len(values) else 0
    for kind in ("u1", "u2", "u4", "u8"):
        if np.dtype(kind).itemsize >= np.dtype(least).itemsize and top <= np.iinfo(kind).max:
            return np.ascontiguousarray(values, kind)
    raise OverflowError(top)


def starts_of(counts: Ints) -> Ints:
    """Return where each of several consecutive runs begins, and the end, from the length of each."""
    at = np.zeros(len(counts) + 1, "i8")
    np.cumsum(counts, out=at[1:])
    return at


def sizes(items: Sequence[bytes | str | memoryview]) -> Ints:
    """Return the length of each item."""
    return np.fromiter(map(len, items), "i8", len(items))


def joined(arrays: Iterable[Ints], empty: Ints) -> Ints:
    """Return arrays one after the other; `empty` when there are none."""
    found = list(arrays)
    return np.concatenate(found) if found else empty


def stable_order(numbers: Ints, limit: int) -> Ints:
    """Return the indices that sort `numbers` (all below `limit`), equal ones in their order: radix, 16 bits a turn."""
    if limit <= 1 << 16:
        return np.argsort(numbers.astype("u2"), kind="stable")
    low = np.argsort((numbers & 0xFFFF).astype("u2"), kind="stable")
    return low[np.argsort((numbers >> 16).astype("u2")[low], kind="stable")]
