"""Queries over segments: which articles match, what they score, where.

`plan.py` makes a tree of these nodes for one search. Every method takes the number of a segment. Deleted documents are
still among the results; the snapshot takes them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from morgue.engine import positions as pos
from morgue.engine.arrays import PYTHON, Column, Docs, DocSet, Ops, place
from morgue.engine.leaves import Leaf, Part
from morgue.engine.positions import Layout, Match, Unit
from morgue.engine.scoring import ZONES, FieldScale, home
from morgue.engine.segment import Segment


class Context:
    """What all nodes of one plan share: the segments, and what sets and columns are made of."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.ops: Ops = PYTHON


class Node:
    """A node of a plan.

    Attributes:
        positional: whether it has matches within an article.
        costly: whether telling if a document matches means looking at positions.
        scored: whether it adds to scores.
        name: what it is called when explained.
    """

    positional = False
    costly = False
    scored = False
    name = ""
    children: Sequence[Node] = ()

    def __init__(self, context: Context) -> None:
        self.context = context
        self.segments = context.segments

    @property
    def ops(self) -> Ops:
        """What sets and columns are made of."""
        return self.context.ops

    def size(self, s: int) -> int:
        """Return an upper bound of how many documents match."""
        return self.segments[s].doc_count

    def docs(self, s: int) -> DocSet:
        """Return the documents that match."""
        raise NotImplementedError

    def ordered(self, s: int) -> Docs:
        """Return the documents that match, ascending."""
        return self.ops.listed(self.docs(s))

    def among(self, s: int, within: DocSet) -> DocSet:
        """Return the documents of a set that match."""
        return self.ops.both(within, self.docs(s))

    def has(self, s: int, doc: int) -> bool:
        """Whether one document matches."""
        ops = self.ops
        return ops.count(self.among(s, ops.of([doc], self.segments[s].doc_count))) > 0

    def scores(self, s: int, docs: Docs) -> Column:  # noqa: ARG002 - nodes that score nothing look at neither
        """Return what some documents score, all of which match."""
        return self.ops.zeros(len(docs))

    def partial(self, s: int, docs: Docs) -> Column:
        """Return what some documents score, 0 for those that do not match."""
        ops, size = self.ops, self.segments[s].doc_count
        if not self.scored:
            return ops.zeros(len(docs))
        matching = ops.listed(self.among(s, ops.of(docs, size)))
        return ops.spread(matching, self.scores(s, matching), docs, size)

    def matches(self, s: int, doc: int) -> list[Match]:  # noqa: ARG002 - as above
        """Return the matches within a document, by first word; none unless positional."""
        return []

    def shown(self, s: int, doc: int) -> list[Match]:
        """Return the matches that made a document match, which it does."""
        return [match for child in self.children for match in child.shown(s, doc)]

    def _empty(self, s: int) -> DocSet:
        return self.ops.of((), self.segments[s].doc_count)


class Term(Node):
    """A word, or all words that fit a pattern."""

    positional = True
    scored = True

    def __init__(self, context: Context, leaf: Leaf, scale: FieldScale) -> None:
        super().__init__(context)
        self.leaf = leaf
        self.scale = scale
        self.name = leaf.label
        self._shift = pos.shift(home(leaf.field))

    def size(self, s: int) -> int:
        part = self.leaf.parts[s]
        return 0 if part is None else sum(len(piece.docs) for piece in part.pieces)

    def docs(self, s: int) -> DocSet:
        found = self.leaf.set(self.ops, s)
        return self._empty(s) if found is None else found

    def ordered(self, s: int) -> Docs:
        part = self.leaf.parts[s]
        return self.ops.sequence(() if part is None else part.docs)

    def among(self, s: int, within: DocSet) -> DocSet:
        part = self.leaf.parts[s]
        return self._empty(s) if part is None else self.ops.meet(within, part.docs)

    def has(self, s: int, doc: int) -> bool:
        part = self.leaf.parts[s]
        return part is not None and place(part.docs, doc) >= 0

    def scores(self, s: int, docs: Docs) -> Column:
        return self.leaf.scores(self.ops, self.scale, s, docs)

    def partial(self, s: int, docs: Docs) -> Column:
        return self.leaf.partial(self.ops, self.scale, s, docs)

    def places(self, s: int, doc: int) -> Sequence[int]:
        """Return the positions within a document, of its own field."""
        part = self.leaf.parts[s]
        return () if part is None else part.positions(doc)

    def matches(self, s: int, doc: int) -> list[Match]:
        shift = self._shift
        return [(p, p, (p,)) for p in (place + shift for place in self.places(s, doc))]

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc)


