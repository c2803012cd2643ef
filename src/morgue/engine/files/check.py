"""Checking an index for damage, and reading what can still be read of a damaged one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from morgue.engine.files import deletions, documents, manifest, stored, toc
from morgue.engine.files.commit import languages, open_segment
from morgue.engine.files.container import DAMAGE, SUFFIX, Container
from morgue.engine.files.durable import explained, readable
from morgue.engine.files.manifest import Manifest, SegmentRecord
from morgue.engine.files.segment import Segment
from morgue.errors import IndexDamaged
from morgue.index.values import Fault, Salvage

_NEEDED_FOR_ARTICLES = (documents.ID_TEXT, documents.ID_AT, *stored.SECTIONS)


@dataclass(slots=True)
class Report:
    """What a check found.

    Attributes:
        faults: empty for a sound index. articles: live articles counted. segments, bytes: read.
        generation: of the commit checked; -1 when its record cannot be read.
    """

    faults: list[Fault] = field(default_factory=list)
    articles: int = 0
    segments: int = 0
    bytes: int = 0
    generation: int = -1

    @property
    def ok(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


def check(directory: str | Path, *, fast: bool = False) -> Report:
    """Check that an index is as it was written.

    Args:
        directory: the index folder.
        fast: only the commit record, sizes, tables of contents and deletions; else every byte (checksums), every
            record, and that the structures' counts agree.

    Raises:
        IndexMissing: there is none. IndexTooNew: a later morgue wrote it. IndexOutdated: an earlier one did.
    """
    folder, report = Path(directory), Report()
    try:
        record = manifest.read(folder)
    except IndexDamaged as error:
        report.faults.append(Fault(manifest.NAME, error.message))
        return report
    report.generation = record.generation
    segments = [_check_segment(folder, about, report, fast) for about in record.segments]
    if not report.faults:
        found = toc.faults(folder, record, languages(segment for segment in segments if segment))
        report.faults += [Fault(name, what, ()) for name, what in found.items()]
    if not fast and not report.faults:
        _check_ids(folder, record, report)
    return report


def _check_segment(folder: Path, about: SegmentRecord, report: Report, fast: bool) -> Segment | None:
    report.segments += 1
    report.bytes += about.size
    try:
        segment = open_segment(folder, about)
    except FileNotFoundError as error:
        name = Path(str(error.filename)).name
        report.faults.append(Fault(name, "the file is missing"))
        return None
    except IndexDamaged as error:
        name = about.deletions.name if about.deletions and about.deletions.name in str(error) else about.name
        report.faults.append(Fault(name, error.message))
        return None
    report.articles += segment.live_count
    faults = [] if fast else [*segment.container.verify(), *_disagreements(segment)]
    if faults:
        lost = any(part in what for what in faults for part in _NEEDED_FOR_ARTICLES)
        ids = [name for name, stored in _articles(segment) if stored is None] if lost else []
        report.faults += [Fault(about.name, f"damaged: {what}", tuple(ids)) for what in faults]
    segment.close()
    return segment


def _articles(segment: Segment) -> Iterator[tuple[str, bytes | None]]:
    """Yield each live article's id, `file#number` where it cannot be read, and its record, None where it cannot be."""
    for doc in range(segment.doc_count):
        if not segment.alive(doc):
            continue
        try:
            name = segment.id(doc)
        except IndexDamaged:
            name = f"{segment.name}#{doc}"
        try:
            yield name, segment.stored(doc)
        except IndexDamaged:
            yield name, None


def _disagreements(segment: Segment) -> Iterator[str]:
    """Yield a sentence for each pair of counts that disagree."""
    checks = (_check_lengths, _check_terms, _check_records)
    for one in checks:
        try:
            yield from one(segment)
        except IndexDamaged as error:
            yield error.message
        except DAMAGE as error:
            yield f"{one.__name__.removeprefix('_check_')}: {error}"


def _check_lengths(segment: Segment) -> Iterator[str]:
    if tuple(sum(lengths) for lengths in segment.zone_lengths) != segment.zone_totals:
        yield "lengths of articles do not add up"
    meta = segment.meta
    occurrences = sum(segment.zone_totals) + sum(meta["lengths"].values())
    if occurrences != meta["occurrences"]:
        yield f"{meta['occurrences']} words instead of {occurrences}"


