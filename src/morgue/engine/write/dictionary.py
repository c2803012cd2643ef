"""From spellings and how often each occurs to a segment's dictionary: terms in order, form codes, folded spellings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.files.terms import shorten
from morgue.engine.write.tables import Array, FieldLines
from morgue.index.document import FIELDS

FieldsOf = dict[str, FieldLines]
_FIRST_MARK = ord("0")


def mark(field: str) -> str:
    """Return the character that stands for a field before a key; they sort in the order of FIELDS."""
    return chr(_FIRST_MARK + FIELDS.index(field))


class Order(NamedTuple):
    """The spellings and terms that occur, in the order of the dictionary.

    Attributes:
        terms: numbers of the terms. rank: per term number, its place among them.
        spellings: numbers of the spellings, by term and form code. form: per spelling number, its form code.
    """

    terms: list[int]
    rank: Array
    spellings: Array
    form: Array


def order(names: Sequence[str], term_of: Array, often: Array) -> Order:
    """Put spellings in order.

    Args:
        names: per term, its field's `mark` and the key.
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


def lines(order: Order, names: Sequence[str], term_of: Array, texts: Sequence[str], folds: Sequence[str]) -> FieldsOf:
    """Return the dictionary of each field that has terms.

    Args:
        order: from `order`. names, term_of: as given to it.
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
    found: FieldsOf = {}
    first = begin = 0
    for field in FIELDS:
        last = bisect_left(marked, chr(ord(mark(field)) + 1), first)
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
        found[field] = FieldLines(made, *_spelled(folded[start:begin], (places[start:begin] - first).tolist()))
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
