"""How fast: the same articles and questions put to morgue, stock Whoosh, SQLite FTS5 and tantivy, in alternation."""
