"""Many queries answered in one run: `morgue search --queries FILE`."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from morgue.archive import Archive
from morgue.cli.notices import ASIDES
from morgue.cli.streams import flushed
from morgue.errors import QueryError, UsageError
from morgue.render.formats import FORMATS
from morgue.runtime.live import is_live, live

if TYPE_CHECKING:
    from concurrent.futures import Future

    from morgue.cli.output import Choice
    from morgue.cli.streams import Voice
    from morgue.model import SearchOptions, SearchResult
    from morgue.render.style import Style

_CHUNK_QUERIES = 64  # queries sent to a worker process at once
_QUERIES_FOR_WORKERS = 400  # number of queries from which workers are started without --jobs
_CHUNKS_IN_FLIGHT = 3  # per worker


class BatchQuery(NamedTuple):
    """A line of the file: its number, the query's name ("" for none) and the query."""

    number: int
    name: str
    query: str


class Answer(NamedTuple):
    """What is printed for a query.

    Attributes:
        text: for stdout. warnings: for stderr. found: whether an article matched. failed: the query has a mistake.
    """

    text: str
    warnings: tuple[str, ...]
    found: bool
    failed: bool = False


class Task(NamedTuple):
    """What a worker process needs: the archive's folder and commit, how to search, how to print."""

    folder: str
    generation: int
    options: SearchOptions
    form: str
    style: Style


def answer_all(
    archive: Archive, folder: str, path: str, options: SearchOptions, choice: Choice, voice: Voice, jobs: int
) -> tuple[int, int]:
    """Print the answer to each line of a file in order; return how many queries found something, and how many failed.

    A line is a query, or `name<TAB>query`. docs/output.md describes the output. Many queries are distributed over
    worker processes; the output keeps their order.

    Args:
        archive: open for reading. folder: of the archive, which the workers open for themselves.
        path: of the file, `-` for stdin. options: how to search. choice: format and style. voice: for warnings.
        jobs: processes that answer; 0 for one, or for all spare processors from 400 queries on.

    Raises:
        UsageError: the file cannot be read, or the format cannot hold many queries.
    """
    if not FORMATS[choice.name].many:
        known = ", ".join(item.name for item in FORMATS.values() if item.many)
        raise UsageError(f"unsupported format with --queries: {choice.name}", hint=f"known: {known}")
    task = Task(folder, archive.generation, options, choice.name, choice.style)
    lines = _lines(path)
    if jobs < 2 and path == "-" and is_live(sys.stdin.buffer):  # each is answered as it comes
        return _print(([_answer(archive, task, entry)] for entry in lines), voice)
    first = list(islice(lines, _QUERIES_FOR_WORKERS))
    if not jobs and len(first) == _QUERIES_FOR_WORKERS:
        from morgue.runtime.workers import spare_processors

        jobs = spare_processors() + 1
    chunks = _chunks(chain(first, lines))
    return _print(_shared(archive, task, chunks, jobs) if jobs > 1 else _alone(archive, task, chunks), voice)


def _print(chunks: Iterable[list[Answer]], voice: Voice) -> tuple[int, int]:
    found = failed = 0
    for answers in chunks:
        for answer in answers:
            found += answer.found
            sys.stdout.write(answer.text)
            failed += answer.failed
            for warning in answer.warnings:
                voice.warn(warning)
    return found, failed


def _chunks(lines: Iterable[BatchQuery]) -> Iterator[list[BatchQuery]]:
    rest = iter(lines)
    while chunk := list(islice(rest, _CHUNK_QUERIES)):
        yield chunk


def _alone(archive: Archive, task: Task, chunks: Iterable[list[BatchQuery]]) -> Iterator[list[Answer]]:
    for chunk in chunks:
        yield [_answer(archive, task, entry) for entry in chunk]


def _shared(archive: Archive, task: Task, chunks: Iterator[list[BatchQuery]], jobs: int) -> Iterator[list[Answer]]:
    """Answer in worker processes, at most `_CHUNKS_IN_FLIGHT` chunks queued for each, results in order."""
    from morgue.runtime.workers import Workers

    def here(work: tuple[Task, list[BatchQuery]]) -> list[Answer]:
        return [_answer(archive, task, entry) for entry in work[1]]

    workers = Workers(jobs, "morgue.cli.batch:answer_chunk", here)
    waiting: deque[Future[list[Answer]]] = deque()
    try:
        for chunk in chunks:
            waiting.append(workers.submit((task, chunk)))
            if len(waiting) >= jobs * _CHUNKS_IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        workers.stop()


_open: dict[str, Archive] = {}


def answer_chunk(work: tuple[Task, list[BatchQuery]]) -> list[Answer]:
    """Answer some queries in a worker process, whose archive stays open from one chunk to the next.

    Raises:
        EOFError: the archive is no longer at the caller's commit; the caller then answers the chunk itself.
    """
    task, chunk = work
    if task.folder not in _open:
        _open[task.folder] = Archive.open(task.folder)
    archive = _open[task.folder]
    if archive.generation != task.generation:
        raise EOFError
    return [_answer(archive, task, entry) for entry in chunk]


def _answer(archive: Archive, task: Task, entry: BatchQuery) -> Answer:
    from morgue.render.as_json import dump, envelope, hit_values

    head = {"name": entry.name or None, "line": entry.number}
    as_json = task.form in ("json", "jsonl")
    try:
        result = archive.search(entry.query, task.options)
    except QueryError as error:
        values = {**head, "query": entry.query, "error": error.message, "start": error.start, "end": error.end}
        warning = _warning(entry, error.message, error.hint)
        return Answer(dump(values) + "\n" if as_json else "", (warning,), found=False, failed=True)
    if as_json:
        hits = [hit_values(hit, task.style) for hit in result.hits]
        return Answer(dump({**head, **envelope(result), "hits": hits}) + "\n", (), found=bool(result.total))
    warnings = tuple(_warning(entry, each.message, each.hint) for each in result.notices if each.code not in ASIDES)
    return Answer(_rows(result, entry, task), warnings, found=bool(result.total))


def _warning(entry: BatchQuery, message: str, hint: str) -> str:
    return f"query {entry.name or entry.number}: {message}" + (f"; {hint}" if hint else "")


def _rows(result: SearchResult, entry: BatchQuery, task: Task) -> str:
    """Return a line for each hit: the query's name (or its line's number), then the columns."""
    from morgue.render.as_lines import column
    from morgue.render.fields import LINE
    from morgue.render.safe import line

    names = task.style.fields or (("id",) if task.form == "ids" else LINE)
    label = entry.name or str(entry.number)
    rows = [[label, *(column(hit, name, task.style) for name in names)] for hit in result.hits]
    return "".join("\t".join(map(line, row)) + "\n" for row in rows)


def _lines(path: str) -> Iterator[BatchQuery]:
    """Yield each line that is neither blank nor a comment (`#`).

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        stream = live(sys.stdin.buffer, flushed) if path == "-" else open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    try:
        for number, raw in enumerate(stream, 1):
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip("\r\n")
            if not text.strip() or text.startswith("#"):
                continue
            name, tab, query = text.partition("\t")
            yield BatchQuery(number, name.strip(), query.strip()) if tab else BatchQuery(number, "", text.strip())
    finally:
        if path != "-":
            stream.close()
