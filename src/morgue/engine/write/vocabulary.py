"""Indexing vocabulary: part -> words, word -> spelling number, spelling -> term, kept for many batches.

A text is split at white space, which no word holds, and each *part* has a number of its own (parts.py): `said,`
`"AT&T"`. Words are found in all new parts with one call, and the terms of all new words with another, when a segment
is made.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, pairwise

import numpy as np

from morgue import analysis
from morgue.engine.files.arraytools import Ints, starts_of
from morgue.engine.files.terms_write import mark
from morgue.engine.write.parts import Parts
from morgue.index.document import TEXT

_PARTS_LIMIT = 1 << 18  # parts, texts of a small field, or twice the spellings, after which a new vocabulary is begun
_WORDS_LIMIT = 1 << 23  # of all parts together, likewise
_KNOWN_TEXT_LIMIT = 40  # characters; a longer text of a small field gets a new number each time


class Vocabulary:
    """Every spelling seen by a writer, numbered; and the terms they belong to.

    Attributes:
        names: of terms (terms_write.py). term_of: per spelling, its term. texts, folds: per spelling, as printed and
            folded. figures: spelling -> number, of those that are the same term in every language.
        parts: numbers of the parts of texts.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.names: list[str] = []
        self.term_of = array("I")
        self.texts: list[str] = []
        self.folds: list[str] = []
        self.figures: dict[str, int] = {}
        self.parts = Parts()
        self._terms: dict[str, int] = {}
        self._languages: dict[str, _Language] = {}
        self._small: dict[str, SmallTexts] = {}
        self._word_of: dict[str, int] = {}  # words of texts, as printed, in any language, numbered
        self._counts = array("I")  # words of each part
        self._words = array("I")  # of all parts, one after the other

    def terms(self, names: Sequence[str]) -> Iterable[int]:
        """Return the numbers of terms by name, new ones added."""
        known = self._terms
        new = [name for name in dict.fromkeys(names) if name not in known]
        known.update(zip(new, range(len(self.names), len(self.names) + len(new)), strict=True))
        self.names += new
        return map(known.__getitem__, names)

    def add(self, texts: Sequence[str], folds: Sequence[str], terms: Iterable[int]) -> range:
        """Add spellings: `texts` as printed, `folds` folded, and the `terms` they belong to. Return their numbers."""
        first = len(self.texts)
        self.texts += texts
        self.folds += folds
        self.term_of.extend(terms)
        return range(first, len(self.texts))

    def small(self, field: str) -> SmallTexts:
        """Return the dictionary of texts of a small field."""
        found = self._small.get(field)
        if found is None:
            found = self._small[field] = SmallTexts(self, field)
        return found

    def count(self, parts: Ints) -> int:
        """Return how many words some parts hold together."""
        words, counts = analysis.surfaces_each(self.parts.new)
        self.parts.new.clear()
        self._counts.extend(counts)
        known = self._word_of
        new = [word for word in dict.fromkeys(words) if word not in known]
        known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
        self._words.extend(map(known.__getitem__, words))
        return int(np.frombuffer(self._counts, "u4")[parts].sum()) if len(parts) else 0

    def expand(self, parts: Ints) -> tuple[Ints, Ints]:
        """Return the words of counted parts, one after the other, and how many each part has."""
        return _expanded(self._counts, self._words, parts)

    def spelled(self, words: Ints, language: str) -> Ints:
        """Return the spelling numbers of words of texts.

        Args:
            words: numbers of words. language: of their texts; "" is English.
        """
        language = language or "en"
        known = self._languages.get(language)
        if known is None:
            known = self._languages[language] = _Language(Spellings(self, TEXT, language), np.zeros(0, "i8"))
        count = len(self._word_of)
        known.numbers = np.concatenate((known.numbers, np.full(count - len(known.numbers), -1)))
        wanted = np.zeros(count, bool)
        wanted[words] = True
        new = np.flatnonzero(wanted & (known.numbers < 0))
        if len(new):
            wanted[:] = False
            wanted[new] = True
            known.numbers[new] = known.spellings.added(list(compress(self._word_of, wanted.tolist())))
        return known.numbers[words].astype("u4")

    @property
    def full(self) -> bool:
        """Whether it is over a limit, so that a new one should be begun."""
        most = (self.parts.count, 2 * len(self.texts), *(small.count for small in self._small.values()))
        return max(most) > _PARTS_LIMIT or len(self._words) > _WORDS_LIMIT


