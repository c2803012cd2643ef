"""The fields of a hit: their names, and their values as JSON or as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from morgue.errors import UsageError
from morgue.json_record import KEYS
from morgue.model import Hit, Snippet

if TYPE_CHECKING:
    from morgue.json_types import JsonObject, Record

FORMAT_VERSION = 1
_LABEL_CHARACTERS = 80  # of the first words

# Fields of a JSON hit without --fields.
SUMMARY = (
    "rank", "score", "id", "headline", "date", "date_precision", "byline", "location", "city", "region", "country",
    "source", "language", "words", "status", "url", "path", "snippets",
)  # fmt: skip
_SENTENCE_ENDS = (".", "!", "?", ":", "\n", '."', ".”", "!”", "?”", ".'", ".’", ".)", "。", "！", "？", "।", "؟", "…")
LINE = ("id", "date", "location", "byline", "label")
SHEET = ("id", "date", "byline", "location", "country", "source", "headline", "words", "score", "snippet")


def snippet_values(snippet: Snippet) -> JsonObject:
    """Return a snippet as JSON values; offsets count characters (code points) of the field."""
    return {
        "field": snippet.field,
        "text": snippet.text,
        "start": snippet.start,
        "end": snippet.end,
        "paragraph": snippet.paragraph if snippet.paragraph >= 0 else None,
        "spans": [[mark.start, mark.end] for mark in snippet.spans],
        "words": [[mark.start, mark.end] for mark in snippet.words],
    }


def label(record: Record) -> str:
    """Return a name for an article: its headline, else its slug, else its first words."""
    if record.get("headline"):
        return str(record["headline"])
    if record.get("slug"):
        return str(record["slug"])
    body = str(record.get("body") or "").lstrip()[: _LABEL_CHARACTERS + 1].split("\n", 1)[0]
    if len(body) <= _LABEL_CHARACTERS:
        return body
    cut = body[:_LABEL_CHARACTERS]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut} …"


def when(record: Record) -> str:
    """Return an article's date for reading, as far as known, to the minute (`1987-02-26 15:01 UTC`)."""
    day, _, time = str(record.get("date") or "").partition("T")
    if not time:
        return day
    clock, zone = time[:5], time[5:].lstrip(":.0123456789")
    return f"{day} {clock}{f' UTC{zone}' if zone[:1] in ('+', '-') else ' UTC' if zone == 'Z' else ''}"


def cut_marks(hit: Hit, snippet: Snippet) -> tuple[str, str]:
    """Return what goes before and after `snippet` of `hit`: an ellipsis where it cuts a sentence, else ""."""
    whole = hit.record.get(snippet.field)
    if not isinstance(whole, str):
        return "", ""
    before, after = whole[: snippet.start].rstrip(" "), whole[snippet.end :].lstrip(" ")
    inside = bool(before) and not before.endswith(_SENTENCE_ENDS)
    goes_on = bool(after) and not after.startswith("\n") and not snippet.text.rstrip().endswith(_SENTENCE_ENDS)
    return "… " if inside else "", " …" if goes_on else ""


def _snippet(hit: Hit) -> str:
    return " … ".join(snippet.text for snippet in hit.snippets if snippet.field != "headline")


_MADE: dict[str, Callable[[Hit], object]] = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: round(hit.score, 6),
    "label": lambda hit: label(hit.record),
    "snippet": _snippet,
    "snippets": lambda hit: [snippet_values(snippet) for snippet in hit.snippets],
    "path": lambda hit: (hit.record.get("origin") or {}).get("path"),
    "format": lambda hit: (hit.record.get("origin") or {}).get("format"),
    "folded": lambda hit: hit.folded,
}
NAMES = tuple(dict.fromkeys((*_MADE, *KEYS)))


def value(hit: Hit, name: str) -> object:
    """Return the field `name` of `hit` as a JSON value, None if it has none."""
    made = _MADE.get(name)
    return made(hit) if made else hit.record.get(name)


def text(found: object) -> str:
    """Return a JSON value as text for a column: "" for null, a list joined by `; `."""
    if found is None:
        return ""
    if isinstance(found, str):
        return found
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, list):
        return "; ".join(text(member) for member in found)
    if isinstance(found, dict):
        name = found.get("name") or found.get("raw") or found.get("text")
        return str(name) if name else "; ".join(f"{key}={text(member)}" for key, member in found.items() if member)
    return str(found)


def choose(names: str, known: Iterable[str] = NAMES) -> tuple[str, ...]:
    """Return the fields listed in `names` (`id,date,headline`); `all` is every one in `known`.

    Raises:
        UsageError: a name is not in `known` (the hint gives the closest), or there are none.
    """
    known = tuple(known)
    chosen: list[str] = []
    for part in names.split(","):
        name = part.strip().lower().replace("-", "_")
        if name == "all":
            chosen += known
        elif name in known:
            chosen.append(name)
        elif name:
            raise unknown(part.strip(), known)
    if not chosen:
        raise UsageError("invalid --fields: expected at least one field", hint=f"fields: {', '.join(known)}")
    return tuple(dict.fromkeys(chosen))


def unknown(name: str, known: Iterable[str]) -> UsageError:
    """Return the error for a field `name` that is not in `known`, with the closest of those and all of them."""
    from difflib import get_close_matches

    known = tuple(known)
    aliases = {"title": "headline", "hl": "headline", "author": "byline", "published": "date", "text": "body"}
    close = [aliases[name]] if aliases.get(name) in known else get_close_matches(name, known, 1)
    hint = f"did you mean {close[0]}?" if close else ""
    return UsageError(f"unknown field {name!r}", hint=f"{hint} fields: {', '.join(known)}".strip())
