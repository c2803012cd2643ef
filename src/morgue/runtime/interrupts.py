"""Delayed KeyboardInterrupt: signals that arrive in a shielded block are raised at its end.

Python raises KeyboardInterrupt between any two instructions. `cli/signals.py` calls `interrupt` instead, and what must
not be cut in two (filing an article, a commit) runs inside `shielded()`. Only the main thread receives signals, so the
counters need no lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_FORCED_AT = 3  # this many signals within one shielded block raise at once

_depth = 0
_waiting = 0


def interrupt() -> None:
    """Raise KeyboardInterrupt, at once, or at the end of the current shielded block."""
    global _waiting
    if _depth:
        _waiting += 1
        if _waiting < _FORCED_AT:
            return
    raise KeyboardInterrupt


def missed() -> None:
    """Note an interrupt that Python swallowed; it is raised at the end of the next shielded block.

    Python discards a KeyboardInterrupt that is raised in a destructor or a weak reference's callback.
    """
    global _waiting
    _waiting += 1


def forget() -> None:
    """Drop a pending interrupt: what it was to stop has ended."""
    global _waiting
    _waiting = 0


@contextmanager
def exposed() -> Iterator[None]:
    """Let interrupts through in the block, also waiting ones, even within a shielded one: for a wait for input."""
    global _depth, _waiting
    depth, _depth = _depth, 0
    try:
        if depth and _waiting:
            _waiting = 0
            raise KeyboardInterrupt
        yield
    finally:
        _depth = depth


@contextmanager
def shielded(*, last: bool = False) -> Iterator[None]:
    """Delay interrupts to the end of the block.

    Args:
        last: drop them instead: nothing follows the block that could be stopped.
    """
    global _depth, _waiting
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        came, _waiting = (_waiting, 0) if not _depth else (0, _waiting)
    if came and not last:
        raise KeyboardInterrupt