class Every(Node):
    """All documents."""

    name = "*"

    def docs(self, s: int) -> DocSet:
        return self.ops.every(self.segments[s].doc_count)

    def among(self, _s: int, within: DocSet) -> DocSet:
        return within

    def has(self, _s: int, _doc: int) -> bool:
        return True


class Empty(Node):
    """No document."""

    name = "nothing"

    def size(self, _s: int) -> int:
        return 0

    def docs(self, s: int) -> DocSet:
        return self._empty(s)


class Condition(Node):
    """A filter on a column, given as a function from segment to what the column says."""

    def __init__(
        self,
        context: Context,
        name: str,
        find: Callable[[Segment], DocSet],
        test: Callable[[Segment, int], bool],
        size: Callable[[Segment], int],
    ) -> None:
        """`find` tells the documents, `test` whether one is among them, `size` about how many they are."""
        super().__init__(context)
        self.name = name
        self._find = find
        self._test = test
        self._size = size

    def size(self, s: int) -> int:
        return self._size(self.segments[s])

    def docs(self, s: int) -> DocSet:
        return self._find(self.segments[s])

    def among(self, s: int, within: DocSet) -> DocSet:
        if self.ops is PYTHON and len(within) * 4 < self.size(s):
            segment, test = self.segments[s], self._test
            return {doc for doc in within if test(segment, doc)}
        return super().among(s, within)

    def has(self, s: int, doc: int) -> bool:
        return self._test(self.segments[s], doc)


class AllOf(Node):
    """Documents that match every child, found from the rarest on; what has to look at positions comes last."""

    def __init__(self, context: Context, children: Sequence[Node], name: str = "AND") -> None:
        super().__init__(context)
        self.children = children
        self.name = name
        self.scored = any(child.scored for child in children)
        self.costly = any(child.costly for child in children)

    def size(self, s: int) -> int:
        return min(child.size(s) for child in self.children)

    def docs(self, s: int) -> DocSet:
        first, *rest = self._ranked(s)
        return self._narrow(s, first.docs(s), rest)

    def among(self, s: int, within: DocSet) -> DocSet:
        return self._narrow(s, within, self._ranked(s))

    def _ranked(self, s: int) -> list[Node]:
        return sorted(self.children, key=lambda child: (child.costly, isinstance(child, NoneOf), child.size(s)))

    def _narrow(self, s: int, found: DocSet, children: Iterable[Node]) -> DocSet:
        for child in children:
            if not self.ops.count(found):
                break
            found = child.among(s, found)
        return found

    def has(self, s: int, doc: int) -> bool:
        return all(child.has(s, doc) for child in self._ranked(s))

    def scores(self, s: int, docs: Docs) -> Column:
        total = None
        for child in self.children:
            if child.scored:
                column = child.scores(s, docs)
                total = column if total is None else self.ops.add(total, column)
        return self.ops.zeros(len(docs)) if total is None else total


class AnyOf(Node):
    """Documents that match at least one child."""

    def __init__(self, context: Context, children: Sequence[Node]) -> None:
        super().__init__(context)
        self.children = children
        self.name = "OR"
        self.positional = all(child.positional for child in children)
        self.scored = any(child.scored for child in children)
        self.costly = any(child.costly for child in children)

    def size(self, s: int) -> int:
        return min(sum(child.size(s) for child in self.children), self.segments[s].doc_count)

    def docs(self, s: int) -> DocSet:
        return self.ops.union([child.docs(s) for child in self.children], self.segments[s].doc_count)

    def among(self, s: int, within: DocSet) -> DocSet:
        return self.ops.union([child.among(s, within) for child in self.children], self.segments[s].doc_count)

    def has(self, s: int, doc: int) -> bool:
        return any(child.has(s, doc) for child in self.children)

    def scores(self, s: int, docs: Docs) -> Column:
        total = self.ops.zeros(len(docs))
        for child in self.children:
            if child.scored:
                total = self.ops.add(total, child.partial(s, docs))
        return total

    def matches(self, s: int, doc: int) -> list[Match]:
        return pos.unique(match for child in self.children for match in child.matches(s, doc))

    def shown(self, s: int, doc: int) -> list[Match]:
        return [match for child in self.children if child.has(s, doc) for match in child.shown(s, doc)]


