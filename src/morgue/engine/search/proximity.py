"""Queries on positions: phrases, proximity, number of occurrences, distance from the beginning. See nodes.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import ClassVar, cast

from morgue.engine.search import positions as pos
from morgue.engine.search.arrays import PYTHON, Column, Docs, DocSet, integers
from morgue.engine.search.bm25f import ZONES, home
from morgue.engine.search.nodes import AllOf, Context, Node, Term
from morgue.engine.search.positions import Layout, Match, Unit


class Positional(Node):
    """A node that needs positions. Its score is the sum of its terms' scores, as of a phrase in Whoosh."""

    positional = True
    costly = True

    @cached_property
    def candidates(self) -> Node:
        """The node whose documents may match."""
        return AllOf(self.context, self.children)

    def size(self, s: int) -> int:
        return self.candidates.size(s)

    def docs(self, s: int) -> DocSet:
        return self._verified(s, self.candidates.docs(s))

    def among(self, s: int, within: DocSet) -> DocSet:
        return self._verified(s, self.candidates.among(s, within))

    def _verified(self, s: int, found: DocSet) -> DocSet:
        ops = self.ops
        docs, size = ops.listed(found), self.segments[s].doc_count
        if ops is not PYTHON:
            at_once = self.verify_arrays(s, docs)
            if at_once is not None:
                return ops.of(at_once, size)
        return ops.of(self.verify(s, integers(docs)), size)

    def verify_arrays(self, s: int, docs: Docs) -> Docs | None:  # noqa: ARG002 - few nodes can
        """Verify `docs`, an array of candidates of segment `s`, in numpy; None if that is impossible or slower."""
        return None

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        """Return those of `docs`, candidates of segment `s`, that match."""
        return [doc for doc in docs if self.matches(s, doc)]

    def has(self, s: int, doc: int) -> bool:
        return self.candidates.has(s, doc) and bool(self.verify(s, [doc]))

    def scores(self, s: int, docs: Docs) -> Column:
        return self.candidates.scores(s, docs)

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc)


class InARow(Positional):
    """A phrase."""

    def __init__(self, context: Context, children: Sequence[Node], name: str) -> None:
        super().__init__(context)
        self.children = children
        self.name = name
        self.scored = any(child.scored for child in children)
        terms = [child for child in children if isinstance(child, Term)]
        same = len({home(term.postings.field) for term in terms}) == 1
        self._terms = terms if same and len(terms) == len(children) else None

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if self._terms is None:
            return super().verify(s, docs)
        rows = zip(docs, *(_positions(term, s, docs) for term in self._terms), strict=True)
        if len(self._terms) == 2:
            return [doc for doc, one, other in rows if pos.adjacent(one, other)]
        return [doc for doc, *row in rows if pos.words_in_a_row(row)]

    def verify_arrays(self, s: int, docs: Docs) -> Docs | None:
        from morgue.engine.search import proximity_numpy

        parts = [term.postings.by_segment[s] for term in self._terms or ()]
        return proximity_numpy.in_a_row(parts, docs) if parts and proximity_numpy.able(parts, docs) else None

    def matches(self, s: int, doc: int) -> list[Match]:
        if self._terms is None:
            return pos.in_a_row([child.matches(s, doc) for child in self.children])
        starts = pos.words_in_a_row([term.places(s, doc) for term in self._terms])
        length, shift = len(self._terms), pos.shift(home(self._terms[0].postings.field))
        return [(p, p + length - 1, tuple(range(p, p + length))) for p in (start + shift for start in starts)]

    def found(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc)


