"""Whether 02/01/2026 is January or February: what the dates of all records of a file show together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from morgue.model import Draft, Rejected, Remark

_NUMERIC = re.compile(r"\s*(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(?:\d{4}|\d\d)(?!\d)")
_MAX_HELD = 1 << 25  # characters of the records that wait for a date that settles the order


def settled(items: Iterator[Draft | Rejected]) -> Iterator[Draft | Rejected]:
    """Yield `items`, the records of one file, in order, with `day_first` set where a date can be read both ways.

    Such a record waits for the first date of the file that can be read one way only (13/01/2026); without one the order
    stays as the reader left it. A later date that contradicts it gives a remark, and settles nothing any more.
    """
    waiting: list[Draft | Rejected] = []
    held = 0
    order: bool | None = None
    mixed = False
    for item in items:
        shown, is_open = _order(item) if isinstance(item, Draft) else (None, False)
        if shown is not None and order is None:
            order = shown
            yield from _ordered(waiting, order)
            waiting, held = [], 0
        elif isinstance(item, Draft) and shown is not None and shown is not order:
            item.problems.append(_contradiction(item, shown))
            mixed = True
        if order is None and (is_open or waiting) and held <= _MAX_HELD:
            waiting.append(item)
            held += len(item.body) if isinstance(item, Draft) else 0
            continue
        yield from waiting  # too much to hold: their order stays unknown
        waiting = []
        if is_open and order is not None and not mixed and isinstance(item, Draft):
            item.day_first = order
        yield item
    yield from waiting


def _ordered(items: list[Draft | Rejected], order: bool) -> Iterator[Draft | Rejected]:
    for item in items:
        if isinstance(item, Draft):
            item.day_first = order
        yield item


def _order(draft: Draft) -> tuple[bool | None, bool]:
    """Return whether the dates of a draft show that the day (True) or the month (False) goes first, None for neither,
    and whether one of them can be read both ways."""
    shown, is_open = None, False
    for claims in (draft.published, draft.updated, draft.embargo):
        for claim in claims:
            text = claim.value
            # Nearly every date is ISO 8601 and has neither of these.
            if not ("/" in text[:6] or "." in text[:6] or "-" in text[1:3]) or not (found := _NUMERIC.match(text)):
                continue
            first, second = int(found[1]), int(found[3])
            if first > 12 >= second > 0:
                shown = True
            elif second > 12 >= first > 0:
                shown = False
            elif first != second:
                is_open = True
    return shown, is_open


def _contradiction(draft: Draft, shown: bool) -> Remark:
    first = "the day" if shown else "the month"
    value = next(claim.value for claim in (*draft.published, *draft.updated, *draft.embargo))
    why = f"{first} goes first here but not in other records of the file: dates that can be read both ways are doubtful"
    return Remark(field="published", value=value[:200], why=why, how="column")
