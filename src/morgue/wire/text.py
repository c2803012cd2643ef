"""What the text of an article says about itself: headline, byline, dateline, body, tagline, end marks.

`read_wire` takes a whole raw text, headers and all; `read_story` one that is the story alone. Both keep every
character of the story: what is removed from it goes, in order, to `furniture`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from morgue import lexicon
from morgue.lexicon import STAFF, either, openings, words
from morgue.model import Person
from morgue.wire import byline, furniture, masthead, paragraphs, taglines
from morgue.wire.dateline import scan
from morgue.wire.dateline.date import take_last
from morgue.wire.dateline.found import Dateline
from morgue.wire.dateline.place import is_titled, located, stopped
from morgue.wire.dates import parse
from morgue.wire.gazetteer import agencies
from morgue.wire.names import fold, has_digit, lowered
from morgue.wire.paragraphs import Line

_MAX_HEADER_LINES = 40  # lines above a story that are searched for its head
_MAX_HEADLINE = 300  # characters
_MAX_CLIPPING = 6_000  # characters below a masthead that are one article; more are a page of several
_HEADLINES = frozenset((*words(lexicon.HEADLINE, "en"), *lexicon.HED))
_DATES = frozenset(words(lexicon.DATE))
_LABEL = re.compile(
    rf"(?P<label>{either(_HEADLINES, lexicon.SLUG, lexicon.BYLINE, _DATES, lexicon.EMBARGO, lexicon.OTHER_LABELS)})"
    r"\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"(?:(?P<label>{either(words(lexicon.PUBLISHED), words(lexicon.UPDATED))})"
    rf"\s*(?:{either(words(lexicon.ON))}|:|—|-)?\s*)?(?P<date>\S.*)",
    re.IGNORECASE,
)
_EMBARGO = re.compile(
    rf"\W{{0,4}}(?:(?:strictly )?(?:{either(lexicon.EMBARGOED)})\b(?:\s+(?:{either(lexicon.EMBARGOED_UNTIL)}))?"
    rf"|(?:{either(lexicon.SPERRFRIST)})\b(?: (?:{either(lexicon.SPERRFRIST_BIS)}))?"
    rf"|{either(words(lexicon.EMBARGO_ORDERS))}"
    r"|embargo(?: until| till| bis)?(?=\s*:|\s+until|\s+bis))\W{0,3}(?P<when>.{0,80})",
    re.IGNORECASE,
)
_KILL = re.compile(
    rf"\W{{0,4}}(?:{either(lexicon.KILL)}|bulletin[: ]+kill|(?:{either(words(lexicon.KILLED))})\s*[-:—])", re.IGNORECASE
)
_FINAL_STOP = re.compile(r"""[.。।]["'”’»)\]]*$""")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.|Inc\.|Corp\.|Co\.|Ltd\.|Jr\.|Sr\.|vs\.|No\.|St\.|Mr\.|Dr\.|etc\.|\.\.\.)$")
_ROLE_LINE = re.compile(
    rf"(?:(?:the )?(?:{either(lexicon.EMPLOYERS_BELOW)})\b.{{0,50}}"
    rf"|.{{0,50}}\b(?:{either(STAFF, words(lexicon.ROLES_BELOW))}|special to .{{3,40}}))",
    re.IGNORECASE,
)
_SUSPECT = re.compile(r"[A-Z]{4}[A-Z .']{0,40}[,(—–-]")  # it looks like a dateline
_HOLD = re.compile(
    rf"\W{{0,4}}(?:hold\W+hold\b|hold\s*[-–—:]+\s*(?:do not|until|for)|(?:{either(lexicon.HOLD)})\b)", re.IGNORECASE
)
_MAX_PLACE_AND_DAY = 90  # characters of a line that holds nothing else
_MAX_CONTACT = 80  # characters of a line
_MAX_CONTACTS = 12  # lines that name whom to reach about a release
_BEHIND_LABEL = re.compile(r"\s*[:|–—]\s*|\s-\s")
_DONE_AT = re.compile(r"^(?:fait à|fatto a|dado en|en)\s+", re.IGNORECASE)  # "Fait à Lyon, le …"
_ORDER_OPENING = 40  # characters that hold the first words of an order
# How `_EMBARGO`, `_HOLD` and `_KILL` begin, in lower case.
_OPENINGS = openings(
    lexicon.EMBARGOED,
    lexicon.SPERRFRIST,
    words(lexicon.EMBARGO_ORDERS),
    lexicon.HOLD,
    lexicon.KILL,
    words(lexicon.KILLED),
)
_ORDERS = re.compile(rf"\W{{0,4}}(?:{_OPENINGS}|strictly|embargo|hold|bulletin)")
_FILED = re.compile(r"([^\W\d_][^\d:;!?—–]{1,40}?)\s*(?:[—–―]|--+|\s-\s|:\s)\s*")  # a place before a dash
_DASH = re.compile(r"[—–―:-](?:(?<=[—–―])|(?<=-)[-\s]|(?<=:)\s)")  # the end of that, anywhere
_HOLDER = re.compile(r"[,.;:©()\d]|\bcopyright\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_PRINTED_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)")
_YEAR = re.compile(r"\d{4}|\d{1,2}([-/.])\d{1,2}\1\d\d")  # no dateline's date has a year without one of these
_TABLE = re.compile(r"\bvs (?:nil|same|\S*\d)|\d vs\b|(?:\d[\d.,]*\s+\D{0,6}){4}|;\d")  # a line of figures
_WIDE = re.compile("[^\0-\u2e7f]")  # a character of Chinese, Japanese or Korean
_STOPS = frozenset(".,;:。，；：-")
_NOT_HEADING = re.compile(r"[.,;:。，；：।-]$|^[-*•·▪‣(]|\s{3,}|^https?:|@")


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a text says; every list in the order of the text.

    Attributes:
        bylines: byline lines as printed. roles: role lines below them. dates: stamps in the head as (label, text).
        labels: labelled head lines (`Source: X`) by label. notes, corrections: editors' notes and correction lines.
        held: a line that forbids publication for now. claimed: folded names of places that the source states.
        head: texts of slugs and kickers, which hold versions. years: years of copyright lines.
        page, edition: of a masthead: the page's number and the issue's.
    """

    headline: str = ""
    slug: str = ""
    bylines: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    dateline: Dateline | None = None
    paragraphs: list[str] = field(default_factory=list)
    subheads: tuple[int, ...] = ()
    contributors: list[Person] = field(default_factory=list)
    furniture: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    copyright: str = ""
    embargo: str = ""
    killed: str = ""
    held: str = ""
    claimed: frozenset[str] = frozenset()
    suspect: str = ""
    page: str = ""
    edition: str = ""

    def take(self, kind: str, text: str) -> None:
        """Add `text`, a line or paragraph, to the furniture, and to what is kept of its `kind`."""
        self.furniture.append((kind, text))
        if kind == "slug":
            self.slug = self.slug or text.strip("^<= ")
            self.head.append(text)
        elif kind == "header":
            self.head.append(text)
        elif kind == "note":
            self.notes.append(text)
        elif kind == "correction":
            self.corrections.append(text)
        elif kind == "copyright":
            self.copyright = self.copyright or text
            self.years += furniture.copyright_years(text)


def read_wire(text: str, *, headline: str = "", claimed: frozenset[str] = frozenset()) -> Reading:
    """Read a raw text that may begin with slug, headline, byline and the like.

    A long one with a masthead is a page, of which no article gives headline, byline or place.

    Args:
        headline: a headline that is known from elsewhere; a line that repeats it is furniture.
        claimed: folded names of places that the source states; one of them before a dash is a dateline.
    """
    reading = Reading(claimed=claimed)
    rows = paragraphs.lines(text)
    if taken := _masthead([row.text for row in rows[: masthead.MAX_LINES]], reading):
        rows = [row for number, row in enumerate(rows) if number not in taken]
        if len(text) > _MAX_CLIPPING:
            reading.paragraphs = paragraphs.group(rows)
            return reading
    start = _read_head(rows, reading, headline)
    _read_body(paragraphs.group(rows[start:]), reading, marked=())
    return reading


def read_story(text: str, subheads: tuple[int, ...] = (), claimed: frozenset[str] = frozenset()) -> Reading:
    """Read a text that is the story alone, in paragraphs separated by blank lines.

    Args:
        subheads: numbers of the paragraphs that the source marks as headings.
        claimed: as for `read_wire`.
    """
    reading = Reading(claimed=claimed)
    marked = frozenset(subheads)
    kept: list[tuple[str, bool]] = []
    for number, block in enumerate(text.split("\n\n")):
        if "\n" in block and not marked:
            kept += [(part, False) for part in paragraphs.group(paragraphs.lines(block))]
        elif part := block.strip() if "\n" in block else " ".join(block.split()):
            kept.append((part, number in marked))
    _story_head(kept, reading)
    numbers = tuple(i for i, (_, mark) in enumerate(kept) if mark) if marked else ()
    _read_body([block for block, _ in kept], reading, marked=numbers)
    return reading


def read_page(text: str) -> Reading:
    """Read the text of a printed page, in paragraphs: its masthead is taken out, no article gives it its head."""
    reading = Reading()
    kept = [" ".join(block.split()) for block in text.split("\n\n")]
    kept = [block for block in kept if block]
    taken = _masthead(kept[: masthead.MAX_LINES], reading)
    reading.paragraphs = [block for number, block in enumerate(kept) if number not in taken]
    return reading


def _masthead(top: list[str], reading: Reading) -> frozenset[int]:
    """Read a masthead among the first lines or paragraphs of a text; returns the numbers of those that it takes."""
    lines = "\n".join([line for line in top if len(line) <= masthead.MAX_LENGTH])
    if ("1" not in lines and "20" not in lines) or not _PRINTED_YEAR.search(lines):
        return frozenset()
    found = masthead.find(top)
    if found is None:
        return frozenset()
    reading.labels["source"] = found.paper
    reading.dates.append(("", found.date))
    reading.page, reading.edition = found.page, found.number
    for number in found.lines:
        reading.take("header", top[number])
    return frozenset(found.lines)


def _story_head(kept: list[tuple[str, bool]], reading: Reading) -> None:
    """Take byline lines and header furniture off the front of a story's paragraphs."""
    while kept and len(kept) > 1 and len(reading.furniture) < 12:
        text, mark = kept[0]
        if mark or len(text) > 400 or scan.find(text, weak=False):
            return
        if kind := _head_line(text, reading):
            reading.take(kind, text)
        elif reading.bylines and not reading.roles and _is_role(text):
            reading.roles.append(text)
            reading.take("byline", text)
        else:
            return
        kept.pop(0)


