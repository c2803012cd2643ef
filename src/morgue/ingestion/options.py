"""How to ingest, and who is told of commits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from morgue.model import IngestReport
from morgue.version import __version__
from morgue.wire import PARSER_VERSION

if TYPE_CHECKING:
    from morgue.readers.beside import Beside
    from morgue.readers.options import ReadOptions

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest.

    Attributes:
        include, exclude: globs on file names or paths (`*.xml`, `drafts/*`); hidden files are skipped unless named.
        prune: drop articles whose file is gone, or no longer holds them, among the files and folders given.
        dry_run: read and report, write nothing.
        jobs: worker processes for parsing (0: as the machine and the amount of work suggest; 1: none beside this one).
        date: EDTF-like date that undated copy is anchored at.
        format_in, encoding, field_map: see readers.ReadOptions.
        source: agency or publisher of articles that do not name one.
        wait: seconds to wait for the write lock. memory: bytes of postings kept before a segment is written (0:
            the engine's default). batch: articles per commit.
        commit_every: seconds after which what came through a pipe is committed, so that searches find it.
        modified: whether modification times may serve as anchors: `auto` (when they are spread), `always`, `never`.
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
    source: str = ""
    wait: float = 5.0
    memory: int = 0
    batch: int = 10_000
    commit_every: float = 5.0
    modified: str = "auto"

    @property
    def fingerprint(self) -> str:
        """Hash (16 hex digits) of the version and the options that decide how bytes are understood."""

        parts = [__version__, PARSER_VERSION, self.date, self.format_in, self.encoding, self.source]
        parts.append(sorted(self.field_map.items()))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def read_options(self, beside: Beside | None) -> ReadOptions:
        """The options for the readers of a file, given the files `beside` it (None: it may open none)."""
        from morgue.readers.options import ReadOptions

        return ReadOptions(
            format_in=self.format_in or None,
            encoding=self.encoding or None,
            field_map=dict(self.field_map),
            beside=beside,
        )


class Committed(Protocol):
    """Called after a commit with the report so far. Every article that it counts is on disk."""

    def __call__(self, report: IngestReport) -> None: ...
