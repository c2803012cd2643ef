"""Documents to the arrays of a segment: words are found, numbered and counted without an object per word.

A text is parted at white space, which no word holds, and each part is looked up in a dictionary that knows the
*spelling numbers* of the words in it, four bytes each: `said,` -> the number of `said`, `"AT&T"` -> those of `AT` and
`T`. What follows works on one flat array of spelling numbers for the whole batch, parted into *runs*: words of one
document, in one zone or field, with consecutive positions. One stable sort by term then puts every term's occurrences
side by side, still in order of document and position.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from string import punctuation

import numpy as np

from morgue import analysis
from morgue.engine import dictionary
from morgue.engine.document import LEAD_PARAGRAPHS, SMALL_FIELDS, TEXT, Document
from morgue.engine.segment import MAX_DOCS
from morgue.engine.sorting import stable_order
from morgue.engine.stored import Packer
from morgue.engine.structure import outline
from morgue.engine.tables import Array, Tables, ValueList, encode_counts, smallest, starts_of
from morgue.query.tree import HEADLINE_GAP

CACHED = 40  # characters of the longest part that is remembered: unspaced scripts give parts that never come again
MOST_PARTS = 1 << 19
MOST_OCCURRENCES = 1 << 24  # what one segment may hold, so that working memory and 32-bit offsets stay bounded
OCCURRENCE_COST = 44  # bytes that inverting takes for each occurrence
DOCUMENT_COST = 2_000

_HEADLINE, _LEAD, _REST, _SMALL = 0, 1, 2, 3  # what a run is in; small fields from 3 on
_KIND_OF = {name: _SMALL + number for number, name in enumerate(SMALL_FIELDS)}


class Vocabulary:
    """Every spelling seen by a writer, numbered; and the terms they belong to.

    Attributes:
        names: per term, its field's mark and the key. term_of: per spelling, its term. texts, folds: per spelling, as
            printed and folded.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.names: list[str] = []
        self.term_of = array("I")
        self.texts: list[str] = []
        self.folds: list[str] = []
        self._terms: dict[str, int] = {}
        self._spellings: dict[str, int] = {}  # strings for keys: tuples would keep the garbage collector busy
        self._parts: dict[tuple[str, str], Parts] = {}

    def term(self, name: str) -> int:
        """Return the number of a term by its field's mark and key."""
        number = self._terms.get(name)
        if number is None:
            number = self._terms[name] = len(self.names)
            self.names.append(name)
        return number

    def spelling(self, term: int, surface: str, fold: str) -> int:
        """Return the number of a term's spelling as printed; `fold`: the same folded."""
        name = f"{surface} {term}"
        number = self._spellings.get(name)
        if number is None:
            number = self._spellings[name] = len(self.texts)
            self.texts.append(surface)
            self.folds.append(fold)
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
        return 2 * len(self.texts) > MOST_PARTS or sum(map(len, self._parts.values())) > MOST_PARTS


