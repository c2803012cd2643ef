"""Random queries find the same over an archive as over an index of Whoosh's own, and score as `morgue search` does.

Left out, as Whoosh itself answers them wrongly (whoosh3 3.54):

- NOT alone or within OR: deleted articles are found;
- AndNot: the first article of a segment is kept although it is excluded; `NOT` within AND is used instead;
- a word twice within AND or OR: Whoosh drops one, so only sets are compared;
- AndMaybe: the sum misses what an article that is skipped to has of the optional part, so only sets are compared;
- DisjunctionMax with a limit: hits are lost.
"""

from __future__ import annotations

import os
import random

import pytest
from whoosh import query as q
from whoosh.index import open_dir
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.query import spans as s

from morgue import analysis
from morgue.engine.search.snapshot import Snapshot
from morgue.index.values import Ranking
from morgue.query import tree as t
from morgue.whoosh import Weighting, create_in
from support.stock_whoosh import PEOPLE, PLACES, SOURCES, WORDS, steps, write_archive, write_stock

EXAMPLES = int(os.environ.get("MORGUE_EXAMPLES", "12"))
LEVEL = Weighting(Ranking(headline=1.0, lead=1.0, body=1.0))
WEIGHTED = Ranking(headline=2.5, lead=1.5, body=1.0, k1=1.4, b=0.6)
STEMMED = ("text", "text", "text", "headline", "title", "lead", "body")


@pytest.fixture(scope="module", params=[1, 2, 3, 6])
def history(request, tmp_path_factory):
    """Return a number of commits, an archive and an index of Whoosh's own after them."""
    folder = tmp_path_factory.mktemp("archive")
    chance = random.Random(request.param)
    done = steps(request.param, [chance.randint(20, 90) for _ in range(request.param)])
    write_archive(folder, done)
    return request.param, folder, write_stock(done)


def scored_alike(ours, theirs):
    """Whether both count the same deleted articles, as they do until an archive merges segments."""
    return ours.doc_count_all() == theirs.doc_count_all()


# -- Whoosh's query language ---------------------------------------------------------------------------------------


def single(chance):
    """Return a word that is one word to both parsers."""
    return chance.choice([word for word in WORDS[:50] if word.isalpha()])


def atom(chance):
    """Return a text, and its tree in morgue's language (None where there is none that means the same)."""
    kind = chance.randrange(16)
    if kind <= 5:
        word, field = single(chance), chance.choice(STEMMED)
        own = "headline" if field == "title" else field
        return (word if field == "text" else f"{field}:{word}"), t.Word(word, own)
    if kind <= 7:
        words, field = (
            [single(chance) for _ in range(chance.choice((2, 2, 3)))],
            chance.choice(("text", "text", "body")),
        )
        quoted = '"' + " ".join(words) + '"'
        tree = t.Phrase(tuple(t.Word(word, field) for word in words))
        return (quoted if field == "text" else f"{field}:{quoted}"), tree
    if kind == 8:
        one, other = chance.sample(WORDS[:40], 2)
        slop = chance.randint(2, 6)
        return f'"{one} {other}"~{slop}', t.Near(t.Word(one), t.Word(other), slop, ordered=True)
    if kind == 9:
        name = chance.choice(PEOPLE).split()[chance.randint(0, 1)]
        return f"byline:{name}", t.Word(name, "byline")
    if kind == 10:
        source = chance.choice(SOURCES)
        return f"source:{source}", t.Word(source, "source")
    word = single(chance)
    low = chance.randint(1, 60)
    return chance.choice(
        (
            f"{word[: chance.randint(1, 3)]}*",
            f"headline:{word[:2]}*",
            f"{word[0]}*{word[-1]}",
            f"{word[0]}?{word[2:]}" if len(word) > 3 else f"{word}?",
            f"{word[:-1]}~",
            f"country:{chance.choice(['KE', 'fr', 'JP', 'xx'])}",
            f"city:{chance.choice(sorted(PLACES))}",
            f"words:[{low} TO {low + chance.randint(0, 20)}]",
            f"words:[{low} TO]",
            f"words:{low}",
            f"date:[198701{chance.randint(10, 20)} TO 198702{chance.randint(10, 20)}]",
            f"date:198701{chance.randint(10, 31)}",
            f"[{word[:3]} TO {word[:1]}z]",
            f"id:a{chance.randint(0, 80)}",
            "*",
            "keywords:cocoa",
            "C-130",
            "1,000",
            "U.S.",
            f"path:wire/a{chance.randint(0, 9)}*",
        )
    ), None