class Spellings:
    """The spellings of one field and language."""

    def __init__(self, vocabulary: Vocabulary, field: str, language: str) -> None:
        """Begin with none; those added become part of `vocabulary`. `language`: ISO 639-1, of the stemmer."""
        self._vocabulary = vocabulary
        self._mark = mark(field)
        self._language = language
        self._stem = field == TEXT
        self._terms: dict[str, int] = {}  # folded -> term

    def added(self, new: Sequence[str]) -> Sequence[int]:
        """Add words as printed, none of which was added before; return their spelling numbers."""
        terms, vocabulary = self._terms, self._vocabulary
        folds = analysis.fold_each(new)
        fresh = [fold for fold in dict.fromkeys(folds) if fold not in terms]
        keys = analysis.keys_of_folded(fresh, self._language, self._stem)
        terms.update(zip(fresh, vocabulary.terms([self._mark + key for key in keys]), strict=True))
        numbers = vocabulary.add(new, folds, [terms[fold] for fold in folds])
        if not self._stem:
            return numbers
        # Figures are the same terms in all languages, whose other words share none.
        known = vocabulary.figures
        return [
            known.setdefault(word, number) if fold[0].isdigit() else number
            for word, fold, number in zip(new, folds, numbers, strict=True)
        ]


@dataclass
class _Language:
    """A language of texts: its spellings, and the spelling number of each word; -1 for one not met in it."""

    spellings: Spellings
    numbers: Ints


class SmallTexts(dict[str, int]):
    """Text of a small field -> its number, given at the first look-up.

    Attributes:
        count: numbers given.
    """

    def __init__(self, vocabulary: Vocabulary, field: str) -> None:
        """Begin empty; words of texts of `field` become spellings of `vocabulary`."""
        super().__init__()
        self.count = 0
        self._new: list[str] = []
        self._spellings = Spellings(vocabulary, field, "")
        self._known: dict[str, int] = {}  # word as printed -> spelling number
        self._counts = array("I")  # words of each text
        self._words = array("I")  # their spelling numbers, one text after the other

    def __missing__(self, text: str) -> int:
        number = self.count
        self.count += 1
        self._new.append(text)
        if len(text) <= _KNOWN_TEXT_LIMIT:
            self[text] = number
        return number

    def spelled(self, texts: Ints) -> tuple[Ints, Ints]:
        """Return the spelling numbers of the words of texts, one after the other, and how many each text has."""
        parts = [text.split() for text in self._new]
        self._new.clear()
        words, counts = analysis.surfaces_each(list(chain.from_iterable(parts)))
        ends = list(accumulate(counts, initial=0))
        lasts = accumulate(map(len, parts), initial=0)
        self._counts.extend(ends[b] - ends[a] for a, b in pairwise(lasts))
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        known.update(zip(new, self._spellings.added(new), strict=True))
        self._words.extend(map(known.__getitem__, words))
        return _expanded(self._counts, self._words, texts)


def _expanded(counts: array[int], words: array[int], which: Ints) -> tuple[Ints, Ints]:
    """Return the words of some of several runs, one after the other, and how many each has.

    Args:
        counts: words of each run. words: of all runs, one after the other. which: runs.
    """
    if not len(which):
        return np.zeros(0, "u4"), np.zeros(0, "u4")
    sizes, flat = np.frombuffer(counts, "u4"), np.frombuffer(words, "u4") if words else np.zeros(0, "u4")
    mine, starts = sizes[which], starts_of(sizes)[:-1].astype("u4")
    # Where each word is in `flat`: its run's first, plus the distance from the run's first word here.
    places = np.repeat(starts[which] - starts_of(mine)[:-1].astype("u4"), mine)
    places += np.arange(len(places), dtype="u4")
    return flat[places], mine
