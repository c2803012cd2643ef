"""Stock Whoosh (whoosh3) as its documentation says to use it: two text fields, limitmb=256."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.speed.corpus import Article, Question


def _day(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


class Engine:
    """A Whoosh index over one folder."""

    def __init__(self, folder: Path) -> None:
        import whoosh.index

        self.folder = folder
        self.module: Any = whoosh.index

    def create(self) -> None:
        from whoosh import fields
        from whoosh.analysis import StemmingAnalyzer

        words = StemmingAnalyzer(expression=r"\w+(?:\.?\w+)*")  # its default pattern glues asterisks to words
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(stored=True, analyzer=words),
            body=fields.TEXT(stored=True, analyzer=words),
            byline=fields.TEXT(stored=True),
            location=fields.ID(stored=True, sortable=True),
            date=fields.DATETIME(stored=True, sortable=True),
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        self.module.create_in(str(self.folder), schema)

    def add(self, articles: Iterable[Article]) -> None:
        writer = self.module.open_dir(str(self.folder)).writer(limitmb=256)
        for article in articles:
            row = article._asdict()
            row["date"] = _day(row.pop("day"))
            writer.add_document(**row)
        writer.commit()

    def open(self) -> None:
        from whoosh.qparser import MultifieldParser

        self.index = self.module.open_dir(str(self.folder))
        self.searcher = self.index.searcher()
        self.parser = MultifieldParser(["title", "body"], self.index.schema)

    def ask(self, question: Question, snippets: bool) -> int:
        from whoosh import query as q

        options: dict[str, Any] = {"limit": 10}
        parsed = self._parsed(question)
        if question.kind == "range":
            options["filter"] = q.DateRange("date", _day(question.first), _day(question.last))
        if question.kind == "sort":
            options |= {"sortedby": "date", "reverse": True}
        if question.kind == "facet":
            results = self.searcher.search(parsed, limit=10, groupedby="location")
            return len(results.groups("location"))
        results = self.searcher.search(parsed, **options)
        len(results)  # the total, which we give too
        for hit in results:
            hit.fields()
            if snippets:
                hit.highlights("body", top=1)
        return int(results.scored_length())

    def _parsed(self, question: Question) -> Any:
        from whoosh import query as q

        words = question.words
        match question.kind:
            case "or":
                return self.parser.parse(" OR ".join(words))
            case "phrase":
                return self.parser.parse(f'"{words[0]} {words[1]}"')
            case "near":
                return self.parser.parse(f'"{words[0]} {words[1]}"~5')
            case "prefix":
                return q.Or([q.Prefix("title", words[0]), q.Prefix("body", words[0])])
            case "fuzzy":
                return q.Or([q.FuzzyTerm(field, words[0], prefixlength=1) for field in ("title", "body")])
        return self.parser.parse(" ".join(words))

    def delete(self, ids: Iterable[str]) -> None:
        writer = self.module.open_dir(str(self.folder)).writer()
        for identity in ids:
            writer.delete_by_term("id", identity)
        writer.commit()

    def optimize(self) -> None:
        self.module.open_dir(str(self.folder)).optimize()
