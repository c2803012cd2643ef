"""Ids of articles from a command line or from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from morgue.cli.streams import flushed
from morgue.errors import UsageError
from morgue.runtime.live import Idle, live

if TYPE_CHECKING:
    from morgue.archive import Archive

_READ_BYTES = 1 << 16


def identities(ids: list[str], *, null: bool, idle: Idle = flushed) -> Iterator[str]:
    """Yield `ids` once each, `-` replaced by those on stdin, one a line or, if `null`, ended by zero bytes.

    `idle`: called before a pipe is waited for.
    """
    seen: set[str] = set()
    for given in ids:
        for identity in _piped(b"\0" if null else b"\n", idle) if given == "-" else (given,):
            if identity and identity not in seen:
                seen.add(identity)
                yield identity


def _piped(end: bytes, idle: Idle) -> Iterator[str]:
    """Yield what stdin holds between ends: a line feed alone ends a line, as ids may hold any other separator."""
    stream, rest = live(sys.stdin.buffer, idle), b""
    read = getattr(stream, "read1", stream.read)
    while data := read(_READ_BYTES):
        *whole, rest = (rest + data).split(end)
        for part in whole:
            yield _text(part, end)
    yield _text(rest, end)


def _text(part: bytes, end: bytes) -> str:
    return (part.removesuffix(b"\r") if end == b"\n" else part).decode("utf-8", "surrogateescape")


def near(archive: Archive, identity: str) -> str:
    """Return the hint for an `identity` that is not in `archive`: the closest ids."""
    close = archive.similar_ids(identity)
    return f"did you mean {' or '.join(close)}?" if close else "morgue search -l lists ids"


def must_exist(archive: Archive, identity: str) -> None:
    """Check that `archive` has the article `identity`.

    Raises:
        UsageError: it has not.
    """
    if archive.record(identity) is None:
        raise UsageError(f"no such article: {identity!r}", hint=near(archive, identity))
