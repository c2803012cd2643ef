"""Substack's export: `posts.csv` lists the posts, and `posts/ID.SLUG.html` beside it holds the text of each."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import listed
from morgue.readers.encoding import NotText
from morgue.readers.fields import NoArticle, mapper
from morgue.readers.options import ReadOptions, TooLarge, read_whole

if TYPE_CHECKING:
    from morgue.json_types import JsonObject


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per post of `stream`, called `name`, read as `options` say; records from 1."""
    try:
        rows = listed.substack_rows(read_whole(stream, options))
    except (NotText, TooLarge, csv.Error) as error:
        yield Rejected(name, 0, str(error))
        return
    if not rows:
        yield Rejected(name, 0, "lists no posts")
    fields = mapper(options.field_map, "substack")
    for number, row in enumerate(rows, 1):
        key = row.get("post_id", "")
        text = listed.page(options.beside, f"posts/{key}.html") if key else ""
        digest = hashlib.sha256("\x1f".join([*row.values(), text]).encode("utf-8", "surrogatepass")).hexdigest()
        try:
            yield fields.draft(_record(row, text), Draft(format="substack", record=number, digest=digest))
        except NoArticle as error:
            yield Rejected(name, number, str(error))


def _record(row: dict[str, str], text: str) -> JsonObject:
    number, _, slug = row.get("post_id", "").partition(".")
    is_draft = row.get("is_published", "").lower() == "false"
    record: JsonObject = {"id": number, "slug": slug, "status": "draft" if is_draft else "published", "body_html": text}
    for column, value in row.items():
        if column not in ("post_id", "is_published"):
            # The date of a draft is not one of publication.
            record["draft_date" if is_draft and column == "post_date" else column] = value
    return record
