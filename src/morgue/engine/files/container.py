"""The container every segment file is: a magic number, sections, and at the end a table of them.

    MORGUESG  version:u32  0:u32            16 bytes
    section   padded with zeros to 8 bytes  ...
    table     JSON: {"meta": {...}, "sections": {name: [offset, length, crc32, format]}}
    offset:u64  length:u32  crc32:u32  MORGUEND        the table's place, 24 bytes
    table and its place once more           this is the one that is read; the other is for `salvage`

All numbers are little-endian. A section is an array of one C type (`B`, `H`, `I`, `Q`), used in place through the
memory map. Every offset is checked against the file when it is opened; what the bytes of a section say is checked
by its crc32 (`Container.verify`) and by the code that follows the numbers in it.
"""

from __future__ import annotations

import contextlib
import functools
import json
import mmap
import stat
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ParamSpec, TypeVar

from morgue.errors import IndexDamaged

if TYPE_CHECKING:
    from morgue.engine.files.arraytools import Ints

MAGIC = b"MORGUESG"
END = b"MORGUEND"
VERSION = 2
OLDEST = 1
"""The version that is written, and the oldest that is read. They differ in stored.py."""
SUFFIX = ".seg"
_HEAD = struct.Struct("<8sII")
_TAIL = struct.Struct("<QII8s")
_SHARED_MAX_BYTES = 1 << 20  # a larger section is not compared with others
_SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8}

# Raised by code that follows the numbers of a damaged or hostile file.
DAMAGE = (
    IndexError, KeyError, ValueError, TypeError, OverflowError, struct.error, zlib.error, RecursionError,
    AttributeError,  # a number or a text in the table of contents where a table should be
)  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")


def damaged(path: Path | str, what: str) -> IndexDamaged:
    """Return the error for the file `path` that is not what was written; `what`: the reason."""
    return IndexDamaged(f"index file {path} is damaged: {what}", hint="run: morgue check")


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """Decorator of a reader's method: raise DAMAGE as IndexDamaged."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except DAMAGE as error:
            where = getattr(args[0], "path", None) or getattr(args[0], "name", "?") if args else "?"
            raise damaged(str(where), f"{function.__name__}: {error}") from error

    return wrapper


def open_own(path: Path) -> BinaryIO:
    """Open a file of the index for reading, if it is an ordinary one: not a link out of the folder, not a pipe.

    Raises:
        FileNotFoundError: it is not there. IndexDamaged: it is not an ordinary file.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise damaged(path, "it is not an ordinary file")
    return open(path, "rb")


def numbers(view: memoryview, kind: str) -> memoryview:
    """Return `view` as little-endian numbers of a `kind` (`B`, `H`, `I`, `Q`); in place on a little-endian machine."""
    if kind == "B":
        return view
    if sys.byteorder == "little":
        return view.cast(kind)  # type: ignore[call-overload, no-any-return]  # a plain str is one of its literals
    swapped = array(kind, view.tobytes())
    swapped.byteswap()
    return memoryview(swapped)


