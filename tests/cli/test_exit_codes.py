"""Exit codes, stdout and stderr of whole processes (docs/output.md)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.cli_process import environment, morgue, process, sample


@pytest.mark.parametrize(
    ("args", "code", "out"),
    [
        (["search", "deer", "-l"], 0, "shrine\n"),
        (["search", "zzzz"], 1, ""),
        (["search", "zzzz", "--exit-zero"], 0, ""),
        (["search", "zzzz", "--json"], 1, "[]\n"),
        (["search", "zzzz", "--jsonl"], 1, ""),
        (["search", "zzzz", "--count"], 1, "0\n"),
        (["search", "zzzz", "-q"], 1, ""),
        (["search", "deer", "-c"], 0, "1\n"),
        (["count", "deer OR oil"], 0, "2\n"),
        (["count", "zzzz"], 1, "0\n"),
        (["suggest", "coc", "--json"], 0, '[{"value":"cocoa","count":1}]\n'),
        (["suggest", "zzzz"], 1, ""),
        (["show", "nowhere"], 1, ""),
    ],
)
def test_data_goes_to_stdout_and_the_code_tells_what_was_found(
    sample_index: str, args: list[str], code: int, out: str
) -> None:
    ended = morgue(*args, "--index", sample_index)

    assert (ended.code, ended.out) == (code, out)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["search", "nope:x"], "unknown field 'nope'"),
        (["search", "date:foo"], "date"),
        (["search", '"deer'], "quot"),
        (["search", "deer AND ("], "parenthesis"),
        (["search", ""], "missing QUERY"),
        (["search"], "missing QUERY"),
        (["search", "deer", "--fields", "headlin"], "did you mean headline?"),
        (["search", "deer", "--template", "{headlin}"], "did you mean headline?"),
        (["search", "deer", "--template", "{headline.__class__}"], "unknown field"),
        (["search", "deer", "--json", "--csv"], "one format at a time"),
        (["search", "deer", "--format", "xml"], "xml"),
        (["search", "deer", "--format-version", "99"], "format version"),
        (["search", "deer", "--limit", "many"], "--limit"),
        (["search", "deer", "--limit", "-3"], "--limit"),
        (["search", "deer", "--nolimit"], "--limit"),
        (["search", "deer", "--since", "soonish"], "soonish"),
        (["search", "deer", "--sort", "colour"], "colour"),
        (["serch", "deer"], "search"),
        (["facets", "deer", "--by", "colour"], "colour"),
        (["ingest"], "missing PATH"),
        (["ingest", "x", "--map", "headline"], "--map"),
        (["ingest", "x", "--format-in", "jsonk"], "did you mean json"),
        (["ingest", "x", "--date", "2026-13"], "--date"),
        (["ingest", "x", "--encoding", "utf-9"], "utf-9"),
    ],
)
def test_mistakes_are_named_and_exit_with_2(sample_index: str, args: list[str], words: str) -> None:
    ended = morgue(*args, "--index", sample_index)

    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert "Traceback" not in ended.err


# What bare query parsers answer wrongly, or die of.
@pytest.mark.parametrize(
    "query",
    ["", "the", "*", "deer AND (", "don't stop", "02091-C-71", "http://x", "a:b:c", "date:foo", "10:30", "AT&T", "U.S.",
     "((((", ")", '"', "/[/", "~", "^", "-", "--", "deer w/", "\u0000x", "\ud7ff", "“deer”", "deer^", "[a TO", "w/5"],
)  # fmt: skip
def test_no_query_ends_in_a_traceback_or_a_silent_0(sample_index: str, query: str) -> None:
    if "\0" in query:
        query = query.replace("\0", "\x01")  # no argument can hold a zero byte
    ended = morgue("search", "--index", sample_index, "--", query)

    assert ended.code in (0, 1, 2)
    assert "Traceback" not in ended.err
    assert bool(ended.out) == (ended.code == 0)
    assert ended.code != 2 or ended.err.startswith("morgue: ")


def test_a_query_error_shows_the_place_with_a_caret(sample_index: str) -> None:
    ended = morgue("search", "deer nope:x", "--index", sample_index)

    lines = ended.err.splitlines()
    assert lines[0] == "morgue: unknown field 'nope'"
    assert lines[1] == "  deer nope:x"
    assert lines[2].rstrip() == "       ^^^^^"


def test_no_index_exits_with_3_and_says_how_to_make_one(tmp_path: Path) -> None:
    ended = morgue("search", "deer", "--index", str(tmp_path / "none"))

    assert ended.code == 3
    assert "morgue ingest" in ended.err
    assert not (tmp_path / "none").exists()


def test_a_rejected_record_exits_with_4_and_keeps_the_others(tmp_path: Path) -> None:
    data = b'{"id": "a", "headline": "One", "body": "First text."}\n{broken\n{"id": "b", "body": "Second text."}\n'
    ended = morgue("ingest", "-", "--index", str(tmp_path / "index"), stdin=data)

    assert ended.code == 4
    assert ended.out == ""
    assert "rejected -#2" in ended.err
    assert morgue("search", "text", "-l", "--index", str(tmp_path / "index")).out.split() == ["b", "a"]


def test_a_missing_file_is_a_rejection(tmp_path: Path) -> None:
    ended = morgue("ingest", str(tmp_path / "none.txt"), str(sample(tmp_path)), "-i", str(tmp_path / "index"))

    assert ended.code == 4
    assert "none.txt" in ended.err
    assert "3 added" in ended.err


def test_a_reader_that_leaves_is_a_happy_reader(sample_index: str) -> None:
    command = [sys.executable, "-m", "morgue", "search", "*", "--all", "--jsonl", "-i", sample_index]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()

    assert process.wait(timeout=60) == 0
    assert err == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
def test_a_full_disk_behind_stdout_is_a_sentence_and_not_a_bug(sample_index: str) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "morgue", "search", "deer", "-i", sample_index]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)

    assert done.returncode in (2, 3)
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupted_ingest_exits_with_130_and_keeps_what_it_said(tmp_path: Path, number: str) -> None:
    command = [sys.executable, "-m", "morgue", "ingest", "-", "-i", str(tmp_path / "index"), "--jobs", "1"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write(b'{"id": "kept", "headline": "A first article", "body": "It is on disk."}\n')
    process.stdin.flush()
    lock_seen = time.monotonic() + 30
    while not (tmp_path / "index").exists() and time.monotonic() < lock_seen:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(getattr(signal, number))
    time.sleep(0.1)
    process.stdin.close()
    err = process.stderr.read().decode()
    process.stderr.close()

    assert process.wait(timeout=60) == 130
    assert "Traceback" not in err
    assert "interrupted" in err


def test_help_and_version_write_no_file(tmp_path: Path) -> None:
    for args in (["--help"], ["search", "--help"], ["--version"], ["ingest", "-h"]):
        assert process(*args, cwd=tmp_path).code == 0

    assert list(tmp_path.iterdir()) == []


def test_a_whole_process_ends_with_the_code(sample_index: str) -> None:
    assert process("search", "deer", "-l", "-i", sample_index) == (0, "shrine\n", "")
    assert process("search", "zzzz", "-i", sample_index) == (1, "", "")
    assert process("search", "(", "-i", sample_index).code == 2


def test_nothing_named_is_help_and_exits_with_2() -> None:
    ended = morgue()

    assert ended.code == 2
    assert "ingest" in ended.err + ended.out
