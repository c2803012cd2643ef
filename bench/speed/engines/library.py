"""morgue as its library: `Archive.search` reads the query, minds what is hidden, makes hits and notices."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.speed.corpus import Article, Question


class Engine:
    """An archive in the folder of morgue's engine, opened to be asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        raise NotImplementedError("it asks what the engine has built")

    def add(self, articles: Iterable[Article]) -> None:
        raise NotImplementedError("it asks what the engine has built")

    def delete(self, ids: Iterable[str]) -> None:
        raise NotImplementedError("it asks what the engine has built")

    def optimize(self) -> None:
        raise NotImplementedError("it asks what the engine has built")

    def open(self) -> None:
        from morgue import Archive

        self.archive = Archive.open(self.folder)

    def ask(self, question: Question, snippets: bool) -> int:
        text = _text(question)
        if question.kind == "facet":
            return len(self.archive.facets(text, "location", limit=10)[0])
        found = self.archive.search(
            text,
            snippets=int(snippets),
            sort="newest" if question.kind == "sort" else "relevance",
            since=question.first,
            until=question.last,
            tz="UTC",
        )
        return len(found.hits)


def _text(question: Question) -> str:
    words = question.words
    forms = {
        "or": " OR ".join(words), "phrase": f'"{" ".join(words)}"', "near": " w/5 ".join(words),
        "prefix": f"{words[0]}*", "fuzzy": f"{words[0]}~",
    }  # fmt: skip
    return forms.get(question.kind, " ".join(words))
