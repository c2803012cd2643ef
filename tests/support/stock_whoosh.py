"""The same invented articles as an archive and as an index of Whoosh's own (its default codec, in memory)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from Stemmer import Stemmer
from whoosh import fields, index
from whoosh.analysis import Analyzer, IDAnalyzer, Token
from whoosh.filedb.filestore import RamStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from morgue import analysis
from morgue.query.tree import HEADLINE_GAP

VOCABULARY = """
    oil price market trader cocoa growers harvest rates interest central bank minister strike port crude ship storm
    river flood council school election vote court judge fire crew rescue train airport fuel trading prices ships rates'
    banks strikers ported floods voted fired training fuels harvested rescuing colour nation's coca cocoas cola C-130
    1,000 2.5 U.S. café wouldn't OPEC
"""
WORDS = tuple(VOCABULARY.split())
PEOPLE = ("Mari Tanaka", "Ana Souza", "Rui Costa", "Lev Arkin", "Jo Byrne")
# City, as a dateline has it -> region, country, what finds it by words.
PLACES = {
    "Nairobi": ("Nairobi County", "KE", "Nairobi; Kenya"),
    "Lyon": ("Auvergne-Rhône-Alpes", "FR", "Lyon; France"),
    "Osaka": ("Osaka", "JP", "Osaka; Japan"),
    "Lima": ("Lima", "PE", "Lima; Peru"),
}
SOURCES = ("Reuters", "AP", "dpa")
KEYWORDS = ("energy", "cocoa beans", "ports", "Weather")


@dataclass(frozen=True)
class Invented:
    """An article as both indexes are given it."""

    id: str
    headline: str
    paragraphs: tuple[str, ...]
    byline: str
    city: str
    source: str
    keywords: tuple[str, ...]
    date: datetime | None
    path: str
    region: str = ""
    country: str = ""
    location: str = ""
    stated: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def _exact(count: int) -> bool:
    """Whether Whoosh keeps a field's length as it is: it stores one byte, on a logarithmic scale."""
    return byte_to_length(length_to_byte(count)) == count


def _paragraph(chance: random.Random) -> str:
    sentences = []
    for _ in range(chance.randint(1, 3)):
        # Zipf-like: the first words are common.
        places = (min(int(chance.expovariate(0.09)), len(WORDS) - 1) for _ in range(chance.randint(2, 7)))
        words = [WORDS[place] for place in places]
        joined = chance.choice((" ", " ", " ", ", ")).join(words)
        sentences.append(f"{joined[0].upper()}{joined[1:]}.")
    return " ".join(sentences)


