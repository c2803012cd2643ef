"""A power cut at every moment, as far as the order of system calls can show.

A command is recorded with strace. After each call a model holds what a disk may have that keeps nothing but what was
synced: a file's bytes only as of its last fsync, a folder's names only as of its own (a rename or removal since then
may or may not be there). At no moment may `morgue.json` be able to name a file that might be missing or incomplete; and
what is printed as committed must be beyond loss.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.torture.disk import COMMANDS, Disk
from bench.torture.work import Failure, run

_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (\S+).*$")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HANDLE = re.compile(r"^(\d+)<([^>]*)>")


@dataclass
class File:
    """A file, whatever its name: its bytes as far as they matter, and whether they are all on disk."""

    data: bytes = b""
    synced: bool = True


@dataclass
class Model:
    """A folder as the system sees it (`now`), and as the disk is sure to have it (`sure`)."""

    folder: str
    now: dict[str, File] = field(default_factory=dict)
    sure: dict[str, File] = field(default_factory=dict)
    records: list[File] = field(default_factory=list)  # those that may be found as morgue.json
    checks: int = 0

    def _name(self, path: str) -> str | None:
        head, _, tail = path.rpartition("/")
        return tail if head == self.folder else None

    def call(self, name: str, arguments: str) -> None:
        """Take in one successful system call."""
        strings = [ast.literal_eval(f'b"{text}"') for text in _STRING.findall(arguments)]
        handle = _HANDLE.match(arguments)
        path = handle[2] if handle else ""
        own = self._name(path)
        if name == "openat" and "O_CREAT" in arguments:
            created = self._name(self._full(strings[0].decode(), arguments))
            if created:
                self.now.setdefault(created, File())
        elif name in ("write", "pwrite64", "ftruncate") and own in self.now:
            file = self.now[own]
            file.synced = False
            file.data += strings[0] if strings else b""
        elif name in ("fsync", "fdatasync"):
            if path == self.folder:
                self.sure = dict(self.now)
                self.records = [self.now["morgue.json"]] if "morgue.json" in self.now else []
            elif own in self.now:
                self.now[own].synced = True
        elif name.startswith("rename"):
            source, target = (self._name(self._full(each.decode(), arguments)) for each in strings)
            if source and target:
                self.now[target] = self.now.pop(source)
                if target == "morgue.json":
                    self.records.append(self.now[target])
        elif name.startswith("unlink"):
            self.now.pop(self._name(self._full(strings[0].decode(), arguments)) or "", None)

    def _full(self, path: str, arguments: str) -> str:
        base = re.match(r"AT_FDCWD<([^>]*)>", arguments)
        return path if path.startswith("/") or not base else f"{base[1]}/{path}"

    def check(self, what: str) -> None:
        """Raise Failure when a power cut now could leave a commit record without its files."""
        self.checks += 1
        for record in self.records:
            if not record.synced:
                raise Failure(f"{what}: the commit record is in place before it is synced")
            for name in _named(record):
                file = self.now.get(name)
                if file is None or self.sure.get(name) is not file:
                    raise Failure(f"{what}: {name} is named, and its own name is not safe on disk")
                if not file.synced:
                    raise Failure(f"{what}: {name} is named before its bytes are synced")

    def reported(self, what: str) -> None:
        """Raise Failure when something is told as committed that a power cut could still take."""
        now = self.now.get("morgue.json")
        if now is None or self.sure.get("morgue.json") is not now:
            raise Failure(f"{what}: told before the commit was safe")


def _named(record: File) -> list[str]:
    content = json.loads(record.data)
    found = []
    for segment in content["segments"]:
        found.append(segment["name"])
        if "deletions" in segment:
            found.append(segment["deletions"]["name"])
    return found


def events(trace: Path) -> Iterator[tuple[str, str]]:
    """Yield the successful calls of a trace in the order in which they ended: name and arguments."""
    begun: dict[str, str] = {}
    for line in trace.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        if unfinished := _UNFINISHED.match(line):
            begun[unfinished[1]] = line.removesuffix(" <unfinished ...>")
            continue
        if resumed := _RESUMED.match(line):
            line = begun.pop(resumed[1], "") + resumed[2]
        call = _CALL.match(line)
        if call and not call[4].startswith("-"):
            yield call[2], call[3]


def watch(disk: Disk, kind: str, *, empty: bool) -> Counter[str]:
    """Record a command and follow its calls."""
    trace, index = disk.folder / "trace", disk.folder / "cut"
    shutil.rmtree(index, ignore_errors=True)
    if not empty:
        disk.fresh(index)
    calls = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"
    prefix = ("strace", "-f", "-qq", "-y", "-s", "10000000", "-e", f"trace={calls}", "-o", str(trace))
    done = run(*disk.command(kind, index), prefix=prefix)
    disk.must(done)
    model, seen = Model(str(index)), Counter[str]()
    if not empty:
        for path in disk.start.iterdir():
            model.now[path.name] = File(path.read_bytes() if path.suffix == ".json" else b"")
        model.sure, model.records = dict(model.now), [model.now["morgue.json"]]
    for name, arguments in events(trace):
        model.call(name, arguments)
        model.check(f"{kind}: after {name}({arguments[:120]})")
        if name == "write" and '\\"type\\":\\"commit\\"' in arguments and arguments.startswith("1<"):
            model.reported(kind)
            seen["commit lines, each after its commit was safe"] += 1
        seen["file syncs" if name == "fsync" and "</" in arguments else "other calls"] += 1
    seen["moments checked"] += model.checks
    model.reported(f"{kind}: its end")
    return seen


def torture() -> dict[str, object]:
    """Follow every command that writes. Raises Failure at the first moment at which a power cut could do harm."""
    begun = time.monotonic()
    if not shutil.which("strace"):
        return {"skipped": "strace is not there"}
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(Path(folder).resolve())
        told = {kind: dict(watch(disk, kind, empty=False)) for kind in COMMANDS}
        told["first ingest"] = dict(watch(disk, "ingest", empty=True))
    return {"commands": told, "seconds": round(time.monotonic() - begun, 1)}
