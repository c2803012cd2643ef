"""Every search equals a scan of the articles by a matcher written from the language's description alone."""

from __future__ import annotations

import itertools
import os
import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from morgue import analysis
from morgue.engine.search import arrays, proximity_numpy, term_postings
from morgue.engine.search.snapshot import Snapshot
from morgue.engine.sentences import outline
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
from morgue.query import tree as t

WORDS = ["oil", "oils", "Oiled", "OIL", "port", "Ports", "PORT", "ship", "Shipping", "tanker", "Tank", "rye", "C-130"]
FIELDS = ["text", "headline", "lead", "body", "hlead"]


# -- articles


@st.composite
def articles(draw):
    def text(most):
        return " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=most)))

    def paragraph():
        return " ".join(f"{text(5)}. The" for _ in range(draw(st.integers(1, 3)))).strip()

    body = "\n\n".join(paragraph() for _ in range(draw(st.integers(0, 4))))
    texts = {"byline": tuple(text(3) for _ in range(draw(st.integers(1, 2))))} if draw(st.booleans()) else {}
    numbers = {}
    if draw(st.booleans()):
        first = draw(st.integers(0, 20))
        numbers = {"published_from": first, "published_to": first + draw(st.integers(0, 3))}
        if draw(st.booleans()):
            numbers["published_local"] = draw(st.integers(0, 1))
    values = {"source": tuple(draw(st.lists(st.sampled_from(["AP", "dpa", "Kyodo"]), max_size=2, unique=True)))}
    return Document("", text(4), body, "", texts, {k: v for k, v in values.items() if v}, numbers, b"{}")


