"""Readers: bytes in, `Draft` or `Rejected` out. One file per format, a registry, a sniffer; nothing opens a file.

    for item in read_stream(stream, "wire/a.xml", ReadOptions()):
        ...

`read_stream` unwraps compression and archives, recognises the format by the content and calls the format's module,
which is imported only then. No input makes it raise.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected, Remark
from morgue.readers.embedded import Embedded
from morgue.readers.formats import FORMATS, Format
from morgue.readers.mending import mend
from morgue.readers.options import ReadOptions, TooLarge
from morgue.readers.sniffing import Guess, sniff

if TYPE_CHECKING:
    from morgue.readers.containers.unpack import Member

__all__ = ["FORMATS", "Draft", "Format", "Guess", "ReadOptions", "Rejected", "TooLarge", "read_stream", "sniff"]


def read_stream(stream: BinaryIO, name: str, options: ReadOptions | None = None) -> Iterator[Draft | Rejected]:
    """Read every article that a stream holds.

    Args:
        stream: bytes from their start; need not be seekable, is not closed.
        name: the path as given, or `-`; members of archives are named `name!/member`.
        options: what the user fixed, and limits.

    Yields:
        a `Draft` (with `path` set) or a `Rejected` for each record, in order, as they are read.
    """
    from morgue.readers.containers import unpack

    options = options or ReadOptions()
    for member in unpack.members(stream, name, options):
        if isinstance(member, Rejected):
            yield member
        else:
            known = replace(options, beside=member.beside) if member.beside else options
            yield from _read_member(member, known)


def _read_member(member: Member, options: ReadOptions) -> Iterator[Draft | Rejected]:
    path = member.path
    chosen = options.format_in
    if chosen is not None and chosen not in FORMATS:
        yield Rejected(path, 0, f"unknown format {chosen!r} (known: {', '.join(FORMATS)})")
        return
    if chosen is not None:
        guess = Guess(chosen, "named by --format-in")
    else:
        guess = Guess(*member.kind) if member.kind else sniff(member.head, member.name, live=options.live)
    if not guess.format:
        yield Rejected(path, 0, guess.why)
        return
    items = _dispatch(member.stream, path, FORMATS[guess.format], options)
    if not guess.sure:
        items = _doubted(items, guess)
    yield from items


def _doubted(items: Iterator[Draft | Rejected], guess: Guess) -> Iterator[Draft | Rejected]:
    """Add a remark to the first article: what its input was taken for, and what else it may be."""
    said = False
    for item in items:
        if isinstance(item, Draft) and not said:
            others = " or ".join(guess.alternatives) or "something else"
            why = f"taken for {guess.format}: it {guess.why}; it may be {others}"
            item.problems.append(Remark(field="format", value=guess.format, why=why, how="sniffing"))
            said = True
        yield item


def _dispatch(stream: BinaryIO, path: str, chosen: Format, options: ReadOptions) -> Iterator[Draft | Rejected]:
    count = 0
    try:
        module = importlib.import_module(f"morgue.readers.{chosen.module}")
        for item in module.read(stream, path, options):
            if isinstance(item, Embedded):
                for inner in _read_embedded(item, options):
                    count += isinstance(inner, Draft)
                    yield inner
            else:
                if isinstance(item, Draft):
                    item.path = path
                    mend(item)
                    count += 1
                yield item
            if options.max_records is not None and count >= options.max_records:
                return
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "morgue" or not chosen.extra:
            yield Rejected(path, 0, f"{chosen.title} is not read by this installation: {error.name} is missing")
        else:
            yield Rejected(path, 0, f"{chosen.title} needs an extra package: pip install 'morgue[{chosen.extra}]'")
    except TooLarge as error:
        yield Rejected(path, 0, str(error))
    except OSError as error:  # a damaged compressed stream, or the medium itself: what was read so far is kept
        reason = error.strerror if error.errno is not None else str(error)
        yield Rejected(path, count + 1 if count else 0, reason or "cannot be read")


def _read_embedded(item: Embedded, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """The articles of a file inside a record, which is a container of it."""
    if options.max_depth <= 0:
        yield Rejected(item.path, 0, "messages and archives are nested too deep")
        return
    inner = replace(options, format_in=None, beside=None, max_depth=options.max_depth - 1)
    for found in read_stream(io.BytesIO(item.data), item.path, inner):
        if isinstance(found, Draft):
            item.complete(found)
        yield found
