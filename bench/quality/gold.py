"""Score the readers and the wire grammar on hand-checked files: headline, date, authors, location, country.

    python bench/quality/gold.py [--data ../shared/data/gold] [--write predictions.jsonl] [-v]

Every file named in `expected.jsonl` is read with `read_stream` and settled; of a file with several articles the first
counts, as in the gold. Prints the scorer's own figures, then a table of fields by format with every miss. The data is
not part of the project: where it is absent the command says so and ends with 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from morgue.model import Article, Context, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.wire import resolve_draft

HERE = Path(__file__).resolve()
DEFAULT = HERE.parents[3] / "shared" / "data" / "gold"


def main() -> int:
    """Read, settle, score, print; 0 when the data is absent too."""
    options = arguments()
    if not (options.data / "expected.jsonl").exists():
        print(f"no gold files at {options.data}: nothing to score")
        return 0
    expected = [json.loads(line) for line in (options.data / "expected.jsonl").open(encoding="utf-8")]
    started = time.perf_counter()
    predictions = [prediction(options.data, item["file"]) for item in expected]
    spent = time.perf_counter() - started
    if options.write:
        write(predictions, options.write)
        return score(options.data, options.write, options.verbose, spent, len(predictions))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        write(predictions, path)
        return score(options.data, path, options.verbose, spent, len(predictions))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DEFAULT, help="folder with expected.jsonl, score.py and files/")
    parser.add_argument("--write", type=Path, help="keep the predictions in this file")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every miss")
    return parser.parse_args()


def articles(path: Path, name: str) -> Iterator[Article | Rejected]:
    """What ingest would make of a file, without any anchor from outside."""
    with path.open("rb") as stream:
        for item in read_stream(stream, name, ReadOptions()):
            if isinstance(item, Rejected):
                yield item
            else:
                yield resolve_draft(item, Context(path=item.path or name, now=time.time(), crawled=item.crawled))


def prediction(folder: Path, name: str) -> dict[str, Any]:
    """The first article of a file in the scorer's terms; empty fields when there is none."""
    found = list(articles(folder / name, name))
    first = next((item for item in found if isinstance(item, Article)), None)
    if first is None:
        return {"file": name, "rejected": [item.why for item in found if isinstance(item, Rejected)]}
    place = first.location
    return {
        "file": name,
        "headline": first.headline or None,
        "date": first.published.value if first.published else None,
        "authors": [person.name for person in first.byline],
        "location": location_text(place) if place else None,
        "country": place.country if place else None,
        "items": sum(isinstance(item, Article) for item in found),
        "byline": first.byline_raw,
        "status": first.status,
        "remarks": [f"{remark.field}: {remark.value!r}: {remark.why}" for remark in first.remarks],
        "provenance": dict(first.provenance),
    }


def location_text(place: Any) -> str | None:
    """A place as printed, or its parts joined as a dateline would."""
    return place.raw or ", ".join(part for part in (place.city, place.region) if part) or None


def write(predictions: list[dict[str, Any]], path: Path) -> None:
    """Write predictions as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for item in predictions:
            out.write(json.dumps(item, ensure_ascii=False) + "\n")


def score(data: Path, predictions: Path, verbose: bool, spent: float, count: int) -> int:
    """Run the scorer that comes with the gold files and pass its table on."""
    command = [sys.executable, str(data / "score.py"), str(predictions), *(["-v"] if verbose else [])]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    print(f"{count} files in {spent:.2f} s")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