def _head_line(text: str, reading: Reading) -> str:
    """Return the kind of a line of the head, remembering what it says; "" for headline or copy."""
    if byline.line(text):
        reading.bylines.append(text)
        return "byline"
    if len(text) < 160 and _ORDERS.match(lowered(text[:_ORDER_OPENING])) and _ordered(text, reading):
        return "header"
    if kind := furniture.header_kind(text):
        return kind
    return "header" if _stamp(text, reading) else ""


def _ordered(text: str, reading: Reading) -> bool:
    """Record a line that forbids publication, for now or for good."""
    embargo = _EMBARGO.match(text)
    if embargo and (not embargo["when"] or _DIGIT.search(embargo["when"]) or text.isupper()):
        reading.embargo = reading.embargo or embargo["when"].strip(" .:)*") or text
    elif len(text) < 120 and _HOLD.match(text):
        reading.held = text
    elif len(text) < 120 and _KILL.match(text):
        reading.killed = text
    else:
        return False
    return True


def _stamp(text: str, reading: Reading) -> bool:
    """Record a line that is only a date, perhaps labelled or behind a paper's name (`Harbor Lamp, 19 July 2023`)."""
    if len(text) > 90 or not _DIGIT.search(text):
        return False
    found = _STAMP.fullmatch(text)
    label, date = ((found["label"] or "").lower(), found["date"].strip(" :|")) if found else ("", "")
    when = parse(date)
    if when is None:
        paper, _, date = text.partition(",")
        when = parse(date)
        if when is None or when.precision != "day" or len(paper.split()) > 5 or not byline.organisation(paper):
            return False
    if when.precision == "year" and not label:
        return False
    reading.dates.append((label, date.strip()))
    return True


