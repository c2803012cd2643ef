"""Bylines: which line is one, and which people it names, with role, employer and place where it gives them.

The raw line is always kept by the caller. A generic credit ("By The Associated Press", "Staff Reporter"), initials
("gr/bp") and desk codes name nobody.
"""

from __future__ import annotations

import re
from functools import lru_cache

from morgue import lexicon
from morgue.lexicon import AND, AND_OR_NAME, AUTHOR, BY, CREDITED, STAFF, TEXT, WRITERS, either, spelled, words
from morgue.model import Person
from morgue.wire.calendar import month, weekday
from morgue.wire.gazetteer import agencies, places
from morgue.wire.names import fold, has_digit, lines

_MAX_RAW = 600  # characters of a credit that are read
_CREDITS = (words(BY), words(lexicon.BY_IN_FIELD))
_LABELS = (words(AUTHOR), words(TEXT), words(lexicon.AUTHOR_IN_FIELD), words(lexicon.TEXT_EAST))
_PREFIX = re.compile(
    rf"(?:(?:(?:{either(CREDITED, lexicon.CREDITED_IN_FIELD)})\s+by"
    rf"|{either(*_CREDITS, *_LABELS, words(lexicon.REPORTERS, 'zh'))})\s*[:：/／]\s*"
    rf"|(?:(?:{either(CREDITED)})\s+by|{either(*_CREDITS, words(lexicon.WROTE))})\s+)",
    re.IGNORECASE,
)
_OPENERS = (*spelled(words(BY), str.title, str.upper, str.lower), *spelled((*words(AUTHOR), *words(TEXT)), str.title))
_LINE_PREFIX = re.compile(
    rf"[\s^]*(?:(?:{either(_OPENERS)})\s*[:：]?\s+|(?:{either(spelled(CREDITED, str.title))})\s+[Bb]y\s+)"
)
# The first two letters of those: nearly every other line has others.
_BEGINNINGS = frozenset(word[:2] for word in (*_OPENERS, *spelled(CREDITED, str.title)))
_COMMAS = re.compile(rf"\s+[-–—]\s+|\s*[,;，、،|•·]\s*(?:(?:{either(words(AND))}|en)\s+)?")
_JOINERS = re.compile(rf"\s+(?:{either(words(AND), words(lexicon.WITH))}|AND|And|&|UND|ET|WITH)\s+|\s+\+\s+")
# One-letter and doubtful conjunctions join two full names only: "Ana Gil y Luis Mora", not "José Ortega y Gasset".
_SHORT_JOINERS = re.compile(rf"\s+(?:{either(words(AND_OR_NAME))}|Y|E|EN|a|o|da)\s+")
_ADDRESS = re.compile(
    r"\(?\s*<?[\w.+-]{1,64}@[\w.-]{1,255}>?\s*\)?|https?://\S+|\(\s*(?:e?-?mail|twitter|@\w+)\s*\)|@\w+", re.IGNORECASE
)
_IN_PLACE = re.compile(rf"\s+(?:{either(words(lexicon.IN))}|IN)\s+(?=[A-ZÀ-Þ])")
# by keith grant, Reuters: a name without capitals counts only before an agency
_LOWERED = re.compile(r"([a-z][a-z'’-]+(?:\s[a-z][a-z'’.-]*){1,2}),\s*([A-Z][\w. ]{1,40})")
_STAFF_OF = re.compile(
    rf"(?P<agency>[A-Z]\w*(?:\s[A-Z]\w*){{0,2}})\s(?:[Ss]taff\s)?(?:{either(spelled(WRITERS, str.lower, str.title))})s?"
    r"\s+(?=[A-Z]\S+\s[A-Z])"
)
_DEGREE = re.compile(r"(?:Ph\.?\s?D|M\.?D|J\.?D|Esq|R\.?N|M\.?P|MBE|OBE|CFA)\.?", re.IGNORECASE)
_PICTURES = re.compile(rf"[\s,;/|]*\b(?:{either(words(lexicon.PICTURES))})\s*(?:by\s|:).*$", re.IGNORECASE)
# Anna Birke for The Lamp; Anna Birke of the Lamp
_EMPLOYED = re.compile(r"\s+(?:for|of|at)\s+(?=(?:the\s+)?[A-ZÀ-Þ])")
# What pages print around a name: "More Stories By Jane Doe", "5 minutes ago Jane Doe", "Jane Doe View Profile"
_BEFORE_NAME = re.compile(
    rf"(?:(?:\d{{1,3}}|an?)\s+)?(?:{either(spelled(words(lexicon.BEFORE_NAME), str.lower))})\s*:?(?:\s+|$)",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(rf"\s+(?:\d{{1,3}}\s+)?(?:{either(lexicon.AFTER_NAME)})$", re.IGNORECASE)
_BESIDE_NAME = frozenset((*lexicon.BESIDE_NAME, *lexicon.AFTER_NAME))
_PARTY = re.compile(r"\s*\([A-Z]{1,3}-[A-Z][\w.]{0,6}(?:\s?\d{1,2})?\)")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
_TITLE = re.compile(
    rf"^(?:(?:{either(lexicon.TITLES, lexicon.NAME_TITLES)})\.?|Senator|Congress(?:wo)?man|Representative"
    r"|U\.?S\.?)\s+(?=\w+\.?\s)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"\b(?:(?:{either(STAFF)})s?|{either(words(lexicon.ROLES))}|(?:{either(words(lexicon.ROLE_STEMS))})\w*"
    rf"|(?:{either(words(lexicon.ROLE_ROOTS))})\w+|m\.?p\.?|ph\.?d\.?)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    rf"\b(?:{either(words(lexicon.ORGANISATIONS))}|(?:{either(words(lexicon.ORGANISATION_STEMS))})\w*"
    rf"|(?:{either(words(lexicon.ORGANISATION_ROOTS))})\w+)\b"
    r"|\.(?:com|no|se|dk|fi|de|fr|it|es|pl|cz|org|net|uk|co|info|ch|at|nl|be|ru|tv|ro)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(lexicon.NAME_PARTICLES)
_SMALL = frozenset(lexicon.SMALL)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3々・·\s\u3000]{2,24}")
_RANKS_EAST = (words(lexicon.OUR_PAPER), words(lexicon.RANKS, "zh"))
_EAST_TITLES = re.compile(
    rf"(?:{either(*_RANKS_EAST, words(lexicon.SPECIAL))})?"
    rf"(?:{either(words(lexicon.REPORTERS), words(lexicon.STRINGERS, 'zh', 'ja'), words(lexicon.EDITORS))}"
    rf"|(?:{either(words(lexicon.RANKS, 'ko'))})(?:{either(words(lexicon.REPORTERS, 'ko')[:1])}))\s*[:：]?"
)


def strip_prefix(raw: str) -> str:
    """Return a credit without "By", "Von", "Text:" or the like in front."""
    text = " ".join(raw.split()).strip(" ^<>=-–—|")
    found = _PREFIX.match(text)
    return text[found.end() :] if found else text


@lru_cache(maxsize=2048)
def people(raw: str) -> tuple[Person, ...]:
    """Return the people that a credit line names, in order; () for generic credits, initials and codes.

    >>> [person.name for person in people("By MARI YAMAGUCHI and Hyung-jin Kim, Associated Press")]
    ['MARI YAMAGUCHI', 'Hyung-jin Kim']
    """
    text = _PICTURES.sub("", _ADDRESS.sub(" ", strip_prefix(raw[:_MAX_RAW])))
    text = _EMPLOYED.sub(", ", " ".join(text.split()).strip(" .,;/-–—<>=^"))
    if (lowered := _LOWERED.fullmatch(text)) and agencies.organisation(lowered[2]):
        return (Person(name=lowered[1], organisation=lowered[2]),)
    if (staff := _STAFF_OF.match(text)) and agencies.organisation(staff["agency"]):
        text = text[staff.end() :]
    if not text or _generic(text):
        return ()
    if not text.isascii() and any(ord(c) > 0x2E7F for c in text):
        return _eastern(text)
    found: list[Person] = []
    parts = _parts(text)
    for part, joined in parts:
        place = _IN_PLACE.sub("", f" {part}")
        if found and not joined and part == parts[-1][0] and _is_place_behind(place.strip(), found):
            found = [_with(person, place=person.place or place.strip()) for person in found]
        elif not found and part != parts[0][0] and agencies.organisation(parts[0][0]) and places.city(part):
            continue  # AFP, MANILA
        else:
            _credit(part, found, joined=joined)
    return tuple(found)


def _is_place_behind(part: str, found: list[Person]) -> bool:
    """Whether the last part of a credit is where its people write from: "Ann Poe und Jan Ek, Genf"."""
    if not all(" " in person.name for person in found) or not is_name(part):
        return False
    if _ORGANISATION.search(part) or _ROLE.search(part) or agencies.organisation(part) or _SUFFIX.fullmatch(part):
        return False
    return " " not in part or places.city(part) is not None


@lru_cache(maxsize=1)
def _generic_credits() -> frozenset[str]:
    return frozenset(fold(line) for line in lines("generic_credits.txt"))


def _generic(text: str) -> bool:
    return fold(text) in _generic_credits() or agencies.organisation(text)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Split a credit at commas, conjunctions and slashes into what may each be a name, a role or an employer.

    Returns pairs of text and whether it is joined by a conjunction to a full name, which makes "Jordan Press" one too.
    """
    text = re.sub(r"\(([^()]{1,80})\)", r", \1,", _PARTY.sub("", text))
    out: list[tuple[str, bool]] = []
    for chunk in _slashed(text):
        for piece in _COMMAS.split(chunk):
            joined = [part for side in _JOINERS.split(piece) for part in _short_joined(side)]
            named = len(joined) > 1 and any(_plain_name(_IN_PLACE.split(part)[0]) for part in joined)
            out += [(part.strip(), named) for part in joined]
    return [(part if _SUFFIX.search(part[-6:]) else part.strip(" ."), named) for part, named in out if part.strip(" .")]


def _slashed(text: str) -> list[str]:
    """Split at slashes between names or before an employer: `Ana Gil / Lampe.no`, `Anna Ek/TT`."""
    pieces = text.split("/")
    if len(pieces) > 1 and any(agencies.organisation(piece.strip()) for piece in pieces):
        return pieces
    return re.split(r"\s+/\s+|(?<=\w{3})/(?=\w{3})", text)


def _short_joined(text: str) -> list[str]:
    sides = _SHORT_JOINERS.split(text)
    return sides if len(sides) > 1 and all(_full_name(_IN_PLACE.split(side)[0]) for side in sides) else [text]


def _plain_name(text: str) -> bool:
    return _full_name(text) and not _ORGANISATION.search(text) and not _ROLE.search(text)


def _full_name(text: str) -> bool:
    return len(text.split()) >= 2 and is_name(text)


def _credit(part: str, found: list[Person], *, joined: bool) -> None:
    """Add a part of a credit (a name, a role, an employer, a place) to the people found so far."""
    if found and _SUFFIX.fullmatch(part):
        last = found[-1]
        glue = " " if part.upper() in ("II", "III", "IV") else ", "
        found[-1] = _with(last, name=f"{last.name}{glue}{part}")
        return
    name, place = part, ""
    if (split := _IN_PLACE.search(part)) and split.start() > 0:
        name, place = part[: split.start()], part[split.end() :].strip(" .")
    if person := _person(_bare_name(name.strip()), place, joined=joined):
        if all(person.name != other.name for other in found):
            found.append(person)
    elif found:
        _describe(part, found)


def _bare_name(text: str) -> str:
    """Return a part of a credit without the words that pages print around a name."""
    if (found := _BEFORE_NAME.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return "" if text.lower() in _BESIDE_NAME else _AFTER_NAME.sub("", text)


def _person(name: str, place: str, *, joined: bool) -> Person | None:
    """Return a part as a person, when it is a name (and not an employer, a role, or a place behind one)."""
    name = _TITLE.sub("", name)
    if _generic(name) or not is_name(name) or _DEGREE.fullmatch(name):
        return None
    if agency := _leading_agency(name):  # AP Sports Writer JOHN DOE
        rest = name[len(agency) :].strip()
        roles = list(_ROLE.finditer(rest))
        after = rest[roles[-1].end() :].strip() if roles else ""
        if not _full_name(after):
            return None
        return Person(name=after, role=rest[: roles[-1].end()], organisation=agency, place=place)
    if _ROLE.search(name) or _ORGANISATION.search(name):
        first, _, last = name.partition(" ")
        if joined and last and " " not in last and not _ORGANISATION.search(first) and not _ROLE.search(name):
            return Person(name=name, place=place)
        return _role_first(name, place)
    return Person(name=name, place=place)


def _role_first(name: str, place: str) -> Person | None:
    """Read "Staff Writer John Doe" and "Science Editor Ann Poe"; a role or an employer alone is nobody."""
    roles = list(_ROLE.finditer(name))
    if not roles or _ORGANISATION.search(name[roles[-1].end() :]):
        return None
    after = name[roles[-1].end() :].strip(" ,:")
    return Person(name=after, role=name[: roles[-1].end()], place=place) if _full_name(after) else None


def _leading_agency(text: str) -> str:
    words = text.split(" ")
    for size in (3, 2, 1):
        name = " ".join(words[:size])
        # "Ana Gil" is somebody, "ANA Gil" works for an agency.
        if len(words) <= size or not agencies.organisation(name):
            continue
        if size > 1 or (name in agencies.spellings() and (name.isupper() or _ROLE.search(text))):
            return name
    return ""


def _describe(part: str, found: list[Person]) -> None:
    """Give a role, an employer or a place to the last person (an employer to all that have none)."""
    organisation, role = "", ""
    if agencies.organisation(part):
        organisation = part
    elif agency := _leading_agency(part):
        organisation, role = agency, part[len(agency) :].strip()
    elif _ROLE.search(part):
        role = part
    elif _ORGANISATION.search(part) or part.startswith(("The ", "the ")):
        organisation = part
    elif places.city(part):
        found[-1] = _with(found[-1], place=found[-1].place or part)
        return
    else:
        return
    if role:
        found[-1] = _with(found[-1], role=found[-1].role or role)
    if organisation:
        found[:] = [_with(p, organisation=p.organisation or organisation) for p in found]


def _with(person: Person, **changes: str) -> Person:
    values = {"name": person.name, "role": person.role, "organisation": person.organisation, "place": person.place}
    return Person(**(values | changes))


def is_name(text: str) -> bool:
    """Return whether words look like one person's name: one to six, each beginning with a capital or a particle."""
    words = text.split()
    if not 1 <= len(words) <= 6 or has_digit(text) or len(text) > 60 or len(text) < 2:
        return False
    if any(c in text for c in '"“”«»:;!?()[]{}<>=@#$%&*+_|/\\…'):
        return False
    if len(words) == 1 and (
        not words[0][0].isupper() or len(words[0]) < 3 or (words[0].isupper() and len(words[0]) < 5)
    ):
        return False
    if any(word.lower() in _SMALL for word in words) or (len(words) == 1 and (weekday(text) >= 0 or month(text))):
        return False
    return all(_name_word(word) for word in words) and any(word[0].isupper() or not word.isascii() for word in words)


def _name_word(word: str) -> bool:
    first = word.lstrip("'’‘(ʻ`")[:1]
    if first.isupper() or word.lower() in _PARTICLES:
        return True
    if first.isalpha() and not first.islower():  # scripts without capitals
        return True
    return "-" in word or word.startswith(("d'", "d’", "l'", "de", "al-", "el-", "bin"))


def _eastern(text: str) -> tuple[Person, ...]:
    """Read a Chinese, Japanese or Korean credit: names between 、 or commas, titles dropped."""
    text = re.sub(r"[（(【［\[]([^）)】］\]]{1,40})[）)】］\]]", " ", text)
    found = []
    korean = any("\uac00" <= c <= "\ud7a3" for c in text)
    for part in re.split(r"[、,，;；/／|=＝]+" + (r"|\s+" if korean else ""), _EAST_TITLES.sub(" ", text)):
        name = part.strip(" \u3000.")
        if not name or _generic(name) or places.city(name) or agencies.known(name) or (korean and len(name) < 2):
            continue
        if (
            _HAN_NAME.fullmatch(name)
            and len(name.replace(" ", "")) >= 2
            and not re.search(r"[报報社网網]$|新聞$|新闻$|日報|通信$", name)
        ) or (name.isascii() and _full_name(name)):
            found.append(Person(name=name))
    return tuple(found)


_CREDITS_ZH = (words(lexicon.REPORTERS, "zh"), words(lexicon.STRINGERS, "zh"), words(lexicon.TEXT_EAST, "zh"))
_EASTERN_LINE = re.compile(
    rf"[（(\[【]?\s*(?:(?:{either(words(lexicon.OUR_PAPER), lexicon.XINHUA)})?(?:{either(words(lexicon.RANKS, 'zh'))})?"
    rf"(?:{either(*_CREDITS_ZH, words(lexicon.TRANSLATED))})\s*[:：/／丨|]?\s*[\u4e00-\u9fff、·\s]{{2,20}}"
    r"|[\uac00-\ud7a3]{2,4}(?:[·,\s]+[\uac00-\ud7a3]{2,4}){0,3}\s?"
    rf"(?:{either(words(lexicon.RANKS, 'ko'), words(lexicon.TRAINEES))})?"
    rf"(?:{either(words(lexicon.REPORTERS, 'ko'))})(?:\s*[\w.]+@[\w.]+)?"
    rf"|[\u3400-\u9fff\u3040-\u30ff々\s]{{2,12}}(?:{either(words(lexicon.REPORTERS, 'ja'))}))\s*[）)\]】]?"
)


def line(text: str) -> bool:
    """Return whether a line of copy is a byline: a prefix, names and little else, at most 16 words, no full stop."""
    text = text.strip()
    if len(text) > 160:
        return False
    prefix = _LINE_PREFIX.match(text) if text[:2] in _BEGINNINGS or text[:1] == "^" else None
    if not prefix:
        if text.isascii() or (text[0].isascii() and text[0] not in "([") or len(text.split()) > 16:
            return False
        return bool(_EASTERN_LINE.fullmatch(text))
    if len(text.split()) > 16:
        return False
    rest = text[prefix.end() :].strip()
    if rest.endswith(".") and agencies.organisation(rest[:-1].rpartition(",")[2].strip()):
        rest = rest[:-1]
    if not rest or (
        rest.endswith((".", "?", "!")) and not re.search(r"\b(?:Jr|Sr|Inc|Co|Ltd|Calif|N\.Y)\.$|\b[A-Z]\.$|@\S+$", rest)
    ):
        return False
    if _generic(rest) or _generic_line(rest):
        return True
    if (lowered := _LOWERED.fullmatch(rest)) and agencies.organisation(lowered[2]):
        return True
    found = people(text)
    return (
        bool(found)
        and all(len(person.name.split()) >= 2 or not person.name.isascii() for person in found[:1])
        and _only_credit(rest)
    )


def bare(text: str) -> bool:
    """Return whether a line holds full names and nothing else, as some wires print a byline without "By"."""
    found = people(text) if len(text) <= 90 and not text.endswith((".", "?", "!", ":")) else ()
    named = sum(len(person.name.split()) for person in found)
    rest = text.split("/")[0].split()
    joining = sum(word.lower() in _JOINING for word in rest)
    return bool(found) and all(_full_name(person.name) for person in found) and named + joining >= len(rest)


_GENERIC_LINE = (
    rf"[A-ZÀ-Þ][\w.'’ -]{{1,40}}\s(?:{either(lexicon.NOBODY)})"
    rf"|(?:the\s+)?(?:{either(lexicon.NOBODY_FIRST)}|(?:{either(lexicon.NOBODY_ROOTS)})\w+)\b[\w\s]{{0,40}}"
)


def _generic_line(rest: str) -> bool:
    words = rest.split()
    return (
        0 < len(words) <= 5 and agencies.organisation(words[0]) and bool(_ROLE.search(rest) or len(words) == 1)
    ) or bool(re.fullmatch(_GENERIC_LINE, rest, re.I))


_JOINING = {*words(AND), "y", "&"}
_IN_CREDITS = _PARTICLES.union(
    words(AND), words(AND_OR_NAME), spelled((*WRITERS, "editor"), str, "{}s".format), lexicon.DESKS,
    words(lexicon.CREDIT_WORDS),
)  # fmt: skip


def _only_credit(rest: str) -> bool:
    """Return whether a line holds no lower-case words but those that credits have: "By Thursday, the vote was" has."""
    parts = [word.strip("(),.;:/") for word in _ADDRESS.sub(" ", rest).split()]
    return all(
        not word or not word[0].islower() or word in _IN_CREDITS or "-" in word or word.startswith(("d'", "d’"))
        for word in parts
    )


def generic(text: str) -> bool:
    """Return whether a credit names nobody in particular ("Staff Reporter", "The Associated Press")."""
    return _generic(text.strip()) or _generic_line(text.strip())


def organisation(text: str) -> bool:
    """Return whether a credit names an organisation ("Le Figaro et AFP", "CNN Wire", "futurezone/KN")."""
    return bool(_ORGANISATION.search(text)) or agencies.known(text)
