"""Every format, compared as a whole with tests/golden/ (UPDATE_GOLDEN=1 writes the files anew)."""

from __future__ import annotations

import importlib
import io
import json
import os

import pytest

from morgue.cli.argv import read
from morgue.cli.output_options import Formats
from morgue.cli.table import load
from morgue.json_record import to_record
from morgue.model import Article, Hit, Mark, Notice, Origin, Person, Place, Published, SearchResult, Snippet
from morgue.render.as_table import write_table
from morgue.render.formats import ARTICLE_FORMATS, FORMATS, Format, writer
from morgue.render.query_error import caret_lines
from morgue.render.style import Style
from support.paths import TESTS

GOLDEN = TESTS / "golden"
BODY = (
    "Cocoa prices rose [sic] on Tuesday as growers in Bahia held back their beans, traders said.\n\n"
    "The harvest of cocoa is late, and :smile: nobody knows why the rain \x1b[31mdid not\x1b[0m come this year "
    "to the cocoa zone.\n\nWHAT NEXT\n\nA decision is due <b>tomorrow</b>."
)


def snippet(field: str, whole: str, text: str, words: list[str], paragraph: int = -1) -> Snippet:
    """A snippet that quotes `text` of `whole` with `words` marked, one span around them all."""
    start = whole.index(text)
    marks, place = [], start
    for word in words:
        place = whole.index(word, place)
        marks.append(Mark(place, place + len(word)))
        place += len(word)
    spans = (Mark(marks[0].start, marks[-1].end),) if marks else ()
    return Snippet(
        field=field, text=text, start=start, end=start + len(text), paragraph=paragraph, spans=spans, words=tuple(marks)
    )


def result() -> SearchResult:
    """Two hits: one with everything, hostile text among it; one with next to nothing."""
    headline = "=Cocoa “prices” rise\u202e, *again*"
    full = Article(
        id="wire/cocoa.txt",
        headline=headline,
        body=BODY,
        subheads=(2,),
        published=Published(value="1987-03-04T08:00:00Z", precision="instant"),
        byline=(Person(name="Ana Souza"), Person(name="Rui Costa")),
        location=Place(raw="SALVADOR, Brazil", city="SALVADOR", country="BR"),
        source="Reuters",
        language="en",
        url="https://news.example/cocoa?a=1&b=2",
        origin=Origin(path="wire/cocoa.txt", format="text"),
    )
    bare = Article(id="x#2", body="Beans.", status="canceled", origin=Origin(path="x", record=2))
    first = to_record(full, words=40)
    quotes = (
        snippet("headline", headline, headline, ["Cocoa", "prices"]),
        snippet("body", BODY, "The harvest of cocoa is late, and :smile: nobody knows why", ["harvest", "cocoa"], 1),
        snippet("body", BODY, "to the cocoa zone.", ["cocoa"], 1),
    )
    hits = (
        Hit(rank=1, score=12.3456789, record=first, snippets=quotes),
        Hit(rank=2, score=1.0, record=to_record(bare, words=1)),
    )
    notice = Notice(code="did-you-mean", message="did you mean cocoas?", hint="--fix", start=0, end=5)
    return SearchResult(
        query="cocoa", parsed="cocoa", total=12, offset=0, hits=hits, notices=(notice,), took=0.0123, generation=3
    )


