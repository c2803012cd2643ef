"""SQLite FTS5 with the porter tokenizer and external content, its tables named as sqlite-utils would."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.speed.corpus import Article, Question

_TABLES = """
CREATE TABLE articles (
    rowid INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, body TEXT, day TEXT, byline TEXT, location TEXT
);
CREATE INDEX days ON articles (day);
CREATE VIRTUAL TABLE [articles_fts] USING FTS5 ([title], [body], tokenize = 'porter', content=[articles]);
CREATE TRIGGER [articles_ai] AFTER INSERT ON [articles] BEGIN
    INSERT INTO [articles_fts] (rowid, [title], [body]) VALUES (new.rowid, new.[title], new.[body]);
END;
CREATE TRIGGER [articles_ad] AFTER DELETE ON [articles] BEGIN
    INSERT INTO [articles_fts] ([articles_fts], rowid, [title], [body])
    VALUES ('delete', old.rowid, old.[title], old.[body]);
END;
"""
_FOUND = "FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid"
_INSERT = "INSERT INTO articles (id, title, body, day, byline, location) VALUES (?, ?, ?, ?, ?, ?)"


class Engine:
    """A database in one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "articles.db"

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path)

    def create(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._connect() as database:
            database.executescript(_TABLES)

    def add(self, articles: Iterable[Article]) -> None:
        with self._connect() as database:
            database.executemany(_INSERT, articles)

    def open(self) -> None:
        self.database = self._connect()

    def ask(self, question: Question, snippets: bool) -> int:
        match = _match(question)
        if match is None:
            return -1
        if question.kind == "facet":
            sql = (
                f"SELECT location, count(*) {_FOUND} WHERE articles_fts MATCH ?"
                " GROUP BY location ORDER BY 2 DESC LIMIT 10"
            )
            return len(self.database.execute(sql, (match,)).fetchall())
        snippet = "snippet(articles_fts, 1, '[', ']', '...', 40)" if snippets else "1"
        order = "articles.day DESC" if question.kind == "sort" else "articles_fts.rank"
        within = "AND articles.day BETWEEN ? AND ?" if question.kind == "range" else ""
        sql = (
            f"SELECT articles.id, articles.title, articles.body, articles.byline, {snippet}"
            f" {_FOUND} WHERE articles_fts MATCH ? {within} ORDER BY {order} LIMIT 10"
        )
        values = (match, question.first, question.last) if within else (match,)
        return len(self.database.execute(sql, values).fetchall())

    def delete(self, ids: Iterable[str]) -> None:
        with self._connect() as database:
            database.executemany("DELETE FROM articles WHERE id = ?", ((identity,) for identity in ids))

    def optimize(self) -> None:
        with self._connect() as database:
            database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")


def _match(question: Question) -> str | None:
    words = [f'"{word}"' for word in question.words]
    forms = {"or": " OR ".join(words), "phrase": f'"{" ".join(question.words)}"', "prefix": f"{words[0]} *"}
    if question.kind == "near":
        return f"NEAR({' '.join(words)}, 5)"
    return None if question.kind == "fuzzy" else forms.get(question.kind, " ".join(words))
