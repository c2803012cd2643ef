"""Why an article matches or does not: the plan of a query, clause by clause."""

from __future__ import annotations

from morgue.engine.search.arrays import Docs
from morgue.engine.search.nodes import Node, NoneOf, Term, Weighted, WithBonus
from morgue.engine.search.proximity import Close
from morgue.index.values import Clause


def clause(node: Node, s: int, doc: int, *, factor: float = 1.0, optional: bool = False) -> Clause:
    """Return whether and why `node` matches the document `doc` of segment `s`.

    Args:
        node: of a plan. s: number of the segment. doc: document number in it.
        factor: product of the boosts around the node. optional: whether the document need not match it.
    """
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
    """Return the factor of the boosts around a node without its own, which its scores include."""
    return factor / node.factor if isinstance(node, Weighted) else factor


def _docs(node: Node, doc: int) -> Docs:
    return node.ops.listed(node.ops.of([doc], doc + 1))


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
