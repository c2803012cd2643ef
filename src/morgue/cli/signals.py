"""Signals: SIGTERM and SIGHUP end a writer as Ctrl-C does, with what is committed kept."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from morgue.cli import start
from morgue.runtime.interrupts import forget, interrupt, missed


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    interrupt()


@contextmanager
def politely() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP as Ctrl-C while the block runs; in a shielded block all are deferred to its end.

    A signal that is ignored (nohup) stays ignored. Where the process ends with the command, all are ignored behind the
    block: the work is done and reported, and only the exit code is left.
    """
    before: dict[int, signal._HANDLER] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            before[number] = signal.signal(number, _interrupt)
    hook = sys.unraisablehook
    sys.unraisablehook = lambda found: missed() if found.exc_type is KeyboardInterrupt else hook(found)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if start.ends_process else handler)
        sys.unraisablehook = hook
        forget()
