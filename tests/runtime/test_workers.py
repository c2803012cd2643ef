"""Worker processes: results in order, and nothing lost when one dies."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from morgue.runtime.workers import Workers


def test_chunks_come_back_as_a_function_of_ours_makes_them() -> None:
    workers = Workers(2, "builtins:sorted", sorted)
    try:
        futures = [workers.submit([n, 0, -n]) for n in range(1, 30)]
        assert [future.result() for future in futures] == [[-n, 0, n] for n in range(1, 30)]
    finally:
        workers.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_helper_that_is_killed_loses_nothing() -> None:
    done_here: list[list[int]] = []

    def here(chunk: list[int]) -> list[int]:
        done_here.append(chunk)
        return sorted(chunk)

    workers = Workers(1, "builtins:sorted", here)
    try:
        assert workers.submit([2, 1]).result() == [1, 2]
        os.kill(workers._all[0].process.pid, signal.SIGKILL)
        assert [workers.submit([n, 1]).result() for n in (2, 3)] == [[1, 2], [1, 3]]
    finally:
        workers.stop()
    assert done_here == [[2, 1], [3, 1]]
