"""The short forms of `python -m bench.torture`, and that its models can tell when a promise is broken."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from bench.torture import crowd, damage, disk, fuzz, kills, power, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills, limits and traces of POSIX")


def test_kill_9() -> None:
    done = kills.torture(4, seed=3, say=False)

    assert done["kills"] == 4


def test_a_crowd() -> None:
    done = crowd.torture(3)

    assert done["half batches"] == 0
    assert int(str(done["looks"])) > 0


def test_damage() -> None:
    done = damage.torture(flips=2, cut_share=0.02, seed=5)

    assert done["unseen by check"] == 0


def test_full_disks_and_failing_calls() -> None:
    done = disk.torture(steps=1, share=0.0, seed=2, kinds=1)

    assert int(str(done["cases"])) >= 3


def test_fuzz() -> None:
    done = fuzz.torture(4, seed=9)

    assert done["tracebacks"] == 0


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not there")
def test_a_power_cut_during_an_ingest(tmp_path: Path) -> None:
    try:
        tried = disk.Disk(tmp_path.resolve())
        seen = power.watch(tried, "ingest", empty=True)
    except work.Failure as failure:
        if "ptrace" in str(failure) or "Operation not permitted" in str(failure):
            pytest.skip("strace may not trace here")
        raise
    assert seen["commit lines, each after its commit was safe"] >= 3


NEW = '"/ix/morgue.json.tmp"'
RECORD = r"{\"segments\": [{\"name\": \"000001.seg\"}]}"
CALLS = [
    ("openat", 'AT_FDCWD</>, "/ix/000001.seg", O_WRONLY|O_CREAT'),
    ("write", '3</ix/000001.seg>, "data", 4'),
    ("fsync", "3</ix/000001.seg>"),
    ("fsync", "4</ix>"),
    ("openat", f"AT_FDCWD</>, {NEW}, O_WRONLY|O_CREAT"),
    ("write", f'3</ix/morgue.json.tmp>, "{RECORD}", 40'),
    ("fsync", "3</ix/morgue.json.tmp>"),
    ("rename", f'{NEW}, "/ix/morgue.json"'),
    ("fsync", "4</ix>"),
]


def follow(calls: list[tuple[str, str]]) -> None:
    model = power.Model("/ix")
    for name, arguments in calls:
        model.call(name, arguments)
        model.check(name)
    model.reported("end")


@pytest.mark.parametrize("without", [None, 2, 3, 6, 8])
def test_the_model_of_a_power_cut_sees_each_missing_sync(without: int | None) -> None:
    calls = [call for number, call in enumerate(CALLS) if number != without]
    if without is None:
        follow(calls)
    else:
        with pytest.raises(work.Failure):
            follow(calls)


def test_the_model_of_kills_sees_loss_and_half_batches() -> None:
    states = [{}, {"a": 1, "b": 1}, {"a": 1, "b": 1, "c": 1}]
    job = kills.Job("ingest", (), states, 2)

    assert job.allowed(0) == states
    assert job.allowed(2) == states[1:]
    assert job.allowed(3) == states[2:]
    assert {"a": 1} not in job.allowed(0)
