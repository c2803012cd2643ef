"""Inverting documents in other processes: each takes documents from a pipe and writes segment files of its own.

The writer decides what becomes of the files; a worker never touches the commit record. Documents travel as marshalled
tuples. A worker ends when its pipe does, so that none outlives a writer that was killed.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from morgue.engine.document import Document
from morgue.errors import IndexProblem

CHUNK = 64  # documents sent at a time
_LENGTH = struct.Struct("<Q")
_PROGRAM = "from morgue.engine.jobs import serve; serve()"


class Written(NamedTuple):
    """A segment that a worker wrote: path, bytes, crc32 of its table of contents, documents."""

    path: str
    size: int
    checksum: int
    docs: int


def _send(pipe: IO[bytes], message: Any) -> None:
    data = marshal.dumps(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Return the next message; raises EOFError when there is none."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return marshal.loads(pipe.read(_LENGTH.unpack(head)[0]))


class Worker:
    """One process. Documents it was given are numbered from 0 since the last `finish`."""

    def __init__(self, prefix: str, memory: int) -> None:
        """Start a process that writes segments to paths beginning with `prefix`, each from up to `memory` bytes."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._buffer: list[tuple[Any, ...]] = []
        self.count = 0
        with self._talking() as (out, _):
            _send(out, (prefix, memory))

    @contextlib.contextmanager
    def _talking(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        out, into = self._process.stdin, self._process.stdout
        if out is None or into is None:
            raise AssertionError("started with pipes")
        try:
            yield out, into
        except (OSError, EOFError) as error:
            status = self._process.wait()
            raise IndexProblem(
                f"an indexing process ended unexpectedly (status {status}); nothing of this batch was written",
                hint="try again with --jobs 1",
            ) from error

    def add(self, document: Document) -> int:
        """Hand over a document; return its number."""
        d = document
        self._buffer.append((
            d.id, d.headline, d.body, d.language, dict(d.texts), dict(d.values), dict(d.numbers), d.stored,
        ))  # fmt: skip
        self.count += 1
        if len(self._buffer) >= CHUNK:
            self._flush()
        return self.count - 1

    def _flush(self) -> None:
        with self._talking() as (out, _):
            _send(out, self._buffer)
        self._buffer = []

    def ask(self) -> None:
        """Tell the process to write what it has."""
        self._flush()
        with self._talking() as (out, _):
            _send(out, None)
        self.count = 0

    def answer(self) -> list[Written]:
        """Return what the process wrote since the last time, in the order of the documents; waits for it.

        Raises:
            IndexProblem: it could not write, or died.
        """
        with self._talking() as (_, into):
            problem, written = _receive(into)
        if problem:
            raise IndexProblem(problem)
        return [Written(*fields) for fields in written]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()


def serve() -> None:
    """Be a worker: read from stdin, answer on stdout, until stdin ends."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the writer gets it too, and ends this process
    into, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but answers may get there
    with contextlib.suppress(EOFError, BrokenPipeError):
        prefix, memory = _receive(into)
        service = _Service(Path(prefix), memory)
        while True:
            message = _receive(into)
            if message is None:
                _send(out, service.finish())
            else:
                service.take(message)


class _Service:
    """What a worker does with what it is told."""

    def __init__(self, prefix: Path, memory: int) -> None:
        from morgue.engine.batch import Batch
        from morgue.engine.spellings import Vocabulary

        self._prefix = prefix
        self._memory = memory
        self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)
        self._written: list[Written] = []
        self._files = 0
        self._problem = ""

    def take(self, documents: list[tuple[Any, ...]]) -> None:
        """Add documents. A problem is kept for `finish`, and what follows it ignored."""
        if self._problem:
            return
        try:
            for fields in documents:
                self._batch.add(Document(*fields))
                if self._batch.full or self._batch.memory > self._memory:
                    self._write()
        except Exception as error:  # whatever it is, the writer must hear of it and not commit
            self._problem = getattr(error, "message", None) or f"indexing failed: {type(error).__name__}: {error}"

    def _write(self) -> None:
        from morgue.engine.batch import Batch
        from morgue.engine.spellings import Vocabulary
        from morgue.engine.tables import write_file

        path = self._prefix.with_name(f"{self._prefix.name}{self._files}.seg")
        self._files += 1
        out = write_file(path, self._batch.tables())
        self._written.append(Written(str(path), out.size, out.checksum, len(self._batch)))
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()
        self._batch = Batch(self._vocabulary)

    def finish(self) -> tuple[str, list[tuple[Any, ...]]]:
        """Write what is left; return the problem or "", and what was written since the last time."""
        try:
            if len(self._batch) and not self._problem:
                self._write()
        except Exception as error:  # as in `take`
            self._problem = getattr(error, "message", None) or f"indexing failed: {type(error).__name__}: {error}"
        written, self._written = self._written, []
        return self._problem, [tuple(one) for one in written]
