"""A draft becomes an article: every claim is weighed against the others and against the text."""

from __future__ import annotations

import re

from morgue.fields import names
from morgue.lexicon import CANCELED_STATUS, WITHHELD_STATUS
from morgue.model import Article, Claim, Context, Draft, Origin, Person, Published, Rejected, Remark, Status
from morgue.wire import dates, furniture, taglines
from morgue.wire.resolve import byline as bylines
from morgue.wire.resolve import location as locations
from morgue.wire.resolve import published as dating
from morgue.wire.text import Reading, agency_of, read_page, read_story, read_wire

# Fields whose first claim is believed, and those whose provenance is that of the first claim.
_FIRST_CLAIM = names(lambda field: field.first_claim)
_UNWEIGHED = names(lambda field: field.first_claim or field.name in ("keywords", "note"))
# Fields whose provenance is always given, be it `missing`.
_ALWAYS = frozenset({"headline", "published", "byline", "location", "country", "source"})


def resolve(draft: Draft, context: Context, origin: Origin) -> Article | Rejected:
    """Return `draft`, read from `origin`, as an article: see `morgue.wire.resolve_draft`, also for `context`."""
    stated = _first(draft.headline)
    claimed = locations.claimed_cities(draft)
    if draft.layout == "wire":
        reading = read_wire(draft.body, headline=" ".join(stated.value.split()) if stated else "", claimed=claimed)
    elif draft.layout == "page":
        reading = read_page(draft.body)
    else:
        reading = read_story(draft.body, draft.subheads, claimed)
    headline, how = _headline(stated, reading)
    if not headline and not reading.paragraphs:
        return Rejected(context.path, draft.record, "there is neither a headline nor a body")
    return _article(draft, context, reading, headline, how if headline else "missing", origin)


def _headline(stated: Claim | None, reading: Reading) -> tuple[str, str]:
    if labelled := reading.labels.get("headline"):  # "Headline: …" above a story says more than a mail's subject
        return " ".join(labelled.split()), "stated:header"
    if stated:
        return " ".join(stated.value.split()), dating.stated(stated.how)
    return " ".join(reading.headline.split()), "stated:text"


def _article(
    draft: Draft, context: Context, reading: Reading, headline: str, headline_how: str, origin: Origin
) -> Article:
    remarks = list(draft.problems)
    source, source_how = _source(draft, reading)
    url = _value(draft.url)
    byline = bylines.credited(draft, reading, remarks)
    place = locations.location(draft, reading, byline.people, source, remarks, credit=byline.raw)
    published, published_how = dating.published(draft, reading, context, url, remarks)
    updated, updated_how = dating.updated(draft, reading, context, remarks)
    dating.flag_order(published, updated, remarks)
    embargo, embargo_how = _embargo(draft, reading, context, remarks)
    contributors, contributors_how = _contributors(draft, reading)
    version, version_how = _version(draft, reading, headline)
    status, status_how = _status(draft, reading, embargo, context)
    found = {
        "headline": headline_how,
        "published": published_how,
        "byline": byline.how,
        "location": place.how,
        "country": _country_how(place),
        "source": source_how,
        "updated": updated_how,
        "embargo": embargo_how,
        "contributors": contributors_how,
        "version": version_how,
        "status": status_how,
    }
    labels = reading.labels
    in_text = {
        "slug": reading.slug,
        "keywords": (labels.get("keywords") or labels.get("keyword") or "") if labels else "",
        "page": reading.page,
        "edition": reading.edition,
        "rights": reading.copyright,
        "note": "\n".join((*reading.corrections, *reading.notes)),
    }
    return Article(
        headline=headline,
        published=published,
        updated=updated,
        embargo=embargo,
        byline=byline.people,
        byline_raw=byline.raw,
        contributors=contributors,
        location=place.places[0] if place.places else None,
        other_locations=place.places[1:],
        source=source,
        status=status,
        version=version,
        provenance=_provenance(found, draft, in_text),
        remarks=tuple(remarks),
        # What needs no weighing: the first claim, else what the text gives.
        id=draft.ids[0].value if draft.ids else context.path + (f"#{draft.record}" if draft.record else ""),
        body="\n\n".join(reading.paragraphs),
        subheads=reading.subheads,
        keywords=_keywords(draft, reading),
        note=_note(draft, reading),
        furniture=tuple(reading.furniture),
        extra=draft.extra,
        origin=origin,
        **{name: _value(getattr(draft, name)) or in_text.get(name, "") for name in _FIRST_CLAIM},
    )


