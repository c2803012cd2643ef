"""Morgue as a process: what the command-line tests share."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from support.paths import ROOT

# Few enough to hold in one's head.
ARTICLES = (
    {
        "id": "shrine",
        "headline": "Deer [sic] attack visitors at :smile: shrine",
        "date": "2026-01-13",
        "byline": "Mari Tanaka",
        "location": "NARA, Japan",
        "country": "JP",
        "source": "AP",
        "body": "Hungry deer charged at visitors on Tuesday. The shrine deer are used to biscuits.\n\n"
        "A guard said the deer had not been fed for a day.",
    },
    {
        "id": "cocoa",
        "headline": '=HYPERLINK("http://x") cocoa \x1b[31mred\u202e <b>bold</b>',
        "date": "1987-03",
        "byline": ["Ana Souza", "Rui Costa"],
        "location": "SALVADOR, Brazil",
        "country": "BR",
        "source": "Reuters",
        "body": "Cocoa prices rose again. Growers held back their beans.\x07\n\nThe harvest of cocoa is late.",
    },
    {
        "id": "zürich/oil",
        "headline": "Oil slips",
        "date": "2019",
        "location": "ZURICH",
        "country": "CH",
        "source": "dpa",
        "body": "Oil fell as traders said it wouldn’t last. The price of oil and gas followed.",
    },
)


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str


def environment(**changes: str | None) -> dict[str, str]:
    """Return an environment without colours, terminals or settings of the machine; None takes a variable out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "TEMP") if name in os.environ}
    paths = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    compiled = str(Path(tempfile.gettempdir()) / "morgue-tests-compiled")
    base = {"PYTHONPATH": paths, "MORGUE_CONFIG": "", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPYCACHEPREFIX": compiled}
    return {name: value for name, value in {**kept, **base, **changes}.items() if value is not None}


def process(*args: str, stdin: bytes = b"", cwd: Path | None = None, **changes: str | None) -> Ended:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "morgue", *args],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**changes),
        timeout=60,
        check=False,
    )
    out, err = done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "replace")
    return Ended(done.returncode, out, err)


def morgue(*args: str, stdin: bytes = b"", **changes: str | None) -> Ended:
    """Run the command in this process, from the first argument to the exit code."""
    from morgue.cli.start import run

    before, streams = dict(os.environ), (sys.stdin, sys.stdout, sys.stderr)
    out, err = io.BytesIO(), io.BytesIO()
    os.environ.clear()
    os.environ.update(environment(**changes))
    own = io.TextIOWrapper(io.BytesIO(stdin)), io.TextIOWrapper(out), io.TextIOWrapper(err)
    sys.stdin, sys.stdout, sys.stderr = own
    try:
        code = run(list(args))
        own[1].flush()
        own[2].flush()
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.environ.clear()
        os.environ.update(before)
    return Ended(code, out.getvalue().decode("utf-8", "surrogateescape"), err.getvalue().decode("utf-8", "replace"))


def sample(folder: Path) -> Path:
    """Write the articles to a file in `folder` and return it."""
    path = folder / "sample.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    return path


def build(folder: Path) -> str:
    """Build an index of the articles in `folder` and return its path."""
    from morgue import ingest

    index = folder / "index"
    ingest([str(sample(folder))], index)
    return str(index)
