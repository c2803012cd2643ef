"""Many queries answered in one run: `morgue search --queries FILE`."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from morgue.archive import Archive
from morgue.cli.asides import ASIDES
from morgue.errors import QueryError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from morgue.cli.output import Choice
    from morgue.cli.streams import Voice
    from morgue.model import SearchOptions, SearchResult
    from morgue.render.style import Style

FORMATS = ("jsonl", "json", "text", "tsv", "ids", "table")
CHUNK = 64  # queries handed to a helper process at a time
_WORTH_HELPERS = 400  # queries from which starting helpers pays
_AHEAD = 3  # chunks in flight per helper


class Asked(NamedTuple):
    """A line of the file: its number, the query's name ("" for none) and the query."""

    number: int
    name: str
    query: str


class Answer(NamedTuple):
    """What is printed for a query.

    Attributes:
        text: for stdout. warnings: for stderr. found: whether anything was. failed: it could not be understood.
    """

    text: str
    warnings: tuple[str, ...]
    found: bool
    failed: bool = False


class Task(NamedTuple):
    """All that a helper process needs: the archive and the commit to read, how to search, how to print."""

    folder: str
    generation: int
    options: SearchOptions
    form: str
    style: Style


def answer_all(
    archive: Archive, folder: str, path: str, options: SearchOptions, choice: Choice, voice: Voice, jobs: int
) -> tuple[int, int]:
    """Answer each line of a file in order; return how many queries found something, and how many were not understood.

    A line is a query, or `name<TAB>query`. docs/output.md says what comes out. Many queries are shared out among
    helper processes, whose answers come in the same order.

    Args:
        folder: of the archive, which the helpers open for themselves.
        jobs: processes that answer; 0 for as many as pay.

    Raises:
        UsageError: the file cannot be read, or the format has no form for many queries.
    """
    if choice.name not in FORMATS:
        raise UsageError(f"--queries cannot print {choice.name}", hint=f"known: {', '.join(FORMATS)}")
    lines = _lines(path)
    first = list(islice(lines, _WORTH_HELPERS))
    if not jobs and len(first) == _WORTH_HELPERS:
        from morgue.runtime.workers import spare_processors

        jobs = spare_processors() + 1
    task = Task(folder, archive.generation, options, choice.name, choice.style)
    chunks = _chunks(chain(first, lines))
    found = failed = 0
    for answers in _shared(archive, task, chunks, jobs) if jobs > 1 else _alone(archive, task, chunks):
        for answer in answers:
            found += answer.found
            sys.stdout.write(answer.text)
            failed += answer.failed
            for warning in answer.warnings:
                voice.warn(warning)
    return found, failed


def _chunks(lines: Iterable[Asked]) -> Iterator[list[Asked]]:
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _alone(archive: Archive, task: Task, chunks: Iterable[list[Asked]]) -> Iterator[list[Answer]]:
    for chunk in chunks:
        yield [_answer(archive, task, asked) for asked in chunk]


def _shared(archive: Archive, task: Task, chunks: Iterator[list[Asked]], jobs: int) -> Iterator[list[Answer]]:
    """Answer in helper processes: a bounded number of chunks on their way, the oldest waited for."""
    from morgue.runtime.workers import Workers

    def here(work: tuple[Task, list[Asked]]) -> list[Answer]:
        return [_answer(archive, task, asked) for asked in work[1]]

    workers = Workers(jobs, "morgue.cli.batch:answer_chunk", here)
    waiting: deque[Future[list[Answer]]] = deque()
    try:
        for chunk in chunks:
            waiting.append(workers.submit((task, chunk)))
            if len(waiting) >= jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        workers.stop()


_open: dict[str, Archive] = {}


def answer_chunk(work: tuple[Task, list[Asked]]) -> list[Answer]:
    """Answer some queries in a helper process, whose archive stays open from one chunk to the next.

    Raises:
        EOFError: another commit than the caller's would be read; the caller then answers for itself.
    """
    task, chunk = work
    if task.folder not in _open:
        _open[task.folder] = Archive.open(task.folder)
    archive = _open[task.folder]
    if archive.generation != task.generation:
        raise EOFError
    return [_answer(archive, task, asked) for asked in chunk]


def _answer(archive: Archive, task: Task, asked: Asked) -> Answer:
    from morgue.render.as_json import dump, envelope, hit_values

    head = {"name": asked.name or None, "line": asked.number}
    as_json = task.form in ("json", "jsonl")
    try:
        result = archive.search(asked.query, task.options)
    except QueryError as error:
        values = {**head, "query": asked.query, "error": error.message, "start": error.start, "end": error.end}
        warning = _warning(asked, error.message, error.hint)
        return Answer(dump(values) + "\n" if as_json else "", (warning,), found=False, failed=True)
    if as_json:
        hits = [hit_values(hit, task.style) for hit in result.hits]
        return Answer(dump({**head, **envelope(result), "hits": hits}) + "\n", (), found=bool(result.total))
    warnings = tuple(_warning(asked, each.message, each.hint) for each in result.notices if each.code not in ASIDES)
    return Answer(_rows(result, asked, task), warnings, found=bool(result.total))


def _warning(asked: Asked, message: str, hint: str) -> str:
    return f"query {asked.name or asked.number}: {message}" + (f"; {hint}" if hint else "")


def _rows(result: SearchResult, asked: Asked, task: Task) -> str:
    """A line a hit: the query's name (or its line's number), then the columns."""
    from morgue.render.as_lines import column
    from morgue.render.fields import LINE
    from morgue.render.safe import line

    names = task.style.fields or (("id",) if task.form == "ids" else LINE)
    label = asked.name or str(asked.number)
    rows = [[label, *(column(hit, name, task.style) for name in names)] for hit in result.hits]
    return "".join("\t".join(map(line, row)) + "\n" for row in rows)


def _lines(path: str) -> Iterator[Asked]:
    """Yield each line that is neither blank nor a comment (`#`).

    Raises:
        UsageError: the file cannot be read.
    """
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
            yield Asked(number, name.strip(), query.strip()) if tab else Asked(number, "", text.strip())
    finally:
        if path != "-":
            stream.close()
