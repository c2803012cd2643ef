"""The version, equal to that of `pyproject.toml`."""

from __future__ import annotations

__version__ = "0.1.0"