def _provenance(found: dict[str, str], draft: Draft, in_text: dict[str, str]) -> dict[str, str]:
    """Return the provenance of all fields that were set, and of the watched ones that were not."""
    for name in _UNWEIGHED:
        found[name] = _how(getattr(draft, name), in_text.get(name))
    return {name: how for name, how in found.items() if how != "missing" or name in _ALWAYS}


def _how(claims: list[Claim], in_text: object) -> str:
    claim = _first(claims) if claims else None
    return dating.stated(claim.how) if claim else "stated:text" if in_text else "missing"


def _first(claims: list[Claim]) -> Claim | None:
    for claim in claims:
        if claim.value.strip():
            return claim
    return None


def _value(claims: list[Claim]) -> str:
    found = _first(claims) if claims else None
    return found.value.strip() if found else ""


def _keywords(draft: Draft, reading: Reading) -> tuple[str, ...]:
    if draft.keywords:
        return tuple(dict.fromkeys(value for claim in draft.keywords if (value := claim.value.strip())))
    text = reading.labels.get("keywords") or reading.labels.get("keyword") if reading.labels else ""
    if not text:
        return ()
    return tuple(dict.fromkeys(word for part in re.split(r"[,;]", text) if (word := part.strip())))


def _note(draft: Draft, reading: Reading) -> str:
    if not draft.note and not reading.corrections and not reading.notes:
        return ""
    notes = [claim.value.strip() for claim in draft.note] + reading.corrections + reading.notes
    return "\n".join(dict.fromkeys(note for note in notes if note))


def _source(draft: Draft, reading: Reading) -> tuple[str, str]:
    if found := _first(draft.source):
        return found.value.strip(), dating.stated(found.how)
    if label := reading.labels.get("source"):
        return label, "stated:header"
    if agency := agency_of(reading):
        return agency, "stated:dateline" if reading.dateline and reading.dateline.agency else "stated:copyright"
    return "", "missing"


def _country_how(place: locations.Where) -> str:
    if not place.places or not place.places[0].country:
        return "missing"
    how = place.places[0].country_how
    return place.how if how == "stated" else f"derived:{how}"


def _embargo(draft: Draft, reading: Reading, context: Context, remarks: list[Remark]) -> tuple[Published | None, str]:
    if found := dating.believable(draft.embargo, "embargo", draft, context, remarks):
        return found[0], f"stated:{found[1]}"
    if reading.embargo:
        if until := dates.parse(reading.embargo):
            return until, "stated:text"
        why = "an embargo whose end is no date that can be read"
        remarks.append(Remark(field="embargo", value=reading.embargo[:200], why=why, how="text"))
    return None, "missing"


def _contributors(draft: Draft, reading: Reading) -> tuple[tuple[Person, ...], str]:
    people: list[Person] = []
    for claim in draft.contributors:
        people += taglines.contributors(claim.value) or bylines.named(claim.value)
    if people:
        return tuple(people), f"stated:{draft.contributors[0].how}"
    return tuple(reading.contributors), "stated:tagline" if reading.contributors else "missing"


def _version(draft: Draft, reading: Reading, headline: str) -> tuple[str, str]:
    if found := _first(draft.version):
        return found.value.strip(), f"stated:{found.how}"
    for text in (*reading.head, _value(draft.slug), headline):
        if version := furniture.version(text):
            return version, "stated:text"
    return "", "missing"


def _status(draft: Draft, reading: Reading, embargo: Published | None, context: Context) -> tuple[Status, str]:
    for claim in draft.status:
        text = claim.value.casefold()
        if any(word in text for word in CANCELED_STATUS):
            return "canceled", f"stated:{claim.how}"
        if any(word in text for word in WITHHELD_STATUS):
            return "withheld", f"stated:{claim.how}"
        if "embargo" in text:
            return "embargoed", f"stated:{claim.how}"
    if reading.killed:
        return "canceled", "stated:text"
    if reading.held:
        return "withheld", "stated:text"
    if reading.embargo and embargo is None:
        return "embargoed", "stated:text"
    limits = dates.bounds(embargo) if embargo else None
    if limits and limits[0] > context.now:
        return "embargoed", "derived:embargo"
    return "usable", f"stated:{draft.status[0].how}" if draft.status else "missing"
