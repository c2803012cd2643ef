"""tantivy through tantivy-py, one thread."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.speed.corpus import Article, Question


class Engine:
    """A tantivy index over one folder."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.folder = folder
        self.tantivy: Any = tantivy

    def _schema(self) -> Any:
        builder = self.tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in ("title", "body", "byline"):
            builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        builder.add_text_field("location", stored=True, tokenizer_name="raw", fast=True)
        builder.add_date_field("day", stored=True, indexed=True, fast=True)
        return builder.build()

    def create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.tantivy.Index(self._schema(), path=str(self.folder))

    def add(self, articles: Iterable[Article]) -> None:
        writer = self.tantivy.Index.open(str(self.folder)).writer(heap_size=128_000_000, num_threads=1)
        for article in articles:
            document = self.tantivy.Document()
            for name in ("id", "title", "body", "byline", "location"):
                document.add_text(name, getattr(article, name))
            if article.day:
                document.add_date("day", datetime.fromisoformat(article.day).replace(tzinfo=UTC))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self.index = self.tantivy.Index.open(str(self.folder))
        self.searcher = self.index.searcher()

    def ask(self, question: Question, snippets: bool) -> int:
        text = _text(question)
        if text is None:
            return -1
        fuzzy = {"title": (True, 1, True), "body": (True, 1, True)} if question.kind == "fuzzy" else {}
        parsed = self.index.parse_query(text, ["title", "body"], fuzzy_fields=fuzzy)
        options = {"order_by_field": "day"} if question.kind == "sort" else {}
        hits = self.searcher.search(parsed, 10, **options).hits
        generator = self.tantivy.SnippetGenerator.create(self.searcher, parsed, self.index.schema, "body")
        for _, address in hits:
            document = self.searcher.doc(address)
            document["body"]
            if snippets:
                generator.snippet_from_doc(document).to_html()
        return len(hits)

    def delete(self, ids: Iterable[str]) -> None:
        writer = self.tantivy.Index.open(str(self.folder)).writer(heap_size=128_000_000, num_threads=1)
        for identity in ids:
            writer.delete_documents("id", identity)
        writer.commit()
        writer.wait_merging_threads()

    def optimize(self) -> None:
        """It merges by itself."""


def _text(question: Question) -> str | None:
    words = question.words
    match question.kind:
        case "or":
            return " OR ".join(words)
        case "and":
            return " AND ".join(words)
        case "phrase":
            return f'"{words[0]} {words[1]}"'
        case "range":
            return f"{words[0]} AND day:[{question.first}T00:00:00Z TO {question.last}T23:59:59Z]"
        case "near" | "prefix" | "facet":
            return None
    return words[0]