NOTHING = SearchResult(query="zzzz", parsed="zzzz", total=0, offset=0, hits=())
CASES = {
    "table.txt": ("table", Style(width=72, terminal=True)),
    "table-colour.txt": ("table", Style(width=72, terminal=True, color=True)),
    "table-piped.txt": ("table", Style()),
    "table-fields.txt": ("table", Style(fields=("rank", "date", "label"), width=72)),
    "text.txt": ("text", Style()),
    "text-colour.txt": ("text", Style(color=True)),
    "hits.json": ("json", Style()),
    "hits-meta.json": ("json", Style(meta=True, fields=("id", "score"))),
    "hits.jsonl": ("jsonl", Style(fields=("id", "date", "byline", "snippet"))),
    "hits.csv": ("csv", Style()),
    "hits.tsv": ("tsv", Style()),
    "ids.txt": ("ids", Style()),
    "paths.txt": ("paths", Style()),
    "hits.md": ("markdown", Style()),
    "hits.html": ("html", Style()),
    "template.txt": ("template", Style(template=r"{rank}. {label}\t[{byline}]")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_format_is_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM", raising=False)
    chosen, style = CASES[name]
    out = io.StringIO()
    writer(chosen)(result(), out, style)
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(out.getvalue(), encoding="utf-8", newline="\n")

    assert out.getvalue() == path.read_text(encoding="utf-8")


def test_every_format_has_a_golden_file() -> None:
    assert {chosen for chosen, _ in CASES.values()} == set(FORMATS)


@pytest.mark.parametrize("item", [*FORMATS.values(), *ARTICLE_FORMATS.values()], ids=lambda item: item.function)
def test_every_entry_is_whole(item: Format) -> None:
    module = importlib.import_module(f"morgue.render.{item.module}")

    assert callable(getattr(module, item.function))
    assert item.flags[:1] == ((f"--{item.name}",) if item.name not in ("template", "auto") else ())
    assert item.help.endswith((".", ")")) == bool(item.flags)


@pytest.mark.parametrize("table", [FORMATS, ARTICLE_FORMATS], ids=["hits", "articles"])
def test_no_two_formats_share_a_name(table: dict[str, Format]) -> None:
    names = [name for item in table.values() for name in (item.name, *item.aliases)]
    flags = [flag for item in table.values() for flag in item.flags]

    assert len(names) == len(set(names))
    assert len(flags) == len(set(flags))


def chosen_by(command: str, args: list[str]) -> str:
    """The name of the format that a command line chooses."""
    loaded = load(command)
    kind, declared = loaded.shared["formats"]
    values = read(loaded, ["x", *args])
    formats = kind(**{param.name: values[param.name] for param in declared})
    assert isinstance(formats, Formats)
    return formats.chosen()


@pytest.mark.parametrize(
    ("command", "table"),
    [("search", FORMATS), ("similar", FORMATS), ("show", ARTICLE_FORMATS)],
    ids=["search", "similar", "show"],
)
def test_every_format_is_an_option_of_the_command(command: str, table: dict[str, Format]) -> None:
    for item in table.values():
        for args in [[flag] for flag in item.flags] + [
            ["-f", name] for name in (item.name, *item.aliases) if item.flags
        ]:
            assert chosen_by(command, args) == item.name


@pytest.mark.parametrize("chosen", FORMATS)
@pytest.mark.parametrize("style", [Style(), Style(width=40, terminal=True, color=True), Style(raw=True, null=True)])
def test_nothing_found_is_valid_output(chosen: str, style: Style) -> None:
    out = io.StringIO()
    writer(chosen)(NOTHING, out, style)
    if chosen == "json":
        assert json.loads(out.getvalue()) == []
    if chosen in ("text", "table", "jsonl", "ids", "paths", "template", "markdown"):
        assert out.getvalue() == ""


def test_json_escapes_what_utf8_cannot_hold() -> None:
    hit = Hit(rank=1, score=0.0, record={"id": "caf\udce9 \ud800 \x1b \u202e é"})
    out = io.StringIO()
    writer("jsonl")(SearchResult(query="", parsed="", total=1, offset=0, hits=(hit,)), out, Style(fields=("id",)))

    assert out.getvalue() == '{"id":"caf\\udce9 \\ud800 \\u001b \\u202e é"}\n'
    assert json.loads(out.getvalue())["id"] == hit.id


def test_the_terminal_view_keeps_to_its_width() -> None:
    out = io.StringIO()
    write_table(result(), out, Style(width=48, terminal=True))

    assert max(map(len, out.getvalue().splitlines())) <= 48


@pytest.mark.parametrize(
    ("query", "start", "end", "lines"),
    [
        ("deer nope:x", 5, 10, ["  deer nope:x", "       ^^^^^"]),
        ("deer (", 6, 6, ["  deer (", "        ^"]),
        ("東京 nope:x", 3, 8, ["  東京 nope:x", "       ^^^^^"]),
        ("a\tb\x1b nope:x", 5, 10, ["  a b␛ nope:x", "       ^^^^^"]),
        ("", 0, 0, []),
        ("deer", -1, -1, []),
    ],
)
def test_the_caret_stands_under_the_place(query: str, start: int, end: int, lines: list[str]) -> None:
    assert caret_lines(query, start, end) == lines


def test_the_caret_of_a_long_query_stays_near_it() -> None:
    shown, under = caret_lines("word " * 100 + "nope:x" + " word" * 100, 500, 506)

    assert shown[under.index("^") : under.rindex("^") + 1] == "nope:x"
    assert len(shown) < 140
