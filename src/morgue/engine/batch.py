"""Documents to the arrays of a segment: words are found, numbered and counted without an object per word.

A text goes in as the numbers of its parts (spellings.py), parted into *units*: a headline or a sentence each. When the
segment is made, numpy turns parts into spelling numbers and units into *runs*: words of one document, in one zone or
field, with consecutive positions. One stable sort by term then puts every term's occurrences side by side, still in
order of document and position.
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

COUNTED = 1 << 16  # parts after which their words are counted
# Whether characters are white space to `str.split`; the last stands for all that follow, none of which is.
_WHITE = np.array([chr(code).isspace() for code in range(0x3002)])

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
        self._parts = array("I")  # of the texts: headline and body of each document
        self._counted = self._words = 0  # parts whose words were counted, and how many words they are
        self._bodies = array("I")  # per document, where its body begins among the parts
        self._ends = array("I")  # and where it ends
        self._new = _NewBodies()
        self._before: list[Array] = []  # per sentence, the parts of its body before it; since the last count
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
        """Words so far; of the latest texts, their parts."""
        return self._words + len(self._parts) - self._counted + (len(self._small) >> 2)

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
        look_up = self.vocabulary.parts(document.language).__getitem__
        self._languages.add(document.language)
        parts = self._parts
        parts.extend(map(look_up, document.headline.split()))
        self._bodies.append(len(parts))
        body = document.body
        starts, opens = outline(body)
        if body.isascii() or not _glued(body, starts):
            parts.extend(map(look_up, body.split()))
        else:
            before, first = [], len(parts)
            for start, end in pairwise([*starts, len(body)]):
                before.append(len(parts) - first)
                parts.extend(map(look_up, body[start:end].split()))
            self._new.told.append((len(self._offsets), before))
        self._new.texts.append(body)
        self._ends.append(len(parts))
        self._sentences.append(len(starts))
        self._offsets.extend(starts)
        self._opens.extend(opens)
        if len(parts) - self._counted > COUNTED:
            self._count()

    def _count(self) -> None:
        """Find the words of new parts, and which parts are before each new sentence."""
        self.vocabulary.settle()
        self._words += self.vocabulary.words_of(np.array(self._parts[self._counted :], "u4"))
        self._counted = len(self._parts)
        new, self._new = self._new, _NewBodies(len(self._ends), len(self._offsets))
        counts, offsets = self._sentences[new.first :], self._offsets[new.sentence :]
        before = _parts_before(new.texts, np.array(counts, "u4"), np.array(offsets, "u4"))
        for place, told in new.told:
            before[place - new.sentence : place - new.sentence + len(told)] = told
        self._before.append(before)

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
        self._count()
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
        spelled, part_words = self.vocabulary.expand(np.array(self._parts, "u4"))
        sentences = np.array(self._sentences, "u4")
        per_doc = sentences + 1
        docs = np.repeat(np.arange(len(per_doc), dtype="u4"), per_doc)
        headlines = starts_of(per_doc)[:-1]
        is_headline = np.zeros(len(docs), bool)
        is_headline[headlines] = True
        bodies = np.array(self._bodies, "u4")
        units = np.zeros(len(docs) + 1, "u4")  # where each begins among the parts, and the end
        units[:-1][headlines[1:]] = np.array(self._ends[:-1], "u4")
        units[:-1][~is_headline] = np.repeat(bodies, sentences) + np.concatenate(self._before)
        units[-1] = len(part_words)
        ends = starts_of(part_words)[units[1:]]
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
        return spelled, _Runs(docs, kinds, firsts, words), words[~is_headline]

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


class _NewBodies:
    """Bodies whose sentences are still to be told in parts.

    Attributes:
        first, sentence: number of the first of their documents, and of its first sentence.
        texts: the bodies. told: sentence numbers, and the parts before each sentence from there on, where known.
    """

    def __init__(self, first: int = 0, sentence: int = 0) -> None:
        self.first = first
        self.sentence = sentence
        self.texts: list[str] = []
        self.told: list[tuple[int, list[int]]] = []


def _glued(body: str, starts: Sequence[int]) -> bool:
    """Whether a sentence begins within a part, as it may behind a Chinese full stop."""
    return any(start and not body[start - 1].isspace() for start in starts)


def _parts_before(texts: Sequence[str], counts: Array, offsets: Array) -> Array:
    """Return how many parts of its text are before each of several places, all of which are behind white space.

    Args:
        texts: the texts. counts: places in each of them. offsets: of the places, in characters, ascending in a text.
    """
    joined = " ".join(texts)
    if joined.isascii():
        white = _WHITE[np.frombuffer(joined.encode("ascii"), "u1")]
    else:
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4")
        white = _WHITE[np.minimum(codes, len(_WHITE) - 1)]
    begins = ~white
    begins[1:] &= white[:-1]
    parts = np.flatnonzero(begins)
    firsts = starts_of(np.fromiter(map(len, texts), "i8", len(texts)) + 1)[:-1]  # of each text in `joined`
    before = np.searchsorted(parts, np.repeat(firsts, counts) + offsets)
    return (before - np.repeat(np.searchsorted(parts, firsts), counts)).astype("u4")


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
