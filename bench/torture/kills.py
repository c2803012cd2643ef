"""kill -9 at random moments of ingest, import, delete, optimize and repair.

A model holds what the archive may be after each kill: what was reported as committed must be there, whole batches at a
time, no article twice, and the next command works without a repair.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bench.torture.work import Failure, State, command, commits, environment, gone, run, sound, state, write_rows

BATCH = 7
FRESH_AFTER = 25  # kills on one index before another is begun
KINDS = {"ingest": 6, "import": 1, "delete": 2, "optimize": 2, "repair": 1}


class Job(NamedTuple):
    """A command, and the states that the archive may be in when it is killed, by articles reported as committed."""

    kind: str
    args: tuple[str, ...]
    states: list[State]
    batch: int = 0

    def allowed(self, reported: int) -> list[State]:
        """Return the states that what was reported leaves possible."""
        return self.states[-(-reported // self.batch) :] if self.batch else self.states


class Killing:
    """One run of this torture, in a folder of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.draw = random.Random(seed)
        self.index = folder / "index"
        self.now: State = {}
        self.version = 0
        self.usual: dict[str, float] = {}
        self.tally: Counter[str] = Counter()
        self.kills = 0

    def job(self) -> Job:
        """Make up the next command."""
        kinds = dict(KINDS) if self.now else {"ingest": 1}
        kind = self.draw.choices(list(kinds), list(kinds.values()))[0]
        if kind == "ingest":
            return self.filing("ingest", ("--batch", str(BATCH), "--jobs", self.draw.choice("1112")))
        if kind == "import":
            return self.importing()
        if kind == "delete":
            chosen = self.draw.sample(sorted(self.now), min(len(self.now), self.draw.randint(1, 9)))
            after = {name: version for name, version in self.now.items() if name not in chosen}
            return Job(kind, ("delete", *chosen), [self.now, after])
        return Job(kind, ("repair", "--rebuild") if kind == "repair" else ("optimize",), [self.now])

    def rows(self) -> list[tuple[str, int]]:
        self.version += 1
        known = self.draw.sample(sorted(self.now), min(len(self.now), self.draw.randint(0, 15)))
        new = [f"a{self.version}-{n}" for n in range(self.draw.randint(5, 60))]
        names = known + new
        self.draw.shuffle(names)
        return [(name, self.version) for name in names]

    def filing(self, kind: str, more: tuple[str, ...]) -> Job:
        rows = self.rows()
        path = self.folder / f"{kind}-{self.version}.jsonl"
        write_rows(path, rows)
        states = [dict(self.now)]
        for start in range(0, len(rows), BATCH):
            states.append({**states[-1], **dict(rows[start : start + BATCH])})
        return Job(kind, (kind, str(path), "--jsonl", *more), states, BATCH)

    def importing(self) -> Job:
        """An import commits once: what it holds is far below a batch."""
        rows = self.rows()
        source, other = self.folder / "rows.jsonl", self.folder / "other"
        write_rows(source, rows)
        shutil.rmtree(other, ignore_errors=True)
        run("ingest", str(source), "--index", str(other), "-q")
        export = self.folder / "export.jsonl"
        export.write_text(run("export", "--index", str(other)).out, encoding="utf-8")
        return Job("import", ("import", str(export), "--jsonl"), [self.now, {**self.now, **dict(rows)}], len(rows))

    def round(self) -> None:
        """Run one command, kill it on the way, and compare."""
        job = self.job()
        out, killed = self.killed(job)
        reported = max(commits(out), default=0)
        found = state(self.index) if (self.index / "morgue.json").exists() else {}
        allowed = job.allowed(reported) if killed else job.states[-1:]
        if found not in allowed:
            raise Failure(
                f"after {job.kind} ({reported} reported): {len(found)} articles where {[len(s) for s in allowed]}"
            )
        if found:
            sound(self.index)
        self.tally[f"{job.kind} {'killed' if killed else 'ended'}"] += 1
        if killed and job.batch and self.draw.random() < 0.25:
            self.resume(job, found)
            found = job.states[-1]
        self.now = found

    def killed(self, job: Job) -> tuple[str, bool]:
        """Run a command and kill it at a random moment after it took the lock; return its stdout, and if in time."""
        lock = self.index / "morgue.lock"
        with contextlib.suppress(FileNotFoundError):
            lock.write_bytes(b"")
        arguments = command(*job.args, "--index", str(self.index))
        child = subprocess.Popen(
            arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
        )
        begun = self.await_lock(child, lock)
        usual = self.usual.get(job.kind, 0.3)
        time.sleep(self.draw.uniform(0, 1.15 * usual))
        killed = child.poll() is None
        if killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
        out, err = child.communicate()
        killed = child.returncode == -signal.SIGKILL
        if not killed:
            self.usual[job.kind] = 0.7 * usual + 0.3 * min(time.monotonic() - begun, 5)
            if child.returncode:
                raise Failure(f"{job.kind} ended with {child.returncode}: {err.decode()[-2000:]}")
        else:
            self.usual[job.kind] = usual * 1.01
        self.kills += killed
        gone(child.pid)
        return out.decode(), killed

    def await_lock(self, child: subprocess.Popen[bytes], lock: Path) -> float:
        """Wait until the command holds the lock; return when."""
        mine = str(child.pid).encode()
        while child.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                if lock.read_bytes() == mine:
                    break
            time.sleep(0.001)
        return time.monotonic()

    def resume(self, job: Job, found: State) -> None:
        """The same command again brings the rest, and only the rest."""
        import json

        done = run(*job.args, "--index", str(self.index))
        if not done.out:
            raise Failure(f"{job.kind} did not resume: {done}")
        last = json.loads(done.out.splitlines()[-1])
        missing = sum(found.get(name) != version for name, version in job.states[-1].items())
        if done.code or state(self.index) != job.states[-1]:
            raise Failure(f"{job.kind} did not resume: {done}")
        if job.kind == "ingest" and last["committed"] != missing:
            raise Failure(f"resumed with {last['committed']} articles where {missing} were missing")
        self.tally["resumed"] += 1


def torture(kills: int, seed: int, *, say: bool = True) -> dict[str, object]:
    """Kill so many commands; return what happened. Raises Failure at the first thing lost, doubled or broken."""
    begun, done, tally, rounds = time.monotonic(), 0, Counter[str](), 0
    while done < kills:
        with tempfile.TemporaryDirectory() as folder:
            run_ = Killing(Path(folder), seed + done)
            while run_.kills < min(FRESH_AFTER, kills - done):
                run_.round()
                rounds += 1
            done += run_.kills
            tally += run_.tally
        if say:
            print(f"{done} kills", flush=True)
    return {
        "kills": done,
        "commands": rounds,
        "what": dict(sorted(tally.items())),
        "lost": 0, "doubled": 0, "repairs": 0,
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip
