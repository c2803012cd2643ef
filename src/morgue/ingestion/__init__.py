"""From files to an index: find files, skip unchanged ones, read, resolve, store, commit in batches."""
