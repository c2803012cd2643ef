"""Dates as newsrooms, agencies and programs write them, read no more exactly than they are written.

Rules: ISO 8601 basic and extended, RFC 2822, IPTC 7901 and AP trailers, month names in some forty languages, EDTF
("2026-01", "XXXX-10-12"), POSIX times. Nothing is filled in: no year, no day and no zone is made up.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from morgue.model import Precision, Published
from morgue.wire.calendar import month, weekday
from morgue.wire.names import fold, has_digit, words

_MAX_LENGTH = 200  # characters of a value that is read as a date at all
_EPOCH = datetime(1970, 1, 1)

_ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)"
_CLOCK = r"(?P<h>\d\d):?(?P<mi>\d\d)(?::?(?P<s>\d\d)(?:[.,]\d{1,9})?)?"
_ISO = re.compile(
    rf"(?P<y>\d{{4}})(?P<sep>[-/.]?)(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?:(?:[Tt]|\s{{1,3}}|,\s)\s?{_CLOCK}\s?{_ZONE}?)?[?~%]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?")  # as it goes into a value
_YEAR_MONTH = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d\d)(?:-XX)?[?~%]?", re.IGNORECASE)
_YEAR = re.compile(r"(?P<y>\d{4})(?:-XX-XX)?[?~%]?", re.IGNORECASE)
_UNPADDED = re.compile(
    r"(?P<y>\d{4})(?P<sep>[-/.])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<d>\d{1,2})\.?(?:[\sT]+(?P<rest>\d.*))?"
)
_NAMED_ZONE = re.compile(r"\[[A-Za-z_+\-/]{1,40}\]$")  # RFC 9557: 2026-01-13T08:00+11:00[Australia/Sydney]
_NO_YEAR = re.compile(r"(?:X{4}|-)-(?P<m>\d\d)-(?P<d>\d\d)", re.IGNORECASE)
_DIGITS = re.compile(r"\d{10,14}(?:\.\d{1,9})?")
_NUMERIC = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-/.])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4}|\d\d)(?:(?:[\s,T]+|\s[-–|]\s)(?P<rest>\d.*))?",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"(?P<d>\d\d)(?P<h>\d\d)(?P<mi>\d\d)\s*(?P<zone>GMT|UTC|Z)?\s*(?P<mon>[^\W\d_]{3,10})\.?\s*(?P<y>\d\d)?"
)
_AP_TRAILER = re.compile(
    r"(?:AP-[A-Z]{2}-)?(?P<m>\d\d)-(?P<d>\d\d)-(?P<y>\d\d)\s+(?P<h>\d\d)(?P<mi>\d\d)(?P<zone>GMT|[A-Z]{3})?"
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h](?P<mi>\d\d))?(?:[:.](?P<s>\d\d)(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*\(?(?P<zone>Z|(?:GMT|UTC)?[+-]\d\d:?\d\d|(?:GMT|UTC)[+-]\d{1,2}|[A-Z]{2,5})?\)?",
    re.IGNORECASE,
)
_FAR_EAST = re.compile(
    r"(?:(?P<y>\d{4})\s*[年년]\s*)?(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?(?:\s*\(?(?![오上下午凌晚])[^\s\d()]{1,3}\)?)?"
    r"(?:\s*(?P<half>오전|오후|上午|下午|午前|午後|凌晨|晚上)?\s*(?P<h>\d{1,2})(?::|時|点|시\s?)(?P<mi>\d\d)?[分분]?(?::(?P<s>\d\d))?)?"
)
_DOTTED = re.compile(  # 2026. 1. 14. 오전 8:00
    r"(?P<y>\d{4})\.\s(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\.?(?:\s+(?P<rest>\S.*))?"
)
_HALF_FIRST = re.compile(
    r"(?P<half>오전|오후|上午|下午|午前|午後|凌晨|晚上)\s?(?P<clock>\d{1,2}(?:[:時시点]\s?\d\d)(?::\d\d)?)"
)
# Sa, 07 Gen 2023: a short weekday before a day and a month
_WEEKDAY_FIRST = re.compile(r"(?P<weekday>[^\W\d_]{1,6})\.?,?\s+(?P<d>\d{1,2})\.?\s+(?P<mon>[^\W\d_]{3,5})\b")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")

# Zones that have one meaning in news copy, in hours from UTC.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "HKT": 8, "SGT": 8, "WET": 0, "WEST": 1, "BST": 1, "AKST": -9, "AKDT": -8,
    "HST": -10, "WIB": 7, "WITA": 8, "WIT": 9,
}  # fmt: skip

_ZERO_DIGITS = (0x0660, 0x06F0, 0x0966, 0xFF10)  # Arabic, Persian, Devanagari, full-width
_DIGIT_TABLE = {zero + n: str(n) for zero in _ZERO_DIGITS for n in range(10)}
_OTHER_DIGIT = re.compile(f"[{''.join(map(chr, _DIGIT_TABLE))}]")


def ascii_digits(text: str) -> str:
    """Return the text with Arabic, Persian, Devanagari and full-width digits written as 0..9."""
    return text.translate(_DIGIT_TABLE) if not text.isascii() and _OTHER_DIGIT.search(text) else text


def valid(year: int, month_number: int, day: int) -> bool:
    """Return whether the calendar has a year, month_number (1..12) and day (year 0: unknown, maybe a leap year)."""
    if not 1 <= month_number <= 12 or not 1 <= day <= 31:
        return False
    try:
        datetime(year or 2000, month_number, day)
    except ValueError:
        return False
    return True


def century(two_digits: int) -> int:
    """Return the year of two digits: 69 and later are 19xx (POSIX)."""
    return two_digits + (1900 if two_digits >= 69 else 2000)


def day_value(year: int, month_number: int, day: int, raw: str) -> Published | None:
    """Return the day of a year (0: unknown) and month_number, printed as `raw`; None when there is no such day."""
    if not valid(year, month_number, day):
        return None
    if not year:
        return Published(value=f"XXXX-{month_number:02}-{day:02}", precision="none", raw=raw)
    return Published(value=f"{year:04}-{month_number:02}-{day:02}", precision="day", raw=raw)


def _offset(zone: str) -> str | None:
    """Return a zone as it is written in a value (`Z`, `+01:00`, "" for unknown), None for a word that is not a zone."""
    zone = zone.upper()
    if len(zone) > 3 and zone[:3] in ("GMT", "UTC"):
        zone = zone[3] + zone[4:].zfill(2)
    if not zone:
        return ""
    if zone in ZONES:
        hours = ZONES[zone]
        return f"{hours:+03}:00" if hours else "Z"
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        if int(digits[:2]) > 15 or int(digits[2:]) > 59:
            return None
        return "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"
    return None


def _instant(
    day: Published | None, hour: str, minute: str | None, second: str | None, zone: str | None
) -> Published | None:
    """Return the day with a time of day; without a usable time the day stays a day."""
    if day is None or day.precision != "day":
        return day
    h, mi, s = int(hour), int(minute or 0), int(second or 0)
    if h > 23 or mi > 59 or s > 60:
        return day
    offset = _offset(zone or "")
    clock = f"{day.value}T{h:02}:{mi:02}:{min(s, 59):02}{offset or ''}"
    return Published(value=clock, precision="instant", raw=day.raw)


def _iso(text: str) -> Published | None:
    if found := _ISO.fullmatch(text):
        day = day_value(int(found["y"]), int(found["m"]), int(found["d"]), text)
        return _instant(day, found["h"], found["mi"], found["s"], found["zone"]) if found["h"] else day
    if found := _UNPADDED.fullmatch(text):
        return _with_time(day_value(int(found["y"]), int(found["m"]), int(found["d"]), text), found["rest"] or "")
    if (found := _YEAR_MONTH.fullmatch(text)) and 1 <= int(found["m"]) <= 12:
        return Published(value=f"{found['y']}-{found['m']}", precision="month", raw=text)
    if found := _YEAR.fullmatch(text):
        return Published(value=found["y"], precision="year", raw=text)
    if found := _NO_YEAR.fullmatch(text):
        return day_value(0, int(found["m"]), int(found["d"]), text)
    return None


def _digits(text: str) -> Published | None:
    """Read an unbroken number: YYYYMMDDhhmm[ss], or POSIX seconds or milliseconds."""
    whole = text.split(".")[0]
    if len(whole) in (10, 12, 14) and whole[:2] in ("19", "20"):
        day = day_value(int(whole[:4]), int(whole[4:6]), int(whole[6:8]), text)
        return _instant(day, whole[8:10], whole[10:12], whole[12:14], "")
    if len(whole) not in (10, 13):
        return None
    seconds = int(whole) // (1000 if len(whole) == 13 else 1)
    return Published(value=f"{(_EPOCH + timedelta(seconds=seconds)).isoformat()}Z", precision="instant", raw=text)


def _numeric(text: str, day_first: bool | None) -> Published | None:
    """Read 28/06/2012, 06.28.12 and the like; when both orders are possible and none is given, only the year.

    Where a dot parts them, the day goes first: no country writes 06.04.2012 for 4 June.
    """
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    year = century(year) if len(found["y"]) == 2 else year
    orders = [pair for pair in ((second, first), (first, second)) if valid(year, *pair)]
    if not orders:
        return None
    if len(orders) == 2 and first != second:
        if day_first is None and found["sep"] != ".":
            return Published(value=f"{year:04}", precision="year", raw=text)
        orders = orders[1:] if day_first is False else orders[:1]
    day = day_value(year, *orders[0], text)
    return _with_time(day, found["rest"] or "")


def _with_time(day: Published | None, rest: str) -> Published | None:
    clock = _TIME.match(rest.strip())
    if day is None or clock is None or not (clock["mi"] or clock["half"]):
        return day
    hour = int(clock["h"])
    half = (clock["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = clock["zone"] or ""
    if zone and _offset(zone) is None:
        zone = ""
    return _instant(day, str(hour), clock["mi"], clock["s"], zone)


def _trailer(text: str) -> Published | None:
    """Read the time stamps that end IPTC 7901 (`131137 GMT Nov 13`) and AP (`AP-WF-02-20-16 0337GMT`) messages."""
    if found := _AP_TRAILER.fullmatch(text):
        day = day_value(century(int(found["y"])), int(found["m"]), int(found["d"]), text)
    elif (found := _TRAILER.fullmatch(text)) and month(found["mon"]):
        year = century(int(found["y"])) if found["y"] else 0
        day = day_value(year, month(found["mon"]), int(found["d"]), text)
    else:
        return None
    return _instant(day, found["h"], found["mi"], None, found["zone"])


def _far_east(text: str) -> Published | None:
    found = _FAR_EAST.fullmatch(text)
    if not found:
        return None
    day = day_value(int(found["y"] or 0), int(found["m"]), int(found["d"]), text)
    return _instant(day, _hour(found["h"], found["half"]), found["mi"], found["s"], "") if found["h"] else day


def _hour(hour: str, half: str | None) -> str:
    """An hour of 24 from one of 12 with the word for the half of the day before it."""
    return str(int(hour) % 12 + 12 * (half in _AFTERNOON)) if half and int(hour) <= 12 else hour


def _dotted(text: str) -> Published | None:
    """Read `2026. 1. 14. 오전 8:00`."""
    found = _DOTTED.fullmatch(text)
    if not found:
        return None
    day = day_value(int(found["y"]), int(found["m"]), int(found["d"]), text)
    rest = found["rest"] or ""
    if half := _HALF_FIRST.match(rest):
        hour, minute, *_ = re.split(r"\D+", half["clock"])
        return _instant(day, _hour(hour, half["half"]), minute, None, "")
    return _with_time(day, rest)


_AFTERNOON = ("오후", "下午", "午後", "晚上")
# Weekdays as programs shorten them, folded, where the language's own tables do not; only before a day and a month.
_SHORT_WEEKDAYS = words(
    """
    mo di mi do fr sa so ma wo vr za zo lun mar mer gio ven sab dom jeu sam dim mie jue vie seg ter qua qui sex
    man tir tor ons fre lor son tis lor pon wt sr czw pt sob nd niedz po ut st ct pa ne pia stv str stvr uto sri
    cet pet sub ned tor sre het hetf kedd sze csut csu pen szo vas h k sz cs p v pzt pts sal car per cum cmt paz ke ti
    to pe la su e t k n r l p esm tre kolm nelj joi vin dum mie sen sel rab kam jum min lu ju vi sa pr an tr kt pn st s
    pirm otr tres cetur piektd sestd svetd пн вт ср чт пт сб вс нд вів понед втор сред четв пятн субб воскр
    א ב ג ד ה ו ש пон вто сре чет пет саб нед δευ τρι τετ πεμ παρ σαβ κυρ δε τρ τε πε πα σα κυ
    """
)
# Months as programs shorten them and no newsroom does; only behind such a weekday.
_SHORT_MONTHS = {
    "tam": 1, "hel": 2, "maa": 3, "huh": 4, "tou": 5, "kes": 6, "hei": 7, "elo": 8, "syy": 9, "lok": 10, "jou": 12,
    "led": 1, "uno": 2, "bre": 3, "dub": 4, "kve": 5, "cer": 6, "crv": 7, "srp": 8, "zar": 9, "rij": 10, "pro": 12,
    "oca": 1, "sub": 2, "nis": 4, "haz": 6, "tem": 7, "agu": 8, "eyl": 9, "eki": 10, "kas": 11, "ara": 12,
    "sij": 1, "velj": 2, "ozu": 3, "tra": 4, "svi": 5, "kol": 8, "ruj": 9, "stu": 11, "pros": 12,
    "ian": 1, "iun": 6, "iul": 7, "noi": 11, "mei": 5, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "dic": 12,
    "fev": 2, "abr": 4, "mai": 5, "ago": 8, "out": 10, "dez": 12, "ene": 1, "maj": 5, "gen": 1,
    "sty": 1, "lut": 2, "kwi": 4, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paz": 10, "gru": 12, "mrt": 3, "okt": 10,
}  # fmt: skip


def _spelled(text: str) -> str:
    """A date without a short weekday in front, its month one that `month` knows."""
    found = _WEEKDAY_FIRST.match(text)
    if not found or fold(found["weekday"]) not in _SHORT_WEEKDAYS:
        return text
    number = month(found["mon"]) or _SHORT_MONTHS.get(fold(found["mon"]), 0)
    name = _ENGLISH[number] if number else found["mon"]
    return f"{found['d']} {name}{text[found.end() :]}"


_ENGLISH = ("", "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_FILLERS = words(
    """
    de del di of the den der le la el e m g a at um kl klo ore alle as às om saat г года р року st nd rd th er º
    """
)


def _worded(text: str) -> Published | None:
    """Read a date with the name of a month in it, in any order of its parts, and an optional time of day."""
    day = year = named = 0
    end = 0
    for match in _WORDS.finditer(text):
        word = match[0]
        if word.isdecimal():
            number = int(word)
            if len(word) <= 2 and not day and 1 <= number <= 31:
                day = number
            elif len(word) == 4 and not year and named:
                year = number
            elif len(word) == 2 and not year and named and day and _is_year(text, match):
                year = century(number)
            else:
                break
        elif not named and month(word):
            named = month(word)
        elif weekday(word) < 0 and word.casefold() not in _FILLERS:
            break
        end = match.end()
    if not named:
        return None
    if not day:
        rest = text[end:].strip(" .,")
        return Published(value=f"{year:04}-{named:02}", precision="month", raw=text) if year and not rest else None
    return _tail(day_value(year, named, day, text), text[end:].lstrip(" .,;-–—T").rstrip())


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Return whether two digits after day and month are a year ("12-Jan-26") and not an hour ("Jan 12 08:30")."""
    return text[match.end() : match.end() + 1] not in (":", ".", "h")


