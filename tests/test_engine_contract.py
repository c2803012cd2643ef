"""What every engine must do, asked through `index.protocol` alone. A second engine is one more entry of ENGINES."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from morgue.engines import engine_of
from morgue.errors import IndexMissing
from morgue.index.document import Document
from morgue.index.protocol import Engine, IndexReader
from morgue.index.values import Ranking, Span
from morgue.query import tree as t


class Place(NamedTuple):
    """An engine and a location of its own that holds nothing yet."""

    engine: Engine
    location: str


def embedded(folder: Path) -> Place:
    location = str(folder / "index")
    return Place(engine_of(location), location)


ENGINES: tuple[Callable[[Path], Place], ...] = (embedded,)

ARTICLES = (
    ("a", "Cocoa harvest fails", "The cocoa harvest failed in Bahia.\n\nGrowers want aid.", "Reuters", 100),
    ("b", "Oil prices rise", "Prices of crude oil rose. Cocoa fell.\n\nTraders were surprised.", "AP", 300),
    ("c", "Aid for growers", "Growers of cocoa get aid, and cocoa buyers as well.", "Reuters", None),
)


def document(identity: str, headline: str, body: str, source: str, moment: int | None) -> Document:
    numbers = {} if moment is None else {"published_from": moment, "published_to": moment + 9}
    values = {"source": (source,), "path": (f"{identity}.txt",)}
    texts = {"source": (source,)}
    return Document(identity, headline, body, "en", texts, values, numbers, f"record of {identity}".encode())


def fill(place: Place, *identities: str) -> None:
    with place.engine.open_writer(place.location, wait=5, settings={"schema": "test"}) as writer:
        for article in ARTICLES:
            if article[0] in (identities or "abc"):
                writer.add(document(*article))


@pytest.fixture(params=ENGINES, ids=lambda make: make.__name__)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return request.param(tmp_path)


@pytest.fixture(scope="module", params=ENGINES, ids=lambda make: make.__name__)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    place = request.param(tmp_path_factory.mktemp("contract"))
    fill(place)
    with place.engine.open_reader(place.location) as reader:
        yield reader


def found(reader: IndexReader, node: t.Node, **options) -> str:
    return "".join(reader.identity(number) for number, _ in reader.search(node, **options).hits)


def number(reader: IndexReader, identity: str) -> int:
    docnum = reader.docnum(identity)
    assert docnum is not None
    return docnum


# -- reader: one commit


def test_a_reader_knows_its_commit(reader: IndexReader) -> None:
    assert reader.generation == 1
    assert reader.doc_count == 3
    assert reader.settings == {"schema": "test"}
    assert reader.location.endswith("index")
    assert reader.languages() == ("en",)


def test_totals(reader: IndexReader) -> None:
    totals = reader.totals()

    assert totals.words == sum(len((headline + " " + body).split()) for _, headline, body, _, _ in ARTICLES)
    assert totals.segments >= 1
    assert totals.deleted == 0
    assert totals.bytes_ > 0
    assert totals.format_version >= 1


def test_the_extent_of_a_number_column(reader: IndexReader) -> None:
    assert reader.extent("published_from") == (100, 300)
    assert reader.extent("published_to") == (109, 309)
    assert reader.extent("words") is None


def test_documents_by_id(reader: IndexReader) -> None:
    assert reader.docnum("d") is None
    assert sorted(reader.identities()) == ["a", "b", "c"]
    assert [reader.identity(number(reader, identity)) for identity in "abc"] == ["a", "b", "c"]


def test_stored_values_come_back(reader: IndexReader) -> None:
    numbers = [number(reader, identity) for identity in "cab"]

    assert reader.stored_each(numbers) == [b"record of c", b"record of a", b"record of b"]
    assert reader.stored(numbers[0]) == b"record of c"
    assert [reader.number("published_from", n) for n in numbers] == [None, 100, 300]
    assert reader.values("source", numbers[0]) == ["Reuters"]
    assert reader.values("byline", numbers[0]) == []


# -- reader: queries


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (t.Word("cocoa"), "abc"),
        (t.Word("cocoa", "headline"), "a"),
        (t.Word("growing"), ""),
        (t.Word("rise"), "b"),
        (t.Word("reuters", "source"), "ac"),
        (t.And((t.Word("cocoa"), t.Word("aid"))), "ac"),
        (t.Or((t.Word("oil"), t.Word("bahia"))), "ab"),
        (t.Not(t.Word("oil")), "ac"),
        (t.Filter(t.Word("cocoa"), t.Value("source", "Reuters")), "ac"),
        (t.Phrase((t.Word("cocoa"), t.Word("harvest"))), "a"),
        (t.Pattern("prefix", "grow"), "ac"),
        (t.NumberRange("published_from", 100, 200), "a"),
        (t.Has("published"), "ab"),
        (t.Everything(), "abc"),
        (t.Nothing(), ""),
    ],
    ids=str,
)
def test_a_query_finds_its_articles(reader: IndexReader, node: t.Node, expected: str) -> None:
    assert "".join(sorted(found(reader, node))) == expected
    assert reader.count(node) == len(expected)
    assert "".join(map(reader.identity, reader.docs(node))) == expected


def test_pages_follow_each_other(reader: IndexReader) -> None:
    whole = found(reader, t.Word("cocoa"), limit=None)

    assert [found(reader, t.Word("cocoa"), limit=1, offset=place) for place in range(4)] == [*whole, ""]
    assert reader.search(t.Word("cocoa"), limit=1).total == 3


def test_scores_descend_and_follow_the_ranking(reader: IndexReader) -> None:
    hits = reader.search(t.Word("cocoa")).hits
    other = reader.search(t.Word("cocoa"), ranking=Ranking(headline=20)).hits

    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert reader.identity(other[0][0]) == "a"
    assert other != hits


@pytest.mark.parametrize(("descending", "expected"), [(True, "bac"), (False, "abc")])
def test_sorted_articles_without_a_value_come_last(reader: IndexReader, descending: bool, expected: str) -> None:
    assert found(reader, t.Word("cocoa"), sort=[("published_from", descending)]) == expected


def test_facets(reader: IndexReader) -> None:
    assert reader.facets(t.Word("cocoa"), "source") == [("Reuters", 2), ("AP", 1)]
    assert reader.facets(t.Word("cocoa"), "source", 1) == [("Reuters", 2)]
    assert reader.facets(t.Everything(), "year") == [("1970", 2)]


def test_spans_are_word_positions(reader: IndexReader) -> None:
    first, second = reader.spans_each(t.Word("cocoa"), [number(reader, "a"), number(reader, "b")])

    assert first[0] == Span("text", 0, 0, (0,))
    assert (len(first), len(second)) == (2, 1)
    assert reader.spans(t.Word("oil"), number(reader, "a")) == []


def test_sentences_begin_where_they_are_printed(reader: IndexReader) -> None:
    body = ARTICLES[1][2]
    [structure] = reader.structure_each([number(reader, "b")])

    assert [body[offset:].split()[0] for offset in structure.offsets] == ["Prices", "Cocoa", "Traders"]
    assert structure.paragraphs == [True, False, True]
    assert reader.structure(number(reader, "b")) == structure
    with reader.guarded():
        assert structure.positions == sorted(structure.positions)


def test_an_explanation_adds_up_to_the_score(reader: IndexReader) -> None:
    node = t.And((t.Word("cocoa"), t.Word("aid")))
    [score] = [score for docnum, score in reader.search(node).hits if reader.identity(docnum) == "c"]

    clause = reader.explain(node, number(reader, "c"))
    failed = reader.explain(node, number(reader, "b"))

    assert clause.matched
    assert clause.score == pytest.approx(score)
    assert sum(child.score for child in clause.children) == pytest.approx(score)
    assert [part.name for part in failed.failing()] == ["aid"]


# -- reader: vocabulary


def test_vocabulary(reader: IndexReader) -> None:
    assert reader.df(t.Word("cocoa")) == 3
    assert reader.df(t.Word("nowhere")) == 0
    assert reader.expand(t.Pattern("prefix", "harv")) == ([("harvest", 1)], False)
    assert reader.expansions(t.Pattern("prefix", "gro")) == (1, 1)
    assert reader.suggest("text", "harvist")[0] == ("harvest", 1)
    assert reader.complete("text", "coc") == [("cocoa", 3)]
    assert reader.complete("source", "re") == [("Reuters", 2)]


def test_what_fields_hold(reader: IndexReader) -> None:
    assert [reader.has_field(name) for name in ("headline", "published", "source", "byline")] == [True] * 3 + [False]
    assert [reader.has_value("source", name) for name in ("AP", "AFP")] == [True, False]


# -- writer


def test_a_place_without_an_index(place: Place) -> None:
    assert not place.engine.exists(place.location)
    with pytest.raises(IndexMissing):
        place.engine.open_reader(place.location)


def test_an_empty_index_is_an_index(place: Place) -> None:
    with place.engine.open_writer(place.location, wait=5) as writer:
        assert writer.generation == 0
    with place.engine.open_reader(place.location) as reader:
        assert (reader.doc_count, reader.generation) == (0, 1)
        assert reader.extent("published_from") is None
        assert found(reader, t.Everything()) == ""


def test_a_reader_sees_a_commit_after_refresh_alone(place: Place) -> None:
    fill(place, "a")
    with place.engine.open_reader(place.location) as reader:
        assert not reader.refresh()
        fill(place, "b")
        assert found(reader, t.Everything()) == "a"
        assert reader.refresh()
        assert found(reader, t.Everything()) == "ab"
        assert reader.generation == 2


def test_an_equal_id_replaces(place: Place) -> None:
    fill(place)
    with place.engine.open_writer(place.location, wait=5) as writer:
        writer.add(document("a", "Tea", "Tea alone.", "AFP", None))
    with place.engine.open_reader(place.location) as reader:
        assert reader.doc_count == 3
        assert reader.count(t.Word("harvest")) == 0
        assert found(reader, t.Word("tea")) == "a"


def test_a_deleted_article_is_gone(place: Place) -> None:
    fill(place)
    with place.engine.open_writer(place.location, wait=5) as writer:
        assert writer.delete("a")
        assert not writer.delete("d")
    with place.engine.open_reader(place.location) as reader:
        assert reader.docnum("a") is None
        assert "".join(sorted(reader.identities())) == "bc"
        assert found(reader, t.Word("harvest")) == ""


def test_what_is_cancelled_is_not_there(place: Place) -> None:
    fill(place, "a")
    writer = place.engine.open_writer(place.location, wait=5)
    writer.add(document(*ARTICLES[1]))
    writer.cancel()
    writer.cancel()
    with contextlib.suppress(RuntimeError), place.engine.open_writer(place.location, wait=5) as writer:
        writer.add(document(*ARTICLES[2]))
        raise RuntimeError
    with place.engine.open_reader(place.location) as reader:
        assert found(reader, t.Everything()) == "a"


def test_a_writer_goes_on_after_a_commit(place: Place) -> None:
    with place.engine.open_writer(place.location, wait=5) as writer:
        writer.add(document(*ARTICLES[0]))
        assert writer.commit() == writer.generation == 1
        writer.add(document(*ARTICLES[1]))
        assert writer.commit() == 2


def test_replacing_the_index_begins_with_nothing(place: Place) -> None:
    fill(place)
    with place.engine.open_writer(place.location, wait=5, replace=True) as writer:
        writer.add(document(*ARTICLES[2]))
        with place.engine.open_reader(place.location) as reader:
            assert reader.doc_count == 3
    with place.engine.open_reader(place.location) as reader:
        assert found(reader, t.Everything()) == "c"


# -- maintenance


def test_optimizing_drops_what_is_deleted(place: Place) -> None:
    fill(place)
    with place.engine.open_writer(place.location, wait=5) as writer:
        writer.delete("a")
    with place.engine.open_writer(place.location, wait=5) as writer:
        writer.optimize()
    with place.engine.open_reader(place.location) as reader:
        assert reader.totals().deleted == 0
        assert reader.doc_count == 2


@pytest.mark.parametrize("fast", [True, False])
def test_a_sound_index_has_no_faults(place: Place, fast: bool) -> None:
    fill(place)

    assert list(place.engine.check(place.location, fast=fast)) == []


def test_salvage_reads_every_article(place: Place) -> None:
    fill(place)

    salvaged = place.engine.salvage(place.location)

    assert salvaged.records == {identity: f"record of {identity}".encode() for identity in "abc"}
    assert salvaged.lost == []
    assert salvaged.settings == {"schema": "test"}


def test_a_copy_set_aside_leaves_the_index_as_it_is(place: Place) -> None:
    fill(place)

    copied = place.engine.set_aside(place.location, 1)

    assert copied != place.location
    with place.engine.open_reader(place.location) as reader:
        assert reader.doc_count == 3
