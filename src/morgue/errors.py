"""Problems that are explained to the user, with their exit codes."""

from __future__ import annotations

FOUND = 0
NOTHING_FOUND = 1
USAGE = 2
INDEX_PROBLEM = 3
SOME_REJECTED = 4
LOCKED = 5
BUG = 70
INTERRUPTED = 130


class MorgueError(Exception):
    """A problem that ends the command with one sentence on stderr.

    Attributes:
        message: what is wrong, naming the thing, without a full stop at the end.
        hint: the next step for the user, or "".
        exit_code: the process's exit status.
    """

    exit_code = USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MorgueError):
    """An option or argument that cannot be used as given."""


class QueryError(MorgueError):
    """A query that cannot be understood, or that would be answered wrongly.

    Attributes:
        query: the text as typed.
        start, end: the characters of `query` that the message is about (end exclusive).
        suggestions: complete corrected queries or words, best first.
    """

    def __init__(
        self,
        message: str,
        *,
        query: str,
        start: int,
        end: int,
        hint: str = "",
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint)
        self.query = query
        self.start = start
        self.end = end
        self.suggestions = suggestions


class IndexProblem(MorgueError):
    """The index is missing, unreadable, damaged or written by a newer morgue."""

    exit_code = INDEX_PROBLEM


class IndexMissing(IndexProblem):
    """There is no index at the place named."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing, cut short or does not have the checksum that was written."""


class IndexTooNew(IndexProblem):
    """The index was written by a later version of morgue."""


class IndexOutdated(IndexProblem):
    """The index was written by an earlier version of morgue and has to be rebuilt from its stored articles."""


class LockTimeout(MorgueError):
    """Another process holds the write lock."""

    exit_code = LOCKED
