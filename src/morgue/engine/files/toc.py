"""The file in which Whoosh looks for an index, `_MAIN_<generation>.toc`: the commit record once more, in Whoosh's form.

Whoosh unpickles two values of it, the schema and the list of segments. Here both are calls of functions of
`morgue.whoosh.index` with a text in JSON, so that the bytes follow from the commit record alone: no object is pickled,
and morgue compares the file and never unpickles it. Whoosh's format is that of `whoosh.index.TOC`, version -111.

The commit record is written first, then this file. Until it is there, Whoosh sees the commit before, whose files are
deleted only afterwards; a command that finds it missing writes it (`heal`). The file of the commit before stays, for a
program that has listed the folder and not opened it yet. The last four bytes, which Whoosh does not read, are the crc32
of the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from struct import pack

from morgue.engine.files import manifest
from morgue.engine.files.container import open_own
from morgue.engine.files.durable import remove, whole
from morgue.engine.files.lock import WriteLock
from morgue.engine.files.manifest import Manifest
from morgue.errors import IndexDamaged, IndexProblem, LockTimeout

NAME = re.compile(r"_MAIN_([0-9]{1,18})\.toc")
# Sizes of int, long and float, the byte order's mark, the version of the format, the release of Whoosh that brought it.
_HEAD = bytes((4, 8, 4)) + pack("!ii", -12345, -111) + bytes((2, 7, 4))
_HOME = "morgue.whoosh.index"
_OURS = _HOME.encode()
_LAST_GENERATION = 2**31 - 1  # that Whoosh's format can hold
_ASIDE = ".foreign"
_SOUND, _DAMAGED, _FOREIGN = "sound", "damaged", "foreign"


def name(generation: int) -> str:
    """Return the name of the file of a commit."""
    return f"_MAIN_{generation}.toc"


def encode(record: Manifest, languages: Iterable[str]) -> bytes:
    """Return the file's content.

    Args:
        record: the commit. languages: of the stemmers that its articles were indexed with (ISO 639-1).
    """
    schema = _call("schema", json.dumps({"languages": sorted(set(languages))}))
    segments = _call("segments", manifest.segments_text(record))
    content = _HEAD + _varint(len(schema)) + schema + pack("!ii", record.generation, 0) + segments
    return content + pack("!I", zlib.crc32(content))


def _call(function: str, text: str) -> bytes:
    """Return a pickle (protocol 2) that calls a function of `_HOME` with one ASCII text."""
    return b"\x80\x02c%s\n%s\nX%s%s\x85R." % (_OURS, function.encode(), pack("<I", len(text)), text.encode("ascii"))


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def write(directory: Path, record: Manifest, languages: Iterable[str]) -> None:
    """Write the file of a commit, and delete those of other commits but the one before.

    Args:
        directory: the index folder. record, languages: see `encode`.
    """
    if record.generation > _LAST_GENERATION:
        return
    with whole(directory / name(record.generation)) as file:
        file.write(encode(record, languages))
    for path, generation in _files(directory):
        state = _state(path)
        if state == _DAMAGED or (state == _SOUND and generation not in (record.generation, record.generation - 1)):
            remove(path)


def _files(directory: Path) -> list[tuple[Path, int]]:
    """Return the files of this kind in a folder with their generations."""
    found = ((entry, NAME.fullmatch(entry)) for entry in os.listdir(directory))
    return [(directory / entry, int(match[1])) for entry, match in found if match]


def _state(path: Path) -> str:
    """Return whether a file is a sound or a damaged one of ours, or one that Whoosh itself wrote (or anybody else)."""
    try:
        with open_own(path) as file:
            content = file.read()
    except (OSError, IndexDamaged):
        return _DAMAGED
    if content and not (content.startswith(_HEAD) and _OURS in content[: len(_HEAD) + 64]):
        return _FOREIGN
    return _SOUND if content[-4:] == pack("!I", zlib.crc32(content[:-4])) and content else _DAMAGED


def foreign(directory: Path) -> list[str]:
    """Return the names of files in a folder that belong to an index of Whoosh's own."""
    with contextlib.suppress(OSError):
        return sorted(path.name for path, _ in _files(directory) if _state(path) == _FOREIGN)
    return []


def faults(directory: Path, record: Manifest, languages: Iterable[str]) -> dict[str, str]:
    """Return file name -> what is wrong with it, of the files of this kind in a folder.

    An archive that was written before these files existed has none, which is no fault.

    Args:
        directory: the index folder. record, languages: see `encode`.
    """
    found = {}
    own = directory / name(record.generation)
    files = dict(_files(directory))
    for path, generation in files.items():
        state = _state(path)
        if path == own:
            if state != _SOUND or path.read_bytes() != encode(record, languages):
                found[path.name] = "damaged: not what the commit record says"
        elif state == _FOREIGN:
            found[path.name] = "of another Whoosh index in this folder (a repair renames it)"
        elif state == _DAMAGED or generation > record.generation:
            found[path.name] = "damaged: of no commit"
    if own not in files and record.generation <= _LAST_GENERATION and any(map(_is_ours, files)):
        found[own.name] = "the file is missing"
    return found


def _is_ours(path: Path) -> bool:
    return _state(path) != _FOREIGN


def mend(directory: Path, record: Manifest, languages: Iterable[str]) -> bool:
    """Write the file of the newest commit again if any of ours is missing or damaged; return whether it was.

    The write lock must be held. Failing to write it is no error: the commit stands.

    Args:
        directory: the index folder. record, languages: see `encode`.
    """
    languages = set(languages)
    with contextlib.suppress(OSError):
        own = name(record.generation)
        if not any(own == found or _is_ours(directory / found) for found in faults(directory, record, languages)):
            return False
        write(directory, record, languages)
    return True


def heal(directory: Path, record: Manifest, languages: Iterable[str]) -> None:
    """Write the file of the newest commit if a crash left it out and no other process is writing.

    An archive without any such file gets one with its next commit.

    Args:
        directory: the index folder. record, languages: see `encode`.
    """
    if os.path.exists(directory / name(record.generation)):
        return
    with contextlib.suppress(OSError, IndexProblem, LockTimeout):
        if any(_is_ours(path) for path, _ in _files(directory)):
            lock = WriteLock(directory, 0)
            try:
                if manifest.read(directory) == record:
                    mend(directory, record, languages)
            finally:
                lock.release()


def set_foreign_aside(directory: Path) -> list[str]:
    """Rename the files of other Whoosh indexes in a folder, so that Whoosh finds the archive; return their names."""
    names = foreign(directory)
    for found in names:
        (directory / found).rename(directory / f"{found}{_ASIDE}")
    return names
