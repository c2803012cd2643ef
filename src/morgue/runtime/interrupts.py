"""Being told to stop, at a moment when stopping is safe: signals that arrive in a shielded block wait for its end.

A signal raises KeyboardInterrupt wherever the program happens to be, also between two lines that belong together.
`cli/interrupting.py` sends signals here instead; what has to happen whole (filing an article, a commit) stands in
`shielded()`. Signals reach the main thread alone, which is why a counter without a lock is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 3  # the third signal within one shielded block is not made to wait: somebody means it

_depth = 0
_waiting = 0


def interrupt() -> None:
    """Raise KeyboardInterrupt, now or at the end of the shielded block that the program is in."""
    global _waiting
    if _depth:
        _waiting += 1
        if _waiting < _PATIENCE:
            return
    raise KeyboardInterrupt


def missed() -> None:
    """Note an interruption that Python swallowed: it comes at the end of the next shielded block.

    A KeyboardInterrupt that is raised in a destructor or a weak reference's callback goes nowhere else.
    """
    global _waiting
    _waiting += 1


def forget() -> None:
    """Drop an interruption that has not come through: what it was to stop has ended."""
    global _waiting
    _waiting = 0


@contextmanager
def shielded(*, last: bool = False) -> Iterator[None]:
    """Let no signal break into the block; one that came meanwhile is raised at its end.

    Args:
        last: forget it instead: the block is what stopping ends in, and there is nothing left to be stopped.
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
