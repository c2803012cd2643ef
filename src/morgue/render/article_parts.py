"""The parts of an article for reading, whatever the format: paragraphs, credit line, place line, lines below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from morgue.fields import FIELDS
from morgue.render.fields import text, when

if TYPE_CHECKING:
    from morgue.json_types import Record

Words = list[tuple[int, int]]


# Order of the lines below the text; other fields that have a label follow in the order of the table.
_ORDER = ("updated", "embargo", "version", "slug", "keywords", "note", "rights", "url", "language")
_BELOW = sorted(
    [(field.keys.split()[0], field.label) for field in FIELDS if field.label],
    key=lambda row: _ORDER.index(row[0]) if row[0] in _ORDER else len(_ORDER),
)


def paragraphs(record: Record, words: Words) -> Iterator[tuple[str, Words, bool]]:
    """Yield each paragraph of the body of `record`, its matched words and whether it is a sub-head.

    `words` are offsets in the body; those yielded are offsets in the paragraph.
    """
    heads = set(record.get("subheads") or ())
    place = 0
    for number, paragraph in enumerate(str(record.get("body") or "").split("\n\n")):
        end = place + len(paragraph)
        yield paragraph, [(a - place, b - place) for a, b in words if a < end and b > place], number in heads
        place = end + 2


def credit(record: Record) -> str:
    """Return the credit line: `By A and B`, "" without a byline."""
    people = [str(name) for name in record.get("byline") or []]
    if not people:
        return ""
    return "By " + (", ".join(people[:-1]) + " and " if people[1:] else "") + people[-1]


def place_line(record: Record) -> str:
    """Return place, date and source on one line, as far as known."""
    place = text(record.get("location"))
    country = record.get("country")
    if place and country and "," not in place:
        place = f"{place} ({country})"
    return " · ".join(part for part in (place, when(record), text(record.get("source"))) if part)


def _contributors(record: Record) -> str:
    """Return the people in taglines with role and place."""
    out = []
    for person in record.get("contributors") or []:
        about = ", ".join(str(person[key]) for key in ("role", "place") if person.get(key))
        out.append(f"{person.get('name')} ({about})" if about else str(person.get("name")))
    return "; ".join(out)


def below_lines(record: Record, provenance: bool) -> Iterator[tuple[str, str]]:
    """Yield name and value of each line below the article `record`, with `provenance` also how fields were found."""
    if record.get("status") not in (None, "usable"):
        yield "Status", str(record["status"]).upper()
    people = _contributors(record)
    if people:
        yield "Contributors", people
    for key, name in _BELOW:
        if value := record.get(key):
            yield name, text(value)
    yield "Id", text(record.get("id"))
    origin = record.get("origin") or {}
    if origin.get("path"):
        number = f", record {origin['record']}" if origin.get("record") else ""
        yield "From", f"{origin['path']}{number} ({origin.get('format') or 'unknown'})"
    if provenance:
        for key, how in (record.get("provenance") or {}).items():
            yield f"{key} is", str(how)
        for remark in record.get("remarks") or []:
            yield f"{remark.get('field')} refused", f"{remark.get('value')!r}: {remark.get('why')}"
