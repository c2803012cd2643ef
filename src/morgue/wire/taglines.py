"""Taglines: who contributed to a story, and from where. These people are contributors and never become the byline."""

from __future__ import annotations

import re

from morgue import lexicon
from morgue.lexicon import AND, AND_OR_NAME, BY, BY_OR_NAME, CREW, DESKS, WRITERS, either, openings, spelled, words
from morgue.model import Person
from morgue.wire import byline
from morgue.wire.names import lowered

_WORK = (lexicon.WORK, lexicon.WORK_FIRST)
_WORK_BY = spelled(words(lexicon.WORK_BY), str.capitalize)
_CREDIT = re.compile(
    rf"\(?\s*(?:(?:(?:{either(lexicon.FURTHER, lexicon.ALSO)}) )*(?:{either(*_WORK)})"
    rf"(?:(?:,| and| &) (?:(?:{either(lexicon.FURTHER)}) )?(?:{either(lexicon.WORK, lexicon.WORK_FURTHER)}))*\s+by\b)",
    re.IGNORECASE,
)
_OF = either(words(BY, "de", "fr", "es", "pt", "it"), words(BY_OR_NAME))
_FOREIGN_CREDIT = re.compile(
    rf"\(?\s*(?:(?:{either(_WORK_BY)})\b[\w\s]{{0,20}}\s(?:{_OF})\b"
    rf"|(?:{either(spelled(words(lexicon.WORK_LABEL), str.capitalize))})\s*:)"
)
_OPENING = 20  # characters that hold the first words of a credit
# How both begin, in lower case.
_OPENS = re.compile(openings(lexicon.FURTHER, lexicon.ALSO, *_WORK, words(lexicon.WORK_BY), words(lexicon.WORK_LABEL)))
_CONTRIBUTED = re.compile(
    r"\b(?:contributed(?: reporting| research)?(?: to (?:this|the) (?:report|story|article|dispatch)"
    r"| from [A-Z].{0,60})?"
    r"|(?:assisted|helped)(?: with| in| on| to write)? (?:this|the) (?:report|story|article)"
    r"|ont contribué(?: à cet article)?|a contribué(?: à cet article)?|contribuy(?:ó|eron)(?: en| a)? (?:este|esta) \w+"
    r"|colabor(?:ó|aron)(?: en| con)? (?:este|esta) \w+|ha(?:nno)? contribuito|hat? .{0,60}beigetragen)\W*$"
)
_REPORTED_FROM = re.compile(r"^(?P<who>[^.]{3,120}?)\s+(?:reported|wrote|reports)\s+from\s+(?P<where>[^.;]{2,80})")
_SEGMENT = re.compile(r"\s*;\s*")
_SENTENCE = re.compile(r"(?<=[a-zé)])\.\s+(?=[A-ZÀ-Þ])")
_WORKERS = (*WRITERS, *CREW, "editor")
_INTRO = re.compile(
    rf"^(?:(?:the )?(?:{either(lexicon.EMPLOYERS_BEFORE)})\s+)?"
    rf"(?:(?:{either(DESKS)}|and)\s+)*(?:{either(spelled(_WORKERS, '{}s?'.format))})\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_CONTRIBUTION = re.compile(
    r"[,\s]*(?:also\s+|and\s+)?(?:contributed|reported|assisted|helped|wrote)\b.*$", re.IGNORECASE | re.DOTALL
)
_JOINING = frozenset(words(lexicon.TAGLINE_WORDS)).union(
    words(AND, "en", "de", "fr"), words(AND_OR_NAME, "es", "nl"), spelled(_WORKERS, str, "{}s".format), DESKS
)
_PLACE = re.compile(r"\s+(?:in|from|at)\s+(?=[A-ZÀ-Þ])")
_AND = re.compile(rf"\s*,?\s+(?:{either(words(AND, 'en', 'de', 'fr'), words(AND_OR_NAME, 'es'))}|&)\s+|\s*,\s*")


def is_tagline(text: str) -> bool:
    """Return whether a paragraph is a tagline and nothing else.

    "Written by a monk, the book …" and "They had contributed to the fund" are not: a tagline holds names, places and
    the words of credits only.
    """
    if len(text) > 900:
        return False
    credit = _OPENS.match(lowered(text.removeprefix("(").lstrip()[:_OPENING]))
    if credit and (_CREDIT.match(text) or _FOREIGN_CREDIT.match(text)):
        rest = _FOREIGN_CREDIT.sub(" ", _CREDIT.sub(" ", text))
        return _names_only(rest) and bool(contributors(text))
    if "contribu" in text or "reported from" in text or "colabor" in text or "beigetragen" in text:
        return all(_is_contribution(sentence) for sentence in _SENTENCE.split(text)) and bool(contributors(text))
    return False


