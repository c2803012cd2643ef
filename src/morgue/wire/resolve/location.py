"""Where an article was filed: the text's dateline, the source's dateline text, its structured places, in this order.

Structured places are often wrong in agency copy (the desk's city is filled in for the reporter's), so that a place is
used only after `_implausible` has found nothing against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from morgue.model import Claim, Draft, Person, Place, PlaceClaim, Remark
from morgue.runtime.frozen import replace
from morgue.wire import dates
from morgue.wire.dateline import scan
from morgue.wire.dateline.date import take_last
from morgue.wire.dateline.found import Dateline
from morgue.wire.dateline.place import stopped
from morgue.wire.gazetteer import agencies, homes, places
from morgue.wire.names import fold, has_digit
from morgue.wire.text import Reading

_NO_PLACES = frozenset(
    {
        "yes", "no", "none", "n a", "unknown", "null", "undefined", "true", "false", "undated", "world",
        "international", "other", "no data available", "not available", "not applicable", "not specified", "tbd",
        "tba", "various", "multiple", "several", "online", "internet", "default",
    }
)  # fmt: skip


_CREDIT_PARTS = re.compile(r"\s*[,/|)]\s*|\s+[-–—]\s+")
_CACHED_UP_TO = 120  # characters of a place; a desk's places recur
_SPOKEN = frozenset({"USA", "UAE"})  # abbreviations that are printed, unlike other codes of three letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A location with further places of a joint dateline, and how it was found (`stated:dateline`, `missing`)."""

    places: tuple[Place, ...] = ()
    how: str = "missing"


_NOWHERE = Where()


def location(
    draft: Draft, reading: Reading, people: tuple[Person, ...], source: str, remarks: list[Remark], *, credit: str = ""
) -> Where:
    """Return the place by the claims of `draft` and by `reading`; what is refused is added to `remarks`.

    `people`, the writers, are not places; neither are cities that the system of `source`, an agency, fills in.
    The `credit` as printed may name the place, behind the people or the agency.
    """
    claimed = _claimed(draft, people, source, remarks)
    if "location" in draft.locked and claimed.places:
        return claimed
    line = reading.dateline
    if line and line.place:
        towns = tuple(homes.at_home(place, line.agency or source) for place in places.resolve(line.place))
        found = Where(places=towns, how="stated:dateline")
        return _completed(found, claimed, remarks)
    if line and line.agency and line.dated:
        _refuse(claimed, "the dateline names no place", remarks)
        return _NOWHERE
    label = reading.labels.get("location") or reading.labels.get("dateline")
    if label and (labelled := _from_text(label)):
        return Where(places=labelled, how="stated:header")
    if not claimed.places and (credited := _credited(people, credit, source)).places:
        return credited
    if not claimed.places and reading.suspect:
        why = "this looks like a dateline and was not taken for one"
        remarks.append(Remark(field="location", value=reading.suspect, why=why, how="text"))
    return claimed


def _credited(people: tuple[Person, ...], credit: str, source: str) -> Where:
    """Return the one place of all writers, or the one behind an agency: "AFP, MANILA"."""
    # Behind a comma; "Ann Poe in Whitby" says as much of her office.
    named = {person.place for person in people if re.search(rf"[,/|(]\s*{re.escape(person.place)}\W*$", credit)}
    if not people:
        parts = _CREDIT_PARTS.split(credit.strip(" ("), maxsplit=1)
        named = {parts[-1]} if len(parts) == 2 and agencies.organisation(parts[0]) and places.city(parts[1]) else set()
    if len(named) != 1 or not (place := next(iter(named))) or fold(place) in fold(source):
        return _NOWHERE
    if len(people) == 1 and not places.city(place.split(",")[0]):
        return _NOWHERE  # as likely an employer
    found = _from_text(place)
    return Where(places=found[:1], how="stated:byline") if found else _NOWHERE


