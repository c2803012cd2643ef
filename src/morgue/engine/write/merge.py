"""Joining segments: which, and how. Nothing is analysed again; arrays are shifted, picked and put in a new order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from morgue import analysis
from morgue.engine.files.columns import folded
from morgue.engine.files.postings import RUN
from morgue.engine.files.segment import MAX_DOCS, Segment
from morgue.engine.files.stored import GROUP, Group, Packer, dictionary_size, sample
from morgue.engine.files.terms import STRIDE, lengthen
from morgue.engine.files.zones import ESCAPE, TOTALS
from morgue.engine.write import dictionary
from morgue.engine.write.batch import MOST_OCCURRENCES
from morgue.engine.write.radix import stable_order
from morgue.engine.write.tables import Array, FieldLines, Tables, Values, smallest, starts_of
from morgue.index.document import FIELDS

FACTOR = 4  # segments of a like size that become one
SMALLEST = 64  # documents; segments below FACTOR times this count as alike
CHUNK = 1 << 20  # occurrences handled at a time
_FEWER = 4  # a dictionary so many times as large as another does not pay for compressing once more
_TOTALS = np.frombuffer(TOTALS, "u1")


class Shape(NamedTuple):
    """What the choice of segments to merge goes by: documents, live ones, occurrences."""

    docs: int
    live: int
    occurrences: int

    @classmethod
    def of(cls, segment: Segment) -> Shape:
        """Return a segment's."""
        return cls(segment.doc_count, segment.live_count, int(segment.container.meta["occurrences"]))

    @property
    def half_full(self) -> bool:
        """Whether it has half of what a segment may hold, and is left alone."""
        return 2 * self.live > MAX_DOCS or 2 * self.occurrences > MOST_OCCURRENCES


def _tier(live: int) -> int:
    tier, bound = 0, SMALLEST * FACTOR
    while live >= bound:
        tier, bound = tier + 1, bound * FACTOR
    return tier


def plan(shapes: Sequence[Shape], *, everything: bool = False) -> list[list[int]]:
    """Return groups of indices to merge, each into one segment.

    FACTOR segments of a like size become one, so that a document is rewritten a few times in its life and the segments
    grow in number with the logarithm of the documents (once they are full, with the documents). A segment of which two
    documents in five are deleted is rewritten alone.

    Args:
        shapes: of the segments. everything: merge all that fits, and rewrite whatever has deletions.
    """
    if everything:
        groups = list(_packed(shapes, range(len(shapes))))
        return [group for group in groups if len(group) > 1 or shapes[group[0]].live < shapes[group[0]].docs]
    groups, taken = [], set()
    tiers: dict[int, list[int]] = defaultdict(list)
    for index, shape in enumerate(shapes):
        if not shape.half_full:
            tiers[_tier(shape.live)].append(index)
    for members in tiers.values():
        if len(members) < FACTOR:
            continue
        packed = list(_packed(shapes, members))
        # What is left over when one is full waits for more, rather than being rewritten twice.
        for group in packed[:-1] or packed:
            if len(group) > 1:
                groups.append(group)
                taken.update(group)
    for index, shape in enumerate(shapes):
        if index not in taken and shape.live * 5 <= shape.docs * 3:
            groups.append([index])
    return groups


def _packed(shapes: Sequence[Shape], members: Sequence[int]) -> Iterator[list[int]]:
    """Yield the members in groups that fit into one segment each."""
    group: list[int] = []
    docs = occurrences = 0
    for index in members:
        shape = shapes[index]
        if group and (docs + shape.live > MAX_DOCS or occurrences + shape.occurrences > MOST_OCCURRENCES):
            yield group
            group, docs, occurrences = [], 0, 0
        group.append(index)
        docs += shape.live
        occurrences += shape.occurrences
    if group:
        yield group


class Source:
    """A segment as arrays, and where its live documents go."""

    def __init__(self, segment: Segment, base: int) -> None:
        """`base`: the number that its first live document gets."""
        self.segment = segment
        self.base = base
        count = segment.doc_count
        deleted = np.frombuffer(segment.deleted, "u1") if segment.deleted else np.zeros(count, "u1")
        self.live = deleted == 0
        self.target = np.cumsum(self.live) - 1 + base  # of a deleted document: meaningless
        self.whole = bool(self.live.all())

    def array(self, name: str) -> Array:
        """Return a section of the file."""
        return np.asarray(self.segment.container.section(name))

    def has(self, name: str) -> bool:
        """Return whether the file has a section."""
        return name in self.segment.container.sections


