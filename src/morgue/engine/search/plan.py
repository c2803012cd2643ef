"""Query trees to plans: words become terms of the dictionary, patterns the terms that fit, filters read columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from morgue import analysis
from morgue.engine.files.segment import Segment
from morgue.engine.search import filters
from morgue.engine.search.arrays import CHOOSER
from morgue.engine.search.bm25f import FieldScale, home
from morgue.engine.search.nodes import (
    AllOf,
    AnyOf,
    Context,
    Empty,
    Every,
    Filtered,
    Node,
    NoneOf,
    Term,
    Weighted,
    WithBonus,
)
from morgue.engine.search.patterns import expand
from morgue.engine.search.proximity import Close, Early, InARow, Often
from morgue.engine.search.term_postings import Accept, SegmentPostings, TermPostings, key_postings
from morgue.index.document import FIELDS, TEXT
from morgue.query import tree

Scale = Callable[[str], FieldScale]


def _in_capitals(form: str) -> bool:
    """Whether a word is printed in capitals (False if no letter has case)."""
    return form.isupper()


class Planner:
    """Makes one plan.

    Attributes:
        terms: the terms of the plan, each once.
    """

    def __init__(self, segments: Sequence[Segment], languages: Sequence[str], total: int, scale: Scale) -> None:
        """Plan for a commit.

        Args:
            segments: of the commit. languages: in which words are stemmed (ISO 639-1).
            total: documents, deleted ones included. scale: returns weights and lengths of a searchable field.
        """
        self.context = Context(segments)
        self.terms: dict[tuple[tree.Node, bool], TermPostings] = {}
        self._languages = languages
        self._total = total
        self._scale = scale

    def plan(self, node: tree.Node) -> Node:
        """Return the plan of a query, and choose the implementation of its sets by its number of postings."""
        root = self.node(node, capitals=False)
        parts = (part for term in self.terms.values() for part in term.by_segment if part is not None)
        self.context.ops = CHOOSER.ops(sum(len(key.docs) for part in parts for key in part.keys))
        return root

    def node(self, node: tree.Node, *, capitals: bool) -> Node:
        """Return the plan of `node`, a part of a query; `capitals`: whether only words printed in capitals count."""
        context = self.context
        match node:
            case tree.Word() | tree.Pattern():
                return self._term(node, capitals)
            case tree.Phrase(children=items):
                children = [self.node(item, capitals=capitals) for item in items]
                return children[0] if len(children) == 1 else self._row(children)
            case tree.Near():
                return self._near(node, capitals)
            case tree.And(children=items):
                children = [self.node(item, capitals=capitals) for item in items]
                return AllOf(context, children) if children else Every(context)
            case tree.Or(children=items):
                children = [self.node(item, capitals=capitals) for item in items]
                return AnyOf(context, children) if children else Empty(context)
            case tree.AllCaps(child=child):
                return self.node(child, capitals=True)
            case tree.Everything():
                return Every(context)
            case tree.Nothing():
                return Empty(context)
            case tree.Value() | tree.NumberRange() | tree.DateRange() | tree.Has():
                return filters.condition(context, node)
        return self._wrapped(node, capitals)

    def _wrapped(self, node: tree.Node, capitals: bool) -> Node:
        context = self.context
        match node:
            case tree.AtLeast(count=count, child=child):
                return Often(context, self.node(child, capitals=capitals), count)
            case tree.FirstWords(count=count, child=child):
                return Early(context, self.node(child, capitals=capitals), count)
            case tree.Not(child=child):
                return NoneOf(context, self.node(child, capitals=capitals))
            case tree.Filter(child=child, condition=condition):
                return Filtered(context, self.node(child, capitals=capitals), self.node(condition, capitals=capitals))
            case tree.Optional(child=child, bonus=bonus):
                return WithBonus(context, self.node(child, capitals=capitals), self.node(bonus, capitals=capitals))
            case tree.Boost(child=child, factor=factor):
                return Weighted(context, self.node(child, capitals=capitals), factor)
        raise TypeError(f"not a query: {node!r}")

    def _near(self, node: tree.Near, capitals: bool) -> Node:
        unit = {"word": f"w/{node.distance}", "sentence": "w/s", "paragraph": "w/p"}[node.unit]
        if node.ordered:
            unit = "pre" + unit[1:]
        return Close(
            self.context,
            self.node(node.left, capitals=capitals),
            # An excluded word is not part of the match: its case does not matter.
            self.node(node.right, capitals=capitals and not node.negated),
            distance=node.distance,
            unit=node.unit,
            ordered=node.ordered,
            negated=node.negated,
            name=f"not {unit}" if node.negated else unit,
        )

    def _row(self, children: list[Node]) -> Node:
        return InARow(self.context, children, '"' + " ".join(child.name for child in children) + '"')

    def _term(self, node: tree.Word | tree.Pattern, capitals: bool) -> Node:
        if home(node.field) not in FIELDS:
            return Empty(self.context)
        if isinstance(node, tree.Word):
            words = analysis.surfaces(node.text)
            if not words:
                return Empty(self.context)
            if len(words) > 1:  # such as AT&T
                each = [tree.Word(word, node.field, node.exact) for word in words]
                return self._row([self._term(word, capitals) for word in each])
        term = self.terms.get((node, capitals))
        if term is None:
            term = self._word(node, capitals) if isinstance(node, tree.Word) else self._pattern(node, capitals)
            self.terms[node, capitals] = term
        return Term(self.context, term, self._scale(node.field))

    def _word(self, node: tree.Word, capitals: bool) -> TermPostings:
        field = home(node.field)
        surface = analysis.surfaces(node.text)[0]
        accept: Accept | None = _in_capitals if capitals else None
        if node.exact:
            accept = _spelled(frozenset((analysis.fold(surface),)), capitals)
        keys = keys_of(surface, field, self._languages)
        parts = []
        for segment in self.context.segments:
            entries = [entry for entry in (segment.entry(field, key) for key in keys) if entry is not None]
            held = [one for one in (key_postings(segment, e, node.field, accept) for e in entries) if one]
            parts.append(SegmentPostings(segment, held) if held else None)
        return TermPostings(node.field, _label(node), parts, self._total)

    def _pattern(self, node: tree.Pattern, capitals: bool) -> TermPostings:
        field = home(node.field)
        segments = self.context.segments
        parts = []
        for segment, found in zip(segments, expand(segments, field, node).spellings, strict=True):
            surfaces = segment.surfaces(field)
            accept = _spelled(frozenset(surfaces.words[index] for index in found), capitals)
            entries = segment.terms(field, (surfaces.ordinals[index] for index in found))
            held = [one for one in (key_postings(segment, e, node.field, accept) for e in entries) if one]
            parts.append(SegmentPostings(segment, held) if held else None)
        return TermPostings(node.field, _label(node), parts, self._total)


def _spelled(spellings: frozenset[str], capitals: bool) -> Accept:
    def accept(form: str) -> bool:
        return analysis.fold(form) in spellings and (not capitals or _in_capitals(form))

    return accept


def keys_of(surface: str, field: str, languages: Sequence[str]) -> list[str]:
    """Return the keys that the typed word `surface` may have in an index `field`: distinct ones over `languages`."""
    if field != TEXT:
        return [analysis.key(surface, stem=False)]
    return list(dict.fromkeys(analysis.key(surface, language) for language in languages))


def _label(node: tree.Word | tree.Pattern) -> str:
    """Return the label of a term in an explanation."""
    prefix = "" if node.field == TEXT else f"{node.field}:"
    if isinstance(node, tree.Word):
        return f"{prefix}{'=' if node.exact else ''}{node.text}"
    text = {"prefix": f"{node.text}*", "fuzzy": f"{node.text}~{node.distance}", "regex": f"/{node.text}/"}
    return prefix + text.get(node.kind, node.text)
