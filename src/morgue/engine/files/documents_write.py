"""Writing and merging of what documents.py reads: ids, lengths, sentences."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from morgue.engine.files import documents
from morgue.engine.files.arraytools import Ints, sizes, smallest, starts_of
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.merge_source import MergeSource
from morgue.index.document import SMALL_FIELDS


@dataclass
class Lengths:
    """Words per document: `zones` of headline, lead and rest, `fields` of the small fields that have any."""

    zones: tuple[Ints, Ints, Ints]
    fields: dict[str, Ints] = field(default_factory=dict)


@dataclass
class SentenceArrays:
    """Sentences of all bodies: `counts` per document; `words` and `steps` (documents.py) per sentence."""

    counts: Ints
    words: Ints
    steps: Ints


def write_ids(out: ContainerWriter, ids: Sequence[str]) -> None:
    """Write the ids of all documents, in order, to `out`."""
    names = [documents.id_bytes(id) for id in ids]
    out.add(documents.ID_TEXT, b"".join(names))
    out.add_array(documents.ID_AT, starts_of(sizes(names)).astype("u4"))
    hashes = np.fromiter(map(zlib.crc32, names), "u4", len(names))
    order = np.argsort(hashes, kind="stable")
    out.add_array(documents.ID_HASH, hashes[order])
    out.add_array(documents.ID_DOC, order.astype("u2"))


def merge_ids(sources: Sequence[MergeSource]) -> list[str]:
    """Return the ids of all live documents."""
    found: list[str] = []
    for source in sources:
        ids = source.segment.all_ids()
        found += ids if source.whole else [ids[doc] for doc in source.live_docs()]
    return found


def write_lengths(out: ContainerWriter, lengths: Lengths) -> None:
    """Write the numbers of words per document (`lengths`) to `out`."""
    names = (documents.ZONE_HEADLINE, documents.ZONE_LEAD, documents.ZONE_REST)
    for name, values in zip(names, lengths.zones, strict=True):
        out.add_array(name, smallest(values))
    for name, values in lengths.fields.items():
        out.add_array(documents.LENGTH.format(name), smallest(values))


def merge_lengths(sources: Sequence[MergeSource]) -> Lengths:
    """Return the words per live document."""

    def joined(views: Sequence[memoryview | None]) -> Ints:
        return np.concatenate(
            [
                np.zeros(int(source.live.sum()), "u1") if view is None else np.asarray(view)[source.live]
                for source, view in zip(sources, views, strict=True)
            ]
        )

    headlines, leads, rests = zip(*(source.segment.zone_lengths for source in sources), strict=True)
    fields = {name: [source.segment.field_lengths(name) for source in sources] for name in SMALL_FIELDS}
    return Lengths(
        (joined(headlines), joined(leads), joined(rests)),
        {name: joined(views) for name, views in fields.items() if any(view is not None for view in views)},
    )


def write_sentences(out: ContainerWriter, sentences: SentenceArrays) -> None:
    """Write the sentences of all bodies to `out`."""
    out.add_array(documents.SENTENCE_AT, starts_of(sentences.counts.astype("i8")).astype("u4"))
    out.add_array(documents.SENTENCE_WORDS, smallest(sentences.words))
    out.add_array(documents.SENTENCE_STEP, smallest(sentences.steps, "u2"))


def merge_sentences(sources: Sequence[MergeSource]) -> SentenceArrays:
    """Return the sentences of all live documents."""
    counts, words, steps = [], [], []
    for source in sources:
        mine = source.segment.sentences
        per_doc = np.diff(np.asarray(mine.at))
        kept = np.repeat(source.live, per_doc)
        counts.append(per_doc[source.live])
        words.append(np.asarray(mine.words)[kept])
        steps.append(np.asarray(mine.steps)[kept])
    return SentenceArrays(np.concatenate(counts), np.concatenate(words), np.concatenate(steps))
