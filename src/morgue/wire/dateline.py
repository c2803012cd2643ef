"""The dateline: a scanner that goes from an anchor (a dash, a bracket, a slash) back over agency, date and place.

Grammar (AP, Reuters, AFP, dpa, EFE, ANSA, Xinhua, TASS and press-release wires):

    dateline := lead? (place (","|".")? date? agency? | date agency | "(" agency ")" sep place date | place ":") sep
    place    := city (("/"|" and "|" & ") city)* ("," region)? ("," country)?

A city in capitals needs little more; one in upper and lower case needs a date, a known agency, or a known state or
country behind it. Never one big expression: each step looks at a few tokens, so that hostile text costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from morgue.wire import agencies, places
from morgue.wire.calendar import month, weekday
from morgue.wire.dates import ascii_digits, century, valid
from morgue.wire.names import fold

REACH = 170  # characters from the start of a paragraph in which a dateline's end is looked for
_MAX_ANCHORS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as found.

    Attributes:
        raw: the text of it, separator included. end: where the story begins.
        place: as printed, without date and agency, or "". agency: as printed, or "".
        year, month, day: 0 where not given. weekday: 0 (Monday) .. 6, or -1.
        byline: names given in the same bracket (Japanese and Korean copy), or "".
    """

    raw: str = ""
    end: int = 0
    place: str = ""
    agency: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    byline: str = ""

    @property
    def dated(self) -> bool:
        """Whether it gives a day or a weekday."""
        return bool(self.day) or self.weekday >= 0