def _labelled(text: str, reading: Reading) -> bool:
    found = _LABEL.fullmatch(text) if len(text) < 300 else None
    if not found:
        return False
    label, value = found["label"].lower(), found["value"].strip()
    if label in _HEADLINES:
        if "headline" not in reading.labels:
            if reading.headline:  # then the line above the label is not a headline
                reading.take("header", reading.headline)
            reading.headline = reading.labels["headline"] = value
    elif label in lexicon.SLUG:
        reading.slug = reading.slug or value
    elif label in lexicon.BYLINE:
        if not byline.people(value) and not byline.generic(value):
            return False
        reading.bylines.append(value)
    elif label in _DATES:
        if parse(value) is None:
            return False
        reading.dates.append((label, value))
    elif label in lexicon.EMBARGO:
        reading.embargo = value
    else:
        reading.labels.setdefault(label, value)
    return True


def _read_head(rows: list[Line], reading: Reading, known: str) -> int:
    """Read the head of a wire text; returns the number of the line that the story begins with."""
    index = 0
    limit = min(len(rows), _MAX_HEADER_LINES)
    while index < limit:
        text = _without_carets(rows[index].text)
        if not known and (size := _contacts_at(rows, index, reading)):
            for row in rows[index : index + size]:
                reading.take("contact", row.text)
            index += size
            continue
        if not known and not reading.headline and _filed_above(rows, index, reading):
            reading.take("header", text)
            index += 1
            continue
        if _dateline_at(rows, index) or _only_dateline(text):
            return index
        if kind := _head_line(text, reading):
            reading.take(kind, text)
            if kind == "header" and furniture.release(text):
                _filed(_BEHIND_LABEL.split(text, maxsplit=1)[-1], reading)
        elif (furniture.bullet(text) and _story_below(rows, index)) or _labelled(text, reading):
            reading.take("header", text)
        elif _is_credit(rows, index, reading):
            (reading.roles if reading.bylines else reading.bylines).append(text)
            reading.take("byline", text)
        elif known and _same(text, known):
            reading.take("header", text)
        elif not known and not reading.headline and (size := _headline_at(rows, index)):
            reading.headline = " ".join(_without_carets(row.text) for row in rows[index : index + size])
            index += size
            continue
        else:
            return index
        index += 1
    return index


