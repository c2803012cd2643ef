"""Ids of articles from a command line or from stdin."""

from __future__ import annotations

import sys


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
