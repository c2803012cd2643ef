"""What the tortures share: articles by number, the command as a process, and an archive read back as a model."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "harbour", "strike", "cocoa", "minister", "flood", "railway", "election", "remains", "vaccine", "ceasefire",
    "tariff", "orchard", "verdict",
)  # fmt: skip

State = dict[str, int]
"""An archive as a model has it: id -> version of the article."""


class Failure(Exception):
    """Something that was promised does not hold."""


class Ended(NamedTuple):
    """How a command ended: exit status (negative: the signal), stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def clean(self) -> bool:
        """Whether it says in words what is wrong, rather than in a traceback."""
        return "Traceback" not in self.err and "this is a bug" not in self.err and self.code != 70


def article(name: str, version: int) -> dict[str, str]:
    """Return the record of an article in a version, the same every time."""
    draw = random.Random(f"{name} {version}")
    body = "\n\n".join(" ".join(draw.choices(WORDS, k=25)) + "." for _ in range(3))
    return {
        "id": name,
        "headline": f"Story {name} v{version}",
        "body": f"{body} version{version}",
        "date": "2026-01-13",
    }


def write_rows(path: Path, rows: Iterable[tuple[str, int]]) -> None:
    """Write articles to a JSON Lines file."""
    path.write_text("".join(json.dumps(article(name, version)) + "\n" for name, version in rows), encoding="utf-8")


def environment(**changes: str) -> dict[str, str]:
    """Return the environment for a command of this tree."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "MORGUE_CONFIG": "", "LANG": "C.UTF-8", "TZ": "UTC", **changes}


def command(*args: str) -> list[str]:
    """Return the command line that runs morgue in this interpreter."""
    return [sys.executable, "-m", "morgue", *args]


def run(*args: str, prefix: tuple[str, ...] = (), timeout: float = 120, **options: object) -> Ended:
    """Run morgue to its end; whoever waits in vain gets a Failure."""
    try:
        done = subprocess.run(
            [*prefix, *command(*args)], capture_output=True, env=environment(), timeout=timeout, check=False,
            stdin=subprocess.DEVNULL, **options,  # type: ignore[call-overload]
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Failure(f"morgue {' '.join(args)} hangs") from error
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def state(index: Path) -> State:
    """Read back what an archive holds; a Failure when an article is there twice or cannot be found by its words."""
    from morgue import Archive

    found: State = {}
    with Archive.open(index) as archive:
        for record in archive.records():
            if record["id"] in found:
                raise Failure(f"article {record['id']} is there twice")
            found[record["id"]] = int(record["headline"].rpartition("v")[2])
        if archive.count("*")[0] != len(found):
            raise Failure(f"{archive.count('*')[0]} articles match everything, {len(found)} are there")
        for version in set(found.values()):
            wanted = sum(each == version for each in found.values())
            if archive.count(f"version{version}")[0] != wanted:
                raise Failure(f"{archive.count(f'version{version}')[0]} articles have version {version}, not {wanted}")
    return found


def sound(index: Path) -> None:
    """Raise Failure when a full check finds anything."""
    from morgue import Archive

    faults = Archive.check(index)
    if faults:
        raise Failure(f"check found {faults[:3]}")


def litter(index: Path) -> set[str]:
    """Return files of an index folder that its commit does not need."""
    from morgue.engine.files import manifest, toc

    record = manifest.read(index)
    known = record.files() | {"morgue.json", "morgue.lock", "ledger.sqlite3"}
    known |= {toc.name(generation) for generation in (record.generation, record.generation - 1)}
    return {path.name for path in index.iterdir()} - known


def commits(out: str) -> list[int]:
    """Return how many articles each whole progress line reported as committed."""
    counts = []
    for line in out.splitlines(keepends=True):
        if line.endswith("\n") and '"type":"commit"' in line:
            counts.append(json.loads(line)["committed"])
    return counts


def alive_in_session(leader: int) -> list[int]:
    """Return the processes of a session that are still there (Linux; elsewhere none are seen)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def gone(leader: int, seconds: float = 10) -> None:
    """Wait until no process of a session is left; a Failure when one stays."""
    deadline = time.monotonic() + seconds
    while left := alive_in_session(leader):
        if time.monotonic() > deadline:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            raise Failure(f"helper processes outlived their parent: {len(left)}")
        time.sleep(0.02)
