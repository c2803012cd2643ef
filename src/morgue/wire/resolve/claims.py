"""What a claim's origin makes of the value: stated by the source, or derived by the reader."""

from __future__ import annotations


def provenance(how: str) -> str:
    """Return the provenance of a value claimed at `how`: `stated:<how>`, unless it begins with `derived:`."""
    return how if how.startswith("derived:") else f"stated:{how}"