def text(chance, depth):
    kind = chance.randrange(8) if depth else 0
    if kind <= 2:
        return atom(chance)
    if kind <= 5:
        parts = [text(chance, depth - 1) for _ in range(chance.randint(2, 3))]
        operator, node = chance.choice(((" AND ", t.And), (" OR ", t.Or), (" ", t.And)))
        trees = tuple(tree for _, tree in parts)
        return "(" + operator.join(part for part, _ in parts) + ")", None if None in trees else node(trees)
    (one, a), (other, b) = text(chance, depth - 1), text(chance, depth - 1)
    if kind == 6:
        return f"({one} NOT {other})", None if a is None or b is None else t.And((a, t.Not(b)))
    return f"({one} ANDMAYBE {other})", None


def found(searcher, query, limit=None):
    return {hit["id"]: hit.score for hit in searcher.search(query, limit=limit)}


def words(tree):
    """Return the field and the key of each word outside of phrases."""
    if isinstance(tree, t.Word):
        return [(tree.field, analysis.key(tree.text))]
    return [word for child in tree.children for word in words(child)] if isinstance(tree, t.And | t.Or) else []


def parsed(searcher, typed):
    parser = QueryParser("text", searcher.schema)
    parser.add_plugin(FuzzyTermPlugin())
    return parser.parse(typed)


def test_queries_in_whooshs_language(history):
    commits, folder, stock = history
    chance = random.Random(commits)
    answered = translated = 0
    with (
        open_dir(str(folder)).searcher(weighting=LEVEL) as ours,
        stock.searcher(weighting=LEVEL) as theirs,
        open_dir(str(folder)).searcher(weighting=Weighting(WEIGHTED)) as weighted,
        Snapshot.open(folder) as snapshot,
    ):
        for _ in range(EXAMPLES * 12):
            typed, tree = text(chance, chance.choice((0, 1, 2, 2)))
            query = parsed(ours, typed)
            own, other = found(ours, query), found(theirs, parsed(theirs, typed))

            assert own.keys() == other.keys(), typed
            if "ANDMAYBE" not in typed and scored_alike(ours, theirs):
                assert own == pytest.approx(other, abs=1e-6), typed
            answered += bool(own)
            if tree is None:
                continue
            translated += 1
            top = snapshot.search(tree, limit=None, ranking=WEIGHTED)
            hits = weighted.search(query, limit=None)
            wanted = {weighted.stored_fields(doc)["id"]: score for doc, score in top.hits}
            if " NOT " in typed or len(set(words(tree))) < len(words(tree)):  # Whoosh's score of NOT is 1 more
                assert {hit["id"] for hit in hits} == wanted.keys(), typed
                continue
            assert {hit["id"]: hit.score for hit in hits} == pytest.approx(wanted, abs=1e-6), typed
            best = weighted.search(query, limit=7)
            assert [hit.score for hit in best] == pytest.approx([score for _, score in top.hits[:7]], abs=1e-6), typed
            assert len(best) == top.total
        assert scored_alike(ours, theirs) or commits > 3
    assert answered > EXAMPLES * 6
    assert translated > EXAMPLES * 4


# -- spans ---------------------------------------------------------------------------------------------------------


def span(chance, depth, field):
    """Return a random query with positions."""
    kind = chance.randrange(10) if depth else chance.choice((0, 0, 0, 1))
    if kind <= 1:
        word = single(chance)
        return q.Term(field, analysis.key(word)) if kind == 0 else q.Prefix(field, word[:2])
    one, other = span(chance, depth - 1, field), span(chance, depth - 1, field)
    slop, limit = chance.randint(1, 8), chance.randint(1, 30)
    return (
        lambda: s.SpanNear(one, other, slop=slop, ordered=chance.random() < 0.5),
        lambda: s.SpanNear2([one, other], slop=slop, ordered=chance.random() < 0.5),
        lambda: s.SpanFirst(one, limit=limit),
        lambda: s.SpanNot(one, other),
        lambda: s.SpanOr([one, other]),
        lambda: s.SpanContains(s.SpanNear(one, span(chance, 0, field), slop=slop), other),
        lambda: s.SpanBefore(one, other),
        lambda: s.SpanCondition(one, other),
    )[kind - 2]()


