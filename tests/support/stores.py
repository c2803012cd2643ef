"""Looking into a commit."""

from __future__ import annotations

from morgue.engine.files.commit import Store
from morgue.engine.files.segment import Segment


def located(store: Store, id: str) -> tuple[Segment, int] | None:
    """Return the segment and number of a live document, or None."""
    places = ((segment, segment.find(id)) for segment in store.segments)
    return next(((segment, doc) for segment, doc in places if doc is not None), None)
