"""Draw docs/screenshot.svg: what a search of the sample corpus looks like at a terminal.

    python docs/make_screenshot.py

It ingests corpus/ into a folder of its own, searches it, and lets Rich draw what the command printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 100
LINES = (
    ["search", "forced laborers w/5 remains", "--since", "2026-01", "--location", "Japan", "-n", "3"],
    ["facets", "*", "--by", "country", "-n", "5"],
)


def shown(index: str, args: list[str]) -> str:
    """Return what a command prints, colours included, as if at a terminal so many columns wide."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MORGUE_CONFIG": "", "COLUMNS": str(WIDTH)}
    environment |= {"MORGUE_INDEX": index, "TERM": "xterm-256color"}
    extra = ["--color", "always", "--width", str(WIDTH)]
    if args[0] == "search":
        extra.append("--table")
    command = [sys.executable, "-m", "morgue", *args, *extra]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def typed(args: list[str]) -> str:
    """Return a command line as one types it."""
    return "morgue " + " ".join(f"'{word}'" if set(word) & set(" *") else word for word in args)


def alone(svg: str) -> str:
    """Return the picture without the fonts that it would fetch: the reader's own fixed-width font serves."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: Fira Code,", "font-family: Fira Code, Menlo, Consolas, DejaVu Sans Mono,", svg)


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder) / "index")
        command = [sys.executable, "-m", "morgue", "ingest", "corpus", "--quiet", "--index", index]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MORGUE_CONFIG": ""}
        # the corpus holds records that are broken on purpose, so that exit code 4 is what is meant to come
        subprocess.run(command, cwd=ROOT, env=environment, check=False)
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True, color_system="standard")
            for number, args in enumerate(LINES):
                console.print(Text.assemble("\n" if number else "", ("$ ", "bold green"), (typed(args), "bold")))
                console.print(Text.from_ansi(shown(index, args).rstrip("\n")))
            svg = alone(console.export_svg(title="morgue", unique_id="morgue"))
    (ROOT / "docs" / "screenshot.svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
