"""Writing files durably and whole or not at all (temporary name, sync, rename); system errors as messages."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from morgue.errors import IndexDamaged, IndexProblem

TEMPORARY = ".tmp"
_REPLACE_ATTEMPTS, _PAUSE_SECONDS = 40, 0.05
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EMFILE: "too many open files",
    errno.ENFILE: "too many open files on this machine",
    errno.ENOMEM: "out of memory",
    errno.EFBIG: "the file would be too large",
    errno.ENOTDIR: "it is not a folder",
}


@contextlib.contextmanager
def explained(directory: Path) -> Iterator[None]:
    """Raise OSError as IndexProblem, with the reason in words; for writing to an index folder."""
    try:
        yield
    except OSError as error:
        raise IndexProblem(f"cannot write to the index {directory}: {_reason(error)}") from error


@contextlib.contextmanager
def readable(directory: Path) -> Iterator[None]:
    """The same for reading. FileNotFoundError stays, as a newer commit may have removed the file.

    An error of the medium is IndexDamaged; a lack of memory, handles or rights is an IndexProblem.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.EIO:
            raise IndexDamaged(f"the index {directory} is damaged: {error}", hint="run: morgue check") from error
        raise IndexProblem(f"cannot read the index {directory}: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def sync_directory(directory: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":  # a folder cannot be opened there, and NTFS journals names
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot
            raise
    finally:
        os.close(handle)


def _replace(source: Path, target: Path) -> None:
    """Rename a file over another; on Windows repeated while a reader has the other open."""
    for attempt in range(_REPLACE_ATTEMPTS):
        try:
            os.replace(source, target)
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def make_directory(directory: Path) -> None:
    """Make a folder and those above it that are missing, durably: a commit in it must not vanish with it."""
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_directory(path.parent)


@contextlib.contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing under a temporary name; it is synced and renamed at the end of the block.

    When the block raises, nothing is left behind. The folder is not synced: see `sync_directory`.
    """
    temporary = path.with_name(path.name + TEMPORARY)
    remove(temporary)
    try:
        with open(temporary, "xb") as file:  # new, so never through a link that was planted
            yield file
            file.flush()
            os.fsync(file.fileno())
        _replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise


def remove(path: Path) -> None:
    """Delete a file if that is possible now; on Windows not while a reader has it mapped."""
    with contextlib.suppress(OSError):
        path.unlink()
