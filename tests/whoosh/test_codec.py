"""Whoosh's own matchers and BM25F scorer over our codec give what our evaluator gives: articles, order, scores."""

from __future__ import annotations

import os
import random

import pytest
from whoosh import query as q
from whoosh.matching import InverseMatcher
from whoosh.query.spans import SpanNear

from morgue import analysis
from morgue.engine.search import arrays, proximity_numpy, term_postings
from morgue.engine.search.snapshot import Snapshot
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
from morgue.index.values import Ranking
from morgue.query import tree as t
from morgue.schema import settings
from morgue.whoosh import open_dir

VOCABULARY = [f"{a}{b}" for a in ("ban", "cor", "dil", "fum", "gos", "hul") for b in ("a", "ed", "ing", "ow", "et")]
QUERIES = int(os.environ.get("MORGUE_EXAMPLES", "12")) * 10
RANKING = Ranking(headline=2.5, lead=1.5, body=1.0, k1=1.4, b=0.6)


class Near(SpanNear):
    """Whoosh's proximity, which asked about its size within an OR raises NotImplementedError."""

    def estimate_size(self, reader):
        return min(part.estimate_size(reader) for part in self.q.subqueries)

    estimate_min_size = estimate_size


class Without(q.Not):
    """Whoosh's NOT, which adds 1 to the score of what it does not exclude."""

    def matcher(self, searcher, _context=None):
        reader = searcher.reader()
        child = self.query.matcher(searcher, searcher.boolean_context())
        return InverseMatcher(child, reader.doc_count_all(), missing=reader.is_deleted, weight=0.0)


def text(chance: random.Random, most: int) -> str:
    # Zipf-like: the first words are common.
    count = chance.randint(0, most)
    return " ".join(VOCABULARY[min(int(chance.expovariate(0.12)), len(VOCABULARY) - 1)] for _ in range(count))


def document(chance: random.Random, number: int) -> Document:
    body = "\n\n".join(text(chance, 25) for _ in range(chance.randint(0, 6)))
    texts = {"byline": (text(chance, 3),)} if chance.random() < 0.5 else {}
    values = {"country": (chance.choice(["JP", "FR", "KE"]),)}
    return Document(str(number), text(chance, 8), body, "en", texts, values, {"words": number % 7}, b"{}")


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    chance = random.Random(7)
    path = tmp_path_factory.mktemp("index")
    with Writer(path, settings=settings()) as writer:
        for number in range(400):
            writer.add(document(chance, number))
            if number in (150, 300):
                writer.commit()
        writer.commit()
        for number in range(0, 400, 17):
            writer.delete(str(number))
    return path


@pytest.fixture(params=["python", "numpy"])
def snapshot(request, directory, monkeypatch):
    arrays.CHOOSER.always = arrays.PYTHON if request.param == "python" else arrays.numpy_ops()
    monkeypatch.setattr(proximity_numpy, "NUMPY_FROM_CANDIDATES", 0)
    monkeypatch.setattr(term_postings, "NUMPY_FROM_POSTINGS", 0)
    with Snapshot.open(directory) as opened:
        yield opened
    arrays.CHOOSER.always = None


def word(chance: random.Random):
    field = chance.choice(["text", "text", "text", "headline", "lead", "body", "byline"])
    surface = chance.choice(VOCABULARY)
    key = analysis.key(surface, stem=field != "byline")
    return t.Word(surface, field), q.Term(field, key)


def plain(chance: random.Random):
    surface = chance.choice(VOCABULARY[:12])
    return t.Word(surface), analysis.key(surface)


def pair(chance: random.Random, depth: int):
    """A query of ours and the same for Whoosh, around the faults of its AndNot, Require and DisjunctionMax."""
    kind = chance.randrange(8) if depth else chance.choice([0, 0, 0, 6, 7])
    if kind <= 1:
        return word(chance)
    if kind in (2, 3):
        ours, theirs = zip(*(pair(chance, depth - 1) for _ in range(chance.randint(2, 3))), strict=True)
        return (t.And(ours), q.And(list(theirs))) if kind == 2 else (t.Or(ours), q.Or(list(theirs)))
    if kind == 4:
        (a, x), (b, y) = pair(chance, depth - 1), pair(chance, depth - 1)
        return t.And((a, t.Not(b))), q.And([x, Without(y)])
    if kind == 5:
        (a, x), (b, y) = pair(chance, depth - 1), word(chance)
        # AndMaybe loses the bonus of documents that it skips to.
        return t.Optional(a, b), q.Or([q.And([x, y]), q.And([x, Without(y)])])
    words, keys = zip(*(plain(chance) for _ in range(2)), strict=True)
    if kind == 6:
        return t.Phrase(words), q.Phrase("text", list(keys))
    distance, ordered = chance.randint(1, 6), chance.random() < 0.5
    near = Near(q.Term("text", keys[0]), q.Term("text", keys[1]), slop=distance, ordered=ordered)
    return t.Near(*words, distance, ordered=ordered), near


def test_the_same_articles_order_and_scores(snapshot, directory):
    chance = random.Random(11)
    with open_dir(directory, ranking=RANKING).searcher() as searcher:
        found = 0
        for _ in range(QUERIES):
            ours, theirs = pair(chance, 2)
            expected = {hit.docnum: hit.score for hit in searcher.search(theirs, limit=None)}
            top = snapshot.search(ours, limit=None, ranking=RANKING)

            assert top.total == len(expected), ours
            assert dict(top.hits) == pytest.approx(expected, abs=1e-6), ours
            assert top.hits == sorted(top.hits, key=lambda hit: (-hit[1], hit[0]))
            first = snapshot.search(ours, limit=10, ranking=RANKING)
            assert first.total == top.total
            assert first.hits == top.hits[:10]
            best = searcher.search(theirs, limit=10)
            assert [score for _, score in first.hits] == pytest.approx([hit.score for hit in best], abs=1e-6), ours
            assert len(best) == top.total
            found += bool(expected)
    assert found > QUERIES / 2


def test_whoosh_sorts_filters_and_facets_over_our_columns(snapshot, directory):
    with open_dir(directory).searcher() as searcher:
        results = searcher.search(q.Term("text", "bana"), sortedby="words", filter=q.Term("country", "fr"), limit=None)
        ours = t.Filter(t.Word("bana"), t.Value("country", "FR"))
        expected = snapshot.search(ours, limit=None, sort=(("words", False),))

        assert [hit.docnum for hit in results] == [doc for doc, _ in expected.hits]
        groups = searcher.search(q.Every(), groupedby="country", limit=None).groups("country")
        counts = {name: len(docs) for name, docs in groups.items()}
        assert counts == dict(snapshot.facets(t.Everything(), "country"))


def test_whoosh_reads_ids_records_and_terms(snapshot, directory):
    with open_dir(directory).searcher() as searcher:
        found = searcher.document(id="5")
        assert found is not None
        assert found["id"] == "5"
        assert searcher.document(id="17") is None
        assert searcher.doc_count() == snapshot.doc_count == 400 - 24
        reader = searcher.reader()
        assert ("text", b"bana") in reader
        assert list(reader.field_terms("country")) == ["fr", "jp", "ke"]
        keys = sorted({analysis.key(word).encode() for word in VOCABULARY if word.startswith("gos")})
        assert sorted(reader.expand_prefix("text", "gos")) == keys
        df = snapshot.df(t.Word("bana"))
        assert reader.doc_frequency("text", "bana") == df
