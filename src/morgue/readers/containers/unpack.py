"""Compressed files and archives: every file inside them, named `archive.zip!/path`, within limits.

Nothing is written to a path and nothing is fetched. What is refused (a bomb, a name that points outside, a damaged
member) comes out as a `Rejected` beside the good members.
"""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, NamedTuple, TypeAlias, cast

from morgue.model import Rejected
from morgue.readers.beside import Beside, Files
from morgue.readers.containers import zips
from morgue.readers.options import MEBIBYTE, ReadOptions, size
from morgue.readers.streams import BUFFER, Source, Steady, peek

_XZ_MEMORY = 256 * MEBIBYTE  # bytes that an xz stream may demand to be unpacked
_SPOOL_IN_MEMORY = 16 * MEBIBYTE  # bytes of a ZIP archive from a pipe; a larger one goes to a temporary file
_SALVAGED_SIZE = 1 << 16  # bytes that a member of unknown packed size counts as


class Member(NamedTuple):
    """A file found in the input.

    Attributes:
        path: as the user knows it: `news.zip!/2026/a.xml`; a compressed file keeps its own name.
        name: the name to sniff by, without the suffix of the compression.
        head: its first bytes (up to 64 KiB). stream: all of it, from the start.
        beside: the other files of the archive that it is in; None outside of archives, and in those that can only be
            read from start to end.
        kind: (format, why) of a ZIP file that is a document itself, as of `zips.package_kind`; None for all else.
    """

    path: str
    name: str
    head: bytes
    stream: BinaryIO
    beside: Beside | None = None
    kind: tuple[str, str] | None = None


class Damaged(OSError):
    """Compressed data whose rest cannot be read; its text is a reason for a `Rejected`."""


class Budget:
    """What may still be unpacked from one input, over all nesting levels."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.bytes_left = options.max_total
        self.members_left = options.max_members

    def spend(self, count: int, taken: int, made: int) -> None:
        """Account for `count` new bytes of a member that has read `taken` and made `made`; `Damaged` beyond limits."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Damaged(f"unpacks to more than the limit of {size(self.options.max_total)}")
        if made > self.options.free_bytes and made > self.options.max_ratio * max(taken, 1):
            raise Damaged(f"unpacks to more than {self.options.max_ratio} times its size: refused as a bomb")


def members(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Member | Rejected]:
    """The files in a stream: the stream itself when it is not a container, else its members, nested ones too.

    Each member must be read before the next is requested.

    Args:
        stream: from its start, not closed. path: of the input, for names of members. options: limits.
    """
    yield from _open(stream, path, path, Budget(options), options.max_depth)


def _open(
    stream: BinaryIO, path: str, name: str, budget: Budget, depth: int, beside: Beside | None = None
) -> Iterator[Member | Rejected]:
    try:
        head, stream = peek(stream)
    except OSError as error:  # a damaged compressed stream, or the medium itself
        yield Rejected(path, 0, _reason(error))
        return
    kind = _container(head)
    if kind == "zip":
        yield from _zip(Member(path, name, head, stream, beside), budget, depth)
    elif kind and depth <= 0:
        yield _too_deep(path, budget)
    elif kind == "tar":
        yield from _tar(stream, path, budget, depth)
    elif kind:
        plain = _buffered(_Unpacked(stream, _DECODERS[kind], budget))
        yield from _open(plain, path, _plain_name(name), budget, depth - 1, beside)
    else:
        yield Member(path, name, head, stream, beside)


def _too_deep(path: str, budget: Budget) -> Rejected:
    return Rejected(path, 0, f"archives are nested more than {budget.options.max_depth} deep")


def _reason(error: OSError) -> str:
    return str(error) if isinstance(error, Damaged) else f"cannot be read: {error.strerror or error}"


