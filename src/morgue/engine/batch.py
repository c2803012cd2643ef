"""Documents to the arrays of a segment: words are found, numbered and counted without an object per word.

A text is parted at white space, which no word holds, and each part is looked up in a dictionary that knows the
*spelling numbers* of the words in it, four bytes each: `said,` -> the number of `said`, `"AT&T"` -> those of `AT` and
`T`. What follows works on one flat array of spelling numbers for the whole batch, parted into *runs*: words of one
document, in one zone or field, with consecutive positions. One stable sort by term then puts every term's occurrences
side by side, still in order of document and position.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence

import numpy as np

from morgue import analysis
from morgue.engine import dictionary
from morgue.engine.document import LEAD_PARAGRAPHS, PARAGRAPH, SMALL_FIELDS, TEXT, Document
from morgue.engine.segment import MAX_DOCS
from morgue.engine.sorting import stable_order
from morgue.engine.structure import sentences
from morgue.engine.tables import Array, Tables, distinct, encode_counts, starts_of
from morgue.query.tree import HEADLINE_GAP

BLOCK = 16_384  # bytes of records compressed together: fast and small, and still quick to open for one of them
LEVEL = 1
CACHED = 40  # characters of the longest part that is remembered: unspaced scripts give parts that never come again
MOST_PARTS = 1 << 20
MOST_OCCURRENCES = 1 << 24  # what one segment may hold, so that working memory and 32-bit offsets stay bounded
OCCURRENCE_COST = 36  # bytes that inverting takes for each occurrence
DOCUMENT_COST = 2_000

_HEADLINE, _LEAD, _REST, _SMALL = 0, 1, 2, 3  # what a run is in; small fields from 3 on
_KIND_OF = {name: _SMALL + number for number, name in enumerate(SMALL_FIELDS)}


class Vocabulary:
    """Every spelling seen by a writer, numbered; and the terms they belong to.

    Attributes:
        names: per term, its field's mark and the key. term_of: per spelling, its term. texts, folds: per
            spelling, as printed and folded.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.names: list[str] = []
        self.term_of = array("I")
        self.texts: list[str] = []
        self.folds: list[str] = []
        self._terms: dict[str, int] = {}
        self._spellings: dict[tuple[int, str], int] = {}
        self._parts: dict[tuple[str, str], Parts] = {}

    def spelling(self, field: str, language: str, surface: str) -> int:
        """Return the number of a word of a text as printed."""
        key = analysis.key(surface, language, stem=field == TEXT)
        name = dictionary.mark(field) + key
        term = self._terms.setdefault(name, len(self.names))
        if term == len(self.names):
            self.names.append(name)
        number = self._spellings.setdefault((term, surface), len(self.texts))
        if number == len(self.texts):
            self.texts.append(surface)
            self.folds.append(analysis.fold(surface))
            self.term_of.append(term)
        return number

    def parts(self, field: str, language: str) -> Parts:
        """Return the dictionary of parts for texts of a field and language."""
        found = self._parts.get((field, language))
        if found is None:
            found = self._parts[field, language] = Parts(self, field, language)
        return found

    @property
    def full(self) -> bool:
        """Whether it is time to begin a new one."""
        return len(self.texts) > MOST_PARTS or sum(map(len, self._parts.values())) > MOST_PARTS


class Parts(dict[str, bytes]):
    """Part of a text between white space -> spelling numbers of its words, four bytes each. Fills itself."""

    def __init__(self, vocabulary: Vocabulary, field: str, language: str) -> None:
        """Begin empty."""
        super().__init__()
        self._vocabulary = vocabulary
        self._field = field
        self._language = language
        self._numbers: dict[str, int] = {}

    def __missing__(self, part: str) -> bytes:
        numbers = array("I")
        for surface in analysis.surfaces(part):
            number = self._numbers.get(surface)
            if number is None:
                number = self._vocabulary.spelling(self._field, self._language, surface)
                self._numbers[surface] = number
            numbers.append(number)
        found = numbers.tobytes()
        if len(part) <= CACHED:
            self[part] = found
        return found


