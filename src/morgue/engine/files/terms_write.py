"""Writing and merging of what terms.py reads: terms in order, their printed forms, folded spellings.

A dictionary is made from spellings and how often each occurs. While one is made, a term's name is its field's `mark`
followed by its key, so that names sort as the terms of all fields do in the file.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from morgue import analysis
from morgue.engine.files import postings_write, terms
from morgue.engine.files.arraytools import Ints, joined, sizes, smallest, starts_of
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.merge_source import MergeSource
from morgue.engine.files.postings_write import TermSlice
from morgue.engine.files.segment import Segment
from morgue.engine.files.terms import STRIDE, lengthen, shorten
from morgue.index.document import FIELDS

_FIRST_MARK = ord("0")
_SPELLINGS_LEVEL = 4  # of zlib


@dataclass
class FieldLines:
    """The dictionary of a field: its lines (terms.py); its folded spellings, sorted, and the term of each."""

    lines: list[str] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    spelled: list[int] = field(default_factory=list)


@dataclass
class Dictionary:
    """The terms of a segment: `fields` in the order of FIELDS; `df`, the number of postings of each term."""

    fields: dict[str, FieldLines] = field(default_factory=dict)
    df: Ints = field(default_factory=lambda: np.zeros(0, "i8"))


def write(out: ContainerWriter, dictionary: Dictionary) -> dict[str, list[int]]:
    """Write a dictionary to `out`; return the fields' entries in the table of contents (segment.Meta)."""
    about: dict[str, list[int]] = {}
    base = 0
    for name, content in dictionary.fields.items():
        data = [f"{line}\n".encode("utf-8", "surrogatepass") for line in content.lines]
        out.add(terms.TERM_TEXT.format(name), b"".join(data))
        out.add_array(terms.TERM_AT.format(name), starts_of(sizes(data))[:-1:STRIDE].astype("u4"))
        spelled = "".join(f"{text}\n" for text in content.spellings).encode("utf-8", "surrogatepass")
        out.add(terms.SPELL_TEXT.format(name), zlib.compress(spelled, _SPELLINGS_LEVEL))
        out.add_array(terms.SPELL_TERM.format(name), smallest(np.array(content.spelled, "u4"), "u2"))
        about[name] = [base, len(data), len(spelled)]
        base += len(data)
    out.add_array(terms.TERM_FIRST, starts_of(dictionary.df.astype("i8")).astype("u4"))
    return about


def mark(field: str) -> str:
    """Return the character of a field before a key; they sort in the order of FIELDS."""
    return chr(_FIRST_MARK + FIELDS.index(field))


class Order(NamedTuple):
    """The spellings and terms that occur, in the order of the dictionary.

    Attributes:
        terms: numbers of the terms. rank: per term number, its place among them.
        spellings: numbers of the spellings, by term and form code. form: per spelling number, its form code.
    """

    terms: list[int]
    rank: Ints
    spellings: Ints
    form: Ints


def sort_spellings(names: Sequence[str], term_of: Ints, often: Ints) -> Order:
    """Sort spellings by term, and those of a term by frequency.

    Args:
        names: of all terms, by number.
        term_of: per spelling, its term. often: per spelling, how often it occurs; 0 leaves it out.
    """
    used = np.flatnonzero(often)
    met = np.zeros(len(names), bool)
    met[term_of[used]] = True
    terms = sorted(np.flatnonzero(met).tolist(), key=names.__getitem__)
    rank = np.zeros(len(names), "u4")
    rank[terms] = np.arange(len(terms), dtype="u4")
    # Within a term the most frequent spelling gets form code 0; ties go to the one seen first.
    spellings = used[np.lexsort((used, -often[used], rank[term_of[used]]))]
    ranks = rank[term_of[spellings]]
    form = np.zeros(len(often), "u4")
    form[spellings] = np.arange(len(spellings)) - np.searchsorted(ranks, ranks)
    return Order(terms, rank, spellings, form)


