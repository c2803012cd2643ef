"""Reports the problems of a query: as an error that ends parsing, or with `lenient` as a notice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from morgue.errors import QueryError
from morgue.model import Notice

MAX_NOTICES = 100  # of one query


class Place(NamedTuple):
    """A part of a query by its character offsets."""

    start: int
    end: int


class Placed(Protocol):
    """What has a place in a query: a token, a node, a Place."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Reporter:
    """Collects the notices of one query text and raises its errors.

    Attributes:
        text: the query as typed. lenient: errors become notices. notices: so far.
    """

    __slots__ = ("_seen", "lenient", "notices", "text")

    def __init__(self, text: str, *, lenient: bool = False) -> None:
        self.text = text
        self.lenient = lenient
        self.notices: list[Notice] = []
        self._seen: set[Notice] = set()

    def fail(
        self, message: str, at: Placed, *, hint: str = "", instead: Iterable[str] = (), suggestions: Iterable[str] = ()
    ) -> None:
        """Raise a QueryError of `message` and `hint`; when lenient, add a notice and return: the part is left out.

        Args:
            at: the part at fault. instead: texts that would be right in its place. suggestions: corrected queries.

        Raises:
            QueryError: unless lenient.
        """
        start = max(0, min(at.start, len(self.text)))
        end = max(start, min(at.end, len(self.text)))
        if self.lenient:
            self.note("query-error", message, Place(start, end), hint)
            return
        offers = dict.fromkeys([*(self.swap(at.start, at.end, text) for text in instead), *suggestions])
        different = tuple(offer for offer in offers if offer.strip() not in ("", self.text.strip()))
        raise QueryError(message, query=self.text, start=start, end=end, hint=hint, suggestions=different) from None

    def note(self, code: str, message: str, at: Placed, hint: str = "") -> None:
        """Add a Notice of `code`, `message` and `hint` at a place, once, up to MAX_NOTICES."""
        notice = Notice(code, message, hint, at.start, at.end)
        if notice not in self._seen and len(self.notices) < MAX_NOTICES:
            self._seen.add(notice)
            self.notices.append(notice)

    def swap(self, start: int, end: int, text: str) -> str:
        """Return the query with `text` in place of what is from `start` to `end`: a correction to suggest."""
        before, after = self.text[:start], self.text[end:]
        if not text and (not before or before[-1].isspace()):
            after = after.lstrip()
        return (before + text + after).strip()
