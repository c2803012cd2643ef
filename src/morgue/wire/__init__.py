"""The grammar of news copy: datelines, bylines, taglines, furniture, dates; and what to believe of a record."""

from __future__ import annotations

from morgue.model import Article, Context, Draft, Rejected

__all__ = ["settle"]


def settle(draft: Draft, context: Context) -> Article | Rejected:
    """Decide what to believe of a record.

    Args:
        draft: what the reader found.
        context: what is known from outside: path, `--date`, modification time, the present.

    Returns:
        The article with the provenance of its fields and remarks on what was refused; Rejected when there is neither
        headline nor body. `origin` is left to the caller.
    """
    # A search asks this package for dates and countries and must not pay for the grammar.
    from morgue.wire.weighing import weigh

    return weigh(draft, context)
