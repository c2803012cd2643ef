"""Regular expressions of a query: which are admitted, and a matcher whose time is bounded.

Python's `re` can take exponential time. A pattern here fits one word (no longer than a hundred letters or so), holds no
look-around and no back-reference, repeats no repetition, and has few unbounded repetitions: that bounds the work by a
small power of the word's length.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

_LONGEST = 200
_MOST_REPEATS = 4
_BIGGEST_REPEAT = 100


def folded(text: str) -> str:
    """Return a pattern in small letters, escapes such as \\W kept."""
    return re.sub(r"\\.|[^\\]+", lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), text, flags=re.DOTALL)


def problem(text: str) -> str:
    """Return why a pattern cannot be used, or ""."""
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # FutureWarning of set operations: no business of the user's
            compiled = re.compile(text)
            from re import _parser  # type: ignore[attr-defined]

            tree = _parser.parse(text)
    except (re.error, OverflowError, RecursionError) as error:
        return getattr(error, "msg", "") or "it is too large"
    if compiled.groups > 20:
        return "it has more than 20 groups"
    return _Check().sequence(tree, 0)


class _Check:
    """Walks the parsed pattern and counts what makes matching slow."""

    def __init__(self) -> None:
        self.unbounded = 0
        self.states = 0

    def sequence(self, items: Any, repeats: int) -> str:
        for operator, argument in items:
            found = self.item(str(operator), argument, repeats)
            if found:
                return found
        return ""

    def item(self, operator: str, argument: Any, repeats: int) -> str:
        self.states += 1
        if operator in ("ASSERT", "ASSERT_NOT"):
            return "it looks ahead or behind"
        if operator in ("GROUPREF", "GROUPREF_EXISTS"):
            return "it refers back to a group"
        if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self.repeat(argument, repeats)
        if operator == "SUBPATTERN":
            return self.sequence(argument[3], repeats)
        if operator == "ATOMIC_GROUP":
            return self.sequence(argument, repeats)
        if operator == "BRANCH":
            for branch in argument[1]:
                if found := self.sequence(branch, repeats):
                    return found
        return ""

    def repeat(self, argument: Any, repeats: int) -> str:
        _, high, items = argument
        if int(high) > 1:
            if repeats:
                return "it repeats a repetition"
            repeats += 1
            if int(high) > _BIGGEST_REPEAT and str(high) != "MAXREPEAT":
                return f"it repeats more than {_BIGGEST_REPEAT} times"
            self.unbounded += 1
            if self.unbounded > _MOST_REPEATS:
                return f"it has more than {_MOST_REPEATS} repetitions"
            if any(str(operator) == "BRANCH" for operator, _ in items) or len(items) > 20:
                return self.branching(items, repeats)
        return self.sequence(items, repeats)

    def branching(self, items: Any, repeats: int) -> str:
        """A repeated choice is safe when its branches begin differently, which re's own parser has factored out."""
        for operator, argument in items:
            if str(operator) == "BRANCH":
                firsts = [str(branch[0]) if len(branch) else "" for branch in argument[1]]
                literal = all(first.startswith("(LITERAL") for first in firsts)
                if not literal or len(set(firsts)) < len(firsts):
                    return "it repeats a choice whose parts begin alike"
        return self.sequence(items, repeats)


def matcher(text: str) -> Callable[[str], bool]:
    """Return a function that tells whether a folded word as a whole fits an admitted pattern.

    Raises:
        ValueError: the pattern is not admitted (`problem` says why).
    """
    found = problem(text)
    if found:
        raise ValueError(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fullmatch = re.compile(text).fullmatch
    return lambda word: fullmatch(word) is not None
