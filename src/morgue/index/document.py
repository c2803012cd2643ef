"""The documents that are indexed: their fields, and how the fields' words are numbered.

Words are numbered as query/tree.py defines: the headline's from 0, the body's from `headline words + HEADLINE_GAP`; a
paragraph break skips one number. Three zones of the field `text` are counted separately: headline, lead (the body's
first LEAD_PARAGRAPHS paragraphs) and rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from morgue.fields import word_fields
from morgue.query.tree import HEADLINE_GAP

TEXT = "text"
SMALL_FIELDS = word_fields()
FIELDS = (TEXT, *SMALL_FIELDS)
LEAD_PARAGRAPHS = 2


class Document(NamedTuple):
    """One article as the engine indexes it.

    Attributes:
        id: the article's id; the last document added under an id replaces all before it.
        headline, body: the text; paragraphs of the body are joined by two line feeds.
        language: ISO 639-1 code that chooses the stemmer; "" counts as English.
        texts: small text fields (SMALL_FIELDS) -> their values, indexed word by word without stemming.
        values: exact, multi-valued columns for value queries, filters and facets.
        numbers: 64-bit signed integer columns; a missing key means no value.
        stored: the article's record, given back byte for byte.
    """

    id: str
    headline: str
    body: str
    language: str
    texts: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    stored: bytes


def body_start(headline_words: int) -> int:
    """Return the position of the body's first word in the field `text`."""
    return headline_words + HEADLINE_GAP


def lead_end(headline_words: int, lead_words: int) -> int:
    """Return the position (exclusive) where the lead ends; it begins at `body_start(headline_words)`.

    Args:
        headline_words: number of words in the headline.
        lead_words: in the lead. Its paragraph break takes one number, even if no second paragraph follows.
    """
    return headline_words + HEADLINE_GAP + lead_words + LEAD_PARAGRAPHS - 1
