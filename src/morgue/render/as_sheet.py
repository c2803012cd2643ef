"""Hits as CSV and TSV."""

from __future__ import annotations

import csv
from typing import TextIO

from morgue.model import SearchResult
from morgue.render.as_lines import column
from morgue.render.fields import SHEET
from morgue.render.safe import defused, flat, visible
from morgue.render.style import Style


def write_csv(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the hits of `result` to `out` as CSV (RFC 4180, but lines end in LF), names of columns first.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it, unless `style.raw`.
    """
    names = style.fields or SHEET
    table = csv.writer(out, lineterminator="\n")
    if style.headers:
        table.writerow(names)
    for hit in result.hits:
        cells = [column(hit, name, style) for name in names]
        table.writerow(cells if style.raw else [_harmless(cell) for cell in cells])


def write_tsv(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the hits of `result` to `out` as TSV, `style` as for CSV; tabs and breaks in values become spaces."""
    names = style.fields or SHEET
    end = "\0" if style.null else "\n"
    if style.headers:
        out.write("\t".join(names) + end)
    for hit in result.hits:
        cells = [flat(column(hit, name, style)) for name in names]
        out.write("\t".join(cells if style.raw else [_harmless(cell) for cell in cells]) + end)


def _harmless(cell: str) -> str:
    """Return a cell without formulas for a spreadsheet or controls for a terminal."""
    return visible(defused(cell))
