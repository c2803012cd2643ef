"""Random changes to good input: readers, the query language, import, and the opening of an index.

Seeds are the sample archive's files, the queries of docs/query.md, an export and an index made of them. Whatever comes
in must end within seconds in an answer, a refusal with a reason, or one of morgue's own errors. An input that does not
is written to `fuzz-failure.bin`; the same `--seed` finds it again.
"""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import signal
import struct
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.torture.work import ROOT, Failure

PATIENCE = 10  # seconds that an input may take
LARGEST = 200_000  # bytes of a seed
TOKENS = (
    b"\0", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"<!DOCTYPE", b"<![CDATA[", b"]]>",
    b"<!--",
    b"&#x110000;", b"&amp;", b"<a" * 50, b"</p>",
    b"{" * 500, b"[" * 500, b"\"", b"\\u0000", b"\\ud800", b"1e999", b"-1",
    b"99999999999999999999", b"NaN", b"null", b"\r", b"\n\n", b"\x1b[2J", b"(" * 200, b" w/5 ", b" NOT ", b"*",
    b"?", b"~9",
    b"/(a+)+$/", b"^9e9", b"date:", b"9999-99-99", b"0000-00-00", b"..", b"=?utf-8?b?", b"--", b"\t", b",", b";",
    b"%00",
    b"\xe2\x80\xae", b"\xf4\x8f\xbf\xbf", b"PK\x03\x04", b"\x1f\x8b", b"BEGIN:", b"\x01", b"\x02", b"\x03", b"\x04",
)  # fmt: skip

Target = Callable[[random.Random], bytes]