class Parts(dict[str, bytes]):
    """Part of a text between white space -> spelling numbers of its words, four bytes each. Fills itself."""

    def __init__(self, vocabulary: Vocabulary, field: str, language: str) -> None:
        """Begin empty."""
        super().__init__()
        self._vocabulary = vocabulary
        self._mark = dictionary.mark(field)
        self._language = language
        self._stem = field == TEXT
        self._words: dict[str, bytes] = {}  # as printed -> spelling number
        self._terms: dict[str, int] = {}  # folded -> term
        self._texts: dict[str, bytes] = {}  # whole texts, see `text`

    def __missing__(self, part: str) -> bytes:
        # Most parts are a word with punctuation about it; what analysis makes of them can be told without it.
        word = part.strip(punctuation)
        if word.isalpha() and word.isascii() and len(word) <= CACHED:
            found = self._words.get(word) or self._add(word)
        else:
            find, add = self._words.get, self._add
            found = b"".join([find(word) or add(word) for word in analysis.surfaces(part)])
        if len(part) <= CACHED:
            self[part] = found
        return found

    def text(self, text: str) -> bytes:
        """Return the spelling numbers of a whole text; short ones, such as names, are remembered."""
        found = self._texts.get(text)
        if found is None:
            found = b"".join(map(self.__getitem__, text.split()))
            if len(text) <= CACHED:
                self._texts[text] = found
        return found

    def _add(self, word: str) -> bytes:
        fold = word.lower() if word.isascii() and word.isalpha() else analysis.fold(word)
        term = self._terms.get(fold)
        if term is None:
            key = analysis.key_of_folded(fold, self._language, self._stem)
            term = self._terms[fold] = self._vocabulary.term(self._mark + key)
        number = self._vocabulary.spelling(term, word, fold).to_bytes(4, sys.byteorder)
        self._words[word] = number
        return number


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
        self._occurrences = bytearray()
        self._runs = array("I")  # document, kind, first position, words; and so on
        self._sentences = (array("I"), array("I"), array("I"))  # per document; words, steps
        self._stored = Packer()
        self._numbers: dict[str, array[int]] = {}  # document, value; and so on
        self._values: dict[str, ValueList] = {}

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    @property
    def memory(self) -> int:
        """Bytes that the batch takes, and will take while it is inverted."""
        occurrences = len(self._occurrences) // 4
        return occurrences * OCCURRENCE_COST + self._stored.memory + len(self.ids) * DOCUMENT_COST

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
        self._stored.add(document.stored)
        return number

    def _add_text(self, number: int, document: Document) -> None:
        look_up = self.vocabulary.parts(TEXT, document.language).__getitem__
        self._languages.add(document.language)
        occurrences, run = self._occurrences, self._runs.extend
        found = b"".join(map(look_up, document.headline.split()))
        occurrences += found
        words = len(found) >> 2
        run((number, _HEADLINE, 0, words))
        position = words + HEADLINE_GAP
        counts, sentence_words, steps = self._sentences
        body = document.body
        starts, opens = outline(body)
        counts.append(len(starts))
        before = total = paragraphs = 0
        ends, lasts = [*starts[1:], None], [*opens[1:], True]
        for start, end, first, last in zip(starts, ends, opens, lasts, strict=False):
            found = b"".join(map(look_up, body[start:end].split()))
            occurrences += found
            words = len(found) >> 2
            sentence_words.append(words)
            steps.append((start - before) << 1 | first)
            before = start
            total += words
            if last:
                run((number, _LEAD if paragraphs < LEAD_PARAGRAPHS else _REST, position, total))
                paragraphs += 1
                position += total + 1
                total = 0

    def _add_small(self, number: int, field: str, texts: Sequence[str]) -> None:
        parts = self.vocabulary.parts(field, "")
        position = 0
        for text in texts:
            found = parts.text(text)
            self._occurrences += found
            words = len(found) >> 2
            self._runs.extend((number, _KIND_OF[field], position, words))
            position += words + HEADLINE_GAP

    def tables(self) -> Tables:
        """Return the batch as the arrays of a segment."""
        counts, words, steps = self._sentences
        tables = Tables(
            ids=self.ids,
            languages=self._languages,
            stored=self._stored.finish(),
            sentence_counts=np.array(counts, "u4"),
            sentence_words=np.array(words, "u4"),
            sentence_steps=np.array(steps, "u4"),
            values={name: column.values() for name, column in self._values.items()},
        )
        for name, flat in self._numbers.items():
            pairs = np.array(flat).reshape(-1, 2)
            tables.numbers[name] = (pairs[:, 0], np.ascontiguousarray(pairs[:, 1]))
        self._lengths(tables)
        self._invert(tables)
        return tables

    def _lengths(self, tables: Tables) -> None:
        docs, kinds, _, counts = np.array(self._runs).reshape(-1, 4).T
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
        docs, kinds, firsts, counts = np.array(self._runs).reshape(-1, 4).T
        # Position of an occurrence: the run's first, plus how far it stands from where the run begins (modulo 2**32).
        positions = np.repeat(firsts - starts_of(counts)[:-1].astype("u4"), counts)
        positions += np.arange(len(spelled), dtype="u4")
        tables.positions = positions[by_term]
        del positions
        tables.forms = smallest(order.form)[spelled][by_term]
        terms = terms[by_term]
        docs = np.repeat(docs.astype("u2"), counts)[by_term]
        zones = np.repeat(np.minimum(kinds, _REST).astype("u1"), counts)[by_term]
        del by_term
        opens = np.ones(len(terms), bool)
        opens[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        begins = np.flatnonzero(opens)
        tables.totals = np.diff(begins, append=len(terms)).astype("u4")
        tables.docs = docs[begins]
        tables.df = np.bincount(terms[begins], minlength=len(order.terms))
        del terms, docs, opens
        count_zones(tables, zones, begins)


def count_zones(tables: Tables, zones: Array, begins: Array) -> None:
    """Fill in the frequency codes from the zone of each occurrence and where each posting begins."""
    counts = np.zeros((len(begins), 3), "u4")
    for zone in range(3 if len(begins) else 0):
        counts[:, zone] = np.add.reduceat(zones == zone, begins, dtype="u4")
    tables.codes, tables.escapes = encode_counts(counts)
    tables.escaped = counts[tables.escapes]
