"""Pipes that flow: each line is answered when it has come, before the next one is sent or the pipe is closed."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, IngestOptions, ingest
from support.cli_process import environment

_PATIENCE = 30.0  # seconds for an answer that will come; a command that waits for the end of input gives none


class Live:
    """A command whose stdin stays open."""

    def __init__(self, *words: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "morgue", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment(MORGUE_INDEX=str(folder / "index"), MORGUE_CONFIG=str(folder / "morgue.toml")), cwd=folder,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as out:
            for line in out:
                self._lines.put(line.decode())

    def stop(self) -> None:
        """Kill the command if it still runs."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def send(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def answer(self) -> str:
        """The next line of output."""
        return self._lines.get(timeout=_PATIENCE)

    def end(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait(_PATIENCE)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    rows = [{"id": f"a{n}", "headline": f"Storm {n}", "body": "A storm hit the quay."} for n in range(4)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    ingest([str(tmp_path / "a.jsonl")], tmp_path / "index", IngestOptions(jobs=1))
    (tmp_path / "morgue.toml").write_text('[saved]\nstorms = "storm"\n')
    running: list[Live] = []

    def begin(*words: str) -> Live:
        running.append(Live(*words, folder=tmp_path))
        return running[-1]

    yield begin
    for live in running:
        live.stop()


def article(number: int) -> bytes:
    return json.dumps({"id": f"n{number}", "headline": f"Storm {number}", "body": "A storm came."}).encode() + b"\n"


@pytest.mark.parametrize(
    ("words", "line", "expected"),
    [
        (("parse", "--fields", "id", "-"), article, '{{"id":"n{0}"}}'),
        (("match", "--saved", "@storms"), article, "n{0}\t\tstorms\tStorm {0}"),
        (("match", "--jsonl"), article, '{{"id":"n{0}"'),
        (("search", "--queries", "-", "-l", "-n1"), lambda n: b"headline:%d\n" % n, "{1}\ta{0}"),
        (("show", "--jsonl", "--fields", "id", "-"), lambda n: b"a%d\n" % n, '{{"id":"a{0}"}}'),
        (("show", "-0", "--jsonl", "--fields", "id", "-"), lambda n: b"a%d\0" % n, '{{"id":"a{0}"}}'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_line_is_answered_before_the_next_is_sent(start: Any, words: Any, line: Any, expected: str) -> None:
    live = start(*words)
    for number in range(3):
        live.send(line(number))
        assert live.answer().startswith(expected.format(number, number + 1)), number
    assert live.end() == 0


def test_text_of_articles_is_shown_as_their_ids_come(start: Any) -> None:
    live = start("show", "--text", "-")
    live.send(b"a1\n")
    assert live.answer() == "Storm 1\n"
    live.send(b"a2\n")
    while live.answer() != "Storm 2\n":
        pass
    assert live.end() == 0


def test_what_comes_through_a_pipe_is_found_while_it_is_open(start: Any, tmp_path: Path) -> None:
    live = start("ingest", "-", "--jsonl", "--commit-every", "0.1")
    for number in range(3):
        live.send(article(number))
        assert json.loads(live.answer())["committed"] == number + 1
        with Archive.open(tmp_path / "index") as archive:
            assert archive.record(f"n{number}") is not None
    assert live.end() == 0


def test_a_busy_pipe_is_committed_in_time_too(start: Any) -> None:
    """A pipe that is never silent for as long as the time after which it is committed."""
    live, number, begun = start("ingest", "-", "--jsonl", "--commit-every", "0.3"), 0, time.monotonic()
    while live._lines.empty():
        assert time.monotonic() - begun < _PATIENCE
        live.send(b"".join(article(number + more) for more in range(64)))
        number += 64
        time.sleep(0.01)
    assert json.loads(live.answer())["committed"] >= 64
    live.end()


def test_deletions_are_carried_out_while_the_pipe_is_open(start: Any, tmp_path: Path) -> None:
    live = start("delete", "-")
    for number in range(2):
        live.send(b"a%d\n" % number)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with Archive.open(tmp_path / "index") as archive:
                if archive.record(f"a{number}") is None:
                    break
            time.sleep(0.02)
        else:
            pytest.fail(f"a{number} is still there")
    assert live.end() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other ones there")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
def test_an_interrupt_files_all_that_was_read(start: Any, tmp_path: Path, sign: signal.Signals) -> None:
    live = start("ingest", "-", "--jsonl")
    live.send(b"".join(map(article, range(50))))
    probe = start("parse", "-", "--fields", "id")  # answers once such a command is up and has read
    probe.send(article(0))
    probe.answer()
    time.sleep(1)
    live.process.send_signal(sign)
    assert live.process.wait(_PATIENCE) != 0
    with Archive.open(tmp_path / "index") as archive:
        assert sum(archive.record(f"n{number}") is not None for number in range(50)) == 50


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_named_pipe_flows(start: Any, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "feed")
    live = start("parse", "--fields", "id", "feed")
    with open(tmp_path / "feed", "wb", buffering=0) as feed:
        for number in range(3):
            feed.write(article(number))
            assert live.answer() == f'{{"id":"n{number}"}}\n'
    assert live.process.wait(_PATIENCE) == 0


def test_compressed_lines_flow_as_their_blocks_come(start: Any) -> None:
    import zlib

    live, packer = start("parse", "--fields", "id", "-"), zlib.compressobj(wbits=31)
    for number in range(3):
        live.send(packer.compress(article(number)) + packer.flush(zlib.Z_SYNC_FLUSH))
        assert live.answer() == f'{{"id":"n{number}"}}\n'
    live.send(packer.flush())
    assert live.end() == 0
