"""Input that arrives while it is read: a pipe is read as it comes, and waiting work is done before a read blocks."""

from __future__ import annotations

import io
import os
import select
import stat
from collections.abc import Callable
from typing import Any, BinaryIO, TypeAlias, cast

from morgue.runtime.interrupts import exposed

_BUFFER_BYTES = 1 << 16

Idle: TypeAlias = "Callable[[], float | None]"
"""Called when nothing is there to be read: does what is waiting to be done, and returns after how many seconds without
input it wants to be called again, None for not before more input has come."""


def is_live(stream: BinaryIO) -> bool:
    """Whether more may come into a stream later: a pipe, a terminal, a socket; not a file or bytes in memory."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return not stat.S_ISREG(mode)


def live(stream: BinaryIO, idle: Idle) -> BinaryIO:
    """Return `stream` so that it gives bytes as they arrive, and calls `idle` before it blocks; a file as it is."""
    if not is_live(stream):
        return stream
    return cast(BinaryIO, io.BufferedReader(_Live(stream, idle), _BUFFER_BYTES))


class _Live(io.RawIOBase):
    def __init__(self, stream: BinaryIO, idle: Idle) -> None:
        self._stream = stream
        self._read = getattr(stream, "read1", stream.read)
        self._idle = idle

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def readinto(self, buffer: Any) -> int:
        while not self._ready(0):
            wait = self._idle()
            if wait is None or self._ready(wait):
                break
        with exposed():
            data: bytes = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _ready(self, seconds: float) -> bool:
        """Wait for input up to `seconds`; whether there is some (where a pipe cannot be waited for: after a call)."""
        try:
            with exposed():
                return bool(select.select([self._stream], [], [], seconds)[0])
        except (OSError, ValueError):  # Windows waits for sockets alone
            return seconds > 0