def field_lines(
    order: Order, names: Sequence[str], term_of: Ints, texts: Sequence[str], folds: Sequence[str]
) -> dict[str, FieldLines]:
    """Return the dictionary of each field that has terms.

    Args:
        order: from `sort_spellings`. names, term_of: as given to it.
        texts, folds: per spelling, as printed and folded.
    """
    spellings = order.spellings.tolist()
    printed, folded = [texts[i] for i in spellings], [folds[i] for i in spellings]
    places = order.rank[term_of[order.spellings]]
    ends = np.cumsum(np.bincount(places, minlength=len(order.terms))).tolist()
    marked = [names[term] for term in order.terms]
    keys = [names[term][1:] for term in term_of[order.spellings].tolist()]
    shortened = [
        "+" + form[len(key) :] if form.startswith(key) else shorten(key, form)
        for key, form in zip(keys, printed, strict=True)
    ]
    found: dict[str, FieldLines] = {}
    first = begin = 0
    for name in FIELDS:
        last = bisect_left(marked, chr(ord(mark(name)) + 1), first)
        if first == last:
            continue
        start, made = begin, []
        for end in ends[first:last]:
            if end > begin + 1:
                made.append("\t".join((keys[begin], *shortened[begin:end])))
            elif shortened[begin] == "+":
                made.append(keys[begin])
            else:
                made.append(f"{keys[begin]}\t{shortened[begin]}")
            begin = end
        found[name] = FieldLines(made, *_spelled(folded[start:begin], (places[start:begin] - first).tolist()))
        first = last
    return found


def _spelled(folded: Sequence[str], terms: Sequence[int]) -> tuple[list[str], list[int]]:
    """Return the folded spellings in order and the term of each, from those of all spellings, in order of term."""
    texts, numbers = [], []
    before = ("", -1)
    for place in sorted(range(len(folded)), key=folded.__getitem__):  # stable: equal ones stay in order of term
        text, number = folded[place], terms[place]
        if (text, number) != before:
            before = (text, number)
            texts.append(text)
            numbers.append(number)
    return texts, numbers


