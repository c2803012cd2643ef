"""ANPA 1312 transmissions (AP, Kyodo and others): caret lines above the story, paragraphs that open with a tab.

Service level, priority and category, slug, month and day are in the header; the date with a year follows the text
(`AP-WF-02-20-16 0337GMT`). Source: ANPA Special Report 84-2 and files as sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from morgue import lexicon
from morgue.lexicon import BY, MONTHS, STAFF, either, words
from morgue.model import Claim, Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.paragraphs import joined
from morgue.readers.transmissions import messages
from morgue.readers.transmissions.messages import Format, Message

_IDENT = re.compile(r"\s*(?P<service>[A-Za-z]{1,3})\s?(?P<number>\d{3,5})(?P<selector>[^\n]*)")
_LINE = re.compile(
    r"^(?P<priority>[a-z])\s+(?P<category>[a-z])\s*(?P<slug>\S.*?)?\s+(?P<day>\d\d-\d\d)\s+(?P<words>\d{1,5})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_COUNT = re.compile(r",\s*\d{1,5}\s*$")
_NTH = rf"\d{{1,2}}(?:{either(lexicon.ORDINAL_ENDINGS)})"
_VERSION = re.compile(
    rf"(?:{_NTH}\s?)?(?:{either(lexicon.LEADS, lexicon.ADDS)})?-?\s?(?:{either(lexicon.WRITETHRU)})"
    rf"|{_NTH} (?:{either(lexicon.LEADS[:1])})\b",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?:[A-Z]{1,4}-){0,3}[A-Z&]{1,5}--?\S|(?:BC|AM|PM|AP)-\S")
# Without "de": a caret line may be the headline "De Blasio says …".
_BYLINE = re.compile(rf"(?:{either(words(BY), ('da',))})\s+\S", re.IGNORECASE)
_ROLE = re.compile(
    rf"\b(?:{either(STAFF, lexicon.EMPLOYERS_ANPA)}|press|staff|bureau|news|service)\b",
    re.IGNORECASE,
)
_PICTURES = rf"ap\s+(?:{either(lexicon.ANNOUNCED)})|photos?"
_NOTE = re.compile(rf"(?:{either(lexicon.TO_EDITORS)}|with|{_PICTURES})\b", re.IGNORECASE)
_AP_TRAILER = re.compile(r"AP-[A-Z]{2}-\d\d-\d\d-\d\d\s+\d{4}(?:GMT|[A-Z]{3})")
_TRAILER = re.compile(
    r"(?:(?P<h>\d\d):?(?P<m>\d\d)-)?(?P<a>\d\d)-(?P<b>\d\d)-(?P<y>\d\d)(?:\s+(?P<hm>\d{4})\s*(?P<zone>GMT)?)?"
)
_MONTH_DAY = re.compile(rf"\b({either(MONTHS)})[a-z]{{0,6}}\.? (\d{{1,2}})\b", re.IGNORECASE)
_TWO_HEADS = re.compile(r"<[ \t]*\^")
_DASH = re.compile(r"(?<=\s)_(?=\s)")


class _Copy(NamedTuple):
    """The text of a message: caret lines as (text, end mark), and the story's paragraphs."""

    heads: list[tuple[str, str]]
    story: list[str]


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each transmission of the stream, called `name`, read as `options` say."""
    return messages.drafts(stream, name, options, Format("anpa", _fill))


def _fill(draft: Draft, message: Message) -> None:
    copy = _copy(message.text)
    _set_header(draft, message.header)
    for text, mark in copy.heads:
        _set_head(draft, text, mark)
    draft.body = "\n\n".join(copy.story)
    draft.layout = "story" if copy.heads else "wire"
    _set_dates(draft, message, draft.body)


def _copy(text: str) -> _Copy:
    """Split a message's text into the caret lines above the story and the story's paragraphs."""
    heads: list[tuple[str, str]] = []
    story: list[list[str]] = []
    pending: list[str] = []  # a caret line goes on in the next line until its end mark
    for line in _TWO_HEADS.sub("<\n^", text).split("\n"):
        stripped = line.strip()
        opens = stripped.startswith("^")
        if pending and (line.startswith("\t") or opens):
            _file(pending, "", heads, story)
            pending = []
        if opens or pending:
            pending.append(stripped.removeprefix("^"))
            if stripped.endswith(("<", "=")) or not stripped:
                _file(pending, stripped[-1:], heads, story)
                pending = []
        elif stripped and (line[:1] in " \t" or not story):
            story.append([stripped])
        elif stripped:
            story[-1].append(stripped)
    if pending:
        _file(pending, "", heads, story)
    return _Copy(heads, [_typeset(_lines(lines)) for lines in story])


def _file(parts: list[str], mark: str, heads: list[tuple[str, str]], story: list[list[str]]) -> None:
    """Add a whole caret line to the heads, or to the story once that has begun (a heading of a table)."""
    text = _typeset(" ".join(parts).rstrip("<= \t"))
    credited = any(_BYLINE.match(head) for head, end in heads if end == "=")
    if not any(map(str.isalpha, text)):
        return
    listed = not mark and any(end for _, end in heads)  # a list below the headline, its lines without end marks
    if story or listed or (credited and mark == "=" and not _ROLE.search(text) and not _BYLINE.match(text)):
        story.append([text])
    else:
        heads.append((text, mark))


def _lines(lines: list[str]) -> str:
    """A paragraph's lines: rows of a table stay apart, wrapped lines are joined."""
    rows = sum(1 for line in lines if line.count(";") > 2 or "  " in line)
    return "\n".join(lines) if rows > len(lines) / 2 else joined(lines)


