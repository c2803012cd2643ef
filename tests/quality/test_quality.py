"""Search quality: measures, runs, comparison, tuning, expansion, freshness, copies, articles like another."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue import Archive, IngestOptions, ingest
from morgue.errors import UsageError
from morgue.quality.evaluation import compare, evaluate, read_qrels, read_queries, read_run, write_run
from morgue.quality.tuning import tune
from morgue.search import minhash
from morgue.search.ranking import half_life

WORDS = [
    "harbour",
    "crane",
    "strike",
    "union",
    "vessel",
    "grain",
    "cocoa",
    "harvest",
    "minister",
    "budget",
    "vote",
    "court",
    "judge",
    "trial",
    "fire",
    "forest",
    "river",
    "dam",
    "flood",
    "bridge",
    "train",
    "rocket",
    "launch",
    "engine",
    "orbit",
    "mine",
    "coal",
    "shaft",
    "remains",
    "museum",
    "statue",
    "thief",
    "auction",
    "vaccine",
    "clinic",
]


def text(seed: int, count: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


STORIES: list[dict[str, Any]] = [
    {"id": "first", "headline": "Strike", "body": " ".join(text(1)), "date": "2026-01-10"},
    {"id": "copy", "headline": "Strike again", "body": " ".join(["New", "lead", *text(1)[10:]]), "date": "2026-01-12"},
    {"id": "long", "headline": "Strike, long", "body": " ".join([*text(1), *text(9, 30)]), "date": "2026-01-11"},
    {"id": "other", "headline": "Strike elsewhere", "body": " ".join(text(2)), "date": "2020-06-01"},
    {"id": "undated", "headline": "Strike some day", "body": " ".join(text(3))},
    {"id": "dam", "headline": "Dam", "body": "The reservoir behind the barrage rose. " * 4},
    *({"id": f"filler{n}", "headline": "Filler", "body": " ".join(text(100 + n, 20))} for n in range(6)),
    {"id": "dam2", "headline": "Barrage", "body": "Engineers at the barrage opened sluices; the reservoir fell. " * 3},
    {"id": "sluice", "headline": "Sluices", "body": "Sluices of the reservoir were painted. " * 3},
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("quality")
    (folder / "a.jsonl").write_text("".join(json.dumps(story) + "\n" for story in STORIES))
    ingest([str(folder / "a.jsonl")], folder / "ix", IngestOptions(jobs=1))
    with Archive.open(folder / "ix") as opened:
        yield opened


# -- copies


def changed(words: list[str], share: float, seed: int) -> list[str]:
    out = list(words)
    chooser = random.Random(seed)
    for place in chooser.sample(range(len(out)), int(share * len(out))):
        out[place] = chooser.choice(WORDS)
    return out


def test_copies_with_a_tenth_of_their_words_changed_are_found_and_strangers_are_not() -> None:
    originals = [text(seed, 200) for seed in range(60)]
    copies = [["new", "lead", "words", *changed(words, 0.1, seed)[15:]] for seed, words in enumerate(originals)]

    found = minhash.groups(" ".join(words) for words in [*originals, *copies])

    assert sorted(map(tuple, found)) == [(number, 60 + number) for number in range(60)]


def test_short_texts_are_no_copies_of_each_other() -> None:
    assert minhash.groups(["too short", "too short", ""]) == []


@given(st.lists(st.text(max_size=80), max_size=8))
def test_groups_never_share_a_member(texts: list[str]) -> None:
    members = [number for group in minhash.groups(texts) for number in group]

    assert len(members) == len(set(members))


@pytest.mark.parametrize(
    ("keep", "expected"),
    [("first", "first"), ("last", "copy"), ("longest", "long")],
)
def test_collapse_shows_one_of_a_story_and_tells_how_many_it_stands_for(
    archive: Archive, keep: str, expected: str
) -> None:
    result = archive.search("headline:strike", collapse=True, keep=keep)

    shown = {hit.id: hit.folded for hit in result.hits}
    assert shown == {expected: 2, "other": 0, "undated": 0}
    assert result.total == 5


def test_dupes_lists_the_groups_earliest_first(archive: Archive) -> None:
    assert [[member[0] for member in group.members] for group in archive.dupes()] == [["first", "long", "copy"]]


def test_what_to_keep_must_be_known(archive: Archive) -> None:
    with pytest.raises(UsageError, match="newest"):
        archive.search("strike", collapse=True, keep="newest")


# -- freshness


def test_recency_halves_relevance_with_every_half_life(archive: Archive) -> None:
    now = 1_768_176_000.0  # 2026-01-12
    plain = {hit.id: hit.score for hit in archive.search("headline:strike", limit=None).hits}

    fresh = archive.search("headline:strike", limit=None, recency="365d", now=now).hits

    scores = {hit.id: hit.score for hit in fresh}
    assert [hit.id for hit in fresh] == sorted(scores, key=lambda i: -scores[i])
    assert scores["copy"] == pytest.approx(plain["copy"], rel=0.01)
    assert scores["other"] == pytest.approx(plain["other"] * 0.5 ** (2051 / 365), rel=0.01)
    assert scores["undated"] / plain["undated"] == pytest.approx(scores["other"] / plain["other"])


@pytest.mark.parametrize(
    ("written", "days"), [("30d", 30), ("2 weeks", 14), ("12h", 0.5), ("1y", 365.25), ("6 months", 182.64)]
)
def test_half_lives_are_read(written: str, days: float) -> None:
    assert half_life(written) == pytest.approx(days * 86_400)


@pytest.mark.parametrize("written", ["", "soon", "0d", "-3d", "30"])
def test_what_is_no_half_life_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        half_life(written)


def test_recency_and_sorting_exclude_each_other(archive: Archive) -> None:
    with pytest.raises(UsageError, match="--recency"):
        archive.search("strike", recency="30d", sort="newest")


# -- expansion and likeness


def test_expansion_finds_more_and_says_what_it_added(archive: Archive) -> None:
    assert {hit.id for hit in archive.search("barrage").hits} == {"dam", "dam2"}

    wider = archive.search("barrage", expand=True)

    assert "sluice" in {hit.id for hit in wider.hits}
    assert [hit.id for hit in wider.hits][:2] == ["dam2", "dam"] or {h.id for h in wider.hits[:2]} == {"dam", "dam2"}
    (notice,) = [notice for notice in wider.notices if notice.code == "expanded"]
    assert "reservoir" in notice.message
    assert "barrage" not in notice.message


def test_articles_like_one_do_not_include_it(archive: Archive) -> None:
    hits = archive.similar("first", limit=3).hits

    assert {hit.id for hit in hits[:2]} == {"copy", "long"}
    with pytest.raises(UsageError, match="nobody"):
        archive.similar("nobody")


def test_ranking_parameters_must_be_known(archive: Archive) -> None:
    for ranking in ({"k9": 1.0}, {"b": 2.0}, {"k1": -1.0}):
        with pytest.raises(UsageError):
            archive.search("strike", ranking=ranking)
    default = [hit.score for hit in archive.search("strike").hits]
    assert [hit.score for hit in archive.search("strike", ranking={"k1": 0.5}).hits] != default


# -- measures

QRELS = {"q1": {"a": 1, "b": 0, "c": 2}, "q2": {"d": 1}}
RUN = {"q1": [("b", 3.0), ("c", 2.0), ("a", 1.0)], "q2": [("x", 1.0)]}


def test_measures_are_those_of_the_definitions() -> None:
    pytest.importorskip("ir_measures")
    scores = evaluate(RUN, QRELS, ("AP", "MRR", "P@2", "nDCG@10"))

    assert scores.by_query["q1"]["AP"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert scores.by_query["q1"]["RR"] == pytest.approx(0.5)
    assert scores.by_query["q1"]["P@2"] == pytest.approx(0.5)
    assert scores.by_query["q2"] == {"AP": 0.0, "RR": 0.0, "P@2": 0.0, "nDCG@10": 0.0}
    assert scores.mean["AP"] == pytest.approx(scores.by_query["q1"]["AP"] / 2)
    with pytest.raises(UsageError, match="unknown measure"):
        evaluate(RUN, QRELS, ("goodness",))


def test_a_run_comes_back_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "r").write_text(write_run(RUN))

    assert read_run(tmp_path / "r") == RUN


@pytest.mark.parametrize(
    ("queries", "qrels"),
    [
        ("q1\toil price\nq2\tdam\n", "q1 0 a 1\nq1 0 b 0\n"),
        (
            '{"_id": "q1", "text": "oil price"}\n{"_id": "q2", "text": "dam"}\n',
            "query-id\tcorpus-id\tscore\nq1\ta\t1\nq1\tb\t0\n",
        ),
    ],
)
def test_trec_and_beir_files_are_read_alike(tmp_path: Path, queries: str, qrels: str) -> None:
    (tmp_path / "q").write_text(queries)
    (tmp_path / "r").write_text(qrels)

    assert read_queries(tmp_path / "q") == {"q1": "oil price", "q2": "dam"}
    assert read_qrels(tmp_path / "r") == {"q1": {"a": 1, "b": 0}}


@pytest.mark.parametrize(
    ("reader", "content", "message"),
    [
        (read_queries, "no tab here\n", ":1: no tab"),
        (read_queries, '{"_id": "1"}\n', ":1: no query"),
        (read_qrels, "q1 0 a 1\nq1 0 b good\n", ":2: invalid grade 'good'"),
        (read_qrels, "q1 a\n", ":1: 2 columns"),
        (read_run, "q1 Q0 a\n", ":1: invalid TREC run line"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, reader: Any, content: str, message: str) -> None:
    (tmp_path / "f").write_text(content)

    with pytest.raises(UsageError, match=message):
        reader(tmp_path / "f")


def test_the_randomisation_test_tells_a_difference_from_noise() -> None:
    pytest.importorskip("ir_measures")
    qrels = {f"q{n}": {"good": 1} for n in range(30)}
    best = {query: [("good", 1.0)] for query in qrels}
    worse = {query: [("bad", 2.0), ("good", 1.0)] for query in qrels}
    first, second = evaluate(worse, qrels, ("AP",)), evaluate(best, qrels, ("AP",))

    clear = compare(first, second, "AP", rounds=2000)
    same = compare(first, first, "AP", rounds=2000)

    assert (clear.first, clear.second) == (0.5, 1.0)
    assert clear.p < 0.01
    assert same.p == 1.0
    assert len(clear.changed) == 30
    assert same.changed == ()


def test_tuning_reports_the_gain_that_lasts_and_the_one_that_does_not() -> None:
    queries = [f"q{n}" for n in range(40)]

    def lasting(settings: tuple[tuple[str, float], ...]) -> dict[str, float]:
        return dict.fromkeys(queries, 0.6 if dict(settings).get("k1") == 2.8 else 0.5)

    def noise(settings: tuple[tuple[str, float], ...]) -> dict[str, float]:
        return {query: random.Random(f"{settings}{query}").random() for query in queries}

    found = tune(lasting)
    assert dict(found.best)["k1"] == 2.8
    assert (found.default, found.best_mean, found.held_out) == pytest.approx((0.5, 0.6, 0.6))
    by_chance = tune(noise)
    assert by_chance.best_mean > by_chance.default
    assert by_chance.held_out < by_chance.best_mean
