"""Pages saved with what belongs to them (MHTML, "web page, single file"): the page is read as HTML.

The time of saving is kept apart (`Draft.crawled`): it is only an upper bound for the date of publication.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.html import page
from morgue.readers.options import ReadOptions, read_whole

_PAGES = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the page of `stream`, called `name`, read as `options` say; Rejected when it holds none."""
    data = read_whole(stream, options)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        part = _page_of(message)
        content = part.get_payload(decode=True) if part is not None else None
    except (ValueError, LookupError, RecursionError) as error:
        yield Rejected(name, 0, f"a damaged saved page: {error}"[:300])
        return
    if part is None or not isinstance(content, bytes):
        yield Rejected(name, 0, "a saved page (MHTML) without HTML")
        return
    location = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    charset = part.get_param("charset", "")
    draft = page.page(content, name, options, url=location, charset=charset if isinstance(charset, str) else "")
    if isinstance(draft, Draft):
        draft.format = "mhtml"
        draft.crawled = _moment(_header(message, "Date"))
    yield draft


def _page_of(message: Message) -> Message | None:
    """The part that is the page: the one that the header names as the start, else the first of HTML."""
    parts = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    named = [part for part in parts if start and _header(part, "Content-ID") == start]
    return next(iter(named or parts), None)


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _moment(value: str) -> str:
    """A mail's date as ISO 8601, or ""."""
    try:
        return email.utils.parsedate_to_datetime(value).isoformat() if value else ""
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""