def _filed(text: str, reading: Reading) -> bool:
    """Record a text that is only place and day, as releases print them on top: `Maxent, le mardi 10 février 2026`."""
    if len(text) > _MAX_PLACE_AND_DAY or not _YEAR.search(text):
        return False
    place, date = take_last(_DONE_AT.sub("", text.strip(" .")), day_alone=False)
    place = place.strip(" ,–—-")
    city = place.split(",")[0]
    if not (date.day and date.year and city and is_titled(city)) or stopped(city) or len(place.split()) > 6:
        return False
    labelled = any(furniture.release(above) for kind, above in reading.furniture if kind == "header")
    if _BEHIND_LABEL.search(place) or not (located(city) or (labelled and city.split()[-1][0].isupper())):
        return False
    if has_digit(place) or byline.organisation(place) or agencies.organisation(place):
        return False
    reading.labels.setdefault("dateline", place)
    reading.dates.append(("", f"{date.year:04}-{date.month:02}-{date.day:02}"))
    return True


def _filed_above(rows: list[Line], index: int, reading: Reading) -> bool:
    """Return whether a line of place and day is above the headline of a release, and record what it says."""
    below, text = index + 1, rows[index].text
    if (
        len(text) > _MAX_PLACE_AND_DAY
        or below >= len(rows)
        or not _YEAR.search(text)
        or _ORDERS.match(lowered(text[:_ORDER_OPENING]))
    ):
        return False
    size = 0 if _dateline_at(rows, below) or _only_dateline(rows[below].text) else _headline_at(rows, below)
    if not size or len(rows[below].text) > 160 or not rows[below + size].apart:
        return False
    return _filed(_without_carets(text), reading)


