"""How well the HTML reader finds title, authors, date and text: scores against a folder of pages with answers.

    python bench/quality/html_pages.py [--data ../shared/data/html] [--settled] [-v]

The folder holds `gold.jsonl` (file, title, authors, date, body) and the pages it names, gzip or plain. Prints a table.
Title: equal, or one within the other. Authors: the same set of names. Date: the same day (UTC or local). Body: F1 of
the words (as a bag), mean over the pages.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import io
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from morgue.model import Context, Draft
from morgue.readers.html import page
from morgue.readers.options import ReadOptions

WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, case folded; each character of scripts without spaces is a word."""
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|\w+", text.casefold())


def f1(found: str, wanted: str) -> tuple[float, float, float]:
    """(precision, recall, F1) of two texts as bags of words."""
    a, b = collections.Counter(words(found)), collections.Counter(words(wanted))
    both = sum((a & b).values())
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / sum(a.values()), both / sum(b.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def flat(text: str) -> str:
    """A text for comparing: words alone."""
    return " ".join(words(text or ""))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "../shared/data/html")
    parser.add_argument("--settled", action="store_true", help="score what wire.resolve_draft makes of the drafts")
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.data / "gold.jsonl").exists():
        sys.exit(f"no gold.jsonl in {arguments.data}: nothing to score")
    score(arguments.data, arguments.settled, arguments.verbose)


def score(folder: Path, settled: bool, verbose: bool) -> None:
    """Read every page of a folder and print how often each field is right."""
    right: collections.Counter[str] = collections.Counter()
    bodies: list[tuple[float, float, float]] = []
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]
    next(iter(page.read(io.BytesIO(b"<p>Imports are not counted."), "warm-up", ReadOptions())))
    spent = 0.0
    for wanted in gold:
        data = (folder / wanted["file"]).read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        start = time.process_time()
        draft = next(iter(page.read(io.BytesIO(data), wanted["file"], ReadOptions())))
        spent += time.process_time() - start
        if not isinstance(draft, Draft):
            print(wanted["file"], draft.why)
            bodies.append((0.0, 0.0, 0.0))
            continue
        found = settle(draft, wanted["file"]) if settled else plain(draft)
        marks = compare(found, wanted)
        bodies.append(f1(found["body"], wanted["body"]))
        right.update(name for name, mark in marks.items() if mark)
        if verbose:
            report(wanted, found, marks, bodies[-1])
    total = len(gold)
    for name in ("title", "contained", "authors", "date"):
        print(f"{name:10s} {right[name]}/{total} = {right[name] / total:.3f}")
    for index, name in enumerate(("precision", "recall", "F1")):
        print(f"body {name:9s} {sum(body[index] for body in bodies) / total:.3f}")
    print(f"{total / spent:.0f} pages/s ({1000 * spent / total:.2f} ms a page)")


def plain(draft: Draft) -> dict[str, Any]:
    """The first claims of a draft."""
    first = draft.people[0].how.split("[")[0] if draft.people else ""
    authors = [claim.value for claim in draft.people if claim.how.split("[")[0] == first]
    if draft.byline and not authors:
        authors = [
            part
            for part in re.split(r",| and |&|/", re.sub(r"^by ", "", draft.byline[0].value, flags=re.I))
            if part.strip()
        ]
    return {
        "title": draft.headline[0].value if draft.headline else "",
        "authors": authors,
        "date": draft.published[0].value if draft.published else "",
        "body": draft.body,
    }


def settle(draft: Draft, path: str) -> dict[str, Any]:
    """What morgue makes of a draft in the end."""
    from morgue import wire

    article: Any = wire.resolve_draft(draft, Context(path=path, now=time.time()))
    return {
        "title": article.headline,
        "authors": [person.name for person in article.byline],
        "date": article.published.value if article.published else "",
        "body": article.body,
    }


def compare(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, bool]:
    """Which fields are right."""
    title, other = flat(found["title"]), flat(wanted["title"])
    return {
        "title": title == other,
        "contained": bool(title) and (title in other or other in title),
        "authors": sorted(map(flat, found["authors"])) == sorted(map(flat, wanted["authors"] or [])),
        "date": re.sub(r"\D", "", found["date"][:10]) == re.sub(r"\D", "", (wanted["date"] or "")[:10]),
    }


def report(
    wanted: dict[str, Any], found: dict[str, Any], marks: dict[str, bool], body: tuple[float, float, float]
) -> None:
    """Print what is wrong with a page."""
    print(f"{wanted['file']}: body P {body[0]:.3f} R {body[1]:.3f} F1 {body[2]:.3f}")
    for name, key in (("contained", "title"), ("authors", "authors"), ("date", "date")):
        if not marks[name]:
            print(f"    {key}: {found[key]!r} wanted {wanted[key]!r}")
    if body[2] < 0.97:
        extra = [p for p in found["body"].split("\n\n") if flat(p) not in flat(wanted["body"])]
        missing = [p for p in wanted["body"].split("\n\n") if flat(p) not in flat(found["body"])]
        for label, some in (("+", extra), ("-", missing)):
            for paragraph in some[:30]:
                print(f"      {label} {paragraph[:150]}")


if __name__ == "__main__":
    main()
