"""Reports the problems of a query: as an error that ends parsing, or with `lenient` as a notice."""

from __future__ import annotations

from morgue.errors import QueryError
from morgue.model import Notice

MAX_NOTICES = 100  # of one query


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
        self, message: str, start: int, end: int, *, hint: str = "", suggestions: tuple[str, ...] | list[str] = ()
    ) -> None:
        """Raise a QueryError of `message` and `hint`; when lenient, add a notice and return: the part is left out.

        Args:
            start, end: character offsets of the part at fault. suggestions: corrected queries.

        Raises:
            QueryError: unless lenient.
        """
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text)))
        if not self.lenient:
            offers = tuple(
                offer for offer in dict.fromkeys(suggestions) if offer.strip() not in ("", self.text.strip())
            )
            raise QueryError(message, query=self.text, start=start, end=end, hint=hint, suggestions=offers) from None
        self.note("query-error", message, start, end, hint)

    def note(self, code: str, message: str, start: int, end: int, hint: str = "") -> None:
        """Add a Notice(code, message, hint, start, end), once, up to MAX_NOTICES."""
        notice = Notice(code, message, hint, start, end)
        if notice not in self._seen and len(self.notices) < MAX_NOTICES:
            self._seen.add(notice)
            self.notices.append(notice)

    def swap(self, start: int, end: int, text: str) -> str:
        """Return the query with `text` in place of what is from `start` to `end`: a correction to suggest."""
        before, after = self.text[:start], self.text[end:]
        if not text and (not before or before[-1].isspace()):
            after = after.lstrip()
        return (before + text + after).strip()
