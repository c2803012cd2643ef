"""An index as a Whoosh index, for Whoosh's queries, collectors and columns.

    with whoosh_index("index").searcher() as searcher:
        results = searcher.search(whoosh.query.Term("text", "oil"))

Its scores equal those of `Snapshot` except for rounding.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.index import Index
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from morgue import analysis
from morgue.engine.search.bm25f import ZONES, idf
from morgue.engine.search.snapshot import Snapshot
from morgue.engine.whoosh.codec import MorgueCodec, MorgueSegment, read_only
from morgue.index.document import SMALL_FIELDS
from morgue.index.values import Ranking


class Words(Tokenizer):
    """`morgue.analysis` as a Whoosh analyzer."""

    def __init__(self, stem: bool) -> None:
        self.stem = stem

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_: Any) -> Iterator[Token]:
        for number, surface in enumerate(analysis.surfaces(value), start_pos):
            token = Token(positions, mode="query")
            token.text = analysis.key(surface, stem=self.stem)
            token.stopped = False
            token.boost = 1.0
            if positions:
                token.pos = number
            yield token


class WordField(fields.FieldType):
    """A field of words with positions."""

    scorable = True
    unique = False
    stored = False
    vector = None
    spelling = False

    def __init__(self, stem: bool) -> None:
        self.analyzer: Any = Words(stem)
        self.format = formats.Positions()
        self.column_type = None if stem else columns.VarBytesColumn()  # type: ignore[no-untyped-call]

    def to_bytes(self, value: Any) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


class Weighting(BM25F):
    """Whoosh's BM25F with the parameters of `Ranking` and the inverse document frequency of bm25f.py."""

    def __init__(self, ranking: Ranking) -> None:
        super().__init__(B=ranking.b, K1=ranking.k1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        parent = searcher.get_parent()
        return idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))


class MorgueIndex(Index):
    """An index as a Whoosh index; read-only."""

    def __init__(self, snapshot: Snapshot, ranking: Ranking) -> None:
        self._snapshot = snapshot
        self._ranking = ranking
        self.schema = _schema_of(snapshot)

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002 - nothing to reuse
        scale = functools.partial(self._snapshot.scale, ranking=self._ranking)
        generation = self._snapshot.generation
        storage: Any = None  # unused by the codec
        readers = [
            SegmentReader(storage, self.schema, MorgueSegment(segment, scale), generation, MorgueCodec())
            for segment in self._snapshot.segments
        ]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(list(readers), generation)

    def searcher(self, **kwargs: Any) -> Searcher:
        return Searcher(self.reader(), fromindex=self, **{"weighting": Weighting(self._ranking), **kwargs})

    def latest_generation(self) -> int:
        return self._snapshot.generation

    def up_to_date(self) -> bool:
        with Snapshot.open(self._snapshot.location) as newest:
            return newest.generation == self._snapshot.generation

    def refresh(self) -> MorgueIndex:
        return self if self.up_to_date() else whoosh_index(self._snapshot.location, ranking=self._ranking)

    def is_empty(self) -> bool:
        return self._snapshot.doc_count == 0

    def close(self) -> None:
        self._snapshot.close()

    def writer(self, **_: Any) -> Any:
        raise read_only()


def _schema_of(snapshot: Snapshot) -> fields.Schema:
    """Return the Whoosh schema of an index: fields of words, ids, number columns, value columns."""
    schema = fields.Schema(id=fields.ID(stored=True, unique=True, sortable=True), record=fields.STORED())
    for name in ZONES:
        schema.add(name, WordField(stem=True))
    for name in SMALL_FIELDS:
        schema.add(name, WordField(stem=False))
    for segment in snapshot.segments:
        for name in segment.numbers:
            if name not in schema:
                schema.add(name, fields.NUMERIC(bits=64, signed=True, sortable=True))
        for name in segment.values:
            if name not in schema:
                schema.add(name, fields.ID(sortable=True))
    return schema


def whoosh_index(directory: str | Path, *, ranking: Ranking | None = None) -> MorgueIndex:
    """Open the index in the folder `directory` as a read-only Whoosh index.

    Args:
        directory: the folder. ranking: the parameters of relevance (None: the defaults).

    Raises:
        IndexMissing, IndexDamaged, IndexTooNew: see errors.py.
    """
    return MorgueIndex(Snapshot.open(directory), ranking or Ranking())


__all__ = ["MorgueIndex", "Weighting", "whoosh_index"]
