"""Chooses the engine of an index. The only module outside `engine/` that imports it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from morgue.index.protocol import Engine


def engine_of(location: str | Path) -> Engine:  # noqa: ARG001 - every location is a folder so far
    """Return the engine that keeps the index at a location: a folder, kept by the embedded engine."""
    from morgue import engine

    return engine
