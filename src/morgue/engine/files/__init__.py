"""The files of an index: the container of a segment, each structure in it, the commit record, the lock."""