def _tail(day: Published | None, rest: str) -> Published | None:
    """Return the day with what follows it, a time of day; other words after it mean that it is not a date."""
    if not rest or day is None:
        return day
    for word in ("at ", "um ", "kl ", "klo ", "alle ", "ore ", "às ", "om ", "a las ", "à "):
        rest = rest.removeprefix(word)
    if year := re.fullmatch(r"(\d{1,2}:\d\d(?::\d\d)?)\s+([A-Z]{3,4}\s+)?(\d{4})", rest):  # asctime ends in the year
        if day.precision == "none":
            day = day_value(int(year[3]), int(day.value[5:7]), int(day.value[8:10]), day.raw)
        return _with_time(day, f"{year[1]} {year[2] or ''}".strip())
    clock = _TIME.match(rest)
    if clock and (clock["mi"] or clock["half"]):
        return _with_time(day, rest)
    return day if len(rest) <= 24 and not has_digit(rest) else None


@lru_cache(maxsize=4096)
def parse(text: str, *, day_first: bool | None = None) -> Published | None:
    """Read a date.

    Args:
        text: a value as found in a field: ISO, RFC 2822, a trailer, or words in one of some forty languages.
        day_first: whether `03/04/2018` is 3 April; None reads only its year.

    Returns:
        The date as exactly as it is written, or None when the text is not a date or not in the calendar.
    """
    if _PLAIN.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass  # a second of 60, or no date at all
        else:
            return Published(value=text, precision="instant" if len(text) > 10 else "day", raw=text)
    raw = " ".join(ascii_digits(text[: _MAX_LENGTH + 1]).split())
    if raw.endswith("]"):
        raw = _NAMED_ZONE.sub("", raw)
    if not raw or len(raw) > _MAX_LENGTH or not has_digit(raw):
        return None
    if raw[0] in "XxA-" or raw[0].isdecimal():  # all forms but one begin so
        if _DIGITS.fullmatch(raw):
            return _digits(raw)
        found = _iso(raw) or _trailer(raw) or _numeric(raw, day_first) or _far_east(raw)
        found = found or _dotted(raw) or _worded(raw)
    else:
        found = _worded(_spelled(raw))
    if found is None or found.value < "0001" or raw.startswith("0000"):
        return None
    return found if found.raw == text else Published(value=found.value, precision=found.precision, raw=text)


