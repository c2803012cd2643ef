"""Build one engine's index in a process of its own and print what it cost, as JSON: `python -m bench.speed.build`."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.speed.corpus import articles
from bench.speed.engines import load


def main(name: str, source: str, folder: str, limit: str) -> None:
    """Index `limit` articles (0: all) of a file."""
    engine = load(name, Path(folder))
    rows = list(articles(Path(source), int(limit) or None))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    engine.build(rows)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = sum(row.size for row in rows)
    found = {
        "articles": len(rows), "text_bytes": text, "wall_s": wall, "cpu_s": cpu, "index_bytes": size,
        "peak_mb": peak / 1024, "peak_above_articles_mb": (peak - before) / 1024,
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
