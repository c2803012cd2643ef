"""A query in Whoosh's language finds here what Whoosh's parser and matchers find in a stock index of the same articles.

The stock index is built with our analysis, so that words are the same; what differs all the same is listed in
docs/query.md. Two faults of Whoosh are avoided: ANDNOT is run as AND NOT, and no article is deleted.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from whoosh import fields as w
from whoosh import qparser
from whoosh import query as q
from whoosh.analysis import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser.dateparse import DateParserPlugin

from morgue import analysis
from morgue.engine.search.snapshot import Snapshot
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
from morgue.query import ParseOptions, parse, to_text
from morgue.query.foreign import write
from morgue.query.tree import HEADLINE_GAP
from morgue.query.words import is_stop
from support.query_strategies import NOW, trees

OPTIONS = ParseOptions(tz="UTC", now=NOW)
# Words in several forms, and words that are their own stem: Whoosh's patterns fit stems, ours fit words as printed.
INFLECTED = ("veld", "velds", "velding", "vint", "vinted", "vints")
PLAIN = ("torik", "toruk", "tarok", "torika", "zanib", "zanub", "zanibo", "tozik")
PATTERNS = (
    "tor*", "t?rik", "*rok", "t*k", "za*", "tor?k", "z*b", "t[ao]r*", "zan[!u]b*", "torik~", "torik~2/1", "zanib~/3",
    "tozik~2", "zanub~1", 'r"tor.k$"', 'r"za"', 'r"ta|zanu"', 'r"tor.*"', "TOR*", "Zanib~",
)  # fmt: skip
NAMES = ("Oru", "Penda", "Kalto")


class Words(Tokenizer):
    """Our words as Whoosh's tokens, without common ones in queries; form feeds part the values of a field."""

    def __init__(self, *, stem: bool) -> None:
        self.stem = stem

    def __call__(self, value, positions=False, chars=False, tokenize=True, removestops=True, mode="", **options):
        token = Token(positions, chars, mode=mode, removestops=removestops, **options)
        if not tokenize:
            token.text = analysis.fold(value)
            token.pos = token.startchar = 0
            token.endchar = len(value)
            yield token
            return
        place = offset = 0
        for part in value.split("\f"):
            for surface, start, end in analysis.words(part):
                if mode == "query" and removestops and is_stop(surface):
                    continue
                token.text = analysis.key(surface, "en", stem=self.stem)
                token.pos, token.startchar, token.endchar = place, offset + start, offset + end
                yield token
                place += 1
            place += HEADLINE_GAP
            offset += len(part) + 1


SCHEMA = w.Schema(
    id=w.ID(stored=True),
    text=w.TEXT(Words(stem=True)),
    headline=w.TEXT(Words(stem=True)),
    body=w.TEXT(Words(stem=True)),
    byline=w.TEXT(Words(stem=False)),
    country=w.ID,
    words=w.NUMERIC,
    date=w.DATETIME,
)


def articles() -> list[Document]:
    chance = random.Random(11)

    def run(least: int, most: int) -> str:
        return " ".join(chance.choice(INFLECTED + PLAIN) for _ in range(chance.randint(least, most)))

    made = []
    for number in range(60):
        first = int(datetime(2020, chance.randint(1, 12), chance.choice((1, 15, 28)), tzinfo=UTC).timestamp())
        names = " ".join(chance.sample(NAMES, chance.randint(0, 2)))
        numbers = {
            "words": chance.randint(0, 9) * 100,
            "published_from": first,
            "published_to": first,
            "published_local": 0,
        }
        texts, values = {"byline": (names,)}, {"country": (chance.choice(("JP", "FR")),)}
        made.append(Document(f"a{number}", run(0, 4), run(1, 12), "en", texts, values, numbers, b"{}"))
    return made


@pytest.fixture(scope="module")
def found_here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    with Writer(folder) as writer:
        for article in articles():
            writer.add(article)
        writer.commit()
    with Snapshot.open(folder) as snapshot:
        yield lambda tree: {snapshot.identity(number) for number in snapshot.docs(tree)}


@pytest.fixture(scope="module")
def searcher():
    index = RamStorage().create_index(SCHEMA)
    writer = index.writer()
    for article in articles():
        writer.add_document(
            id=article.id,
            text=f"{article.headline}\f{article.body}",
            headline=article.headline or None,
            body=article.body or None,
            byline=article.texts["byline"][0] or None,
            country=article.values["country"][0],
            words=article.numbers["words"],
            date=datetime.fromtimestamp(article.numbers["published_from"], UTC).replace(tzinfo=None),
        )
    writer.commit()
    with index.searcher() as opened:
        yield opened


