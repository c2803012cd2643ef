"""Lists of names, written as running text so that they can be read."""

from __future__ import annotations


def names(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


def name_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())
