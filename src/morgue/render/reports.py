"""Reports of commands: an ingest, where fields came from, counts, the archive's contents."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

from morgue.fields import names
from morgue.model import Facet, IngestReport, Stats
from morgue.render.fields import FORMAT_VERSION, text
from morgue.render.safe import columns, defused, line

if TYPE_CHECKING:
    from morgue.json_types import JsonObject, Record

_REASONS_SHOWN = 10  # rejections listed in a summary
_BAR_COLUMNS = 60  # of the longest bar, at most
_BOLD, _CYAN = "1", "36"


def size(count: int) -> str:
    """Return bytes for reading: `812 bytes`, `3.4 MB` (powers of 1000)."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError  # the loop returns at GB


def paint(content: str, code: str, *, color: bool) -> str:
    """Return `content` with the SGR `code` (a colour, bold) if `color`, else as it is."""
    return f"\x1b[{code}m{content}\x1b[0m" if color and content else content


# -- ingest --------------------------------------------------------------------------------------------------------


def ingest_values(report: IngestReport) -> JsonObject:
    """Return an ingest's report as JSON values (docs/output.md)."""
    return {
        "format_version": FORMAT_VERSION,
        "files": report.files,
        "files_unchanged": report.files_unchanged,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "committed": report.committed,
        "rejected": report.rejected_count,
        "rejections": [{"path": item.path, "record": item.record, "why": item.why} for item in report.rejected],
        "missing": dict(report.missing),
        "doubtful": len(report.doubtful),
        "warnings": [{"code": notice.code, "message": notice.message} for notice in report.notices],
        "seconds": round(report.seconds, 3),
        "interrupted": report.interrupted,
        "dry_run": report.dry_run,
    }


def commit_values(report: IngestReport) -> JsonObject:
    """Return what `--jsonl` prints after a commit."""
    return {
        "type": "commit",
        "committed": report.committed,
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
    }


def ingest_lines(report: IngestReport) -> Iterator[str]:
    """Yield the summary of an ingest, line by line."""
    shown = report.rejected[:_REASONS_SHOWN]
    for item in shown:
        yield f"rejected {line(item.where)}: {line(item.why)}"
    if report.rejected_count > len(shown):
        yield f"rejected {report.rejected_count - len(shown):,} more (--report FILE lists them)"
    for notice in report.notices:
        yield f"note: {line(notice.message)}" + (f"; {line(notice.hint)}" if notice.hint else "")
    counts = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.unchanged, "unchanged"),
        (report.removed, "removed"),
        (report.rejected_count, "rejected"),
    ]
    counted = ", ".join(f"{count:,} {name}" for count, name in counts if count or name == "added")
    would = "would be " if report.dry_run else ""
    yield f"{would}{counted} in {_seconds(report.seconds)}{_rate(report)}"
    if report.interrupted:
        yield f"interrupted: {report.committed:,} articles are on disk; run the same command to continue"
    yield from _lacking(report)


def _rate(report: IngestReport) -> str:
    done = report.added + report.updated
    return f" ({done / report.seconds:,.0f} articles/s)" if done >= 100 and report.seconds > 0.05 else ""


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def _lacking(report: IngestReport) -> Iterator[str]:
    """`212 articles have no location (-location:*); in 9 the text seems to have one`."""
    names, queries = {"published": "date", "body": "text"}, {"text": "body"}
    for field, count in report.missing.items():
        if not count:
            continue
        doubts = sum(doubt[1] == field for doubt in report.doubtful)
        name = names.get(field, field)
        some = f"{count:,} article{' has' if count == 1 else 's have'} no {name} (-{queries.get(name, name)}:*)"
        yield some + (f"; in {doubts:,} the text seems to have one" if doubts else "")


def report_records(report: IngestReport) -> Iterator[JsonObject]:
    """Yield what `--report` writes: each rejection and each doubt."""
    for item in report.rejected:
        yield {"type": "rejected", "path": item.path, "record": item.record or None, "why": item.why}
    for where, field, content in report.doubtful:
        yield {"type": "doubtful", "where": where, "field": field, "text": content}


# -- parse --explain -----------------------------------------------------------------------------------------------