def test_spans(history):
    commits, folder, stock = history
    chance = random.Random(commits)
    answered = 0
    with open_dir(str(folder)).searcher(weighting=LEVEL) as ours, stock.searcher(weighting=LEVEL) as theirs:
        for _ in range(EXAMPLES * 8):
            query = span(chance, 2, chance.choice(("text", "body", "headline", "lead")))
            own, other = found(ours, query), found(theirs, query)
            assert own.keys() == other.keys(), query
            if scored_alike(ours, theirs):
                assert own == pytest.approx(other, abs=1e-6), query
            answered += bool(own)
    assert answered > EXAMPLES * 3


# -- several languages ---------------------------------------------------------------------------------------------

SENTENCES = {
    "en": "prices traders reported strikes elections markets nation's oil rockets port",
    "fr": "prix grèves l'union élections marchés nations pétrole rapports port",
    "de": "Preise Händler berichteten Streiks Wahlen Märkte Nationen port rock",
    "nl": "prijzen handelaren rockets staking verkiezingen markten olie port",
    "": "prices elections port",
    "zz": "elections markets port",
}


@pytest.fixture(scope="module")
def languages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    chance = random.Random(5)
    for commit in range(3):
        with create_in(folder).writer() as writer:
            for number in range(40):
                # The second commit holds one language: its segment has fewer keys for a word.
                language = "fr" if commit == 1 else chance.choice(list(SENTENCES))
                words = SENTENCES[language].split()
                headline, body = (" ".join(chance.choices(words, k=k)) for k in (3, chance.randint(5, 30)))
                fields = {"language": language} if language else {}
                writer.add_document(id=f"{commit}.{number}", headline=headline, body=body, **fields)
            for number in chance.sample(range(40), 6 * commit):
                writer.delete_by_term("id", f"0.{number}")
    return folder


def test_articles_in_several_languages_are_found_and_scored_as_morgue_does(languages):
    vocabulary = sorted({word for sentence in SENTENCES.values() for word in sentence.split()})
    chance = random.Random(6)
    with (
        open_dir(str(languages)).searcher(weighting=Weighting(WEIGHTED)) as searcher,
        Snapshot.open(languages) as snapshot,
    ):
        parser = QueryParser("text", searcher.schema)
        for _ in range(EXAMPLES * 10):
            one, other = chance.sample(vocabulary, 2)
            if analysis.key(one) == analysis.key(other):  # Whoosh drops one of two equal words
                continue
            field = chance.choice(("text", "text", "headline", "lead", "body"))
            a, b = t.Word(one, field), t.Word(other, field)
            typed, tree = chance.choice(
                (
                    (f"{field}:{one}", a),
                    (f"{field}:{one} {field}:{other}", t.And((a, b))),
                    (f"{field}:{one} OR {field}:{other}", t.Or((a, b))),
                    (f'{field}:"{one} {other}"', t.Phrase((a, b))),
                )
            )
            wanted = snapshot.search(tree, limit=None, ranking=WEIGHTED)
            hits = searcher.search(parser.parse(typed), limit=None)
            assert {hit.docnum: hit.score for hit in hits} == pytest.approx(dict(wanted.hits), abs=1e-6), typed


def test_patterns_and_lists_of_terms_know_no_languages(languages):
    """A key of another language than English ends in its code, which no pattern of a program's fits."""
    with open_dir(str(languages)).searcher() as searcher, Snapshot.open(languages) as snapshot:
        reader = searcher.reader()
        stored = list(reader.iter_docs())
        for query, word in (
            (q.Wildcard("text", "gr?v*"), "grèves"),
            (q.Wildcard("text", "h?ndl*"), "Händler"),
            (q.Regex("headline", "gr.v"), "grèves"),
            (q.FuzzyTerm("text", "handlx", maxdist=1), "Händler"),
            (q.Prefix("body", "streik"), "Streiks"),
            (parsed(searcher, "headline:Händl*"), "Händler"),
        ):
            holding = [doc for doc, fields in stored if word in fields[query.field()].split()]
            assert sorted(hit.docnum for hit in searcher.search(query, limit=None)) == holding != [], query
        terms = list(reader.field_terms("text"))
        assert terms == sorted(set(terms))
        assert all(word.isalnum() or "'" in word for word in terms)
        port = sum("port" in fields["text"].split() for _, fields in stored)
        assert searcher.search(q.Term("text", "port"), limit=None).scored_length() == port
        assert snapshot.df(t.Word("port")) == reader.doc_frequency("text", "port")
        doc = next(doc for doc, fields in stored if "grèves" in fields["headline"])
        assert len(searcher.more_like(doc, "text", top=50)) > 10
