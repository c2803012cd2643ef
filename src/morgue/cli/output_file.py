"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def written(path: str | None) -> Iterator[BinaryIO]:
    """Yield a binary stream: stdout for None, else a file that gets its name when the block ends without an error.

    A file whose name ends in `.gz` is compressed.
    """
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path):  # /dev/stdout, a named pipe: cannot be replaced
        with open(path, "wb") as stream:
            yield stream
        return
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "wb") as stream:
            if path.endswith(".gz"):
                import gzip

                with gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=6) as packed:
                    yield packed  # type: ignore[misc]  # writes bytes as a BinaryIO does
            else:
                yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except BaseException:  # also Ctrl-C: no incomplete file is left
        if os.path.exists(beside):
            os.unlink(beside)
        raise
