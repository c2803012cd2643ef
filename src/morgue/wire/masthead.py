"""A newspaper's name and date as they head a page: `THE DUNMOOR POST, SUNDAY, NOVEMBER 3, 1918.`

The place beside them is where the paper appears, not where a story was filed. A line is a masthead when nothing but a
name, places, volume, number and price is around a full date, and the name is that of a newspaper: by its last word or
by its article. Name and date may be on lines of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from morgue import lexicon
from morgue.lexicon import either, words
from morgue.wire.calendar import month, weekday
from morgue.wire.dates import valid
from morgue.wire.gazetteer import places

MAX_LINES = 5  # at the top of a text
_MAX_LENGTH = 160  # characters of a line
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
_SMALL = frozenset(
    {"of", "and", "the", "de", "des", "du", "der", "und", "la", "le", "et", "y", "e", "van", "von", "für"}
)
_NUMBER = re.compile(r"(?:no|nr|number|num|núm|numéro|nummer)[.:º°]*\s*(\d{1,6})", re.IGNORECASE)
_PAGE = re.compile(r"(?:page\s+)?(\d{1,3})$", re.IGNORECASE)
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
        if len(line) > _MAX_LENGTH or not (found := _date_in(line)):
            continue
        before, date, after = found
        if not _BESIDE.fullmatch(after):
            continue
        paper, rest = _paper(before)
        taken: tuple[int, ...] = (index,)
        if not paper and _places_only(rest):
            for other in (index - 1, index + 1, index - 2):
                if 0 <= other < len(lines) and len(lines[other]) < 80 and is_paper(lines[other].strip(" .*")):
                    paper, taken = lines[other].strip(" .*"), tuple(sorted((index, other)))
                    break
        if not paper:
            continue
        number = _NUMBER.search(line)
        page = _PAGE.match(before.strip(" .,")) or _PAGE.fullmatch(after.strip(" .,-—"))
        return Masthead(" ".join(paper.split()), date, number[1] if number else "", page[1] if page else "", taken)
    return None


def _date_in(line: str) -> tuple[str, str, str] | None:
    """Return what is before the full date in a line, the date, and what is behind it; weekdays belong to the date."""
    for match in _DATE.finditer(line):
        name = match["name"] or match["name2"]
        number = month(name)
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
        if not number or not valid(year, number, day):
            continue
        before = line[: match.start()].rstrip(" ,.;:—–-")
        head, _, last = before.rpartition(" ")
        for _ in range(2):  # the weekday, and a part of the day behind it
            bare = last.strip(".,;:()—–-")
            if weekday(bare) >= 0 or bare.lower() in _BESIDE_WORDS:
                before = head.rstrip(" ,.;:—–-")
                head, _, last = before.rpartition(" ")
        return before, f"{name} {day}, {year}", line[match.end() :]
    return None


_BESIDE_WORDS = frozenset({"morning", "evening", "afternoon", "night", "noon", "den", "le", "el", "di"})


def _paper(text: str) -> tuple[str, str]:
    """Return (name of the paper, the rest) of what is before a date; ("", text) when it names none."""
    parts = [part.strip(" .,") for part in _SPLIT.split(text) if part.strip(" .,")]
    while parts and _BESIDE.fullmatch(parts[0]):
        parts.pop(0)
    if not parts:
        return "", ""
    name = _PAGE_IN_FRONT.sub("", parts[0])
    if not is_paper(name) or not _places_only(" ".join(parts[1:])):
        return "", ", ".join(parts)
    return name, ", ".join(parts[1:])


_PAGE_IN_FRONT = re.compile(r"^(?:page\s+)?\d{1,3}\s+", re.IGNORECASE)


def is_paper(name: str) -> bool:
    """Return whether a name is that of a newspaper: its last word says so, or it opens with an article."""
    parts = name.split()
    if not parts or len(parts) > _MAX_NAME or not name[0].isupper() or any(char.isdigit() for char in name):
        return False
    if not name.isupper() and any(part[0].islower() and part not in _SMALL for part in parts):
        return False
    lower = [part.casefold().strip(".") for part in parts]
    heads = [lower[-1], " ".join(lower[-2:])]
    if "of" in lower[1:]:
        heads.append(lower[lower.index("of", 1) - 1])
    plural = lower[-1].rstrip("s")
    known = any(head in _PAPERS for head in heads) or plural in _PAPERS or lower[-1].endswith(_PAPER_ENDS)
    if lower[0] not in _ARTICLES:
        return known and (len(parts) > 1 or lower[-1].endswith(_PAPER_ENDS))
    return known or lower[-1] in _PAPERS or any(word in _PAPERS for word in lower[1:]) or _is_named(name, parts)


def _is_named(name: str, parts: list[str]) -> bool:
    """Return whether an article opens a name of two or three words in capitals that is not a place (`THE HAGUE`)."""
    return name.isupper() and 2 <= len(parts) <= 3 and not places.known(name) and places.city(name) is None


def _places_only(text: str) -> bool:
    """Return whether a text beside name and date can be the place of publication: a few words in capitals or none."""
    parts = [part for part in re.split(r"[\s,.;]+", text) if part]
    return len(parts) <= 6 and all(part[0].isupper() or part[0].isdigit() or part in _SMALL for part in parts)