_LEAD = re.compile(
    r"[\s\ufeff\u200b\u200e\u200f*•>]*(?:(?:RPT|LEAD|CORRECTED|REFILE|UPDATE)\s*-{1,2}\s*|\(\d\d-\d\d\)\s+\d\d:\d\d\s+[A-Z]{3}\s+)?[\s*]*"
)
_ANCHOR = re.compile(
    r"""[—–―‒─]+|--+|_+|-(?=\s|$)|(?<=\s)-|(?<=[)."”/\]])-|[:：](?=\s)|[)\]](?!\s*[-—–―‒─_:：])|/\.?(?=\s|$)"""
)
_AFTER = re.compile(r"[\s.,]*(?:[—–―‒─]+|--+|_+|-|:)?[\s\u200e\u200f]*")
_TOKEN = re.compile(r"[,،、]|[^\s,،、]+")
_BRACKETS = {")": "(", "]": "[", "/": "/"}
_NUMERIC_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)\.?|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY = re.compile(r"(\d{1,2})(?:\.|º|°|st|nd|rd|th|er|-е|го)?", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:[ap]\.?m\.?)?|[ap]\.?m\.?|GMT|UTC|Uhr", re.IGNORECASE)
_FILLERS = frozenset(
    {
        "de",
        "del",
        "of",
        "le",
        "den",
        "on",
        "the",
        "في",
        "g",
        "г.",
        "г",
        "di",
        "do",
        "der",
        "am",
        "e",
        "del.",
        ",",
        "،",
        "、",
    }
)
_BAD_PLACE = re.compile(r"""[\d!?;:"“”„«»$%@#*+=<>{}\[\]()|\\]""")
_LOWER_OK = frozenset(
    [
        "de",
        "del",
        "der",
        "des",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "les",
        "el",
        "al",
        "an",
        "am",
        "im",
        "in",
        "of",
        "on",
        "the",
        "and",
        "und",
        "et",
        "y",
        "e",
        "i",
        "og",
        "och",
        "upon",
        "sur",
        "sous",
        "aan",
        "bei",
        "ob",
        "vor",
        "near",
        "auf",
        "von",
        "van",
        "zu",
        "to",
        "for",
        "or",
        "en",
        "nad",
        "na",
    ]
)
# Capitals before a dash that are no place.
_NOT_PLACES = frozenset(
    [
        "update",
        "updates",
        "correction",
        "corrected",
        "corrects",
        "correcting",
        "factbox",
        "breaking",
        "next",
        "up",
        "next",
        "up",
        "watch",
        "live",
        "video",
        "audio",
        "photos",
        "photo",
        "exclusive",
        "analysis",
        "opinion",
        "editorial",
        "commentary",
        "lead",
        "year",
        "note",
        "notes",
        "editor",
        "editors",
        "alert",
        "urgent",
        "flash",
        "bulletin",
        "news",
        "sports",
        "business",
        "world",
        "national",
        "weather",
        "feature",
        "features",
        "timeline",
        "explainer",
        "review",
        "preview",
        "summary",
        "highlights",
        "quotes",
        "key",
        "developments",
        "background",
        "wrapup",
        "wrap",
        "roundup",
        "table",
        "results",
        "scores",
        "standings",
        "fact",
        "check",
        "interview",
        "profile",
        "obituary",
        "letter",
        "letters",
        "column",
        "advisory",
        "attention",
        "embargoed",
        "release",
        "media",
        "statement",
        "contact",
        "who",
        "what",
        "when",
        "where",
        "why",
        "how",
        "what's",
        "whats",
        "who's",
        "wheat",
        "corn",
        "soybeans",
        "oil",
        "gold",
        "silver",
        "sugar",
        "coffee",
        "cocoa",
        "copper",
        "note",
        "total",
        "net",
        "shr",
        "shrs",
        "revs",
        "sales",
        "profit",
        "loss",
        "period",
        "quarter",
        "half",
        "first",
        "second",
        "third",
        "fourth",
        "group",
        "first",
        "end",
        "by",
        "source",
        "sources",
        "today",
        "tonight",
        "tomorrow",
        "yesterday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "this",
        "that",
        "q",
        "a",
        "q&a",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "nato",
        "eu",
        "un",
        "us",
        "usa",
        "uk",
        "fbi",
        "cia",
        "nasa",
        "cdc",
        "who",
        "covid",
        "read",
        "more",
        "related",
        "see",
        "also",
        "report",
        "reports",
        "warning",
        "urgent",
        "breaking",
        "latest",
        "top",
        "story",
        "stories",
        "recap",
        "stocks",
        "bonds",
        "markets",
        "market",
        "money",
        "entertainment",
        "health",
        "science",
        "technology",
        "politics",
        "people",
        "music",
        "film",
        "movie",
        "tv",
        "book",
        "books",
        "game",
        "games",
        "team",
        "teams",
        "american",
        "national",
        "league",
        "nfl",
        "nba",
        "mlb",
        "nhl",
        "ncaa",
        "pga",
        "east",
        "west",
        "central",
        "north",
        "south",
        "ap-r",
        "am",
        "pm",
        "sport",
        "economy",
        "finance",
        "aktuell",
        "eilmeldung",
        "exklusiv",
        "kommentar",
        "hintergrund",
        "porträt",
        "meinung",
        "archivo",
        "opinión",
        "actualización",
        "última",
        "hora",
        "urgente",
        "korrektur",
        "meldung",
        "wetter",
        "börse",
        "ergebnisse",
        "tabelle",
        "service",
        "impressum",
        "achtung",
        "update2",
        "zusammenfassung",
        "introduction",
        "conclusion",
        "abstract",
        "overview",
        "question",
        "answer",
        "moderator",
        "chairman",
        "president",
        "senator",
        "transcript",
    ]
)
# Names in the table of cities that are common words too: they need more than capitals and a dash.
_WORDS_TOO = frozenset(
    [
        "reading",
        "mobile",
        "nice",
        "split",
        "orange",
        "bath",
        "hull",
        "derby",
        "sale",
        "deal",
        "best",
        "most",
        "same",
        "of",
        "pau",
        "male",
        "victoria",
        "normal",
        "enterprise",
        "independence",
        "surprise",
        "santa",
        "cruz",
        "union",
        "union",
        "city",
        "commerce",
        "concord",
        "providence",
        "phoenix",
        "man",
        "hit",
        "opera",
        "police",
        "battle",
        "central",
        "date",
        "tours",
        "lens",
        "angers",
        "corona",
        "nan",
        "ho",
        "san",
        "as",
        "is",
        "to",
        "una",
        "ufa",
        "van",
        "bar",
        "eden",
        "hope",
    ]
) - {"phoenix", "providence", "santa", "cruz"}


