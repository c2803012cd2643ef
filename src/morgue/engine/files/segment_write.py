"""A segment as arrays in memory: inverting a batch makes one, merging segments another, and both are written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from morgue.engine.files import columns_write, documents_write, postings_write, stored_write, terms_write
from morgue.engine.files.columns_write import Numbers, Values
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.documents_write import Lengths, SentenceArrays
from morgue.engine.files.durable import explained, whole
from morgue.engine.files.merge_source import MergeSource
from morgue.engine.files.postings_write import PostingArrays, PostingsMerge
from morgue.engine.files.segment import Meta, Segment
from morgue.engine.files.stored_write import Stored
from morgue.engine.files.terms_write import Dictionary, TermsMerge


@dataclass
class SegmentArrays:
    """What a segment is written from. Documents, terms, postings and occurrences are in the order of the file.

    Attributes:
        ids, stored, lengths, sentences: of the documents.
        languages: of the stemmers used (ISO 639-1); "" is written as "en".
        numbers, values: columns by name.
        terms, postings: the dictionary, and the postings of its terms.
    """

    ids: list[str]
    stored: Stored
    lengths: Lengths
    sentences: SentenceArrays
    languages: set[str] = field(default_factory=set)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)
    terms: Dictionary = field(default_factory=Dictionary)
    postings: PostingArrays = field(default_factory=PostingArrays)


def write(path: Path, arrays: SegmentArrays) -> ContainerWriter:
    """Write a segment to a file, synced and whole; return the writer, which has its size and checksum.

    Args:
        path: the file. arrays: the segment.

    Raises:
        IndexProblem: it cannot be written; nothing is left behind.
    """
    with explained(path.parent), whole(path) as file:
        out = ContainerWriter(file)
        _write(out, arrays)
    return out


def _write(out: ContainerWriter, arrays: SegmentArrays) -> None:
    count = len(arrays.ids)
    documents_write.write_ids(out, arrays.ids)
    stored_write.write(out, arrays.stored)
    documents_write.write_lengths(out, arrays.lengths)
    documents_write.write_sentences(out, arrays.sentences)
    numbers, values = sorted(arrays.numbers.items()), sorted(arrays.values.items())
    meta: Meta = {
        "docs": count,
        "zone_totals": [int(zone.sum()) for zone in arrays.lengths.zones],
        "languages": sorted(language or "en" for language in arrays.languages),
        "lengths": {name: int(lengths.sum()) for name, lengths in arrays.lengths.fields.items()},
        "numbers": {name: columns_write.write_numbers(out, name, column, count) for name, column in numbers},
        "values": {name: columns_write.write_values(out, name, column, count) for name, column in values},
        "fields": terms_write.write(out, arrays.terms),
        "postings": len(arrays.postings.docs),
        "occurrences": len(arrays.postings.positions),
    }
    postings_write.write(out, arrays.postings, arrays.lengths.zones)
    out.finish(meta)


def merge(segments: Sequence[Segment], occurrences: int) -> SegmentArrays:
    """Return the live documents of several segments as one, in order.

    Nothing is analysed again: arrays are shifted, picked and sorted.

    Args:
        segments: oldest first.
        occurrences: about how many are handled at a time, which bounds the memory.
    """
    sources = MergeSource.of(segments)
    terms, postings = TermsMerge(sources), PostingsMerge()
    for part in terms.ranges(occurrences):
        slices = zip(sources, part.slices(), strict=True)
        piece = postings_write.join([postings_write.read(source, mine) for source, mine in slices])
        if len(piece.docs):
            form = part.add(piece.terms, piece.spellings)
            postings.add(piece, part.count, form)
    return SegmentArrays(
        ids=documents_write.merge_ids(sources),
        stored=stored_write.merge(sources),
        lengths=documents_write.merge_lengths(sources),
        sentences=documents_write.merge_sentences(sources),
        languages={language for segment in segments for language in segment.languages},
        numbers=columns_write.merge_numbers(sources),
        values=columns_write.merge_values(sources),
        terms=terms.finish(),
        postings=postings.finish(),
    )
