"""Chronicling America (Library of Congress): pages of its search, with their recognised text (`ocr_eng`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.pages import set_page
from morgue.readers.fields import NoArticle, texts
from morgue.readers.hyphens import mended
from morgue.readers.json.items import read_as
from morgue.readers.options import ReadOptions
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per page of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, draft_of)


def is_item(value: JsonObject) -> bool:
    """True for a page of the search."""
    return "lccn" in value and any(key.startswith("ocr_") for key in value)


def draft_of(value: Json, number: int, digest: str) -> Draft:
    """A draft of the page `value` (record `number`, sha256 `digest`); `NoArticle` when it is none."""
    if not isinstance(value, dict) or not is_item(value):
        raise NoArticle("is not a page of Chronicling America")
    draft = Draft(format="chronam", record=number, digest=digest)
    for into, keys in (
        (draft.ids, ("id",)),
        (draft.source, ("title",)),
        (draft.published, ("date",)),
        (draft.page, ("page", "sequence")),
        (draft.edition, ("edition_label", "edition")),
        (draft.section, ("section_label",)),
        (draft.url, ("url",)),
    ):
        for key in keys:
            for text in texts(value.get(key))[:1]:
                claim(into, text.removesuffix(" [volume]").removeprefix("/lccn/").rstrip("/"), f"chronam:{key}")
    languages = texts(value.get("language"))
    claim(draft.language, code(languages[0]) if len(languages) == 1 else "", "chronam:language")
    found = [text for key, item in value.items() if key.startswith("ocr_") for text in texts(item)]
    set_page(draft, plain_paragraphs(mended("\n\n".join(found))).split("\n\n"))
    taken = ("id", "title", "date", "page", "url")
    draft.extra = {key: item for key, item in value.items() if key not in taken and not key.startswith("ocr_")}
    if not draft.body:
        raise NoArticle("is a page without text")
    return draft