def explained(record: Record) -> str:
    """Return an article's fields, each with where it came from, and refused values with the reason."""
    provenance = record.get("provenance") or {}
    rows = [("id", "id"), ("headline", "headline"), ("date", "published"), ("byline", "byline"),
            ("contributors", "contributors"), ("location", "location"), ("country", "country"), ("source", "source"),
            *((name, name) for name in names(lambda field: field.explained))]  # fmt: skip
    out = []
    for key, about in rows:
        how = provenance.get(about) or provenance.get(key) or ""
        value = line(text(record.get(key)))
        if value or how:
            out.append(f"{key:<13}{value or '–'}" + (f"   [{line(str(how))}]" if how else ""))
    for remark in record.get("remarks") or []:
        where = f" ({line(str(remark['how']))})" if remark.get("how") else ""
        out.append(f"  refused {remark['field']}{where}: {line(str(remark['value']))!r}: {line(str(remark['why']))}")
    return "\n".join(out)


# -- counts --------------------------------------------------------------------------------------------------------


def facet_rows(facets: Sequence[Facet], by: str, out: TextIO) -> None:
    """Write `facets` to `out` as CSV with the columns `by` (the value) and `count`."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow((by, "count"))
    table.writerows((defused(facet.value), facet.count) for facet in facets)


def write_bars(facets: Sequence[Facet], out: TextIO, *, width: int, color: bool) -> None:
    """Write `facets` to `out` as bars within `width` columns, with colours if `color`."""
    if not facets:
        return
    names = [line(facet.value) for facet in facets]
    widest = min(max(map(columns, names)), width // 3)
    digits = max(len(f"{facet.count:,}") for facet in facets)
    room = min(max(width - widest - digits - 4, 4), _BAR_COLUMNS)
    most = max(facet.count for facet in facets)
    for name, facet in zip(names, facets, strict=True):
        shown = _fitted(name, widest)
        bar = _bar(facet.count / most * room)
        count = f"{facet.count:>{digits},}"
        out.write(f"{shown}  {paint(count, _BOLD, color=color)}  {paint(bar, _CYAN, color=color)}".rstrip() + "\n")


def _bar(length: float) -> str:
    eighths = max(round(length * 8), 1)
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


def _fitted(name: str, width: int) -> str:
    """Return the name in exactly `width` columns, cut with an ellipsis or padded."""
    if columns(name) > width:
        while name and columns(name) > width - 1:
            name = name[:-1]
        name += "…"
    return name + " " * (width - columns(name))


# -- stats ---------------------------------------------------------------------------------------------------------


def stats_values(stats: Stats) -> dict[str, object]:
    """Return the statistics as JSON values (docs/output.md)."""
    values = asdict(stats)
    values["bytes"] = values.pop("bytes_")
    values["index_format_version"] = values.pop("format_version")
    return {"format_version": FORMAT_VERSION, **values}


def write_stats(stats: Stats, out: TextIO, *, color: bool, width: int) -> None:
    """Write `stats` to `out`: totals, dates, missing fields, the most frequent values.

    `color`: whether to colour. `width`: columns to which lines are cut, 0 for no limit.
    """
    span = stats.first if stats.first == stats.last else f"{stats.first} – {stats.last}"
    rows = [
        ("Archive", f"{line(str(stats.path))} (generation {stats.generation}, format {stats.format_version})"),
        (
            "Articles",
            f"{stats.articles:,}" + (f" ({stats.deleted:,} deleted, not yet merged away)" if stats.deleted else ""),
        ),
        ("Words", f"{stats.words:,}"),
        ("Dates", span or "–"),
        ("On disk", f"{size(stats.bytes_)} in {stats.segments} segment{'s' if stats.segments != 1 else ''}"),
    ]
    lacking = [f"{name} {count:,}" for name, count in stats.missing.items() if count]
    if lacking:
        rows.append(("Without", ", ".join(lacking)))
    for column, facets in stats.top.items():
        if facets:
            rows.append((column.capitalize(), ", ".join(f"{line(facet.value)} {facet.count:,}" for facet in facets)))
    for name, value in rows:
        shown = value if not width or len(value) <= width - 12 else value[: width - 13].rstrip(", ") + "…"
        out.write(f"{paint(f'{name:<11}', _BOLD, color=color)} {shown}\n")
