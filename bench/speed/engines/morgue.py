"""morgue, asked through its engine: plan, search, records, snippets."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from pathlib import Path

from bench.speed.corpus import Article, Question
from morgue.index.document import Document
from morgue.query import tree as t


def seconds(day: str) -> int | None:
    """Return the first second of a day, None for no date."""
    parts = day.split("-")
    return calendar.timegm((*map(int, parts), 0, 0, 0)) if len(parts) == 3 else None


def document(article: Article) -> Document:
    """Return an article as an ingest hands it to the engine, from what a reader and the wire grammar made of it."""
    from morgue import model, schema

    return schema.document(
        model.Article(
            id=article.id,
            headline=article.title,
            body=article.body,
            language="en",
            byline=(model.Person(name=article.byline),) if article.byline else (),
            location=model.Place(raw=article.location, city=article.location) if article.location else None,
            published=model.Published(value=article.day, precision="day") if article.day else None,
        )
    )


class Engine:
    """morgue's engine over one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        from morgue import schema
        from morgue.engine.write.writer import Writer

        with Writer(self.folder, settings=schema.settings()):
            pass

    def add(self, articles: Iterable[Article]) -> None:
        from morgue.engine.write.writer import Writer

        with Writer(self.folder) as writer:
            for article in articles:
                writer.add(document(article))

    def open(self) -> None:
        from morgue.engine.search.snapshot import Snapshot

        self.snapshot = Snapshot.open(self.folder)

    def ask(self, question: Question, snippets: bool) -> int:
        from morgue.json_record import from_stored
        from morgue.search.snippets import passages

        snapshot, node = self.snapshot, tree(question)
        if question.kind == "facet":
            return len(snapshot.facets(node, "location", 10))
        hits = snapshot.search(node, sort=(("published_from", True),) if question.kind == "sort" else "relevance").hits
        numbers = [number for number, _ in hits]
        records = [from_stored(stored) for stored in snapshot.stored_each(numbers)]
        if snippets:
            spans, structures = snapshot.spans_each(node, numbers), snapshot.structure_each(numbers)
            for record, found, structure in zip(records, spans, structures, strict=True):
                passages(record, found, structure, limit=1, length=240)
        return len(hits)

    def delete(self, ids: Iterable[str]) -> None:
        from morgue.engine.write.writer import Writer

        with Writer(self.folder) as writer:
            for identity in ids:
                writer.delete(identity)

    def optimize(self) -> None:
        from morgue.engine.write.writer import Writer

        with Writer(self.folder) as writer:
            writer.optimize()


def tree(question: Question) -> t.Node:
    """Return a question as a tree."""
    words = tuple(t.Word(word) for word in question.words)
    match question.kind:
        case "and":
            return t.And(words)
        case "or":
            return t.Or(words)
        case "phrase":
            return t.Phrase(words)
        case "near":
            return t.Near(words[0], words[1], 5)
        case "prefix":
            return t.Pattern("prefix", question.words[0])
        case "fuzzy":
            return t.Pattern("fuzzy", question.words[0])
        case "range":
            low, last = seconds(question.first), seconds(question.last)
            high = None if last is None else last + 86_399
            return t.Filter(words[0], t.DateRange("published", low, high, low, high))
    return words[0]
