"""Documents to the arrays of a segment: words are found, numbered and counted without an object per word.

Texts become runs of spelling numbers (texts.py). One stable sort by term then puts every term's occurrences side by
side, still in order of document and position.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from morgue.engine.files.segment import MAX_DOCS
from morgue.engine.files.stored import Packer
from morgue.engine.write import dictionary
from morgue.engine.write.radix import stable_order
from morgue.engine.write.tables import Array, Tables, ValueList, encode_counts, smallest, starts_of
from morgue.engine.write.texts import HEADLINE, LEAD, REST, Runs, Texts
from morgue.engine.write.vocabulary import Vocabulary
from morgue.index.document import SMALL_FIELDS, Document
from morgue.query.tree import HEADLINE_GAP

MOST_OCCURRENCES = 1 << 24  # what one segment may hold, so that working memory and 32-bit offsets stay bounded
OCCURRENCE_COST = 44  # bytes that inverting takes for each occurrence
DOCUMENT_COST = 2_000

_SMALL = REST + 1  # what a run is in: a zone of the text, or a small field from here on
_KIND_OF = {name: _SMALL + number for number, name in enumerate(SMALL_FIELDS)}


class Batch:
    """Documents of a segment to be.

    Attributes:
        ids: of the documents so far, in order.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        """Begin a batch. `vocabulary`: kept from an earlier one, so that words known stay known."""
        self.vocabulary = vocabulary or Vocabulary()
        self.ids: list[str] = []
        self._languages: set[str] = set()
        self._texts = Texts(self.vocabulary)
        self._small: dict[str, array[int]] = {}  # per small field: document, number of a text; and so on
        self._small_characters = 0
        self._stored = Packer()
        self._numbers: dict[str, array[int]] = {}  # document, value; and so on
        self._values: dict[str, ValueList] = {}

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    @property
    def memory(self) -> int:
        """Bytes that the batch takes, and will take while it is inverted."""
        return self._occurrences * OCCURRENCE_COST + self._stored.memory + len(self.ids) * DOCUMENT_COST

    @property
    def _occurrences(self) -> int:
        return self._texts.words + self._small_characters // 4

    @property
    def full(self) -> bool:
        """Whether no more documents fit into a segment."""
        return len(self.ids) >= MAX_DOCS or self._occurrences >= MOST_OCCURRENCES

    def add(self, document: Document) -> int:
        """Add a document; return its number. Should it raise, the batch is of no use any more."""
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
                column = columns[name] = ValueList(name)
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

    def tables(self) -> Tables:
        """Return the batch as the arrays of a segment."""
        spelled, text_runs, counts, words, steps = self._texts.told()
        tables = Tables(
            ids=self.ids,
            languages=self._languages,
            stored=self._stored.finish(),
            sentence_counts=counts,
            sentence_words=words,
            sentence_steps=steps,
            values={name: column.values() for name, column in self._values.items()},
        )
        for name, flat in self._numbers.items():
            pairs = np.array(flat).reshape(-1, 2)
            tables.numbers[name] = (pairs[:, 0], np.ascontiguousarray(pairs[:, 1]))
        fields = [self._small_runs(field) for field in self._small]
        runs = Runs(*map(np.concatenate, zip(text_runs, *(own for _, own in fields), strict=True)))
        spelled = np.concatenate((spelled, *(own for own, _ in fields)))
        self._lengths(tables, runs)
        self._invert(tables, spelled, runs)
        return tables

    def _small_runs(self, field: str) -> tuple[Array, Runs]:
        """Return the spelling numbers of a small field, and its runs: a text each, HEADLINE_GAP apart."""
        docs, texts = np.array(self._small[field], "u4").reshape(-1, 2).T
        spelled, words = self.vocabulary.small(field).spelled(texts)
        before = starts_of(words + HEADLINE_GAP)[:-1].astype("u4")
        opens = np.flatnonzero(np.diff(docs, prepend=docs[:1] + 1))
        firsts = before - np.repeat(before[opens], np.diff(opens, append=len(docs)))
        return spelled, Runs(docs, np.full(len(docs), _KIND_OF[field], "u4"), firsts, words)

    def _lengths(self, tables: Tables, runs: Runs) -> None:
        kinds = _SMALL + len(SMALL_FIELDS)
        sums = np.bincount(runs.docs.astype("i8") * kinds + runs.kinds, runs.words, minlength=len(self.ids) * kinds)
        per_kind = sums.astype("u4").reshape(-1, kinds).T
        tables.zones = (per_kind[HEADLINE], per_kind[LEAD], per_kind[REST])
        tables.lengths = {name: per_kind[kind] for name, kind in _KIND_OF.items() if per_kind[kind].any()}

    def _invert(self, tables: Tables, spelled: Array, runs: Runs) -> None:
        known = self.vocabulary
        term_of = np.array(known.term_of, "u4")
        order = dictionary.order(known.names, term_of, np.bincount(spelled, minlength=len(term_of)))
        tables.fields = dictionary.lines(order, known.names, term_of, known.texts, known.folds)
        terms = order.rank[term_of[spelled]]
        by_term = stable_order(terms, len(order.terms))
        # Position of an occurrence: the run's first, plus how far it stands from where the run begins (modulo 2**32).
        positions = np.repeat(runs.firsts - starts_of(runs.words)[:-1].astype("u4"), runs.words)
        positions += np.arange(len(spelled), dtype="u4")
        tables.positions = positions[by_term]
        del positions
        tables.forms = smallest(order.form)[spelled][by_term]
        terms = terms[by_term]
        docs = np.repeat(runs.docs.astype("u2"), runs.words)[by_term]
        zones = np.repeat(np.minimum(runs.kinds, REST).astype("u1"), runs.words)[by_term]
        del by_term
        opens = np.ones(len(terms), bool)
        opens[1:] = terms[1:] != terms[:-1]
        opens[1:] |= docs[1:] != docs[:-1]
        begins = np.flatnonzero(opens)
        tables.totals = np.diff(begins, append=len(terms)).astype("u4")
        tables.docs = docs[begins]
        tables.df = np.bincount(terms[begins], minlength=len(order.terms))
        del terms, docs, opens
        count_zones(tables, zones, begins)


def _glued(body: str, starts: Sequence[int]) -> bool:
    """Whether a sentence begins within a part, as it may behind a Chinese full stop."""
    return any(start and not body[start - 1].isspace() for start in starts)


def count_zones(tables: Tables, zones: Array, begins: Array) -> None:
    """Fill in the frequency codes from the zone of each occurrence and where each posting begins."""
    counts = np.zeros((len(begins), 3), "u4")
    for zone in range(3 if len(begins) else 0):
        counts[:, zone] = np.add.reduceat(zones == zone, begins, dtype="u4")
    tables.codes, tables.escapes = encode_counts(counts)
    tables.escaped = counts[tables.escapes]