class NoneOf(Node):
    """All documents but those of the child."""

    name = "NOT"

    def __init__(self, context: Context, child: Node) -> None:
        super().__init__(context)
        self.children = (child,)
        self.child = child
        self.costly = child.costly

    def docs(self, s: int) -> DocSet:
        return self.ops.minus(self.ops.every(self.segments[s].doc_count), self.child.docs(s))

    def among(self, s: int, within: DocSet) -> DocSet:
        return self.ops.minus(within, self.child.among(s, within))

    def has(self, s: int, doc: int) -> bool:
        return not self.child.has(s, doc)

    def shown(self, _s: int, _doc: int) -> list[Match]:
        return []


class Filtered(Node):
    """Documents of the child that also match a condition."""

    name = "FILTER"

    def __init__(self, context: Context, child: Node, condition: Node) -> None:
        super().__init__(context)
        self.child = child
        self.condition = condition
        self.children = (child, condition)
        self._both = AllOf(context, (child, condition))
        self.scored = child.scored
        self.costly = self._both.costly

    def size(self, s: int) -> int:
        return self._both.size(s)

    def docs(self, s: int) -> DocSet:
        return self._both.docs(s)

    def among(self, s: int, within: DocSet) -> DocSet:
        return self._both.among(s, within)

    def has(self, s: int, doc: int) -> bool:
        return self._both.has(s, doc)

    def scores(self, s: int, docs: Docs) -> Column:
        return self.child.scores(s, docs)

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.child.shown(s, doc)


class Wrapper(Node):
    """A node that finds what its child finds."""

    def __init__(self, context: Context, child: Node) -> None:
        super().__init__(context)
        self.child = child
        self.children = (child,)
        self.positional = child.positional
        self.costly = child.costly
        self.scored = child.scored

    def size(self, s: int) -> int:
        return self.child.size(s)

    def docs(self, s: int) -> DocSet:
        return self.child.docs(s)

    def among(self, s: int, within: DocSet) -> DocSet:
        return self.child.among(s, within)

    def has(self, s: int, doc: int) -> bool:
        return self.child.has(s, doc)

    def scores(self, s: int, docs: Docs) -> Column:
        return self.child.scores(s, docs)

    def matches(self, s: int, doc: int) -> list[Match]:
        return self.child.matches(s, doc)

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.child.shown(s, doc)


class Weighted(Wrapper):
    """The child's scores times a factor."""

    name = "BOOST"

    def __init__(self, context: Context, child: Node, factor: float) -> None:
        super().__init__(context, child)
        self.factor = factor
        self.name = f"^{factor:g}"

    def scores(self, s: int, docs: Docs) -> Column:
        return self.ops.scale(self.child.scores(s, docs), self.factor)

    def partial(self, s: int, docs: Docs) -> Column:
        return self.ops.scale(self.child.partial(s, docs), self.factor)


class WithBonus(Wrapper):
    """Documents of the child; those that match the bonus score higher."""

    name = "OPTIONAL"

    def __init__(self, context: Context, child: Node, bonus: Node) -> None:
        super().__init__(context, child)
        self.bonus = bonus
        self.children = (child, bonus)
        self.scored = child.scored or bonus.scored

    def scores(self, s: int, docs: Docs) -> Column:
        return self.ops.add(self.child.scores(s, docs), self.bonus.partial(s, docs))

    def shown(self, s: int, doc: int) -> list[Match]:
        found = self.child.shown(s, doc)
        return found + self.bonus.shown(s, doc) if self.bonus.has(s, doc) else found