def stock_parser(*, signs: bool = False, sequences: bool = False) -> qparser.QueryParser:
    parser = qparser.QueryParser("text", SCHEMA)
    if sequences:
        parser.remove_plugin_class(qparser.PhrasePlugin)
        parser.add_plugin(qparser.SequencePlugin())
    for plugin in (qparser.GtLtPlugin, qparser.FuzzyTermPlugin, qparser.RegexPlugin):
        parser.add_plugin(plugin())
    parser.add_plugin(DateParserPlugin(basedate=datetime.fromtimestamp(NOW, UTC)))
    if signs:  # as the plugin comes, a hyphen within a word is a minus
        parser.add_plugin(qparser.PlusMinusPlugin(r"(^|(?<=\s))\+", r"(^|(?<=\s))-"))
    return parser


def without_fault(query: q.Query) -> q.Query:
    """AND NOT for ANDNOT, which keeps an excluded first article."""
    if isinstance(query, q.Sequence):  # a copy of one has the default slop
        return query
    query = query.apply(without_fault)
    return q.And([query.a, q.Not(query.b)]) if isinstance(query, q.AndNot) else query


def found_there(searcher, text: str, *, normalize: bool = True, **plugins: bool) -> set[str]:
    query = without_fault(stock_parser(**plugins).parse(text, normalize=normalize))
    return {searcher.stored_fields(number)["id"] for number in query.docs(searcher)}


words = st.sampled_from(INFLECTED + PLAIN)
patterns = st.sampled_from(PATTERNS)
several = st.lists(words, min_size=2, max_size=3).map(" ".join)
choice = st.lists(st.one_of(words, patterns.filter(lambda text: '"' not in text)), min_size=2, max_size=2).map(
    " OR ".join
)
part = st.one_of(words, patterns.filter(lambda text: '"' not in text), choice.map("({})".format))
sequences = st.lists(part, min_size=2, max_size=3).map(" ".join)
slops = st.sampled_from(("", "", "~1", "~2", "~4", "~9"))
texts = st.one_of(
    words, words, patterns, several.map("'{}'".format), st.tuples(words, words).map("-".join),
    st.builds('"{}"{}'.format, several, slops),
)  # fmt: skip
bounds = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: sorted(number * 100 for number in pair))
days = st.sampled_from(("2020-03-15", "20200601", "202009", "2020-12", "'15 june 2020'", "'august 2020'"))
conditions = st.one_of(
    bounds.map(lambda pair: f"words:[{pair[0]} TO {pair[1]}]"),
    bounds.map(lambda pair: f"words:{{{pair[0]} to {pair[1] + 150}}}"),
    bounds.map(lambda pair: f"words:[{pair[0]} TO]"), bounds.map(lambda pair: f"words:{{TO {pair[1]}}}"),
    bounds.map(lambda pair: f"words:{pair[0]}"),
    st.builds("words:{}{}".format, st.sampled_from((">", ">=", "<", "<=", "=>", "=<")), st.sampled_from((0, 300, 900))),
    days.map("date:{}".format), st.sampled_from((
        "date:[june 2020 to august 2020]", "date:[2020-04 TO 20200915]", "date:[TO 2020-06-15]",
        "date:['1 may 2020' TO]", "date:2020", "date:2019", "country:JP", "byline:oru", "byline:Penda",
        'byline:"Oru Penda"', "byline:'Kalto Oru'", "byline:*", "headline:*", "*:*", "*",
    )),
)  # fmt: skip
atoms = st.one_of(texts, texts, texts.map("headline:{}".format), texts.map("body:{}".format), conditions)
weights = st.sampled_from(("", "", "", "^2", "^.5", "^3.0"))
OPERATORS = (" ", " ", "  ", " AND ", " OR ", " ANDNOT ", " ANDMAYBE ", " REQUIRE ")


