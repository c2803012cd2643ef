"""Drafts to articles to index documents, in this process or in helpers beside it, in order either way."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from morgue.model import Article, Claim, Context, Draft, Origin, PlaceClaim, Rejected
from morgue.runtime.frozen import replace
from morgue.runtime.workers import Helpers, spare_processors
from morgue.wire import settle

if TYPE_CHECKING:
    from morgue.index.document import Document

CHUNK = 64  # records handed to a helper at a time
_CHUNK_TEXT = 1 << 18  # characters of text that make a chunk whole with fewer records
_AHEAD = 24  # chunks under way for each helper, enough for a commit's time, before this process settles some itself
_QUEUED = 48  # chunks for each helper that wait for an earlier one
_WORTH_HELPERS = 1500  # records after which starting helpers pays
_WORTH_BYTES = 8 << 20  # bytes of input from which on it pays at once
MOST_HELPERS = 16
_WATCHED = ("headline", "published", "byline", "location")

# Fields that a sidecar may set, and the draft's list that the claim goes to.
SIDECAR_FIELDS = (
    "headline", "byline", "location", "source", "slug", "keywords", "language", "url", "rights", "status", "version",
    "note", "id",
)  # fmt: skip


class Task(NamedTuple):
    """A draft to settle.

    Attributes:
        identity: the id that its article will have.
        digest: 64-bit signed fingerprint of its bytes and of all that decides how they are understood.
        source: what to call the source of an article that names none.
    """

    draft: Draft
    context: Context
    identity: str
    digest: int
    source: str = ""

    @classmethod
    def of(
        cls, draft: Draft, context: Context, *, fingerprint: str, source: str = "", overrides: Mapping[str, Any]
    ) -> Task:
        """Return the task for a draft, with a sidecar's values laid over it."""
        for name, value in overrides.items():
            _override(draft, name, value)
        if not draft.ids and context.path == "-":
            # Two pipes both begin with record 1: what has no name and no path is named by its content.
            draft.ids.append(Claim(f"sha256:{draft.digest[:24]}", "derived:content"))
        identity = draft.ids[0].value if draft.ids else _path_identity(context.path, draft.record)
        mixed = hashlib.blake2b(f"{draft.digest}\0{fingerprint}\0{context.path}".encode("utf-8", "surrogatepass"))
        digest = int.from_bytes(mixed.digest()[:8], "big", signed=True)
        return cls(draft, context, identity, digest, source)


class Settled(NamedTuple):
    """An article ready for the index.

    Attributes:
        missing: watched fields (headline, published, byline, location) that it lacks.
        doubtful: (where, field, text) for those of them that the text seems to have all the same.
    """

    document: Document
    digest: int
    missing: tuple[str, ...]
    doubtful: tuple[tuple[str, str, str], ...]


def settle_article(task: Task) -> Article | Rejected:
    """Return the article that a draft makes, with its origin filled in."""
    origin = Origin(
        path=task.context.path,
        record=task.draft.record,
        format=task.draft.format,
        sha256=task.draft.digest,
        ingested=_timestamp(int(task.context.now)),
    )
    article = settle(task.draft, task.context, origin)
    if not task.source or isinstance(article, Rejected) or article.source:
        return article
    return replace(article, source=task.source, provenance={**article.provenance, "source": "stated:option"})


@lru_cache(maxsize=8)
def _timestamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def settle_document(task: Task) -> Settled | Rejected:
    """Return what the index is to store for a draft."""
    from morgue.schema import document

    article = settle_article(task)
    if isinstance(article, Rejected):
        return article
    missing = tuple(name for name in _WATCHED if not getattr(article, name))
    where = task.context.path + (f"#{task.draft.record}" if task.draft.record else "")
    doubtful = tuple((where, r.field, r.value) for r in article.remarks if r.field in missing)
    return Settled(document(article, digest=task.digest), task.digest, missing, doubtful)


class Settler:
    """Settles tasks, one after the other or on helpers, and gives the results back in the order of submission.

    Marks submitted between tasks come back in their place.
    """

    def __init__(self, jobs: int = 0) -> None:
        """jobs: helper processes; 0 for one per spare processor once there is enough to do, 1 for none."""
        self._wanted = jobs
        self._helpers: Helpers | None = None
        self._submitted = self._expected = self._text = 0
        self._chunk: list[Any] = []
        self._queue: deque[tuple[list[Any], Future[list[Settled | Rejected]]]] = deque()

    def __enter__(self) -> Settler:
        return self

    def __exit__(self, *error: object) -> None:
        self.drop()

    def submit(self, task: Task) -> Iterable[Any]:
        """Take a task; return what is ready, which may belong to earlier ones."""
        self._submitted += 1
        if self._helpers is None and not self._start():
            return (settle_document(task),)
        return self._push(task)

    def submit_mark(self, mark: object) -> Iterable[Any]:
        """Take something that comes back unchanged behind all tasks submitted before it."""
        return (mark,) if self._helpers is None else self._push(mark)

    def drain(self) -> Iterator[Any]:
        """Yield everything that is still under way."""
        self._send()
        while self._queue:
            yield from self._pop()

    def drop(self) -> None:
        """Give up what is under way and end the helpers."""
        self._queue.clear()
        self._chunk.clear()
        if self._helpers:
            self._helpers.stop()
            self._helpers = None
        self._wanted = 1

    def expect(self, size: int) -> None:
        """Be told how many bytes there are to read: with many of them helpers are made ready at once."""
        self._expected = size
        if self._wanted == 0 and size >= _WORTH_BYTES:
            self._start()

    def _start(self) -> bool:
        few = self._submitted < _WORTH_HELPERS and self._expected < _WORTH_BYTES
        if self._wanted == 1 or (self._wanted == 0 and few):
            return False
        count = min(self._wanted or MOST_HELPERS, spare_processors() if not self._wanted else MOST_HELPERS)
        if count < 1:
            self._wanted = 1
            return False
        self._helpers = Helpers(count, "morgue.ingestion.pool:settle_documents", settle_documents)
        return True

    def _push(self, item: object) -> Iterable[Any]:
        self._chunk.append(item)
        if isinstance(item, Task):
            self._text += len(item.draft.body)
        if len(self._chunk) < CHUNK and self._text < _CHUNK_TEXT:
            return ()
        self._send()
        assert self._helpers
        ready: list[Any] = []
        while self._queue and (self._queue[0][1].done() or len(self._queue) > _QUEUED * self._helpers.count):
            ready.extend(self._pop())
        return ready

    def _send(self) -> None:
        """Hand the chunk to a helper; when all have enough to do, settle it here."""
        if not self._chunk or not self._helpers:
            return
        tasks = [item for item in self._chunk if isinstance(item, Task)]
        if sum(not future.done() for _, future in self._queue) < _AHEAD * self._helpers.count:
            future = self._helpers.submit(tasks)
        else:
            future = Future()
            future.set_result(settle_documents(tasks))
        self._queue.append((self._chunk, future))
        self._chunk, self._text = [], 0

    def _pop(self) -> Iterator[Any]:
        items, future = self._queue.popleft()
        results = iter(future.result())
        for item in items:
            yield next(results) if isinstance(item, Task) else item


def settle_documents(tasks: list[Task]) -> list[Settled | Rejected]:
    """Settle a chunk: what a helper process does."""
    return [settle_document(task) for task in tasks]


def _path_identity(path: str, record: int) -> str:
    return f"{path}#{record}" if record else path


def _override(draft: Draft, name: str, value: Any) -> None:
    """Lay a sidecar's value over a draft: it becomes the first claim and is not to be overruled."""
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
