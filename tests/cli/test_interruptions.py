"""Ctrl-C, SIGTERM, SIGHUP and closed pipes at any moment: a whole index, a true summary, the right exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, IngestOptions, ingest
from morgue.cli.signals import politely
from morgue.runtime.interrupts import interrupt, shielded
from support.cli_process import environment

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
COUNT = 1000


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    with path.open("w") as file:
        for n in range(COUNT):
            body = f"Ship {n} left port {n % 7} for the harbour of town {n % 31}."
            file.write(json.dumps({"id": f"s{n}", "headline": f"Story {n}", "body": body}) + "\n")
    return path


def start(rows: Path, index: Path, *more: str, **pipes: Any) -> subprocess.Popen[bytes]:
    arguments = ["ingest", str(rows), "--index", str(index), "--jsonl", "--batch", "100", *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes}
    return subprocess.Popen([sys.executable, "-m", "morgue", *arguments], env=environment(), **pipes)


def await_lock(child: subprocess.Popen[bytes], index: Path) -> None:
    while child.poll() is None:
        with contextlib.suppress(OSError):
            if (index / "morgue.lock").read_bytes() == str(child.pid).encode():
                return
        time.sleep(0.002)


def ids(index: Path) -> set[str]:
    with Archive.open(index) as archive:
        return {record["id"] for record in archive.records()}


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_signal_ends_in_a_whole_index_and_a_true_summary(rows: Path, tmp_path: Path, name: str, jobs: str) -> None:
    draw = random.Random(f"{name} {jobs}")
    for number in range(2):
        index = tmp_path / f"{number}"
        child = start(rows, index, "--jobs", jobs)
        await_lock(child, index)
        time.sleep(draw.uniform(0, 0.5))
        child.send_signal(getattr(signal, name))
        out, err = child.communicate(timeout=60)
        summary = json.loads(out.splitlines()[-1])
        found = ids(index) if (index / "morgue.json").exists() else set()

        assert summary["type"] == "summary", err
        assert summary["added"] == summary["committed"] == len(found)
        assert found == {f"s{n}" for n in range(len(found))}
        assert child.returncode == (130 if summary["interrupted"] else 0)
        assert b"Traceback" not in err

        report = ingest([str(rows)], index, IngestOptions(jobs=1))
        assert report.added == COUNT - len(found)
        assert len(ids(index)) == COUNT
        assert Archive.check(index) == []


@posix
def test_a_second_signal_does_not_spoil_the_first_one_s_commit(rows: Path, tmp_path: Path) -> None:
    child = start(rows, tmp_path / "index", "--jobs", "1")
    await_lock(child, tmp_path / "index")
    time.sleep(0.2)
    child.send_signal(signal.SIGTERM)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)

    summary = json.loads(out.splitlines()[-1])
    assert summary["committed"] == (
        len(ids(tmp_path / "index")) if (tmp_path / "index" / "morgue.json").exists() else 0
    )
    assert child.returncode in (0, 130), err


@posix
def test_a_signal_while_stdin_has_nothing_to_say(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "morgue", "ingest", "-", "--index", str(tmp_path / "index"), "--json"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    child = subprocess.Popen(arguments, env=environment(), **pipes)  # type: ignore[call-overload]
    await_lock(child, tmp_path / "index")
    time.sleep(0.3)
    child.send_signal(signal.SIGTERM)

    out, _ = child.communicate(timeout=30)
    assert json.loads(out)["interrupted"] is True
    assert child.returncode == 130


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_after_the_summary_does_not_change_how_it_ended(tmp_path: Path, number: int) -> None:
    (tmp_path / "a.txt").write_text("NARA, Japan (AP) - A dam is planned.\n")
    arguments = [sys.executable, "-m", "morgue", "ingest", str(tmp_path), "--json", "--index", str(tmp_path / "index")]
    child = subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout
    assert json.loads(child.stdout.readline())["interrupted"] is False
    for _ in range(50):
        child.send_signal(number)
        time.sleep(0.002)
    child.communicate(timeout=30)

    assert child.returncode == 0


@posix
def test_a_reader_of_the_progress_lines_that_goes(rows: Path, tmp_path: Path) -> None:
    """`morgue ingest --jsonl | head -1` files everything all the same."""
    child = start(rows, tmp_path / "index", "--jobs", "1")
    assert child.stdout
    assert child.stderr
    assert json.loads(child.stdout.readline())["type"] == "commit"
    child.stdout.close()
    child.stderr.close()

    assert child.wait(60) == 0
    assert len(ids(tmp_path / "index")) == COUNT


@posix
def test_a_terminal_that_is_closed(rows: Path, tmp_path: Path) -> None:
    """The progress bar's terminal goes: the work does not."""
    import pty

    ours, theirs = pty.openpty()
    child = start(rows, tmp_path / "index", "--jobs", "1", stderr=theirs)
    os.close(theirs)
    await_lock(child, tmp_path / "index")
    os.close(ours)
    out, _ = child.communicate(timeout=60)

    assert child.returncode == 0
    assert json.loads(out.splitlines()[-1])["committed"] == COUNT


