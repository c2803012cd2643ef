"""Score what the readers and the wire grammar make of the sample archive against the truth written by hand.

    python bench/quality/corpus.py [-v] [--pin]

Prints a table of fields and of formats; exits with 1 when a field falls below its floor (`floors.json`). `-v` lists
each disagreement. `--pin` writes the present figures as floors: only after a gain, or with a reason in the commit.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from morgue.ingestion.discover import find
from morgue.model import Article, Context, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.beside import Beside, Files
from morgue.wire import resolve_draft

ROOT = Path(__file__).resolve().parents[2]
CORPUS = "corpus"  # relative to ROOT: ids of articles without a stated one are paths from there
EXPECTED = ROOT / CORPUS / "expected.jsonl"
FLOORS = Path(__file__).with_name("floors.json")
FIELDS = (
    "id", "headline", "date", "authors", "contributors", "location", "country", "source", "language", "status",
    "version", "begins", "ends", "subheads",
)  # fmt: skip
# The moment at which the truth was written; later samples must not be dated after it.
NOW = datetime(2026, 11, 30, tzinfo=UTC).timestamp()

Truth = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """How far articles and truth agree.

    Attributes:
        right, total: by field. formats: (format, field) -> [right, total].
        wrong: a line for each disagreement. lost: truth without an article. unexpected: articles without truth.
        rejected: what was refused. unread: paths of formats whose extra is not installed; their truth does not count.
    """

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    formats: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def shares(self) -> dict[str, float]:
        """Right answers by field, from 0 to 1, cut (not rounded) to three places."""
        return {name: int(1000 * self.right[name] / self.total[name]) / 1000 for name in FIELDS if self.total[name]}


def truths() -> list[Truth]:
    """The truth, a mapping per article, in order of path and record."""
    with EXPECTED.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def articles(paths: Iterable[str] = (CORPUS,)) -> Iterator[tuple[str, int, Article | Rejected]]:
    """Yield (path, record, article or rejection) for files under the project's root, read as from a checkout.

    A file whose truth has a `map` is read with that field map (`--map`).
    """
    maps = {row["path"]: row["map"] for row in truths() if "map" in row}
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        sources = list(find(paths))
        files = Files((source.path for source in sources), lambda path: open(path, "rb"))  # noqa: SIM115
        for source in sources:
            if isinstance(source, Rejected):
                yield source.path, source.record, source
                continue
            options = ReadOptions(field_map=maps.get(source.path, {}), beside=Beside(files, source.path))
            with open(source.path, "rb") as stream:
                for item in read_stream(stream, source.path, options):
                    if isinstance(item, Rejected):
                        yield item.path, item.record, item
                    else:
                        context = Context(path=item.path, now=NOW, crawled=getattr(item, "crawled", ""))
                        yield item.path, item.record, resolve_draft(item, context)
    finally:
        os.chdir(before)


def score(found: Iterable[tuple[str, int, Article | Rejected]], expected: Iterable[Truth]) -> Score:
    """Compare articles with the truth, matched by id, else by path and record."""
    result = Score()
    rows = list(expected)
    by_id = {(row["path"], row["id"]): row for row in rows}
    by_record = {(row["path"], row["record"]): row for row in rows}
    seen: set[int] = set()
    for path, record, item in found:
        if isinstance(item, Rejected):
            if "needs an extra package" in item.why:
                result.unread.add(path)
            else:
                result.rejected.append(item)
            continue
        row = by_id.get((path, item.id)) or by_record.get((path, record))
        row = (
            row
            or (by_record.get((path, 1)) if not record else None)
            or (by_record.get((path, 0)) if record == 1 else None)
        )
        if row is None or id(row) in seen:
            result.unexpected.append(f"{path}#{record} {item.headline[:60]!r}")
            continue
        seen.add(id(row))
        _compare(result, row, item)
    result.lost = [
        f"{row['path']}#{row['record']}" for row in rows if id(row) not in seen and row["path"] not in result.unread
    ]
    return result


def _compare(result: Score, row: Truth, item: Article) -> None:
    values = answers(item)
    for name in FIELDS:
        if name not in row:
            continue
        agrees = right(name, values[name], row)
        result.total[name] += 1
        result.right[name] += agrees
        result.formats[row["format"]][name] += agrees
        result.formats[row["format"]][f"{name}/n"] += 1
        if not agrees:
            result.wrong.append(f"{row['path']}#{row['record']} {name}: {values[name]!r}, should be {row[name]!r}")


def answers(item: Article) -> dict[str, Any]:
    """An article's fields under the names that the truth uses."""
    return {
        "id": item.id,
        "headline": item.headline,
        "date": item.published.value if item.published else "",
        "authors": [person.name for person in item.byline],
        "contributors": [person.name for person in item.contributors],
        "location": item.location.raw if item.location else "",
        "country": (item.location.country or "") if item.location else "",
        "source": item.source,
        "language": item.language,
        "status": item.status,
        "version": item.version,
        "begins": " ".join(item.body[:200].split()),
        "ends": " ".join(item.body[-200:].split()),
        "subheads": [item.body.split("\n\n")[number] for number in item.subheads],
    }


