"""The text of a page that only its scripts hold: JSON from which the browser would build the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from morgue.readers import markup
from morgue.readers.html.body import Body

if TYPE_CHECKING:
    from morgue.json_types import Json

_MAX_SCRIPT = 4 << 20  # characters
_MAX_VALUES = 100_000  # of one script that are looked at
_ASSIGNED = re.compile(r"""\s*(?:(?:var|let|const)\s+)?[\w.$]+(?:\[["']\w+["']\])?\s*=\s*(?=[{\[])""")
_PROSE = re.compile(r"[.!?…。！？।؟۔][\"'”’»<\s]|[.!?…。！？।؟۔]$")
_MIN_PARAGRAPH = 40  # characters
_MIN_TEXT = 300  # characters
_BODIES = re.compile(
    r"(?:^|_)(?:body|content|text|html|paragraphs?|blocks|elements|components|children)", re.IGNORECASE
)


def text(scripts: Iterable[str]) -> Body:
    """The longest text in the JSON of the scripts: one value with paragraphs, or the texts of a list's items."""
    best = Body()
    for script in scripts:
        if len(script) <= _MAX_SCRIPT and (value := _load(script)) is not None:
            for found in _texts(value):
                best = found if found.size > best.size else best
    return best if best.size >= _MIN_TEXT else Body()


def _load(script: str) -> Json:
    """The JSON value that a script is, or assigns to a variable; None for other scripts."""
    start = script.lstrip()
    if assigned := _ASSIGNED.match(start):
        start = start[assigned.end() :]
    if start[:1] not in ("{", "["):
        return None
    try:
        value: Json
        value, _ = json.JSONDecoder(strict=False).raw_decode(start)
    except (ValueError, RecursionError):
        return None
    return value


def _texts(value: Json) -> Iterator[Body]:
    stack: list[tuple[str, Json]] = [("", value)]
    for _ in range(_MAX_VALUES):
        if not stack:
            return
        name, item = stack.pop()
        if isinstance(item, dict):
            stack.extend(item.items())
        elif isinstance(item, list):
            stack.extend((name, part) for part in item)
            if _BODIES.search(name) and (parts := [part for part in map(_paragraph, item[:2000]) if part]):
                yield Body(tuple(parts))
        elif isinstance(item, str) and len(item) >= _MIN_TEXT and _BODIES.search(name) and " " in item:
            body, subheads = markup.paragraphs(item)
            yield Body(tuple(body.split("\n\n")), subheads)


def _paragraph(item: Json) -> str:
    """The text of a list's item: a string, or the value of an object that reads like prose."""
    if isinstance(item, dict):
        for key, value in item.items():
            if _BODIES.search(key) and isinstance(value, str) and (found := _paragraph(value)):
                return found
        inner = [item[key] for key in item if _BODIES.search(key) and isinstance(item[key], list | dict)]
        parts = [part for value in inner for part in _spans(value)]
        return _paragraph("".join(parts)) if parts else ""
    if not isinstance(item, str) or len(item) < _MIN_PARAGRAPH or not _PROSE.search(item):
        return ""
    return markup.plain(item)


def _spans(value: Json) -> list[str]:
    """The pieces of a paragraph that is kept as runs of text."""
    items = value if isinstance(value, list) else [value]
    found: list[str] = []
    for item in items[:200]:
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            found += [text for key in ("text", "value", "content") if isinstance(text := item.get(key), str)][:1]
    return found
