"""Every file of an index flipped at random bytes and cut at every boundary.

`check` must find each damage; opening, searching, showing and counting must end soon, in an answer or in the error that
says so (exit code 3).
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import struct
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.torture.work import Failure, command, run, write_rows

PATIENCE = 10.0  # seconds that a search in a damaged index of a few articles may take at most
QUERIES = (
    "harbour", "strike w/5 cocoa", '"minister flood"', "elect*", "harbor~", "/rail.*/", "date:2026-01", "words:>10",
    "headline:story -verdict", "tariff w/s orchard", "*", "version2 OR version3",
)  # fmt: skip


def make(folder: Path) -> Path:
    """Make an index of three segments with deletions."""
    index = folder / "whole"
    for version, names in ((1, range(40)), (2, range(30, 60)), (3, range(55, 70))):
        write_rows(folder / "rows.jsonl", [(f"a{n}", version) for n in names])
        done = run("ingest", str(folder / "rows.jsonl"), "--index", str(index), "-q")
        if done.code:
            raise Failure(str(done))
    return index


def use(index: Path) -> str:
    """Do what readers do; return `answered` or the name of the error."""
    from morgue import Archive
    from morgue.errors import IndexProblem, UsageError

    begun = time.monotonic()
    try:
        with Archive.open(index) as archive:
            for query in QUERIES:
                archive.search(query, limit=5, passages=True)
                archive.count(query)
            archive.facets("*", "month")
            archive.stats()
            archive.suggest("ha")
            for record in archive.records():
                with contextlib.suppress(UsageError):  # a forged id is nobody's
                    archive.similar(record["id"], limit=2)
                break
            return "answered"
    except IndexProblem as error:
        return type(error).__name__
    finally:
        took = time.monotonic() - begun
        if took > PATIENCE:
            raise Failure(f"a search in a damaged index took {took:.1f} s")


def boundaries(data: bytes) -> list[int]:
    """Return where parts of a file begin and end: sections of a segment, lines of a commit record, powers of two."""
    places = {0, 1, len(data) - 1, len(data) // 2, *(1 << n for n in range(1, 20))}
    if data[:8] == b"MORGUESG":
        offset, length = struct.unpack_from("<QI", data, len(data) - 24)
        table = json.loads(data[offset : offset + length])
        for start, size, *_ in table["sections"].values():
            places |= {start, start + size}
        places |= {offset, offset + length}
    else:
        places |= {at for at, byte in enumerate(data) if byte == 0x0A}
    near = {place + step for place in places for step in (-1, 0, 1)}
    return sorted(place for place in near if 0 <= place < len(data))


def torture(flips: int, cut_share: float, seed: int) -> dict[str, object]:
    """Damage copies of an index.

    Args:
        flips: bits flipped in each file, one at a time.
        cut_share: of the boundaries, how many are cut at (1.0: all).
        seed: of the draw.
    """
    draw, tally, begun = random.Random(seed), Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        whole = make(folder)
        names = sorted(path.name for path in whole.iterdir() if path.suffix in (".seg", ".del", ".json"))
        for name in names:
            data = (whole / name).read_bytes()
            for _ in range(flips):
                at, bit = draw.randrange(len(data)), 1 << draw.randrange(8)
                changed = bytearray(data)
                changed[at] ^= bit
                tally[f"flip: {_damaged(whole, folder / 'x', name, bytes(changed), f'bit {bit} at {at}')}"] += 1
            cuts = boundaries(data)
            for size in draw.sample(cuts, max(1, int(len(cuts) * cut_share))):
                tally[f"cut: {_damaged(whole, folder / 'x', name, data[:size], f'cut at {size}')}"] += 1
            _damaged(whole, folder / "x", name, None, "missing")
            tally["missing file: found"] += 1
            if flips >= 10 or name == names[0]:
                tally["exit codes of the command compared"] += _command(folder / "x", name)
    return {
        "files": names, "damages": tally.total(), "what then": dict(sorted(tally.items())), "unseen by check": 0,
        "crashes": 0, "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip


def _damaged(whole: Path, folder: Path, name: str, data: bytes | None, what: str) -> str:
    from morgue import Archive
    from morgue.errors import IndexProblem

    if not folder.exists():
        shutil.copytree(whole, folder)
    for path in whole.iterdir():
        if path.name != "morgue.lock":
            shutil.copyfile(path, folder / path.name)
    if data is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data)
    try:
        found = bool(Archive.check(folder))
    except IndexProblem:  # the version in the commit record
        found = True
    if not found:
        raise Failure(f"check does not see {name}: {what}")
    try:
        return use(folder)
    except Failure:
        raise
    except Exception as error:
        raise Failure(f"{name}, {what}: {error!r}") from error


def _command(folder: Path, name: str) -> int:
    """The command itself, on a file that is missing: exit code 3 and a sentence."""
    for args in (("search", "harbour"), ("check",), ("check", "--fast"), ("stats",), ("count", "strike")):
        done = run(*args, "--index", str(folder))
        if done.code != 3 or not done.clean:
            raise Failure(f"{' '.join(command(*args)[2:])} without {name}: {done}")
    return 5
