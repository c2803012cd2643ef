"""Articles and file names that mean harm: harmless at the terminal and in HTML, byte-exact in JSON, soon answered."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from morgue.render.formats import FORMATS
from support.cli_process import environment, morgue, process

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\x1b[31m"
BIDI = "evil\u202etxt.exe \u2066isolated"
INVISIBLE = "zero\u200bwidth\ufeff tag\U000e0041 soft\u00adhyphen"
ARTICLES = [
    {"id": "esc\x1b[2J", "headline": f"Harbour {ESCAPES} opens", "body": f"The harbour {ESCAPES} said so.\n\nSecond."},
    {"id": "bidi", "headline": f"Harbour {BIDI}", "body": f"A harbour of {BIDI} and so on.", "byline": f"Ann {BIDI}"},
    {"id": "unseen", "headline": f"Harbour {INVISIBLE}", "body": f"The harbour was {INVISIBLE} there."},
    {"id": "=1+1", "headline": "=HYPERLINK(\"http://x\") harbour",
     "body": "@SUM(A1) harbour +1 -2", "source": "+cmd|' /c'"},
    {"id": "<script>", "headline": "<script>alert(1)</script> harbour <img src=x onerror=y>",
     "body": "The harbour & <b>bold</b> \"quotes\" 'too' ]]> --> </style>", "url": "javascript:alert(1)"},
    {"id": "[red]", "headline": "[red]harbour[/red] :smile: [link=x]",
     "body": "The harbour [bold]is[/bold] {headline} {0}."},
    {"id": "-rf", "headline": "--help harbour", "body": "-x harbour"},
    {"id": "nul\0l", "headline": "Nul \0 harbour", "body": "A harbour \0 with a nul."},
]  # fmt: skip
TEXTS = tuple(item.name for item in FORMATS.values() if item.flags and item.module != "as_json")
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.jsonl").write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    ended = morgue("ingest", str(folder / "a.jsonl"), "--index", str(folder / "index"))
    assert ended.code == 0, ended.err
    return str(folder / "index")


def test_half_a_character_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "half", "headline": "Harbour \\ud800 half", "body": "A harbour."}\n')
    ended = morgue("ingest", str(tmp_path / "a.jsonl"), "--index", str(tmp_path / "index"))

    assert (ended.code, "surrogate" in ended.err) == (4, True)


@pytest.mark.parametrize("form", TEXTS)
def test_no_format_for_reading_lets_control_characters_through(index: str, form: str) -> None:
    ended = morgue("search", "harbour", "--format", form, "--all", "--index", index)

    assert ended.code == 0, ended.err
    assert not UNSAFE.search(ended.err)
    if form == "ids":  # exact, for the next command of a pipe
        assert set(ended.out.splitlines()) >= {article["id"] for article in ARTICLES if article["id"].isprintable()}
    else:
        assert not UNSAFE.search(ended.out), UNSAFE.search(ended.out)


def test_html_holds_no_element_or_link_of_an_article(index: str) -> None:
    for args in (("search", "harbour", "--format", "html", "--all"), ("show", "<script>", "--format", "html")):
        out = morgue(*args, "--index", index).out

        assert "<script>alert" not in out
        assert "<img" not in out
        assert not re.search(r"href=[\"']?\s*javascript:", out, re.IGNORECASE)


def test_cells_that_a_spreadsheet_would_run_are_defused(index: str) -> None:
    out = morgue("search", "harbour", "--csv", "--all", "--fields", "id,headline,source", "--index", index).out

    for row in csv.reader(io.StringIO(out)):
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row), row


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_is_exact(index: str, form: str) -> None:
    ended = morgue("search", "harbour", "--format", form, "--all", "--fields", "id,headline,body", "--index", index)
    found = json.loads(ended.out)["hits"] if form == "json" and ended.out.startswith("{") else None
    if found is None:
        found = json.loads(ended.out) if form == "json" else [json.loads(line) for line in ended.out.split("\n")[:-1]]

    # A C1 control is a character of Windows-1252 that was decoded as Latin-1: the reader mends it.
    assert {(hit["id"], hit["headline"]) for hit in found} == {
        (a["id"], a["headline"].replace("\x9b", "›")) for a in ARTICLES
    }


def test_an_export_brings_everything_back(index: str, tmp_path: Path) -> None:
    out = morgue("export", "--index", index).out
    ended = morgue("import", "-", "--index", str(tmp_path / "again"), stdin=out.encode("utf-8", "surrogateescape"))

    assert ended.code == 0, ended.err
    assert morgue("export", "--index", str(tmp_path / "again")).out == out


def test_show_and_explain_at_a_terminal(index: str) -> None:
    for article in ARTICLES:
        for args in (("show", "--format", "text"), ("show", "--format", "markdown")):
            ended = morgue(*args, "--index", index, "--", article["id"])
            assert ended.code == 0, ended.err
            assert not UNSAFE.search(ended.out)
    for query in ("harbour", 'headline:"\x1b[2J"', "\u202e", "a\x07b"):
        assert not UNSAFE.search(morgue("explain", query, "--index", index).out.replace("\x1b[0m", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_what_a_terminal_gets(index: str) -> None:
    """At a terminal only the colours of our own are escape sequences."""
    for command in (
        ["search", "harbour", "--all"],
        ["show", "esc\x1b[2J", "--no-pager"],
        ["facets", "*", "--by", "byline"],
        ["search", "harbour", "--all", "-l"],
        ["search", "harbour", "--all", "--csv"],
    ):
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [sys.executable, "-m", "morgue", *command, "--index", index],
            stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, env=environment(TERM="xterm-256color"),
        )  # fmt: skip
        os.close(theirs)
        out = b""
        try:
            while part := os.read(ours, 65536):
                out += part
        except OSError:
            pass  # how a pseudo-terminal ends
        os.close(ours)
        assert child.wait(30) == 0, out
        text = re.sub("\x1b\\[[0-9;]*m|\x1b\\]8;[^\x1b\x07]*(?:\x1b\\\\|\x07)", "", out.decode()).replace("\r\n", "\n")
        assert not UNSAFE.search(text), UNSAFE.search(text)
        assert "\x1b]0" not in text


def test_a_template_runs_nothing(index: str) -> None:
    hostile = [
        "{headline.__class__}",
        "{headline!r}",
        "{0}",
        "{headline:>10}",
        "{__import__}",
        "{headline[0]}",
        "{",
        "}",
    ]
    for template in hostile:
        ended = morgue("search", "harbour", "--template", template, "--index", index)
        assert (ended.code, ended.out) == (2, ""), template
    out = morgue("search", "id:bidi", "--template", "{{{id}}}", "--index", index).out
    assert out in ("", "{bidi}\n")  # what an article holds is never a template
    out = morgue("search", "harbour", "--all", "--template", "{id} {headline}", "--index", index).out
    assert "{headline} {0}" not in out
    assert not UNSAFE.search(out)


HANGS = [
    "/(a+)+$/", "/(a|aa)+b/", "/(.*)*x/", "/(h?){50}h{50}/", "/.{1000}.{1000}/",
    "/" + "(" * 200 + "a" + ")" * 200 + "/",
    "/[a-z]{1,255}[a-z]{1,255}z/", "*a*b*c*d*e*f*g*h*", "?" * 200, "*" * 200, "a" * 3000 + "*", "h*r*b*o*u*r",
    "harbuor~2", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~", "x" * 5000 + "~2", "NOT " * 500 + "harbour",
    "(" * 3000 + "harbour" + ")" * 3000, " OR ".join(["h*"] * 300),
    " w/255 ".join(["h*"] * 40), '"' + "h* " * 200 + '"',
    "\x03".join(["d"] * 480),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HANGS)))
def test_no_query_hangs(index: str, number: int) -> None:
    begun = time.process_time()
    ended = morgue("search", "--index", index, "--", HANGS[number])

    assert ended.code in (0, 1, 2), ended.err
    assert "Traceback" not in ended.err
    assert time.process_time() - begun < 5


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
def test_file_names_that_mean_harm(tmp_path: Path) -> None:
    """Names that are not UTF-8, begin with a dash or hold control characters: filed, shown, known again, pruned."""
    names = [b"caf\xe9.txt", b"-rf.txt", b"--index.txt", b"new\nline.txt", b"\x1b[2J.txt", b"sp ace.txt",
             b"\xff\xfe.txt",
             "r\u202etl.txt".encode()]  # fmt: skip
    folder = os.fsencode(tmp_path / "wire")
    os.mkdir(folder)
    for number, name in enumerate(names):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"Harbour %d opens\n\nThe harbour opened on day %d.\n" % (number, number))
    index = str(tmp_path / "index")

    ended = process("ingest", str(tmp_path / "wire"), "--index", index, "--json")
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["added"] == len(names)
    assert not UNSAFE.search(ended.err)
    again = process("ingest", str(tmp_path / "wire"), "--index", index, "--json")
    assert json.loads(again.out)["files_unchanged"] == len(names)
    found = process("search", "harbour", "--all", "-l", "-0", "--index", index).out
    raw = {os.fsencode(path) for path in found.split("\0") if path}
    assert raw == {os.path.join(folder, name) for name in names}
    assert not UNSAFE.search(process("search", "harbour", "--all", "--index", index).out)
    os.unlink(os.path.join(folder, names[0]))
    pruned = process("ingest", str(tmp_path / "wire"), "--index", index, "--json", "--prune")
    assert json.loads(pruned.out)["removed"] == 1, pruned.err
    inside = process("ingest", "--index", index, "--json", "--", "-rf.txt", cwd=tmp_path / "wire")
    assert inside.code == 0, inside.err
