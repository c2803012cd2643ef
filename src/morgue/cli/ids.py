"""Ids of articles from a command line or from stdin."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from morgue.errors import UsageError

if TYPE_CHECKING:
    from morgue.archive import Archive


def identities(ids: list[str], *, null: bool) -> list[str]:
    """Return `ids` once each, `-` replaced by those on stdin, one a line or, if `null`, ended by zero bytes."""
    out: list[str] = []
    for identity in ids:
        if identity != "-":
            out.append(identity)
            continue
        text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        out += [part for part in (text.split("\0") if null else text.splitlines()) if part]
    return list(dict.fromkeys(out))


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
