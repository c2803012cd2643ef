"""A draft becomes an article: every claim is weighed against the others and against the text."""

from __future__ import annotations

import re

from morgue.model import Article, Claim, Context, Draft, Person, Rejected, Remark, Status
from morgue.wire import dates, furniture, taglines, when, where, who
from morgue.wire.reading import Reading, agency_of, read_story, read_wire

_CANCELED = ("cancel", "kill", "withdrawn", "deleted", "retired")
_WITHHELD = ("withheld", "hold", "draft", "unpublished", "private", "pending")


def settle(draft: Draft, context: Context) -> Article | Rejected:
    """Decide what to believe of a record.

    Args:
        draft: what the reader found.
        context: what is known from outside: path, `--date`, modification time, the present.

    Returns:
        The article with the provenance of its fields and remarks on what was refused; Rejected when there is neither
        headline nor body. `origin` is left to the caller.
    """
    stated = _first(draft.headline)
    if draft.layout == "wire":
        reading = read_wire(draft.body, headline=stated.value if stated else "")
    else:
        reading = read_story(draft.body, draft.subheads)
    headline, headline_how = (stated.value, f"stated:{stated.how}") if stated else (reading.headline, "stated:text")
    if draft.layout == "wire" and stated and reading.headline and not _same(reading.headline, stated.value):
        reading.paragraphs.insert(0, reading.headline)
        reading.subheads = tuple(n + 1 for n in reading.subheads)
    headline = " ".join(headline.split())
    if not headline and not reading.paragraphs:
        return Rejected(context.path, draft.record, "there is neither a headline nor a body")
    return _article(draft, context, reading, headline, headline_how if headline else "missing")


def _article(draft: Draft, context: Context, reading: Reading, headline: str, headline_how: str) -> Article:
    remarks = list(draft.problems)
    source, source_how = _source(draft, reading)
    url = _value(draft.url)
    byline = who.credited(draft, reading, remarks)
    place = where.location(draft, reading, byline.people, source, remarks)
    published, published_how = when.published(draft, reading, context, url, remarks)
    updated, updated_how = when.updated(draft, reading, context, remarks)
    when.flag_order(published, updated, remarks)
    embargo = _embargo(draft, reading, context, remarks)
    contributors, contributors_how = _contributors(draft, reading)
    version, version_how = _version(draft, reading, headline)
    status, status_how = _status(draft, reading, embargo[0], context)
    location = place.places[0] if place.places else None
    provenance = {
        "headline": headline_how,
        "published": published_how,
        "byline": byline.how,
        "location": place.how,
        "country": _country_how(place, location),
        "source": source_how,
        "updated": updated_how,
        "embargo": embargo[1],
        "contributors": contributors_how,
        "version": version_how,
        "status": status_how,
    }
    always = {"headline", "published", "byline", "location", "country", "source"}
    for name in ("slug", "keywords", "language", "url", "rights", "note"):
        claims: list[Claim] = getattr(draft, name)
        provenance[name] = f"stated:{claims[0].how}" if claims else "missing"
    if reading.slug and not draft.slug:
        provenance["slug"] = "stated:text"
    if reading.copyright and not draft.rights:
        provenance["rights"] = "stated:text"
    notes = [claim.value for claim in draft.note] + reading.corrections + reading.notes
    if notes and not draft.note:
        provenance["note"] = "stated:text"
    return Article(
        id=draft.ids[0].value if draft.ids else context.path + (f"#{draft.record}" if draft.record else ""),
        headline=headline,
        body="\n\n".join(reading.paragraphs),
        subheads=reading.subheads,
        published=published,
        updated=updated,
        embargo=embargo[0],
        byline=byline.people,
        byline_raw=byline.raw,
        contributors=contributors,
        location=location,
        other_locations=place.places[1:],
        source=source,
        slug=_value(draft.slug) or reading.slug,
        keywords=tuple(dict.fromkeys(claim.value for claim in draft.keywords if claim.value)),
        language=_value(draft.language),
        url=url,
        rights=_value(draft.rights) or reading.copyright,
        status=status,
        version=version,
        note="\n".join(dict.fromkeys(note for note in notes if note)),
        furniture=tuple(reading.furniture),
        provenance={name: how for name, how in provenance.items() if how != "missing" or name in always},
        remarks=tuple(remarks),
        extra=draft.extra,
    )


def _first(claims: list[Claim]) -> Claim | None:
    return next((claim for claim in claims if claim.value.strip()), None)


def _value(claims: list[Claim]) -> str:
    found = _first(claims)
    return found.value.strip() if found else ""


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _source(draft: Draft, reading: Reading) -> tuple[str, str]:
    if found := _first(draft.source):
        return found.value.strip(), f"stated:{found.how}"
    if label := reading.labels.get("source"):
        return label, "stated:header"
    if agency := agency_of(reading):
        return agency, "stated:dateline" if reading.dateline and reading.dateline.agency else "stated:copyright"
    return "", "missing"


def _country_how(place: where.Where, location: object) -> str:
    from morgue.model import Place

    if not isinstance(location, Place) or not location.country:
        return "missing"
    return place.how if location.country_how == "stated" else f"derived:{location.country_how}"


def _embargo(
    draft: Draft, reading: Reading, context: Context, remarks: list[Remark]
) -> tuple[object, str] | tuple[None, str]:
    if found := when.believable(draft.embargo, "embargo", draft, context, remarks):
        return found[0], f"stated:{found[1]}"
    if reading.embargo:
        found_in_text = dates.parse(reading.embargo)
        if found_in_text:
            return found_in_text, "stated:text"
        remarks.append(
            Remark(
                field="embargo",
                value=reading.embargo[:200],
                why="an embargo whose end is no date that can be read",
                how="text",
            )
        )
    return None, "missing"


def _contributors(draft: Draft, reading: Reading) -> tuple[tuple[Person, ...], str]:
    if draft.contributors:
        people: list[Person] = []
        for claim in draft.contributors:
            people += taglines.contributors(claim.value) or who.named(claim.value)
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


def _status(draft: Draft, reading: Reading, embargo: object, context: Context) -> tuple[Status, str]:
    for claim in draft.status:
        text = claim.value.casefold()
        if any(word in text for word in _CANCELED):
            return "canceled", f"stated:{claim.how}"
        if any(word in text for word in _WITHHELD):
            return "withheld", f"stated:{claim.how}"
        if "embargo" in text:
            return "embargoed", f"stated:{claim.how}"
    if reading.killed:
        return "canceled", "stated:text"
    from morgue.model import Published

    limits = dates.bounds(embargo) if isinstance(embargo, Published) else None
    if limits and limits[0] > context.now:
        return "embargoed", "derived:embargo"
    return "usable", f"stated:{draft.status[0].how}" if draft.status else "missing"