def mutated(data: bytes, draw: random.Random, others: list[bytes]) -> bytes:
    """Return data with a few random changes."""
    out = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 3, 5, 20))):
        at = draw.randrange(len(out) + 1)
        span = min(draw.choice((1, 2, 8, 64, 1000)), len(out) - at)
        kind = draw.randrange(7)
        if kind == 0 and at < len(out):
            out[at] = draw.randrange(256)
        elif kind == 1:
            del out[at : at + span]
        elif kind == 2:
            out[at:at] = draw.choice(TOKENS)
        elif kind == 3:
            out[at:at] = out[at : at + span] * draw.choice((1, 2, 30))
        elif kind == 4:
            other = draw.choice(others)
            start = draw.randrange(len(other) + 1)
            out[at : at + span] = other[start : start + draw.choice((8, 200, 4000))]
        elif kind == 5:
            out[at : at + span] = draw.choice(TOKENS)
        else:
            del out[at + draw.randrange(1000) :]
        if len(out) > 2 * LARGEST:
            del out[2 * LARGEST :]
    return bytes(out)


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in a block that takes longer."""

    def ring(*_: object) -> None:
        raise TimeoutError(f"takes longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Fuzzing:
    """The four targets: each draws an input, tries it, and returns it."""

    def __init__(self, folder: Path) -> None:
        from morgue import IngestOptions, ingest

        self.folder = folder
        self.last = b""
        files = [path for path in sorted((ROOT / "corpus").rglob("*")) if path.is_file()]
        self.files = [(path.name, path.read_bytes()) for path in files if path.stat().st_size <= LARGEST]
        self.bytes = [data for _, data in self.files]
        text = (ROOT / "docs" / "query.md").read_text("utf-8")
        queries = [
            *re.findall(r"`([^`\n]+)`", text),
            "a w/5 b",
            '"a b"~3',
            "date:2026-01..2026-03",
            "/ab+c/",
            "colo?r*",
        ]
        self.queries = [query.encode() for query in dict.fromkeys(queries)]
        self.whole = folder / "whole"
        formats = [str(path) for path in (ROOT / "corpus" / "formats").iterdir()]
        ingest(formats, self.whole, IngestOptions(jobs=1, batch=20))
        from morgue import Archive

        self.archive = Archive.open(self.whole)
        self.small = folder / "small"
        samples = [str(ROOT / "corpus" / "formats" / name) for name in ("text-1.txt", "jsonl-1.jsonl", "nitf-1.xml")]
        for sample in samples:
            ingest([sample], self.small, IngestOptions(jobs=1))
        self.exported = [json.dumps(record).encode() for record in self.archive.records()]

    def close(self) -> None:
        """Close the archive."""
        self.archive.close()

    def readers(self, draw: random.Random) -> None:
        """Bytes -> drafts -> articles -> what the index would store -> the record again."""
        from morgue.ingestion.discover import Source
        from morgue.ingestion.ingest import _tasks
        from morgue.ingestion.options import IngestOptions
        from morgue.ingestion.pool import resolve_document
        from morgue.json_record import from_stored, to_article
        from morgue.model import Rejected

        name, data = draw.choice(self.files)
        self.last = data = mutated(data, draw, self.bytes)
        source = Source(name if draw.random() < 0.7 else "x", name, len(data), 1.7e9, regular=False)
        for task in _tasks(source, io.BytesIO(data), IngestOptions(jobs=1), modified=False):
            settled = task if isinstance(task, Rejected) else resolve_document(task)
            if not isinstance(settled, Rejected):
                to_article(from_stored(settled.document.stored))

    def query(self, draw: random.Random) -> None:
        """A query, in any dialect, asked of a small archive."""
        from morgue.errors import MorgueError
        from morgue.model import SearchOptions

        self.last = mutated(draw.choice(self.queries), draw, self.queries)[:4000]
        text = self.last.decode("utf-8", draw.choice(("replace", "surrogateescape")))
        options = SearchOptions(
            limit=3,
            syntax=draw.choice(("native", "native", "lexis", "factiva", "lucene", "whoosh")),
            lenient=draw.random() < 0.5,
            fix=draw.random() < 0.2,
            expand=draw.random() < 0.2,
        )
        try:
            self.archive.search(text, options)
            self.archive.explain(text, None, options)
        except MorgueError:
            pass

    def load(self, draw: random.Random) -> None:
        """An export with changes, imported; what was filed comes out again."""
        from morgue import Archive

        lines = [mutated(draw.choice(self.exported), draw, self.exported) for _ in range(8)]
        lines += draw.choices(self.exported, k=2)
        self.last = b"\n".join(lines)
        index = self.folder / "loaded"
        shutil.rmtree(index, ignore_errors=True)
        report = Archive.load(index, io.BytesIO(self.last))
        with Archive.open(index) as archive:
            if len(list(archive.records())) > report.added:
                raise Failure("more articles than were added")
            archive.search("the", limit=3)

    def index(self, draw: random.Random) -> None:
        """A file of the index with changes, behind right checksums as a forger would give it."""
        from bench.torture.damage import use
        from morgue import Archive

        names = [path.name for path in sorted(self.small.iterdir()) if path.suffix in (".seg", ".json")]
        name = draw.choice(names)
        forged = self.folder / "forged"
        shutil.rmtree(forged, ignore_errors=True)
        shutil.copytree(self.small, forged)
        data = (self.small / name).read_bytes()
        content = _content((self.small / "morgue.json").read_bytes())
        if name.endswith(".seg"):
            data, crc = _forged_segment(data, draw)
            for segment in content["segments"]:
                if segment["name"] == name:
                    segment.update(size=len(data), checksum=crc)
            (forged / name).write_bytes(data)
        else:
            _forge(content, draw)
        self.last = (forged / name).read_bytes()
        (forged / "morgue.json").write_bytes(_sealed(content))
        use(forged)
        if draw.random() < 0.1:
            try:
                Archive.check(forged)
            except Exception as error:
                from morgue.errors import IndexProblem

                if not isinstance(error, IndexProblem):
                    raise


def _content(data: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(data)
    del content["checksum"]
    return content


def _sealed(content: dict[str, Any]) -> bytes:
    content["checksum"] = zlib.crc32(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
    return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"


_VALUES: tuple[Any, ...] = (
    None, -1, 0, 1, 65_536, 2**31, 2**63, 10**30, 1.5, float("nan"), "", "x", "../x.seg", "/etc/passwd",
    [], {}, [[]], True,
)  # fmt: skip


def _forge(content: Any, draw: random.Random) -> None:
    """Change a value somewhere in a tree of JSON."""
    while True:
        places = list(content) if isinstance(content, dict) else list(range(len(content)))
        if not places:
            return
        place = draw.choice(places)
        if isinstance(content[place], (dict, list)) and content[place] and draw.random() < 0.8:
            content = content[place]
            continue
        content[place] = draw.choice(_VALUES)
        return


def _forged_segment(data: bytes, draw: random.Random) -> tuple[bytes, int]:
    """Change numbers in some sections, or the table of contents; return the file and the checksum of its table."""
    offset, length = struct.unpack_from("<QI", data, len(data) - 24)
    table = json.loads(data[offset : offset + length])
    out = bytearray(data[:offset])
    if draw.random() < 0.3:
        _forge(table, draw)
    else:
        for name in draw.sample(sorted(table["sections"]), 2):
            start, size, _, kind = table["sections"][name]
            for _ in range(draw.choice((1, 4, 100))):
                if size:
                    out[start + draw.randrange(size)] = draw.choice((0, 1, 127, 128, 255, draw.randrange(256)))
            table["sections"][name] = [start, size, zlib.crc32(out[start : start + size]), kind]
    text = json.dumps(table, separators=(",", ":")).encode()
    crc = zlib.crc32(text)
    return bytes(out) + text + struct.pack("<QII8s", offset, len(text), crc, b"MORGUEND"), crc


def torture(seconds: float, seed: int) -> dict[str, object]:
    """Try inputs for so long. Raises Failure at the first that raises what it must not, or takes too long."""
    tally: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        fuzzing = Fuzzing(Path(folder))
        weights = {"readers": 5, "query": 5, "load": 1, "index": 2}
        deadline, number = time.monotonic() + seconds, 0
        while time.monotonic() < deadline:
            number += 1
            draw = random.Random(f"{seed} {number}")
            name = draw.choices(list(weights), list(weights.values()))[0]
            begun = time.monotonic()
            try:
                with patience(PATIENCE):
                    getattr(fuzzing, name)(draw)
            except Exception as error:
                Path("fuzz-failure.bin").write_bytes(fuzzing.last)
                raise Failure(f"{name}, input {number} of seed {seed}: {error!r}\n{traceback.format_exc()}") from error
            tally[name] += 1
            slowest[name] = max(slowest.get(name, 0.0), time.monotonic() - begun)
        fuzzing.close()
    return {
        "seconds": seconds, "inputs": dict(sorted(tally.items())), "tracebacks": 0,
        "slowest (s)": {name: round(took, 2) for name, took in sorted(slowest.items())},
    }  # fmt: skip
