"""A segment as arrays in memory, and how it is written: what inverting a batch and merging segments both end in."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from morgue.engine.files.columns import HIGHEST, LOWEST, ORDERED, folded
from morgue.engine.files.container import ContainerWriter
from morgue.engine.files.durable import explained, whole
from morgue.engine.files.postings import LONG_BITS, MANY, RUN, SHORT_BITS
from morgue.engine.files.segment import id_bytes
from morgue.engine.files.stored import Stored
from morgue.engine.files.terms import STRIDE
from morgue.engine.files.zones import CODES, ESCAPE, TRIPLES

Array: TypeAlias = NDArray[Any]

SLICE = 1 << 20  # occurrences packed at a time
FAR_SHARE = 6  # when more than one occurrence in six does not fit two bytes, all get four

_TRIPLES = np.array(TRIPLES, "u4")
_SPAN = tuple(max(triple[zone] for triple in TRIPLES) + 1 for zone in range(3))


def _code_cube() -> Array:
    cube = np.full(_SPAN, ESCAPE, "u1")
    for (headline, lead, rest), code in CODES.items():
        cube[headline, lead, rest] = code
    return cube


_CUBE = _code_cube()


def smallest(values: Array, least: str = "u1") -> Array:
    """Return the array in the narrowest of `u1`, `u2`, `u4`, `u8` (from `least` on) that holds its values."""
    top = int(values.max()) if len(values) else 0
    for kind in ("u1", "u2", "u4", "u8"):
        if np.dtype(kind).itemsize >= np.dtype(least).itemsize and top <= np.iinfo(kind).max:
            return values.astype(kind, copy=False)
    raise OverflowError(top)


def encode_counts(counts: Array) -> tuple[Array, Array]:
    """Return the code of each row (headline, lead, rest), and the indices of those that need the escape."""
    headline, lead, rest = counts.T
    small: Array = (headline < _SPAN[0]) & (lead < _SPAN[1]) & (rest < _SPAN[2])
    codes: Array = _CUBE.ravel()[np.where(small, (headline * _SPAN[1] + lead) * _SPAN[2] + rest, 0)]
    codes[~small] = ESCAPE
    return codes, np.flatnonzero(codes == ESCAPE)


def starts_of(counts: Array) -> Array:
    """Return where each of several runs begins when they stand one after the other, and the end."""
    at = np.zeros(len(counts) + 1, "i8")
    np.cumsum(counts, out=at[1:])
    return at


@dataclass
class Values:
    """A value column: `texts` in order of their folded form; `docs` (ascending) and `ordinals`, in step."""

    texts: list[str]
    docs: Array
    ordinals: Array


@dataclass
class FieldLines:
    """The dictionary of a field: its lines (terms.py), and its folded spellings with the term of each."""

    lines: list[str]
    spellings: list[str]
    spelled: Sequence[int]


@dataclass
class Tables:
    """What a segment is written from. Documents, terms, postings and occurrences are in the order of the file."""

    ids: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)  # whose stemmers were used; "" is told as "en"
    stored: Stored = field(default_factory=lambda: Stored((), (), ()))
    zones: tuple[Any, Any, Any] = ((), (), ())
    lengths: dict[str, Array] = field(default_factory=dict)
    sentence_counts: Any = ()  # per document
    sentence_words: Any = ()
    sentence_steps: Any = ()
    numbers: dict[str, tuple[Array, Array]] = field(default_factory=dict)  # documents, values
    values: dict[str, Values] = field(default_factory=dict)
    fields: dict[str, FieldLines] = field(default_factory=dict)
    df: Any = ()  # per term
    docs: Any = ()  # per posting
    codes: Any = ()
    escapes: Any = ()  # numbers of postings
    escaped: Any = ()  # their counts, a row each
    totals: Any = ()  # occurrences per posting
    positions: Any = ()
    forms: Any = ()


def write(tables: Tables, out: ContainerWriter) -> None:
    """Write a segment."""
    count = len(tables.ids)
    meta: dict[str, Any] = {"docs": count, "zone_totals": [int(np.sum(zone)) for zone in tables.zones]}
    _write_documents(tables, out)
    meta["languages"] = sorted(language or "en" for language in tables.languages)
    meta["lengths"] = {name: int(lengths.sum()) for name, lengths in tables.lengths.items()}
    meta["numbers"] = {name: _write_number(out, name, *pair, count) for name, pair in sorted(tables.numbers.items())}
    meta["values"] = {name: _write_values(out, name, column, count) for name, column in sorted(tables.values.items())}
    meta["fields"] = _write_terms(tables, out)
    meta["postings"], meta["occurrences"] = len(tables.docs), len(tables.positions)
    _write_postings(tables, out)
    out.finish(meta)


def write_file(path: Path, tables: Tables) -> ContainerWriter:
    """Write a segment to a file, synced and whole; return what tells its size and checksum.

    Raises:
        IndexProblem: it cannot be written; nothing is left behind.
    """
    with explained(path.parent), whole(path) as file:
        out = ContainerWriter(file)
        write(tables, out)
    return out


def write_texts(out: ContainerWriter, name: str, texts: Iterable[bytes]) -> None:
    """Write texts one after the other as `name.text`, and where each begins as `name.at`."""
    parts = list(texts)
    out.add(f"{name}.text", b"".join(parts))
    out.add_array(f"{name}.at", starts_of(np.fromiter(map(len, parts), "i8", len(parts))).astype("u4"))


def _write_documents(tables: Tables, out: ContainerWriter) -> None:
    names = [id_bytes(id) for id in tables.ids]
    write_texts(out, "id", names)
    hashes = np.fromiter(map(zlib.crc32, names), "u4", len(names))
    order = np.argsort(hashes, kind="stable")
    out.add_array("id.hash", hashes[order])
    out.add_array("id.doc", order.astype("u2"))
    _write_stored(tables.stored, out)
    for zone, lengths in zip(("headline", "lead", "rest"), tables.zones, strict=True):
        out.add_array(f"zone.{zone}", smallest(np.asarray(lengths)))
    for name, lengths in tables.lengths.items():
        out.add_array(f"length.{name}", smallest(lengths))
    out.add_array("sentence.at", starts_of(np.asarray(tables.sentence_counts, "i8")).astype("u4"))
    out.add_array("sentence.words", smallest(np.asarray(tables.sentence_words)))
    out.add_array("sentence.step", smallest(np.asarray(tables.sentence_steps), "u2"))


def _write_stored(stored: Stored, out: ContainerWriter) -> None:
    groups = stored.groups
    out.add("stored.data", b"".join([group.data for group in groups]))
    out.add_array("stored.at", smallest(starts_of(np.array([len(group.data) for group in groups], "i8")), "u4"))
    out.add_array("stored.first", np.array([group.first for group in groups], "u2"))
    out.add_array("stored.size", smallest(np.array(stored.sizes, "u4"), "u2"))
    out.add_array("stored.check", np.array(stored.checks, "u4"))
    uses = [number for number in range(len(groups)) if not number or groups[number][1] != groups[number - 1][1]]
    dictionaries = [groups[number].dictionary for number in uses]
    text = b"".join(dictionaries)
    out.add("stored.dict", text)
    out.add_array("stored.dict_at", starts_of(np.array(list(map(len, dictionaries)), "i8")).astype("u4"))
    out.add_array("stored.dict_first", np.array(uses, "u2"))
    out.add("stored.spare", zlib.compress(text, 9))


def _write_number(out: ContainerWriter, name: str, docs: Array, values: Array, count: int) -> dict[str, Any]:
    values = np.clip(values.astype("i8"), LOWEST, HIGHEST)
    low, high = int(values.min()), int(values.max())
    top = high - low + (len(docs) < count)
    kind = next(k for k in ("u1", "u2", "u4", "u8") if top <= np.iinfo(k).max)
    missing = int(np.iinfo(kind).max) if len(docs) < count else -1
    raw = np.full(count, max(missing, 0), kind)
    # Differences of 64-bit numbers are right modulo 2**64.
    raw[docs] = (values.view("u8") - np.array(low, "i8").view("u8")).astype(kind)
    out.add_array(f"number.{name}.raw", raw)
    if kind in ORDERED:
        out.add_array(f"number.{name}.order", docs[np.argsort(values, kind="stable")].astype("u2"))
    return {"base": low, "missing": missing, "min": low, "max": high}


def _write_values(out: ContainerWriter, name: str, column: Values, count: int) -> dict[str, Any]:
    prefix = f"value.{name}"
    write_texts(out, prefix, (text.encode("utf-8", "surrogatepass") for text in column.texts))
    docs, ordinals = column.docs, column.ordinals
    order = np.argsort(ordinals, kind="stable")
    out.add_array(f"{prefix}.docs", docs[order].astype("u2"))
    out.add_array(f"{prefix}.first", starts_of(np.bincount(ordinals, minlength=len(column.texts))).astype("u4"))
    per_doc = np.bincount(docs, minlength=count)
    single = int(per_doc.max()) <= 1
    if single:
        of = np.zeros(count, "u4")
        of[docs] = ordinals + 1
        out.add_array(f"{prefix}.of", smallest(of))
    else:
        out.add_array(f"{prefix}.of", smallest(ordinals))
        out.add_array(f"{prefix}.of_at", starts_of(per_doc).astype("u4"))
    return {"count": len(column.texts), "single": single}


def _write_terms(tables: Tables, out: ContainerWriter) -> dict[str, list[int]]:
    about, base = {}, 0
    for name, content in tables.fields.items():
        data = [f"{line}\n".encode("utf-8", "surrogatepass") for line in content.lines]
        at = starts_of(np.fromiter(map(len, data), "i8", len(data)))[:-1:STRIDE]
        out.add(f"term.{name}.text", b"".join(data))
        out.add_array(f"term.{name}.at", at.astype("u4"))
        spelled = "".join(f"{text}\n" for text in content.spellings)
        spelled_bytes = spelled.encode("utf-8", "surrogatepass")
        out.add(f"spell.{name}.text", zlib.compress(spelled_bytes, 4))
        out.add_array(f"spell.{name}.term", smallest(np.asarray(content.spelled, "u4"), "u2"))
        about[name] = [base, len(data), len(spelled_bytes)]
        base += len(data)
    out.add_array("term.first", starts_of(np.asarray(tables.df, "i8")).astype("u4"))
    return about


def _write_postings(tables: Tables, out: ContainerWriter) -> None:
    docs, codes, totals = tables.docs, tables.codes, np.asarray(tables.totals, "i8")
    out.add_array("post.docs", np.asarray(docs, "u2"))
    out.add_array("post.codes", np.asarray(codes, "u1"))
    out.add_array("post.escape", np.asarray(tables.escapes, "u4"))
    escaped = np.asarray(tables.escaped, "u4").reshape(-1, 3)
    out.add_array("post.counts", escaped.ravel())
    runs = np.arange(0, len(docs), RUN)
    sums = np.add.reduceat(totals, runs) if len(runs) else totals
    out.add_array("post.at", starts_of(sums).astype("u4"))
    _write_places(np.asarray(tables.positions), np.asarray(tables.forms), out)
    _write_bounds(tables, escaped, runs, out)


def _write_places(positions: Array, forms: Array, out: ContainerWriter) -> None:
    bits, kind = SHORT_BITS, "u2"
    far = _far(positions, forms, bits, 4)
    if len(far) * FAR_SHARE > len(positions):
        bits, kind = LONG_BITS, "u4"
        far = _far(positions, forms, bits, 8)
    places = np.empty(len(positions), kind)
    for start in range(0, len(places), SLICE):
        part = slice(start, start + SLICE)
        places[part] = forms[part].astype("u4") << bits | positions[part]  # what does not fit is set next
    places[far] = np.iinfo(kind).max
    out.add_array("post.places", places)
    out.add_array("post.far", far.astype("u4"))
    out.add_array("post.far_position", positions[far].astype("u4"))
    out.add_array("post.far_form", forms[far].astype("u4"))


def _far(positions: Array, forms: Array, bits: int, form_bits: int) -> Array:
    return np.flatnonzero((positions >= (1 << bits) - 1) | (forms >= (1 << form_bits) - 1))


def _write_bounds(tables: Tables, escaped: Array, runs: Array, out: ContainerWriter) -> None:
    most, least = np.zeros((len(runs), 3), "u1"), np.zeros((len(runs), 3), "u2")
    for zone in range(3 if len(runs) else 0):
        counts = _TRIPLES[:, zone][tables.codes]
        counts[tables.escapes] = escaped[:, zone]
        most[:, zone] = np.minimum(np.maximum.reduceat(counts, runs), MANY)
        lengths = np.minimum(np.asarray(tables.zones[zone], "u4"), 0xFFFF)[tables.docs]
        least[:, zone] = np.minimum.reduceat(lengths, runs)
    out.add_array("post.most", most.ravel())
    out.add_array("post.least", least.ravel())


class ValueList:
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
        """Add the values of a document, whose number must not be below any before."""
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
