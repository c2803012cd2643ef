"""Writing and merging of what stored.py reads: compressing records, taking compressed groups over."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from morgue.engine.files import stored
from morgue.engine.files.arraytools import Ints, sizes, smallest, starts_of
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.merge_source import MergeSource
from morgue.engine.files.stored import DICTIONARY_LIMIT, RAW_WINDOW_BITS, Group

if TYPE_CHECKING:
    from zlib import _Compress

_GROUP_BYTES = 4_096  # of records, from which on a group is full; to read one, those behind it need not be unpacked
_GROUP_BYTES_WITHOUT = 2 * _GROUP_BYTES  # where no dictionary helps
_ZLIB_LEVEL = 4  # the fastest level with lazy matching
_ZLIB_MEMORY_LEVEL = 7  # below the default 8: a smaller state is copied faster for each group
_RECORD_BYTES_PER_BYTE = 64  # of dictionary; with fewer, a dictionary costs more than it saves
_MIN_DICTIONARY_BYTES = 2_048
_SAMPLE_BYTES = 600  # of a record, in a dictionary: its keys and how it begins
_DICTIONARY_GROWTH = 4  # a dictionary is replaced when the segment is large enough for one this many times as large


class Stored(NamedTuple):
    """The records of a new segment: groups in order of document; bytes and crc32 of each record."""

    groups: Sequence[Group] = ()
    sizes: Sequence[int] = ()
    checks: Sequence[int] = ()


def dictionary_size(total: int) -> int:
    """Return the bytes of a dictionary for records of `total` bytes; 0 for too few."""
    size = min(total // _RECORD_BYTES_PER_BYTE, DICTIONARY_LIMIT)
    return size if size >= _MIN_DICTIONARY_BYTES else 0


def sample(count: int, size: int, record: Callable[[int], bytes]) -> bytes:
    """Return a dictionary: the beginnings of records at equal distances.

    Args:
        count: number of records.
        size: of the dictionary, about, in bytes.
        record: returns one by its number.
    """
    if not size:
        return b""
    step = max(-(-count * _SAMPLE_BYTES // size), 1)
    return b"".join([record(number)[:_SAMPLE_BYTES] for number in range(0, count, step)])[-size:]


class Packer:
    """Collects the records of a new segment, in order of document.

    Attributes:
        memory: bytes held.
    """

    def __init__(self, dictionary: bytes | None = None) -> None:
        """`dictionary`: to compress with; None to make one of the first records."""
        self.memory = 0
        self._dictionary = dictionary
        self._primed: _Compress | None = None  # has seen the dictionary, and is copied for each group
        self._sizes = array("I")
        self._checks = array("I")
        self._groups: list[Group] = []
        self._pending: list[bytes] = []
        self._bytes = 0  # of those
        self._full = self._limit(dictionary)

    @staticmethod
    def _limit(dictionary: bytes | None) -> int:
        if dictionary is None:
            return _RECORD_BYTES_PER_BYTE * DICTIONARY_LIMIT
        return _GROUP_BYTES if dictionary else _GROUP_BYTES_WITHOUT

    def add(self, record: bytes) -> None:
        """Add a record."""
        self._pending.append(record)
        size = len(record)
        self._sizes.append(size)
        self._checks.append(zlib.crc32(record))
        self._bytes += size
        self.memory += size
        if self._bytes >= self._full:
            self._pack()

    def copy(self, group: Group, sizes: Sequence[int], checks: Sequence[int]) -> None:
        """Add a group of another segment as it is, and use its dictionary from then on.

        Args:
            group: the group. sizes, checks: bytes and crc32 of its records.
        """
        if self._pending:
            self._pack()
        if group.dictionary != self._dictionary:
            self._dictionary, self._primed = group.dictionary, None
            self._full = self._limit(group.dictionary)
        self._groups.append(group._replace(first=len(self._sizes)))
        self._sizes.extend(sizes)
        self._checks.extend(checks)

    def finish(self) -> Stored:
        """Return all that was added."""
        if self._pending:
            self._pack()
        return Stored(self._groups, self._sizes, self._checks)

    def _pack(self) -> None:
        pending, number = self._pending, len(self._sizes) - len(self._pending)
        self._pending, self._bytes = [], 0
        if self._dictionary is None:
            total = sum(map(len, pending))
            self._dictionary = sample(len(pending), dictionary_size(total), pending.__getitem__)
            self._full = self._limit(self._dictionary)
        group: list[bytes] = []
        size = 0
        for record in pending:
            group.append(record)
            size += len(record)
            if size >= self._full:
                self._compress(number, group, size)
                number += len(group)
                group, size = [], 0
        if group:
            self._compress(number, group, size)

    def _compress(self, first: int, records: list[bytes], size: int) -> None:
        if self._primed is None:
            given = (self._dictionary,) if self._dictionary else ()
            self._primed = zlib.compressobj(
                _ZLIB_LEVEL, zlib.DEFLATED, RAW_WINDOW_BITS, _ZLIB_MEMORY_LEVEL, zlib.Z_DEFAULT_STRATEGY, *given
            )
        data = b"".join(records)
        packer = self._primed.copy()
        stream = packer.compress(data) + packer.flush()
        self._groups.append(Group(first, self._dictionary or b"", stream))
        self.memory += len(stream) - size


def write(out: ContainerWriter, records: Stored) -> None:
    """Write the records of a segment to `out`."""
    groups = records.groups
    streams = [group.data for group in groups]
    out.add(stored.DATA, b"".join(streams))
    out.add_array(stored.AT, smallest(starts_of(sizes(streams)), "u4"))
    out.add_array(stored.FIRST, np.array([group.first for group in groups], "u2"))
    out.add_array(stored.SIZE, smallest(np.array(records.sizes, "u4"), "u2"))
    out.add_array(stored.CHECK, np.array(records.checks, "u4"))
    uses = [n for n in range(len(groups)) if not n or groups[n].dictionary != groups[n - 1].dictionary]
    dictionaries = [groups[number].dictionary for number in uses]
    text = b"".join(dictionaries)
    out.add(stored.DICT, text)
    out.add_array(stored.DICT_AT, starts_of(sizes(dictionaries)).astype("u4"))
    out.add_array(stored.DICT_FIRST, np.array(uses, "u2"))
    out.add(stored.SPARE, zlib.compress(text, 9))


def merge(sources: Sequence[MergeSource]) -> Stored:
    """Return the records of all live documents.

    Compressed groups are taken over as they are where they are whole and have a dictionary; the rest is repacked.
    """
    record_sizes = [np.asarray(source.segment.records.sizes) for source in sources]
    total = sum(int(mine[source.live].sum()) for mine, source in zip(record_sizes, sources, strict=True))
    groups = [source.segment.groups() for source in sources]
    dictionary = _dictionary(sources, groups, dictionary_size(total))
    packer = Packer(dictionary)
    for source, mine, known in zip(sources, record_sizes, groups, strict=True):
        if known:
            _take_over(packer, source, mine, known, len(dictionary) // _DICTIONARY_GROWTH)
        else:
            _repack(packer, source, 0, len(mine))
    return packer.finish()


def _take_over(packer: Packer, source: MergeSource, record_sizes: Ints, groups: Sequence[Group], least: int) -> None:
    """`least`: bytes of a dictionary that is good enough."""
    firsts = [group.first for group in groups]
    checks = np.asarray(source.segment.records.checks)
    filled = np.add.reduceat(record_sizes, firsts, dtype="i8") * 2 >= _GROUP_BYTES
    whole = np.logical_and.reduceat(source.live, firsts) & filled
    for group, end, as_it_is in zip(groups, [*firsts[1:], len(record_sizes)], whole.tolist(), strict=True):
        if as_it_is and len(group.dictionary) >= least:
            packer.copy(group, record_sizes[group.first : end].tolist(), checks[group.first : end].tolist())
        else:
            _repack(packer, source, group.first, end)


def _repack(packer: Packer, source: MergeSource, start: int, end: int) -> None:
    for doc in source.live_docs(start, end):
        packer.add(source.segment.stored(doc))


def _dictionary(sources: Sequence[MergeSource], groups: Sequence[Sequence[Group]], size: int) -> bytes:
    """Return a dictionary of about `size` bytes: one of the segments', or a new one if those are much smaller."""
    known = {group.dictionary for mine in groups for group in mine}
    largest = max(sorted(known), key=len, default=b"")
    if _DICTIONARY_GROWTH * len(largest) >= size:
        return largest
    docs = [(source, doc) for source in sources for doc in source.live_docs()]
    return sample(len(docs), size, lambda number: docs[number][0].segment.stored(docs[number][1]))
