"""An archive as a Whoosh index, for programs written for Whoosh; docs/whoosh.md is its page.

    from whoosh.index import open_dir           # as any Whoosh index
    from morgue.whoosh import create_in         # instead of whoosh.index.create_in

Whoosh itself is imported when a name of this package is used, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from morgue.whoosh.index import ArchiveIndex, Weighting, create_in, exists_in, open_dir

__all__ = ["ArchiveIndex", "Weighting", "create_in", "exists_in", "open_dir"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from morgue.whoosh import index

        return getattr(index, name)
    raise AttributeError(f"module 'morgue.whoosh' has no attribute {name!r}")
