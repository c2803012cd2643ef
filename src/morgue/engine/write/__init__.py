"""Writing an index: inverting documents, merging segments, committing."""
