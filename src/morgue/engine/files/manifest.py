"""The commit record, `morgue.json`: which segments make up the index, as of one commit.

A reader sees one commit or the next, because the record is replaced in one step after everything it names is on disk.
It names only files of its own folder. `checksum` is the crc32 of the rest as `_encode` writes it, and the file must be
in that form: no byte of it can change unseen. Later versions keep this much of it, so that a newer index can be
distinguished from a damaged one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from morgue.engine.files.container import DAMAGE, damaged, open_own
from morgue.engine.files.durable import explained, readable, sync_directory, whole
from morgue.engine.files.segment import MAX_DOCS
from morgue.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexTooNew
from morgue.runtime.frozen import attribute, record

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

NAME = "morgue.json"
BEGUN = "morgue.begun"
"""While this file exists, segments without a commit record belong to a first commit under way, not to a lost one."""
FORMAT = "morgue index"
VERSION = 2
OLDEST = 1
"""The version that is written, and the oldest that is read. They differ in what segments may hold."""
SEGMENT_NAME = re.compile(r"[0-9]{6,18}\.seg")
DELETIONS_NAME = re.compile(r"[0-9]{6,18}-[0-9]{1,18}\.del")


@record
class Deletions:
    """A file of deletions.py: name, bytes, crc32, number of deleted documents."""

    name: str
    size: int
    checksum: int
    count: int


@record
class SegmentRecord:
    """A segment of a commit: file name, bytes, crc32 of its table of contents, documents, deletions or None."""

    name: str
    size: int
    checksum: int
    docs: int
    deletions: Deletions | None = None


@record
class Manifest:
    """One commit.

    Attributes:
        generation: its number, from 1; 0 before the first. next: the number of the next segment file.
        settings: what the index's creator recorded, JSON values. segments: oldest first.
    """

    generation: int = 0
    next: int = 1
    settings: Mapping[str, Json] = attribute(default_factory=dict)
    segments: tuple[SegmentRecord, ...] = ()

    def files(self) -> set[str]:
        """Return the names of all files that the commit needs, its own record apart."""
        deletions = (segment.deletions for segment in self.segments)
        return {segment.name for segment in self.segments} | {d.name for d in deletions if d}


def _encode(content: JsonObject) -> bytes:
    return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"


def _segments(manifest: Manifest) -> list[Json]:
    segments: list[Json] = []
    for segment in manifest.segments:
        entry: JsonObject = {
            "name": segment.name, "size": segment.size, "checksum": segment.checksum, "docs": segment.docs,
        }  # fmt: skip
        if segment.deletions:
            d = segment.deletions
            entry["deletions"] = {"name": d.name, "size": d.size, "checksum": d.checksum, "count": d.count}
        segments.append(entry)
    return segments


def segments_text(manifest: Manifest) -> str:
    """Return the segments of a commit as JSON in ASCII, for `segments_from`."""
    return json.dumps(_segments(manifest), sort_keys=True)


def segments_from(text: str) -> tuple[SegmentRecord, ...]:
    """Return the segments that `segments_text` wrote.

    Raises:
        ValueError, TypeError, KeyError: it is something else.
    """
    return tuple(map(_segment, json.loads(text)))


def _content(manifest: Manifest) -> JsonObject:
    return {
        "format": FORMAT,
        "version": VERSION,
        "generation": manifest.generation,
        "next": manifest.next,
        "settings": dict(manifest.settings),
        "segments": _segments(manifest),
    }


def write(directory: Path, manifest: Manifest) -> None:
    """Make `manifest` the newest commit of the index in `directory`. The files that it names must be synced."""
    content = _content(manifest)
    content["checksum"] = zlib.crc32(_encode(content))
    sync_directory(directory)
    with whole(directory / NAME) as file:
        file.write(_encode(content))
    sync_directory(directory)


def blank(directory: Path, settings: Mapping[str, Json]) -> Manifest:
    """Return a commit without segments for a folder that may hold an index, even a damaged one.

    Its generation is that of the old record, as far as it can be read, and no file name is used a second time.

    Args:
        directory: the index folder. settings: of the new index.
    """
    numbers = [int(path.stem) for path in directory.glob("*.seg") if SEGMENT_NAME.fullmatch(path.name)]
    generations = [
        int(path.stem.partition("-")[2]) for path in directory.glob("*.del") if DELETIONS_NAME.fullmatch(path.name)
    ]
    try:
        with open_own(directory / NAME) as file:
            found = re.search(rb'"generation":\s*([0-9]{1,18})\b', file.read())
    except (OSError, IndexDamaged):
        found = None
    if found:
        generations.append(int(found[1]))
    return Manifest(max(generations, default=0), max(numbers, default=0) + 1, dict(settings), ())


def read(directory: Path, *, outdated: bool = False) -> Manifest:
    """Return the newest commit.

    Args:
        directory: the index folder.
        outdated: return it also when it is of an earlier version, for `salvage`.

    Raises:
        IndexMissing: there is no index. IndexDamaged: the record is damaged.
        IndexTooNew, IndexOutdated: a later or earlier morgue wrote it.
    """
    path = directory / NAME
    try:
        with open_own(path) as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        if _orphaned(directory):
            raise IndexDamaged(f"index file {path} is damaged: it is missing", hint="run: morgue repair") from None
        raise IndexMissing(f"no index at {directory}", hint="make one with: morgue ingest PATHS") from None
    except OSError as error:
        if error.errno == errno.EIO:
            raise damaged(path, error.strerror or str(error)) from error
        with readable(directory):
            raise
    try:
        content = _decode(data)
        if content["version"] > VERSION:
            raise IndexTooNew(
                f"index {directory} was written by a later morgue (format {content['version']}, known up to {VERSION})",
                hint="upgrade morgue",
            )
        if content["version"] < OLDEST and not outdated:
            raise IndexOutdated(
                f"index {directory} was written by an earlier morgue (format {content['version']}, now {VERSION})",
                hint="morgue repair rebuilds it from its stored articles",
            )
        return _manifest(content)
    except DAMAGE as error:
        raise damaged(path, str(error)) from error


def _decode(data: bytes) -> dict[str, Any]:
    """Return the content of a commit record without its checksum. Raises one of DAMAGE."""
    content: dict[str, Any] = json.loads(data)
    if content["format"] != FORMAT:
        raise ValueError("not the record of a morgue index")
    checksum = content.pop("checksum")
    if zlib.crc32(_encode(content)) != checksum or _encode(content | {"checksum": checksum}) != data:
        raise ValueError("wrong checksum")
    return content


def begin(directory: Path) -> None:
    """Mark a folder as that of a first commit under way."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with explained(directory):
        with contextlib.suppress(FileExistsError):
            os.close(os.open(directory / BEGUN, flags, 0o666))
        sync_directory(directory)


