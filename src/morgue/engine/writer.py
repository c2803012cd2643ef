"""Writing to an index: add, replace, delete, commit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from morgue.engine.document import Document


class Writer:
    """The one writer of an index, from its making (which takes the lock) to `commit` or `cancel`.

    As a context manager it commits at the end of the block, and cancels when the block raises.
    """

    def __init__(
        self,
        directory: str | Path,
        *,
        wait: float = 5.0,
        memory: int = 256 << 20,
        jobs: int = 1,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Lock an index folder for writing, making it when there is none.

        Args:
            directory: the index folder.
            wait: seconds to wait for another writer.
            memory: bytes that the documents of a batch may take before they are written to a segment.
            jobs: processes that invert documents.
            settings: recorded in a new index; an old one keeps its own.

        Raises:
            LockTimeout: another process holds the lock. IndexProblem: the index cannot be written.
        """
        raise NotImplementedError

    def add(self, document: Document) -> None:
        """Add a document; it replaces any other with its id at the next commit."""
        raise NotImplementedError

    def delete(self, id: str) -> bool:
        """Delete a document, added before or in this batch; return whether there was one."""
        raise NotImplementedError

    def commit(self) -> int:
        """Make everything added and deleted durable and visible; return the generation. The writer stays usable."""
        raise NotImplementedError

    def optimize(self) -> None:
        """Merge as far as possible at the next commit, and drop what is deleted."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Forget what was not committed, and let go of the lock."""
        raise NotImplementedError

    def close(self) -> None:
        """Commit nothing more, and let go of the lock (the same as `cancel` after a commit)."""
        raise NotImplementedError

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        raise NotImplementedError