def _contacts_at(rows: list[Line], index: int, reading: Reading) -> int:
    """Return how many lines from here are whom to reach about a release: names, then numbers and addresses.

    They are below a line that says what the text is or whom to ask; 0 for none.
    """
    first, size = rows[index].text, 0
    if not reading.furniture or len(first) > _MAX_CONTACT:
        return 0
    asked = reading.furniture[-1][0] == "contact"
    if not asked and not any(furniture.release(text) for kind, text in reading.furniture if kind == "header"):
        return 0
    if not (asked or furniture.reach(first) or furniture.contact_label(first) or _names_somebody(first)):
        return 0
    for number, row in enumerate(rows[index : index + _MAX_CONTACTS], start=1):
        if furniture.reach(row.text):
            size = number
        elif not _short(row.text) or (number == size + 1 and size and not _names_somebody(row.text)):
            break
    below = index + size
    if not size or below >= len(rows):
        return 0
    if not reading.headline and (_dateline_at(rows, below) or len(rows[below].text) > 200):
        return 0  # the headline is above the numbers
    return size


def _short(text: str) -> bool:
    return len(text) <= 60 and len(text.split()) <= 7 and text[-1] not in ".!?" and not scan.find(text)


def _names_somebody(text: str) -> bool:
    name = text.split(",")[0].strip()
    return byline.bare(name) or byline.organisation(text) or _is_role(text)


def _without_carets(text: str) -> str:
    """Return a line without the signs that wires set around the lines of a head: `^By ROSA OAKES=`, `Slug,210<`."""
    return text.strip("^").rstrip("<=").strip() or text


def _is_credit(rows: list[Line], index: int, reading: Reading) -> bool:
    """Return whether a line of the head is a role below a byline, names without "By", or an agency's name alone."""
    text = _without_carets(rows[index].text)
    if reading.bylines:
        return reading.furniture[-1][0] == "byline" and not reading.roles and _is_role(text)
    alone = bool(reading.headline) and index + 1 < len(rows) and agencies.organisation(text)
    return alone or _bare_byline(rows, index, reading)


def _only_dateline(text: str) -> Dateline | None:
    """Return the dateline that a line is without anything behind it: `Pune, 18 July 2023`."""
    if len(text) > 60 or not _YEAR.search(text):
        return None
    found = scan.field(text)
    return found if found and found.place and found.day and found.year else None


def _same(one: str, other: str) -> bool:
    return one == other or re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _story_below(rows: list[Line], index: int) -> bool:
    """Return whether byline or dateline are below the bullets that begin at a line."""
    below = [n for n in range(index, min(index + 20, len(rows))) if not furniture.bullet(rows[n].text)][:6]
    return any(byline.line(rows[n].text) or _dateline_at(rows, n) for n in below)


def _bare_byline(rows: list[Line], index: int, reading: Reading) -> bool:
    """Return whether names are below a headline without "By": `Ana Gil / STT`, or above an agency's line."""
    if reading.bylines or not reading.headline or index + 1 >= len(rows):
        return False
    text, below = rows[index].text, rows[index + 1].text
    employed = "/" in text and agencies.organisation(text.rpartition("/")[2].strip())
    return (employed or agencies.organisation(below) or _is_role(below)) and byline.bare(text)


