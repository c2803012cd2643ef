"""RIS, and the tagged formats of EndNote (`%T`) and RefWorks (`T1 `): a line a value, behind a tag.

Press databases (ProQuest, EBSCO, Gale, NewsBank) and reference managers write RIS. A line without a tag goes on with
the value above it. `ER` ends an entry; a new `TY` does, too, where it was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.references.entry import Value, draft
from morgue.readers.texts import digest, read_text

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?P<gap>[ \t]{1,3})-(?: ?(?P<value>.*))?$")
_ENDNOTE = re.compile(r"%(?P<tag>[A-Z0-9~!@#$^&()<>])(?: (?P<value>.*))?$")
_REFWORKS = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) (?P<value>\S.*)$")
# Tag -> field of a draft, best first: of several tags for a field the first here is believed.
_FIELDS = {
    "TI": "headline", "T1": "headline", "CT": "headline", "ST": "headline",
    "AU": "people", "A1": "people",
    "DA": "published", "Y1": "published", "PY": "published", "FD": "published", "YR": "published",
    "T2": "source", "JF": "source", "JO": "source", "JA": "source", "J1": "source", "J2": "source", "BT": "source",
    "AB": "abstract", "N2": "abstract", "FT": "text",
    "SP": "page", "OP": "page", "SE": "section", "KW": "keywords", "K1": "keywords", "LA": "language",
    "UR": "url", "LK": "url", "L2": "url", "L1": "url", "AN": "ids", "ID": "ids", "DO": "",
    "ET": "edition", "RI": "rights", "C1": "",
}  # fmt: skip
_ENDNOTE_TAGS = {
    "0": "TY", "T": "TI", "A": "AU", "J": "T2", "B": "T2", "8": "DA", "D": "PY", "X": "AB", "P": "SP", "K": "KW",
    "U": "UR", "G": "LA", "M": "AN", "7": "ET", "V": "VL", "N": "IS", "I": "PB", "C": "CY", "Z": "N1", "@": "SN",
    "&": "SE", "R": "DO",
}  # fmt: skip
_OTHERS = name_set(
    "TY ER A2 A3 A4 AD C2 C3 C4 C5 C6 C7 C8 CA CN CP CY DB DP ED EP IS L3 L4 M1 M2 M3 N1 NV OP PB PP RN RP SN SR RT "
    "T3 TA TT U1 U2 U3 U4 U5 VL VO Y2 JN CL AV LB AX DS"
)
_LONG = name_set("AB N2 N1 FT X")
# A note that is about the record, in what ProQuest puts behind N1.
_ABOUT = re.compile(
    r"(?:copyright|last updated|document feature|name|source|accession|database|corrections?)\b.{0,40}?[-:]", re.I
)
_YEAR = re.compile(r"\d{4}")
_TAGGED = re.compile(r"^(?:TY[ \t]{1,3}-|%0 |RT [A-Z])", re.MULTILINE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each entry of `stream`, called `name`, read as `options` say."""
    yield from read_text(_articles, stream, name, options)


def _articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:  # noqa: ARG001
    entries = list(_entries(text))
    if not entries:
        yield Rejected(name, 0, "no entry begins in it (TY  - …)")
    for number, lines in enumerate(entries, 1):
        record = number if len(entries) > 1 else 0
        made = draft("ris", record, digest(repr(lines)), _values(lines))
        yield made if made.headline or made.body else Rejected(name, record, "an entry without title and abstract")


def _entries(text: str) -> Iterator[list[tuple[str, str]]]:
    """The entries of a file, each as its tags and values in order."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    begins = _TAGGED.search("\n".join(lines[:400]))
    if begins is None:
        return
    pattern = _ENDNOTE if begins.group()[0] == "%" else _LINE if begins.group()[:2] == "TY" else _REFWORKS
    gap = begins.group()[2:-1] if pattern is _LINE else ""
    entry: list[tuple[str, list[str]]] = []  # the lines of each value, with the spaces or line ends between them
    for line in lines:
        found = pattern.match(line.rstrip())
        tag = _tag(found, gap, bool(entry)) if found else ""
        value = (found["value"] or "").strip() if found and tag else line.strip()
        if tag in ("TY", "RT", "ER"):
            if entry:
                yield [(name, "".join(parts)) for name, parts in entry]
            entry = [] if tag == "ER" else [(tag, [value])]
        elif tag and entry:
            entry.append((tag, [value]))
        elif entry and (value or entry[-1][0] in _LONG):
            tag, parts = entry[-1]
            last = parts[-1][-1:]
            # A line that was broken within a sentence goes on; others end a paragraph.
            parts += [" " if tag in _LONG and value and (last.isalnum() or (last and last in ",-;")) else "\n", value]
    if entry:
        yield [(name, "".join(parts)) for name, parts in entry]


def _tag(found: re.Match[str], gap: str, within: bool) -> str:
    """The RIS tag of a line; "" for text that looks like one ("US - based")."""
    tag = found["tag"]
    if found.re is _ENDNOTE:
        return _ENDNOTE_TAGS.get(tag, "M1")
    if found.re is _LINE and found["gap"] != gap and within and (len(gap) > 1) != (len(found["gap"]) > 1):
        return tag if tag in ("TY", "ER") else ""
    return tag if tag in _FIELDS or tag in _OTHERS else ""


def _values(lines: list[tuple[str, str]]) -> Iterator[Value]:
    found: dict[str, list[str]] = {}
    for tag, value in lines:
        found.setdefault(tag, []).append(value)
    first, last = "".join(found.get("SP", [])[:1]), "".join(found.get("EP", [])[:1])
    if first and last and first != last and "-" not in first:
        found["SP"] = [f"{first}-{last}"]
    year = "".join(found.get("PY", [])[:1]).strip(" /")
    found["DA"] = [
        day if _YEAR.search(day) or not _YEAR.fullmatch(year) else f"{day} {year}" for day in found.get("DA", [])
    ]
    for tag, field in _FIELDS.items():
        for value in found.pop(tag, []):
            yield Value(field, value if tag in _LONG or field == "keywords" else " ".join(value.split()), tag)
    abstract = any(tag in ("AB", "N2") and value.strip() for tag, value in lines)
    for note in found.pop("N1", []):
        about = _ABOUT.match(note) is not None
        longer = len(note) > 2 * sum(len(value) for tag, value in lines if tag in ("AB", "N2"))
        yield Value("" if about else "text" if longer and (abstract or len(note) > 200) else "note", note, "N1")
    issue = [f"{word} {found.pop(tag)[0]}" for tag, word in (("VL", "Vol."), ("IS", "No.")) if any(found.get(tag, ()))]
    yield Value("edition", ", ".join(issue), "IS")
    for tag, values in found.items():
        for value in values:
            yield Value("", value, tag)
