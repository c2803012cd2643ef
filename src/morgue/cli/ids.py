"""Ids of articles from a command line or from stdin."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from morgue.errors import UsageError

if TYPE_CHECKING:
    from morgue.archive import Archive


def identities(ids: list[str], *, null: bool) -> list[str]:
    """Return the ids, `-` replaced by those on stdin: one a line, or with zero bytes between them."""
    out: list[str] = []
    for identity in ids:
        if identity != "-":
            out.append(identity)
            continue
        text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        out += [part for part in (text.split("\0") if null else text.splitlines()) if part]
    return list(dict.fromkeys(out))


def near(archive: Archive, identity: str) -> str:
    """Return what to say to somebody whose id is not in the archive."""
    close = archive.similar_ids(identity)
    return f"did you mean {' or '.join(close)}?" if close else "morgue search -l lists ids"


def must_exist(archive: Archive, identity: str) -> None:
    """Refuse the id of an article that is not there.

    Raises:
        UsageError: the archive has no such article.
    """
    if archive.record(identity) is None:
        raise UsageError(f"no such article: {identity!r}", hint=near(archive, identity))
