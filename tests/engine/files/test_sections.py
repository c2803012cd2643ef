"""Each structure of a segment has its names of sections in one module, and reading one loads no numpy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from morgue.engine.files.commit import Store
from morgue.engine.write.writer import Writer
from morgue.index.document import SMALL_FIELDS, Document
from support.cli_process import environment
from support.paths import SOURCE

WRITING = ("arraytools", "merge_source")  # and whatever ends in _write


def test_the_name_of_a_section_is_in_one_module(tmp_path: Path) -> None:
    texts = dict.fromkeys(SMALL_FIELDS, ("One two",))
    with Writer(tmp_path) as writer:
        for n in range(2):
            values = {"single": ("a",), "several": ("a", "b")}
            writer.add(Document(str(n), "Head", "Body.", "en", texts, values, {"words": 300 * n}, b"{}"))
    with Store.open(tmp_path) as store:
        names = {re.sub(r"\.[^.]+\.", ".{}.", name) for name in store.segments[0].container.sections}
    names = {re.sub(r"^length\..*", "length.{}", name) for name in names}
    modules = {path.stem: path.read_text("utf-8") for path in (SOURCE / "engine").rglob("*.py")}

    holders = {name: [stem for stem, text in modules.items() if f'"{name}"' in text] for name in names}

    assert len(names) > 30
    assert {name: found for name, found in holders.items() if len(found) != 1} == {}


def test_reading_loads_no_numpy() -> None:
    stems = [path.stem for path in (SOURCE / "engine" / "files").glob("*.py")]
    reading = [stem for stem in stems if not stem.endswith("_write") and stem not in (*WRITING, "__init__")]
    code = "import sys, " + ", ".join(f"morgue.engine.files.{stem}" for stem in reading)
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nassert 'numpy' not in sys.modules"],
        capture_output=True, env=environment(), timeout=60, check=False,
    )  # fmt: skip

    assert done.stderr == b""
