"""The engines measured. Each module has an `Engine`; one whose library is missing raises ImportError."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from bench.speed.corpus import Article, Question

NAMES = ("morgue", "library", "whoosh", "fts5", "tantivy")
HOME = {"library": "morgue"}
"""Engines that ask the index of another."""


class Engine(Protocol):
    """One engine over one folder."""

    def __init__(self, folder: Path) -> None: ...

    def create(self) -> None:
        """Make an empty index."""

    def open(self) -> None:
        """Open the index for questions, as it stands now."""

    def ask(self, question: Question, snippets: bool) -> int:
        """Answer with ten results read (and a snippet of each); return how many came back, -1 for "cannot"."""

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles that are not in the index, on one core, with stored text, and commit: durable at the end."""

    def delete(self, ids: Iterable[str]) -> None:
        """Delete articles and commit."""

    def optimize(self) -> None:
        """Merge as far as the engine can."""


def load(name: str, folder: Path) -> Engine:
    """Return an engine over a folder.

    Raises:
        ImportError: it is not installed.
    """
    engine: Engine = import_module(f"bench.speed.engines.{name}").Engine(folder)
    return engine
