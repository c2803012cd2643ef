"""ninjs: the IPTC's news in JSON, versions 1.x, 2.x and 3.x, and what superdesk makes of it."""

from __future__ import annotations

from typing import Any

from morgue.model import Draft


def is_item(value: dict[str, Any]) -> bool:
    """True for an object in ninjs."""
    return False


def draft_of(value: dict[str, Any], number: int, digest: str) -> Draft:
    """A draft of one ninjs object."""
    return Draft(format="ninjs", record=number, digest=digest)
