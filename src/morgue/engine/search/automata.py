"""Regular expressions and edit distance in time linear in the words' length, whatever the pattern.

Python's `re` may take exponential time on a hostile expression. Here an expression becomes a nondeterministic
automaton, whose sets of states are made deterministic as words need them. A sorted list of words is walked so that all
words with a beginning that cannot match are left out together.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any, Protocol, TypeVar

from morgue.query.regex import MAX_REPEATS, Items, parse

State = TypeVar("State")

_MAX_CACHED_STEPS = 20_000  # transitions of one automaton kept at a time


class TimeUp(Exception):
    """The time limit for finding words is reached."""


class Automaton(Protocol[State]):
    """Reads a word character by character."""

    start: State

    def step(self, state: State, char: str) -> State | None:
        """Return the state after `char` in `state`; None when no match is possible any more."""

    def accepts(self, state: State) -> bool:
        """Whether a word that ends in `state` matches."""


Test = Callable[[str], bool]


class Nfa:
    """A nondeterministic automaton: per state (test of a character, next state), and the states reached without one."""

    def __init__(self) -> None:
        self.reads: list[tuple[Test, int] | None] = []
        self.free: list[list[int]] = []

    def state(self) -> int:
        """Add a state and return its number."""
        self.reads.append(None)
        self.free.append([])
        return len(self.reads) - 1

    def closure(self, states: frozenset[int] | set[int]) -> frozenset[int]:
        """Return `states` and all that are reached from them without reading a character."""
        seen, todo = set(states), list(states)
        while todo:
            for following in self.free[todo.pop()]:
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return frozenset(seen)


class Lazy:
    """The deterministic automaton of an Nfa, made state by state as words need it."""

    def __init__(self, nfa: Nfa, first: int, last: int) -> None:
        self._nfa = nfa
        self._last = last
        self._known: dict[tuple[frozenset[int], str], frozenset[int] | None] = {}
        self.until = inf  # time.monotonic() after which new states are no longer made
        self.start = nfa.closure({first})

    def step(self, state: frozenset[int], char: str) -> frozenset[int] | None:
        """Return the state after `char` in `state`, or None.

        Raises:
            TimeUp: a new state would be made after `until`.
        """
        token = state, char
        try:
            return self._known[token]
        except KeyError:
            if time.monotonic() > self.until:
                raise TimeUp from None
        reached = {
            reads[1] for reads in (self._nfa.reads[number] for number in state) if reads is not None and reads[0](char)
        }
        if len(self._known) > _MAX_CACHED_STEPS:
            self._known.clear()
        following = self._known[token] = self._nfa.closure(reached) or None
        return following

    def accepts(self, state: frozenset[int]) -> bool:
        return self._last in state


class Levenshtein:
    """Words within an edit distance of `word`: insertions, deletions and replacements cost 1 each."""

    def __init__(self, word: str, distance: int) -> None:
        self._word = word
        self._most = distance
        self._known: dict[tuple[tuple[int, ...], str], tuple[int, ...] | None] = {}
        self._letters = frozenset(word)
        self.start = tuple(min(i, distance + 1) for i in range(len(word) + 1))

    def step(self, state: tuple[int, ...], char: str) -> tuple[int, ...] | None:
        """Return the state after `char` in `state`, or None. A state is the distances from each prefix of the word."""
        token = state, char if char in self._letters else ""
        try:
            return self._known[token]
        except KeyError:
            pass
        most = self._most + 1
        row = [min(state[0] + 1, most)]
        for i, letter in enumerate(self._word):
            row.append(min(state[i] + (letter != char), state[i + 1] + 1, row[i] + 1, most))
        following = self._known[token] = tuple(row) if min(row) < most else None
        return following

    def accepts(self, state: tuple[int, ...]) -> bool:
        return state[-1] <= self._most

    def fits(self, other: str) -> bool:
        """Whether a word is within the distance."""
        state = self.start
        for char in other:
            following = self.step(state, char)
            if following is None:
                return False
            state = following
        return self.accepts(state)


def walk(words: Sequence[str], automaton: Automaton[State], low: int, high: int, skip: int = 0) -> Iterator[int]:
    """Yield the indices of the words that an automaton accepts.

    Args:
        words: sorted by code point. low, high: range of indices to walk.
        skip: characters at the start of each word that the automaton does not see (all these words share them).
    """
    step, accepts = automaton.step, automaton.accepts
    states = [automaton.start]
    before = ""
    index = low
    while index < high:
        word = words[index]
        depth = _shared(before, word, skip, len(states) - 1)
        del states[depth + 1 :]
        state = states[depth]
        for place in range(skip + depth, len(word)):
            following = step(state, word[place])
            if following is None:
                index = _after(words, word[: place + 1], index, high)
                break
            state = following
            states.append(state)
        else:
            if accepts(state):
                yield index
            index += 1
        before = word


def _shared(one: str, other: str, skip: int, most: int) -> int:
    """Return how many characters after `skip` two words share, at most `most`."""
    most = min(most, len(one) - skip, len(other) - skip)
    for depth in range(most):
        if one[skip + depth] != other[skip + depth]:
            return depth
    return max(most, 0)


def _after(words: Sequence[str], prefix: str, index: int, high: int) -> int:
    """Return the first index from `index` whose word does not begin with `prefix`."""
    if index + 1 < high and not words[index + 1].startswith(prefix):
        return index + 1
    return end_of(words, prefix, index + 1, high)


def end_of(words: Sequence[str], prefix: str, low: int, high: int) -> int:
    """Return the first index from `low` to `high` whose word sorts behind all that begin with `prefix`, else `high`.

    `words` are sorted by code point.
    """
    last = ord(prefix[-1])
    return high if last >= 0x10FFFF else bisect_left(words, prefix[:-1] + chr(last + 1), low, high)


def wildcard(text: str) -> Lazy:
    """Return the automaton of a wildcard: `*` any characters, `?` one."""
    nfa = Nfa()
    first = state = nfa.state()
    for char in text:
        if char == "*":
            nfa.reads[state] = (_anything, state)
            following = nfa.state()
            nfa.free[state].append(following)
        else:
            following = nfa.state()
            nfa.reads[state] = (_anything if char == "?" else char.__eq__, following)
        state = following
    return Lazy(nfa, first, state)


def regex(text: str) -> tuple[Lazy, str]:
    """Return the automaton of a regular expression that has to match a whole word, and how every match begins.

    Raises:
        PatternError: it is not a regular expression, or one that an automaton cannot run (query/regex.py).
    """
    parsed = parse(text)
    nfa = Nfa()
    first = nfa.state()
    return Lazy(nfa, first, _Builder(nfa).sequence(parsed, first)), _literal_start(parsed)


def _literal_start(items: Items) -> str:
    start = ""
    for kind, value in items:
        if str(kind) != "LITERAL":
            break
        start += chr(value)
    return start


def _anything(_char: str) -> bool:
    return True


_CATEGORIES: dict[str, Test] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda char: not char.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda char: not char.isspace(),
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
    "CATEGORY_NOT_WORD": lambda char: not (char.isalnum() or char == "_"),
}


class _Builder:
    """Adds the parts of a parsed expression to an Nfa; each method takes the state before and returns the one after."""

    def __init__(self, nfa: Nfa) -> None:
        self.nfa = nfa

    def sequence(self, items: Items, state: int) -> int:
        for kind, value in items:
            state = self.item(str(kind), value, state)
        return state

    def item(self, kind: str, value: Any, state: int) -> int:
        if kind == "LITERAL":
            return self._reading(chr(value).__eq__, state)
        if kind == "NOT_LITERAL":
            return self._reading(chr(value).__ne__, state)
        if kind == "ANY":
            return self._reading(_anything, state)
        if kind == "IN":
            return self._reading(_class_of(value), state)
        if kind == "BRANCH":
            return self._branch(value[1], state)
        if kind == "SUBPATTERN":
            return self.sequence(value[3], state)
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(value, state)
        return state  # an anchor: the whole word has to match anyway

    def _reading(self, test: Test, state: int) -> int:
        before, after = self.nfa.state(), self.nfa.state()
        self.nfa.free[state].append(before)
        self.nfa.reads[before] = (test, after)
        return after

    def _branch(self, branches: Sequence[Items], state: int) -> int:
        end = self.nfa.state()
        for branch in branches:
            begin = self.nfa.state()
            self.nfa.free[state].append(begin)
            self.nfa.free[self.sequence(branch, begin)].append(end)
        return end

    def _repeat(self, value: tuple[int, int, Items], state: int) -> int:
        least, most = int(value[0]), int(value[1])
        for _ in range(least):
            state = self.sequence(value[2], state)
        end = self.nfa.state()
        if most > MAX_REPEATS:  # words are not that long: the same as unlimited
            loop = self.nfa.state()
            self.nfa.free[state].append(loop)
            self.nfa.free[self.sequence(value[2], loop)].append(loop)
            self.nfa.free[loop].append(end)
            return end
        for _ in range(most - least):
            self.nfa.free[state].append(end)
            state = self.sequence(value[2], state)
        self.nfa.free[state].append(end)
        return end


def _class_of(items: Items) -> Test:
    negated = False
    tests: list[Test] = []
    for kind, value in items:
        name = str(kind)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            tests.append(chr(value).__eq__)
        elif name == "RANGE":
            tests.append(lambda char, low=value[0], high=value[1]: low <= ord(char) <= high)  # type: ignore[misc]
        else:
            tests.append(_CATEGORIES[str(value)])
    return lambda char: any(test(char) for test in tests) != negated
