"""BibTeX and BibLaTeX: entries of fields in braces, quotes or as names of strings; LaTeX becomes text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.lexicon import MONTHS
from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.references.entry import Value, draft
from morgue.readers.references.latex import plain
from morgue.readers.texts import digest, read_text

_ENTRY = re.compile(r"@[ \t]*(?P<kind>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*(?P<key>[^,={}()\"\s]*)\s*(?:,|(?=[})]))")
_FIELD = re.compile(r"\s*(?P<name>[A-Za-z][\w:.+/-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,{}()#\"=]+")
_MARK = re.compile(r'\\.|[{}"]|^[ \t]*@[A-Za-z]+[ \t]*[{(]', re.DOTALL | re.MULTILINE)
_FIELDS = {
    "author": "people", "journal": "source", "journaltitle": "source", "newspaper": "source", "publication": "source",
    "booktitle": "source", "maintitle": "source", "organization": "source", "howpublished": "source",
    "url": "url", "fulltext": "text", "text": "text", "content": "text", "body": "text",
    "abstract": "abstract", "annote": "abstract", "annotation": "abstract",
    "keywords": "keywords", "keyword": "keywords",
    "language": "language", "langid": "language", "hyphenation": "language",
    "pages": "page", "section": "section", "edition": "edition", "copyright": "rights", "rights": "rights",
    "note": "note",
}  # fmt: skip
_LONG = frozenset({"text", "abstract"})


class _BadEntryError(ValueError):
    """An entry that cannot be read; its text is a reason for a `Rejected`."""


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each entry of `stream`, called `name`, read as `options` say."""
    yield from read_text(_articles, stream, name, options)


def _articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:  # noqa: ARG001
    found = list(_entries(text))
    if not found:
        yield Rejected(name, 0, "holds no entry of BibTeX")
    for number, entry in enumerate(found, 1):
        record = number if len(found) > 1 else 0
        if isinstance(entry, str):
            yield Rejected(name, record, entry)
            continue
        made = draft("bibtex", record, digest(repr(entry)), _values(entry))
        yield made if made.headline or made.body else Rejected(name, record, "an entry without title and abstract")


def _entries(text: str) -> Iterator[dict[str, str] | str]:
    """The entries, each as its fields in lower case with `kind` and `key`, or why it cannot be read."""
    strings = {month: month for month in MONTHS}
    at = 0
    while found := _ENTRY.search(text, at):
        kind = found["kind"].lower()
        at = found.end()
        if kind in ("comment", "preamble"):
            continue
        try:
            if kind == "string":
                fields, at = _fields(text, at, strings)
                strings.update(fields)
                continue
            key = _KEY.match(text, at)
            fields, at = _fields(text, key.end() if key else at, strings)
        except _BadEntryError as error:
            yield f"@{kind}: {error}"
            again = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE).search(text, at)
            at = again.start() if again else len(text)
            continue
        yield {**fields, "kind": kind, "key": key["key"] if key else ""}


def _fields(text: str, at: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    """The fields from a place on, up to the end of the entry, and where that is."""
    fields: dict[str, str] = {}
    while found := _FIELD.match(text, at):
        value, at = _value(text, found.end(), strings)
        name = found["name"].lower()
        fields[name] = f"{fields[name]} and {value}" if name == "author" and name in fields else value
        rest = re.compile(r"[\s,]*").match(text, at)
        at = rest.end() if rest else at
    rest = re.compile(r"[\s,]*[})]").match(text, at)
    if rest is None:
        raise _BadEntryError(f"cannot be read from {text[at : at + 40]!r} on" if text[at:].strip() else "has no end")
    return fields, rest.end()


def _value(text: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    """A value and where it ends; pieces that # joins are one."""
    parts: list[str] = []
    while True:
        opening = text[at : at + 1]
        if opening in ("{", '"') and opening:
            piece, at = _quoted(text, at)
        elif found := _BARE.match(text, at):
            piece, at = strings.get(found.group().lower(), found.group()), found.end()
        else:
            raise _BadEntryError("has a field without a value")
        parts.append(piece)
        joined = re.compile(r"\s*#\s*").match(text, at)
        if joined is None:
            return "".join(parts), at
        at = joined.end()


def _quoted(text: str, at: int) -> tuple[str, int]:
    """A value in braces or quotes, without them; braces nest, and a quote within braces is text."""
    closing, depth, begin = "}" if text[at] == "{" else '"', 0, at + 1
    at = begin
    for found in _MARK.finditer(text, begin):
        mark = found.group()
        if mark[-1] in "{(" and len(mark) > 1 and mark[0] != "\\":  # the next entry begins
            break
        if mark == closing and depth == 0:
            return text[begin : found.start()], found.end()
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            break
    raise _BadEntryError("has a value without an end")


def _values(entry: dict[str, str]) -> Iterator[Value]:
    title, subtitle = (" ".join(plain(entry.pop(name, "")).split()) for name in ("title", "subtitle"))
    yield Value("headline", f"{title}: {subtitle}" if title and subtitle else title, "title")
    yield Value("published", _date(entry), "date")
    issue = [
        f"{word} {plain(entry[name])}" for name, word in (("volume", "Vol."), ("number", "No.")) if entry.get(name)
    ]
    for name, field in _FIELDS.items():
        value = entry.pop(name, "")
        if field == "people":
            for person in _people(value):
                yield Value(field, person, name)
        elif field == "keywords":
            yield Value(field, plain(value).replace(",", ";"), name)
        elif field == "language":
            yield Value(field, re.sub(r"^n(?=german|austrian)", "", value), name)
        elif field == "url":
            yield Value(field, re.sub(r"\\(?:url\s*\{|(?=[_%&#~]))", "", value).strip("{} "), name)
        else:
            text = plain(value)
            yield Value(field, text if field in _LONG else " ".join(text.split()), name)
    yield Value("edition", ", ".join(issue), "number")
    for name, value in entry.items():
        yield Value("", plain(value), name)


def _date(entry: dict[str, str]) -> str:
    """The date: `date`, or year, month and day; a month may name the day, too ("mar # {~11}")."""
    if date := entry.pop("date", ""):
        return plain(date)
    year, month, day = (plain(entry.pop(name, "")).strip() for name in ("year", "month", "day"))
    number = re.fullmatch(r"0?(\d{1,2})", month)
    if year and number and 1 <= int(number[1]) <= 12:
        return f"{year}-{int(number[1]):02}" + (f"-{int(day):02}" if day.isdecimal() else "")
    return " ".join(filter(None, (day, month, year)))


def _people(value: str) -> Iterator[str]:
    """The names of a list of authors, which "and" parts outside braces, as "Last, First"."""
    depth, begin = 0, 0
    marks = [*re.compile(r"[{}]|\s+and\s+", re.IGNORECASE).finditer(value)]
    for found in marks:
        if found.group() in "{}":
            depth += 1 if found.group() == "{" else -1
        elif depth <= 0:
            yield from _person(value[begin : found.start()])
            begin = found.end()
    yield from _person(value[begin:])


def _person(name: str) -> Iterator[str]:
    name = name.strip()
    if not name or name.lower() == "others":
        return
    parts = [" ".join(plain(part).split()) for part in name.split(",")]
    if len(parts) == 3:  # Last, Jr, First
        parts = [parts[0], parts[2], parts[1]]
    yield ", ".join(part for part in parts if part)
