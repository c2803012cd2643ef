"""Two writers and eight readers on one archive, with a model of what each reader may see.

Each writer owns a set of articles and gives all of them a new version with each commit; it notes a version as reported
when its commit has returned. So a reader must find every article of a set in one and the same version, none older than
what was reported before it opened or refreshed, and none older than what it saw before.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.torture.work import Failure, article, litter, sound, state

WRITERS, READERS, SET = 2, 8, 20
_PAUSE = 0.03  # seconds between the looks of a reader: two processors are shared


def _names(writer: int) -> list[str]:
    return [f"w{writer}-{n}" for n in range(SET)]


def _write(index: str, writer: int, deadline: float, reported: Any, out: Any) -> None:
    from morgue import Archive, IngestOptions, ingest

    draw, version, waits = random.Random(writer), int(reported[writer]), []
    try:
        while not waits or time.monotonic() < deadline:  # once at least: on a busy machine the start may outlast it
            version += 1
            rows = "".join(json.dumps(article(name, version)) + "\n" for name in _names(writer))
            begun = time.monotonic()
            options = IngestOptions(jobs=1, wait=120)
            report = ingest(["-"], index, options, stdin=io.BytesIO(rows.encode()))
            waits.append(time.monotonic() - begun)
            if report.committed != SET or report.updated + report.added != SET:
                raise Failure(f"writer {writer}: {report}")
            reported[writer] = version
            if draw.random() < 0.1:
                Archive.optimize(index, wait=120)
            if draw.random() < 0.1:
                ingest(["-"], index, options, stdin=io.BytesIO(json.dumps(article(f"x{writer}", version)).encode()))
                Archive.delete(index, [f"x{writer}"], wait=120)
        out.put(("writer", version, max(waits), None))
    except BaseException as error:  # whatever it is, the parent must hear of it
        out.put(("writer", version, 0.0, repr(error)))


def _look(archive: Any, before: list[int], seen: list[int]) -> None:
    """Compare what an archive shows with the model."""
    for writer in range(WRITERS):
        versions = set()
        for name in _names(writer):
            record = archive.record(name)
            versions.add(int(record["headline"].rpartition("v")[2]) if record else 0)
        if len(versions) != 1:
            raise Failure(f"half a batch of writer {writer}: versions {sorted(versions)}")
        (version,) = versions
        if version < before[writer] or version < seen[writer]:
            raise Failure(f"version {version} where {before[writer]} was reported, {seen[writer]} seen")
        count = archive.count(f"version{version} headline:w{writer}*")[0]
        hits = archive.search(f"headline:w{writer}*", limit=SET * 2).hits
        if count != SET or len(hits) != SET or {int(h.record["headline"].rpartition("v")[2]) for h in hits} != versions:
            raise Failure(f"{count} and {len(hits)} articles of writer {writer} in version {version}")
        seen[writer] = version


def _read(index: str, reader: int, deadline: float, reported: Any, out: Any) -> None:
    from morgue import Archive

    looks, slowest, seen, held = 0, 0.0, [0] * WRITERS, None
    try:
        held = Archive.open(index) if reader % 2 else None
        while time.monotonic() < deadline:
            before, begun = list(reported), time.monotonic()
            if held is not None:
                held.refresh()
                opened = time.monotonic() - begun
                _look(held, before, seen)
            else:
                with Archive.open(index) as fresh:
                    opened = time.monotonic() - begun
                    _look(fresh, before, seen)
            looks, slowest = looks + 1, max(slowest, opened)
            time.sleep(_PAUSE)
        out.put(("reader", looks, slowest, None))
    except BaseException as error:  # as in _write
        out.put(("reader", looks, slowest, repr(error)))


def torture(seconds: float) -> dict[str, object]:
    """Let writers and readers loose on one archive. Raises Failure when a reader saw what it must not."""
    from morgue import IngestOptions, ingest

    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "index"))
        reported = context.Array("q", [1] * WRITERS)
        rows = [article(name, 1) for writer in range(WRITERS) for name in _names(writer)]
        text = "".join(json.dumps(row) + "\n" for row in rows).encode()
        ingest(["-"], index, IngestOptions(jobs=1), stdin=io.BytesIO(text))
        out, deadline = context.Queue(), time.monotonic() + seconds
        crowd = [context.Process(target=_write, args=(index, n, deadline, reported, out)) for n in range(WRITERS)]
        crowd += [context.Process(target=_read, args=(index, n, deadline, reported, out)) for n in range(READERS)]
        os.environ["PYTHONPATH"] = os.pathsep.join(
            filter(None, [str(Path("src").resolve()), os.environ.get("PYTHONPATH")])
        )
        for process in crowd:
            process.start()
        told = [out.get(timeout=seconds + 120) for _ in crowd]
        for process in crowd:
            process.join()
        problems = [problem for *_, problem in told if problem]
        if problems:
            raise Failure("; ".join(problems[:3]))
        sound(Path(index))
        final = state(Path(index))
        left = sorted(litter(Path(index)))
    if final != {name: reported[writer] for writer in range(WRITERS) for name in _names(writer)} or left:
        raise Failure(f"at the end: {len(final)} articles, left over {left}")
    return {
        "seconds": seconds, "writers": WRITERS, "readers": READERS,
        "commits reported": sum(told_[1] for told_ in told if told_[0] == "writer") - WRITERS,
        "looks": sum(told_[1] for told_ in told if told_[0] == "reader"),
        "slowest open or refresh (s)": round(max(told_[2] for told_ in told if told_[0] == "reader"), 3),
        "slowest ingest with its wait (s)": round(max(told_[2] for told_ in told if told_[0] == "writer"), 3),
        "half batches": 0, "errors": 0,
    }  # fmt: skip