def _is_role(text: str) -> bool:
    return (
        len(text) <= 80
        and len(text.split()) <= 10
        and bool(_ROLE_LINE.fullmatch(text))
        and not _FINAL_STOP.search(text)
    )


def _dateline_at(rows: list[Line], index: int) -> bool:
    """Return whether the paragraph that begins at a line opens with a dateline."""
    row = rows[index]
    if scan.find(row.text):
        return True
    if len(row.text) < 50 or index + 1 >= len(rows) or rows[index + 1].apart or rows[index + 1].indent > row.indent:
        return False
    # A long dateline may run into the second line, but not its place: that would be a headline above a dateline.
    found = scan.find(f"{row.text} {rows[index + 1].text}")
    return found is not None and found.place in row.text


def _headline_at(rows: list[Line], index: int) -> int:
    """Return how many lines from here are the headline: 0 when the story begins here without one."""
    row = rows[index]
    if len(row.text) > _MAX_HEADLINE or index + 1 >= len(rows):
        return 0
    size = 1
    while size < 4 and index + size < len(rows) and _goes_on(rows, index + size - 1):
        size += 1
    text = " ".join(r.text for r in rows[index : index + size])
    if index + size >= len(rows) or len(text) > _MAX_HEADLINE:
        return 0
    if _FINAL_STOP.search(text) and not _ABBREVIATION.search(text):
        below = rows[index + size].text  # a full stop is allowed where the story visibly begins below
        return size if len(text) < 160 and (byline.line(below) or _dateline_at(rows, index + size)) else 0
    return size


def _goes_on(rows: list[Line], index: int) -> bool:
    """Return whether a headline's line runs on in the next one."""
    row, after = rows[index], rows[index + 1]
    if after.apart or byline.line(after.text) or _dateline_at(rows, index + 1):
        return False
    if after.indent > row.indent and (len(after.text) > len(row.text) or _FINAL_STOP.search(after.text)):
        return False  # the story, indented
    if furniture.header_kind(after.text) or len(row.text) < 30 or _stamp(after.text, Reading()):
        return False
    return index + 2 < len(rows) and (rows[index + 2].apart or rows[index + 2].indent > after.indent)


def _read_body(blocks: list[str], reading: Reading, marked: tuple[int, ...]) -> None:
    """Split paragraphs into dateline, copy and furniture."""
    heads = frozenset(marked)
    kept: list[tuple[str, bool]] = []
    tail = False
    decks = True  # whether the story has not begun yet
    for number, block in enumerate(blocks):
        text, head = block, number in heads
        if number < 10 and reading.dateline is None and not head:
            text = _opening(text, reading, first=decks)
        if not text:
            continue
        special = tail or furniture.may_close(text)
        rest = len(blocks) - number
        if not head and (kind := _closing(text, reading, special, tail=tail, rest=rest, kept=len(kept))):
            tail = tail or kind in ("rule", "endmark", "tagline", "copyright")
            continue
        if special and kept and furniture.ends_publication(text):
            for later in blocks[number:]:
                reading.take("copyright" if furniture.footer_kind(later, tail=True) == "copyright" else "note", later)
            break
        kept.append((text, head))
        decks = decks and reading.dateline is None and _is_deck(text)
    _finish(kept, reading)


def _is_deck(text: str) -> bool:
    """Return whether a paragraph above a dateline is a second headline, a summary line or a link and not the story."""
    size = _breadth(text)
    return size < 90 or (size < 260 and not _FINAL_STOP.search(text))


def _breadth(text: str) -> int:
    """Return a text's length with characters of Chinese, Japanese and Korean counted for two and a half."""
    if text.isascii() or not _WIDE.search(text):
        return len(text)
    return len(text) + 3 * sum(c > "\u2e7f" for c in text[:400]) // 2