class Positional(Node):
    """A node that has to look at positions. It scores the sum of what its terms score, as a phrase does in Whoosh."""

    positional = True
    costly = True

    @cached_property
    def candidates(self) -> Node:
        """What has to match for this to match."""
        return AllOf(self.context, self.children)

    def size(self, s: int) -> int:
        return self.candidates.size(s)

    def docs(self, s: int) -> DocSet:
        return self._verified(s, self.candidates.docs(s))

    def among(self, s: int, within: DocSet) -> DocSet:
        return self._verified(s, self.candidates.among(s, within))

    def _verified(self, s: int, found: DocSet) -> DocSet:
        ops = self.ops
        docs = ops.listed(found)
        if ops is not PYTHON:
            docs = docs.tolist()
        return ops.of(self.verify(s, docs), self.segments[s].doc_count)

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        """Return those candidates that match."""
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
        same = len({home(term.leaf.field) for term in terms}) == 1
        self._terms = terms if same and len(terms) == len(children) else None

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if self._terms is None:
            return super().verify(s, docs)
        parts = [term.leaf.parts[s] for term in self._terms]
        if _as_arrays(self.ops, parts, docs):
            from morgue.engine import vectors

            return vectors.in_a_row(parts, docs)  # type: ignore[arg-type]
        rows = zip(docs, *(_positions(term, s, docs) for term in self._terms), strict=True)
        if len(parts) == 2:
            return [doc for doc, one, other in rows if pos.adjacent(one, other)]
        return [doc for doc, *row in rows if pos.words_in_a_row(row)]

    def matches(self, s: int, doc: int) -> list[Match]:
        if self._terms is None:
            return pos.in_a_row([child.matches(s, doc) for child in self.children])
        starts = pos.words_in_a_row([term.places(s, doc) for term in self._terms])
        length, shift = len(self._terms), pos.shift(home(self._terms[0].leaf.field))
        return [(p, p + length - 1, tuple(range(p, p + length))) for p in (start + shift for start in starts)]


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
        terms = isinstance(left, Term) and isinstance(right, Term) and home(left.leaf.field) == home(right.leaf.field)
        self._simple = terms and unit == "word" and not negated
        self._terms = terms and (unit == "word") == negated

    def _pairs(self, s: int, doc: int, left: list[Match]) -> Iterable[tuple[Match, Match]]:
        right = self.right.matches(s, doc)
        segment = self.segments[s]
        found = pos.pairs(left, right, self.distance, self.unit, self.in_order, lambda: Layout(segment, doc))
        return islice(found, pos.MOST_PAIRS)

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if self._simple:
            parts = [node.leaf.parts[s] for node in (self.left, self.right)]  # type: ignore[attr-defined]
            if _as_arrays(self.ops, parts, docs):
                from morgue.engine import vectors

                return vectors.near(*parts, docs, self.distance, self.in_order)
            near, distance, ordered = pos.near_words, self.distance, self.in_order
            return [doc for doc, one, other in self._rows(s, docs) if near(one, other, distance, ordered)]
        if self.negated:
            if not self._terms:
                return super().verify(s, docs)
            alone, distance, ordered = pos.has_lonely, self.distance, self.in_order
            return [doc for doc, one, other in self._rows(s, docs) if alone(one, other, distance, ordered)]
        if self._terms and self.left.leaf.field in ZONES:  # type: ignore[attr-defined]
            return [doc for doc, one, other in self._rows(s, docs) if self._in_one_unit(s, doc, one, other)]
        return [doc for doc in docs if self._near(s, doc)]

    def _rows(self, s: int, docs: Sequence[int]) -> Iterable[tuple[int, Sequence[int], Sequence[int]]]:
        return zip(docs, _positions(self.left, s, docs), _positions(self.right, s, docs), strict=True)

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


class Often(Positional):
    """Documents where the child matches at several starting positions."""

    def __init__(self, context: Context, child: Node, count: int) -> None:
        super().__init__(context)
        self.child, self.count = child, count
        self.children = (child,)
        self.scored = child.scored
        self.name = f"atleast{count}"

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        if isinstance(self.child, Term):
            rows = zip(docs, _positions(self.child, s, docs), strict=True)
            return [doc for doc, places in rows if len(places) >= self.count]
        return super().verify(s, docs)

    def matches(self, s: int, doc: int) -> list[Match]:
        found = self.child.matches(s, doc)
        return found if len({match[0] for match in found}) >= self.count else []


class Early(Positional):
    """Matches of the child that end within the first words of body, headline or field."""

    def __init__(self, context: Context, child: Node, count: int) -> None:
        super().__init__(context)
        self.child, self.count = child, count
        self.children = (child,)
        self.scored = child.scored
        self.name = f"first {count} words"

    def verify(self, s: int, docs: Sequence[int]) -> list[int]:
        child = self.child
        if not isinstance(child, Term) or child.leaf.field not in ZONES:
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


def _as_arrays(ops: Ops, parts: Sequence[Part | None], docs: Sequence[int]) -> bool:
    """Whether to look at all candidates at once, in numpy."""
    if ops is PYTHON:
        return False
    from morgue.engine import vectors

    return len(docs) >= vectors.WORTH and vectors.able(parts)


def _positions(node: Any, s: int, docs: Sequence[int]) -> list[Sequence[int]]:
    """Return the positions of a term in each of some documents."""
    part = node.leaf.parts[s]
    return [()] * len(docs) if part is None else part.bulk(docs)
