"""Paths and folders to a list of files to read, without loops, hidden files or duplicates."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from morgue.model import Rejected

IGNORE_FILE = ".morgueignore"
SIDECAR = ".meta.json"

# A tree with more than this fraction of its modification times within this time was copied, unpacked or checked out.
_CLUSTER_SECONDS = 86_400
_CLUSTER_MIN_FRACTION = 0.9
_CLUSTER_MIN_FILES = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        path: as the user gave or the walk found it, `.` and doubled slashes removed; may hold surrogate escapes.
        real: resolved, the same for every way to the file.
        size: bytes (0 for a pipe). modified: POSIX seconds. regular: False for pipes and devices.
        found: the path that the walk found it by, if its articles carry another one (`path`); else "".
        sidecar: the path of its sidecar (`a.txt.meta.json` beside `a.txt`), or "".
    """

    path: str
    real: str
    size: int
    modified: float
    regular: bool = True
    found: str = ""
    sidecar: str = ""

    @property
    def here(self) -> str:
        """The path to open."""
        return self.found or self.path

    def known_as(self, path: str) -> Source:
        """Return the same file with the path that its articles carry."""
        return replace(self, path=path, found=self.here)


def find(
    paths: Iterable[str], *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = (), apart: str = ""
) -> Iterator[Source | Rejected]:
    """Yield the files to read, each once; folders are walked in order of name.

    Args:
        paths: files and folders. For a file named here, `include` and `exclude` do not count.
        include: globs, of which a file found in a folder must match one (if any are given) by name or by path.
        exclude: globs on names and paths of files and folders that are left out.
        apart: a folder that is left out: the index being written.
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
            found = (_source(given, status, sidecar=True),)
        for source in found:
            if isinstance(source, Rejected):
                yield source
            elif source.real not in seen:
                seen.add(source.real)
                yield source


def meaningful_times(sources: Iterable[Source], now: float) -> bool:
    """Return whether the modification times of `sources` show when copy came in, not when files were copied.

    They do not when more than nine in ten of at least three files lie within one day. Those of one or two files count
    unless they lie within the day before `now` (POSIX seconds): the files may have just been saved.
    """
    times = sorted(source.modified for source in sources if source.regular)
    if len(times) < _CLUSTER_MIN_FILES:
        return all(time < now - _CLUSTER_SECONDS for time in times)
    first = densest = 0
    for last, time in enumerate(times):
        while time - times[first] > _CLUSTER_SECONDS:
            first += 1
        densest = max(densest, last - first + 1)
    return densest <= _CLUSTER_MIN_FRACTION * len(times)


@dataclass(frozen=True, slots=True)
class _Wanted:
    top: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    ignored: tuple[tuple[str, str], ...] = ()

    def below(self, folder: str) -> _Wanted:
        """The same with the folder's ignore file added."""
        patterns = _ignore_patterns(folder)
        if not patterns:
            return self
        return _Wanted(self.top, self.include, self.exclude, self.ignored + tuple((folder, p) for p in patterns))

    def skips(self, path: str, name: str) -> bool:
        """Whether a file or folder is left out by its name."""
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
    if real in above:  # a symbolic link to a folder above, or the index being written
        return
    above |= {real}
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Rejected(folder, 0, reason(error))
        return
    names = {entry.name for entry in entries}
    if "morgue.json" in names:  # an index
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
            yield _source(path, status, sidecar=entry.name + SIDECAR in names)


def _source(path: str, status: os.stat_result, *, sidecar: bool) -> Source:
    """sidecar: whether there may be one (a name in the folder; it need not be a file)."""
    regular = stat.S_ISREG(status.st_mode)
    return Source(
        path=path,
        real=os.path.realpath(path),
        size=status.st_size if regular else 0,
        modified=status.st_mtime,
        regular=regular,
        sidecar=path + SIDECAR if sidecar and regular and os.path.isfile(path + SIDECAR) else "",
    )


def _ignore_patterns(folder: str) -> list[str]:
    try:
        text = Path(folder, IGNORE_FILE).read_text("utf-8", "replace")
    except OSError:
        return []
    lines = (line.strip() for line in text.splitlines())
    return [line.strip("/") for line in lines if line and not line.startswith("#")]


def reason(error: Exception) -> str:
    """Return the reason of a file error in a user's words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)
