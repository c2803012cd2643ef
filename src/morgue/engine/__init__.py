"""The embedded engine: indexes in folders of their own files. Its functions are described in `index.protocol.Engine`.

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
    from morgue.engine.files import commit

    return commit.exists(location)


def open_reader(location: str | Path) -> Snapshot:
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
    from morgue.engine.write import writer

    return writer.Writer(location, wait=wait, memory=memory or writer.MEMORY, settings=settings, overwrite=replace)


def check(location: str | Path, *, fast: bool) -> Sequence[Fault]:
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
    from morgue.engine.files import check as checking

    return checking.salvage(location)


def set_aside(location: str | Path, generation: int) -> str:
    from morgue.engine.files import check as checking

    return checking.set_aside(Path(location), generation)