def _orphaned(directory: Path) -> bool:
    """Whether a folder without a commit record holds segments of a commit."""
    if os.path.lexists(directory / BEGUN):
        return False
    with contextlib.suppress(OSError):
        return any(SEGMENT_NAME.fullmatch(name) for name in os.listdir(directory))
    return False


def _manifest(content: dict[str, Any]) -> Manifest:
    if not isinstance(content["segments"], list) or not isinstance(content["settings"], dict):
        raise ValueError("segments or settings are invalid")
    segments = tuple(map(_segment, content["segments"]))
    if len({segment.name for segment in segments}) != len(segments):
        raise ValueError("a segment is named twice")
    return Manifest(_number(content, "generation"), _number(content, "next"), content["settings"], segments)


def _number(entry: Mapping[str, object], name: str, limit: int = 1 << 62) -> int:
    value = entry[name]
    if type(value) is not int or not 0 <= value <= limit:
        raise ValueError(f"bad {name}")
    return value


def _segment(entry: dict[str, Any]) -> SegmentRecord:
    if not SEGMENT_NAME.fullmatch(entry["name"]):
        raise ValueError(f"bad segment {entry['name']!r}")
    docs = _number(entry, "docs", MAX_DOCS)
    deletions = None
    if "deletions" in entry:
        about = entry["deletions"]
        if not DELETIONS_NAME.fullmatch(about["name"]) or len(about) != 4:
            raise ValueError(f"bad deletions {about['name']!r}")
        count = _number(about, "count", docs)
        deletions = Deletions(about["name"], _number(about, "size"), _number(about, "checksum"), count)
    return SegmentRecord(entry["name"], _number(entry, "size"), _number(entry, "checksum"), docs, deletions)
