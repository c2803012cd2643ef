"""Who wrote an article: a person named in a field, then one in a byline line of the text, never a desk or initials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from morgue.model import Claim, Draft, Person, Remark
from morgue.runtime.frozen import replace
from morgue.wire import byline, labelled
from morgue.wire.gazetteer import agencies, places
from morgue.wire.names import fold
from morgue.wire.text import Reading

_WORD = r"[^\W\d_][\w.'’-]*"
# As databases write names: "Doe, Jane", "van der Velde, Jan P.", "Doe, John, Jr.".
_INVERTED = re.compile(
    rf"(?P<last>{_WORD}(?: {_WORD}){{0,3}}), ?(?P<first>{_WORD}(?: {_WORD}){{0,2}})"
    r"(?:, (?P<suffix>(?:Jr|Sr|II|III|IV)\.?))?"
)
_GIVEN_NAMES = frozenset({"Petra"})  # that are agencies, too
_MAX_LIST = 2_000  # characters of a list of names
_NEXT_NAME = re.compile(r"\s*[;|\n]\s*|\s+(?:and|&)\s+")

# A mail's sender is who sent it; a byline in the text says who wrote it.
_WEAK = frozenset({"stated:mail:From"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The people credited, the line as printed and how it was found."""

    people: tuple[Person, ...] = ()
    raw: str = ""
    how: str = "missing"


_NOBODY = Who()


def credited(draft: Draft, reading: Reading, remarks: list[Remark]) -> Who:
    """Return the byline by the claims of `draft` and by `reading`; what is refused is added to `remarks`."""
    named = _named(draft.people, remarks) if draft.people else _NOBODY
    printed = _printed(draft.byline, remarks) if draft.byline else _NOBODY
    in_text = _in_text(reading)
    weak = named.how in _WEAK
    if _same_people(named.people, printed.people):
        return printed
    if named.people and not (weak and (in_text.people or printed.people)):
        people = _described(named.people, printed.people)
        return Who(people=people, raw=printed.raw or named.raw, how=named.how)
    if printed.people:
        return printed
    if in_text.people:
        return in_text
    raw = printed.raw or (reading.bylines[0] if reading.bylines else "") or named.raw
    how = printed.how if printed.raw else "stated:text" if reading.bylines else named.how
    return Who(raw=raw, how=how if raw else "missing")


def _same_people(named: tuple[Person, ...], printed: tuple[Person, ...]) -> bool:
    """Return whether a credit line has all the names of a list, as people write them and perhaps more of them.

    Lists turn names round ("Oakes Rosa"), and some hold only the first of two writers.
    """
    if not named or len(printed) < len(named):
        return False
    lines = {frozenset(fold(person.name).split()) for person in printed}
    return all(frozenset(fold(p.name).split()) in lines for p in named)


def _in_text(reading: Reading) -> Who:
    """Return the people of the first byline line of the text that names somebody, or of the dateline's bracket."""
    for line in reading.bylines:
        if people := _with_role(byline.people(line), reading.roles):
            return Who(people=people, raw=line, how="stated:text")
    if reading.dateline and reading.dateline.byline and (people := byline.people(reading.dateline.byline)):
        return Who(people=people, raw=reading.dateline.byline, how="stated:dateline")
    return _NOBODY


def _named(claims: list[Claim], remarks: list[Remark]) -> Who:
    """Return the people among names that a source states one by one."""
    found: list[Person] = []
    raw, how = "", "missing"
    for claim in claims:
        people = named(claim.value)
        if people:
            known = {fold(p.name) for p in found}
            found += [p for p in people if fold(p.name) not in known]
            raw, how = raw or claim.value, f"stated:{claim.how}" if how == "missing" else how
        elif claim.value.strip():
            _refuse(claim, remarks)
    if not found and claims and agencies.organisation(claims[0].value):
        raw, how = claims[0].value, f"stated:{claims[0].how}"
    return Who(people=tuple(found), raw=raw if len(found) < 2 else ", ".join(p.name for p in found), how=how)


def named(value: str) -> tuple[Person, ...]:
    """Return the people that a stated name, which may be in lower case or reversed ("Doe, Jane"), or a list gives."""
    text = " ".join(value.split())
    if people := _turned(text) or byline.people(text):
        return people
    words = text.split()
    if (
        2 <= len(words) <= 4
        and text.islower()
        and all(word.replace("-", "").replace("'", "").isalpha() for word in words)
    ):
        return () if byline.generic(text) or byline.organisation(text) else (Person(name=text),)
    return ()


