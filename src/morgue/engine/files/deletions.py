"""Which documents of a segment are deleted: a small file per segment and commit, never changed once written.

MORGUEDL  version:u32    a zlib stream of one byte per document, 1 for deleted

It is a format of its own, not part of the segment, which never changes, nor of the commit record, which is read and
checked as a whole by every command and would grow with the archive.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from morgue.engine.files.container import DAMAGE, damaged, open_own
from morgue.engine.files.durable import whole
from morgue.engine.files.manifest import Deletions
from morgue.errors import IndexDamaged

MAGIC = b"MORGUEDL"
VERSION = 1
_HEAD = struct.Struct("<8sI")


def write(directory: Path, segment: str, generation: int, mask: bytes) -> Deletions:
    """Write the deletions of a segment as of a commit; the file is synced, its folder is not.

    Args:
        directory: the index folder. segment: the segment's file name. generation: of the commit.
        mask: one byte per document, 1 for deleted.
    """
    name = f"{segment.partition('.')[0]}-{generation}.del"
    data = _HEAD.pack(MAGIC, VERSION) + zlib.compress(mask, 1)
    with whole(directory / name) as file:
        file.write(data)
    return Deletions(name, len(data), zlib.crc32(data), mask.count(1))


def read(directory: Path, about: Deletions, docs: int) -> bytes:
    """Return one byte per document, 1 for deleted.

    Args:
        directory: the index folder. about: the file in the commit record. docs: documents of the segment.

    Raises:
        FileNotFoundError: the file is gone. IndexDamaged: it is not what was written.
    """
    path = directory / about.name
    with open_own(path) as file:
        # Its size first: the file may be larger than memory.
        data = file.read() if os.fstat(file.fileno()).st_size == about.size else b""
    if len(data) != about.size or zlib.crc32(data) != about.checksum:
        raise damaged(path, "wrong size or checksum")
    mask = _decode(path, data, docs)
    if mask.count(1) != about.count:
        raise damaged(path, "not the deletions of this segment")
    return mask


def read_loose(path: Path, docs: int) -> bytes | None:
    """Return the same from the file `path` alone; None when it is damaged or not of `docs` documents."""
    try:
        with open_own(path) as file:
            return _decode(path, file.read(), docs)
    except (IndexDamaged, OSError):
        return None


def _decode(path: Path, data: bytes, docs: int) -> bytes:
    try:
        magic, version = _HEAD.unpack_from(data)
        mask = zlib.decompressobj().decompress(data[_HEAD.size :], docs + 1)
    except DAMAGE as error:
        raise damaged(path, str(error)) from error
    if magic != MAGIC or version != VERSION or len(mask) != docs or mask.count(0) + mask.count(1) != docs:
        raise damaged(path, "not the deletions of this segment")
    return mask


def numbers(mask: bytes | bytearray) -> list[int]:
    """Return the deleted documents of a mask (one byte per document, 1 for deleted), ascending."""
    found = []
    doc = mask.find(1)
    while doc >= 0:
        found.append(doc)
        doc = mask.find(1, doc + 1)
    return found
