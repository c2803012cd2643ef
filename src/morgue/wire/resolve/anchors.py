"""Dates that a text gives in part (a weekday, a day without a year, a copyright year), completed by an anchor.

The provenance is `derived:<hint>+<anchor>`, never stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from morgue.lexicon import ANOTHER_WEEK, WEEKDAYS, either, words
from morgue.model import Context, Published
from morgue.wire import dates
from morgue.wire.calendar import month, weekday

_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_FOLDER_DAY = re.compile(r"(?:^|/)((?:19|20)\d\d)/(\d{1,2}|[A-Za-z]{3,9})/(\d{1,2})(?=/|$)")
_FOLDER_MONTH = re.compile(r"(?:^|/)((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")
_FOLDER_YEAR = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=/)")
_WEEKDAY = re.compile(rf"(?P<before>\b[\w’']+\s+)?\b(?P<weekday>{either(words(WEEKDAYS))})\b")
_ELSEWHERE = frozenset(words(ANOTHER_WEEK))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date from outside the text: first and last day it may mean, and where it comes from."""

    first: date
    last: date
    how: str

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def _span(published: Published | None, how: str) -> Anchor | None:
    limits = dates.bounds(published) if published else None
    if limits is None or published is None:
        return None
    if published.precision == "instant":  # the day that is printed, not the one in UTC
        day = date.fromisoformat(published.value[:10])
        return Anchor(day, day, how)
    first, last = (datetime.fromtimestamp(second, UTC).date() for second in limits[:2])
    return Anchor(first, last, how)


def _folder_day(match: re.Match[str], how: str) -> Anchor | None:
    number = int(match[2]) if match[2].isdigit() else month(match[2])
    return _span(dates.parse(f"{match[1]}-{number:02}-{int(match[3]):02}"), how)


def _in_path(path: str) -> list[Anchor]:
    """Return what file name and folders say, exact days first."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    found: list[Anchor | None] = []
    if match := _FILE_DAY.search(name):
        found.append(_span(dates.parse(f"{match[1]}-{match[3]}-{match[4]}"), "filename"))
    if match := _FOLDER_DAY.search(f"{folder}/"):
        found.append(_folder_day(match, "folder"))
    elif match := _FILE_DAY.search(folder):
        found.append(_span(dates.parse(f"{match[1]}-{match[3]}-{match[4]}"), "folder"))
    elif match := _FOLDER_MONTH.search(f"{folder}/"):
        found.append(_span(dates.parse(f"{match[1]}-{match[2]}"), "folder"))
    elif match := _FOLDER_YEAR.search(f"{folder}/"):
        found.append(_span(dates.parse(match[1]), "folder"))
    return [anchor for anchor in found if anchor]


def anchors(context: Context, url: str = "") -> list[Anchor]:
    """Return the dates of `context` and `url` ("": none), best first: option, file name, folder, URL, crawl, mtime."""
    found = [_span(dates.parse(context.date), "option") if context.date else None]
    found += _in_path(context.path)
    if url and (match := _FOLDER_DAY.search(url)):
        found.append(_folder_day(match, "url"))
    if context.crawled:
        found.append(_span(dates.parse(context.crawled), "crawl"))
    if context.modified is not None and -1e10 < context.modified < 1e11:
        day = (datetime(1970, 1, 1) + timedelta(seconds=context.modified)).date()
        found.append(Anchor(day, day, "mtime"))
    return [anchor for anchor in found if anchor]


def first_weekday(texts: list[str]) -> tuple[int, str]:
    """Return the first weekday (0 = Monday) that may be the day of publication, and its word, from four paragraphs.

    A weekday behind last, next, until, by, every … is another week's. Returns (-1, "") when there is none.
    """
    for text in texts[:4]:
        for match in _WEEKDAY.finditer(text[:2000]):
            if (match["before"] or "").strip().lower() in _ELSEWHERE:
                continue
            if (number := weekday(match["weekday"])) >= 0:
                return number, match["weekday"]
    return -1, ""


def on_or_before(weekday: int, anchor: Anchor, years: list[int]) -> date | None:
    """Return the last such weekday on or before an exact anchor, when a copyright's years allow it."""
    if not anchor.exact:
        return None
    try:
        day = anchor.last - timedelta(days=(anchor.last.weekday() - weekday) % 7)
    except OverflowError:
        return None
    return day if not years or day.year in years else None


def with_year(month: int, day: int, anchor: Anchor) -> date | None:
    """Return the day without a year that lies closest to an anchor and not more than two days after it.

    Month 0: the month is not given either; this needs an exact anchor.
    """
    if not month and not anchor.exact:
        return None
    candidates = []
    for year in range(max(anchor.first.year - 1, 1), min(anchor.last.year + 1, 9999) + 1):
        for number in (month,) if month else range(1, 13):
            if not dates.valid(year, number, day):
                continue
            candidate = date(year, number, day)
            if not anchor.exact and anchor.first <= candidate <= anchor.last:
                candidates.append((0, candidate))
            elif anchor.exact and (candidate - anchor.last).days <= 2:
                candidates.append((abs((anchor.last - candidate).days), candidate))
    return min(candidates)[1] if candidates else None
