"""Add articles to one engine's index in a process of its own, and print what it cost as JSON.

`python -m bench.speed.build ENGINE FILE FOLDER START STOP COMMIT`: articles START to STOP (0: the last) of a file, a
commit for every COMMIT of them (0: one for all). From START 0 the index is made. Reading the articles is left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from bench.speed.corpus import Article, Reader
from bench.speed.engines import load
from bench.speed.usage import own_peak_mb


def main(name: str, source: str, folder: str, start: str, stop: str, commit: str) -> None:
    """Index, and print."""
    engine = load(name, Path(folder))
    reader = Reader(Path(source), int(start), int(stop) or None)
    longest = 0.0
    if start == "0":
        engine.create()  # what it imports is no part of indexing, for any engine
    wall, cpu = time.perf_counter(), time.process_time()
    for some in _groups(iter(reader), int(commit) or sys.maxsize):
        begun = time.process_time()
        engine.add(some)
        longest = max(longest, time.process_time() - begun)
    wall, cpu = time.perf_counter() - wall - reader.wall, time.process_time() - cpu - reader.cpu
    found = {
        "articles": reader.count, "text_bytes": reader.text, "wall_s": wall, "cpu_s": cpu, "longest_cpu_s": longest,
        "index_bytes": folder_size(Path(folder)), "peak_mb": own_peak_mb(),
    }  # fmt: skip
    print(json.dumps(found))


def folder_size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _groups(rows: Iterator[Article], size: int) -> Iterator[Iterator[Article]]:
    for first in rows:
        yield chain([first], islice(rows, size - 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
