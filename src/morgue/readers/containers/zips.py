"""ZIP archives without a usable directory (cut short, or damaged at the end): their members, header by header."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from morgue.readers.formats import signed

_HEADER = struct.Struct("<HHHHHLLLHH")
_LOCAL = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_SIZED_LATER, _ENCRYPTED, _UTF8 = 0x08, 0x01, 0x800
_CHUNK = 1 << 16  # bytes
_UNKNOWN_32 = 0xFFFFFFFF


class Salvaged(io.RawIOBase):
    """One member of a damaged archive.

    Attributes:
        name: as in the archive. packed: its size there in bytes, 0 when unknown.
        refused: why it cannot be read (encrypted, another compression), or "".
    """

    def __init__(self, source: _Source, name: str, method: int, packed: int, refused: str) -> None:
        self.name = name
        self.packed = packed
        self.refused = refused
        self._source = source
        self._left: int | None = packed or None
        self._inflate = zlib.decompressobj(-15) if method == _DEFLATED else None
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._inflated(self._inflate, len(buffer)) if self._inflate else self._take(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _take(self, limit: int) -> bytes:
        if self._left is None:
            return b""
        data = self._source.read(min(limit, self._left))
        self._left -= len(data)
        if not data and self._left:
            raise EOFError("the archive is cut short here")
        return data

    def _inflated(self, inflate: zlib._Decompress, limit: int) -> bytes:
        while not inflate.eof:
            data = self._held or (self._source.read(_CHUNK) if self._left is None else self._take(_CHUNK))
            if not data:
                raise EOFError("the archive is cut short here")
            made = inflate.decompress(data, limit)
            self._held = inflate.unconsumed_tail
            if inflate.eof and self._left is None:
                self._source.give_back(inflate.unused_data)
            if made:
                return made
        return b""

    def skip(self) -> None:
        """Read to the end of the member; `EOFError` or `zlib.error` when it is damaged."""
        if self.refused:
            while self._left and self._take(_CHUNK):
                pass
            return
        while self.readinto(bytearray(_CHUNK)):
            pass
        while self._left and self._take(_CHUNK):
            pass


class _Source:
    """The archive's bytes; some that were read can be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead = b""

    def read(self, count: int) -> bytes:
        """Up to `count` bytes, fewer only at the end."""
        while len(self._ahead) < count and (chunk := self._stream.read(max(count - len(self._ahead), _CHUNK))):
            self._ahead += chunk
        data, self._ahead = self._ahead[:count], self._ahead[count:]
        return data

    def give_back(self, data: bytes) -> None:
        """Return bytes to the front of what is read next."""
        self._ahead = data + self._ahead


def salvage(stream: BinaryIO) -> Iterator[Salvaged]:
    """Members of an archive from its start on, as far as headers lead; each is skipped when the next is requested."""
    source = _Source(stream)
    while (member := _next(source)) is not None:
        yield member
        try:
            member.skip()
        except (EOFError, zlib.error):
            return


def _next(source: _Source) -> Salvaged | None:
    signature = source.read(4)
    if signature == b"PK\x07\x08":  # the descriptor after a member whose sizes were not known before it
        source.read(12)
        signature = source.read(4)
    raw = source.read(_HEADER.size)
    if signature != _LOCAL or len(raw) < _HEADER.size:
        return None
    _, flags, method, _, _, _, packed, _, name_length, extra_length = _HEADER.unpack(raw)
    name = source.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    extra = source.read(extra_length)
    if packed == _UNKNOWN_32:
        packed = _zip64_size(extra)
    refused = ""
    if flags & _ENCRYPTED:
        refused = "is encrypted"
    elif method not in (_STORED, _DEFLATED):
        refused = f"is compressed by a method that is not read (number {method})"
    elif method == _STORED and flags & _SIZED_LATER and not packed:
        refused = "has no size in the archive"
    return Salvaged(source, name, method, packed, refused)


def _zip64_size(extra: bytes) -> int:
    """The packed size in the ZIP64 extra field (APPNOTE 4.5.3: unpacked size, then packed size), 0 when absent."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1 and length >= 16 and at + 20 <= len(extra):
            size: int = struct.unpack_from("<Q", extra, at + 12)[0]
            return size
        at += 4 + length
    return 0


def zip_kind(head: bytes) -> tuple[str, str]:
    """(format, why) of a ZIP file that is a document itself; ("", reason) for an archive of members."""
    name, why = signed(head)
    if name:
        return name, why
    for mark, title in ((b"xl/", "a spreadsheet"), (b"ppt/", "a presentation")):
        if b"[Content_Types].xml" in head and mark in head:
            return "", f"is {title}, which morgue does not read"
    return "", "is a ZIP archive"