def right(name: str, answer: Any, row: Truth) -> bool:
    """Whether an answer is the truth or one of the alternatives that `NAME_ok` lists."""
    others = row.get(f"{name}_ok", [])
    return "*" in others or any(_SAME[name](answer, option) for option in (row[name], *others))


def _words(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text or "").casefold()).strip()


def _same_text(one: str, other: str | None) -> bool:
    return _words(one) == _words(other)


def _same_names(one: list[str], other: list[str]) -> bool:
    return sorted(map(_words, one)) == sorted(map(_words, other))


def _same_place(one: str, other: str | None) -> bool:
    """The same place as printed, or the same city."""
    if not one or not other:
        return not one and not other
    return _words(one) == _words(other) or _words(re.split("[,،]", one)[0]) == _words(re.split("[,،]", other)[0])


def _same_date(one: str, other: str | None) -> bool:
    """The same moment, or the same text where the date is less than an instant."""
    if not one or not other:
        return not one and not other
    if "T" not in one or "T" not in other:
        return one == other
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if (first.tzinfo is None) != (second.tzinfo is None):
        return False
    return abs((first - second).total_seconds()) < 60


def _same_language(one: str, other: str | None) -> bool:
    return one.split("-")[0].casefold() == (other or "").casefold()


_SAME: dict[str, Any] = {
    "id": lambda one, other: one == other,
    "headline": _same_text,
    "date": _same_date,
    "authors": _same_names,
    "contributors": _same_names,
    "location": _same_place,
    "country": lambda one, other: one == (other or ""),
    "source": _same_text,
    "language": _same_language,
    "status": lambda one, other: one == other,
    "version": _same_text,
    "begins": lambda one, other: one.startswith(other),
    "ends": lambda one, other: one.endswith(other),
    "subheads": lambda one, other: one == other,
}


def floors() -> dict[str, float]:
    """The pinned least share of right answers by field, and `lost`, `unexpected`, `rejected`: the most of each."""
    return dict(json.loads(FLOORS.read_text("utf-8"))["corpus"])


def below_floor(result: Score) -> list[str]:
    """A sentence for each floor that is missed."""
    least = floors()
    shares = result.shares()
    counts = {"lost": len(result.lost), "unexpected": len(result.unexpected), "rejected": len(result.rejected)}
    missed = [
        f"{name}: {share:.3f} is below {least[name]:.3f}"
        for name, share in shares.items()
        if share < least.get(name, 0.0)
    ]
    return missed + [
        f"{name}: {count}, at most {least[name]:.0f}" for name, count in counts.items() if count > least[name]
    ]


def pin(result: Score) -> None:
    """Write the present figures as floors, leaving other floors as they are."""
    known = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    counts = {"lost": len(result.lost), "unexpected": len(result.unexpected), "rejected": len(result.rejected)}
    known["corpus"] = {**result.shares(), **counts}
    FLOORS.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")


def table(result: Score) -> str:
    """The figures as text: fields, then formats with the fields that are not perfect."""
    lines = [f"{'field':14}{'right':>6}{'of':>6}{'share':>8}"]
    lines += [
        f"{name:14}{result.right[name]:6}{result.total[name]:6}{share:8.3f}" for name, share in result.shares().items()
    ]
    for name, counts in sorted(result.formats.items()):
        poor = [f"{f} {counts[f]}/{counts[f'{f}/n']}" for f in FIELDS if counts[f] < counts[f"{f}/n"]]
        lines.append(f"  {name:12}{counts['headline/n']:4}  {', '.join(poor) or 'all right'}")
    lines += [f"not read for want of an extra: {path}" for path in sorted(result.unread)]
    lines.append(f"lost {len(result.lost)}, unexpected {len(result.unexpected)}, rejected {len(result.rejected)}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit status. arguments: those of the command line when None."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-v", "--verbose", action="store_true", help="list each disagreement")
    parser.add_argument("--pin", action="store_true", help="write the present figures as floors")
    options = parser.parse_args(arguments)
    result = score(articles(), truths())
    print(table(result))
    if options.verbose:
        print(
            *result.wrong,
            *(f"lost: {x}" for x in result.lost),
            *(f"unexpected: {x}" for x in result.unexpected),
            sep="\n",
        )
        print(*(f"rejected: {item.where}: {item.why}" for item in result.rejected), sep="\n")
    if options.pin:
        pin(result)
    missed = below_floor(result)
    print(*missed, sep="\n", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
