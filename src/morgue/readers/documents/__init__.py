"""Documents: Word, PDF, Markdown, mail, tables."""