def claimed_cities(draft: Draft) -> frozenset[str]:
    """Return the folded names of the cities that a source states."""
    if not draft.dateline and not draft.places:
        return frozenset()
    texts = [claim.value for claim in draft.dateline] + [place.city or place.raw for place in draft.places]
    return frozenset(key for text in texts if 2 < len(key := fold(text.split(",")[0][:60])) < 50)


def _completed(found: Where, claimed: Where, remarks: list[Remark]) -> Where:
    """Give the text's place what a structured one knows of the same city; note one that differs."""
    if not claimed.places or not found.places:
        return found
    mine, theirs = found.places[0], claimed.places[0]
    if fold(mine.city or "") != fold(theirs.city or ""):
        _refuse(claimed, "the dateline in the text says otherwise", remarks)
        return found
    better = mine
    if theirs.country and (not mine.country or mine.country_how in ("gazetteer", "agency", "")):
        better = replace(
            mine, country=theirs.country, country_how=theirs.country_how, region=mine.region or theirs.region
        )
    return replace(found, places=(better, *found.places[1:]))


def _refuse(claimed: Where, why: str, remarks: list[Remark]) -> None:
    remarks.extend(
        Remark(field="location", value=place.raw, why=why, how=claimed.how.partition(":")[2])
        for place in claimed.places[:1]
    )


def _claimed(draft: Draft, people: tuple[Person, ...], source: str, remarks: list[Remark]) -> Where:
    """Return the best place among the claims: dateline texts first, then structured places."""
    if not draft.dateline and not draft.places:
        return _NOWHERE
    names = {fold(person.name) for person in people}
    locked = "location" in draft.locked
    if not locked:
        for claim in draft.dateline:
            if found := _from_dateline(claim, names, source, remarks):
                if _is_country(found[0]) and (closer := _closer(found[0], draft.places, names, source)):
                    return closer
                found = tuple(homes.at_home(place, source) for place in found)
                return Where(places=(_placed(found[0], draft.places), *found[1:]), how=f"stated:{claim.how}")
    for place in draft.places:
        if found := _from_place(place, names, source, remarks, trusted=locked):
            return Where(places=found, how=f"stated:{place.how}")
    return _NOWHERE


def _is_country(place: Place) -> bool:
    return places.country(place.city or place.raw) is not None


def _closer(country: Place, claims: list[PlaceClaim], names: set[str], source: str) -> Where | None:
    """Return the town that is stated beside a dateline that names its country alone."""
    for claim in claims:
        found = _from_place(claim, names, source, [], trusted=False)
        if found and found[0].city and country.country and found[0].country in (None, country.country):
            place = found[0] if found[0].country else replace(found[0], country=country.country, country_how="stated")
            return Where(places=(place,), how=f"stated:{claim.how}")
    return None


def _placed(place: Place, claims: list[PlaceClaim]) -> Place:
    """Give a dateline's place the country that the source states of the same city, where the text gives none."""
    if place.country and place.country_how not in ("gazetteer", "agency", ""):
        return place
    for claim in claims:
        code = places.country(claim.country)
        if code and fold(claim.city) == fold(place.city or place.raw):
            return replace(place, country=code, country_how="stated")
    return place


def _from_dateline(claim: Claim, names: set[str], source: str, remarks: list[Remark]) -> tuple[Place, ...]:
    text = " ".join(claim.value.split())
    found = _from_text(text)
    why = "" if found else "this is no place"
    if dates.parse(text):
        found, why = (), "this is a date, not a place"
    elif found:
        why = _implausible(found[0], names, source)
    return _believed(found, text, why, claim.how, remarks)


def _believed(found: tuple[Place, ...], text: str, why: str, how: str, remarks: list[Remark]) -> tuple[Place, ...]:
    """Return the places of a text, none if `why` says what is against them."""
    if why and text:
        remarks.append(Remark(field="location", value=text[:200], why=why, how=how))
    return () if why else found


def _from_text(text: str) -> tuple[Place, ...]:
    """Read a dateline text of any form: with or without date, agency and dash."""
    return _recurring(text) if len(text) < _CACHED_UP_TO else _read(text)