def _is_contribution(sentence: str) -> bool:
    if from_place := _REPORTED_FROM.match(sentence):
        return _names_only(from_place["who"]) and _names_only(from_place["where"])
    found = _CONTRIBUTED.search(sentence)
    return found is not None and _names_only(sentence[: found.start()])


def _names_only(text: str) -> bool:
    """Return whether all words of a text are names, places or what joins them."""
    parts = (word.strip("(),.;:'\"") for word in text.split())
    return all(not word[:1].islower() or word in _JOINING or "-" in word or word[:2] in ("d'", "d’") for word in parts)


def contributors(text: str) -> tuple[Person, ...]:
    """Return the people of a tagline with their part in the story and the place that they reported from.

    >>> contributors("(Reporting by Ann Poe in Oslo; Editing by Bob Roe)")[0].place
    'Oslo'
    """
    text = " ".join(text.split())[:900]
    if found := _CREDIT.search(text) or _FOREIGN_CREDIT.search(text):
        return _credited(text[found.start() :].strip("() ."))
    people: list[Person] = []
    for sentence in _SENTENCE.split(text):
        if from_place := _REPORTED_FROM.match(sentence):
            _reported_from(from_place["who"], from_place["where"], people)
        elif _CONTRIBUTED.search(sentence):
            people += _named(_CONTRIBUTION.sub("", sentence), "contributed")
    return tuple(people)


def _credited(text: str) -> tuple[Person, ...]:
    """Read `Reporting by A in X and B; Additional reporting by C; Editing by D and E`."""
    people: list[Person] = []
    role = ""
    for segment in _SEGMENT.split(text):
        found = _CREDIT.match(segment) or _FOREIGN_CREDIT.match(segment)
        if found:
            role = (
                " ".join(found[0].strip("( :").split()[:-1]).lower()
                if found[0].strip().endswith("by")
                else found[0].strip("( :").lower()
            )
        people += _named(segment[found.end() :] if found else segment, role)
    return tuple(people)


def _named(text: str, role: str) -> list[Person]:
    """Return the people of a list like `A in X, B and C in Y`; a place counts for all named before it without one."""
    text = _INTRO.sub("", text.strip(" .,()"))
    found: list[Person] = []
    waiting = 0
    for part in _parts(text):
        name, *rest = _PLACE.split(part, maxsplit=1)
        name = _INTRO.sub("", name.strip(" .,"))
        if rest and byline.is_name(name):
            place = rest[0].strip(" .,")
            found = [_placed(p, place) if i >= len(found) - waiting else p for i, p in enumerate(found)]
            waiting = 0
            found.append(Person(name=name, role=role, place=place))
        elif byline.is_name(name) and byline.people(name) != ():
            found.append(Person(name=name, role=role))
            waiting += 1
        elif found and found[-1].place and "," not in found[-1].place and name and name[0].isupper():
            found[-1] = _placed(found[-1], f"{found[-1].place}, {name}")
    return found


def _placed(person: Person, place: str) -> Person:
    return Person(name=person.name, role=person.role, organisation=person.organisation, place=place)


def _parts(text: str) -> list[str]:
    """Split at commas and conjunctions, but keep a country with its city: `A in Seoul, South Korea, and B`."""
    from morgue.wire.gazetteer import places

    out: list[str] = []
    for part in _AND.split(text):
        if out and _PLACE.search(out[-1]) and "," not in out[-1] and places.region_country(part.strip(" ."), "x"):
            out[-1] = f"{out[-1]}, {part.strip()}"
        elif part.strip():
            out.append(part)
    return out


def _reported_from(who: str, where: str, people: list[Person]) -> None:
    """Add `Yamaguchi reported from Tokyo`; a surname of somebody named already only adds the place."""
    names = [name for name in _AND.split(_INTRO.sub("", who.strip())) if name]
    places_named = [where.strip(" .")]
    if " and " in where and len(names) == len(where.split(" and ")):
        places_named = [place.strip() for place in where.split(" and ")]
    for number, name in enumerate(names):
        name = name.strip(" ,.")
        place = places_named[min(number, len(places_named) - 1)]
        known = next((i for i, p in enumerate(people) if p.name == name or p.name.split()[-1] == name), None)
        if known is not None:
            people[known] = _placed(people[known], people[known].place or place)
        elif byline.is_name(name):
            people.append(Person(name=name, role="reported", place=place))
