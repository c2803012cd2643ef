"""Files beside the input: what a reader may open of the folder or archive that its input lies in.

A format may be spread over files: an issue's METS and the ALTO of its pages, a text and its metadata, a table and the
pages that it lists. The reader of the file that names the others opens them here; the reader of each of the others
finds out here that one names it, and then yields nothing. Both answers depend on names and bytes alone, not on the
order in which files are read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Hashable, Iterable
from typing import BinaryIO, TypeVar

_T = TypeVar("_T")


class Files:
    """The files of one archive, or of one run over files and folders.

    Args:
        names: their paths, parted by `/`: those that will be read.
        opened: opens a path, which need not be one of the names; raises `OSError` or `KeyError` where there is none.
    """

    def __init__(self, names: Iterable[str], opened: Callable[[str], BinaryIO]) -> None:
        self.names = frozenset(names)
        self.opened = opened
        self._folders: dict[str, list[str]] | None = None
        self._memory: dict[Hashable, object] = {}

    def folder(self, path: str) -> list[str]:
        """Paths of the files in a folder ("" for the top), sorted."""
        if self._folders is None:
            self._folders = {}
            for name in sorted(self.names):
                self._folders.setdefault(posixpath.dirname(name), []).append(name)
        return self._folders.get(path, [])

    def known(self, key: Hashable, find: Callable[[], _T]) -> _T:
        """What `find` returned when it was first called for `key`: it is called once per set of files."""
        if key not in self._memory:
            self._memory[key] = find()
        return self._memory[key]  # type: ignore[return-value]


class Beside:
    """The files beside one input. Names are relative to its folder.

    Args:
        files: those of its archive or run. path: of the input among them.

    Attributes:
        used: whether what the input yields depends on another file.
    """

    def __init__(self, files: Files, path: str) -> None:
        self.files = files
        self.folder, _, self.name = path.rpartition("/")
        self.used = False

    def path(self, name: str) -> str:
        """The path of `name` in the set of files."""
        return posixpath.normpath(posixpath.join(self.folder, name.replace("\\", "/")))

    def has(self, name: str) -> bool:
        """Whether the file `name` will be read too."""
        return self.path(name) in self.files.names

    def listed(self, folder: str = ".") -> list[str]:
        """Names of the files that will be read, of the input's folder or of one relative to it."""
        path = self.path(folder)
        found = self.files.folder("" if path == "." else path)
        return [posixpath.relpath(name, self.folder or ".") for name in found]

    def open(self, name: str) -> BinaryIO | None:
        """The file `name`, to be closed by the caller; None where there is none or it may not be opened.

        Files that will be read, and files in the input's folder or below it, may be opened.
        """
        path = self.path(name)
        inside = not posixpath.relpath(path, self.folder or ".").startswith("..")
        if path not in self.files.names and not inside:
            return None
        try:
            stream = self.files.opened(path)
        except (OSError, KeyError, ValueError, RuntimeError):  # the last: an encrypted member of an archive
            return None
        self.used = True
        return stream
