"""Regular expressions of a query: Python's syntax, without what an automaton cannot run.

`parse` gives the parsed expression that `engine/search/automata.py` makes its automaton of. Matching a word with that
takes time in proportion to the word and to the size of the expression, so nested repetitions are harmless; the size is
bounded here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

MAX_LENGTH = 200  # characters as typed
MAX_STATES = 20_000  # of the automaton
MAX_REPEATS = 1000  # of one part

Items: TypeAlias = Sequence[tuple[object, Any]]
"""Operators of Python's regular expression parser (by their names, `str(operator)`), with their arguments."""

_LEAVES = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN"))
_ANCHORS = frozenset(("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"))
_NO_FLAGS = "flags cannot be used: words are matched without case"
_REFUSED = {
    "GROUPREF": "back references",
    "GROUPREF_EXISTS": "conditions on a group",
    "ASSERT": "looking ahead or behind",
    "ASSERT_NOT": "looking ahead or behind",
    "POSSESSIVE_REPEAT": "possessive repeats",
    "ATOMIC_GROUP": "atomic groups",
    "AT": "word boundaries",
}


class PatternError(ValueError):
    """A regular expression that cannot be used; its text says why."""


def folded(text: str) -> str:
    """Return a pattern in small letters, escapes such as \\W kept."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), text, flags=re.DOTALL)


def problem(text: str) -> str:
    """Return why a typed pattern cannot be used, or ""."""
    if len(text) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH} characters"
    try:
        parse(text)
    except PatternError as error:
        return str(error)
    return ""


def alternatives(text: str) -> list[str]:
    """Return the parts of an expression that `|` separates, those inside parentheses and classes left whole."""
    parts, start, depth = list[str](), 0, 0
    for sign in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", text, re.DOTALL):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth == 0:
            parts.append(text[start : sign.start()])
            start = sign.end()
    return [*parts, text[start:]]


def ends_with(text: str, sign: str) -> bool:
    """Return whether an expression `text` ends with a `sign` that is not escaped."""
    before = text.removesuffix(sign)
    return before != text and (len(before) - len(before.rstrip("\\"))) % 2 == 0


def parse(text: str) -> Items:
    """Return a parsed expression that an automaton can run.

    Raises:
        PatternError: it is not a regular expression, is too large, or holds what an automaton cannot do: looking
            around, back references, conditions, flags.
    """
    import warnings

    parser: Any = re._parser  # type: ignore[attr-defined]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "possible nested set": a matter of style
            parsed = parser.parse(text, re.DOTALL.value)
        if parsed.state.flags & ~(re.UNICODE | re.DOTALL):
            raise PatternError(_NO_FLAGS)
        if _size(parsed.data) > MAX_STATES:
            raise PatternError("the expression is too large")
    except re.error as error:
        raise PatternError(error.msg) from None
    except (RecursionError, OverflowError):
        raise PatternError("the expression is too deep") from None
    items: Items = parsed.data
    return items


def _size(items: Items) -> int:
    """The number of states that the automaton of a sequence has at most."""
    return sum(_size_of(str(operator), argument) for operator, argument in items)


def _size_of(operator: str, argument: Any) -> int:
    if operator in _LEAVES:
        return 2
    if operator == "BRANCH":
        return 1 + sum(1 + _size(branch) for branch in argument[1])
    if operator == "SUBPATTERN":
        if argument[1] or argument[2]:
            raise PatternError(_NO_FLAGS)
        return _size(argument[3])
    if operator in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most = int(argument[0]), int(argument[1])
        if least > MAX_REPEATS:
            raise PatternError(f"more than {MAX_REPEATS} repeats")
        copies = most if most <= MAX_REPEATS else least + 1
        return copies * max(_size(argument[2]), 1) + 2
    if operator == "AT" and str(argument) in _ANCHORS:
        return 0
    raise PatternError(f"{_REFUSED.get(operator, operator.lower().replace('_', ' '))} cannot be used in a search")
