"""Drafts to articles to index documents, in order, in this process or in worker processes."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from morgue.fields import names
from morgue.model import Article, Claim, Context, Draft, Origin, PlaceClaim, Rejected
from morgue.runtime.frozen import replace
from morgue.runtime.workers import Workers, spare_processors
from morgue.wire import resolve_draft

if TYPE_CHECKING:
    from morgue.index.document import Document
    from morgue.json_types import Json

Mark = TypeVar("Mark")

CHUNK_RECORDS = 64  # records sent to a worker at once
_CHUNK_CHARACTERS = 1 << 18  # of text, from which a chunk is sent before it has CHUNK_RECORDS
# Unfinished chunks per worker, enough to last while this process commits; with more, it resolves some itself.
_CHUNKS_PER_WORKER = 24
_QUEUED_PER_WORKER = 48  # finished chunks per worker that may wait for an earlier one
_POOL_FROM_RECORDS = 1500  # records after which workers start
_POOL_FROM_BYTES = 8 << 20  # input size (bytes) from which workers start before the first record
MAX_WORKERS = 16
_WATCHED = ("headline", "published", "byline", "location", "body")

# Fields that a sidecar may set.
SIDECAR_FIELDS = frozenset(names(lambda field: field.sidecar))


class Task(NamedTuple):
    """A draft to resolve.

    Attributes:
        identity: the id that its article will have.
        digest: signed 64-bit hash of its bytes, path and options: equal when it would give the same article.
        source: agency or publisher of an article that does not name one.
    """

    draft: Draft
    context: Context
    identity: str
    digest: int
    source: str = ""

    @classmethod
    def of(
        cls, draft: Draft, context: Context, *, fingerprint: str, source: str = "", overrides: Mapping[str, Json]
    ) -> Task:
        """Return the task for a draft.

        Args:
            draft: changed in place by the overrides. context: what is known from outside its bytes.
            fingerprint: of the options. source: see the attribute.
            overrides: the sidecar's values by field; they outrank what the file says.
        """
        for name, value in overrides.items():
            _override(draft, name, value)
        if not draft.ids and context.path == "-":
            # Every pipe begins with record 1: without a path, the content names the article.
            draft.ids.append(Claim(f"sha256:{draft.digest[:24]}", "derived:content"))
        identity = draft.ids[0].value if draft.ids else context.path + (f"#{draft.record}" if draft.record else "")
        mixed = hashlib.blake2b(f"{draft.digest}\0{fingerprint}\0{context.path}".encode("utf-8", "surrogatepass"))
        digest = int.from_bytes(mixed.digest()[:8], "big", signed=True)
        return cls(draft, context, identity, digest, source)


class Resolved(NamedTuple):
    """An article ready for the index.

    Attributes:
        missing: watched fields (headline, published, byline, location, body) that it lacks.
        doubtful: (where, field, text) of missing fields that the text may hold.
    """

    document: Document
    digest: int
    missing: tuple[str, ...]
    doubtful: tuple[tuple[str, str, str], ...]


def resolve_article(task: Task) -> Article | Rejected:
    """Return the article that a draft makes, with its origin filled in."""
    origin = Origin(
        path=task.context.path,
        record=task.draft.record,
        format=task.draft.format,
        sha256=task.draft.digest,
        ingested=_timestamp(int(task.context.now)),
    )
    article = resolve_draft(task.draft, task.context, origin)
    if not task.source or isinstance(article, Rejected) or article.source:
        return article
    return replace(article, source=task.source, provenance={**article.provenance, "source": "stated:option"})


@lru_cache(maxsize=8)
def _timestamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def resolve_document(task: Task) -> Resolved | Rejected:
    """Return what the index is to store for a draft."""
    from morgue.schema import document

    article = resolve_article(task)
    if isinstance(article, Rejected):
        return article
    missing = tuple(name for name in _WATCHED if not getattr(article, name))
    where = task.context.path + (f"#{task.draft.record}" if task.draft.record else "")
    doubtful = tuple((where, r.field, r.value) for r in article.remarks if r.field in missing and r.field != "body")
    return Resolved(document(article, digest=task.digest), task.digest, missing, doubtful)


class OrderedPool(Generic[Mark]):
    """Resolves tasks, here or in workers, and returns the results in the order of submission.

    Marks submitted between tasks come back at their place.
    """

    def __init__(self, jobs: int = 0) -> None:
        """jobs: worker processes; 0: one per spare processor once there is enough to do; 1: none."""
        self._wanted = jobs
        self._workers: Workers[list[Task], list[Resolved | Rejected]] | None = None
        self._submitted = self._expected = self._text = 0
        self._chunk: list[Task | Mark] = []
        self._queue: deque[tuple[list[Task | Mark], Future[list[Resolved | Rejected]]]] = deque()

    def __enter__(self) -> OrderedPool[Mark]:
        return self

    def __exit__(self, *error: object) -> None:
        self.drop()

    def submit(self, task: Task) -> Iterable[Resolved | Rejected | Mark]:
        """Add a task; return the results that are ready, maybe of earlier tasks."""
        self._submitted += 1
        if self._workers is None and not self._start():
            return (resolve_document(task),)
        return self._push(task)

    def submit_mark(self, mark: Mark) -> Iterable[Resolved | Rejected | Mark]:
        """Add an object that is returned unchanged behind the results of all earlier tasks."""
        return (mark,) if self._workers is None else self._push(mark)

    def drain(self) -> Iterator[Resolved | Rejected | Mark]:
        """Wait for all results that are left and yield them."""
        self._send()
        while self._queue:
            yield from self._pop()

    def drop(self) -> None:
        """Discard unfinished tasks and end the workers."""
        self._queue.clear()
        self._chunk.clear()
        if self._workers:
            self._workers.stop()
            self._workers = None
        self._wanted = 1

    def expect(self, size: int) -> None:
        """Announce the input size in bytes; from 8 MiB on, workers start at once."""
        self._expected = size
        if self._wanted == 0 and size >= _POOL_FROM_BYTES:
            self._start()

    def _start(self) -> bool:
        small = self._submitted < _POOL_FROM_RECORDS and self._expected < _POOL_FROM_BYTES
        if self._wanted == 1 or (self._wanted == 0 and small):
            return False
        count = min(self._wanted or MAX_WORKERS, spare_processors() if not self._wanted else MAX_WORKERS)
        if count < 1:
            self._wanted = 1
            return False
        self._workers = Workers(count, "morgue.ingestion.pool:resolve_documents", resolve_documents)
        return True

    def _push(self, item: Task | Mark) -> Iterable[Resolved | Rejected | Mark]:
        self._chunk.append(item)
        if isinstance(item, Task):
            self._text += len(item.draft.body)
        if len(self._chunk) < CHUNK_RECORDS and self._text < _CHUNK_CHARACTERS:
            return ()
        self._send()
        assert self._workers
        ready: list[Resolved | Rejected | Mark] = []
        while self._queue and (self._queue[0][1].done() or len(self._queue) > _QUEUED_PER_WORKER * self._workers.count):
            ready.extend(self._pop())
        return ready

    def _send(self) -> None:
        """Send the chunk to a worker; when all have enough to do, resolve it here."""
        if not self._chunk or not self._workers:
            return
        tasks = [item for item in self._chunk if isinstance(item, Task)]
        if sum(not future.done() for _, future in self._queue) < _CHUNKS_PER_WORKER * self._workers.count:
            future = self._workers.submit(tasks)
        else:
            future = Future()
            future.set_result(resolve_documents(tasks))
        self._queue.append((self._chunk, future))
        self._chunk, self._text = [], 0

    def _pop(self) -> Iterator[Resolved | Rejected | Mark]:
        items, future = self._queue[0]
        results = iter(future.result())  # may be interrupted, and the chunk must not be lost then
        self._queue.popleft()
        for item in items:
            yield next(results) if isinstance(item, Task) else item


def resolve_documents(tasks: list[Task]) -> list[Resolved | Rejected]:
    """Resolve a chunk: the target of a worker process."""
    return [resolve_document(task) for task in tasks]


def _override(draft: Draft, name: str, value: Json) -> None:
    """Make a sidecar's value the first claim of a field and lock the field."""
    how = f"sidecar:{name}"
    texts = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    if name == "location":
        draft.places.insert(0, PlaceClaim(how=how, raw=texts[0]))
    elif name == "id":
        draft.ids.insert(0, Claim(texts[0], how))
    elif name in SIDECAR_FIELDS:
        getattr(draft, name)[:0] = [Claim(text, how) for text in texts]
    else:
        draft.extra[name] = value
        return
    draft.locked |= {name}
