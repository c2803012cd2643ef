"""The dateline: a scanner that goes from an anchor (a dash, a bracket, a slash) back over agency, date and place.

Grammar (AP, Reuters, AFP, dpa, EFE, ANSA, Xinhua, TASS and press-release wires):

    dateline := lead? (place (","|".")? date? agency? | date agency | "(" agency ")" sep place date | place ":") sep
    place    := city (("/"|" and "|" & ") city)* ("," region)? ("," country)?

A city in capitals needs little more; one in upper and lower case needs a date, a known agency, or a known state or
country behind it. Each step reads a few tokens, so that hostile text costs no more than other text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from morgue import lexicon
from morgue.lexicon import either, words
from morgue.wire.dateline.date import Day, date_words, take_first, take_last
from morgue.wire.dateline.found import Dateline
from morgue.wire.dateline.place import PARTICLES, is_capitals, is_place, is_titled, known, located, region_known
from morgue.wire.dates import ascii_digits
from morgue.wire.gazetteer import agencies, places
from morgue.wire.gazetteer.regions import state_country
from morgue.wire.names import has_digit

_MAX_DATELINE = 170  # characters from the start of a paragraph in which a dateline ends
_MAX_ANCHORS = 12  # tried in a paragraph
_OPENING_WORDS = 8  # words that are searched for signs of a sentence
# A word that is not only letters and without an anchor in it: Japan's, U.S., Texas-based, 1,780, <ABC.O>
_PLAIN = re.compile(r"""[<$'"]?[A-Za-z0-9]+(?:['’,.&-][A-Za-z0-9]+)*[,>%;'"]*|(?:[A-Z]\.)+""")


_LEAD = re.compile(
    r"[\s\ufeff\u200b\u200e\u200f*•>]*"
    rf"(?:(?:{either(lexicon.MARKS, lexicon.LEAD_MARKS)})\s*-{{1,2}}\s*"
    r"|\(\d\d-\d\d\)\s+\d\d:\d\d\s+[A-Z]{3}\s+)?[\s*]*"
)
# One class of characters in front, which the engine scans for; lookarounds for each of them follow.
_ANCHOR = re.compile(
    r"""[-—–―‒─_:：)\]/.](?:(?<=-)(?:-+|(?=\s|$)|(?<=\s-)|(?<=[)."”/\]]-))|(?<=\w{2}\.)(?=\s|$)|(?<=[:：])(?=\s)"""
    r"""|(?<=[)\]])(?!\s*[-—–―‒─_:：])|(?<=/)\.?(?=\s|$)|(?<=[—–―‒─])[—–―‒─]*|(?<=_)_*)"""
)
_AFTER = re.compile(r"[\s.,]*(?:[—–―‒─]+|--+|_+|-|:|=(?=\s)|/(?=\s))?[\s\u200e\u200f]*")
# Words that no dateline has: the story has begun, and anchors behind them are not tried.
_PROSE = re.compile(rf" (?:{either(lexicon.PROSE)}) ")
_QUOTES = frozenset("\"'“‘„«")  # no dateline begins so
_CLOSING = ")]/."
_BRACKETS = {")": "(", "]": "[", "/": "/"}
_INNER = re.compile(r"\s*[\[(]([^\W\d_][^\[\]()\d]{2,30})[\])](?=\s*(?:,|\[))|\s*\[([^\W\d_][^\[\]\d]{2,30})\]")
# Luleå/TT and حمص-سانا, on a line of their own
_OWN_LINE = re.compile(r"([^\W\d_][^\d/\n,]{1,30}?)(?:\s?[/–-]\s?|,\s)([^\W\d_][^\W\d_ ]{1,11})\.?")
_BRACKETED_WIRE = re.compile(r"\(\s*([^()]{2,50}?)(?:\s+[-–—]+\s+|,\s*)([^()]{3,40})\)[\s.]*(?:[—–―‒─]+|--+|_+|-)\s*")
# (Name of a wire) - date -, behind a place
_NAMED_WIRE = re.compile(r"[(\[]\s*([^()\[\]]{2,50}?)\s*[)\]]\s*[-–—,/]+\s*([^-–—]{6,40}?)\s*(?:[—–―]+|--+|\s-)\s*")
# (Name of a wire) -, behind a place with its region or a date
_WIRE_ALONE = re.compile(r"[(\[]([^\W\d_][^()\[\]\d]{1,49})[)\]]\s*(?:[—–―]+|--+|-(?=\s))\s*(?=[^\W\d_a-z])")
_BARE = re.compile(
    r"([^\s.,:—–-]+(?:\s[^\s.,:—–-]+){0,2}?)(?:[.:]|\s[—–-])(?=\s)\s*|([^\s.,:]+(?:\s[^\s.,:]+)?),\s([^.,:]{5,60})\.\s+"
)
_CALLED_NEWS = re.compile(either(words(lexicon.CALLED_NEWS)), re.IGNORECASE)
_SITE = re.compile(r"[A-Za-z0-9]{2,20}\.(?:com|co|id|net|org)", re.IGNORECASE)
_UNSEPARATED = re.compile(
    r"([A-Z][A-Z .'’-]{4,30}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}),?\s(D\.?C\.|DC|[A-Z]{2}|[A-Z][a-z]{2,4}\.)(?:\s+"
    r"|(?<=C\.))(?=[A-Z][a-z])"
)


def find(text: str, *, weak: bool = True) -> Dateline | None:
    """Return the dateline that a paragraph opens with, or None.

    Args:
        text: a paragraph, or the beginning of one.
        weak: whether a place without date and agency counts ("OTTAWA - A man …"), as it does in a first paragraph only.
    """
    if text[:1] in _QUOTES:
        return None
    text = text[: 2 * _MAX_DATELINE]
    if _is_prose(text) and not (weak and _UNSEPARATED.match(text)):
        return None
    return _find(text, weak)


def _is_prose(text: str) -> bool:
    """Return whether a sentence begins so plainly that only `_unseparated` can find a dateline in it.

    The head of a dateline is place, date and agency, and the words of a place begin with capitals. Where a text
    begins with words and nothing between them that ends a dateline or opens a bracket, and one of them is in lower
    case and none that a place, a date or an agency may hold, no head goes past that word, and every anchor is
    behind it.
    """
    if not text[:1].isascii():
        return False
    opening = text.split(" ", _OPENING_WORDS)
    if "-" in opening[0]:  # UPDATE-, which `_find` skips
        return False
    for word in opening[:-1]:
        if word.isalpha():
            if word.islower() and word.isascii() and word not in _lower_case():
                return True
        elif not _PLAIN.fullmatch(word):
            return False
    return False


@cache
def _lower_case() -> frozenset[str]:
    """Return the lower-case words that a dateline may hold."""
    return PARTICLES | date_words() | agencies.parts()


@lru_cache(maxsize=256)
def _find(text: str, weak: bool) -> Dateline | None:
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    window = ascii_digits(text[start : start + _MAX_DATELINE].partition("\n\n")[0])
    if not window or not _may_begin(window):
        return None
    found = _eastern(window) if not window.isascii() else None
    found = (
        found
        or _bracketed(window, weak)
        or _scan(window, weak)
        or _own_line(window)
        or (_unseparated(window) if weak else None)
    )
    if found is None:
        return None
    end = start + found.end
    return found._replace(raw=text[:end].strip(), end=end)


def field(text: str) -> Dateline | None:
    """Read a text that a source keeps as its dateline: the whole of it, with or without the final dash."""
    text = " ".join(text.split()).strip()
    if not text or len(text) > _MAX_DATELINE:
        return None
    for form in (text, f"{text} X") if text.endswith(("—", "-", "–", "_", ":")) else (f"{text} — X", text):
        if found := find(form):
            return found._replace(raw=text, end=len(text))
    return None


def _may_begin(window: str) -> bool:
    first = window[0]
    return first.isupper() or first.isdigit() or first in "([【（［〔《/" or (first.isalpha() and not first.islower())


def _eastern(window: str) -> Dateline | None:
    from morgue.wire.dateline import cjk

    return cjk.find(window)


def _bracketed(window: str, weak: bool) -> Dateline | None:
    """Read a dateline that is all in brackets: `(New York, NY - October 21) Text`, `[CHICAGO, IL] – Text`."""
    close = {"(": ")", "[": "]"}.get(window[0])
    stop = window.find(close, 1, 90) if close else -1
    inner = window[1:stop].strip() if stop > 0 else ""
    if not inner or agencies.organisation(inner):
        return None
    if found := _with_agency(inner):
        return found._replace(end=_after(window, stop + 1))
    if agencies.known(inner):
        return None
    parts = re.split(r"\s+[-–—]\s+|\s*[—–]\s*", inner)
    found = _head(", ".join(parts), "--")[0] if weak or len(parts) > 1 else None
    if found is None or not found.place or not (found.dated or region_known(found.place)):
        return None
    return found._replace(end=_after(window, stop + 1))


def _with_agency(inner: str) -> Dateline | None:
    """Read brackets that hold a place and an agency: `(Paris, AFP)`, `(dpa/Berlin)`, `(Reuters, 5 May, London)`."""
    parts = [part.strip() for part in re.split(r"[,/]|\s[-–—]\s", inner)]
    at = next((number for number in (len(parts) - 1, 0) if agencies.organisation(parts[number])), None)
    if len(parts) < 2 or at is None:
        return None
    agency = parts.pop(at)
    place, date = take_last(", ".join(parts), day_alone=True)
    if not date.dated:
        place, date = take_first(place)
    city = place.split(",")[0]
    if not place or not (located(city) or region_known(place)) or agencies.organisation(city):
        return None
    if not is_place(place, sure=True, dated=bool(date.day), agency=agency, sep="--"):
        return None
    return Dateline(place=place, agency=agency, **date._asdict())


def _unseparated(window: str) -> Dateline | None:
    """Read a town with its state where the dash was lost: `WASHINGTON, DC Rep. Jane Doe introduced`."""
    found = _UNSEPARATED.match(window)
    if not found or not state_country(found[2]) or not (found[1].isupper() or located(found[1])):
        return None
    return Dateline(place=f"{found[1]}, {found[2]}", end=found.end())


def _own_line(window: str) -> Dateline | None:
    """Read a town and its agency on a line of their own."""
    found = _OWN_LINE.fullmatch(window.partition("\n")[0].strip()) if len(window.partition("\n")[0]) < 50 else None
    if not found or not agencies.known(found[2]) or not (is_titled(found[1]) and located(found[1])):
        return None
    return Dateline(place=found[1], agency=found[2], end=_after(window, len(window.partition("\n")[0])))


def _after(window: str, position: int) -> int:
    found = _AFTER.match(window, position)
    return found.end() if found else position


def _scan(window: str, weak: bool) -> Dateline | None:
    """Try each anchor in turn; the first that a dateline ends in wins."""
    if not _ANCHOR.search(window):
        return None
    prose = _PROSE.search(window)
    for count, anchor in enumerate(_ANCHOR.finditer(window, 0, prose.start() if prose else len(window))):
        if count >= _MAX_ANCHORS or "\n" in window[: anchor.start()].strip():
            return None
        sign = anchor[0][0]
        if sign == "." and not _may_stop(window[: anchor.start()]):
            continue
        head = window[: anchor.end() if sign in _CLOSING else anchor.start()]
        found, alone = _head(head, anchor[0])
        if (
            found is None
            or (alone and not weak)
            or (sign in _CLOSING and not agencies.known(found.agency) and not (sign == "." and _full(found)))
            or (sign == "." and not found.dated)
        ):
            continue
        found = _extend(window, found._replace(end=_after(window, anchor.end())))
        if _acceptable(found, sign, window, weak):
            return found
    return None


def _may_stop(head: str) -> bool:
    """Return whether a full stop can end a dateline: behind an agency, or behind the day of `BAKU, January 14.`."""
    last = head.rpartition(" ")[2]
    return agencies.bare(last) or (last.isdecimal() and "," in head)


def _full(found: Dateline) -> bool:
    """Return whether a dateline without an agency says enough to end in a full stop: a known town, month and day."""
    city = found.place.split(",")[0]
    return bool(found.month and found.day and city) and located(city)


def _extend(window: str, found: Dateline) -> Dateline:
    """Add what follows a first separator: `(ANSA) - ROMA, 1 LUG -`, `City--(BUSINESS WIRE)--June 5, 2013--`."""
    for _ in range(3):
        more = _continuation(window[found.end :], found)
        if more is None:
            return found
        found = found._replace(
            end=found.end + more.end,
            place=found.place or more.place,
            agency=found.agency or more.agency,
            year=found.year or more.year,
            month=found.month or more.month,
            day=found.day or more.day,
            weekday=found.weekday if found.weekday >= 0 else more.weekday,
            byline=found.byline or more.byline,
        )
    return found


def _continuation(rest: str, found: Dateline) -> Dateline | None:
    """Return the further part of a dateline that the text behind a separator opens with, or None."""
    if not found.agency:
        if wire := _BRACKETED_WIRE.match(rest):
            date = take_last(wire[2].strip(), day_alone=False)[1]
            if agencies.known(wire[1]) and date.day and not found.day:
                return Dateline(agency=wire[1], end=wire.end(), **date._asdict())
        if not found.day and (wire := _NAMED_WIRE.match(rest)) and (day := _whole_date(wire[2])):
            return Dateline(agency=wire[1], end=wire.end(), **day._asdict())
        wire = _WIRE_ALONE.match(rest)
        if wire and (found.dated or region_known(found.place)):
            return Dateline(agency=wire[1], end=wire.end())
        bare = _BARE.match(rest[:100])
        if bare and _is_wire(bare[1] or bare[2], found) and (not bare[3] or found.dated):
            return Dateline(agency=bare[1] or bare[2], byline=bare[3] or "", end=bare.end())
    slash = (found.agency and "/") or ""
    anchor = next(
        (a for a in _ANCHOR.finditer(rest[:80]) if a[0][0] not in ")].:：" and (a[0][0] != "/" or slash)), None
    )
    if anchor is None or not rest[: anchor.start()].strip():
        return None
    more, alone = _head(rest[: anchor.start()], anchor[0], behind=True)
    if more is None or alone or (more.place and (found.place or not more.dated)) or (more.agency and found.agency):
        return None
    if more.dated and found.dated:
        return None
    return more._replace(end=_after(rest, anchor.end()))


def _whole_date(text: str) -> Day | None:
    """Return the day that a text names if it is nothing else."""
    rest, date = take_last(text, day_alone=False)
    return date if date.day and not rest.strip(" ,") else None


def _is_wire(name: str, found: Dateline) -> bool:
    """Return whether words behind a dash are an agency: a known one, or after a date one that calls itself so."""
    return agencies.bare(name) or (bool(found.day) and not name.isascii() and _CALLED_NEWS.search(name) is not None)


@lru_cache(maxsize=4096)
def _head(text: str, sep: str, *, behind: bool = False) -> tuple[Dateline | None, bool]:
    """Split the text before a separator into place, date and agency; None when it is not a dateline's.

    Returns also whether it is a place alone, without date and agency. Datelines come again and again.

    `behind`: whether it follows a first separator, where a date alone is enough.
    """
    text = " ".join(text.split()).strip(" ,")
    if "[" in text or ")," in text:
        text = _INNER.sub(_outside, text)
    rest, agency, sure = _take_agency(text)
    whole = rest
    rest, date = take_last(whole, day_alone=sure)
    apart = whole[len(rest) :].lstrip()[:1] in tuple(",،.(") or rest.endswith(".")
    if not agency and date.dated:
        rest, agency, sure = _take_agency(rest)
    rest = rest.strip(" ,،")
    if sep == "-" and rest.endswith(".") and not _abbreviated(rest):
        sep = ".-"
    if not rest:
        return _without_place(date, agency, sure, behind), False
    if not date.dated:
        rest, date = take_first(rest)
    rest, agency, sure = _take_first_agency(rest, agency, sure)
    if agency and not sure and places.region_country(agency, rest):
        rest, agency = f"{rest}, {agency}", ""  # Rome (Italy) -
    place = _tidy(rest)
    if date.day and not (sure or apart or located(place.split(",")[0])):
        return None, False  # SYRIA SEEKING SUGAR ON APRIL 8 - TRADE
    if not is_place(place, sure=sure, dated=bool(date.day), agency=agency, sep=sep):
        return None, False
    return Dateline(place=place, agency=agency, **date._asdict()), not (sure or date.day or agency)


def _outside(found: re.Match[str]) -> str:
    """Put a country or state in brackets behind a comma: `Guayaquil (Ecuador), 3 feb`, `Bhopal [India]`."""
    name = found[1] or found[2]
    if found[2] and found.end() == len(found.string) and has_digit(found.string[: found.start()]):
        return found[0]  # a wire behind the date: Tours, 3 May 2024 [Loire Newswire]
    return f", {name}" if found[2] or places.region_country(name) else found[0]


def _without_place(date: Day, agency: str, sure: bool, behind: bool) -> Dateline | None:
    if agency and date.day and not sure and known(agency):
        return Dateline(place=agency, **date._asdict())  # 13 January 2026 (New York) –
    if sure or (agency and date.day) or (behind and date.dated):
        return Dateline(agency=agency, **date._asdict())
    return None


def _tidy(place: str) -> str:
    place = place.strip(" ,،-–—")
    return place[:-1] if place.endswith(".") and not _abbreviated(place) else place


def _abbreviated(place: str) -> bool:
    """Return whether the full stop at a place's end belongs to an abbreviation ("Mass.", "N.Y.", "D.C.", "MO.")."""
    last = re.split(r"[\s,]", place)[-1]
    if "." in last[:-1]:
        return True
    return last != place and (state_country(last) if "," not in place else places.region_country(last)) is not None


def _take_agency(text: str) -> tuple[str, str, bool]:
    """Split a trailing agency off: returns the rest, the agency and whether it is a known one."""
    stripped = text.rstrip(" .,")
    if stripped and stripped[-1] in _BRACKETS:
        opening = stripped.rfind(_BRACKETS[stripped[-1]], 0, len(stripped) - 1)
        name = stripped[opening + 1 : -1].strip() if opening >= 0 else ""
        if name and take_last(name, day_alone=False)[1].dated:  # a date in brackets: WASHINGTON (October 24, 2025) —
            return f"{stripped[:opening]} {name}", "", False
        if name and len(name) <= 60:
            return stripped[:opening], name, agencies.known(name)
    tokens = stripped.split(" ")
    for size in (3, 2, 1):
        name = " ".join(tokens[-size:])
        if len(tokens) > size and agencies.bare(name):
            return " ".join(tokens[:-size]), name, True
    front, comma, name = stripped.rpartition(",")
    if comma and name.isupper() and agencies.known(name.strip()) and take_last(front, day_alone=False)[1].day:
        return front, name.strip(), True  # a short name that is sure behind a date only: Tamale, Jan. 14, GNA
    if text and agencies.bare(stripped) and " " in stripped:
        return "", stripped, True
    return text, "", False


def _take_first_agency(text: str, agency: str, sure: bool) -> tuple[str, str, bool]:
    """Split an agency off the front: `TEMPO.CO, Jakarta`."""
    if not agency:
        first, comma, rest = text.partition(",")
        if comma and rest.strip() and (agencies.bare(first) or _SITE.fullmatch(first)):
            return rest.strip(), first, True
    return text, agency, sure


def _acceptable(found: Dateline, sign: str, window: str, weak: bool) -> bool:
    """Check what follows: a weak dateline must be followed by the beginning of a sentence."""
    rest = window[found.end :]
    city = found.place.split(",")[0]
    if not rest:
        return bool(found.agency or found.dated)
    if sign in _CLOSING and window[: found.end].rstrip(" \u200e\u200f.,")[-1:] in (")", "]", "/"):
        return _runs_on(found, city, rest, window)
    first = rest.lstrip("\"'“”‘’«»„([ ")[:1]
    if found.agency or found.dated:
        return not first.islower() or is_capitals(city) or found.dated
    if not weak or not first or first.islower():
        return False
    if not is_capitals(city) and not region_known(found.place):
        # "Moscow — Russia's capital — was": a second dash makes the first one an aside's.
        return not re.search(r"\s[—–-]{1,2}\s", rest[:100])
    return sign not in ":：" or first.isupper() or not first.isascii()


def _runs_on(found: Dateline, city: str, rest: str, window: str) -> bool:
    """Decide about a dateline with nothing between agency and story, as the Swiss agency writes it.

    "CANADIAN PACIFIC (CP) CONFIRMS EARNINGS" is not a dateline.
    """
    word = rest.split(" ", 1)[0]
    if word.isupper() and len(word) > 3 and word.isascii():
        return False
    return found.dated or located(city) or (not city and window[0] == "(" and not word[0].islower())
