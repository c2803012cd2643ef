"""Many queries answered in one process: `morgue search --queries FILE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from morgue.archive import Archive
from morgue.cli.choosing import Choice
from morgue.cli.streams import Voice
from morgue.errors import QueryError, UsageError
from morgue.model import SearchOptions
from morgue.render.as_json import dump, envelope, hit_values

_ALLOWED = ("jsonl", "json", "text", "tsv", "ids", "table")


def answer_all(archive: Archive, path: str, options: SearchOptions, choice: Choice, voice: Voice) -> int:
    """Answer each line of a file in order; return how many queries found something.

    A line is a query, or `name<TAB>query`. JSON Lines holds one object per query: its `name`, `line`, the envelope and
    `hits`; a query that cannot be understood has `error` instead. Text has the name (or line number) before each hit.

    Raises:
        UsageError: the file cannot be read, or the format has no form for many queries.
    """
    if choice.name not in _ALLOWED:
        raise UsageError(f"--queries cannot print {choice.name}", hint=f"known: {', '.join(_ALLOWED)}")
    found = 0
    for number, name, query in _lines(path):
        label = name or str(number)
        try:
            result = archive.search(query, options)
        except QueryError as error:
            voice.warn(f"query {label}: {error.message}", error.hint)
            if choice.name in ("json", "jsonl"):
                place = {"start": error.start, "end": error.end}
                _put({"name": name or None, "line": number, "query": query, "error": error.message, **place})
            continue
        found += bool(result.total)
        if choice.name in ("json", "jsonl"):
            hits = [hit_values(hit, choice.style) for hit in result.hits]
            _put({"name": name or None, "line": number, **envelope(result), "hits": hits})
            continue
        for hit in result.hits:
            from morgue.render.as_lines import column
            from morgue.render.fields import LINE
            from morgue.render.safe import line

            names = choice.style.fields or (("id",) if choice.name == "ids" else LINE)
            cells = [label, *(column(hit, field, choice.style) for field in names)]
            sys.stdout.write("\t".join(map(line, cells)) + "\n")
    return found


def _put(values: object) -> None:
    sys.stdout.write(dump(values) + "\n")


def _lines(path: str) -> Iterator[tuple[int, str, str]]:
    """Line number, name ("" for none) and query of each line that is neither blank nor a comment (`#`)."""
    try:
        stream = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    try:
        for number, raw in enumerate(stream, 1):
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip("\r\n")
            if not text.strip() or text.startswith("#"):
                continue
            name, tab, query = text.partition("\t")
            yield (number, name.strip(), query.strip()) if tab else (number, "", text.strip())
    finally:
        if path != "-":
            stream.close()