def find(text: str, *, weak: bool = True) -> Dateline | None:
    """Return the dateline that a paragraph opens with, or None.

    Args:
        text: a paragraph, or the beginning of one.
        weak: whether a place without date and agency counts ("OTTAWA - A man …"), as it does in a first paragraph only.
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    window = ascii_digits(text[start : start + REACH].partition("\n\n")[0])
    if not window or not _may_begin(window):
        return None
    found = _eastern(window) if ord(window[0]) > 0x2E7F or window[0] in "([" else None
    found = found or _bracketed(window, weak) or _scan(window, weak)
    if found is None:
        return None
    end = start + found.end
    return replace(found, raw=text[:end].strip(), end=end)


def field(text: str) -> Dateline | None:
    """Read a text that a source keeps as its dateline: the whole of it, with or without the final dash."""
    text = " ".join(text.split()).strip()
    if not text or len(text) > REACH:
        return None
    if found := find(f"{text} — X") if not text.endswith(("—", "-", "–", "_", ":")) else find(f"{text} X"):
        return replace(found, raw=text, end=len(text))
    return None


def _may_begin(window: str) -> bool:
    first = window[0]
    return first.isupper() or first.isdigit() or first in "([【（［〔《/" or (first.isalpha() and not first.islower())


def _eastern(window: str) -> Dateline | None:
    from morgue.wire import eastern

    return eastern.find(window)


def _bracketed(window: str, weak: bool) -> Dateline | None:
    """Read a dateline that stands in brackets whole: `(New York, NY - October 21) Text`, `[CHICAGO, IL] – Text`."""
    close = {"(": ")", "[": "]"}.get(window[0])
    if close is None:
        return None
    stop = window.find(close, 1, 90)
    if stop < 0:
        return None
    inner = window[1:stop].strip()
    if not inner or agencies.known(inner):
        return None
    parts = re.split(r"\s+[-–—]\s+|\s*[—–]\s*", inner)
    found = _head(", ".join(parts), "--", weak, inside=True)
    if found is None or not found.place or not (found.dated or _region_known(found.place)):
        return None
    after = _AFTER.match(window, stop + 1)
    return replace(found, end=after.end() if after else stop + 1)


def _scan(window: str, weak: bool) -> Dateline | None:
    """Try each anchor in turn; the first that a dateline ends in wins."""
    for count, anchor in enumerate(_ANCHOR.finditer(window)):
        if count >= _MAX_ANCHORS or "\n" in window[: anchor.start()].strip():
            return None
        closing = anchor[0][0] in ")]/"
        head = window[: anchor.end() if closing else anchor.start()]
        found = _head(head, anchor[0], weak)
        if found is None:
            continue
        if closing and not (found.agency and (agencies.known(found.agency))):
            continue
        after = _AFTER.match(window, anchor.end())
        found = replace(found, end=after.end() if after else anchor.end())
        found = _extend(window, found)
        if _acceptable(found, anchor[0], window, weak):
            return found
    return None


def _extend(window: str, found: Dateline) -> Dateline:
    """Take in what follows a first separator: `(ANSA) - ROMA, 1 LUG -`, `City, St.--(BUSINESS WIRE)--June 5, 2013--`."""
    for _ in range(3):
        rest = window[found.end :]
        anchor = next((a for a in _ANCHOR.finditer(rest[:80]) if a[0][0] not in ")]/:："), None)
        if anchor is None or not rest[: anchor.start()].strip():
            return found
        more = _head(rest[: anchor.start()], anchor[0], weak=False, bare_agency=True)
        if more is None or (more.place and (found.place or not more.dated)) or (more.agency and found.agency):
            return found
        if more.dated and found.dated:
            return found
        after = _AFTER.match(rest, anchor.end())
        found = replace(
            found,
            end=found.end + (after.end() if after else anchor.end()),
            place=found.place or more.place,
            agency=found.agency or more.agency,
            year=found.year or more.year,
            month=found.month or more.month,
            day=found.day or more.day,
            weekday=found.weekday if found.weekday >= 0 else more.weekday,
        )
    return found


def _head(text: str, sep: str, weak: bool, *, inside: bool = False, bare_agency: bool = False) -> Dateline | None:
    """Split what stands before a separator into place, date and agency; None when it is no dateline's head."""
    rest, agency, sure = _take_agency(" ".join(text.split()).strip(" ,."))
    rest, date = _take_date(rest, day_alone=sure)
    if not agency and date.dated:
        rest, agency, sure = _take_agency(rest.rstrip(" ,."))
    rest = rest.strip(" ,،")
    if not rest:
        if not (agency or date.dated) or (not sure and not (agency and date.day) and not bare_agency):
            return None
        return replace(date, agency=agency)
    if not date.dated:
        rest, date = _take_leading_date(rest)
    rest, agency, sure = _take_leading_agency(rest, agency, sure)
    if not _is_place(rest, sure=sure, dated=bool(date.day), agency=agency, sep=sep, weak=weak or inside):
        return None
    return replace(date, place=_tidy(rest), agency=agency)


