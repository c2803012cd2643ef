"""Helper processes: plain interpreters that run a function of ours on chunks of work, in order.

They speak pickles over their own pipes, need no fork and import nothing of the caller's script. One that dies (killed,
out of memory) loses nothing: its chunk is done in this process instead.
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
from typing import Any

_LENGTH = struct.Struct("<Q")
_AHEAD = 2  # chunks that a helper has at a time
_PIPE = 1 << 20  # bytes of a pipe, where that can be chosen: room for a chunk, so that nobody waits to write one
_OBJECTS = 100_000  # more objects made than freed before a collection; Python's default is 700 to 2,000


def spare_processors() -> int:
    """Return how many processors are left beside the one that this process keeps busy; 0 where none can be used."""
    if not sys.executable:  # an embedded interpreter cannot start another
        return 0
    affinity = getattr(os, "sched_getaffinity", None)
    return (len(affinity(0)) if affinity else os.cpu_count() or 1) - 1


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Let Python look for cyclic garbage less often for a while: records make many objects and hardly any cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Helpers:
    """A number of helper processes. Each has its next chunk before it is done with one, so that it need not wait."""

    def __init__(self, count: int, target: str, here: Callable[[Any], Any]) -> None:
        """Start helpers.

        Args:
            count: how many (at least 1).
            target: `module:function`; the function takes a chunk and returns its result, both picklable.
            here: does the same in this process, for a chunk whose helper died.
        """
        self.count = count
        self._here = here
        self._stopped = False
        self._all = [_Helper(target) for _ in range(count)]
        self._idle: queue.SimpleQueue[_Helper] = queue.SimpleQueue()
        for helper in self._all * _AHEAD:
            self._idle.put(helper)
        self._threads = ThreadPoolExecutor(count * _AHEAD, "helper")

    def submit(self, chunk: Any) -> Future[Any]:
        """Return the future result of a chunk."""
        return self._threads.submit(self._do, chunk)

    def _do(self, chunk: Any) -> Any:
        helper = self._idle.get()
        try:
            return helper.do(chunk)
        except (OSError, EOFError, ValueError):  # ValueError: its pipe was closed by `stop`
            if self._stopped:
                raise
            return self._here(chunk)
        finally:
            self._idle.put(helper)

    def stop(self) -> None:
        """End the helpers, whatever they are doing."""
        self._stopped = True
        for helper in self._all:
            helper.process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for helper in self._all:
            helper.close()


class _Helper:
    """One helper process. Several threads may have chunks with it; answers come in the order of the questions."""

    def __init__(self, target: str) -> None:
        self.process = _start(target)
        self._sending = threading.Lock()
        self._turn = threading.Condition()
        self._sent = self._received = 0

    def do(self, chunk: Any) -> Any:
        """Return the result of a chunk.

        Raises:
            OSError, EOFError, ValueError: the helper is gone.
        """
        data = pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)
        ticket = -1
        try:
            with self._sending:
                ticket, self._sent = self._sent, self._sent + 1
                _write(self.process.stdin, data)
            with self._turn:
                self._turn.wait_for(lambda: self._received == ticket)
            answer = _read(self.process.stdout)
        finally:
            if ticket >= 0:
                with self._turn:
                    self._turn.wait_for(lambda: self._received == ticket)
                    self._received += 1
                    self._turn.notify_all()
        return pickle.loads(answer)

    def close(self) -> None:
        """Let go of a process that was killed."""
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # bytes that were still to be flushed to a helper that is gone
                if pipe:
                    pipe.close()


def _start(target: str) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path[:] = {sys.path!r}; from morgue.runtime.workers import serve; serve({target!r})"
    # In a group of its own, so that Ctrl-C does not reach it before it can say that it does not mind.
    group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=_PIPE, **group)


def serve(target: str) -> None:
    """Do chunks from standard input until it ends: a helper's main loop."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # they reach the whole group; the parent decides
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    module, _, name = target.partition(":")
    function = getattr(importlib.import_module(module), name)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but results may go down the pipe
    with fewer_collections(), suppress(EOFError, BrokenPipeError):
        while True:
            answer = function(pickle.loads(_read(source)))
            _write(sink, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _write(stream: Any, data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: Any) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data: bytes = stream.read(_LENGTH.unpack(head)[0])
    if len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data
