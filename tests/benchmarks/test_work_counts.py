"""Speed by counting: what work a question, an article or a commit makes, on archives made for the purpose.

Some bounds say what work must not depend on, by comparing archives: how large an archive is, how many articles match
beyond the page, how often a word stands in each. The tables say how much of it there may be: some 30 % over the
instructions that were counted when they were last set (Python 3.11), and more over the memory. Whoever makes something
faster lowers them.
"""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from morgue import Archive, schema
from morgue.engine.files.stored import DICTIONARY_LIMIT
from morgue.engine.write.writer import Writer
from morgue.index.document import Document
from morgue.ingestion.ingest import parse
from morgue.model import Article, Published
from morgue.runtime.frozen import replace
from support.work_done import Work, asking, peak, steps

# Per question on the small archive: bytecode instructions, and bytes of memory at most.
QUESTION_LIMITS = {
    "rare": (55_000, 170_000),
    "rare and common": (102_000, 180_000),
    "phrase of rare and common": (94_000, 180_000),
    "rare near common": (105_000, 180_000),
    "common": (70_000, 170_000),
    "common, no snippets": (29_000, 150_000),
    "or of three": (135_000, 210_000),
    "or of three, no snippets": (70_000, 210_000),
    "and": (118_000, 290_000),
    "and, no snippets": (65_000, 270_000),
    "by date": (56_000, 160_000),
    "by date, no snippets": (26_000, 150_000),
    "dates": (94_000, 360_000),
    "facet": (22_000, 70_000),
}

# Per article that matches beyond the page: bytecode instructions, and bytes of memory at most.
MATCH_LIMITS = {
    "common, no snippets": (1.3, 12),
    "or of three, no snippets": (61, 300),
    "and, no snippets": (127, 500),
    "by date, no snippets": (1, 125),
    "dates": (10, 700),
    "facet": (0.1, 47),
}

# Per article of about 130 words, not counting the first ones: bytecode instructions; bytes of memory at most.
INDEXING_STEPS = 1_390
INDEXING_BYTES = 5_900
READING_STEPS = 9_500

SAME = 1.25  # what does not depend on something differs by less; what does, by a multiple

SMALL, LARGE = 500, 4_000  # articles
RARE = 25  # of them hold the rare words, in either archive
SOME = 150
WORDS = [f"{a}{b}{c}" for a in ("ba", "co", "di", "fu", "go") for b in ("n", "r", "st", "v") for c in ("a", "el", "im")]


def one(number: int, size: int = SMALL, often: int = 1) -> Article:
    """An article of a made archive of `size`; the word `harbour` stands in every one, `often` times."""
    draw = random.Random(number)
    paragraphs = [draw.choices(WORDS, k=30) for _ in range(4)]
    for _ in range(often):
        draw.choice(paragraphs).insert(draw.randrange(30), "harbour")
    if number % 2:
        paragraphs[1].insert(draw.randrange(30), "minister")
    if number % (size // RARE) == 0:
        paragraphs[2].insert(draw.randrange(30), "zeppelin")
        paragraphs[3][5:5] = ["orchid", "harbour"]
    return Article(
        id=f"made-{number}",
        headline=" ".join(draw.choices(WORDS, k=6)),
        body="\n\n".join(". ".join([" ".join(words[:15]), " ".join(words[15:])]) + "." for words in paragraphs),
        language="en",
        published=Published(value=f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", precision="day"),
    )


def documents(size: int, often: int = 1) -> list[Document]:
    return [schema.document(one(number, size, often)) for number in range(size)]


def filed(folder: Path, made: list[Document]) -> str:
    with Writer(folder, settings=schema.settings()) as writer:
        for document in made:
            writer.add(document)
    return str(folder)


QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "rare": ("zeppelin", {}),
    "rare and common": ("zeppelin harbour", {}),
    "phrase of rare and common": ('"orchid harbour"', {}),
    "rare near common": ("orchid w/5 harbour", {}),
    "common": ("harbour", {}),
    "common, no snippets": ("harbour", {"snippets": 0}),
    "or of three": ("harbour OR minister OR zeppelin", {}),
    "or of three, no snippets": ("harbour OR minister OR zeppelin", {"snippets": 0}),
    "and": ("harbour minister", {}),
    "and, no snippets": ("harbour minister", {"snippets": 0}),
    "by date": ("minister", {"sort": "newest"}),
    "by date, no snippets": ("minister", {"sort": "newest", "snippets": 0}),
    "dates": ("minister", {"since": "2026-03", "until": "2026-05"}),
    "facet": ("minister", {"by": "month"}),
}
# The share of the articles that match.
MATCHING = {
    "common, no snippets": 1.0, "or of three, no snippets": 1.0, "and, no snippets": 0.5, "by date, no snippets": 0.5,
    "dates": 0.5, "facet": 0.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return filed(tmp_path_factory.mktemp("small"), documents(SMALL))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    return filed(tmp_path_factory.mktemp("large"), documents(LARGE))


@pytest.fixture(scope="module")
def few(small: str) -> dict[str, Work]:
    return asking(small, QUESTIONS)


@pytest.fixture(scope="module")
def many(large: str) -> dict[str, Work]:
    return asking(large, QUESTIONS)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Work]:
    return asking(filed(tmp_path_factory.mktemp("wordy"), documents(SMALL, often=6)), QUESTIONS)


@pytest.mark.parametrize("name", ["rare", "rare and common", "phrase of rare and common", "rare near common"])
def test_what_has_few_matches_costs_no_more_in_a_large_archive(
    few: dict[str, Work], many: dict[str, Work], name: str
) -> None:
    assert many[name].steps <= few[name].steps * SAME
    # A larger archive has a larger dictionary to unpack its records with, up to a bound.
    assert many[name].peak <= few[name].peak * SAME + DICTIONARY_LIMIT


@pytest.mark.parametrize("name", ["common", "or of three", "and", "by date"])
def test_snippets_cost_as_the_page_does_and_not_as_the_matches(
    few: dict[str, Work], many: dict[str, Work], name: str
) -> None:
    def of_snippets(work: dict[str, Work]) -> int:
        return work[name].steps - work[f"{name}, no snippets"].steps

    assert 0 < of_snippets(many) <= of_snippets(few) * SAME


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name.endswith("no snippets")])
def test_ranking_looks_at_no_positions(few: dict[str, Work], wordy: dict[str, Work], name: str) -> None:
    assert wordy[name].steps <= few[name].steps * SAME
    assert wordy[name].peak <= few[name].peak * SAME