@lru_cache(maxsize=2048)
def _turned(text: str) -> tuple[Person, ...]:
    """Return the people of a list of names as databases write them: "Doe, Jane" or "Doe, Jane; Roe, Al".

    () when the text is not such a list. In a list of several a name that is not reversed may stand, too.
    """
    if "," not in text or len(text) > _MAX_LIST or byline.strip_prefix(text) != text:
        return ()
    parts = [part for part in _NEXT_NAME.split(text) if part.strip(" .")]
    found = [(_turned_name(part.strip()), part) for part in parts]
    if not any(people for people, _ in found):
        return ()
    if ";" not in text and not all(people for people, _ in found):  # "Smith, John and Jane": not a list of a database
        return ()
    return tuple(person for people, part in found for person in people or byline.people(part))


def _turned_name(text: str) -> tuple[Person, ...]:
    """Return the person of a reversed name; () for "Anna Ek, Bo Dahl", "Tokyo, Reuters" and "Jane Doe, London"."""
    found = _INVERTED.fullmatch(text)
    if found is None:
        return ()
    last, first = found["last"], found["first"]
    surnames = [word for word in last.split() if not word.islower()]
    given = [word for word in first.split() if len(word.rstrip(".")) > 1]
    if len(surnames) > 1 and (len(given) != 1 or places.city(first) or last[:1].islower()):
        return ()
    if any(_is_employer(part) for part in (first, last)):
        return ()
    people = byline.people(" ".join(filter(None, (first, last, found["suffix"]))))
    if len(people) != 1 or people[0].role or people[0].organisation or len(people[0].name.split()) < 2:
        return ()
    # Two people of one word each are one whose name is reversed; a name and a job or an employer are not.
    printed = byline.people(text)
    described = any(person.role or (person.organisation and _is_employer(person.organisation)) for person in printed)
    return () if described else people


def _is_employer(text: str) -> bool:
    """Return whether a half of a name is an agency or another employer; "Ana" is a name, "ANA" an agency."""
    if text.istitle() and (len(text.split()[0]) <= 3 or text in _GIVEN_NAMES):
        return False
    return agencies.organisation(text) or byline.generic(text) or byline.organisation(text)


def _printed(claims: list[Claim], remarks: list[Remark]) -> Who:
    """Return the first credit line that names somebody, else the first that names at least an organisation."""
    fallback = Who()
    for claim in claims:
        text = labelled.without(" ".join(claim.value.split()))
        if not text:
            continue
        is_desk = claim.how.endswith("[Organization]")
        people = () if is_desk else _turned(text) or byline.people(text)
        if people and _is_short(text, people):
            return Who(people=people, raw=text, how=f"stated:{claim.how}")
        if not fallback.raw and (is_desk or _is_credit(text)):
            fallback = Who(raw=text, how=f"stated:{claim.how}")
        else:
            _refuse(claim, remarks)
    return fallback


def _is_short(text: str, people: tuple[Person, ...]) -> bool:
    """Return whether a line that names one person is short enough to be a credit and not a sentence."""
    return (
        len(people) > 1 or len(byline.strip_prefix(text).split()) <= 9 or bool(people[0].organisation or people[0].role)
    )


def _is_credit(text: str) -> bool:
    """Return whether a text that names nobody is still a credit ("By The Associated Press", "Staff Reporter")."""
    rest = byline.strip_prefix(text)
    return len(rest.split()) <= 6 and (byline.generic(rest) or byline.organisation(rest))


def _refuse(claim: Claim, remarks: list[Remark]) -> None:
    remarks.append(Remark(field="byline", value=claim.value[:200], why="this names no person", how=claim.how))


def _described(people: tuple[Person, ...], printed: tuple[Person, ...]) -> tuple[Person, ...]:
    """Give stated names the role, employer and place that the credit line has for them."""
    by_name = {fold(p.name): p for p in printed}
    out = []
    for person in people:
        other = by_name.get(fold(person.name), person)
        out.append(replace(_employed(person, other), place=person.place or other.place))
    return tuple(out)


def _employed(person: Person, other: Person) -> Person:
    """Give a person the role and employer of another where none is known."""
    return replace(person, role=person.role or other.role, organisation=person.organisation or other.organisation)


def _with_role(people: tuple[Person, ...], roles: list[str]) -> tuple[Person, ...]:
    """Give people the role line printed below their byline ("AP Sports Writer")."""
    if not roles or not people:
        return people
    described = byline.people(f"{people[-1].name}, {roles[0]}")
    return tuple(_employed(person, described[-1]) for person in people) if described else people
