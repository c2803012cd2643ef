"""Spreadsheets: lists of results of databases and tables of researchers. A row is an article, as in a delimited table.

XLSX by openpyxl, XLS by xlrd, Excel's XML of 2003 by itself. Each sheet is read. The header is the row that names the
most known columns among the first; above it databases print what was searched for.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.day_order import settled
from morgue.readers.documents import table
from morgue.readers.fields import ALIASES, NoArticle, mapper, normal
from morgue.readers.options import ReadOptions, TooLarge, read_whole, size
from morgue.readers.story import set_body
from morgue.readers.texts import digest

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

_Row = Iterable[object]
_Sheet = tuple[str, Iterator[_Row]]

_OLE = b"\xd0\xcf\x11\xe0"
_HEADER_WITHIN = 40  # rows of a sheet
_MAX_COLUMNS = 2000
_DATES = frozenset(normal(alias) for field in ("published", "updated") for alias in ALIASES[field])
_SERIALS = range(7_306, 73_051)  # days since 1899-12-30 of the years 1920 to 2099
_EPOCH = datetime(1899, 12, 30)
_DAYS_OF_1904 = 1462  # between the epochs of the two date systems


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each row of `stream`, called `name`, read as `options` say; records from 1."""
    data = read_whole(stream, options)
    yield from settled(_articles(data, name, options))


def _articles(data: bytes, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    number = 0
    refused: list[str] = []
    kind = "xls" if data[:4] == _OLE else "xlsx"
    try:
        for title, rows in _sheets(data, options.max_bytes):
            start = list(islice(rows, _HEADER_WITHIN))
            at = _header_at(start, options)
            if at < 0:
                if any(_texts(row) for row in start):
                    header = next(names for row in start if (names := _texts(row)))
                    refused.append(f"sheet {title!r}: {table.unusable(header, options) or 'no header'}")
                continue
            header = [" ".join(text.split()) for text in _cells(start[at], ())]
            for row in chain(start[at + 1 :], rows):
                cells = _cells(row, header)
                if any(cells):
                    number += 1
                    yield _draft(header, cells, number, title, name, options, kind)
    except TooLarge:
        raise
    except Exception as error:
        yield Rejected(
            name, number + 1 if number else 0, f"a damaged spreadsheet: {type(error).__name__}: {error}"[:300]
        )
        return
    if not number:
        yield Rejected(name, 0, "; ".join(refused)[:500] or "a spreadsheet without rows")


def _draft(
    header: list[str], cells: list[str], number: int, sheet: str, name: str, options: ReadOptions, kind: str
) -> Draft | Rejected:
    record: JsonObject = {column: cell for column, cell in zip(header, cells, strict=False) if column}
    draft = Draft(format=kind, record=number, digest=digest("\x1f".join(cells)))
    try:
        draft = mapper(options.field_map, kind).draft(record, draft)
    except NoArticle as error:
        return Rejected(name, number, f"{error} (sheet {sheet!r})")
    set_body(draft, draft.body, draft.subheads)
    return draft


def _header_at(rows: list[_Row], options: ReadOptions) -> int:
    """The number of the row that names columns, -1 for none: the first of those with most names that are known."""
    counts = [table.known(names, options) if len(names := _texts(row)) <= _MAX_COLUMNS else 0 for row in rows]
    best = max(counts, default=0)
    return counts.index(best) if best else -1


def _texts(row: _Row) -> list[str]:
    """The cells of a row that hold text."""
    return [text for cell in row if isinstance(cell, str) and (text := cell.strip())]


def _cells(row: _Row, header: list[str] | tuple[()]) -> list[str]:
    names = iter(header)
    return [_text(cell, is_date=normal(next(names, "")) in _DATES) for cell in islice(row, _MAX_COLUMNS)]


def _text(cell: object, *, is_date: bool) -> str:
    """A cell as it stands in a delimited table. Numbers in a column of dates count days."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        if is_date and int(cell) in _SERIALS:
            return _text((_EPOCH + timedelta(days=cell)).replace(microsecond=0), is_date=False)
        return str(int(cell)) if isinstance(cell, int) or cell.is_integer() else repr(cell)
    return str(cell).replace("_x000D_", "").replace("\r\n", "\n").strip()


# --- files --------------------------------------------------------------------------------------------------------


def _sheets(data: bytes, limit: int) -> Iterator[_Sheet]:
    if data[:4] == _OLE:
        return _of_xls(data)
    return _of_xlsx(data, limit) if data[:2] == b"PK" else _of_xml(data)


def _of_xlsx(data: bytes, limit: int) -> Iterator[_Sheet]:
    import warnings
    import zipfile

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            largest = max((item.file_size for item in archive.infolist()), default=0)
        if largest > limit:
            raise TooLarge(f"a spreadsheet with a part larger than the limit of {size(limit)}")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if hasattr(sheet, "reset_dimensions"):  # what a file says of its size may be wrong
                sheet.reset_dimensions()
            yield sheet.title, iter(sheet.iter_rows(values_only=True))


def _of_xls(data: bytes) -> Iterator[_Sheet]:
    import xlrd

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
    for sheet in book.sheets():
        yield sheet.name, (_xls_row(sheet.row(number), book.datemode) for number in range(sheet.nrows))


def _xls_row(row: list[object], datemode: int) -> list[object]:
    import xlrd

    found: list[object] = []
    for cell in row:
        kind, value = getattr(cell, "ctype", 0), getattr(cell, "value", None)
        if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
            days = value + (_DAYS_OF_1904 if datemode else 0)
            found.append(_EPOCH + timedelta(seconds=round(days * 86400)))
        else:
            found.append(None if kind in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) else value)
    return found


def _of_xml(data: bytes) -> Iterator[_Sheet]:
    from morgue.readers.xml import dom

    root = dom.parse(data).root
    for sheet in root.iter("Worksheet"):
        yield sheet.get("Name", ""), (_xml_row(row) for row in sheet.iter("Row"))


def _xml_row(row: Iterable[object]) -> list[object]:
    from morgue.readers.xml import dom

    found: list[object] = []
    for cell in row:
        place = int(cell.get("Index") or 0)  # type: ignore[attr-defined]  # an element
        found += [None] * (min(place, _MAX_COLUMNS) - 1 - len(found))
        value = dom.first(cell, "Data")  # type: ignore[arg-type]
        text = "".join(value.itertext()) if value is not None else ""
        found.append(
            text.removesuffix("T00:00:00.000") if value is not None and value.get("Type") == "DateTime" else text
        )
    return found
