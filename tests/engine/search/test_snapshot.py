"""What a snapshot answers: patterns, languages, facets, suggestions, explanations; and what it does not touch."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from morgue.engine.search import arrays, patterns
from morgue.engine.search.snapshot import Snapshot
from morgue.engine.search.term_postings import TermPostings
from morgue.engine.write.writer import Writer
from morgue.errors import IndexMissing
from morgue.index.document import Document
from morgue.query import tree as t
from morgue.query.regex import PatternError


def article(identity: str, headline: str = "", body: str = "", *, language: str = "", **more):
    texts = {k: tuple(v) for k, v in more.get("texts", {}).items()}
    values = {k: tuple(v) for k, v in more.get("values", {}).items()}
    if language:
        values["language"] = (language,)
    return Document(identity, headline, body, language, texts, values, more.get("numbers", {}), identity.encode())


def dated(identity: str, first: datetime, seconds: int, *, local: bool = False):
    start = int(first.timestamp())
    numbers = {"published_from": start, "published_to": start + seconds - 1, "published_local": int(local)}
    return article(identity, "Dated", numbers=numbers)


def write(path, *documents):
    with Writer(path) as writer:
        for document in documents:
            writer.add(document)
    return path


def ids(snapshot, node, **options):
    return [snapshot.identity(doc) for doc, _ in snapshot.search(node, **options).hits]


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    path = tmp_path_factory.mktemp("words")
    bodies = {
        "a": "Cocoa growers in Bahia reported reports. The government said so.",
        "b": "Government reporting of naïve C-130 crews at AT&T. GOVERNMENT governs.",
        "c": "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab and Güterzüge fahren.",
    }
    return write(path, *(article(name, body=body) for name, body in bodies.items()))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (t.Pattern("prefix", "GOV"), {"a", "b"}),
        (t.Pattern("prefix", "naï"), {"b"}),
        (t.Pattern("wildcard", "*ment"), {"a", "b"}),
        (t.Pattern("wildcard", "r?port*s"), {"a"}),
        (t.Pattern("wildcard", "*a*a*a*a*a*a*b"), {"c"}),
        (t.Pattern("fuzzy", "goverment"), {"a", "b"}),
        (t.Pattern("fuzzy", "Guterzüg", distance=1), {"c"}),
        (t.Pattern("fuzzy", "xocoa", distance=1, prefix=0), {"a"}),
        (t.Pattern("fuzzy", "xocoa", distance=1, prefix=1), set()),
        (t.Pattern("regex", "reports?"), {"a"}),
        (t.Pattern("regex", "REPORT(ed|ing)"), {"a", "b"}),
        (t.Pattern("regex", r"\d+"), {"b"}),
        (t.Pattern("regex", "(a|a)*b"), {"c"}),
        (t.Pattern("regex", "(?:a+)+$"), set()),
        (t.Pattern("regex", "[^a-y]+"), {"b"}),
        (t.Pattern("regex", "report", field="headline"), set()),
    ],
)
def test_patterns_match_folded_spellings(words, pattern, found):
    with Snapshot.open(words) as snapshot:
        assert set(ids(snapshot, pattern)) == found


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("(a", "missing ), unterminated subpattern"),
        (r"(a)\1", "back references cannot be used in a search"),
        ("a(?=b)", "looking ahead or behind cannot be used in a search"),
        ("(?i)a", "flags cannot be used: words are matched without case"),
        ("a{5000}", "more than 1000 repeats"),
        ("((a{900}){900}){900}", "the expression is too large"),
        ("(" * 5000, "the expression is too deep"),
    ],
)
def test_what_no_automaton_can_do_is_an_error(words, expression, message):
    with Snapshot.open(words) as snapshot, pytest.raises(PatternError, match=re.escape(message)):
        snapshot.search(t.Pattern("regex", expression))


@pytest.mark.parametrize("expression", ["(a*)*b", "(a|aa)+$", "(a?){60}a{60}", ".*.*.*.*.*x", "(.*a){12}"])
def test_hostile_expressions_end_in_time(tmp_path, expression):
    body = " ".join("a" * length + letter for length in range(20, 60) for letter in "abc")
    with Snapshot.open(write(tmp_path, article("x", body=body))) as snapshot:
        begun = time.perf_counter()
        snapshot.search(t.Pattern("regex", expression))

        assert time.perf_counter() - begun < 5


def test_an_expansion_past_the_limit_is_cut_and_told(words, monkeypatch):
    monkeypatch.setattr(patterns, "MAX_SPELLINGS", 3)
    with Snapshot.open(words) as snapshot:
        spellings, cut = snapshot.expand(t.Pattern("prefix", ""), 3)

        assert [s.text for s in sorted(spellings)] == ["130", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "and"]
        assert cut
        assert snapshot.expansions(t.Pattern("prefix", "gov")) == (2, 2)


def test_a_word_matches_the_keys_of_all_languages(tmp_path):
    german, other = article("de", body="Die Häuser", language="de"), article("de2", body="Ein Haus", language="de")
    english = [article("en", body="A haus", language="en"), article("none", body="two houses")]
    with Snapshot.open(write(tmp_path, german, other, *english)) as snapshot:
        assert snapshot.languages() == ("de", "en")
        assert sorted(ids(snapshot, t.Word("Haus"))) == ["de", "de2", "en"]
        assert ids(snapshot, t.Word("house")) == ["none"]
        assert snapshot.df(t.Word("Haus")) == 3
        assert sorted(ids(snapshot, t.Pattern("wildcard", "*aus"))) == ["de2", "en"]
        assert sorted(ids(snapshot, t.Pattern("prefix", "hau"))) == ["de", "de2", "en"]


def test_typed_punctuation_is_a_phrase(words):
    with Snapshot.open(words) as snapshot:
        assert ids(snapshot, t.Word("AT&T")) == ids(snapshot, t.Word("c–130")) == ["b"]
        assert ids(snapshot, t.Word("…")) == ids(snapshot, t.Word("x", field="no such field")) == []


def test_facets_count_dates_only_as_exactly_as_they_are_known(tmp_path):
    day = 86_400
    write(
        tmp_path,
        dated("instant", datetime(2026, 1, 1, 3, tzinfo=UTC), 1),
        dated("day", datetime(2026, 1, 1, tzinfo=UTC), day, local=True),
        dated("month", datetime(2025, 12, 1, tzinfo=UTC), 31 * day, local=True),
        dated("year", datetime(2025, 1, 1, tzinfo=UTC), 365 * day, local=True),
        article("undated", "Dated"),
    )
    with Snapshot.open(tmp_path) as snapshot:
        every = t.Word("dated")
        assert snapshot.facets(every, "year") == [("2025", 2), ("2026", 2)]
        assert snapshot.facets(every, "month") == [("2025-12", 1), ("2026-01", 2)]
        assert snapshot.facets(every, "day") == [("2026-01-01", 2)]
        # Three in the morning in London is the evening before in New York; a printed day stays what it is.
        zone = ZoneInfo("America/New_York")
        assert snapshot.facets(every, "day", zone=zone) == [("2025-12-31", 1), ("2026-01-01", 1)]
        assert snapshot.facets(every, "day", 1) == [("2026-01-01", 2)]


@pytest.mark.parametrize("segments", [1, 2])
def test_facets_join_values_that_differ_by_case(tmp_path, segments):
    with Writer(tmp_path) as writer:
        writer.add(article("1", "x", values={"source": ["AP", "dpa"]}))
        if segments == 2:
            writer.commit()
        writer.add(article("2", "x", values={"source": ["ap"]}))
        writer.add(article("3", "x"))
    with Snapshot.open(tmp_path) as snapshot:
        assert snapshot.facets(t.Everything(), "source") == [("AP", 2), ("dpa", 1)]
        assert snapshot.facets(t.Everything(), "source", 1) == [("AP", 2)]
        assert snapshot.facets(t.Word("y"), "source") == []
        assert snapshot.complete("source", "A") == [("AP", 2)]


def test_suggestions_are_spelled_alike_and_stand_in_more_articles_first(words):
    with Snapshot.open(words) as snapshot:
        assert snapshot.suggest("text", "goverment") == [("government", 2)]
        assert snapshot.suggest("text", "cooca") == [("Cocoa", 1)]
        assert snapshot.suggest("text", "government") == []
        assert snapshot.suggest("text", "xx") == []
        assert snapshot.complete("text", "gov") == [("government", 2)]  # one of a term


def test_a_word_within_the_distance_is_suggested_wherever_it_differs(tmp_path):
    typed = "abcdefgh"
    within = {
        "xbcdefgx",
        "abcxxfgh",
        "cdefgh",
        "abcdef",
        "xxabcdefgh",
        "abcdefghxx",
        "bacdefgh",
        "abdefghx",
        "axbcdefxgh",
    }
    beyond = {"xxxdefgh", "abcdexxx", "defgh", "hgfedcba"}
    path = write(tmp_path / "index", *(article(word, body=f"{word}.") for word in within | beyond))
    with Snapshot.open(path) as snapshot:
        assert {word for word, _ in snapshot.suggest("text", typed, 100)} == within


def test_what_is_told_of_several_articles_is_what_is_told_of_each(words):
    node = t.Or((t.Word("government"), t.Phrase((t.Word("cocoa"), t.Word("growers")))))
    with Snapshot.open(words) as snapshot:
        numbers = [snapshot.docnum(name) for name in "cab"]
        assert snapshot.spans_each(node, numbers) == [snapshot.spans(node, number) for number in numbers]
        assert snapshot.stored_each(numbers) == [b"c", b"a", b"b"]
        assert snapshot.structure_each(numbers) == [snapshot.structure(number) for number in numbers]
        assert snapshot.spans_each(node, []) == []
        with pytest.raises(LookupError):
            snapshot.stored_each([3])


def test_an_explanation_names_what_fails(words):
    node = t.And((t.Word("government"), t.Or((t.Phrase((t.Word("said"), t.Word("government"))), t.Word("tea")))))
    with Snapshot.open(words) as snapshot:
        clause = snapshot.explain(node, snapshot.docnum("a"))

        assert not clause.matched
        assert [failed.name for failed in clause.failing()] == ['"said government"', "tea"]
        word = clause.children[0]
        assert (word.name, word.matched, word.df, word.occurrences, word.tf) == ("government", True, 2, 1, 1.0)
        assert word.score == pytest.approx(dict(snapshot.search(t.Word("government")).hits)[snapshot.docnum("a")])


def test_a_snapshot_stays_what_it_was_until_refreshed(tmp_path):
    write(tmp_path, article("1", "one"))
    with Snapshot.open(tmp_path) as snapshot:
        write(tmp_path, article("2", "one more"))
        assert ids(snapshot, t.Word("one")) == ["1"]
        assert snapshot.refresh()
        assert sorted(ids(snapshot, t.Word("one"))) == ["1", "2"]
        assert not snapshot.refresh()
        assert snapshot.stored(snapshot.docnum("2")) == b"2"
        assert snapshot.docnum("3") is None
    with pytest.raises(IndexMissing):
        Snapshot.open(tmp_path / "none")


def test_equal_scores_follow_the_order_of_filing(tmp_path):
    write(tmp_path, *(article(str(number), "same words") for number in range(50)))
    with Snapshot.open(tmp_path) as snapshot:
        assert ids(snapshot, t.Word("same"), limit=5) == ["0", "1", "2", "3", "4"]
        assert ids(snapshot, t.Everything(), limit=3, offset=2) == ["2", "3", "4"]
        assert snapshot.search(t.Word("same"), limit=0) == (50, [])


def test_a_common_word_is_ranked_without_scoring_most_of_its_articles(tmp_path, monkeypatch):
    rows = [
        article(str(n), "oil " * (n % 37 == 0), "ship " * (60 + n % 50) + "oil " * (1 + n % 3)) for n in range(2000)
    ]
    write(tmp_path, *rows)
    monkeypatch.setattr(arrays.CHOOSER, "always", arrays.PYTHON)
    scored = []
    scores = TermPostings.scores

    def counting(self, ops, scale, s, docs):
        scored.append(len(docs))
        return scores(self, ops, scale, s, docs)

    with Snapshot.open(tmp_path) as snapshot:
        every = snapshot.search(t.Word("oil"), limit=None)
        monkeypatch.setattr(TermPostings, "scores", counting)
        assert snapshot.search(t.Word("oil"), limit=10) == (2000, every.hits[:10])
        assert sum(scored) < 200


@pytest.mark.parametrize("gone", [0, 1, 7, 390])
def test_the_best_of_a_common_word_are_found_among_what_is_left(tmp_path, gone):
    path = write(
        tmp_path,
        *(article(f"a{n}", "Tin" * (n % 5 == 0), "tin " * (n % 7 + 1) + "ore " * (n % 11)) for n in range(400)),
    )
    with Writer(path) as writer:
        for n in range(gone):
            writer.delete(f"a{(n * 37) % 397}")
    snapshot = Snapshot.open(path)
    everything = snapshot.search(t.Word("tin"), limit=None)
    assert everything.total == 400 - gone
    for k in (1, 3, 10):
        best = snapshot.search(t.Word("tin"), limit=k)
        assert best.total == 400 - gone
        assert best.hits == everything.hits[:k]


def test_searching_imports_neither_numpy_nor_whoosh(words):
    script = (
        "import sys; from morgue.engine.search.snapshot import Snapshot; from morgue.query import tree as t;"
        "s = Snapshot.open(sys.argv[1]);"
        "h = s.search(t.And((t.Word('government'), t.Pattern('prefix', 'rep')))).hits;"
        "s.spans(t.Word('said'), h[0][0]);"
        "print(sorted({'numpy', 'whoosh', 'typer', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(words)], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
