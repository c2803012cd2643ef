"""What a command uses: time by the clock, processor time, and memory, with the processes that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_EVERY = 0.02  # seconds between two looks at the processes


class Used(NamedTuple):
    """What a command used.

    Attributes:
        code, out, err: exit status and what it printed. wall, cpu: seconds; cpu with that of its own processes.
        peak_mb: the sum of the peaks of its processes, each its own (an upper bound, as they need not coincide); None
            where the system does not tell.
    """

    code: int
    out: str
    err: str
    wall: float
    cpu: float
    peak_mb: float | None


def run(command: Sequence[str], environment: Mapping[str, str] | None = None, *, memory: bool = False) -> Used:
    """Run a command to its end. `memory`: watch the peaks of its processes, which takes a little time itself."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment)
        watch = _Watch(process.pid) if memory and _PROC.is_dir() else None
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    peak = watch.peak() if watch else None
    return Used(process.returncode, texts[0], texts[1], wall, used.ru_utime + used.ru_stime, peak)


def own_peak_mb() -> float:
    """Return the most memory that this process has had.

    From /proc where there is one: what getrusage tells begins with the memory of whoever started the process.
    """
    kilobytes = _peak(os.getpid())
    return (kilobytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


class _Watch(threading.Thread):
    """Looks at a process and all that descend from it until it is gone."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            for pid in _family(self._pid):
                peak = _peak(pid)
                if peak:  # it only grows while the process lives
                    self._peaks[pid] = peak

    def peak(self) -> float:
        self._over.set()
        self.join()
        return sum(self._peaks.values()) / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    for member in found:  # grows while it is gone through
        for children in (_PROC / str(member)).glob("task/*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def _peak(pid: int) -> int:
    """Kilobytes that a process has had at most, 0 when it cannot be told."""
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
