"""The grammar of news copy: datelines, bylines, taglines, furniture, dates; and articles resolved from drafts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from morgue.model import Article, Context, Draft, Origin, Rejected

__all__ = ["PARSER_VERSION", "resolve_draft"]

# Raise it when readers or rules give another result for the same bytes: every file is then read again.
PARSER_VERSION = 3


def resolve_draft(draft: Draft, context: Context, origin: Origin | None = None) -> Article | Rejected:
    """Resolve the claims of a draft, and its text, to an article.

    Args:
        draft: what the reader found.
        context: what is known from outside: path, `--date`, modification time, the present.
        origin: where the draft was read from, which goes into the article as it is.

    Returns:
        The article with the provenance of its fields and remarks on what was refused; Rejected when there is neither
        headline nor body.
    """
    return _resolver()(draft, context, origin or Origin(path=""))


@cache
def _resolver() -> Callable[[Draft, Context, Origin], Article | Rejected]:
    # A search imports this package for dates and countries; the grammar is not loaded then.
    from morgue.wire.resolve.article import resolve

    return resolve
