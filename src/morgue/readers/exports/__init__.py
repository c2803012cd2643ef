"""Downloads of press databases: one file, many articles, each with fields in labels of the database's own.

A database is a module here with three functions:

    recognises(text) -> bool                    cheap, true only when `articles` can take the text apart
    articles(text, name, options) -> Iterator   a `Draft` or `Rejected` for each article, numbered from 1 when several
    read(stream, name, options) -> Iterator     the same for a file of it, for `--format-in`

Readers of files that hold plain text in some form (`text`, `documents.rtf`, `documents.docx` …) call `of` before they
take their text for one article. Text of documents comes with a blank line between paragraphs, and the empty ones kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol, cast

from morgue.model import Draft, Rejected, Remark
from morgue.readers.options import ReadOptions
from morgue.readers.story import remarked


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
_KNOWN: tuple[_Known, ...] = (
    _Known(
        "nexis",
        (
            *("LENGT", "Length:", "LÄNGE", "Länge:", "LONG", "Longueur:", "LUNGH"),
            *("End of Document", "LOAD-DATE", "Load-Date", " DOCUMENT", "Download Request", "Client/Matter"),
        ),
    ),
    # The word before an article's number, in the language of the user, or the tag of a headline.
    _Known("factiva", ("ocument", "okument", "文件", "文書", "Документ", "문서", "HD", " words", " Wörter", " mots")),
    _Known("gale", ("GALE|", "Document Number")),
    _Known("ebsco", ("Accession Number", "Persistent link to this record")),
    _Known("europresse", ("news·", "web·", "biblio·", "tv·", "radio·", "news•")),
    _Known("proquest", ("roQuest", "Full text:", "Publication title:", "Publication info:")),
)
_MARKS = tuple((mark, known.module) for known in _KNOWN for mark in known.marks)
_PAGE_HEAD = 1 << 18  # bytes of a page, in which a database's marks are
# Databases that are saved as pages, and bytes of which such a page has one: `recognises_page` and `page_articles`
# take the page, as a text, in the place of `recognises` and `articles`.
_PAGES = (
    ("nexis", (b"LXNComment", b"DOC_ID_", b"LOAD-DATE")),
    ("europresse", (b"DocPublicationName",)),
    ("factiva", (b"articleParagraph", b"Factiva")),
    ("proquest", (b"roQuest",)),
)


def of(text: str) -> Export | None:
    """The module that takes `text` apart; None when it is not a download of a database that we know."""
    name = named(text)
    return _module(name) if name else None


def named(text: str) -> str:
    """The database, by the name of its module, that `text` was downloaded from; "" for none that we know."""
    tried = ""
    for mark, name in _MARKS:
        if mark in text and name != tried:
            if _module(name).recognises(text):
                return name
            tried = name
    return ""


def _module(name: str) -> Export:
    return cast(Export, import_module(f"morgue.readers.exports.{name}"))


def page_taken_apart(
    data: bytes, page: Callable[[], str], name: str, options: ReadOptions
) -> Iterator[Draft | Rejected] | None:
    """The articles of a page saved from a database, read from `name` with `options`; None for any other page.

    `data` is the page, which `page` decodes when it may be one.
    """
    head = data[:_PAGE_HEAD]
    for name_of, marks in _PAGES:
        if any(mark in head for mark in marks):
            module = import_module(f"morgue.readers.exports.{name_of}")
            if module.recognises_page(text := page()):
                return cast(Iterator[Draft | Rejected], module.page_articles(text, name, options))
    return None


def taken_apart(
    text: str, name: str, options: ReadOptions, problems: tuple[Remark, ...] = ()
) -> Iterator[Draft | Rejected] | None:
    """The articles of `text`, read from `name` with `options`, each with `problems`; None when `of` knows no module."""
    module = of(text)
    return None if module is None else remarked(module.articles(text, name, options), problems)
