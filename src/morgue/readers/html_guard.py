"""What a page may cost to parse. The parser looks up the whole stack of open elements for many tags and compares each
attribute with those before it, so deep nesting and tags of very many attributes cost the square of their number."""

from __future__ import annotations


def too_costly(text: str) -> str:
    """Why a page must not be parsed, or ""."""
    return ""
