"""Downloads of press databases: one file, many articles, each with fields in labels of the database's own.

A database is a module here with three functions:

    recognises(text) -> bool                    cheap, true only when `articles` can take the text apart
    articles(text, name, options) -> Iterator   a `Draft` or `Rejected` for each article, numbered from 1 when several
    read(stream, name, options) -> Iterator     the same for a file of it, for `--format-in`

Readers of files that hold plain text in some form (`text`, `documents.rtf`, `documents.docx` …) call `of` before they
take their text for one article. Text of documents comes with a blank line between paragraphs, and the empty ones kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol, cast

from morgue.model import Draft, Rejected, Remark
from morgue.readers.options import ReadOptions


class Export(Protocol):
    """A module of this room."""

    def recognises(self, text: str) -> bool:
        """True for the text of a download of this database."""

    def articles(self, text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
        """Yield what `text` holds, read from `name` with `options`."""

    def read(self, stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
        """Yield what `stream` holds, called `name`, read with `options`."""


class _Known(NamedTuple):
    """A database: its module, and texts of which its downloads hold at least one."""

    module: str
    marks: tuple[str, ...]


# In this order: the first whose module recognises the text has it.
_KNOWN: tuple[_Known, ...] = ()


def of(text: str) -> Export | None:
    """The module that takes `text` apart; None when it is not a download of a database that we know."""
    for known in _KNOWN:
        if any(mark in text for mark in known.marks):
            module = cast(Export, import_module(f"morgue.readers.exports.{known.module}"))
            if module.recognises(text):
                return module
    return None


def taken_apart(
    text: str, name: str, options: ReadOptions, problems: tuple[Remark, ...] = ()
) -> Iterator[Draft | Rejected] | None:
    """The articles of `text`, read from `name` with `options`, each with `problems`; None when `of` knows no module."""
    module = of(text)
    return None if module is None else _with(problems, module.articles(text, name, options))


def _with(problems: tuple[Remark, ...], items: Iterator[Draft | Rejected]) -> Iterator[Draft | Rejected]:
    for item in items:
        if isinstance(item, Draft):
            item.problems.extend(problems)
        yield item


def digest(text: str) -> str:
    """The sha256 (hex) of an article's text in its file."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
