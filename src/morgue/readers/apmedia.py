"""AP Media API JSON."""

from __future__ import annotations

from typing import Any

from morgue.model import Draft


def is_item(value: dict[str, Any]) -> bool:
    """True for an object in apmedia."""
    return False


def draft_of(value: dict[str, Any], number: int, digest: str) -> Draft:
    """A draft of one apmedia object."""
    return Draft(format="apmedia", record=number, digest=digest)
