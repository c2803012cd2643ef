"""Inverting documents: words are found, numbered and counted without an object per word.

Texts become runs of spelling numbers (texts.py). One stable sort by term then brings each term's occurrences together,
still in order of document and position.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from morgue.engine.files import postings_write, terms_write
from morgue.engine.files.arraytools import Ints, smallest, stable_order, starts_of
from morgue.engine.files.columns_write import Numbers, ValueCollector
from morgue.engine.files.documents_write import Lengths
from morgue.engine.files.postings_write import PostingArrays
from morgue.engine.files.segment import MAX_DOCS
from morgue.engine.files.segment_write import SegmentArrays
from morgue.engine.files.stored_write import Packer
from morgue.engine.files.terms_write import Dictionary
from morgue.engine.write.texts import HEADLINE, LEAD, REST, Runs, Texts
from morgue.engine.write.vocabulary import Vocabulary
from morgue.index.document import SMALL_FIELDS, Document
from morgue.query.tree import HEADLINE_GAP

MAX_OCCURRENCES = 1 << 24  # of a segment, so that working memory and 32-bit offsets stay bounded
_BYTES_PER_OCCURRENCE = 44  # that inverting takes
_BYTES_PER_DOCUMENT = 2_000

_SMALL = REST + 1  # the kind of a run: a zone of the text, or from here on a small field
_KIND_OF = {name: _SMALL + number for number, name in enumerate(SMALL_FIELDS)}


class Batch:
    """Documents of a new segment, gathered until they are inverted.

    Attributes:
        ids: of the documents so far, in order.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        """Begin a batch. `vocabulary`: of an earlier one, whose words need not be analysed again."""
        self.vocabulary = vocabulary or Vocabulary()
        self.ids: list[str] = []
        self._languages: set[str] = set()
        self._texts = Texts(self.vocabulary)
        self._small: dict[str, array[int]] = {}  # per small field: document, number of a text; and so on
        self._small_characters = 0
        self._stored = Packer()
        self._numbers: dict[str, array[int]] = {}  # document, value; and so on
        self._values: dict[str, ValueCollector] = {}

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    @property
    def memory(self) -> int:
        """Bytes that the batch takes, and will take while it is inverted; estimated."""
        return self._occurrences * _BYTES_PER_OCCURRENCE + self._stored.memory + len(self.ids) * _BYTES_PER_DOCUMENT

    @property
    def _occurrences(self) -> int:
        return self._texts.words + self._small_characters // 4

    @property
    def full(self) -> bool:
        """Whether no more documents fit into a segment."""
        return len(self.ids) >= MAX_DOCS or self._occurrences >= MAX_OCCURRENCES

    def add(self, document: Document) -> int:
        """Add a document; return its number. When this raises, the batch cannot be used any more."""
        number = len(self.ids)
        self.ids.append(document.id)
        self._languages.add(document.language)
        self._texts.add(document.headline, document.body, document.language)
        for field, texts in document.texts.items():
            self._add_small(number, field, texts)
        numbers = self._numbers
        for name, value in document.numbers.items():
            held = numbers.get(name)
            if held is None:
                held = numbers[name] = array("q")
            held.append(number)
            held.append(value)
        columns = self._values
        for name, values in document.values.items():
            if not values:
                continue
            column = columns.get(name)
            if column is None:
                column = columns[name] = ValueCollector(name)
            known = column.known.get(values[0]) if len(values) == 1 else None
            if known is None:
                column.add(number, values)
            else:
                column.pairs.append(number)
                column.pairs.append(known)
        self._stored.add(document.stored)
        return number

    def _add_small(self, number: int, field: str, texts: Sequence[str]) -> None:
        look_up = self.vocabulary.small(field)
        if field not in self._small:
            self._small[field] = array("I")
        add = self._small[field].extend
        for text in texts:
            add((number, look_up[text]))
            self._small_characters += len(text)

    def arrays(self) -> SegmentArrays:
        """Return the batch as the arrays of a segment."""
        spelled, text_runs, sentences = self._texts.finish()
        fields = [self._small_runs(field) for field in self._small]
        runs = Runs(*map(np.concatenate, zip(text_runs, *(own for _, own in fields), strict=True)))
        spelled = np.concatenate((spelled, *(own for own, _ in fields)))
        numbers = {name: np.array(flat).reshape(-1, 2) for name, flat in self._numbers.items()}
        terms, postings = self._invert(spelled, runs)
        return SegmentArrays(
            ids=self.ids,
            stored=self._stored.finish(),
            lengths=self._lengths(runs),
            sentences=sentences,
            languages=self._languages,
            numbers={name: Numbers(pairs[:, 0], np.ascontiguousarray(pairs[:, 1])) for name, pairs in numbers.items()},
            values={name: column.values() for name, column in self._values.items()},
            terms=terms,
            postings=postings,
        )

    def _small_runs(self, field: str) -> tuple[Ints, Runs]:
        """Return the spelling numbers of a small field, and its runs: a text each, HEADLINE_GAP apart."""
        docs, texts = np.array(self._small[field], "u4").reshape(-1, 2).T
        spelled, words = self.vocabulary.small(field).spelled(texts)
        before = starts_of(words + HEADLINE_GAP)[:-1].astype("u4")
        opens = np.flatnonzero(np.diff(docs, prepend=docs[:1] + 1))
        firsts = before - np.repeat(before[opens], np.diff(opens, append=len(docs)))
        return spelled, Runs(docs, np.full(len(docs), _KIND_OF[field], "u4"), firsts, words)

    def _lengths(self, runs: Runs) -> Lengths:
        kinds = _SMALL + len(SMALL_FIELDS)
        sums = np.bincount(runs.docs.astype("i8") * kinds + runs.kinds, runs.words, minlength=len(self.ids) * kinds)
        per_kind = sums.astype("u4").reshape(-1, kinds).T
        return Lengths(
            (per_kind[HEADLINE], per_kind[LEAD], per_kind[REST]),
            {name: per_kind[kind] for name, kind in _KIND_OF.items() if per_kind[kind].any()},
        )

    def _invert(self, spelled: Ints, runs: Runs) -> tuple[Dictionary, PostingArrays]:
        """Return terms and postings from the spelling of each word and the runs that the words are in."""
        known = self.vocabulary
        term_of = np.array(known.term_of, "u4")
        order = terms_write.sort_spellings(known.names, term_of, np.bincount(spelled, minlength=len(term_of)))
        fields = terms_write.field_lines(order, known.names, term_of, known.texts, known.folds)
        terms = order.rank[term_of[spelled]]
        by_term = stable_order(terms, len(order.terms))
        # Position of an occurrence: the run's first, plus the distance from the run's begin (modulo 2**32).
        positions = np.repeat(runs.firsts - starts_of(runs.words)[:-1].astype("u4"), runs.words)
        positions += np.arange(len(spelled), dtype="u4")
        positions = positions[by_term]
        forms = smallest(order.form)[spelled][by_term]
        terms = terms[by_term]
        docs = np.repeat(runs.docs.astype("u2"), runs.words)[by_term]
        zones = np.repeat(np.minimum(runs.kinds, REST).astype("u1"), runs.words)[by_term]
        del by_term
        opens = np.ones(len(terms), bool)
        opens[1:] = terms[1:] != terms[:-1]
        opens[1:] |= docs[1:] != docs[:-1]
        begins = np.flatnonzero(opens)
        totals = np.diff(begins, append=len(terms)).astype("u4")
        docs = docs[begins]
        df = np.bincount(terms[begins], minlength=len(order.terms))
        del terms, opens
        counts = _zone_counts(zones, begins)
        codes, escapes = postings_write.encoded(counts)
        return Dictionary(fields, df), PostingArrays(docs, codes, totals, escapes, counts[escapes], positions, forms)


def _zone_counts(zones: Ints, begins: Ints) -> Ints:
    """Return the occurrences of each posting in headline, lead and rest, a row each.

    Args:
        zones: of each occurrence. begins: the first occurrence of each posting.
    """
    counts = np.zeros((len(begins), 3), "u4")
    for zone in range(3 if len(begins) else 0):
        counts[:, zone] = np.add.reduceat(zones == zone, begins, dtype="u4")
    return counts
