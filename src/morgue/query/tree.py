"""The syntax tree of a query: what was meant, and where in the text it was typed. Knows no engine.

Every node has `start` and `end`: the characters of the query text it came from (-1 for nodes made by filters). They
take no part in equality.

Words of a text are numbered (analysis.py says what a word is): the headline's from 0, then a gap of HEADLINE_GAP, then
the body's; a paragraph break skips one number, so that no phrase crosses it. `text` is the default field: headline and
body together; `headline`, `body`, `lead` (the first two paragraphs of the body) and `hlead` (headline and lead) are
zones of it. Every other text field (`byline`, `contributor`, `location`, `source`, `slug`, `keywords`, `note`) numbers
its words from 0, with a gap of HEADLINE_GAP between values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal, Self, TypeAlias

from morgue.runtime.frozen import attribute, record, replace

HEADLINE_GAP = 256  # word positions
MAX_DISTANCE = 255  # words


@record
class _Node:
    """What every node has and can do; the defaults are those of a condition.

    Attributes:
        start, end: character offsets in the query text.
        parts: names of the attributes that hold one node each, in order.
        positional: its matches are stretches of text, so that it may be an operand of w/5. (An Or is when all its
            children are.)
        of_text: its children have to be positional.
        typed: what messages call an operator that is not positional.
    """

    start: int = attribute(default=-1, compare=False, kw_only=True)
    end: int = attribute(default=-1, compare=False, kw_only=True)

    parts: ClassVar[tuple[str, ...]] = ()
    positional: ClassVar[bool] = False
    of_text: ClassVar[bool] = False
    typed: ClassVar[str] = ""

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below this one, in the order they are written."""
        return tuple(getattr(self, name) for name in self.parts)

    def with_children(self, children: tuple[Node, ...]) -> Self:
        """Return the same node around other children, as many and in the same order (a list may have any number)."""
        return replace(self, **dict(zip(self.parts, children, strict=True))) if children else self


@record
class _List(_Node):
    """A node over any number of others."""

    children: tuple[Node, ...]

    def with_children(self, children: tuple[Node, ...]) -> Self:
        """Return the same operator over other nodes."""
        return replace(self, children=children)


@record
class Word(_Node):
    """A word. Stemmed: matches every word with the same key; `exact`: only this spelling, case aside (`=reports`)."""

    positional = True

    text: str
    field: str = "text"
    exact: bool = False


@record
class Pattern(_Node):
    """Words by their spelling: `kind` prefix (`text` without the star), wildcard (`*` many, `?` one), fuzzy (edit
    distance `distance`, first `prefix` letters fixed) or regex (whole word, folded). Fits folded surfaces."""

    positional = True

    kind: Literal["prefix", "wildcard", "fuzzy", "regex"]
    text: str
    field: str = "text"
    distance: int = 1
    prefix: int = 1


@record
class Phrase(_List):
    """Positional nodes at consecutive positions, in order: Words and Patterns (or Ors of them)."""

    positional = True


@record
class Near(_Node):
    """Two positional nodes near each other; a match's span runs from the first to the last word of both.

    unit `word`: at most `distance` - 1 other words between the end of one match and the start of the other (adjacent
    words are w/1), the matches do not overlap; `sentence` and `paragraph`: both lie in the same one (distance unused).
    ordered: left before right. negated (`not w/5`): matches of `left` that have no match of `right` at that
    distance; the span is left's.
    """

    parts = ("left", "right")
    positional = True
    of_text = True

    left: Node
    right: Node
    distance: int
    unit: Literal["word", "sentence", "paragraph"] = "word"
    ordered: bool = False
    negated: bool = False


@record
class AtLeast(_Node):
    """Articles where `child` (positional) matches at `count` or more different starting positions."""

    parts = ("child",)
    typed = "atleast()"
    of_text = True

    count: int
    child: Node


@record
class FirstWords(_Node):
    """Matches of `child` that end within the first `count` words of the body or of the headline (`x/F50/`)."""

    parts = ("child",)
    positional = True
    of_text = True

    count: int
    child: Node


@record
class AllCaps(_Node):
    """Matches of `child` whose every word is printed in capitals."""

    parts = ("child",)
    positional = True
    of_text = True

    child: Node


@record
class Value(_Node):
    """Articles whose column `field` holds exactly `text` (case folded): id, path, country, language, status, format."""

    field: str
    text: str


@record
class NumberRange(_Node):
    """Articles whose number column lies in [low, high], both inclusive, None for open."""

    field: str
    low: int | None
    high: int | None


@record
class DateRange(_Node):
    """Articles dated in a range of days (first to last moment, inclusive; None for open).

    An article's own date is a range too (a year is all of it). It matches when its range lies wholly inside this one,
    so `date:2026` finds a year-only article and `date:2026-01-13` does not; `overlap`: it is enough that they touch.
    Instants with a zone compare with `low`/`high` as UTC POSIX seconds; dates without a zone compare with
    `low_local`/`high_local`: the same moments as wall clock of the user's zone (seconds since 1970 as if UTC).
    field: `published`, `updated` or `ingested`.
    """

    field: str
    low: int | None
    high: int | None
    low_local: int | None
    high_local: int | None
    overlap: bool = False


@record
class Has(_Node):
    """Articles that have anything in the field (`byline:*`)."""

    field: str


@record
class Everything(_Node):
    """All articles (`*`)."""

    typed = "*"


@record
class Nothing(_Node):
    """No article."""

    typed = "nothing()"


@record
class And(_List):
    """Articles that match all. Scores add up."""

    typed = "AND"


@record
class Or(_List):
    """Articles that match any. Scores of those that match add up. Positional when all its children are."""


@record
class Not(_Node):
    """All articles but those that match."""

    parts = ("child",)
    typed = "NOT"

    child: Node


@record
class Filter(_Node):
    """Articles of `child` that also match `condition`, which neither scores nor highlights."""

    parts = ("child", "condition")
    typed = "filter()"

    child: Node
    condition: Node


@record
class Optional(_Node):
    """Articles of `child`; those that also match `bonus` score higher (stop words beside real ones)."""

    parts = ("child", "bonus")
    typed = "prefer()"

    child: Node
    bonus: Node


@record
class Boost(_Node):
    """`child` with its score multiplied by `factor` (> 0)."""

    parts = ("child",)
    typed = "a weight"

    child: Node
    factor: float


Node: TypeAlias = (
    Word | Pattern | Phrase | Near | AtLeast | FirstWords | AllCaps | Value | NumberRange | DateRange | Has
    | Everything | Nothing | And | Or | Not | Filter | Optional | Boost
)  # fmt: skip
Term: TypeAlias = Word | Pattern
Condition: TypeAlias = Value | NumberRange | DateRange | Has


def walk(node: Node, *, without: tuple[type, ...] = ()) -> Iterator[Node]:
    """Yield a node and all below it, each before its children, left to right.

    Args:
        without: node classes to leave out together with what is below them.
    """
    stack = [node]
    while stack:
        top = stack.pop()
        if not isinstance(top, without):
            yield top
            stack.extend(reversed(top.children))


def terms(node: Node) -> list[Term]:
    """Return the words and patterns of a tree, in the order they are written."""
    return [part for part in walk(node) if isinstance(part, Term)]


def transform(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return a tree with `change` applied to every node, children first (it is given nodes with changed children)."""
    children = node.children
    changed = tuple(transform(child, change) for child in children)
    same = all(new is old for new, old in zip(changed, children, strict=True))  # equal nodes may differ in place
    return change(node if same else node.with_children(changed))
