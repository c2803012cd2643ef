"""The speed bench runs from end to end on a few articles. How fast anything is, is none of a test's business."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from support.cli_process import ROOT, environment

SYLLABLES = ("ban", "cor", "dil", "fum", "gos", "hul", "jen", "kap")
WORDS = [f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]


def corpus(folder: Path, count: int) -> Path:
    """Write articles whose words are as unevenly common as those of a language."""
    draw = random.Random(1)
    common = [1 / rank for rank in range(1, len(WORDS) + 1)]
    path = folder / "made.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            body = ". ".join(" ".join(draw.choices(WORDS, common, k=12)) for _ in range(5))
            row = {"id": f"made-{number}", "title": body[:30], "body": body, "date": f"2026-{number % 12 + 1:02}-13"}
            out.write(json.dumps(row) + "\n")
    return path


def run(*args: str, module: str = "bench.speed") -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, "--rounds", "1", *args],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(PYTHONPATH=f"{ROOT / 'src'}:{ROOT}"),
        timeout=300,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def test_morgue_is_measured_in_all_that_it_does(tmp_path: Path) -> None:
    told = run(
        "--corpus", str(corpus(tmp_path, 300)), "--engines", "morgue", "library", "--out", str(tmp_path / "run")
    )  # fmt: skip

    raw: dict[str, Any] = json.loads((tmp_path / "run" / "raw.json").read_text())
    engines = {figure["label"]: set(figure["samples"]) for figure in raw["figures"]["all"]}
    assert {"morgue"} <= engines["indexing by CPU"] & engines["adding ten"] & engines["optimizing"]
    assert {"morgue"} <= engines["a search as a process"] & engines["index bytes per byte of text"]
    assert all(engines[f"{kind}, p50"] == {"morgue", "library"} for kind in ("and", "phrase", "date range", "facet"))
    assert "(not run: whoosh, fts5, tantivy)" in told
    assert (tmp_path / "run" / "table.md").read_text() == told


def test_growth_is_told_for_each_size(tmp_path: Path) -> None:
    told = run("--corpus", str(corpus(tmp_path, 120)), "--engines", "morgue", "--sizes", "60", "120")

    assert "| articles | 60 | 120 | last : first |" in told
    assert "adding ten, on average, of building it, by CPU, %" in told


def test_an_archive_is_measured_through_whoosh(tmp_path: Path) -> None:
    told = run(str(corpus(tmp_path, 120)), "--count", "100", module="bench.speed.through_whoosh").splitlines()

    asked = [row.split("|")[1].strip() for row in told[2:]]
    assert asked[:3] == ["open", "open and make a searcher", "term"]
    assert {"OR of three", "phrase", "sorted by date", "facets of places"} <= set(asked)
    assert all(float(row.split("|")[2]) > 0 for row in told[2:])
