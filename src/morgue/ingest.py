"""Files to archive: find them, read them, settle what they say, store it, and report.

report = ingest(["corpus"], index="index")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from morgue.model import Article, IngestReport, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest.

    Attributes:
        include, exclude: globs on file names or paths (`*.xml`, `drafts/*`); hidden files are skipped unless named.
        prune: drop articles whose file is gone, or no longer holds them, among the files and folders given.
        dry_run: read and report, write nothing.
        jobs: worker processes for parsing (0: as the machine and the amount of work suggest).
        date: EDTF-like date that undated copy is anchored at. format_in, encoding, field_map: see readers.ReadOptions.
        wait: seconds to wait for the write lock. memory: bytes of postings kept before a segment is written (0: default).
        batch: articles per commit. modified: whether modification times may serve as anchors ("auto": when they
            are spread; "always"; "never").
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prune: bool = False
    dry_run: bool = False
    jobs: int = 0
    date: str = ""
    format_in: str = ""
    encoding: str = ""
    field_map: Mapping[str, str] = field(default_factory=dict)
    wait: float = 5.0
    memory: int = 0
    batch: int = 5000
    modified: str = "auto"
    source: str = ""


class Progress(Protocol):
    """What an ingest tells whoever watches, between records."""

    def __call__(self, *, done_bytes: int, total_bytes: int, articles: int, path: str, committed: int) -> None: ...


def ingest(
    paths: Iterable[str],
    index: str | Path,
    options: IngestOptions | None = None,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring an archive up to date with files.

    Args:
        paths: files, folders (walked) and `-` (read from `stdin`). A path that does not exist is a rejection.
        index: folder of the archive; made when missing.
        progress: called now and then.

    Raises:
        LockTimeout, IndexDamaged, IndexTooNew, MorgueError: nothing more is written; what was committed stays.
        KeyboardInterrupt is caught: what was read is committed and the report says `interrupted`.
    """
    raise NotImplementedError


def parse(
    paths: Iterable[str], options: IngestOptions | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejected]:
    """Yield what an ingest would store, without an index."""
    raise NotImplementedError