def _tidy(place: str) -> str:
    place = place.strip(" ,،-–—")
    return place[:-1] if place.endswith(".") and not _abbreviated(place) else place


def _abbreviated(place: str) -> bool:
    """Return whether the full stop at a place's end belongs to an abbreviation ("Mass.", "N.Y.", "D.C.", "MO.")."""
    last = re.split(r"[\s,]", place)[-1]
    return "." in last[:-1] or ("," in place and places.region_country(last.rstrip("."), "x") is not None)


def _take_agency(text: str) -> tuple[str, str, bool]:
    """Split a trailing agency off: returns the rest, the agency and whether it is a known one."""
    stripped = text.rstrip(" .,")
    if stripped and stripped[-1] in _BRACKETS:
        opening = stripped.rfind(_BRACKETS[stripped[-1]], 0, len(stripped) - 1)
        if opening >= 0:
            name = stripped[opening + 1 : -1].strip()
            if name and len(name) <= 60 and not _has_date(name):
                return stripped[:opening], name, agencies.known(name)
            if name:  # a date in brackets: WASHINGTON (October 24, 2025) —
                return f"{stripped[:opening]} {name}", "", False
    words = stripped.split(" ")
    for size in (3, 2, 1):
        name = " ".join(words[-size:])
        if len(words) >= size and agencies.bare(name) and (len(words) > size):
            return " ".join(words[:-size]), name, True
    return text, "", False


def _has_date(text: str) -> bool:
    return _take_date(text, day_alone=False)[1].dated


def _take_leading_agency(text: str, agency: str, sure: bool) -> tuple[str, str, bool]:
    """Split an agency off the front: `Liputan6.com, Jakarta`, `TEMPO.CO, Jakarta`, `(AFP) Paris`."""
    if agency:
        return text, agency, sure
    first, comma, rest = text.partition(",")
    if (
        comma
        and rest.strip()
        and (agencies.bare(first) or re.fullmatch(r"[A-Za-z0-9]{2,20}\.(?:com|co|id|net|org)", first, re.I))
    ):
        return rest.strip(), first, True
    return text, agency, sure


