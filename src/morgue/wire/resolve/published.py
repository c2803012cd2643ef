"""When an article was published: the first credible claim, else what the text gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from morgue.lexicon import UPDATED, words
from morgue.model import Claim, Context, Draft, Published, Remark
from morgue.wire import dates, labelled
from morgue.wire.resolve import anchors
from morgue.wire.resolve.anchors import Anchor
from morgue.wire.text import Reading

_FIRST_YEAR = 1600
_FIRST_SECOND = (datetime(_FIRST_YEAR, 1, 1) - datetime(1970, 1, 1)).total_seconds()
_DAY = 86400  # seconds
_NAMED = ("option", "filename", "folder", "url")  # anchors that name a date, unlike a time of crawl or of modification
_CHANGED = frozenset(words(UPDATED))
# This report by The Canadian Press was first published Jan. 14, 2026.
_FIRST_PUBLISHED = re.compile(
    r"\bfirst published (?:on )?(?:[A-Z][a-z]+day, )?([A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
_MONTH_FIRST = ("en-US", "en-us", "en_US")
_EITHER_FIRST = frozenset({"", "en", "eng", "english"})


def believable(
    claims: list[Claim], field: str, draft: Draft, context: Context, remarks: list[Remark]
) -> tuple[Published, str] | None:
    """Return the first of the claims of `field` that is a possible date, with its provenance, or None.

    `draft` gives the language, `context` the present; what is refused is added to `remarks`.
    """
    if not claims:
        return None
    day_first = draft.day_first
    if day_first is None and draft.language and (language := draft.language[0].value).lower() not in _EITHER_FIRST:
        day_first = language not in _MONTH_FIRST
    for claim in claims:
        when = dates.parse(claim.value, day_first=day_first) or labelled.find(
            claim.value, day_first=day_first, anywhere=not claim.how.startswith("page:")
        )
        if when is None:
            if claim.value.strip():
                remarks.append(
                    Remark(field=field, value=claim.value[:200], why="this is no date that can be read", how=claim.how)
                )
            continue
        if why := _impossible(when, context, field):
            remarks.append(Remark(field=field, value=claim.value[:200], why=why, how=claim.how))
            continue
        if when.precision == "year" and ("/" in claim.value or "-" in claim.value[1:3]):
            why = "whether the day or the month goes first is not known: only the year is believed"
            remarks.append(Remark(field=field, value=claim.value[:200], why=why, how=claim.how))
        return when, claim.how
    return None


def stated(how: str) -> str:
    """Return the provenance of a claim that was found at `how`."""
    return how if how.startswith("derived:") else f"stated:{how}"


def _impossible(when: Published, context: Context, field: str) -> str:
    """Return why a date cannot be, or ""."""
    limits = dates.bounds(when)
    if limits is None:
        return ""
    if limits[1] < _FIRST_SECOND:
        return f"no newspaper is older than {_FIRST_YEAR}"
    if field != "embargo" and limits[0] > context.now + _DAY:
        return "this date lies in the future"
    return ""


def published(
    draft: Draft, reading: Reading, context: Context, url: str, remarks: list[Remark]
) -> tuple[Published | None, str]:
    """Return the date of publication and its provenance, by claims of `draft`, else by `reading`, `context` and `url`.

    What is refused or in conflict is added to `remarks`.
    """
    locked = "published" in draft.locked
    if locked and (found := believable(draft.published, "published", draft, context, remarks)):
        return found[0], stated(found[1])
    chosen = believable(draft.published, "published", draft, context, remarks) if not locked else None
    if chosen and chosen[0].precision in ("instant", "day"):
        _flag_conflict(chosen[0], reading, remarks)
        return chosen[0], stated(chosen[1])
    derived = _from_text(reading, context, anchors.anchors(context, url), remarks)
    if chosen:
        # A year or month that is stated bounds what the text gives.
        if derived and derived[0].value.startswith(chosen[0].value):
            return derived
        return chosen[0], stated(chosen[1])
    return derived or (None, "missing")


def _flag_conflict(when: Published, reading: Reading, remarks: list[Remark]) -> None:
    """Note a dateline that is more than a week away from the stated date."""
    line = reading.dateline
    if not line or not line.day or not line.month:
        return
    day = datetime.fromisoformat(when.value[:10])
    years = [line.year] if line.year else [day.year - 1, day.year, day.year + 1]
    gaps = [
        abs((datetime(y, line.month, line.day) - day).days)
        for y in years
        if dates.valid(y, line.month, line.day) and y > 0
    ]
    if gaps and min(gaps) > 7:
        remarks.append(
            Remark(
                field="published",
                value=line.raw,
                why="the dateline's day is more than a week from the stated date",
                how="dateline",
            )
        )


def _from_text(
    reading: Reading, context: Context, outside: list[Anchor], remarks: list[Remark]
) -> tuple[Published, str] | None:
    """Return what head, dateline, weekday, file name and copyright give, best first."""
    if stated := _stamped(reading, context, remarks):
        return stated
    if reported := _reported(reading, context):
        return reported
    line = reading.dateline
    if line and line.day:
        return _dateline_day(reading, outside, context)
    # Outside wire copy (no agency in a dateline) a weekday is as often another day's: a day in a name or folder wins.
    wire_copy = line is not None and bool(line.agency or line.weekday >= 0)
    named = next((a for a in outside if a.exact and a.how in _NAMED and _in_years(a, reading.years)), None)
    if (wire_copy or not named) and (hinted := _weekday(reading, outside, remarks)):
        return hinted
    for anchor in outside:
        if anchor.how in _NAMED and _in_years(anchor, reading.years):
            how = "stated:option" if anchor.how == "option" else f"derived:{anchor.how}"
            return _of_anchor(anchor, context, how)
    if reading.years and (year := max(reading.years)) <= datetime.fromtimestamp(context.now, UTC).year + 1:
        return Published(value=f"{year:04}", precision="year", raw=reading.copyright[:200]), "derived:copyright"
    return None


def _in_years(anchor: Anchor, years: list[int]) -> bool:
    return not years or any(anchor.first.year <= year <= anchor.last.year for year in years)


def _of_day(day: object, raw: str, how: str) -> tuple[Published, str]:
    return Published(value=str(day), precision="day", raw=raw), how


def _of_anchor(anchor: Anchor, context: Context, how: str) -> tuple[Published, str]:
    raw = context.date if anchor.how == "option" else context.path
    if anchor.exact:
        return _of_day(anchor.last, raw, how)
    if anchor.first.month == anchor.last.month:
        return Published(value=f"{anchor.first:%Y-%m}", precision="month", raw=raw), how
    return Published(value=f"{anchor.first.year:04}", precision="year", raw=raw), how


def _stamped(reading: Reading, context: Context, remarks: list[Remark]) -> tuple[Published, str] | None:
    """Return the date that a line of the head states."""
    for label, text in reading.dates:
        if label in _CHANGED:
            continue
        when = dates.parse(text)
        if when is None or when.precision == "none":
            continue
        if why := _impossible(when, context, "published"):
            remarks.append(Remark(field="published", value=text, why=why, how="header"))
            continue
        return when, "stated:header"
    return None


def _reported(reading: Reading, context: Context) -> tuple[Published, str] | None:
    """Return the date that a last line says the report was first published on."""
    last = [*reading.paragraphs[-2:], *(text for _, text in reading.furniture[-3:])]
    for text in last:
        if len(text) < 300 and (found := _FIRST_PUBLISHED.search(text)) and (when := dates.parse(found[1])):
            return None if _impossible(when, context, "published") else (when, "stated:footer")
    return None


def _dateline_day(reading: Reading, outside: list[Anchor], context: Context) -> tuple[Published, str] | None:
    line = reading.dateline
    assert line
    if line.year:
        day = dates.day_value(line.year, line.month, line.day, line.raw)
        return (day, "stated:dateline") if day and not _impossible(day, context, "published") else None
    bounded = [a for a in outside if _in_years(a, reading.years)]
    for anchor in bounded:
        if found := anchors.with_year(line.month, line.day, anchor):
            return _of_day(found, line.raw, f"derived:dateline+{anchor.how}")
    if not line.month:
        return None
    if reading.years and dates.valid(max(reading.years), line.month, line.day):
        return _of_day(f"{max(reading.years):04}-{line.month:02}-{line.day:02}", line.raw, "derived:dateline+copyright")
    value = f"XXXX-{line.month:02}-{line.day:02}"
    return Published(value=value, precision="none", raw=line.raw), "stated:dateline"


def _weekday(reading: Reading, outside: list[Anchor], remarks: list[Remark]) -> tuple[Published, str] | None:
    """Make a day out of the weekday in dateline or text and an anchor; without one the weekday stays a hint."""
    line = reading.dateline
    number, word = (line.weekday, line.raw) if line and line.weekday >= 0 else anchors.first_weekday(reading.paragraphs)
    if number < 0:
        return None
    for anchor in outside:
        if anchor.exact and anchor.how == "mtime" and not _in_years(anchor, reading.years):
            why = "the year of the copyright line is another one"
            remarks.append(Remark(field="published", value=str(anchor.last), why=why, how="mtime"))
        if found := anchors.on_or_before(number, anchor, reading.years):
            return _of_day(found, word, f"derived:weekday+{anchor.how}")
    remarks.append(Remark(field="published", value=word, why="a weekday, but no date to count from", how="text"))
    return None


def updated(draft: Draft, reading: Reading, context: Context, remarks: list[Remark]) -> tuple[Published | None, str]:
    """Return the date of the last change by `draft`, else by `reading`, and its provenance.

    What `context` makes impossible is refused: it is added to `remarks`.
    """
    if found := believable(draft.updated, "updated", draft, context, remarks):
        return found[0], stated(found[1])
    for label, text in reading.dates:
        if label in _CHANGED and (when := dates.parse(text)):
            return when, "stated:header"
    return None, "missing"


def flag_order(first: Published | None, last: Published | None, remarks: list[Remark]) -> None:
    """Add to `remarks` when an update, `last`, is more than a day older than the publication, `first`."""
    if first is None or last is None:
        return
    a, b = dates.bounds(first), dates.bounds(last)
    if a and b and a[0] - b[1] > _DAY:
        why = f"it is older than the publication ({first.value})"
        remarks.append(Remark(field="updated", value=last.value, why=why, how=last.raw[:80]))