def _container(head: bytes) -> str:
    """`gzip`, `bzip2`, `xz`, `lzma`, `zip`, `tar`, or "" when the bytes start a plain file."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head[:3] == b"BZh" and head[3:4].isdigit() and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return "zip"
    if head[257:262] == b"ustar" and len(head) >= 512:
        return "tar"
    return ""


_SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def _plain_name(name: str) -> str:
    lower = name.lower()
    for suffix in (".gz", ".bz2", ".xz", ".z", ".gzip"):
        if lower.endswith(suffix):
            return name[: -len(suffix)]
    return next((name[: -len(old)] + new for old, new in _SUFFIXES.items() if lower.endswith(old)), name)


# --- compressed streams -------------------------------------------------------------------------------------------

_Decoder: TypeAlias = "bz2.BZ2Decompressor | lzma.LZMADecompressor | _Inflate"

_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": lambda: _Inflate(),
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY),
}


class _Inflate:
    """zlib's decompressor for one gzip member, with the interface of `bz2.BZ2Decompressor`."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)
        self._held = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._held and not self._inner.eof

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Up to `max_length` bytes; what is left of the input is kept."""
        made = self._inner.decompress(self._held + data, max_length)
        self._held = self._inner.unconsumed_tail
        return made


class _Unpacked(Source):
    """The plain bytes of a compressed stream; `Damaged` where it is cut short, corrupt or a bomb."""

    def __init__(self, stream: BinaryIO, decoder: Callable[[], _Decoder], budget: Budget) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)  # what has come, without waiting
        self._new = decoder
        self._decoder = decoder()
        self._budget = budget
        self._taken = self._made = 0
        self._fresh = True  # the decoder has seen nothing of its member yet
        self._pending = b""

    def chunk(self, limit: int) -> bytes:
        try:
            while True:
                if self._decoder.eof and not self._start_member():
                    return b""
                if self._decoder.needs_input and not self._pending and not self._feed():
                    return b""
                data, self._pending = self._pending, b""
                made = self._decoder.decompress(data, limit)
                self._fresh = False
                if made:
                    self._made += len(made)
                    self._budget.spend(len(made), self._taken, self._made)
                    return made
        except (zlib.error, lzma.LZMAError, EOFError, ValueError) as error:
            raise Damaged(f"compressed data is damaged after {self._made} bytes: {error}") from None
        except OSError as error:
            if isinstance(error, Damaged) or error.errno is not None:
                raise
            raise Damaged(f"compressed data is damaged after {self._made} bytes: {error}") from None

    def _feed(self) -> bool:
        """Read the next bytes; False at the end of input after a whole member, `Damaged` when it is cut short."""
        self._pending = self._read(BUFFER)
        self._taken += len(self._pending)
        if not self._pending and not self._fresh:
            raise Damaged(f"compressed data is cut short after {self._made} bytes")
        return bool(self._pending)

    def _start_member(self) -> bool:
        """Begin the next member of a file of several; False when only padding follows."""
        rest = self._decoder.unused_data
        while not (rest := rest.lstrip(b"\0")):
            rest = self._read(BUFFER)
            self._taken += len(rest)
            if not rest:
                return False
        self._decoder = self._new()
        self._pending = rest
        self._fresh = True
        return True


# --- archives -----------------------------------------------------------------------------------------------------


def _refused(name: str) -> str | None:
    """Why a member with this name is refused, else None."""
    parts = name.replace("\\", "/").split("/")
    if not name.strip() or "\0" in name or any(ord(char) < 32 for char in name):
        return "its name in the archive holds control characters"
    if ".." in parts:
        return "its path points outside the archive"
    if name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":"):
        return "its path in the archive is absolute"
    if len(name) > 4096:
        return "its name in the archive is longer than 4096 characters"
    return None


def _hidden(name: str) -> bool:
    """Files that a folder's walk would leave out as well: dot files, and the resource forks of macOS."""
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _member_path(path: str, name: str) -> str:
    printable = "".join(char if char.isprintable() else "?" for char in name[:200])
    return f"{path}!/{printable.removeprefix('./')}"


def _admit(path: str, name: str, budget: Budget) -> Rejected | None:
    """A `Rejected` for a member that may not be read, None for one that may."""
    budget.members_left -= 1
    if budget.members_left < 0:
        return Rejected(path, 0, f"holds more than {budget.options.max_members} files: the rest was not read")
    if reason := _refused(name):
        return Rejected(_member_path(path, name), 0, reason)
    return None


class _Counted(Source):
    """A member of an archive, read through its budget."""

    def __init__(self, stream: IO[bytes], packed: int, budget: Budget) -> None:
        self._stream = stream
        self._packed = packed
        self._budget = budget
        self._made = 0

    def chunk(self, limit: int) -> bytes:
        try:
            data = self._stream.read(limit)
        except _ARCHIVE_ERRORS as error:
            raise Damaged(f"is damaged in the archive after {self._made} bytes: {error}") from None
        self._made += len(data)
        self._budget.spend(len(data), self._packed, self._made)
        return data


_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # zipfile raises it for encrypted members
    ValueError,
    KeyError,
)


def _zip(found: Member, budget: Budget, depth: int, *, package: bool = False) -> Iterator[Member | Rejected]:
    """The members of the ZIP file `found`; itself when it is a document, unless `package` says to open that."""
    path = found.path
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY) as spool:
        try:
            seekable = _seekable(found.stream, cast(BinaryIO, spool))
            start = seekable.tell()
        except OSError as error:
            yield Rejected(path, 0, _reason(error))
            return
        try:
            archive: zipfile.ZipFile | str = zipfile.ZipFile(seekable)
        except (OSError, *_ARCHIVE_ERRORS) as error:
            archive = str(error)
        kind = zips.zip_kind(found.head) if isinstance(archive, str) else _kind(archive)
        if not package and kind != zips.ARCHIVE:
            seekable.seek(start)
            yield found._replace(stream=seekable, kind=kind)
        elif depth <= 0:
            yield _too_deep(path, budget)
        elif isinstance(archive, str):
            yield Rejected(path, 0, f"the archive's directory is damaged ({archive}): its files are read one by one")
            seekable.seek(start)
            yield from _salvaged(seekable, path, budget, depth)
        else:
            yield from _members(archive, path, budget, depth)


