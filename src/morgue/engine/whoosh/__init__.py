"""Whoosh's codec and reader interfaces over the segments."""
