"""One writer at a time: a lock of the operating system, which dies with the process that holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from pathlib import Path
from typing import IO

from morgue.engine.files.durable import explained
from morgue.errors import IndexProblem, LockTimeout

NAME = "morgue.lock"
_PAUSE_SECONDS = 0.05
_LOCKED_BYTE = 1 << 30  # its offset: Windows locks bytes, and readers of the pid must not hit the locked one


def _open(path: Path) -> IO[bytes]:
    """Open the lock file, made when missing. Never through a link: it is emptied and written to."""
    flags = os.O_RDWR | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    handle = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
    if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode) or path.is_symlink():
        handle.close()
        raise OSError(errno.EINVAL, "the lock is not an ordinary file")
    return handle


def _try(handle: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(_LOCKED_BYTE)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


class WriteLock:
    """The write lock of an index folder, held from construction to `release`. The file stays after that."""

    def __init__(self, directory: Path, wait: float) -> None:
        """Take the lock of an index folder.

        Args:
            directory: the folder. wait: seconds to wait for another process.

        Raises:
            LockTimeout: another process holds it; the message names its pid. IndexProblem: the folder is not writable.
        """
        self._path = directory / NAME
        with explained(directory):
            self._handle: IO[bytes] = _open(self._path)
        deadline = time.monotonic() + wait
        try:
            while not self._acquired(directory):
                if time.monotonic() >= deadline:
                    raise LockTimeout(
                        f"index {directory} is being written by process {self._holder()}",
                        hint="wait for it to finish, or wait longer with --wait SECONDS",
                    )
                time.sleep(min(_PAUSE_SECONDS, max(deadline - time.monotonic(), 0)))
            with explained(directory):
                self._handle.truncate(0)
                self._handle.seek(0)
                self._handle.write(str(os.getpid()).encode())
                self._handle.flush()
        except BaseException:
            self._handle.close()
            raise

    def _acquired(self, directory: Path) -> bool:
        with explained(directory):
            return _try(self._handle)

    def _holder(self) -> str:
        self._handle.seek(0)
        text = self._handle.read(20).decode("ascii", "replace")
        return text if text.isdigit() else "unknown"

    @property
    def held(self) -> bool:
        """Whether the lock has not been released."""
        return not self._handle.closed

    @property
    def intact(self) -> bool:
        """Whether the lock file is still the locked one: else another writer may have locked a new one."""
        try:
            return os.path.samestat(os.stat(self._path, follow_symlinks=False), os.fstat(self._handle.fileno()))
        except OSError:
            return False

    def check(self) -> None:
        """Check that the lock is intact.

        Raises:
            IndexProblem: the lock file was removed or replaced.
        """
        if not self.intact:
            raise IndexProblem(
                f"the lock {self._path} was removed while it was held; nothing more is written",
                hint="do not delete that file; a lock ends with its process",
            )

    def release(self) -> None:
        """Release the lock."""
        with contextlib.suppress(OSError):
            self._handle.close()
