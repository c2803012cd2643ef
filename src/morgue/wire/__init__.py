"""The grammar of news copy: datelines, bylines, taglines, furniture, dates; and what to believe of a record."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from morgue.model import Article, Context, Draft, Origin, Rejected

__all__ = ["settle"]


def settle(draft: Draft, context: Context, origin: Origin | None = None) -> Article | Rejected:
    """Decide what to believe of a record.

    Args:
        draft: what the reader found.
        context: what is known from outside: path, `--date`, modification time, the present.
        origin: where the draft was read from, which goes into the article as it is.

    Returns:
        The article with the provenance of its fields and remarks on what was refused; Rejected when there is neither
        headline nor body.
    """
    return _weigher()(draft, context, origin or Origin(path=""))


@cache
def _weigher() -> Callable[[Draft, Context, Origin], Article | Rejected]:
    # A search asks this package for dates and countries and must not pay for the grammar.
    from morgue.wire.resolve.article import weigh

    return weigh