class Read:
    """An article's words with all that the language says of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = {"text": [], "byline": []}  # (position, surface, zone, sentence, paragraph, ordinal)
        headline = analysis.surfaces(document.headline)
        for n, surface in enumerate(headline):
            self.words["text"].append((n, surface, "headline", "h", "h", n))
        position, ordinal = len(headline) + 256, 0
        for number, paragraph in enumerate(document.body.split("\n\n") if document.body else []):
            starts = outline(paragraph)[0] or [0]
            for surface, offset, _ in analysis.words(paragraph):
                sentence = (number, sum(start <= offset for start in starts))
                zone = "lead" if number < 2 else "rest"
                self.words["text"].append((position, surface, zone, sentence, number, ordinal))
                position, ordinal = position + 1, ordinal + 1
            position += 1
        position = 0
        for number, value in enumerate(document.texts.get("byline", ())):
            for surface in analysis.surfaces(value):
                self.words["byline"].append((position, surface, "", number, number, position))
                position += 1
            position += 256


# -- the reference


ZONES = {
    "text": {"headline", "lead", "rest"},
    "headline": {"headline"},
    "lead": {"lead"},
    "hlead": {"headline", "lead"},
    "body": {"lead", "rest"},
    "byline": {""},
}


def fits(pattern: t.Pattern, word: str) -> bool:
    text = pattern.text
    if pattern.kind == "prefix":
        return word.startswith(text)
    if pattern.kind == "wildcard":
        return re.fullmatch(re.escape(text).replace(r"\*", ".*").replace(r"\?", "."), word) is not None
    if pattern.kind == "regex":
        return re.fullmatch(text, word) is not None
    return word[: pattern.prefix] == text[: pattern.prefix] and edits(word, text) <= pattern.distance


def edits(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    return min(edits(a[1:], b[1:]) + (a[0] != b[0]), edits(a[1:], b) + 1, edits(a, b[1:]) + 1)


def words_of(node, read: Read, capitals: bool):
    field = "text" if node.field in FIELDS else node.field
    for word in read.words[field]:
        position, surface, zone = word[:3]
        if zone not in ZONES[node.field] or (capitals and not surface.isupper()):
            continue
        if isinstance(node, t.Pattern):
            good = fits(node, analysis.fold(surface))
        elif node.exact:
            good = analysis.fold(surface) == analysis.fold(node.text)
        else:
            stem = field == "text"
            good = analysis.key(surface, stem=stem) == analysis.key(node.text, stem=stem)
        if good:
            yield field, position, position


def found(node, read: Read, capitals: bool = False):
    """All matches (field, first, last) of a positional node."""
    match node:
        case t.Word() | t.Pattern():
            return set(words_of(node, read, capitals))
        case t.Or(children=children):
            return set().union(*(found(child, read, capitals) for child in children))
        case t.Phrase(children=items):
            runs = found(items[0], read, capitals)
            for item in items[1:]:
                nexts = found(item, read, capitals)
                runs = {(f, a, d) for f, a, b in runs for g, c, d in nexts if f == g and c == b + 1}
            return runs
        case t.AllCaps(child=child):
            return found(child, read, True)
        case t.AtLeast(count=count, child=child):
            matches = found(child, read, capitals)
            return matches if len({m[:2] for m in matches}) >= count else set()
        case t.FirstWords(count=count, child=child):
            ordinals = {(f, w[0]): w[5] for f in read.words for w in read.words[f]}
            return {m for m in found(child, read, capitals) if ordinals[m[0], m[2]] < count}
        case t.Near():
            left = found(node.left, read, capitals)
            right = found(node.right, read, capitals and not node.negated)
            near = {(x, y) for x in left for y in right if is_near(node, read, x, y)}
            if node.negated:
                return left - {x for x, _ in near}
            return {(x[0], min(x[1], y[1]), max(x[2], y[2])) for x, y in near}
    raise TypeError(node)


def is_near(node: t.Near, read: Read, x, y) -> bool:
    if x[0] != y[0] or (x[1] <= y[2] and y[1] <= x[2]) or (node.ordered and x[1] > y[1]):
        return False
    if node.unit == "word":
        return max(x[1], y[1]) - min(x[2], y[2]) <= node.distance
    column = 3 if node.unit == "sentence" else 4
    units = {w[0]: w[column] for w in read.words[x[0]]}
    return len({units[p] for p in (*x[1:], *y[1:])}) == 1


def is_match(node, read: Read) -> bool:
    document = read.document
    match node:
        case t.And(children=children):
            return all(is_match(child, read) for child in children)
        case t.Or(children=children):
            return any(is_match(child, read) for child in children)
        case t.Not(child=child):
            return not is_match(child, read)
        case t.Filter(child=child, condition=condition):
            return is_match(child, read) and is_match(condition, read)
        case t.Optional(child=child) | t.Boost(child=child):
            return is_match(child, read)
        case t.Everything():
            return True
        case t.Nothing():
            return False
        case t.Value(field=field, text=text):
            if field == "id":
                return document.id == text
            return text.casefold() in {v.casefold() for v in document.values.get(field, ())}
        case t.Has(field=field):
            if field in ZONES and field != "byline":
                return any(w[2] in ZONES[field] for w in read.words["text"])
            if field == "published":
                return "published_from" in document.numbers
            return bool(document.values.get(field)) or bool(read.words.get(field))
        case t.NumberRange(field=field, low=low, high=high):
            number = document.numbers.get(field)
            return number is not None and (low is None or number >= low) and (high is None or number <= high)
        case t.DateRange():
            return is_dated(node, document)
    return bool(found(node, read))


def is_dated(node: t.DateRange, document: Document) -> bool:
    if "published_from" not in document.numbers:
        return False
    first, last = document.numbers["published_from"], document.numbers["published_to"]
    local = document.numbers.get("published_local") == 1
    low, high = (node.low_local, node.high_local) if local else (node.low, node.high)
    low, high = -100 if low is None else low, 100 if high is None else high
    return first <= high and last >= low if node.overlap else first >= low and last <= high


# -- queries

field_names = st.sampled_from(["text", "text", "text", *FIELDS[1:], "byline"])
words = st.builds(t.Word, st.sampled_from([*WORDS, "the", "absent"]), field_names, st.booleans())
patterns = st.one_of(
    st.builds(t.Pattern, st.just("prefix"), st.sampled_from(["o", "oil", "po", "t", "zz", ""]), field_names),
    st.builds(
        t.Pattern, st.just("wildcard"), st.sampled_from(["*s", "o?l", "*i*", "p*t*", "*k", "?*?*e*"]), field_names
    ),
    st.builds(t.Pattern, st.just("fuzzy"), st.sampled_from(["oils", "pirt", "tak"]), field_names, st.integers(1, 2)),
    st.builds(t.Pattern, st.just("regex"), st.sampled_from(["oil(s|ed)?", "[pt].*", "(?:sh.p)+.*", "x*"]), field_names),
)
single = words.filter(lambda w: len(analysis.surfaces(w.text)) == 1) | patterns
positional = st.recursive(
    words | patterns,
    lambda inner: st.one_of(
        st.builds(lambda items: t.Phrase(tuple(items)), st.lists(single, min_size=1, max_size=3)),
        st.builds(lambda items: t.Phrase(tuple(items)), st.lists(inner, min_size=2, max_size=2)),
        st.builds(lambda items: t.Or(tuple(items)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            t.Near,
            inner,
            inner,
            st.integers(1, 6),
            st.sampled_from(["word", "word", "sentence", "paragraph"]),
            st.booleans(),
            st.booleans(),
        ),
        st.builds(t.AtLeast, st.integers(1, 3), inner),
        st.builds(t.FirstWords, st.integers(1, 12), inner),
        st.builds(t.AllCaps, inner),
    ),
    max_leaves=5,
)
bounds = st.none() | st.integers(0, 22)
filters = st.one_of(
    st.builds(t.Value, st.just("source"), st.sampled_from(["ap", "DPA", "x"])),
    st.builds(t.Value, st.just("id"), st.sampled_from(["0", "1", "x"])),
    st.builds(t.Has, st.sampled_from(["byline", "headline", "lead", "text", "published", "source", "nothing"])),
    st.builds(t.NumberRange, st.just("published_from"), bounds, bounds),
    st.builds(t.DateRange, st.just("published"), bounds, bounds, bounds, bounds, st.booleans()),
    st.just(t.Everything()),
    st.just(t.Nothing()),
)
queries = st.recursive(
    positional | positional | filters,
    lambda inner: st.one_of(
        st.builds(lambda items: t.And(tuple(items)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: t.Or(tuple(items)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(t.Not, inner),
        st.builds(t.Filter, inner, inner),
        st.builds(t.Optional, inner, inner),
        st.builds(t.Boost, inner, st.sampled_from([0.5, 2.0])),
    ),
    max_leaves=4,
)


# The first found will do; some kinds are not among the first hundred.
ANY = settings(phases=[Phase.generate], database=None, max_examples=5_000, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", get_args(t.Node))
def test_queries_of_every_kind_are_made(kind):
    find(queries, lambda query: any(isinstance(node, kind) for node in t.walk(query)), settings=ANY)


def expand_words(node):
    """A word that holds several words of a text is a phrase of them."""
    if isinstance(node, t.Word):
        parts = analysis.surfaces(node.text)
        if len(parts) > 1:
            return t.Phrase(tuple(t.Word(part, node.field, node.exact) for part in parts))
        return node
    changes = {}
    for name in node.__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, tuple):
            changes[name] = tuple(expand_words(child) for child in value)
        elif hasattr(value, "__dataclass_fields__"):
            changes[name] = expand_words(value)
    return type(node)(**{n: changes.get(n, getattr(node, n)) for n in node.__dataclass_fields__})


@pytest.fixture(params=["python", "numpy"])
def make(request, monkeypatch):
    arrays.CHOOSER.always = arrays.PYTHON if request.param == "python" else arrays.numpy_ops()
    monkeypatch.setattr(proximity_numpy, "NUMPY_FROM_CANDIDATES", 0)
    monkeypatch.setattr(term_postings, "NUMPY_FROM_POSTINGS", 0)
    yield
    arrays.CHOOSER.always = None


@pytest.mark.usefixtures("make")
@settings(
    max_examples=int(os.environ.get("MORGUE_EXAMPLES", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(articles(), min_size=1, max_size=7), st.lists(queries, min_size=1, max_size=20), st.data())
def test_search_equals_a_scan(tmp_path_factory, documents, asked, data):
    directory = tmp_path_factory.mktemp("index")
    documents = [document._replace(id=str(number)) for number, document in enumerate(documents)]
    cut = data.draw(st.integers(0, len(documents)))
    gone = data.draw(st.sets(st.sampled_from([d.id for d in documents]), max_size=2))
    with Writer(directory) as writer:
        for number, document in enumerate(documents):
            if number == cut:
                writer.commit()
            writer.add(document)
        writer.commit()
        for identity in gone:
            writer.delete(identity)
    reads = [Read(document) for document in documents if document.id not in gone]

    with Snapshot.open(directory) as snapshot:
        for query in asked:
            check(snapshot, reads, query)


def check(snapshot, reads, query):
    plain = expand_words(query)
    expected = {read.document.id for read in reads if is_match(plain, read)}
    docs = snapshot.docs(query)
    assert {snapshot.identity(doc) for doc in docs} == expected
    assert docs == sorted(docs)
    assert snapshot.count(query) == len(expected)
    top = snapshot.search(query, limit=None)
    assert top.total == len(expected)
    assert sorted(doc for doc, _ in top.hits) == docs
    assert top.hits == sorted(top.hits, key=lambda hit: (-hit[1], hit[0]))
    assert snapshot.search(query, limit=2, offset=1).hits == top.hits[1:3]
    check_order(snapshot, reads, query, docs)
    for read in reads:
        number = snapshot.docnum(read.document.id)
        clause = snapshot.explain(query, number)
        assert clause.matched == (read.document.id in expected)
        scores = dict(top.hits)
        assert clause.score == pytest.approx(scores.get(number, 0.0))
        check_spans(snapshot.spans(query, number), plain, read, expected)


def check_order(snapshot, reads, query, docs):
    dates = {snapshot.docnum(r.document.id): r.document.numbers.get("published_from") for r in reads}
    for descending in (False, True):
        hits = [doc for doc, _ in snapshot.search(query, limit=3, sort=(("published_from", descending),)).hits]
        sign = -1 if descending else 1
        ranked = sorted(docs, key=lambda d: (dates[d] is None, sign * (dates[d] or 0), d))
        assert hits == ranked[:3]


def check_spans(spans, query, read, expected):
    if read.document.id not in expected:
        assert spans == []
        return
    known = {(f, w[0]) for f in read.words for w in read.words[f]}
    for span in spans:
        assert {(span.field, position) for position in span.words} <= known
        assert span.words[0] == span.start
        assert span.words[-1] == span.end
        assert list(span.words) == sorted(set(span.words))
    if positional_only(query):
        every = found(query, read)
        shown = {(span.field, span.start, span.end) for span in spans}
        assert shown
        assert shown <= every
        if not isinstance(query, t.Near):
            assert shown == every


def positional_only(node) -> bool:
    if isinstance(node, t.Or):
        return all(positional_only(child) for child in node.children) and not has_near(node)
    return isinstance(node, (t.Word, t.Pattern, t.Phrase, t.Near, t.AtLeast, t.FirstWords, t.AllCaps))


def has_near(node) -> bool:
    return isinstance(node, (t.Near, t.AllCaps)) or any(
        has_near(child)
        for name in node.__dataclass_fields__
        for child in itertools.chain([getattr(node, name)], getattr(node, "items", ()) or getattr(node, "children", ()))
        if hasattr(child, "__dataclass_fields__")
    )