@posix
def test_delete_and_optimize_are_done_or_not_done(rows: Path, tmp_path: Path) -> None:
    index, draw = tmp_path / "index", random.Random(4)
    ingest([str(rows)], index, IngestOptions(jobs=1, batch=100))
    before = ids(index)
    for command in (["delete", *(f"s{n}" for n in range(40))], ["optimize"], ["repair", "--rebuild"]):
        child = subprocess.Popen(
            [sys.executable, "-m", "morgue", *command, "--index", str(index)],
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        await_lock(child, index)
        time.sleep(draw.uniform(0, 0.2))
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=60)

        # The signal may come when all is done and told, and the process has only to end: then it ends by it.
        assert child.returncode in (0, 130, -signal.SIGTERM), err
        assert ids(index) in (before, before - {f"s{n}" for n in range(40)})
        assert Archive.check(index) == []


def test_a_shield_holds_a_signal_back_until_its_end() -> None:
    steps: list[str] = []

    def work() -> None:
        with shielded():
            with shielded():
                interrupt()
                steps.append("inner")
            steps.append("outer")
        steps.append("never")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["inner", "outer"]


def test_a_last_shield_forgets_what_comes_too_late_but_not_the_third_call() -> None:
    with shielded(last=True):
        interrupt()
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()
    with shielded():
        pass


@posix
def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    with politely(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


class Interrupting(io.BytesIO):
    """A stream on which Ctrl-C is typed in the middle of a read, before its last 5,000 bytes."""

    def check(self) -> None:
        if self.tell() > len(self.getbuffer()) - 5_000:
            raise KeyboardInterrupt

    def read(self, size: int | None = -1, /) -> bytes:
        self.check()
        return super().read(min(size, 1000) if size and size > 0 else 1000)

    read1 = read

    def readline(self, size: int | None = -1, /) -> bytes:
        self.check()
        return super().readline(size)


def test_an_interrupted_ingest_or_import_of_a_stream_tells_what_is_filed(rows: Path, tmp_path: Path) -> None:
    report = ingest(["-"], tmp_path / "a", IngestOptions(jobs=1), stdin=Interrupting(rows.read_bytes()))
    assert report.interrupted
    assert 0 < report.committed == report.added == len(ids(tmp_path / "a"))

    with Archive.open(tmp_path / "a") as archive:
        lines = b"".join(json.dumps(record).encode() + b"\n" for record in archive.records())
    report = Archive.load(tmp_path / "b", Interrupting(lines))
    assert report.interrupted
    assert 0 < report.committed == report.added == len(ids(tmp_path / "b")) < len(ids(tmp_path / "a"))


def test_an_interruption_that_python_swallows_comes_all_the_same() -> None:
    """A signal during a weak reference's callback (an import runs some) printed a traceback and was lost."""
    import weakref

    from morgue.cli.signals import politely
    from morgue.runtime.interrupts import interrupt, shielded

    class Thing:
        pass

    with politely():
        thing = Thing()
        reference = weakref.ref(thing, lambda _: interrupt())
        del thing
        assert reference() is None
        with pytest.raises(KeyboardInterrupt), shielded():
            pass
    with shielded():
        pass  # nothing is left of it