def _texts(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    while True:
        headline = " ".join(chance.choice(WORDS[:40]) for _ in range(chance.randint(2, 6))).capitalize()
        paragraphs = tuple(_paragraph(chance) for _ in range(chance.randint(1, 5)))
        counts = [len(analysis.surfaces(text)) for text in (headline, *paragraphs)]
        if all(map(_exact, (counts[0], sum(counts[1:3]), sum(counts[1:]), sum(counts)))):
            return headline, paragraphs


def invent(chance: random.Random, identity: str) -> Invented:
    headline, paragraphs = _texts(chance)
    city = chance.choice([*PLACES, ""])
    date = datetime(1987, 1, 1) + timedelta(hours=chance.randint(0, 900)) if chance.random() < 0.9 else None
    keywords = tuple(chance.sample(KEYWORDS, chance.randint(0, 2)))
    byline = chance.choice(("", *PEOPLE))
    return Invented(
        identity, headline, paragraphs, byline, city, chance.choice(SOURCES), keywords, date, f"wire/{identity}.txt"
    )


# -- steps: what is done to both -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A commit: articles added or replaced, ids deleted."""

    added: tuple[Invented, ...] = ()
    deleted: tuple[str, ...] = ()


def steps(seed: int, sizes: Sequence[int] = (150, 90, 60)) -> list[Step]:
    """Return commits of new articles, each of which also replaces and deletes some earlier ones."""
    chance = random.Random(seed)
    found: list[Step] = []
    known: list[str] = []
    total = 0
    for size in sizes:
        fresh = [f"a{number}" for number in range(total, total + size)]  # Whoosh keeps two of one id in one commit
        total += size
        replaced = chance.sample(known, len(known) // 20)
        deleted = chance.sample(sorted(set(known) - set(replaced)), len(known) // 15)
        found.append(Step(tuple(invent(chance, name) for name in (*fresh, *replaced)), tuple(deleted)))
        known = sorted((set(known) | set(fresh)) - set(deleted))
    return found


def write_archive(folder: Path, done: Iterable[Step]) -> None:
    from morgue.whoosh import create_in

    ix = create_in(folder)
    for step in done:
        writer = ix.writer()
        for article in step.added:
            region, country, _ = PLACES.get(article.city, ("", "", ""))
            place = {"location": article.city, "city": article.city, "region": region, "country": country}
            values = {
                "id": article.id,
                "headline": article.headline,
                "body": article.body,
                "byline": article.byline,
                "source": article.source,
                "keywords": list(article.keywords),
                "date": article.date,
                "path": article.path,
                **(place if article.city else {}),
            }
            writer.update_document(**{name: value for name, value in values.items() if value})
        for identity in step.deleted:
            writer.delete_by_term("id", identity)
        writer.commit()


def write_stock(done: Iterable[Step]) -> index.FileIndex:
    ix = RamStorage().create_index(stock_schema())
    for step in done:
        writer = ix.writer()
        for article in step.added:
            writer.update_document(**stock_document(article))
        for identity in step.deleted:
            writer.delete_by_term("id", identity)
        writer.commit(merge=False)
    return ix


def stock_document(article: Invented) -> dict[str, Any]:
    region, country, words = PLACES.get(article.city, ("", "", ""))
    text = f"{article.headline}\n\n{article.body}"
    values = {
        "id": article.id,
        "headline": article.headline,
        "title": article.headline,
        "body": article.body,
        "lead": "\n\n".join(article.paragraphs[:2]),
        "text": text,
        "byline": article.byline,
        "location": words,
        "_stored_location": article.city,
        "city": article.city,
        "region": region,
        "country": country,
        "source": article.source,
        "keywords": "; ".join(article.keywords),
        "status": "usable",
        "format": "whoosh",
        "path": article.path,
        "words": len(article.headline.split()) + len(article.body.split()),
        "date": article.date,
        "spelling": text,
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def stock_schema() -> fields.Schema:
    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        path=fields.ID(stored=True, sortable=True),
        words=fields.NUMERIC(stored=True, sortable=True, shift_step=1),
        date=fields.DATETIME(stored=True, sortable=True),
        spelling=fields.TEXT(analyzer=Folded(), stored=False),
    )
    schema["date"].shift_step = 1
    for name in ("headline", "title", "body", "lead", "text"):
        schema.add(name, fields.TEXT(analyzer=Stems(headed=name == "text"), stored=True))
    for name in ("byline", "location", "source", "keywords"):
        schema.add(name, fields.TEXT(analyzer=Names(), stored=True, sortable=True))
    for name in ("city", "region", "country", "language", "status", "format"):
        schema.add(name, fields.ID(stored=True, sortable=True, analyzer=IDAnalyzer(lowercase=True)))
    return schema


# -- analyzers around morgue.analysis ------------------------------------------------------------------------------


class _Words(Analyzer):
    """Words with the gaps that morgue counts between paragraphs and names."""

    break_ = "\n\n"
    gap = 1
    stem = False

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, keeporiginal: bool = False,
        start_pos: int = 0, start_char: int = 0, mode: str = "", tokenize: bool = True, **kwargs: Any,
    ) -> Iterator[Token]:  # fmt: skip
        token = Token(positions, chars, mode=mode, **kwargs)
        token.boost, token.stopped = 1.0, False
        for number, (surface, start, end) in self._numbered(value, start_pos, tokenize):
            if keeporiginal:
                token.original = surface
            token.text = self.key(surface) if tokenize else self.pattern(surface)
            if positions:
                token.pos = number
            if chars:
                token.startchar, token.endchar = start_char + start, start_char + end
            yield token

    def _numbered(self, value: str, number: int, tokenize: bool) -> Iterator[tuple[int, tuple[str, int, int]]]:
        if not tokenize:
            yield number, (value, 0, len(value))
            return
        at = 0
        for part, text in enumerate(value.split(self.break_)):
            if part:
                number += self.step(part)
            for surface, start, end in analysis.words(text):
                yield number, (surface, at + start, at + end)
                number += 1
            at += len(text) + len(self.break_)

    def step(self, part: int) -> int:
        del part
        return self.gap

    def key(self, surface: str) -> str:
        return analysis.key(surface, stem=self.stem)

    def pattern(self, text: str) -> str:
        """Return what Whoosh's filters make of a pattern: lower case, then the stem of all of it."""
        lower = text.casefold() if "." in text else analysis.fold(text)
        return Stemmer("english").stemWord(lower) if self.stem else lower


class Stems(_Words):
    """Stemmed words of paragraphs; with `headed`, the first is the headline."""

    stem = True

    def __init__(self, headed: bool) -> None:
        self.headed = headed

    def step(self, part: int) -> int:
        return HEADLINE_GAP if self.headed and part == 1 else 1


class Names(_Words):
    """Words of names, of which there may be several."""

    break_ = "; "
    gap = HEADLINE_GAP


class Folded(_Words):
    """Words in lower case."""

    def key(self, surface: str) -> str:
        return analysis.fold(surface)
