"""Documents to the arrays of a segment: words are found, numbered and counted without an object per word.

Texts gather until there are enough to find the parts of all at once (spellings.py); the *units* they consist of, a
headline or a sentence each, are told in parts then. When the segment is made, parts become spelling numbers and units
*runs*: words of one document, in one zone or field, with consecutive positions. One stable sort by term then puts
every term's occurrences side by side, still in order of document and position.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from morgue.engine import dictionary
from morgue.engine.document import LEAD_PARAGRAPHS, SMALL_FIELDS, Document
from morgue.engine.segment import MAX_DOCS
from morgue.engine.sorting import stable_order
from morgue.engine.spellings import Vocabulary
from morgue.engine.structure import outline
from morgue.engine.tables import Array, Tables, ValueList, encode_counts, smallest, starts_of
from morgue.query.tree import HEADLINE_GAP

BLOCK = 8_192  # bytes of records compressed together: fast and small, and still quick to open for one of them
LEVEL = 4  # 7 % smaller than 1, for 3 % of the time that indexing takes
MOST_OCCURRENCES = 1 << 24  # what one segment may hold, so that working memory and 32-bit offsets stay bounded
OCCURRENCE_COST = 44  # bytes that inverting takes for each occurrence
DOCUMENT_COST = 2_000

GATHERED = 1 << 19  # characters of text whose words are found together

_HEADLINE, _LEAD, _REST, _SMALL = 0, 1, 2, 3  # what a run is in; small fields from 3 on
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
        self._texts: list[str] = []  # whose parts are still to be found
        self._gathered = 0  # their characters, and one between them
        self._places = array("I")  # where their units begin, counted like that
        self._parts: list[Array] = []  # of the texts: headline and body of each document
        self._units: list[Array] = []  # where each unit begins among the parts
        self._part_count = self._words = 0  # parts so far, and their words
        self._text_languages: list[str] = []  # per document
        self._sentences = array("I")  # per document
        self._offsets = array("I")  # per sentence, in characters from the body's start
        self._opens = bytearray()  # per sentence, whether a paragraph begins with it
        self._small = bytearray()  # spelling numbers of the words of small fields
        self._runs = array("I")  # of small fields: document, kind, first position, words; and so on
        self._sizes = array("I")
        self._blocks: list[tuple[int, bytes]] = []
        self._records: list[bytes] = []
        self._pending = 0
        self._packed = 0
        self._numbers: dict[str, array[int]] = {}  # document, value; and so on
        self._values: dict[str, ValueList] = {}

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    @property
    def memory(self) -> int:
        """Bytes that the batch takes, and will take while it is inverted."""
        return self._occurrences * OCCURRENCE_COST + self._packed + self._pending + len(self.ids) * DOCUMENT_COST

    @property
    def _occurrences(self) -> int:
        """Words so far, those of the latest texts by their length: every sixth character begins one."""
        return self._words + self._gathered // 6 + (len(self._small) >> 2)

    @property
    def full(self) -> bool:
        """Whether no more documents fit into a segment."""
        return len(self.ids) >= MAX_DOCS or self._occurrences >= MOST_OCCURRENCES

    def add(self, document: Document) -> int:
        """Add a document; return its number. Should it raise, the batch is of no use any more."""
        number = len(self.ids)
        self.ids.append(document.id)
        self._add_text(document)
        for field, texts in document.texts.items():
            self._add_small(number, field, texts)
        numbers = self._numbers
        for name, value in document.numbers.items():
            if name not in numbers:
                numbers[name] = array("q")
            numbers[name].extend((number, value))
        columns = self._values
        for name, values in document.values.items():
            if values:
                if name not in columns:
                    columns[name] = ValueList(name)
                column = columns[name]
                known = column.known.get(values[0]) if len(values) == 1 else None
                if known is None:
                    column.add(number, values)
                else:
                    column.pairs.extend((number, known))
        self._store(document.stored)
        return number

    def _add_text(self, document: Document) -> None:
        self._languages.add(document.language)
        self._text_languages.append(document.language)
        places = self._places
        places.append(self._gather(document.headline))
        body = document.body
        starts, opens = outline(body)
        if body.isascii() or not _glued(body, starts):
            first = self._gather(body)
            places.extend([first + start for start in starts])
        else:  # a sentence ends its last part, whatever follows
            places.extend([self._gather(body[start:end]) for start, end in pairwise([*starts, len(body)])])
        self._sentences.append(len(starts))
        self._offsets.extend(starts)
        self._opens.extend(opens)
        if self._gathered > GATHERED:
            self._settle()

    def _gather(self, text: str) -> int:
        """Put a text to those whose parts are to be found; return where it begins among them."""
        first = self._gathered
        self._texts.append(text)
        self._gathered += len(text) + 1
        return first

    def _settle(self) -> None:
        """Find the parts of the texts gathered, and which of them each unit begins with."""
        found = self.vocabulary.parts.numbers(" ".join(self._texts))
        places = np.frombuffer(self._places, "u4")
        self._units.append(np.searchsorted(found.starts, places) + self._part_count)
        self._parts.append(found.numbers)
        self._part_count += len(found.numbers)
        self._words += self.vocabulary.count(found.numbers)
        self._texts, self._places, self._gathered = [], array("I"), 0

    def _add_small(self, number: int, field: str, texts: Sequence[str]) -> None:
        look_up = self.vocabulary.small(field)
        position = 0
        for text in texts:
            found = look_up[text]
            self._small += found
            words = len(found) >> 2
            self._runs.extend((number, _KIND_OF[field], position, words))
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
        self._settle()
        spelled, runs, sentence_words = self._text_runs()
        tables = Tables(
            ids=self.ids,
            languages=self._languages,
            blocks=self._blocks,
            sizes=np.frombuffer(self._sizes, "u4"),
            sentence_counts=np.array(self._sentences, "u4"),
            sentence_words=sentence_words,
            sentence_steps=self._steps(),
            values={name: column.values() for name, column in self._values.items()},
        )
        for name, flat in self._numbers.items():
            pairs = np.array(flat).reshape(-1, 2)
            tables.numbers[name] = (pairs[:, 0], np.ascontiguousarray(pairs[:, 1]))
        small = np.array(self._runs, "u4").reshape(-1, 4)
        runs = _Runs(*(np.concatenate(pair) for pair in zip(runs, small.T, strict=True)))
        self._lengths(tables, runs)
        self._invert(tables, np.concatenate((spelled, np.frombuffer(bytes(self._small), "u4"))), runs)
        return tables

    def _steps(self) -> Array:
        """Return, per sentence, what segment.py calls its step."""
        offsets = np.array(self._offsets, "u4")
        steps = np.diff(offsets, prepend=np.zeros(1, "u4"))
        firsts = _firsts(np.array(self._sentences, "u4"))
        steps[firsts] = offsets[firsts]
        packed: Array = steps << 1 | np.frombuffer(bytes(self._opens), "u1")
        return packed

    def _text_runs(self) -> tuple[Array, _Runs, Array]:
        """Return the spelling numbers of headlines and bodies, their runs (a unit each), and words per sentence."""
        found, part_words = self.vocabulary.expand(np.concatenate(self._parts))
        sentences = np.array(self._sentences, "u4")
        per_doc = sentences + 1
        docs = np.repeat(np.arange(len(per_doc), dtype="u4"), per_doc)
        headlines = starts_of(per_doc)[:-1]
        is_headline = np.zeros(len(docs), bool)
        is_headline[headlines] = True
        ends = starts_of(part_words)[np.append(np.concatenate(self._units)[1:], self._part_count)]
        words = np.diff(ends, prepend=0).astype("u4")
        # A paragraph break takes one position: a sentence begins behind the words and breaks before it in its body.
        paragraphs = np.zeros(len(words), "u4")
        paragraphs[~is_headline] = np.frombuffer(bytes(self._opens), "u1")
        paragraphs = np.cumsum(paragraphs, dtype="u4")
        paragraphs -= np.repeat(paragraphs[headlines], per_doc) + 1  # from 0
        before = (ends - words).astype("u4")
        firsts = before - np.repeat(before[headlines], per_doc) + HEADLINE_GAP + paragraphs
        firsts[headlines] = 0
        kinds = np.where(paragraphs < LEAD_PARAGRAPHS, _LEAD, _REST).astype("u4")
        kinds[headlines] = _HEADLINE
        runs = _Runs(docs, kinds, firsts, words)
        return self._spelled(found, runs), runs, words[~is_headline]

    def _spelled(self, words: Array, runs: _Runs) -> Array:
        """Return the spelling numbers of the words of texts, each in its document's language."""
        languages = list(dict.fromkeys(self._text_languages))
        if len(languages) == 1:
            return self.vocabulary.spelled(words, languages[0])
        numbers = {language: number for number, language in enumerate(languages)}
        of_doc = np.array([numbers[language] for language in self._text_languages], "u2")
        language_of = np.repeat(of_doc[runs.docs], runs.words)
        spelled = np.zeros(len(words), "u4")
        for language, number in numbers.items():
            mine = language_of == number
            spelled[mine] = self.vocabulary.spelled(words[mine], language)
        return spelled

    def _lengths(self, tables: Tables, runs: _Runs) -> None:
        kinds = _SMALL + len(SMALL_FIELDS)
        sums = np.bincount(runs.docs.astype("i8") * kinds + runs.kinds, runs.words, minlength=len(self.ids) * kinds)
        per_kind = sums.astype("u4").reshape(-1, kinds).T
        tables.zones = (per_kind[_HEADLINE], per_kind[_LEAD], per_kind[_REST])
        tables.lengths = {name: per_kind[kind] for name, kind in _KIND_OF.items() if per_kind[kind].any()}

    def _invert(self, tables: Tables, spelled: Array, runs: _Runs) -> None:
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
        zones = np.repeat(np.minimum(runs.kinds, _REST).astype("u1"), runs.words)[by_term]
        del by_term
        opens = np.ones(len(terms), bool)
        opens[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        begins = np.flatnonzero(opens)
        tables.totals = np.diff(begins, append=len(terms)).astype("u4")
        tables.docs = docs[begins]
        tables.df = np.bincount(terms[begins], minlength=len(order.terms))
        del terms, docs, opens
        count_zones(tables, zones, begins)


def _glued(body: str, starts: Sequence[int]) -> bool:
    """Whether a sentence begins within a part, as it may behind a Chinese full stop."""
    return any(start and not body[start - 1].isspace() for start in starts)


class _Runs(NamedTuple):
    """Words of one document in one zone or field with consecutive positions; an array each, in step."""

    docs: Array
    kinds: Array
    firsts: Array
    words: Array


def _firsts(counts: Array) -> Array:
    """Return where each of several runs begins that has any members."""
    return starts_of(counts)[:-1][counts > 0]


def count_zones(tables: Tables, zones: Array, begins: Array) -> None:
    """Fill in the frequency codes from the zone of each occurrence and where each posting begins."""
    counts = np.zeros((len(begins), 3), "u4")
    for zone in range(3 if len(begins) else 0):
        counts[:, zone] = np.add.reduceat(zones == zone, begins, dtype="u4")
    tables.codes, tables.escapes = encode_counts(counts)
    tables.escaped = counts[tables.escapes]