class Container:
    """A segment file, mapped.

    Attributes:
        path: the file. size: its bytes. version: of its format. checksum: crc32 of its table of contents.
        meta: the JSON that the writer added to the table, of any shape in a hostile file.
        sections: name -> offset, length in bytes, crc32, type.
    """

    def __init__(
        self, path: Path, *, size: int | None = None, checksum: int | None = None, salvage: bool = False
    ) -> None:
        """Map a file and check its frame.

        Args:
            path: the file.
            size, checksum: its bytes and the crc32 of its table, from the commit record.
            salvage: accept any whole table, also of an earlier version. Every version keeps this frame and the
                sections of ids (documents.py) and records (stored.py), so that these can be read.

        Raises:
            FileNotFoundError: it is not there. IndexDamaged: it is not what was written.
        """
        self.path = path
        self._salvage = salvage
        with open_own(path) as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise damaged(path, "it is empty") from None
        self._view = memoryview(self._map)
        self.size = len(self._view)
        if size is not None and self.size != size:
            raise damaged(path, f"{self.size} bytes instead of {size}")
        self.checksum = 0
        self.version = 0
        self.meta: Mapping[str, object] = {}
        self.sections: dict[str, tuple[int, int, int, str]] = {}
        self._end = self.size
        try:
            self._read_frame()
        except IndexDamaged:
            if not (salvage and self._find_spare()):
                raise
        if checksum is not None and checksum != self.checksum:
            raise damaged(path, "not the file that was committed")

    def _read_frame(self) -> None:
        if self.size < _HEAD.size + _TAIL.size:
            raise damaged(self.path, "cut short")
        magic, version, _ = _HEAD.unpack_from(self._view, 0)
        offset, length, crc, end = _TAIL.unpack_from(self._view, self._end - _TAIL.size)
        if magic != MAGIC:
            raise damaged(self.path, "not a segment")
        wrong = version > VERSION or (version < OLDEST and not self._salvage)
        if wrong or end != END or offset + length + _TAIL.size != self._end or offset < _HEAD.size:
            raise damaged(self.path, "its end is not where it should be")
        table = self._view[offset : offset + length]
        if zlib.crc32(table) != crc:
            raise damaged(self.path, "wrong checksum of its table of contents")
        self.checksum = crc
        self.version = version
        try:
            self._read_table(json.loads(table.tobytes()), offset)
        except DAMAGE as error:
            raise damaged(self.path, f"table of contents: {error}") from error

    def _find_spare(self) -> bool:
        """Look for a table before the end of the file; return whether one was found."""
        for _ in range(4):  # two are written; an article may hold the mark by chance
            self._end = self._map.rfind(END, 0, self._end - 1) + len(END)
            if self._end < _HEAD.size + _TAIL.size:
                return False
            with contextlib.suppress(IndexDamaged):
                self._read_frame()
                return True
        return False

    def _read_table(self, content: Any, limit: int) -> None:
        self.meta = content["meta"]
        for name, (start, length, crc, kind) in content["sections"].items():
            if not (_HEAD.size <= start and length >= 0 and start + length <= limit) or length % _SIZES[kind]:
                raise ValueError(f"section {name} lies outside the file")
            self.sections[name] = (start, length, crc, kind)

    def section(self, name: str, count: int | None = None) -> memoryview:
        """Return a section as an array.

        Args:
            name: the section's name.
            count: how many numbers it must hold.

        Raises:
            IndexDamaged: it is missing or does not hold `count` numbers.
        """
        entry = self.sections.get(name)
        if entry is None:
            raise damaged(self.path, f"no section {name}")
        start, length, _, kind = entry
        view = numbers(self._view[start : start + length], kind)
        if count is not None and len(view) != count:
            raise damaged(self.path, f"section {name} holds {len(view)} numbers instead of {count}")
        return view

    def verify(self) -> Iterator[str]:
        """Yield a sentence for each part of the file that is not what was written. Reads all of it."""
        covered = _HEAD.size
        if any(self._view[12:16]):
            yield "head"
        for name, (start, length, crc, _) in sorted(self.sections.items(), key=lambda item: item[1][0]):
            if any(self._view[covered:start]):
                yield f"bytes before section {name}"
            if zlib.crc32(self._view[start : start + length]) != crc:
                yield f"section {name}"
            covered = max(covered, start + length)
        offset, length, crc, _ = _TAIL.unpack_from(self._view, self.size - _TAIL.size)
        spare = offset - length - _TAIL.size
        if any(self._view[covered:spare]):
            yield "bytes before the table of contents"
        place = _TAIL.pack(max(spare, 0), length, crc, END)
        if spare < covered or self._view[spare:offset] != self._view[offset : offset + length].tobytes() + place:
            yield "spare table of contents"

    def close(self) -> None:
        """Unmap the file once it has no views."""
        self._view = memoryview(b"")
        with contextlib.suppress(BufferError):  # views of it are still in use; the map goes with the last of them
            self._map.close()


class ContainerWriter:
    """Writes a segment file, section by section.

    Attributes:
        checksum: crc32 of the table of contents, known after `finish`. size: bytes of the whole file, after `finish`.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin a file at its first byte."""
        self._file = file
        self._sections: dict[str, tuple[int, int, int, str]] = {}
        self._known: dict[bytes, tuple[int, int, int]] = {}
        self._at = file.write(_HEAD.pack(MAGIC, VERSION, 0))
        self.checksum = 0
        self.size = 0

    def add(self, name: str, data: bytes | memoryview, kind: str = "B") -> None:
        """Write a section. A small one with the bytes of another shares its place in the file.

        Args:
            name: the section. data: little-endian numbers of type `kind`.
        """
        view = memoryview(data).cast("B") if memoryview(data).nbytes else memoryview(b"")
        import hashlib  # a reader, which shares this module, does without

        digest = hashlib.blake2b(view, digest_size=16).digest() if len(view) <= _SHARED_MAX_BYTES else b""
        known = self._known.get(digest)
        if known is not None:  # the first and the last second of a date, columns with one value: often the same
            self._sections[name] = (*known, kind)
            return
        self._file.write(view)
        self._sections[name] = (self._at, len(view), zlib.crc32(view), kind)
        if digest:
            self._known[digest] = self._sections[name][:3]
        self._at += len(view)
        self._at += self._file.write(bytes(-self._at % 8))

    def add_array(self, name: str, values: Ints) -> None:
        """Write the unsigned `values` as section `name`, in their width."""
        kind = {1: "B", 2: "H", 4: "I", 8: "Q"}[values.dtype.itemsize]
        self.add(name, (values if sys.byteorder == "little" else values.byteswap()).data, kind)

    def finish(self, meta: Mapping[str, object]) -> None:
        """Write the table of contents with `meta`, JSON values. The file is whole then, but not flushed or synced."""
        table = json.dumps({"meta": meta, "sections": self._sections}, separators=(",", ":")).encode()
        self.checksum = zlib.crc32(table)
        for _ in range(2):
            self._file.write(table + _TAIL.pack(self._at, len(table), self.checksum, END))
            self._at += len(table) + _TAIL.size
        self.size = self._at
