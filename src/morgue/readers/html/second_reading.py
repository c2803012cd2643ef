"""A second opinion on a page whose text or metadata seem too little, from trafilatura (the extra `html`)."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any, NamedTuple

from morgue.readers.html.body import Body

MAX_PAGE = 1 << 21  # characters; it takes about a second for each million


class Opinion(NamedTuple):
    """What trafilatura reads in a page; "" for what it does not find."""

    body: Body
    title: str
    author: str
    date: str


@cache
def _extract() -> Any:
    """trafilatura's function, or None when the extra is not installed (or one of its own parts is missing)."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return None
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # its messages are not for the user
    return bare_extraction


def is_available() -> bool:
    """True when the extra `html` is installed."""
    return _extract() is not None


def opinion(text: str) -> Opinion | None:
    """Read a decoded page; None without the extra, for a page that is too large for it, or when it finds nothing.

    Nothing is fetched.
    """
    extract = _extract() if len(text) <= MAX_PAGE else None
    if extract is None:
        return None
    try:
        found = extract(text, with_metadata=True, include_comments=False, include_tables=False)
    except (
        Exception
    ):  # a second opinion must not cost the first: lxml and its date parser fail on odd pages in many ways
        return None
    if found is None:
        return None
    return Opinion(_body(found.body), found.title or "", found.author or "", found.date or "")


def _body(tree: Any) -> Body:
    paragraphs: list[str] = []
    subheads: list[int] = []
    for element in tree if tree is not None else ():
        for part in element if element.tag == "list" else (element,):
            text = " ".join("".join(part.itertext()).split())
            if text:
                if part.tag == "head":
                    subheads.append(len(paragraphs))
                paragraphs.append(text)
    return Body(tuple(paragraphs), tuple(subheads))
