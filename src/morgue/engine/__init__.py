"""The embedded engine: indexes in folders of their own files. Its functions are those of `index.protocol.Engine`.

numpy is imported only by the functions that need it; Whoosh in `whoosh/` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from morgue.engine.search.snapshot import Snapshot
    from morgue.engine.write.writer import Writer
    from morgue.index.values import Fault, Salvage
    from morgue.json_types import Json


def exists(location: str | Path) -> bool:
    """Whether there is an index in a folder (whole or damaged)."""
    from morgue.engine.files import commit

    return commit.exists(location)


def open_reader(location: str | Path) -> Snapshot:
    """Open the newest commit of the index in a folder.

    Raises:
        IndexMissing, IndexDamaged, IndexTooNew: see errors.py.
    """
    from morgue.engine.search.snapshot import Snapshot

    return Snapshot.open(location)


def open_writer(
    location: str | Path,
    *,
    wait: float,
    memory: int = 0,
    settings: Mapping[str, Json] | None = None,
    replace: bool = False,
) -> Writer:
    """Lock the index in a folder for writing, creating it if there is none.

    Args:
        location: the folder.
        wait: seconds to wait for another writer. memory: bytes of a batch before it becomes a segment (0: the default).
        settings: recorded in a new index; an old one keeps its own.
        replace: begin empty; the first commit replaces the old index, damaged or not.

    Raises:
        LockTimeout: another process holds the lock. IndexProblem: the index cannot be read or written.
    """
    from morgue.engine.write import writer

    return writer.Writer(location, wait=wait, memory=memory or writer.MEMORY, settings=settings, overwrite=replace)


def check(location: str | Path, *, fast: bool) -> Sequence[Fault]:
    """Compare the files of an index with what was written; return the differences.

    Args:
        location: the folder.
        fast: only the commit record, sizes, tables of contents and deletions; else every byte.

    Raises:
        IndexMissing, IndexTooNew, IndexOutdated: see errors.py.
    """
    from morgue.engine.files import check as checking

    return checking.check(location, fast=fast).faults


def mend(location: str | Path, *, wait: float) -> bool:
    """Write again what follows from the commit of a sound index, for other programs; return whether it was wrong.

    Args:
        location: the folder. wait: seconds to wait for another writer.

    Raises:
        LockTimeout: another process holds the lock. IndexProblem: the index cannot be read or written.
    """
    from morgue.engine.files import toc
    from morgue.engine.files.durable import explained

    if not exists(location):
        return False
    with explained(Path(location)), open_writer(location, wait=wait) as writer:
        aside = toc.set_foreign_aside(Path(location))
        mended = writer.mended
        writer.cancel()
    return mended or bool(aside)


def salvage(location: str | Path) -> Salvage:
    """Read every readable article of a folder, however damaged, without changing it."""
    from morgue.engine.files import check as checking

    return checking.salvage(location)


def set_aside(location: str | Path, generation: int) -> str:
    """Copy the files of a damaged index to a folder beside them, before a commit replaces them; return its path.

    Args:
        location: the folder.
        generation: number of the damaged commit; it is part of the new folder's name.

    Raises:
        IndexProblem: they cannot be copied; no part of the copy is left.
    """
    from morgue.engine.files import check as checking

    return checking.set_aside(Path(location), generation)