def lists(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operand = st.builds("{}{}".format, st.sampled_from(("", "", "NOT ")), parts)
    more = st.lists(st.builds("{}{}".format, st.sampled_from(OPERATORS), operand), max_size=3).map("".join)
    return st.builds("{}{}".format, operand, more)


def groups(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = lists(parts)
    return st.one_of(
        st.builds("({}){}".format, inner, weights), st.builds("({})".format, inner),
        st.builds("{}:({})".format, st.sampled_from(("headline", "body")), lists(st.one_of(texts, parts))),
    )  # fmt: skip


queries = lists(
    st.recursive(st.one_of(atoms, atoms, words.flatmap(lambda word: weights.map(word.__add__))), groups, max_leaves=5)
)
EXAMPLES = int(os.environ.get("MORGUE_EXAMPLES", "15")) * 10


def test_words_that_patterns_fit_are_their_own_stems():
    assert [analysis.key(word) for word in PLAIN] == list(PLAIN)
    assert len({analysis.key(word) for word in INFLECTED}) < len(INFLECTED)


@settings(max_examples=EXAMPLES, deadline=None)
@given(text=queries)
def test_a_query_finds_what_whoosh_finds(found_here, searcher, text):
    tree = parse(text, options=OPTIONS, syntax="whoosh").tree

    # Made simpler by Whoosh, `a AND *:*` would be `*:*`.
    assert found_here(tree) == found_there(searcher, text, normalize=False)
    assert parse(to_text(tree, tz="UTC"), options=OPTIONS).tree == tree
    assert parse(write(tree, "whoosh", "UTC")[0], options=OPTIONS, syntax="whoosh").tree == tree


@settings(max_examples=EXAMPLES, deadline=None)
@given(text=st.builds('"{}"{}'.format, sequences, slops))
def test_a_sequence_finds_what_whoosh_finds(found_here, searcher, text):
    tree = parse(text, options=OPTIONS, syntax="whoosh").tree

    assert found_here(tree) == found_there(searcher, text, sequences=True)
    if "[" not in text:  # it is a regular expression, which cannot be written in quotation marks
        assert parse(write(tree, "whoosh", "UTC")[0], options=OPTIONS, syntax="whoosh").tree == tree


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(tree=trees("UTC", INFLECTED + PLAIN))
def test_what_is_written_finds_the_same_unless_a_note_says_otherwise(found_here, tree):
    try:
        text, notes = write(tree, "whoosh", "UTC")
    except ValueError:  # it has no way to say it
        reject()
    read = parse(text, options=OPTIONS, syntax="whoosh").tree

    assert all("needs Whoosh's" in note.message for note in notes) <= (found_here(read) == found_here(tree))
    assert parse(write(read, "whoosh", "UTC")[0], options=OPTIONS, syntax="whoosh").tree == read


common = st.sampled_from(("the", "of", "And", "torik", "velds", "vint OR zanub", "(the tarok)", "(of OR the)"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(text=st.lists(st.tuples(st.sampled_from((" ", " AND ", " OR ")), common), min_size=1, max_size=6))
def test_common_words_are_left_out_as_in_whoosh(found_here, searcher, text):
    text = f"toruk{''.join(map(''.join, text))}"

    assert found_here(parse(text, options=OPTIONS, syntax="whoosh").tree) == found_there(searcher, text)


# In Whoosh's language, the same in ours, the plugins that Whoosh needs. The table in docs/query.md gives the reasons.
DIFFERENCES = (
    ("torik ANDNOT veld", "torik NOT veld", {}),
    ("torik AND *:*", "torik", {}),
    ("headline:* headline:torik", "headline:torik", {}),
    ("tarok OR NOT NOT torik", "tarok OR torik", {}),
    ("NOT(torik)", "NOT torik", {}),
    ('headline:"veld torik"', 'headline:"veld torik"', {"sequences": True}),
    ('"vel* torik"', '"vel* torik"', {}),
    ("-torik", "NOT torik", {"signs": True}),
    ("torik OR -veld", "torik OR NOT veld", {"signs": True}),
    ("velding*", "velding*", {}),
    ("veldin?", "veldin?", {}),
    ("date:>2020-06-15", "date:>2020-06-15", {}),
    ("date:{2020-06-15 TO 2020-06-30}", "date:2020-06-16..2020-06-29", {}),
)


@pytest.mark.parametrize(("text", "ours", "plugins"), DIFFERENCES, ids=[text for text, _, _ in DIFFERENCES])
def test_what_is_known_to_differ_differs(found_here, searcher, text, ours, plugins):
    found = found_here(parse(text, options=OPTIONS, syntax="whoosh").tree)
    query = stock_parser(**plugins).parse(text)

    assert found == found_here(parse(ours, options=OPTIONS).tree)
    assert found != {searcher.stored_fields(number)["id"] for number in query.docs(searcher)}


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(("", "", "+", "-")), texts.filter(lambda text: text[0] != "'")), min_size=1
    )
)
def test_signs_mean_what_they_mean_to_whoosh(found_here, searcher, parts):
    parts.sort(key=lambda part: part[0] == "-")  # what is only left out finds nothing in Whoosh
    text = " ".join(sign + word for sign, word in parts)
    if parts[0][0] == "-":
        text = f"*:* {text}"

    assert found_here(parse(text, options=OPTIONS, syntax="whoosh").tree) == found_there(searcher, text, signs=True)
