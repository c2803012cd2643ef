"""Try to break an archive: `python -m bench.torture [WHAT …] [--short] [--out FILE]`.

WHAT: kills, crowd, damage, disk, power, fuzz (all, when none is named). The short form takes about a minute in all and
runs with the tests; the full form is for an hour by hand. Ends with 1 at the first promise that does not hold.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

Result = dict[str, object]


def _kills(short: bool, options: argparse.Namespace) -> Result:
    from bench.torture import kills

    return kills.torture(options.kills or (10 if short else 500), options.seed, say=not short)


def _crowd(short: bool, options: argparse.Namespace) -> Result:
    from bench.torture import crowd

    return crowd.torture(options.seconds or (6 if short else 600))


def _damage(short: bool, options: argparse.Namespace) -> Result:
    from bench.torture import damage

    return damage.torture(3 if short else 400, options.share or (0.03 if short else 1.0), options.seed)


def _disk(short: bool, options: argparse.Namespace) -> Result:
    from bench.torture import disk

    share = options.share if options.share is not None else 0.0 if short else 1.0
    return disk.torture(1 if short else 8, share, options.seed, 1 if short else 5)


def _power(short: bool, options: argparse.Namespace) -> Result:
    del short, options
    from bench.torture import power

    return power.torture()


def _fuzz(short: bool, options: argparse.Namespace) -> Result:
    from bench.torture import fuzz

    return fuzz.torture(options.seconds or (8 if short else 600), options.seed)


WHAT: dict[str, Callable[[bool, argparse.Namespace], Result]] = {
    "kills": _kills, "crowd": _crowd, "damage": _damage, "disk": _disk, "power": _power, "fuzz": _fuzz,
}  # fmt: skip


def main() -> int:
    """Run what is named; print, and write with --out, what was done and found."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=", ".join(WHAT))
    parser.add_argument("--short", action="store_true", help="a minute in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, help="how many (kills)")
    parser.add_argument("--seconds", type=float, help="how long (crowd, fuzz)")
    parser.add_argument("--share", type=float, help="of the cuts and failing calls, how many are tried (damage, disk)")
    parser.add_argument("--out", type=Path, help="a folder for a JSON file each")
    options = parser.parse_args()
    if unknown := set(options.what) - set(WHAT):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    from bench.torture.work import Failure

    for name in options.what or WHAT:
        try:
            result = WHAT[name](options.short, options)
        except Failure as failure:
            print(f"{name}: FAILED: {failure}", file=sys.stderr)
            return 1
        result = {"python": platform.python_version(), "system": platform.system(), "seed": options.seed, **result}
        print(f"{name}: {json.dumps(result, indent=1)}")
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
