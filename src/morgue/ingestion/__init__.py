"""From files to an index: which files are meant, what is unchanged, reading, resolving, indexing, in batches."""
