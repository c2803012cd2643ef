"""The query language: text to a checked syntax tree, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.query.options import Parsed, ParseOptions, Vocabulary

if TYPE_CHECKING:
    from morgue.query.tree import Node

__all__ = ["ParseOptions", "Parsed", "Vocabulary", "outline", "parse", "to_text"]


def parse(
    text: str,
    *,
    options: ParseOptions | None = None,
    vocabulary: Vocabulary | None = None,
    syntax: str = "native",
) -> Parsed:
    """Return the tree of a query.

    Args:
        text: in the language of docs/query.md, or in another dialect.
        options: how to read it. vocabulary: warns of words and fields that the index does not have.
        syntax: `native`, `lexis`, `factiva`, `lucene` or `whoosh`.

    Raises:
        QueryError: it cannot be understood (not with `options.lenient`).
        UsageError: the time zone or the syntax is unknown.
    """
    from morgue.query.read import read

    return read(text, options or ParseOptions(), vocabulary, syntax)


def to_text(tree: Node, *, tz: str | None = None) -> str:
    """Return a tree as a query in the native language that parses to the same tree.

    Args:
        tz: the IANA zone that the dates were meant in; None for the machine's.
    """
    from morgue.query.printer import to_text as print_tree

    return print_tree(tree, tz=tz)


def outline(tree: Node, *, tz: str | None = None) -> list[str]:
    """Return a tree as indented lines for reading; `tz` as in `to_text`."""
    from morgue.query.printer import outline as print_outline

    return print_outline(tree, tz=tz)