def _check_terms(segment: Segment) -> Iterator[str]:
    postings = occurrences = 0
    for field_name in segment.fields:
        before = ""
        for entry in segment.entries(field_name):
            if entry.first != postings or (entry.key <= before and before):
                yield f"dictionary of {field_name} is out of order at {entry.key!r}"
                return
            before = entry.key
            postings += entry.df
            occurrences += segment.cf(entry)
            docs = segment.postings(entry).docs
            if entry.df and docs[-1] >= segment.doc_count:
                yield f"{field_name}:{entry.key} occurs in an article that does not exist"
                return
    if (postings, occurrences) != (segment.meta["postings"], segment.meta["occurrences"]):
        yield "the dictionary does not cover the postings"


def _check_records(segment: Segment) -> Iterator[str]:
    for doc in range(segment.doc_count):
        name = segment.id(doc)
        if segment.alive(doc) and segment.find(name) != doc:
            yield f"article {name} cannot be found by its id"
        segment.stored(doc)
        segment.structure(doc)


def _check_ids(folder: Path, record: Manifest, report: Report) -> None:
    """Every id is live once."""
    seen: dict[str, str] = {}
    for about in record.segments:
        segment = open_segment(folder, about)
        for doc, name in enumerate(segment.all_ids()):
            if segment.alive(doc):
                if name in seen:
                    report.faults.append(Fault(about.name, f"article {name} is also in {seen[name]}", (name,)))
                seen[name] = about.name
        segment.close()


def salvage(directory: str | Path) -> Salvage:
    """Read every article that can be read out of an index, however damaged, changing nothing.

    Without a readable commit record all segment files of the folder count, in the order they were written, and the
    deletions that are newest for each. A record counts only when its checksum (zlib's own) is right.
    """
    folder, found = Path(directory), Salvage()
    try:
        record = manifest.read(folder, outdated=True)
        found.settings = dict(record.settings)
        abouts = list(record.segments)
    except IndexDamaged:
        abouts = []
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if manifest.SEGMENT_NAME.fullmatch(path.name):
                abouts.append(SegmentRecord(path.name, -1, -1, -1))
    for about in abouts:
        _salvage_segment(folder, about, found)
    found.lost = [name for name in dict.fromkeys(found.lost) if name not in found.records]
    return found


def _salvage_segment(folder: Path, about: SegmentRecord, found: Salvage) -> None:
    try:
        with readable(folder):  # a lack of memory or handles is raised: nothing is lost then
            segment = Segment(Container(folder / about.name, salvage=True), about.name)
    except (IndexDamaged, FileNotFoundError):
        found.lost += [f"{about.name}#{doc}" for doc in range(max(about.docs, 1))]
        return
    segment.set_deleted(_newest_deletions(folder, about, segment.doc_count))
    for name, data in _articles(segment):
        if data is None:
            found.lost.append(name)
        else:
            found.records.pop(name, None)
            found.records[name] = data
    segment.close()


def _newest_deletions(folder: Path, about: SegmentRecord, docs: int) -> bytes | None:
    if about.deletions:
        try:
            with readable(folder):
                return deletions.read(folder, about.deletions, docs)
        except (IndexDamaged, FileNotFoundError):
            return None
    if about.docs >= 0:
        return None
    stem = about.name.partition(".")[0]
    newest = max(folder.glob(f"{stem}-*.del"), key=lambda path: (len(path.name), path.name), default=None)
    return deletions.read_loose(newest, docs) if newest else None


def set_aside(directory: Path, generation: int) -> str:
    """Copy the files of a damaged index from `directory` to `damaged-{generation}` in it; return the copy's path."""
    from shutil import copy2, rmtree

    aside = directory / f"damaged-{generation}"
    with explained(directory):
        if aside.is_symlink():
            aside.unlink()
        elif aside.exists():  # left by an unfinished repair of the same commit
            rmtree(aside)
        aside.mkdir()
        try:
            for file in directory.iterdir():
                if file.suffix in (".seg", ".del", ".json") and stat.S_ISREG(file.lstat().st_mode):
                    copy2(file, aside / file.name, follow_symlinks=False)
        except BaseException:
            rmtree(aside, ignore_errors=True)
            raise
    return str(aside)
