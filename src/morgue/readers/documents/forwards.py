"""Messages that were forwarded in the text of another: their header lines as mail programs print them, and the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from morgue import lexicon
from morgue.lexicon import either, words

_LABELS = {
    label: field
    for field, table in (
        ("to", lexicon.MAIL_TO),
        ("subject", lexicon.MAIL_SUBJECT),
        ("date", lexicon.MAIL_DATE),
        ("from", lexicon.MAIL_FROM),
    )
    for label in words(table)
}  # fmt: skip
LABEL = rf"(?:{either(_LABELS)})"
_MARGIN = r"[> \t\u00a0|*_\u200c\u200e\u200f]*"
_HEADER = re.compile(rf"{_MARGIN}({LABEL})[\s*_\u00a0]*[:：][\s*_\u00a0]*(.*?)[\s*_|]*$", re.IGNORECASE)
_SENDER = re.compile(
    rf"^{_MARGIN}(?:{either(words(lexicon.MAIL_FROM))})[ \t*_\u00a0]*[:：]", re.IGNORECASE | re.MULTILINE
)
_RULE = re.compile(rf"{_MARGIN}(?:[-–—_=]{{2,}}.*[-–—_=]{{2,}}|[-–—_=]{{5,}})\s*$")
_ANNOUNCED = re.compile(rf"(?:{either(words(lexicon.FORWARDED))})", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*>\s?", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|mailto:|/[A-Z]{2,}\b")
_MAX_LINE = 1_000  # characters of a header line or a rule
_MAX_RUN = 40  # lines between the first and the last header line
_MAX_RULES = 3  # lines above the header lines that announce the message
_OPENING_DAY = re.compile(  # before a number and a month's name
    r"^(?:[^\W\d_]{1,12}(?:-[^\W\d_]{1,6})?[.,]{0,2}\s+){1,2}(?=\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{2})"
)
_BEFORE_CLOCK = re.compile(
    r",?\s(?:at|um|à|a las?|alle(?: ore)?|ore|às|om|kl\.?|klo|o(?: godz\.?)?|в|ob|u|v|la|στις|saat)\s+"
    r"(?=\d{1,2}[:.h]\d\d)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+de\s+", re.IGNORECASE)


class Forwarded(NamedTuple):
    """A message in another's text: what its header lines state ("" where they do not), and its own text."""

    sender: str
    date: str
    subject: str
    text: str


class Split(NamedTuple):
    """The text above a forwarded message, and the message; `announced` when a line says that it is one."""

    cover: str
    message: Forwarded
    announced: bool


def split(text: str) -> Split | None:
    """The first message that is printed whole in `text`, with what is above it; None when there is none."""
    if not _SENDER.search(text):
        return None
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        if _header(lines[start]) and (found := _headers(lines, start)):
            end, fields = found
            top, announced, ruled = _above(lines, start)
            if announced or ruled or len(fields) > 3 or _ADDRESS.search(fields["from"]):
                return _cut(lines, top, start, end, fields, announced)
            start = end
        else:
            start += 1
    return None


def _header(line: str) -> re.Match[str] | None:
    return _HEADER.match(line) if len(line) <= _MAX_LINE else None


def _is_rule(line: str) -> bool:
    return len(line) <= _MAX_LINE and _RULE.match(line) is not None


def _headers(lines: list[str], start: int) -> tuple[int, dict[str, str]] | None:
    """Where a run of header lines ends and what they state; None when they are not those of a message."""
    fields: dict[str, str] = {}
    end = at = start
    field = ""
    while at < len(lines) and at - start < _MAX_RUN:
        line = lines[at]
        if match := _header(line):
            field = _LABELS.get(match[1].lower(), "to")
            if field in fields and field != "to":
                break
            fields.setdefault(field, match[2])
            end = at + 1
        elif not line.strip(" \t>|*_\u00a0"):
            if at - end >= 2:
                break
        elif at == end and field == "to" and (line[:1].isspace() or "@" in line or line.rstrip().endswith((",", ";"))):
            end = at + 1  # a list of addresses goes on
        elif at == end and field in ("subject", "from") and line[:1] in " \t" and line.strip():
            fields[field] += " " + line.strip()
            end = at + 1
        elif at == end and field and not fields[field]:
            fields[field] = line.strip(" \t>|*_\u00a0")
            end = at + 1
        else:
            break
        at += 1
    known = fields.keys() - {"to"}
    complete = "from" in fields and len(known) >= 2 and (len(fields) >= 3)
    return (end, fields) if complete and fields["from"] else None


def _above(lines: list[str], start: int) -> tuple[int, bool, bool]:
    """Where what announces the message begins, whether it says so in words, and whether it is a rule."""
    top, announced, ruled, at, seen = start, False, False, start, 0
    while at > 0 and seen < _MAX_RULES:
        line = lines[at - 1]
        at -= 1
        if not line.strip(" \t>|*_\u00a0"):
            if line.strip(" \t>|*\u00a0"):
                top, ruled = at, True
            continue
        seen += 1
        said = bool(_ANNOUNCED.search(line)) and (_is_rule(line) or line.rstrip(" *_\u00a0").endswith((":", "：")))
        if not said and not _is_rule(line):
            break
        announced |= said
        ruled |= not said
        top = at
    return top, announced, ruled


def _cut(lines: list[str], top: int, start: int, end: int, fields: dict[str, str], announced: bool) -> Split:
    rest = "\n".join(lines[end:])
    if lines[start].lstrip().startswith(">"):
        rest = _QUOTED.sub("", rest)
    message = Forwarded(
        sender=fields["from"].strip(),
        date=_plain_date(fields.get("date", "")),
        subject=fields.get("subject", "").strip(),
        text=rest.strip("\n"),
    )
    return Split("\n".join(lines[:top]).rstrip("> \t\n|*").strip(), message, announced)


def _plain_date(text: str) -> str:
    """A date as mail programs print it without the weekday in front of a number, and the word before the time."""
    text = _BEFORE_CLOCK.sub(" ", " ".join(text.split()))
    if _OPENING_DAY.match(text) and re.search(r"\d{4}", text):
        text = _OPENING_DAY.sub("", text)
    return _OF.sub(" ", text)
