"""Headlines and bodies of documents to runs of spelling numbers.

Texts gather until there are enough to process together: their parts are numbered (parts.py), sentences found
(sentences_numpy.py), and the *units* of a text, a headline or a sentence each, become ranges of parts. In the end parts
become spelling numbers and units *runs*: words of one document, in one zone, with consecutive positions.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from morgue.engine.files.arraytools import Flags, Ints, sizes, starts_of
from morgue.engine.files.documents_write import SentenceArrays
from morgue.engine.sentences import outline
from morgue.engine.write.parts import code_points
from morgue.engine.write.sentences_numpy import UNSPACED_STOPS, outlines
from morgue.engine.write.vocabulary import Vocabulary
from morgue.index.document import LEAD_PARAGRAPHS
from morgue.query.tree import HEADLINE_GAP

HEADLINE, LEAD, REST = 0, 1, 2
"""The kind of a run of text: its zone."""

_GATHERED_CHARACTERS = 1 << 19  # of text, processed together


class Runs(NamedTuple):
    """Words of one document in one zone or field with consecutive positions; an array each, in step.

    Attributes:
        docs: document. kinds: zone or field. firsts: position of the first word. words: how many there are.
    """

    docs: Ints
    kinds: Ints
    firsts: Ints
    words: Ints


class TextArrays(NamedTuple):
    """The texts of several documents: spelling number of each word, the runs that the words are in, sentences."""

    spelled: Ints
    runs: Runs
    sentences: SentenceArrays


class Texts:
    """The texts of a batch."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin empty."""
        self._vocabulary = vocabulary
        self._languages: list[str] = []  # per document
        self._gathered: list[str] = []  # headlines, each with its body, or with the sentences of it
        self._headlines: list[int] = []  # which of them are headlines
        self._unspaced: list[
            tuple[int, list[int], list[bool]]
        ] = []  # documents whose sentences are found: number, outline
        self._characters = 0
        self._parts: list[Ints] = []
        self._units: list[Ints] = []  # where each unit begins among the parts
        self._counts: list[Ints] = []  # sentences per document
        self._offsets: list[Ints] = []  # of sentences, in characters from their body's start
        self._opens: list[Flags] = []  # whether a paragraph begins with a sentence
        self._part_count = self._words = 0

    @property
    def words(self) -> int:
        """Words so far, those of the latest texts by their length: every sixth character begins one."""
        return self._words + self._characters // 6

    def add(self, headline: str, body: str, language: str) -> None:
        """Add the headline and body of a document; `language`: ISO 639-1, "" is English."""
        self._languages.append(language)
        self._headlines.append(len(self._gathered))
        if not body.isascii() and any(mark in body for mark in UNSPACED_STOPS):
            # A sentence may begin inside a part here, and ends it: each is a text of its own.
            starts, opens = outline(body)
            self._unspaced.append((len(self._headlines) - 1, starts, opens))
            self._gathered.append(headline)
            self._gathered += (body[start:end] for start, end in pairwise([*starts, len(body)]))
        else:
            self._gathered += (headline, body)
        self._characters += len(headline) + len(body)
        if self._characters > _GATHERED_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        """Find the parts and sentences of the texts gathered."""
        texts, headlines, unspaced = self._gathered, np.array(self._headlines, "i8"), self._unspaced
        if not texts:
            return
        self._gathered, self._headlines, self._unspaced, self._characters = [], [], [], 0
        text = " ".join(texts) + " "
        codes = code_points(text)
        firsts = starts_of(sizes(texts) + 1)[:-1]
        parted = self._vocabulary.parts.numbers(text, codes)
        spaced = np.ones(len(headlines), bool)
        spaced[[doc for doc, _, _ in unspaced]] = False
        bodies = headlines[spaced] + 1
        found = outlines(codes, parted.starts, firsts[bodies], [texts[body] for body in bodies.tolist()])
        counts = np.zeros(len(headlines), "i8")
        counts[spaced] = found.counts
        counts[~spaced] = [len(starts) for _, starts, _ in unspaced]
        of_spaced = np.repeat(spaced, counts)
        places, offsets, opens = (
            np.empty(len(of_spaced), "i8"),
            np.empty(len(of_spaced), "u4"),
            np.empty(len(of_spaced), bool),
        )
        places[of_spaced], opens[of_spaced] = found.starts, found.opens
        offsets[of_spaced] = found.starts - np.repeat(firsts[bodies], found.counts)
        begins = starts_of(counts)
        for doc, starts, flags in unspaced:
            theirs, body = slice(begins[doc], begins[doc + 1]), headlines[doc] + 1
            places[theirs], offsets[theirs], opens[theirs] = firsts[body : body + len(starts)], starts, flags
        units = np.empty(len(headlines) + len(places), "i8")
        heads = starts_of(counts + 1)[:-1]
        sentences = np.ones(len(units), bool)
        sentences[heads] = False
        units[heads], units[sentences] = firsts[headlines], places
        self._units.append(np.searchsorted(parted.starts, units) + self._part_count)
        self._parts.append(parted.numbers)
        self._part_count += len(parted.numbers)
        self._words += self._vocabulary.count(parted.numbers)
        self._counts.append(counts.astype("u4"))
        self._offsets.append(offsets)
        self._opens.append(opens)

    def finish(self) -> TextArrays:
        """Return all texts. Nothing can be added any more."""
        self._flush()
        none = np.zeros(0, "u4")
        counts, offsets = np.concatenate((none, *self._counts)), np.concatenate((none, *self._offsets))
        opens = np.concatenate((none.astype(bool), *self._opens))
        parts, self._parts = np.concatenate((none, *self._parts)), []
        found, part_words = self._vocabulary.expand(parts)
        del parts
        units = np.concatenate((none.astype("i8"), *self._units))
        per_doc = counts + 1
        docs = np.repeat(np.arange(len(per_doc), dtype="u4"), per_doc)
        headlines = starts_of(per_doc)[:-1]
        sentences = np.ones(len(docs), bool)
        sentences[headlines] = False
        ends = starts_of(part_words)[np.append(units[1:], self._part_count)]
        words = np.diff(ends, prepend=0).astype("u4")
        # A paragraph break takes one position: a sentence begins behind the words and breaks before it in its body.
        paragraphs = np.zeros(len(words), "u4")
        paragraphs[sentences] = opens
        paragraphs = np.cumsum(paragraphs, dtype="u4")
        paragraphs -= np.repeat(paragraphs[headlines], per_doc) + 1  # from 0
        before = (ends - words).astype("u4")
        firsts = before - np.repeat(before[headlines], per_doc) + HEADLINE_GAP + paragraphs
        firsts[headlines] = 0
        kinds = np.where(paragraphs < LEAD_PARAGRAPHS, LEAD, REST).astype("u4")
        kinds[headlines] = HEADLINE
        runs = Runs(docs, kinds, firsts, words)
        steps = _steps(counts, offsets, opens)
        return TextArrays(self._spelled(found, runs), runs, SentenceArrays(counts, words[sentences], steps))

    def _spelled(self, words: Ints, runs: Runs) -> Ints:
        """Return the spelling numbers of words, each in its document's language."""
        languages = {language: number for number, language in enumerate(dict.fromkeys(self._languages))}
        if len(languages) == 1:
            return self._vocabulary.spelled(words, self._languages[0])
        of_doc = np.array([languages[language] for language in self._languages], "u4")
        language_of = np.repeat(of_doc[runs.docs], runs.words)
        spelled = np.zeros(len(words), "u4")
        for language, number in languages.items():
            mine = language_of == number
            spelled[mine] = self._vocabulary.spelled(words[mine], language)
        return spelled


def _steps(counts: Ints, offsets: Ints, opens: Flags) -> Ints:
    """Return `sentence.step` (documents.py) of all sentences.

    Args:
        counts: sentences of each body. offsets: of sentences. opens: whether a paragraph begins with each.
    """
    steps = np.diff(offsets, prepend=np.zeros(1, "u4"))
    firsts = starts_of(counts)[:-1][counts > 0]
    steps[firsts] = offsets[firsts]
    return steps << np.uint32(1) | opens