def _typeset(text: str) -> str:
    """Text with the quotes and dashes of the wire replaced by those of print."""
    return _DASH.sub("—", text.replace("``", "“").replace("''", "”")).strip().strip("^").strip()


def _set_header(draft: Draft, header: str) -> None:
    ident = _IDENT.match(header)
    line = _LINE.search(header)
    if ident:
        draft.extra["transmission"] = ident["service"] + ident["number"]
    if line is None:
        return
    draft.extra.update(priority=line["priority"], category=line["category"], day=line["day"])
    if slug := (line["slug"] or "").strip():
        if version := _VERSION.search(slug):
            draft.version.append(Claim(version.group(), "anpa:keyword"))
            slug = slug[: version.start()].strip()
        draft.slug.append(Claim(slug, "anpa:keyword"))


def _set_head(draft: Draft, text: str, mark: str) -> None:
    """File one caret line: slug, byline with the role below it, note, headline, summary."""
    if not draft.headline and not draft.byline and (_COUNT.search(text) or _SLUG.match(text)):
        plain = _COUNT.sub("", text)
        if version := _VERSION.search(plain):
            draft.version.insert(0, Claim(version.group(), "anpa:slug"))
            plain = plain[: version.start()].rstrip(" ,")
        draft.slug.insert(0, Claim(plain, "anpa:slug"))
    elif _NOTE.match(text):
        draft.note.append(Claim(text, "anpa:note"))
    elif _BYLINE.match(text) and (mark == "=" or len(text.split()) <= 12):
        draft.byline.append(Claim(text, "anpa:byline"))
    elif draft.byline and mark == "=":  # the role, on a line of its own below the name
        line = draft.byline.pop()
        draft.byline.append(Claim(f"{line.value}, {text}", line.how))
    elif not draft.headline:
        draft.headline.append(Claim(text, "anpa:headline"))
    else:
        draft.extra["summary"] = "\n".join(str(part) for part in (draft.extra.get("summary"), text) if part)


def _set_dates(draft: Draft, message: Message, body: str) -> None:
    trailer = " ".join(message.trailer.split()) or body[-120:]
    if found := _AP_TRAILER.search(trailer):
        draft.published.append(Claim(found.group(), "anpa:trailer"))
        draft.source.append(Claim("AP", "anpa:trailer"))
    elif match := _TRAILER.search(trailer):
        agency = re.match(r"[A-Z]{2,4}(?=-)", trailer)
        if agency and agency.group() in lexicon.TRAILERS_ANPA:
            draft.source.append(Claim(lexicon.TRAILERS_ANPA[agency.group()], "anpa:trailer"))
        if value := _dated(match, body):
            draft.published.append(Claim(value, "anpa:trailer"))
    if draft.published and (sent := draft.extra.get("transmission")):
        draft.ids.append(Claim(f"anpa:{sent}/{draft.published[0].value}".replace(" ", "_"), "anpa:header"))
    if not draft.published and (day := draft.extra.get("day")):
        first, second = (int(part) for part in str(day).split("-"))
        if order := _order(first, second, body):
            draft.published.append(Claim(f"XXXX-{order[0]:02}-{order[1]:02}", "anpa:header"))


def _dated(match: re.Match[str], body: str) -> str:
    """A trailer's date as ISO text, "" when day and month are ambiguous."""
    order = _order(int(match["a"]), int(match["b"]), body)
    if order is None:
        return ""
    year = int(match["y"]) + (1900 if int(match["y"]) >= 69 else 2000)
    clock = match["hm"] or (match["h"] + match["m"] if match["h"] else "")
    day = f"{year:04}-{order[0]:02}-{order[1]:02}"
    return f"{day}T{clock[:2]}:{clock[2:]}{'Z' if match['zone'] else ''}" if clock else day


def _order(first: int, second: int, body: str) -> tuple[int, int] | None:
    """(month, day) of two numbers in either order: decided by the calendar, else by a date near the top of the text."""
    both = [(month, day) for month, day in ((first, second), (second, first)) if 1 <= month <= 12 and 1 <= day <= 31]
    both = list(dict.fromkeys(both))
    if len(both) < 2:
        return both[0] if both else None
    for found in _MONTH_DAY.finditer(body[:400]):
        printed = (MONTHS.index(found.group(1).lower()) + 1, int(found.group(2)))
        near = [pair for pair in both if pair[0] == printed[0] and abs(pair[1] - printed[1]) <= 1]
        if near:
            return near[0]
    return None