@dataclass(slots=True)
class _Parts:
    """The parts of a date met so far, walking over tokens."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1

    def add(self, token: str) -> bool:
        """Take in a token; False when it is no part of a date (or one too many)."""
        word = token.strip(".,()")
        if token in _FILLERS or token.lower() in _FILLERS or _CLOCK.fullmatch(token):
            return True
        if numeric := _NUMERIC_DATE.fullmatch(token):
            return self._numeric(numeric)
        if len(word) == 4 and word.isdecimal() and not self.year and 1800 <= int(word) <= 2200:
            self.year = int(word)
            return True
        if (number := _DAY.fullmatch(token.strip(",()"))) and not self.day and 1 <= int(number[1]) <= 31:
            self.day = int(number[1])
            return True
        if not word or not word[0].isalpha() or len(word) < 2:
            return False
        if not self.month and (found := month(word)):
            self.month = found
            return True
        if self.weekday < 0 and (found := weekday(word)) >= 0 and len(word) >= 3:
            self.weekday = found
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

    def settled(self, day_alone: bool) -> Dateline | None:
        """Return the date as a Dateline without a place, or None when the parts make none."""
        if self.day and self.month:
            if not valid(self.year, self.month, self.day):
                return None
            return Dateline(year=self.year, month=self.month, day=self.day, weekday=self.weekday)
        if self.day and day_alone and not self.month:
            return Dateline(weekday=self.weekday)
        if self.weekday >= 0 and not self.day and not self.month and not self.year:
            return Dateline(weekday=self.weekday)
        return None


def _take_date(text: str, *, day_alone: bool) -> tuple[str, Dateline]:
    """Split a trailing date off: returns the rest and the date (an empty Dateline when there is none).

    `day_alone`: whether a day of the month without the month counts ("MADRID, 13 (EUROPA PRESS)").
    """
    tokens = list(_TOKEN.finditer(text))
    parts = _Parts()
    best: tuple[int, Dateline] | None = None
    recent = tokens[-9:]
    for index in range(len(recent) - 1, -1, -1):
        token = recent[index]
        if not parts.add(token[0]):
            break
        if (
            parts.weekday >= 0
            and weekday(token[0].strip(".()")) == parts.weekday
            and index
            and not _comma(recent[index - 1][0])
        ):
            break  # SANTO DOMINGO, March 4: Sunday in Spanish, but a town's name here
        if token[0].lower() not in _FILLERS and (found := parts.settled(day_alone)):
            best = (token.start(), found)
    if best is None:
        return text, Dateline()
    return text[: best[0]].rstrip(" ,،."), best[1]


def _comma(token: str) -> bool:
    return token in ",،、" or token.lower() in _FILLERS or token.endswith(")")


def _take_leading_date(text: str) -> tuple[str, Dateline]:
    """Split a date off the front: `13 January 2026, GENEVA`, `Jan. 13, PARIS`."""
    tokens = list(_TOKEN.finditer(text))
    parts = _Parts()
    best: tuple[int, Dateline] | None = None
    for token in tokens[:8]:
        if not parts.add(token[0]):
            break
        found = parts.settled(False)
        if token[0].lower() not in _FILLERS and found and found.day:
            best = (token.end(), found)
    if best is None or best[0] >= len(text):
        return text, Dateline()
    return text[best[0] :].lstrip(" ,،.:–—-"), best[1]


def _is_capitals(city: str) -> bool:
    """Return whether a city is printed in capitals; small particles and Mc/Mac/De/La prefixes are allowed."""
    words = city.replace("/", " ").replace("-", " ").split()
    big = 0
    for word in words:
        letters = [c for c in word if c.isalpha()]
        if not letters or all(not c.islower() for c in letters):
            big += bool(letters)
        elif word.lower() in _LOWER_OK and word[0].islower():
            continue
        elif not re.fullmatch(r"(?:Mc|Mac|De|La|Le|Du|D'|O'|al|El|Van)['’]?[A-Z]{2,}[A-Z'’]*", word):
            return False
        else:
            big += 1
    return big > 0


def _is_titled(city: str) -> bool:
    """Return whether a city is printed in upper and lower case: every word but particles begins with a capital."""
    words = city.replace("/", " ").split()
    return (
        bool(words)
        and not words[0][0].islower()
        and all(not word[0].islower() or word.lower() in _LOWER_OK or not word[0].isalpha() for word in words)
    )


def _region_known(place: str) -> bool:
    city, comma, rest = place.replace("،", ",").partition(",")
    return bool(comma) and any(places.region_country(part.strip(), city) for part in rest.split(",") if part.strip())


def _is_place(text: str, *, sure: bool, dated: bool, agency: str, sep: str, weak: bool) -> bool:
    """Decide whether the words before date and agency are a place.

    Args:
        sure: a known agency follows. dated: a day follows. agency: a known or unknown agency, or "".
        sep: the separator's text. weak: whether a place alone counts.
    """
    if len(text) > 110 or _BAD_PLACE.search(text):
        return False
    parts = [part.strip() for part in text.replace("،", ",").split(",")]
    city, regions = parts[0], [part for part in parts[1:] if part]
    if not city or not city[0].isalpha() or len(city.split()) > 9 or len(regions) > 4:
        return False
    if any(not _is_titled(part.removeprefix("the ")) or len(part.split()) > 5 for part in regions):
        return False
    if fold(city).replace(" ", "") in _NOT_PLACES or all(word in _NOT_PLACES for word in fold(city).split()):
        return False
    capitals, titled = _is_capitals(city), _is_titled(city)
    if not (capitals or titled) or (len(city) < 2):
        return False
    region = _region_known(text)
    if capitals and (sure or dated):
        return len(city.split()) <= 8
    if titled and (sure or dated):
        return len(city.split()) <= 5 and (region or dated or sure)
    if agency:
        return region or places.known(city) or _joint_known(city)
    if not weak:
        return False
    return _is_weak_place(city, regions, capitals=capitals, region=region, sep=sep)


def _is_weak_place(city: str, regions: list[str], *, capitals: bool, region: bool, sep: str) -> bool:
    """Decide about a place with neither date nor agency: the table of cities, or a known region, must vouch for it."""
    if sep[0] in ":：":
        return not regions and _joint_known(city) and places.country(city) is None
    if capitals and region:
        return True
    if region:
        return places.known(city)
    if regions:
        return capitals and places.known(city)
    if fold(city) in _WORDS_TOO:
        return False
    if capitals:
        return _joint_known(city)
    return (
        _joint_known(city)
        and (places.country(city) is None or places.city(city) is not None)
        and not _country_only(city)
    )


def _country_only(city: str) -> bool:
    found = places.city(city)
    return found is not None and found[1] == "stated"


def _joint_known(city: str) -> bool:
    parts = re.split(r"\s*/\s*|\s+(?:and|AND|&)\s+", city)
    return places.known(city) or (len(parts) > 1 and all(places.known(part) for part in parts if part))


def _cut(window: str, found: Dateline) -> bool:
    """Return whether a dash, a colon or the like stands before the story."""
    return window[: found.end].rstrip(" \u200e\u200f.,")[-1:] not in (")", "]", "/")


def _acceptable(found: Dateline, sep: str, window: str, weak: bool) -> bool:
    """Check what follows: a weak dateline must be followed by the beginning of a sentence."""
    rest = window[found.end :]
    if not rest:
        return bool(found.agency or found.dated)
    if sep[0] in ")]/" and not _cut(window, found):
        # Nothing between agency and story, as the Swiss agency writes: "CANADIAN PACIFIC (CP) CONFIRMS" is none.
        word = rest.split(" ", 1)[0]
        return (found.dated or _joint_known(found.place.split(",")[0])) and not (word.isupper() and len(word) > 3)
    if found.agency or found.dated:
        return True
    first = rest.lstrip("\"'“”‘’«»„([ ")[:1]
    if not weak or not first or first.islower():
        return False
    city = found.place.split(",")[0]
    if not _is_capitals(city) and not _region_known(found.place):
        # "Moscow — Russia's capital — was": a second dash makes the first one an aside's.
        return not re.search(r"\s[—–-]{1,2}\s", rest[:100])
    return sep[0] not in ":：" or first.isupper() or not first.isascii()
