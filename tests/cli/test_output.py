"""What the formats print, through whole processes: streams, encodings, settings."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.cli_process import ARTICLES, environment, morgue, process, sample


def test_text_is_one_line_a_hit_with_the_id_first(sample_index: str) -> None:
    ended = morgue("search", "deer", "-i", sample_index)

    assert ended.out == "shrine\t2026-01-13\tNARA, Japan\tMari Tanaka\tDeer [sic] attack visitors at :smile: shrine\n"
    assert ended.err == ""


def test_a_pipe_is_never_coloured_wrapped_or_obeyed(sample_index: str) -> None:
    ended = morgue("search", "cocoa", "-i", sample_index, COLUMNS="20")

    assert ended.out.count("\n") == 1
    assert "\x1b" not in ended.out
    assert "\u202e" not in ended.out
    assert "\u241b[31mred<U+202E>" in ended.out


@pytest.mark.parametrize("changes", [{"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "cp932"}])
def test_utf8_comes_out_whatever_the_locale_says(sample_index: str, changes: dict[str, str]) -> None:
    ended = process("search", "oil", "-f", "csv", "--fields", "id,snippet", "-i", sample_index, **changes)

    assert ended.code == 0
    assert "zürich/oil" in ended.out
    assert "wouldn’t" in ended.out


def test_json_is_exact_and_typed(sample_index: str) -> None:
    [hit] = json.loads(morgue("search", "cocoa", "--json", "--fields", "all", "-i", sample_index).out)

    assert "\x1b[31mred\u202e" in hit["headline"]
    assert hit["byline"] == ["Ana Souza", "Rui Costa"]
    assert hit["date"] == "1987-03"
    assert isinstance(hit["score"], float)
    assert isinstance(hit["words"], int)
    for snippet in hit["snippets"]:
        assert snippet["text"] == hit[snippet["field"]][snippet["start"] : snippet["end"]]
        assert all(hit[snippet["field"]][a:b].lower() == "cocoa" for a, b in snippet["words"])


def test_the_envelope_says_how_the_query_was_understood(sample_index: str) -> None:
    found = json.loads(morgue("search", "deer shrine", "--json", "--meta", "-i", sample_index).out)

    assert found["format_version"] == 1
    assert found["query"] == "deer shrine"
    assert found["parsed"] == "deer AND shrine"
    assert found["total"] == 1
    assert [hit["id"] for hit in found["hits"]] == ["shrine"]


def test_json_lines_with_meta_begin_and_end(sample_index: str) -> None:
    lines = [
        json.loads(line) for line in morgue("search", "*", "--jsonl", "--meta", "-i", sample_index).out.splitlines()
    ]

    assert [line["type"] for line in lines] == ["begin", "hit", "hit", "hit", "end"]


def test_a_spreadsheet_runs_nothing(sample_index: str) -> None:
    args = ["search", "cocoa", "--csv", "--fields", "headline", "-i", sample_index]
    [_, [tame]] = csv.reader(io.StringIO(morgue(*args).out))
    [_, [raw]] = csv.reader(io.StringIO(morgue(*args, "--raw").out))

    assert tame.startswith("'=HYPERLINK")
    assert raw.startswith("=HYPERLINK")


@pytest.mark.parametrize(
    ("args", "out"),
    [
        (["--template", "{id}:{{{date}}}"], "shrine:{2026-01-13}\n"),
        (["--fields", "date,id", "--tsv"], "date\tid\n2026-01-13\tshrine\n"),
        (["--fields", "date,id", "--tsv", "--no-headers"], "2026-01-13\tshrine\n"),
        (["-0"], "shrine\0"),
        (["-l", "-0"], "shrine\0"),
        (["-c"], "1\n"),
        (["--fields", "label,id", "--text"], "Deer [sic] attack visitors at :smile: shrine\tshrine\n"),
        (
            ["--fields", "label", "--mark-open", "<<", "--mark-close", ">>"],
            "<<Deer>> [sic] attack visitors at :smile: shrine\n",
        ),
    ],
)
def test_columns_can_be_chosen(sample_index: str, args: list[str], out: str) -> None:
    assert morgue("search", "deer", *args, "-i", sample_index).out == out


def test_paths_come_once(sample_index: str) -> None:
    ended = morgue("search", "*", "--paths", "-i", sample_index)

    assert ended.out.endswith("sample.jsonl\n")
    assert ended.out.count("\n") == 1


def test_bare_fields_list_the_names(sample_index: str) -> None:
    names = morgue("search", "--fields", "-i", sample_index).out.split()

    assert {"id", "headline", "date", "score", "snippets"} <= set(names)


@pytest.mark.parametrize(
    ("changes", "args", "colored"),
    [
        ({}, [], False),
        ({}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"CLICOLOR_FORCE": "1"}, [], True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
    ],
)
def test_colours_follow_the_option_then_the_environment(
    sample_index: str, changes: dict[str, str], args: list[str], colored: bool
) -> None:
    ended = morgue("search", "deer", *args, "-i", sample_index, **changes)

    assert ("\x1b[" in ended.out) == colored


def test_many_queries_are_answered_in_order(sample_index: str) -> None:
    lines = "# a comment\nfirst\tdeer\n\noil OR cocoa\nbad\tnope:x\n"
    ended = morgue("search", "--queries", "-", "--jsonl", "-i", sample_index, stdin=lines.encode())

    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [(answer["name"], answer["line"], answer.get("total")) for answer in answers] == [
        ("first", 2, 1),
        (None, 4, 2),
        ("bad", 5, None),
    ]
    assert answers[2]["error"] == "unknown field 'nope'"
    assert "bad" in ended.err


def test_helper_processes_answer_in_the_same_order(sample_index: str, tmp_path: Path) -> None:
    path = tmp_path / "queries.tsv"
    words = ("deer", "cocoa", "oil", "nope:x", "the", "zzzz")
    path.write_text("".join(f"q{number}\t{words[number % len(words)]}\n" for number in range(150)))
    line = ["search", "--queries", str(path), "-i", sample_index, "--text"]
    two, one = process(*line, "--jobs", "2"), process(*line, "--jobs", "1")

    assert two == one
    assert len(one.out.splitlines()) == 25 * (1 + 1 + 1 + 0 + 3 + 0)


def test_show_gives_everything_back(sample_index: str) -> None:
    record = json.loads(morgue("show", "cocoa", "--json", "-i", sample_index).out)

    assert record["body"].startswith("Cocoa prices rose again.")
    assert record["origin"]["path"].endswith("sample.jsonl")
    assert record["provenance"]


def test_show_as_text_is_harmless(sample_index: str) -> None:
    ended = morgue("show", "cocoa", "shrine", "-i", sample_index)

    assert "\x1b" not in ended.out
    assert "[sic]" in ended.out
    assert ":smile:" in ended.out


def test_show_suggests_an_id(sample_index: str) -> None:
    ended = morgue("show", "shrin", "-i", sample_index)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "morgue: no such article: 'shrin'; did you mean shrine?\n"


def test_export_and_import_lose_nothing(sample_index: str, tmp_path: Path) -> None:
    packed, other = str(tmp_path / "all.jsonl.gz"), str(tmp_path / "other")

    assert morgue("export", "-o", packed, "-i", sample_index).code == 0
    assert morgue("import", packed, "-i", other).code == 0
    assert morgue("export", "-i", other).out == morgue("export", "-i", sample_index).out
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_delete_takes_ids_from_stdin(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    assert morgue("ingest", str(sample(tmp_path)), "-i", index).code == 0
    ended = morgue("delete", "-", "-0", "--json", "-i", index, stdin="shrine\0zürich/oil\0".encode())

    assert (ended.code, json.loads(ended.out)) == (0, {"deleted": 2, "missing": []})
    assert morgue("search", "*", "-l", "-i", index).out == "cocoa\n"


def test_ingest_says_what_it_did_and_does_nothing_twice(tmp_path: Path) -> None:
    index, path = str(tmp_path / "index"), str(sample(tmp_path))
    first = json.loads(morgue("ingest", path, "--json", "-i", index).out)
    again = morgue("ingest", path, "--json", "-i", index)
    second = json.loads(again.out)

    assert (first["added"], first["unchanged"]) == (len(ARTICLES), 0)
    assert (second["added"], second["updated"], second["unchanged"]) == (0, 0, len(ARTICLES))
    assert again.err.startswith("0 added, 3 unchanged")
    assert morgue("ingest", path, "-q", "-i", index).err == ""


def test_files_from_a_list(tmp_path: Path) -> None:
    index, path = str(tmp_path / "index"), sample(tmp_path)
    ended = morgue("ingest", "--files-from", "-", "-0", "-i", index, stdin=str(path).encode() + b"\0")

    assert ended.code == 0
    assert "3 added" in ended.err


def test_parse_prints_articles_without_an_index(tmp_path: Path) -> None:
    ended = process("parse", str(sample(tmp_path)), "--fields", "id,date", cwd=tmp_path)

    assert [json.loads(line) for line in ended.out.splitlines()] == [
        {"id": "shrine", "date": "2026-01-13"},
        {"id": "cocoa", "date": "1987-03"},
        {"id": "zürich/oil", "date": "2019"},
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sample.jsonl"]


def test_parse_counts_words_as_an_archive_does(sample_index: str, tmp_path: Path) -> None:
    parsed = morgue("parse", str(sample(tmp_path)), "--fields", "id,words")
    counted = {record["id"]: record["words"] for record in map(json.loads, parsed.out.splitlines())}
    stored = [json.loads(morgue("show", name, "--json", "-i", sample_index).out)["words"] for name in counted]

    assert list(counted.values()) == stored
    assert min(stored) > 0


def test_settings_come_from_files_and_environment(sample_index: str, tmp_path: Path) -> None:
    (tmp_path / "morgue.toml").write_text(f'index = "{Path(sample_index).as_posix()}"\nformat = "ids"\nlimit = 1\n')
    below = tmp_path / "below"
    below.mkdir()
    variables = environment(MORGUE_LIMIT="2", XDG_CONFIG_HOME=str(tmp_path / "none"))
    del variables["MORGUE_CONFIG"]
    command = [sys.executable, "-m", "morgue"]
    found = subprocess.run([*command, "search", "*"], cwd=below, env=variables, capture_output=True, check=False)
    shown = subprocess.run([*command, "config", "--json"], cwd=below, env=variables, capture_output=True, check=False)

    assert found.stdout.decode().split() == ["shrine", "cocoa"]
    told = json.loads(shown.stdout)
    assert told["limit"] == {"value": 2, "origin": "environment MORGUE_LIMIT"}
    assert told["format"]["origin"] == str(tmp_path / "morgue.toml")
    assert told["sort"]["origin"] == "default"


def test_what_articles_lack_is_told_with_the_query_that_finds_them(tmp_path: Path) -> None:
    rows = (
        {"id": "whole", "headline": "Lamps", "body": "Lamps burn.", "byline": "Ann Ek", "date": "2026-01-01",
         "location": "OSLO, Norway"},
        {"id": "bare", "headline": "Harbour"},
    )  # fmt: skip
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    index = str(tmp_path / "index")

    told = morgue("ingest", str(tmp_path / "a.jsonl"), "-i", index).err.splitlines()[1:]

    assert len(told) == 4
    for line, name in zip(told, ("date", "byline", "location", "text"), strict=True):
        assert line.startswith(f"1 article has no {name} (-")
        query = line[line.index("(") + 1 : line.index(")")]
        assert morgue("search", "-l", "-i", index, "--", query).out == "bare\n"