class Batch:
    """Documents of a segment to be.

    Attributes:
        ids: of the documents so far, in order.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        """Begin a batch. `vocabulary`: kept from an earlier one, so that words known stay known."""
        self.vocabulary = vocabulary or Vocabulary()
        self.ids: list[str] = []
        self._occurrences = bytearray()
        self._runs = (array("H"), array("B"), array("I"), array("I"))  # document, kind, first position, words
        self._sentences = (array("I"), array("I"), array("I"))  # per document; words, steps
        self._sizes = array("I")
        self._blocks: list[tuple[int, bytes]] = []
        self._records: list[bytes] = []
        self._pending = 0
        self._packed = 0
        self._numbers: dict[str, tuple[array[int], array[int]]] = {}
        self._values: dict[str, list[tuple[int, Sequence[str]]]] = {}

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    @property
    def memory(self) -> int:
        """Bytes that the batch takes, and will take while it is inverted."""
        occurrences = len(self._occurrences) // 4
        return occurrences * OCCURRENCE_COST + self._packed + self._pending + len(self.ids) * DOCUMENT_COST

    @property
    def full(self) -> bool:
        """Whether no more documents fit into a segment."""
        return len(self.ids) >= MAX_DOCS or len(self._occurrences) >= 4 * MOST_OCCURRENCES

    def add(self, document: Document) -> int:
        """Add a document; return its number. Should it raise, the batch is of no use any more."""
        number = len(self.ids)
        self.ids.append(document.id)
        self._add_text(number, document)
        for field, texts in document.texts.items():
            self._add_small(number, field, texts)
        for name, value in document.numbers.items():
            column = self._numbers.get(name)
            if column is None:
                column = self._numbers[name] = (array("H"), array("q"))
            column[1].append(value)
            column[0].append(number)
        for name, values in document.values.items():
            if values:
                self._values.setdefault(name, []).append((number, values))
        self._store(document.stored)
        return number

    def _run(self, number: int, kind: int, position: int, words: int) -> None:
        docs, kinds, positions, counts = self._runs
        docs.append(number)
        kinds.append(kind)
        positions.append(position)
        counts.append(words)

    def _add_text(self, number: int, document: Document) -> None:
        look_up = self.vocabulary.parts(TEXT, document.language).__getitem__
        occurrences = self._occurrences
        found = b"".join(map(look_up, document.headline.split()))
        occurrences += found
        words = len(found) >> 2
        self._run(number, _HEADLINE, 0, words)
        position = words + HEADLINE_GAP
        counts, sentence_words, steps = self._sentences
        before = offset = 0
        first = len(steps)
        paragraphs = document.body.split(PARAGRAPH) if document.body else ()
        for index, paragraph in enumerate(paragraphs):
            starts = sentences(paragraph)
            total, flag = 0, 1
            for start, end in zip(starts, (*starts[1:], None), strict=True):
                found = b"".join(map(look_up, paragraph[start:end].split()))
                occurrences += found
                words = len(found) >> 2
                total += words
                sentence_words.append(words)
                steps.append((offset + start - before) << 1 | flag)
                before, flag = offset + start, 0
            self._run(number, _LEAD if index < LEAD_PARAGRAPHS else _REST, position, total)
            position += total + 1
            offset += len(paragraph) + len(PARAGRAPH)
        counts.append(len(steps) - first)

    def _add_small(self, number: int, field: str, texts: Sequence[str]) -> None:
        look_up = self.vocabulary.parts(field, "").__getitem__
        position = 0
        for text in texts:
            found = b"".join(map(look_up, text.split()))
            self._occurrences += found
            words = len(found) >> 2
            self._run(number, _KIND_OF[field], position, words)
            position += words + HEADLINE_GAP

    def _store(self, record: bytes) -> None:
        self._records.append(record)
        self._sizes.append(len(record))
        self._pending += len(record)
        if self._pending >= BLOCK:
            self._pack()

    def _pack(self) -> None:
        if self._records:
            block = zlib.compress(b"".join(self._records), LEVEL)
            self._blocks.append((len(self._sizes) - len(self._records), block))
            self._packed += len(block)
            self._records.clear()
            self._pending = 0

    def tables(self) -> Tables:
        """Return the batch as the arrays of a segment."""
        self._pack()
        counts, words, steps = self._sentences
        tables = Tables(
            ids=self.ids,
            blocks=self._blocks,
            sizes=np.frombuffer(self._sizes, "u4"),
            sentence_counts=np.array(counts, "u4"),
            sentence_words=np.array(words, "u4"),
            sentence_steps=np.array(steps, "u4"),
            numbers={name: (np.array(docs), np.array(values)) for name, (docs, values) in self._numbers.items()},
            values={name: distinct(name, pairs) for name, pairs in self._values.items()},
        )
        self._lengths(tables)
        self._invert(tables)
        return tables

    def _lengths(self, tables: Tables) -> None:
        docs, kinds, _, counts = (np.frombuffer(run, run.typecode) if run else np.array(run) for run in self._runs)
        per_kind = []
        for kind in range(_SMALL + len(SMALL_FIELDS)):
            mine = kinds == kind
            lengths = np.bincount(docs[mine], weights=counts[mine], minlength=len(self.ids))
            per_kind.append(lengths.astype("u4"))
        tables.zones = (per_kind[_HEADLINE], per_kind[_LEAD], per_kind[_REST])
        tables.lengths = {name: per_kind[kind] for name, kind in _KIND_OF.items() if per_kind[kind].any()}

    def _invert(self, tables: Tables) -> None:
        spelled = np.frombuffer(self._occurrences, "u4")
        known = self.vocabulary
        term_of = np.array(known.term_of, "u4")
        order = dictionary.order(known.names, term_of, np.bincount(spelled, minlength=len(term_of)))
        tables.fields = dictionary.lines(order, known.names, term_of, known.texts, known.folds)
        terms = order.rank[term_of[spelled]]
        by_term = stable_order(terms, len(order.terms))
        docs, kinds, firsts, counts = (np.frombuffer(run, run.typecode) for run in self._runs)
        # Position of an occurrence: the run's first, plus how far it stands from where the run begins.
        offsets = firsts.astype("i8") - starts_of(counts)[:-1]
        positions = np.repeat(offsets, counts) + np.arange(len(spelled))
        tables.positions = positions.astype("u4")[by_term]
        tables.forms = order.form[spelled][by_term]
        terms = terms[by_term]
        docs = np.repeat(docs, counts)[by_term]
        zones = np.repeat(np.minimum(kinds, _REST), counts)[by_term]
        opens = np.ones(len(terms), bool)
        opens[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        begins = np.flatnonzero(opens)
        tables.totals = np.diff(begins, append=len(terms))
        tables.docs = docs[begins]
        tables.df = np.bincount(terms[begins], minlength=len(order.terms))
        count_zones(tables, zones, begins)


def count_zones(tables: Tables, zones: Array, begins: Array) -> None:
    """Fill in the frequency codes from the zone of each occurrence and where each posting begins."""
    counts = np.zeros((len(begins), 3), "i8")
    for zone in range(3 if len(begins) else 0):
        counts[:, zone] = np.add.reduceat(zones == zone, begins, dtype="i8")
    tables.codes, tables.escapes = encode_counts(counts)
    tables.escaped = counts[tables.escapes]
