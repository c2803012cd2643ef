"""A disk that is full, over quota or failing at every stage of every command that writes.

Three ways: a small tmpfs with so many bytes left (as root), a limit on the size of files or on open files (prlimit),
and single system calls that fail, one after the other (strace). Each time: a sentence and exit code 3, the old index or
the new one whole, no temporary file left, and the same command works once the machine does again.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.torture.work import Ended, Failure, State, commits, litter, run, sound, state, write_rows

COMMANDS: dict[str, tuple[str, ...]] = {
    "ingest": ("ingest", "rows.jsonl", "--jsonl", "--batch", "20", "--jobs", "1"),
    "import": ("import", "export.jsonl", "--jsonl"),
    "delete": ("delete", "a1", "a9", "a33"),
    "optimize": ("optimize",),
    "repair": ("repair", "--rebuild"),
}
FAULTS = {
    "write": ("ENOSPC", "EDQUOT"), "pwrite64": ("ENOSPC", "EDQUOT"), "fsync": ("EIO", "ENOSPC"), "fdatasync": ("EIO",),
    "rename": ("ENOSPC", "EIO"), "openat": ("EMFILE", "ENOSPC", "EROFS"), "mmap": ("ENOMEM",),
}  # fmt: skip


class Disk:
    """An index to begin from, and what each command makes of it."""

    def __init__(self, folder: Path, kinds: tuple[str, ...] = tuple(COMMANDS)) -> None:
        self.folder = folder
        self.kinds = kinds
        self.start = folder / "start"
        for version, names in ((1, range(30)), (2, range(20, 40))):
            write_rows(folder / "rows.jsonl", [(f"a{n}", version) for n in names])
            self.must(run("ingest", str(folder / "rows.jsonl"), "--index", str(self.start), "-q"))
        self.must(run("delete", "a3", "--index", str(self.start), "-q"))
        other = folder / "other"
        write_rows(folder / "rows.jsonl", [(f"a{n}", 3) for n in range(10, 70)])
        self.must(run("ingest", str(folder / "rows.jsonl"), "--index", str(other), "-q"))
        (folder / "export.jsonl").write_text(run("export", "--index", str(other)).out, encoding="utf-8")
        self.before = state(self.start)

    @staticmethod
    def must(done: Ended) -> None:
        """Raise Failure unless a command went well."""
        if done.code:
            raise Failure(str(done))

    def states(self, kind: str) -> list[State]:
        """Return the states that a command may leave, the last one when it went well."""
        if kind == "ingest":
            rows = [(f"a{n}", 3) for n in range(10, 70)]
            return [{**self.before, **dict(rows[:end])} for end in range(0, 61, 20)]
        if kind == "import":
            return [self.before, {**self.before, **{f"a{n}": 3 for n in range(10, 70)}}]
        if kind == "delete":
            return [self.before, {k: v for k, v in self.before.items() if k not in ("a1", "a9", "a33")}]
        return [self.before]

    def fresh(self, where: Path) -> Path:
        """Return a copy of the index."""
        shutil.rmtree(where, ignore_errors=True)
        shutil.copytree(self.start, where)
        return where

    def command(self, kind: str, index: Path) -> list[str]:
        """Return a command's words, files by their full paths."""
        words = [str(self.folder / word) if word.endswith(".jsonl") else word for word in COMMANDS[kind]]
        return [*words, "--index", str(index)]

    def judge(self, kind: str, index: Path, done: Ended, what: str) -> str:
        """Compare what a command left with what it may leave; return how it ended."""
        if not done.clean or done.code not in (0, 3):
            raise Failure(f"{kind}, {what}: {done.code} {done.err[-1500:]}")
        if done.code and not done.err.startswith("morgue: "):
            raise Failure(f"{kind}, {what}: says {done.err!r}")
        found, states = state(index), self.states(kind)
        reported = max(commits(done.out), default=0)
        if reported:
            states = states[-(-reported // 20) if kind == "ingest" else -1 :]
        if found not in (states if done.code else states[-1:]):
            raise Failure(f"{kind}, {what}: {len(found)} articles (exit code {done.code}, {reported} reported)")
        sound(index)
        # While no file can be opened, not even the commit record that says what is left over, nothing is swept. When a
        # folder cannot be synced, both commits keep their files: either may be the one that the disk has.
        excused = done.code and re.fullmatch(r"openat \d+\+? \w+|nofile \d+|fsync \d+\+? \w+", what)
        if (left := litter(index)) and not excused:
            raise Failure(f"{kind}, {what}: left over {sorted(left)}")
        return "told" if done.code else "went well"

    def again(self, kind: str, index: Path, what: str) -> None:
        """Now that nothing stands in the way, the command works."""
        done = run(*self.command(kind, index))
        if done.code not in ((0, 1) if kind == "delete" else (0,)):  # 1: deleted before
            raise Failure(f"{kind} after {what}: {done}")
        if state(index) != self.states(kind)[-1]:
            raise Failure(f"{kind} after {what} is not whole")
        if left := litter(index):
            raise Failure(f"{kind} after {what}: left over {sorted(left)}")


def limits(disk: Disk, steps: int, draw: random.Random) -> Counter[str]:
    """Limits of the process: bytes of a file, open files, memory."""
    tally: Counter[str] = Counter()
    if not shutil.which("prlimit"):
        return Counter({"prlimit is not there": 1})
    biggest = max(path.stat().st_size for path in disk.start.iterdir()) * 3
    for kind in disk.kinds:
        chosen = [("fsize", draw.randrange(biggest)) for _ in range(steps)]
        chosen += [("nofile", draw.randint(8, 24)) for _ in range(max(1, steps // 3))]
        for name, value in chosen:
            index = disk.fresh(disk.folder / "limited")
            done = run(*disk.command(kind, index), prefix=("prlimit", f"--{name}={value}"))
            if name == "nofile" and ("Fatal Python" in done.err or "ImportError" in done.err or not done.err):
                tally["nofile: below what Python needs to start"] += 1
                continue
            tally[f"{name} {kind}: {disk.judge(kind, index, done, f'{name} {value}')}"] += 1
            disk.again(kind, index, name)
    return tally


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """Mount a tmpfs of so many bytes; None where that is not allowed."""
    folder.mkdir(exist_ok=True)
    mounted = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None
    if mounted:
        arguments = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        mounted = subprocess.run(arguments, capture_output=True, check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def full(disk: Disk, steps: int, draw: random.Random) -> Counter[str]:
    """A tmpfs with fewer and fewer bytes left."""
    tally: Counter[str] = Counter()
    size = 8 << 20
    with small_disk(disk.folder / "small", size) as small:
        if small is None:
            return Counter({"no tmpfs may be mounted": 1})
        for kind in disk.kinds:
            for _ in range(steps):
                free = draw.randrange(0, 200_000)
                index = disk.fresh(small / "index")
                filler = small / "filler"
                used = shutil.disk_usage(small).free
                filler.write_bytes(bytes(max(used - free, 0)))
                done = run(*disk.command(kind, index))
                tally[f"tmpfs {kind}: {disk.judge(kind, index, done, f'{free} bytes free')}"] += 1
                filler.unlink()
                disk.again(kind, index, "a full disk")
    return tally


def calls(disk: Disk, share: float, draw: random.Random) -> Counter[str]:
    """Every system call on a file of the index fails once, or from then on."""
    tally: Counter[str] = Counter()
    if not shutil.which("strace"):
        return Counter({"strace is not there": 1})
    trace = disk.folder / "trace"
    names = [f"{n:06}.seg{tmp}" for n in range(1, 30) for tmp in ("", ".tmp")]
    names += [f"{n:06}-{g}.del{tmp}" for n in range(1, 9) for g in range(2, 9) for tmp in ("", ".tmp")]
    names += [
        "morgue.json",
        "morgue.json.tmp",
        "morgue.lock",
        "morgue.begun",
        "ledger.sqlite3",
        "ledger.sqlite3-journal",
    ]
    for kind in disk.kinds:
        index = disk.folder / "called"
        files = [word for name in ["", *names] for word in ("-P", str(index / name))]
        prefix = ("strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(FAULTS)}")
        disk.fresh(index)
        disk.must(run(*disk.command(kind, index), prefix=(*prefix, *files)))
        seen = Counter(re.findall(r"^\d+ +(\w+)\(", trace.read_text(errors="replace"), re.MULTILINE))
        cases = [
            (name, error, f"{nth}{onward}")
            for name, errors in FAULTS.items() for error in errors
            for nth in range(1, seen[name] + 1) for onward in ("", "+")
        ]  # fmt: skip
        for name, error, when in draw.sample(cases, max(1, int(len(cases) * share))):
            disk.fresh(index)
            inject = ("-e", f"inject={name}:error={error}:when={when}")
            done = run(*disk.command(kind, index), prefix=(*prefix, *inject, *files))
            tally[f"{name} {kind}: {disk.judge(kind, index, done, f'{name} {when} {error}')}"] += 1
            disk.again(kind, index, f"{name} {error}")
    return tally


def torture(steps: int, share: float, seed: int, kinds: int = len(COMMANDS)) -> dict[str, object]:
    """Do all three.

    Args:
        steps: draws per command and limit. share: of the failing calls, how many are tried.
        seed: of the draws. kinds: how many of the commands are tried.
    """
    draw, begun = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder), tuple(draw.sample(list(COMMANDS), kinds)))
        tally = limits(disk, steps, draw)
        tally += full(disk, steps, draw)
        tally += calls(disk, share, draw)
    return {
        "cases": tally.total(), "how they ended": dict(sorted(tally.items())), "lost": 0, "left over": 0,
        "tracebacks": 0, "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
