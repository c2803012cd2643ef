"""Files that are one text, of one article or many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeAlias

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, clean, decode
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import noted

TakeApart: TypeAlias = Callable[[str, str, ReadOptions], Iterator[Draft | Rejected]]


def read_text(
    take_apart: TakeApart, stream: BinaryIO, name: str, options: ReadOptions, *, page: TakeApart | None = None
) -> Iterator[Draft | Rejected]:
    """Yield what a file holds, each article with a remark when the encoding is doubtful.

    Args:
        take_apart: yields the articles of a text, given the name of its file and `options`.
        stream: the file. name: of it.
        page: the same for a text that is an HTML page; None where it makes no difference.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    try:
        found = decode(read_whole(stream, options), override=options.encoding)
    except NotText as error:
        yield Rejected(name, 0, str(error))
        return
    text = clean(found.text)
    if page is not None and text.lstrip("\ufeff \t\r\n")[:1] == "<":
        take_apart = page
    yield from noted(take_apart(text, name, options), found.problem)


def digest(text: str) -> str:
    """Return the sha256 (hex) of an article's text in its file."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