@pytest.mark.parametrize("name", QUESTION_LIMITS)
def test_a_question_takes_no_more_than_it_may(few: dict[str, Work], name: str) -> None:
    steps_allowed, bytes_allowed = QUESTION_LIMITS[name]

    assert few[name].steps <= steps_allowed
    assert few[name].peak <= bytes_allowed


@pytest.mark.parametrize("name", MATCH_LIMITS)
def test_a_further_match_takes_no_more_than_it_may(few: dict[str, Work], many: dict[str, Work], name: str) -> None:
    further = (LARGE - SMALL) * MATCHING[name]
    steps_allowed, bytes_allowed = MATCH_LIMITS[name]

    assert (many[name].steps - few[name].steps) / further <= steps_allowed
    assert (many[name].peak - few[name].peak) / further <= bytes_allowed


def test_a_deleted_article_costs_no_look_at_the_others(many: dict[str, Work], large: str, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "large")
    with Writer(folder) as writer:
        writer.delete("made-1")

    found = asking(str(folder), {"rare": QUESTIONS["rare"]})["rare"]

    assert found.steps <= many["rare"].steps * SAME
    assert found.peak <= many["rare"].peak * SAME


def test_indexing_takes_few_steps_for_an_article(tmp_path: Path) -> None:
    made = documents(2 * SOME)
    filed(tmp_path / "first", made[:1])  # loads what is loaded once

    half = steps(lambda: filed(tmp_path / "half", made[:SOME]))

    assert (steps(lambda: filed(tmp_path / "whole", made)) - half) / SOME <= INDEXING_STEPS


def test_indexing_takes_little_memory_for_an_article(tmp_path: Path) -> None:
    made = documents(LARGE)

    assert peak(lambda: filed(tmp_path, made)) / LARGE <= INDEXING_BYTES


def test_reading_and_settling_takes_few_steps_for_an_article(tmp_path: Path) -> None:
    made = map(one, range(SOME))
    rows = [{"id": a.id, "title": a.headline, "body": a.body, "date": "2026-01-13"} for a in made]
    path = tmp_path / "made.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    list(parse([str(path)]))  # patterns are compiled at the first record

    assert steps(lambda: list(parse([str(path)]))) / SOME <= READING_STEPS


def test_opening_costs_no_more_in_a_large_archive(small: str, large: str) -> None:
    def opening(index: str) -> int:
        return steps(lambda: Archive.open(index).close())

    opening(small)

    assert opening(large) <= opening(small) * SAME


def test_adding_ten_articles_costs_no_more_in_a_large_archive(small: str, large: str, tmp_path: Path) -> None:
    def adding(index: str, name: str) -> Work:
        fresh = [schema.document(replace(one(number), id=f"{name}-{number}")) for number in range(10)]
        copy = shutil.copytree(index, tmp_path / name)
        taken = steps(lambda: filed(copy, fresh[:5]))
        return Work(taken, peak(lambda: filed(copy, fresh[5:])))

    few, many = adding(small, "small"), adding(large, "large")

    assert many.steps <= few.steps * SAME
    assert many.peak <= few.peak * SAME
