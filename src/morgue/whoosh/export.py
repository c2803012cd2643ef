"""Articles as an index in Whoosh's own format, for programs that have Whoosh and no morgue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh import index as stock
from whoosh.analysis.analyzers import StemmingAnalyzer

from morgue.errors import IndexProblem
from morgue.json_record import to_article
from morgue.schema import document
from morgue.whoosh.schema import stored_fields

_BATCH_MEGABYTES = 256  # of postings that Whoosh collects before it writes them
_WORD = r"\w+(?:\.?\w+)*"  # Whoosh's default pattern takes asterisks for letters


def stock_schema() -> fields.Schema:
    """Return the schema of the index that is written: the fields of an archive, made of Whoosh's own field types."""
    stemmed = StemmingAnalyzer(expression=_WORD, stoplist=None)
    plain = StemmingAnalyzer(expression=_WORD, stoplist=None, stemfn=str)

    def words(analyzer: Any) -> fields.TEXT:
        return fields.TEXT(analyzer=analyzer, stored=True, sortable=True)

    return fields.Schema(
        id=fields.ID(stored=True, unique=True, sortable=True),
        **{name: fields.TEXT(analyzer=stemmed, stored=True, spelling=True) for name in ("headline", "body")},
        **{name: words(plain) for name in ("byline", "contributor", "location", "source", "slug", "note", "keywords")},
        **{
            name: fields.ID(stored=True, sortable=True)
            for name in ("city", "region", "country", "language", "status", "format", "path")
        },
        words=fields.NUMERIC(stored=True, sortable=True),
        **{name: fields.DATETIME(stored=True, sortable=True) for name in ("date", "date_from", "date_to", "updated")},
        record=fields.STORED(),
    )


def export(records: Iterable[Mapping[str, Any]], folder: str | Path) -> int:
    """Write records to a new index in Whoosh's own default codec; return how many.

    Args:
        records: of docs/output.md. folder: made when missing.

    Raises:
        IndexProblem: the folder holds an index already, or cannot be written.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise IndexProblem(f"{folder} is not empty", hint="name a new folder")
        schema = stock_schema()
        writer = stock.create_in(str(target), schema).writer(limitmb=_BATCH_MEGABYTES)
    except OSError as error:
        raise IndexProblem(f"cannot write to {folder}: {error.strerror or error}") from error
    number = 0
    try:
        for record in records:
            found = stored_fields(record, document(to_article(record)).numbers)
            writer.add_document(**{name: value for name, value in found.items() if name in schema})
            number += 1
        writer.commit()
    except OSError as error:
        writer.cancel()
        raise IndexProblem(f"cannot write to {folder}: {error.strerror or error}") from error
    except BaseException:
        writer.cancel()
        raise
    return number
