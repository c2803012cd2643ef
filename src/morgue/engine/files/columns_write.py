"""Writing and merging of what columns.py reads: number columns and value columns."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from morgue.engine.files import columns
from morgue.engine.files.arraytools import Ints, sizes, smallest, starts_of
from morgue.engine.files.columns import HIGHEST_NUMBER, LOWEST_NUMBER, NumberMeta, ValueColumn, ValueMeta, folded
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.merge_source import MergeSource

_ORDERED = ("u2", "u4")  # types of raw values whose order is kept: dates and counts


class Numbers(NamedTuple):
    """A number column: documents that have a value, ascending, and the value of each (`i8`)."""

    docs: Ints
    values: Ints


class Values(NamedTuple):
    """A value column: its display texts in order of their folded form; documents, ascending, and a text of each."""

    texts: list[str]
    docs: Ints
    ordinals: Ints


class ValueCollector:
    """Collects a value column, document by document.

    Attributes:
        known: text as written -> its number. pairs: document, number of a value; and so on.
    """

    def __init__(self, column: str) -> None:
        """Begin the column of that name."""
        self.known: dict[str, int] = {}
        self.pairs = array("I")
        self._column = column
        self._numbers: dict[str, int] = {}  # folded -> number
        self._texts: list[str] = []

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(folded(self._column, text), len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        self.known[text] = number
        return number

    def add(self, doc: int, values: Sequence[str]) -> None:
        """Add the values of document number `doc`, which must not be below an earlier one."""
        known = self.known
        for number in dict.fromkeys([known[text] if text in known else self._number(text) for text in values]):
            self.pairs.extend((doc, number))

    def values(self) -> Values:
        """Return the column."""
        order = sorted(self._numbers)  # by code point, as ValueColumn.find expects
        rank = np.zeros(len(order), "u4")
        rank[[self._numbers[key] for key in order]] = np.arange(len(order), dtype="u4")
        docs, found = np.array(self.pairs).reshape(-1, 2).T
        return Values([self._texts[self._numbers[key]] for key in order], docs, rank[found])


def write_numbers(out: ContainerWriter, name: str, column: Numbers, count: int) -> NumberMeta:
    """Write the number column `name` of `count` documents to `out`; return its entry in the table of contents."""
    docs = column.docs
    values = np.clip(column.values.astype("i8"), LOWEST_NUMBER, HIGHEST_NUMBER)
    low, high = int(values.min()), int(values.max())
    top = high - low + (len(docs) < count)
    kind = next(k for k in ("u1", "u2", "u4", "u8") if top <= np.iinfo(k).max)
    missing = int(np.iinfo(kind).max) if len(docs) < count else -1
    raw = np.full(count, max(missing, 0), kind)
    # Differences of 64-bit numbers are right modulo 2**64.
    raw[docs] = (values.view("u8") - np.array(low, "i8").view("u8")).astype(kind)
    out.add_array(columns.RAW.format(name), raw)
    if kind in _ORDERED:
        out.add_array(columns.ORDER.format(name), docs[np.argsort(values, kind="stable")].astype("u2"))
    return {"base": low, "missing": missing, "min": low, "max": high}


def merge_numbers(sources: Sequence[MergeSource]) -> dict[str, Numbers]:
    """Return the number columns that a live document uses."""
    found = {}
    for name in sorted({name for source in sources for name in source.segment.numbers}):
        docs, values = [], []
        for source in sources:
            column = source.segment.numbers.get(name)
            if column is None:
                continue
            raw = np.asarray(column.raw)
            kept = source.live if column.missing < 0 else source.live & (raw != column.missing)
            docs.append(source.target[kept])
            # Modulo 2**64: a base and a raw value may each need all 64 bits.
            values.append((raw[kept].astype("u8") + np.array(column.base, "i8").view("u8")).view("i8"))
        merged = Numbers(np.concatenate(docs), np.concatenate(values))
        if len(merged.docs):
            found[name] = merged
    return found


def write_values(out: ContainerWriter, name: str, column: Values, count: int) -> ValueMeta:
    """Write the value column `name` of `count` documents to `out`; return its entry in the table of contents."""
    texts = [text.encode("utf-8", "surrogatepass") for text in column.texts]
    out.add(columns.TEXT.format(name), b"".join(texts))
    out.add_array(columns.AT.format(name), starts_of(sizes(texts)).astype("u4"))
    docs, ordinals = column.docs, column.ordinals
    order = np.argsort(ordinals, kind="stable")
    out.add_array(columns.DOCS.format(name), docs[order].astype("u2"))
    firsts = starts_of(np.bincount(ordinals, minlength=len(texts)))
    out.add_array(columns.FIRST.format(name), firsts.astype("u4"))
    per_doc = np.bincount(docs, minlength=count)
    single = int(per_doc.max()) <= 1
    if single:
        of = np.zeros(count, "u4")
        of[docs] = ordinals + 1
        out.add_array(columns.OF.format(name), smallest(of))
    else:
        out.add_array(columns.OF.format(name), smallest(ordinals))
        out.add_array(columns.OF_AT.format(name), starts_of(per_doc).astype("u4"))
    return {"count": len(texts), "single": single}


def merge_values(sources: Sequence[MergeSource]) -> dict[str, Values]:
    """Return the value columns that a live document uses."""
    names = sorted({name for source in sources for name in source.segment.values})
    merged = {name: _merged_values(name, sources) for name in names}
    return {name: column for name, column in merged.items() if len(column.docs)}


def _merged_values(name: str, sources: Sequence[MergeSource]) -> Values:
    numbers: dict[str, int] = {}
    texts: list[str] = []
    docs: list[Ints] = [np.zeros(0, "i8")]
    ordinals: list[Ints] = [np.zeros(0, "i8")]
    for source in sources:
        column = source.segment.values.get(name)
        if column is None:
            continue
        mine = []
        for text, _ in column.values():
            number = numbers.setdefault(folded(name, text), len(texts))
            if number == len(texts):
                texts.append(text)
            mine.append(number)
        owners, of = _pairs(column)
        kept = source.live[owners]
        docs.append(source.target[owners[kept]])
        ordinals.append(np.array(mine, "i8")[of[kept]])
    found = np.concatenate(ordinals)
    used = np.bincount(found, minlength=len(texts)) > 0
    keys = sorted(key for key, number in numbers.items() if used[number])
    rank = np.zeros(len(texts), "i8")
    rank[[numbers[key] for key in keys]] = np.arange(len(keys))
    return Values([texts[numbers[key]] for key in keys], np.concatenate(docs), rank[found])


def _pairs(column: ValueColumn) -> tuple[Ints, Ints]:
    """Return the document and the number of each value that a document has."""
    of = np.asarray(column.ordinals)
    if column.single:
        owners = np.flatnonzero(of)
        return owners, of[owners].astype("i8") - 1
    per_doc = np.diff(np.asarray(column.of_at))
    return np.repeat(np.arange(len(per_doc)), per_doc), of
