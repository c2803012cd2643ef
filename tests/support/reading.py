"""Files read as the program reads them: bytes to articles."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from morgue.model import Article, Context, Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.wire import resolve_draft

NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()


def drafts_of(data: bytes | str, name: str, **options: object) -> list[Draft | Rejected]:
    """Return what the readers make of `data`, called `name`."""
    raw = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(raw), name, ReadOptions(**options)))  # type: ignore[arg-type]


def articles_of(data: bytes | str, name: str) -> list[Article]:
    """Return the articles of `data`, called `name`; an assertion fails for a record that is rejected."""
    found = []
    for draft in drafts_of(data, name):
        assert isinstance(draft, Draft), draft
        article = resolve_draft(draft, Context(path=name, now=NOW))
        assert isinstance(article, Article), article
        found.append(article)
    return found


def summary(article: Article) -> dict[str, object]:
    """Return the fields of an article that are set, by name, in a form to compare."""
    fields = {
        "id": article.id,
        "headline": article.headline,
        "published": article.published.value if article.published else "",
        "byline": [person.name for person in article.byline],
        "place": article.location.raw if article.location else "",
        "source": article.source,
        "section": article.section,
        "page": article.page,
        "edition": article.edition,
        "language": article.language,
        "keywords": list(article.keywords),
        "rights": article.rights,
        "url": article.url,
        "note": article.note,
        "body": article.body,
    }
    return {name: value for name, value in fields.items() if value}
