"""Records of labelled lines (`Title: …`, `Authors: …`) in downloads: what Gale and EBSCO have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from morgue.languages import code_of
from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, set_body
from morgue.readers.texts import digest

_LABEL = re.compile(
    r"[ \t\xa0]*(?P<label>[^\W\d_][^\W_]*(?:[ \xa0'/&-]{1,3}[^\W_]+){0,4}(?:\(s\))?)"
    r"(?: \([^()]{2,24}\))?[ \xa0]*:(?:\s+|$)"
)
_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:1[6-9]|20)\d\d)")
_DATE = re.compile(
    r"\(?(?P<date>(?:[A-Z][a-z]+day,? )?(?:\d{1,2} [A-Z][a-z]{2,9}\.?,? |[A-Z][a-z]{2,9}\.? (?:\d{1,2},? )?)"
    r"(?:1[6-9]|20)\d\d|\d{1,2}/\d{1,2}/(?:1[6-9]|20)\d\d|(?:1[6-9]|20)\d\d-\d\d-\d\d)\)?"
)
PAGE = re.compile(
    r"\bpp?(?:g|age)?\.? ?(?P<page>[A-Z]{0,4}-?\d{1,4}[A-Z]?(?:\s?[-–]\s?[A-Z]{0,4}\d{1,4})?)\b"
    r"|\bp(?P<letter>[A-Z]{1,2}\d{1,3})\b"
)
_TURNED = re.compile(r"[^\W\d_][\w'’. -]{0,40}, [^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}")
_SPLIT = re.compile(r"\s*(?:;|\n|\|)\s*")


@dataclass(slots=True)
class Record:
    """A record: lines above its first label, field -> text of its value with line ends, lines behind the last."""

    top: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    body: str = ""


def record(lines: list[str], names: Mapping[str, str], body: str) -> Record:
    """Take lines apart.

    Args:
        lines: of a record, as printed.
        names: label in lower case -> field.
        body: the field that the text follows; with it the fields end. Text of the line itself belongs to the text.
    """
    found = Record()
    name = ""
    for number, line in enumerate(lines):
        label = label_of(line, names)
        if label is None:
            if name:
                found.fields[name] += "\n" + line
            elif line.strip():
                found.top.append(" ".join(line.split()))
            continue
        name, value = label
        if name == body:
            found.body = "\n".join([value, *lines[number + 1 :]])
            break
        found.fields[name] = f"{found.fields[name]}\n{value}" if name in found.fields else value
    found.fields = {name: value.strip() for name, value in found.fields.items()}
    return found


def label_of(line: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The field and value of a `line` that begins with a label of `names` (lower case -> field); None for any other."""
    match = _LABEL.match(line)
    name = names.get(" ".join(match["label"].lower().split())) if match else None
    return (name, line[match.end() :].strip()) if match and name else None


def draft_of(found: Record, text: str, how: str, name: str, number: int) -> Draft | Rejected:
    """The draft of a record.

    Args:
        found: the record. text: its text in the file, for the digest.
        how: the format's name. name: of the file. number: of the record, 0 for the only one.
    """
    draft = Draft(format=how, record=number, digest=digest(text))
    fields = {field: value for field, value in found.fields.items() if value}
    claim(draft.headline, fields.pop("headline", "") or " ".join(found.top), f"{how}:title")
    for author in _SPLIT.split(fields.pop("byline", "")):
        into = draft.people if _TURNED.fullmatch(author) else draft.byline
        claim(into, author.rstrip("."), f"{how}:author")
    source = " ".join(fields.pop("source", "").split())
    _source(draft, source, how)
    if date := fields.pop("published", ""):
        draft.published.insert(0, Claim(american(date), f"{how}:date"))
    for field_name in ("section", "page", "edition", "rights", "url"):
        claim(getattr(draft, field_name), fields.pop(field_name, ""), f"{how}:{field_name}")
    language = fields.pop("language", "")
    claim(draft.language, code_of(language) or language, f"{how}:language")
    for term in _SPLIT.split(fields.pop("keywords", "")):
        claim(draft.keywords, term.strip(" *."), f"{how}:subject")
    if identity := fields.pop("id", ""):
        draft.ids.append(Claim(identity, f"{how}:number"))
    body = plain_paragraphs(found.body)
    abstract = fields.get("abstract", "")
    if not body and abstract:
        body = plain_paragraphs(fields.pop("abstract"))
        why = "the record has no full text: this is its abstract"
        draft.problems.append(Remark(field="body", value="abstract", why=why, how=how))
    set_body(draft, body)
    draft.extra.update({key: " ".join(value.split()) for key, value in fields.items()})
    if not draft.headline and not draft.body:
        return Rejected(name, number, f"a record of a download from {how} with neither a headline nor text")
    return draft


def american(date: str) -> str:
    """A date in words, or the ISO form of one in numbers, month first as American databases print it."""
    found = _DAY.search(date)
    if found is None:
        return " ".join(date.split())
    month, day = int(found["month"]), int(found["day"])
    if month > 12:
        month, day = day, month
    return f"{found['year']}-{month:02}-{day:02}"


def _source(draft: Draft, text: str, how: str) -> None:
    """Publication, date and page out of `Dunmoor Post. (Mar. 11, 2018): News: pA4.`"""
    found = _DATE.search(text)
    head = text[: found.start()] if found else text
    if found:
        draft.published.append(Claim(american(found["date"]), f"{how}:source"))
        if page := PAGE.search(text, found.end()):
            claim(draft.page, page["page"] or page["letter"], f"{how}:source")
    head = head.strip(" .,;:(")
    if head.count("(") > head.count(")"):
        head += ")"
    claim(draft.source, head, f"{how}:source")
