"""Worker processes: plain interpreters that run a function on chunks of work.

They exchange pickles over their own pipes, need no fork and do not import the caller's script. If one dies (killed, out
of memory), its chunk is done in this process instead.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import IO, Generic, TypeVar, cast

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

_LENGTH = struct.Struct("<Q")
_CHUNKS_PER_WORKER = 2  # chunks that a worker holds at once
_PIPE_BYTES = 1 << 20  # capacity of a pipe where it can be set: a chunk fits, so that writing one does not block
_COLLECT_AFTER_OBJECTS = 100_000  # threshold of the youngest generation; Python's default is 700 to 2,000


def spare_processors() -> int:
    """Return the number of processors beside the one that this process uses; 0 where workers cannot be started."""
    if not sys.executable:  # an embedded interpreter cannot start another
        return 0
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) - 1


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Collect cyclic garbage less often inside the block: records make many objects and hardly any cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Workers(Generic[Chunk, Result]):
    """Worker processes. Each gets its next chunk before it has finished one, so that it does not wait."""

    def __init__(self, count: int, target: str, here: Callable[[Chunk], Result]) -> None:
        """Start workers.

        Args:
            count: number of processes (at least 1).
            target: `module:function`; the function takes a chunk and returns its result, both picklable.
            here: the same function for this process, called for a chunk whose worker died.
        """
        self.count = count
        self._here = here
        self._stopped = False
        self._all: list[_Worker[Chunk, Result]] = [_Worker(target) for _ in range(count)]
        self._idle: queue.SimpleQueue[_Worker[Chunk, Result]] = queue.SimpleQueue()
        for worker in self._all * _CHUNKS_PER_WORKER:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count * _CHUNKS_PER_WORKER, "worker")

    def submit(self, chunk: Chunk) -> Future[Result]:
        """Return the future result of a chunk, which must be picklable."""
        return self._threads.submit(self._do, chunk)

    def _do(self, chunk: Chunk) -> Result:
        worker = self._idle.get()
        try:
            return worker.do(chunk)
        except (OSError, EOFError, ValueError):  # ValueError: its pipe was closed by `stop`
            if self._stopped:
                raise
            return self._here(chunk)
        finally:
            self._idle.put(worker)

    def stop(self) -> None:
        """Kill the workers and cancel their chunks."""
        self._stopped = True
        for worker in self._all:
            worker.process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()


class _Worker(Generic[Chunk, Result]):
    """One worker process. Several threads may use it; replies come in the order of the chunks."""

    def __init__(self, target: str) -> None:
        self.process = _start(target)
        self._chunks = cast("IO[bytes]", self.process.stdin)
        self._results = cast("IO[bytes]", self.process.stdout)
        self._sending = threading.Lock()
        self._turn = threading.Condition()
        self._sent = self._received = 0

    def do(self, chunk: Chunk) -> Result:
        """Return the result of a chunk.

        Raises:
            OSError, EOFError, ValueError: the worker has died.
        """
        data = pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)
        ticket = -1
        try:
            with self._sending:
                ticket, self._sent = self._sent, self._sent + 1
                _write(self._chunks, data)
            with self._turn:
                self._turn.wait_for(lambda: self._received == ticket)
            answer = _read(self._results)
        finally:
            if ticket >= 0:
                with self._turn:
                    self._turn.wait_for(lambda: self._received == ticket)
                    self._received += 1
                    self._turn.notify_all()
        result: Result = pickle.loads(answer)
        return result

    def close(self) -> None:
        """Reap the killed process and close its pipes."""
        self.process.wait()
        for pipe in (self._chunks, self._results):
            with suppress(OSError):  # unflushed bytes for a dead worker
                pipe.close()


def _start(target: str) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path[:] = {sys.path!r}; from morgue.runtime.workers import serve; serve({target!r})"
    # In a process group of its own, so that Ctrl-C does not reach it before `serve` ignores it.
    group = 0 if os.name == "posix" else None
    command = [sys.executable, "-c", code]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=_PIPE_BYTES, process_group=group
    )


def serve(target: str) -> None:
    """A worker's main loop: do chunks from standard input until it ends.

    Args:
        target: `module:function`.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # sent to the whole group; the parent decides
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    module, _, name = target.partition(":")
    function = getattr(importlib.import_module(module), name)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # only results may go down the pipe
    with _fewer_collections(), suppress(EOFError, BrokenPipeError):
        while True:
            answer = function(pickle.loads(_read(source)))
            _write(sink, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = stream.read(_LENGTH.unpack(head)[0])
    if len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data
