"""The records of a segment: compressed a few at a time, so that one is opened for little more than its own bytes.

A group of records is a raw deflate stream. It begins with a *dictionary* already seen, text sampled from the segment's
own records, so that a small group is as small as a large one would be without. In the file:

- `stored.data` the streams, `stored.at` (`I` or `Q`) where each begins, and the end, `stored.first` (`H`) its first
  document;
- `stored.size` (`H` or `I`) the bytes of each document's record, `stored.check` (`I`) their crc32;
- `stored.dict` dictionaries, `stored.dict_at` (`I`) where each begins, and the end, `stored.dict_first` (`H`) the first
  group that uses it (an empty one: none is used); `stored.spare` the dictionaries once more, as a zlib stream, for
  without them all records would be lost.

Files of version 1 have zlib streams without dictionaries, and no `stored.check`, `stored.dict*` and `stored.spare`.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from morgue.engine.files.container import Container, damaged

GROUP = 4_096  # bytes of records from which on a group is full; to read one, those behind it need not be unpacked
LEVEL = 4  # 7 % smaller than 1, for 3 % of the time that indexing takes
MOST = 32_768  # bytes of a dictionary, as far back as deflate can point
SHARE = 64  # bytes of records for each byte of their dictionary: less, and it costs more than it saves
LEAST = 2_048
_PIECE = 600  # bytes of a record that go into a dictionary: its keys and how it begins
_WITHOUT = 2 * GROUP  # a group is full later where no dictionary helps
_RAW = -15  # deflate without header and checksum, looking back 32 KB
_MEMORY = 7  # of zlib: a smaller state is copied faster for each group, and compresses as well


class Group(NamedTuple):
    """Records compressed together: the first one's document, the dictionary, the stream."""

    first: int
    dictionary: bytes
    data: bytes | memoryview


class Stored(NamedTuple):
    """The records of a segment to be: groups in order of document; bytes and crc32 of each record."""

    groups: Sequence[Group]
    sizes: Sequence[int]
    checks: Sequence[int]


def dictionary_size(total: int) -> int:
    """Return how large a dictionary pays for records of so many bytes."""
    size = min(total // SHARE, MOST)
    return size if size >= LEAST else 0


def sample(count: int, size: int, record: Callable[[int], bytes]) -> bytes:
    """Return a dictionary of about `size` bytes: how every so-manieth record begins.

    Args:
        count: number of records. record: tells one by its number.
    """
    if not size:
        return b""
    step = max(-(-count * _PIECE // size), 1)
    return b"".join([record(number)[:_PIECE] for number in range(0, count, step)])[-size:]


class Packer:
    """Takes the records of a segment to be, in order of document.

    Attributes:
        memory: bytes held.
    """

    def __init__(self, dictionary: bytes | None = None) -> None:
        """`dictionary`: to be used; None to make one of the first records."""
        self.memory = 0
        self._dictionary = dictionary
        self._primed: Any = None
        self._sizes = array("I")
        self._checks = array("I")
        self._groups: list[Group] = []
        self._pending: list[bytes] = []
        self._bytes = 0  # of those
        self._full = self._limit(dictionary)

    @staticmethod
    def _limit(dictionary: bytes | None) -> int:
        if dictionary is None:
            return SHARE * MOST
        return GROUP if dictionary else _WITHOUT

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
            sizes, checks: bytes and crc32 of its records.
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
            self._primed = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW, _MEMORY, zlib.Z_DEFAULT_STRATEGY, *given)
        data = b"".join(records)
        packer = self._primed.copy()
        stream = packer.compress(data) + packer.flush()
        self._groups.append(Group(first, self._dictionary or b"", stream))
        self.memory += len(stream) - size


class Records:
    """The records in the file of a segment; what is wrong with it is raised as one of `layout.DAMAGE`."""

    def __init__(self, container: Container, count: int) -> None:
        """Find the sections; `count`: of documents."""
        section = container.section
        self._container = container
        self._count = count
        self._data = section("stored.data")
        self._first = section("stored.first")
        self._at = section("stored.at", len(self._first) + 1)
        self._sizes = section("stored.size", count)
        self._streams = container.version == 1
        if not self._streams:
            self._check = section("stored.check", count)
            self._dict_first = section("stored.dict_first")
            self._dict_at = section("stored.dict_at", len(self._dict_first) + 1)
        self._dictionaries: list[bytes] = []
        self._last = (
            -1,
            0,
            b"",
        )  # the group opened last: number, first document, records as far as they were asked for

    def record(self, doc: int) -> bytes:
        """Return a document's record."""
        number = bisect_right(self._first, doc) - 1
        if not 0 <= doc < self._count or number < 0:
            raise IndexError(f"no document {doc}")
        sizes = self._sizes
        last, first, records = self._last
        if last != number:
            first, records = self._first[number], b""
        start = sum(sizes[first:doc]) if doc > first else 0
        end = start + sizes[doc]
        if len(records) < end:
            # Whoever asks for a second one of a group is likely to want them all.
            records = self._open(number, end if last != number else sum(sizes[first : self._end(number)]))
            self._last = (number, first, records)
        record = records[start:end]
        if len(record) != end - start or not (self._streams or zlib.crc32(record) == self._check[doc]):
            raise ValueError(f"record {doc} is damaged")
        return record

    def _end(self, number: int) -> int:
        return self._first[number + 1] if number + 1 < len(self._first) else self._count

    def _open(self, number: int, size: int) -> bytes:
        """Return the first `size` bytes of the records of a group, or what there is of them.

        Bounded by the sizes, and zlib makes at most 1,032 bytes of one: no file takes more memory than it justifies.
        """
        stream = self._data[self._at[number] : self._at[number + 1]]
        if self._streams:
            return self._checked(number, stream)
        dictionary = self._dictionary(number)
        unpacker = zlib.decompressobj(_RAW, dictionary) if dictionary else zlib.decompressobj(_RAW)
        return unpacker.decompress(stream, size) if size else b""

    def _checked(self, number: int, stream: memoryview) -> bytes:
        """Return all records of a stream of version 1, whose checksum stands at its end."""
        first, end = self._first[number], self._end(number)
        size = sum(self._sizes[first:end])
        unpacker = zlib.decompressobj()
        records = unpacker.decompress(stream, size + 1)
        if len(records) != size or not (unpacker.eof or size == 0):
            raise ValueError(f"records {first} to {end} are damaged")
        return records

    def _dictionary(self, number: int) -> bytes:
        if not self._dictionaries:
            text, at = self._text(), self._dict_at.tolist()
            if at != sorted(at):  # else they could be many times as long as the file
                raise ValueError("dictionaries overlap")
            self._dictionaries = [text[start:end] for start, end in pairwise(at)]
        use = bisect_right(self._dict_first, number) - 1
        return self._dictionaries[use] if use >= 0 else b""

    def _text(self) -> bytes:
        """Return the dictionaries, the spare ones where the others are damaged."""
        _, length, checksum, _ = self._container.sections["stored.dict"]
        text = self._container.section("stored.dict").tobytes()
        if zlib.crc32(text) != checksum:
            text = zlib.decompressobj().decompress(self._container.section("stored.spare"), length + 1)
            if zlib.crc32(text) != checksum:
                raise damaged(self._container.path, "section stored.dict")
        return text

    def groups(self) -> list[Group]:
        """Return the groups, to be taken over as they are; none of a file that keeps records in another way."""
        if self._streams:
            return []
        at, data = self._at, self._data
        return [
            Group(first, self._dictionary(number), data[at[number] : at[number + 1]])
            for number, first in enumerate(self._first)
        ]
