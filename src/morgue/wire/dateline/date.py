"""The date in a dateline's head: a walk over its tokens, in any order and any of the calendar's languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from morgue.wire.calendar import month, names_of_days_and_months, weekday
from morgue.wire.dates import century, valid
from morgue.wire.names import has_digit, words

_TOKEN = re.compile(r"[,،、]|[^\s,،、]+")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)\.?|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY = re.compile(r"(\d{1,2})(?:\.|º|°|st|nd|rd|th|er|-е|го)?", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:[ap]\.?m\.?)?|[ap]\.?m\.?|GMT|UTC|Uhr", re.IGNORECASE)
_SHORT_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})\.?")
_FILLERS = words("d. de del of le den on the في g г. г di do der am e , ، 、")
_COMMAS = ",،、"
_MAX_TOKENS = 9  # tokens of a date


class Day(NamedTuple):
    """A date as a dateline gives it: 0 where a part is missing, weekday 0 (Monday) .. 6 or -1."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1

    @property
    def dated(self) -> bool:
        """Whether it gives a day or a weekday."""
        return bool(self.day) or self.weekday >= 0


NO_DAY = Day()


def date_words() -> frozenset[str]:
    """Return the words without a digit that a date may hold, folded."""
    return _FILLERS | words("am pm gmt utc uhr") | names_of_days_and_months()


@dataclass(slots=True)
class _Parts:
    """The parts of a date met so far, walking over tokens."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    short: bool = False  # whether numbers alone, without a year, make a date: BRUXELLES 28/01 (BELGA)

    def add(self, token: str) -> bool:
        """Add a token; False when it cannot be part of the date."""
        word = token.strip(".,()")
        if token in _FILLERS or token.lower() in _FILLERS or _CLOCK.fullmatch(token):
            return True
        if token[0].isdigit() or token[0] == "(":
            return self._number(token, word)
        if len(word) < 2 or not word[0].isalpha():
            return False
        if not self.month and (found := month(word)):
            self.month = found
            return True
        if self.weekday < 0 and len(word) >= 3 and (found := weekday(word)) >= 0:
            self.weekday = found
            return True
        return False

    def _number(self, token: str, word: str) -> bool:
        if numeric := _NUMERIC_DATE.fullmatch(token):
            return self._numeric(numeric)
        if self.short and not self.day and not self.month and (numbers := _SHORT_NUMERIC.fullmatch(token)):
            self.day, self.month = int(numbers[1]), int(numbers[2])
            return 1 <= self.day <= 31 and 1 <= self.month <= 12
        if len(word) == 4 and word.isdecimal() and not self.year and 1800 <= int(word) <= 2200:
            self.year = int(word)
            return True
        if (number := _DAY.fullmatch(token.strip(",()"))) and not self.day and 1 <= int(number[1]) <= 31:
            self.day = int(number[1])
            return True
        return False

    def _numeric(self, match: re.Match[str]) -> bool:
        if self.day or self.month:
            return False
        if match[5]:
            self.year, self.month, self.day = int(match[5]), int(match[6]), int(match[7])
            return True
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        self.year = year if len(match[4]) == 4 else century(year)
        # Day first, as agencies outside the United States write; month first only when nothing else is possible.
        self.day, self.month = (first, second) if second <= 12 else (second, first)
        return True

    def resolved(self, day_alone: bool) -> Day | None:
        """Return the date, or None when the parts make none."""
        if self.day and self.month:
            return (
                Day(self.year, self.month, self.day, self.weekday) if valid(self.year, self.month, self.day) else None
            )
        if self.day and day_alone and not self.year:
            return Day(0, 0, self.day, self.weekday)
        if self.weekday >= 0 and not self.day and not self.month and not self.year:
            return Day(weekday=self.weekday)
        return None


def take_last(text: str, *, day_alone: bool) -> tuple[str, Day]:
    """Split a trailing date off `text`: returns the rest and the date (`NO_DAY` when there is none).

    `day_alone`: whether a day of the month without the month counts ("MADRID, 13 (EUROPA PRESS)").
    """
    text = text.rstrip()
    if not text or not _may_end(text):
        return text, NO_DAY
    tokens = list(_TOKEN.finditer(text))[-_MAX_TOKENS:]
    parts = _Parts(short=day_alone)
    best: tuple[int, Day] | None = None
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index][0]
        before = parts.weekday
        if not parts.add(token):
            break
        if parts.weekday != before and index and not _apart(tokens[index - 1][0]):
            break  # SANTO DOMINGO, March 4: Sunday in Spanish, but a town's name here
        if token.lower() not in _FILLERS and (found := parts.resolved(day_alone)):
            best = (index, found)
    if best is None:
        return text, NO_DAY
    first = best[0]
    while first and tokens[first - 1][0] in _FILLERS and tokens[first - 1][0] not in _COMMAS:
        first -= 1  # Paris, le 13 janvier
    return text[: tokens[first].start()].rstrip(" ,،"), best[1]


def _may_end(text: str) -> bool:
    """Return whether the last words can be a date at all: a digit, or a weekday at the end."""
    tail = text[-40:]
    return has_digit(tail) or weekday(text.rpartition(" ")[2].strip(".,()")) >= 0


def _apart(token: str) -> bool:
    return token in _COMMAS or token.lower() in _FILLERS or token.endswith((")", "."))


def take_first(text: str) -> tuple[str, Day]:
    """Split a date off the front: `13 January 2026, GENEVA`, `Jan. 13, PARIS`."""
    if not has_digit(text[:30]):
        return text, NO_DAY
    parts = _Parts()
    best: tuple[int, Day] | None = None
    for count, token in enumerate(_TOKEN.finditer(text)):
        if count >= _MAX_TOKENS - 1 or not parts.add(token[0]):
            break
        found = parts.resolved(False)
        if token[0].lower() not in _FILLERS and found and found.day:
            best = (token.end(), found)
    if best is None or best[0] >= len(text):
        return text, NO_DAY
    return text[best[0] :].lstrip(" ,،.:–—-"), best[1]
