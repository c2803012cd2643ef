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

from typing import Literal, TypeAlias

from morgue.runtime.frozen import attribute, record

HEADLINE_GAP = 256
MAX_DISTANCE = 255


@record
class Word:
    """A word. Stemmed: matches every word with the same key; `exact`: only this spelling, case aside (`=reports`)."""

    text: str
    field: str = "text"
    exact: bool = False
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Pattern:
    """Words by their spelling: `kind` prefix (`text` without the star), wildcard (`*` many, `?` one), fuzzy (edit
    distance `distance`, first `prefix` letters fixed) or regex (whole word, folded). Fits folded surfaces."""

    kind: Literal["prefix", "wildcard", "fuzzy", "regex"]
    text: str
    field: str = "text"
    distance: int = 1
    prefix: int = 1
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Phrase:
    """Positional nodes at consecutive positions, in order: Words and Patterns (or Ors of them)."""

    items: tuple[Node, ...]
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Near:
    """Two positional nodes near each other; a match's span runs from the first to the last word of both.

    unit `word`: at most `distance` - 1 other words between the end of one match and the start of the other (adjacent
    words are w/1), the matches do not overlap; `sentence` and `paragraph`: both lie in the same one (distance unused).
    ordered: left before right. negated (`not w/5`): matches of `left` that have no match of `right` so near; the
    span is left's.
    """

    left: Node
    right: Node
    distance: int
    unit: Literal["word", "sentence", "paragraph"] = "word"
    ordered: bool = False
    negated: bool = False
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class AtLeast:
    """Articles where `child` (positional) matches at `count` or more different starting positions."""

    count: int
    child: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class FirstWords:
    """Matches of `child` that end within the first `count` words of the body or of the headline (`x/F50/`)."""

    count: int
    child: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class AllCaps:
    """Matches of `child` whose every word is printed in capitals."""

    child: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Value:
    """Articles whose column `field` holds exactly `text` (case folded): id, path, country, language, status, format."""

    field: str
    text: str
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class NumberRange:
    """Articles whose number column lies in [low, high], both inclusive, None for open."""

    field: str
    low: int | None
    high: int | None
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class DateRange:
    """Articles dated in a range of days (first to last moment, inclusive; None for open).

    An article's own date is a range too (a year is all of it). It matches when its range lies wholly inside this one,
    so `date:2026` finds a year-only article and `date:2026-01-13` does not; `overlap` asks only that they touch.
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
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Has:
    """Articles that have anything in the field (`byline:*`)."""

    field: str
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Everything:
    """All articles (`*`)."""

    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Nothing:
    """No article."""

    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class And:
    """Articles that match all. Scores add up."""

    children: tuple[Node, ...]
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Or:
    """Articles that match any. Scores of those that match add up. Positional when all its children are."""

    children: tuple[Node, ...]
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Not:
    """All articles but those that match."""

    child: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Filter:
    """Articles of `child` that also match `condition`, which neither scores nor highlights."""

    child: Node
    condition: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Optional:
    """Articles of `child`; those that also match `bonus` score higher (stop words beside real ones)."""

    child: Node
    bonus: Node
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


@record
class Boost:
    """`child` with its score multiplied by `factor` (> 0)."""

    child: Node
    factor: float
    start: int = attribute(default=-1, compare=False)
    end: int = attribute(default=-1, compare=False)


Node: TypeAlias = (
    Word | Pattern | Phrase | Near | AtLeast | FirstWords | AllCaps | Value | NumberRange | DateRange | Has
    | Everything | Nothing | And | Or | Not | Filter | Optional | Boost
)  # fmt: skip
