"""Byte streams: reading the head without losing it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from morgue.readers.options import MEBIBYTE

BUFFER = MEBIBYTE // 4  # bytes of a read


def _prefixed(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream that gives `head` and then the rest of `stream`, without seeking."""
    return io.BufferedReader(_Prefixed(head, stream), BUFFER)


class Source(io.RawIOBase):
    """A stream of the bytes that `chunk` returns."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.chunk(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def chunk(self, limit: int) -> bytes | memoryview:
        """Return the next bytes, up to `limit`; none at the end."""
        raise NotImplementedError


class _Prefixed(Source):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = memoryview(head)
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)  # what is there, without waiting

    def chunk(self, limit: int) -> bytes | memoryview:
        if not self._head:
            return self._read(limit)
        found, self._head = self._head[:limit], self._head[limit:]
        return found


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes (up to 64 KiB), and a stream that still holds them; raises `OSError` when there are none.

    Of a stream that comes in pieces, a piece that tells what it is suffices: the start of compressed data, or a whole
    line of JSON.
    """
    try:
        at = stream.tell() if stream.seekable() else None
    except (OSError, ValueError, AttributeError):  # pipes and odd wrappers
        at = None
    steady = Steady(stream)
    head = steady.read(HEAD, enough=None if at is not None else _tells)
    if at is not None:
        stream.seek(at)
        return head, stream
    return head, _prefixed(head, cast(BinaryIO, steady) if steady.error else stream)


class Steady:
    """Reads that return what was read before they raise: `BufferedReader.read` loses it when its source fails."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self.error: OSError | None = None

    def read(self, count: int, *, enough: Callable[[bytes], bool] | None = None) -> bytes:
        """`count` bytes; fewer at the end, once they are `enough`, or before a failure, which the next call raises."""
        if self.error is not None:
            raise self.error
        parts: list[bytes] = []
        while count > 0:
            try:
                chunk: bytes = self._read(count)
            except OSError as error:
                if not parts:
                    raise
                self.error = error
                break
            if not chunk:
                break
            parts.append(chunk)
            count -= len(chunk)
            if enough and enough(b"".join(parts)):
                break
        return b"".join(parts)


_PACKED = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_PACKED_HEAD = 16  # bytes by which compressed data is known


def _tells(head: bytes) -> bool:
    """Whether the first bytes of a stream say what it is, whatever follows."""
    if head.startswith(_PACKED):
        return len(head) >= _PACKED_HEAD
    line, feed, _ = head.lstrip(b"\xef\xbb\xbf\x1e \t\r\n").partition(b"\n")
    return bool(feed) and line[:1] == b"{" and line.rstrip()[-1:] == b"}" and is_object(line)


def is_object(line: bytes) -> bool:
    """Whether a line is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


HEAD = 1 << 16  # bytes that a guess is made from
