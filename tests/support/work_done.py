"""Work counted instead of timed: bytecode instructions carried out, memory taken.

What is counted is the same on a busy machine as on an idle one. Instructions tell every loop in Python; what is done in
C without a loop in Python shows in the memory that its results take.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

from support.cli_process import ROOT, environment


class Work(NamedTuple):
    """Bytecode instructions, and bytes that were in use at most beyond those at the beginning."""

    steps: int
    peak: int


def steps(do: Callable[[], object]) -> int:
    """Return how many bytecode instructions something takes."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    sys._getframe().f_trace_opcodes = True  # Python 3.12 counts none when no frame has asked before
    gc.disable()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(before)
        gc.enable()
    return count


def peak(do: Callable[[], object]) -> int:
    """Return how many bytes of Python's and numpy's memory something takes at most."""
    gc.collect()
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def asking(index: str, questions: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Work]:
    """Return the work that an archive has with questions (name -> query and options of `Archive.search`).

    In a process of its own, without numpy, as at the prompt. Each question finds the archive just opened, but all code
    loaded.
    """
    done = subprocess.run(
        [sys.executable, "-m", "support.work_done", index, json.dumps(questions)],
        capture_output=True,
        env=environment(PYTHONHASHSEED="0", PYTHONPATH=os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))),
        timeout=120,
        check=True,
    )
    return {name: Work(*work) for name, work in json.loads(done.stdout).items()}


def _answer(index: str, questions: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Work]:
    from morgue import Archive

    def work(query: str, options: dict[str, Any]) -> Work:
        def count(measure: Callable[[Callable[[], object]], int]) -> int:
            with Archive.open(index) as archive:
                if "by" in options:
                    return measure(lambda: archive.facets(query, options["by"]))
                return measure(lambda: archive.search(query, **options))

        count(steps)  # loads what is loaded once
        return Work(count(steps), count(peak))

    found = {name: work(*question) for name, question in questions.items()}
    if "numpy" in sys.modules:
        raise RuntimeError("numpy was loaded, and its import counted: ask less of one process")
    return found


if __name__ == "__main__":
    json.dump(_answer(sys.argv[1], json.loads(sys.argv[2])), sys.stdout)