def _read(text: str) -> tuple[Place, ...]:
    line: Dateline | None = scan.field(text)
    if line:
        return places.resolve(line.place) if line.place else ()
    plain = text.strip(" -—–_.,:")
    if not plain or has_digit(plain) or len(plain) > 80 or len(plain.split()) > 8 or plain[0].islower():
        return ()
    return () if stopped(plain) else places.resolve(plain)


_recurring = lru_cache(maxsize=4096)(_read)


def _from_place(
    claim: PlaceClaim, names: set[str], source: str, remarks: list[Remark], *, trusted: bool
) -> tuple[Place, ...]:
    if len(claim.raw) + len(claim.city) + len(claim.region) + len(claim.country) < _CACHED_UP_TO:
        text, found, why = _known(claim.raw, claim.city, claim.region, claim.country, trusted)
    else:
        text, found, why = _understood(claim, trusted)
    if found and not trusted:
        why = _implausible(found[0], names, source)
    return _believed(found, text, why, claim.how, remarks)


def _understood(claim: PlaceClaim, trusted: bool) -> tuple[str, tuple[Place, ...], str]:
    """Return a claim as it is spelled, the places that it names, and why there are none."""
    text = _undated(_spelled(claim))
    found = _build(claim, text)
    if not trusted and (dates.parse(text) or has_digit(claim.city or text)):
        return text, (), "this is a date or a number, not a place"
    return text, found, "" if found else "this is no place"


@lru_cache(maxsize=4096)
def _known(raw: str, city: str, region: str, country: str, trusted: bool) -> tuple[str, tuple[Place, ...], str]:
    return _understood(PlaceClaim(how="", raw=raw, city=city, region=region, country=country), trusted)


def _spelled(claim: PlaceClaim) -> str:
    """Return a structured place as a person would write it, codes of three letters spelled out: "Athens, Greece"."""
    text = claim.raw or ", ".join(part for part in (claim.city, claim.region, claim.country) if part)
    front, comma, last = " ".join(text.split()).rpartition(", ")
    code = places.country(last) if comma and len(last) == 3 and last.isupper() and last not in _SPOKEN else None
    return f"{front}, {places.country_name(code)}" if code else front + comma + last


def _undated(text: str) -> str:
    """Cut off the date that some systems leave behind a place: `NEW YORK, FEB 26`."""
    if not has_digit(text) or dates.parse(text):
        return text
    rest, date = take_last(text, day_alone=False)
    return rest.strip(" ,") if date.day and rest else text


def _build(claim: PlaceClaim, text: str) -> tuple[Place, ...]:
    if not text or len(text) > 120:
        return ()
    code = places.country(claim.country)
    if not claim.city:
        if claim.country and not claim.raw:
            return (Place(raw=text, region=claim.region or None, country=code, country_how="stated" if code else ""),)
        found = _from_text(text) or places.resolve(text)
        return tuple(replace(p, country=code, country_how="stated") if code else p for p in found)
    resolved = places.resolve(", ".join(p for p in (claim.city, claim.region or claim.country) if p))
    first = resolved[0] if resolved else Place(raw=text)
    country, how = (code, "stated") if code else (first.country, first.country_how)
    city = first.city if "," in claim.city else claim.city.strip()
    return (Place(raw=text, city=city, region=claim.region or first.region, country=country, country_how=how),)


def _implausible(place: Place, names: set[str], source: str) -> str:
    """Return why a place cannot be believed, or ""."""
    city = place.city or ""
    if fold(city) in _NO_PLACES or (not city and fold(place.raw) in _NO_PLACES):
        return "this is no place"
    if fold(city) in names:
        return "this is the name of the writer"
    if agencies.organisation(city) or agencies.organisation(place.raw):
        return "this is an agency"
    if city and agencies.is_desk(source, city):
        return f"{source} fills in this desk's city by default"
    return ""
