"""Formats are told by content; a wrong suffix, none, and a pipe work; the registry is whole."""

from __future__ import annotations

import importlib
import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import FORMATS, ReadOptions, read_stream, sniff
from support.paths import ROOT

NITF = b'<?xml version="1.0"?><!-- x --><!DOCTYPE nitf SYSTEM "n.dtd"><nitf><body/></nitf>'

CASES = [
    (b"NARA, Japan (AP) \xe2\x80\x94 Divers found bones.\n\nMore, said the mayor.", "text"),
    (b'{"title": "a", "text": "b"}\n{"title": "c"}\n', "jsonl"),
    (b'{\n "title": "a",\n "text": "b"\n}', "json"),
    (b'[{"title": "a"}]', "json"),
    (b'{"uri": "urn:1", "versioncreated": "2020-01-01", "pubstatus": "usable"}', "ninjs"),
    (b'{\n"uri": "urn:1",\n"pubStatus": "usable",\n"headlines": []}', "ninjs"),
    (b'{"data": {"item": {"altids": {"itemid": "x"}, "headline": "h"}}}', "apmedia"),
    (b'{"uri": "urn:1", "altids": [{"role": "x"}], "pubstatus": "usable", "bodies": []}', "ninjs"),
    (b"title,date,text\na,2020,b\n", "csv"),
    (b"title\tdate\ttext\na\t2020\tb\n", "csv"),
    (b"Titel;Datum;Inhalt\na;2020;b\nc;2021;d\ne;2022;f\n", "csv"),
    (b"---\ntitle: a\n---\nText", "markdown"),
    (b'+++\ntitle = "a"\n+++\nText', "markdown"),
    (b'{"title": "a"}\n\nText that follows.\n', "markdown"),
    (b"<!-- made by x -->\n---\ntitle: a\n---\nText", "markdown"),
    (b"# Title\n\nText with a [link](http://a.example).\n\n## Sub\n", "markdown"),
    (b"<!DOCTYPE html><html><head></head></html>", "html"),
    (b"<p>One.</p><p>Two.</p>", "html"),
    (b"\xef\xbb\xbf<html><body>x</body></html>", "html"),
    (NITF, "nitf"),
    (b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/></newsMessage>', "newsmlg2"),
    (b'<ns:newsItem xmlns:ns="http://iptc.org/std/nar/2006-10-01/"/>', "newsmlg2"),
    (b'<NewsML Version="1.2"><NewsItem/></NewsML>', "newsml1"),
    (b'<rss version="2.0"><channel/></rss>', "rss"),
    (b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>', "wxr"),
    (b'<rdf:RDF xmlns:rdf="x"></rdf:RDF>', "rss"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "atom"),
    (b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="1"></REUTERS>', "sgml"),
    (b"<DOC>\n<DOCNO> 1 </DOCNO>\n</DOC>", "sgml"),
    (b'<?xml version="1.0"?><Story><Headline>a</Headline></Story>', "xml"),
    (b"\x16\x16\x01W2870\x1fa\x13\x11 BC-x\x02", "anpa"),
    (b"\x01eca062 4 i 211 dpa 061\r\n\nx/\r\n\x02Head =\r\n", "iptc7901"),
    (b"From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Mon, 1 Jan 2020 10:00:00 +0000\n\nText", "eml"),
    (b"From a@b.example Mon Jan  1 10:00:00 2020\nFrom: a@b.example\nSubject: x\n\nText", "mbox"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
    (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "warc"),
    ("Zoë said.".encode("utf-16"), "text"),
    ('{"title": "a"}\n{"title": "b"}'.encode("utf-16-le"), "jsonl"),
    (b"", ""),
    (b" \n\t", ""),
    (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
    (b"abc\0def" * 9, ""),
]


@pytest.mark.parametrize(("data", "name"), CASES, ids=[f"{n}-{name}" for n, (_, name) in enumerate(CASES)])
@pytest.mark.parametrize("path", ["", "-", "file", "file.dat"])
def test_the_content_says_what_it_is_without_a_suffix(data: bytes, name: str, path: str) -> None:
    assert sniff(data, path).format == name


@pytest.mark.parametrize("suffix", [".xml", ".txt", ".json", ".bak"])
def test_a_wrong_suffix_does_not_mislead(suffix: str) -> None:
    assert sniff(NITF, "story" + suffix).format == "nitf"


@pytest.mark.parametrize(
    ("data", "path", "name", "sure"),
    [
        (b'{"title": "a"}', "a.jsonl", "jsonl", True),
        (b'{"title": "a"}', "a.json", "json", True),
        (b'{"title": "a"}', "-", "json", True),
        (b"Just text.", "a.md", "markdown", True),
        (b"Just text.", "a.csv", "csv", False),
        (b"Just text.", "a.html", "html", False),
        (b"Just text.", "a.json", "text", False),
        (b"Just text.", "a.wire", "text", True),
        (b"one;two;three\n1;2;3\n1;2;3\n1;2;3\n", "-", "csv", False),
    ],
)
def test_the_suffix_decides_where_the_content_does_not(data: bytes, path: str, name: str, sure: bool) -> None:
    guess = sniff(data, path)

    assert (guess.format, guess.sure) == (name, sure)
    assert sure or guess.alternatives


def test_a_doubtful_guess_is_told_with_the_first_article() -> None:
    table = b"headline;Deich;Rang\nA;Husum;1\nB;Kiel;2\nC;Kiel;3\n"
    first, second, _ = read_stream(io.BytesIO(table), "-")

    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert [remark.why for remark in first.problems] == [
        "taken for csv: it has lines of 3 columns separated by semicolons; it may be text"
    ]
    assert second.problems == []


def test_a_guess_says_what_it_was_told_by() -> None:
    assert sniff(NITF).why == "has the first element <nitf>"
    assert sniff(b"\x89PNG\r\n\x1a\n").why == "is a PNG image, not text"


@given(st.binary(max_size=400), st.sampled_from(["", "a.csv", "a.md", "a.eml", "a.jsonl", "a.xml"]))
def test_any_bytes_are_guessed_to_be_something_known_or_refused(data: bytes, name: str) -> None:
    guess = sniff(data, name)

    assert guess.format in FORMATS or (guess.format == "" and guess.why)


@given(st.text(alphabet="<>!-[]?{}\"':;,=\n aA1&", max_size=300), st.sampled_from(["", "a.xml", "a.md"]))
def test_markup_like_noise_is_guessed(text: str, name: str) -> None:
    sniff(text.encode(), name)


def test_a_long_hostile_head_is_guessed_quickly() -> None:
    for piece in (
        b"<!--",
        b"---\n",
        b"<!DOCTYPE [",
        b"{",
        b"[{",
        b"A: b\n",
        b"a,",
        b'"',
        b"From x 10:00 ",
        b"From aa",
        b'"altids":{',
    ):
        sniff(piece * 30_000, "")
    sniff(b"From " + b"a" * 60_000, "")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_module_and_an_example_that_is_sniffed_as_it(name: str) -> None:
    item = FORMATS[name]
    module = importlib.import_module(f"morgue.readers.{item.module}")
    example = ROOT / item.example

    assert callable(module.read)
    assert example.exists()
    assert sniff(example.read_bytes(), "").format == name
    assert sniff(example.read_bytes(), example.name).format == name


def test_the_user_may_name_the_format() -> None:
    (item,) = read_stream(io.BytesIO(b'{"title": "a"}'), "a.json", ReadOptions(format_in="text"))
    (refused,) = read_stream(io.BytesIO(b"x"), "a", ReadOptions(format_in="nope"))

    assert not isinstance(item, Rejected)
    assert item.format == "text"
    assert isinstance(refused, Rejected)
    assert refused.why.startswith("unknown format 'nope' (known: text, jsonl, json")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (item,) = read_stream(io.BytesIO(b"%PDF-1.7\n"), "a.pdf")

    assert isinstance(item, Rejected)
    assert "pip install 'morgue[pdf]'" in item.why


def test_the_number_of_records_can_be_limited() -> None:
    lines = b'{"title": "a"}\n' * 10

    assert len(list(read_stream(io.BytesIO(lines), "a.jsonl", ReadOptions(max_records=3)))) == 3


def test_json_lines_are_told_though_the_first_is_broken() -> None:
    stream = io.BytesIO(b'{broken\n{"id": "n1", "headline": "Oil", "body": "Oil rose."}\n')
    found = list(read_stream(stream, "-", ReadOptions()))

    assert [type(item) for item in found] == [Rejected, Draft]
    assert isinstance(found[0], Rejected)
    assert found[0].record == 1
