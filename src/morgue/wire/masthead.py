"""A newspaper's name and date as they head a page: `THE DUNMOOR POST, SUNDAY, NOVEMBER 3, 1918.`

The place beside them is where the paper appears, not where a story was filed. A line is a masthead when nothing but a
name, places, volume, number and price is around a full date, and the name is that of a newspaper: by its last word or
by its article. Name and date may be on lines of their own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from morgue import lexicon
from morgue.lexicon import either, words
from morgue.wire.calendar import month, weekday
from morgue.wire.dates import valid
from morgue.wire.gazetteer import places

MAX_LINES = 5  # at the top of a text
MAX_LENGTH = 160  # characters of a line
_MAX_NAME = 8  # words
_ORDINAL = r"(?:st|nd|rd|th|d|er|re|º|ª)?"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}[.,]?\s+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{{3,12}})[.,]*\s+(?:de\s+|del\s+)?(?P<year>{_YEAR})"
    rf"|(?<!\w)(?P<name2>[^\W\d_]{{3,12}})[.,]*\s+(?P<day2>\d{{1,2}}){_ORDINAL}[.,;:]*\s+(?P<year2>{_YEAR})",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?:(?<!\w)(?:{either(words(lexicon.MASTHEAD))})(?!\w)|(?<!\w)[ivxlcdm]+(?!\w)|[\W\d_]+)*", re.IGNORECASE
)
_PAPERS = frozenset(words(lexicon.NEWSPAPER))
_PAPER_ENDS = tuple(word for word in words(lexicon.NEWSPAPER, "de", "nl", "sv", "no", "da", "fi") if len(word) > 4)
_ARTICLES = frozenset(lexicon.NEWSPAPER_ARTICLE)
_PREPOSITIONS = frozenset({"of", "de", "des", "du", "do", "da", "di", "del", "della", "der", "van", "von", "für"})
_SMALL = _PREPOSITIONS | {"and", "the", "und", "la", "le", "et", "y", "e"}
_NOT_PAPERS = frozenset((*words(lexicon.BY), "copyright", "source", "from", "via", "contact"))
_RELEASES = frozenset(words(lexicon.RELEASE))
_PARTS_OF_DATE = frozenset({"morning", "evening", "afternoon", "night", "noon", "den", "le", "el", "di", "the"})
_NUMBER = re.compile(r"(?:no|nr|number|num|núm|numéro|nummer)[.:º°]*\s*(\d{1,6})", re.IGNORECASE)
_PAGE_IN_FRONT = re.compile(r"\W*(?:page\s+)?(\d{1,3}|(?<=page\s)\w+)\s+(?=[^\W\d_]{2})", re.IGNORECASE)
_PAGE_BEHIND = re.compile(r"\W*(?:page\s+)?(\d{1,3})\W*", re.IGNORECASE)
_POINTS = " ,.;:()—–-"
_SPLIT = re.compile(r"(?<=[^\W\d_]{3})\.\s+|[,;:|—–]+\s*|\s+-+\s+|\s{2,}")


class Masthead(NamedTuple):
    """What the top of a page says: paper, date, issue's number and page ("" for none), and the lines that it takes."""

    paper: str
    date: str
    number: str
    page: str
    lines: tuple[int, ...]


def find(lines: list[str]) -> Masthead | None:
    """Return the masthead among the first lines of a text, or None."""
    for index, line in enumerate(lines[:MAX_LINES]):
        if len(line) > MAX_LENGTH or not (found := _date_in(line)) or not _BESIDE.fullmatch(found.after):
            continue
        paper, rest = _paper(found.before, by_article=found.weekday)
        taken: tuple[int, ...] = (index,)
        if not paper and _places_only(rest):
            for other in (index - 1, index + 1, index - 2):
                if 0 <= other < len(lines) and len(lines[other]) < 80 and is_paper(lines[other].strip(" .*")):
                    paper, taken = lines[other].strip(" .*"), tuple(sorted((index, other)))
                    break
        if not paper:
            continue
        number = _NUMBER.search(line)
        page = _PAGE_IN_FRONT.match(found.before) or _PAGE_BEHIND.fullmatch(found.after)
        return Masthead(
            " ".join(paper.split()), found.date, number[1] if number else "", page[1] if page else "", taken
        )
    return None


class _Dated(NamedTuple):
    """A full date in a line, what is before and behind it, and whether a weekday belongs to it."""

    before: str
    date: str
    after: str
    weekday: bool


def _date_in(line: str) -> _Dated | None:
    for match in _DATE.finditer(line):
        name = match["name"] or match["name2"]
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
        if not (number := month(name)) or not valid(year, number, day):
            continue
        before = line[: match.start()].rstrip(_POINTS)
        named = False
        while (last := before.rpartition(" ")[2].strip("(")) and not named:
            named = len(last) > 3 and weekday(last) >= 0
            if not named and last.lower() not in _PARTS_OF_DATE:
                break
            before = before[: len(before) - len(last)].rstrip(_POINTS)
        return _Dated(before, f"{name} {day}, {year}", line[match.end() :], named)
    return None


def _paper(text: str, *, by_article: bool) -> tuple[str, str]:
    """Return (name of the paper, the rest) of what is before a date; ("", the rest) when it names none."""
    text = _PAGE_IN_FRONT.sub("", text)
    front = _BESIDE.match(text)
    if front and any(char.isdigit() for char in front.group()):  # volume and number
        text = text[front.end() :]
    parts = [part for raw in _SPLIT.split(text) if (part := raw.strip(" .,"))]
    if not parts:
        return "", ""
    if not is_paper(parts[0], by_article=by_article) or not _places_only(" ".join(parts[1:])):
        return "", ", ".join(parts)
    return parts[0], ", ".join(parts[1:])


def is_paper(name: str, *, by_article: bool = False) -> bool:
    """Return whether a name is that of a newspaper.

    Its last word says so, or the one before a preposition (`Gazeta do Povo`); with `by_article` it is enough that an
    article opens two or three words in capitals that are not a place (`THE CORVANE LAMP`, not `THE HAGUE`).
    """
    parts = name.split()
    if not parts or len(parts) > _MAX_NAME or not name[0].isupper() or any(char.isdigit() for char in name):
        return False
    if not name.isupper() and any(part[0].islower() and part not in _SMALL for part in parts):
        return False
    lower = [part.casefold().strip(".") for part in parts]
    if lower[0] in _NOT_PAPERS or " ".join(lower) in _RELEASES:
        return False
    heads = [lower[-1], " ".join(lower[-2:])]
    heads += [word for word, after in pairwise(lower) if after in _PREPOSITIONS]
    article = lower[0] in _ARTICLES
    compound = lower[-1].endswith(_PAPER_ENDS)
    if any(head in _PAPERS for head in heads) or compound:
        return len(parts) > 1 or compound
    if not article:
        return False
    named = name.isupper() and 2 <= len(parts) <= 3 and not places.known(name) and places.city(name) is None
    return any(word in _PAPERS for word in lower[1:]) or (by_article and named)


def _places_only(text: str) -> bool:
    """Return whether a text beside name and date can be the place of publication: a few words in capitals or none."""
    parts = [part for part in re.split(r"[\s,.;]+", text) if part]
    return len(parts) <= 6 and all(part[0].isupper() or part[0].isdigit() or part in _SMALL for part in parts)
