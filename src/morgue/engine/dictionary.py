"""From spellings and how often each occurs to a segment's dictionary: terms in order, form codes, folded spellings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.document import FIELDS
from morgue.engine.tables import Array, FieldLines
from morgue.engine.terms import shorten

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
    terms = sorted(np.unique(term_of[used]).tolist(), key=names.__getitem__)
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
    found: FieldsOf = {}
    pairs: dict[str, list[tuple[str, int]]] = {}
    spellings = order.spellings.tolist()
    counts = np.bincount(order.rank[term_of[order.spellings]], minlength=len(order.terms)).tolist()
    begin = 0
    for term, count in zip(order.terms, counts, strict=True):
        name = names[term]
        field, key = FIELDS[ord(name[0]) - _FIRST_MARK], name[1:]
        content = found.get(field)
        if content is None:
            content, pairs[field] = found.setdefault(field, FieldLines([], [], ())), []
            spelled = pairs[field]
        number = len(content.lines)
        if count == 1 and texts[spellings[begin]] == key:
            content.lines.append(key)
            spelled.append((folds[spellings[begin]], number))
        else:
            mine = spellings[begin : begin + count]
            content.lines.append("\t".join((key, *[shorten(key, texts[spelling]) for spelling in mine])))
            spelled += [(fold, number) for fold in {folds[spelling] for spelling in mine}]
        begin += count
    for field, content in found.items():
        ordered = sorted(pairs[field])
        content.spellings = [text for text, _ in ordered]
        content.spelled = [number for _, number in ordered]
    return found
