"""Why an article matches or does not: the plan of a query, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from morgue.engine.search.nodes import Node, NoneOf, Term, Weighted, WithBonus
from morgue.engine.search.proximity import Close


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a query and what it does to one article.

    Attributes:
        name: what it is called: `AND`, `"two words"`, `w/5`, `headline:oil`.
        matched: whether the article matches it. score: what it adds (0 for filters, and when it does not match).
        children: the clauses it is made of.
        df, idf, tf, length, average: for a word or pattern: articles that have it, its inverse document frequency,
            tf' and dl' of the article and the average dl' (see scoring.py); else 0.
        occurrences: for a word or pattern: how often it stands in the article.
        optional: it need not match. excluded: it must not.
    """

    name: str
    matched: bool
    score: float = 0.0
    children: tuple[Clause, ...] = ()
    df: int = 0
    idf: float = 0.0
    tf: float = 0.0
    length: float = 0.0
    average: float = 0.0
    occurrences: int = 0
    optional: bool = False
    excluded: bool = False

    def failing(self) -> Iterator[Clause]:
        """Yield the smallest clauses because of which an article does not match; none when it does."""
        if self.matched or self.optional:
            return
        if self.excluded or not self.children:
            yield self
            return
        # Where every part matches, it is the whole that fails: words that do not stand together.
        deeper = [failed for child in self.children for failed in child.failing()]
        yield from deeper or [self]


def clause(node: Node, s: int, doc: int, *, factor: float = 1.0, optional: bool = False) -> Clause:
    """Return what a plan's node does to a document of a segment."""
    matched = node.has(s, doc)
    if isinstance(node, Weighted):
        factor *= node.factor
    score = float(node.partial(s, _docs(node, doc))[0]) * _outer(node, factor) if matched else 0.0
    if isinstance(node, Term):
        return _term(node, s, doc, matched, score, optional)
    children = [clause(child, s, doc, factor=factor) for child in node.children]
    if isinstance(node, WithBonus):
        children[-1] = clause(node.bonus, s, doc, factor=factor, optional=True)
    if isinstance(node, Close) and node.negated:
        children.append(clause(node.right, s, doc, optional=True))
    return Clause(
        name=node.name,
        matched=matched,
        score=score,
        children=tuple(children),
        optional=optional,
        excluded=isinstance(node, NoneOf),
    )


def _outer(node: Node, factor: float) -> float:
    """The factor of the boosts around a node, its own apart: its scores hold that already."""
    return factor / node.factor if isinstance(node, Weighted) else factor


def _docs(node: Node, doc: int) -> list[int]:
    return node.ops.listed(node.ops.of([doc], doc + 1))  # type: ignore[no-any-return]


def _term(node: Term, s: int, doc: int, matched: bool, score: float, optional: bool) -> Clause:
    scale, segment = node.scale, node.segments[s]
    local = node.postings.by_segment[s]
    counts = local.counts(doc) if local is not None and matched else (0, 0, 0)
    return Clause(
        name=node.name,
        matched=matched,
        score=score,
        df=node.postings.df,
        idf=node.postings.idf,
        tf=scale.count(counts),
        length=scale.length(segment, doc),
        average=scale.average,
        occurrences=sum(counts),
        optional=optional,
    )