def _opening(text: str, reading: Reading, *, first: bool) -> str:
    """Take byline and dateline off a paragraph near the beginning; returns what is left of it."""
    if (first or not reading.bylines) and byline.line(text):
        reading.bylines.append(text)
        reading.take("byline", text)
        return ""
    found = scan.find(text, weak=first) or (_unanchored(text, reading) if first else None)
    if found:
        reading.dateline = found
        reading.furniture.append(("dateline", found.raw))
        return text[found.end :].lstrip()
    if first and _stamp(text, reading):
        reading.take("header", text)
        return ""
    if first and not reading.suspect and _SUSPECT.match(text):
        reading.suspect = text[:80]
    return text


def _unanchored(text: str, reading: Reading) -> Dateline | None:
    """Return a dateline that is a line of its own, or one whose place the source states."""
    if found := _only_dateline(text):
        return found
    match = _FILED.match(text) if reading.claimed and _DASH.search(text) else None
    if match and fold(match[1]) in reading.claimed and not text[match.end() : match.end() + 1].islower():
        return Dateline(raw=match[0].strip(), end=match.end(), place=match[1])
    return None


def _closing(text: str, reading: Reading, special: bool, *, tail: bool, rest: int, kept: int) -> str:
    """Add a paragraph to the furniture when it is furniture; returns its kind or "".

    `special`: whether it opens as furniture does.
    """
    kind = ""
    if kept or rest < 3:
        if special:
            kind = furniture.footer_kind(text, tail=tail and rest <= 8, tail_of_file=rest <= 6)
        elif len(text) <= 40:
            kind = furniture.short_kind(text)
    if not kind and taglines.is_tagline(text):
        kind = "tagline"
    if not kind and kept and rest <= 3 and not reading.bylines and byline.line(text):
        kind = "byline"
        reading.bylines.append(text)
    if not kind and kept and rest <= 2 and len(text) < 40 and (when := parse(text)) and when.precision == "day":
        kind = "endmark"
        reading.dates.append(("", text))
    if kind == "tagline":
        reading.contributors += taglines.contributors(text)
    if kind in ("note",) and furniture.ends_publication(text):
        return ""
    if kind:
        reading.take(kind, text)
    return kind


def _finish(kept: list[tuple[str, bool]], reading: Reading) -> None:
    """Set paragraphs and sub-heads, and take an end mark off the last paragraph."""
    if kept:
        text, mark = furniture.split_end_mark(kept[-1][0])
        if mark and text.strip():
            kept[-1] = (text.rstrip(), kept[-1][1])
            reading.take("endmark", mark)
    reading.paragraphs = [text for text, _ in kept]
    marked = [i for i, (_, mark) in enumerate(kept) if mark]
    if not marked and len(kept) > 3:
        marked = [i for i in range(1, len(kept) - 1) if _is_subhead(reading.paragraphs, i)]
    reading.subheads = tuple(marked)


def _is_subhead(texts: list[str], number: int) -> bool:
    """Return whether a paragraph is a sub-head: at most 12 words, no stop at the end, copy on both sides."""
    text = texts[number]
    if len(text) > 100 or text[-1] in _STOPS:
        return False
    size, after, before = _breadth(text), _breadth(texts[number + 1][:200]), _breadth(texts[number - 1][:200])
    if size > 100 or after <= 45 or after <= 1.5 * size or (before <= 45 and number != 1):
        return False
    if len(text.split()) > 12 or _NOT_HEADING.search(text):
        return False
    if _FINAL_STOP.search(text) or _TABLE.search(text) or _TABLE.search(texts[number + 1][:200]):
        return False
    first = text.lstrip("\"'“”‘’«„¿¡(")[:1]
    return not (not first or first.islower() or (text[-1] in '"”’»' and text[0] not in "\"“‘«'"))


def agency_of(reading: Reading) -> str:
    """Return the agency that a text names: in its dateline, else as the holder of the copyright."""
    if reading.dateline and reading.dateline.agency:
        return reading.dateline.agency
    for part in _HOLDER.split(reading.copyright[:200]):
        if agencies.organisation(part.strip()):
            return "AP" if "Associated Press" in part else part.strip()
    return ""
