"""Delimited tables: CSV, TSV and the like. A row names the columns; every further row is an article.

Excel's line `sep=;`, and the lines about a search that media monitors put above the names of columns, are skipped.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from morgue.model import Draft, Rejected, Remark
from morgue.readers import listed
from morgue.readers.day_order import settled
from morgue.readers.encoding import LineDecoder, NotText, recoded
from morgue.readers.fields import ALIASES, Mapper, checked_map, mapper, normal
from morgue.readers.options import ReadOptions, TooLarge, read_lines, size
from morgue.readers.story import note_encoding

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
_KNOWN = frozenset(normal(alias.split(".")[0].split("[")[0]) for aliases in ALIASES.values() for alias in aliases)
_MAX_COLUMNS = 2000  # of the header
_MAX_PREAMBLE = 25  # lines above the header
_MAX_NAME = 25  # characters of a name in such a header, on average
_MIN_KNOWN = 3  # columns of a header that is not the first line
_SEPARATOR = re.compile(r"\"?sep=(.)\"?[ ,;\t]*\r?(?:\n|\Z)", re.IGNORECASE)
# A line that begins with short cells; in prose a blank follows a comma. It spares most texts a search line by line.
_NAMES = re.compile(r"^[^\n\t,;|]{1,60}([\t,;|])(?! )[^\n\t,;|]{0,60}\1", re.MULTILINE)
_ZEROS_PER_LINE = 8  # zero bytes that a line of text may hold by some program's mistake


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written.

    Attributes:
        delimiter: the character between columns; title: its name for people.
        columns: how many the first row has. known: how many of them the alias table knows.
        even: True when at least two further rows have as many. skip: lines above the header.
    """

    delimiter: str
    title: str
    columns: int
    known: int
    even: bool = False
    skip: int = 0


def sniff_layout(start: str) -> Layout | None:
    """The layout of a table that begins with `start`; None when no line of it names columns."""
    text = start.lstrip("\ufeff\r\n")
    skip = start.count("\n", 0, len(start) - len(text))
    delimiters = _DELIMITERS
    if separator := _SEPARATOR.match(text):
        delimiters = {separator[1]: _DELIMITERS.get(separator[1], f"{separator[1]!r}")}
        text, skip = text[separator.end() :], skip + 1
    best = _best(text, delimiters)
    if best is None or best.known < 2:
        best = _below(text, delimiters) or best
    return best and replace(best, skip=best.skip + skip)


def _best(start: str, delimiters: Mapping[str, str]) -> Layout | None:
    """The layout of a table whose header is the first line of `start`, by the likeliest of `delimiters`."""
    first = start.split("\n", 1)[0].rstrip("\r")
    if len(first) > 20_000:
        return None
    best: Layout | None = None
    for delimiter, title in delimiters.items():
        if delimiter in first and (layout := _layout(start, first, delimiter, title)):
            best = layout if best is None or (layout.known, layout.columns) > (best.known, best.columns) else best
    return best


def _below(start: str, delimiters: Mapping[str, str]) -> Layout | None:
    """The layout of a table whose header is below some lines about it, None when there is none."""
    if delimiters is _DELIMITERS and not _NAMES.search(start):
        return None
    present = [delimiter for delimiter in delimiters if start.count(delimiter) >= _MIN_KNOWN - 1]
    at = 0
    for number in range(1, _MAX_PREAMBLE + 1) if present else ():
        at = start.find("\n", at) + 1
        if not at:
            break
        end = start.find("\n", at)
        line = start[at : end if end >= 0 else len(start)]
        for delimiter in present:
            count = line.count(delimiter) + 1
            # Names of columns are short; most lines of prose are done with here.
            if count < _MIN_KNOWN or len(line) > _MAX_NAME * count or len(line) > 20_000:
                continue
            known = sum(normal(name.strip(' "\r')) in _KNOWN for name in line.split(delimiter) if len(name) <= 40)
            if known >= _MIN_KNOWN and (layout := _best(start[at:], {delimiter: delimiters[delimiter]})):
                return replace(layout, skip=number)
    return None


