"""Options and limits of readers; reading of whole files and long lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from morgue.readers.beside import Beside

MEBIBYTE = 1 << 20
_SKIP = MEBIBYTE  # bytes thrown away at a time when a line is too long


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How bytes are to be read; every field has a default that suits most input.

    Attributes:
        format_in: a format's name when the user fixed it (`--format-in`), else None: sniffed from the content.
        encoding: a character encoding when the user fixed it (`--encoding`), else None: the rule of `encoding.py`.
        field_map: our field -> their key, column or dotted path (`--map headline=title`).
        max_bytes: largest record, or largest whole file of a format that is read in one piece, in bytes.
        max_records: stop after this many records of one file; None for all.
        max_ratio: a compressed member that grows by more than this factor (and beyond `free_bytes`) is refused.
        free_bytes: unpacked bytes of one member that are never called a bomb, whatever the ratio.
        max_total: unpacked bytes of one container, nested ones included, before the rest is refused.
        max_members: members of one container, nested ones included, before the rest is refused.
        live: more may arrive later: records are read as they come.
        max_depth: containers within containers (`a.tar.gz` counts two, the compression and the archive).
        beside: the files beside the input, for formats that are spread over files; None where there are none to open.
    """

    format_in: str | None = None
    encoding: str | None = None
    field_map: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 64 * MEBIBYTE
    max_records: int | None = None
    max_ratio: int = 250
    free_bytes: int = 16 * MEBIBYTE
    max_total: int = 64 * 1024 * MEBIBYTE
    max_members: int = 1_000_000
    max_depth: int = 6
    live: bool = False
    beside: Beside | None = field(default=None, compare=False)


class TooLarge(ValueError):
    """A record or file beyond `ReadOptions.max_bytes`; its text is a reason for a `Rejected`."""


def size(count: int) -> str:
    """A number of bytes for a sentence: `64 MiB`, `200 bytes`."""
    if count >= MEBIBYTE:
        return f"{count / MEBIBYTE:.0f} MiB"
    if count >= 1024:
        return f"{count / 1024:.0f} KiB"
    return f"{count} bytes"


def read_whole(stream: BinaryIO, options: ReadOptions) -> bytes:
    """All bytes of a stream; `TooLarge` when there are more than `options.max_bytes` (never holds more than that)."""
    parts: list[bytes] = []
    left = options.max_bytes + 1
    while left > 0:
        chunk = stream.read(min(left, 4 * MEBIBYTE))
        if not chunk:
            return b"".join(parts)
        parts.append(chunk)
        left -= len(chunk)
    raise TooLarge(f"larger than the limit of {size(options.max_bytes)} for one record")


def read_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines of `stream` with their numbers from 1, ends of line kept; None for one longer than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_SKIP)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line
