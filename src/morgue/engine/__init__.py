"""The index: files, writing, searching. The only room that knows Whoosh and numpy, and it imports them when needed."""

from __future__ import annotations

from typing import Any


def whoosh_index(directory: Any, **options: Any) -> Any:
    """Open an index of ours as a Whoosh index (`whoosh_reader.MorgueIndex`), to be read only."""
    from morgue.engine.whoosh.reader import whoosh_index as open_index

    return open_index(directory, **options)