def _kind(archive: zipfile.ZipFile) -> tuple[str, str]:
    """(format, why) of a ZIP file that is a document, by its directory; `zips.ARCHIVE` for an archive of members."""
    mimetype = b""
    try:
        with archive.open("mimetype") as member:
            mimetype = member.read(200)
    except (OSError, *_ARCHIVE_ERRORS):
        pass
    return zips.package_kind(archive.namelist(), mimetype)


def _members(archive: zipfile.ZipFile, path: str, budget: Budget, depth: int) -> Iterator[Member | Rejected]:
    files = _files(archive, budget)
    for info in archive.infolist():
        if info.is_dir() or _hidden(info.filename):
            continue
        if rejected := _admit(path, info.filename, budget):
            yield rejected
            if budget.members_left < 0:
                return
            continue
        inner = _member_path(path, info.filename)
        try:
            raw = _Counted(archive.open(info), info.compress_size, budget)
        except (OSError, *_ARCHIVE_ERRORS) as error:
            yield Rejected(inner, 0, f"cannot be unpacked: {error}")
            continue
        beside = Beside(files, info.filename)
        yield from _open(_buffered(raw), inner, info.filename, budget, depth - 1, beside)


def _files(archive: zipfile.ZipFile, budget: Budget) -> Files:
    """The members of an archive as files that readers of other members may open, within the same budget."""
    names = [name for name in archive.namelist() if not (name.endswith("/") or _hidden(name) or _refused(name))]

    def opened(name: str) -> BinaryIO:
        return _buffered(_Counted(archive.open(name), archive.getinfo(name).compress_size, budget))

    return Files(names, opened)


def _salvaged(stream: BinaryIO, path: str, budget: Budget, depth: int) -> Iterator[Member | Rejected]:
    for found in zips.salvage(stream):
        if found.name.endswith("/") or _hidden(found.name):
            continue
        rejected = _admit(path, found.name, budget)
        inner = _member_path(path, found.name)
        if rejected or found.refused:
            yield rejected or Rejected(inner, 0, found.refused)
            if budget.members_left < 0:
                return
            continue
        raw = _Counted(cast(IO[bytes], found), found.packed or _SALVAGED_SIZE, budget)
        yield from _open(_buffered(raw), inner, found.name, budget, depth - 1)


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(raw, BUFFER))


def _seekable(stream: BinaryIO, spool: BinaryIO) -> BinaryIO:
    """The stream itself when it can seek, else a copy in memory (on disk beyond 16 MiB)."""
    try:
        if stream.seekable() and not isinstance(getattr(stream, "raw", None), _Counted):
            return stream
    except (OSError, ValueError):
        pass
    while chunk := stream.read(BUFFER):
        spool.write(chunk)
    spool.seek(0)
    return spool


def _tar(stream: BinaryIO, path: str, budget: Budget, depth: int) -> Iterator[Member | Rejected]:
    try:
        source = cast(BinaryIO, Steady(stream))
        archive = tarfile.open(fileobj=source, mode="r|", errors="replace")  # noqa: SIM115 - nothing to close
    except (OSError, *_ARCHIVE_ERRORS) as error:
        yield Rejected(path, 0, f"is a damaged TAR archive: {error}")
        return
    count = 0
    while True:
        try:
            info = archive.next()
        except (OSError, *_ARCHIVE_ERRORS) as error:
            yield Rejected(path, 0, f"the archive is damaged after {count} entries: {error}")
            return
        count += 1
        if info is None:
            return
        # tarfile keeps every header otherwise: memory by the archive and not by the member.
        archive.members = []  # type: ignore[attr-defined]
        if not info.isfile() or _hidden(info.name):
            continue
        if rejected := _admit(path, info.name, budget):
            yield rejected
            if budget.members_left < 0:
                return
            continue
        content = archive.extractfile(info)
        if info.issparse() or content is None:
            yield Rejected(_member_path(path, info.name), 0, "is a sparse file in the archive, which is not read")
            continue
        raw = _Counted(content, info.size, budget)
        yield from _open(_buffered(raw), _member_path(path, info.name), info.name, budget, depth - 1)


def zip_files(stream: BinaryIO, path: str, options: ReadOptions) -> Iterator[Member | Rejected]:
    """The files in a ZIP file that is itself a document (a WACZ); `stream`, `path` and `options` as for `members`."""
    yield from _zip(Member(path, path, b"", stream), Budget(options), options.max_depth, package=True)
