"""The Newspaper Harvester's table of Trove's articles; the text of an article is in it or in a file that it names."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected, Remark
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import body_of
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, note_encoding, set_body
from morgue.readers.texts import read_text

# List of `Draft` -> columns that state it.
_CLAIMS = {
    "headline": "title heading",
    "published": "date",
    "page": "page",
    "source": "newspaper_title newspaper",
    "edition": "edition",
    "section": "section supplement",
    "url": "url",
}
_TAKEN = frozenset({"article_id", "text", *" ".join(_CLAIMS.values()).split()})


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per row of `stream`, called `name`, read as `options` say; records from 1.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    yield from read_text(_articles, stream, name, options)


def _articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejected(name, number, f"cannot be read as a row: {error}")
            return
        draft = _draft({key: value for key, value in row.items() if isinstance(key, str) and value}, number, options)
        yield draft if draft.body or draft.headline else Rejected(name, number, "a row without title and text")


def _draft(row: dict[str, str], number: int, options: ReadOptions) -> Draft:
    draft = Draft(format="troveharvest", record=number)
    for attribute, columns in _CLAIMS.items():
        for column in columns.split():
            claim(getattr(draft, attribute), row.get(column), f"csv:{column}")
    if identity := row.get("article_id"):
        claim(draft.ids, f"nla.news-article{identity}", "csv:article_id")
    kind = row.get("category", "")
    if kind.casefold() != "article":
        claim(draft.section, kind, "csv:category")
    for tag in row.get("tags", "").split("|"):
        claim(draft.keywords, tag, "csv:tags")
    set_body(draft, *body_of(_text(row.get("text", ""), draft, options)))
    draft.digest = hashlib.sha256(f"{sorted(row.items())}\x1f{draft.body}".encode("utf-8", "replace")).hexdigest()
    draft.extra = {key: value for key, value in row.items() if key not in _TAKEN}
    return draft


def _text(value: str, draft: Draft, options: ReadOptions) -> str:
    """The text of a row: the value itself, or that of the file that it names."""
    value = value.strip()
    if not value.endswith(".txt") or "\n" in value or len(value) > 200:
        return value
    base = value.replace("\\", "/").rpartition("/")[2]
    for name in dict.fromkeys((value, f"text/{base}", base)):
        stream = options.beside.open(name) if options.beside else None
        if stream is not None:
            with stream:
                try:
                    found = decode(read_whole(stream, options), override=options.encoding)
                    note_encoding(draft, found.problem)
                    return found.text
                except (NotText, TooLarge, OSError):
                    break
    why = "its text is in a file that is not beside the table"
    draft.problems.append(Remark(field="body", value=value, why=why, how="csv:text"))
    return ""
