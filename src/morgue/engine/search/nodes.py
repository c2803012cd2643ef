"""Queries over segments: which articles match, what they score, where.

`plan.py` makes a tree of these nodes for one search. In every method `s` is the number of a segment, `doc` and `docs`
are document numbers in it. Results include deleted documents; the snapshot removes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from itertools import compress
from typing import cast

from morgue.engine.files.postings import ESCAPE
from morgue.engine.files.segment import Segment
from morgue.engine.search import positions as pos
from morgue.engine.search.arrays import PYTHON, Column, Docs, DocSet, Ops, place
from morgue.engine.search.bm25f import FieldScale, home
from morgue.engine.search.positions import Match
from morgue.engine.search.term_postings import TermPostings, WholeKey

_PRUNE_FROM_POSTINGS = 64  # from which skipping some is faster
_ROUNDING = 1e-9  # greatest relative rounding error of a bound on a score


class Context:
    """Shared by all nodes of one plan: the segments, and the implementation of sets and columns."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.ops: Ops = PYTHON


class Node:
    """A node of a plan.

    Attributes:
        positional: whether it has matches within an article.
        costly: whether matching a document needs its positions.
        scored: whether it adds to scores.
        name: its label in an explanation.
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
        """The implementation of sets and columns."""
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
        """Return the documents of `within` that match in segment `s`."""
        return self.ops.both(within, self.docs(s))

    def has(self, s: int, doc: int) -> bool:
        """Whether `doc` matches in segment `s`."""
        ops = self.ops
        return ops.count(self.among(s, ops.of([doc], self.segments[s].doc_count))) > 0

    def scores(self, s: int, docs: Docs) -> Column:  # noqa: ARG002 - nodes that score nothing need neither
        """Return the scores of `docs` of segment `s`, all of which match."""
        return self.ops.zeros(len(docs))

    def partial(self, s: int, docs: Docs) -> Column:
        """Return the scores of `docs` of segment `s`, 0 for those that do not match."""
        ops, size = self.ops, self.segments[s].doc_count
        if not self.scored:
            return ops.zeros(len(docs))
        matching = ops.listed(self.among(s, ops.of(docs, size)))
        return ops.spread(matching, self.scores(s, matching), docs, size)

    def matches(self, s: int, doc: int) -> list[Match]:  # noqa: ARG002 - as above
        """Return the matches within `doc` of segment `s`, by first word; none unless positional."""
        return []

    def shown(self, s: int, doc: int) -> list[Match]:
        """Return the matches that made `doc` of segment `s` match; it has to match."""
        return [match for child in self.children for match in child.shown(s, doc)]

    def found(self, s: int, doc: int) -> list[Match]:
        """Return `shown` of `doc` of segment `s`, nothing if it does not match."""
        return self.shown(s, doc) if self.has(s, doc) else []

    def _empty(self, s: int) -> DocSet:
        return self.ops.of((), self.segments[s].doc_count)


class Term(Node):
    """A word, or all words that fit a pattern."""

    positional = True
    scored = True

    def __init__(self, context: Context, term: TermPostings, scale: FieldScale) -> None:
        super().__init__(context)
        self.postings = term
        self.scale = scale
        self.name = term.label
        self._shift = pos.shift(home(term.field))

    def size(self, s: int) -> int:
        local = self.postings.by_segment[s]
        return 0 if local is None else sum(len(key.docs) for key in local.keys)

    def docs(self, s: int) -> DocSet:
        found = self.postings.set(self.ops, s)
        return self._empty(s) if found is None else found

    def ordered(self, s: int) -> Docs:
        local = self.postings.by_segment[s]
        return self.ops.sequence(() if local is None else local.docs)

    def among(self, s: int, within: DocSet) -> DocSet:
        local = self.postings.by_segment[s]
        return self._empty(s) if local is None else self.ops.meet(within, local.docs)

    def has(self, s: int, doc: int) -> bool:
        local = self.postings.by_segment[s]
        return local is not None and place(local.docs, doc) >= 0

    def scores(self, s: int, docs: Docs) -> Column:
        return self.postings.scores(self.ops, self.scale, s, docs)

    def partial(self, s: int, docs: Docs) -> Column:
        return self.postings.partial(self.ops, self.scale, s, docs)

    def places(self, s: int, doc: int) -> Sequence[int]:
        """Return the positions within `doc` of segment `s`, without the shift of the field."""
        local = self.postings.by_segment[s]
        return () if local is None else local.positions(doc)

    def matches(self, s: int, doc: int) -> list[Match]:
        local, shift = self.postings.by_segment[s], self._shift
        if local is None:
            return []
        places = local.positions(doc)
        if shift:
            places = [place + shift for place in places]
        return [(place, place, (place,)) for place in places]

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc)

    def found(self, s: int, doc: int) -> list[Match]:
        return self.matches(s, doc)

    def best(self, s: int, k: int) -> tuple[int, list[tuple[float, int]]] | None:
        """Return the number of live documents and the k best (score, document), without scoring all of them.

        A posting's byte code gives the occurrences per zone, and so the highest score they can have in the shortest
        article. Codes are taken from the best on; once enough documents are scored to know the k-th best, the
        postings of all codes that cannot reach it are skipped by one table lookup per byte.

        Args:
            s: number of the segment. k: at least 1.

        Returns:
            None if scoring all documents is as fast, or the term has several keys, or numpy is used.
        """
        local = self.postings.by_segment[s]
        if local is None:
            return 0, []
        key = local.keys[0]
        if self.ops is not PYTHON or len(local.keys) > 1 or not isinstance(key, WholeKey):
            return None
        if len(key.docs) < _PRUNE_FROM_POSTINGS + 4 * k:
            return None
        codes, deleted = key.postings.codes.tobytes(), local.segment.deleted
        scale = self.scale
        factor = self.postings.idf * (scale.ranking.k1 + 1)
        ranked = sorted(set(codes), key=lambda code: -scale.tf[code] if code != ESCAPE else float("-inf"))
        first: list[int] = []
        reached = 0
        while ranked and reached < 2 * k:
            code = ranked.pop(0)
            first.append(code)
            reached += codes.count(code)
        docs, scores = self._with_codes(s, key, codes, first)
        least = nlargest(k, scores)[-1] if len(scores) >= k else 0.0
        lowest = scale.lowest(key.postings.blocks())
        rest = [c for c in ranked if factor * scale.tf[c] / (scale.tf[c] + lowest) >= least * (1 - _ROUNDING)]
        if rest:
            more, further = self._with_codes(s, key, codes, rest)
            docs, scores = docs + more, scores + further
        live = len(key.docs) - (sum(map(deleted.__getitem__, key.docs)) if deleted else 0)
        return live, self.ops.best(docs, cast("Column", scores), k)

    def _with_codes(self, s: int, key: WholeKey, codes: bytes, chosen: list[int]) -> tuple[list[int], list[float]]:
        """Return the live documents of the postings that have one of some codes, and their scores."""
        table = bytearray(256)
        for code in chosen:
            table[code] = 1
        docs = list(compress(key.docs, codes.translate(table)))
        deleted = self.segments[s].deleted
        if deleted:
            docs = [doc for doc in docs if not deleted[doc]]
        return docs, cast("list[float]", self.scores(s, docs))


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
    """No documents."""

    name = "nothing"

    def size(self, _s: int) -> int:
        return 0

    def docs(self, s: int) -> DocSet:
        return self._empty(s)


class Condition(Node):
    """A filter on a column, given as functions of a segment."""

    def __init__(
        self,
        context: Context,
        name: str,
        find: Callable[[Segment], DocSet],
        test: Callable[[Segment, int], bool],
        size: Callable[[Segment], int],
    ) -> None:
        """`find` returns the documents, `test` whether one is among them, `size` about how many there are."""
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
            return {doc for doc in cast("set[int]", within) if test(segment, doc)}
        return super().among(s, within)

    def has(self, s: int, doc: int) -> bool:
        return self._test(self.segments[s], doc)


class AllOf(Node):
    """Documents that match every child; the rarest is read first, those that need positions last."""

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

    def found(self, s: int, doc: int) -> list[Match]:
        every: list[Match] = []
        for child in self.children:
            if child.positional:
                matches = child.found(s, doc)
                holds = bool(matches)
            else:
                holds = child.has(s, doc)
                matches = child.shown(s, doc) if holds else []
            if not holds:
                return []
            every += matches
        return every


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
        return [match for child in self.children for match in child.found(s, doc)]

    def found(self, s: int, doc: int) -> list[Match]:
        return self.shown(s, doc)


class NoneOf(Node):
    """All documents except those of the child."""

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


class Wrapper(Node):
    """A node that matches the documents that its child matches."""

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


class Filtered(Wrapper):
    """Documents of a node that also match a condition."""

    name = "FILTER"

    def __init__(self, context: Context, node: Node, condition: Node) -> None:
        super().__init__(context, AllOf(context, (node, condition)))
        self.node = node
        self.condition = condition
        self.children = (node, condition)
        self.scored = node.scored

    def scores(self, s: int, docs: Docs) -> Column:
        return self.node.scores(s, docs)

    def shown(self, s: int, doc: int) -> list[Match]:
        return self.node.shown(s, doc)

    def found(self, s: int, doc: int) -> list[Match]:
        return self.node.found(s, doc) if self.condition.has(s, doc) else []


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
        return self.child.shown(s, doc) + self.bonus.found(s, doc)
