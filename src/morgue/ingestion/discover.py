"""Which files are meant: paths and folders to a list of sources, without loops, hidden files or doubles."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from morgue.model import Rejected

IGNORE_FILE = ".morgueignore"
SIDECAR = ".meta.json"

# A tree whose modification times cluster this much was copied, unpacked or checked out: they say nothing of the copy.
_CLUSTER_SECONDS = 86_400
_CLUSTER_SHARE = 0.9
_CLUSTER_LEAST = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        path: as the user gave or the walk found it, `.` and doubled slashes removed; may hold surrogate escapes.
        real: resolved, the same for every way to the file.
        size: bytes (0 for a pipe). modified: POSIX seconds. regular: False for pipes and devices.
        found: the path that the walk found it by, where its articles are known under another (`path`); else "".
    """

    path: str
    real: str
    size: int
    modified: float
    regular: bool = True
    found: str = ""

    @property
    def here(self) -> str:
        """The path to open it by."""
        return self.found or self.path

    def known_as(self, path: str) -> Source:
        """Return the same file under the path that its articles carry."""
        return Source(path, self.real, self.size, self.modified, self.regular, self.here)


def find(
    paths: Iterable[str], *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = (), apart: str = ""
) -> Iterator[Source | Rejected]:
    """Yield the files that are meant, folders walked in order of name, each file once.

    Args:
        paths: files and folders. A file named outright is taken whatever its name or the globs say.
        include: globs, of which a file found in a folder must match one (if any are given) by name or by path.
        exclude: globs on names and paths of files and folders that are left out.
        apart: a folder that is left out wherever it is met: the index being written.
    """
    seen: set[str] = set()
    above = frozenset({os.path.realpath(apart)} if apart else ())
    for path in paths:
        given = os.path.normpath(path)
        try:
            status = os.stat(given)
        except (OSError, ValueError) as error:
            yield Rejected(path, 0, reason(error))
            continue
        found: Iterable[Source | Rejected]
        if stat.S_ISDIR(status.st_mode):
            found = _walk(given, _Wanted(given, include, exclude), above)
        else:
            found = (_source(given, status),)
        for source in found:
            if isinstance(source, Rejected):
                yield source
            elif source.real not in seen:
                seen.add(source.real)
                yield source


def meaningful_times(sources: Iterable[Source], now: float) -> bool:
    """Tell whether modification times say when copy came in, rather than when it was copied or checked out.

    They do not when more than nine in ten of at least three files lie within one day. One or two files cannot be
    compared: theirs count unless they lie within the day before `now` (POSIX seconds), when they may have just been
    saved.
    """
    times = sorted(source.modified for source in sources if source.regular)
    if len(times) < _CLUSTER_LEAST:
        return all(time < now - _CLUSTER_SECONDS for time in times)
    first = densest = 0
    for last, time in enumerate(times):
        while time - times[first] > _CLUSTER_SECONDS:
            first += 1
        densest = max(densest, last - first + 1)
    return densest <= _CLUSTER_SHARE * len(times)


def sidecar(path: str) -> str | None:
    """Return the path of a file's sidecar (`a.txt.meta.json` beside `a.txt`) if there is one."""
    beside = path + SIDECAR
    return beside if os.path.isfile(beside) else None


@dataclass(frozen=True, slots=True)
class _Wanted:
    top: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    ignored: tuple[tuple[str, str], ...] = ()

    def below(self, folder: str) -> _Wanted:
        """The same with the folder's own ignore file added."""
        patterns = _ignore_patterns(folder)
        if not patterns:
            return self
        return _Wanted(self.top, self.include, self.exclude, self.ignored + tuple((folder, p) for p in patterns))

    def skips(self, path: str, name: str) -> bool:
        """Whether a file or folder is left out whatever it holds."""
        if name.startswith("."):
            return not any(fnmatchcase(name, glob) for glob in self.include if glob.startswith("."))
        relative = os.path.relpath(path, self.top).replace(os.sep, "/")
        if any(fnmatchcase(name, glob) or fnmatchcase(relative, glob.strip("/")) for glob in self.exclude):
            return True
        return any(
            fnmatchcase(name, glob) or fnmatchcase(os.path.relpath(path, folder).replace(os.sep, "/"), glob)
            for folder, glob in self.ignored
        )

    def takes(self, path: str, name: str) -> bool:
        """Whether a file passes the include globs."""
        relative = os.path.relpath(path, self.top).replace(os.sep, "/")
        return not self.include or any(fnmatchcase(name, glob) or fnmatchcase(relative, glob) for glob in self.include)


def _walk(folder: str, wanted: _Wanted, above: frozenset[str]) -> Iterator[Source | Rejected]:
    real = os.path.realpath(folder)
    if real in above:  # a symbolic link back to a folder that we are in, or the index itself
        return
    above |= {real}
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Rejected(folder, 0, reason(error))
        return
    names = {entry.name for entry in entries}
    if "morgue.json" in names:  # an index of ours is no article
        return
    wanted = wanted.below(folder) if IGNORE_FILE in names else wanted
    for entry in entries:
        path = os.path.normpath(entry.path)
        if wanted.skips(path, entry.name) or (
            entry.name.endswith(SIDECAR) and entry.name.removesuffix(SIDECAR) in names
        ):
            continue
        try:
            status = entry.stat()
        except OSError as error:
            yield Rejected(path, 0, reason(error))
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(path, wanted, above)
        elif stat.S_ISREG(status.st_mode) and wanted.takes(path, entry.name):
            yield _source(path, status)


def _source(path: str, status: os.stat_result) -> Source:
    regular = stat.S_ISREG(status.st_mode)
    return Source(path, os.path.realpath(path), status.st_size if regular else 0, status.st_mtime, regular)


def _ignore_patterns(folder: str) -> list[str]:
    try:
        text = Path(folder, IGNORE_FILE).read_text("utf-8", "replace")
    except OSError:
        return []
    lines = (line.strip() for line in text.splitlines())
    return [line.strip("/") for line in lines if line and not line.startswith("#")]


def reason(error: Exception) -> str:
    """Return what went wrong with a file, as a user would say it."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)
