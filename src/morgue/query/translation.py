"""A query of one syntax written in another."""

from __future__ import annotations

from dataclasses import dataclass

from morgue.errors import QueryError
from morgue.model import Notice
from morgue.query.options import ParseOptions
from morgue.query.read import parser_for, read


@dataclass(frozen=True, slots=True)
class Translation:
    """A query in another language, and notes on where the two differ in meaning."""

    text: str
    notes: tuple[Notice, ...]


def translate(text: str, from_: str, to: str, options: ParseOptions | None = None) -> Translation:
    """Return a query translated from syntax `from_` to syntax `to`.

    Args:
        text: the query. from_, to: a name of SYNTAXES. options: zone and time for its dates.

    Raises:
        QueryError: the query cannot be understood, or holds what the other language cannot express.
        UsageError: the syntax is unknown.
    """
    options = options or ParseOptions()
    parser_for(to)
    parsed = read(text, options, None, from_)
    from morgue.query.foreign import write

    try:
        written, notes = write(parsed.tree, to, options.tz)
    except ValueError as error:
        raise QueryError(str(error), query=text, start=0, end=len(text), hint=f"{to} has no equivalent") from None
    return Translation(written, (*parsed.notices, *notes))
