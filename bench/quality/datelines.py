"""Score the dateline scanner on a table of datelines and look-alikes.

    python -m bench.quality.datelines [--data ../shared/data/gold/datelines.jsonl]

Right means: found (or not) as it should, and place, region, year, month, day and agency as given. Exits with status 1
below 98 % right or when a look-alike was taken.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from morgue.wire.dateline import scan

DEFAULT = Path("../shared/data/gold/datelines.jsonl")
FLOOR = 0.98


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", text or "").strip().casefold()


def differences(row: dict[str, Any]) -> list[str]:
    """Return what is wrong with the parse of one row, [] when it is right."""
    found = scan.find(row["text"])
    if not row["is_dateline"]:
        return ["taken"] if found else []
    if found is None:
        return ["missed"]
    wanted = ", ".join(part for part in (row["place"], row["region"]) if part)
    wrong = [] if _plain(found.place) == _plain(wanted) else [f"place {found.place!r}, not {wanted!r}"]
    wrong += [] if _plain(found.agency) == _plain(row["agency"]) else [f"agency {found.agency!r}"]
    for part in ("year", "month", "day"):
        value = getattr(found, part) or None
        wrong += [] if value == row[part] else [f"{part} {value}"]
    return wrong


def main() -> int:
    """Print what is wrong and the share that is right."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT)
    path = parser.parse_args().data
    if not path.exists():
        print(f"{path} is absent: nothing scored", file=sys.stderr)
        return 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [(row, found) for row in rows if (found := differences(row))]
    for row, found in wrong:
        print(f"{row['text'][:70]!r}: {'; '.join(found)}")
    taken = sum(1 for _, found in wrong if found == ["taken"])
    right = len(rows) - len(wrong)
    print(f"{right} of {len(rows)} right ({right / len(rows):.1%}), {taken} look-alikes taken")
    return int(right / len(rows) < FLOOR or taken > 0)


if __name__ == "__main__":
    raise SystemExit(main())
