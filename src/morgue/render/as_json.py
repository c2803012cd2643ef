"""Hits as JSON and JSON Lines, specified in docs/output.md."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TextIO

from morgue.model import Hit, Notice, SearchResult
from morgue.render.fields import FORMAT_VERSION, SUMMARY, value
from morgue.render.style import Style

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

# Lone surrogates, controls and direction marks, which are written as \\uXXXX.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dump(values: object, *, indent: int | None = None) -> str:
    """Return `values` as JSON, on one line or indented by `indent` spaces; only controls and surrogates are escaped."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(values, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def hit_values(hit: Hit, style: Style) -> dict[str, object]:
    """Return `hit` as JSON values: the fields that `style` names, else `SUMMARY`."""
    return {name: value(hit, name) for name in style.fields or SUMMARY}


def notice_values(notice: Notice) -> JsonObject:
    """Return a notice as JSON values."""
    return {
        "code": notice.code,
        "message": notice.message,
        "hint": notice.hint or None,
        "start": notice.start if notice.start >= 0 else None,
        "end": notice.end if notice.end >= 0 else None,
    }


def envelope(result: SearchResult) -> JsonObject:
    """Return what JSON has around the hits: how the query was understood, totals and warnings."""
    return {
        "format_version": FORMAT_VERSION,
        "query": result.query,
        "parsed": result.parsed,
        "total": result.total,
        "offset": result.offset,
        "took_ms": round(result.took * 1000, 3),
        "generation": result.generation,
        "warnings": [notice_values(notice) for notice in result.notices],
    }


def write_json(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the hits of `result` to `out`, an array with one a line; if `style.meta`, an object whose `hits` it is."""
    head, tail = "[", "]\n"
    if style.meta:
        head, tail = dump(envelope(result))[:-1] + ',"hits":[', "]}\n"
    out.write(head)
    for number, hit in enumerate(result.hits):
        out.write((",\n" if number else "\n") + dump(hit_values(hit, style)))
    out.write("\n" + tail if result.hits else tail)


def write_jsonl(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write each hit of `result` to `out` as a line with an object.

    If `style.meta`, each line has a `type`: first `begin` with the envelope, then every `hit`, then `end`.
    """
    end = "\0" if style.null else "\n"
    if style.meta:
        out.write(dump({"type": "begin", **envelope(result)}) + end)
    for hit in result.hits:
        values = hit_values(hit, style)
        out.write(dump({"type": "hit", **values} if style.meta else values) + end)
    if style.meta:
        out.write(dump({"type": "end", "hits": len(result.hits), "total": result.total}) + end)
