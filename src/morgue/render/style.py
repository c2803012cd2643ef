"""How results are printed, as options, settings and the terminal determine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What renderers take into account.

    Attributes:
        fields: names of fields in order, () for the format's own choice.
        template: `{date} {headline}`, or "".
        mark_open, mark_close: text around matched words; None for the format's own choice.
        headers: whether tables begin with the names of columns.
        raw: leave control characters and spreadsheet formulas as they are.
        null: end records with a zero byte instead of a line feed.
        meta: wrap JSON in an envelope with how the query was understood.
        color: whether to colour. terminal: whether stdout is one. width: columns to fill, 0 for no limit.
    """

    fields: tuple[str, ...] = ()
    template: str = ""
    mark_open: str | None = None
    mark_close: str | None = None
    headers: bool = True
    raw: bool = False
    null: bool = False
    meta: bool = False
    color: bool = False
    terminal: bool = False
    width: int = 0
