"""Saved queries: where they are kept, and what `@name` makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cli_process import Ended, morgue


class Desk:
    """A user with a home, a project folder below it, and the sample archive."""

    def __init__(self, home: Path, index: str) -> None:
        self.home = home
        self.index = index
        self.store = home / "own" / "morgue" / "morgue.saved.json"

    def run(self, *args: str, stdin: bytes = b"") -> Ended:
        own = str(self.home / "own")
        return morgue(*args, stdin=stdin, XDG_CONFIG_HOME=own, MORGUE_INDEX=self.index, MORGUE_CONFIG=None)


@pytest.fixture
def desk(tmp_path: Path, sample_index: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    return Desk(tmp_path, sample_index)


def test_a_saved_query_stands_for_its_text(desk: Desk) -> None:
    assert desk.run("saved", "add", "soft", "cocoa OR coffee") == (0, "", f"@soft is saved in {desk.store}\n")

    assert desk.run("saved", "list").out == "soft\tcocoa OR coffee\n"
    assert desk.run("search", "@soft", "harvest", "-l").out == "cocoa\n"
    assert desk.run("count", "@soft").out == "1\n"
    assert desk.run("explain", "@soft beans", "cocoa").code == 0
    assert desk.run("saved", "run", "soft").out.startswith("cocoa\t1987-03\t")
    assert desk.run("search", "--queries", "-", "-l", stdin=b"@soft\n").out == "1\tcocoa\n"


def test_saved_queries_can_name_each_other_but_not_themselves(desk: Desk) -> None:
    desk.run("saved", "add", "soft", "cocoa OR coffee")

    assert desk.run("saved", "add", "all", "@soft OR oil").code == 0
    assert desk.run("count", "@all").out == "2\n"
    assert desk.run("saved", "add", "soft", "@all").code == 2
    assert desk.run("count", "@all").out == "2\n"


def test_the_table_of_a_project_outranks_the_user_and_is_written_by_hand(desk: Desk) -> None:
    desk.run("saved", "add", "soft", "oil")
    Path("morgue.toml").write_text('[saved]\nsoft = "cocoa"\n')

    assert desk.run("search", "@soft", "-l").out == "cocoa\n"
    assert "change it there" in desk.run("saved", "add", "soft", "deer").err
    assert "remove it there" in desk.run("saved", "rm", "soft").err
    desk.run("saved", "add", "animals", "deer")
    assert json.loads(Path("morgue.saved.json").read_text()) == {"animals": "deer"}
    assert [(each["name"], Path(each["origin"]).name) for each in json.loads(desk.run("saved", "--json").out)] == [
        ("animals", "morgue.saved.json"),
        ("soft", "morgue.toml"),
    ]


NEW = b"""{"id": "n1", "headline": "Cocoa and oil", "date": "2026-05-01", "body": "Cocoa fell with oil."}
{"id": "n2", "headline": "Nothing", "body": "Rain all day."}
{"id": "n3", "headline": "Oil", "date": "2026-05-02", "body": "Oil rose."}
"""


def test_match_tells_which_saved_queries_new_articles_satisfy_each_article_once(desk: Desk) -> None:
    desk.run("saved", "add", "fuel", "oil")
    desk.run("saved", "add", "soft", "cocoa OR coffee")

    assert desk.run("match", stdin=NEW) == (
        0,
        "n1\t2026-05-01\tfuel,soft\tCocoa and oil\nn3\t2026-05-02\tfuel\tOil\n",
        "",
    )
    only = [json.loads(line) for line in desk.run("match", "--saved", "@soft", "--jsonl", stdin=NEW).out.splitlines()]
    assert [(each["id"], each["saved"]) for each in only] == [("n1", ["soft"])]
    assert "Cocoa fell with oil." in [quote["text"] for quote in only[0]["snippets"]]
    assert desk.run("search", "@fuel", "-l").out == "zürich/oil\n"  # the archive is as it was


@pytest.mark.parametrize(
    ("args", "stdin", "code", "words"),
    [
        ([], b'{"id": "x", "headline": "Rain", "body": "Rain."}\n', 1, ""),
        (["--saved", "nix"], NEW, 2, "no such saved query: @nix"),
        ([], NEW + b"{broken\n", 4, "broken JSON"),
        ([], b"", 4, "is empty"),
    ],
)
def test_match_ends_with_a_code_that_tells(desk: Desk, args: list[str], stdin: bytes, code: int, words: str) -> None:
    desk.run("saved", "add", "fuel", "oil")

    ended = desk.run("match", *args, stdin=stdin)

    assert ended.code == code, ended.err
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_what_is_removed_is_gone(desk: Desk) -> None:
    desk.run("saved", "add", "soft", "cocoa")

    assert desk.run("saved", "rm", "@soft") == (0, "", "")
    assert desk.run("saved", "list") == (1, "", "")
    assert desk.run("search", "@soft").code == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["add", "a b", "x"], "invalid name"),
        (["add", "desk"], "takes a name and a query"),
        (["add", "desk", "nope:x"], "unknown field 'nope'"),
        (["rm", "desk"], "no such saved query: @desk"),
        (["run"], "takes a name"),
        (["keep", "desk"], "known: add, list, rm, run"),
    ],
)
def test_mistakes_are_named(desk: Desk, args: list[str], words: str) -> None:
    ended = desk.run("saved", *args)

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert not desk.store.exists()


@pytest.mark.parametrize("content", ["[]", "{", '{"a": 1}', '{"a b": "x"}', "\udcff"])
def test_a_file_that_is_none_of_ours_is_named(desk: Desk, content: str) -> None:
    desk.store.parent.mkdir(parents=True)
    desk.store.write_bytes(content.encode("utf-8", "surrogateescape"))

    ended = desk.run("search", "@soft")

    assert ended.code == 2
    assert "morgue.saved.json" in ended.err
    assert desk.run("search", "deer", "-l").out == "shrine\n"  # nobody asked for it
