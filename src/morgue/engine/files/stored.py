"""The records of a segment: compressed a few at a time, so that one is opened for little more than its own bytes.

A group of records is a raw deflate stream, compressed against a preset *dictionary* (text sampled from the segment's
own records), so that a small group is as small as a large one would be without. In the file:

- `stored.data` the streams, `stored.at` (`I` or `Q`) where each begins, and the end, `stored.first` (`H`) its first
  document;
- `stored.size` (`H` or `I`) the bytes of each document's record, `stored.check` (`I`) their crc32;
- `stored.dict` dictionaries, `stored.dict_at` (`I`) where each begins, and the end, `stored.dict_first` (`H`) the first
  group that uses it (an empty one: none); `stored.spare` the dictionaries once more, as a zlib stream, for
  without them all records would be lost.

Files of version 1 have zlib streams without dictionaries, and no `stored.check`, `stored.dict*` and `stored.spare`.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from morgue.engine.files.container import Container, damaged

DATA, AT, FIRST = "stored.data", "stored.at", "stored.first"
SIZE, CHECK = "stored.size", "stored.check"
DICT, DICT_AT, DICT_FIRST, SPARE = "stored.dict", "stored.dict_at", "stored.dict_first", "stored.spare"
SECTIONS = (DATA, AT, FIRST, SIZE, CHECK, DICT, DICT_AT, DICT_FIRST, SPARE)

DICTIONARY_LIMIT = 32_768  # bytes, as far back as deflate can point
RAW_WINDOW_BITS = -15  # of zlib: deflate without header and checksum, looking back 32 KB


class Group(NamedTuple):
    """Records compressed together: the first one's document, the dictionary, the stream."""

    first: int
    dictionary: bytes
    data: bytes | memoryview


class Records:
    """The records in the file of a segment. Damage is raised as one of `container.DAMAGE`.

    Attributes:
        sizes: bytes of each record. checks: crc32 of each; empty in a file of version 1.
    """

    def __init__(self, container: Container, count: int) -> None:
        """Find the sections of `count` documents."""
        section = container.section
        self._container = container
        self._count = count
        self._data = section(DATA)
        self._first = section(FIRST)
        self._at = section(AT, len(self._first) + 1)
        self.sizes = section(SIZE, count)
        self._streams = container.version == 1
        self.checks = memoryview(b"")
        if not self._streams:
            self.checks = section(CHECK, count)
            self._dict_first = section(DICT_FIRST)
            self._dict_at = section(DICT_AT, len(self._dict_first) + 1)
        self._dictionaries: list[bytes] = []
        # The group opened last: number, first document, the bytes of its records that were unpacked.
        self._last = (-1, 0, b"")

    def record(self, doc: int) -> bytes:
        """Return a document's record.

        Raises:
            IndexError: there is no such document. ValueError, zlib.error: its bytes are damaged.
        """
        number = bisect_right(self._first, doc) - 1
        if not 0 <= doc < self._count or number < 0:
            raise IndexError(f"no document {doc}")
        sizes = self.sizes
        last, first, records = self._last
        if last != number:
            first, records = self._first[number], b""
        start = sum(sizes[first:doc]) if doc > first else 0
        end = start + sizes[doc]
        if len(records) < end:
            # A second record of a group is wanted: unpack all of it.
            records = self._open(number, end if last != number else sum(sizes[first : self._end(number)]))
            self._last = (number, first, records)
        record = records[start:end]
        if len(record) != end - start or not (self._streams or zlib.crc32(record) == self.checks[doc]):
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
        unpacker = (
            zlib.decompressobj(RAW_WINDOW_BITS, dictionary) if dictionary else zlib.decompressobj(RAW_WINDOW_BITS)
        )
        return unpacker.decompress(stream, size) if size else b""

    def _checked(self, number: int, stream: memoryview) -> bytes:
        """Return all records of a stream of version 1, whose checksum is at its end."""
        first, end = self._first[number], self._end(number)
        size = sum(self.sizes[first:end])
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
        _, length, checksum, _ = self._container.sections[DICT]
        text = self._container.section(DICT).tobytes()
        if zlib.crc32(text) != checksum:
            text = zlib.decompressobj().decompress(self._container.section(SPARE), length + 1)
            if zlib.crc32(text) != checksum:
                raise damaged(self._container.path, f"section {DICT}")
        return text

    def groups(self) -> list[Group]:
        """Return the groups, compressed as they are; none for a file of version 1, which has no dictionaries."""
        if self._streams:
            return []
        at, data = self._at, self._data
        return [
            Group(first, self._dictionary(number), data[at[number] : at[number + 1]])
            for number, first in enumerate(self._first)
        ]
