"""Versions and republished copies of one story: found by their shingles; dateline and lead may differ.

A text's *shingles* are its pairs of neighbouring words (Broder 1997, "On the resemblance and containment of
documents"). Two texts are copies if enough of all their shingles are in both (THRESHOLD). Candidates come from MinHash
signatures cut into bands (locality-sensitive hashing; Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", ch.
3); every candidate pair is then checked on the shingles themselves, so that the sketch never decides alone.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint32]

BANDS = 32
ROWS = 3  # hashes of a band
THRESHOLD = 0.33  # least resemblance of two copies
MIN_WORDS = 12  # of a text that can be a copy

_WORD = re.compile(r"[^\W_]+")
_MAX_BAND_TEXTS = 400  # texts that share a band; of more (boilerplate), each is compared with its neighbours only


def _shingles(text: str) -> Hashes:
    """Return the distinct hashed shingles of a text (sorted `uint32` array); empty for fewer than MIN_WORDS words."""
    words = _WORD.findall(text.casefold())
    if len(words) < MIN_WORDS:
        return np.empty(0, np.uint32)
    hashed = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    mixed = hashed[:-1] * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= hashed[1:] * np.uint64(0xC2B2AE3D27D4EB4F)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) | 1 << 32


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    random = np.random.Generator(np.random.PCG64(20260113))
    count = BANDS * ROWS
    return (
        random.integers(0, 1 << 64, count, dtype=np.uint64) | np.uint64(1),
        random.integers(0, 1 << 64, count, dtype=np.uint64),
    )


_MULTIPLY, _ADD = _permutations()


def signature(shingled: Hashes) -> Hashes:
    """Return the MinHash signature of a text's shingles (`uint32` array of BANDS * ROWS)."""
    # Multiply-add hashing modulo 2**64, its upper half kept (Dietzfelbinger 1996); factors fill all 64 bits, or every
    # permutation would keep the order of the shingles.
    hashed = np.multiply.outer(_MULTIPLY, shingled.astype(np.uint64)) + _ADD[:, None]
    least: Hashes = (hashed >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return least


def _resemblance(first: Hashes, second: Hashes) -> float:
    """Return the share of shingles that two texts have in common, of all that either has (Jaccard)."""
    if not len(first) or not len(second):
        return 0.0
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)


def groups(texts: Iterable[str]) -> list[list[int]]:
    """Return groups of copies as lists of numbers (from 0) of the texts, each in order, singles left out.

    Args:
        texts: bodies without dateline and boilerplate.
    """
    shingled = [_shingles(text) for text in texts]
    leader = list(range(len(shingled)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    checked: set[tuple[int, int]] = set()
    for first, second in _candidates(shingled):
        if (first, second) in checked or find(first) == find(second):
            continue
        checked.add((first, second))
        if _resemblance(shingled[first], shingled[second]) >= THRESHOLD:
            low, high = sorted((find(first), find(second)))
            leader[high] = low
    together: dict[int, list[int]] = defaultdict(list)
    for number in range(len(shingled)):
        together[find(number)].append(number)
    return [members for members in together.values() if len(members) > 1]


def _candidates(shingled: Sequence[Hashes]) -> Iterable[tuple[int, int]]:
    """Pairs (lower first) that share a band of their signatures and are not too unlike in size."""
    numbers = [n for n, found in enumerate(shingled) if len(found)]
    if not numbers:
        return
    bands = np.empty((BANDS, len(numbers)), np.uint64)
    for place, number in enumerate(numbers):
        rows = signature(shingled[number]).astype(np.uint64).reshape(BANDS, ROWS)
        bands[:, place] = (rows * _MULTIPLY[:ROWS]).sum(axis=1)
    for band in bands:
        order = np.argsort(band, kind="stable")
        ordered = band[order]
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        ends = np.concatenate((starts[1:], [len(ordered)]))
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            members = [numbers[place] for place in order[start:end]]
            reach = len(members) if len(members) <= _MAX_BAND_TEXTS else 4
            for place, first in enumerate(members):
                for second in members[place + 1 : place + reach]:
                    yield first, second
