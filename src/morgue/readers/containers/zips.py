"""ZIP files: which are documents themselves, by their members, and archives without a usable directory.

The members of an archive that was cut short, or is damaged at the end, are read header by header.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from morgue.readers.formats import FORMATS

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


_MIMETYPE = re.compile(rb"PK\x03\x04.{22}\x08\x00\x00\x00mimetype([!-~]{1,100}?)PK", re.DOTALL)


def zip_kind(head: bytes) -> tuple[str, str]:
    """(format, why) of a ZIP file that is a document itself, by its head; ("", reason) for an archive of members."""
    mimetype = _MIMETYPE.match(head)  # OpenDocument and EPUB have it first and stored
    return package_kind(_local_names(head), mimetype[1] if mimetype else b"")


def _local_names(head: bytes) -> list[str]:
    """Names of the members whose headers are in the first bytes of an archive."""
    found, at = [], head.find(_LOCAL)
    while at >= 0 and len(raw := head[at + 4 : at + 4 + _HEADER.size]) == _HEADER.size:
        start = at + 4 + _HEADER.size
        found.append(head[start : start + _HEADER.unpack(raw)[8]].decode("utf-8", "replace"))
        at = head.find(_LOCAL, start)
    return found


ARCHIVE = ("", "is a ZIP archive")  # of members, by `package_kind`
_PACKAGE_OF_MIMETYPE = (
    ("application/epub+zip", "epub", ""),
    ("application/vnd.oasis.opendocument.text", "odt", ""),  # also -template, -web and -master
    ("application/vnd.sun.xml.writer", "odt", ""),
    ("application/vnd.oasis.opendocument.spreadsheet", "", "an OpenDocument spreadsheet"),
    ("application/vnd.oasis.opendocument.presentation", "", "an OpenDocument presentation"),
    ("application/vnd.oasis.opendocument.", "", "an OpenDocument file without text"),
    ("application/vnd.adobe.indesign-idml-package", "", "an InDesign document"),
)
# A member that only packages of a kind have, lower case; a name that ends in / is a folder.
_PACKAGE_OF_MEMBER = (
    ("word/document.xml", "docx", ""),
    ("xl/workbook.xml", "xlsx", "a spreadsheet"),
    ("xl/workbook.bin", "", "a binary spreadsheet (XLSB)"),
    ("ppt/presentation.xml", "", "a presentation"),
    ("visio/document.xml", "", "a Visio drawing"),
    ("meta-inf/container.xml", "epub", ""),
    ("index/document.iwa", "", "an Apple iWork document"),
    ("index.zip", "", "an Apple iWork document"),
    ("fixeddocseq.fdseq", "", "an XPS document"),
    ("fixeddocumentsequence.fdseq", "", "an XPS document"),
)
_OFFICE_FOLDERS = (("word/", "docx", ""), ("xl/", "xlsx", "a spreadsheet"), ("ppt/", "", "a presentation"))


def package_kind(names: Iterable[str], mimetype: bytes) -> tuple[str, str]:
    """What the members of a ZIP file make it, wherever in the file they are.

    Args:
        names: of all members. mimetype: what the member of that name holds, b"" when there is none.

    Returns:
        (format, why) of a document, ("", reason) of one that no reader reads or of an archive of members.
    """
    stated = mimetype.decode("ascii", "replace").strip()
    for prefix, kind, title in _PACKAGE_OF_MIMETYPE:
        if stated.startswith(prefix):
            return _package(kind, f"is a ZIP file whose mimetype is {stated[:80]}", title)
    members = {part_name(name) for name in names}
    for member, kind, title in _PACKAGE_OF_MEMBER:
        if member in members and (member != "index.zip" or "buildversionhistory.plist" in members):
            return _package(kind, f"is a ZIP file with {member} inside", title)
    if members & {"[content_types].xml", "_rels/.rels"}:
        for folder, kind, title in _OFFICE_FOLDERS:
            if any(member.startswith(folder) for member in members):
                return _package(kind, f"is a ZIP file with {folder} inside", title)
    if "meta-inf/manifest.xml" in members and "content.xml" in members:
        return _package("odt", "is a ZIP file with content.xml and META-INF/manifest.xml inside", "")
    if "datapackage.json" in members and any(re.match(r"archive/.*\.w?arc", member) for member in members):
        return "warc", "is a ZIP file with a web archive inside"
    return ARCHIVE


def _package(kind: str, why: str, title: str) -> tuple[str, str]:
    return (kind, why) if kind in FORMATS else ("", f"is {title}, which morgue does not read")


def part_name(name: str) -> str:
    """A member's name as packages compare them: lower case, with slashes, not from a root."""
    return name.replace("\\", "/").lstrip("/").lower()