class Close(Positional):
    """Two positional nodes near each other."""

    def __init__(
        self,
        context: Context,
        left: Node,
        right: Node,
        *,
        distance: int,
        unit: Unit,
        ordered: bool,
        negated: bool,
        name: str,
    ) -> None:
        super().__init__(context)
        self.left, self.right = left, right
        self.children = (left,) if negated else (left, right)
        self.distance, self.unit, self.in_order, self.negated = distance, unit, ordered, negated
        self.name = name
        self.scored = any(child.scored for child in self.children)
        terms = (
            isinstance(left, Term)
            and isinstance(right, Term)
            and home(left.postings.field) == home(right.postings.field)
        )
        self._simple = terms and unit == "word" and not negated
        self._terms = terms and (unit == "word") == negated

    def _pairs(self, s: int, doc: int, left: list[Match]) -> Iterable[tuple[Match, Match]]:
        right = self.right.matches(s, doc)
        segment = self.segments[s]
        found = pos.pairs(left, right, self.distance, self.unit, self.in_order, lambda: Layout(segment, doc))
        return islice(found, pos.MAX_PAIRS)

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if self._simple:
            near, distance, ordered = pos.near_words, self.distance, self.in_order
            return [doc for doc, one, other in self._rows(s, docs) if near(one, other, distance, ordered)]
        if self.negated:
            if not self._terms:
                return super().verify(s, docs)
            alone, distance, ordered = pos.has_lonely, self.distance, self.in_order
            return [doc for doc, one, other in self._rows(s, docs) if alone(one, other, distance, ordered)]
        if self._terms and self.left.postings.field in ZONES:  # type: ignore[attr-defined]
            return [doc for doc, one, other in self._rows(s, docs) if self._in_one_unit(s, doc, one, other)]
        return [doc for doc in docs if self._near(s, doc)]

    def verify_arrays(self, s: int, docs: Docs) -> Docs | None:
        if not self._simple:
            return None
        from morgue.engine.search import proximity_numpy

        one, other = (node.postings.by_segment[s] for node in (self.left, self.right))  # type: ignore[attr-defined]
        able = proximity_numpy.able((one, other), docs)
        return proximity_numpy.near(one, other, docs, self.distance, self.in_order) if able else None

    def _rows(self, s: int, docs: Sequence[int]) -> Iterable[tuple[int, Sequence[int], Sequence[int]]]:
        return zip(docs, *(_positions(cast("Term", node), s, docs) for node in (self.left, self.right)), strict=True)

    def _near(self, s: int, doc: int) -> bool:
        return any(True for _ in self._pairs(s, doc, self.left.matches(s, doc)))

    def _in_one_unit(self, s: int, doc: int, one: Sequence[int], other: Sequence[int]) -> bool:
        share = Layout(self.segments[s], doc).shared(one, other, self.unit)
        if not share or (not self.in_order and set(one).isdisjoint(other)):
            return share
        return self._near(s, doc)

    def matches(self, s: int, doc: int) -> list[Match]:
        left = self.left.matches(s, doc)
        if not self.negated:
            return pos.unique(pos.joined(one, other) for one, other in self._pairs(s, doc, left))
        if not self.right.has(s, doc):
            return left
        return [match for match in left if not any(True for _ in self._pairs(s, doc, [match]))]

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc) if self.negated else pos.narrow(self.matches(s, doc))

    def found(self, s: int, doc: int) -> list[Match]:
        return self.shown(s, doc)


class _WithNumber(Positional):
    """A node with one child and a number; `form` is its name, with the number for {}."""

    form: ClassVar[str]

    def __init__(self, context: Context, child: Node, count: int) -> None:
        super().__init__(context)
        self.child, self.count = child, count
        self.children = (child,)
        self.scored = child.scored
        self.name = self.form.format(count)


class Often(_WithNumber):
    """Documents where the child matches at several starting positions."""

    form = "atleast{}"

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if isinstance(self.child, Term):
            rows = zip(docs, _positions(self.child, s, docs), strict=True)
            return [doc for doc, places in rows if len(places) >= self.count]
        return super().verify(s, docs)

    def matches(self, s: int, doc: int) -> list[Match]:
        found = self.child.matches(s, doc)
        return found if len({match[0] for match in found}) >= self.count else []


class Early(_WithNumber):
    """Matches of the child that end within the first words of body, headline or field."""

    form = "first {} words"

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        child = self.child
        if not isinstance(child, Term) or child.postings.field not in ZONES:
            return super().verify(s, docs)
        segment, count = self.segments[s], self.count
        rows = zip(docs, _positions(child, s, docs), strict=True)
        return [doc for doc, places in rows if Layout(segment, doc).any_within(places, count)]

    def matches(self, s: int, doc: int) -> list[Match]:
        found = self.child.matches(s, doc)
        if not found:
            return found
        layout, count = Layout(self.segments[s], doc), self.count
        return [match for match in found if layout.within(match[1], count)]


def _positions(node: Term, s: int, docs: Sequence[int]) -> list[Sequence[int]]:
    """Return the positions of a term in each of some documents."""
    part = node.postings.by_segment[s]
    return [()] * len(docs) if part is None else part.bulk(docs)