def merge(segments: Sequence[Segment]) -> Tables:
    """Return the live documents of several segments as one, in order."""
    sources, base = [], 0
    for segment in segments:
        sources.append(Source(segment, base))
        base += segment.live_count
    tables = Tables()
    for source in sources:
        ids = source.segment.all_ids()
        tables.ids += ids if source.whole else [ids[doc] for doc in np.flatnonzero(source.live).tolist()]
    _records(tables, sources)
    _lengths(tables, sources)
    _columns(tables, sources)
    _Postings(sources).fill(tables)
    return tables


def _records(tables: Tables, sources: Sequence[Source]) -> None:
    """Take over compressed groups as they are where they are whole and have a dictionary; repack the rest."""
    sizes = [source.array("stored.size") for source in sources]
    total = sum(int(mine[source.live].sum()) for mine, source in zip(sizes, sources, strict=True))
    groups = [source.segment.groups() for source in sources]
    dictionary = _dictionary(sources, groups, dictionary_size(total))
    packer = Packer(dictionary)
    for source, mine, known in zip(sources, sizes, groups, strict=True):
        if known:
            _take_over(packer, source, mine, known, len(dictionary) // _FEWER)
        else:
            _repack(packer, source, 0, len(mine))
    tables.stored = packer.finish()


def _take_over(packer: Packer, source: Source, sizes: Array, groups: Sequence[Group], least: int) -> None:
    """`least`: bytes of a dictionary that is good enough."""
    firsts = [group.first for group in groups]
    checks = source.array("stored.check")
    filled = np.add.reduceat(sizes, firsts, dtype="i8") * 2 >= GROUP
    whole = np.logical_and.reduceat(source.live, firsts) & filled
    for group, end, as_it_is in zip(groups, [*firsts[1:], len(sizes)], whole.tolist(), strict=True):
        if as_it_is and len(group.dictionary) >= least:
            packer.copy(group, sizes[group.first : end].tolist(), checks[group.first : end].tolist())
        else:
            _repack(packer, source, group.first, end)


def _repack(packer: Packer, source: Source, start: int, end: int) -> None:
    for doc in (np.flatnonzero(source.live[start:end]) + start).tolist():
        packer.add(source.segment.stored(doc))


def _dictionary(sources: Sequence[Source], groups: Sequence[Sequence[Group]], size: int) -> bytes:
    """Return a dictionary of about `size` bytes: one that there is, or a new one for small segments grown together."""
    known = {group.dictionary for mine in groups for group in mine}
    largest = max(sorted(known), key=len, default=b"")
    if _FEWER * len(largest) >= size:
        return largest
    docs = [(source, doc) for source in sources for doc in np.flatnonzero(source.live).tolist()]
    return sample(len(docs), size, lambda number: docs[number][0].segment.stored(docs[number][1]))


def _lengths(tables: Tables, sources: Sequence[Source]) -> None:
    def joined(name: str) -> Array:
        return np.concatenate(
            [s.array(name)[s.live] if s.has(name) else np.zeros(int(s.live.sum()), "u1") for s in sources]
        )

    tables.zones = (joined("zone.headline"), joined("zone.lead"), joined("zone.rest"))
    tables.languages = {language for s in sources for language in s.segment.languages}
    names = {name for s in sources for name in s.segment.container.meta["lengths"]}
    tables.lengths = {name: joined(f"length.{name}") for name in FIELDS if name in names}
    counts, words, steps = [], [], []
    for source in sources:
        per_doc = np.diff(source.array("sentence.at"))
        kept = np.repeat(source.live, per_doc)
        counts.append(per_doc[source.live])
        words.append(source.array("sentence.words")[kept])
        steps.append(source.array("sentence.step")[kept])
    tables.sentence_counts = np.concatenate(counts)
    tables.sentence_words, tables.sentence_steps = np.concatenate(words), np.concatenate(steps)


def _columns(tables: Tables, sources: Sequence[Source]) -> None:
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
        joined = np.concatenate(docs)
        if len(joined):
            tables.numbers[name] = (joined, np.concatenate(values))
    for name in sorted({name for source in sources for name in source.segment.values}):
        values_of = _values(name, sources)
        if len(values_of.docs):
            tables.values[name] = values_of


def _values(name: str, sources: Sequence[Source]) -> Values:
    numbers: dict[str, int] = {}
    texts: list[str] = []
    docs, ordinals = [np.zeros(0, "i8")], [np.zeros(0, "i8")]
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
        owners, of = _pairs(source, name, column.single)
        kept = source.live[owners]
        docs.append(source.target[owners[kept]])
        ordinals.append(np.array(mine, "i8")[of[kept]])
    found = np.concatenate(ordinals)
    used = np.bincount(found, minlength=len(texts)) > 0
    keys = sorted(key for key, number in numbers.items() if used[number])
    rank = np.zeros(len(texts), "i8")
    rank[[numbers[key] for key in keys]] = np.arange(len(keys))
    return Values([texts[numbers[key]] for key in keys], np.concatenate(docs), rank[found])


def _pairs(source: Source, name: str, single: bool) -> tuple[Array, Array]:
    of = source.array(f"value.{name}.of")
    if single:
        owners = np.flatnonzero(of)
        return owners, of[owners].astype("i8") - 1
    per_doc = np.diff(source.array(f"value.{name}.of_at"))
    return np.repeat(np.arange(len(per_doc)), per_doc), of


@dataclass
class _Piece:
    """Some terms' postings out of one segment, already renumbered: see _Postings._read."""

    terms: Array
    docs: Array
    codes: Array
    escaped: Array
    totals: Array
    spellings: Array
    positions: Array


@dataclass
class _Spellings:
    """The spellings of some terms, over all segments."""

    names: list[str]
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


class _Postings:
    """Merges dictionaries and postings, some terms at a time, so that memory stays bounded."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._lines = [self._all_lines(source.segment) for source in sources]
        known: dict[str, int] = {}
        number = known.setdefault
        seen = [[number(line.partition("\t")[0], len(known)) for line in lines] for lines in self._lines]
        names = list(known)
        order = sorted(range(len(names)), key=names.__getitem__)
        self._names = [names[i] for i in order]
        rank = np.zeros(len(names), "i8")
        rank[order] = np.arange(len(names))
        self._terms = [rank[np.array(mine, "i8")] for mine in seen]
        self._first = [source.array("term.first").astype("i8") for source in sources]
        # Whether a term is in several segments.
        self._shared = np.bincount(np.concatenate(self._terms), minlength=len(self._names)) > 1

    def _all_lines(self, segment: Segment) -> list[str]:
        """Return all lines of the dictionary, each after the character of its field, in the order of the terms."""
        found = []
        for name in segment.fields:
            terms = segment.field_terms(name)
            mark = dictionary.mark(name)
            blocks = range((terms.count + STRIDE - 1) // STRIDE) if terms else ()
            found += [mark + line for block in blocks for line in terms.lines(block)]  # type: ignore[union-attr]
        return found

    def _chunks(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of terms that have about CHUNK occurrences together."""
        weight = np.zeros(len(self._names) + 1, "i8")
        for source, terms, first in zip(self._sources, self._terms, self._first, strict=True):
            # By the runs of 128 postings: exact enough, and cheap.
            at = source.array("post.at").astype("i8")
            begins = at[np.minimum(first // RUN, len(at) - 1)]
            weight[terms + 1] += np.diff(begins) + np.diff(first)
        total = np.cumsum(weight)
        start = 0
        while start < len(self._names):
            end = max(int(np.searchsorted(total, total[start] + CHUNK, "right")) - 1, start + 1)
            yield start, min(end, len(self._names))
            start = end

    def fill(self, tables: Tables) -> None:
        """Set everything of the tables that is about terms."""
        parts: dict[str, list[Any]] = defaultdict(list)
        postings = 0
        for start, end in self._chunks():
            postings += self._fill(tables, parts, start, end, postings)
        _sort_spellings(tables.fields)
        for name in ("df", "docs", "codes", "escapes", "totals", "positions", "forms"):
            setattr(tables, name, np.concatenate(parts[name]) if parts[name] else np.zeros(0, "u4"))
        tables.escaped = np.concatenate(parts["escaped"]) if parts["escaped"] else np.zeros((0, 3), "u4")

    def _fill(self, tables: Tables, parts: dict[str, list[Any]], start: int, end: int, before: int) -> int:
        spellings = _Spellings(self._names[start:end])
        pieces = [self._read(i, start, end, spellings) for i in range(len(self._sources))]
        joined = _Piece(*(np.concatenate([getattr(p, name) for p in pieces]) for name in _Piece.__annotations__))
        if not len(joined.docs):
            return 0
        term_of = np.array(spellings.term_of, "u4")
        order = dictionary.order(
            spellings.names, term_of, np.bincount(joined.spellings, minlength=len(spellings.texts))
        )
        folds = [analysis.fold(text) for text in spellings.texts]
        _extend(tables.fields, dictionary.lines(order, spellings.names, term_of, spellings.texts, folds))
        by_term = stable_order(joined.terms, end - start)
        parts["df"].append(np.bincount(order.rank[joined.terms], minlength=len(order.terms)))
        parts["docs"].append(joined.docs[by_term].astype("u2"))
        codes = joined.codes[by_term]
        parts["codes"].append(codes)
        parts["escapes"].append(np.flatnonzero(codes == ESCAPE) + before)
        rows = np.cumsum(joined.codes == ESCAPE) - 1
        parts["escaped"].append(joined.escaped[rows[by_term][codes == ESCAPE]])
        totals = joined.totals[by_term]
        parts["totals"].append(totals.astype("u4"))
        picked = np.repeat(starts_of(joined.totals)[:-1][by_term] - starts_of(totals)[:-1], totals)
        picked += np.arange(len(picked))
        parts["positions"].append(smallest(joined.positions[picked]))
        parts["forms"].append(smallest(order.form[joined.spellings[picked]]))
        return len(codes)

    def _read(self, index: int, start: int, end: int, spellings: _Spellings) -> _Piece:
        """Read the live postings of the terms from `start` to `end` out of a segment."""
        source, terms, first = self._sources[index], self._terms[index], self._first[index]
        low, high = np.searchsorted(terms, (start, end)).tolist()
        begin, stop = int(first[low]), int(first[high])
        df = np.diff(first[low : high + 1])
        local = np.repeat(np.arange(high - low), df)
        docs = source.array("post.docs")[begin:stop]
        codes = source.array("post.codes")[begin:stop]
        escapes = np.asarray(source.array("post.escape"))
        from_row, to_row = np.searchsorted(escapes, (begin, stop)).tolist()
        escaped = source.array("post.counts").reshape(-1, 3)[from_row:to_row]
        totals = _TOTALS[codes].astype("i8")
        totals[codes == ESCAPE] = escaped.sum(axis=1)
        at = source.segment.occurrence_of(begin)
        positions, forms = _places(source, at, at + int(totals.sum()))
        # A spelling's number: where the term's spellings begin in `table`, plus the form code.
        table, begins = self._table(index, low, high, start, spellings)
        spelled = table[np.repeat(begins[local], totals) + forms]
        names = terms[low:high] - start
        if source.whole:
            return _Piece(names[local], source.target[docs], codes, escaped, totals, spelled, positions)
        kept = source.live[docs]
        those = np.repeat(kept, totals)
        return _Piece(
            names[local[kept]], source.target[docs[kept]], codes[kept], escaped[kept[codes == ESCAPE]], totals[kept],
            spelled[those], positions[those],
        )  # fmt: skip

    def _table(self, index: int, low: int, high: int, start: int, spellings: _Spellings) -> tuple[Array, Array]:
        table: list[int] = []
        begins = []
        terms, shared = self._terms[index][low:high], self._shared
        known = spellings.of_lines
        lines = self._lines[index][low:high]
        for line, term, several in zip(lines, terms.tolist(), shared[terms].tolist(), strict=True):
            begins.append(len(table))
            numbers = known.get(line) if several else None
            if numbers is None:
                name, *short = line.split("\t")
                key = name[1:]
                forms = [lengthen(key, form) for form in short] if short else [key]
                numbers = spellings.numbers(term - start, forms, shared=several)
                if several:  # mostly it is spelled alike in all
                    known[line] = numbers
            table += numbers
        return np.array(table, "i8"), np.array(begins, "i8")


def _places(source: Source, begin: int, end: int) -> tuple[Array, Array]:
    """Return positions and form codes of a segment's occurrences from `begin` to `end`."""
    places = source.array("post.places")[begin:end]
    bits = 12 if places.dtype.itemsize == 2 else 24
    positions = (places & ((1 << bits) - 1)).astype("u4")
    forms = (places >> bits).astype("i8")
    far = source.array("post.far")
    low, high = np.searchsorted(far, (begin, end)).tolist()
    those = far[low:high].astype("i8") - begin
    positions[those] = source.array("post.far_position")[low:high]
    forms[those] = source.array("post.far_form")[low:high]
    return positions, forms


def _extend(fields: dict[str, FieldLines], more: dict[str, FieldLines]) -> None:
    """Take the lines of further terms; the spellings stay to be sorted."""
    for name, content in more.items():
        mine = fields.setdefault(name, FieldLines([], [], []))
        base = len(mine.lines)
        mine.lines += content.lines
        mine.spellings += content.spellings
        mine.spelled = [*mine.spelled, *(number + base for number in content.spelled)]


def _sort_spellings(fields: dict[str, FieldLines]) -> None:
    for content in fields.values():
        order = sorted(range(len(content.spellings)), key=content.spellings.__getitem__)  # equal ones in order of term
        content.spellings = [content.spellings[i] for i in order]
        content.spelled = [content.spelled[i] for i in order]