@dataclass
class _Spellings:
    """The spellings of some terms, over all segments."""

    texts: list[str] = field(default_factory=list)
    term_of: list[int] = field(default_factory=list)
    known: dict[tuple[int, str], int] = field(default_factory=dict)
    of_lines: dict[str, list[int]] = field(default_factory=dict)  # line of a dictionary -> numbers, by form code

    def numbers(self, term: int, texts: Sequence[str], *, shared: bool) -> list[int]:
        """Return the numbers of some spellings of a term; `shared`: another segment may have brought them."""
        if not shared:
            first = len(self.texts)
            self.texts += texts
            self.term_of += [term] * len(texts)
            return list(range(first, len(self.texts)))
        return [self._number(term, text) for text in texts]

    def _number(self, term: int, text: str) -> int:
        number = self.known.setdefault((term, text), len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
            self.term_of.append(term)
        return number


class TermsMerge:
    """Merges the dictionaries of several segments, a range of terms at a time, so that memory stays bounded."""

    def __init__(self, sources: Sequence[MergeSource]) -> None:
        """Read the dictionaries of all."""
        self._lines = [_named_lines(source.segment) for source in sources]
        known: dict[str, int] = {}
        number = known.setdefault
        seen = [[number(line.partition("\t")[0], len(known)) for line in lines] for lines in self._lines]
        names = list(known)
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = np.zeros(len(names), "i8")
        rank[order] = np.arange(len(names))
        self._names = [names[i] for i in order]
        self._terms: list[Ints] = [rank[np.array(mine, "i8")] for mine in seen]  # per segment, of each of its terms
        self._first: list[Ints] = [np.asarray(source.segment.first_postings).astype("i8") for source in sources]
        self._shared = np.bincount(np.concatenate(self._terms), minlength=len(names)) > 1  # between segments
        weight = np.zeros(len(names) + 1, "i8")
        for source, mine, first in zip(sources, self._terms, self._first, strict=True):
            weight[mine + 1] += postings_write.weights(source, first)
        self._weight_before = np.cumsum(weight)
        self._fields: dict[str, FieldLines] = {}
        self._df: list[Ints] = []

    def ranges(self, occurrences: int) -> Iterator[TermRange]:
        """Yield ranges of terms whose occurrences and postings sum to about `occurrences`."""
        total, count = self._weight_before, len(self._names)
        start = 0
        while start < count:
            end = max(int(np.searchsorted(total, total[start] + occurrences, "right")) - 1, start + 1)
            yield TermRange(self, start, min(end, count))
            start = end

    def finish(self) -> Dictionary:
        """Return the terms of all ranges that were added."""
        for content in self._fields.values():
            order = sorted(range(len(content.spellings)), key=content.spellings.__getitem__)  # equal ones by term
            content.spellings = [content.spellings[i] for i in order]
            content.spelled = [content.spelled[i] for i in order]
        return Dictionary(self._fields, joined(self._df, np.zeros(0, "i8")))


class TermRange:
    """Consecutive terms of a merge; `count` of them."""

    def __init__(self, merge: TermsMerge, start: int, end: int) -> None:
        """Take the terms from `start` to `end` of a merge."""
        self._merge = merge
        self._start, self._end = start, end
        self.count = end - start
        self._spellings = _Spellings()

    def slices(self) -> Iterator[TermSlice]:
        """Yield, for each segment, which of the terms it has, and their spellings."""
        merge = self._merge
        for index, mine in enumerate(merge._terms):
            low, high = np.searchsorted(mine, (self._start, self._end)).tolist()
            yield TermSlice(
                mine[low:high] - self._start, merge._first[index][low : high + 1], *self._table(index, low, high)
            )

    def _table(self, index: int, low: int, high: int) -> tuple[Ints, Ints]:
        """Return spellings and begins of a TermSlice."""
        table: list[int] = []
        begins = []
        merge, spellings = self._merge, self._spellings
        mine, known = merge._terms[index][low:high], spellings.of_lines
        rows = zip(merge._lines[index][low:high], mine.tolist(), merge._shared[mine].tolist(), strict=True)
        for line, term, shared in rows:
            begins.append(len(table))
            numbers = known.get(line) if shared else None
            if numbers is None:
                name, *short = line.split("\t")
                key = name[1:]
                forms = [lengthen(key, form) for form in short] if short else [key]
                numbers = spellings.numbers(term - self._start, forms, shared=shared)
                if shared:  # segments mostly have the same line
                    known[line] = numbers
            table += numbers
        return np.array(table, "i8"), np.array(begins, "i8")

    def add(self, terms: Ints, spelled: Ints) -> Ints:
        """Add the terms to the merge; return the form code of each spelling.

        Args:
            terms: of each posting, its term in the range. spelled: of each occurrence, its spelling.
        """
        merge, texts = self._merge, self._spellings.texts
        names, term_of = merge._names[self._start : self._end], np.array(self._spellings.term_of, "u4")
        order = sort_spellings(names, term_of, np.bincount(spelled, minlength=len(texts)))
        folds = [analysis.fold(text) for text in texts]
        for name, content in field_lines(order, names, term_of, texts, folds).items():
            held = merge._fields.setdefault(name, FieldLines())
            base = len(held.lines)
            held.lines += content.lines
            held.spellings += content.spellings
            held.spelled += [number + base for number in content.spelled]
        merge._df.append(np.bincount(order.rank[terms], minlength=len(order.terms)))
        return order.form


def _named_lines(segment: Segment) -> list[str]:
    """Return all lines of a dictionary, each after the mark of its field, in the order of the terms."""
    dictionaries = [(mark(name), segment.field_terms(name)) for name in segment.fields]
    return [sign + line for sign, found in dictionaries if found for line in found.all_lines()]