def moment(value: str) -> datetime | None:
    """Return an instant's value as a datetime, aware when it has a zone; None when there is no such moment."""
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None


def _seconds(when: datetime) -> int:
    if when.tzinfo is not None:
        when = when.astimezone(UTC).replace(tzinfo=None)
    return int((when - _EPOCH).total_seconds())


def bounds(published: Published) -> tuple[int, int, bool] | None:
    """Return the first and last second that a date may mean.

    Returns:
        `(from, to, local)` in POSIX seconds, both inclusive. A value with a zone is an instant in UTC (`local` False);
        one without is wall clock counted as if it were UTC (`local` True). None when no year is known.
    """
    return _bounds(published.value, published.precision)


@lru_cache(maxsize=1024)
def _bounds(value: str, precision: Precision) -> tuple[int, int, bool] | None:
    if precision == "none" or value.startswith("X"):
        return None
    try:
        if precision == "instant":
            when = datetime.fromisoformat(value.replace("Z", "+00:00"))
            second = _seconds(when)
            return second, second, when.tzinfo is None
        parts = [int(part) for part in value.split("-")]
        first = datetime(*[*parts, 1, 1][:3])  # type: ignore[arg-type]
        return _seconds(first), _seconds(_after(first, precision)) - 1, True
    except (ValueError, OverflowError):
        return None


def _after(first: datetime, precision: Precision) -> datetime:
    """Return the moment just after a day, month or year that begins at `first`."""
    if precision == "day":
        return first + timedelta(days=1)
    if precision == "month" and first.month < 12:
        return first.replace(month=first.month + 1)
    return first.replace(year=first.year + 1, month=1)
