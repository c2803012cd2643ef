"""Helper processes: results in order, and nothing lost when one dies."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from morgue.runtime.workers import Helpers


def test_chunks_come_back_as_a_function_of_ours_makes_them() -> None:
    helpers = Helpers(2, "builtins:sorted", sorted)
    try:
        futures = [helpers.submit([n, 0, -n]) for n in range(1, 30)]
        assert [future.result() for future in futures] == [[-n, 0, n] for n in range(1, 30)]
    finally:
        helpers.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_helper_that_is_killed_loses_nothing() -> None:
    done_here: list[list[int]] = []

    def here(chunk: list[int]) -> list[int]:
        done_here.append(chunk)
        return sorted(chunk)

    helpers = Helpers(1, "builtins:sorted", here)
    try:
        assert helpers.submit([2, 1]).result() == [1, 2]
        os.kill(helpers._all[0].process.pid, signal.SIGKILL)
        assert [helpers.submit([n, 1]).result() for n in (2, 3)] == [[1, 2], [1, 3]]
    finally:
        helpers.stop()
    assert done_here == [[2, 1], [3, 1]]