def _layout(start: str, first: str, delimiter: str, title: str) -> Layout | None:
    sample = start[: len(first) + 8000]
    try:
        rows = list(islice(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), 6))
    except csv.Error:
        return None
    names = rows[0] if rows else []
    if len(names) < 2 or any(len(name) > 80 for name in names) or len({*names}) < len(names) - 1:
        return None
    further = [len(row) for row in rows[1:] if row]
    if len(sample) < len(start):
        further = further[:-1]  # the sample may end in the middle of a row
    if further and further[0] != len(names):
        return None
    known = [name for name in names if normal(name.strip()) in _KNOWN]
    return Layout(delimiter, title, len(names), len(known), len(further) > 1 and set(further) == {len(names)})


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per row of `stream`, called `name`, read as `options` say; records from 1."""
    if options.beside is not None and listed.elsewhere(options.beside):
        return
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    try:
        lines = _Lines(recoded(stream, options.encoding), options.max_bytes)
        head = lines.peek()
        if not head.strip():
            yield Rejected(name, 0, "is empty")
            return
        layout = sniff_layout(head)
    except (NotText, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    if layout:
        lines.skip(layout.skip)
    rows = csv.reader(lines, delimiter=layout.delimiter if layout else ",")
    try:
        header = [column.strip() for column in next(rows)]
    except (csv.Error, NotText, TooLarge, StopIteration) as error:
        yield Rejected(name, 0, f"its header cannot be read: {error}")
        return
    if reason := unusable(header, options):
        yield Rejected(name, 0, reason)
        return
    yield from settled(_rows(rows, lines, header, name, mapper(options.field_map, "csv")))


def known(header: list[str], options: ReadOptions) -> int:
    """How many columns of a header are known, from the alias table or from `options`."""
    mapped = set(checked_map(options.field_map).values())
    return sum(normal(column) in _KNOWN or column in mapped for column in header)


def unusable(header: list[str], options: ReadOptions) -> str | None:
    """Why no row under a header can become an article, read as `options` say, else None."""
    if len(header) > _MAX_COLUMNS:
        return f"has more than {_MAX_COLUMNS} columns"
    if known(header, options):
        return None
    names = ", ".join(column[:40] for column in header[:10])
    return f"none of its columns is known ({names}); name them with --map headline=… body=…"


def _rows(
    rows: Iterator[list[str]], lines: _Lines, header: list[str], name: str, fields: Mapper
) -> Iterator[Draft | Rejected]:
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
            if any(row):
                draft = _draft(row, header, number, fields)
                if lines.zeros:
                    why = f"{lines.zeros} zero byte{'s' if lines.zeros > 1 else ''} within the text left out"
                    draft.problems.append(Remark(field="body", value="", why=why, how="encoding"))
                    lines.zeros = 0
                note_encoding(draft, lines.problem)
                lines.problem = ""
                yield draft
            else:
                number -= 1
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejected(name, number, f"cannot be read as a row: {error}")
        except ValueError as error:  # NotText, TooLarge, NoArticle and the row's own complaint
            yield Rejected(name, number, str(error))


def _draft(row: list[str], header: list[str], number: int, fields: Mapper) -> Draft:
    if len(row) > len(header):
        if any(cell.strip() for cell in row[len(header) :]):
            raise ValueError(f"has {len(row)} values for {len(header)} columns")
        row = row[: len(header)]
    digest = hashlib.sha256("\x1f".join(row).encode("utf-8", "surrogatepass")).hexdigest()
    record: JsonObject = {column: cell for column, cell in zip(header, row, strict=False) if column or cell}
    return fields.draft(record, Draft(format="csv", record=number, digest=digest))


class _Line(NamedTuple):
    """A decoded line, the zero bytes that were left out of it, and a sentence about its encoding, "" for none."""

    text: str
    zeros: int
    problem: str


class _Lines:
    """Lines of text for `csv.reader`, each decoded by the encoding rule; an overlong one raises `TooLarge` and is left
    out. The reader can go on with the next row.

    Attributes:
        zeros: zero bytes that were left out, problem: of the encoding, "" for none; both since they were emptied.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._lines = read_lines(stream, limit)
        self._limit = limit
        self._ahead: list[_Line | ValueError] = []
        self._decoder = LineDecoder()
        self.problem = ""
        self.zeros = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if not self._ahead:
            return self._read()
        found = self._ahead.pop(0)
        if isinstance(found, ValueError):
            raise found
        self.zeros += found.zeros
        self.problem = found.problem or self.problem
        return found.text

    def peek(self) -> str:
        """The first lines, up to some 8,000 characters, without taking them."""
        start = ""
        while len(start) < 8000:
            try:
                text = self._read()
            except StopIteration:
                break
            except ValueError as error:
                if not self._ahead:
                    raise
                self._ahead.append(error)  # raised when the line is taken
                break
            if not self._ahead:
                text = text.removeprefix("\ufeff")
            self._ahead.append(_Line(text, self.zeros, self.problem))
            self.zeros, self.problem = 0, ""
            start += text
        return start

    def skip(self, count: int) -> None:
        """Leave out as many lines."""
        for _ in islice(self, count):
            pass

    def _read(self) -> str:
        number, line = next(self._lines)
        if line is None:
            raise TooLarge(f"line {number} is longer than {size(self._limit)}")
        if b"\0" in line:
            zeros = line.count(b"\0")
            if zeros > _ZEROS_PER_LINE:
                raise NotText(f"line {number} holds {zeros} zero bytes: binary data, not text")
            line = line.replace(b"\0", b"")
            self.zeros += zeros
        text = self._decoder.decode(line)
        if self._decoder.problem:
            self.problem = self._decoder.problem
        return text
