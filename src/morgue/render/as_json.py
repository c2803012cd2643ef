"""Hits as JSON and JSON Lines. docs/output.md promises what is in them."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from morgue.model import Hit, Notice, SearchResult
from morgue.render.fields import FORMAT_VERSION, SUMMARY, value
from morgue.render.style import Style

# What UTF-8 cannot hold, and what a terminal would obey: written as \\uXXXX, which is the same JSON.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dump(values: Any, *, indent: int | None = None) -> str:
    """Return JSON with every character as it is, but for controls and what UTF-8 cannot hold, which are escaped."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(values, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def hit_values(hit: Hit, style: Style) -> dict[str, Any]:
    """Return a hit as JSON values: the fields chosen, else those of `SUMMARY`."""
    return {name: value(hit, name) for name in style.fields or SUMMARY}


def notice_values(notice: Notice) -> dict[str, Any]:
    """Return a notice as JSON values."""
    return {
        "code": notice.code,
        "message": notice.message,
        "hint": notice.hint or None,
        "start": notice.start if notice.start >= 0 else None,
        "end": notice.end if notice.end >= 0 else None,
    }


def envelope(result: SearchResult) -> dict[str, Any]:
    """Return what goes around the hits: how the query was understood, and what is to be known of the answer."""
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
    """Write an array of hits, one to a line; with `meta` an object whose `hits` are that array."""
    head, tail = "[", "]\n"
    if style.meta:
        head, tail = dump(envelope(result))[:-1] + ',"hits":[', "]}\n"
    out.write(head)
    for number, hit in enumerate(result.hits):
        out.write((",\n" if number else "\n") + dump(hit_values(hit, style)))
    out.write("\n" + tail if result.hits else tail)


def write_jsonl(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write an object to a line for each hit, nothing for none.

    With `meta` each line has a `type`: `begin` with the envelope first, then every `hit`, then `end`.
    """
    end = "\0" if style.null else "\n"
    if style.meta:
        out.write(dump({"type": "begin", **envelope(result)}) + end)
    for hit in result.hits:
        values = hit_values(hit, style)
        out.write(dump({"type": "hit", **values} if style.meta else values) + end)
    if style.meta:
        out.write(dump({"type": "end", "hits": len(result.hits), "total": result.total}) + end)
